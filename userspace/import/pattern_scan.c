// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Looks through a regular expression for what anchors do not hold.
 */

#include "../regex/class.h"
#include "pattern_scan.h"

static bool looks_at(const struct mnd_pattern_scan *scan, size_t at,
		     const char *what)
{
	const size_t length = strlen(what);

	return scan->length - at >= length &&
	       !memcmp(scan->text + at, what, length);
}

/* Offset behind the next @what from @at on, or 0. */
static size_t find_end(const struct mnd_pattern_scan *scan, size_t at,
		       const char *what)
{
	for (; at < scan->length; at++)
		if (looks_at(scan, at, what))
			return at + strlen(what);
	return 0;
}

static enum mnd_pattern_item take_escape(struct mnd_pattern_scan *scan)
{
	const size_t left = scan->length - scan->at;
	size_t end;

	if (looks_at(scan, scan->at, "\\Q")) {
		end = find_end(scan, scan->at + 2, "\\E");
		scan->at = end ? end : scan->length;
		return end ? MND_PATTERN_OTHER : MND_PATTERN_OPEN_QUOTE;
	}
	if (left == 1 || (left == 2 && scan->text[scan->at + 1] == '$')) {
		scan->at = scan->length;
		return MND_PATTERN_LAST_ESCAPE;
	}
	scan->at += 2;
	return MND_PATTERN_OTHER;
}

/*
 * Where a class ends only its parser knows: a bracket can be a character of it
 * in more than one way.  What is no class makes the expression invalid; of what
 * cannot be known the worst is said.
 */
static enum mnd_pattern_item take_class(struct mnd_pattern_scan *scan)
{
	struct mnd_error error;
	struct mnd_cursor cursor = {
		.text = scan->text,
		.length = scan->length,
		.at = scan->at,
		.error = &error,
	};
	struct mnd_rune_set set = { 0 };
	int err;

	err = mnd_class_bracket(&cursor, &set);
	mnd_rune_set_free(&set);
	scan->at = err ? scan->length : cursor.at;
	return err ? MND_PATTERN_BAR : MND_PATTERN_OTHER;
}

/* Offset behind flags at @at, or 0; and whether anchors hold at lines then. */
static size_t find_flags_end(const struct mnd_pattern_scan *scan, size_t at,
			     bool *lines)
{
	*lines = false;
	if (!looks_at(scan, at, "(?"))
		return 0;
	for (at += 2; at < scan->length; at++) {
		if (!memchr("imsU-", scan->text[at], 5))
			break;
		*lines |= scan->text[at] == 'm';
	}
	return looks_at(scan, at, ")") ? at + 1 : 0;
}

/* Takes what opens a group, or flags for the rest of the group around. */
static enum mnd_pattern_item take_open(struct mnd_pattern_scan *scan)
{
	bool lines;
	size_t end = find_flags_end(scan, scan->at, &lines);

	if (!end) {
		scan->at++;
		scan->depth++;
		return MND_PATTERN_OTHER;
	}
	scan->at = end;
	return lines && !scan->depth ? MND_PATTERN_LINES : MND_PATTERN_OTHER;
}

/**
 * mnd_pattern_next - Go on to the next part of an expression
 *
 * @scan: Expression.
 *
 * Return: What the part is.
 */
enum mnd_pattern_item mnd_pattern_next(struct mnd_pattern_scan *scan)
{
	if (scan->at >= scan->length)
		return MND_PATTERN_END;
	switch (scan->text[scan->at]) {
	case '\\':
		return take_escape(scan);
	case '[':
		return take_class(scan);
	case '(':
		return take_open(scan);
	case '|':
		scan->at++;
		return scan->depth ? MND_PATTERN_OTHER : MND_PATTERN_BAR;
	case ')':
		if (scan->depth)
			scan->depth--;
		break;
	}
	scan->at++;
	return MND_PATTERN_OTHER;
}

/**
 * mnd_pattern_at_repeat - Ask whether a repetition may follow
 *
 * @scan: Expression.
 *
 * Return: Whether what follows could repeat what is before it, perhaps behind
 * something that is nothing by itself.
 */
bool mnd_pattern_at_repeat(const struct mnd_pattern_scan *scan)
{
	static const char nothing[] = "\\Q\\E";
	size_t at = scan->at, end;
	bool lines;

	do {
		end = find_flags_end(scan, at, &lines);
		if (looks_at(scan, at, nothing))
			end = at + strlen(nothing);
		if (end)
			at = end;
	} while (end);
	return at < scan->length && memchr("*+?{", scan->text[at], 4);
}
