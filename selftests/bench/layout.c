// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the program that makes the root file system and the one that is
 * measured in it both need: options, controls, steps.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "layout.h"

static int read_descendants(const char *word, enum mnd_descendants *descendants)
{
	static const char *const words[] = {
		[MND_DESCENDANTS_NONE] = "none",
		[MND_DESCENDANTS_LISTED] = "listed",
		[MND_DESCENDANTS_ANY] = "any",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (strcmp(word, words[i]))
			continue;
		*descendants = (enum mnd_descendants)i;
		return 0;
	}
	return -EINVAL;
}

/**
 * mnd_read_options - Read the options
 *
 * @path: File with them: four numbers, 0 or 1, and a word.
 * @options: Written.
 *
 * They are in a file because arguments would be on the stack, and a page more
 * of that costs every fork.
 *
 * Return: 0, or:
 *
 * - %-EINVAL: It has something else in it.
 * - What open(2) returns.
 */
int mnd_read_options(const char *path, struct mnd_options *options)
{
	int patched, enforcing, loaded, own, fields;
	FILE *file = fopen(path, "re");
	char word[16];

	if (!file)
		return -errno;
	fields = fscanf(file, "%d %d %d %d %15s", &patched, &enforcing, &loaded,
			&own, word);
	fclose(file);
	if (fields != 5)
		return -EINVAL;
	options->patched = patched;
	options->enforcing = enforcing;
	options->loaded = loaded;
	options->own_namespace = own;
	return read_descendants(word, &options->descendants);
}

/* "allowed" or the name of an errno. */
static const char *name_of(int err)
{
	const char *name = err ? strerrorname_np(-err) : "allowed";

	return name ? name : "unknown";
}

/**
 * mnd_control - Judge an attempt that shows which policy is in force
 *
 * @name: Word for the output.
 * @got: How it went: 0 or -errno.
 * @wanted: How it must go in this configuration.
 *
 * Return: Whether the two are the same.
 */
bool mnd_control(const char *name, int got, int wanted)
{
	printf("control %s %s\n", name, name_of(got));
	if (got == wanted)
		return true;
	fprintf(stderr, "bench: %s: %s, but wanted %s\n", name, name_of(got),
		name_of(wanted));
	return false;
}

/**
 * mnd_step - Let the other program go on
 *
 * @fd: End of a pipe to it.
 *
 * Return: 0, or %-EPIPE if it cannot be told.
 */
int mnd_step(int fd)
{
	return write(fd, "", 1) == 1 ? 0 : -EPIPE;
}

/**
 * mnd_await - Wait until the other program lets us go on
 *
 * @fd: End of a pipe from it.
 *
 * Return: 0, or %-EPIPE if it has ended.
 */
int mnd_await(int fd)
{
	char byte;

	return read(fd, &byte, 1) == 1 ? 0 : -EPIPE;
}
