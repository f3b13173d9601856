// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes a machine of the policy of a test case, as an agent of hcsshim would:
 * of Rego, perhaps in base64, or of the TOML that its tool makes Rego of.
 */

#include <stdlib.h>

#include "../../lsm/core/verify.h"
#include "../compile/compile.h"
#include "policy.h"

/* What allows everything, in the tool's language. */
#define ALLOW_ALL "allow_all = true\n"

/* Gets a file that the source names, from the test case. */
static int read_file(void *context, struct mnd_arena *arena, const char *name,
		     struct mnd_string_ref *content)
{
	const json_t *files = context;
	const json_t *file = json_object_get(files, name);
	const char *text;

	if (!json_is_string(file))
		return -ENOENT;
	text = mnd_arena_copy(arena, json_string_value(file),
			      json_string_length(file));
	if (!text)
		return -ENOMEM;
	*content = (struct mnd_string_ref){ text, json_string_length(file) };
	return 0;
}

static int read_side(struct mnd_test_reader *reader, const json_t *json,
		     struct mnd_test_policy *policy)
{
	struct mnd_source_options *options = &policy->options;
	json_t *images;
	int err;

	err = mnd_test_member(reader, json, "images", JSON_OBJECT, &images);
	if (!err)
		err = mnd_test_member(reader, json, "files", JSON_OBJECT,
				      &policy->files);
	if (err)
		return err;
	options->language = MND_LANGUAGE_HCSSHIM_TOML;
	options->read_file = read_file;
	options->read_context = policy->files;
	if (!images)
		return 0;
	policy->images = json_dumps(images, 0);
	if (!policy->images)
		return mnd_test_no_memory(reader);
	options->images = policy->images;
	options->images_length = strlen(policy->images);
	return 0;
}

static int make_machine(struct mnd_test_policy *policy,
			const struct mnd_policy_source *source)
{
	struct mnd_fault fault;
	u32 length;
	int err;

	err = mnd_compile(source, false, &policy->bytes, &length,
			  &policy->error);
	if (!err)
		err = mnd_table_verify(&policy->table, policy->bytes, length,
				       &fault);
	if (!err)
		err = mnd_machine_new(&policy->table, &policy->machine);
	return err;
}

/* Whether the policy is good is not for the reader to say, but for the case. */
static int load(struct mnd_test_reader *reader,
		const struct mnd_source_options *options, const char *text,
		struct mnd_test_policy *policy)
{
	const struct mnd_string_ref ref = { text, strlen(text) };
	struct mnd_policy_source source;
	int err;

	err = mnd_source_read(&ref, options, &source, &policy->error);
	if (!err)
		err = make_machine(policy, &source);
	mnd_policy_release(&source);
	return err == -ENOMEM ? mnd_test_no_memory(reader) : 0;
}

/* The text of a policy, and its language. */
struct text {
	const char *toml;
	const char *rego;
	const char *base64;
};

static int read_text(struct mnd_test_reader *reader, const json_t *json,
		     struct text *text)
{
	int err;

	err = mnd_test_string(reader, json, "toml", &text->toml);
	if (!err)
		err = mnd_test_string(reader, json, "rego", &text->rego);
	return err ? err :
		     mnd_test_string(reader, json, "base64", &text->base64);
}

static bool is_empty(const struct text *text)
{
	return !(text->toml && *text->toml) && !(text->rego && *text->rego) &&
	       !(text->base64 && *text->base64);
}

static int refuse(struct mnd_test_policy *policy, const char *why)
{
	mnd_fail(&policy->error, 0, 0, "%s", why);
	return 0;
}

static int load_text(struct mnd_test_reader *reader, const struct text *text,
		     bool prefer_rego, struct mnd_test_policy *policy)
{
	static const struct mnd_source_options rego = {
		.language = MND_LANGUAGE_HCSSHIM_REGO,
	};

	if (text->toml && !(prefer_rego && text->rego))
		return load(reader, &policy->options, text->toml, policy);
	if (text->rego)
		return load(reader, &rego, text->rego, policy);
	if (text->base64)
		return load(reader, &rego, text->base64, policy);
	return mnd_test_fail(reader, "there is no text of a policy");
}

/**
 * mnd_test_policy_read - Make a machine of the policy of a test case
 *
 * @reader: Reader.
 * @json: Test case.
 * @prefer_rego: Take Rego where there is also TOML.
 * @policy: Written; to be given to mnd_test_policy_free(), also after an
 *	error.
 *
 * Return: 0, also if the policy is refused; or, with the reader's error
 * written:
 *
 * - -EINVAL: The test case is none.
 * - -ENOMEM: Out of memory.
 */
int mnd_test_policy_read(struct mnd_test_reader *reader, const json_t *json,
			 bool prefer_rego, struct mnd_test_policy *policy)
{
	const char *enforcer;
	struct text text;
	json_t *member;
	int err;

	memset(policy, 0, sizeof(*policy));
	err = mnd_test_string(reader, json, "enforcer", &enforcer);
	if (!err)
		err = mnd_test_member(reader, json, "policy", JSON_OBJECT,
				      &member);
	if (!err)
		err = read_side(reader, member, policy);
	if (!err)
		err = read_text(reader, member, &text);
	if (err)
		return err;
	if (!enforcer || !strcmp(enforcer, "rego"))
		return load_text(reader, &text, prefer_rego, policy);
	if (strcmp(enforcer, "open_door"))
		return refuse(policy, "there is no such enforcer");
	if (!is_empty(&text))
		return refuse(policy, "with this enforcer a policy is empty");
	policy->is_open = true;
	return load(reader, &policy->options, ALLOW_ALL, policy);
}

/**
 * mnd_test_policy_free - Free the policy of a test case
 *
 * @policy: Policy.
 */
void mnd_test_policy_free(struct mnd_test_policy *policy)
{
	mnd_machine_free(policy->machine);
	free(policy->bytes);
	free(policy->images);
}
