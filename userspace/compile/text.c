// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Collects the strings and the patterns of a policy, which have their numbers
 * before any record is made.
 */

#include "compiler.h"
#include "divide_variable.h"

static int too_long(struct mnd_builder *builder, const struct mnd_place *place)
{
	mnd_fail(builder->error, place->line, place->column,
		 "longer than %u bytes", MND_STRING_SIZE_MAX);
	return -E2BIG;
}

static int add_string(struct mnd_builder *builder, const char *text,
		      const struct mnd_place *place)
{
	size_t length = strlen(text);

	if (length > MND_STRING_SIZE_MAX)
		return too_long(builder, place);
	return mnd_string_table_add(&builder->strings, text, length);
}

static int add_strings(struct mnd_builder *builder, const char **strings,
		       size_t count, const struct mnd_place *place)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < count; i++)
		err = add_string(builder, strings[i], place);
	return err;
}

static int add_match(struct mnd_builder *builder, enum mnd_space space,
		     const struct mnd_match_rule *rule)
{
	int err;

	if (rule->matching != MND_MATCHING_EXACT &&
	    rule->matching != MND_MATCHING_RE2)
		return 0;
	if (rule->length > MND_STRING_SIZE_MAX)
		return too_long(builder, &rule->place);
	err = mnd_string_table_add(&builder->strings, rule->text, rule->length);
	if (err || rule->matching != MND_MATCHING_RE2)
		return err;
	return mnd_pattern_table_add(&builder->patterns, space, rule,
				     builder->error);
}

/* Whether @object, which rules may share, is new. */
static bool is_new(struct mnd_builder *builder, const void *object, int *err)
{
	u32 number;

	if (mnd_pointer_map_get(&builder->collected, object, &number))
		return false;
	*err = mnd_pointer_map_put(&builder->collected, object, 0);
	return !*err;
}

/* An expression is refused as it was written, not as a part of it. */
static int check_variable(struct mnd_builder *builder,
			  const struct mnd_variable_rule *rule)
{
	if (!rule->whole || rule->value.matching != MND_MATCHING_RE2)
		return 0;
	return mnd_pattern_check(&rule->value, builder->error);
}

static int add_variable(struct mnd_builder *builder,
			const struct mnd_variable_rule *rule)
{
	const struct mnd_variable_rule divided = mnd_divide_variable(rule);
	int err = check_variable(builder, rule);

	if (err)
		return err;
	if (divided.whole)
		return add_match(builder, MND_SPACE_VARIABLE, &divided.value);
	err = add_match(builder, MND_SPACE_NAME, &divided.name);
	return err ? err : add_match(builder, MND_SPACE_VALUE, &divided.value);
}

static int add_variables(struct mnd_builder *builder,
			 const struct mnd_variable_rules *rules)
{
	size_t i;
	int err = 0;

	if (!rules->count || !is_new(builder, rules->rules, &err))
		return err;
	for (i = 0; !err && i < rules->count; i++)
		err = add_variable(builder, &rules->rules[i]);
	return err;
}

static int add_volumes(struct mnd_builder *builder,
		       const struct mnd_volume_rules *rules)
{
	const struct mnd_volume_rule *rule;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < rules->count; i++) {
		rule = &rules->rules[i];
		err = add_string(builder, rule->type, &rule->place);
		if (!err)
			err = add_string(builder, rule->destination,
					 &rule->place);
		if (!err)
			err = add_string(builder, rule->source, &rule->place);
		if (!err)
			err = add_match(builder, MND_SPACE_VOLUME,
					&rule->pattern);
		if (!err)
			err = add_strings(builder, rule->options,
					  rule->option_count, &rule->place);
	}
	return err;
}

static int add_groups(struct mnd_builder *builder,
		      const struct mnd_identity_rule *identity)
{
	size_t i;
	int err = 0;

	if (!identity->group_count || !is_new(builder, identity->groups, &err))
		return err;
	for (i = 0; !err && i < identity->group_count; i++)
		err = add_match(builder, MND_SPACE_PRINCIPAL,
				&identity->groups[i].name);
	return err;
}

/* Umasks and profiles are never patterns, so their space does not matter. */
static int add_context(struct mnd_builder *builder,
		       const struct mnd_context_rule *context)
{
	const struct mnd_identity_rule *identity = &context->identity;
	int err = 0;

	if (!is_new(builder, context, &err))
		return err;
	err = add_variables(builder, &context->variables);
	if (!err)
		err = add_match(builder, MND_SPACE_DIRECTORY, &context->cwd);
	if (!err)
		err = add_match(builder, MND_SPACE_PRINCIPAL,
				&identity->user.name);
	if (!err)
		err = add_groups(builder, identity);
	if (!err)
		err = add_match(builder, __MND_SPACE_MAX, &identity->umask);
	return err ? err :
		     add_match(builder, __MND_SPACE_MAX, &context->profile);
}

static int add_process(struct mnd_builder *builder,
		       const struct mnd_process_rule *process)
{
	size_t i;
	int err;

	err = add_match(builder, MND_SPACE_FILE, &process->file);
	for (i = 0; !err && i < process->argc; i++)
		err = add_match(builder, MND_SPACE_ARGUMENT, &process->argv[i]);
	return err;
}

static int add_mount(struct mnd_builder *builder,
		     const struct mnd_mount_rule *mount)
{
	int err = add_string(builder, mount->type, &mount->place);

	if (!err)
		err = add_match(builder, MND_SPACE_SOURCE, &mount->source);
	return err ? err : add_match(builder, MND_SPACE_TARGET, &mount->target);
}

static int add_subject(struct mnd_builder *builder,
		       const struct mnd_subject_source *subject)
{
	size_t i;
	int err;

	err = add_string(builder, subject->name, &subject->place);
	for (i = 0; !err && i < subject->process_count; i++) {
		const struct mnd_process_rule *process = &subject->processes[i];

		err = add_process(builder, process);
		if (!err && process->context)
			err = add_context(builder, process->context);
	}
	for (i = 0; !err && i < subject->mount_count; i++)
		err = add_mount(builder, &subject->mounts[i]);
	return err ? err : add_volumes(builder, &subject->volumes);
}

static int add_fragment(struct mnd_builder *builder,
			const struct mnd_fragment_rule *rule)
{
	int err = add_string(builder, rule->issuer, &rule->place);

	if (!err)
		err = add_string(builder, rule->feed, &rule->place);
	if (!err)
		err = add_string(builder, rule->minimum_svn, &rule->place);
	if (!err)
		err = add_string(builder, rule->parameters, &rule->place);
	return err ? err :
		     add_strings(builder, rule->receipts.strings,
				 rule->receipts.count, &rule->place);
}

static int add_trust_list(struct mnd_builder *builder,
			  const struct mnd_trust_list_rule *rule)
{
	int err = add_string(builder, rule->issuer, &rule->place);

	if (!err)
		err = add_string(builder, rule->subject, &rule->place);
	return err ? err :
		     add_strings(builder, rule->ledgers.strings,
				 rule->ledgers.count, &rule->place);
}

static int add_requests(struct mnd_builder *builder,
			const struct mnd_policy_source *policy)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < policy->platform_count; i++) {
		err = add_variables(builder, &policy->platforms[i].variables);
		if (!err)
			err = add_volumes(builder,
					  &policy->platforms[i].volumes);
	}
	for (i = 0; !err && i < policy->fragment_count; i++)
		err = add_fragment(builder, &policy->fragments[i]);
	for (i = 0; !err && i < policy->trust_list_count; i++)
		err = add_trust_list(builder, &policy->trust_lists[i]);
	return err;
}

/**
 * mnd_compile_text - Collect and number the strings and patterns of a policy
 *
 * @compiler: Compiler, whose subjects are known.
 *
 * Return: 0, or:
 *
 * - -EINVAL: A pattern is no regular expression.
 * - -E2BIG: A string or a pattern is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_compile_text(struct mnd_compiler *compiler)
{
	static const struct mnd_place nowhere;
	struct mnd_builder *builder = &compiler->builder;
	size_t i;
	int err;

	err = add_string(builder, compiler->policy->name, &nowhere);
	for (i = 0; !err && i < compiler->subject_count; i++)
		err = add_subject(builder, compiler->subjects[i]);
	if (!err)
		err = add_requests(builder, compiler->policy);
	if (err)
		return err;
	mnd_string_table_sort(&builder->strings);
	return mnd_pattern_table_build(&builder->patterns, builder->error);
}
