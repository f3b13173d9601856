// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads a policy in mandate's own language, which is TOML with a fixed set of
 * keys.  Documentation/policy-language.rst describes it.
 */

#include "reader.h"
#include "word.h"

/**
 * mnd_is_name - Ask whether a text can be a name
 *
 * @text: Text.
 * @length: Of @text, in bytes.
 *
 * Return: Whether it has 1 to 255 printable ASCII characters and no blank.
 */
bool mnd_is_name(const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	return length && length <= MND_NAME_SIZE_MAX;
}

/* What volumes mean depends on it, wherever it is in the source. */
static bool says_strict(const struct mnd_toml_table *table)
{
	const struct mnd_toml_entry *entry = mnd_toml_find(table, "requests");

	if (!entry || entry->value.type != MND_TOML_TABLE)
		return false;
	entry = mnd_toml_find(entry->value.table, "strict");
	return entry && entry->value.type == MND_TOML_BOOLEAN &&
	       entry->value.boolean;
}

static void set_defaults(struct mnd_policy_source *policy,
			 const struct mnd_source_options *options)
{
	enum mnd_point point;

	for (point = 0; point < __MND_POINT_MAX; point++)
		policy->answers[point] = mnd_default_answer(point);
	if (options->strict)
		policy->flags = MND_POLICY_STRICT;
	policy->uvm.name = "uvm";
	policy->uvm.place = (struct mnd_place){ 1, 1 };
}

static int read_policy(struct mnd_toml_reader *reader,
		       const struct mnd_toml_table *table)
{
	static const struct mnd_toml_key keys[] = {
		{ "container", mnd_policy_read_containers },
		{ "fragment", mnd_policy_read_fragments },
		{ "name", mnd_toml_read_name,
		  offsetof(struct mnd_policy_source, name), true },
		{ "platform", mnd_policy_read_platforms },
		{ "requests", mnd_policy_read_requests },
		{ "svn", mnd_toml_read_svn,
		  offsetof(struct mnd_policy_source, svn) },
		{ "trust_list", mnd_policy_read_trust_lists },
		{ "uvm", mnd_policy_read_uvm,
		  offsetof(struct mnd_policy_source, uvm) },
	};
	static const struct mnd_toml_form form = { "a policy", keys,
						   ARRAY_SIZE(keys) };
	const struct mnd_toml_value root = {
		.type = MND_TOML_TABLE,
		.line = 1,
		.column = 1,
		.table = (struct mnd_toml_table *)table,
	};
	int err;

	err = mnd_toml_read_table(reader, &root, &form, reader->policy);
	if (err || mnd_toml_find(table, "uvm"))
		return err;
	return mnd_policy_begin_mounts(reader, NULL, &reader->policy->uvm);
}

/**
 * mnd_mandate_read - Read a policy in mandate's own language
 *
 * @source: Source.
 * @options: What is said about it on the side: whether to be strict, even if
 *	the policy does not say so.
 * @policy: All zero; written, and to be released by mnd_policy_release(), also
 *	after an error.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: The source is not a policy.
 * - -E2BIG: An expression is over a limit.
 * - -ENOMEM: Out of memory.
 */
int mnd_mandate_read(const struct mnd_string_ref *source,
		     const struct mnd_source_options *options,
		     struct mnd_policy_source *policy, struct mnd_error *error)
{
	struct mnd_source_options own = *options;
	struct mnd_toml_reader reader = { policy, &own, error };
	const struct mnd_toml_table *root;
	struct mnd_toml *toml;
	int err;

	err = mnd_toml_parse(source->text, source->length, &toml, error);
	if (err)
		return err;
	root = mnd_toml_root(toml);
	own.strict = options->strict || says_strict(root);
	set_defaults(policy, &own);
	err = read_policy(&reader, root);
	mnd_toml_free(toml);
	return err;
}

/**
 * mnd_policy_read - Read a policy in mandate's own language
 *
 * @text: Source.
 * @length: Of @text, in bytes.
 * @policy: Written; to be released by mnd_policy_release(), also after an
 *	error.
 * @error: Written after an error.
 *
 * Return: As mnd_mandate_read().
 */
int mnd_policy_read(const char *text, size_t length,
		    struct mnd_policy_source *policy, struct mnd_error *error)
{
	const struct mnd_string_ref source = { text, length };
	const struct mnd_source_options options = {};

	memset(policy, 0, sizeof(*policy));
	return mnd_mandate_read(&source, &options, policy, error);
}

/**
 * mnd_policy_release - Free what a policy holds
 *
 * @policy: Policy.
 */
void mnd_policy_release(struct mnd_policy_source *policy)
{
	mnd_arena_free(&policy->arena);
	memset(policy, 0, sizeof(*policy));
}
