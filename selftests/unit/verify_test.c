// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the verifier refuses: one change of a good table for each of its checks,
 * and the reason that it must give.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../userspace/compile/compile.h"
#include "table_parts.h"

/* What the policy of the vectors does not have: strings, and a set of two. */
static const char more[] =
	"\n[[container]]\nname = \"zero\"\nroot = \"bound\"\n"
	"descendants = \"any\"\n"
	"command = [\"/z\", \"\", \"\\u007f\", \"%s\",\n"
	"{ re2 = \"y+\" }, { re2 = \"[yz]+\" }]\n"
	"environment = [{ re2 = \"q\" },\n"
	"{ name = { re2 = \"r\" }, value = { re2 = \"s\" } }, \"A=1\", \"B=1\"]\n";

static struct {
	u8 *bytes;
	u32 length;
	struct mnd_table table;
} good;

static int make_good(void **state)
{
	char *text = calloc(1, 65536);
	struct mnd_error error;
	struct mnd_fault fault;
	struct mnd_string_ref source;
	char name[257];
	size_t length;
	FILE *file;

	assert_non_null(text);
	file = fopen(MND_SOURCE "/selftests/vectors/core.toml", "r");
	assert_non_null(file);
	length = fread(text, 1, 60000, file);
	fclose(file);
	memset(name, 'n', 256);
	name[256] = 0;
	snprintf(text + length, 65536 - length, more, name);
	source = (struct mnd_string_ref){ text, strlen(text) };
	if (mnd_compile_source(&source, false, &good.bytes, &good.length,
			       &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
	free(text);
	assert_int_equal(mnd_table_verify(&good.table, good.bytes, good.length,
					  &fault),
			 0);
	(void)state;
	return 0;
}

static int free_good(void **state)
{
	free(good.bytes);
	(void)state;
	return 0;
}

/*
 * Records of the good table
 */

static u32 first(void)
{
	return 0;
}

static u32 find_subject(const char *name)
{
	u32 i;

	for (i = 0; strcmp(mnd_subject_name(&good.table, i), name); i++)
		assert_true(i + 1 < good.table.count[MND_SECTION_SUBJECT]);
	return i;
}

static u32 full(void)
{
	return find_subject("full");
}

static u32 web(void)
{
	return find_subject("web");
}

static u32 process_of(const char *subject, u32 number)
{
	const struct mnd_subject *s =
		&good.table.subjects[find_subject(subject)];

	assert_true(number < mnd_span_count(&s->processes));
	return mnd_span_first(&s->processes) + number;
}

static u32 external_process(void)
{
	return process_of("uvm", 1);
}

static u32 web_entry(void)
{
	return process_of("web", 0);
}

static u32 web_exec(void)
{
	return process_of("web", 1);
}

static u32 web_descendant(void)
{
	return process_of("web", 3);
}

static u32 context_of(const char *subject, u32 number)
{
	const u32 process = process_of(subject, number);

	return le32_to_cpu(good.table.processes[process].context);
}

static u32 full_context(void)
{
	return context_of("full", 0);
}

static u32 full_identity(void)
{
	return le32_to_cpu(good.table.contexts[full_context()].identity);
}

static u32 full_capabilities(void)
{
	return le32_to_cpu(good.table.contexts[full_context()].capabilities);
}

static u32 default_capabilities(void)
{
	const u32 context = context_of("names", 0);

	return le32_to_cpu(good.table.contexts[context].capabilities);
}

static u32 principal_with(u32 flags, bool any)
{
	const struct mnd_principal *p = good.table.principals;
	bool is_any;
	u32 i;

	for (i = 0; i < good.table.count[MND_SECTION_PRINCIPAL]; i++, p++) {
		is_any = le32_to_cpu(p->name) == MND_MATCH_ANY;
		if (le32_to_cpu(p->flags) == flags && is_any == any)
			return i;
	}
	fail_msg("no principal with flags %u", flags);
	return 0;
}

static u32 named_principal(void)
{
	return principal_with(0, false);
}

static u32 numbered_principal(void)
{
	return principal_with(MND_PRINCIPAL_ID, true);
}

static u32 resolved_principal(void)
{
	return principal_with(MND_PRINCIPAL_RESOLVED, false);
}

static u32 variable_with(bool whole)
{
	u32 i = good.table.count[MND_SECTION_VARIABLE];

	while ((le32_to_cpu(good.table.variables[--i].name) ==
		MND_MATCH_WHOLE) != whole)
		assert_true(i > 0);
	return i;
}

static u32 whole_variable(void)
{
	return variable_with(true);
}

static u32 divided_variable(void)
{
	return variable_with(false);
}

static u32 list_of(enum mnd_list_kind kind)
{
	const struct mnd_list *list = good.table.lists;
	u32 i;

	for (i = 0; i < good.table.count[MND_SECTION_LIST]; i++, list++)
		if (le32_to_cpu(list->kind) == (u32)kind &&
		    mnd_span_count(&list->words) >= 2)
			return i;
	fail_msg("no list of two of kind %u", (u32)kind);
	return 0;
}

static u32 word_of(enum mnd_list_kind kind)
{
	return mnd_span_first(&good.table.lists[list_of(kind)].words);
}

static u32 arguments(void)
{
	return list_of(MND_LIST_ARGUMENTS);
}

static u32 variables(void)
{
	return list_of(MND_LIST_VARIABLES);
}

static u32 strings(void)
{
	return list_of(MND_LIST_STRINGS);
}

static u32 digests(void)
{
	return list_of(MND_LIST_DIGESTS);
}

static u32 volumes(void)
{
	return list_of(MND_LIST_VOLUMES);
}

static u32 argument(void)
{
	return word_of(MND_LIST_ARGUMENTS);
}

static u32 variable(void)
{
	return word_of(MND_LIST_VARIABLES);
}

static u32 principal(void)
{
	return word_of(MND_LIST_PRINCIPALS);
}

static u32 volume(void)
{
	return word_of(MND_LIST_VOLUMES);
}

static u32 digest(void)
{
	return word_of(MND_LIST_DIGESTS);
}

static u32 string(void)
{
	return word_of(MND_LIST_STRINGS);
}

static u32 last_variable(void)
{
	return variable() - 1 +
	       mnd_list_count(&good.table, cpu_to_le32(variables()));
}

static u32 empty_list(void)
{
	const struct mnd_list *list = good.table.lists;
	u32 i;

	for (i = 0; mnd_span_count(&list[i].words); i++)
		assert_true(i + 1 < good.table.count[MND_SECTION_LIST]);
	return i;
}

/* The second word of such a list becomes the same as the first. */
static u32 second_variable(void)
{
	return variable() + 1;
}

static u32 same_variable(void)
{
	/* What is required does not count. */
	return le32_to_cpu(good.table.words[variable()]) ^
	       MND_VARIABLE_REQUIRED;
}

static u32 second_string(void)
{
	return string() + 1;
}

static u32 same_string(void)
{
	return le32_to_cpu(good.table.words[string()]);
}

/* A pattern of a space. */
static u32 pattern_of(enum mnd_space space)
{
	const struct mnd_pattern *p = good.table.patterns;
	u32 automaton, i;

	for (i = 0; i < good.table.count[MND_SECTION_PATTERN]; i++) {
		automaton = le32_to_cpu(p[i].automaton);
		if (le16_to_cpu(good.table.automata[automaton].space) ==
		    (u16)space)
			return MND_MATCH_PATTERN | i;
	}
	fail_msg("no pattern of space %u", (u32)space);
	return 0;
}

static u32 argument_pattern(void)
{
	return pattern_of(MND_SPACE_ARGUMENT);
}

static u32 file_pattern(void)
{
	return pattern_of(MND_SPACE_FILE);
}

static u32 name_pattern(void)
{
	return pattern_of(MND_SPACE_NAME);
}

static u32 value_pattern(void)
{
	return pattern_of(MND_SPACE_VALUE);
}

static u32 variable_pattern(void)
{
	return pattern_of(MND_SPACE_VARIABLE);
}

static u32 find_string(const char *text)
{
	u32 i;

	for (i = 0; strcmp(mnd_string(&good.table, i), text); i++)
		assert_true(i + 1 < good.table.count[MND_SECTION_STRING]);
	return i;
}

static u32 empty_string(void)
{
	return find_string("");
}

static u32 blank_string(void)
{
	return find_string("daemon off;");
}

static u32 high_string(void)
{
	return find_string("\177");
}

static u32 uvm_string(void)
{
	return find_string("uvm");
}

static u32 long_string(void)
{
	u32 i;

	for (i = 0; le32_to_cpu(good.table.strings[i].length) != 256; i++)
		assert_true(i + 1 < good.table.count[MND_SECTION_STRING]);
	return i;
}

/* A set of two, and one of another automaton. */
static u32 double_set(void)
{
	const struct mnd_span *sets = good.table.sets;
	u32 i;

	for (i = 0; mnd_span_count(&sets[i]) != 2; i++)
		assert_true(i + 1 < good.table.count[MND_SECTION_SET]);
	return i;
}

static u32 double_member(void)
{
	return mnd_span_first(&good.table.sets[double_set()]);
}

static u32 second_member(void)
{
	return double_member() + 1;
}

static u32 same_member(void)
{
	return le32_to_cpu(good.table.members[double_member()]);
}

static u32 foreign_member(void)
{
	return file_pattern() & ~MND_MATCH_PATTERN;
}

static u32 last_automaton(void)
{
	return good.table.count[MND_SECTION_AUTOMATON] - 1;
}

static u32 last_start(void)
{
	return le32_to_cpu(good.table.automata[last_automaton()].start);
}

static u32 last_cells(void)
{
	return mnd_span_count(&good.table.automata[last_automaton()].cells);
}

static u32 last_classes(void)
{
	return le16_to_cpu(good.table.automata[last_automaton()].classes);
}

/* A cell of the start state of the last automaton. */
static u32 start_cell(void)
{
	return mnd_span_first(&good.table.automata[last_automaton()].cells) +
	       last_start();
}

static u32 dead_cell(void)
{
	return mnd_span_first(&good.table.automata[last_automaton()].cells);
}

static u32 last_accept(void)
{
	return good.table.count[MND_SECTION_ACCEPT] - 1;
}

static u32 last_dead(void)
{
	return mnd_span_first(&good.table.automata[last_automaton()].accept);
}

static u32 last_set(void)
{
	return good.table.count[MND_SECTION_SET] - 1;
}

static u32 class_of_last(void)
{
	return last_automaton();
}

static u32 after_start(void)
{
	return last_start() + 1;
}

/*
 * Changes of one field
 */

/* Field @offset of record @record() becomes @value, or what @value_of() says. */
struct change {
	enum mnd_section section;
	u32 (*record)(void);
	size_t offset;
	size_t size;
	u64 value;
	u32 (*value_of)(void);
	enum mnd_reject reject;
};

#define FIELD(type, member...)                   \
	.offset = offsetof(struct type, member), \
	.size = sizeof(((struct type *)NULL)->member)

static const struct change changes[] = {
	{ MND_SECTION_POLICY, first, FIELD(mnd_policy, name), 0xffffff, NULL,
	  MND_REJECT_POLICY },
	{ MND_SECTION_POLICY, first, FIELD(mnd_policy, name), 0, blank_string,
	  MND_REJECT_POLICY },
	{ MND_SECTION_POLICY, first, FIELD(mnd_policy, name), 0, high_string,
	  MND_REJECT_POLICY },
	{ MND_SECTION_POLICY, first, FIELD(mnd_policy, name), 0, empty_string,
	  MND_REJECT_POLICY },
	{ MND_SECTION_POLICY, first, FIELD(mnd_policy, name), 0, long_string,
	  MND_REJECT_POLICY },
	{ MND_SECTION_POLICY, first, FIELD(mnd_policy, flags), 0x20, NULL,
	  MND_REJECT_POLICY },
	{ MND_SECTION_POLICY, first, FIELD(mnd_policy, svn), 1ULL << 63, NULL,
	  MND_REJECT_POLICY },
	{ MND_SECTION_POLICY, first,
	  FIELD(mnd_policy, answers[MND_POINT_HOST_NETWORK]), __MND_ANSWER_MAX,
	  NULL, MND_REJECT_POLICY },
	{ MND_SECTION_POLICY, first, FIELD(mnd_policy, reserved), 1, NULL,
	  MND_REJECT_POLICY },
	/* Subjects. */
	{ MND_SECTION_SUBJECT, web, FIELD(mnd_subject, name), 0xffffff, NULL,
	  MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, web, FIELD(mnd_subject, name), 0, uvm_string,
	  MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, web, FIELD(mnd_subject, name), 0, blank_string,
	  MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, web, FIELD(mnd_subject, kind), MND_KIND_UVM,
	  NULL, MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, first, FIELD(mnd_subject, kind),
	  MND_KIND_CONTAINER, NULL, MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, web, FIELD(mnd_subject, class), __MND_CLASS_MAX,
	  NULL, MND_REJECT_SUBJECT },
	/* Nothing of a bound container is verified. */
	{ MND_SECTION_SUBJECT, web, FIELD(mnd_subject, class),
	  MND_CLASS_VERIFIED, NULL, MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, web, FIELD(mnd_subject, flags),
	  MND_SUBJECT_BOUND | 16, NULL, MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, first, FIELD(mnd_subject, flags),
	  MND_SUBJECT_SHUTDOWN, NULL, MND_REJECT_SUBJECT },
	/* Layers, of what is not bound and no other. */
	{ MND_SECTION_SUBJECT, web, FIELD(mnd_subject, layers), 0, digests,
	  MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, first, FIELD(mnd_subject, layers), 0, digests,
	  MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, full, FIELD(mnd_subject, layers), MND_LIST_NONE,
	  NULL, MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, full, FIELD(mnd_subject, layers), 0, strings,
	  MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, full, FIELD(mnd_subject, volumes), 0, strings,
	  MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, full, FIELD(mnd_subject, volumes), MND_LIST_NONE,
	  NULL, MND_REJECT_SUBJECT },
	{ MND_SECTION_SUBJECT, first, FIELD(mnd_subject, processes.first), 1,
	  NULL, MND_REJECT_SPAN },
	{ MND_SECTION_SUBJECT, first, FIELD(mnd_subject, processes.count),
	  0xffffffff, NULL, MND_REJECT_SPAN },
	{ MND_SECTION_SUBJECT, first, FIELD(mnd_subject, mounts.first), 1, NULL,
	  MND_REJECT_SPAN },
	{ MND_SECTION_SUBJECT, first, FIELD(mnd_subject, mounts.count),
	  0xffffffff, NULL, MND_REJECT_SPAN },
	/* Process rules, and who may use them. */
	{ MND_SECTION_PROCESS, first, FIELD(mnd_process, argv), 0, strings,
	  MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, first, FIELD(mnd_process, argv), MND_LIST_NONE,
	  NULL, MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, first, FIELD(mnd_process, context), 0xffffff,
	  NULL, MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, first, FIELD(mnd_process, file), 0x7ffffff0,
	  NULL, MND_REJECT_MATCHER },
	{ MND_SECTION_PROCESS, first, FIELD(mnd_process, file), 0x800000ff,
	  NULL, MND_REJECT_MATCHER },
	{ MND_SECTION_PROCESS, first, FIELD(mnd_process, file), 0,
	  argument_pattern, MND_REJECT_MATCHER },
	{ MND_SECTION_PROCESS, web_descendant, FIELD(mnd_process, flags),
	  MND_ROLE_INSIDE | 32, NULL, MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, web_exec, FIELD(mnd_process, flags),
	  MND_ROLE_EXEC | MND_ROLE_INSIDE | MND_PROCESS_KEEP_SIGNALS, NULL,
	  MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, web_descendant, FIELD(mnd_process, signals), 1,
	  NULL, MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, first, FIELD(mnd_process, flags),
	  MND_ROLE_INSIDE, NULL, MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, first, FIELD(mnd_process, flags),
	  MND_ROLE_EXTERNAL | MND_PROCESS_KEEP_SIGNALS, NULL,
	  MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, external_process, FIELD(mnd_process, flags),
	  MND_ROLE_EXTERNAL | MND_ROLE_INSIDE, NULL, MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, web_entry, FIELD(mnd_process, flags),
	  MND_ROLE_EXEC | MND_ROLE_INSIDE, NULL, MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, web_exec, FIELD(mnd_process, flags),
	  MND_ROLE_ENTRY | MND_ROLE_INSIDE, NULL, MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, web_exec, FIELD(mnd_process, flags),
	  MND_ROLE_EXTERNAL | MND_ROLE_INSIDE, NULL, MND_REJECT_PROCESS },
	{ MND_SECTION_PROCESS, web_exec, FIELD(mnd_process, flags),
	  MND_ROLE_EXEC, NULL, MND_REJECT_PROCESS },
	/* Mount rules. */
	{ MND_SECTION_MOUNT, first, FIELD(mnd_mount, type), 0xffffff, NULL,
	  MND_REJECT_MOUNT },
	{ MND_SECTION_MOUNT, first, FIELD(mnd_mount, flags), 0x80001100, NULL,
	  MND_REJECT_MOUNT },
	{ MND_SECTION_MOUNT, first, FIELD(mnd_mount, flags), MND_MOUNT_NEW,
	  NULL, MND_REJECT_MOUNT },
	{ MND_SECTION_MOUNT, first, FIELD(mnd_mount, flags), MND_MOUNT_RUN,
	  NULL, MND_REJECT_MOUNT },
	{ MND_SECTION_MOUNT, first, FIELD(mnd_mount, source), 0, file_pattern,
	  MND_REJECT_MATCHER },
	{ MND_SECTION_MOUNT, first, FIELD(mnd_mount, target), 0, file_pattern,
	  MND_REJECT_MATCHER },
	/* Contexts. */
	{ MND_SECTION_CONTEXT, full_context, FIELD(mnd_context, variables), 0,
	  strings, MND_REJECT_CONTEXT },
	{ MND_SECTION_CONTEXT, full_context, FIELD(mnd_context, variables),
	  0xffff, NULL, MND_REJECT_CONTEXT },
	{ MND_SECTION_CONTEXT, full_context, FIELD(mnd_context, cwd), 0,
	  file_pattern, MND_REJECT_MATCHER },
	{ MND_SECTION_CONTEXT, full_context, FIELD(mnd_context, identity),
	  0xffff, NULL, MND_REJECT_CONTEXT },
	{ MND_SECTION_CONTEXT, full_context, FIELD(mnd_context, capabilities),
	  0xffff, NULL, MND_REJECT_CONTEXT },
	{ MND_SECTION_CONTEXT, full_context, FIELD(mnd_context, profile), 0,
	  argument_pattern, MND_REJECT_MATCHER },
	{ MND_SECTION_CONTEXT, full_context, FIELD(mnd_context, profile),
	  0xffffff, NULL, MND_REJECT_MATCHER },
	{ MND_SECTION_CONTEXT, full_context, FIELD(mnd_context, filters), 0,
	  strings, MND_REJECT_CONTEXT },
	{ MND_SECTION_CONTEXT, full_context, FIELD(mnd_context, flags), 8, NULL,
	  MND_REJECT_CONTEXT },
	/* Identities and principals. */
	{ MND_SECTION_IDENTITY, full_identity, FIELD(mnd_identity, user),
	  0xffff, NULL, MND_REJECT_IDENTITY },
	{ MND_SECTION_IDENTITY, full_identity, FIELD(mnd_identity, groups), 0,
	  strings, MND_REJECT_IDENTITY },
	{ MND_SECTION_IDENTITY, full_identity, FIELD(mnd_identity, umask), 0,
	  argument_pattern, MND_REJECT_MATCHER },
	{ MND_SECTION_PRINCIPAL, named_principal, FIELD(mnd_principal, id), 1,
	  NULL, MND_REJECT_PRINCIPAL },
	{ MND_SECTION_PRINCIPAL, numbered_principal, FIELD(mnd_principal, name),
	  0, NULL, MND_REJECT_PRINCIPAL },
	{ MND_SECTION_PRINCIPAL, resolved_principal, FIELD(mnd_principal, name),
	  MND_MATCH_ANY, NULL, MND_REJECT_PRINCIPAL },
	{ MND_SECTION_PRINCIPAL, resolved_principal,
	  FIELD(mnd_principal, flags),
	  MND_PRINCIPAL_ID | MND_PRINCIPAL_RESOLVED, NULL,
	  MND_REJECT_PRINCIPAL },
	{ MND_SECTION_PRINCIPAL, named_principal, FIELD(mnd_principal, flags),
	  4, NULL, MND_REJECT_PRINCIPAL },
	{ MND_SECTION_PRINCIPAL, named_principal, FIELD(mnd_principal, name), 0,
	  file_pattern, MND_REJECT_MATCHER },
	/* Capabilities. */
	{ MND_SECTION_CAPABILITIES, full_capabilities,
	  FIELD(mnd_capabilities, rule), __MND_CAPABILITY_RULE_MAX, NULL,
	  MND_REJECT_CAPABILITIES },
	{ MND_SECTION_CAPABILITIES, default_capabilities,
	  FIELD(mnd_capabilities, rule), __MND_CAPABILITY_RULE_MAX, NULL,
	  MND_REJECT_CAPABILITIES },
	{ MND_SECTION_CAPABILITIES, full_capabilities,
	  FIELD(mnd_capabilities, reserved), 1, NULL, MND_REJECT_CAPABILITIES },
	{ MND_SECTION_CAPABILITIES, default_capabilities,
	  FIELD(mnd_capabilities, sets[MND_AMBIENT]), 1, NULL,
	  MND_REJECT_CAPABILITIES },
	{ MND_SECTION_CAPABILITIES, default_capabilities,
	  FIELD(mnd_capabilities, lengths[MND_AMBIENT]), 1, NULL,
	  MND_REJECT_CAPABILITIES },
	/* Variables. */
	{ MND_SECTION_VARIABLE, whole_variable, FIELD(mnd_variable, value), 0,
	  value_pattern, MND_REJECT_MATCHER },
	{ MND_SECTION_VARIABLE, divided_variable, FIELD(mnd_variable, name), 0,
	  variable_pattern, MND_REJECT_MATCHER },
	{ MND_SECTION_VARIABLE, divided_variable, FIELD(mnd_variable, name), 0,
	  value_pattern, MND_REJECT_MATCHER },
	{ MND_SECTION_VARIABLE, divided_variable, FIELD(mnd_variable, value), 0,
	  name_pattern, MND_REJECT_MATCHER },
	{ MND_SECTION_VARIABLE, divided_variable, FIELD(mnd_variable, value), 0,
	  variable_pattern, MND_REJECT_MATCHER },
	{ MND_SECTION_VARIABLE, divided_variable, FIELD(mnd_variable, value),
	  MND_MATCH_WHOLE, NULL, MND_REJECT_MATCHER },
	/* Volumes; of the pattern, any string would be right. */
	{ MND_SECTION_VOLUME, first, FIELD(mnd_volume, type), 0xffffff, NULL,
	  MND_REJECT_VOLUME },
	{ MND_SECTION_VOLUME, first, FIELD(mnd_volume, destination), 0xffffff,
	  NULL, MND_REJECT_VOLUME },
	{ MND_SECTION_VOLUME, first, FIELD(mnd_volume, source), 0xffffff, NULL,
	  MND_REJECT_VOLUME },
	{ MND_SECTION_VOLUME, first, FIELD(mnd_volume, options), 0, digests,
	  MND_REJECT_VOLUME },
	{ MND_SECTION_VOLUME, first, FIELD(mnd_volume, length), 1, NULL,
	  MND_REJECT_VOLUME },
	{ MND_SECTION_VOLUME, first, FIELD(mnd_volume, pattern), MND_MATCH_ANY,
	  NULL, MND_REJECT_VOLUME },
	{ MND_SECTION_VOLUME, first, FIELD(mnd_volume, pattern), 0, NULL,
	  MND_REJECT_VOLUME },
	{ MND_SECTION_VOLUME, first, FIELD(mnd_volume, pattern), 0,
	  file_pattern, MND_REJECT_MATCHER },
	/* What may be added. */
	{ MND_SECTION_PLATFORM, first, FIELD(mnd_platform, variables), 0,
	  volumes, MND_REJECT_PLATFORM },
	{ MND_SECTION_PLATFORM, first, FIELD(mnd_platform, variables),
	  MND_LIST_NONE, NULL, MND_REJECT_PLATFORM },
	{ MND_SECTION_PLATFORM, first, FIELD(mnd_platform, volumes), 0,
	  variables, MND_REJECT_PLATFORM },
	{ MND_SECTION_FRAGMENT, first, FIELD(mnd_fragment, issuer), 0xffffff,
	  NULL, MND_REJECT_FRAGMENT },
	{ MND_SECTION_FRAGMENT, first, FIELD(mnd_fragment, feed), 0xffffff,
	  NULL, MND_REJECT_FRAGMENT },
	{ MND_SECTION_FRAGMENT, first, FIELD(mnd_fragment, minimum_svn),
	  0xffffff, NULL, MND_REJECT_FRAGMENT },
	{ MND_SECTION_FRAGMENT, first, FIELD(mnd_fragment, parameters),
	  0xffffff, NULL, MND_REJECT_FRAGMENT },
	{ MND_SECTION_FRAGMENT, first, FIELD(mnd_fragment, receipts), 0,
	  digests, MND_REJECT_FRAGMENT },
	{ MND_SECTION_FRAGMENT, first, FIELD(mnd_fragment, includes), 64, NULL,
	  MND_REJECT_FRAGMENT },
	{ MND_SECTION_TRUST_LIST, first, FIELD(mnd_trust_list, issuer),
	  0xffffff, NULL, MND_REJECT_TRUST_LIST },
	{ MND_SECTION_TRUST_LIST, first, FIELD(mnd_trust_list, subject),
	  0xffffff, NULL, MND_REJECT_TRUST_LIST },
	{ MND_SECTION_TRUST_LIST, first, FIELD(mnd_trust_list, ledgers), 0,
	  digests, MND_REJECT_TRUST_LIST },
	{ MND_SECTION_TRUST_LIST, first, FIELD(mnd_trust_list, reserved), 1,
	  NULL, MND_REJECT_TRUST_LIST },
	/* Lists and what is in them. */
	{ MND_SECTION_LIST, arguments, FIELD(mnd_list, kind),
	  __MND_LIST_KIND_MAX, NULL, MND_REJECT_LIST },
	{ MND_SECTION_LIST, empty_list, FIELD(mnd_list, kind),
	  __MND_LIST_KIND_MAX, NULL, MND_REJECT_LIST },
	{ MND_SECTION_LIST, arguments, FIELD(mnd_list, words.first), 0xffff,
	  NULL, MND_REJECT_SPAN },
	{ MND_SECTION_LIST, arguments, FIELD(mnd_list, words.count), 0xffffffff,
	  NULL, MND_REJECT_SPAN },
	{ MND_SECTION_WORD, argument, 0, 4, 0x7ffffff0, NULL,
	  MND_REJECT_MATCHER },
	{ MND_SECTION_WORD, argument, 0, 4, 0, file_pattern,
	  MND_REJECT_MATCHER },
	{ MND_SECTION_WORD, last_variable, 0, 4, 0xffff, NULL,
	  MND_REJECT_LIST },
	{ MND_SECTION_WORD, second_variable, 0, 4, 0, same_variable,
	  MND_REJECT_LIST },
	{ MND_SECTION_WORD, principal, 0, 4, 0xffff, NULL, MND_REJECT_LIST },
	{ MND_SECTION_WORD, volume, 0, 4, 0xffff, NULL, MND_REJECT_LIST },
	{ MND_SECTION_WORD, digest, 0, 4, 0xffff, NULL, MND_REJECT_LIST },
	{ MND_SECTION_WORD, string, 0, 4, 0xffffff, NULL, MND_REJECT_LIST },
	{ MND_SECTION_WORD, second_string, 0, 4, 0, same_string,
	  MND_REJECT_LIST },
	/* Patterns and automata. */
	{ MND_SECTION_PATTERN, first, FIELD(mnd_pattern, text), 0xffffff, NULL,
	  MND_REJECT_PATTERN },
	{ MND_SECTION_PATTERN, first, FIELD(mnd_pattern, automaton), 0xffff,
	  NULL, MND_REJECT_PATTERN },
	{ MND_SECTION_AUTOMATON, last_automaton, FIELD(mnd_automaton, classes),
	  0, NULL, MND_REJECT_AUTOMATON },
	{ MND_SECTION_AUTOMATON, last_automaton, FIELD(mnd_automaton, classes),
	  0, after_start, MND_REJECT_AUTOMATON },
	{ MND_SECTION_AUTOMATON, last_automaton, FIELD(mnd_automaton, space),
	  __MND_SPACE_MAX, NULL, MND_REJECT_AUTOMATON },
	{ MND_SECTION_AUTOMATON, last_automaton, FIELD(mnd_automaton, start), 0,
	  last_cells, MND_REJECT_AUTOMATON },
	{ MND_SECTION_AUTOMATON, last_automaton, FIELD(mnd_automaton, start), 0,
	  after_start, MND_REJECT_AUTOMATON },
	{ MND_SECTION_AUTOMATON, last_automaton,
	  FIELD(mnd_automaton, cells.first), 0, NULL, MND_REJECT_SPAN },
	{ MND_SECTION_AUTOMATON, last_automaton,
	  FIELD(mnd_automaton, cells.count), 0xffffffff, NULL,
	  MND_REJECT_SPAN },
	{ MND_SECTION_AUTOMATON, last_automaton,
	  FIELD(mnd_automaton, cells.count), 0, NULL, MND_REJECT_AUTOMATON },
	{ MND_SECTION_AUTOMATON, last_automaton,
	  FIELD(mnd_automaton, accept.first), 0, NULL, MND_REJECT_SPAN },
	{ MND_SECTION_AUTOMATON, last_automaton,
	  FIELD(mnd_automaton, accept.count), 1, NULL, MND_REJECT_AUTOMATON },
	{ MND_SECTION_AUTOMATON, first, FIELD(mnd_automaton, accept.count), 1,
	  NULL, MND_REJECT_AUTOMATON },
	{ MND_SECTION_CLASS, class_of_last, 255, 1, 0, last_classes,
	  MND_REJECT_CLASS },
	{ MND_SECTION_CELL, dead_cell, 0, 2, 0, last_start, MND_REJECT_CELL },
	{ MND_SECTION_CELL, start_cell, 0, 2, 0, last_cells, MND_REJECT_CELL },
	{ MND_SECTION_CELL, start_cell, 0, 2, 0, after_start, MND_REJECT_CELL },
	{ MND_SECTION_ACCEPT, last_dead, 0, 2, 0, last_set, MND_REJECT_ACCEPT },
	{ MND_SECTION_ACCEPT, last_accept, 0, 2, 0xffff, NULL,
	  MND_REJECT_ACCEPT },
	{ MND_SECTION_ACCEPT, last_accept, 0, 2, 1, NULL, MND_REJECT_ACCEPT },
	{ MND_SECTION_SET, first, FIELD(mnd_span, count), 1, NULL,
	  MND_REJECT_SET },
	{ MND_SECTION_SET, double_set, FIELD(mnd_span, count), 0, NULL,
	  MND_REJECT_SET },
	{ MND_SECTION_SET, last_set, FIELD(mnd_span, first), 0, NULL,
	  MND_REJECT_SPAN },
	{ MND_SECTION_MEMBER, double_member, 0, 4, 0xffff, NULL,
	  MND_REJECT_SET },
	{ MND_SECTION_MEMBER, second_member, 0, 4, 0, same_member,
	  MND_REJECT_SET },
	{ MND_SECTION_MEMBER, second_member, 0, 4, 0, foreign_member,
	  MND_REJECT_SET },
	/* Strings. */
	{ MND_SECTION_STRING, first, FIELD(mnd_string, offset), 1, NULL,
	  MND_REJECT_STRING },
	{ MND_SECTION_STRING, first, FIELD(mnd_string, length), 0xffffffff,
	  NULL, MND_REJECT_STRING },
	{ MND_SECTION_STRING, blank_string, FIELD(mnd_string, length), 3, NULL,
	  MND_REJECT_STRING },
	{ MND_SECTION_STRING, blank_string, FIELD(mnd_string, length), 13, NULL,
	  MND_REJECT_STRING },
};

static void check_reject(const char *what, size_t number, const u8 *bytes,
			 u32 length, enum mnd_reject reject)
{
	struct mnd_table table;
	struct mnd_fault fault;
	int err = mnd_table_verify(&table, bytes, length, &fault);

	if (err == mnd_reject_errno(reject) && fault.reject == reject &&
	    fault.offset <= length)
		return;
	fail_msg("%s %zu: error %d, table is %s", what, number, err,
		 err ? mnd_reject_text(fault.reject) : "good");
}

static void test_changes(void **state)
{
	const struct mnd_header *header = (const void *)good.bytes;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		const struct change *change = &changes[i];
		const u64 number = change->value_of ? change->value_of() :
						      change->value;
		const __le64 value = cpu_to_le64(number);
		const u32 at =
			le32_to_cpu(header->directory[change->section].offset) +
			change->record() * part_sizes[change->section];
		u8 *copy = malloc(good.length);

		assert_non_null(copy);
		memcpy(copy, good.bytes, good.length);
		memcpy(copy + at + change->offset, &value, change->size);
		set_checksum(copy);
		check_reject("change", i, copy, good.length, change->reject);
		free(copy);
	}
	(void)state;
}

/*
 * Changes of whole sections
 */

static void *last_record(struct parts *parts, enum mnd_section section)
{
	return parts->part[section].bytes +
	       (parts->part[section].count - 1) * part_sizes[section];
}

/* One record more, the same as the last. */
static void repeat(struct parts *parts, enum mnd_section section)
{
	const u32 size = part_sizes[section];
	u8 *more_bytes = append_records(parts, section, 1);

	memcpy(more_bytes, more_bytes - size, size);
}

static void add_to(__le32 *number, u32 more_of_it)
{
	*number = cpu_to_le32(le32_to_cpu(*number) + more_of_it);
}

static void second_policy(struct parts *parts)
{
	repeat(parts, MND_SECTION_POLICY);
}

static void no_policy(struct parts *parts)
{
	parts->part[MND_SECTION_POLICY].count = 0;
}

static void no_subject(struct parts *parts)
{
	parts->part[MND_SECTION_SUBJECT].count = 0;
}

/* Copies of the last one, without rules of their own. */
static void repeat_subject(struct parts *parts, u32 count)
{
	struct mnd_subject *subjects =
		append_records(parts, MND_SECTION_SUBJECT, count);
	u32 i;

	for (i = 0; i < count; i++) {
		struct mnd_subject *subject = &subjects[i];

		*subject = subject[-1];
		add_to(&subject->processes.first,
		       mnd_span_count(&subject->processes));
		add_to(&subject->mounts.first,
		       mnd_span_count(&subject->mounts));
		subject->processes.count = 0;
		subject->mounts.count = 0;
	}
}

static void same_subject(struct parts *parts)
{
	repeat_subject(parts, 1);
}

static void many_subjects(struct parts *parts)
{
	repeat_subject(parts, MND_SUBJECT_MAX + 1 -
				      parts->part[MND_SECTION_SUBJECT].count);
}

static void process_of_nobody(struct parts *parts)
{
	repeat(parts, MND_SECTION_PROCESS);
	parts->part[MND_SECTION_POSITION].count = 0;
}

static void mount_of_nobody(struct parts *parts)
{
	repeat(parts, MND_SECTION_MOUNT);
	parts->part[MND_SECTION_POSITION].count = 0;
}

static void many_variables(struct parts *parts)
{
	const u32 count =
		MND_LIST_MAX + 1 - parts->part[MND_SECTION_VARIABLE].count;
	u8 *variables = append_records(parts, MND_SECTION_VARIABLE, count);

	memset(variables, 0xff, count * sizeof(struct mnd_variable));
	for (; variables <
	       parts->part[MND_SECTION_VARIABLE].bytes +
		       (MND_LIST_MAX + 1) * sizeof(struct mnd_variable);
	     variables += sizeof(struct mnd_variable))
		((struct mnd_variable *)(void *)variables)->name =
			cpu_to_le32(MND_MATCH_WHOLE);
}

/* The last list becomes one of @count words of @kind. */
static void lengthen_list(struct parts *parts, enum mnd_list_kind kind,
			  u32 count)
{
	struct mnd_list *list = last_record(parts, MND_SECTION_LIST);
	const u32 old_count = mnd_span_count(&list->words);

	append_records(parts, MND_SECTION_WORD, count - old_count);
	memset(parts->part[MND_SECTION_WORD].bytes +
		       mnd_span_first(&list->words) * sizeof(__le32),
	       0, old_count * sizeof(__le32));
	list->kind = cpu_to_le32((u32)kind);
	list->words.count = cpu_to_le32(count);
}

static void long_arguments(struct parts *parts)
{
	lengthen_list(parts, MND_LIST_ARGUMENTS, MND_ARGC_MAX + 1);
}

static void long_list(struct parts *parts)
{
	lengthen_list(parts, MND_LIST_DIGESTS, MND_LIST_MAX + 1);
}

/* As long as they may be, they are only of the wrong kind for their user. */
static void longest_arguments(struct parts *parts)
{
	lengthen_list(parts, MND_LIST_ARGUMENTS, MND_ARGC_MAX);
}

static void longest_list(struct parts *parts)
{
	lengthen_list(parts, MND_LIST_DIGESTS, MND_LIST_MAX);
}

static void word_of_nobody(struct parts *parts)
{
	append_records(parts, MND_SECTION_WORD, 1);
}

static void no_sets(struct parts *parts)
{
	parts->part[MND_SECTION_SET].count = 0;
}

static void member_of_nobody(struct parts *parts)
{
	repeat(parts, MND_SECTION_MEMBER);
}

static void more_classes(struct parts *parts)
{
	append_records(parts, MND_SECTION_CLASS, 1);
}

static void cell_of_nobody(struct parts *parts)
{
	append_records(parts, MND_SECTION_CELL, 1);
}

static void accept_of_nobody(struct parts *parts)
{
	append_records(parts, MND_SECTION_ACCEPT, 1);
}

/* The last automaton has one class, and @count states that lead nowhere. */
static void lengthen_automaton(struct parts *parts, u32 count)
{
	struct mnd_automaton *automaton =
		last_record(parts, MND_SECTION_AUTOMATON);
	struct part *cells = &parts->part[MND_SECTION_CELL];
	struct part *accept = &parts->part[MND_SECTION_ACCEPT];

	memset(last_record(parts, MND_SECTION_CLASS), 0, 256);
	cells->count = mnd_span_first(&automaton->cells);
	accept->count = mnd_span_first(&automaton->accept);
	append_records(parts, MND_SECTION_CELL, count);
	append_records(parts, MND_SECTION_ACCEPT, count);
	automaton->classes = cpu_to_le16(1);
	automaton->start = 0;
	automaton->cells.count = cpu_to_le32(count);
	automaton->accept.count = cpu_to_le32(count);
}

static void many_cells(struct parts *parts)
{
	lengthen_automaton(parts, MND_CELL_MAX + 1);
}

/* More classes than there are bytes, and a state for each. */
static void wide_automaton(struct parts *parts)
{
	struct mnd_automaton *automaton =
		last_record(parts, MND_SECTION_AUTOMATON);

	lengthen_automaton(parts, 257);
	automaton->classes = cpu_to_le16(257);
	automaton->accept.count = cpu_to_le32(1);
	parts->part[MND_SECTION_ACCEPT].count -= 256;
}

/* One state, and a half. */
static void odd_automaton(struct parts *parts)
{
	struct mnd_automaton *automaton =
		last_record(parts, MND_SECTION_AUTOMATON);

	lengthen_automaton(parts, 3);
	automaton->classes = cpu_to_le16(2);
	automaton->accept.count = cpu_to_le32(1);
	parts->part[MND_SECTION_ACCEPT].count -= 2;
}

static void one_position(struct parts *parts)
{
	parts->part[MND_SECTION_POSITION].count = 1;
}

static void long_last_string(struct parts *parts)
{
	struct mnd_string *last = last_record(parts, MND_SECTION_STRING);
	const u32 count = MND_STRING_SIZE_MAX + 1 - le32_to_cpu(last->length);
	char *text = append_records(parts, MND_SECTION_TEXT, count);

	memset(text - 1, 'z', count);
	add_to(&last->length, count);
}

/* One byte longer than there is text for. */
static void no_text(struct parts *parts)
{
	struct mnd_string *last = last_record(parts, MND_SECTION_STRING);

	add_to(&last->length, 1);
}

static void no_text_at_all(struct parts *parts)
{
	struct mnd_string *record =
		append_records(parts, MND_SECTION_STRING, 1);

	record->offset = cpu_to_le32(parts->part[MND_SECTION_TEXT].count);
}

static void nul_inside(struct parts *parts)
{
	const struct mnd_string *record = &good.table.strings[blank_string()];

	parts->part[MND_SECTION_TEXT].bytes[le32_to_cpu(record->offset) + 6] =
		0;
}

static void text_of_nobody(struct parts *parts)
{
	append_records(parts, MND_SECTION_TEXT, 1);
}

static void no_nul(struct parts *parts)
{
	*(char *)last_record(parts, MND_SECTION_TEXT) = 'z';
}

/* The first is the empty one; the second becomes the last, and the same. */
static void descending_strings(struct parts *parts)
{
	parts->part[MND_SECTION_TEXT].bytes[1] = 0x7f;
}

static void same_strings(struct parts *parts)
{
	struct mnd_string *string_record =
		append_records(parts, MND_SECTION_STRING, 1);
	const u32 length = le32_to_cpu(string_record[-1].length);
	const u32 from = le32_to_cpu(string_record[-1].offset);
	u8 *text = append_records(parts, MND_SECTION_TEXT, length + 1);

	memcpy(text, parts->part[MND_SECTION_TEXT].bytes + from, length);
	string_record->offset = cpu_to_le32(from + length + 1);
	string_record->length = cpu_to_le32(length);
}

static void shorter_string(struct parts *parts)
{
	struct mnd_string *string_record;
	u8 *text;

	same_strings(parts);
	string_record = last_record(parts, MND_SECTION_STRING);
	add_to(&string_record->length, (u32)-1);
	parts->part[MND_SECTION_TEXT].count--;
	text = last_record(parts, MND_SECTION_TEXT);
	*text = 0;
}

static const struct {
	void (*change)(struct parts *parts);
	enum mnd_reject reject;
} part_changes[] = {
	{ second_policy, MND_REJECT_POLICY },
	{ no_policy, MND_REJECT_POLICY },
	{ no_subject, MND_REJECT_SUBJECT },
	{ many_subjects, MND_REJECT_SUBJECT },
	{ same_subject, MND_REJECT_SUBJECT_ORDER },
	{ process_of_nobody, MND_REJECT_SPAN },
	{ mount_of_nobody, MND_REJECT_SPAN },
	{ many_variables, MND_REJECT_VARIABLE },
	{ long_arguments, MND_REJECT_LIST },
	{ long_list, MND_REJECT_LIST },
	{ longest_arguments, MND_REJECT_TRUST_LIST },
	{ longest_list, MND_REJECT_TRUST_LIST },
	{ word_of_nobody, MND_REJECT_SPAN },
	{ no_sets, MND_REJECT_SET },
	{ member_of_nobody, MND_REJECT_SET },
	{ more_classes, MND_REJECT_AUTOMATON },
	{ cell_of_nobody, MND_REJECT_AUTOMATON },
	{ accept_of_nobody, MND_REJECT_AUTOMATON },
	{ many_cells, MND_REJECT_AUTOMATON },
	{ wide_automaton, MND_REJECT_AUTOMATON },
	{ odd_automaton, MND_REJECT_AUTOMATON },
	{ one_position, MND_REJECT_POSITION },
	{ long_last_string, MND_REJECT_STRING },
	{ no_text, MND_REJECT_STRING },
	{ no_text_at_all, MND_REJECT_STRING },
	{ nul_inside, MND_REJECT_STRING },
	{ text_of_nobody, MND_REJECT_STRING },
	{ no_nul, MND_REJECT_STRING },
	{ descending_strings, MND_REJECT_STRING_ORDER },
	{ same_strings, MND_REJECT_STRING_ORDER },
	{ shorter_string, MND_REJECT_STRING_ORDER },
};

static void test_parts(void **state)
{
	struct parts parts;
	size_t i;
	u32 length;
	u8 *bytes;

	for (i = 0; i < ARRAY_SIZE(part_changes); i++) {
		take_apart(&parts, good.bytes);
		part_changes[i].change(&parts);
		bytes = put_together(&parts, &length);
		check_reject("part", i, bytes, length, part_changes[i].reject);
		free(bytes);
		free_parts(&parts);
	}
	(void)state;
}

/* Taken apart and put together, a table is the same. */
static void test_unchanged(void **state)
{
	struct parts parts;
	u32 length;
	u8 *bytes;

	take_apart(&parts, good.bytes);
	bytes = put_together(&parts, &length);
	assert_int_equal(length, good.length);
	assert_memory_equal(bytes, good.bytes, length);
	free(bytes);
	free_parts(&parts);
	(void)state;
}

/* The empty accept set has to be there, even if no pattern is. */
static void test_no_pattern(void **state)
{
	static const char text[] = "name = \"p\"\n";
	const struct mnd_string_ref source = { text, strlen(text) };
	struct mnd_error error;
	struct parts parts;
	u32 length;
	u8 *bytes;
	int err;

	err = mnd_compile_source(&source, false, &bytes, &length, &error);
	assert_int_equal(err, 0);
	take_apart(&parts, bytes);
	free(bytes);
	assert_int_equal(parts.part[MND_SECTION_SET].count, 1);
	parts.part[MND_SECTION_SET].count = 0;
	bytes = put_together(&parts, &length);
	check_reject("table", 0, bytes, length, MND_REJECT_SET);
	free(bytes);
	free_parts(&parts);
	(void)state;
}

/* A kernel looks at the header before it has the rest. */
static void test_header(void **state)
{
	struct mnd_header header;
	struct mnd_fault fault;

	memcpy(&header, good.bytes, sizeof(header));
	assert_int_equal(mnd_header_verify((const u8 *)&header, sizeof(header),
					   &fault),
			 0);
	header.length = cpu_to_le32(sizeof(header) - 1);
	assert_int_equal(mnd_header_verify((const u8 *)&header, sizeof(header),
					   &fault),
			 mnd_reject_errno(MND_REJECT_LENGTH));
	(void)state;
}

/* A byte between two sections. */
static void test_padding(void **state)
{
	const struct mnd_header *header = (const void *)good.bytes;
	u8 *copy = malloc(good.length);
	u32 end;
	u32 i;

	assert_non_null(copy);
	for (i = 0; i + 1 < __MND_SECTION_MAX; i++) {
		end = le32_to_cpu(header->directory[i].offset) +
		      le32_to_cpu(header->directory[i].count) * part_sizes[i];
		if (end == le32_to_cpu(header->directory[i + 1].offset))
			continue;
		memcpy(copy, good.bytes, good.length);
		copy[end] = 1;
		set_checksum(copy);
		check_reject("section", i, copy, good.length,
			     MND_REJECT_PADDING);
	}
	free(copy);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unchanged),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_no_pattern),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_padding),
	};

	return cmocka_run_group_tests_name("verify", tests, make_good,
					   free_good);
}
