// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The containers that can be made: those of the policy and of its fragments,
 * each as every platform extends it.
 */

#include <stdlib.h>

#include "pool.h"

static bool counts(const struct mnd_part *part, u32 include)
{
	return part->includes & include;
}

static bool is_container(const struct mnd_subject *subject)
{
	return mnd_has_layers(subject) &&
	       !(le32_to_cpu(subject->flags) & MND_SUBJECT_LAYERS);
}

static u32 first_process(const struct mnd_table *table,
			 const struct mnd_subject *subject)
{
	const u32 first = mnd_span_first(&subject->processes);
	const u32 end = first + mnd_span_count(&subject->processes);
	u32 i;

	for (i = first; i < end; i++)
		if (le32_to_cpu(table->processes[i].flags) & MND_ROLE_ENTRY)
			return i;
	return MND_NONE;
}

static int add_choice(struct mnd_machine *machine, u32 part, u32 subject,
		      u32 platform)
{
	struct mnd_pool *pool = &machine->pool;
	const struct mnd_part *from = machine->parts[part];
	const u32 process =
		first_process(&from->table, &from->table.subjects[subject]);
	struct mnd_choice *choices;
	u32 room;

	if (pool->count == MND_MACHINE_CHOICE_MAX)
		return -E2BIG;
	if (pool->count == pool->room) {
		room = pool->room ? 2 * pool->room : 64;
		choices = reallocarray(pool->choices, room, sizeof(*choices));
		if (!choices)
			return -ENOMEM;
		pool->choices = choices;
		pool->room = room;
	}
	pool->choices[pool->count++] = (struct mnd_choice){
		.part = part,
		.subject = subject,
		.platform = platform,
		.process = process,
		.command = process == MND_NONE ? 0 : from->commands[process],
	};
	return 0;
}

/* Adds a container as each platform extends it, if that is not there yet. */
static int add_container(struct mnd_machine *machine, u32 part, u32 subject)
{
	const struct mnd_pool *pool = &machine->pool;
	const u32 newest = machine->part_count - 1;
	u32 i;
	int err = 0;

	if (!pool->platform_count && part == newest)
		return add_choice(machine, part, subject, MND_NONE);
	for (i = 0; !err && i < pool->platform_count; i++)
		if (part == newest || pool->platforms[i].part == newest)
			err = add_choice(machine, part, subject, i);
	return err;
}

static int add_containers(struct mnd_machine *machine, u32 part)
{
	const struct mnd_part *from = machine->parts[part];
	u32 i;
	int err = 0;

	if (!counts(from, MND_INCLUDE_CONTAINERS))
		return 0;
	for (i = 0; !err && i < from->table.count[MND_SECTION_SUBJECT]; i++)
		if (is_container(&from->table.subjects[i]))
			err = add_container(machine, part, i);
	return err;
}

/* Those of earlier tables keep their numbers. */
static int add_platforms(struct mnd_machine *machine)
{
	struct mnd_pool *pool = &machine->pool;
	const u32 newest = machine->part_count - 1;
	const struct mnd_part *part = machine->parts[newest];
	const u32 count = part->table.count[MND_SECTION_PLATFORM];
	struct mnd_platform_choice *platforms;
	u32 i;

	if (!counts(part, MND_INCLUDE_PLATFORM_RULES) || !count)
		return 0;
	platforms = reallocarray(pool->platforms, pool->platform_count + count,
				 sizeof(*platforms));
	if (!platforms)
		return -ENOMEM;
	pool->platforms = platforms;
	for (i = 0; i < count; i++)
		platforms[pool->platform_count++] =
			(struct mnd_platform_choice){ newest, i };
	return 0;
}

static void truncate(struct mnd_pool *pool, u32 newest, u32 choice_count)
{
	while (pool->platform_count &&
	       pool->platforms[pool->platform_count - 1].part >= newest)
		pool->platform_count--;
	pool->count = choice_count;
}

/**
 * mnd_pool_add_part - Add the containers and the platforms of the last table
 *
 * @machine: Machine; its pool stays as it is after an error.
 *
 * Return: 0, or:
 *
 * - -E2BIG: There are more than %MND_MACHINE_CHOICE_MAX containers, each
 *   counted once for each platform.
 * - -ENOMEM: Out of memory.
 */
int mnd_pool_add_part(struct mnd_machine *machine)
{
	const u32 count = machine->pool.count;
	u32 i;
	int err;

	err = add_platforms(machine);
	for (i = 0; !err && i < machine->part_count; i++)
		err = add_containers(machine, i);
	if (!err)
		err = mnd_index_build(machine);
	if (err)
		truncate(&machine->pool, machine->part_count - 1, count);
	return err;
}

/**
 * mnd_pool_drop_part - Take out what tables added that are no longer there
 *
 * @machine: Machine, whose last tables have been taken out.
 * @choice_count: Number of choices before they were added.
 *
 * Return: 0, or -ENOMEM: then no container can be made any more.
 */
int mnd_pool_drop_part(struct mnd_machine *machine, u32 choice_count)
{
	int err;

	truncate(&machine->pool, machine->part_count, choice_count);
	err = mnd_index_build(machine);
	if (!err)
		return 0;
	/* The old index has what is no longer there. */
	mnd_index_free(&machine->pool);
	return err;
}

/**
 * mnd_pool_free - Free a pool
 *
 * @pool: Pool.
 */
void mnd_pool_free(struct mnd_pool *pool)
{
	mnd_index_free(pool);
	free(pool->platforms);
	free(pool->choices);
}
