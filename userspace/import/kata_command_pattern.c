// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Expressions for commands whose arguments have blanks between them.  A rule has
 * an expression for each argument, so that an expression is divided where it has
 * a blank that is part of nothing else.
 */

#include "../toml/toml.h"
#include "kata.h"
#include "rust_scan.h"

/**
 * struct part - An expression for one argument
 *
 * @begin: Where it begins, in the expression for all.
 * @end: Behind its last byte.
 * @literal: What it is, if it can be nothing else.
 * @length: Of @literal.
 * @is_literal: It can be nothing else.
 */
struct part {
	size_t begin;
	size_t end;
	char *literal;
	size_t length;
	bool is_literal;
};

/**
 * struct division - An expression that is divided
 *
 * @kata: The policy.
 * @text: Expression.
 * @scan: How far it is taken apart.
 * @parts: Its parts.
 * @count: How many.
 * @begins: It begins with "^".
 * @ends: It ends with "$".
 * @anchored_inside: It has one of these elsewhere.
 * @has_bar: It has alternatives, for all of it.
 */
struct division {
	struct mnd_kata *kata;
	const struct mnd_text *text;
	struct mnd_rust_scan scan;
	struct part *parts;
	size_t count;
	bool begins;
	bool ends;
	bool anchored_inside;
	bool has_bar;
};

static int refuse(struct division *division, const char *why)
{
	const struct mnd_place *place = &division->text->place;

	return mnd_fail(division->kata->import->error, place->line,
			place->column, "the expression %s", why);
}

static bool repeats(const struct mnd_rust_scan *scan)
{
	struct mnd_rust_scan ahead = *scan;

	return mnd_rust_next(&ahead) == MND_RUST_REPEAT;
}

static int open_part(struct division *division)
{
	struct part *part;

	if (division->count == MND_ARGC_MAX)
		return refuse(division, "has too many arguments");
	part = &division->parts[division->count++];
	part->begin = division->scan.at;
	part->is_literal = true;
	part->literal =
		mnd_arena_alloc(&division->kata->import->policy->arena,
				division->text->length + 1 - part->begin, 1);
	if (!part->literal)
		return mnd_hcsshim_out_of_memory(division->kata->import);
	return 0;
}

static int take_blank(struct division *division, size_t at)
{
	if (repeats(&division->scan))
		return refuse(division, "repeats a blank");
	division->parts[division->count - 1].end = at;
	return open_part(division);
}

static int anchor_inside(struct division *division, struct part *part)
{
	part->is_literal = false;
	division->anchored_inside = true;
	return 0;
}

/* Takes an item that begins at @at; anchors at the ends are no part of any. */
static int take_item(struct division *division, enum mnd_rust_item item,
		     size_t at)
{
	struct part *part = &division->parts[division->count - 1];

	part->end = division->scan.at;
	switch (item) {
	case MND_RUST_REFUSED:
		return refuse(division, division->scan.why);
	case MND_RUST_FLAGS:
		return refuse(division, "sets flags");
	case MND_RUST_LITERAL:
		if (division->scan.literal == ' ' && !division->scan.depth)
			return take_blank(division, at);
		part->literal[part->length++] = division->scan.literal;
		return 0;
	case MND_RUST_BEGIN:
		if (at)
			return anchor_inside(division, part);
		division->begins = true;
		part->begin = division->scan.at;
		return 0;
	case MND_RUST_FINISH:
		if (division->scan.at < division->text->length)
			return anchor_inside(division, part);
		division->ends = true;
		part->end = at;
		return 0;
	default:
		part->is_literal = false;
		return 0;
	}
}

static int divide(struct division *division)
{
	enum mnd_rust_item item;
	size_t at;
	int err;

	err = open_part(division);
	while (!err) {
		at = division->scan.at;
		item = mnd_rust_next(&division->scan);
		if (item == MND_RUST_END)
			break;
		division->has_bar |= item == MND_RUST_BAR &&
				     !division->scan.depth;
		err = take_item(division, item, at);
	}
	if (err || division->count == 1)
		return err;
	if (division->has_bar)
		return refuse(division,
			      "has alternatives with a blank in them");
	if (division->anchored_inside)
		return refuse(division,
			      "has a beginning or an end in the middle");
	return 0;
}

/* A rule for what is between two places in the expression. */
static int use_expression(struct division *division, size_t begin, size_t end,
			  struct mnd_match_rule *rule)
{
	rule->matching = MND_MATCHING_RE2;
	rule->place = division->text->place;
	rule->length = end - begin;
	rule->text = mnd_arena_copy(&division->kata->import->policy->arena,
				    division->text->text + begin, rule->length);
	if (!rule->text)
		return mnd_hcsshim_out_of_memory(division->kata->import);
	return mnd_kata_check_pattern(division->kata, rule);
}

static int use_part(struct division *division, const struct part *part,
		    struct mnd_match_rule *rule)
{
	if (!part->is_literal)
		return use_expression(division, part->begin, part->end, rule);
	rule->matching = MND_MATCHING_EXACT;
	rule->text = part->literal;
	rule->length = part->length;
	rule->place = division->text->place;
	return 0;
}

/* A rule with the first @count parts, and room for one more argument. */
static int make_rule(struct division *division, size_t count,
		     struct mnd_process_rule *rule)
{
	size_t i;
	int err = 0;

	memset(rule, 0, sizeof(*rule));
	rule->place = division->text->place;
	rule->argc = count;
	rule->argv = mnd_arena_alloc(&division->kata->import->policy->arena,
				     count + 1, sizeof(*rule->argv));
	if (!rule->argv)
		return mnd_hcsshim_out_of_memory(division->kata->import);
	for (i = 0; !err && i < count; i++)
		err = use_part(division, &division->parts[i], &rule->argv[i]);
	return err;
}

/* As for a command that is no expression, what is behind a "-c" is one. */
static int add_script(struct division *division,
		      struct mnd_kata_commands *commands)
{
	const struct part *part = division->parts;
	struct mnd_process_rule rule;
	size_t i;
	int err;

	for (i = 0; i < division->count; i++)
		if (part[i].is_literal && !strcmp(part[i].literal, "-c"))
			break;
	if (!i || i + 2 >= division->count)
		return 0;
	err = make_rule(division, i + 1, &rule);
	if (!err)
		err = use_expression(division, part[i + 1].begin,
				     part[division->count - 1].end,
				     &rule.argv[rule.argc++]);
	return err ? err :
		     mnd_kata_add_command(division->kata, &rule, commands);
}

#define BLANKS "each blank in %s is taken for the end of an argument"
#define WHOLE "%s is taken for all of a command, and not only for a part"

static int warn(struct division *division)
{
	struct mnd_import *import = division->kata->import;
	const struct mnd_text *text = division->text;
	char quoted[MND_TOML_QUOTED_SIZE];
	int err = 0;

	mnd_toml_quote(text->text, text->length, quoted);
	if (division->count > 1)
		err = mnd_hcsshim_warn(import, &text->place, BLANKS, quoted);
	if (err || (division->begins && division->ends))
		return err;
	return mnd_hcsshim_warn(import, &text->place, WHOLE, quoted);
}

static size_t count_blanks(const struct mnd_text *text)
{
	size_t count = 0;
	size_t i;

	for (i = 0; i < text->length; i++)
		count += text->text[i] == ' ';
	return count;
}

static int add_rules(struct division *division,
		     struct mnd_kata_commands *commands)
{
	struct mnd_process_rule rule;
	int err;

	err = make_rule(division, division->count, &rule);
	if (!err)
		err = mnd_kata_add_command(division->kata, &rule, commands);
	if (!err)
		err = add_script(division, commands);
	return err ? err : warn(division);
}

/* More than an expression can have, and bounded. */
#define MAX_LENGTH 4096

/**
 * mnd_kata_command_pattern - Add commands that an expression is about
 *
 * @kata: The policy.
 * @text: Expression for their arguments, with blanks between these.
 * @commands: What rules are added to: one with an expression for each argument,
 *	and one more if there is a "-c".
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is none, or one that cannot be imported.
 * - -E2BIG: A part of it is over a limit of mnd_regex_parse().
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_command_pattern(struct mnd_kata *kata, const struct mnd_text *text,
			     struct mnd_kata_commands *commands)
{
	struct division division = {
		.kata = kata,
		.text = text,
		.scan = { .text = text->text, .length = text->length },
	};
	int err;

	if (text->length > MAX_LENGTH)
		return refuse(&division, "is too long");
	division.parts = mnd_arena_alloc(&kata->import->policy->arena,
					 count_blanks(text) + 1,
					 sizeof(*division.parts));
	if (!division.parts)
		return mnd_hcsshim_out_of_memory(kata->import);
	err = mnd_kata_note_pattern(kata, text);
	if (!err)
		err = divide(&division);
	return err ? err : add_rules(&division, commands);
}
