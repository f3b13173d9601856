// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The arguments of a process: which rules are about just these.
 */

#include "../../lsm/core/match.h"
#include "question.h"

/* More containers are not looked at for one that is nearly right. */
#define NEAREST_MAX 64

static bool argument_is(const struct mnd_table *table, __le32 matcher,
			const char *argument)
{
	return mnd_match(table, le32_to_cpu(matcher), argument,
			 argument + strlen(argument) + 1);
}

/**
 * mnd_command_agrees - Compare arguments with a process rule
 *
 * @part: Table.
 * @process: Rule.
 * @arguments: Arguments.
 *
 * Return: How many, from the first, are as the rule wants them.
 */
size_t mnd_command_agrees(const struct mnd_part *part, u32 process,
			  const struct mnd_fact_list *arguments)
{
	const struct mnd_table *table = &part->table;
	const __le32 argv = table->processes[process].argv;
	const __le32 *words = mnd_list_words(table, argv);
	const size_t count = mnd_list_count(table, argv);
	size_t i;

	for (i = 0; i < count && i < arguments->count; i++)
		if (!argument_is(table, words[i], arguments->strings[i]))
			break;
	return i;
}

/**
 * mnd_command_is - Ask whether a process rule is about these arguments
 *
 * @part: Table.
 * @process: Rule.
 * @command: mnd_part_command() of the arguments.
 * @arguments: Arguments.
 *
 * Return: Whether it is.
 */
bool mnd_command_is(const struct mnd_part *part, u32 process, u64 command,
		    const struct mnd_fact_list *arguments)
{
	const struct mnd_table *table = &part->table;

	if (part->commands[process] && part->commands[process] != command)
		return false;
	return mnd_list_count(table, table->processes[process].argv) ==
		       arguments->count &&
	       mnd_command_agrees(part, process, arguments) == arguments->count;
}

static bool may_be(const struct mnd_question *question,
		   const struct mnd_item *item)
{
	return mnd_command_is(mnd_item_part(question, item), item->process,
			      question->command, &question->request->arguments);
}

/* The first process of each container, if its arguments are right. */
static void collect_entries(struct mnd_question *question, const u32 *list,
			    u32 count)
{
	const struct mnd_choice *choices = question->machine->pool.choices;
	u32 i;

	for (i = 0; i < count; i++) {
		const struct mnd_choice *choice = &choices[list[i]];
		const struct mnd_item item = { list[i], choice->part,
					       choice->process };

		/* This is what happens to nearly all of a thousand. */
		if (choice->command && choice->command != question->command)
			continue;
		if (choice->process != MND_NONE && may_be(question, &item))
			question->items[question->count++] = item;
	}
}

static struct mnd_span processes_of(const struct mnd_question *question,
				    u32 choice)
{
	const struct mnd_machine *machine = question->machine;

	return mnd_choice_subject(machine, mnd_machine_choice(machine, choice))
		->processes;
}

static bool has_role(const struct mnd_question *question,
		     const struct mnd_item *item, u32 role)
{
	return le32_to_cpu(mnd_item_process(question, item)->flags) & role;
}

/* The rules of one container, of one role, whose arguments are right. */
static void collect_rules(struct mnd_question *question, struct mnd_item item,
			  const struct mnd_span *span, u32 role)
{
	const u32 end = mnd_span_first(span) + mnd_span_count(span);

	for (item.process = mnd_span_first(span); item.process < end;
	     item.process++)
		if (has_role(question, &item, role) && may_be(question, &item))
			question->items[question->count++] = item;
}

static u32 count_rules(const struct mnd_question *question, const u32 *list,
		       u32 count)
{
	u32 total = 0;
	u32 i;

	for (i = 0; i < count; i++) {
		const struct mnd_span span = processes_of(question, list[i]);

		total += mnd_span_count(&span);
	}
	return total;
}

/* How many arguments are as the rule of a container that is nearest wants. */
static size_t agreement(const struct mnd_question *question, u32 number)
{
	const struct mnd_fact_list *arguments = &question->request->arguments;
	const struct mnd_choice *choice =
		mnd_machine_choice(question->machine, number);
	const struct mnd_part *part = question->machine->parts[choice->part];

	if (question->is_create && choice->process != MND_NONE)
		return mnd_command_agrees(part, choice->process, arguments);
	return 0;
}

/* Only when it is certain that the request is denied. */
static void find_nearest(const struct mnd_question *question, const u32 *list,
			 u32 count)
{
	size_t most = 0, agreed;
	u32 i;

	question->reply->choice = list[0];
	for (i = 0; i < count && i < NEAREST_MAX; i++) {
		agreed = agreement(question, list[i]);
		if (agreed <= most)
			continue;
		most = agreed;
		question->reply->choice = list[i];
	}
}

/**
 * mnd_question_commands - Collect the rules whose arguments are right
 *
 * @question: Question; its items are written.
 * @choices: What the container can be.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_question_commands(struct mnd_question *question,
			  const struct mnd_choices *choices)
{
	const u32 *list = mnd_choices_list(choices);
	const u32 room = question->is_create ?
				 choices->count :
				 count_rules(question, list, choices->count);
	u32 i;

	question->command = mnd_part_command(&question->request->arguments);
	question->items =
		mnd_question_take(question, room, sizeof(*question->items));
	if (!question->items)
		return -ENOMEM;
	if (question->is_create)
		collect_entries(question, list, choices->count);
	for (i = 0; !question->is_create && i < choices->count; i++) {
		const struct mnd_span span = processes_of(question, list[i]);
		const struct mnd_item item = {
			list[i],
			mnd_machine_choice(question->machine, list[i])->part,
		};

		collect_rules(question, item, &span, MND_ROLE_EXEC);
	}
	if (question->count)
		return 0;
	find_nearest(question, list, choices->count);
	return mnd_deny(question->reply, MND_REASON_COMMAND);
}

static const struct mnd_span *externals_of(const struct mnd_part *part)
{
	static const struct mnd_span none;

	if (!(part->includes & MND_INCLUDE_EXTERNAL_PROCESSES))
		return &none;
	return &part->table.subjects[0].processes;
}

/**
 * mnd_question_externals - Collect rules for processes outside of containers
 *
 * @question: Question; its items are written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_question_externals(struct mnd_question *question)
{
	const struct mnd_machine *machine = question->machine;
	struct mnd_item item = { .choice = MND_NONE };
	size_t room = 0;

	for (item.part = 0; item.part < machine->part_count; item.part++)
		room += mnd_span_count(externals_of(machine->parts[item.part]));
	question->command = mnd_part_command(&question->request->arguments);
	question->items =
		mnd_question_take(question, room, sizeof(*question->items));
	if (!question->items)
		return -ENOMEM;
	for (item.part = 0; item.part < machine->part_count; item.part++)
		collect_rules(question, item,
			      externals_of(machine->parts[item.part]),
			      MND_ROLE_EXTERNAL);
	if (question->count)
		return 0;
	return mnd_deny(question->reply, MND_REASON_COMMAND);
}
