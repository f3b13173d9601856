// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The exec processes that `az confcom` makes for a container: those of the
 * input, and its probes.
 */

#include "confcom.h"

/* An element of "execProcesses". */
struct process {
	struct mnd_texts command;
	u64 signals;
};

static int use_command(struct mnd_import *import, const struct mnd_value *value,
		       const struct process *process,
		       struct mnd_hcsshim_process *made)
{
	if (!process->command.count)
		return mnd_value_refuse(import, value, "has no \"command\"");
	made->command = process->command.items;
	made->count = process->command.count;
	made->signals = process->signals;
	made->place = value->place;
	return 0;
}

static int read_process(struct mnd_import *import,
			const struct mnd_value *value,
			struct mnd_hcsshim_process *made)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(process, command, "command", mnd_object_texts),
		MND_OBJECT_KEY(process, signals, "signals", mnd_object_signals),
		MND_OBJECT_IGNORED("allow_stdio_access"),
	};
	static const struct mnd_object_form form = {
		"an element of \"execProcesses\"", keys, ARRAY_SIZE(keys), true
	};
	struct process process = { { NULL }, 0 };
	int err;

	err = mnd_object_read(import, value, &form, &process);
	return err ? err : use_command(import, value, &process, made);
}

/* In the older shape they can also be the arguments of a single one. */
static int read_single(struct mnd_import *import, const struct mnd_value *value,
		       struct mnd_hcsshim_process *made)
{
	struct process process = { { NULL }, 0 };
	int err;

	err = mnd_object_texts(import, value, &process.command);
	return err ? err : use_command(import, value, &process, made);
}

static int read_exec(struct mnd_import *import, const struct mnd_value *value,
		     void *member)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(process, command, "command", mnd_object_texts),
	};
	static const struct mnd_object_form form = { "\"exec\"", keys,
						     ARRAY_SIZE(keys), true };
	struct process process = { { NULL }, 0 };
	int err;

	err = mnd_object_read(import, value, &form, &process);
	return err ? err : use_command(import, value, &process, member);
}

/* A probe that executes nothing needs no rule, and none says how often. */
static int read_probe(struct mnd_import *import, const struct mnd_value *value,
		      struct mnd_hcsshim_container *made,
		      struct mnd_hcsshim_process *process)
{
	static const struct mnd_object_key keys[] = {
		{ "exec", read_exec, 0 },
		MND_OBJECT_SKIP("failureThreshold"),
		MND_OBJECT_SKIP("grpc"),
		MND_OBJECT_SKIP("httpGet"),
		MND_OBJECT_SKIP("initialDelaySeconds"),
		MND_OBJECT_SKIP("periodSeconds"),
		MND_OBJECT_SKIP("successThreshold"),
		MND_OBJECT_SKIP("tcpSocket"),
		MND_OBJECT_SKIP("terminationGracePeriodSeconds"),
		MND_OBJECT_SKIP("timeoutSeconds"),
	};
	static const struct mnd_object_form form = { "a probe", keys,
						     ARRAY_SIZE(keys), true };
	int err;

	if (!value)
		return 0;
	err = mnd_object_read(import, value, &form, process);
	if (process->count)
		made->process_count++;
	return err;
}

static bool is_single(const struct mnd_confcom_container *container)
{
	const struct mnd_value *array = container->exec_processes;

	return container->old_shape && mnd_object_count(array) &&
	       array->items[0].type == MND_VALUE_STRING;
}

static int read_own(struct mnd_import *import,
		    const struct mnd_confcom_container *container,
		    struct mnd_hcsshim_container *made,
		    struct mnd_hcsshim_process *processes)
{
	const struct mnd_value *array = container->exec_processes;
	size_t i;
	int err = 0;

	if (is_single(container))
		return read_single(import, array,
				   &processes[made->process_count++]);
	for (i = 0; !err && i < mnd_object_count(array); i++)
		err = read_process(import, &array->items[i],
				   &processes[made->process_count++]);
	return err;
}

/**
 * mnd_confcom_processes - Make the exec processes of a container
 *
 * @confcom: The tool.
 * @container: Container.
 * @made: Its exec processes are written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: An element is no exec process, or a probe is none.
 * - -ENOMEM: Out of memory.
 */
int mnd_confcom_processes(struct mnd_confcom *confcom,
			  const struct mnd_confcom_container *container,
			  struct mnd_hcsshim_container *made)
{
	struct mnd_import *import = confcom->tool.import;
	const size_t own = mnd_object_count(container->exec_processes);
	struct mnd_hcsshim_process *processes;
	int err;

	/* There can be two probes. */
	processes = mnd_arena_alloc(&import->policy->arena, own + 2,
				    sizeof(*processes));
	if (!processes)
		return mnd_hcsshim_out_of_memory(import);
	made->processes = processes;
	err = read_own(import, container, made, processes);
	if (!err)
		err = read_probe(import, container->readiness, made,
				 &processes[made->process_count]);
	return err ? err :
		     read_probe(import, container->liveness, made,
				&processes[made->process_count]);
}
