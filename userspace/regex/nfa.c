// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The nondeterministic automaton of one pattern: the parts that need no
 * knowledge of UTF-8.
 */

#include <stdlib.h>

#include "array.h"
#include "limits.h"
#include "nfa.h"

static_assert(MND_NFA_MAX_STATES < MND_NFA_NOWHERE,
	      "a state's number fits 16 bits");

/* Appends a state that is connected to nothing. */
static int new_state(struct mnd_nfa *nfa, enum mnd_nfa_op op)
{
	struct mnd_nfa_state *state;

	if (nfa->state_count >= MND_NFA_MAX_STATES)
		return -E2BIG;
	state = mnd_array_grow(nfa->state, &nfa->state_capacity,
			       nfa->state_count + 1, sizeof(*state));
	if (!state)
		return -ENOMEM;
	nfa->state = state;
	state += nfa->state_count++;
	memset(state, 0, sizeof(*state));
	state->op = op;
	state->out = MND_NFA_NOWHERE;
	state->other = MND_NFA_NOWHERE;
	state->edge = nfa->edge_count;
	return 0;
}

static u16 last_state(const struct mnd_nfa *nfa)
{
	return nfa->state_count - 1;
}

static int append_edges(struct mnd_nfa *nfa, const struct mnd_nfa_edge *edge,
			size_t count)
{
	struct mnd_nfa_edge *grown;

	if (!count)
		return 0;
	if (count > MND_NFA_MAX_EDGES - nfa->edge_count)
		return -E2BIG;
	grown = mnd_array_grow(nfa->edge, &nfa->edge_capacity,
			       nfa->edge_count + count, sizeof(*edge));
	if (!grown)
		return -ENOMEM;
	nfa->edge = grown;
	memcpy(grown + nfa->edge_count, edge, count * sizeof(*edge));
	nfa->edge_count += count;
	return 0;
}

/**
 * mnd_nfa_take_bytes - Append a state that takes a byte
 *
 * @nfa: Automaton.
 * @edge: The state's edges, sorted; not of this automaton.
 * @count: How many, at most 256.
 *
 * Return: 0 or:
 * - %-ENOMEM: memory is short;
 * - %-E2BIG: the automaton would be too large.
 */
int mnd_nfa_take_bytes(struct mnd_nfa *nfa, const struct mnd_nfa_edge *edge,
		       size_t count)
{
	int err;

	err = new_state(nfa, MND_NFA_BYTES);
	if (err)
		return err;
	nfa->state[last_state(nfa)].edge_count = count;
	return append_edges(nfa, edge, count);
}

/**
 * mnd_nfa_empty - Append a part that matches the empty text
 *
 * @nfa: Automaton.
 * @part: Where the part goes.
 *
 * Return: as mnd_nfa_take_bytes().
 */
int mnd_nfa_empty(struct mnd_nfa *nfa, struct mnd_nfa_part *part)
{
	part->first_state = nfa->state_count;
	part->first_edge = nfa->edge_count;
	part->entry = nfa->state_count;
	part->exit = nfa->state_count;
	return new_state(nfa, MND_NFA_JUMP);
}

/**
 * mnd_nfa_assert - Append a part that matches the empty text in some places
 *
 * @nfa: Automaton.
 * @place: Which places.
 * @part: Where the part goes.
 *
 * Return: as mnd_nfa_take_bytes().
 */
int mnd_nfa_assert(struct mnd_nfa *nfa, enum mnd_nfa_place place,
		   struct mnd_nfa_part *part)
{
	int err;

	err = mnd_nfa_empty(nfa, part);
	if (err)
		return err;
	err = new_state(nfa, MND_NFA_ASSERT);
	if (err)
		return err;
	part->entry = last_state(nfa);
	nfa->state[part->entry].place = place;
	nfa->state[part->entry].out = part->exit;
	return 0;
}

/**
 * mnd_nfa_join - Make one part of two that follow each other
 *
 * @nfa: Automaton.
 * @left: First part; becomes the whole.
 * @right: Second part, which lies right after the first.
 */
void mnd_nfa_join(struct mnd_nfa *nfa, struct mnd_nfa_part *left,
		  const struct mnd_nfa_part *right)
{
	nfa->state[left->exit].out = right->entry;
	left->exit = right->exit;
}

/* Appends a split to @out and @other. */
static int new_split(struct mnd_nfa *nfa, u16 out, u16 other)
{
	int err;

	err = new_state(nfa, MND_NFA_SPLIT);
	if (err)
		return err;
	nfa->state[last_state(nfa)].out = out;
	nfa->state[last_state(nfa)].other = other;
	return 0;
}

/**
 * mnd_nfa_either - Make one part of two alternatives
 *
 * @nfa: Automaton.
 * @left: First part; becomes the whole.
 * @right: Second part, the automaton's last, right after the first.
 *
 * Return: as mnd_nfa_take_bytes().
 */
int mnd_nfa_either(struct mnd_nfa *nfa, struct mnd_nfa_part *left,
		   const struct mnd_nfa_part *right)
{
	int err;

	err = new_split(nfa, left->entry, right->entry);
	if (err)
		return err;
	nfa->state[right->exit].out = left->exit;
	left->entry = last_state(nfa);
	return 0;
}

/* Makes the last part repeatable without end, but not omissible. */
static int make_endless(struct mnd_nfa *nfa, struct mnd_nfa_part *part)
{
	u16 split = nfa->state_count;
	int err;

	err = new_split(nfa, part->entry, split + 1);
	if (err)
		return err;
	err = new_state(nfa, MND_NFA_JUMP);
	if (err)
		return err;
	nfa->state[part->exit].out = split;
	part->exit = split + 1;
	return 0;
}

static int replace_by_empty(struct mnd_nfa *nfa, struct mnd_nfa_part *part)
{
	nfa->state_count = part->first_state;
	nfa->edge_count = part->first_edge;
	return mnd_nfa_empty(nfa, part);
}

static void move_target(u16 *target, u32 distance)
{
	if (*target != MND_NFA_NOWHERE)
		*target += distance;
}

static int copy_edges(struct mnd_nfa *nfa, u32 first, u32 count, u32 distance)
{
	struct mnd_nfa_edge edge;
	u32 i;
	int err;

	for (i = 0; i < count; i++) {
		edge = nfa->edge[first + i];
		move_target(&edge.to, distance);
		err = append_edges(nfa, &edge, 1);
		if (err)
			return err;
	}
	return 0;
}

/*
 * Appends a copy of the part that starts with @part and has @states states and
 * @edges edges; @part then says where the copy lies.
 */
static int copy_part(struct mnd_nfa *nfa, struct mnd_nfa_part *part, u32 states,
		     u32 edges)
{
	u32 distance = nfa->state_count - part->first_state;
	u32 edge_distance = nfa->edge_count - part->first_edge;
	struct mnd_nfa_state state;
	u32 i;
	int err;

	err = copy_edges(nfa, part->first_edge, edges, distance);
	if (err)
		return err;
	for (i = 0; i < states; i++) {
		err = new_state(nfa, MND_NFA_JUMP);
		if (err)
			return err;
		state = nfa->state[part->first_state + i];
		move_target(&state.out, distance);
		move_target(&state.other, distance);
		state.edge += edge_distance;
		nfa->state[last_state(nfa)] = state;
	}
	part->first_state += distance;
	part->first_edge += edge_distance;
	part->entry += distance;
	part->exit += distance;
	return 0;
}

/**
 * mnd_nfa_repeat - Repeat the last part
 *
 * A part x with counts 2 and 4 becomes xx(x(x)?)?.
 *
 * @nfa: Automaton.
 * @part: The automaton's last part; becomes the whole.
 * @least: How often at least.
 * @most: How often at most, not below @least, or MND_NFA_ENDLESS.
 *
 * Return: 0 or:
 * - %-ENOMEM: memory is short;
 * - %-E2BIG: the automaton would be too large.
 */
int mnd_nfa_repeat(struct mnd_nfa *nfa, struct mnd_nfa_part *part,
		   unsigned int least, unsigned int most)
{
	u32 states = nfa->state_count - part->first_state;
	u32 edges = nfa->edge_count - part->first_edge;
	struct mnd_nfa_part last = *part;
	unsigned int copies = most, i;
	u16 first = part->entry, entry = first, *before;
	int err;

	if (!most)
		return replace_by_empty(nfa, part);
	if (most == MND_NFA_ENDLESS)
		copies = least ? least : 1;
	for (i = 1; i < copies; i++) {
		err = copy_part(nfa, &last, states, edges);
		if (err)
			return err;
	}
	if (most == MND_NFA_ENDLESS) {
		err = make_endless(nfa, &last);
		if (err)
			return err;
	}
	for (i = copies; i-- > 0;) {
		entry = first + i * states;
		if (i >= least) {
			err = new_split(nfa, entry, last.exit);
			if (err)
				return err;
			entry = last_state(nfa);
		}
		if (i > 0) {
			before = &nfa->state[part->exit + (i - 1) * states].out;
			*before = entry;
		}
	}
	part->entry = entry;
	part->exit = last.exit;
	return 0;
}

/**
 * mnd_nfa_finish - Complete the automaton of a pattern
 *
 * Appends the match and the loop of a search, which takes any byte.
 *
 * @nfa: Automaton.
 * @part: All of the pattern.
 *
 * Return: as mnd_nfa_take_bytes().
 */
int mnd_nfa_finish(struct mnd_nfa *nfa, const struct mnd_nfa_part *part)
{
	struct mnd_nfa_edge any = { .low = 0x00, .high = 0xff };
	int err;

	err = new_state(nfa, MND_NFA_MATCH);
	if (err)
		return err;
	nfa->state[part->exit].out = last_state(nfa);
	nfa->entry = part->entry;

	any.to = nfa->state_count + 1;
	err = mnd_nfa_take_bytes(nfa, &any, 1);
	if (err)
		return err;
	err = new_split(nfa, nfa->entry, last_state(nfa));
	if (err)
		return err;
	nfa->search = last_state(nfa);
	return 0;
}

/**
 * mnd_nfa_free - Free what an automaton owns
 *
 * @nfa: Automaton; empty afterwards.
 */
void mnd_nfa_free(struct mnd_nfa *nfa)
{
	free(nfa->state);
	free(nfa->edge);
	memset(nfa, 0, sizeof(*nfa));
}
