/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pairs of numbers, numbered in the order in which they are first seen.
 */

#ifndef _MANDATE_REGEX_PAIRS_H
#define _MANDATE_REGEX_PAIRS_H

#include "../../lsm/core/deps.h"

/**
 * struct mnd_pair - A pair
 *
 * @left: First number.
 * @right: Second number.
 */
struct mnd_pair {
	u16 left;
	u16 right;
};

/**
 * struct mnd_pairs - Numbered pairs
 *
 * @pair: The pairs by number, owned.
 * @count: How many.
 * @limit: How many there may be.
 * @slot: Numbers plus 1 by hash, 0 where there is none; owned.
 * @mask: Slots minus 1.
 */
struct mnd_pairs {
	struct mnd_pair *pair;
	u32 count;
	u32 limit;
	u32 *slot;
	u32 mask;
};

__must_check int mnd_pairs_init(struct mnd_pairs *pairs, u32 limit);
__must_check int mnd_pairs_number(struct mnd_pairs *pairs, struct mnd_pair pair,
				  u32 *number);
void mnd_pairs_free(struct mnd_pairs *pairs);

#endif /* _MANDATE_REGEX_PAIRS_H */
