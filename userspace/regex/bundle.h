/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bundles of patterns, each with one automaton, and which of them to unite.
 */

#ifndef _MANDATE_REGEX_BUNDLE_H
#define _MANDATE_REGEX_BUNDLE_H

#include "dfa.h"

/**
 * struct mnd_bundle - Patterns that one automaton knows
 *
 * @dfa: The automaton, owned.
 * @pattern: Numbers of the patterns, the least one first; owned.
 * @count: How many.
 */
struct mnd_bundle {
	struct mnd_dfa dfa;
	u32 *pattern;
	u32 count;
};

__must_check int mnd_bundles_unite(struct mnd_bundle **bundle, size_t *count,
				   u64 *work);
void mnd_bundle_free(struct mnd_bundle *bundle);

#endif /* _MANDATE_REGEX_BUNDLE_H */
