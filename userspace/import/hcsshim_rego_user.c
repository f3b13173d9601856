// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * User, groups, umask and capabilities of a container, as hcsshim's Rego has
 * them.  What is missing in them is never right.
 */

#include "hcsshim_rego.h"

static int read_principal(struct mnd_import *import,
			  const struct mnd_value *value,
			  struct mnd_principal_rule *rule)
{
	const struct mnd_value *pattern = NULL, *strategy = NULL;
	const struct mnd_value_pick picks[] = {
		{ "pattern", &pattern },
		{ "strategy", &strategy },
	};
	const struct mnd_value_picks all = { "a user or group", picks,
					     ARRAY_SIZE(picks) };
	struct mnd_text texts[2];
	int err;

	err = mnd_value_take(import, value, &all);
	if (err)
		return err;
	rule->name.matching = MND_MATCHING_NONE;
	rule->name.place = value->place;
	if (!pattern || !strategy)
		return mnd_rego_lacks(import, value, "nobody is like what",
				      pattern ? "strategy" : "pattern");
	err = mnd_value_text(import, pattern, &texts[0]);
	if (!err)
		err = mnd_value_text(import, strategy, &texts[1]);
	return err ? err :
		     mnd_hcsshim_principal(import, &texts[0], &texts[1], rule);
}

static int read_user(struct mnd_import *import, const struct mnd_value *value,
		     const struct mnd_value *user,
		     struct mnd_identity_rule *identity)
{
	if (value)
		return read_principal(import, value, &identity->user);
	identity->user.name.matching = MND_MATCHING_NONE;
	identity->user.name.place = user->place;
	return mnd_rego_lacks(import, user, "nobody is like what",
			      "user_idname");
}

static int read_groups(struct mnd_import *import, const struct mnd_value *list,
		       struct mnd_identity_rule *identity)
{
	size_t i;
	int err;

	identity->has_groups = true;
	if (!list)
		return 0;
	err = mnd_value_want(import, list, MND_VALUE_ARRAY);
	if (err)
		return err;
	identity->group_count = list->count;
	identity->groups = mnd_arena_alloc(&import->policy->arena, list->count,
					   sizeof(*identity->groups));
	if (!identity->groups)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; !err && i < list->count; i++)
		err = read_principal(import, &list->items[i],
				     &identity->groups[i]);
	return err;
}

static bool is_umask(const char *text)
{
	return text[0] == '0' && strspn(text, "01234567") == 4 && !text[4];
}

#define NO_UMASK "no umask is like this: one has four octal digits, as in 0022"

static int read_umask(struct mnd_import *import, const struct mnd_value *value,
		      const struct mnd_value *user,
		      struct mnd_match_rule *umask)
{
	struct mnd_text text;
	int err;

	umask->matching = MND_MATCHING_NONE;
	umask->place = user->place;
	if (!value)
		return mnd_rego_lacks(import, user, "nobody is like what",
				      "umask");
	err = mnd_value_text(import, value, &text);
	if (err)
		return err;
	umask->place = text.place;
	umask->matching = MND_MATCHING_EXACT;
	umask->text = text.text;
	umask->length = text.length;
	if (is_umask(text.text))
		return 0;
	return mnd_value_object_to(import, &text.place, NO_UMASK);
}

/* Anybody, with the usual umask: what there was before there were users. */
static void set_default(const struct mnd_place *place,
			struct mnd_identity_rule *identity)
{
	identity->umask.matching = MND_MATCHING_EXACT;
	identity->umask.text = "0022";
	identity->umask.length = strlen(identity->umask.text);
	identity->umask.place = *place;
}

/**
 * mnd_rego_identity - Read the user of a container
 *
 * @import: Import.
 * @value: Object, or NULL for what counts if there is none.
 * @place: Place of the container.
 * @identity: Written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no user.
 * - -E2BIG: An expression is over a limit of mnd_hcsshim_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_rego_identity(struct mnd_import *import, const struct mnd_value *value,
		      const struct mnd_place *place,
		      struct mnd_identity_rule *identity)
{
	const struct mnd_value *user = NULL, *groups = NULL, *umask = NULL;
	const struct mnd_value_pick picks[] = {
		{ "user_idname", &user },
		{ "group_idnames", &groups },
		{ "umask", &umask },
	};
	const struct mnd_value_picks all = { "a user", picks,
					     ARRAY_SIZE(picks) };
	int err;

	if (!value) {
		set_default(place, identity);
		return 0;
	}
	err = mnd_value_take(import, value, &all);
	if (!err)
		err = read_user(import, user, value, identity);
	if (!err)
		err = read_groups(import, groups, identity);
	return err ? err : read_umask(import, umask, value, &identity->umask);
}

static int read_list(struct mnd_import *import, const struct mnd_value *list,
		     enum mnd_capability_set set,
		     struct mnd_capability_lists *lists)
{
	const struct mnd_text *names = NULL;
	size_t count = 0;
	size_t i;
	int err;

	err = mnd_value_texts(import, list, &names, &count);
	for (i = 0; !err && i < count; i++)
		err = mnd_hcsshim_capability(import, lists, set, &names[i]);
	return err;
}

/**
 * mnd_rego_capabilities - Read the capabilities of a container
 *
 * @import: Import.
 * @value: Object, or null or NULL for those that depend on the request.
 * @lists: Written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It has no lists of capabilities.
 * - -ENOMEM: Out of memory.
 */
int mnd_rego_capabilities(struct mnd_import *import,
			  const struct mnd_value *value,
			  struct mnd_capability_lists *lists)
{
	const struct mnd_value *sets[__MND_CAPABILITY_SET_MAX] = { NULL };
	const struct mnd_value_pick picks[__MND_CAPABILITY_SET_MAX] = {
		[MND_BOUNDING] = { "bounding", &sets[MND_BOUNDING] },
		[MND_EFFECTIVE] = { "effective", &sets[MND_EFFECTIVE] },
		[MND_INHERITABLE] = { "inheritable", &sets[MND_INHERITABLE] },
		[MND_PERMITTED] = { "permitted", &sets[MND_PERMITTED] },
		[MND_AMBIENT] = { "ambient", &sets[MND_AMBIENT] },
	};
	const struct mnd_value_picks all = { "a set of capabilities", picks,
					     ARRAY_SIZE(picks) };
	size_t i;
	int err;

	lists->rule = MND_CAPABILITIES_DEFAULT;
	if (!value || value->type == MND_VALUE_NULL)
		return 0;
	lists->rule = MND_CAPABILITIES_EQUAL;
	err = mnd_value_take(import, value, &all);
	for (i = 0; !err && i < ARRAY_SIZE(picks); i++) {
		err = read_list(import, sets[i], i, lists);
		if (err || sets[i])
			continue;
		lists->rule = MND_CAPABILITIES_NONE;
		err = mnd_rego_lacks(import, value, "no process is like what",
				     picks[i].key);
	}
	return err;
}
