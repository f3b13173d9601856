// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate show`: a policy in words.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "../describe/describe.h"
#include "kernel.h"
#include "../describe/round_trip.h"

static int print_text(const char *text, size_t length)
{
	fwrite(text, 1, length, stdout);
	return mnd_flush_output();
}

#define NOT_ALL                              \
	"%s: what is shown may not be all, " \
	"it does not compile to this table: %s"

static int complain(const char *path, int err, const struct mnd_error *error)
{
	if (err == -ENOMEM)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	return mnd_complain(MND_EXIT_INVALID, NOT_ALL, path, error->text);
}

static int too_long(const char *path)
{
	return mnd_complain(MND_EXIT_INVALID, "%s: more than %u bytes to show",
			    path, MND_DESCRIPTION_MAX);
}

static int print_json(const char *path, const struct mnd_table *table)
{
	json_t *json;

	if (mnd_describe_json(table, &json) == -E2BIG)
		return too_long(path);
	return mnd_print_json(json, JSON_INDENT(2));
}

static int show_table(const char *path, const struct mnd_table *table,
		      bool json)
{
	struct mnd_error error;
	size_t length;
	char *text;
	int err, code;

	err = mnd_describe_toml(table, &text, &length);
	if (err == -E2BIG)
		return too_long(path);
	if (err)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	code = json ? print_json(path, table) : print_text(text, length);
	err = code ? 0 : mnd_round_trip(table, text, length, &error);
	free(text);
	return err ? complain(path, err, &error) : code;
}

static int show(const char *path, bool json)
{
	struct mnd_table table;
	u8 *bytes;
	int code;

	code = mnd_read_table(path, &bytes, &table);
	if (code)
		return code;
	code = show_table(path, &table, json);
	free(bytes);
	return code;
}

static int show_loaded(bool json)
{
	char *path;
	int code;

	code = mnd_kernel_check();
	if (code)
		return code;
	path = mnd_kernel_path("policy/table");
	if (!path)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	code = show(path, json);
	free(path);
	return code;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "loaded", no_argument, NULL, 'l' },
		MND_OPTION_HELP,
		{},
	};
	bool json = false, loaded = false;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'j':
			json = true;
			break;
		case 'l':
			loaded = true;
			break;
		default:
			return mnd_other_option(&mnd_cmd_show, option);
		}
	}
	if (argc - optind != !loaded)
		return mnd_usage(&mnd_cmd_show);
	return loaded ? show_loaded(json) : show(argv[optind], json);
}

const struct mnd_command mnd_cmd_show = {
	.name = "show",
	.usage = "[--json] POLICY | --loaded",
	.summary = "print a policy, table or source, as source or JSON",
	.run = run,
};
