/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What assertions can tell about a place in a subject: the kinds of the bytes
 * before and after it.
 */

#ifndef _MANDATE_REGEX_CONTEXT_H
#define _MANDATE_REGEX_CONTEXT_H

#include "nfa.h"

/**
 * enum mnd_context - What lies on one side of a place in the subject
 *
 * @MND_CONTEXT_OTHER: A byte of none of the kinds below.
 * @MND_CONTEXT_WORD: An ASCII letter, digit or underscore.
 * @MND_CONTEXT_NEWLINE: A newline.
 * @MND_CONTEXT_CONTINUATION: A byte that starts no code point; before the place
 *                            it is as good as MND_CONTEXT_OTHER.
 * @MND_CONTEXT_EDGE: Nothing: the subject begins or ends.
 * @MND_CONTEXT_UNKNOWN: Not known yet; only after the place.
 */
enum mnd_context {
	MND_CONTEXT_OTHER,
	MND_CONTEXT_WORD,
	MND_CONTEXT_NEWLINE,
	MND_CONTEXT_CONTINUATION,
	MND_CONTEXT_EDGE,
	MND_CONTEXT_UNKNOWN,
};

/* Bytes that can be told apart: all kinds but the edge. */
#define MND_CONTEXT_BYTES 4

unsigned int mnd_context_needed(const struct mnd_nfa *nfa);
enum mnd_context mnd_context_of(unsigned int needed, u8 byte);
bool mnd_context_holds(enum mnd_nfa_place place, enum mnd_context before,
		       enum mnd_context after);

#endif /* _MANDATE_REGEX_CONTEXT_H */
