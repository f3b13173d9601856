// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The containers that securitypolicytool makes: of its [[container]] tables and
 * of their images, and the one for pause that every policy gets.
 */

#include "../policy/policy.h"
#include "hcsshim_toml.h"
#include "seccomp_profile.h"

#define PAUSE_IMAGE "k8s.gcr.io/pause:3.1"
#define PAUSE_COMMAND "/pause"
#define PAUSE_SIGNALS 0x4100 /* bits 8 and 14: SIGKILL and SIGTERM */

/*
 * Strings that all containers together may have from their images.  It bounds
 * what a few large images and many small tables can cost.
 */
#define MAX_BORROWED 1048576
#define TOO_MUCH "too many layers, variables and arguments of images up to here"

/* [[container]] */
struct container {
	struct mnd_place place;
	struct mnd_text image_name;
	struct mnd_texts command;
	struct mnd_text working_dir;
	struct mnd_text profile_path;
	bool allow_elevated;
	bool allow_stdio_access;
	bool allow_privilege_escalation;
	u64 signals;
	const struct mnd_toml_value *capabilities;
	const struct mnd_toml_value *env_rules;
	const struct mnd_toml_value *exec_processes;
	const struct mnd_toml_value *mounts;
	const struct mnd_toml_value *user;
};

static int read_signals(struct mnd_import *import,
			const struct mnd_toml_value *value, void *member)
{
	const struct mnd_toml_value *item;
	u64 *signals = member;
	struct mnd_place place;
	size_t i;
	int err;

	err = mnd_form_want(import, value, MND_TOML_ARRAY);
	for (i = 0; !err && i < value->array->count; i++) {
		item = &value->array->items[i];
		place = mnd_form_place(item);
		err = mnd_form_want(import, item, MND_TOML_INTEGER);
		if (!err)
			err = mnd_hcsshim_signal(import, &place, item->integer,
						 signals);
	}
	return err;
}

/* How to log in to the registry does not matter: nothing is pulled. */
static int read_auth(struct mnd_import *import,
		     const struct mnd_toml_value *value, void *member)
{
	struct auth {
		struct mnd_text username;
		struct mnd_text password;
	} auth;
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(auth, username, "username", mnd_form_text),
		MND_FORM_KEY(auth, password, "password", mnd_form_text),
	};
	static const struct mnd_form form = { "[container.auth]", keys,
					      ARRAY_SIZE(keys) };

	(void)member;
	return mnd_form_read(import, value, &form, &auth);
}

static int read_container(struct mnd_import *import,
			  const struct mnd_toml_value *value,
			  struct container *container)
{
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(container, allow_elevated, "allow_elevated",
			     mnd_form_boolean),
		MND_FORM_KEY(container, allow_privilege_escalation,
			     "allow_privilege_escalation", mnd_form_boolean),
		MND_FORM_KEY(container, allow_stdio_access,
			     "allow_stdio_access", mnd_form_boolean),
		{ "auth", read_auth, 0 },
		MND_FORM_KEY(container, capabilities, "capabilities",
			     mnd_form_table),
		MND_FORM_KEY(container, command, "command", mnd_form_texts),
		MND_FORM_KEY(container, env_rules, "env_rule", mnd_form_tables),
		MND_FORM_KEY(container, exec_processes, "exec_process",
			     mnd_form_tables),
		MND_FORM_KEY(container, image_name, "image_name",
			     mnd_form_text),
		MND_FORM_KEY(container, mounts, "mount", mnd_form_tables),
		MND_FORM_KEY(container, profile_path, "seccomp_profile_path",
			     mnd_form_text),
		MND_FORM_KEY(container, signals, "signals", read_signals),
		MND_FORM_KEY(container, user, "user", mnd_form_table),
		MND_FORM_KEY(container, working_dir, "working_dir",
			     mnd_form_text),
	};
	static const struct mnd_form form = { "[[container]]", keys,
					      ARRAY_SIZE(keys) };
	int err;

	memset(container, 0, sizeof(*container));
	container->place = mnd_form_place(value);
	err = mnd_form_read(import, value, &form, container);
	if (err || container->image_name.length)
		return err;
	return mnd_fail(import->error, value->line, value->column,
			"[[container]] has no \"image_name\"");
}

static int read_process(struct mnd_import *import,
			const struct mnd_toml_value *value,
			struct mnd_hcsshim_process *process)
{
	struct exec_process {
		struct mnd_texts command;
		u64 signals;
	} parsed = { { NULL } };
	/* The tool's manual shows two further keys, for which it has no field. */
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(exec_process, command, "command", mnd_form_texts),
		MND_FORM_KEY(exec_process, signals, "signals", read_signals),
		MND_FORM_IGNORED("env_rule"),
		MND_FORM_IGNORED("working_dir"),
	};
	static const struct mnd_form form = { "[[container.exec_process]]",
					      keys, ARRAY_SIZE(keys) };
	int err = mnd_form_read(import, value, &form, &parsed);

	process->command = parsed.command.items;
	process->count = parsed.command.count;
	process->signals = parsed.signals;
	process->place = mnd_form_place(value);
	return err;
}

static int make_processes(struct mnd_tool *tool,
			  const struct mnd_toml_value *tables,
			  struct mnd_hcsshim_container *made)
{
	struct mnd_hcsshim_process *processes;
	size_t i;
	int err = 0;

	made->process_count = mnd_form_count(tables);
	processes = mnd_arena_alloc(&tool->import->policy->arena,
				    made->process_count, sizeof(*processes));
	if (!processes)
		return mnd_hcsshim_out_of_memory(tool->import);
	made->processes = processes;
	for (i = 0; !err && i < made->process_count; i++)
		err = read_process(tool->import, &tables->array->items[i],
				   &processes[i]);
	return err;
}

/* A list that is missing in the table is an empty one. */
static int make_capabilities(struct mnd_tool *tool,
			     const struct mnd_toml_value *table,
			     struct mnd_capability_lists *lists)
{
	struct sets {
		struct mnd_texts names[__MND_CAPABILITY_SET_MAX];
	} sets = { { { NULL } } };
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(sets, names[MND_BOUNDING], "bounding",
			     mnd_form_texts),
		MND_FORM_KEY(sets, names[MND_EFFECTIVE], "effective",
			     mnd_form_texts),
		MND_FORM_KEY(sets, names[MND_INHERITABLE], "inheritable",
			     mnd_form_texts),
		MND_FORM_KEY(sets, names[MND_PERMITTED], "permitted",
			     mnd_form_texts),
		MND_FORM_KEY(sets, names[MND_AMBIENT], "ambient",
			     mnd_form_texts),
	};
	static const struct mnd_form form = { "[container.capabilities]", keys,
					      ARRAY_SIZE(keys) };
	size_t set, i;
	int err;

	lists->rule = MND_CAPABILITIES_DEFAULT;
	if (!table)
		return 0;
	lists->rule = MND_CAPABILITIES_EQUAL;
	err = mnd_form_read(tool->import, table, &form, &sets);
	for (set = 0; set < __MND_CAPABILITY_SET_MAX; set++)
		for (i = 0; !err && i < sets.names[set].count; i++)
			err = mnd_hcsshim_capability(tool->import, lists, set,
						     &sets.names[set].items[i]);
	return err;
}

static int read_profile(struct mnd_tool *tool, const struct mnd_text *path)
{
	const struct mnd_source_options *options = tool->import->options;
	struct mnd_arena arena = { NULL };
	struct mnd_string_ref content;
	int err;

	if (!options->read_file)
		return mnd_fail(tool->import->error, path->place.line,
				path->place.column,
				"no files can be read, and this names one");
	err = options->read_file(options->read_context, &arena, path->text,
				 &content);
	if (err == -ENOMEM)
		mnd_hcsshim_out_of_memory(tool->import);
	else if (err)
		err = mnd_fail(tool->import->error, path->place.line,
			       path->place.column, "cannot be read: %s",
			       strerror(-err));
	else
		err = mnd_seccomp_profile_digest(tool->import, &content,
						 &path->place, &tool->profile);
	mnd_arena_free(&arena);
	return err;
}

static int make_profile(struct mnd_tool *tool, const struct mnd_text *path,
			const char **digest)
{
	int err;

	*digest = "";
	if (!path->length)
		return 0;
	if (!tool->profile_path.text ||
	    strcmp(tool->profile_path.text, path->text)) {
		err = read_profile(tool, path);
		if (err)
			return err;
		tool->profile_path = *path;
	}
	*digest = tool->profile;
	return 0;
}

static int charge(struct mnd_tool *tool, const struct container *container,
		  const struct mnd_image *image)
{
	tool->borrowed += image->layers.count + image->env.count +
			  image->entrypoint.count + image->cmd.count;
	if (tool->borrowed <= MAX_BORROWED)
		return 0;
	return mnd_fail(tool->import->error, container->place.line,
			container->place.column, TOO_MUCH);
}

/* The command, the layers and the working directory. */
static int make_content(struct mnd_tool *tool,
			const struct container *container,
			const struct mnd_image *image,
			struct mnd_hcsshim_container *made)
{
	static const struct mnd_texts none = { NULL };
	const struct mnd_place *place = &container->place;
	struct mnd_texts command = container->command, layers;
	int err = 0;

	if (!command.count)
		err = mnd_texts_join(tool->import, &image->entrypoint,
				     &image->cmd, place, &command);
	if (!err)
		err = mnd_texts_join(tool->import, &image->layers, &none, place,
				     &layers);
	if (err)
		return err;
	made->command = command.items;
	made->command_count = command.count;
	made->layers = layers.items;
	made->layer_count = layers.count;
	made->working_dir = "/";
	if (container->working_dir.length)
		made->working_dir = container->working_dir.text;
	else if (image->working_dir.length)
		made->working_dir = image->working_dir.text;
	return 0;
}

/* What a table says that its image does not. */
static int make_rules(struct mnd_tool *tool, const struct container *container,
		      struct mnd_hcsshim_container *made)
{
	int err;

	err = mnd_tool_volumes(tool, container->mounts, made);
	if (!err)
		err = make_processes(tool, container->exec_processes, made);
	if (!err)
		err = make_capabilities(tool, container->capabilities,
					&made->capabilities);
	if (!err)
		err = make_profile(tool, &container->profile_path,
				   &made->profile);
	return err;
}

static const char *container_name(const struct container *container)
{
	const struct mnd_text *name = &container->image_name;

	return mnd_is_name(name->text, name->length) ? name->text : NULL;
}

static int add_container(struct mnd_tool *tool,
			 const struct container *container)
{
	struct mnd_hcsshim_container made = {
		.name = container_name(container),
		.place = container->place,
		.signals = container->signals,
		.allow_elevated = container->allow_elevated,
		.allow_stdio_access = container->allow_stdio_access,
		.no_new_privileges = !container->allow_privilege_escalation,
	};
	const struct mnd_image *image;
	int err;

	err = mnd_images_find(tool->import, &tool->images,
			      &container->image_name, &image);
	if (!err)
		err = charge(tool, container, image);
	if (!err)
		err = make_content(tool, container, image, &made);
	if (!err)
		err = mnd_tool_variables(tool, container->env_rules, image,
					 &container->place, &made);
	if (!err)
		err = mnd_tool_identity(tool, container->user, image,
					&container->place, &made.identity);
	if (!err)
		err = make_rules(tool, container, &made);
	return err ? err : mnd_hcsshim_add_container(tool->import, &made);
}

/**
 * mnd_tool_container - Add a container of the source to the policy
 *
 * @tool: Tool.
 * @value: [[container]].
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: The table or what is known of its image is not right.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_tool_container(struct mnd_tool *tool,
		       const struct mnd_toml_value *value)
{
	struct container container;
	int err;

	err = read_container(tool->import, value, &container);
	return err ? err : add_container(tool, &container);
}

/**
 * mnd_tool_pause - Add the container for pause that every policy gets
 *
 * @tool: Tool.
 *
 * Return: As mnd_tool_container().
 */
int mnd_tool_pause(struct mnd_tool *tool)
{
	struct container pause = {
		.place = { 1, 1 },
		.signals = PAUSE_SIGNALS,
		.allow_elevated = true,
	};
	int err;

	err = mnd_texts_alloc(tool->import, &tool->import->policy->arena, 1,
			      &pause.command);
	if (err)
		return err;
	mnd_text_default(&pause.command.items[0], PAUSE_COMMAND, &pause.place);
	mnd_text_default(&pause.image_name, PAUSE_IMAGE, &pause.place);
	return add_container(tool, &pause);
}
