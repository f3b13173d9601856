// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads mount rules, and the names of sets of them.
 */

#include "../include_set.h"
#include "reader.h"
#include "word.h"

#define OPTIONS "must be nodev, noexec, nosuid, nosymfollow or ro"

static int read_options(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	u32 *flags = member;
	const char *name;
	size_t i;
	u32 flag;
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_ARRAY);
	if (err)
		return err;
	for (i = 0; i < value->array->count; i++) {
		err = mnd_toml_read_string(reader, &value->array->items[i],
					   &name);
		if (err)
			return err;
		flag = mnd_flag_find(mnd_option_words, MND_OPTION_COUNT, name);
		if (!flag)
			return mnd_toml_refuse(reader, &value->array->items[i],
					       OPTIONS);
		*flags |= flag;
	}
	return 0;
}

static int read_remount(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	return mnd_toml_read_flag(reader, value, member, MND_MOUNT_REMOUNT);
}

static int read_when(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value, void *member)
{
	static const char *const words[] = { "setup", "run" };
	u32 *flags = member;
	size_t choice = 0;
	int err;

	err = mnd_toml_read_choice(reader, value, words, ARRAY_SIZE(words),
				   &choice);
	*flags &= ~MND_MOUNT_PHASES;
	*flags |= choice ? MND_MOUNT_RUN : MND_MOUNT_SETUP;
	return err;
}

#define FLAGS offsetof(struct mnd_mount_rule, flags)

/* The last key is a container's: the UVM's namespaces are always set up. */
static const struct mnd_toml_key mount_keys[] = {
	{ "options", read_options, FLAGS },
	{ "remount", read_remount, FLAGS },
	{ "source", mnd_policy_read_match,
	  offsetof(struct mnd_mount_rule, source) },
	{ "target", mnd_policy_read_match,
	  offsetof(struct mnd_mount_rule, target), true },
	{ "type", mnd_toml_read_name, offsetof(struct mnd_mount_rule, type),
	  true },
	{ "when", read_when, FLAGS },
};

static const struct mnd_toml_form container_form = { "[[container.mount]]",
						     mount_keys,
						     ARRAY_SIZE(mount_keys) };

static const struct mnd_toml_form uvm_form = { "[[uvm.mount]]", mount_keys,
					       ARRAY_SIZE(mount_keys) - 1 };

static int read_mount(struct mnd_toml_reader *reader,
		      const struct mnd_toml_value *value,
		      const struct mnd_toml_form *form,
		      struct mnd_mount_rule *mount)
{
	int err;

	mount->flags = MND_MOUNT_UMOUNT | MND_MOUNT_PHASES;
	mount->place = mnd_toml_place(value);
	err = mnd_toml_read_table(reader, value, form, mount);
	if (err)
		return err;
	mount->flags |= strcmp(mount->type, "bind") ? MND_MOUNT_NEW :
						      MND_MOUNT_BIND;
	return 0;
}

static bool is_uvm(const struct mnd_toml_reader *reader,
		   const struct mnd_subject_source *subject)
{
	return subject == &reader->policy->uvm;
}

/**
 * mnd_policy_read_mounts - Read an array of mount rules
 *
 * @reader: Reader.
 * @value: Value.
 * @subject: Subject, which has room for them.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_mounts(struct mnd_toml_reader *reader,
			   const struct mnd_toml_value *value,
			   struct mnd_subject_source *subject)
{
	const struct mnd_toml_form *form =
		is_uvm(reader, subject) ? &uvm_form : &container_form;
	size_t i;
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_ARRAY);
	for (i = 0; !err && i < value->array->count; i++)
		err = read_mount(reader, &value->array->items[i], form,
				 &subject->mounts[subject->mount_count++]);
	return err;
}

/*
 * Sets of them
 */

static const struct mnd_include_set *
find_set(const struct mnd_toml_value *value, bool for_uvm)
{
	const struct mnd_include_set *set;

	if (value->type != MND_TOML_STRING || mnd_toml_has_nul(&value->string))
		return NULL;
	set = mnd_include_find(value->string.bytes);
	return set && set->for_uvm == for_uvm ? set : NULL;
}

static void add_set(struct mnd_subject_source *subject,
		    const struct mnd_include_set *set,
		    const struct mnd_place *place)
{
	size_t i;

	for (i = 0; i < set->count; i++) {
		struct mnd_mount_rule *mount =
			&subject->mounts[subject->mount_count++];

		*mount = set->mounts[i];
		mount->place = *place;
	}
}

/**
 * mnd_policy_read_include - Read an array of names of sets
 *
 * @reader: Reader.
 * @value: Value.
 * @subject: Subject, which has room for their rules.
 *
 * Return: 0 or -EINVAL.
 */
int mnd_policy_read_include(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value,
			    struct mnd_subject_source *subject)
{
	const bool for_uvm = is_uvm(reader, subject);
	const char *const known = for_uvm ? "must be \"uvm-base\"" :
					    "must be \"oci-mounts\"";
	const struct mnd_include_set *set;
	struct mnd_place place;
	size_t i;
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_ARRAY);
	for (i = 0; !err && i < value->array->count; i++) {
		set = find_set(&value->array->items[i], for_uvm);
		if (!set)
			return mnd_toml_refuse(reader, &value->array->items[i],
					       known);
		place = mnd_toml_place(&value->array->items[i]);
		add_set(subject, set, &place);
	}
	return err;
}

static size_t count_included(const struct mnd_toml_table *table, bool for_uvm)
{
	const struct mnd_toml_entry *entry = mnd_toml_find(table, "include");
	const struct mnd_include_set *set;
	size_t count = 0;
	size_t i;

	if (!entry || entry->value.type != MND_TOML_ARRAY)
		return 0;
	for (i = 0; i < entry->value.array->count; i++) {
		set = find_set(&entry->value.array->items[i], for_uvm);
		count += set ? set->count : 0;
	}
	return count;
}

/**
 * mnd_policy_begin_mounts - Make room for the mount rules of a subject
 *
 * They come from several keys, and an arena does not grow an array.  Those that
 * a UVM has if it does not say which to include are there already.
 *
 * @reader: Reader.
 * @table: The subject, or NULL for a UVM that the source does not have.
 * @subject: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_policy_begin_mounts(struct mnd_toml_reader *reader,
			    const struct mnd_toml_table *table,
			    struct mnd_subject_source *subject)
{
	const struct mnd_include_set *base = mnd_include_find("uvm-base");
	const bool for_uvm = is_uvm(reader, subject);
	size_t count = for_uvm ? base->count : 0;

	if (table)
		count += mnd_toml_count(table, "mount") +
			 count_included(table, for_uvm);
	subject->mounts = mnd_arena_alloc(&reader->policy->arena, count,
					  sizeof(*subject->mounts));
	if (!subject->mounts)
		return mnd_toml_out_of_memory(reader);
	if (for_uvm && (!table || !mnd_toml_find(table, "include")))
		add_set(subject, base, &subject->place);
	return 0;
}
