// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Looks for strings that nothing can be, and for expressions without an end.
 */

#include <stdio.h>
#include <stdlib.h>

#include "linter.h"
#include "../describe/matcher_text.h"

/**
 * mnd_lint_find_possible - Find the patterns that some string matches
 *
 * @linter: Linter, whose @possible is written, and is to be freed.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_lint_find_possible(struct mnd_linter *linter)
{
	const struct mnd_table *table = linter->table;
	const u32 count = table->count[MND_SECTION_PATTERN];
	u32 i, pattern;

	linter->possible = calloc(count / 64 + 1UL, sizeof(u64));
	if (!linter->possible)
		return -ENOMEM;
	/* The states of a minimal automaton are all reached. */
	for (i = 0; i < table->count[MND_SECTION_MEMBER]; i++) {
		pattern = le32_to_cpu(table->members[i]);
		linter->possible[pattern / 64] |= 1ULL << pattern % 64;
	}
	return 0;
}

/**
 * mnd_lint_is_possible - Ask whether any string is right
 *
 * @linter: Linter.
 * @matcher: Matcher.
 *
 * Return: Whether there is one.
 */
bool mnd_lint_is_possible(const struct mnd_linter *linter, __le32 matcher)
{
	const u32 number = le32_to_cpu(matcher);
	const u32 pattern = number & ~MND_MATCH_PATTERN;

	if (number == MND_MATCH_NONE)
		return false;
	if (!mnd_matcher_is_pattern(number))
		return true;
	return linter->possible[pattern / 64] >> pattern % 64 & 1;
}

/* Number of the string of a matcher that has one. */
static u32 text_number(const struct mnd_table *table, u32 matcher)
{
	const u32 pattern = matcher & ~MND_MATCH_PATTERN;

	return mnd_matcher_is_pattern(matcher) ?
		       le32_to_cpu(table->patterns[pattern].text) :
		       matcher;
}

/**
 * mnd_lint_quote - Quote the string or expression of a matcher
 *
 * @linter: Linter.
 * @matcher: Matcher.
 * @quoted: Written.
 */
void mnd_lint_quote(const struct mnd_linter *linter, __le32 matcher,
		    char quoted[MND_TOML_QUOTED_SIZE])
{
	const struct mnd_table *table = linter->table;
	const u32 number = le32_to_cpu(matcher);
	const char *text;

	if (number == MND_MATCH_ANY || number == MND_MATCH_NONE) {
		snprintf(quoted, MND_TOML_QUOTED_SIZE, "{ %s = true }",
			 number == MND_MATCH_ANY ? "any" : "none");
		return;
	}
	text = mnd_string(table, text_number(table, number));
	mnd_toml_quote(text, strlen(text), quoted);
}

static bool is_open(const char *end)
{
	return !strcmp(end, ".*") || !strcmp(end, ".+");
}

/* Whether an expression begins or ends with whatever there is. */
static bool has_open_end(const char *text)
{
	const size_t length = strlen(text);
	char begin[3] = "";

	if (length < 2)
		return false;
	memcpy(begin, text, 2);
	/* What is escaped is a dot. */
	return is_open(begin) || (is_open(text + length - 2) &&
				  (length == 2 || text[length - 3] != '\\'));
}

/**
 * mnd_lint_match - Look at what a string has to be
 *
 * @linter: Linter.
 * @what: Which string.
 * @matcher: Matcher.
 */
void mnd_lint_match(struct mnd_linter *linter, const char *what, __le32 matcher)
{
	const struct mnd_table *table = linter->table;
	const u32 number = le32_to_cpu(matcher);
	char quoted[MND_TOML_QUOTED_SIZE];

	if (number == MND_MATCH_NONE)
		mnd_lint_warn(linter, "nothing is right as %s", what);
	if (!mnd_matcher_is_pattern(number))
		return;
	mnd_lint_quote(linter, matcher, quoted);
	if (!mnd_lint_is_possible(linter, matcher))
		mnd_lint_warn(linter, "nothing matches %s, as %s must", quoted,
			      what);
	else if (has_open_end(mnd_string(table, text_number(table, number))))
		mnd_lint_warn(linter,
			      "%s, for %s, begins or ends with anything",
			      quoted, what);
}
