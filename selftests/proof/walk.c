// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Tables that the verifier has let through, as the decisions walk them.  It is
 * known where the parts of each record lie, and nothing of what they are.
 *
 * Kept apart: any_strings divide
 */

#include "any_table.h"
#include "verifier.h"

#include "walker.h"

/* Of all arguments. */
#define ARGS_SIZE 3

/* Of an environment, which may have a string as long as the table's. */
#define STRINGS_SIZE 4

/* One for the automaton, and one for the variables of a list. */
#define SCRATCH 2

/* Of all strings, without the NUL. */
#define STRING_LENGTH 3

#define SUBJECTS 2
#define LISTS 6
#define WORDS 9
#define PATTERNS 2
#define STATES 3
#define CLASSES 2
#define SETS 2
#define STRINGS 4

static const u32 counts[__MND_SECTION_MAX] = {
	[MND_SECTION_POLICY] = 1,
	[MND_SECTION_SUBJECT] = SUBJECTS,
	[MND_SECTION_PROCESS] = SUBJECTS,
	[MND_SECTION_MOUNT] = SUBJECTS,
	[MND_SECTION_CONTEXT] = 1,
	[MND_SECTION_IDENTITY] = 1,
	[MND_SECTION_PRINCIPAL] = 2,
	[MND_SECTION_CAPABILITIES] = 2,
	[MND_SECTION_VARIABLE] = 2,
	[MND_SECTION_VOLUME] = 1,
	[MND_SECTION_PLATFORM] = 1,
	[MND_SECTION_FRAGMENT] = 1,
	[MND_SECTION_TRUST_LIST] = 1,
	[MND_SECTION_LIST] = LISTS,
	[MND_SECTION_WORD] = WORDS,
	[MND_SECTION_DIGEST] = 1,
	[MND_SECTION_PATTERN] = PATTERNS,
	[MND_SECTION_AUTOMATON] = 1,
	[MND_SECTION_CLASS] = 1,
	[MND_SECTION_CELL] = STATES * CLASSES,
	[MND_SECTION_ACCEPT] = STATES,
	[MND_SECTION_SET] = SETS,
	[MND_SECTION_MEMBER] = PATTERNS,
	[MND_SECTION_POSITION] = 2 * SUBJECTS,
	[MND_SECTION_STRING] = STRINGS,
	[MND_SECTION_TEXT] = STRINGS * (STRING_LENGTH + 1),
};

/* The kind of the list that each word is in. */
static const enum mnd_list_kind kinds[WORDS] = {
	MND_LIST_ARGUMENTS, MND_LIST_ARGUMENTS,	 MND_LIST_VARIABLES,
	MND_LIST_VARIABLES, MND_LIST_PRINCIPALS, MND_LIST_PRINCIPALS,
	MND_LIST_VOLUMES,   MND_LIST_DIGESTS,	 MND_LIST_STRINGS,
};

static void place(struct mnd_span *const span, const u32 first, const u32 count)
{
	span->first = cpu_to_le32(first);
	span->count = cpu_to_le32(count);
}

static void place_lists(struct mnd_list *const lists)
{
	u32 i;

	for (i = 0; i < LISTS; i++) {
		place(&lists[i].words, 0, 0);
		lists[i].kind = cpu_to_le32(i);
	}
	for (i = WORDS; i--;) {
		struct mnd_span *const span = &lists[kinds[i]].words;

		place(span, i, mnd_span_count(span) + 1);
	}
}

static void place_rules(struct mnd_subject *const subjects)
{
	u32 i;

	for (i = 0; i < SUBJECTS; i++) {
		place(&subjects[i].processes, i, 1);
		place(&subjects[i].mounts, i, 1);
	}
}

static void place_patterns(struct mnd_automaton *const automaton,
			   struct mnd_span *const sets)
{
	automaton->classes = cpu_to_le16(CLASSES);
	place(&automaton->cells, 0, STATES * CLASSES);
	place(&automaton->accept, 0, STATES);
	place(&sets[0], 0, 0);
	place(&sets[1], 0, PATTERNS);
}

/* Makes a table that the verifier has let through, if it has. */
static bool make_verified_table(struct mnd_table *const table)
{
	const struct any_table any = make_any_table(counts);
	struct mnd_fault fault;

	place_lists(any_table_section(&any, MND_SECTION_LIST));
	place_rules(any_table_section(&any, MND_SECTION_SUBJECT));
	place_patterns(any_table_section(&any, MND_SECTION_AUTOMATON),
		       any_table_section(&any, MND_SECTION_SET));
	place_strings(&any, STRING_LENGTH);
	if (mnd_table_verify(table, any.data, any.length, &fault))
		return false;
	return true;
}

/* Strings one after the other, as many as there are ends. */
static u32 any_strings(char *const memory, const u32 size)
{
	u32 ends = 0;
	u32 i;

	make_unknown(memory, size);
	for (i = 0; i < size; i++)
		if (!memory[i])
			ends++;
	return any_below(ends + 1);
}

static void make_any_facts(struct mnd_process_facts *const facts)
{
	static char cwd[3], user[3], group[3], umask[5];
	static const char *names[2];
	static u8 filters[2][MND_HASH_SIZE];
	static u32 groups[2];

	make_unknown(facts, sizeof(*facts));
	make_unknown(groups, sizeof(groups));
	make_unknown(filters, sizeof(filters));
	facts->environment.strings = "";
	facts->environment.count = any_below(2);
	facts->cwd = any_string_or_none(cwd, sizeof(cwd));
	facts->user_name = any_string_or_none(user, sizeof(user));
	names[0] = any_string_or_none(group, sizeof(group));
	names[1] = names[0];
	facts->groups = groups;
	facts->group_names = any_bool() ? names : NULL;
	facts->group_count = any_below(ARRAY_SIZE(groups) + 1);
	facts->umask = any_string(umask, sizeof(umask));
	facts->no_new_privs = any_bool();
	facts->stdio = any_bool();
	facts->filters = (const u8(*)[MND_HASH_SIZE])filters;
	facts->filter_count = any_below(ARRAY_SIZE(filters) + 1);
}

static void walk_context(const struct mnd_table *const table)
{
	struct mnd_process_facts facts;
	struct mnd_stray stray;
	u64 scratch[SCRATCH];
	char strings[STRINGS_SIZE];

	make_any_facts(&facts);
	facts.scratch = scratch;
	facts.environment.strings = strings;
	facts.environment.count = any_strings(strings, STRINGS_SIZE);
	tell_values_apart(facts.environment.count, STRINGS_SIZE);
	if (mnd_match_context(table, cpu_to_le32(0), any_bool(), &facts,
			      &stray))
		mark("context denied");
	else
		mark("context allowed");
}

/* With a note of each string, as only an agent's requests ask for it. */
static void walk_variables(const struct mnd_table *const table)
{
	struct mnd_environment environment;
	struct mnd_stray stray;
	u64 scratch[SCRATCH];
	char strings[STRINGS_SIZE];
	u64 matched = 0;

	environment.strings = strings;
	environment.count = any_strings(strings, STRINGS_SIZE);
	tell_values_apart(environment.count, STRINGS_SIZE);
	must(mnd_match_variables(table, cpu_to_le32(MND_LIST_VARIABLES),
				 &environment, scratch, &matched,
				 &stray) <= STRINGS_SIZE);
	mark("variables");
}

static void walk_exec(const struct mnd_table *const table, const u64 set)
{
	u64 word = set, left;
	const struct mnd_candidates candidates = { &word, 1 };
	struct mnd_candidates survivors = { &left, 1 };
	static char name[8], file[8];
	struct mnd_exec_request request;
	struct mnd_verdict verdict;
	u64 scratch[SCRATCH];
	char args[ARGS_SIZE];

	make_any_facts(&request.facts);
	request.facts.scratch = scratch;
	request.role = any_number();
	request.args = args;
	request.size = ARGS_SIZE;
	request.argc = any_strings(args, ARGS_SIZE);
	tell_values_apart(request.argc, ARGS_SIZE);
	request.name = any_string(name, sizeof(name));
	request.file = any_string_or_none(file, sizeof(file));
	request.measured = any_bool();
	if (mnd_decide_exec(table, &candidates, &request, &survivors, &verdict))
		mark("exec allowed");
	else
		mark("exec denied");
}

static void walk_mount(const struct mnd_table *const table, const u64 set)
{
	u64 word = set;
	const struct mnd_candidates candidates = { &word, 1 };
	static char type[5], source[4], target[4];
	struct mnd_mount_request request;
	struct mnd_verdict verdict;

	make_unknown(&request, sizeof(request));
	request.type = any_string_or_none(type, sizeof(type));
	request.source = any_string_or_none(source, sizeof(source));
	request.target = any_string_or_none(target, sizeof(target));
	if (mnd_decide_mount(table, &candidates, &request, &verdict))
		mark("mount allowed");
	else
		mark("mount denied");
}

static void walk_rest(const struct mnd_table *const table, const u64 set)
{
	u64 word = set;
	const struct mnd_candidates candidates = { &word, 1 };
	struct mnd_verdict verdict;
	static char name[5];
	u32 found;

	mnd_decide_file(table, &candidates, any_bool(), &verdict);
	mnd_has_listed(table, &candidates);
	found = mnd_find_container(table, any_string(name, sizeof(name)));
	must(found == MND_NONE || found < SUBJECTS);
	mark("rest");
}

void prove_walk(void)
{
	struct mnd_table table;
	u64 set;

	if (!make_verified_table(&table))
		return;
	must(mnd_scratch_words(&table) == SCRATCH);
	walk_context(&table);
	walk_variables(&table);
	for (set = 0; set < 1 << SUBJECTS; set++) {
		walk_exec(&table, set);
		walk_mount(&table, set);
		walk_rest(&table, set);
	}
	mark("end");
}
