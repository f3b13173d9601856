// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Puts containers of hcsshim, and processes outside of them, into a policy.
 */

#include "hcsshim.h"

/*
 * Makes room for one more of @count items.  An array has room for the next power
 * of two, so that its count tells when it is full.
 */
static int grow(struct mnd_import *import, size_t count, size_t size,
		void **items)
{
	void *grown;

	if (count & (count - 1))
		return 0;
	grown = mnd_arena_alloc(&import->policy->arena, count ? 2 * count : 1,
				size);
	if (!grown)
		return mnd_hcsshim_out_of_memory(import);
	if (count)
		memcpy(grown, *items, count * size);
	*items = grown;
	return 0;
}

static int refuse(struct mnd_import *import, const struct mnd_place *place,
		  const char *why)
{
	return mnd_fail(import->error, place->line, place->column, "%s", why);
}

/* A rule for a process with exactly these arguments. */
static int make_process(struct mnd_import *import,
			const struct mnd_text *command, size_t count,
			const struct mnd_place *place,
			struct mnd_process_rule *process)
{
	size_t i;

	if (count > MND_ARGC_MAX)
		return refuse(import, place, "too many arguments");
	process->place = *place;
	process->argc = count;
	process->argv = mnd_arena_alloc(&import->policy->arena, count,
					sizeof(*process->argv));
	if (!process->argv)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; i < count; i++) {
		process->argv[i].matching = MND_MATCHING_EXACT;
		process->argv[i].text = command[i].text;
		process->argv[i].length = command[i].length;
		process->argv[i].place = command[i].place;
	}
	return 0;
}

static struct mnd_match_rule exact(const char *text,
				   const struct mnd_place *place)
{
	return (struct mnd_match_rule){
		.matching = MND_MATCHING_EXACT,
		.text = text,
		.length = strlen(text),
		.place = *place,
	};
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#define LAYER "a layer must have 64 hexadecimal digits, in lower case"

static int read_layer(struct mnd_import *import, const struct mnd_text *text,
		      u8 layer[MND_HASH_SIZE])
{
	int high, low;
	size_t i;

	if (text->length != 2 * MND_HASH_SIZE)
		return refuse(import, &text->place, LAYER);
	for (i = 0; i < MND_HASH_SIZE; i++) {
		high = hex_value(text->text[2 * i]);
		low = hex_value(text->text[2 * i + 1]);
		if (high < 0 || low < 0)
			return refuse(import, &text->place, LAYER);
		layer[i] = (u8)(high << 4 | low);
	}
	return 0;
}

static int add_layers(struct mnd_import *import,
		      const struct mnd_hcsshim_container *container,
		      struct mnd_subject_source *subject)
{
	size_t i;
	int err = 0;

	subject->layer_count = container->layer_count;
	subject->layers = mnd_arena_alloc(&import->policy->arena,
					  container->layer_count,
					  sizeof(*subject->layers));
	if (!subject->layers)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; !err && i < container->layer_count; i++)
		err = read_layer(import, &container->layers[i],
				 subject->layers[i]);
	return err;
}

#define ANY_FILTER "the kernel takes any seccomp filter for that of the profile"

/*
 * The kernel sees the filters of a process, and not of which profile they were
 * made, so that it can demand no more than that there is one.
 */
static int demand_filter(struct mnd_import *import,
			 const struct mnd_hcsshim_container *container,
			 struct mnd_context_rule *context)
{
	if (!container->profile[0])
		return 0;
	context->flags |= MND_CONTEXT_FILTERED;
	return mnd_hcsshim_warn(import, &container->place, ANY_FILTER);
}

static int make_context(struct mnd_import *import,
			const struct mnd_hcsshim_container *container,
			struct mnd_context_rule *context)
{
	context->variables.rules = container->variables;
	context->variables.count = container->variable_count;
	context->variables.given = true;
	context->cwd = exact(container->working_dir, &container->place);
	context->identity = container->identity;
	context->capabilities = container->capabilities;
	context->profile = exact(container->profile, &container->place);
	if (container->no_new_privileges)
		context->flags |= MND_CONTEXT_NO_NEW_PRIVS;
	if (container->allow_stdio_access)
		context->flags |= MND_CONTEXT_STDIO;
	return demand_filter(import, container, context);
}

/* The container's own process, then those that join it from outside. */
static int add_processes(struct mnd_import *import,
			 const struct mnd_hcsshim_container *container,
			 struct mnd_subject_source *subject)
{
	struct mnd_arena *arena = &import->policy->arena;
	const size_t count = container->process_count + 1;
	struct mnd_context_rule *context;
	size_t i;
	int err;

	context = mnd_arena_alloc(arena, 1, sizeof(*context));
	subject->processes =
		mnd_arena_alloc(arena, count, sizeof(*subject->processes));
	if (!context || !subject->processes)
		return mnd_hcsshim_out_of_memory(import);
	err = make_context(import, container, context);
	if (err)
		return err;
	subject->process_count = count;
	err = make_process(import, container->command, container->command_count,
			   &container->place, &subject->processes[0]);
	subject->processes[0].flags = MND_ROLE_ENTRY | MND_ROLE_INSIDE;
	subject->processes[0].signals = container->signals;
	subject->processes[0].context = context;
	for (i = 1; !err && i < count; i++) {
		const struct mnd_hcsshim_process *process =
			&container->processes[i - 1];

		err = make_process(import, process->command, process->count,
				   &process->place, &subject->processes[i]);
		subject->processes[i].flags = MND_ROLE_EXEC | MND_ROLE_INSIDE;
		subject->processes[i].signals = process->signals;
		subject->processes[i].context = context;
	}
	return err;
}

static int add_subject(struct mnd_import *import,
		       const struct mnd_hcsshim_container *container,
		       struct mnd_subject_source *subject)
{
	int err;

	subject->name = container->name;
	subject->place = container->place;
	subject->class = MND_CLASS_VERIFIED;
	subject->flags = MND_SUBJECT_SHUTDOWN;
	if (container->allow_elevated)
		subject->flags |= MND_SUBJECT_ELEVATED;
	if (container->dropped)
		subject->flags |= MND_SUBJECT_LAYERS;
	subject->volumes.rules = container->volumes;
	subject->volumes.count = container->volume_count;
	err = add_layers(import, container, subject);
	if (err || container->incomplete || container->dropped)
		return err;
	return add_processes(import, container, subject);
}

/**
 * mnd_hcsshim_add_container - Add a container to the policy
 *
 * @import: Import.
 * @container: Container; what it points to must outlive the policy.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: A layer is no hash, or there are too many arguments or containers.
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_add_container(struct mnd_import *import,
			      const struct mnd_hcsshim_container *container)
{
	struct mnd_policy_source *policy = import->policy;
	void *items = policy->containers;
	int err;

	if (policy->container_count + 1 >= MND_SUBJECT_MAX)
		return refuse(import, &container->place, "too many containers");
	err = grow(import, policy->container_count, sizeof(*policy->containers),
		   &items);
	if (err)
		return err;
	policy->containers = items;
	return add_subject(import, container,
			   &policy->containers[policy->container_count++]);
}

/**
 * mnd_hcsshim_add_external - Add a process outside of containers
 *
 * @import: Import.
 * @command: Its arguments.
 * @count: How many.
 * @variables: Its environment.
 * @variable_count: How many rules.
 * @working_dir: Its working directory.
 * @allow_stdio_access: It may have its standard streams.
 * @place: Where it was written.
 *
 * What all of these point to must outlive the policy.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: There are too many arguments.
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_add_external(struct mnd_import *import,
			     const struct mnd_text *command, size_t count,
			     struct mnd_variable_rule *variables,
			     size_t variable_count, const char *working_dir,
			     bool allow_stdio_access,
			     const struct mnd_place *place)
{
	struct mnd_subject_source *uvm = &import->policy->uvm;
	struct mnd_process_rule *process;
	struct mnd_context_rule *context;
	void *items = uvm->processes;
	int err;

	context = mnd_arena_alloc(&import->policy->arena, 1, sizeof(*context));
	if (!context)
		return mnd_hcsshim_out_of_memory(import);
	context->variables.rules = variables;
	context->variables.count = variable_count;
	context->variables.given = true;
	context->cwd = exact(working_dir, place);
	context->flags = allow_stdio_access ? MND_CONTEXT_STDIO : 0;
	err = grow(import, uvm->process_count, sizeof(*process), &items);
	if (err)
		return err;
	uvm->processes = items;
	process = &uvm->processes[uvm->process_count++];
	process->flags = MND_ROLE_EXTERNAL | MND_ROLE_INSIDE |
			 MND_PROCESS_KEEP_SIGNALS;
	process->context = context;
	return make_process(import, command, count, place, process);
}
