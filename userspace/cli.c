// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the subcommands of `mandate` share: exit codes, messages and input.
 */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "cli.h"

/**
 * mnd_complain - Say in one line what is wrong
 *
 * @code: Exit code that goes with it.
 * @format: As for printf(3), without a newline.
 *
 * Return: @code.
 */
int mnd_complain(enum mnd_exit code, const char *format, ...)
{
	va_list args;

	fputs("mandate: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return code;
}

/**
 * mnd_usage - Say in one line how a subcommand is called
 *
 * @command: Subcommand.
 *
 * Return: MND_EXIT_USAGE.
 */
int mnd_usage(const struct mnd_command *command)
{
	fprintf(stderr, "usage: mandate %s %s\n", command->name,
		command->usage);
	return MND_EXIT_USAGE;
}

/**
 * mnd_exit_of - The exit code of a system call's error
 *
 * @error: A negative errno.
 *
 * Return: An enum mnd_exit.
 */
int mnd_exit_of(int error)
{
	switch (error) {
	case -EACCES:
	case -EPERM:
		return MND_EXIT_PERMISSION;
	case -ENOENT:
	case -ESRCH:
	case -ESTALE:
		return MND_EXIT_NOT_FOUND;
	case -EALREADY:
	case -EBUSY:
	case -EEXIST:
		return MND_EXIT_CONFLICT;
	case -ENOMEM:
		return MND_EXIT_INTERNAL;
	default:
		return MND_EXIT_REFUSED;
	}
}

/**
 * mnd_flush_output - Make sure that everything has been written
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_flush_output(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return MND_EXIT_OK;
	return mnd_complain(MND_EXIT_INVALID, "cannot write the output: %s",
			    strerror(errno));
}

/**
 * mnd_print_json - Print a JSON value and a newline
 *
 * @json: Value, which is released; NULL if there was no memory for it.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_print_json(json_t *json)
{
	if (!json)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	json_dumpf(json, stdout, JSON_INDENT(2));
	json_decref(json);
	putchar('\n');
	return mnd_flush_output();
}
