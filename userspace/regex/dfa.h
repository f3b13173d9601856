/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Minimal deterministic automata over bytes, each for one or many patterns:
 * what a table holds and the kernel walks.
 */

#ifndef _MANDATE_REGEX_DFA_H
#define _MANDATE_REGEX_DFA_H

#include "regex.h"

/**
 * struct mnd_dfa - An automaton
 *
 * A state's number is that of its first cell, so the state that byte b leads
 * to is next[state + class_of[b]].  State 0 is dead: it leads to itself and
 * accepts nothing.  States are numbered breadth first from the start, classes
 * by their first byte, accept sets by the first state that has them: equal
 * sets of patterns make equal automata.
 *
 * @class_of: Class of each byte.
 * @class_count: Number of classes, 1 to 256.
 * @state_count: Number of states.
 * @start: State to start in.
 * @next: state_count * class_count cells, at most MND_DFA_MAX_CELLS; owned.
 * @accept: For each state, in order, the accept set of subjects that end in
 *          it; owned.
 * @set_count: Number of accept sets.  Set 0 is empty, all others are not.
 * @set_first: For each set, and once more, where its members start; owned.
 * @member: Numbers of patterns, sorted in each set; owned.
 */
struct mnd_dfa {
	u8 class_of[256];
	u32 class_count;
	u32 state_count;
	u32 start;
	u16 *next;
	u16 *accept;
	u32 set_count;
	u32 *set_first;
	u32 *member;
};

/**
 * struct mnd_dfa_list - Automata that together know a list of patterns
 *
 * @dfa: Automata, owned.
 * @count: How many.
 * @automaton: For each pattern the automaton that knows it; owned.
 */
struct mnd_dfa_list {
	struct mnd_dfa *dfa;
	size_t count;
	u32 *automaton;
};

/**
 * struct mnd_dfa_error - Why a list of patterns was refused
 *
 * @pattern: Number of the pattern that is too much on its own, or the number
 *           of patterns if they are only too much together.
 * @error: Reason; it has no place.
 */
struct mnd_dfa_error {
	size_t pattern;
	struct mnd_error error;
};

/* build.c */
__must_check int mnd_dfa_build(const struct mnd_regex *const *regex,
			       size_t count, struct mnd_dfa_list *list,
			       struct mnd_dfa_error *error);

/* dfa.c */
u32 mnd_dfa_cells(const struct mnd_dfa *dfa);
u32 mnd_dfa_match(const struct mnd_dfa *dfa, const void *subject,
		  size_t length);
bool mnd_dfa_accepts(const struct mnd_dfa *dfa, u32 set, u32 pattern);
void mnd_dfa_free(struct mnd_dfa *dfa);
void mnd_dfa_list_free(struct mnd_dfa_list *list);

#endif /* _MANDATE_REGEX_DFA_H */
