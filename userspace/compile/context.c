// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Puts into a table what processes must be like.
 */

#include <stdlib.h>

#include "compiler.h"
#include "divide_variable.h"

static const struct mnd_context_rule no_context = {
	.flags = MND_CONTEXT_STDIO,
};

/* Whether @object, which many rules may share, is in the table already. */
static bool is_made(const struct mnd_builder *builder, const void *object,
		    __le32 *number)
{
	u32 made;

	if (!mnd_pointer_map_get(&builder->made, object, &made))
		return false;
	*number = cpu_to_le32(made);
	return true;
}

static int note_made(struct mnd_builder *builder, const void *object,
		     __le32 number)
{
	return mnd_pointer_map_put(&builder->made, object, le32_to_cpu(number));
}

static int intern_variable(struct mnd_builder *builder,
			   const struct mnd_variable_rule *rule, __le32 *word)
{
	const struct mnd_variable_rule divided = mnd_divide_variable(rule);
	enum mnd_space space = divided.whole ? MND_SPACE_VARIABLE :
					       MND_SPACE_VALUE;
	struct mnd_variable variable = {
		.name = cpu_to_le32(MND_MATCH_WHOLE),
		.value = mnd_builder_matcher(builder, space, &divided.value),
	};
	int err;

	if (!divided.whole)
		variable.name = mnd_builder_matcher(builder, MND_SPACE_NAME,
						    &divided.name);
	err = mnd_builder_intern(builder, MND_SECTION_VARIABLE, &variable,
				 word);
	if (!err &&
	    mnd_builder_count(builder, MND_SECTION_VARIABLE) > MND_LIST_MAX) {
		mnd_fail(builder->error, rule->place.line, rule->place.column,
			 "more than %u different environment rules",
			 MND_LIST_MAX);
		return -E2BIG;
	}
	if (rule->required)
		*word |= cpu_to_le32(MND_VARIABLE_REQUIRED);
	return err;
}

static u32 variable_number(__le32 word)
{
	return le32_to_cpu(word) & ~MND_VARIABLE_REQUIRED;
}

/* By number, and what is required first. */
static int compare_variables(const void *a, const void *b)
{
	u32 x = variable_number(*(const __le32 *)a);
	u32 y = variable_number(*(const __le32 *)b);

	if (x != y)
		return x < y ? -1 : 1;
	return (int)(le32_to_cpu(*(const __le32 *)b) >> 31) -
	       (int)(le32_to_cpu(*(const __le32 *)a) >> 31);
}

/* Sorts, and leaves out what is there twice. */
static size_t sort_variables(__le32 *words, size_t count)
{
	size_t used = 0;
	size_t i;

	if (!count)
		return 0;
	qsort(words, count, sizeof(*words), compare_variables);
	for (i = 1; i < count; i++)
		if (variable_number(words[i]) != variable_number(words[used]))
			words[++used] = words[i];
	return used + 1;
}

static int intern_variables(struct mnd_builder *builder,
			    const struct mnd_variable_rules *rules,
			    __le32 *number)
{
	size_t count = rules->count;
	__le32 *words = calloc(count + 1, sizeof(*words));
	size_t i;
	int err = 0;

	if (!words)
		return mnd_builder_out_of_memory(builder);
	for (i = 0; !err && i < count; i++)
		err = intern_variable(builder, &rules->rules[i], &words[i]);
	if (!err) {
		count = sort_variables(words, count);
		err = mnd_builder_intern_list(builder, MND_LIST_VARIABLES,
					      words, count, number);
	}
	free(words);
	return err;
}

/**
 * mnd_compile_variables - Put a list of variables into a table
 *
 * @builder: Table.
 * @rules: The variables.
 * @number: Written: number of the list, %MND_LIST_NONE if they are not given.
 *
 * Return: 0, or:
 *
 * - -E2BIG: There are more than a table can have.
 * - -ENOMEM: Out of memory.
 */
int mnd_compile_variables(struct mnd_builder *builder,
			  const struct mnd_variable_rules *rules,
			  __le32 *number)
{
	int err;

	*number = cpu_to_le32(MND_LIST_NONE);
	if (!rules->given ||
	    (rules->count && is_made(builder, rules->rules, number)))
		return 0;
	err = intern_variables(builder, rules, number);
	if (err || !rules->count)
		return err;
	return note_made(builder, rules->rules, *number);
}

/**
 * mnd_compile_digests - Put a list of digests into a table
 *
 * @builder: Table.
 * @digests: The digests, one after the other.
 * @count: How many.
 * @number: Written: number of the list.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_compile_digests(struct mnd_builder *builder, const u8 *digests,
			size_t count, __le32 *number)
{
	__le32 *words = calloc(count + 1, sizeof(*words));
	size_t i;
	int err = 0;

	if (!words)
		return mnd_builder_out_of_memory(builder);
	for (i = 0; !err && i < count; i++)
		err = mnd_builder_intern(builder, MND_SECTION_DIGEST,
					 digests + i * MND_HASH_SIZE,
					 &words[i]);
	if (!err)
		err = mnd_builder_intern_list(builder, MND_LIST_DIGESTS, words,
					      count, number);
	free(words);
	return err;
}

static int intern_principal(struct mnd_builder *builder,
			    const struct mnd_principal_rule *rule,
			    __le32 *number)
{
	struct mnd_principal principal = {
		.name = mnd_builder_matcher(builder, MND_SPACE_PRINCIPAL,
					    &rule->name),
	};
	u32 flags = 0;

	if (rule->has_id)
		flags |= MND_PRINCIPAL_ID;
	if (rule->resolved)
		flags |= MND_PRINCIPAL_RESOLVED;
	principal.flags = cpu_to_le32(flags);
	if (flags)
		principal.id = cpu_to_le32(rule->id);
	return mnd_builder_intern(builder, MND_SECTION_PRINCIPAL, &principal,
				  number);
}

static int intern_principals(struct mnd_builder *builder,
			     const struct mnd_principal_rule *rules,
			     size_t count, __le32 *number)
{
	__le32 *words = calloc(count + 1, sizeof(*words));
	size_t i;
	int err = 0;

	if (!words)
		return mnd_builder_out_of_memory(builder);
	for (i = 0; !err && i < count; i++)
		err = intern_principal(builder, &rules[i], &words[i]);
	if (!err)
		err = mnd_builder_intern_list(builder, MND_LIST_PRINCIPALS,
					      words, count, number);
	free(words);
	return err;
}

static int intern_groups(struct mnd_builder *builder,
			 const struct mnd_identity_rule *rule, __le32 *number)
{
	int err;

	*number = cpu_to_le32(MND_LIST_NONE);
	if (!rule->has_groups ||
	    (rule->group_count && is_made(builder, rule->groups, number)))
		return 0;
	err = intern_principals(builder, rule->groups, rule->group_count,
				number);
	if (err || !rule->group_count)
		return err;
	return note_made(builder, rule->groups, *number);
}

static int intern_identity(struct mnd_builder *builder,
			   const struct mnd_identity_rule *rule, __le32 *number)
{
	struct mnd_identity identity = {
		.umask = mnd_builder_matcher(builder, __MND_SPACE_MAX,
					     &rule->umask),
	};
	int err;

	err = intern_principal(builder, &rule->user, &identity.user);
	if (!err)
		err = intern_groups(builder, rule, &identity.groups);
	return err ? err :
		     mnd_builder_intern(builder, MND_SECTION_IDENTITY,
					&identity, number);
}

static int intern_capabilities(struct mnd_builder *builder,
			       const struct mnd_capability_lists *lists,
			       __le32 *number)
{
	struct mnd_capabilities capabilities = {
		.rule = cpu_to_le16((u16)lists->rule),
	};
	bool listed = lists->rule == MND_CAPABILITIES_EQUAL;
	size_t i;

	for (i = 0; listed && i < __MND_CAPABILITY_SET_MAX; i++) {
		capabilities.sets[i] = cpu_to_le64(lists->sets[i]);
		capabilities.lengths[i] = cpu_to_le16(lists->lengths[i]);
	}
	return mnd_builder_intern(builder, MND_SECTION_CAPABILITIES,
				  &capabilities, number);
}

static int intern_filters(struct mnd_builder *builder,
			  const struct mnd_context_rule *rule, __le32 *number)
{
	int err;

	*number = cpu_to_le32(MND_LIST_NONE);
	if (!rule->has_filters ||
	    (rule->filter_count && is_made(builder, rule->filters, number)))
		return 0;
	err = mnd_compile_digests(builder, (const u8 *)rule->filters,
				  rule->filter_count, number);
	if (err || !rule->filter_count)
		return err;
	return note_made(builder, rule->filters, *number);
}

static int intern_context(struct mnd_builder *builder,
			  const struct mnd_context_rule *rule, __le32 *number)
{
	struct mnd_context record = {
		.cwd = mnd_builder_matcher(builder, MND_SPACE_DIRECTORY,
					   &rule->cwd),
		.profile = mnd_builder_matcher(builder, __MND_SPACE_MAX,
					       &rule->profile),
		.flags = cpu_to_le32(rule->flags),
	};
	int err;

	err = mnd_compile_variables(builder, &rule->variables,
				    &record.variables);
	if (!err)
		err = intern_identity(builder, &rule->identity,
				      &record.identity);
	if (!err)
		err = intern_capabilities(builder, &rule->capabilities,
					  &record.capabilities);
	if (!err)
		err = intern_filters(builder, rule, &record.filters);
	return err ? err :
		     mnd_builder_intern(builder, MND_SECTION_CONTEXT, &record,
					number);
}

/**
 * mnd_compile_context - Put a context into a table
 *
 * @builder: Table.
 * @context: Context; NULL for one that any process has.
 * @number: Written: number of the context.
 *
 * Return: 0, or:
 *
 * - -E2BIG: There are more variables than a table can have.
 * - -ENOMEM: Out of memory.
 */
int mnd_compile_context(struct mnd_builder *builder,
			const struct mnd_context_rule *context, __le32 *number)
{
	const struct mnd_context_rule *rule = context ? context : &no_context;
	int err;

	if (is_made(builder, rule, number))
		return 0;
	err = intern_context(builder, rule, number);
	return err ? err : note_made(builder, rule, *number);
}
