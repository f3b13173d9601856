// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The user, the groups and the umask that securitypolicytool asks for: those of
 * a container's table, or those of its image.  Names get their numbers from the
 * image, because the kernel sees no names.
 */

#include "hcsshim_toml.h"
#include "value_form.h"

#define DEFAULT_UMASK "0022"
#define NO_UMASK "no umask is like this: one has four octal digits, as in 0022"

/* [container.user] */
struct user {
	struct mnd_text umask;
	const struct mnd_toml_value *user_idname;
	const struct mnd_toml_value *group_idname;
};

/* [container.user.user_idname], [[container.user.group_idname]] */
struct idname {
	struct mnd_text strategy;
	struct mnd_text rule;
};

/* Where the number of a name is looked up. */
struct names {
	const char *file;
	const struct mnd_accounts *accounts;
};

static struct names user_names(const struct mnd_image *image)
{
	return (struct names){ "the image's /etc/passwd", &image->users };
}

static struct names group_names(const struct mnd_image *image)
{
	return (struct names){ "the image's /etc/group", &image->groups };
}

static int read_user(struct mnd_import *import,
		     const struct mnd_toml_value *table, struct user *user)
{
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(user, umask, "umask", mnd_form_text),
		MND_FORM_KEY(user, user_idname, "user_idname", mnd_form_table),
		MND_FORM_KEY(user, group_idname, "group_idname",
			     mnd_form_tables),
	};
	static const struct mnd_form form = { "[container.user]", keys,
					      ARRAY_SIZE(keys) };

	memset(user, 0, sizeof(*user));
	return mnd_form_read(import, table, &form, user);
}

/* What is missing is "", and that is no strategy: nobody is like this. */
static int read_idname(struct mnd_import *import,
		       const struct mnd_toml_value *table, const char *what,
		       const struct mnd_place *place, struct idname *idname)
{
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(idname, strategy, "strategy", mnd_form_text),
		MND_FORM_KEY(idname, rule, "rule", mnd_form_text),
	};
	const struct mnd_form form = { what, keys, ARRAY_SIZE(keys) };
	int err = 0;

	memset(idname, 0, sizeof(*idname));
	if (table)
		err = mnd_form_read(import, table, &form, idname);
	mnd_text_default(&idname->strategy, "", place);
	mnd_text_default(&idname->rule, "", place);
	return err;
}

static int warn_unresolved(struct mnd_import *import,
			   const struct mnd_text *name,
			   const struct names *names, int why)
{
	char quoted[MND_TOML_QUOTED_SIZE];
	const char *reason = "nothing is known of";

	if (why == -ENOENT)
		reason = "it is not in";
	else if (why == -EEXIST)
		reason = "it is twice in";
	mnd_toml_quote(name->text, name->length, quoted);
	return mnd_hcsshim_warn(import, &name->place,
				"the number of %s is not known: %s %s", quoted,
				reason, names->file);
}

static int make_principal(struct mnd_tool *tool, const struct idname *idname,
			  const struct names *names,
			  struct mnd_principal_rule *rule)
{
	const struct mnd_string_ref name = { idname->rule.text,
					     idname->rule.length };
	int err;

	err = mnd_hcsshim_principal(tool->import, &idname->rule,
				    &idname->strategy, rule);
	if (err || strcmp(idname->strategy.text, "name"))
		return err;
	err = mnd_accounts_find(names->accounts, &name, &rule->id);
	if (err)
		return warn_unresolved(tool->import, &idname->rule, names, err);
	rule->resolved = true;
	return 0;
}

static void set_umask(struct mnd_identity_rule *identity,
		      const struct mnd_text *umask)
{
	identity->umask.matching = MND_MATCHING_EXACT;
	identity->umask.text = umask->text;
	identity->umask.length = umask->length;
	identity->umask.place = umask->place;
}

static bool is_umask(const char *text)
{
	return text[0] == '0' && strspn(text, "01234567") == 4 && !text[4];
}

static int use_umask(struct mnd_tool *tool, const struct mnd_text *umask,
		     struct mnd_identity_rule *identity)
{
	set_umask(identity, umask);
	if (is_umask(umask->text))
		return 0;
	return mnd_value_object_to(tool->import, &umask->place, "%s", NO_UMASK);
}

static int alloc_groups(struct mnd_tool *tool, size_t count,
			struct mnd_identity_rule *identity)
{
	identity->has_groups = true;
	identity->group_count = count;
	identity->groups = mnd_arena_alloc(&tool->import->policy->arena, count,
					   sizeof(*identity->groups));
	if (!identity->groups)
		return mnd_hcsshim_out_of_memory(tool->import);
	return 0;
}

static int make_groups(struct mnd_tool *tool,
		       const struct mnd_toml_value *tables,
		       const struct mnd_image *image,
		       struct mnd_identity_rule *identity)
{
	const struct names names = group_names(image);
	struct mnd_place place;
	struct idname idname;
	size_t i;
	int err;

	err = alloc_groups(tool, mnd_form_count(tables), identity);
	for (i = 0; !err && i < identity->group_count; i++) {
		place = mnd_form_place(&tables->array->items[i]);
		err = read_idname(tool->import, &tables->array->items[i],
				  "[[container.user.group_idname]]", &place,
				  &idname);
		if (!err)
			err = make_principal(tool, &idname, &names,
					     &identity->groups[i]);
	}
	return err;
}

static int from_table(struct mnd_tool *tool, const struct mnd_toml_value *table,
		      const struct mnd_image *image,
		      struct mnd_identity_rule *identity)
{
	const struct mnd_place place = mnd_form_place(table);
	const struct names names = user_names(image);
	struct idname idname;
	struct user user;
	int err;

	err = read_user(tool->import, table, &user);
	if (!err)
		err = read_idname(tool->import, user.user_idname,
				  "[container.user.user_idname]", &place,
				  &idname);
	if (!err)
		err = make_principal(tool, &idname, &names, &identity->user);
	if (!err)
		err = make_groups(tool, user.group_idname, image, identity);
	if (err)
		return err;
	mnd_text_default(&user.umask, "", &place);
	return use_umask(tool, &user.umask, identity);
}

/* As Go's strconv.ParseUint(text, 10, 32) decides. */
static bool is_id(const char *text)
{
	u64 number = 0;

	if (!*text || text[strspn(text, "0123456789")])
		return false;
	for (; *text; text++) {
		number = number * 10 + (u64)(*text - '0');
		if (number > 0xffffffffU)
			return false;
	}
	return true;
}

/* What an image's USER says of a user or of a group; @part is NULL if nothing. */
static int from_part(struct mnd_tool *tool, const char *part,
		     const struct mnd_place *place, const struct names *names,
		     struct mnd_principal_rule *rule)
{
	struct idname idname = { { NULL }, { NULL } };
	const char *strategy = "any";

	if (part)
		strategy = is_id(part) ? "id" : "name";
	mnd_text_default(&idname.strategy, strategy, place);
	mnd_text_default(&idname.rule, part ? part : "", place);
	return make_principal(tool, &idname, names, rule);
}

static int from_image(struct mnd_tool *tool, const struct mnd_image *image,
		      const struct mnd_place *place,
		      struct mnd_identity_rule *identity)
{
	const struct names users = user_names(image);
	const struct names groups = group_names(image);
	struct mnd_text umask = { NULL };
	char *user = NULL, *group = NULL;
	int err;

	if (image->user.length) {
		user = mnd_arena_copy(&tool->import->policy->arena,
				      image->user.text, image->user.length);
		if (!user)
			return mnd_hcsshim_out_of_memory(tool->import);
		group = strchr(user, ':');
	}
	if (group)
		*group++ = '\0';
	if (group && strchr(group, ':'))
		return mnd_fail(tool->import->error, place->line, place->column,
				"the image's user has more than one colon");
	err = alloc_groups(tool, 1, identity);
	if (!err)
		err = from_part(tool, user, place, &users, &identity->user);
	if (!err)
		err = from_part(tool, group, place, &groups,
				&identity->groups[0]);
	mnd_text_default(&umask, DEFAULT_UMASK, place);
	set_umask(identity, &umask);
	return err;
}

/**
 * mnd_tool_identity - Make the user, groups and umask of a container
 *
 * @tool: Tool.
 * @user: [container.user], or NULL.
 * @image: The container's image.
 * @place: Place of the container, for what comes from its image.
 * @identity: Written, if all zero before.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: The table or what the image says is not right.
 * - -ENOMEM: Out of memory.
 */
int mnd_tool_identity(struct mnd_tool *tool, const struct mnd_toml_value *user,
		      const struct mnd_image *image,
		      const struct mnd_place *place,
		      struct mnd_identity_rule *identity)
{
	if (user)
		return from_table(tool, user, image, identity);
	return from_image(tool, image, place, identity);
}
