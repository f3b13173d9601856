/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a request machine remembers, and how it takes back what it remembered
 * since a transaction began.
 */

#ifndef _MANDATE_MACHINE_STATE_H
#define _MANDATE_MACHINE_STATE_H

#include "../../lsm/core/table.h"

/**
 * enum mnd_record_kind - What is remembered
 *
 * @MND_RECORD_DEVICE: A device is mounted at a path.
 * @MND_RECORD_RW_DEVICE: A device that can be written is.
 * @MND_RECORD_OVERLAY: An overlay is.
 * @MND_RECORD_SCRATCH: Scratch is.
 * @MND_RECORD_PLAN9: A share is.
 * @MND_RECORD_CONTAINER: Something is known of a container ID.
 */
enum mnd_record_kind {
	MND_RECORD_DEVICE,
	MND_RECORD_RW_DEVICE,
	MND_RECORD_OVERLAY,
	MND_RECORD_SCRATCH,
	MND_RECORD_PLAN9,
	MND_RECORD_CONTAINER,
};

/**
 * struct mnd_choice_set - Several choices
 *
 * @references: How many hold it.
 * @counted: It counts as something that is remembered.
 * @count: Number of choices.
 * @choices: Their numbers, ascending.
 */
struct mnd_choice_set {
	u32 references;
	bool counted;
	u32 count;
	u32 choices[];
};

/**
 * struct mnd_choices - What a container can be
 *
 * @count: Number of choices; 0 if nothing is known.
 * @one: The only choice, if @count is 1.
 * @set: The choices, if there are more.
 */
struct mnd_choices {
	u32 count;
	u32 one;
	struct mnd_choice_set *set;
};

/**
 * struct mnd_container_state - What is known of a container
 *
 * @choices: What it can be.
 * @started: It was made.
 * @privileged: It is privileged.
 * @stdio: Its processes get their standard streams.
 */
struct mnd_container_state {
	struct mnd_choices choices;
	bool started;
	bool privileged;
	bool stdio;
};

/**
 * struct mnd_record - One thing that is remembered
 *
 * @next: Next in the same slot.
 * @hash: Of @kind and @key.
 * @size: Bytes that it takes.
 * @kind: What it is about.
 * @layer: Of a device: its root hash.
 * @owner: Of a share: ID of the container it is for.
 * @container: Of a container.
 * @key: Path, or container ID.
 */
struct mnd_record {
	struct mnd_record *next;
	u64 hash;
	u32 size;
	enum mnd_record_kind kind;
	union {
		u8 layer[MND_HASH_SIZE];
		const char *owner;
		struct mnd_container_state container;
	};
	char key[];
};

/**
 * struct mnd_change - Something that happened in a transaction
 *
 * @record: What it happened to.
 * @added: It was added.
 * @removed: It was removed.
 * @before: What it was before, if neither.
 */
struct mnd_change {
	struct mnd_record *record;
	bool added;
	bool removed;
	struct mnd_container_state before;
};

/**
 * struct mnd_state - What is remembered
 *
 * @slots: A hash table of records.
 * @slot_count: Its size, a power of two.
 * @count: Number of records.
 * @changes: What happened since the transaction began, the newest last.
 * @change_count: How many.
 * @change_room: How many there is memory for.
 * @in_transaction: There is a transaction.
 * @memory: Bytes that all of this takes.
 * @part_count: Tables of the machine when the transaction began.
 * @choice_count: Choices of its pool then.
 */
struct mnd_state {
	struct mnd_record **slots;
	size_t slot_count;
	size_t count;
	struct mnd_change *changes;
	size_t change_count;
	size_t change_room;
	bool in_transaction;
	size_t memory;
	u32 part_count;
	u32 choice_count;
};

static inline const u32 *mnd_choices_list(const struct mnd_choices *choices)
{
	return choices->set ? choices->set->choices : &choices->one;
}

int mnd_state_init(struct mnd_state *state);
void mnd_state_free(struct mnd_state *state);
struct mnd_record *mnd_state_find(const struct mnd_state *state,
				  enum mnd_record_kind kind, const char *key);
bool mnd_state_is_full(const struct mnd_state *state);
int mnd_state_reserve(struct mnd_state *state, size_t count);
struct mnd_record *mnd_state_make(struct mnd_state *state,
				  enum mnd_record_kind kind, const char *key,
				  const char *owner);
void mnd_state_drop(struct mnd_state *state, struct mnd_record *record);
void mnd_state_add(struct mnd_state *state, struct mnd_record *record);
void mnd_state_remove(struct mnd_state *state, struct mnd_record *record);
void mnd_state_update(struct mnd_state *state, struct mnd_record *record,
		      const struct mnd_container_state *now);
void mnd_state_undo(struct mnd_state *state);
void mnd_state_settle(struct mnd_state *state);

/* choices.c */
int mnd_choices_make(struct mnd_state *state, const u32 *list, u32 count,
		     struct mnd_choices *choices);
struct mnd_choices mnd_choices_share(struct mnd_choice_set *set);
struct mnd_choices mnd_choices_again(const struct mnd_choices *choices);
struct mnd_choice_set *mnd_choice_set_make(u32 count);
void mnd_choice_set_drop(struct mnd_choice_set *set);
void mnd_choices_drop(struct mnd_state *state, struct mnd_choices *choices);

#endif /* _MANDATE_MACHINE_STATE_H */
