// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The environment of a process: which variables a rule allows, which it
 * requires, and which are dropped.
 */

#include "../byte_hash.h"
#include "question.h"

/* What the rules of an item say about the variables of the request. */
struct kept {
	const u64 *bits;
	u32 missing;
	bool is_missing;
};

/* The strings one after the other, as the engine reads them. */
static int join_strings(struct mnd_question *question)
{
	const struct mnd_fact_list *list = &question->request->variables;
	size_t total = 1, length;
	char *at;
	size_t i;

	for (i = 0; i < list->count; i++)
		total += strlen(list->strings[i]) + 1;
	at = mnd_question_take(question, total, 1);
	if (!at)
		return -ENOMEM;
	question->environment.strings = at;
	question->environment.count = (u32)list->count;
	for (i = 0; i < list->count; i++) {
		length = strlen(list->strings[i]) + 1;
		memcpy(at, list->strings[i], length);
		at += length;
	}
	return 0;
}

static u64 *take_bits(struct mnd_question *question)
{
	u64 *bits = mnd_question_take(question, question->words, sizeof(*bits));

	if (bits)
		memset(bits, 0, question->words * sizeof(*bits));
	return bits;
}

/* Marks each string that is not the same as an earlier one. */
static int find_first(struct mnd_question *question)
{
	const struct mnd_fact_list *list = &question->request->variables;
	size_t slots = 16;
	u32 *table;
	size_t i, slot;

	while (slots < 2 * list->count)
		slots *= 2;
	question->first = take_bits(question);
	table = mnd_question_take(question, slots, sizeof(*table));
	if (!question->first || !table)
		return -ENOMEM;
	memset(table, 0, slots * sizeof(*table));
	for (i = 0; i < list->count; i++) {
		const char *string = list->strings[i];

		slot = mnd_hash_bytes(0, string, strlen(string)) & (slots - 1);
		while (table[slot] &&
		       strcmp(list->strings[table[slot] - 1], string))
			slot = (slot + 1) & (slots - 1);
		if (table[slot])
			continue;
		table[slot] = (u32)i + 1;
		mnd_set_bit(question->first, i);
	}
	return 0;
}

static int prepare(struct mnd_question *question)
{
	const u32 count = (u32)question->request->variables.count;
	u32 i;
	int err;

	question->words = count / 64 + 1;
	question->all = take_bits(question);
	question->mixed = take_bits(question);
	if (!question->all || !question->mixed)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		mnd_set_bit(question->all, i);
	err = join_strings(question);
	if (err ||
	    !mnd_machine_has(question->machine, MND_POLICY_DROP_VARIABLES))
		return err;
	return find_first(question);
}

/* What one list of variables says; each is read once for a request. */
static int read_list(struct mnd_question *question, struct mnd_part *part,
		     __le32 list, struct kept *kept)
{
	struct mnd_list_memo *memo;
	struct mnd_stray stray;

	if (le32_to_cpu(list) == MND_LIST_NONE) {
		*kept = (struct kept){ question->all, MND_NONE, false };
		return 0;
	}
	memo = &part->lists[le32_to_cpu(list)];
	if (memo->epoch != question->machine->epoch) {
		memo->bits = take_bits(question);
		if (!memo->bits)
			return -ENOMEM;
		mnd_match_variables(&part->table, list, &question->environment,
				    part->matching, memo->bits, &stray);
		memo->missing = stray.variable;
		memo->epoch = question->machine->epoch;
	}
	*kept = (struct kept){ memo->bits, memo->missing,
			       memo->missing != MND_NONE };
	return 0;
}

/* What an item says: its own list and that of the platform. */
static int read_item(struct mnd_question *question, const struct mnd_item *item,
		     struct kept *kept)
{
	const struct mnd_context *context = mnd_item_context(question, item);
	const struct mnd_platform *platform;
	struct mnd_part *part;
	struct kept more;
	u32 i;
	int err;

	err = read_list(question, mnd_item_part(question, item),
			context->variables, kept);
	platform = mnd_item_platform(question, item, &part);
	if (err || !platform)
		return err;
	err = read_list(question, part, platform->variables, &more);
	if (err)
		return err;
	for (i = 0; i < question->words; i++)
		question->mixed[i] = kept->bits[i] | more.bits[i];
	kept->bits = question->mixed;
	/* No number tells a rule of the platform's table. */
	kept->is_missing |= more.is_missing;
	return 0;
}

static bool is_same(const struct mnd_question *question, const u64 *a,
		    const u64 *b)
{
	return a == b || !memcmp(a, b, question->words * sizeof(*a));
}

/* The first variable that is to be kept, and is not in @bits. */
static u32 first_difference(const struct mnd_question *question,
			    const u64 *bits)
{
	u32 i;

	for (i = 0; i < question->request->variables.count; i++)
		if (mnd_bit(question->all, i) && !mnd_bit(bits, i))
			return i;
	return MND_NONE;
}

/*
 * Whether an item allows exactly what is to be kept: everything; or, where some
 * is dropped, the largest set.  It has no larger one, so it must be its own.
 */
static int check_kept(struct mnd_question *question,
		      const struct mnd_item *item)
{
	struct kept kept;
	int err;

	err = read_item(question, item, &kept);
	if (err)
		return err;
	question->wrong = kept.missing;
	if (is_same(question, kept.bits, question->all))
		return kept.is_missing ? MND_REASON_MISSING : MND_REASON_NONE;
	question->wrong = first_difference(question, kept.bits);
	return MND_REASON_VARIABLE;
}

/* The largest set that an item keeps. */
struct largest {
	u64 *bits;
	u32 count;
	bool is_ambiguous;
};

static u32 count_first(const struct mnd_question *question, const u64 *bits)
{
	u32 count = 0;
	u32 i;

	for (i = 0; i < question->words; i++)
		count +=
			(u32)__builtin_popcountll(bits[i] & question->first[i]);
	return count;
}

/*
 * Which strings are allowed does not depend on how often they are there, so
 * that sets are the same if all their bits are.
 */
static void compare_largest(const struct mnd_question *question,
			    const u64 *bits, struct largest *largest)
{
	const u32 count = count_first(question, bits);

	if (largest->count != MND_NONE && count < largest->count)
		return;
	if (count == largest->count) {
		if (!is_same(question, bits, largest->bits))
			largest->is_ambiguous = true;
		return;
	}
	memcpy(largest->bits, bits, question->words * sizeof(*bits));
	largest->count = count;
	largest->is_ambiguous = false;
}

static int find_largest(struct mnd_question *question, struct largest *largest)
{
	struct kept kept;
	u32 i;
	int err;

	*largest = (struct largest){ take_bits(question), MND_NONE };
	if (!largest->bits)
		return -ENOMEM;
	for (i = 0; i < question->count; i++) {
		err = read_item(question, &question->items[i], &kept);
		if (err)
			return err;
		compare_largest(question, kept.bits, largest);
	}
	return 0;
}

static int reply_with(struct mnd_question *question, const u64 *bits)
{
	const u32 count = (u32)question->request->variables.count;
	struct mnd_reply *reply = question->reply;
	u32 *numbers;
	u32 i;

	numbers = mnd_question_take(question, count, sizeof(*numbers));
	if (!numbers)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		if (mnd_bit(bits, i) &&
		    (!question->first || mnd_bit(question->first, i)))
			numbers[reply->variable_count++] = i;
	reply->variables = numbers;
	return 0;
}

static int drop(struct mnd_question *question)
{
	struct largest largest;
	int err;

	err = find_largest(question, &largest);
	if (err)
		return err;
	question->reply->choice = question->items[0].choice;
	if (largest.is_ambiguous)
		return mnd_deny(question->reply, MND_REASON_VARIABLES);
	question->all = largest.bits;
	return mnd_question_filter(question, check_kept);
}

/**
 * mnd_question_variables - Keep the items whose environment is right
 *
 * Where variables can be dropped, each item keeps those that it allows; the
 * largest set wins, and only then is what is required asked for.
 *
 * @question: Question, with an item.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_question_variables(struct mnd_question *question)
{
	int err;

	err = prepare(question);
	if (!err)
		err = question->first ?
			      drop(question) :
			      mnd_question_filter(question, check_kept);
	if (err || question->reply->reason)
		return err;
	return reply_with(question, question->all);
}
