// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads what the strings of an environment have to be.
 */

#include "reader.h"

/* The keys of a table about one string; it is about all of it, or in two. */
struct variable_keys {
	struct mnd_match_keys whole;
	struct mnd_match_rule name;
	struct mnd_match_rule value;
	bool required;
};

#define VARIABLE_FORMS                                               \
	"must have one of \"exact\", \"re2\", \"any\" and \"none\"," \
	" or \"name\" and \"value\""

static int read_keys(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value,
		     struct mnd_variable_rule *rule)
{
	static const struct mnd_toml_key keys[] = {
		{ "any", mnd_policy_read_any },
		{ "exact", mnd_policy_read_exact },
		{ "none", mnd_policy_read_none },
		{ "re2", mnd_policy_read_re2 },
		{ "name", mnd_policy_read_match,
		  offsetof(struct variable_keys, name) },
		{ "value", mnd_policy_read_match,
		  offsetof(struct variable_keys, value) },
		{ "required", mnd_toml_read_boolean,
		  offsetof(struct variable_keys, required) },
	};
	static const struct mnd_toml_form form = { "a variable", keys,
						   ARRAY_SIZE(keys) };
	struct variable_keys seen = {};
	bool named, valued;
	int err;

	err = mnd_toml_read_table(reader, value, &form, &seen);
	if (err)
		return err;
	named = mnd_toml_find(value->table, "name");
	valued = mnd_toml_find(value->table, "value");
	if (named != valued || seen.whole.count + named != 1)
		return mnd_toml_refuse(reader, value, VARIABLE_FORMS);
	rule->required = seen.required;
	rule->whole = !named;
	rule->name = seen.name;
	rule->value = named ? seen.value : seen.whole.rule;
	return 0;
}

static int read_variable(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value,
			 struct mnd_variable_rule *rule)
{
	rule->place = mnd_toml_place(value);
	if (value->type == MND_TOML_TABLE)
		return read_keys(reader, value, rule);
	rule->whole = true;
	return mnd_policy_read_match(reader, value, &rule->value);
}

/**
 * mnd_policy_read_environment - Read what an environment may have
 *
 * @reader: Reader.
 * @value: Value.
 * @rules: A struct mnd_variable_rules.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_environment(struct mnd_toml_reader *reader,
				const struct mnd_toml_value *value, void *rules)
{
	struct mnd_variable_rules *variables = rules;
	void *items;
	size_t i;
	int err;

	memset(variables, 0, sizeof(*variables));
	if (value->type != MND_TOML_ARRAY)
		return mnd_policy_read_unlimited(reader, value);
	err = mnd_toml_read_array(reader, value, sizeof(*variables->rules),
				  &items, &variables->count);
	if (err)
		return err;
	variables->rules = items;
	variables->given = true;
	for (i = 0; !err && i < variables->count; i++)
		err = read_variable(reader, &value->array->items[i],
				    &variables->rules[i]);
	return err;
}
