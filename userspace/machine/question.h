/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A request about a process, while it is compared with what its container can
 * be.  What is cheap to look at comes first, and what several candidates share
 * is looked at once.
 */

#ifndef _MANDATE_MACHINE_QUESTION_H
#define _MANDATE_MACHINE_QUESTION_H

#include "private.h"

/**
 * struct mnd_item - A process rule that may be the right one
 *
 * @choice: Number of its container, or %MND_NONE if it is in the guest itself.
 * @part: Number of its table.
 * @process: Number of the rule in it.
 */
struct mnd_item {
	u32 choice;
	u32 part;
	u32 process;
};

/**
 * struct mnd_question - A request about a process
 *
 * @machine: Machine.
 * @request: Request.
 * @reply: Reply.
 * @is_create: A container is made.
 * @privileged: The container is privileged, or shall be.
 * @command: mnd_part_command() of the request.
 * @items: Rules that may be the right ones.
 * @count: How many.
 * @wrong: Of the item that was compared last: struct mnd_reply.index.
 * @environment: The variables.
 * @words: Words that a bit for each of them takes.
 * @first: A bit for each that is not a repetition; NULL if nothing is dropped.
 * @all: A bit for each.
 * @mixed: Room for such bits.
 * @sets: Capabilities that are asked for.
 * @lengths: How often any is named.
 * @is_unknown: Something is named that is no capability.
 * @mount_words: Words that a bit for each mount takes.
 * @plain_mounts: A bit for each that every container may have.
 * @elevated_mounts: A bit for each that one may have that can be privileged.
 * @sources: Of each mount what to compare with patterns; NULL if that cannot
 *	be like one.
 */
struct mnd_question {
	struct mnd_machine *machine;
	const struct mnd_request *request;
	struct mnd_reply *reply;
	bool is_create;
	bool privileged;
	u64 command;
	struct mnd_item *items;
	u32 count;
	u32 wrong;
	struct mnd_environment environment;
	u32 words;
	u64 *first;
	u64 *all;
	u64 *mixed;
	u64 sets[__MND_CAPABILITY_SET_MAX];
	u32 lengths[__MND_CAPABILITY_SET_MAX];
	bool is_unknown;
	u32 mount_words;
	u64 *plain_mounts;
	u64 *elevated_mounts;
	const char **sources;
};

static inline void *mnd_question_take(struct mnd_question *question,
				      size_t count, size_t size)
{
	return mnd_scratch_take(&question->machine->scratch, count, size);
}

static inline struct mnd_part *
mnd_item_part(const struct mnd_question *question, const struct mnd_item *item)
{
	return question->machine->parts[item->part];
}

static inline const struct mnd_process *
mnd_item_process(const struct mnd_question *question,
		 const struct mnd_item *item)
{
	return &mnd_item_part(question, item)->table.processes[item->process];
}

static inline const struct mnd_context *
mnd_item_context(const struct mnd_question *question,
		 const struct mnd_item *item)
{
	const struct mnd_table *table = &mnd_item_part(question, item)->table;
	const u32 context =
		le32_to_cpu(table->processes[item->process].context);

	return &table->contexts[context];
}

/* The platform that extends the container of an item, or NULL. */
static inline const struct mnd_platform *
mnd_item_platform(const struct mnd_question *question,
		  const struct mnd_item *item, struct mnd_part **part)
{
	const struct mnd_pool *pool = &question->machine->pool;
	const struct mnd_platform_choice *platform;

	if (item->choice == MND_NONE ||
	    pool->choices[item->choice].platform == MND_NONE)
		return NULL;
	platform = &pool->platforms[pool->choices[item->choice].platform];
	*part = question->machine->parts[platform->part];
	return (*part)->table.platforms + platform->platform;
}

static inline bool mnd_item_is_elevated(const struct mnd_question *question,
					const struct mnd_item *item)
{
	const struct mnd_machine *machine = question->machine;
	const struct mnd_choice *choice;

	if (item->choice == MND_NONE)
		return false;
	choice = mnd_machine_choice(machine, item->choice);
	return le32_to_cpu(mnd_choice_subject(machine, choice)->flags) &
	       MND_SUBJECT_ELEVATED;
}

static inline bool mnd_bit(const u64 *bits, size_t bit)
{
	return bits[bit / 64] >> bit % 64 & 1;
}

static inline void mnd_set_bit(u64 *bits, size_t bit)
{
	bits[bit / 64] |= 1ULL << bit % 64;
}

/* process.c */
int mnd_question_filter(struct mnd_question *question,
			int (*check)(struct mnd_question *question,
				     const struct mnd_item *item));

/* command.c */
int mnd_question_commands(struct mnd_question *question,
			  const struct mnd_choices *choices);
int mnd_question_externals(struct mnd_question *question);
bool mnd_command_is(const struct mnd_part *part, u32 process, u64 command,
		    const struct mnd_fact_list *arguments);
size_t mnd_command_agrees(const struct mnd_part *part, u32 process,
			  const struct mnd_fact_list *arguments);

/* context.c */
int mnd_check_context(struct mnd_question *question,
		      const struct mnd_item *item);
int mnd_check_elevated(struct mnd_question *question,
		       const struct mnd_item *item);
int mnd_check_cwd(struct mnd_question *question, const struct mnd_item *item);

/* variables.c */
int mnd_question_variables(struct mnd_question *question);

/* capabilities.c */
void mnd_capabilities_read(struct mnd_question *question);
int mnd_question_capabilities(struct mnd_question *question);

/* volumes.c */
int mnd_question_volumes(struct mnd_question *question);

#endif /* _MANDATE_MACHINE_QUESTION_H */
