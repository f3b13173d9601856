// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate hook`: an OCI createRuntime hook that binds the container which the
 * runtime is making.  It starts no process: a runtime waits for whoever has
 * inherited its pipes.
 */

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../bind.h"
#include "cli.h"
#include "kernel.h"

#define ANNOTATION "io.mandate.container"

/*
 * A container is named by an annotation, or by its id.  What is there but says
 * no name gives NULL, lest another container's rules are taken.
 */
static const char *name_of_state(const json_t *state)
{
	const json_t *annotations = json_object_get(state, "annotations");
	const json_t *name = json_object_get(annotations, ANNOTATION);

	if (!annotations || (json_is_object(annotations) && !name))
		name = json_object_get(state, "id");
	return json_string_value(name);
}

/* The runtime speaks of its own mount namespace if it gives this process. */
static bool is_own_namespace(pid_t pid)
{
	char path[64], own[64], other[64];
	ssize_t own_size, other_size;

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	own_size = readlink("/proc/self/ns/mnt", own, sizeof(own));
	other_size = readlink(path, other, sizeof(other));
	return own_size > 0 && own_size == other_size &&
	       !memcmp(own, other, (size_t)own_size);
}

static int complain(const char *text)
{
	return mnd_complain(MND_EXIT_INVALID, "the container's state: %s",
			    text);
}

static int bind_state(const json_t *state, const char *option, bool json)
{
	json_int_t pid = json_integer_value(json_object_get(state, "pid"));
	const char *container = option ? option : name_of_state(state);
	char what[32];
	int code;

	if (pid < 1 || pid > INT_MAX)
		return complain("no \"pid\": is it a createRuntime hook?");
	if (!container)
		return complain("no string \"id\" or \"" ANNOTATION "\"");
	if (is_own_namespace((pid_t)pid))
		return complain("no mount namespace of its own");
	snprintf(what, sizeof(what), "process %lld", pid);
	code = mnd_bind(what, mnd_open_pid((pid_t)pid), container);
	if (code || !json)
		return code;
	return mnd_print_bound("pid", json_integer(pid), container);
}

static int hook(const char *option, bool json)
{
	struct mnd_input input;
	json_error_t error;
	json_t *state;
	int code;

	code = mnd_read_file("-", &input);
	if (code) {
		free(input.bytes);
		return code;
	}
	state = json_loadb(input.bytes, input.length, JSON_REJECT_DUPLICATES,
			   &error);
	free(input.bytes);
	if (!state)
		return mnd_complain(MND_EXIT_INVALID,
				    "standard input:%d:%d: %s", error.line,
				    error.column, error.text);
	code = bind_state(state, option, json);
	json_decref(state);
	return code;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "container", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		MND_OPTION_HELP,
		{},
	};
	const char *container = NULL;
	bool json = false;
	int option, code;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'c':
			container = optarg;
			break;
		case 'j':
			json = true;
			break;
		default:
			return mnd_other_option(&mnd_cmd_hook, option);
		}
	}
	if (argc != optind)
		return mnd_usage(&mnd_cmd_hook);
	code = mnd_kernel_check();
	return code ? code : hook(container, json);
}

const struct mnd_command mnd_cmd_hook = {
	.name = "hook",
	.usage = "[--json] [--container NAME] < STATE",
	.summary = "bind a container, as an OCI createRuntime hook",
	.run = run,
};
