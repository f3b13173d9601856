// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files that a source names, and files of the images that it names.  An image
 * is not trusted: no link in it leads out of it.
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "source_files.h"
#include "toml/toml.h"

/* No file is larger than a source can be. */
#define FILE_SIZE_MAX MND_TOML_MAX_SIZE

static int open_under(int folder, const char *path, int flags, u64 resolve)
{
	const struct open_how how = {
		.flags = (u64)(flags | O_CLOEXEC),
		.resolve = resolve,
	};
	long fd = syscall(SYS_openat2, folder, path, &how, sizeof(how));

	return fd < 0 ? -errno : (int)fd;
}

static int read_bytes(int fd, char *bytes, size_t size, size_t *length)
{
	ssize_t done;

	for (*length = 0; *length < size; *length += (size_t)done) {
		done = read(fd, bytes + *length, size - *length);
		if (done < 0 && errno == EINTR)
			done = 0;
		else if (done < 0)
			return -errno;
		else if (!done)
			break;
	}
	return 0;
}

/* Reads a regular file, and closes it. */
static int read_open(int fd, struct mnd_arena *arena,
		     struct mnd_string_ref *content)
{
	struct stat status;
	char *bytes = NULL;
	int err = 0;

	if (fstat(fd, &status))
		err = -errno;
	else if (!S_ISREG(status.st_mode))
		err = S_ISDIR(status.st_mode) ? -EISDIR : -EINVAL;
	else if (status.st_size > FILE_SIZE_MAX)
		err = -EFBIG;
	if (!err) {
		bytes = mnd_arena_alloc(arena, (size_t)status.st_size + 1, 1);
		err = bytes ? 0 : -ENOMEM;
	}
	if (!err)
		err = read_bytes(fd, bytes, (size_t)status.st_size,
				 &content->length);
	content->text = bytes;
	close(fd);
	return err;
}

/* A path is from the current folder, as securitypolicytool takes it. */
static int read_file(void *context, struct mnd_arena *arena, const char *name,
		     struct mnd_string_ref *content)
{
	int fd = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	(void)context;
	return fd < 0 ? -errno : read_open(fd, arena, content);
}

/* A file of the layout, or of the root file system that is unpacked in it. */
static int open_in_image(int image, const char *path)
{
	int folder, fd;

	fd = open_under(image, path, O_RDONLY | O_NONBLOCK, RESOLVE_IN_ROOT);
	if (fd != -ENOENT)
		return fd;
	folder = open_under(image, "rootfs", O_PATH | O_DIRECTORY,
			    RESOLVE_IN_ROOT);
	if (folder < 0)
		return folder;
	fd = open_under(folder, path, O_RDONLY | O_NONBLOCK, RESOLVE_IN_ROOT);
	close(folder);
	return fd;
}

static int read_image_file(void *context, struct mnd_arena *arena,
			   const char *image, const char *path,
			   struct mnd_string_ref *content)
{
	const struct mnd_source_files *files = context;
	int folder, fd;

	folder = open_under(files->images, image, O_PATH | O_DIRECTORY,
			    RESOLVE_BENEATH);
	if (folder < 0)
		return folder;
	fd = open_in_image(folder, path);
	close(folder);
	return fd < 0 ? fd : read_open(fd, arena, content);
}

/**
 * mnd_source_files_use - Let a source name files
 *
 * @files: Where they are; must outlive the use of @options.
 * @options: Written.
 */
void mnd_source_files_use(struct mnd_source_files *files,
			  struct mnd_source_options *options)
{
	options->read_file = read_file;
	options->read_context = files;
	if (files->images >= 0)
		options->read_image_file = read_image_file;
}
