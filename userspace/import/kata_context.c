// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a process of a Kata policy must be like: its environment, its working
 * directory, its user, its groups and its capabilities.
 */

#include "../toml/toml.h"
#include "kata.h"

/* "User" */
struct user {
	const struct mnd_value *id;
	const struct mnd_value *group;
	const struct mnd_value *groups;
	struct mnd_text name;
};

static int read_user(struct mnd_import *import, const struct mnd_value *value,
		     struct user *user)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(user, id, "UID", mnd_object_keep),
		MND_OBJECT_KEY(user, group, "GID", mnd_object_keep),
		MND_OBJECT_KEY(user, groups, "AdditionalGids",
			       mnd_object_array),
		MND_OBJECT_KEY(user, name, "Username", mnd_object_text),
	};
	static const struct mnd_object_form form = { "\"User\"", keys,
						     ARRAY_SIZE(keys), false };
	int err;

	memset(user, 0, sizeof(*user));
	err = mnd_object_read(import, value, &form, user);
	if (err || (user->id && user->group))
		return err;
	return mnd_value_refuse(import, value, "needs a \"UID\" and a \"GID\"");
}

static int set_id(struct mnd_import *import, const struct mnd_value *value,
		  struct mnd_principal_rule *rule)
{
	rule->has_id = true;
	return mnd_object_id(import, value, &rule->id);
}

/* The group of the process counts like those that it has besides. */
static int make_identity(struct mnd_kata *kata,
			 const struct mnd_kata_container *container,
			 struct mnd_identity_rule *identity)
{
	struct mnd_import *import = kata->import;
	struct user user;
	size_t i;
	int err;

	err = read_user(import, container->user, &user);
	if (err)
		return err;
	kata->seen[MND_KATA_USERNAME] |= user.name.length;
	identity->has_groups = true;
	identity->group_count = 1 + mnd_object_count(user.groups);
	identity->groups = mnd_arena_alloc(&import->policy->arena,
					   identity->group_count,
					   sizeof(*identity->groups));
	if (!identity->groups)
		return mnd_hcsshim_out_of_memory(import);
	err = set_id(import, user.id, &identity->user);
	if (!err)
		err = set_id(import, user.group, &identity->groups[0]);
	for (i = 1; !err && i < identity->group_count; i++)
		err = set_id(import, &user.groups->items[i - 1],
			     &identity->groups[i]);
	return err;
}

/* Adds a capability, once, whether it is written with CAP_ or without. */
static int add_capability(struct mnd_kata *kata, enum mnd_capability_set set,
			  const struct mnd_text *name,
			  struct mnd_capability_lists *lists)
{
	const struct mnd_capability_lists before = *lists;
	struct mnd_text full = *name;
	char *bytes;
	int err;

	if (strncmp(name->text, "CAP_", 4)) {
		full.length = name->length + 4;
		bytes = mnd_arena_alloc(&kata->import->policy->arena,
					full.length + 1, 1);
		if (!bytes)
			return mnd_hcsshim_out_of_memory(kata->import);
		memcpy(bytes, "CAP_", 4);
		memcpy(bytes + 4, name->text, name->length);
		full.text = bytes;
	}
	err = mnd_hcsshim_capability(kata->import, lists, set, &full);
	if (lists->sets[set] == before.sets[set])
		lists->lengths[set] = before.lengths[set];
	return err;
}

static const struct mnd_texts *known_list(const struct mnd_kata *kata,
					  const struct mnd_texts *names)
{
	if (names->count != 1)
		return names;
	if (!strcmp(names->items[0].text, "$(default_caps)"))
		return &kata->default_caps;
	if (!strcmp(names->items[0].text, "$(privileged_caps)"))
		return &kata->privileged_caps;
	return names;
}

static int make_set(struct mnd_kata *kata, enum mnd_capability_set set,
		    const struct mnd_texts *names,
		    struct mnd_capability_lists *lists)
{
	const struct mnd_texts *list = known_list(kata, names);
	size_t i;
	int err = 0;

	if (list != names && !list->items)
		return mnd_fail(kata->import->error, names->items[0].place.line,
				names->items[0].place.column,
				"policy_data.common does not define these");
	for (i = 0; !err && i < list->count; i++)
		err = add_capability(kata, set, &list->items[i], lists);
	return err;
}

static int make_capabilities(struct mnd_kata *kata,
			     const struct mnd_value *value,
			     struct mnd_capability_lists *lists)
{
	struct sets {
		struct mnd_texts names[__MND_CAPABILITY_SET_MAX];
	} sets = { { { NULL } } };
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(sets, names[MND_AMBIENT], "Ambient",
			       mnd_object_texts),
		MND_OBJECT_KEY(sets, names[MND_BOUNDING], "Bounding",
			       mnd_object_texts),
		MND_OBJECT_KEY(sets, names[MND_EFFECTIVE], "Effective",
			       mnd_object_texts),
		MND_OBJECT_KEY(sets, names[MND_INHERITABLE], "Inheritable",
			       mnd_object_texts),
		MND_OBJECT_KEY(sets, names[MND_PERMITTED], "Permitted",
			       mnd_object_texts),
	};
	static const struct mnd_object_form form = { "\"Capabilities\"", keys,
						     ARRAY_SIZE(keys), false };
	size_t set;
	int err = 0;

	lists->rule = MND_CAPABILITIES_EQUAL;
	if (value)
		err = mnd_object_read(kata->import, value, &form, &sets);
	for (set = 0; !err && set < __MND_CAPABILITY_SET_MAX; set++)
		err = make_set(kata, set, &sets.names[set], lists);
	return err;
}

/**
 * mnd_kata_context - Make what the process of a container must be like
 *
 * @kata: The policy.
 * @container: Container, which has a user.
 * @context: Written, if all zero before.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: Something about it is not right, or cannot be imported.
 * - -E2BIG: An expression is over a limit of mnd_kata_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_context(struct mnd_kata *kata,
		     const struct mnd_kata_container *container,
		     struct mnd_context_rule *context)
{
	int err;

	context->cwd.matching = MND_MATCHING_EXACT;
	context->cwd.text = container->cwd.text;
	context->cwd.length = container->cwd.length;
	context->cwd.place = container->cwd.place;
	/* The agent refuses any profile. */
	context->profile.matching = MND_MATCHING_EXACT;
	context->profile.text = "";
	context->profile.place = container->place;
	context->flags = MND_CONTEXT_STDIO;
	if (container->no_new_privileges)
		context->flags |= MND_CONTEXT_NO_NEW_PRIVS;
	err = mnd_kata_variables(kata, container, &context->variables);
	if (!err)
		err = make_identity(kata, container, &context->identity);
	return err ? err :
		     make_capabilities(kata, container->capabilities,
				       &context->capabilities);
}
