// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The syntax of repetitions: * + ? and counts in braces.
 */

#include "count.h"
#include "limits.h"
#include "nfa.h"

static bool at_digit(const struct mnd_cursor *cursor)
{
	return cursor->at < cursor->length && cursor->text[cursor->at] >= '0' &&
	       cursor->text[cursor->at] <= '9';
}

/* Takes a number without leading zeros; one too large becomes the limit + 1. */
static bool take_number(struct mnd_cursor *cursor, unsigned int *number)
{
	size_t start = cursor->at;

	if (!at_digit(cursor))
		return false;
	*number = 0;
	for (; at_digit(cursor); cursor->at++) {
		*number = *number * 10 + (cursor->text[cursor->at] - '0');
		if (*number > MND_REGEX_MAX_REPEAT)
			*number = MND_REGEX_MAX_REPEAT + 1;
	}
	return cursor->at == start + 1 || cursor->text[start] != '0';
}

/* Takes {n}, {n,} or {n,m}. */
static bool take_braces(struct mnd_cursor *cursor, struct mnd_count *count)
{
	cursor->at++;
	if (!take_number(cursor, &count->least))
		return false;
	count->most = count->least;
	if (mnd_cursor_looks_at(cursor, ",")) {
		cursor->at++;
		count->most = MND_NFA_ENDLESS;
		if (!mnd_cursor_looks_at(cursor, "}") &&
		    !take_number(cursor, &count->most))
			return false;
	}
	if (!mnd_cursor_looks_at(cursor, "}"))
		return false;
	cursor->at++;
	return true;
}

static int check(const struct mnd_cursor *cursor, size_t start,
		 const struct mnd_count *count)
{
	if (count->least > MND_REGEX_MAX_REPEAT ||
	    (count->most > MND_REGEX_MAX_REPEAT &&
	     count->most != MND_NFA_ENDLESS))
		return mnd_cursor_fail(cursor, start, "repeat count over %d",
				       MND_REGEX_MAX_REPEAT);
	if (count->least > count->most)
		return mnd_cursor_fail(cursor, start,
				       "repeat counts out of order");
	return 0;
}

/**
 * mnd_count_parse - Take a repetition
 *
 * @cursor: Pattern, at one of * + ? and {; moved on, also over the ? that asks
 *          for the shortest match.
 * @count: Where the counts go.
 *
 * Return: 0 or:
 * - %-ENOENT: the brace is a plain character; nothing has moved;
 * - %-EINVAL: the counts are out of bounds or out of order.
 */
int mnd_count_parse(struct mnd_cursor *cursor, struct mnd_count *count)
{
	size_t start = cursor->at;
	char c = cursor->text[start];
	int err;

	if (c == '{') {
		if (!take_braces(cursor, count)) {
			cursor->at = start;
			return -ENOENT;
		}
		err = check(cursor, start, count);
		if (err)
			return err;
	} else {
		count->least = c == '+' ? 1 : 0;
		count->most = c == '?' ? 1 : MND_NFA_ENDLESS;
		cursor->at++;
	}
	if (mnd_cursor_looks_at(cursor, "?"))
		cursor->at++;
	return 0;
}
