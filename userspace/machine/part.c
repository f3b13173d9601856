// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tables of a request machine, and what it keeps beside each of them.
 */

#include <stdlib.h>

#include "../byte_hash.h"
#include "pool.h"

static u64 add_argument(u64 hash, const char *text, size_t length)
{
	return mnd_hash_bytes(hash, text, length);
}

/* Zero is for what is not hashed. */
static u64 finish_command(u64 hash)
{
	return hash ? hash : 1;
}

/**
 * mnd_part_command - Hash the arguments of a request
 *
 * @arguments: Arguments.
 *
 * Return: The hash that struct mnd_part.commands has for the same ones.
 */
u64 mnd_part_command(const struct mnd_fact_list *arguments)
{
	u64 hash = arguments->count;
	size_t i;

	for (i = 0; i < arguments->count; i++)
		hash = add_argument(hash, arguments->strings[i],
				    strlen(arguments->strings[i]));
	return finish_command(hash);
}

static u64 hash_process(const struct mnd_table *table,
			const struct mnd_process *process)
{
	const __le32 *words = mnd_list_words(table, process->argv);
	const u32 count = mnd_list_count(table, process->argv);
	u64 hash = count;
	u32 i;

	for (i = 0; i < count; i++) {
		const u32 matcher = le32_to_cpu(words[i]);
		size_t length;

		if (matcher & MND_MATCH_PATTERN)
			return 0;
		length = le32_to_cpu(table->strings[matcher].length);
		hash = add_argument(hash, mnd_string(table, matcher), length);
	}
	return finish_command(hash);
}

static bool allocate(struct mnd_part *part)
{
	const struct mnd_table *table = &part->table;

	/* One more than needed, because none may be needed. */
	part->lists = calloc(table->count[MND_SECTION_LIST] + 1UL,
			     sizeof(*part->lists));
	part->contexts = calloc(table->count[MND_SECTION_CONTEXT] + 1UL,
				sizeof(*part->contexts));
	part->commands = calloc(table->count[MND_SECTION_PROCESS] + 1UL,
				sizeof(*part->commands));
	part->matching =
		calloc(mnd_scratch_words(table) + 1UL, sizeof(*part->matching));
	return part->lists && part->contexts && part->commands &&
	       part->matching;
}

static struct mnd_part *make_part(const struct mnd_table *table, u32 includes)
{
	struct mnd_part *part = calloc(1, sizeof(*part));
	u32 i;

	if (!part)
		return NULL;
	part->table = *table;
	part->includes = includes;
	if (!allocate(part)) {
		mnd_part_free(part);
		return NULL;
	}
	for (i = 0; i < table->count[MND_SECTION_PROCESS]; i++)
		part->commands[i] = hash_process(table, &table->processes[i]);
	return part;
}

/**
 * mnd_part_free - Free a table of a machine
 *
 * @part: Table, or NULL.
 */
void mnd_part_free(struct mnd_part *part)
{
	if (!part)
		return;
	free(part->lists);
	free(part->contexts);
	free(part->commands);
	free(part->matching);
	free(part->bytes);
	free(part);
}

/**
 * mnd_part_forget - Forget what was found out about earlier requests
 *
 * @part: Table.
 */
void mnd_part_forget(struct mnd_part *part)
{
	const u32 *count = part->table.count;

	memset(part->lists, 0, count[MND_SECTION_LIST] * sizeof(*part->lists));
	memset(part->contexts, 0,
	       count[MND_SECTION_CONTEXT] * sizeof(*part->contexts));
}

/**
 * mnd_part_add - Add a table to a machine
 *
 * @machine: Machine; stays as it is after an error.
 * @table: Verified table.
 * @bytes: Of a fragment: what @table is made of, which the machine frees,
 *	unless there is an error; else NULL.
 * @includes: MND_INCLUDE_*: what counts of it.
 *
 * Return: 0, or:
 *
 * - -E2BIG: There are too many tables or containers.
 * - -ENOMEM: Out of memory.
 */
int mnd_part_add(struct mnd_machine *machine, const struct mnd_table *table,
		 u8 *bytes, u32 includes)
{
	struct mnd_part *part;
	int err;

	if (machine->part_count == MND_MACHINE_TABLE_MAX)
		return -E2BIG;
	part = make_part(table, includes);
	if (!part)
		return -ENOMEM;
	machine->parts[machine->part_count++] = part;
	err = mnd_pool_add_part(machine);
	if (err) {
		machine->part_count--;
		mnd_part_free(part);
		return err;
	}
	part->bytes = bytes;
	return 0;
}

/**
 * mnd_part_drop - Take tables out of a machine again
 *
 * @machine: Machine.
 * @part_count: Number of tables that stay.
 * @choice_count: Number of choices of the pool that stay.
 *
 * Return: As mnd_pool_drop_part().
 */
int mnd_part_drop(struct mnd_machine *machine, u32 part_count, u32 choice_count)
{
	const u32 count = machine->part_count;
	u32 i;
	int err;

	if (part_count == count)
		return 0;
	machine->part_count = part_count;
	err = mnd_pool_drop_part(machine, choice_count);
	for (i = part_count; i < count; i++)
		mnd_part_free(machine->parts[i]);
	return err;
}
