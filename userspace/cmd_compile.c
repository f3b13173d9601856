// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate compile`: makes a table of a source.
 */

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "digest.h"

static int write_all(int fd, const u8 *bytes, size_t length)
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

/* The file that was there stays as it is until the new one is whole. */
static int write_file(const char *path, const u8 *bytes, size_t length)
{
	char *part;
	int fd, err;

	if (asprintf(&part, "%s.XXXXXX", path) < 0)
		return -ENOMEM;
	fd = mkostemp(part, O_CLOEXEC);
	if (fd < 0) {
		err = -errno;
		free(part);
		return err;
	}
	err = write_all(fd, bytes, length);
	if (!err && fchmod(fd, 0644))
		err = -errno;
	if (close(fd) && !err)
		err = -errno;
	if (!err && rename(part, path))
		err = -errno;
	if (err)
		unlink(part);
	free(part);
	return err;
}

static int put_table(const char *path, const u8 *table, u32 size)
{
	char digest[MND_DIGEST_SIZE];
	int err;

	if (!path) {
		if (isatty(STDOUT_FILENO))
			return mnd_complain(MND_EXIT_USAGE,
					    "a table is binary, name a file");
		err = write_all(STDOUT_FILENO, table, size);
		if (!err)
			return MND_EXIT_OK;
		return mnd_complain(mnd_exit_of(err), "standard output: %s",
				    strerror(-err));
	}
	err = write_file(path, table, size);
	if (err)
		return mnd_complain(mnd_exit_of(err), "%s: %s", path,
				    strerror(-err));
	if (mnd_digest(table, size, digest))
		return mnd_complain(MND_EXIT_INTERNAL, "no SHA-256");
	printf("%s  %s\n", digest, path);
	return mnd_flush_output();
}

static int compile(const char *source, const char *path, bool strip)
{
	char *text;
	size_t length;
	u8 *table;
	u32 size;
	int code;

	code = mnd_read_file(source, &text, &length);
	if (!code)
		code = mnd_compile_file(source, text, length, strip, &table,
					&size);
	if (!code) {
		code = put_table(path, table, size);
		free(table);
	}
	free(text);
	return code;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "output", required_argument, NULL, 'o' },
		{ "strip", no_argument, NULL, 's' },
		{},
	};
	const char *path = NULL;
	bool strip = false;
	int option;

	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		switch (option) {
		case 'o':
			path = optarg;
			break;
		case 's':
			strip = true;
			break;
		default:
			return mnd_usage(&mnd_cmd_compile);
		}
	}
	if (argc - optind != 1)
		return mnd_usage(&mnd_cmd_compile);
	return compile(argv[optind], path, strip);
}

const struct mnd_command mnd_cmd_compile = {
	.name = "compile",
	.usage = "[--strip] [-o TABLE] SOURCE",
	.summary = "make a table of a policy's source, and print its digest",
	.run = run,
};
