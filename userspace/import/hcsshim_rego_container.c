// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Containers and external processes, as hcsshim's Rego has them; and what it
 * does with those that were written for an older framework.
 */

#include "hcsshim_rego.h"

/* The members of a container that count. */
enum field {
	FIELD_COMMAND,
	FIELD_ENV_RULES,
	FIELD_LAYERS,
	FIELD_MOUNTS,
	FIELD_EXEC_PROCESSES,
	FIELD_SIGNALS,
	FIELD_ALLOW_ELEVATED,
	FIELD_WORKING_DIR,
	FIELD_ALLOW_STDIO_ACCESS,
	FIELD_NO_NEW_PRIVILEGES,
	FIELD_USER,
	FIELD_CAPABILITIES,
	FIELD_SECCOMP,
	FIELD_COUNT,
};

/*
 * Their keys; since when they count; and whether a container without it can be
 * made, if it is written for the newest framework.
 */
static const struct {
	const char *key;
	u64 since;
	bool spare;
} fields[FIELD_COUNT] = {
	[FIELD_COMMAND] = { "command", 0, false },
	[FIELD_ENV_RULES] = { "env_rules", 0, false },
	[FIELD_LAYERS] = { "layers", 0, false },
	[FIELD_MOUNTS] = { "mounts", 0, false },
	[FIELD_EXEC_PROCESSES] = { "exec_processes", 0, true },
	[FIELD_SIGNALS] = { "signals", 0, true },
	[FIELD_ALLOW_ELEVATED] = { "allow_elevated", 0, false },
	[FIELD_WORKING_DIR] = { "working_dir", 0, false },
	[FIELD_ALLOW_STDIO_ACCESS] = { "allow_stdio_access", 0, false },
	[FIELD_NO_NEW_PRIVILEGES] = { "no_new_privileges",
				      MND_HCSSHIM_VERSION(0, 2, 0), false },
	[FIELD_USER] = { "user", MND_HCSSHIM_VERSION(0, 2, 1), false },
	[FIELD_CAPABILITIES] = { "capabilities", MND_HCSSHIM_VERSION(0, 2, 2),
				 false },
	[FIELD_SECCOMP] = { "seccomp_profile_sha256",
			    MND_HCSSHIM_VERSION(0, 2, 3), false },
};

/* Before, every container could be sent SIGKILL and SIGTERM. */
#define SIGNALS_SINCE MND_HCSSHIM_VERSION(0, 4, 1)
#define SIGNALS_BEFORE (1ULL << (9 - 1) | 1ULL << (15 - 1))

/**
 * struct source - A container as it was written
 *
 * @value: The object.
 * @fields: Its members that count.
 * @name: What az confcom calls it, or NULL.
 * @id: Its image, if az confcom says it, or NULL.
 */
struct source {
	const struct mnd_value *value;
	const struct mnd_value *fields[FIELD_COUNT];
	const struct mnd_value *name;
	const struct mnd_value *id;
};

static int take_source(struct mnd_import *import, const struct mnd_value *value,
		       struct source *source)
{
	struct mnd_value_pick picks[FIELD_COUNT + 2] = {
		[FIELD_COUNT] = { "name", &source->name },
		[FIELD_COUNT + 1] = { "id", &source->id },
	};
	const struct mnd_value_picks all = { "a container", picks,
					     ARRAY_SIZE(picks) };
	size_t i;

	memset(source, 0, sizeof(*source));
	source->value = value;
	for (i = 0; i < FIELD_COUNT; i++) {
		picks[i].key = fields[i].key;
		picks[i].value = &source->fields[i];
	}
	return mnd_value_take(import, value, &all);
}

/*
 * What is missing makes a container of an older framework no container at all.
 * In one of the newest, each create is compared with it, and does not match.
 */
static int check_fields(const struct mnd_rego_import *reader,
			struct source *source, bool *dropped, bool *incomplete)
{
	const bool old = reader->framework < MND_FRAMEWORK_VERSION;
	const char *what;
	size_t i;
	int err = 0;

	*dropped = false;
	*incomplete = false;
	for (i = 0; !err && i < FIELD_COUNT; i++) {
		if (fields[i].since > reader->framework)
			source->fields[i] = NULL;
		if (source->fields[i] || fields[i].since > reader->framework)
			continue;
		what = "this";
		if (old || i == FIELD_LAYERS) {
			*dropped = true;
			what = "this is no container, because it";
		} else if (!fields[i].spare) {
			*incomplete = true;
			what = "the container cannot be made, because it";
		}
		err = mnd_rego_lacks(reader->import, source->value, what,
				     fields[i].key);
	}
	return err;
}

static int read_process(struct mnd_import *import,
			const struct mnd_value *value,
			struct mnd_hcsshim_process *process, bool *complete)
{
	const struct mnd_value *command = NULL, *signals = NULL;
	const struct mnd_value_pick picks[] = {
		{ "command", &command },
		{ "signals", &signals },
	};
	const struct mnd_value_picks all = { "an exec process", picks,
					     ARRAY_SIZE(picks) };
	int err;

	process->place = value->place;
	err = mnd_value_take(import, value, &all);
	*complete = command;
	if (!err && !command)
		return mnd_rego_lacks(import, value,
				      "nothing is allowed by what", "command");
	if (!err)
		err = mnd_value_texts(import, command, &process->command,
				      &process->count);
	return err ? err :
		     mnd_value_signals(import, signals, &process->signals);
}

static int read_processes(struct mnd_import *import,
			  const struct mnd_value *list,
			  struct mnd_hcsshim_container *container)
{
	struct mnd_hcsshim_process *processes;
	bool complete;
	size_t i;
	int err;

	if (!list)
		return 0;
	err = mnd_value_want(import, list, MND_VALUE_ARRAY);
	if (err)
		return err;
	processes = mnd_arena_alloc(&import->policy->arena, list->count,
				    sizeof(*processes));
	if (!processes)
		return mnd_hcsshim_out_of_memory(import);
	container->processes = processes;
	for (i = 0; !err && i < list->count; i++) {
		err = read_process(import, &list->items[i],
				   &processes[container->process_count],
				   &complete);
		container->process_count += complete;
	}
	return err;
}

static int read_string(struct mnd_import *import, const struct mnd_value *value,
		       const char **string)
{
	struct mnd_text text = { .text = "" };
	int err;

	err = mnd_value_text(import, value, &text);
	*string = text.text;
	return err;
}

/* What can be executed in a container, and what is mounted there. */
static int read_content(const struct mnd_rego_import *reader,
			const struct source *source,
			struct mnd_hcsshim_container *container)
{
	const struct mnd_value *const *given = source->fields;
	struct mnd_import *import = reader->import;
	struct mnd_variable_rules variables = { NULL };
	struct mnd_volume_rules volumes = { NULL };
	int err;

	err = mnd_value_texts(import, given[FIELD_COMMAND], &container->command,
			      &container->command_count);
	if (!err)
		err = mnd_rego_variables(import, given[FIELD_ENV_RULES],
					 &variables);
	if (!err)
		err = mnd_rego_volumes(import, given[FIELD_MOUNTS], &volumes);
	if (!err)
		err = read_processes(import, given[FIELD_EXEC_PROCESSES],
				     container);
	if (!err)
		err = mnd_value_signals(import, given[FIELD_SIGNALS],
					&container->signals);
	if (reader->framework < SIGNALS_SINCE)
		container->signals |= SIGNALS_BEFORE;
	container->variables = variables.rules;
	container->variable_count = variables.count;
	container->volumes = volumes.rules;
	container->volume_count = volumes.count;
	return err;
}

/* As what a container runs. */
static int read_limits(struct mnd_import *import, const struct source *source,
		       struct mnd_hcsshim_container *container)
{
	const struct mnd_value *const *given = source->fields;
	int err;

	err = mnd_rego_identity(import, given[FIELD_USER],
				&source->value->place, &container->identity);
	if (!err)
		err = mnd_rego_capabilities(import, given[FIELD_CAPABILITIES],
					    &container->capabilities);
	if (!err)
		err = read_string(import, given[FIELD_SECCOMP],
				  &container->profile);
	if (!err)
		err = read_string(import, given[FIELD_WORKING_DIR],
				  &container->working_dir);
	if (!err)
		err = mnd_value_boolean(import, given[FIELD_ALLOW_ELEVATED],
					&container->allow_elevated);
	if (!err)
		err = mnd_value_boolean(import, given[FIELD_ALLOW_STDIO_ACCESS],
					&container->allow_stdio_access);
	return err ? err :
		     mnd_value_boolean(import, given[FIELD_NO_NEW_PRIVILEGES],
				       &container->no_new_privileges);
}

static const char *container_name(const struct source *source)
{
	if (source->name && source->name->type == MND_VALUE_STRING)
		return source->name->text;
	if (source->id && source->id->type == MND_VALUE_STRING)
		return source->id->text;
	return NULL;
}

/* What is no container still has layers, which a policy lets be mounted. */
static int add_layers(struct mnd_import *import, const struct mnd_value *value)
{
	struct mnd_hcsshim_container container = {
		.place = value->place,
		.dropped = true,
	};
	const struct mnd_value *layers = mnd_value_find(value, "layers");
	int err;

	if (!layers || import->options->fragment)
		return 0;
	err = mnd_value_texts(import, layers, &container.layers,
			      &container.layer_count);
	return err ? err : mnd_hcsshim_add_container(import, &container);
}

static int add_container(const struct mnd_rego_import *reader,
			 const struct mnd_value *value)
{
	struct mnd_hcsshim_container container = { .place = value->place };
	struct mnd_import *import = reader->import;
	struct source source;
	bool dropped;
	int err;

	err = take_source(import, value, &source);
	if (!err)
		err = check_fields(reader, &source, &dropped,
				   &container.incomplete);
	if (err)
		return err;
	if (dropped)
		return add_layers(import, value);
	container.name = container_name(&source);
	err = mnd_value_texts(import, source.fields[FIELD_LAYERS],
			      &container.layers, &container.layer_count);
	if (!err)
		err = read_content(reader, &source, &container);
	if (!err)
		err = read_limits(import, &source, &container);
	return err ? err : mnd_hcsshim_add_container(import, &container);
}

/**
 * mnd_rego_containers - Add the containers of a module to the policy
 *
 * @reader: Module.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: One of them is not understood.
 * - -E2BIG: An expression is over a limit of mnd_hcsshim_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_rego_containers(const struct mnd_rego_import *reader)
{
	const bool none = reader->framework > MND_FRAMEWORK_VERSION;
	const struct mnd_value *list = NULL;
	size_t i;
	int err;

	err = mnd_rego_list(reader, "containers", &list);
	for (i = 0; !err && list && i < list->count; i++)
		err = none ? add_layers(reader->import, &list->items[i]) :
			     add_container(reader, &list->items[i]);
	return err;
}

static int add_external(struct mnd_import *import,
			const struct mnd_value *value)
{
	const struct mnd_value *command = NULL, *env_rules = NULL;
	const struct mnd_value *working_dir = NULL, *stdio = NULL;
	const struct mnd_value_pick picks[] = {
		{ "command", &command },
		{ "env_rules", &env_rules },
		{ "working_dir", &working_dir },
		{ "allow_stdio_access", &stdio },
	};
	const struct mnd_value_picks all = { "an external process", picks,
					     ARRAY_SIZE(picks) };
	struct mnd_variable_rules variables = { NULL };
	const struct mnd_text *arguments = NULL;
	const char *cwd = NULL;
	bool allow_stdio = false;
	size_t count = 0;
	size_t i;
	int err;

	err = mnd_value_take(import, value, &all);
	for (i = 0; !err && i < ARRAY_SIZE(picks); i++)
		if (!*picks[i].value)
			return mnd_rego_lacks(import, value,
					      "nothing is allowed by what",
					      picks[i].key);
	if (!err)
		err = mnd_value_texts(import, command, &arguments, &count);
	if (!err)
		err = mnd_rego_variables(import, env_rules, &variables);
	if (!err)
		err = read_string(import, working_dir, &cwd);
	if (!err)
		err = mnd_value_boolean(import, stdio, &allow_stdio);
	return err ? err :
		     mnd_hcsshim_add_external(import, arguments, count,
					      variables.rules, variables.count,
					      cwd, allow_stdio, &value->place);
}

/**
 * mnd_rego_externals - Add the external processes of a module to the policy
 *
 * @reader: Module.
 *
 * Return: As mnd_rego_containers().
 */
int mnd_rego_externals(const struct mnd_rego_import *reader)
{
	const struct mnd_value *list = NULL;
	size_t i;
	int err;

	err = mnd_rego_list(reader, "external_processes", &list);
	if (err || !list || reader->framework > MND_FRAMEWORK_VERSION)
		return err;
	for (i = 0; !err && i < list->count; i++)
		err = add_external(reader->import, &list->items[i]);
	return err;
}
