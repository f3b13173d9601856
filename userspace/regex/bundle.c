// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which automata to unite.
 *
 * The two that grow least by being united are united, again and again.  Trying
 * all pairs of many automata would take too long, so only the smallest ones are
 * looked at; when no two of these can be united, the largest one of them is
 * final.
 */

#include <stdlib.h>

#include "bundle.h"
#include "limits.h"
#include "union.h"

/* How many bundles are looked at. */
#define WINDOW 8

/* Cells of a union that is not to be made. */
#define TOO_LARGE (~0u)

/**
 * struct choice - Bundles that are being united
 *
 * @queue: Bundles that are not looked at yet, the smallest one last.
 * @queued: How many.
 * @window: Bundles that are looked at.
 * @width: How many.
 * @cells: Cells of the union of two of these, or TOO_LARGE.
 * @final: Bundles that are not united any more.
 * @final_count: How many.
 * @final_cells: Cells of these.
 * @work: Steps made.
 */
struct choice {
	struct mnd_bundle **queue;
	size_t queued;
	struct mnd_bundle *window[WINDOW];
	u32 width;
	u32 cells[WINDOW][WINDOW];
	struct mnd_bundle *final[MND_DFA_MAX_TABLES];
	size_t final_count;
	u64 final_cells;
	u64 work;
};

/* Orders bundles from large to small, and none alike. */
static int compare_sizes(const void *left, const void *right)
{
	const struct mnd_bundle *const *a = left, *const *b = right;
	u32 a_cells = mnd_dfa_cells(&(*a)->dfa);
	u32 b_cells = mnd_dfa_cells(&(*b)->dfa);

	if (a_cells != b_cells)
		return a_cells > b_cells ? -1 : 1;
	return (*a)->pattern[0] > (*b)->pattern[0] ? -1 : 1;
}

static int compare_patterns(const void *left, const void *right)
{
	const struct mnd_bundle *const *a = left, *const *b = right;

	return (*a)->pattern[0] < (*b)->pattern[0] ? -1 : 1;
}

static void enqueue(struct choice *c, struct mnd_bundle *bundle)
{
	size_t i = c->queued++;

	for (; i && compare_sizes(&bundle, &c->queue[i - 1]) < 0; i--)
		c->queue[i] = c->queue[i - 1];
	c->queue[i] = bundle;
}

/* Finds out how large the union of two bundles in the window would be. */
static int measure(struct choice *c, u32 left, u32 right)
{
	u32 *cells = &c->cells[left][right];
	int err;

	err = mnd_dfa_union_cells(&c->window[left]->dfa, &c->window[right]->dfa,
				  cells);
	c->work += *cells + MND_DFA_UNION_WORK;
	if (err != -E2BIG)
		return err;
	*cells = TOO_LARGE;
	return 0;
}

/* Takes bundles from the queue until the window is full. */
static int fill_window(struct choice *c)
{
	u32 i;
	int err;

	while (c->queued && c->width < WINDOW) {
		c->window[c->width++] = c->queue[--c->queued];
		for (i = 0; i + 1 < c->width; i++) {
			err = measure(c, i, c->width - 1);
			if (err)
				return err;
		}
	}
	return 0;
}

/* Takes a bundle out of the window; those after it move up. */
static struct mnd_bundle *remove_from_window(struct choice *c, u32 place)
{
	struct mnd_bundle *bundle = c->window[place];
	u32 i, j;

	c->width--;
	for (i = place; i < c->width; i++)
		c->window[i] = c->window[i + 1];
	for (i = 0; i < c->width; i++) {
		for (j = i + 1; j < c->width; j++)
			c->cells[i][j] =
				c->cells[i + (i >= place)][j + (j >= place)];
	}
	return bundle;
}

/* Finds the pair in the window that grows least; false if there is none. */
static bool find_pair(const struct choice *c, u32 *left, u32 *right)
{
	s64 growth, least = 0;
	bool found = false;
	u32 i, j;

	*left = 0;
	*right = 0;
	for (i = 0; i < c->width; i++) {
		for (j = i + 1; j < c->width; j++) {
			if (c->cells[i][j] == TOO_LARGE)
				continue;
			growth = (s64)c->cells[i][j] -
				 mnd_dfa_cells(&c->window[i]->dfa) -
				 mnd_dfa_cells(&c->window[j]->dfa);
			if (found && growth >= least)
				continue;
			found = true;
			least = growth;
			*left = i;
			*right = j;
		}
	}
	return found;
}

/* Makes @left the union of both and frees @right. */
static int unite(struct mnd_bundle *left, struct mnd_bundle *right)
{
	u32 count = left->count + right->count, least;
	struct mnd_dfa dfa;
	u32 *pattern;
	int err;

	pattern = reallocarray(left->pattern, count, sizeof(*pattern));
	if (!pattern)
		return -ENOMEM;
	left->pattern = pattern;
	err = mnd_dfa_union(&left->dfa, &right->dfa, &dfa);
	if (err)
		return err;
	mnd_dfa_free(&left->dfa);
	left->dfa = dfa;
	memcpy(pattern + left->count, right->pattern,
	       right->count * sizeof(*pattern));
	if (pattern[left->count] < pattern[0]) {
		least = pattern[left->count];
		pattern[left->count] = pattern[0];
		pattern[0] = least;
	}
	left->count = count;
	mnd_bundle_free(right);
	return 0;
}

/* Unites the best pair, or makes the largest bundle in the window final. */
static int step(struct choice *c)
{
	u32 left, right;
	int err;

	if (find_pair(c, &left, &right)) {
		err = unite(c->window[left], c->window[right]);
		if (err == -E2BIG)
			c->cells[left][right] = TOO_LARGE;
		if (err)
			return err == -E2BIG ? 0 : err;
		remove_from_window(c, right);
		enqueue(c, remove_from_window(c, left));
		return 0;
	}
	if (c->final_count >= MND_DFA_MAX_TABLES)
		return -E2BIG;
	left = c->width - 1;
	for (right = 0; right < c->width; right++) {
		if (compare_sizes(&c->window[right], &c->window[left]) < 0)
			left = right;
	}
	c->final_cells += mnd_dfa_cells(&c->window[left]->dfa);
	c->final[c->final_count++] = remove_from_window(c, left);
	return c->final_cells > MND_DFA_MAX_TOTAL_CELLS ? -E2BIG : 0;
}

static int unite_all(struct choice *c)
{
	int err = 0;

	while (!err && (c->queued || c->width)) {
		err = fill_window(c);
		if (!err)
			err = step(c);
		if (!err && c->work > MND_DFA_MAX_TOTAL_WORK)
			err = -E2BIG;
	}
	return err;
}

/**
 * mnd_bundles_unite - Unite bundles as far as the limits allow
 *
 * @bundle: Array of bundles; those that are left are put there again, ordered
 *          by their least pattern.
 * @count: How many; updated, also after an error.
 * @work: Steps made before; updated.
 *
 * Return: 0 or:
 * - %-E2BIG: there would be more than MND_DFA_MAX_TABLES, of more than
 *   MND_DFA_MAX_TOTAL_CELLS, or it takes more than MND_DFA_MAX_TOTAL_WORK
 *   steps to find out;
 * - %-ENOMEM: memory is short.
 */
int mnd_bundles_unite(struct mnd_bundle **bundle, size_t *count, u64 *work)
{
	struct choice c = { .queue = bundle, .queued = *count, .work = *work };
	size_t i;
	int err;

	qsort(bundle, *count, sizeof(*bundle), compare_sizes);
	err = unite_all(&c);

	/* The queue is a prefix of the array, so there is room behind it. */
	for (i = 0; i < c.width; i++)
		bundle[c.queued++] = c.window[i];
	for (i = 0; i < c.final_count; i++)
		bundle[c.queued++] = c.final[i];
	*count = c.queued;
	*work = c.work;
	qsort(bundle, *count, sizeof(*bundle), compare_patterns);
	return err;
}

/**
 * mnd_bundle_free - Free a bundle
 *
 * @bundle: Bundle, or NULL.
 */
void mnd_bundle_free(struct mnd_bundle *bundle)
{
	if (!bundle)
		return;
	mnd_dfa_free(&bundle->dfa);
	free(bundle->pattern);
	free(bundle);
}
