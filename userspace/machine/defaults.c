// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Mounts that an agent adds to those that every container may have.
 */

#include <stdlib.h>

#include "private.h"

static bool is_same(const struct mnd_default_mount *a,
		    const struct mnd_mount_fact *b)
{
	size_t i;

	if (strcmp(a->source, b->source) ||
	    strcmp(a->destination, b->destination) ||
	    strcmp(a->type, b->type) || a->options.count != b->options.count)
		return false;
	for (i = 0; i < b->options.count; i++)
		if (strcmp(a->options.strings[i], b->options.strings[i]))
			return false;
	return true;
}

/* An agent adds the same ones before each container. */
static bool is_there(const struct mnd_machine *machine,
		     const struct mnd_mount_fact *mount)
{
	size_t i;

	for (i = 0; i < machine->mount_count; i++)
		if (is_same(&machine->mounts[i], mount))
			return true;
	return false;
}

static const char *copy(struct mnd_machine *machine, const char *text)
{
	return mnd_arena_copy(&machine->mount_arena, text, strlen(text));
}

static int copy_mount(struct mnd_machine *machine,
		      const struct mnd_mount_fact *mount,
		      struct mnd_default_mount *made)
{
	const size_t count = mount->options.count;
	const char **options;
	size_t i;

	options =
		mnd_arena_alloc(&machine->mount_arena, count, sizeof(*options));
	made->source = copy(machine, mount->source);
	made->destination = copy(machine, mount->destination);
	made->length = strlen(mount->destination);
	made->type = copy(machine, mount->type);
	if (!options || !made->source || !made->destination || !made->type)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		options[i] = copy(machine, mount->options.strings[i]);
		if (!options[i])
			return -ENOMEM;
	}
	made->options = (struct mnd_fact_list){ options, count };
	return 0;
}

static int add_mount(struct mnd_machine *machine,
		     const struct mnd_mount_fact *mount)
{
	struct mnd_default_mount made = { .elevated = false }, *mounts;
	size_t room = machine->mount_room;
	int err;

	if (machine->mount_count == MND_MACHINE_DEFAULT_MAX)
		return -E2BIG;
	err = copy_mount(machine, mount, &made);
	if (err)
		return err;
	if (machine->mount_count == room) {
		room = room ? 2 * room : 16;
		mounts = reallocarray(machine->mounts, room, sizeof(*mounts));
		if (!mounts)
			return -ENOMEM;
		machine->mounts = mounts;
		machine->mount_room = room;
	}
	machine->mounts[machine->mount_count++] = made;
	return 0;
}

static bool is_mount(const struct mnd_mount_fact *mount)
{
	size_t i;

	if (!mount->source || !mount->destination || !mount->type ||
	    mount->options.count > MND_MACHINE_LIST_MAX)
		return false;
	for (i = 0; i < mount->options.count; i++)
		if (!mount->options.strings[i])
			return false;
	return true;
}

/**
 * mnd_machine_extend_mounts - Add mounts that every container may have
 *
 * They stay, also after a transaction was rolled back.
 *
 * @machine: Machine.
 * @mounts: Mounts, which are copied.
 * @count: How many.
 *
 * Return: 0, or:
 *
 * - -EINVAL: A string is NULL, or there are too many options.
 * - -E2BIG: There are more than %MND_MACHINE_DEFAULT_MAX.
 * - -ENOMEM: Out of memory.
 */
int mnd_machine_extend_mounts(struct mnd_machine *machine,
			      const struct mnd_mount_fact *mounts, size_t count)
{
	size_t i;
	int err = 0;

	for (i = 0; i < count; i++)
		if (!is_mount(&mounts[i]))
			return -EINVAL;
	for (i = 0; !err && i < count; i++)
		if (!is_there(machine, &mounts[i]))
			err = add_mount(machine, &mounts[i]);
	return err;
}
