/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the request machine share.
 */

#ifndef _MANDATE_MACHINE_PRIVATE_H
#define _MANDATE_MACHINE_PRIVATE_H

#include "../../lsm/core/context.h"
#include "../capability_index.h"
#include "machine.h"
#include "state.h"
#include "scratch.h"

/**
 * struct mnd_list_memo - What a list of a table says about this request
 *
 * @bits: A bit for each variable or mount of the request that it allows.
 * @epoch: Request that this is about.
 * @missing: Variable that it requires in vain, or %MND_NONE.
 */
struct mnd_list_memo {
	u64 *bits;
	u32 epoch;
	u32 missing;
};

/**
 * struct mnd_context_memo - What a context of a table says about this request
 *
 * @epoch: Request that this is about.
 * @reason: What is wrong.
 */
struct mnd_context_memo {
	u32 epoch;
	enum mnd_reason reason;
};

/**
 * struct mnd_part - A table of the machine: the policy, or a fragment
 *
 * @table: Table.
 * @bytes: Of a fragment: its bytes, owned; else NULL.
 * @includes: MND_INCLUDE_*: what counts of it.
 * @lists: Memo of each list.
 * @contexts: Memo of each context.
 * @commands: For each process rule a hash of its arguments; 0 if one of them
 *	is not a plain string.
 * @matching: mnd_scratch_words() of memory.
 */
struct mnd_part {
	struct mnd_table table;
	u8 *bytes;
	u32 includes;
	struct mnd_list_memo *lists;
	struct mnd_context_memo *contexts;
	u64 *commands;
	u64 *matching;
};

/**
 * struct mnd_choice - A container of a table, with what one platform adds
 *
 * @part: Number of the table.
 * @subject: Number of the container in it.
 * @platform: Number in the pool's list of platforms, or %MND_NONE.
 * @process: Its first process, or %MND_NONE if it cannot be made.
 * @command: mnd_part.commands of that.
 */
struct mnd_choice {
	u32 part;
	u32 subject;
	u32 platform;
	u32 process;
	u64 command;
};

/**
 * struct mnd_platform_choice - A platform of a table
 *
 * @part: Number of the table.
 * @platform: Number of the platform in it.
 */
struct mnd_platform_choice {
	u32 part;
	u32 platform;
};

/**
 * struct mnd_layer_group - The choices that have the same layers
 *
 * @hash: Of the layers.
 * @part: Number of a table that has them.
 * @list: Number of the list in it.
 * @set: The choices.
 */
struct mnd_layer_group {
	u64 hash;
	u32 part;
	__le32 list;
	struct mnd_choice_set *set;
};

/**
 * struct mnd_pool - The containers that can be made
 *
 * @choices: Those that are, and those that were: their numbers stay.
 * @count: How many.
 * @room: How many there is memory for.
 * @platforms: Platforms.
 * @platform_count: How many.
 * @groups: A hash table of the choices that are, by layers.
 * @group_slots: Its size, a power of two.
 * @layers: A hash table of all layers, as pointers into tables.
 * @layer_slots: Its size, a power of two.
 */
struct mnd_pool {
	struct mnd_choice *choices;
	u32 count;
	u32 room;
	struct mnd_platform_choice *platforms;
	u32 platform_count;
	struct mnd_layer_group *groups;
	size_t group_slots;
	const u8 **layers;
	size_t layer_slots;
};

/**
 * struct mnd_default_mount - A mount that every container may have
 *
 * @source: What is mounted.
 * @destination: Where.
 * @length: Of @destination.
 * @type: Type.
 * @options: Options.
 * @elevated: Only a container may that can be privileged.
 */
struct mnd_default_mount {
	const char *source;
	const char *destination;
	size_t length;
	const char *type;
	struct mnd_fact_list options;
	bool elevated;
};

/**
 * struct mnd_machine - A request machine
 *
 * @parts: Tables, the policy first.
 * @part_count: How many.
 * @pool: The containers that can be made.
 * @state: What is remembered.
 * @mounts: Default mounts beyond those that are always there; owned.
 * @mount_count: How many.
 * @mount_room: How many there is memory for.
 * @mount_arena: Owns their strings.
 * @capabilities: Names of capabilities.
 * @source_error: Why the last fragment was not understood.
 * @scratch: Memory for one request.
 * @epoch: Number of the request.
 */
struct mnd_machine {
	struct mnd_part *parts[MND_MACHINE_TABLE_MAX];
	u32 part_count;
	struct mnd_pool pool;
	struct mnd_state state;
	struct mnd_default_mount *mounts;
	size_t mount_count;
	size_t mount_room;
	struct mnd_arena mount_arena;
	struct mnd_capability_index capabilities;
	struct mnd_error source_error;
	struct mnd_scratch scratch;
	u32 epoch;
};

static inline const struct mnd_policy *
mnd_machine_policy(const struct mnd_machine *machine)
{
	return machine->parts[0]->table.policy;
}

static inline bool mnd_machine_has(const struct mnd_machine *machine, u32 flag)
{
	return le32_to_cpu(mnd_machine_policy(machine)->flags) & flag;
}

static inline const struct mnd_choice *
mnd_machine_choice(const struct mnd_machine *machine, u32 choice)
{
	return &machine->pool.choices[choice];
}

static inline const struct mnd_table *
mnd_choice_table(const struct mnd_machine *machine,
		 const struct mnd_choice *choice)
{
	return &machine->parts[choice->part]->table;
}

static inline const struct mnd_subject *
mnd_choice_subject(const struct mnd_machine *machine,
		   const struct mnd_choice *choice)
{
	return &mnd_choice_table(machine, choice)->subjects[choice->subject];
}

/* machine.c */
void mnd_request_fill_in(struct mnd_request *request);

/* part.c */
int mnd_part_add(struct mnd_machine *machine, const struct mnd_table *table,
		 u8 *bytes, u32 includes);
int mnd_part_drop(struct mnd_machine *machine, u32 part_count,
		  u32 choice_count);
void mnd_part_free(struct mnd_part *part);
void mnd_part_forget(struct mnd_part *part);
u64 mnd_part_command(const struct mnd_fact_list *arguments);

/* Denies; the value to return from what answers. */
static inline int mnd_deny(struct mnd_reply *reply, enum mnd_reason reason)
{
	reply->reason = reason;
	return 0;
}

static inline int mnd_allow(struct mnd_reply *reply)
{
	reply->allowed = true;
	return 0;
}

#endif /* _MANDATE_MACHINE_PRIVATE_H */
