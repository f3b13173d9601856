// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests that the policy always allows: they get what they ask for, and
 * nothing is remembered but what a later reply tells.
 */

#include "point.h"
#include "question.h"

static int keep_variables(struct mnd_machine *machine,
			  const struct mnd_request *request,
			  struct mnd_reply *reply)
{
	const u32 count = (u32)request->variables.count;
	u32 *numbers;
	u32 i;

	numbers = mnd_scratch_take(&machine->scratch, count, sizeof(*numbers));
	if (!numbers)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		numbers[i] = i;
	reply->variables = numbers;
	reply->variable_count = count;
	return 0;
}

static void keep_capabilities(struct mnd_machine *machine,
			      const struct mnd_request *request,
			      struct mnd_reply *reply)
{
	struct mnd_question question = {
		.machine = machine,
		.request = request,
	};

	mnd_capabilities_read(&question);
	memcpy(reply->capabilities, question.sets, sizeof(question.sets));
}

/* A process that joins the container has the streams if the container has. */
static int remember_streams(struct mnd_machine *machine, const char *id)
{
	struct mnd_state *state = &machine->state;
	struct mnd_container_state now;
	struct mnd_record *record;

	record = mnd_state_find(state, MND_RECORD_CONTAINER, id);
	if (record && record->container.stdio)
		return 0;
	if (mnd_state_reserve(state, 1))
		return -ENOMEM;
	if (record) {
		now = record->container;
		now.choices = mnd_choices_again(&now.choices);
		now.stdio = true;
		mnd_state_update(state, record, &now);
		return 0;
	}
	record = mnd_state_make(state, MND_RECORD_CONTAINER, id, NULL);
	if (!record)
		return -ENOMEM;
	record->container.stdio = true;
	mnd_state_add(state, record);
	return 0;
}

static int allow_process(struct mnd_machine *machine,
			 const struct mnd_request *request,
			 struct mnd_reply *reply)
{
	const u8 *answers = mnd_machine_policy(machine)->answers;
	const struct mnd_record *record;
	int err;

	if (request->point == MND_POINT_EXEC_EXTERNAL) {
		/*
		 * An old policy without a rule gives no streams; one that
		 * allows everything does.
		 */
		reply->stdio = answers[MND_POINT_CREATE_CONTAINER] ==
			       MND_ANSWER_ALLOW;
		return keep_variables(machine, request, reply);
	}
	keep_capabilities(machine, request, reply);
	err = keep_variables(machine, request, reply);
	if (!err && request->point == MND_POINT_CREATE_CONTAINER)
		err = remember_streams(machine, request->container);
	if (err)
		return err;
	record = mnd_state_find(&machine->state, MND_RECORD_CONTAINER,
				request->container);
	reply->stdio = record && record->container.stdio;
	return 0;
}

/**
 * mnd_answer_always - Allow what the policy always allows
 *
 * @machine: Machine.
 * @request: Request.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_always(struct mnd_machine *machine,
		      const struct mnd_request *request,
		      struct mnd_reply *reply)
{
	int err = 0;

	switch (request->point) {
	case MND_POINT_LOAD_TRUST_LIST:
		/* Nothing says which of its ledgers are trusted. */
		return mnd_deny(reply, MND_REASON_LEDGERS);
	case MND_POINT_CREATE_CONTAINER:
		if (mnd_state_is_full(&machine->state))
			return mnd_deny(reply, MND_REASON_LIMIT);
		err = allow_process(machine, request, reply);
		break;
	case MND_POINT_EXEC_IN_CONTAINER:
	case MND_POINT_EXEC_EXTERNAL:
		err = allow_process(machine, request, reply);
		break;
	default:
		break;
	}
	return err ? err : mnd_allow(reply);
}
