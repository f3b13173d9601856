// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What can be taken from a fragment, in the words of hcsshim.
 */

#include "fragment_include.h"

/**
 * mnd_fragment_include - Find out what a word stands for
 *
 * @word: Word.
 *
 * Return: MND_INCLUDE_*, or 0 if it stands for nothing.
 */
u32 mnd_fragment_include(const char *word)
{
	static const struct {
		const char *word;
		u32 include;
	} known[] = {
		{ "containers", MND_INCLUDE_CONTAINERS },
		{ "fragments", MND_INCLUDE_FRAGMENTS },
		{ "external_processes", MND_INCLUDE_EXTERNAL_PROCESSES },
		{ "namespace", MND_INCLUDE_NAMESPACE },
		{ "platform_rules", MND_INCLUDE_PLATFORM_RULES },
		{ "transparency_trust_lists", MND_INCLUDE_TRUST_LISTS },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (!strcmp(known[i].word, word))
			return known[i].include;
	return 0;
}
