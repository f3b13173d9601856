/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looks through a regular expression for what anchors do not hold.
 */

#ifndef _MANDATE_IMPORT_PATTERN_SCAN_H
#define _MANDATE_IMPORT_PATTERN_SCAN_H

#include "../../lsm/core/deps.h"

/**
 * enum mnd_pattern_item - What a part of an expression is
 *
 * @MND_PATTERN_END: There is no further part.
 * @MND_PATTERN_OTHER: Nothing of the following.
 * @MND_PATTERN_BAR: It divides all of the expression.
 * @MND_PATTERN_LINES: From here on, anchors hold at the ends of lines.
 * @MND_PATTERN_OPEN_QUOTE: \Q without \E: what is added would be quoted.
 * @MND_PATTERN_LAST_ESCAPE: A backslash that quotes a $ at the end of the
 *	expression, or what would be added there.
 */
enum mnd_pattern_item {
	MND_PATTERN_END,
	MND_PATTERN_OTHER,
	MND_PATTERN_BAR,
	MND_PATTERN_LINES,
	MND_PATTERN_OPEN_QUOTE,
	MND_PATTERN_LAST_ESCAPE,
};

/**
 * struct mnd_pattern_scan - An expression that is looked through
 *
 * @text: Expression; what it means once it is anchored has to be valid.
 * @length: Of @text, in bytes.
 * @at: Behind the last part.
 * @depth: Groups that @at is in.
 */
struct mnd_pattern_scan {
	const char *text;
	size_t length;
	size_t at;
	size_t depth;
};

enum mnd_pattern_item mnd_pattern_next(struct mnd_pattern_scan *scan);
bool mnd_pattern_at_repeat(const struct mnd_pattern_scan *scan);

#endif /* _MANDATE_IMPORT_PATTERN_SCAN_H */
