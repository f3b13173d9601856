// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Regular expressions of hcsshim.  It puts anchors around the text of an
 * expression, whatever it means, and then searches; a table has expressions
 * that match whole strings.  Both must accept the same.
 */

#include <stdio.h>
#include <stdlib.h>

#include "../regex/regex.h"
#include "../toml/toml.h"
#include "hcsshim_pattern.h"
#include "pattern_scan.h"

#define BEFORE "(?s:.*)(?:"
#define BEHIND ")(?s:.*)"

/**
 * struct expression - An expression that becomes a rule
 *
 * @import: Import.
 * @written: As it was written, for messages.
 * @text: As it is used.
 * @anchored: With hcsshim's anchors.
 * @rule: Rule.
 */
struct expression {
	struct mnd_import *import;
	const struct mnd_text *written;
	const struct mnd_text *text;
	const char *anchored;
	struct mnd_match_rule *rule;
};

/* What hcsshim's anchors do to an expression. */
struct shape {
	bool held; /* they hold all of it */
	bool open_quote; /* they are a part of what is quoted */
};

static struct shape find_shape(const struct mnd_text *text)
{
	struct mnd_pattern_scan scan = { text->text, text->length, 0, 0 };
	struct shape shape = { true, false };
	enum mnd_pattern_item item;

	scan.at = text->text[0] == '^';
	if (mnd_pattern_at_repeat(&scan))
		shape.held = false;
	do {
		item = mnd_pattern_next(&scan);
		if (item != MND_PATTERN_OTHER && item != MND_PATTERN_END)
			shape.held = false;
		if (item == MND_PATTERN_OPEN_QUOTE)
			shape.open_quote = true;
	} while (item != MND_PATTERN_END);
	return shape;
}

static void quote(const struct expression *expression,
		  char quoted[MND_TOML_QUOTED_SIZE])
{
	mnd_toml_quote(expression->written->text, expression->written->length,
		       quoted);
}

static int use(const struct expression *expression, const char *text,
	       size_t length)
{
	expression->rule->matching = MND_MATCHING_RE2;
	expression->rule->text = text;
	expression->rule->length = length;
	return 0;
}

#define NEVER "nothing matches %s, which is no regular expression: %s"

static int use_none(const struct expression *expression, const char *why)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	expression->rule->matching = MND_MATCHING_NONE;
	quote(expression, quoted);
	return mnd_hcsshim_warn(expression->import, &expression->written->place,
				NEVER, quoted, why);
}

/*
 * Whether @text is valid: 0, or -EINVAL and why not; or another error, with
 * that of the import written.
 */
static int parse(const struct expression *expression, const char *text,
		 struct mnd_error *why)
{
	const struct mnd_place *place = &expression->written->place;
	struct mnd_regex *regex;
	int err;

	err = mnd_regex_parse(text, strlen(text), &regex, why);
	if (!err)
		mnd_regex_free(regex);
	else if (err == -ENOMEM)
		mnd_hcsshim_out_of_memory(expression->import);
	else if (err == -E2BIG)
		mnd_fail(expression->import->error, place->line, place->column,
			 "pattern: %s", why->text);
	return err;
}

/* Takes an expression as it was meant, not as hcsshim takes it. */
static int use_strictly(const struct expression *expression,
			const struct shape *shape)
{
	struct mnd_error why;
	int err;

	if (shape->open_quote)
		return use_none(expression, "\\Q needs \\E");
	err = parse(expression, expression->text->text, &why);
	if (err == -EINVAL)
		return use_none(expression, why.text);
	return err ? err :
		     use(expression, expression->text->text,
			 expression->text->length);
}

#define LAX                                                           \
	"%s matches more than it seems to: its beginning and its end" \
	" are not those of the string"

/* Takes an expression as a search for what hcsshim makes of it. */
static int use_search(const struct expression *expression,
		      const struct shape *shape)
{
	struct mnd_import *import = expression->import;
	const char *unquote = shape->open_quote ? "\\E" : "";
	const size_t length = strlen(BEFORE) + strlen(expression->anchored) +
			      strlen(unquote) + strlen(BEHIND);
	char quoted[MND_TOML_QUOTED_SIZE];
	struct mnd_error why;
	char *search;
	int err;

	search = mnd_arena_alloc(&import->policy->arena, length + 1, 1);
	if (!search)
		return mnd_hcsshim_out_of_memory(import);
	snprintf(search, length + 1, BEFORE "%s%s" BEHIND, expression->anchored,
		 unquote);
	err = parse(expression, search, &why);
	if (err == -EINVAL)
		return use_none(expression, why.text);
	if (err)
		return err;
	use(expression, search, length);
	quote(expression, quoted);
	return mnd_hcsshim_warn(import, &expression->written->place, LAX,
				quoted);
}

static int use_anchored(const struct expression *expression)
{
	const struct shape shape = find_shape(expression->text);
	struct mnd_error why;
	int err;

	err = parse(expression, expression->anchored, &why);
	if (err == -EINVAL)
		return use_none(expression, why.text);
	if (err)
		return err;
	if (shape.held)
		return use(expression, expression->text->text,
			   expression->text->length);
	if (expression->import->options->strict)
		return use_strictly(expression, &shape);
	return use_search(expression, &shape);
}

/**
 * mnd_hcsshim_search - Make a rule of an expression that was changed
 *
 * @import: Import.
 * @written: As it was written, for messages.
 * @text: As it is used, which must outlive the policy.
 * @rule: As for mnd_hcsshim_pattern().
 *
 * Return: As mnd_hcsshim_pattern().
 */
int mnd_hcsshim_search(struct mnd_import *import,
		       const struct mnd_text *written,
		       const struct mnd_text *text, struct mnd_match_rule *rule)
{
	struct expression expression = { import, written, text, NULL, rule };
	char *anchored;
	size_t length;
	int err;

	rule->place = written->place;
	err = mnd_regex_anchor(text->text, text->length, &anchored, &length);
	if (err)
		return mnd_hcsshim_out_of_memory(import);
	expression.anchored = anchored;
	err = use_anchored(&expression);
	free(anchored);
	return err;
}

/**
 * mnd_hcsshim_pattern - Make a rule of an expression
 *
 * Its text stays as it is if hcsshim's anchors hold all of it; else it becomes
 * one that searches, unless the import is strict.
 *
 * @import: Import.
 * @text: Expression, as it was written, which must outlive the policy.
 * @rule: Written; %MND_MATCHING_NONE, and a warning added, if it is no valid
 *	expression.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -E2BIG: It is over one of the limits of the compiler of expressions.
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_pattern(struct mnd_import *import, const struct mnd_text *text,
			struct mnd_match_rule *rule)
{
	return mnd_hcsshim_search(import, text, text, rule);
}
