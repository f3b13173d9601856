// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which states of an automaton are equivalent, by Hopcroft's algorithm.
 */

#include <stdlib.h>

#include "raw_dfa.h"

/**
 * struct partition - States in blocks, which only get smaller
 *
 * @raw: Automaton.
 * @state: All states, those of a block next to each other.
 * @place: Where each state is in @state.
 * @block: Block of each state.
 * @first: Where each block starts in @state.
 * @count: How many states each block has.
 * @marked: How many of these are marked; they are the first ones.
 * @block_count: How many blocks there are.
 * @from: States sorted by where their transition leads, for each class.
 * @from_first: For each class and state where those that lead to it start.
 * @work: Blocks by which others are still to be split.
 * @work_count: How many.
 * @waiting: For each block whether it is among @work.
 * @splitter: Copy of the block that is splitting others.
 * @touched: Blocks with marked states.
 * @touched_count: How many.
 */
struct partition {
	const struct mnd_raw_dfa *raw;
	u16 *state;
	u16 *place;
	u16 *block;
	u16 *first;
	u16 *count;
	u16 *marked;
	u32 block_count;
	u16 *from;
	u32 *from_first;
	u16 *work;
	u32 work_count;
	bool *waiting;
	u16 *splitter;
	u16 *touched;
	u32 touched_count;
};

static int allocate(struct partition *p)
{
	size_t n = p->raw->state_count, classes = p->raw->class_count;

	p->state = calloc(n, sizeof(*p->state));
	p->place = calloc(n, sizeof(*p->place));
	p->first = calloc(n, sizeof(*p->first));
	p->count = calloc(n, sizeof(*p->count));
	p->marked = calloc(n, sizeof(*p->marked));
	p->from = calloc(n * classes, sizeof(*p->from));
	p->from_first = calloc((n + 1) * classes, sizeof(*p->from_first));
	p->work = calloc(n, sizeof(*p->work));
	p->waiting = calloc(n, sizeof(*p->waiting));
	p->splitter = calloc(n, sizeof(*p->splitter));
	p->touched = calloc(n, sizeof(*p->touched));
	if (!p->state || !p->place || !p->first || !p->count || !p->marked ||
	    !p->from || !p->from_first || !p->work || !p->waiting ||
	    !p->splitter || !p->touched)
		return -ENOMEM;
	return 0;
}

static void release(struct partition *p)
{
	free(p->state);
	free(p->place);
	free(p->first);
	free(p->count);
	free(p->marked);
	free(p->from);
	free(p->from_first);
	free(p->work);
	free(p->waiting);
	free(p->splitter);
	free(p->touched);
}

/* Turns the transitions of one class around. */
static void invert_class(struct partition *p, u32 column)
{
	const struct mnd_raw_dfa *raw = p->raw;
	u32 n = raw->state_count, classes = raw->class_count, i, sum = 0;
	u32 *first = p->from_first + (size_t)column * (n + 1);
	u16 *from = p->from + (size_t)column * n;

	for (i = 0; i < n; i++)
		first[raw->next[(size_t)i * classes + column]]++;
	for (i = 0; i <= n; i++) {
		sum += i < n ? first[i] : 0;
		first[i] = sum;
	}
	for (i = n; i-- > 0;)
		from[--first[raw->next[(size_t)i * classes + column]]] = i;
}

static void add_work(struct partition *p, u16 block)
{
	p->waiting[block] = true;
	p->work[p->work_count++] = block;
}

/* Starts with two blocks at most: what does not accept, and what does. */
static void start_blocks(struct partition *p)
{
	u32 n = p->raw->state_count, pass, i, filled = 0, start;
	bool accept;

	for (pass = 0; pass < 2; pass++) {
		accept = pass;
		start = filled;
		for (i = 0; i < n; i++) {
			if (p->raw->accept[i] != accept)
				continue;
			p->block[i] = p->block_count;
			p->place[i] = filled;
			p->state[filled++] = i;
		}
		if (filled == start)
			continue;
		p->first[p->block_count] = start;
		p->count[p->block_count] = filled - start;
		add_work(p, p->block_count++);
	}
}

/* Moves a state, which must not be marked, among the marked ones of its block. */
static void mark_state(struct partition *p, u16 state)
{
	u16 block = p->block[state], other;
	u32 from = p->place[state];
	u32 to = p->first[block] + p->marked[block];

	if (!p->marked[block])
		p->touched[p->touched_count++] = block;
	other = p->state[to];
	p->state[to] = state;
	p->place[state] = to;
	p->state[from] = other;
	p->place[other] = from;
	p->marked[block]++;
}

/* Makes a block of its own of the marked states. */
static void split_block(struct partition *p, u16 block)
{
	u16 marked = p->marked[block], made = p->block_count;
	u32 i;

	p->marked[block] = 0;
	if (marked == p->count[block])
		return;
	p->first[made] = p->first[block];
	p->count[made] = marked;
	p->first[block] += marked;
	p->count[block] -= marked;
	p->block_count++;
	for (i = 0; i < marked; i++)
		p->block[p->state[p->first[made] + i]] = made;
	if (p->waiting[block] || p->count[made] <= p->count[block])
		add_work(p, made);
	else
		add_work(p, block);
}

/* Splits all blocks by whether a class leads to the splitter. */
static void split_by_class(struct partition *p, u32 count, u32 column)
{
	u32 n = p->raw->state_count, i, j;
	const u32 *first = p->from_first + (size_t)column * (n + 1);
	const u16 *from = p->from + (size_t)column * n;

	/* A state leads to one state only, so none is marked twice. */
	for (i = 0; i < count; i++) {
		for (j = first[p->splitter[i]]; j < first[p->splitter[i] + 1];
		     j++)
			mark_state(p, from[j]);
	}
	while (p->touched_count)
		split_block(p, p->touched[--p->touched_count]);
}

static void refine(struct partition *p)
{
	u32 column, count;
	u16 block;

	for (column = 0; column < p->raw->class_count; column++)
		invert_class(p, column);
	start_blocks(p);
	while (p->work_count) {
		block = p->work[--p->work_count];
		p->waiting[block] = false;

		/* The block may itself be split on the way. */
		count = p->count[block];
		memcpy(p->splitter, p->state + p->first[block],
		       count * sizeof(*p->splitter));
		for (column = 0; column < p->raw->class_count; column++)
			split_by_class(p, count, column);
	}
}

/**
 * mnd_raw_dfa_minimise - Find out which states are equivalent
 *
 * @raw: Automaton.
 * @block: Where the block of each state goes: two states have the same one if
 *         and only if they are equivalent.
 * @block_count: Where the number of blocks goes.
 *
 * Return: 0, or -ENOMEM if memory is short.
 */
int mnd_raw_dfa_minimise(const struct mnd_raw_dfa *raw, u16 *block,
			 u32 *block_count)
{
	struct partition p = { .raw = raw, .block = block };
	int err;

	err = allocate(&p);
	if (!err) {
		refine(&p);
		*block_count = p.block_count;
	}
	release(&p);
	return err;
}
