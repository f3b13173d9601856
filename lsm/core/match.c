// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Matching of one string against a pattern of a verified table.
 * There is no bounds check in here: mnd_table_verify() has made them all.
 */

#include "match.h"

/*
 * Reads *@string, which becomes what follows its NUL, and tells which accept
 * set it ends in.
 */
static u32 run(const struct mnd_table *const table, const u32 automaton,
	       const char **const string)
{
	const struct mnd_automaton *const a = &table->automata[automaton];
	const __le16 *const cells = table->cells + mnd_span_first(&a->cells);
	const u8 *const classes = table->classes + (size_t)automaton * 256;
	const __le16 *state = cells + le32_to_cpu(a->start);
	const u8 *at = (const u8 *)*string;
	u32 number;

	/* From the first state, the dead one, no byte leads away. */
	for (; *at && state != cells; at++)
		state = cells + le16_to_cpu(state[classes[*at]]);
	*string = (const char *)at + 1;
	number = (u32)(state - cells) / le16_to_cpu(a->classes);
	return le16_to_cpu(table->accept[mnd_span_first(&a->accept) + number]);
}

/**
 * mnd_set_has - Ask whether an accept set has a pattern
 *
 * @table: Verified table.
 * @set: Accept set.
 * @pattern: Pattern.
 *
 * Return: Whether it has.
 */
bool mnd_set_has(const struct mnd_table *const table, const u32 set,
		 const u32 pattern)
{
	const struct mnd_span *const span = &table->sets[set];
	u32 low = mnd_span_first(span);
	u32 high = low + mnd_span_count(span);

	while (low < high) {
		const u32 middle = low + (high - low) / 2;
		const u32 member = le32_to_cpu(table->members[middle]);

		if (member == pattern)
			return true;
		if (member < pattern)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/**
 * mnd_match_pattern - Match a string that need not be equal to another
 *
 * @table: Verified table.
 * @matcher: %MND_MATCH_ANY, %MND_MATCH_NONE, or %MND_MATCH_PATTERN plus a
 *	pattern.
 * @string: What to match; any bytes and a NUL.
 *
 * Return: As mnd_match().
 */
const char *mnd_match_pattern(const struct mnd_table *const table,
			      const u32 matcher, const char *string)
{
	const u32 pattern = matcher & ~MND_MATCH_PATTERN;
	u32 set;

	if (matcher == MND_MATCH_ANY)
		return string + strlen(string) + 1;
	if (matcher == MND_MATCH_NONE)
		return NULL;
	set = run(table, le32_to_cpu(table->patterns[pattern].automaton),
		  &string);
	return mnd_set_has(table, set, pattern) ? string : NULL;
}

/**
 * mnd_scan - Read bytes with an automaton
 *
 * @table: Verified table.
 * @automaton: Automaton.
 * @bytes: Bytes, none of them a NUL.
 * @length: How many.
 *
 * Return: The accept set that it ends in.
 */
u32 mnd_scan(const struct mnd_table *const table, const u32 automaton,
	     const char *const bytes, const size_t length)
{
	const struct mnd_automaton *const a = &table->automata[automaton];
	const __le16 *const cells = table->cells + mnd_span_first(&a->cells);
	const u8 *const classes = table->classes + (size_t)automaton * 256;
	const __le16 *state = cells + le32_to_cpu(a->start);
	u32 number;
	size_t i;

	for (i = 0; i < length && state != cells; i++)
		state = cells + le16_to_cpu(state[classes[(u8)bytes[i]]]);
	number = (u32)(state - cells) / le16_to_cpu(a->classes);
	return le16_to_cpu(table->accept[mnd_span_first(&a->accept) + number]);
}
