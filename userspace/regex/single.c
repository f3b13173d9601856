// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The minimal automaton of one pattern, in its one canonical form.
 */

#include <stdlib.h>

#include "limits.h"
#include "pattern.h"
#include "raw_dfa.h"
#include "single.h"

/**
 * struct quotient - A minimal automaton that is being numbered
 *
 * @raw: Automaton whose states were found equivalent.
 * @dfa: Where the minimal one goes.
 * @member: Numbers of its pattern.
 * @member_count: How many.
 * @block: Block of each state of @raw.
 * @block_count: How many blocks there are.
 * @state: A state of each block.
 * @column: A class of @raw for each class of @dfa.
 * @number: For each block its number in @dfa, plus 1; 0 if it has none yet.
 * @order: Blocks in the order of these numbers.
 */
struct quotient {
	const struct mnd_raw_dfa *raw;
	struct mnd_dfa *dfa;
	const u32 *member;
	u32 member_count;
	u16 *block;
	u32 block_count;
	u16 *state;
	u32 column[256];
	u32 *number;
	u16 *order;
};

static u16 next_block(const struct quotient *q, u16 block, u32 column)
{
	const u16 *row;

	row = q->raw->next + (size_t)q->state[block] * q->raw->class_count;
	return q->block[row[column]];
}

static bool same_columns(const struct quotient *q, u32 left, u32 right)
{
	u32 i;

	for (i = 0; i < q->block_count; i++) {
		if (next_block(q, i, left) != next_block(q, i, right))
			return false;
	}
	return true;
}

/* Merges the classes that lead everywhere to the same states. */
static void merge_classes(struct quotient *q)
{
	struct mnd_dfa *dfa = q->dfa;
	u8 merged[256] = { 0 };
	u32 i, byte;

	dfa->class_count = 0;
	for (i = 0; i < q->raw->class_count; i++) {
		for (merged[i] = 0; merged[i] < dfa->class_count; merged[i]++) {
			if (same_columns(q, q->column[merged[i]], i))
				break;
		}
		if (merged[i] == dfa->class_count)
			q->column[dfa->class_count++] = i;
	}
	for (byte = 0; byte < 256; byte++)
		dfa->class_of[byte] = merged[q->raw->class_of[byte]];
}

static void number_block(struct quotient *q, u16 block)
{
	if (q->number[block])
		return;
	q->order[q->dfa->state_count++] = block;
	q->number[block] = q->dfa->state_count;
}

/* Numbers the blocks breadth first, after the dead one. */
static void number_blocks(struct quotient *q)
{
	struct mnd_dfa *dfa = q->dfa;
	u32 i, column;

	number_block(q, q->block[0]);
	number_block(q, q->block[q->raw->start]);
	for (i = 0; i < dfa->state_count; i++) {
		for (column = 0; column < dfa->class_count; column++)
			number_block(q, next_block(q, q->order[i],
						   q->column[column]));
	}
	dfa->start = q->number[q->block[q->raw->start]] - 1;
	dfa->start *= dfa->class_count;
}

static void write_state(struct quotient *q, u32 i)
{
	struct mnd_dfa *dfa = q->dfa;
	u16 *row = dfa->next + (size_t)i * dfa->class_count, next;
	u32 column;

	for (column = 0; column < dfa->class_count; column++) {
		next = next_block(q, q->order[i], q->column[column]);
		row[column] = (q->number[next] - 1) * dfa->class_count;
	}
	if (!q->raw->accept[q->state[q->order[i]]])
		return;
	dfa->accept[i] = 1;
	dfa->set_count = 2;
}

static int write_table(struct quotient *q)
{
	struct mnd_dfa *dfa = q->dfa;
	u32 i;

	if (mnd_dfa_cells(dfa) > MND_DFA_MAX_CELLS)
		return -E2BIG;
	dfa->next = calloc(mnd_dfa_cells(dfa), sizeof(*dfa->next));
	dfa->accept = calloc(dfa->state_count, sizeof(*dfa->accept));
	dfa->set_first = calloc(3, sizeof(*dfa->set_first));
	dfa->member = calloc(q->member_count, sizeof(*dfa->member));
	if (!dfa->next || !dfa->accept || !dfa->set_first || !dfa->member)
		return -ENOMEM;
	dfa->set_count = 1;
	for (i = 0; i < dfa->state_count; i++)
		write_state(q, i);
	dfa->set_first[2] = q->member_count;
	memcpy(dfa->member, q->member, q->member_count * sizeof(*dfa->member));
	return 0;
}

static int make_quotient(struct quotient *q)
{
	u32 states = q->raw->state_count, i;
	int err;

	q->block = calloc(states, sizeof(*q->block));
	q->state = calloc(states, sizeof(*q->state));
	q->number = calloc(states, sizeof(*q->number));
	q->order = calloc(states, sizeof(*q->order));
	if (!q->block || !q->state || !q->number || !q->order)
		return -ENOMEM;
	err = mnd_raw_dfa_minimise(q->raw, q->block, &q->block_count);
	if (err)
		return err;
	for (i = states; i-- > 0;)
		q->state[q->block[i]] = i;
	merge_classes(q);
	number_blocks(q);
	return write_table(q);
}

/**
 * mnd_dfa_single - Make the minimal automaton of a pattern
 *
 * @regex: Pattern.
 * @member: Its numbers, sorted: more than one if the list has it repeatedly.
 * @member_count: How many.
 * @dfa: Where the automaton goes; to be freed by mnd_dfa_free().
 * @work: Steps that it took are added to this.
 *
 * Return: 0 or:
 * - %-E2BIG: as mnd_raw_dfa_make(), or the table would have more than
 *   MND_DFA_MAX_CELLS cells;
 * - %-ENOMEM: memory is short.
 */
int mnd_dfa_single(const struct mnd_regex *regex, const u32 *member,
		   u32 member_count, struct mnd_dfa *dfa, u64 *work)
{
	struct mnd_raw_dfa raw = { 0 };
	struct quotient q = {
		.raw = &raw,
		.dfa = dfa,
		.member = member,
		.member_count = member_count,
	};
	struct mnd_error error;
	struct mnd_nfa nfa;
	int err;

	memset(dfa, 0, sizeof(*dfa));
	err = mnd_pattern_parse(regex->text, regex->length, regex->whole, &nfa,
				&error);
	if (!err)
		err = mnd_raw_dfa_make(&nfa, &raw, work);
	mnd_nfa_free(&nfa);
	if (!err)
		err = make_quotient(&q);
	free(q.block);
	free(q.state);
	free(q.number);
	free(q.order);
	mnd_raw_dfa_free(&raw);
	if (err)
		mnd_dfa_free(dfa);
	return err;
}
