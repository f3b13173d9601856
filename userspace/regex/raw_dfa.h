/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The deterministic automaton of one pattern before it is minimal.
 */

#ifndef _MANDATE_REGEX_RAW_DFA_H
#define _MANDATE_REGEX_RAW_DFA_H

#include "nfa.h"

/**
 * struct mnd_raw_dfa - An automaton that need not be minimal
 *
 * State 0 leads to itself and does not accept.
 *
 * @class_of: Class of each byte; a class is a range of bytes.
 * @class_count: Number of classes.
 * @state_count: Number of states.
 * @start: State to start in.
 * @next: For each state and class the next state's number; owned.
 * @accept: For each state whether a subject that ends in it matches; owned.
 */
struct mnd_raw_dfa {
	u8 class_of[256];
	u32 class_count;
	u32 state_count;
	u32 start;
	u16 *next;
	bool *accept;
};

/* determinise.c */
__must_check int mnd_raw_dfa_make(const struct mnd_nfa *nfa,
				  struct mnd_raw_dfa *raw, u64 *work);
void mnd_raw_dfa_free(struct mnd_raw_dfa *raw);

/* minimise.c */
__must_check int mnd_raw_dfa_minimise(const struct mnd_raw_dfa *raw, u16 *block,
				      u32 *block_count);

#endif /* _MANDATE_REGEX_RAW_DFA_H */
