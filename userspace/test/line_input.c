// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads a text line by line, compressed by gzip or not.
 */

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "line_input.h"

#define FIRST_ROOM 65536

/**
 * mnd_line_open - Open a text
 *
 * @input: Written; to be given to mnd_line_close().
 * @path: Path; "-" for the standard input.
 *
 * Return: 0, or the negative errno of open(2) or dup(2), or -ENOMEM.
 */
int mnd_line_open(struct mnd_line_input *input, const char *path)
{
	int fd;

	memset(input, 0, sizeof(*input));
	errno = 0;
	if (strcmp(path, "-")) {
		input->file = gzopen(path, "rbe");
		return input->file ? 0 : errno ? -errno : -ENOMEM;
	}
	fd = dup(STDIN_FILENO);
	if (fd < 0)
		return -errno;
	input->file = gzdopen(fd, "rb");
	if (input->file)
		return 0;
	close(fd);
	return -ENOMEM;
}

static int read_error(struct mnd_line_input *input)
{
	int code;

	gzerror(input->file, &code);
	if (code == Z_ERRNO)
		return errno ? -errno : -EIO;
	if (code == Z_MEM_ERROR)
		return -ENOMEM;
	/* A file that ends too early is not the end of a text. */
	return code == Z_OK || code == Z_STREAM_END ? 0 : -EBADMSG;
}

static int make_room(struct mnd_line_input *input)
{
	const size_t room = input->room ? 2 * input->room : FIRST_ROOM;
	char *line;

	if (input->length + 2 < input->room)
		return 0;
	if (room > MND_LINE_MAX)
		return -EFBIG;
	line = realloc(input->line, room);
	if (!line)
		return -ENOMEM;
	input->line = line;
	input->room = room;
	return 0;
}

/**
 * mnd_line_read - Read the next line
 *
 * @input: Text.
 *
 * Return: 1, or 0 at the end, or:
 *
 * - -EBADMSG: It is damaged.
 * - -EFBIG: The line is longer than %MND_LINE_MAX.
 * - -EILSEQ: There is a NUL in it.
 * - -ENOMEM: Out of memory.
 * - Another negative errno of read(2).
 */
int mnd_line_read(struct mnd_line_input *input)
{
	size_t more;
	int err;

	input->length = 0;
	while (true) {
		err = make_room(input);
		if (err)
			return err;
		if (!gzgets(input->file, input->line + input->length,
			    (int)(input->room - input->length)))
			break;
		more = strlen(input->line + input->length);
		input->length += more;
		if (!more)
			return -EILSEQ;
		if (input->line[input->length - 1] != '\n')
			continue;
		input->line[--input->length] = 0;
		return 1;
	}
	err = read_error(input);
	if (err)
		return err;
	return input->length ? 1 : 0;
}

/**
 * mnd_line_close - Close a text
 *
 * @input: Text.
 */
void mnd_line_close(struct mnd_line_input *input)
{
	gzclose(input->file);
	free(input->line);
}
