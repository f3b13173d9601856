// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Parsed patterns.  One is kept as its text, which is known to be right: its
 * automaton can be thousands of times as large, and is made again when needed.
 */

#include <stdlib.h>

#include "pattern.h"

/**
 * mnd_regex_parse - Parse a pattern
 *
 * @text: Pattern; need not end in a NUL.
 * @length: Bytes of @text.
 * @regex: Where the parsed pattern goes; to be freed by mnd_regex_free().
 * @error: Reason, if the pattern is refused: its column counts bytes of @text
 *         from 1, its line is 0.
 *
 * Return: 0 or:
 * - %-EINVAL: Go refuses the pattern, too;
 * - %-E2BIG: the pattern is over one of the compiler's limits;
 * - %-ENOMEM: memory is short; @error is not set.
 */
int mnd_regex_parse(const char *text, size_t length, struct mnd_regex **regex,
		    struct mnd_error *error)
{
	struct mnd_regex *parsed;
	struct mnd_nfa nfa;
	int err;

	err = mnd_pattern_parse(text, length, false, &nfa, error);
	mnd_nfa_free(&nfa);
	if (err)
		return err;
	parsed = malloc(sizeof(*parsed) + length);
	if (!parsed)
		return -ENOMEM;
	parsed->whole = false;
	parsed->length = length;
	memcpy(parsed->text, text, length);
	*regex = parsed;
	return 0;
}

/**
 * mnd_regex_match_whole - Let a pattern match whole strings only
 *
 * @regex: Parsed pattern.
 *
 * As ^(?: in front and )$ behind would do.
 */
void mnd_regex_match_whole(struct mnd_regex *regex)
{
	regex->whole = true;
}

/**
 * mnd_regex_free - Free a parsed pattern
 *
 * @regex: Parsed pattern, or NULL.
 */
void mnd_regex_free(struct mnd_regex *regex)
{
	free(regex);
}
