// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pairs of numbers, numbered in the order in which they are first seen.
 */

#include <stdlib.h>

#include "pairs.h"

/**
 * mnd_pairs_init - Start with no pair
 *
 * @pairs: Where the pairs go; to be freed by mnd_pairs_free(), also after an
 *         error.
 * @limit: How many there may be, at most 65536.
 *
 * Return: 0, or -ENOMEM if memory is short.
 */
int mnd_pairs_init(struct mnd_pairs *pairs, u32 limit)
{
	u32 slots = 2;

	while (slots < 2 * limit)
		slots *= 2;
	pairs->count = 0;
	pairs->limit = limit;
	pairs->mask = slots - 1;
	pairs->pair = malloc((limit + 1) * sizeof(*pairs->pair));
	pairs->slot = calloc(slots, sizeof(*pairs->slot));
	return pairs->pair && pairs->slot ? 0 : -ENOMEM;
}

/**
 * mnd_pairs_number - Number of a pair
 *
 * @pairs: Pairs.
 * @pair: Pair.
 * @number: Where its number goes, the greatest one if it is new.
 *
 * Return: 0, or -E2BIG if there would be too many pairs.
 */
int mnd_pairs_number(struct mnd_pairs *pairs, struct mnd_pair pair, u32 *number)
{
	u32 hash = ((u32)pair.left << 16 | pair.right) * 0x9e3779b1u;
	u32 slot = (hash ^ hash >> 15) & pairs->mask;
	const struct mnd_pair *known;

	for (; pairs->slot[slot]; slot = (slot + 1) & pairs->mask) {
		*number = pairs->slot[slot] - 1;
		known = &pairs->pair[*number];
		if (known->left == pair.left && known->right == pair.right)
			return 0;
	}
	if (pairs->count >= pairs->limit)
		return -E2BIG;
	*number = pairs->count++;
	pairs->pair[*number] = pair;
	pairs->slot[slot] = pairs->count;
	return 0;
}

/**
 * mnd_pairs_free - Free all pairs
 *
 * @pairs: Pairs.
 */
void mnd_pairs_free(struct mnd_pairs *pairs)
{
	free(pairs->pair);
	free(pairs->slot);
	memset(pairs, 0, sizeof(*pairs));
}
