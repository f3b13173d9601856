// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Verification of what patterns are made of: start states, transitions, byte
 * classes and accept sets.
 */

#include "verifier.h"

/**
 * mnd_verify_patterns - Check that each pattern has a text and an automaton
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_PATTERN.
 */
int mnd_verify_patterns(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_PATTERN]; i++) {
		const struct mnd_pattern *const p = &table->patterns[i];

		if (!is_string(v, p->text) ||
		    le32_to_cpu(p->automaton) >=
			    table->count[MND_SECTION_AUTOMATON])
			return reject(v, MND_REJECT_PATTERN, p);
	}
	return 0;
}

static u32 pattern_automaton(const struct mnd_table *const table,
			     const __le32 pattern)
{
	return le32_to_cpu(table->patterns[le32_to_cpu(pattern)].automaton);
}

/* Ascending members, all of one automaton; only set 0 is empty. */
static int verify_set(const struct verifier *const v, const u32 i)
{
	const struct mnd_table *const table = v->table;
	const struct mnd_span *const set = &table->sets[i];
	const __le32 *const member = table->members + mnd_span_first(set);
	u32 j;

	if (!i != !mnd_span_count(set))
		return reject(v, MND_REJECT_SET, set);
	for (j = 0; j < mnd_span_count(set); j++) {
		if (le32_to_cpu(member[j]) >=
			    table->count[MND_SECTION_PATTERN] ||
		    (j &&
		     le32_to_cpu(member[j - 1]) >= le32_to_cpu(member[j])) ||
		    pattern_automaton(table, member[j]) !=
			    pattern_automaton(table, member[0]))
			return reject(v, MND_REJECT_SET, &member[j]);
	}
	return 0;
}

/**
 * mnd_verify_sets - Check the accept sets
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_SET or %MND_REJECT_SPAN.
 */
int mnd_verify_sets(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 next = 0;
	u32 i;
	int err;

	/* Set 0 is what a state that accepts nothing points to. */
	if (!table->count[MND_SECTION_SET])
		return reject(v, MND_REJECT_SET, table->sets);
	for (i = 0; i < table->count[MND_SECTION_SET]; i++) {
		err = verify_span(v, &table->sets[i], MND_SECTION_MEMBER,
				  &next);
		if (err)
			return err;
		err = verify_set(v, i);
		if (err)
			return err;
	}
	if (next != table->count[MND_SECTION_MEMBER])
		return reject(v, MND_REJECT_SET, table->members + next);
	return 0;
}

/* Sizes, start state and the bounds of each transition. */
static int verify_cells(const struct verifier *const v, const u32 i)
{
	const struct mnd_table *const table = v->table;
	const struct mnd_automaton *const a = &table->automata[i];
	const u32 classes = le16_to_cpu(a->classes);
	const u32 cells = mnd_span_count(&a->cells);
	const __le16 *const cell = table->cells + mnd_span_first(&a->cells);
	u32 j;

	if (!classes || classes > 256 || !cells || cells > MND_CELL_MAX ||
	    cells % classes || le16_to_cpu(a->space) >= __MND_SPACE_MAX)
		return reject(v, MND_REJECT_AUTOMATON, a);
	if (mnd_span_count(&a->accept) != cells / classes)
		return reject(v, MND_REJECT_AUTOMATON, &a->accept);
	if (le32_to_cpu(a->start) >= cells || le32_to_cpu(a->start) % classes)
		return reject(v, MND_REJECT_AUTOMATON, &a->start);
	for (j = 0; j < 256; j++)
		if (table->classes[i * 256 + j] >= classes)
			return reject(v, MND_REJECT_CLASS,
				      &table->classes[i * 256 + j]);
	for (j = 0; j < cells; j++)
		if (le16_to_cpu(cell[j]) >= cells ||
		    le16_to_cpu(cell[j]) % classes ||
		    (j < classes && le16_to_cpu(cell[j])))
			return reject(v, MND_REJECT_CELL, &cell[j]);
	return 0;
}

/* A state accepts nothing, or patterns of its own automaton. */
static int verify_accept(const struct verifier *const v, const u32 i)
{
	const struct mnd_table *const table = v->table;
	const struct mnd_automaton *const a = &table->automata[i];
	const __le16 *const accept = table->accept + mnd_span_first(&a->accept);
	u32 j;

	for (j = 0; j < mnd_span_count(&a->accept); j++) {
		const u32 set = le16_to_cpu(accept[j]);
		u32 first;

		if (!set)
			continue;
		if (!j || set >= table->count[MND_SECTION_SET])
			return reject(v, MND_REJECT_ACCEPT, &accept[j]);
		first = mnd_span_first(&table->sets[set]);
		if (pattern_automaton(table, table->members[first]) != i)
			return reject(v, MND_REJECT_ACCEPT, &accept[j]);
	}
	return 0;
}

/**
 * mnd_verify_automata - Check that no walk of an automaton leaves it
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_AUTOMATON, %MND_REJECT_CLASS, %MND_REJECT_CELL,
 * %MND_REJECT_ACCEPT or %MND_REJECT_SPAN.
 */
int mnd_verify_automata(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 cell = 0, accept = 0;
	u32 i;
	int err;

	if (table->count[MND_SECTION_CLASS] !=
	    table->count[MND_SECTION_AUTOMATON])
		return reject(v, MND_REJECT_AUTOMATON, table->automata);
	for (i = 0; i < table->count[MND_SECTION_AUTOMATON]; i++) {
		const struct mnd_automaton *const a = &table->automata[i];

		err = verify_span(v, &a->cells, MND_SECTION_CELL, &cell);
		if (err)
			return err;
		err = verify_span(v, &a->accept, MND_SECTION_ACCEPT, &accept);
		if (err)
			return err;
		err = verify_cells(v, i);
		if (err)
			return err;
		err = verify_accept(v, i);
		if (err)
			return err;
	}
	if (cell != table->count[MND_SECTION_CELL] ||
	    accept != table->count[MND_SECTION_ACCEPT])
		return reject(v, MND_REJECT_AUTOMATON, table->automata);
	return 0;
}
