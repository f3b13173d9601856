/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Matching of one string against a literal or a pattern of a verified table.
 */

#ifndef _MANDATE_CORE_MATCH_H
#define _MANDATE_CORE_MATCH_H

#include "table.h"

bool mnd_set_has(const struct mnd_table *table, u32 set, u32 pattern);
const char *mnd_match_pattern(const struct mnd_table *table, u32 matcher,
			      const char *string);
u32 mnd_scan(const struct mnd_table *table, u32 automaton, const char *bytes,
	     size_t length);

/**
 * mnd_match - Match a string
 *
 * @table: Verified table.
 * @matcher: %MND_MATCH_ANY, %MND_MATCH_NONE, %MND_MATCH_PATTERN plus a
 *	pattern, or a string.
 * @string: What to match; any bytes and a NUL.
 * @end: Not before the NUL, and nothing behind may be read.
 *
 * Takes time linear in the length of @string.
 *
 * Return: What follows the NUL if @matcher accepts the whole of @string, else
 * NULL.
 */
static inline const char *mnd_match(const struct mnd_table *const table,
				    const u32 matcher, const char *const string,
				    const char *const end)
{
	size_t size;

	/* Any string, and none, have this bit, too. */
	if (matcher & MND_MATCH_PATTERN)
		return mnd_match_pattern(table, matcher, string);
	/* With the NUL that ends both. */
	size = le32_to_cpu(table->strings[matcher].length) + 1UL;
	if ((size_t)(end - string) < size ||
	    memcmp(string, mnd_string(table, matcher), size))
		return NULL;
	return string + size;
}

#endif /* _MANDATE_CORE_MATCH_H */
