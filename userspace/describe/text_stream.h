/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A stream into memory that takes no more than a limit.
 */

#ifndef _MANDATE_TEXT_STREAM_H
#define _MANDATE_TEXT_STREAM_H

#include <stdio.h>

#include "../../lsm/core/deps.h"

/**
 * struct mnd_text_stream - A stream into memory
 *
 * @stream: Stream.  After what it could not take ferror(3) is true: who writes
 *	much looks at that now and then.
 */
struct mnd_text_stream {
	FILE *stream;
	/* private: */
	char *bytes;
	size_t length;
	size_t room;
	size_t limit;
	int error;
};

int mnd_text_stream_open(struct mnd_text_stream *text, size_t limit);
int mnd_text_stream_close(struct mnd_text_stream *text, char **bytes,
			  size_t *length);

#endif /* _MANDATE_TEXT_STREAM_H */
