// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What assertions can tell about a place in a subject.
 */

#include "context.h"

static unsigned int needed_by(enum mnd_nfa_place place)
{
	switch (place) {
	case MND_NFA_BEGIN_LINE:
	case MND_NFA_END_LINE:
		return 1u << MND_CONTEXT_NEWLINE;
	case MND_NFA_WORD_EDGE:
		return 1u << MND_CONTEXT_WORD;
	case MND_NFA_NO_WORD_EDGE:
		return 1u << MND_CONTEXT_WORD | 1u << MND_CONTEXT_CONTINUATION;
	case MND_NFA_BEGIN_TEXT:
	case MND_NFA_END_TEXT:
		break;
	}
	return 0;
}

/**
 * mnd_context_needed - Ask which kinds of bytes matter to a pattern
 *
 * @nfa: Its automaton.
 *
 * Return: A bit for each kind that is to be told from MND_CONTEXT_OTHER.
 */
unsigned int mnd_context_needed(const struct mnd_nfa *nfa)
{
	unsigned int needed = 0;
	size_t i;

	for (i = 0; i < nfa->state_count; i++) {
		if (nfa->state[i].op == MND_NFA_ASSERT)
			needed |= needed_by(nfa->state[i].place);
	}
	return needed;
}

static bool is_word(u8 byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= 'a' && byte <= 'z') || byte == '_';
}

/**
 * mnd_context_of - Kind of a byte
 *
 * @needed: Kinds that matter, from mnd_context_needed().
 * @byte: Byte.
 *
 * Return: Its kind if that matters, else MND_CONTEXT_OTHER.
 */
enum mnd_context mnd_context_of(unsigned int needed, u8 byte)
{
	enum mnd_context context = MND_CONTEXT_OTHER;

	if (is_word(byte))
		context = MND_CONTEXT_WORD;
	else if (byte == '\n')
		context = MND_CONTEXT_NEWLINE;
	else if ((byte & 0xc0) == 0x80)
		context = MND_CONTEXT_CONTINUATION;
	return needed & 1u << context ? context : MND_CONTEXT_OTHER;
}

/**
 * mnd_context_holds - Ask whether an assertion holds
 *
 * A place inside of a code point is none where a match could start, and only
 * MND_NFA_NO_WORD_EDGE could hold there, so that one never holds before a
 * continuation byte.
 *
 * @place: What the assertion asks.
 * @before: What lies before the place.
 * @after: What lies after it.
 *
 * Return: true if it holds, false if it does not or one cannot know yet.
 */
bool mnd_context_holds(enum mnd_nfa_place place, enum mnd_context before,
		       enum mnd_context after)
{
	bool edge = (before == MND_CONTEXT_WORD) != (after == MND_CONTEXT_WORD);

	switch (place) {
	case MND_NFA_BEGIN_TEXT:
		return before == MND_CONTEXT_EDGE;
	case MND_NFA_BEGIN_LINE:
		return before == MND_CONTEXT_EDGE ||
		       before == MND_CONTEXT_NEWLINE;
	case MND_NFA_END_TEXT:
		return after == MND_CONTEXT_EDGE;
	case MND_NFA_END_LINE:
		return after == MND_CONTEXT_EDGE ||
		       after == MND_CONTEXT_NEWLINE;
	case MND_NFA_WORD_EDGE:
		return after != MND_CONTEXT_UNKNOWN && edge;
	case MND_NFA_NO_WORD_EDGE:
		return after != MND_CONTEXT_UNKNOWN &&
		       after != MND_CONTEXT_CONTINUATION && !edge;
	}
	return false;
}
