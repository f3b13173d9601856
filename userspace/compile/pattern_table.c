// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patterns of a table: collected by what their strings are, then numbered
 * and made into automata.
 */

#include <stdlib.h>

#include "pattern_table.h"

static int keep_rule(struct mnd_pattern_table *table,
		     const struct mnd_match_rule *rule)
{
	struct mnd_match_rule *rules;

	rules = reallocarray(table->rules, table->rule_count + 1,
			     sizeof(*rules));
	if (!rules)
		return -ENOMEM;
	table->rules = rules;
	rules[table->rule_count++] = *rule;
	return 0;
}

/**
 * mnd_pattern_check - Ask whether a pattern is a regular expression
 *
 * @rule: The pattern.
 * @error: Written after an error, with the place of @rule.
 *
 * Return: 0, or:
 *
 * - -EINVAL: The text is no regular expression.
 * - -E2BIG: It is over one of the limits of the compiler.
 * - -ENOMEM: Out of memory.
 */
int mnd_pattern_check(const struct mnd_match_rule *rule,
		      struct mnd_error *error)
{
	struct mnd_regex *regex;
	struct mnd_error why;
	int err;

	err = mnd_regex_parse(rule->text, rule->length, &regex, &why);
	if (err == -EINVAL || err == -E2BIG)
		mnd_fail(error, rule->place.line, rule->place.column,
			 "pattern, byte %u: %s", why.column, why.text);
	if (!err)
		mnd_regex_free(regex);
	return err;
}

/**
 * mnd_pattern_table_add - Add a pattern
 *
 * @table: Table.
 * @space: What its strings are.
 * @rule: The pattern, whose text must outlive the table.
 * @error: Written after an error, with the place of @rule.
 *
 * Return: As mnd_pattern_check().
 */
int mnd_pattern_table_add(struct mnd_pattern_table *table, enum mnd_space space,
			  const struct mnd_match_rule *rule,
			  struct mnd_error *error)
{
	int err = mnd_pattern_check(rule, error);

	if (!err)
		err = keep_rule(table, rule);
	if (err)
		return err;
	return mnd_string_table_add(&table->texts[space], rule->text,
				    rule->length);
}

static int parse_whole(const struct mnd_string_ref *text,
		       struct mnd_regex **regex)
{
	struct mnd_error error;
	int err;

	err = mnd_regex_parse(text->text, text->length, regex, &error);
	if (!err)
		mnd_regex_match_whole(*regex);
	return err;
}

/* Says which pattern was too much, if it was one alone. */
static void explain(const struct mnd_pattern_table *table,
		    const struct mnd_string_table *texts,
		    const struct mnd_dfa_error *why, struct mnd_error *error)
{
	const struct mnd_match_rule *rule;
	struct mnd_string_ref text;
	size_t i;

	for (i = 0; why->pattern < texts->count && i < table->rule_count; i++) {
		rule = &table->rules[i];
		text = (struct mnd_string_ref){ rule->text, rule->length };
		if (mnd_string_compare(&text, &texts->strings[why->pattern]))
			continue;
		mnd_fail(error, rule->place.line, rule->place.column, "%s",
			 why->error.text);
		return;
	}
	mnd_fail(error, 0, 0, "%s", why->error.text);
}

static int build_space(struct mnd_pattern_table *table, enum mnd_space space,
		       struct mnd_error *error)
{
	const struct mnd_string_table *texts = &table->texts[space];
	struct mnd_regex **regex = calloc(texts->count, sizeof(*regex));
	struct mnd_dfa_error why;
	size_t i;
	int err = regex ? 0 : -ENOMEM;

	for (i = 0; !err && i < texts->count; i++)
		err = parse_whole(&texts->strings[i], &regex[i]);
	if (!err) {
		err = mnd_dfa_build((const struct mnd_regex *const *)regex,
				    texts->count, &table->automata[space],
				    &why);
		if (err && err != -ENOMEM)
			explain(table, texts, &why, error);
	}
	for (i = 0; regex && i < texts->count; i++)
		mnd_regex_free(regex[i]);
	free(regex);
	return err;
}

/**
 * mnd_pattern_table_build - Number the patterns and make their automata
 *
 * @table: Table, to which no more is added.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -E2BIG: A pattern, or all together, would take too many states.
 * - -ENOMEM: Out of memory.
 */
int mnd_pattern_table_build(struct mnd_pattern_table *table,
			    struct mnd_error *error)
{
	enum mnd_space space;
	int err = 0;

	for (space = 0; !err && space < __MND_SPACE_MAX; space++) {
		mnd_string_table_sort(&table->texts[space]);
		if (table->texts[space].count)
			err = build_space(table, space, error);
	}
	return err;
}

/**
 * mnd_pattern_table_first - The number of the first pattern of a space
 *
 * @table: Built table.
 * @space: Space; __MND_SPACE_MAX for the number of all patterns.
 *
 * Return: Its number.
 */
u32 mnd_pattern_table_first(const struct mnd_pattern_table *table,
			    enum mnd_space space)
{
	size_t first = 0;
	size_t i;

	for (i = 0; i < (size_t)space; i++)
		first += table->texts[i].count;
	return (u32)first;
}

/**
 * mnd_pattern_table_find - The number of a pattern
 *
 * @table: Built table.
 * @space: What its strings are.
 * @rule: Pattern that was added.
 *
 * Return: Its number.
 */
u32 mnd_pattern_table_find(const struct mnd_pattern_table *table,
			   enum mnd_space space,
			   const struct mnd_match_rule *rule)
{
	return mnd_pattern_table_first(table, space) +
	       mnd_string_table_find(&table->texts[space], rule->text,
				     rule->length);
}

/**
 * mnd_pattern_table_free - Free a table
 *
 * @table: Table; empty afterwards.
 */
void mnd_pattern_table_free(struct mnd_pattern_table *table)
{
	size_t space;

	for (space = 0; space < __MND_SPACE_MAX; space++) {
		mnd_string_table_free(&table->texts[space]);
		mnd_dfa_list_free(&table->automata[space]);
	}
	free(table->rules);
	table->rules = NULL;
	table->rule_count = 0;
}
