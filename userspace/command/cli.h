/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the subcommands of `mandate` share: exit codes, messages and input.
 */

#ifndef _MANDATE_CLI_H
#define _MANDATE_CLI_H

#include <getopt.h>
#include <jansson.h>

#include "../policy/policy.h"

/**
 * enum mnd_exit - Exit codes, the same for all subcommands
 *
 * @MND_EXIT_OK: Done; allowed.
 * @MND_EXIT_NO: A negative answer: denied, different, not loaded.
 * @MND_EXIT_USAGE: The command line is wrong.
 * @MND_EXIT_INVALID: An input is not what it should be.
 * @MND_EXIT_PERMISSION: Not permitted.
 * @MND_EXIT_ABSENT: The kernel has no mandate, or one that is too old.
 * @MND_EXIT_REFUSED: The kernel refused.
 * @MND_EXIT_NOT_FOUND: A file, container, process or namespace is not there.
 * @MND_EXIT_CONFLICT: It is there already, or in use.
 * @MND_EXIT_INTERNAL: A bug, or no memory.
 */
enum mnd_exit {
	MND_EXIT_OK = 0,
	MND_EXIT_NO = 1,
	MND_EXIT_USAGE = 2,
	MND_EXIT_INVALID = 3,
	MND_EXIT_PERMISSION = 4,
	MND_EXIT_ABSENT = 5,
	MND_EXIT_REFUSED = 6,
	MND_EXIT_NOT_FOUND = 7,
	MND_EXIT_CONFLICT = 8,
	MND_EXIT_INTERNAL = 70,
};

/**
 * struct mnd_command - A subcommand
 *
 * @name: Its name.
 * @usage: Its arguments.
 * @summary: What it does, in a few words.
 * @details: What else its help says, or NULL.
 * @run: Runs it, with its own name as argv[0]; returns an enum mnd_exit.
 */
struct mnd_command {
	const char *name;
	const char *usage;
	const char *summary;
	const char *details;
	int (*run)(int argc, char *argv[]);
};

extern const struct mnd_command mnd_cmd_bench;
extern const struct mnd_command mnd_cmd_bind;
extern const struct mnd_command mnd_cmd_check;
extern const struct mnd_command mnd_cmd_compile;
extern const struct mnd_command mnd_cmd_convert;
extern const struct mnd_command mnd_cmd_diff;
extern const struct mnd_command mnd_cmd_hook;
extern const struct mnd_command mnd_cmd_lint;
extern const struct mnd_command mnd_cmd_load;
extern const struct mnd_command mnd_cmd_monitor;
extern const struct mnd_command mnd_cmd_show;
extern const struct mnd_command mnd_cmd_status;
extern const struct mnd_command mnd_cmd_test;

/* What the help of a command that takes a source says about it. */
#define MND_SOURCE_DETAILS                                                  \
	"  --from confcom|hcsshim-json|hcsshim-rego|hcsshim-toml|initdata|" \
	"kata|mandate\n"                                                    \
	"  --images FACTS|FOLDER\n"                                         \
	"  --strict"

/* Every subcommand has this one, and "h" among its short options. */
#define MND_OPTION_HELP                        \
	{                                      \
		"help", no_argument, NULL, 'h' \
	}

/**
 * struct mnd_input - A file that has been read
 *
 * @path: Its path, for messages; "-" for the standard input.
 * @bytes: Its content.
 * @length: Of @bytes.
 */
struct mnd_input {
	const char *path;
	char *bytes;
	size_t length;
};

/**
 * struct mnd_source_choices - What a command line says about a source
 *
 * All zero: nothing.
 *
 * @from: Name of its language, or NULL: it tells itself.
 * @images: Path of the facts of the images that it names, or of a folder with
 *	these images; or NULL.
 * @strict: Where hcsshim is lax by accident, be not.
 */
struct mnd_source_choices {
	const char *from;
	const char *images;
	bool strict;
};

/* cli.c */
__printf(2, 3) int mnd_complain(enum mnd_exit code, const char *format, ...);
__printf(1, 2) void mnd_say(const char *format, ...);
int mnd_complain_of_file(const char *path, int error);
int mnd_usage(const struct mnd_command *command);
int mnd_other_option(const struct mnd_command *command, int option);
int mnd_parse_number(const char *text, unsigned long most,
		     unsigned long *number);
int mnd_exit_of_kernel(int error);
int mnd_print_json(json_t *json, size_t flags);
int mnd_print_table(const char *digest, u32 length);
int mnd_flush_output(void);

/* input.c */
int mnd_read_file(const char *path, struct mnd_input *input);
int mnd_read_policy(const char *path, const struct mnd_source_choices *choices,
		    struct mnd_policy_source *policy);
void mnd_print_warnings(const char *path,
			const struct mnd_policy_source *policy);
int mnd_compile_policy(const char *path, const struct mnd_policy_source *policy,
		       bool strip, u8 **table, u32 *size);
int mnd_verify_table(const char *path, const u8 *bytes, u32 size,
		     struct mnd_table *table);
int mnd_read_table(const char *path, u8 **bytes, struct mnd_table *table);

#endif /* _MANDATE_CLI_H */
