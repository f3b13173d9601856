/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The syntax of repetitions: * + ? and counts in braces.
 */

#ifndef _MANDATE_REGEX_COUNT_H
#define _MANDATE_REGEX_COUNT_H

#include "cursor.h"

/**
 * struct mnd_count - How often something is repeated
 *
 * @least: How often at least.
 * @most: How often at most, or MND_NFA_ENDLESS.
 */
struct mnd_count {
	unsigned int least;
	unsigned int most;
};

__must_check int mnd_count_parse(struct mnd_cursor *cursor,
				 struct mnd_count *count);

#endif /* _MANDATE_REGEX_COUNT_H */
