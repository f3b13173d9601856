// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate diff`: what differs in two policies.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "../describe/describe.h"
#include "../diff.h"

static int read_json(const char *path, json_t **json)
{
	struct mnd_table table;
	u8 *bytes;
	int code, err;

	*json = NULL;
	code = mnd_read_table(path, &bytes, &table);
	if (code)
		return code;
	err = mnd_describe_json(&table, json);
	free(bytes);
	if (err == -E2BIG)
		return mnd_complain(MND_EXIT_INVALID,
				    "%s: more than %u bytes to show", path,
				    MND_DESCRIPTION_MAX);
	if (err)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	return MND_EXIT_OK;
}

/* Keys with commas between, and the value. */
static void print_side(char sign, const char *path, const json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY);

	mnd_say("%c %s: %s", sign, path, text ? text : "?");
	free(text);
}

static char *join_path(const json_t *path)
{
	char *joined = strdup(""), *longer;
	const json_t *key;
	size_t i;

	json_array_foreach(path, i, key) {
		if (!joined ||
		    asprintf(&longer, "%s%s%s", joined, i ? ", " : "",
			     json_string_value(key)) < 0)
			longer = NULL;
		free(joined);
		joined = longer;
	}
	return joined;
}

static void print_difference(const json_t *difference)
{
	const json_t *a = json_object_get(difference, "a");
	const json_t *b = json_object_get(difference, "b");
	char *path = join_path(json_object_get(difference, "path"));

	if (a)
		print_side('-', path ? path : "?", a);
	if (b)
		print_side('+', path ? path : "?", b);
	free(path);
}

/* Ends with 1 if there is a difference. */
static int answer(json_t *found, bool json)
{
	const bool different = json_array_size(found);
	const json_t *difference;
	size_t i;
	int code;

	if (json) {
		code = mnd_print_json(found, JSON_INDENT(2));
	} else {
		json_array_foreach(found, i, difference)
			print_difference(difference);
		json_decref(found);
		code = mnd_flush_output();
	}
	if (code)
		return code;
	return different ? MND_EXIT_NO : MND_EXIT_OK;
}

static int diff(char *const paths[2], bool json)
{
	json_t *a = NULL, *b = NULL;
	int code;

	code = read_json(paths[0], &a);
	if (!code)
		code = read_json(paths[1], &b);
	if (!code)
		code = answer(mnd_diff(a, b), json);
	json_decref(a);
	json_decref(b);
	return code;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		MND_OPTION_HELP,
		{},
	};
	bool json = false;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option != 'j')
			return mnd_other_option(&mnd_cmd_diff, option);
		json = true;
	}
	if (argc - optind != 2)
		return mnd_usage(&mnd_cmd_diff);
	return diff(argv + optind, json);
}

const struct mnd_command mnd_cmd_diff = {
	.name = "diff",
	.usage = "[--json] POLICY POLICY",
	.summary = "tell what differs in two policies; 1 if anything does",
	.run = run,
};
