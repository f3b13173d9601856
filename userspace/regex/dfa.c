// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Walking a minimal automaton as the kernel does, and freeing it.
 */

#include <stdlib.h>

#include "dfa.h"

/**
 * mnd_dfa_cells - Size of an automaton's table
 *
 * @dfa: Automaton.
 *
 * Return: Number of cells.
 */
u32 mnd_dfa_cells(const struct mnd_dfa *dfa)
{
	return dfa->state_count * dfa->class_count;
}

/**
 * mnd_dfa_match - Match a subject
 *
 * @dfa: Automaton.
 * @subject: Any bytes.
 * @length: How many.
 *
 * Return: The accept set of all patterns that match; 0 if none does.
 */
u32 mnd_dfa_match(const struct mnd_dfa *dfa, const void *subject, size_t length)
{
	const u8 *byte = subject;
	u32 state = dfa->start;
	size_t i;

	for (i = 0; i < length && state; i++)
		state = dfa->next[state + dfa->class_of[byte[i]]];
	return dfa->accept[state / dfa->class_count];
}

/**
 * mnd_dfa_accepts - Ask whether a pattern is in an accept set
 *
 * @dfa: Automaton.
 * @set: Accept set, from mnd_dfa_match().
 * @pattern: Number of the pattern.
 *
 * Return: true if it is.
 */
bool mnd_dfa_accepts(const struct mnd_dfa *dfa, u32 set, u32 pattern)
{
	u32 low = dfa->set_first[set], high = dfa->set_first[set + 1], middle;
	u32 end = high;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (dfa->member[middle] < pattern)
			low = middle + 1;
		else
			high = middle;
	}
	return low < end && dfa->member[low] == pattern;
}

/**
 * mnd_dfa_free - Free what an automaton owns
 *
 * @dfa: Automaton; empty afterwards.
 */
void mnd_dfa_free(struct mnd_dfa *dfa)
{
	free(dfa->next);
	free(dfa->accept);
	free(dfa->set_first);
	free(dfa->member);
	memset(dfa, 0, sizeof(*dfa));
}

/**
 * mnd_dfa_list_free - Free a list of automata
 *
 * @list: List; empty afterwards.
 */
void mnd_dfa_list_free(struct mnd_dfa_list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		mnd_dfa_free(&list->dfa[i]);
	free(list->dfa);
	free(list->automaton);
	memset(list, 0, sizeof(*list));
}
