// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The sets of nondeterministic states that are the states of a deterministic
 * automaton, each stored once.
 */

#include <stdlib.h>

#include "array.h"
#include "limits.h"
#include "state_sets.h"

/* Slots: a power of two, and always half of them free. */
#define SLOTS (2 * MND_DFA_MAX_STATES)

static_assert((SLOTS & (SLOTS - 1)) == 0, "slots are found by a mask");
static_assert(MND_DFA_MAX_STATES <= 65536, "a set's number fits 16 bits");

static int append(struct mnd_state_sets *sets, const struct mnd_state_set *set,
		  const u16 *member)
{
	struct mnd_state_set *grown;
	u16 *members;

	if (sets->count >= MND_DFA_MAX_STATES ||
	    sets->member_count + set->count > MND_DFA_MAX_MEMBERS)
		return -E2BIG;
	grown = mnd_array_grow(sets->set, &sets->capacity, sets->count + 1,
			       sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	sets->set = grown;
	members = mnd_array_grow(sets->member, &sets->member_capacity,
				 sets->member_count + set->count + 1,
				 sizeof(*members));
	if (!members)
		return -ENOMEM;
	sets->member = members;
	memcpy(members + sets->member_count, member,
	       set->count * sizeof(*member));
	grown += sets->count++;
	*grown = *set;
	grown->first = sets->member_count;
	sets->member_count += set->count;
	return 0;
}

/**
 * mnd_state_sets_init - Start with the two sets that are always there
 *
 * @sets: Where the sets go; to be freed by mnd_state_sets_free(), also after
 *        an error.
 *
 * Return: 0, or -ENOMEM if memory is short.
 */
int mnd_state_sets_init(struct mnd_state_sets *sets)
{
	const struct mnd_state_set empty = { 0 };
	const u16 none = 0;
	int err;

	memset(sets, 0, sizeof(*sets));
	sets->slot = calloc(SLOTS, sizeof(*sets->slot));
	if (!sets->slot)
		return -ENOMEM;
	err = append(sets, &empty, &none);
	if (err)
		return err;
	return append(sets, &empty, &none);
}

static u32 hash_set(const struct mnd_state_set *set, const u16 *member)
{
	u32 hash = set->before;
	u32 i;

	for (i = 0; i < set->count; i++)
		hash = (hash ^ member[i]) * 0x9e3779b1u;
	return hash ^ hash >> 15;
}

static bool same_set(const struct mnd_state_sets *sets, u16 number,
		     const struct mnd_state_set *set, const u16 *member)
{
	const struct mnd_state_set *known = &sets->set[number];

	return known->count == set->count && known->before == set->before &&
	       !memcmp(sets->member + known->first, member,
		       set->count * sizeof(*member));
}

/**
 * mnd_state_sets_add - Find a set or add it
 *
 * @sets: Sets.
 * @set: Set that is not empty; its first member need not be set.
 * @member: Its members, sorted.
 * @number: Where its number goes; it is the greatest one if the set is new.
 *
 * Return: 0 or:
 * - %-ENOMEM: memory is short;
 * - %-E2BIG: there would be more than MND_DFA_MAX_STATES sets, or more than
 *   MND_DFA_MAX_MEMBERS members in all of them.
 */
int mnd_state_sets_add(struct mnd_state_sets *sets,
		       const struct mnd_state_set *set, const u16 *member,
		       u16 *number)
{
	u32 slot = hash_set(set, member) & (SLOTS - 1);
	int err;

	for (; sets->slot[slot]; slot = (slot + 1) & (SLOTS - 1)) {
		*number = sets->slot[slot];
		if (same_set(sets, *number, set, member))
			return 0;
	}
	*number = sets->count;
	err = append(sets, set, member);
	if (err)
		return err;
	sets->slot[slot] = *number;
	return 0;
}

/**
 * mnd_state_sets_free - Free all sets
 *
 * @sets: Sets.
 */
void mnd_state_sets_free(struct mnd_state_sets *sets)
{
	free(sets->set);
	free(sets->member);
	free(sets->slot);
	memset(sets, 0, sizeof(*sets));
}
