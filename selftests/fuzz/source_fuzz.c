// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the compiler: a source is refused with a place in it, or makes a table
 * that the verifier takes, the same one each time, and that is shown as a
 * source which makes it again.
 */

#include "fuzz.h"

#include "../../lsm/core/verify.h"
#include "../../userspace/compile/compile.h"
#include "../../userspace/describe/describe.h"
#include "../../userspace/describe/round_trip.h"

static void check_refusal(int err, const struct mnd_error *error)
{
	must(err != -EPROTO);
	must(error->text[0]);
	must(!strpbrk(error->text, "\n\r\033"));
}

static void check_table(const struct mnd_string_ref *source, const u8 *bytes,
			u32 length)
{
	struct mnd_table table;
	struct mnd_error error;
	struct mnd_fault fault;
	char *text = NULL;
	size_t size;
	u8 *again;
	u32 again_length;

	accepted++;
	must(!mnd_table_verify(&table, bytes, length, &fault));
	must(!mnd_compile_source(source, false, &again, &again_length, &error));
	must(length == again_length && !memcmp(bytes, again, length));
	free(again);
	if (!mnd_describe_toml(&table, &text, &size))
		must(!mnd_round_trip(&table, text, size, &error));
	free(text);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	const struct mnd_string_ref source = { (const char *)data, size };
	struct mnd_error error = {};
	u8 *bytes = NULL;
	u32 length;
	int err = mnd_compile_source(&source, false, &bytes, &length, &error);

	if (err)
		check_refusal(err, &error);
	else
		check_table(&source, bytes, length);
	free(bytes);
	return 0;
}
