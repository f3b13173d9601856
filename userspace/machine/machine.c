// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The request machine: begin and end, and who answers what.
 */

#include <stdlib.h>

#include "point.h"
#include "pool.h"

/* What answers by the rules; without, no rule allows such a request. */
static mnd_point_answer *const answers[__MND_POINT_MAX] = {
	[MND_POINT_MOUNT_DEVICE] = mnd_answer_mount_device,
	[MND_POINT_UNMOUNT_DEVICE] = mnd_answer_unmount_device,
	[MND_POINT_RW_MOUNT_DEVICE] = mnd_answer_rw_mount_device,
	[MND_POINT_RW_UNMOUNT_DEVICE] = mnd_answer_rw_unmount_device,
	[MND_POINT_MOUNT_OVERLAY] = mnd_answer_mount_overlay,
	[MND_POINT_UNMOUNT_OVERLAY] = mnd_answer_unmount_overlay,
	[MND_POINT_CREATE_CONTAINER] = mnd_answer_create_container,
	[MND_POINT_EXEC_IN_CONTAINER] = mnd_answer_exec_in_container,
	[MND_POINT_EXEC_EXTERNAL] = mnd_answer_exec_external,
	[MND_POINT_SHUTDOWN_CONTAINER] = mnd_answer_shutdown,
	[MND_POINT_SIGNAL_CONTAINER_PROCESS] = mnd_answer_signal,
	[MND_POINT_PLAN9_MOUNT] = mnd_answer_plan9_mount,
	[MND_POINT_PLAN9_UNMOUNT] = mnd_answer_plan9_unmount,
	[MND_POINT_LOAD_FRAGMENT] = mnd_answer_load_fragment,
	[MND_POINT_LOAD_TRUST_LIST] = mnd_answer_load_trust_list,
	[MND_POINT_SCRATCH_MOUNT] = mnd_answer_scratch_mount,
	[MND_POINT_SCRATCH_UNMOUNT] = mnd_answer_scratch_unmount,
};

/**
 * mnd_machine_new - Make a machine that remembers nothing yet
 *
 * @table: Verified table of the policy; it and its bytes must outlive the
 *	machine.
 * @machine: Written; to be given to mnd_machine_free().
 *
 * Return: 0, or:
 *
 * - -E2BIG: There are more than %MND_MACHINE_CHOICE_MAX containers, each
 *   counted once for each platform.
 * - -ENOMEM: Out of memory.
 */
int mnd_machine_new(const struct mnd_table *table, struct mnd_machine **machine)
{
	struct mnd_machine *made = calloc(1, sizeof(*made));
	int err;

	if (!made)
		return -ENOMEM;
	mnd_capability_index_init(&made->capabilities);
	err = mnd_state_init(&made->state);
	if (!err)
		err = mnd_part_add(made, table, NULL, MND_INCLUDES);
	if (err) {
		mnd_machine_free(made);
		return err;
	}
	*machine = made;
	return 0;
}

/**
 * mnd_machine_free - Free a machine
 *
 * @machine: Machine, or NULL.
 */
void mnd_machine_free(struct mnd_machine *machine)
{
	u32 i;

	if (!machine)
		return;
	mnd_state_free(&machine->state);
	mnd_pool_free(&machine->pool);
	for (i = 0; i < machine->part_count; i++)
		mnd_part_free(machine->parts[i]);
	free(machine->mounts);
	mnd_arena_free(&machine->mount_arena);
	mnd_scratch_free(&machine->scratch);
	free(machine);
}

/**
 * mnd_machine_memory - How much a machine remembers
 *
 * @machine: Machine.
 *
 * Return: Bytes that grow with what was allowed.  Tables, their index, and what
 * one request needs do not count.
 */
size_t mnd_machine_memory(const struct mnd_machine *machine)
{
	return machine->state.memory;
}

static void fill_in(const char **text)
{
	if (!*text)
		*text = "";
}

/**
 * mnd_request_fill_in - Make empty strings of those that are NULL
 *
 * @request: Request.
 */
void mnd_request_fill_in(struct mnd_request *request)
{
	fill_in(&request->target);
	fill_in(&request->hash);
	fill_in(&request->filesystem);
	fill_in(&request->container);
	fill_in(&request->sandbox);
	fill_in(&request->cwd);
	fill_in(&request->user.id);
	fill_in(&request->user.name);
	fill_in(&request->umask);
	fill_in(&request->profile);
	fill_in(&request->fragment.issuer);
	fill_in(&request->fragment.feed);
	fill_in(&request->fragment.source.text);
	fill_in(&request->trust_list.issuer);
	fill_in(&request->trust_list.subject);
}

static bool is_list(const struct mnd_fact_list *list)
{
	size_t i;

	if (list->count > MND_MACHINE_LIST_MAX)
		return false;
	for (i = 0; i < list->count; i++)
		if (!list->strings[i])
			return false;
	return true;
}

static bool are_groups(const struct mnd_request *request)
{
	size_t i;

	if (request->group_count > MND_MACHINE_LIST_MAX)
		return false;
	for (i = 0; i < request->group_count; i++)
		if (!request->groups[i].id || !request->groups[i].name)
			return false;
	return true;
}

static bool are_mounts(const struct mnd_mount_fact *mounts, size_t count)
{
	size_t i;

	if (count > MND_MACHINE_LIST_MAX)
		return false;
	for (i = 0; i < count; i++)
		if (!mounts[i].source || !mounts[i].destination ||
		    !mounts[i].type || !is_list(&mounts[i].options))
			return false;
	return true;
}

static bool are_capabilities(const struct mnd_fact_list *capabilities)
{
	size_t i;

	for (i = 0; capabilities && i < __MND_CAPABILITY_SET_MAX; i++)
		if (!is_list(&capabilities[i]))
			return false;
	return true;
}

static bool is_sane(const struct mnd_request *request)
{
	return (unsigned int)request->point < __MND_POINT_MAX &&
	       is_list(&request->layers) && is_list(&request->arguments) &&
	       is_list(&request->variables) && are_groups(request) &&
	       are_capabilities(request->capabilities) &&
	       are_mounts(request->mounts, request->mount_count) &&
	       is_list(&request->trust_list.ledgers);
}

static void begin_request(struct mnd_machine *machine)
{
	u32 i;

	mnd_scratch_reset(&machine->scratch);
	if (++machine->epoch)
		return;
	for (i = 0; i < machine->part_count; i++)
		mnd_part_forget(machine->parts[i]);
	machine->epoch = 1;
}

static bool lacks_capabilities(const struct mnd_request *request)
{
	return !request->capabilities &&
	       (request->point == MND_POINT_CREATE_CONTAINER ||
		request->point == MND_POINT_EXEC_IN_CONTAINER);
}

static int answer(struct mnd_machine *machine,
		  const struct mnd_request *request, struct mnd_reply *reply)
{
	const u8 *chosen = mnd_machine_policy(machine)->answers;
	mnd_point_answer *by_rules = answers[request->point];

	if (lacks_capabilities(request))
		return mnd_deny(reply, MND_REASON_NO_CAPABILITIES);
	switch ((enum mnd_answer)chosen[request->point]) {
	case MND_ANSWER_ALLOW:
		return mnd_answer_always(machine, request, reply);
	case MND_ANSWER_RULES:
		if (by_rules)
			return by_rules(machine, request, reply);
		break;
	case MND_ANSWER_DENY:
	case __MND_ANSWER_MAX:
		break;
	}
	return mnd_deny(reply, MND_REASON_POLICY);
}

static void deny(struct mnd_reply *reply, enum mnd_reason reason)
{
	*reply = (struct mnd_reply){
		.reason = reason,
		.choice = MND_NONE,
		.index = MND_NONE,
	};
}

/* Leaves nothing but why it is denied. */
static void clear(struct mnd_reply *reply)
{
	const struct mnd_reply before = *reply;

	deny(reply, before.reason);
	reply->choice = before.choice;
	reply->index = before.index;
}

/**
 * mnd_machine_ask - Ask whether something may be done
 *
 * What is allowed is remembered as done; what is denied changes nothing.
 *
 * @machine: Machine.
 * @request: What.
 * @reply: Written; denies after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: The request is no request: its point is none, a string of a list
 *   is NULL, or a list has more than %MND_MACHINE_LIST_MAX items.
 * - -ENOMEM: Out of memory.
 */
int mnd_machine_ask(struct mnd_machine *machine,
		    const struct mnd_request *request, struct mnd_reply *reply)
{
	struct mnd_request asked;
	int err;

	deny(reply, MND_REASON_POLICY);
	if (!is_sane(request))
		return -EINVAL;
	asked = *request;
	mnd_request_fill_in(&asked);
	begin_request(machine);
	reply->reason = MND_REASON_NONE;
	err = answer(machine, &asked, reply);
	if (err)
		deny(reply, MND_REASON_LIMIT);
	else if (!reply->allowed)
		clear(reply);
	return err;
}
