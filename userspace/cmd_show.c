// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate show`: a policy in words.
 */

#include <getopt.h>
#include <stdlib.h>

#include "cli.h"
#include "describe.h"
#include "kernel.h"

static int show(const char *path, bool json)
{
	struct mnd_table table;
	u8 *bytes;
	int code;

	code = mnd_read_table(path, &bytes, &table);
	if (code)
		return code;
	if (json) {
		code = mnd_print_json(mnd_describe_json(&table));
	} else {
		mnd_describe_toml(stdout, &table);
		code = mnd_flush_output();
	}
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
		{},
	};
	bool json = false, loaded = false;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'j':
			json = true;
			break;
		case 'l':
			loaded = true;
			break;
		default:
			return mnd_usage(&mnd_cmd_show);
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
