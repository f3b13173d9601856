// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The part of an automaton that takes one code point out of a set, as UTF-8.
 *
 * The blocks of encodings come in order, so the part can be made minimal on
 * the way: what lies on the path to the last block is still open, all before
 * it is final and shared wherever two places go on alike.
 */

#include <stdlib.h>

#include "nfa.h"
#include "utf8.h"

/**
 * struct open_state - A state whose last edge leads to the next open state
 *
 * @edge: Edges so far.
 * @count: How many.
 */
struct open_state {
	struct mnd_nfa_edge edge[256];
	unsigned int count;
};

/**
 * struct rune_part - A part that is being made
 *
 * @nfa: Automaton.
 * @part: The part, whose exit is there.
 * @path: Open states, from the first byte on.
 * @depth: How many are open.
 */
struct rune_part {
	struct mnd_nfa *nfa;
	struct mnd_nfa_part part;
	struct open_state path[MND_UTF8_MAX];
	unsigned int depth;
};

static void add_edge(struct open_state *open, u8 low, u8 high)
{
	struct mnd_nfa_edge *edge = &open->edge[open->count++];

	edge->low = low;
	edge->high = high;
	edge->to = MND_NFA_NOWHERE;
}

/* Says where the last edge leads, and merges it with the one before. */
static void close_edge(struct open_state *open, u16 to)
{
	struct mnd_nfa_edge *edge = &open->edge[open->count - 1];

	edge->to = to;
	if (open->count < 2 || edge[-1].to != to ||
	    edge[-1].high + 1 != edge->low)
		return;
	edge[-1].high = edge->high;
	open->count--;
}

static bool same_edges(const struct mnd_nfa *nfa,
		       const struct mnd_nfa_state *state,
		       const struct open_state *open)
{
	return state->op == MND_NFA_BYTES && state->edge_count == open->count &&
	       !memcmp(nfa->edge + state->edge, open->edge,
		       open->count * sizeof(*open->edge));
}

/* Gives an open state its number: that of an equal state if there is one. */
static int finish_state(struct rune_part *made, const struct open_state *open,
			u16 *number)
{
	struct mnd_nfa *nfa = made->nfa;
	size_t i;

	for (i = made->part.first_state; i < nfa->state_count; i++) {
		if (same_edges(nfa, &nfa->state[i], open)) {
			*number = i;
			return 0;
		}
	}
	*number = nfa->state_count;
	return mnd_nfa_take_bytes(nfa, open->edge, open->count);
}

/* Finishes the open states below the first @depth. */
static int close_path(struct rune_part *made, unsigned int depth)
{
	u16 number = made->part.exit;
	int err;

	if (made->depth)
		close_edge(&made->path[made->depth - 1], number);
	for (; made->depth > depth; made->depth--) {
		err = finish_state(made, &made->path[made->depth - 1], &number);
		if (err)
			return err;
		if (made->depth > 1)
			close_edge(&made->path[made->depth - 2], number);
		else
			made->part.entry = number;
	}
	return 0;
}

/* How many first bytes the block shares with the last one. */
static unsigned int shared_bytes(const struct rune_part *made,
				 const struct mnd_utf8_block *block)
{
	const struct mnd_nfa_edge *edge;
	unsigned int i;

	for (i = 0; i + 1 < block->length && i < made->depth; i++) {
		edge = &made->path[i].edge[made->path[i].count - 1];
		if (edge->low != block->low[i] || edge->high != block->high[i])
			break;
	}
	return i;
}

static int add_block(struct rune_part *made, const struct mnd_utf8_block *block)
{
	unsigned int i, shared = shared_bytes(made, block);
	int err;

	/* The state at which the block leaves the last one stays open. */
	err = close_path(made, made->depth ? shared + 1 : 0);
	if (err)
		return err;
	for (i = shared; i < block->length; i++) {
		if (i >= made->depth)
			made->path[i].count = 0;
		add_edge(&made->path[i], block->low[i], block->high[i]);
	}
	made->depth = block->length;
	return 0;
}

static int add_range(struct rune_part *made, u32 first, u32 last)
{
	struct mnd_utf8_block block;
	int err;

	while (mnd_utf8_next_block(&first, last, &block)) {
		err = add_block(made, &block);
		if (err)
			return err;
	}
	return 0;
}

static int add_ranges(struct rune_part *made, const struct mnd_rune_set *set)
{
	size_t i;
	int err;

	err = mnd_nfa_empty(made->nfa, &made->part);
	if (err)
		return err;
	for (i = 0; i < set->count; i++) {
		err = add_range(made, set->range[i].first, set->range[i].last);
		if (err)
			return err;
	}
	if (made->depth)
		return close_path(made, 0);

	/* Nothing is in the set: a state that no byte leaves. */
	made->path[0].count = 0;
	return finish_state(made, &made->path[0], &made->part.entry);
}

/**
 * mnd_nfa_runes - Append a part that takes one code point
 *
 * @nfa: Automaton.
 * @set: Code points it takes; must be normalised.
 * @part: Where the part goes.
 *
 * Return: 0 or:
 * - %-ENOMEM: memory is short;
 * - %-E2BIG: the automaton would be too large.
 */
int mnd_nfa_runes(struct mnd_nfa *nfa, const struct mnd_rune_set *set,
		  struct mnd_nfa_part *part)
{
	struct rune_part *made;
	int err;

	made = calloc(1, sizeof(*made));
	if (!made)
		return -ENOMEM;
	made->nfa = nfa;
	err = add_ranges(made, set);
	*part = made->part;
	free(made);
	return err;
}
