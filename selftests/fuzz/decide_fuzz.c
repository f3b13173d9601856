// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the engine as a kernel runs it: a hostile table, and hostile questions
 * to one that the verifier has let through.
 *
 * The input is the length of the questions (two bytes), a table, and the
 * questions.
 */

#include "fuzz.h"

#include "../../lsm/core/decide.h"
#include "../../lsm/core/match.h"
#include "../../lsm/core/verify.h"

/* Who is asked: everybody, or one. */
static struct mnd_candidates take_candidates(struct input *input,
					     const struct mnd_table *table)
{
	const u32 count = table->count[MND_SECTION_SUBJECT];
	struct mnd_candidates set = { .count = mnd_candidate_words(table) };
	const u32 who = take_number(input, 1);
	u32 i;

	set.words = allocate(set.count * sizeof(*set.words));
	mnd_candidates_one(&set, who < count ? who : MND_NONE);
	for (i = 0; who >= count && i < count; i++)
		set.words[i / 64] |= 1ULL << i % 64;
	return set;
}

static void check_verdict(const struct mnd_table *table, bool allowed,
			  const struct mnd_verdict *verdict, u32 rules)
{
	must(allowed == (verdict->dimension == MND_DIMENSION_NONE));
	must(verdict->dimension < __MND_DIMENSION_MAX);
	must(verdict->subject == MND_NONE ||
	     verdict->subject < table->count[MND_SECTION_SUBJECT]);
	must(verdict->rule == MND_NONE || verdict->rule < rules);
	must(!allowed || verdict->subject != MND_NONE);
}

/* At most as many arguments as there are, and no memory behind them. */
static char *take_arguments(struct input *input, u32 *argc, u32 *size)
{
	const u32 wanted = take_number(input, 1) % 16 + 1;
	char *args = allocate(1);
	u32 count;

	args[0] = 0;
	*size = 0;
	for (count = 0; count < wanted; count++) {
		char *arg = take_string(input);
		const size_t length = strlen(arg) + 1;

		args = realloc(args, *size + length);
		must(args);
		memcpy(args + *size, arg, length);
		*size += length;
		free(arg);
	}
	*argc = count;
	return args;
}

/* Whatever rule it takes to get there, every automaton may be walked. */
static void walk_patterns(const struct mnd_table *table, const char *string)
{
	const char *end = string + strlen(string) + 1;
	const char *rest;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_PATTERN]; i++) {
		rest = mnd_match(table, MND_MATCH_PATTERN | i, string, end);
		must(!rest || rest == end);
	}
}

static void ask_exec(struct input *input, const struct mnd_table *table)
{
	struct mnd_candidates set = take_candidates(input, table);
	struct mnd_candidates left = { .count = set.count };
	struct mnd_exec_request request = {
		.role = 1U << take_number(input, 1) % 3,
		.measured = take_number(input, 1) & 1,
	};
	char *args = take_arguments(input, &request.argc, &request.size);
	char *name = take_string(input);
	char *file = take_fact(input);
	struct mnd_verdict verdict, again;
	bool allowed;
	u32 i;

	request.args = args;
	request.name = name;
	request.file = file;
	left.words = allocate(left.count * sizeof(*left.words));
	allowed = mnd_decide_exec(table, &set, &request, &left, &verdict);
	check_verdict(table, allowed, &verdict,
		      table->count[MND_SECTION_PROCESS]);
	must(allowed == mnd_decide_exec(table, &set, &request, NULL, &again));
	must(again.rule == verdict.rule && again.subject == verdict.subject);
	must(allowed == (mnd_next_candidate(&left, 0) != MND_NONE));
	for (i = 0; i < set.count; i++)
		must(!(left.words[i] & ~set.words[i]));
	mnd_decide_file(table, &set, request.measured, &verdict);
	mnd_has_listed(table, &set);
	mnd_find_container(table, name);
	walk_patterns(table, name);
	free(left.words);
	free(set.words);
	free(args);
	free(name);
	free(file);
}

static void ask_mount(struct input *input, const struct mnd_table *table)
{
	struct mnd_candidates set = take_candidates(input, table);
	char *type = take_fact(input);
	char *source = take_fact(input);
	char *target = take_fact(input);
	struct mnd_mount_request request = {
		.operation = take_number(input, 2) & MND_MOUNT_OPERATIONS,
		.phase = take_number(input, 1) & 1 ? MND_MOUNT_RUN :
						     MND_MOUNT_SETUP,
		.known = take_number(input, 1) & 7,
		.options = take_number(input, 1) & MND_MOUNT_OPTIONS,
		.type = type,
		.source = source,
		.target = target,
	};
	struct mnd_verdict verdict;
	bool allowed = mnd_decide_mount(table, &set, &request, &verdict);

	check_verdict(table, allowed, &verdict,
		      table->count[MND_SECTION_MOUNT]);
	free(set.words);
	free(type);
	free(source);
	free(target);
}

/* The table is overwritten, the questions become whatever they like. */
size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max_size,
			       unsigned int seed)
{
	struct input input = { data, size };
	size_t questions = take_number(&input, 2);
	const size_t table = input.left - questions;

	if (questions > input.left || table <= sizeof(struct mnd_header))
		return LLVMFuzzerMutate(data, size, max_size);
	srandom(seed);
	if (random() & 1) {
		questions = LLVMFuzzerMutate(data + 2 + table, questions,
					     max_size - 2 - table);
		if (questions > 0xffff)
			questions = 0xffff;
		data[0] = (u8)(questions >> 8);
		data[1] = (u8)questions;
		return 2 + table + questions;
	}
	overwrite(data + 2, table);
	return size;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input input = { data, size };
	const size_t questions = take_number(&input, 2);
	struct mnd_table table;
	struct mnd_fault fault;
	size_t length;
	u8 *bytes;

	if (questions > input.left)
		return 0;
	length = input.left - questions;
	bytes = repair_table(input.at, length);
	input.at += length;
	input.left = questions;
	if (!bytes)
		return 0;
	if (mnd_table_verify(&table, bytes, (u32)length, &fault)) {
		must(fault.reject < __MND_REJECT_MAX);
		must(fault.offset <= length);
		must(mnd_reject_errno(fault.reject) < 0);
	} else {
		accepted++;
		while (input.left) {
			if (take_number(&input, 1) & 1)
				ask_mount(&input, &table);
			else
				ask_exec(&input, &table);
		}
	}
	free(bytes);
	return 0;
}
