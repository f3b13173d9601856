// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate status`: what the kernel enforces.
 */

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "kernel.h"

/* What may be missing: there is no policy, or the caller may not look. */
static bool is_optional(int err)
{
	return err == -ENOENT || err == -EACCES || err == -EPERM;
}

/* The first line of one of the kernel's files as a JSON string, or null. */
static json_t *line_of(const char *name, int *err)
{
	char *text;
	json_t *json;

	if (*err)
		return json_null();
	*err = mnd_kernel_read(name, &text);
	if (is_optional(*err)) {
		*err = 0;
		return json_null();
	}
	if (*err)
		return json_null();
	text[strcspn(text, "\n")] = 0;
	json = json_string(text);
	free(text);
	return json;
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

static json_t *namespaces(int *err)
{
	json_t *array;
	char *text, *rest, *line;

	if (*err)
		return json_null();
	*err = mnd_kernel_read("namespaces", &text);
	if (is_optional(*err)) {
		*err = 0;
		return json_null();
	}
	if (*err)
		return json_null();
	array = json_array();
	rest = text;
	while ((line = strsep(&rest, "\n")))
		if (*line)
			json_array_append_new(array, fields_of(line));
	free(text);
	return array;
}

static json_t *collect(int *err)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "mode",
			 line_of("mode", err), "pin", line_of("pin", err),
			 "policy", line_of("policy/name", err), "svn",
			 line_of("policy/svn", err), "digest",
			 line_of("policy/digest", err), "namespaces",
			 namespaces(err));
}

static void print_field(const json_t *status, const char *name)
{
	const char *text = json_string_value(json_object_get(status, name));

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
	int err = 0;
	json_t *found = collect(&err);
	bool is_loaded;
	int code;

	if (err || !found) {
		json_decref(found);
		return mnd_complain(err ? mnd_exit_of(err) : MND_EXIT_INTERNAL,
				    "cannot read the status: %s",
				    strerror(err ? -err : ENOMEM));
	}
	is_loaded = json_is_string(json_object_get(found, "policy"));
	if (json) {
		code = mnd_print_json(found);
	} else {
		print_text(found);
		json_decref(found);
		code = mnd_flush_output();
	}
	if (code)
		return code;
	return is_loaded ? MND_EXIT_OK : MND_EXIT_NO;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{},
	};
	bool json = false;
	int option, code;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option != 'j')
			return mnd_usage(&mnd_cmd_status);
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
