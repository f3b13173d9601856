// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The command `mandate`: finds the subcommand and runs it.
 */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

#ifndef MND_VERSION
#error "MND_VERSION is defined by the Makefile"
#endif

static const struct mnd_command *const commands[] = {
	&mnd_cmd_bench,	  &mnd_cmd_bind,    &mnd_cmd_check, &mnd_cmd_compile,
	&mnd_cmd_convert, &mnd_cmd_diff,    &mnd_cmd_hook,  &mnd_cmd_lint,
	&mnd_cmd_load,	  &mnd_cmd_monitor, &mnd_cmd_show,  &mnd_cmd_status,
	&mnd_cmd_test,
};

static int print_help(void)
{
	size_t i;

	puts("usage: mandate COMMAND [ARGUMENT]...\n\n"
	     "Compile, check, load and explain the policies of the mandate LSM.\n");
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		printf("  %-8s  %s\n", commands[i]->name, commands[i]->summary);
	puts("\n`mandate COMMAND --help` tells a command's arguments; see mandate(8).");
	return mnd_flush_output();
}

/*
 * A standard stream that is closed must not become a file that is opened
 * later: each is made one on which its use is an error.
 */
static bool open_standard_streams(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd)
			return false;
	return true;
}

static bool asks_help(const char *word)
{
	return !strcmp(word, "--help") || !strcmp(word, "-h") ||
	       !strcmp(word, "help");
}

int main(int argc, char *argv[])
{
	size_t i;

	if (!open_standard_streams())
		return MND_EXIT_INTERNAL;
	/* Messages are our own, in one form and in one line. */
	opterr = 0;
	if (argc < 2)
		return mnd_complain(MND_EXIT_USAGE,
				    "which command? try --help");
	if (asks_help(argv[1]))
		return print_help();
	if (!strcmp(argv[1], "--version")) {
		printf("mandate %s, table ABI %u\n", MND_VERSION,
		       MND_TABLE_ABI);
		return mnd_flush_output();
	}
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i]->name, argv[1]))
			return commands[i]->run(argc - 1, argv + 1);
	return mnd_complain(MND_EXIT_USAGE, "no command \"%s\"; try --help",
			    argv[1]);
}
