/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a parsed pattern consists of, for the rest of the compiler.
 */

#ifndef _MANDATE_REGEX_PATTERN_H
#define _MANDATE_REGEX_PATTERN_H

#include "nfa.h"
#include "regex.h"

/**
 * struct mnd_regex - A parsed pattern
 *
 * @whole: It must match a whole string, whatever anchors it has itself.
 * @length: Bytes of its text.
 * @text: Its text.
 */
struct mnd_regex {
	bool whole;
	size_t length;
	char text[];
};

/* parse.c */
__must_check int mnd_pattern_parse(const char *text, size_t length, bool whole,
				   struct mnd_nfa *nfa,
				   struct mnd_error *error);

#endif /* _MANDATE_REGEX_PATTERN_H */
