// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Regular expressions of a Kata policy.  Its agent has Rust's regex crate search
 * for them; a table has expressions that match whole strings.
 */

#include "../regex/regex.h"
#include "kata.h"
#include "rust_scan.h"

#define BEFORE "(?s:.*)(?:"
#define BEHIND ")(?s:.*)"

#define NOTE                                                               \
	"expressions are taken as far as Rust's regex crate and RE2 agree" \
	" on them"

/**
 * mnd_kata_note_pattern - Note that there is a regular expression
 *
 * @kata: The policy, which gets a warning the first time.
 * @text: Expression.
 *
 * Return: 0, or -ENOMEM with the import's error written.
 */
int mnd_kata_note_pattern(struct mnd_kata *kata, const struct mnd_text *text)
{
	if (kata->pattern_seen)
		return 0;
	kata->pattern_seen = true;
	return mnd_hcsshim_warn(kata->import, &text->place, NOTE);
}

static int refuse(struct mnd_kata *kata, const struct mnd_text *text,
		  const char *why)
{
	return mnd_fail(kata->import->error, text->place.line,
			text->place.column, "the expression %s", why);
}

/* Finds out whether what a search finds is always the whole string. */
static int find_anchors(struct mnd_kata *kata, const struct mnd_text *text,
			bool *whole)
{
	struct mnd_rust_scan scan = { text->text, text->length, 0,   0,
				      0,	  false,	NULL };
	enum mnd_rust_item item, last = MND_RUST_END, first;
	bool lost = false;

	item = mnd_rust_next(&scan);
	first = item;
	while (item != MND_RUST_END) {
		if (item == MND_RUST_REFUSED)
			return refuse(kata, text, scan.why);
		if ((item == MND_RUST_BAR && !scan.depth) ||
		    item == MND_RUST_FLAGS ||
		    (item == MND_RUST_REPEAT && last == MND_RUST_BEGIN))
			lost = true;
		last = item;
		item = mnd_rust_next(&scan);
	}
	*whole = !lost && first == MND_RUST_BEGIN && last == MND_RUST_FINISH;
	return 0;
}

/**
 * mnd_kata_check_pattern - Insist on a regular expression
 *
 * @kata: The policy.
 * @rule: Rule with the expression, and with its place.
 *
 * Return: As mnd_kata_pattern().
 */
int mnd_kata_check_pattern(struct mnd_kata *kata,
			   const struct mnd_match_rule *rule)
{
	struct mnd_regex *regex;
	struct mnd_error why;
	int err;

	err = mnd_regex_parse(rule->text, rule->length, &regex, &why);
	if (err == -ENOMEM)
		return mnd_hcsshim_out_of_memory(kata->import);
	if (!err)
		mnd_regex_free(regex);
	else
		mnd_fail(kata->import->error, rule->place.line,
			 rule->place.column, "pattern, byte %u: %s", why.column,
			 why.text);
	return err;
}

static int make_search(struct mnd_kata *kata, const struct mnd_text *text,
		       struct mnd_match_rule *rule)
{
	const size_t length = strlen(BEFORE) + text->length + strlen(BEHIND);
	char *search;

	search = mnd_arena_alloc(&kata->import->policy->arena, length + 1, 1);
	if (!search)
		return mnd_hcsshim_out_of_memory(kata->import);
	snprintf(search, length + 1, BEFORE "%s" BEHIND, text->text);
	rule->text = search;
	rule->length = length;
	return 0;
}

/**
 * mnd_kata_pattern - Make a rule of an expression
 *
 * @kata: The policy.
 * @text: Expression, which must outlive the policy.
 * @rule: Written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is none, or one that does not mean the same here.
 * - -E2BIG: It is over one of the limits of the compiler of expressions.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_pattern(struct mnd_kata *kata, const struct mnd_text *text,
		     struct mnd_match_rule *rule)
{
	bool whole = false;
	int err;

	rule->matching = MND_MATCHING_RE2;
	rule->text = text->text;
	rule->length = text->length;
	rule->place = text->place;
	err = mnd_kata_note_pattern(kata, text);
	if (!err)
		err = find_anchors(kata, text, &whole);
	/* By itself: with something around it, it could be something else. */
	if (!err)
		err = mnd_kata_check_pattern(kata, rule);
	if (err || whole)
		return err;
	err = make_search(kata, text, rule);
	return err ? err : mnd_kata_check_pattern(kata, rule);
}
