// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests to end a container, and to send signals to its processes.
 */

#include "point.h"
#include "question.h"

static bool has_signal(const struct mnd_process *process, long long signal)
{
	return signal >= 1 && signal <= (long long)MND_SIGNAL_MAX &&
	       (le64_to_cpu(process->signals) >> (signal - 1) & 1);
}

/* Whether a process that joined the container may get the signal. */
static bool joined_may_get(const struct mnd_part *part,
			   const struct mnd_subject *subject, u64 command,
			   const struct mnd_request *request)
{
	const u32 first = mnd_span_first(&subject->processes);
	const u32 end = first + mnd_span_count(&subject->processes);
	u32 i;

	for (i = first; i < end; i++) {
		const struct mnd_process *process = &part->table.processes[i];

		if ((le32_to_cpu(process->flags) & MND_ROLE_EXEC) &&
		    has_signal(process, request->signal) &&
		    mnd_command_is(part, i, command, &request->arguments))
			return true;
	}
	return false;
}

static bool may_get(const struct mnd_machine *machine, u32 number, u64 command,
		    const struct mnd_request *request)
{
	const struct mnd_choice *choice = mnd_machine_choice(machine, number);
	const struct mnd_part *part = machine->parts[choice->part];

	if (!request->is_init)
		return joined_may_get(part,
				      &part->table.subjects[choice->subject],
				      command, request);
	return choice->process != MND_NONE &&
	       has_signal(&part->table.processes[choice->process],
			  request->signal);
}

/* The choices that allow the signal, in the order that they are in. */
static int find_survivors(struct mnd_machine *machine,
			  const struct mnd_request *request,
			  const struct mnd_choices *choices, u32 **list,
			  u32 *count)
{
	const u32 *before = mnd_choices_list(choices);
	const u64 command =
		request->is_init ? 0 : mnd_part_command(&request->arguments);
	u32 i;

	*count = 0;
	*list = mnd_scratch_take(&machine->scratch, choices->count,
				 sizeof(**list));
	if (!*list)
		return -ENOMEM;
	for (i = 0; i < choices->count; i++)
		if (may_get(machine, before[i], command, request))
			(*list)[(*count)++] = before[i];
	return 0;
}

static int narrow(struct mnd_state *state, struct mnd_record *record,
		  const u32 *list, u32 count)
{
	struct mnd_container_state now = record->container;
	int err;

	if (count == now.choices.count)
		return 0;
	err = mnd_state_reserve(state, 1);
	if (!err)
		err = mnd_choices_make(state, list, count, &now.choices);
	if (!err)
		mnd_state_update(state, record, &now);
	return err;
}

/**
 * mnd_answer_signal - May a process of a container be sent a signal?
 *
 * @machine: Machine.
 * @request: Container, signal, and whether it is for the first process or for
 *	which arguments.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_signal(struct mnd_machine *machine,
		      const struct mnd_request *request,
		      struct mnd_reply *reply)
{
	struct mnd_record *record;
	u32 *list;
	u32 count;
	int err;

	record = mnd_state_find(&machine->state, MND_RECORD_CONTAINER,
				request->container);
	if (!record || !record->container.started)
		return mnd_deny(reply, MND_REASON_NOT_STARTED);
	if (!record->container.choices.count)
		return mnd_deny(reply, MND_REASON_CANDIDATES);
	err = find_survivors(machine, request, &record->container.choices,
			     &list, &count);
	if (err)
		return err;
	if (!count) {
		reply->choice = mnd_choices_list(&record->container.choices)[0];
		return mnd_deny(reply, MND_REASON_SIGNAL);
	}
	err = narrow(&machine->state, record, list, count);
	return err ? err : mnd_allow(reply);
}

/**
 * mnd_answer_shutdown - May a container be ended?
 *
 * @machine: Machine.
 * @request: Container.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_shutdown(struct mnd_machine *machine,
			const struct mnd_request *request,
			struct mnd_reply *reply)
{
	struct mnd_state *state = &machine->state;
	struct mnd_container_state now;
	struct mnd_record *record;

	record =
		mnd_state_find(state, MND_RECORD_CONTAINER, request->container);
	if (!record || !record->container.started)
		return mnd_deny(reply, MND_REASON_NOT_STARTED);
	if (mnd_state_reserve(state, 1))
		return -ENOMEM;
	now = record->container;
	now.choices = (struct mnd_choices){ 0 };
	mnd_state_update(state, record, &now);
	return mnd_allow(reply);
}
