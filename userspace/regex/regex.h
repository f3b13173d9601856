/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Regular expressions with the syntax and the meaning of Go's regexp package,
 * which hcsshim and OPA use: MatchString, that is a search.
 *
 * Documented differences, none of which lets more through:
 * - what is no valid UTF-8 in the subject is matched by no literal, no class
 *   and no dot, and \B does not hold before a stray continuation byte;
 * - a code point of a surrogate never matches;
 * - limits.h bounds the pattern.
 * Go before 1.23 confuses a literal with its case-insensitive twin in a choice
 * such as (?i:k)x|K, its issue 59007; here each means what it says.
 * Classes and case folding are those of Unicode 13.0.0, as in Go 1.19.
 */

#ifndef _MANDATE_REGEX_REGEX_H
#define _MANDATE_REGEX_REGEX_H

#include "../error.h"

struct mnd_regex;

__must_check int mnd_regex_parse(const char *text, size_t length,
				 struct mnd_regex **regex,
				 struct mnd_error *error);
void mnd_regex_match_whole(struct mnd_regex *regex);
void mnd_regex_free(struct mnd_regex *regex);

/* anchor.c */
__must_check int mnd_regex_anchor(const char *text, size_t length,
				  char **anchored, size_t *anchored_length);

#endif /* _MANDATE_REGEX_REGEX_H */
