/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads a text line by line, compressed by gzip or not.
 */

#ifndef _MANDATE_LINE_INPUT_H
#define _MANDATE_LINE_INPUT_H

#include "../../lsm/core/deps.h"

/* Limit: bytes of a line. */
#define MND_LINE_MAX (64U << 20)

/**
 * struct mnd_line_input - A text that is read line by line
 *
 * @file: Of zlib.
 * @line: The last line, without its newline; terminated.
 * @length: Bytes of it.
 * @room: Bytes that there is memory for.
 */
struct mnd_line_input {
	void *file;
	char *line;
	size_t length;
	size_t room;
};

int mnd_line_open(struct mnd_line_input *input, const char *path);
int mnd_line_read(struct mnd_line_input *input);
void mnd_line_close(struct mnd_line_input *input);

#endif /* _MANDATE_LINE_INPUT_H */
