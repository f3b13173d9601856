/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The nondeterministic automaton of one pattern: Thompson's construction over
 * bytes, made bottom up while the pattern is parsed.
 *
 * The states of a part of the pattern lie in one piece, later parts follow
 * earlier ones, and a part is changed only while it is the last one.  So a
 * counted repetition copies a piece and needs no syntax tree.
 */

#ifndef _MANDATE_REGEX_NFA_H
#define _MANDATE_REGEX_NFA_H

#include "rune_set.h"

/**
 * enum mnd_nfa_op - What a state does
 *
 * @MND_NFA_JUMP: Go on at out.
 * @MND_NFA_SPLIT: Go on at out and at other.
 * @MND_NFA_BYTES: Take one byte; its edge says where to go on.
 * @MND_NFA_ASSERT: Go on at out if the place in the subject is right.
 * @MND_NFA_MATCH: The pattern has matched.
 */
enum mnd_nfa_op {
	MND_NFA_JUMP,
	MND_NFA_SPLIT,
	MND_NFA_BYTES,
	MND_NFA_ASSERT,
	MND_NFA_MATCH,
};

/**
 * enum mnd_nfa_place - What an assertion asks of a place in the subject
 *
 * @MND_NFA_BEGIN_TEXT: Nothing before it.
 * @MND_NFA_BEGIN_LINE: Nothing or a newline before it.
 * @MND_NFA_END_TEXT: Nothing after it.
 * @MND_NFA_END_LINE: Nothing or a newline after it.
 * @MND_NFA_WORD_EDGE: A word character on exactly one side.
 * @MND_NFA_NO_WORD_EDGE: A word character on both sides or on none.
 */
enum mnd_nfa_place {
	MND_NFA_BEGIN_TEXT,
	MND_NFA_BEGIN_LINE,
	MND_NFA_END_TEXT,
	MND_NFA_END_LINE,
	MND_NFA_WORD_EDGE,
	MND_NFA_NO_WORD_EDGE,
};

/* Where a state that is not yet connected goes on. */
#define MND_NFA_NOWHERE 0xffff

/* No upper count of a repetition. */
#define MND_NFA_ENDLESS (~0u)

/**
 * struct mnd_nfa_edge - A range of bytes that leads to a state
 *
 * @low: Least byte.
 * @high: Greatest byte.
 * @to: State it leads to.
 */
struct mnd_nfa_edge {
	u8 low;
	u8 high;
	u16 to;
};

/**
 * struct mnd_nfa_state - A state
 *
 * @op: One of enum mnd_nfa_op.
 * @place: One of enum mnd_nfa_place, for MND_NFA_ASSERT.
 * @out: Next state, for all but MND_NFA_BYTES and MND_NFA_MATCH.
 * @other: Second next state, for MND_NFA_SPLIT.
 * @edge_count: Edges, for MND_NFA_BYTES.
 * @edge: The first of them.  They are sorted and do not overlap.
 */
struct mnd_nfa_state {
	u8 op;
	u8 place;
	u16 out;
	u16 other;
	u16 edge_count;
	u32 edge;
};

/**
 * struct mnd_nfa - An automaton
 *
 * @state: States, owned.
 * @state_count: How many.
 * @state_capacity: Room for how many.
 * @edge: Edges of all states, owned.
 * @edge_count: How many.
 * @edge_capacity: Room for how many.
 * @entry: Where a match starts, once mnd_nfa_finish() was called.
 * @search: Where the search for a match starts, likewise.
 */
struct mnd_nfa {
	struct mnd_nfa_state *state;
	size_t state_count;
	size_t state_capacity;
	struct mnd_nfa_edge *edge;
	size_t edge_count;
	size_t edge_capacity;
	u16 entry;
	u16 search;
};

/**
 * struct mnd_nfa_part - The states of a part of a pattern
 *
 * @first_state: First state; the last one is before the next part's first.
 * @first_edge: First edge, likewise.
 * @entry: State to start at.
 * @exit: State that is reached when the part has matched: a jump, not yet
 *        connected, to which nothing but the end of a match leads.
 */
struct mnd_nfa_part {
	u32 first_state;
	u32 first_edge;
	u16 entry;
	u16 exit;
};

__must_check int mnd_nfa_empty(struct mnd_nfa *nfa, struct mnd_nfa_part *part);
__must_check int mnd_nfa_assert(struct mnd_nfa *nfa, enum mnd_nfa_place place,
				struct mnd_nfa_part *part);
void mnd_nfa_join(struct mnd_nfa *nfa, struct mnd_nfa_part *left,
		  const struct mnd_nfa_part *right);
__must_check int mnd_nfa_either(struct mnd_nfa *nfa, struct mnd_nfa_part *left,
				const struct mnd_nfa_part *right);
__must_check int mnd_nfa_repeat(struct mnd_nfa *nfa, struct mnd_nfa_part *part,
				unsigned int least, unsigned int most);
__must_check int mnd_nfa_finish(struct mnd_nfa *nfa,
				const struct mnd_nfa_part *part);
void mnd_nfa_free(struct mnd_nfa *nfa);

__must_check int mnd_nfa_take_bytes(struct mnd_nfa *nfa,
				    const struct mnd_nfa_edge *edge,
				    size_t count);

/* nfa_runes.c */
__must_check int mnd_nfa_runes(struct mnd_nfa *nfa,
			       const struct mnd_rune_set *set,
			       struct mnd_nfa_part *part);

#endif /* _MANDATE_REGEX_NFA_H */
