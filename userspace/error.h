/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One error of a source file, with its place.  The library fills it in and
 * never prints; the command prints it as FILE:LINE:COLUMN: TEXT.
 */

#ifndef _MANDATE_ERROR_H
#define _MANDATE_ERROR_H

#include "../lsm/core/deps.h"

/**
 * struct mnd_error - Why a source was refused, and where
 *
 * @line: Line, counted from 1; 0 if the error has no place in the text.
 * @column: Column in bytes, counted from 1; 0 as for @line.
 * @text: One line without a trailing newline or full stop.
 */
struct mnd_error {
	unsigned int line;
	unsigned int column;
	char text[400];
};

__printf(4, 5) int mnd_fail(struct mnd_error *error, unsigned int line,
			    unsigned int column, const char *format, ...);

#endif /* _MANDATE_ERROR_H */
