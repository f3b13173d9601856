/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sets of nondeterministic states that are the states of a deterministic
 * automaton, each stored once.
 */

#ifndef _MANDATE_REGEX_STATE_SETS_H
#define _MANDATE_REGEX_STATE_SETS_H

#include "context.h"

/* Two sets that are always there: no state, and all that has matched. */
#define MND_STATE_DEAD 0
#define MND_STATE_MATCHED 1

/**
 * struct mnd_state_set - A set
 *
 * @first: Where its members start.
 * @count: How many.
 * @before: What lies before the place that the set stands for, as far as a
 *          member can ask for it.
 * @pending: Whether a member asks for what lies after it.
 */
struct mnd_state_set {
	u32 first;
	u16 count;
	u8 before;
	bool pending;
};

/**
 * struct mnd_state_sets - All sets, numbered in the order they were added
 *
 * @set: Sets, owned.
 * @count: How many.
 * @capacity: Room for how many.
 * @member: Members of all sets, sorted within each; owned.
 * @member_count: How many.
 * @member_capacity: Room for how many.
 * @slot: Numbers of sets by hash, 0 where there is none; owned.
 */
struct mnd_state_sets {
	struct mnd_state_set *set;
	size_t count;
	size_t capacity;
	u16 *member;
	size_t member_count;
	size_t member_capacity;
	u16 *slot;
};

__must_check int mnd_state_sets_init(struct mnd_state_sets *sets);
__must_check int mnd_state_sets_add(struct mnd_state_sets *sets,
				    const struct mnd_state_set *set,
				    const u16 *member, u16 *number);
void mnd_state_sets_free(struct mnd_state_sets *sets);

#endif /* _MANDATE_REGEX_STATE_SETS_H */
