/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sets of Unicode code points as lists of ranges: what a character class, a
 * literal or a dot stands for.
 */

#ifndef _MANDATE_REGEX_RUNE_SET_H
#define _MANDATE_REGEX_RUNE_SET_H

#include "../../lsm/core/deps.h"

#define MND_RUNE_MAX 0x10ffff

/**
 * struct mnd_rune_range - A range of code points
 *
 * @first: First one.
 * @last: Last one.
 */
struct mnd_rune_range {
	u32 first;
	u32 last;
};

/**
 * struct mnd_rune_set - A set of code points
 *
 * @range: Ranges, owned; in any order and overlapping until
 *         mnd_rune_set_normalise() has sorted and merged them.
 * @count: How many.
 * @capacity: Room for how many.
 */
struct mnd_rune_set {
	struct mnd_rune_range *range;
	size_t count;
	size_t capacity;
};

__must_check int mnd_rune_set_add(struct mnd_rune_set *set, u32 first,
				  u32 last);
__must_check int mnd_rune_set_append(struct mnd_rune_set *set,
				     const struct mnd_rune_set *other);
void mnd_rune_set_normalise(struct mnd_rune_set *set);
__must_check int mnd_rune_set_negate(struct mnd_rune_set *set);
bool mnd_rune_set_has(const struct mnd_rune_set *set, u32 rune);
void mnd_rune_set_free(struct mnd_rune_set *set);

#endif /* _MANDATE_REGEX_RUNE_SET_H */
