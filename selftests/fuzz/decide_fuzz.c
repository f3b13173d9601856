// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the engine as a kernel runs it: a hostile table, and hostile questions
 * to one that the verifier has let through.
 *
 * The input is the length of the questions (two bytes), a table, and the
 * questions.
 */

#include "fuzz.h"

#include "../../lsm/core/context.h"
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

/* What a list may know of an environment, with and without a look at all. */
static void walk_variables(const struct mnd_table *table,
			   const struct mnd_process_facts *facts)
{
	const struct mnd_environment *environment = &facts->environment;
	const size_t words = (environment->count + 63) / 64;
	u64 *matched = allocate(words * sizeof(*matched));
	struct mnd_stray all, first;
	u32 i, j, found, bits;

	for (i = 0; i < table->count[MND_SECTION_LIST]; i++) {
		if (le32_to_cpu(table->lists[i].kind) != MND_LIST_VARIABLES)
			continue;
		memset(matched, 0, words * sizeof(*matched));
		found = mnd_match_variables(table, cpu_to_le32(i), environment,
					    facts->scratch, matched, &all);
		for (bits = 0, j = 0; j < environment->count; j++)
			bits += matched[j / 64] >> j % 64 & 1;
		must(bits == found);
		must((found == environment->count) == (all.string == MND_NONE));
		mnd_match_variables(table, cpu_to_le32(i), environment,
				    facts->scratch, NULL, &first);
		must(first.string == all.string);
	}
	free(matched);
}

/* The rest of what a process is like; what is allocated is to be freed. */
static void take_facts(struct input *input, const struct mnd_table *table,
		       struct mnd_process_facts *facts)
{
	static const char *const names[] = { "root", "", "a" };
	static const u32 groups[] = { 0, 1000, 4294967295U };
	static const u8 filters[2][MND_HASH_SIZE] = { { 1 }, { 2 } };
	u32 size, i;

	facts->known = take_number(input, 2);
	facts->environment.strings =
		take_arguments(input, &facts->environment.count, &size);
	facts->scratch = allocate(mnd_scratch_words(table) * sizeof(u64));
	facts->cwd = take_fact(input);
	facts->user = take_number(input, 4);
	facts->user_name = take_fact(input);
	facts->groups = groups;
	facts->group_names = take_number(input, 1) & 1 ? names : NULL;
	facts->group_count = take_number(input, 1) % (ARRAY_SIZE(groups) + 1);
	facts->umask = take_string(input);
	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++)
		facts->capabilities[i] = take_number(input, 4);
	facts->no_new_privs = take_number(input, 1) & 1;
	facts->stdio = take_number(input, 1) & 1;
	facts->filters = filters;
	facts->filter_count = take_number(input, 1) % (ARRAY_SIZE(filters) + 1);
}

static void free_facts(struct mnd_process_facts *facts)
{
	free((void *)facts->environment.strings);
	free(facts->scratch);
	free((void *)facts->cwd);
	free((void *)facts->user_name);
	free((void *)facts->umask);
}

static void ask_exec(struct input *input, const struct mnd_table *table)
{
	struct mnd_candidates set = take_candidates(input, table);
	struct mnd_candidates left = { .count = set.count };
	struct mnd_exec_request request = {
		.role = take_number(input, 1) & MND_ROLES,
		.measured = take_number(input, 1) & 1,
	};
	char *args = take_arguments(input, &request.argc, &request.size);
	char *name = take_string(input);
	char *file = take_fact(input);
	struct mnd_verdict verdict, again;
	bool allowed;
	u32 i;

	take_facts(input, table, &request.facts);
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
	walk_variables(table, &request.facts);
	free_facts(&request.facts);
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
