// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes a table of a policy.  The bytes depend on nothing but the policy:
 * strings, patterns and containers are sorted, rules stay in their order.
 */

#include <stdlib.h>

#include "../lsm/core/checksum.h"
#include "../lsm/core/verify.h"
#include "compile.h"
#include "pattern_table.h"
#include "string_table.h"

/* A section that is being filled. */
struct section {
	void *records;
	size_t size;
	size_t count;
};

/* A policy on its way into a table. */
struct compiler {
	const struct mnd_policy_source *policy;
	struct mnd_error *error;
	const struct mnd_subject_source **subjects;
	size_t subject_count;
	struct mnd_string_table strings;
	struct mnd_pattern_table patterns;
	struct section sections[__MND_SECTION_MAX];
};

static const size_t record_sizes[__MND_SECTION_MAX] = {
	[MND_SECTION_POLICY] = sizeof(struct mnd_policy),
	[MND_SECTION_SUBJECT] = sizeof(struct mnd_subject),
	[MND_SECTION_PROCESS] = sizeof(struct mnd_process),
	[MND_SECTION_MOUNT] = sizeof(struct mnd_mount),
	[MND_SECTION_MATCHER] = sizeof(__le32),
	[MND_SECTION_PATTERN] = sizeof(struct mnd_pattern),
	[MND_SECTION_AUTOMATON] = sizeof(struct mnd_automaton),
	[MND_SECTION_CLASS] = 256,
	[MND_SECTION_CELL] = sizeof(__le16),
	[MND_SECTION_ACCEPT] = sizeof(__le16),
	[MND_SECTION_SET] = sizeof(struct mnd_span),
	[MND_SECTION_MEMBER] = sizeof(__le32),
	[MND_SECTION_POSITION] = sizeof(struct mnd_position),
	[MND_SECTION_STRING] = sizeof(struct mnd_string),
	[MND_SECTION_TEXT] = 1,
};

static int out_of_memory(struct compiler *compiler)
{
	mnd_fail(compiler->error, 0, 0, "out of memory");
	return -ENOMEM;
}

/* Makes room for @count records at the end of a section. */
static void *grow(struct compiler *compiler, enum mnd_section number,
		  size_t count)
{
	struct section *section = &compiler->sections[number];
	size_t size = record_sizes[number];
	void *records;

	/* One more than needed, so that nothing is never NULL. */
	records = reallocarray(section->records, section->count + count + 1,
			       size);
	if (!records)
		return NULL;
	section->records = records;
	memset((char *)records + section->count * size, 0, (count + 1) * size);
	section->count += count;
	return (char *)records + (section->count - count) * size;
}

static u32 section_count(const struct compiler *compiler,
			 enum mnd_section number)
{
	return (u32)compiler->sections[number].count;
}

/*
 * First walk over the policy: its strings and patterns.
 */

/* Those that are names are short, and known to be so. */
static int add_name(struct compiler *compiler, const char *name)
{
	return mnd_string_table_add(&compiler->strings, name, strlen(name));
}

static int add_match(struct compiler *compiler, enum mnd_space space,
		     const struct mnd_match_rule *rule)
{
	int err;

	if (rule->matching == MND_MATCHING_ANY)
		return 0;
	if (rule->length > MND_STRING_SIZE_MAX) {
		mnd_fail(compiler->error, rule->place.line, rule->place.column,
			 "longer than %u bytes", MND_STRING_SIZE_MAX);
		return -E2BIG;
	}
	err = mnd_string_table_add(&compiler->strings, rule->text,
				   rule->length);
	if (err || rule->matching != MND_MATCHING_RE2)
		return err;
	return mnd_pattern_table_add(&compiler->patterns, space, rule,
				     compiler->error);
}

static int add_subject_strings(struct compiler *compiler,
			       const struct mnd_subject_source *subject)
{
	size_t i, j;
	int err;

	err = add_name(compiler, subject->name);
	for (i = 0; !err && i < subject->process_count; i++) {
		const struct mnd_process_rule *process = &subject->processes[i];

		err = add_match(compiler, MND_SPACE_FILE, &process->file);
		for (j = 0; !err && j < process->argc; j++)
			err = add_match(compiler, MND_SPACE_ARGUMENT,
					&process->argv[j]);
	}
	for (i = 0; !err && i < subject->mount_count; i++) {
		const struct mnd_mount_rule *mount = &subject->mounts[i];

		err = add_name(compiler, mount->type);
		if (!err)
			err = add_match(compiler, MND_SPACE_SOURCE,
					&mount->source);
		if (!err)
			err = add_match(compiler, MND_SPACE_TARGET,
					&mount->target);
	}
	return err;
}

static int collect(struct compiler *compiler)
{
	size_t i;
	int err;

	err = add_name(compiler, compiler->policy->name);
	for (i = 0; !err && i < compiler->subject_count; i++)
		err = add_subject_strings(compiler, compiler->subjects[i]);
	if (err)
		return err;
	mnd_string_table_sort(&compiler->strings);
	return mnd_pattern_table_build(&compiler->patterns, compiler->error);
}

/*
 * Second walk: the records.
 */

static __le32 string_number(const struct compiler *compiler, const char *text)
{
	const struct mnd_string_table *strings = &compiler->strings;

	return cpu_to_le32(mnd_string_table_find(strings, text, strlen(text)));
}

static __le32 matcher(const struct compiler *compiler, enum mnd_space space,
		      const struct mnd_match_rule *rule)
{
	u32 number;

	switch (rule->matching) {
	case MND_MATCHING_ANY:
		break;
	case MND_MATCHING_EXACT:
		number = mnd_string_table_find(&compiler->strings, rule->text,
					       rule->length);
		return cpu_to_le32(number);
	case MND_MATCHING_RE2:
		return cpu_to_le32(MND_MATCH_PATTERN |
				   mnd_pattern_table_find(&compiler->patterns,
							  space, rule));
	}
	return cpu_to_le32(MND_MATCH_ANY);
}

static int emit_policy(struct compiler *compiler)
{
	struct mnd_policy *policy = grow(compiler, MND_SECTION_POLICY, 1);

	if (!policy)
		return out_of_memory(compiler);
	policy->name = string_number(compiler, compiler->policy->name);
	policy->svn = cpu_to_le64(compiler->policy->svn);
	return 0;
}

static int emit_process(struct compiler *compiler,
			const struct mnd_process_rule *rule)
{
	struct mnd_process *process = grow(compiler, MND_SECTION_PROCESS, 1);
	u32 first = section_count(compiler, MND_SECTION_MATCHER);
	__le32 *argv = grow(compiler, MND_SECTION_MATCHER, rule->argc);
	size_t i;

	if (!process || !argv)
		return out_of_memory(compiler);
	for (i = 0; i < rule->argc; i++)
		argv[i] = matcher(compiler, MND_SPACE_ARGUMENT, &rule->argv[i]);
	process->argv.first = cpu_to_le32(first);
	process->argv.count = cpu_to_le32((u32)rule->argc);
	process->file = matcher(compiler, MND_SPACE_FILE, &rule->file);
	process->flags = cpu_to_le32(rule->flags);
	process->signals = cpu_to_le64(rule->signals);
	return 0;
}

static int emit_mount(struct compiler *compiler,
		      const struct mnd_mount_rule *rule)
{
	struct mnd_mount *mount = grow(compiler, MND_SECTION_MOUNT, 1);

	if (!mount)
		return out_of_memory(compiler);
	mount->type = string_number(compiler, rule->type);
	mount->source = matcher(compiler, MND_SPACE_SOURCE, &rule->source);
	mount->target = matcher(compiler, MND_SPACE_TARGET, &rule->target);
	mount->flags = cpu_to_le32(rule->flags);
	return 0;
}

static int emit_subject(struct compiler *compiler,
			const struct mnd_subject_source *source)
{
	u32 process = section_count(compiler, MND_SECTION_PROCESS);
	u32 mount = section_count(compiler, MND_SECTION_MOUNT);
	bool is_uvm = source == &compiler->policy->uvm;
	struct mnd_subject *subject = grow(compiler, MND_SECTION_SUBJECT, 1);
	size_t i;
	int err = 0;

	if (!subject)
		return out_of_memory(compiler);
	subject->name = string_number(compiler, source->name);
	subject->kind = cpu_to_le16(is_uvm ? MND_KIND_UVM : MND_KIND_CONTAINER);
	subject->class = cpu_to_le16((u16)source->class);
	subject->flags = cpu_to_le32(source->flags);
	subject->processes.first = cpu_to_le32(process);
	subject->processes.count = cpu_to_le32((u32)source->process_count);
	subject->mounts.first = cpu_to_le32(mount);
	subject->mounts.count = cpu_to_le32((u32)source->mount_count);
	for (i = 0; !err && i < source->process_count; i++)
		err = emit_process(compiler, &source->processes[i]);
	for (i = 0; !err && i < source->mount_count; i++)
		err = emit_mount(compiler, &source->mounts[i]);
	return err;
}

static int emit_position(struct compiler *compiler,
			 const struct mnd_place *place)
{
	struct mnd_position *position = grow(compiler, MND_SECTION_POSITION, 1);

	if (!position)
		return out_of_memory(compiler);
	position->line = cpu_to_le32(place->line);
	position->column = cpu_to_le32(place->column);
	return 0;
}

/* Those of all process rules, then those of all mount rules. */
static int emit_positions(struct compiler *compiler)
{
	const struct mnd_subject_source *subject;
	size_t i, j;
	int err = 0;

	for (i = 0; i < compiler->subject_count; i++) {
		subject = compiler->subjects[i];
		for (j = 0; !err && j < subject->process_count; j++)
			err = emit_position(compiler,
					    &subject->processes[j].place);
	}
	for (i = 0; i < compiler->subject_count; i++) {
		subject = compiler->subjects[i];
		for (j = 0; !err && j < subject->mount_count; j++)
			err = emit_position(compiler,
					    &subject->mounts[j].place);
	}
	return err;
}

static int emit_strings(struct compiler *compiler)
{
	const struct mnd_string_table *table = &compiler->strings;
	struct mnd_string *strings =
		grow(compiler, MND_SECTION_STRING, table->count);
	size_t i;

	if (!strings)
		return out_of_memory(compiler);
	for (i = 0; i < table->count; i++) {
		const struct mnd_string_ref *string = &table->strings[i];
		u32 offset = section_count(compiler, MND_SECTION_TEXT);
		char *text =
			grow(compiler, MND_SECTION_TEXT, string->length + 1);

		if (!text)
			return out_of_memory(compiler);
		if (string->length)
			memcpy(text, string->text, string->length);
		strings[i].offset = cpu_to_le32(offset);
		strings[i].length = cpu_to_le32((u32)string->length);
	}
	return 0;
}

static int emit_sets(struct compiler *compiler, const struct mnd_dfa *dfa,
		     u32 first_pattern)
{
	size_t i, j;

	for (i = 1; i < dfa->set_count; i++) {
		u32 count = dfa->set_first[i + 1] - dfa->set_first[i];
		u32 first = section_count(compiler, MND_SECTION_MEMBER);
		struct mnd_span *set = grow(compiler, MND_SECTION_SET, 1);
		__le32 *members = grow(compiler, MND_SECTION_MEMBER, count);

		if (!set || !members)
			return out_of_memory(compiler);
		set->first = cpu_to_le32(first);
		set->count = cpu_to_le32(count);
		for (j = 0; j < count; j++)
			members[j] =
				cpu_to_le32(first_pattern +
					    dfa->member[dfa->set_first[i] + j]);
	}
	return 0;
}

static int emit_states(struct compiler *compiler, const struct mnd_dfa *dfa,
		       u32 first_set)
{
	u32 cells = dfa->state_count * dfa->class_count;
	__le16 *cell = grow(compiler, MND_SECTION_CELL, cells);
	__le16 *accept = grow(compiler, MND_SECTION_ACCEPT, dfa->state_count);
	void *classes = grow(compiler, MND_SECTION_CLASS, 1);
	u32 i;

	if (!cell || !accept || !classes)
		return out_of_memory(compiler);
	memcpy(classes, dfa->class_of, 256);
	for (i = 0; i < cells; i++)
		cell[i] = cpu_to_le16(dfa->next[i]);
	for (i = 0; i < dfa->state_count; i++) {
		u32 set = dfa->accept[i] ? first_set + dfa->accept[i] - 1 : 0;

		if (set > 0xffff) {
			mnd_fail(compiler->error, 0, 0,
				 "patterns: more than 65,535 accept sets");
			return -E2BIG;
		}
		accept[i] = cpu_to_le16((u16)set);
	}
	return 0;
}

static int emit_automaton(struct compiler *compiler, enum mnd_space space,
			  const struct mnd_dfa *dfa)
{
	u32 cell = section_count(compiler, MND_SECTION_CELL);
	u32 accept = section_count(compiler, MND_SECTION_ACCEPT);
	u32 set = section_count(compiler, MND_SECTION_SET);
	struct mnd_automaton *automaton =
		grow(compiler, MND_SECTION_AUTOMATON, 1);
	int err;

	if (!automaton)
		return out_of_memory(compiler);
	automaton->classes = cpu_to_le16((u16)dfa->class_count);
	automaton->space = cpu_to_le16((u16)space);
	automaton->start = cpu_to_le32(dfa->start);
	automaton->cells.first = cpu_to_le32(cell);
	automaton->cells.count =
		cpu_to_le32(dfa->state_count * dfa->class_count);
	automaton->accept.first = cpu_to_le32(accept);
	automaton->accept.count = cpu_to_le32(dfa->state_count);
	err = emit_sets(compiler, dfa,
			mnd_pattern_table_first(&compiler->patterns, space));
	return err ? err : emit_states(compiler, dfa, set);
}

static int emit_space(struct compiler *compiler, enum mnd_space space)
{
	const struct mnd_string_table *texts = &compiler->patterns.texts[space];
	const struct mnd_dfa_list *automata =
		&compiler->patterns.automata[space];
	u32 first = section_count(compiler, MND_SECTION_AUTOMATON);
	struct mnd_pattern *patterns =
		grow(compiler, MND_SECTION_PATTERN, texts->count);
	size_t i;
	int err = 0;

	if (!patterns)
		return out_of_memory(compiler);
	for (i = 0; i < texts->count; i++) {
		patterns[i].text =
			string_number(compiler, texts->strings[i].text);
		patterns[i].automaton =
			cpu_to_le32(first + automata->automaton[i]);
	}
	for (i = 0; !err && i < automata->count; i++)
		err = emit_automaton(compiler, space, &automata->dfa[i]);
	return err;
}

static int emit(struct compiler *compiler, bool strip)
{
	size_t i;
	int err;

	err = emit_policy(compiler);
	for (i = 0; !err && i < compiler->subject_count; i++)
		err = emit_subject(compiler, compiler->subjects[i]);
	if (!err && !strip)
		err = emit_positions(compiler);
	/* Set 0, the empty one. */
	if (!err && !grow(compiler, MND_SECTION_SET, 1))
		err = out_of_memory(compiler);
	for (i = 0; !err && i < __MND_SPACE_MAX; i++)
		err = emit_space(compiler, i);
	return err ? err : emit_strings(compiler);
}

/*
 * Last: the sections one after the other.
 */

static size_t section_end(const struct compiler *compiler, size_t start,
			  size_t number)
{
	return start + compiler->sections[number].count * record_sizes[number];
}

static size_t align(size_t offset)
{
	return (offset + 7) & ~(size_t)7;
}

static int assemble(struct compiler *compiler, u8 **table, u32 *length)
{
	struct mnd_header *header;
	size_t end = sizeof(*header);
	size_t i, start;

	for (i = 0; i < __MND_SECTION_MAX; i++)
		end = section_end(compiler, align(end), i);
	if (end > MND_TABLE_SIZE_MAX) {
		mnd_fail(compiler->error, 0, 0,
			 "the table would be %zu bytes long, more than %u", end,
			 MND_TABLE_SIZE_MAX);
		return -E2BIG;
	}
	header = calloc(1, align(end));
	if (!header)
		return out_of_memory(compiler);
	*table = (u8 *)header;
	*length = (u32)end;
	memcpy(header->magic, MND_TABLE_MAGIC, sizeof(header->magic));
	header->abi = cpu_to_le32(MND_TABLE_ABI);
	header->length = cpu_to_le32(*length);
	header->sections = cpu_to_le32(__MND_SECTION_MAX);
	end = sizeof(*header);
	for (i = 0; i < __MND_SECTION_MAX; i++) {
		start = align(end);
		end = section_end(compiler, start, i);
		if (end > start)
			memcpy(*table + start, compiler->sections[i].records,
			       end - start);
		header->directory[i].offset = cpu_to_le32((u32)start);
		header->directory[i].count =
			cpu_to_le32((u32)compiler->sections[i].count);
	}
	header->checksum = cpu_to_le32(mnd_checksum(*table, *length));
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	const struct mnd_subject_source *const *x = a;
	const struct mnd_subject_source *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static int same_name(struct compiler *compiler,
		     const struct mnd_subject_source *a,
		     const struct mnd_subject_source *b)
{
	const struct mnd_subject_source *second =
		a->place.line > b->place.line ? a : b;

	return mnd_fail(compiler->error, second->place.line,
			second->place.column,
			"container \"%s\" is also defined on line %u",
			second->name,
			a->place.line + b->place.line - second->place.line);
}

/* The UVM, then the containers by name. */
static int sort_subjects(struct compiler *compiler)
{
	const struct mnd_policy_source *policy = compiler->policy;
	const struct mnd_subject_source **subjects;
	size_t i;

	compiler->subject_count = policy->container_count + 1;
	subjects = calloc(compiler->subject_count, sizeof(*subjects));
	if (!subjects)
		return out_of_memory(compiler);
	compiler->subjects = subjects;
	subjects[0] = &policy->uvm;
	for (i = 0; i < policy->container_count; i++)
		subjects[i + 1] = &policy->containers[i];
	qsort(subjects + 1, policy->container_count, sizeof(*subjects),
	      compare_names);
	for (i = 2; i < compiler->subject_count; i++)
		if (!strcmp(subjects[i - 1]->name, subjects[i]->name))
			return same_name(compiler, subjects[i - 1],
					 subjects[i]);
	return 0;
}

static int run(struct compiler *compiler, bool strip, u8 **table, u32 *length)
{
	struct mnd_table verified;
	struct mnd_fault fault;
	int err;

	err = sort_subjects(compiler);
	if (!err)
		err = collect(compiler);
	if (!err)
		err = emit(compiler, strip);
	if (!err)
		err = assemble(compiler, table, length);
	if (err)
		return err;
	/* What the kernel would refuse is a bug here, and not for users. */
	if (!mnd_table_verify(&verified, *table, *length, &fault))
		return 0;
	mnd_fail(compiler->error, 0, 0, "internal: table is %s at byte %u",
		 mnd_reject_text(fault.reject), fault.offset);
	free(*table);
	return -EPROTO;
}

/**
 * mnd_compile - Make a table of a policy
 *
 * @policy: Policy.
 * @strip: Leave out where rules were written.
 * @table: Written: the table, to be freed.
 * @length: Written: its length, in bytes.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: The policy has something that no table can have.
 * - -E2BIG: It is larger than a table may be.
 * - -ENOMEM: Out of memory.
 * - -EPROTO: The compiler made a table that the kernel would refuse.
 */
int mnd_compile(const struct mnd_policy_source *policy, bool strip, u8 **table,
		u32 *length, struct mnd_error *error)
{
	struct compiler compiler = { .policy = policy, .error = error };
	size_t i;
	int err;

	err = run(&compiler, strip, table, length);
	if (err == -ENOMEM)
		out_of_memory(&compiler);
	free(compiler.subjects);
	mnd_string_table_free(&compiler.strings);
	mnd_pattern_table_free(&compiler.patterns);
	for (i = 0; i < __MND_SECTION_MAX; i++)
		free(compiler.sections[i].records);
	return err;
}

/**
 * mnd_compile_source - Make a table of a source
 *
 * @source: Source, in mandate's own language.
 * @strip: Leave out where rules were written.
 * @table: Written: the table, to be freed.
 * @length: Written: its length, in bytes.
 * @error: Written after an error.
 *
 * Return: 0, or an error of mnd_policy_read() or mnd_compile().
 */
int mnd_compile_source(const struct mnd_string_ref *source, bool strip,
		       u8 **table, u32 *length, struct mnd_error *error)
{
	struct mnd_policy_source policy;
	int err;

	err = mnd_policy_read(source->text, source->length, &policy, error);
	if (!err)
		err = mnd_compile(&policy, strip, table, length, error);
	mnd_policy_release(&policy);
	return err;
}
