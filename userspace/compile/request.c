// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Puts into a table what only an agent's requests are compared with.
 */

#include <stdlib.h>

#include "compiler.h"

static int compare_words(const void *a, const void *b)
{
	u32 x = le32_to_cpu(*(const __le32 *)a);
	u32 y = le32_to_cpu(*(const __le32 *)b);

	return (x > y) - (x < y);
}

/* Sorts, and leaves out what is there twice. */
static size_t sort_words(__le32 *words, size_t count)
{
	size_t used = 0;
	size_t i;

	if (!count)
		return 0;
	qsort(words, count, sizeof(*words), compare_words);
	for (i = 1; i < count; i++)
		if (words[i] != words[used])
			words[++used] = words[i];
	return used + 1;
}

/**
 * mnd_compile_string_list - Put a set of strings into a table
 *
 * @builder: Table.
 * @strings: Strings.
 * @count: How many.
 * @number: Written: number of the list.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_compile_string_list(struct mnd_builder *builder, const char **strings,
			    size_t count, __le32 *number)
{
	__le32 *words = calloc(count + 1, sizeof(*words));
	size_t i;
	int err;

	if (!words)
		return mnd_builder_out_of_memory(builder);
	for (i = 0; i < count; i++)
		words[i] = mnd_builder_string(builder, strings[i]);
	err = mnd_builder_intern_list(builder, MND_LIST_STRINGS, words,
				      sort_words(words, count), number);
	free(words);
	return err;
}

static int intern_volume(struct mnd_builder *builder,
			 const struct mnd_volume_rule *rule, __le32 *number)
{
	struct mnd_volume volume = {
		.type = mnd_builder_string(builder, rule->type),
		.destination = mnd_builder_string(builder, rule->destination),
		.source = mnd_builder_string(builder, rule->source),
		.pattern = mnd_builder_matcher(builder, MND_SPACE_VOLUME,
					       &rule->pattern),
		.length = cpu_to_le32((u32)rule->option_count),
	};
	int err;

	err = mnd_compile_string_list(builder, rule->options,
				      rule->option_count, &volume.options);
	return err ? err :
		     mnd_builder_intern(builder, MND_SECTION_VOLUME, &volume,
					number);
}

/**
 * mnd_compile_volumes - Put a list of volumes into a table
 *
 * @builder: Table.
 * @rules: The volumes.
 * @number: Written: number of the list.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_compile_volumes(struct mnd_builder *builder,
			const struct mnd_volume_rules *rules, __le32 *number)
{
	__le32 *words = calloc(rules->count + 1, sizeof(*words));
	size_t i;
	int err = 0;

	if (!words)
		return mnd_builder_out_of_memory(builder);
	for (i = 0; !err && i < rules->count; i++)
		err = intern_volume(builder, &rules->rules[i], &words[i]);
	if (!err)
		err = mnd_builder_intern_list(builder, MND_LIST_VOLUMES, words,
					      rules->count, number);
	free(words);
	return err;
}

static int emit_platform(struct mnd_builder *builder,
			 const struct mnd_platform_rule *rule)
{
	struct mnd_platform platform;
	struct mnd_platform *place;
	int err;

	err = mnd_compile_variables(builder, &rule->variables,
				    &platform.variables);
	if (!err)
		err = mnd_compile_volumes(builder, &rule->volumes,
					  &platform.volumes);
	if (err)
		return err;
	place = mnd_builder_append(builder, MND_SECTION_PLATFORM, 1);
	if (!place)
		return mnd_builder_out_of_memory(builder);
	*place = platform;
	return 0;
}

static int emit_fragment(struct mnd_builder *builder,
			 const struct mnd_fragment_rule *rule)
{
	struct mnd_fragment *fragment =
		mnd_builder_append(builder, MND_SECTION_FRAGMENT, 1);

	if (!fragment)
		return mnd_builder_out_of_memory(builder);
	fragment->issuer = mnd_builder_string(builder, rule->issuer);
	fragment->feed = mnd_builder_string(builder, rule->feed);
	fragment->minimum_svn = mnd_builder_string(builder, rule->minimum_svn);
	fragment->includes = cpu_to_le32(rule->includes);
	fragment->parameters = mnd_builder_string(builder, rule->parameters);
	return mnd_compile_string_list(builder, rule->receipts.strings,
				       rule->receipts.count,
				       &fragment->receipts);
}

static int emit_trust_list(struct mnd_builder *builder,
			   const struct mnd_trust_list_rule *rule)
{
	struct mnd_trust_list *list =
		mnd_builder_append(builder, MND_SECTION_TRUST_LIST, 1);

	if (!list)
		return mnd_builder_out_of_memory(builder);
	list->issuer = mnd_builder_string(builder, rule->issuer);
	list->subject = mnd_builder_string(builder, rule->subject);
	list->minimum_svn = cpu_to_le64(rule->minimum_svn);
	return mnd_compile_string_list(builder, rule->ledgers.strings,
				       rule->ledgers.count, &list->ledgers);
}

/**
 * mnd_compile_requests - Put platform rules, fragments and trust lists in
 *
 * @compiler: Compiler.
 *
 * Return: 0, or:
 *
 * - -E2BIG: There are more variables than a table can have.
 * - -ENOMEM: Out of memory.
 */
int mnd_compile_requests(struct mnd_compiler *compiler)
{
	const struct mnd_policy_source *policy = compiler->policy;
	struct mnd_builder *builder = &compiler->builder;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < policy->platform_count; i++)
		err = emit_platform(builder, &policy->platforms[i]);
	for (i = 0; !err && i < policy->fragment_count; i++)
		err = emit_fragment(builder, &policy->fragments[i]);
	for (i = 0; !err && i < policy->trust_list_count; i++)
		err = emit_trust_list(builder, &policy->trust_lists[i]);
	return err;
}
