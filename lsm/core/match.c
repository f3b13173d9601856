// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Matching of one string against a literal or a pattern of a verified table.
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
	const char *at = *string;
	u32 state = le32_to_cpu(a->start);

	/* From state 0, the dead one, no byte leads away. */
	for (; *at && state; at++)
		state = le16_to_cpu(cells[state + classes[(u8)*at]]);
	*string = at + 1;
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

static const char *match_literal(const struct mnd_table *const table,
				 const u32 literal, const char *const string,
				 const char *const end)
{
	const size_t size = le32_to_cpu(table->strings[literal].length) + 1UL;

	/* With the NUL that ends both. */
	if ((size_t)(end - string) < size ||
	    memcmp(string, mnd_string(table, literal), size))
		return NULL;
	return string + size;
}

/**
 * mnd_match - Match a string
 *
 * @table: Verified table.
 * @matcher: %MND_MATCH_ANY, %MND_MATCH_PATTERN plus a pattern, or a string.
 * @string: What to match; any bytes and a NUL.
 * @end: Not before the NUL, and nothing behind may be read.
 *
 * Takes time linear in the length of @string.
 *
 * Return: What follows the NUL if @matcher accepts the whole of @string, else
 * NULL.
 */
const char *mnd_match(const struct mnd_table *const table, const u32 matcher,
		      const char *string, const char *const end)
{
	const u32 pattern = matcher & ~MND_MATCH_PATTERN;
	u32 set;

	if (matcher == MND_MATCH_ANY)
		return string + strlen(string) + 1;
	if (!(matcher & MND_MATCH_PATTERN))
		return match_literal(table, matcher, string, end);
	set = run(table, le32_to_cpu(table->patterns[pattern].automaton),
		  &string);
	return is_member(table, set, pattern) ? string : NULL;
}
