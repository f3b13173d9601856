// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The mounts of a container that a Kata policy allows: as the agent is asked for
 * them, and as the kernel sees them.
 */

#include "kata.h"

/* An element of "Mounts". */
struct mount {
	struct mnd_text destination;
	struct mnd_text source;
	struct mnd_text type;
	struct mnd_texts options;
};

/* Behind the directory for storages there is the name of a device. */
#define BLOCK_VOLUME "^$(spath)/$(b64_device_id)$"

static int read_mount(struct mnd_import *import, const struct mnd_value *value,
		      struct mount *mount)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(mount, destination, "destination",
			       mnd_object_text),
		MND_OBJECT_KEY(mount, source, "source", mnd_object_text),
		MND_OBJECT_KEY(mount, type, "type_", mnd_object_text),
		MND_OBJECT_KEY(mount, options, "options", mnd_object_texts),
	};
	static const struct mnd_object_form form = { "an element of \"Mounts\"",
						     keys, ARRAY_SIZE(keys),
						     false };
	int err;

	memset(mount, 0, sizeof(*mount));
	err = mnd_object_read(import, value, &form, mount);
	if (!err && (!mount->type.length || !mount->destination.length))
		err = mnd_value_refuse(import, value,
				       "needs \"type_\" and \"destination\"");
	mnd_text_default(&mount->source, "", &value->place);
	return err;
}

static bool has_option(const struct mount *mount, const char *option)
{
	size_t i;

	for (i = 0; i < mount->options.count; i++)
		if (!strcmp(mount->options.items[i].text, option))
			return true;
	return false;
}

/* Whatever its type, it is a bind with one of these. */
static bool is_bind(const struct mount *mount)
{
	return has_option(mount, "bind") || has_option(mount, "rbind");
}

static bool is_expression(const struct mnd_text *source)
{
	return strpbrk(source->text, "\\.+*?()|[]{}^$");
}

/* A volume whose source begins like this is not taken as it is written. */
static bool is_place(const struct mnd_text *source)
{
	return !strncmp(source->text, "sandbox://", 10) ||
	       !strncmp(source->text, "hugepages://", 12) ||
	       !strncmp(source->text, "plan9://", 8);
}

/* A source is right if it is equal, or if an expression finds itself in it. */
static int make_source(struct mnd_kata *kata,
		       const struct mnd_kata_container *container,
		       const struct mount *mount, struct mnd_match_rule *rule)
{
	struct mnd_text source = mount->source, expanded;
	int err;

	if (is_place(&source))
		return mnd_fail(kata->import->error, source.place.line,
				source.place.column,
				"only hcsshim has such sources");
	if (!source.length) {
		source.text = BLOCK_VOLUME;
		source.length = strlen(BLOCK_VOLUME);
	}
	if (!is_expression(&source)) {
		rule->matching = MND_MATCHING_EXACT;
		rule->text = source.text;
		rule->length = source.length;
		rule->place = source.place;
		return 0;
	}
	err = mnd_kata_expand(kata, container, &source, &expanded);
	return err ? err : mnd_kata_pattern(kata, &expanded, rule);
}

#define NOT_ASKED                                                           \
	"mounts whose source is an expression are decided on when they are" \
	" made, but refused in requests"

/* A volume is only equal to its source, or one of hcsshim's expressions. */
static int note_expression(struct mnd_kata *kata, const struct mount *mount)
{
	if (kata->expression_seen)
		return 0;
	kata->expression_seen = true;
	return mnd_hcsshim_warn(kata->import, &mount->source.place, NOT_ASKED);
}

static int make_volume(struct mnd_kata *kata, const struct mount *mount,
		       const struct mnd_match_rule *source,
		       struct mnd_volume_rule *rule)
{
	size_t i;

	rule->type = mount->type.text;
	rule->destination = mount->destination.text;
	rule->source = mount->source.text;
	rule->place = mount->source.place;
	rule->pattern.matching = MND_MATCHING_NONE;
	rule->option_count = mount->options.count;
	rule->options = mnd_arena_alloc(&kata->import->policy->arena,
					rule->option_count,
					sizeof(*rule->options));
	if (!rule->options)
		return mnd_hcsshim_out_of_memory(kata->import);
	for (i = 0; i < rule->option_count; i++)
		rule->options[i] = mount->options.items[i].text;
	if (source->matching == MND_MATCHING_RE2)
		return note_expression(kata, mount);
	return 0;
}

static u32 mount_options(const struct mount *mount)
{
	static const struct {
		const char *name;
		u32 flag;
	} known[] = {
		{ "nodev", MND_MOUNT_NODEV },
		{ "noexec", MND_MOUNT_NOEXEC },
		{ "nosuid", MND_MOUNT_NOSUID },
		{ "nosymfollow", MND_MOUNT_NOSYMFOLLOW },
		{ "ro", MND_MOUNT_RO },
	};
	u32 flags = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (has_option(mount, known[i].name))
			flags |= known[i].flag;
	return flags;
}

/* Only while the container is made: one that runs mounts nothing. */
static struct mnd_mount_rule *add_rule(struct mnd_subject_source *subject,
				       const char *type, u32 flags,
				       const struct mnd_place *place)
{
	struct mnd_mount_rule *rule = &subject->mounts[subject->mount_count++];

	rule->type = type;
	rule->flags = flags | MND_MOUNT_UMOUNT | MND_MOUNT_SETUP;
	rule->place = *place;
	return rule;
}

static void add_rules(const struct mount *mount,
		      const struct mnd_match_rule *source,
		      const struct mnd_place *place,
		      struct mnd_subject_source *subject)
{
	const bool bind = is_bind(mount);
	const u32 flags = mount_options(mount) |
			  (bind ? MND_MOUNT_BIND : MND_MOUNT_NEW);
	const struct mnd_match_rule target = {
		.matching = MND_MATCHING_EXACT,
		.text = mount->destination.text,
		.length = mount->destination.length,
		.place = mount->destination.place,
	};
	struct mnd_mount_rule *rule;

	rule = add_rule(subject, bind ? "bind" : mount->type.text, flags,
			place);
	rule->target = target;
	if (bind)
		rule->source = *source;
	if (bind || strcmp(mount->type.text, "cgroup"))
		return;
	/* The agent mounts what the guest has. */
	rule = add_rule(subject, "cgroup2", flags, place);
	rule->target = target;
}

static int add_mount(struct mnd_kata *kata,
		     const struct mnd_kata_container *container,
		     const struct mnd_value *value,
		     struct mnd_subject_source *subject)
{
	struct mnd_match_rule source = { .matching = MND_MATCHING_ANY };
	struct mount mount;
	int err;

	err = read_mount(kata->import, value, &mount);
	if (!err)
		err = make_source(kata, container, &mount, &source);
	if (err)
		return err;
	add_rules(&mount, &source, &value->place, subject);
	return make_volume(kata, &mount, &source,
			   &subject->volumes.rules[subject->volumes.count++]);
}

/**
 * mnd_kata_mounts - Make the mounts of a container
 *
 * @kata: The policy.
 * @container: Container.
 * @subject: Its mounts and its volumes are written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: An element is no mount, or its source cannot be imported.
 * - -E2BIG: A source is over a limit of mnd_kata_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_mounts(struct mnd_kata *kata,
		    const struct mnd_kata_container *container,
		    struct mnd_subject_source *subject)
{
	struct mnd_arena *arena = &kata->import->policy->arena;
	const size_t count = mnd_object_count(container->mounts);
	size_t i;
	int err = 0;

	/* For each two rules at most, and one that needs no mount. */
	subject->mounts =
		mnd_arena_alloc(arena, 2 * count + 1, sizeof(*subject->mounts));
	subject->volumes.rules =
		mnd_arena_alloc(arena, count, sizeof(*subject->volumes.rules));
	if (!subject->mounts || !subject->volumes.rules)
		return mnd_hcsshim_out_of_memory(kata->import);
	for (i = 0; !err && i < count; i++)
		err = add_mount(kata, container, &container->mounts->items[i],
				subject);
	/* Over directories that are masked, wherever they are. */
	add_rule(subject, "tmpfs", MND_MOUNT_NEW | MND_MOUNT_RO,
		 &container->place);
	return err;
}
