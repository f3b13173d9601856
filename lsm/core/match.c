// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Matching of one string against a literal or a pattern of a verified table.
 * There is no bounds check in here: mnd_table_verify() has made them all.
 */

#include "match.h"

/* Reads @string and tells which accept set it ends in. */
static u32 run(const struct mnd_table *const table, const u32 automaton,
	       const char *const string, const u32 length)
{
	const struct mnd_automaton *const a = &table->automata[automaton];
	const __le16 *const cells = table->cells + mnd_span_first(&a->cells);
	const u8 *const classes = table->classes + (size_t)automaton * 256;
	u32 state = le32_to_cpu(a->start);
	u32 i;

	/* From state 0, the dead one, no byte leads away. */
	for (i = 0; i < length && state; i++)
		state = le16_to_cpu(cells[state + classes[(u8)string[i]]]);
	return le16_to_cpu(table->accept[mnd_span_first(&a->accept) +
					 state / le16_to_cpu(a->classes)]);
}

static bool is_member(const struct mnd_table *const table, const u32 set,
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
 * mnd_match - Match a string
 *
 * @table: Verified table.
 * @matcher: %MND_MATCH_ANY, %MND_MATCH_PATTERN plus a pattern, or a string.
 * @string: What to match; any bytes.
 * @length: Of @string, in bytes.
 *
 * Takes time linear in @length.
 *
 * Return: Whether @matcher accepts the whole of @string.
 */
bool mnd_match(const struct mnd_table *const table, const u32 matcher,
	       const char *const string, const u32 length)
{
	const u32 pattern = matcher & ~MND_MATCH_PATTERN;

	if (matcher == MND_MATCH_ANY)
		return true;
	if (matcher & MND_MATCH_PATTERN) {
		const u32 automaton =
			le32_to_cpu(table->patterns[pattern].automaton);

		return is_member(table, run(table, automaton, string, length),
				 pattern);
	}
	return le32_to_cpu(table->strings[matcher].length) == length &&
	       !memcmp(mnd_string(table, matcher), string, length);
}
