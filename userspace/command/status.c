// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate status`: what the kernel enforces.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "kernel.h"

/* The first line of @text; null if it is empty. */
static json_t *line_of(char *text)
{
	text[strcspn(text, "\n")] = 0;
	return *text ? json_string(text) : json_null();
}

/* "key=value key=value" as an object. */
static json_t *fields_of(char *line)
{
	json_t *object = json_object();
	char *word, *value;

	while ((word = strsep(&line, " "))) {
		value = strchr(word, '=');
		if (!value)
			continue;
		*value++ = 0;
		json_object_set_new(object, word, json_string(value));
	}
	return object;
}

static json_t *namespaces_of(char *text)
{
	json_t *array = json_array();
	char *line;

	while ((line = strsep(&text, "\n")))
		if (*line)
			json_array_append_new(array, fields_of(line));
	return array;
}

/*
 * Adds what a file says.  What is not there is null, and what the caller may
 * not read is left out: the two are not the same.
 */
static int add_file(json_t *status, const char *key, const char *file,
		    json_t *(*parse)(char *text))
{
	char *text;
	int err;

	err = mnd_kernel_read(file, &text);
	if (err == -EACCES || err == -EPERM)
		return 0;
	if (err == -ENOENT) {
		json_object_set_new(status, key, json_null());
		return 0;
	}
	if (err)
		return err;
	json_object_set_new(status, key, parse(text));
	free(text);
	return 0;
}

static int collect(json_t *status)
{
	static const struct {
		const char *key;
		const char *file;
		json_t *(*parse)(char *text);
	} files[] = {
		{ "mode", "mode", line_of },
		{ "pin", "pin", line_of },
		{ "policy", "policy/name", line_of },
		{ "svn", "policy/svn", line_of },
		{ "digest", "policy/digest", line_of },
		{ "namespaces", "namespaces", namespaces_of },
	};
	size_t i;
	int err = status ? 0 : -ENOMEM;

	for (i = 0; !err && i < ARRAY_SIZE(files); i++)
		err = add_file(status, files[i].key, files[i].file,
			       files[i].parse);
	return err;
}

static void print_field(const json_t *status, const char *name)
{
	const json_t *value = json_object_get(status, name);
	const char *text = json_string_value(value);

	if (value)
		printf("%-8s %s\n", name, text ? text : "-");
}

static void print_namespaces(const json_t *array)
{
	const char *key;
	json_t *namespace, *value;
	size_t i;

	if (!json_array_size(array))
		return;
	puts("namespaces");
	json_array_foreach(array, i, namespace) {
		putchar(' ');
		json_object_foreach(namespace, key, value)
			printf(" %s=%s", key, json_string_value(value));
		putchar('\n');
	}
}

static void print_text(const json_t *status)
{
	print_field(status, "mode");
	print_field(status, "pin");
	print_field(status, "policy");
	print_field(status, "svn");
	print_field(status, "digest");
	print_namespaces(json_object_get(status, "namespaces"));
}

static int report(bool json)
{
	json_t *found = json_object();
	bool is_absent;
	int err, code;

	err = collect(found);
	if (err) {
		json_decref(found);
		return mnd_complain(mnd_exit_of_kernel(err),
				    "cannot read the status: %s",
				    strerror(-err));
	}
	is_absent = json_is_null(json_object_get(found, "policy"));
	if (json) {
		code = mnd_print_json(found, JSON_INDENT(2));
	} else {
		print_text(found);
		json_decref(found);
		code = mnd_flush_output();
	}
	if (code)
		return code;
	return is_absent ? MND_EXIT_NO : MND_EXIT_OK;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		MND_OPTION_HELP,
		{},
	};
	bool json = false;
	int option, code;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option != 'j')
			return mnd_other_option(&mnd_cmd_status, option);
		json = true;
	}
	if (argc != optind)
		return mnd_usage(&mnd_cmd_status);
	code = mnd_kernel_check();
	return code ? code : report(json);
}

const struct mnd_command mnd_cmd_status = {
	.name = "status",
	.usage = "[--json]",
	.summary = "tell mode, policy and namespaces; 1 without a policy",
	.run = run,
};
