// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate compile`: makes a table of a source.
 */

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "../digest.h"
#include "output.h"

/* What the command line wants of the table. */
struct request {
	struct mnd_source_choices choices;
	const char *path;
	bool strip;
	bool json;
};

static int print_summary(const struct request *request, const u8 *table,
			 u32 size)
{
	char digest[MND_DIGEST_SIZE];

	if (mnd_digest(table, size, digest))
		return mnd_complain(MND_EXIT_INTERNAL, "no SHA-256");
	if (request->json)
		return mnd_print_table(digest, size);
	printf("%s  %s\n", digest, request->path);
	return mnd_flush_output();
}

static int put_file(const struct request *request, const u8 *table, u32 size)
{
	struct mnd_output output;
	int err, code;

	err = mnd_output_write(&output, request->path, table, size);
	if (err)
		return mnd_complain_of_file(request->path, err);
	/* What was there stays until nothing else can go wrong. */
	code = print_summary(request, table, size);
	if (code) {
		mnd_output_drop(&output);
		return code;
	}
	err = mnd_output_keep(&output);
	return err ? mnd_complain_of_file(request->path, err) : MND_EXIT_OK;
}

static int put_standard_output(const u8 *table, u32 size)
{
	int err;

	if (isatty(STDOUT_FILENO))
		return mnd_complain(MND_EXIT_USAGE,
				    "a table is binary, name a file");
	err = mnd_write_all(STDOUT_FILENO, table, size);
	return err ? mnd_complain_of_file("standard output", err) : MND_EXIT_OK;
}

static int compile(const char *source, const struct request *request)
{
	struct mnd_policy_source policy;
	u8 *table;
	u32 size;
	int code;

	code = mnd_read_policy(source, &request->choices, &policy);
	if (!code)
		mnd_print_warnings(source, &policy);
	if (!code)
		code = mnd_compile_policy(source, &policy, request->strip,
					  &table, &size);
	mnd_policy_release(&policy);
	if (code)
		return code;
	code = request->path ? put_file(request, table, size) :
			       put_standard_output(table, size);
	free(table);
	return code;
}

/* Which tables it takes, a kernel says in its file "version". */
static int check_abi(const char *text)
{
	unsigned long abi;

	if (mnd_parse_number(text, ULONG_MAX, &abi))
		return mnd_usage(&mnd_cmd_compile);
	if (abi == MND_TABLE_ABI)
		return MND_EXIT_OK;
	return mnd_complain(MND_EXIT_USAGE,
			    "--target-abi %lu: tables are of ABI %u", abi,
			    MND_TABLE_ABI);
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "from", required_argument, NULL, 'f' },
		{ "images", required_argument, NULL, 'i' },
		{ "json", no_argument, NULL, 'j' },
		{ "output", required_argument, NULL, 'o' },
		{ "strict", no_argument, NULL, 't' },
		{ "strip", no_argument, NULL, 's' },
		{ "target-abi", required_argument, NULL, 'a' },
		MND_OPTION_HELP,
		{},
	};
	struct request request = {};
	int option, code;

	while ((option = getopt_long(argc, argv, "ho:", options, NULL)) != -1) {
		switch (option) {
		case 'a':
			code = check_abi(optarg);
			if (code)
				return code;
			break;
		case 'f':
			request.choices.from = optarg;
			break;
		case 'i':
			request.choices.images = optarg;
			break;
		case 'j':
			request.json = true;
			break;
		case 'o':
			request.path = strcmp(optarg, "-") ? optarg : NULL;
			break;
		case 's':
			request.strip = true;
			break;
		case 't':
			request.choices.strict = true;
			break;
		default:
			return mnd_other_option(&mnd_cmd_compile, option);
		}
	}
	if (argc - optind != 1)
		return mnd_usage(&mnd_cmd_compile);
	if (request.json && !request.path)
		return mnd_complain(MND_EXIT_USAGE,
				    "--json needs a file for the table");
	return compile(argv[optind], &request);
}

const struct mnd_command mnd_cmd_compile = {
	.name = "compile",
	.usage =
		"[--json] [--from LANGUAGE] [--images PATH] [--strict] [--strip] [--target-abi N] [-o TABLE] SOURCE",
	.summary = "make a table of a policy's source, and print its digest",
	.details = MND_SOURCE_DETAILS,
	.run = run,
};
