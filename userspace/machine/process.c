// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests to make a container, to execute something in one, and to execute
 * something in the guest itself.
 */

#include "point.h"
#include "question.h"

/**
 * mnd_question_filter - Keep the items that a check keeps
 *
 * If none is kept the request is denied, for the reason of the first.
 *
 * @question: Question.
 * @check: What compares an item: returns 0 to keep it, why it is wrong as an
 *	enum mnd_reason, or -ENOMEM.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_question_filter(struct mnd_question *question,
			int (*check)(struct mnd_question *question,
				     const struct mnd_item *item))
{
	struct mnd_item *items = question->items;
	const struct mnd_item first = items[0];
	int reason = MND_REASON_NONE, result;
	u32 wrong = MND_NONE;
	u32 kept = 0;
	u32 i;

	for (i = 0; i < question->count; i++) {
		question->wrong = MND_NONE;
		result = check(question, &items[i]);
		if (result < 0)
			return result;
		if (!result) {
			items[kept++] = items[i];
		} else if (!i) {
			reason = result;
			wrong = question->wrong;
		}
	}
	question->count = kept;
	if (kept)
		return 0;
	question->reply->choice = first.choice;
	question->reply->index = wrong;
	return mnd_deny(question->reply, (enum mnd_reason)reason);
}

/* Whether all checks so far have left something. */
static bool goes_on(const struct mnd_question *question, int err)
{
	return !err && !question->reply->reason;
}

static bool has_stdio(const struct mnd_question *question,
		      const struct mnd_item *item)
{
	return le32_to_cpu(mnd_item_context(question, item)->flags) &
	       MND_CONTEXT_STDIO;
}

/* Nothing that follows could tell the items apart, so they must agree. */
static int agree_on_stdio(struct mnd_question *question)
{
	const bool stdio = has_stdio(question, &question->items[0]);
	u32 i;

	for (i = 1; i < question->count; i++) {
		if (has_stdio(question, &question->items[i]) == stdio)
			continue;
		question->reply->choice = question->items[0].choice;
		return mnd_deny(question->reply, MND_REASON_STDIO);
	}
	question->reply->stdio = stdio;
	return 0;
}

/* A rule can take away the streams that the container has, but not give. */
static bool takes_stdio(const struct mnd_question *question,
			const struct mnd_item *item)
{
	const struct mnd_choice *choice =
		mnd_machine_choice(question->machine, item->choice);
	struct mnd_item entry = *item;

	if (has_stdio(question, item) || choice->process == MND_NONE)
		return false;
	entry.process = choice->process;
	return has_stdio(question, &entry);
}

static int keep_stdio(struct mnd_question *question, bool has_streams)
{
	const bool takes = takes_stdio(question, &question->items[0]);
	u32 i;

	for (i = 1; i < question->count; i++) {
		if (takes_stdio(question, &question->items[i]) == takes)
			continue;
		question->reply->choice = question->items[0].choice;
		return mnd_deny(question->reply, MND_REASON_STDIO);
	}
	question->reply->stdio = has_streams && !takes;
	return 0;
}

/* The containers of the items, each once. */
static int find_survivors(struct mnd_question *question,
			  const struct mnd_choices *before,
			  struct mnd_choices *after, bool *is_same)
{
	const struct mnd_item *items = question->items;
	u32 *list;
	u32 count = 0;
	u32 i;

	list = mnd_question_take(question, question->count, sizeof(*list));
	if (!list)
		return -ENOMEM;
	for (i = 0; i < question->count; i++)
		if (!count || list[count - 1] != items[i].choice)
			list[count++] = items[i].choice;
	*is_same = count == before->count;
	if (*is_same)
		return 0;
	return mnd_choices_make(&question->machine->state, list, count, after);
}

/* What the container can be from now on, and that it was made. */
static int remember(struct mnd_question *question, struct mnd_record *record)
{
	struct mnd_state *state = &question->machine->state;
	struct mnd_container_state now = record->container;
	bool is_same;
	int err;

	err = mnd_state_reserve(state, 1);
	if (!err)
		err = find_survivors(question, &record->container.choices,
				     &now.choices, &is_same);
	if (err || (is_same && !question->is_create))
		return err;
	if (is_same)
		now.choices = mnd_choices_again(&now.choices);
	if (question->is_create) {
		now.started = true;
		now.privileged = question->privileged;
		now.stdio = question->reply->stdio;
	}
	mnd_state_update(state, record, &now);
	return 0;
}

static int compare(struct mnd_question *question,
		   const struct mnd_record *record)
{
	int err;

	err = mnd_question_commands(question, &record->container.choices);
	if (goes_on(question, err))
		err = mnd_question_filter(question, mnd_check_context);
	if (goes_on(question, err) && question->is_create)
		err = mnd_question_filter(question, mnd_check_elevated);
	if (goes_on(question, err) && question->is_create)
		err = mnd_question_volumes(question);
	if (goes_on(question, err))
		err = mnd_question_variables(question);
	if (goes_on(question, err))
		err = mnd_question_capabilities(question);
	return err;
}

/**
 * mnd_answer_create_container - May a container be made?
 *
 * @machine: Machine.
 * @request: All about its first process, its mounts and its devices.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_create_container(struct mnd_machine *machine,
				const struct mnd_request *request,
				struct mnd_reply *reply)
{
	struct mnd_question question = {
		.machine = machine,
		.request = request,
		.reply = reply,
		.is_create = true,
		.privileged = request->privileged,
	};
	struct mnd_record *record;
	int err;

	record = mnd_state_find(&machine->state, MND_RECORD_CONTAINER,
				request->container);
	if (record && record->container.started)
		return mnd_deny(reply, MND_REASON_STARTED);
	if (!record || !record->container.choices.count)
		return mnd_deny(reply, MND_REASON_CANDIDATES);
	if (request->device_count)
		return mnd_deny(reply, MND_REASON_DEVICES);
	if (mnd_state_is_full(&machine->state))
		return mnd_deny(reply, MND_REASON_LIMIT);
	mnd_capabilities_read(&question);
	err = compare(&question, record);
	if (goes_on(&question, err))
		err = agree_on_stdio(&question);
	if (goes_on(&question, err))
		err = remember(&question, record);
	return goes_on(&question, err) ? mnd_allow(reply) : err;
}

/**
 * mnd_answer_exec_in_container - May something be executed in a container?
 *
 * @machine: Machine.
 * @request: All about the process.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_exec_in_container(struct mnd_machine *machine,
				 const struct mnd_request *request,
				 struct mnd_reply *reply)
{
	struct mnd_question question = {
		.machine = machine,
		.request = request,
		.reply = reply,
	};
	struct mnd_record *record;
	int err;

	record = mnd_state_find(&machine->state, MND_RECORD_CONTAINER,
				request->container);
	if (!record || !record->container.started)
		return mnd_deny(reply, MND_REASON_NOT_STARTED);
	if (!record->container.choices.count)
		return mnd_deny(reply, MND_REASON_CANDIDATES);
	question.privileged = record->container.privileged;
	mnd_capabilities_read(&question);
	err = compare(&question, record);
	if (goes_on(&question, err))
		err = keep_stdio(&question, record->container.stdio);
	if (goes_on(&question, err))
		err = remember(&question, record);
	return goes_on(&question, err) ? mnd_allow(reply) : err;
}

/**
 * mnd_answer_exec_external - May something be executed in the guest itself?
 *
 * @machine: Machine.
 * @request: Arguments, variables and working directory.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_exec_external(struct mnd_machine *machine,
			     const struct mnd_request *request,
			     struct mnd_reply *reply)
{
	struct mnd_question question = {
		.machine = machine,
		.request = request,
		.reply = reply,
	};
	int err;

	err = mnd_question_externals(&question);
	if (goes_on(&question, err))
		err = mnd_question_filter(&question, mnd_check_cwd);
	if (goes_on(&question, err))
		err = mnd_question_variables(&question);
	if (goes_on(&question, err))
		err = agree_on_stdio(&question);
	return goes_on(&question, err) ? mnd_allow(reply) : err;
}
