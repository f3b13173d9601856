// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The capabilities of a process: whether they are what a rule wants, and which
 * are dropped.
 */

#include "question.h"

/* What a rule wants: sets, and how many names each list must have. */
struct wanted {
	enum mnd_capability_rule rule;
	u64 sets[__MND_CAPABILITY_SET_MAX];
	u32 lengths[__MND_CAPABILITY_SET_MAX];
};

static u32 count_bits(u64 set)
{
	return (u32)__builtin_popcountll(set);
}

static void read_set(struct mnd_question *question,
		     const struct mnd_fact_list *list, u32 set)
{
	const struct mnd_capability_index *index =
		&question->machine->capabilities;
	size_t i;
	int number;

	question->lengths[set] = (u32)list->count;
	for (i = 0; i < list->count; i++) {
		number = mnd_capability_find(index, list->strings[i]);
		if (number < 0)
			question->is_unknown = true;
		else
			question->sets[set] |= 1ULL << number;
	}
}

/**
 * mnd_capabilities_read - Read the capabilities of a request
 *
 * @question: Question; its sets are written.
 */
void mnd_capabilities_read(struct mnd_question *question)
{
	u32 i;

	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++)
		read_set(question, &question->request->capabilities[i], i);
}

static void want_listed(const struct mnd_capabilities *record,
			struct wanted *wanted)
{
	u32 i;

	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++) {
		wanted->sets[i] = le64_to_cpu(record->sets[i]);
		wanted->lengths[i] = le16_to_cpu(record->lengths[i]);
	}
}

static void want_default(bool privileged, struct wanted *wanted)
{
	u32 i;

	mnd_default_capabilities(privileged, wanted->sets);
	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++)
		wanted->lengths[i] = count_bits(wanted->sets[i]);
}

/* What is asked for is wanted, each once. */
static void want_asked(const struct mnd_question *question,
		       struct wanted *wanted)
{
	memcpy(wanted->sets, question->sets, sizeof(wanted->sets));
	memcpy(wanted->lengths, question->lengths, sizeof(wanted->lengths));
}

static void find_wanted(const struct mnd_question *question,
			const struct mnd_item *item, struct wanted *wanted)
{
	const struct mnd_table *table = &mnd_item_part(question, item)->table;
	const u32 number =
		le32_to_cpu(mnd_item_context(question, item)->capabilities);
	const struct mnd_capabilities *record = &table->capabilities[number];
	const bool privileged = question->privileged &&
				mnd_item_is_elevated(question, item);

	memset(wanted, 0, sizeof(*wanted));
	wanted->rule = (enum mnd_capability_rule)le16_to_cpu(record->rule);
	if (wanted->rule == MND_CAPABILITIES_EQUAL)
		want_listed(record, wanted);
	if (wanted->rule == MND_CAPABILITIES_DEFAULT)
		want_default(privileged, wanted);
	if (wanted->rule == MND_CAPABILITIES_ANY)
		want_asked(question, wanted);
}

/* The first capability that is missing, or too much. */
static u32 first_difference(const struct mnd_question *question,
			    const struct wanted *wanted)
{
	u64 different;
	u32 i;

	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++) {
		different = question->sets[i] ^ wanted->sets[i];
		if (different)
			return i * MND_CAPABILITY_MAX +
			       (u32)__builtin_ctzll(different);
	}
	return MND_NONE;
}

static int check_wanted(struct mnd_question *question,
			const struct mnd_item *item)
{
	struct wanted wanted;

	find_wanted(question, item, &wanted);
	if (wanted.rule == MND_CAPABILITIES_NONE || question->is_unknown ||
	    memcmp(wanted.sets, question->sets, sizeof(wanted.sets)) ||
	    memcmp(wanted.lengths, question->lengths, sizeof(wanted.lengths))) {
		question->wrong = first_difference(question, &wanted);
		return MND_REASON_CAPABILITIES;
	}
	return MND_REASON_NONE;
}

/* The largest part of what is asked for that an item allows. */
struct largest {
	u64 sets[__MND_CAPABILITY_SET_MAX];
	u32 count;
	bool is_ambiguous;
};

static void compare_largest(struct mnd_question *question,
			    const struct mnd_item *item,
			    struct largest *largest)
{
	struct wanted wanted;
	u32 count = 0;
	u32 i;

	find_wanted(question, item, &wanted);
	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++) {
		wanted.sets[i] &= question->sets[i];
		count += count_bits(wanted.sets[i]);
	}
	if (largest->count != MND_NONE && count < largest->count)
		return;
	if (count == largest->count) {
		if (memcmp(wanted.sets, largest->sets, sizeof(wanted.sets)))
			largest->is_ambiguous = true;
		return;
	}
	memcpy(largest->sets, wanted.sets, sizeof(wanted.sets));
	largest->count = count;
	largest->is_ambiguous = false;
}

/* The largest part takes the place of what was asked for. */
static int drop(struct mnd_question *question)
{
	struct largest largest = { .count = MND_NONE };
	u32 i;

	for (i = 0; i < question->count; i++)
		compare_largest(question, &question->items[i], &largest);
	if (largest.is_ambiguous) {
		question->reply->choice = question->items[0].choice;
		return mnd_deny(question->reply, MND_REASON_CAPABILITY_SETS);
	}
	memcpy(question->sets, largest.sets, sizeof(largest.sets));
	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++)
		question->lengths[i] = count_bits(largest.sets[i]);
	question->is_unknown = false;
	return 0;
}

/**
 * mnd_question_capabilities - Keep the items whose capabilities are right
 *
 * Where capabilities can be dropped, it is done as with variables.
 *
 * @question: Question, with an item.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_question_capabilities(struct mnd_question *question)
{
	struct mnd_reply *reply = question->reply;
	int err = 0;

	if (mnd_machine_has(question->machine, MND_POLICY_DROP_CAPABILITIES))
		err = drop(question);
	if (!err && !reply->reason)
		err = mnd_question_filter(question, check_wanted);
	memcpy(reply->capabilities, question->sets, sizeof(question->sets));
	return err;
}
