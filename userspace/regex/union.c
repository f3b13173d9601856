// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One automaton of two that know different patterns: a state is a pair of
 * theirs.
 *
 * If both are minimal, so is the union, without more work: two pairs differ in
 * one half, the two states there can be told apart by a subject, and as no
 * pattern is known by both automata, the other half cannot hide that.  The
 * same holds for classes.  So the union does not depend on the order in which
 * automata are united.
 */

#include <stdlib.h>

#include "limits.h"
#include "pairs.h"
#include "union.h"

/**
 * struct product - A union that is being made
 *
 * @left: First automaton.
 * @right: Second automaton.
 * @dfa: Their union.
 * @left_class: For each class of the union the class of @left.
 * @right_class: For each class of the union the class of @right.
 * @states: States of the union: pairs of states.
 * @sets: Accept sets of the union: pairs of accept sets.
 */
struct product {
	const struct mnd_dfa *left;
	const struct mnd_dfa *right;
	struct mnd_dfa *dfa;
	u8 left_class[256];
	u8 right_class[256];
	struct mnd_pairs states;
	struct mnd_pairs sets;
};

/* Numbers the pairs of classes that a byte can have by their first byte. */
static int unite_classes(struct product *p)
{
	struct mnd_pairs pairs;
	struct mnd_pair pair;
	u32 byte, number;
	int err;

	err = mnd_pairs_init(&pairs, 256);
	for (byte = 0; byte < 256 && !err; byte++) {
		pair.left = p->left->class_of[byte];
		pair.right = p->right->class_of[byte];
		err = mnd_pairs_number(&pairs, pair, &number);
		p->dfa->class_of[byte] = number;
		p->left_class[number] = p->left->class_of[byte];
		p->right_class[number] = p->right->class_of[byte];
	}
	p->dfa->class_count = pairs.count;
	mnd_pairs_free(&pairs);
	return err;
}

/* Writes the row of a state and thereby finds the states it leads to. */
static int write_row(struct product *p, u32 state)
{
	const struct mnd_pair pair = p->states.pair[state];
	const u16 *left = p->left->next + pair.left;
	const u16 *right = p->right->next + pair.right;
	u32 classes = p->dfa->class_count, column, number = 0;
	u16 *row = p->dfa->next + state * classes;
	struct mnd_pair next, last = { 0 };
	int err;

	for (column = 0; column < classes; column++) {
		next.left = left[p->left_class[column]];
		next.right = right[p->right_class[column]];

		/* Most neighbours lead to the same state: spare the search. */
		if (next.left != last.left || next.right != last.right) {
			err = mnd_pairs_number(&p->states, next, &number);
			if (err)
				return err;
			last = next;
		}
		row[column] = number * classes;
	}
	return 0;
}

static int write_rows(struct product *p)
{
	const struct mnd_pair dead = { 0 };
	const struct mnd_pair start = { p->left->start, p->right->start };
	struct mnd_dfa *dfa = p->dfa;
	u32 state, number;
	int err;

	err = mnd_pairs_number(&p->states, dead, &number);
	if (err)
		return err;
	err = mnd_pairs_number(&p->states, start, &number);
	if (err)
		return err;
	dfa->start = number * dfa->class_count;
	for (state = 0; state < p->states.count; state++) {
		err = write_row(p, state);
		if (err)
			return err;
	}
	dfa->state_count = p->states.count;
	return 0;
}

/* Finds out which states the union has and where they lead. */
static int explore(struct product *p)
{
	u64 pairs = (u64)p->left->state_count * p->right->state_count;
	struct mnd_dfa *dfa = p->dfa;
	u32 limit;
	int err;

	err = unite_classes(p);
	if (err)
		return err;
	limit = MND_DFA_MAX_CELLS / dfa->class_count;
	if (limit > pairs)
		limit = pairs;
	dfa->next = calloc(limit * dfa->class_count, sizeof(*dfa->next));
	if (!dfa->next)
		return -ENOMEM;
	err = mnd_pairs_init(&p->states, limit);
	if (err)
		return err;
	return write_rows(p);
}

static u32 set_size(const struct mnd_dfa *dfa, u16 set)
{
	return dfa->set_first[set + 1] - dfa->set_first[set];
}

/* Merges the members of two sets, which have none in common. */
static void merge_members(const struct product *p, struct mnd_pair sets,
			  u32 *member)
{
	const u32 *left = p->left->member + p->left->set_first[sets.left];
	const u32 *right = p->right->member + p->right->set_first[sets.right];
	const u32 *left_end = left + set_size(p->left, sets.left);
	const u32 *right_end = right + set_size(p->right, sets.right);

	while (left < left_end || right < right_end) {
		if (right == right_end || (left < left_end && *left < *right))
			*member++ = *left++;
		else
			*member++ = *right++;
	}
}

static int write_sets(struct product *p)
{
	struct mnd_dfa *dfa = p->dfa;
	u32 count = p->sets.count, members = 0, i;
	struct mnd_pair pair;

	dfa->set_count = count;
	dfa->set_first = calloc(count + 1, sizeof(*dfa->set_first));
	if (!dfa->set_first)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		pair = p->sets.pair[i];
		members += set_size(p->left, pair.left) +
			   set_size(p->right, pair.right);
		dfa->set_first[i + 1] = members;
		if (members > MND_DFA_MAX_SET_MEMBERS)
			return -E2BIG;
	}
	dfa->member = calloc(members + 1, sizeof(*dfa->member));
	if (!dfa->member)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		merge_members(p, p->sets.pair[i],
			      dfa->member + dfa->set_first[i]);
	return 0;
}

/* Says for each state what it accepts. */
static int write_accept(struct product *p)
{
	struct mnd_dfa *dfa = p->dfa;
	struct mnd_pair pair;
	u32 i, number;
	int err;

	err = mnd_pairs_init(&p->sets, dfa->state_count);
	if (err)
		return err;
	dfa->accept = calloc(dfa->state_count, sizeof(*dfa->accept));
	if (!dfa->accept)
		return -ENOMEM;
	for (i = 0; i < dfa->state_count; i++) {
		pair = p->states.pair[i];
		pair.left = p->left->accept[pair.left / p->left->class_count];
		pair.right =
			p->right->accept[pair.right / p->right->class_count];
		err = mnd_pairs_number(&p->sets, pair, &number);
		if (err)
			return err;
		dfa->accept[i] = number;
	}
	return write_sets(p);
}

static int shrink_table(struct mnd_dfa *dfa)
{
	u16 *next;

	next = reallocarray(dfa->next, mnd_dfa_cells(dfa), sizeof(*next));
	if (!next)
		return -ENOMEM;
	dfa->next = next;
	return 0;
}

/**
 * mnd_dfa_union_cells - Size of a union's table
 *
 * @left: First automaton.
 * @right: Second automaton.
 * @cells: Where the number of cells goes; after an error, of those that were
 *         looked at.
 *
 * Return: 0 or:
 * - %-E2BIG: it would have more than MND_DFA_MAX_CELLS cells;
 * - %-ENOMEM: memory is short.
 */
int mnd_dfa_union_cells(const struct mnd_dfa *left, const struct mnd_dfa *right,
			u32 *cells)
{
	struct mnd_dfa dfa = { 0 };
	struct product p = { .left = left, .right = right, .dfa = &dfa };
	int err;

	err = explore(&p);
	*cells = p.states.count * dfa.class_count;
	mnd_pairs_free(&p.states);
	mnd_dfa_free(&dfa);
	return err;
}

/**
 * mnd_dfa_union - Unite two automata
 *
 * @left: First automaton, minimal.
 * @right: Second automaton, minimal; it knows no pattern that @left knows.
 * @dfa: Where the minimal automaton of all patterns goes; to be freed by
 *       mnd_dfa_free().
 *
 * Return: 0 or:
 * - %-E2BIG: it would have more than MND_DFA_MAX_CELLS cells, or more than
 *   MND_DFA_MAX_SET_MEMBERS members of accept sets;
 * - %-ENOMEM: memory is short.
 */
int mnd_dfa_union(const struct mnd_dfa *left, const struct mnd_dfa *right,
		  struct mnd_dfa *dfa)
{
	struct product p = { .left = left, .right = right, .dfa = dfa };
	int err;

	memset(dfa, 0, sizeof(*dfa));
	err = explore(&p);
	if (!err)
		err = write_accept(&p);
	if (!err)
		err = shrink_table(dfa);
	mnd_pairs_free(&p.states);
	mnd_pairs_free(&p.sets);
	if (err)
		mnd_dfa_free(dfa);
	return err;
}
