// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The syntax of an opening parenthesis: capturing, named and plain groups, and
 * flags.
 */

#include "group.h"

static bool is_name_char(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* Takes NAME> of (?P<NAME>. */
static int take_name(struct mnd_cursor *cursor, size_t start)
{
	size_t first = cursor->at;

	while (cursor->at < cursor->length &&
	       is_name_char(cursor->text[cursor->at]))
		cursor->at++;
	if (cursor->at == first || !mnd_cursor_looks_at(cursor, ">"))
		return mnd_cursor_fail(cursor, start, "malformed group name");
	cursor->at++;
	return 0;
}

static int refuse(const struct mnd_cursor *cursor, size_t start)
{
	if (cursor->at < cursor->length &&
	    strchr("=!", cursor->text[start + 2]))
		return mnd_cursor_fail(cursor, start,
				       "look-ahead is not supported");
	return mnd_cursor_fail(cursor, start, "unknown flag or group after (?");
}

static unsigned int flag_of(char c)
{
	switch (c) {
	case 'i':
		return MND_REGEX_FOLD;
	case 'm':
		return MND_REGEX_LINES;
	case 's':
		return MND_REGEX_DOT_ALL;
	}
	return 0;
}

/* Takes the rest of (?flags) or (?flags: or (?flags-flags: and so on. */
static int take_flags(struct mnd_cursor *cursor, size_t start,
		      enum mnd_group *group)
{
	bool negative = false, flag_seen = false;
	unsigned int flags = cursor->flags;
	char c;

	for (; cursor->at < cursor->length; cursor->at++) {
		c = cursor->text[cursor->at];
		if (c == '-' && !negative) {
			negative = true;
			flag_seen = false;
			continue;
		}
		if (c == ':' || c == ')')
			break;
		/* U swaps greedy and not greedy: all the same to a match. */
		if (!flag_of(c) && c != 'U')
			return refuse(cursor, start);
		flag_seen = true;
		if (negative)
			flags &= ~flag_of(c);
		else
			flags |= flag_of(c);
	}
	if (cursor->at >= cursor->length || (negative && !flag_seen))
		return refuse(cursor, start);
	*group = c == ':' ? MND_GROUP_PLAIN : MND_GROUP_FLAGS;
	cursor->flags = flags;
	cursor->at++;
	return 0;
}

/**
 * mnd_group_open - Take an opening parenthesis and what belongs to it
 *
 * @cursor: Pattern, at the parenthesis; moved on, its flags changed.
 * @group: Where it goes what the parenthesis is.
 *
 * Return: 0, or -EINVAL if it is malformed or not supported.
 */
int mnd_group_open(struct mnd_cursor *cursor, enum mnd_group *group)
{
	size_t start = cursor->at;

	*group = MND_GROUP_CAPTURE;
	if (!mnd_cursor_looks_at(cursor, "(?")) {
		cursor->at++;
		return 0;
	}
	if (mnd_cursor_looks_at(cursor, "(?P<")) {
		cursor->at += 4;
		return take_name(cursor, start);
	}
	cursor->at += 2;
	return take_flags(cursor, start, group);
}
