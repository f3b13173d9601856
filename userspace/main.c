// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The command `mandate`: finds the subcommand and runs it.
 */

#include <stdio.h>
#include <string.h>

#include "cli.h"

#ifndef MND_VERSION
#error "MND_VERSION is defined by the Makefile"
#endif

static const struct mnd_command *const commands[] = {
	&mnd_cmd_bind, &mnd_cmd_check,	 &mnd_cmd_compile, &mnd_cmd_hook,
	&mnd_cmd_load, &mnd_cmd_monitor, &mnd_cmd_show,	   &mnd_cmd_status,
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

static int print_command_help(const struct mnd_command *command)
{
	printf("usage: mandate %s %s\n\n%s\n", command->name, command->usage,
	       command->summary);
	return mnd_flush_output();
}

static int run(const struct mnd_command *command, int argc, char *argv[])
{
	if (argc > 1 && !strcmp(argv[1], "--help"))
		return print_command_help(command);
	return command->run(argc, argv);
}

int main(int argc, char *argv[])
{
	size_t i;

	if (argc < 2) {
		mnd_complain(MND_EXIT_USAGE, "which command? try --help");
		return MND_EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help"))
		return print_help();
	if (!strcmp(argv[1], "--version")) {
		printf("mandate %s, table ABI %u\n", MND_VERSION,
		       MND_TABLE_ABI);
		return mnd_flush_output();
	}
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i]->name, argv[1]))
			return run(commands[i], argc - 1, argv + 1);
	return mnd_complain(MND_EXIT_USAGE, "no command \"%s\"; try --help",
			    argv[1]);
}
