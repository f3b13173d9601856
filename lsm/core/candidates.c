// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Sets of the subjects that an instance can still be.
 */

#include "decide.h"

/**
 * mnd_candidate_words - Size of a set of candidates
 *
 * @table: Verified table.
 *
 * Return: Number of u64 that hold one bit for each subject of @table.
 */
u32 mnd_candidate_words(const struct mnd_table *const table)
{
	return (table->count[MND_SECTION_SUBJECT] + 63) / 64;
}

/**
 * mnd_candidates_one - Make a set of one subject
 *
 * @set: Set to write, of the size that the table needs.
 * @subject: The only member from now on, or %MND_NONE for no member.
 */
void mnd_candidates_one(struct mnd_candidates *const set, const u32 subject)
{
	memset(set->words, 0, set->count * sizeof(*set->words));
	if (subject != MND_NONE)
		set->words[subject / 64] = 1ULL << subject % 64;
}

/**
 * mnd_next_candidate - Walk the members of a set
 *
 * @set: Set of candidates.
 * @subject: Where to begin.
 *
 * Return: The lowest member that is not below @subject, or %MND_NONE.
 */
u32 mnd_next_candidate(const struct mnd_candidates *const set,
		       const u32 subject)
{
	u32 word = subject / 64;
	u64 rest;

	if (word >= set->count)
		return MND_NONE;
	for (rest = set->words[word] >> subject % 64 << subject % 64; !rest;
	     rest = set->words[word])
		if (++word == set->count)
			return MND_NONE;
	return word * 64 + (u32)__builtin_ctzll(rest);
}

/**
 * mnd_has_listed - Ask whether arguments matter
 *
 * @table: Verified table.
 * @set: Set of candidates.
 *
 * Return: Whether a member of @set may execute only what a rule lists.
 */
bool mnd_has_listed(const struct mnd_table *const table,
		    const struct mnd_candidates *const set)
{
	u32 i;

	for (i = mnd_next_candidate(set, 0); i != MND_NONE;
	     i = mnd_next_candidate(set, i + 1))
		if (le16_to_cpu(table->subjects[i].class) == MND_CLASS_LISTED)
			return true;
	return false;
}

/**
 * mnd_find_container - Find a container by its name
 *
 * @table: Verified table.
 * @name: Name to look for.
 *
 * Return: Number of the subject, or %MND_NONE.
 */
u32 mnd_find_container(const struct mnd_table *const table,
		       const char *const name)
{
	u32 low = 1;
	u32 high = table->count[MND_SECTION_SUBJECT];

	/* Ascending string numbers are ascending strings. */
	while (low < high) {
		const u32 middle = low + (high - low) / 2;
		const int order = strcmp(mnd_subject_name(table, middle), name);

		if (!order)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return MND_NONE;
}
