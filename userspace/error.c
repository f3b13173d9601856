// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes one error with its place.
 */

#include <stdarg.h>
#include <stdio.h>

#include "error.h"

/**
 * mnd_fail - Fill in an error
 *
 * @error: Error to write.
 * @line: Line, counted from 1, or 0.
 * @column: Column in bytes, counted from 1, or 0.
 * @format: As for printf(3); text that does not fit is cut.
 *
 * Return: -EINVAL, so that a caller can return the call's value.
 */
int mnd_fail(struct mnd_error *error, unsigned int line, unsigned int column,
	     const char *format, ...)
{
	va_list args;

	error->line = line;
	error->column = column;
	va_start(args, format);
	vsnprintf(error->text, sizeof(error->text), format, args);
	va_end(args);
	return -EINVAL;
}
