// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sets of Unicode code points as lists of ranges.
 */

#include <stdlib.h>

#include "array.h"
#include "limits.h"
#include "rune_set.h"

/**
 * mnd_rune_set_add - Add a range to a set
 *
 * @set: Set; no longer normalised afterwards.
 * @first: First code point.
 * @last: Last code point, not below @first.
 *
 * Return: 0 or:
 * - %-ENOMEM: memory is short;
 * - %-E2BIG: the set would have more than MND_REGEX_MAX_RANGES ranges.
 */
int mnd_rune_set_add(struct mnd_rune_set *set, u32 first, u32 last)
{
	struct mnd_rune_range *range;

	if (set->count >= MND_REGEX_MAX_RANGES)
		return -E2BIG;
	range = mnd_array_grow(set->range, &set->capacity, set->count + 1,
			       sizeof(*range));
	if (!range)
		return -ENOMEM;
	set->range = range;
	range[set->count].first = first;
	range[set->count].last = last;
	set->count++;
	return 0;
}

/**
 * mnd_rune_set_append - Add a set to a set
 *
 * @set: Set to add to; no longer normalised afterwards.
 * @other: Set to add.
 *
 * Return: as mnd_rune_set_add().
 */
int mnd_rune_set_append(struct mnd_rune_set *set,
			const struct mnd_rune_set *other)
{
	size_t i;
	int err;

	for (i = 0; i < other->count; i++) {
		err = mnd_rune_set_add(set, other->range[i].first,
				       other->range[i].last);
		if (err)
			return err;
	}
	return 0;
}

static int compare_ranges(const void *left, const void *right)
{
	const struct mnd_rune_range *a = left, *b = right;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->last != b->last)
		return a->last < b->last ? -1 : 1;
	return 0;
}

/**
 * mnd_rune_set_normalise - Sort a set's ranges and merge what touches
 *
 * @set: Set.
 */
void mnd_rune_set_normalise(struct mnd_rune_set *set)
{
	struct mnd_rune_range *range = set->range;
	size_t i, kept = 0;

	if (!set->count)
		return;
	qsort(range, set->count, sizeof(*range), compare_ranges);
	for (i = 1; i < set->count; i++) {
		if (range[i].first > range[kept].last + 1)
			range[++kept] = range[i];
		else if (range[i].last > range[kept].last)
			range[kept].last = range[i].last;
	}
	set->count = kept + 1;
}

/**
 * mnd_rune_set_negate - Replace a set by all code points that it lacks
 *
 * @set: Set; must be normalised, and is afterwards.
 *
 * Return: as mnd_rune_set_add(); after an error the set is undefined.
 */
int mnd_rune_set_negate(struct mnd_rune_set *set)
{
	size_t i, count = set->count, kept = 0;
	u32 next = 0, first, last;

	for (i = 0; i < count; i++) {
		first = set->range[i].first;
		last = set->range[i].last;
		if (first > next) {
			set->range[kept].first = next;
			set->range[kept++].last = first - 1;
		}
		next = last + 1;
	}
	set->count = kept;
	if (next > MND_RUNE_MAX)
		return 0;
	return mnd_rune_set_add(set, next, MND_RUNE_MAX);
}

/**
 * mnd_rune_set_has - Ask whether a code point is in a set
 *
 * @set: Set; must be normalised.
 * @rune: Code point.
 *
 * Return: true if it is.
 */
bool mnd_rune_set_has(const struct mnd_rune_set *set, u32 rune)
{
	size_t low = 0, high = set->count, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (set->range[middle].last < rune)
			low = middle + 1;
		else
			high = middle;
	}
	return low < set->count && set->range[low].first <= rune;
}

/**
 * mnd_rune_set_free - Free a set's ranges
 *
 * @set: Set; empty afterwards.
 */
void mnd_rune_set_free(struct mnd_rune_set *set)
{
	free(set->range);
	memset(set, 0, sizeof(*set));
}
