/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of a pattern while it is parsed, and its single characters, plain
 * and escaped.
 */

#ifndef _MANDATE_REGEX_CURSOR_H
#define _MANDATE_REGEX_CURSOR_H

#include "../error.h"

/* Flags that change the meaning of what follows: (?i), (?m) and (?s). */
#define MND_REGEX_FOLD 1
#define MND_REGEX_LINES 2
#define MND_REGEX_DOT_ALL 4

/**
 * struct mnd_cursor - A place in a pattern
 *
 * @text: Pattern; need not end in a NUL and may hold one.
 * @length: Bytes of it.
 * @at: Offset of the next byte.
 * @flags: Flags in force there.
 * @error: Where an error goes.
 */
struct mnd_cursor {
	const char *text;
	size_t length;
	size_t at;
	unsigned int flags;
	struct mnd_error *error;
};

__printf(3, 4) int mnd_cursor_fail(const struct mnd_cursor *cursor, size_t at,
				   const char *format, ...);
bool mnd_cursor_looks_at(const struct mnd_cursor *cursor, const char *text);
__must_check int mnd_cursor_rune(struct mnd_cursor *cursor, u32 *rune);
__must_check int mnd_cursor_escape(struct mnd_cursor *cursor, u32 *rune);

#endif /* _MANDATE_REGEX_CURSOR_H */
