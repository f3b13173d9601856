// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads as whom a process has to run: user, groups and umask.
 */

#include "reader.h"

/* The keys of a table about a user or a group. */
struct principal_keys {
	struct mnd_match_keys whole;
	struct mnd_match_rule name;
	u32 id;
};

static int read_id(struct mnd_toml_reader *reader,
		   const struct mnd_toml_value *value, void *member)
{
	u32 *id = member;
	int err = mnd_toml_want(reader, value, MND_TOML_INTEGER);

	if (err)
		return err;
	if (value->integer < 0 || value->integer > 0xffffffffLL)
		return mnd_toml_refuse(reader, value,
				       "must be from 0 to 4294967295");
	*id = (u32)value->integer;
	return 0;
}

#define PRINCIPAL_FORMS                                               \
	"must have one of \"exact\", \"re2\", \"any\" and \"none\", " \
	"or \"name\" and \"id\""
#define ANY_NAME_WITH_ID \
	"any name has no \"id\"; for anybody with this number, write the number"

static int read_keys(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value,
		     struct mnd_principal_rule *rule)
{
	static const struct mnd_toml_key keys[] = {
		{ "any", mnd_policy_read_any },
		{ "exact", mnd_policy_read_exact },
		{ "none", mnd_policy_read_none },
		{ "re2", mnd_policy_read_re2 },
		{ "id", read_id, offsetof(struct principal_keys, id) },
		{ "name", mnd_policy_read_match,
		  offsetof(struct principal_keys, name) },
	};
	static const struct mnd_toml_form form = { "a user or a group", keys,
						   ARRAY_SIZE(keys) };
	struct principal_keys seen = {};
	bool has_id, named;
	int err;

	err = mnd_toml_read_table(reader, value, &form, &seen);
	if (err)
		return err;
	has_id = mnd_toml_find(value->table, "id");
	named = mnd_toml_find(value->table, "name");
	if (named != has_id || seen.whole.count + named != 1)
		return mnd_toml_refuse(reader, value, PRINCIPAL_FORMS);
	/* Where any name is right there is none that a number stands for. */
	if (named && seen.name.matching == MND_MATCHING_ANY)
		return mnd_toml_refuse(reader, value, ANY_NAME_WITH_ID);
	rule->resolved = named;
	rule->id = seen.id;
	rule->name = named ? seen.name : seen.whole.rule;
	return 0;
}

static int read_principal(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value,
			  struct mnd_principal_rule *rule)
{
	memset(rule, 0, sizeof(*rule));
	if (value->type == MND_TOML_TABLE)
		return read_keys(reader, value, rule);
	if (value->type != MND_TOML_INTEGER)
		return mnd_policy_read_match(reader, value, &rule->name);
	rule->has_id = true;
	return read_id(reader, value, &rule->id);
}

/**
 * mnd_policy_read_user - Read who a user has to be
 *
 * @reader: Reader.
 * @value: Value.
 * @principal: A struct mnd_principal_rule.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_user(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *principal)
{
	return read_principal(reader, value, principal);
}

/**
 * mnd_policy_read_groups - Read what groups a process may have
 *
 * @reader: Reader.
 * @value: Value.
 * @identity: A struct mnd_identity_rule.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_groups(struct mnd_toml_reader *reader,
			   const struct mnd_toml_value *value, void *identity)
{
	struct mnd_identity_rule *rule = identity;
	void *items;
	size_t i;
	int err;

	rule->has_groups = value->type == MND_TOML_ARRAY;
	if (!rule->has_groups)
		return mnd_policy_read_unlimited(reader, value);
	err = mnd_toml_read_array(reader, value, sizeof(*rule->groups), &items,
				  &rule->group_count);
	if (err)
		return err;
	rule->groups = items;
	for (i = 0; !err && i < rule->group_count; i++)
		err = read_principal(reader, &value->array->items[i],
				     &rule->groups[i]);
	return err;
}

/**
 * mnd_policy_read_umask - Read what a umask has to be
 *
 * @reader: Reader.
 * @value: Value.
 * @rule: A struct mnd_match_rule.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_umask(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *rule)
{
	const struct mnd_match_rule *umask = rule;
	int err = mnd_policy_read_no_pattern(reader, value, rule);

	if (err || value->type != MND_TOML_STRING)
		return err;
	/* { exact = "..." } can also be what no umask is. */
	if (umask->length == 4 && strspn(umask->text, "01234567") == 4)
		return 0;
	return mnd_toml_refuse(reader, value,
			       "must be four octal digits, as \"0022\"");
}
