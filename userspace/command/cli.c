// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the subcommands of `mandate` share: exit codes, messages and options.
 */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"

/* Length of the control character that @text begins with; 0 if it is none. */
static size_t control_length(const char *text)
{
	const unsigned char *byte = (const unsigned char *)text;

	if (byte[0] < ' ' || byte[0] == 0x7f)
		return 1;
	/* U+0080 to U+009F, which some terminals obey as well. */
	return byte[0] == 0xc2 && byte[1] >= 0x80 && byte[1] <= 0x9f ? 2 : 0;
}

/* A name or a value in a message can be anybody's, and must stay in it. */
static void print_escaped(FILE *stream, const char *text)
{
	size_t length;

	while (*text) {
		length = control_length(text);
		if (!length)
			putc(*text++, stream);
		for (; length; length--)
			fprintf(stream, "\\x%02x", (unsigned char)*text++);
	}
}

static void print_line(FILE *stream, const char *before, const char *format,
		       va_list args)
{
	char *text;
	int length = vasprintf(&text, format, args);

	fputs(before, stream);
	print_escaped(stream, length < 0 ? "out of memory" : text);
	putc('\n', stream);
	if (length >= 0)
		free(text);
}

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

	va_start(args, format);
	print_line(stderr, "mandate: ", format, args);
	va_end(args);
	return code;
}

/**
 * mnd_say - Print a line of an answer
 *
 * @format: As for printf(3), without a newline.
 */
void mnd_say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_line(stdout, "", format, args);
	va_end(args);
}

/* The exit code of what went wrong with a file that the caller named. */
static enum mnd_exit exit_of_file(int error)
{
	switch (error) {
	case -ENOENT:
	case -ENOTDIR:
		return MND_EXIT_NOT_FOUND;
	case -EACCES:
	case -EPERM:
	case -EROFS:
		return MND_EXIT_PERMISSION;
	case -ENOMEM:
		return MND_EXIT_INTERNAL;
	default:
		return MND_EXIT_INVALID;
	}
}

/**
 * mnd_complain_of_file - Say what went wrong with a file
 *
 * @path: Its path, or what it is.
 * @error: A negative errno.
 *
 * Return: An enum mnd_exit.
 */
int mnd_complain_of_file(const char *path, int error)
{
	return mnd_complain(exit_of_file(error), "%s: %s", path,
			    strerror(-error));
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
	return mnd_complain(MND_EXIT_USAGE, "usage: mandate %s %s",
			    command->name, command->usage);
}

/**
 * mnd_other_option - Take an option that is no subcommand's own
 *
 * @command: Subcommand.
 * @option: What getopt_long(3) gave.
 *
 * Return: MND_EXIT_OK after --help, else MND_EXIT_USAGE.
 */
int mnd_other_option(const struct mnd_command *command, int option)
{
	if (option != 'h')
		return mnd_usage(command);
	printf("usage: mandate %s %s\n\n%s\n", command->name, command->usage,
	       command->summary);
	if (command->details)
		printf("\n%s\n", command->details);
	return mnd_flush_output();
}

/**
 * mnd_parse_number - Read a number that is not zero
 *
 * @text: Decimal digits, and nothing else.
 * @most: Largest number.
 * @number: Written: the number.
 *
 * Return: 0, or -EINVAL.
 */
int mnd_parse_number(const char *text, unsigned long most,
		     unsigned long *number)
{
	if (!*text || text[strspn(text, "0123456789")])
		return -EINVAL;
	errno = 0;
	*number = strtoul(text, NULL, 10);
	return errno || !*number || *number > most ? -EINVAL : 0;
}

/**
 * mnd_exit_of_kernel - The exit code of what the kernel answered
 *
 * @error: A negative errno.
 *
 * Return: An enum mnd_exit.
 */
int mnd_exit_of_kernel(int error)
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
	if (fflush(stdout))
		return mnd_complain_of_file("standard output", -errno);
	/* An earlier write failed, and nobody has kept its errno. */
	if (ferror(stdout))
		return mnd_complain_of_file("standard output", -EIO);
	return MND_EXIT_OK;
}

/**
 * mnd_print_json - Print a JSON value and a newline
 *
 * @json: Value, which is released; NULL if there was no memory for it.
 * @flags: As for json_dumpf().
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_print_json(json_t *json, size_t flags)
{
	if (!json)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	json_dumpf(json, stdout, flags);
	json_decref(json);
	putchar('\n');
	return mnd_flush_output();
}

/**
 * mnd_print_table - Print in JSON which table it is, as one line
 *
 * @digest: As mnd_digest() writes it.
 * @length: Of the table, in bytes.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_print_table(const char *digest, u32 length)
{
	return mnd_print_json(json_pack("{ss sI}", "digest", digest, "length",
					(json_int_t)length),
			      JSON_COMPACT);
}
