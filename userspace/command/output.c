// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A file that is written whole or not at all: beside its place first, and moved
 * there when all else has been done.  A device or a pipe is written in place.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"

/**
 * mnd_write_all - Write all bytes to a descriptor
 *
 * @fd: Descriptor.
 * @bytes: Bytes.
 * @length: How many.
 *
 * Return: 0, or the negative errno of write(2).
 */
int mnd_write_all(int fd, const u8 *bytes, size_t length)
{
	ssize_t done;

	while (length) {
		done = write(fd, bytes, length);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -errno;
		bytes += done;
		length -= (size_t)done;
	}
	return 0;
}

/* The mode that open(2) would give to a new file. */
static mode_t new_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* A name for what is not in place yet, in the folder of @path. */
static char *part_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash - path) + 1 : 0;
	char *part;

	return asprintf(&part, "%.*s.mandate-XXXXXX", folder, path) < 0 ? NULL :
									  part;
}

static int write_and_close(int fd, const u8 *bytes, size_t length)
{
	int err = mnd_write_all(fd, bytes, length);

	if (close(fd) && !err)
		err = -errno;
	return err;
}

static int write_in_place(const char *path, const u8 *bytes, size_t length)
{
	int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);

	return fd < 0 ? -errno : write_and_close(fd, bytes, length);
}

static int write_part(struct mnd_output *output, mode_t mode, const u8 *bytes,
		      size_t length)
{
	int fd, err;

	output->part = part_of(output->path);
	if (!output->part)
		return -ENOMEM;
	fd = mkostemp(output->part, O_CLOEXEC);
	if (fd < 0) {
		err = -errno;
		free(output->part);
		output->part = NULL;
		return err;
	}
	err = fchmod(fd, mode) ? -errno : 0;
	if (err) {
		close(fd);
		return err;
	}
	return write_and_close(fd, bytes, length);
}

/* Where @path leads to, or @path itself if there is nothing yet. */
static char *resolve(const char *path)
{
	char *resolved = realpath(path, NULL);
	struct stat link;

	/* A link that leads nowhere is there nevertheless. */
	if (resolved || errno != ENOENT || !lstat(path, &link))
		return resolved;
	return strdup(path);
}

static int write_output(struct mnd_output *output, const char *path,
			const u8 *bytes, size_t length)
{
	struct stat old;

	if (stat(path, &old)) {
		if (errno != ENOENT)
			return -errno;
		old.st_mode = S_IFREG | new_mode();
	}
	if (S_ISDIR(old.st_mode))
		return -EISDIR;
	if (!S_ISREG(old.st_mode))
		return write_in_place(path, bytes, length);
	output->path = resolve(path);
	if (!output->path)
		return -errno;
	return write_part(output, old.st_mode & 0777, bytes, length);
}

/**
 * mnd_output_write - Write a file, without replacing what is there
 *
 * @output: Written; to be given to mnd_output_keep() or mnd_output_drop()
 *	after success, and to neither after an error.
 * @path: Its path.  A symbolic link is followed.
 * @bytes: Its content.
 * @length: Of @bytes.
 *
 * A new file has the mode that the umask leaves, another one keeps its mode.
 * What is no regular file is written in place.
 *
 * Return: 0, or the negative errno of a system call.
 */
int mnd_output_write(struct mnd_output *output, const char *path,
		     const u8 *bytes, size_t length)
{
	int err;

	*output = (struct mnd_output){};
	err = write_output(output, path, bytes, length);
	if (err)
		mnd_output_drop(output);
	return err;
}

/**
 * mnd_output_keep - Put a file that was written in its place
 *
 * @output: File; not to be used again.
 *
 * Return: 0, or the negative errno of rename(2).
 */
int mnd_output_keep(struct mnd_output *output)
{
	int err = 0;

	if (output->part && rename(output->part, output->path))
		err = -errno;
	if (err)
		unlink(output->part);
	free(output->part);
	free(output->path);
	return err;
}

/**
 * mnd_output_drop - Remove a file that was written and is not wanted
 *
 * @output: File; not to be used again.
 */
void mnd_output_drop(struct mnd_output *output)
{
	if (output->part)
		unlink(output->part);
	free(output->part);
	free(output->path);
}
