// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From a list of patterns to few automata of bounded size.
 */

#include <stdlib.h>

#include "bundle.h"
#include "limits.h"
#include "pattern.h"
#include "single.h"

/**
 * struct builder - A list of automata that is being made
 *
 * @regex: Patterns.
 * @count: How many.
 * @error: Where an error goes.
 * @member: Numbers of all patterns, equal ones next to each other.
 * @bundle: Bundles of patterns.
 * @bundle_count: How many.
 * @work: Steps made so far.
 */
struct builder {
	const struct mnd_regex *const *regex;
	size_t count;
	struct mnd_dfa_error *error;
	u32 *member;
	struct mnd_bundle **bundle;
	size_t bundle_count;
	u64 work;
};

/**
 * struct numbered - A pattern while the patterns are sorted
 *
 * @regex: Pattern.
 * @number: Its number in the list.
 */
struct numbered {
	const struct mnd_regex *regex;
	u32 number;
};

static int refuse(const struct builder *b, size_t pattern, const char *reason)
{
	b->error->pattern = pattern;
	mnd_fail(&b->error->error, 0, 0, "%s", reason);
	return -E2BIG;
}

static int compare_patterns(const struct mnd_regex *left,
			    const struct mnd_regex *right)
{
	if (left->whole != right->whole)
		return left->whole ? 1 : -1;
	if (left->length != right->length)
		return left->length < right->length ? -1 : 1;
	return memcmp(left->text, right->text, left->length);
}

static int compare_numbered(const void *left, const void *right)
{
	const struct numbered *a = left, *b = right;
	int order;

	order = compare_patterns(a->regex, b->regex);
	if (order)
		return order;
	return a->number < b->number ? -1 : 1;
}

/* Lists the patterns so that equal ones are next to each other. */
static int sort_patterns(struct builder *b)
{
	struct numbered *sorted;
	size_t i;

	sorted = calloc(b->count + 1, sizeof(*sorted));
	b->member = calloc(b->count + 1, sizeof(*b->member));
	b->bundle = calloc(b->count + 1, sizeof(*b->bundle));
	if (!sorted || !b->member || !b->bundle) {
		free(sorted);
		return -ENOMEM;
	}
	for (i = 0; i < b->count; i++) {
		sorted[i].regex = b->regex[i];
		sorted[i].number = i;
	}
	qsort(sorted, b->count, sizeof(*sorted), compare_numbered);
	for (i = 0; i < b->count; i++)
		b->member[i] = sorted[i].number;
	free(sorted);
	return 0;
}

/* How many patterns from a place in the sorted list on are equal. */
static size_t count_equal(const struct builder *b, size_t place)
{
	const struct mnd_regex *regex = b->regex[b->member[place]];
	size_t end = place + 1;

	while (end < b->count &&
	       !compare_patterns(regex, b->regex[b->member[end]]))
		end++;
	return end - place;
}

static int make_bundle(struct builder *b, const u32 *member, size_t count)
{
	struct mnd_bundle *bundle;
	int err;

	bundle = calloc(1, sizeof(*bundle));
	if (!bundle)
		return -ENOMEM;
	b->bundle[b->bundle_count++] = bundle;
	bundle->pattern = calloc(count, sizeof(*bundle->pattern));
	if (!bundle->pattern)
		return -ENOMEM;
	memcpy(bundle->pattern, member, count * sizeof(*member));
	bundle->count = count;
	b->work += MND_DFA_SINGLE_WORK;
	err = mnd_dfa_single(b->regex[member[0]], member, count, &bundle->dfa,
			     &b->work);
	if (err == -E2BIG)
		return refuse(b, member[0],
			      "the pattern's automaton is too large");
	return err;
}

static int make_bundles(struct builder *b)
{
	size_t place, count, cells = 0;
	int err;

	for (place = 0; place < b->count; place += count) {
		count = count_equal(b, place);
		err = make_bundle(b, b->member + place, count);
		if (err)
			return err;
		cells += mnd_dfa_cells(&b->bundle[b->bundle_count - 1]->dfa);
		if (cells > MND_DFA_MAX_SINGLE_CELLS)
			return refuse(b, b->count,
				      "the patterns' automata are too large");
		if (b->work > MND_DFA_MAX_TOTAL_WORK)
			return refuse(b, b->count,
				      "the patterns take too long to compile");
	}
	return 0;
}

static int unite_bundles(struct builder *b)
{
	int err;

	err = mnd_bundles_unite(b->bundle, &b->bundle_count, &b->work);
	if (err != -E2BIG)
		return err;
	if (b->work > MND_DFA_MAX_TOTAL_WORK)
		return refuse(b, b->count,
			      "the patterns take too long to compile");
	return refuse(b, b->count,
		      "the patterns need too many or too large automata");
}

/* Hands the bundles' automata over to the list. */
static int make_list(struct builder *b, struct mnd_dfa_list *list)
{
	struct mnd_bundle *bundle;
	size_t i;
	u32 j;

	list->dfa = calloc(b->bundle_count + 1, sizeof(*list->dfa));
	list->automaton = calloc(b->count + 1, sizeof(*list->automaton));
	if (!list->dfa || !list->automaton) {
		mnd_dfa_list_free(list);
		return -ENOMEM;
	}
	list->count = b->bundle_count;
	for (i = 0; i < b->bundle_count; i++) {
		bundle = b->bundle[i];
		for (j = 0; j < bundle->count; j++)
			list->automaton[bundle->pattern[j]] = i;
		list->dfa[i] = bundle->dfa;
		memset(&bundle->dfa, 0, sizeof(bundle->dfa));
	}
	return 0;
}

static int build(struct builder *b)
{
	int err;

	if (b->count > MND_DFA_MAX_PATTERNS)
		return refuse(b, b->count, "too many patterns");
	err = sort_patterns(b);
	if (err)
		return err;
	err = make_bundles(b);
	if (err)
		return err;
	return unite_bundles(b);
}

/**
 * mnd_dfa_build - Make the automata of a list of patterns
 *
 * The result depends on nothing but the list.
 *
 * @regex: Patterns, numbered by their place; equal ones cost nothing.
 * @count: How many.
 * @list: Where the automata go; to be freed by mnd_dfa_list_free().
 * @error: Reason and pattern, after %-E2BIG.
 *
 * Return: 0 or:
 * - %-E2BIG: a pattern, or all together, are over one of the limits;
 * - %-ENOMEM: memory is short.
 */
int mnd_dfa_build(const struct mnd_regex *const *regex, size_t count,
		  struct mnd_dfa_list *list, struct mnd_dfa_error *error)
{
	struct builder b = { .regex = regex, .count = count, .error = error };
	size_t i;
	int err;

	memset(list, 0, sizeof(*list));
	err = build(&b);
	if (!err)
		err = make_list(&b, list);
	for (i = 0; i < b.bundle_count; i++)
		mnd_bundle_free(b.bundle[i]);
	free(b.bundle);
	free(b.member);
	return err;
}
