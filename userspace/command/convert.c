// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate convert`: writes a source of any language in mandate's own.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "../describe/describe.h"
#include "output.h"
#include "../describe/round_trip.h"

/* What the command line wants. */
struct request {
	struct mnd_source_choices choices;
	const char *path;
};

static int put_file(const char *path, const char *text, size_t length)
{
	struct mnd_output output;
	int err;

	err = mnd_output_write(&output, path, (const u8 *)text, length);
	if (!err)
		err = mnd_output_keep(&output);
	return err ? mnd_complain_of_file(path, err) : MND_EXIT_OK;
}

static int put_text(const char *path, const char *text, size_t length)
{
	int err;

	if (path)
		return put_file(path, text, length);
	err = mnd_write_all(STDOUT_FILENO, (const u8 *)text, length);
	return err ? mnd_complain_of_file("standard output", err) : MND_EXIT_OK;
}

#define CANNOT "%s: cannot be said in mandate's own language: %s"

/* Nothing is written that would not make the same table. */
static int convert_table(const char *source, const struct request *request,
			 const struct mnd_table *table)
{
	struct mnd_error error = {};
	size_t length;
	char *text;
	int err, code;

	err = mnd_describe_toml(table, &text, &length);
	if (err == -E2BIG)
		mnd_fail(&error, 0, 0, "it takes more than %u bytes",
			 MND_DESCRIPTION_MAX);
	else if (!err)
		err = mnd_round_trip(table, text, length, &error);
	if (err == -ENOMEM)
		code = mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	else if (err)
		code = mnd_complain(MND_EXIT_INVALID, CANNOT, source,
				    error.text);
	else
		code = put_text(request->path, text, length);
	free(text);
	return code;
}

static int convert(const char *source, const struct request *request)
{
	struct mnd_policy_source policy;
	struct mnd_table table;
	u8 *bytes = NULL;
	u32 size;
	int code;

	code = mnd_read_policy(source, &request->choices, &policy);
	if (!code)
		mnd_print_warnings(source, &policy);
	if (!code)
		code = mnd_compile_policy(source, &policy, true, &bytes, &size);
	if (!code)
		code = mnd_verify_table(source, bytes, size, &table);
	if (!code)
		code = convert_table(source, request, &table);
	mnd_policy_release(&policy);
	free(bytes);
	return code;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "from", required_argument, NULL, 'f' },
		{ "images", required_argument, NULL, 'i' },
		{ "output", required_argument, NULL, 'o' },
		{ "strict", no_argument, NULL, 't' },
		MND_OPTION_HELP,
		{},
	};
	struct request request = {};
	int option;

	while ((option = getopt_long(argc, argv, "ho:", options, NULL)) != -1) {
		switch (option) {
		case 'f':
			request.choices.from = optarg;
			break;
		case 'i':
			request.choices.images = optarg;
			break;
		case 'o':
			request.path = strcmp(optarg, "-") ? optarg : NULL;
			break;
		case 't':
			request.choices.strict = true;
			break;
		default:
			return mnd_other_option(&mnd_cmd_convert, option);
		}
	}
	if (argc - optind != 1)
		return mnd_usage(&mnd_cmd_convert);
	return convert(argv[optind], &request);
}

const struct mnd_command mnd_cmd_convert = {
	.name = "convert",
	.usage =
		"[--from LANGUAGE] [--images PATH] [--strict] [-o POLICY] SOURCE",
	.summary = "write a policy of another language in mandate's own",
	.details = MND_SOURCE_DETAILS,
	.run = run,
};
