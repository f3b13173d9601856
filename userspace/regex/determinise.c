// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the nondeterministic automaton of a pattern to a deterministic one.
 *
 * A state is the set of states in which the search can be.  An assertion about
 * what comes next cannot be decided yet when a set is made, so it stays in the
 * set, and the set remembers the kind of the byte before it; once the next byte
 * or the end is known, what the assertion guards is added.  As soon as the
 * pattern has matched nothing can undo it, and the set is that of a match.
 */

#include <stdlib.h>

#include "array.h"
#include "limits.h"
#include "raw_dfa.h"
#include "state_sets.h"

/* Buckets of the table that finds classes with equal next sets. */
#define HEADS 64

/**
 * struct bucket - The states that a byte of one class leads to
 *
 * @count: How many.
 * @hash: Hash of them.
 * @chain: Next class with the same hash bits, plus 1.
 */
struct bucket {
	u32 count;
	u32 hash;
	u16 chain;
};

/**
 * struct determiniser - An automaton that is being made
 *
 * @nfa: The nondeterministic automaton.
 * @raw: The deterministic one.
 * @next_capacity: Room for how many cells it has.
 * @sets: Its states.
 * @needed: Kinds of bytes that matter.
 * @context: Kind of each class.
 * @seen: Bits of the states that are in the set being made.
 * @low: First word of @seen that may have a bit set.
 * @high: Last such word.
 * @stack: States of the set whose successors are not added yet.
 * @depth: How many.
 * @matched: Whether the set has a match.
 * @list: The set, sorted, when it is complete.
 * @list_count: How many members it has.
 * @list_pending: Whether one of them asks for what comes next.
 * @bucket: Next states for each class.
 * @bucket_state: Room for all states for each class.
 * @head: First class with certain hash bits, plus 1.
 * @work: Steps made.
 */
struct determiniser {
	const struct mnd_nfa *nfa;
	struct mnd_raw_dfa *raw;
	size_t next_capacity;
	struct mnd_state_sets sets;
	unsigned int needed;
	u8 context[256];
	u64 *seen;
	u32 low;
	u32 high;
	u16 *stack;
	u32 depth;
	bool matched;
	u16 *list;
	u32 list_count;
	bool list_pending;
	struct bucket bucket[256];
	u16 *bucket_state;
	u16 head[HEADS];
	u64 work;
};

/* Puts a state into the set; true if it was not there. */
static bool mark(struct determiniser *d, u16 state)
{
	u32 word = state / 64;
	u64 bit = 1ULL << state % 64;

	if (d->seen[word] & bit)
		return false;
	d->seen[word] |= bit;
	if (word < d->low)
		d->low = word;
	if (word > d->high)
		d->high = word;
	return true;
}

static void visit(struct determiniser *d, u16 state)
{
	if (mark(d, state))
		d->stack[d->depth++] = state;
}

/* Adds all that can be reached without a byte in this place. */
static void follow(struct determiniser *d, enum mnd_context before,
		   enum mnd_context after)
{
	const struct mnd_nfa_state *state;

	while (d->depth) {
		state = &d->nfa->state[d->stack[--d->depth]];
		d->work++;
		switch ((enum mnd_nfa_op)state->op) {
		case MND_NFA_SPLIT:
			visit(d, state->other);
			visit(d, state->out);
			break;
		case MND_NFA_JUMP:
			visit(d, state->out);
			break;
		case MND_NFA_ASSERT:
			if (mnd_context_holds(state->place, before, after))
				visit(d, state->out);
			break;
		case MND_NFA_MATCH:
			d->matched = true;
			break;
		case MND_NFA_BYTES:
			break;
		}
	}
}

static bool asks_ahead(const struct mnd_nfa_state *state)
{
	return state->op == MND_NFA_ASSERT &&
	       state->place != MND_NFA_BEGIN_TEXT &&
	       state->place != MND_NFA_BEGIN_LINE;
}

/* Completes the set: lists what matters of it, and starts a new one. */
static void finish_list(struct determiniser *d)
{
	const struct mnd_nfa_state *state;
	u32 word, number;
	u64 bits;

	d->list_count = 0;
	d->list_pending = false;
	for (word = d->low; word <= d->high; word++) {
		bits = d->seen[word];
		d->seen[word] = 0;
		for (; bits; bits &= bits - 1) {
			number = word * 64 + __builtin_ctzll(bits);
			state = &d->nfa->state[number];
			if (asks_ahead(state))
				d->list_pending = true;
			else if (!state->edge_count)
				continue;
			d->list[d->list_count++] = number;
		}
	}
	d->low = ~0u;
	d->high = 0;
}

/* Gives the set that is being made its number. */
static int finish_set(struct determiniser *d, enum mnd_context before,
		      u16 *number)
{
	struct mnd_state_set set = { 0 };

	finish_list(d);
	if (d->matched) {
		d->matched = false;
		*number = MND_STATE_MATCHED;
		return 0;
	}
	if (!d->list_count) {
		*number = MND_STATE_DEAD;
		return 0;
	}
	set.count = d->list_count;
	set.pending = d->list_pending;
	set.before = d->list_pending ? before : MND_CONTEXT_OTHER;
	return mnd_state_sets_add(&d->sets, &set, d->list, number);
}

/*
 * Lists a set's members and what its assertions add now that it is known what
 * comes next; true if there is a match among that.
 */
static bool extend(struct determiniser *d, const struct mnd_state_set *set,
		   enum mnd_context after)
{
	const u16 *member = d->sets.member + set->first;
	const struct mnd_nfa_state *state;
	bool matched;
	u32 i;

	for (i = 0; i < set->count; i++)
		mark(d, member[i]);
	for (i = 0; i < set->count; i++) {
		state = &d->nfa->state[member[i]];
		if (asks_ahead(state) &&
		    mnd_context_holds(state->place, set->before, after))
			visit(d, state->out);
	}
	follow(d, set->before, after);
	finish_list(d);
	d->work += set->count;
	matched = d->matched;
	d->matched = false;
	return matched;
}

static void put(struct determiniser *d, u32 column, u16 state)
{
	struct bucket *bucket = &d->bucket[column];

	d->bucket_state[column * d->nfa->state_count + bucket->count++] = state;
	bucket->hash = (bucket->hash ^ state) * 0x9e3779b1u;
	d->work++;
}

/* Puts what a listed state leads to into the buckets of a kind of class. */
static void distribute(struct determiniser *d, u16 number,
		       enum mnd_context after)
{
	const struct mnd_nfa_state *state = &d->nfa->state[number];
	const struct mnd_nfa_edge *edge = d->nfa->edge + state->edge;
	u32 i, column;

	for (i = 0; i < state->edge_count; i++, edge++) {
		column = d->raw->class_of[edge->low];
		for (; column <= d->raw->class_of[edge->high]; column++) {
			if (after == MND_CONTEXT_UNKNOWN ||
			    after == d->context[column])
				put(d, column, edge->to);
		}
	}
}

static void distribute_list(struct determiniser *d, const u16 *list, u32 count,
			    enum mnd_context after)
{
	u32 i;

	for (i = 0; i < count; i++)
		distribute(d, list[i], after);
}

/*
 * Fills the buckets of a set whose members ask for what comes next, one kind
 * of class after the other; bit n of the result says that kind n matches.
 */
static unsigned int distribute_pending(struct determiniser *d,
				       const struct mnd_state_set *set)
{
	unsigned int matched = 0, after;

	for (after = 0; after < MND_CONTEXT_BYTES; after++) {
		if (after && !(d->needed & 1u << after))
			continue;
		if (extend(d, set, after))
			matched |= 1u << after;
		else
			distribute_list(d, d->list, d->list_count, after);
	}
	return matched;
}

/* Finds a class before this one that leads to the same set. */
static bool find_twin(struct determiniser *d, u32 column, u32 *twin)
{
	const struct bucket *bucket = &d->bucket[column], *other;
	size_t stride = d->nfa->state_count;
	u32 candidate;

	candidate = d->head[bucket->hash % HEADS];
	for (; candidate; candidate = other->chain) {
		*twin = candidate - 1;
		other = &d->bucket[*twin];
		if (other->hash == bucket->hash &&
		    other->count == bucket->count &&
		    d->context[*twin] == d->context[column] &&
		    !memcmp(d->bucket_state + *twin * stride,
			    d->bucket_state + column * stride,
			    bucket->count * sizeof(u16)))
			return true;
	}
	return false;
}

static int next_set(struct determiniser *d, u16 *row, u32 column)
{
	struct bucket *bucket = &d->bucket[column];
	const u16 *state = d->bucket_state + column * d->nfa->state_count;
	enum mnd_context before = d->context[column];
	u32 i, twin;

	if (find_twin(d, column, &twin)) {
		row[column] = row[twin];
		return 0;
	}
	bucket->chain = d->head[bucket->hash % HEADS];
	d->head[bucket->hash % HEADS] = column + 1;
	for (i = 0; i < bucket->count; i++)
		visit(d, state[i]);
	follow(d, before, MND_CONTEXT_UNKNOWN);
	return finish_set(d, before, &row[column]);
}

/* Makes the row of a state that has members. */
static int make_row(struct determiniser *d, u32 number, u16 *row)
{
	const struct mnd_state_set set = d->sets.set[number];
	unsigned int matched = 0;
	u32 column;
	int err;

	memset(d->bucket, 0, sizeof(d->bucket));
	memset(d->head, 0, sizeof(d->head));
	if (set.pending)
		matched = distribute_pending(d, &set);
	else
		distribute_list(d, d->sets.member + set.first, set.count,
				MND_CONTEXT_UNKNOWN);
	for (column = 0; column < d->raw->class_count; column++) {
		if (matched & 1u << d->context[column]) {
			row[column] = MND_STATE_MATCHED;
			continue;
		}
		err = next_set(d, row, column);
		if (err)
			return err;
	}
	return 0;
}

static int grow_rows(struct determiniser *d, size_t rows)
{
	u16 *next;

	next = mnd_array_grow(d->raw->next, &d->next_capacity,
			      rows * d->raw->class_count, sizeof(*next));
	if (!next)
		return -ENOMEM;
	d->raw->next = next;
	return 0;
}

static int make_rows(struct determiniser *d)
{
	u32 classes = d->raw->class_count, number, column;
	u16 *row;
	int err;

	for (number = 0; number < d->sets.count; number++) {
		err = grow_rows(d, number + 1);
		if (err)
			return err;
		row = d->raw->next + (size_t)number * classes;
		if (d->sets.set[number].count) {
			err = make_row(d, number, row);
			if (err)
				return err;
		} else {
			for (column = 0; column < classes; column++)
				row[column] = number;
		}
		if (d->work > MND_DFA_MAX_WORK)
			return -E2BIG;
	}
	d->raw->state_count = d->sets.count;
	return 0;
}

static int make_accept(struct determiniser *d)
{
	const struct mnd_state_set *set;
	u32 i;

	d->raw->accept = calloc(d->sets.count, sizeof(*d->raw->accept));
	if (!d->raw->accept)
		return -ENOMEM;
	for (i = 0; i < d->sets.count; i++) {
		set = &d->sets.set[i];
		d->raw->accept[i] =
			i == MND_STATE_MATCHED ||
			(set->pending && extend(d, set, MND_CONTEXT_EDGE));
	}
	return 0;
}

/* Bytes that no edge and no assertion tells apart make a class. */
static void make_classes(struct determiniser *d)
{
	bool starts[257] = { false };
	struct mnd_raw_dfa *raw = d->raw;
	const struct mnd_nfa_edge *edge = d->nfa->edge;
	size_t i;
	u32 byte, column = 0;

	for (i = 0; i < d->nfa->edge_count; i++) {
		starts[edge[i].low] = true;
		starts[edge[i].high + 1] = true;
	}
	for (byte = 0; byte < 256; byte++) {
		if (byte && (starts[byte] ||
			     mnd_context_of(d->needed, byte) !=
				     mnd_context_of(d->needed, byte - 1)))
			column++;
		raw->class_of[byte] = column;
		d->context[column] = mnd_context_of(d->needed, byte);
	}
	raw->class_count = column + 1;
}

/* Whether a match can start behind the first place. */
static bool can_start_later(struct determiniser *d)
{
	static const enum mnd_context befores[] = {
		MND_CONTEXT_OTHER,
		MND_CONTEXT_WORD,
		MND_CONTEXT_NEWLINE,
	};
	bool found = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(befores); i++) {
		visit(d, d->nfa->entry);
		follow(d, befores[i], MND_CONTEXT_UNKNOWN);
		finish_list(d);
		found = found || d->matched || d->list_count;
		d->matched = false;
	}
	return found;
}

static int make_start(struct determiniser *d)
{
	bool search = can_start_later(d);
	u16 start;
	int err;

	visit(d, search ? d->nfa->search : d->nfa->entry);
	follow(d, MND_CONTEXT_EDGE, MND_CONTEXT_UNKNOWN);
	err = finish_set(d, MND_CONTEXT_EDGE, &start);
	d->raw->start = start;
	return err;
}

static int prepare(struct determiniser *d)
{
	size_t states = d->nfa->state_count;

	make_classes(d);
	d->low = ~0u;
	d->seen = calloc(states / 64 + 1, sizeof(*d->seen));
	d->stack = malloc(states * sizeof(*d->stack));
	d->list = malloc(states * sizeof(*d->list));
	d->bucket_state =
		malloc(states * d->raw->class_count * sizeof(*d->bucket_state));
	if (!d->seen || !d->stack || !d->list || !d->bucket_state)
		return -ENOMEM;
	return mnd_state_sets_init(&d->sets);
}

static int run(struct determiniser *d)
{
	int err;

	err = prepare(d);
	if (err)
		return err;
	err = make_start(d);
	if (err)
		return err;
	err = make_rows(d);
	if (err)
		return err;
	return make_accept(d);
}

/**
 * mnd_raw_dfa_make - Make the deterministic automaton of a pattern's search
 *
 * @nfa: The pattern's automaton.
 * @raw: Where the new one goes; to be freed by mnd_raw_dfa_free().
 * @work: Steps that it took are added to this.
 *
 * Return: 0 or:
 * - %-E2BIG: it needs more than MND_DFA_MAX_STATES states,
 *   MND_DFA_MAX_MEMBERS members of them, or MND_DFA_MAX_WORK steps;
 * - %-ENOMEM: memory is short.
 */
int mnd_raw_dfa_make(const struct mnd_nfa *nfa, struct mnd_raw_dfa *raw,
		     u64 *work)
{
	struct determiniser *d;
	int err;

	memset(raw, 0, sizeof(*raw));
	d = calloc(1, sizeof(*d));
	if (!d)
		return -ENOMEM;
	d->nfa = nfa;
	d->raw = raw;
	d->needed = mnd_context_needed(nfa);
	err = run(d);
	*work += d->work;
	mnd_state_sets_free(&d->sets);
	free(d->seen);
	free(d->stack);
	free(d->list);
	free(d->bucket_state);
	free(d);
	if (err)
		mnd_raw_dfa_free(raw);
	return err;
}

/**
 * mnd_raw_dfa_free - Free what an automaton owns
 *
 * @raw: Automaton; empty afterwards.
 */
void mnd_raw_dfa_free(struct mnd_raw_dfa *raw)
{
	free(raw->next);
	free(raw->accept);
	memset(raw, 0, sizeof(*raw));
}
