// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A stream into memory that takes no more than a limit.
 */

#include <errno.h>
#include <stdlib.h>

#include "text_stream.h"

/* Room for @length more bytes and a NUL. */
static int make_room(struct mnd_text_stream *text, size_t length)
{
	size_t room = text->room;
	char *bytes;

	if (length > text->limit - text->length)
		return -E2BIG;
	while (room < text->length + length + 1)
		room = room ? 2 * room : 4096;
	if (room == text->room)
		return 0;
	bytes = realloc(text->bytes, room);
	if (!bytes)
		return -ENOMEM;
	text->bytes = bytes;
	text->room = room;
	return 0;
}

/* For fopencookie(3): nothing written is an error. */
static ssize_t take(void *cookie, const char *bytes, size_t length)
{
	struct mnd_text_stream *text = cookie;

	if (!text->error)
		text->error = make_room(text, length);
	if (text->error)
		return 0;
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	return (ssize_t)length;
}

/**
 * mnd_text_stream_open - Open a stream into memory
 *
 * @text: Written.
 * @limit: How many bytes it takes.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_text_stream_open(struct mnd_text_stream *text, size_t limit)
{
	const cookie_io_functions_t functions = { .write = take };

	memset(text, 0, sizeof(*text));
	text->limit = limit;
	text->stream = fopencookie(text, "w", functions);
	return text->stream ? 0 : -ENOMEM;
}

/**
 * mnd_text_stream_close - Close a stream into memory
 *
 * @text: Stream.
 * @bytes: Written: what was written to it, terminated, to be freed; NULL after
 *	an error.
 * @length: Written: length of @bytes.
 *
 * Return: 0, or:
 *
 * - -E2BIG: It was more than the limit.
 * - -ENOMEM: Out of memory.
 */
int mnd_text_stream_close(struct mnd_text_stream *text, char **bytes,
			  size_t *length)
{
	int err;

	fclose(text->stream);
	err = text->error ? text->error : make_room(text, 0);
	if (err) {
		free(text->bytes);
		*bytes = NULL;
		return err;
	}
	text->bytes[text->length] = 0;
	*bytes = text->bytes;
	*length = text->length;
	return 0;
}
