// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Matching of users and groups.
 */

#include "context.h"
#include "match.h"

/**
 * mnd_match_principal - Match a user or a group
 *
 * @table: Verified table.
 * @principal: What it has to be.
 * @id: Its number.
 * @has_id: Whether it has one.
 * @name: Its name, or NULL if whoever asks sees no names: then the number has
 *	to tell.
 *
 * Return: Whether it is.
 */
bool mnd_match_principal(const struct mnd_table *const table,
			 const __le32 principal, const u32 id,
			 const bool has_id, const char *const name)
{
	const struct mnd_principal *const p =
		&table->principals[le32_to_cpu(principal)];
	const u32 flags = le32_to_cpu(p->flags);
	const u32 matcher = le32_to_cpu(p->name);
	const bool same = has_id && le32_to_cpu(p->id) == id;

	if ((flags & MND_PRINCIPAL_ID) && !same)
		return false;
	if (name)
		return mnd_match(table, matcher, name, name + strlen(name) + 1);
	if (matcher == MND_MATCH_NONE)
		return false;
	return matcher == MND_MATCH_ANY || (flags && same);
}

static bool group_matches(const struct mnd_table *const table,
			  const __le32 groups,
			  const struct mnd_process_facts *const facts,
			  const u32 group)
{
	const __le32 *const words = mnd_list_words(table, groups);
	const u32 count = mnd_list_count(table, groups);
	const char *const name =
		facts->group_names ? facts->group_names[group] : NULL;
	u32 i;

	for (i = 0; i < count; i++)
		if (mnd_match_principal(table, words[i], facts->groups[group],
					true, name))
			return true;
	return false;
}

/**
 * mnd_match_groups - Match the groups of a process
 *
 * @table: Verified table.
 * @groups: List of principals, or %MND_LIST_NONE.
 * @facts: Facts, of which the groups are looked at.
 *
 * Return: Whether each group of the process is one of the list.
 */
bool mnd_match_groups(const struct mnd_table *const table, const __le32 groups,
		      const struct mnd_process_facts *const facts)
{
	u32 i;

	if (le32_to_cpu(groups) == MND_LIST_NONE)
		return true;
	for (i = 0; i < facts->group_count; i++)
		if (!group_matches(table, groups, facts, i))
			return false;
	return true;
}
