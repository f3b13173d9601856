// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes a table of a policy.  The bytes depend on nothing but the policy:
 * strings, patterns and containers are sorted, rules stay in their order, and
 * everything else is numbered as it first comes up.
 */

#include <stdlib.h>

#include "../../lsm/core/verify.h"
#include "compiler.h"

static int emit_policy(struct mnd_compiler *compiler)
{
	const struct mnd_policy_source *source = compiler->policy;
	struct mnd_builder *builder = &compiler->builder;
	struct mnd_policy *policy =
		mnd_builder_append(builder, MND_SECTION_POLICY, 1);
	size_t i;

	if (!policy)
		return mnd_builder_out_of_memory(builder);
	policy->name = mnd_builder_string(builder, source->name);
	policy->flags = cpu_to_le32(source->flags);
	policy->svn = cpu_to_le64(source->svn);
	for (i = 0; i < __MND_POINT_MAX; i++)
		policy->answers[i] = (u8)source->answers[i];
	return 0;
}

static int emit_arguments(struct mnd_builder *builder,
			  const struct mnd_process_rule *rule, __le32 *number)
{
	__le32 *words = calloc(rule->argc + 1, sizeof(*words));
	size_t i;
	int err;

	if (!words)
		return mnd_builder_out_of_memory(builder);
	for (i = 0; i < rule->argc; i++)
		words[i] = mnd_builder_matcher(builder, MND_SPACE_ARGUMENT,
					       &rule->argv[i]);
	err = mnd_builder_intern_list(builder, MND_LIST_ARGUMENTS, words,
				      rule->argc, number);
	free(words);
	return err;
}

static int emit_process(struct mnd_builder *builder,
			const struct mnd_process_rule *rule)
{
	struct mnd_process process = {
		.file = mnd_builder_matcher(builder, MND_SPACE_FILE,
					    &rule->file),
		.flags = cpu_to_le32(rule->flags),
		.signals = cpu_to_le64(rule->signals),
	};
	struct mnd_process *place;
	int err;

	err = emit_arguments(builder, rule, &process.argv);
	if (!err)
		err = mnd_compile_context(builder, rule->context,
					  &process.context);
	if (err)
		return err;
	place = mnd_builder_append(builder, MND_SECTION_PROCESS, 1);
	if (!place)
		return mnd_builder_out_of_memory(builder);
	*place = process;
	return 0;
}

static int emit_mount(struct mnd_builder *builder,
		      const struct mnd_mount_rule *rule)
{
	struct mnd_mount *mount =
		mnd_builder_append(builder, MND_SECTION_MOUNT, 1);

	if (!mount)
		return mnd_builder_out_of_memory(builder);
	mount->type = mnd_builder_string(builder, rule->type);
	mount->source =
		mnd_builder_matcher(builder, MND_SPACE_SOURCE, &rule->source);
	mount->target =
		mnd_builder_matcher(builder, MND_SPACE_TARGET, &rule->target);
	mount->flags = cpu_to_le32(rule->flags);
	return 0;
}

/* The UVM and what is bound have no layers that could tell them. */
static int emit_layers(struct mnd_builder *builder, bool is_uvm,
		       const struct mnd_subject_source *source, __le32 *number)
{
	*number = cpu_to_le32(MND_LIST_NONE);
	if (is_uvm || (source->flags & MND_SUBJECT_BOUND))
		return 0;
	return mnd_compile_digests(builder, (const u8 *)source->layers,
				   source->layer_count, number);
}

static int emit_rules(struct mnd_builder *builder,
		      const struct mnd_subject_source *source,
		      struct mnd_subject *subject)
{
	u32 process = mnd_builder_count(builder, MND_SECTION_PROCESS);
	u32 mount = mnd_builder_count(builder, MND_SECTION_MOUNT);
	size_t i;
	int err = 0;

	subject->processes.first = cpu_to_le32(process);
	subject->processes.count = cpu_to_le32((u32)source->process_count);
	subject->mounts.first = cpu_to_le32(mount);
	subject->mounts.count = cpu_to_le32((u32)source->mount_count);
	for (i = 0; !err && i < source->process_count; i++)
		err = emit_process(builder, &source->processes[i]);
	for (i = 0; !err && i < source->mount_count; i++)
		err = emit_mount(builder, &source->mounts[i]);
	return err;
}

static int emit_subject(struct mnd_compiler *compiler,
			const struct mnd_subject_source *source)
{
	struct mnd_builder *builder = &compiler->builder;
	bool is_uvm = source == &compiler->policy->uvm;
	struct mnd_subject subject = {
		.name = mnd_builder_string(builder, source->name),
		.kind = cpu_to_le16(is_uvm ? MND_KIND_UVM : MND_KIND_CONTAINER),
		.class = cpu_to_le16((u16)source->class),
		.flags = cpu_to_le32(source->flags),
	};
	struct mnd_subject *place;
	int err;

	err = emit_rules(builder, source, &subject);
	if (!err)
		err = emit_layers(builder, is_uvm, source, &subject.layers);
	if (!err)
		err = mnd_compile_volumes(builder, &source->volumes,
					  &subject.volumes);
	if (err)
		return err;
	place = mnd_builder_append(builder, MND_SECTION_SUBJECT, 1);
	if (!place)
		return mnd_builder_out_of_memory(builder);
	*place = subject;
	return 0;
}

static int emit_position(struct mnd_builder *builder,
			 const struct mnd_place *place)
{
	struct mnd_position *position =
		mnd_builder_append(builder, MND_SECTION_POSITION, 1);

	if (!position)
		return mnd_builder_out_of_memory(builder);
	position->line = cpu_to_le32(place->line);
	position->column = cpu_to_le32(place->column);
	return 0;
}

/* Those of all process rules, then those of all mount rules. */
static int emit_positions(struct mnd_compiler *compiler)
{
	struct mnd_builder *builder = &compiler->builder;
	const struct mnd_subject_source *subject;
	size_t i, j;
	int err = 0;

	for (i = 0; i < compiler->subject_count; i++) {
		subject = compiler->subjects[i];
		for (j = 0; !err && j < subject->process_count; j++)
			err = emit_position(builder,
					    &subject->processes[j].place);
	}
	for (i = 0; i < compiler->subject_count; i++) {
		subject = compiler->subjects[i];
		for (j = 0; !err && j < subject->mount_count; j++)
			err = emit_position(builder, &subject->mounts[j].place);
	}
	return err;
}

static int emit_strings(struct mnd_builder *builder)
{
	const struct mnd_string_table *table = &builder->strings;
	struct mnd_string *strings =
		mnd_builder_append(builder, MND_SECTION_STRING, table->count);
	size_t i;

	if (!strings)
		return mnd_builder_out_of_memory(builder);
	for (i = 0; i < table->count; i++) {
		const struct mnd_string_ref *string = &table->strings[i];
		u32 offset = mnd_builder_count(builder, MND_SECTION_TEXT);
		char *text = mnd_builder_append(builder, MND_SECTION_TEXT,
						string->length + 1);

		if (!text)
			return mnd_builder_out_of_memory(builder);
		if (string->length)
			memcpy(text, string->text, string->length);
		strings[i].offset = cpu_to_le32(offset);
		strings[i].length = cpu_to_le32((u32)string->length);
	}
	return 0;
}

static int emit(struct mnd_compiler *compiler, bool strip)
{
	size_t i;
	int err;

	err = emit_policy(compiler);
	for (i = 0; !err && i < compiler->subject_count; i++)
		err = emit_subject(compiler, compiler->subjects[i]);
	if (!err)
		err = mnd_compile_requests(compiler);
	if (!err && !strip)
		err = emit_positions(compiler);
	if (!err)
		err = mnd_compile_automata(&compiler->builder);
	return err ? err : emit_strings(&compiler->builder);
}

static int compare_names(const void *a, const void *b)
{
	const struct mnd_subject_source *const *x = a;
	const struct mnd_subject_source *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static int same_name(struct mnd_compiler *compiler,
		     const struct mnd_subject_source *a,
		     const struct mnd_subject_source *b)
{
	const struct mnd_subject_source *second =
		a->place.line > b->place.line ? a : b;

	return mnd_fail(compiler->builder.error, second->place.line,
			second->place.column,
			"container \"%s\" is also defined on line %u",
			second->name,
			a->place.line + b->place.line - second->place.line);
}

/* The UVM, then the containers by name. */
static int sort_subjects(struct mnd_compiler *compiler)
{
	const struct mnd_policy_source *policy = compiler->policy;
	const struct mnd_subject_source **subjects;
	size_t i;

	compiler->subject_count = policy->container_count + 1;
	subjects = calloc(compiler->subject_count, sizeof(*subjects));
	if (!subjects)
		return mnd_builder_out_of_memory(&compiler->builder);
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

static int run(struct mnd_compiler *compiler, bool strip, u8 **table,
	       u32 *length)
{
	struct mnd_table verified;
	struct mnd_fault fault;
	int err;

	err = sort_subjects(compiler);
	if (!err)
		err = mnd_compile_text(compiler);
	if (!err)
		err = emit(compiler, strip);
	if (!err)
		err = mnd_builder_finish(&compiler->builder, table, length);
	if (err)
		return err;
	/* What the kernel would refuse is a bug here, and not for users. */
	if (!mnd_table_verify(&verified, *table, *length, &fault))
		return 0;
	mnd_fail(compiler->builder.error, 0, 0,
		 "internal: table is %s at byte %u",
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
	struct mnd_compiler compiler = { .policy = policy };
	int err;

	compiler.builder.error = error;
	err = run(&compiler, strip, table, length);
	if (err == -ENOMEM)
		mnd_builder_out_of_memory(&compiler.builder);
	free(compiler.subjects);
	mnd_builder_free(&compiler.builder);
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
