// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads what a string has to be: "text" or { exact = "text" } is to be equal,
 * { re2 = "expression" } to match, { any = true } takes all and
 * { none = true } nothing.
 */

#include "reader.h"

static int read_keyword(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value,
			enum mnd_matching matching, struct mnd_match_keys *keys)
{
	keys->count++;
	keys->rule.matching = matching;
	keys->rule.place = mnd_toml_place(value);
	return mnd_toml_read_true(reader, value, NULL);
}

static int read_text(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value,
		     enum mnd_matching matching, struct mnd_match_keys *keys)
{
	keys->count++;
	keys->rule.matching = matching;
	keys->rule.place = mnd_toml_place(value);
	keys->rule.length =
		value->type == MND_TOML_STRING ? value->string.length : 0;
	return mnd_toml_read_string(reader, value, &keys->rule.text);
}

/**
 * mnd_policy_read_any - Read the key "any"
 *
 * @reader: Reader.
 * @value: Value.
 * @keys: A struct mnd_match_keys.
 *
 * Return: 0 or -EINVAL.
 */
int mnd_policy_read_any(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *keys)
{
	return read_keyword(reader, value, MND_MATCHING_ANY, keys);
}

/**
 * mnd_policy_read_exact - Read the key "exact"
 *
 * @reader: Reader.
 * @value: Value.
 * @keys: A struct mnd_match_keys.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_exact(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *keys)
{
	return read_text(reader, value, MND_MATCHING_EXACT, keys);
}

/**
 * mnd_policy_read_none - Read the key "none"
 *
 * @reader: Reader.
 * @value: Value.
 * @keys: A struct mnd_match_keys.
 *
 * Return: 0 or -EINVAL.
 */
int mnd_policy_read_none(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *keys)
{
	return read_keyword(reader, value, MND_MATCHING_NONE, keys);
}

/**
 * mnd_policy_read_re2 - Read the key "re2"
 *
 * @reader: Reader.
 * @value: Value.
 * @keys: A struct mnd_match_keys.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_re2(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *keys)
{
	return read_text(reader, value, MND_MATCHING_RE2, keys);
}

static const struct mnd_toml_key match_keys[] = {
	{ "any", mnd_policy_read_any },
	{ "exact", mnd_policy_read_exact },
	{ "none", mnd_policy_read_none },
	{ "re2", mnd_policy_read_re2 },
};

#define MATCH_FORMS                               \
	"must be a string, { re2 = \"...\" }, "   \
	"{ exact = \"...\" }, { any = true } or " \
	"{ none = true }"

/**
 * mnd_policy_read_match - Read what a string has to be
 *
 * @reader: Reader.
 * @value: Value.
 * @rule: A struct mnd_match_rule.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_match(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *rule)
{
	static const struct mnd_toml_form form = { "a pattern", match_keys,
						   ARRAY_SIZE(match_keys) };
	struct mnd_match_keys keys = {};
	int err;

	if (value->type == MND_TOML_STRING)
		err = mnd_policy_read_exact(reader, value, &keys);
	else if (value->type == MND_TOML_TABLE && value->table->count == 1)
		err = mnd_toml_read_table(reader, value, &form, &keys);
	else
		err = mnd_toml_refuse(reader, value, MATCH_FORMS);
	*(struct mnd_match_rule *)rule = keys.rule;
	return err;
}

/**
 * mnd_policy_read_no_pattern - Read what a string has to be, but no expression
 *
 * @reader: Reader.
 * @value: Value.
 * @rule: A struct mnd_match_rule.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_no_pattern(struct mnd_toml_reader *reader,
			       const struct mnd_toml_value *value, void *rule)
{
	const struct mnd_match_rule *match = rule;
	int err = mnd_policy_read_match(reader, value, rule);

	if (err || match->matching != MND_MATCHING_RE2)
		return err;
	return mnd_toml_refuse(reader, value, "cannot be a regular expression");
}

/**
 * mnd_policy_read_unlimited - Read { any = true } in the place of an array
 *
 * @reader: Reader.
 * @value: Value, which is no array.
 *
 * Return: 0 or -EINVAL.
 */
int mnd_policy_read_unlimited(struct mnd_toml_reader *reader,
			      const struct mnd_toml_value *value)
{
	static const struct mnd_toml_key keys[] = {
		{ "any", mnd_policy_read_any, .required = true },
	};
	static const struct mnd_toml_form form = { "{ any = true }", keys,
						   ARRAY_SIZE(keys) };
	struct mnd_match_keys seen = {};

	if (value->type != MND_TOML_TABLE)
		return mnd_toml_refuse(reader, value,
				       "must be an array or { any = true }");
	return mnd_toml_read_table(reader, value, &form, &seen);
}
