// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate lint`: what in a policy is allowed, and probably not meant.
 */

#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "../lint/lint.h"
#include "../quote.h"

static json_t *warning_json(const struct mnd_warning *warning)
{
	json_t *object = json_object();

	if (warning->place.line) {
		json_object_set_new(object, "line",
				    json_integer(warning->place.line));
		json_object_set_new(object, "column",
				    json_integer(warning->place.column));
	}
	json_object_set_new(object, "text", mnd_quote_json(warning->text));
	return object;
}

static int print_json(const struct mnd_policy_source *policy)
{
	const struct mnd_warning *warning;
	json_t *array = json_array();

	for (warning = policy->warnings; warning; warning = warning->next)
		json_array_append_new(array, warning_json(warning));
	return mnd_print_json(array, JSON_INDENT(2));
}

static int print_lines(const char *path, const struct mnd_policy_source *policy)
{
	const struct mnd_warning *warning;

	for (warning = policy->warnings; warning; warning = warning->next) {
		if (warning->place.line)
			mnd_say("%s:%u:%u: %s", path, warning->place.line,
				warning->place.column, warning->text);
		else
			mnd_say("%s: %s", path, warning->text);
	}
	return mnd_flush_output();
}

static int answer(const char *path, const struct mnd_policy_source *policy,
		  bool json)
{
	int code = json ? print_json(policy) : print_lines(path, policy);

	if (code)
		return code;
	return policy->warnings ? MND_EXIT_NO : MND_EXIT_OK;
}

static int lint_policy(const char *path, struct mnd_policy_source *policy,
		       bool json)
{
	struct mnd_table table;
	u8 *bytes = NULL;
	u32 size;
	int code;

	code = mnd_compile_policy(path, policy, false, &bytes, &size);
	if (!code)
		code = mnd_verify_table(path, bytes, size, &table);
	if (!code && mnd_lint(&table, policy))
		code = mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	free(bytes);
	return code ? code : answer(path, policy, json);
}

static int lint(const char *path, const struct mnd_source_choices *choices,
		bool json)
{
	struct mnd_policy_source policy;
	int code;

	code = mnd_read_policy(path, choices, &policy);
	if (!code)
		code = lint_policy(path, &policy, json);
	mnd_policy_release(&policy);
	return code;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "from", required_argument, NULL, 'f' },
		{ "images", required_argument, NULL, 'i' },
		{ "json", no_argument, NULL, 'j' },
		{ "strict", no_argument, NULL, 't' },
		MND_OPTION_HELP,
		{},
	};
	struct mnd_source_choices choices = {};
	bool json = false;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'f':
			choices.from = optarg;
			break;
		case 'i':
			choices.images = optarg;
			break;
		case 'j':
			json = true;
			break;
		case 't':
			choices.strict = true;
			break;
		default:
			return mnd_other_option(&mnd_cmd_lint, option);
		}
	}
	if (argc - optind != 1)
		return mnd_usage(&mnd_cmd_lint);
	return lint(argv[optind], &choices, json);
}

const struct mnd_command mnd_cmd_lint = {
	.name = "lint",
	.usage = "[--json] [--from LANGUAGE] [--images PATH] [--strict] SOURCE",
	.summary =
		"look for what is probably not meant; 1 if anything is found",
	.details = MND_SOURCE_DETAILS,
	.run = run,
};
