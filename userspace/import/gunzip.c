// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Unpacks what gzip has packed, one member of it and nothing behind: some
 * readers take a second member for more of the same, others ignore it.
 */

#include <stdlib.h>

#include <zlib.h>

#include "gunzip.h"

/* The largest window, and only the format of gzip. */
#define WINDOW_BITS (15 + 16)
#define FIRST_SIZE 65536

/* What has been unpacked. */
struct buffer {
	unsigned char *bytes;
	size_t size;
	size_t used;
};

/* Makes room if there is none, for one byte beyond what is allowed at most. */
static int grow(struct buffer *buffer, size_t most)
{
	size_t size = buffer->size ? buffer->size * 2 : FIRST_SIZE;
	unsigned char *bytes;

	if (buffer->used < buffer->size)
		return 0;
	if (size > most + 1)
		size = most + 1;
	bytes = realloc(buffer->bytes, size);
	if (!bytes)
		return -ENOMEM;
	buffer->bytes = bytes;
	buffer->size = size;
	return 0;
}

/* Unpacks until zlib has an end or an error, or there is too much. */
static int unpack(z_stream *stream, struct buffer *buffer, size_t most)
{
	int status = Z_OK;

	while (status == Z_OK && buffer->used <= most) {
		if (grow(buffer, most))
			return Z_MEM_ERROR;
		stream->next_out = buffer->bytes + buffer->used;
		stream->avail_out = (unsigned int)(buffer->size - buffer->used);
		status = inflate(stream, Z_NO_FLUSH);
		buffer->used = buffer->size - stream->avail_out;
	}
	return status;
}

static int fail(struct mnd_error *error, int err, const char *text)
{
	mnd_fail(error, 0, 0, "%s", text);
	return err;
}

static int fail_large(struct mnd_error *error, size_t most)
{
	mnd_fail(error, 0, 0, "unpacks to more than %zu bytes", most);
	return -E2BIG;
}

/* What became of it, in our own terms. */
static int judge(int status, const z_stream *stream, struct mnd_error *error)
{
	if (status == Z_MEM_ERROR)
		return fail(error, -ENOMEM, "out of memory");
	if (status == Z_BUF_ERROR)
		return fail(error, -EINVAL, "gzip data: ends too early");
	if (status != Z_STREAM_END)
		return fail(error, -EINVAL, "gzip data: damaged");
	if (stream->avail_in)
		return fail(error, -EINVAL,
			    "gzip data: there is something behind its end");
	return 0;
}

static int unpack_to(struct mnd_arena *arena, z_stream *stream, size_t most,
		     struct mnd_string_ref *unpacked, struct mnd_error *error)
{
	struct buffer buffer = { NULL, 0, 0 };
	const int status = unpack(stream, &buffer, most);
	const char *text;
	int err;

	if (buffer.used > most)
		err = fail_large(error, most);
	else
		err = judge(status, stream, error);
	if (!err) {
		unpacked->length = buffer.used;
		text = (const char *)buffer.bytes;
		unpacked->text = mnd_arena_copy(arena, text, buffer.used);
		if (!unpacked->text)
			err = fail(error, -ENOMEM, "out of memory");
	}
	free(buffer.bytes);
	return err;
}

/**
 * mnd_is_gzip - Ask whether gzip can have packed something
 *
 * @packed: Bytes.
 *
 * Return: Whether they begin like that.
 */
bool mnd_is_gzip(const struct mnd_string_ref *packed)
{
	return packed->length >= 2 && !memcmp(packed->text, "\x1f\x8b", 2);
}

/**
 * mnd_gunzip - Unpack what gzip has packed
 *
 * @arena: Owns what is unpacked.
 * @packed: Bytes, and no more of them than of what is unpacked.
 * @most: How many bytes that may be, fewer than 2^31.
 * @unpacked: Written: the bytes, with a NUL behind them.
 * @error: Written after an error, without a place.
 *
 * Return: 0, or:
 *
 * - -EINVAL: Gzip did not pack this, or it is damaged, cut, or has something
 *   behind its end.
 * - -E2BIG: It is more than @most.
 * - -ENOMEM: Out of memory.
 */
int mnd_gunzip(struct mnd_arena *arena, const struct mnd_string_ref *packed,
	       size_t most, struct mnd_string_ref *unpacked,
	       struct mnd_error *error)
{
	z_stream stream = { 0 };
	int err;

	if (packed->length > most)
		return fail_large(error, most);
	stream.next_in = (z_const unsigned char *)packed->text;
	stream.avail_in = (unsigned int)packed->length;
	if (inflateInit2(&stream, WINDOW_BITS) != Z_OK)
		return fail(error, -ENOMEM, "out of memory");
	err = unpack_to(arena, &stream, most, unpacked, error);
	inflateEnd(&stream);
	return err;
}
