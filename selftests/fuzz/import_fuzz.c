// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the readers of other languages: a source is refused with a reason, or
 * becomes a policy that makes a table that the verifier takes, the same one
 * each time, which is shown as a source that makes it again.
 *
 * The first byte of the input says which language, and how it is read.
 */

#include "fuzz.h"

#include "../../lsm/core/verify.h"
#include "../../userspace/compile/compile.h"
#include "../../userspace/describe/describe.h"
#include "../../userspace/import/source.h"
#include "../../userspace/describe/round_trip.h"

/* Bits of the first byte. */
#define LANGUAGE 7
#define FRAGMENT 8
#define STRICT 16

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* The images that the seeds name. */
static const char images[] =
	"{ \"k8s.gcr.io/pause:3.1\": { \"layers\": [\"" HASH
	"\"] }, \"a\": { \"layers\": [\"" HASH "\", \"" HASH
	"\"], \"env\": [\"PATH=/bin\"], \"cmd\": [\"/bin/a\"],\n"
	"\"user\": \"app\", \"passwd\": \"app:x:7:8::/:/bin/sh\\n\",\n"
	"\"group\": \"app:x:8:\\n\" } }";

static int read_file(void *context, struct mnd_arena *arena, const char *name,
		     struct mnd_string_ref *content)
{
	static const char profile[] =
		"{ \"defaultAction\": \"SCMP_ACT_ALLOW\" }";

	content->text = profile;
	content->length = sizeof(profile) - 1;
	(void)context;
	(void)arena;
	return name[0] ? 0 : -ENOENT;
}

static void check_refusal(const struct mnd_error *error)
{
	must(error->text[0]);
	must(!strpbrk(error->text, "\n\r\033"));
}

static int make_table(const struct mnd_string_ref *source,
		      const struct mnd_source_options *options, u8 **bytes,
		      u32 *length)
{
	struct mnd_policy_source policy = {};
	struct mnd_error error = {};
	int err = mnd_source_read(source, options, &policy, &error);

	if (!err)
		err = mnd_compile(&policy, true, bytes, length, &error);
	must(err != -EPROTO);
	if (err)
		check_refusal(&error);
	mnd_policy_release(&policy);
	return err;
}

static void check_table(const struct mnd_string_ref *source,
			const struct mnd_source_options *options,
			const u8 *bytes, u32 length)
{
	struct mnd_table table;
	struct mnd_error error;
	struct mnd_fault fault;
	u32 again_length;
	char *text = NULL;
	size_t size;
	u8 *again;

	accepted++;
	must(!mnd_table_verify(&table, bytes, length, &fault));
	must(!make_table(source, options, &again, &again_length));
	must(length == again_length && !memcmp(bytes, again, length));
	free(again);
	if (!mnd_describe_toml(&table, &text, &size))
		must(!mnd_round_trip(&table, text, size, &error));
	free(text);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input input = { data, size };
	const u32 how = take_number(&input, 1);
	const struct mnd_string_ref source = { (const char *)input.at,
					       input.left };
	const struct mnd_source_options options = {
		.language = how & LANGUAGE,
		.images = images,
		.images_length = sizeof(images) - 1,
		.read_file = read_file,
		.fragment = how & FRAGMENT,
		.parameters = how & FRAGMENT ? "{\"a\":\"b\"}" : NULL,
		.strict = how & STRICT,
	};
	u8 *bytes = NULL;
	u32 length;

	if (!size)
		return 0;
	if (!make_table(&source, &options, &bytes, &length))
		check_table(&source, &options, bytes, length);
	free(bytes);
	return 0;
}
