// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The syntax of character classes: brackets, \d and its kin, and \p{...}.
 */

#include "class.h"
#include "unicode.h"

/**
 * struct ascii_class - A class with a name and no meaning beyond ASCII
 *
 * @name: Name in [:NAME:].
 * @letter: Letter in \d, \s and \w, or 0.
 * @count: How many ranges.
 * @range: First and last character of each.
 */
struct ascii_class {
	const char *name;
	char letter;
	u8 count;
	const char *range;
};

static const struct ascii_class ascii_classes[] = {
	{ "alnum", 0, 3, "09AZaz" },
	{ "alpha", 0, 2, "AZaz" },
	{ "ascii", 0, 1, "\x00\x7f" },
	{ "blank", 0, 2, "\t\t  " },
	{ "cntrl", 0, 2, "\x00\x1f\x7f\x7f" },
	{ "digit", 'd', 1, "09" },
	{ "graph", 0, 1, "!~" },
	{ "lower", 0, 1, "az" },
	{ "print", 0, 1, " ~" },
	{ "punct", 0, 4, "!/:@[`{~" },
	{ "space", 0, 2, "\t\r  " },
	{ "upper", 0, 1, "AZ" },
	{ "word", 'w', 4, "09AZ__az" },
	{ "xdigit", 0, 3, "09AFaf" },
	/* Unlike [:space:], \s has no vertical tab. */
	{ "", 's', 3, "\t\n\f\r  " },
};

static int explain(const struct mnd_cursor *cursor, size_t at, int err)
{
	if (err != -E2BIG)
		return err;
	mnd_cursor_fail(cursor, at, "a class of too many ranges");
	return -E2BIG;
}

/* Adds a named class, or all but it, as the flags want it. */
static int add_group(const struct mnd_cursor *cursor, struct mnd_rune_set *set,
		     struct mnd_rune_set *group, bool negated)
{
	int err;

	mnd_rune_set_normalise(group);
	if (cursor->flags & MND_REGEX_FOLD) {
		err = mnd_unicode_fold_set(group);
		if (err)
			return err;
	}
	if (negated) {
		err = mnd_rune_set_negate(group);
		if (err)
			return err;
	}
	return mnd_rune_set_append(set, group);
}

static int add_ascii(const struct mnd_cursor *cursor, struct mnd_rune_set *set,
		     const struct ascii_class *named, bool negated)
{
	struct mnd_rune_set group = { 0 };
	int err = 0;
	u8 i;

	for (i = 0; i < named->count && !err; i++)
		err = mnd_rune_set_add(&group, named->range[2 * i],
				       named->range[2 * i + 1]);
	if (!err)
		err = add_group(cursor, set, &group, negated);
	mnd_rune_set_free(&group);
	return err;
}

/* Takes \d, \s, \w or the negation of one, or returns -ENOENT. */
static int take_perl(struct mnd_cursor *cursor, struct mnd_rune_set *set)
{
	const char *escape = cursor->text + cursor->at;
	const struct ascii_class *named;
	size_t i;

	if (cursor->length - cursor->at < 2)
		return -ENOENT;
	for (i = 0; i < ARRAY_SIZE(ascii_classes); i++) {
		named = &ascii_classes[i];
		if (!named->letter || (escape[1] | 0x20) != named->letter)
			continue;
		cursor->at += 2;
		return add_ascii(cursor, set, named,
				 escape[1] != named->letter);
	}
	return -ENOENT;
}

/* Takes the name after \p and says where it lies. */
static int take_name(struct mnd_cursor *cursor, size_t start, size_t *first,
		     size_t *length)
{
	const char *end;
	u32 rune;
	int err;

	*first = cursor->at;
	*length = 0;
	if (cursor->at >= cursor->length)
		return mnd_cursor_fail(cursor, start, "unknown class name");
	if (!mnd_cursor_looks_at(cursor, "{")) {
		err = mnd_cursor_rune(cursor, &rune);
		*length = cursor->at - *first;
		return err;
	}
	end = memchr(cursor->text + cursor->at, '}',
		     cursor->length - cursor->at);
	if (!end)
		return mnd_cursor_fail(cursor, start, "missing }");
	*first += 1;
	*length = end - (cursor->text + *first);
	cursor->at = *first + *length + 1;
	return 0;
}

/* Takes \p{...} or \P{...}, whatever comes after the p. */
static int take_unicode(struct mnd_cursor *cursor, struct mnd_rune_set *set)
{
	struct mnd_rune_set group = { 0 };
	size_t start = cursor->at, first, length;
	bool negated;
	int err;

	negated = cursor->text[start + 1] == 'P';
	cursor->at += 2;
	err = take_name(cursor, start, &first, &length);
	if (err)
		return err;
	if (length && cursor->text[first] == '^') {
		negated = !negated;
		first++;
		length--;
	}
	err = mnd_unicode_class(&group, cursor->text + first, length);
	if (!err)
		err = add_group(cursor, set, &group, negated);
	mnd_rune_set_free(&group);
	if (err == -ENOENT)
		return mnd_cursor_fail(cursor, start, "unknown class name");
	return err;
}

/* Takes a class that is written as an escape, or returns -ENOENT. */
static int take_escape(struct mnd_cursor *cursor, struct mnd_rune_set *set)
{
	if (!mnd_cursor_looks_at(cursor, "\\"))
		return -ENOENT;
	if (mnd_cursor_looks_at(cursor, "\\p") ||
	    mnd_cursor_looks_at(cursor, "\\P"))
		return take_unicode(cursor, set);
	return take_perl(cursor, set);
}

/* Finds the :] that ends the name at @first; 0 if there is none. */
static size_t find_name_end(const struct mnd_cursor *cursor, size_t first)
{
	size_t i;

	for (i = first; i + 1 < cursor->length; i++) {
		if (cursor->text[i] == ':' && cursor->text[i + 1] == ']')
			return i;
	}
	return 0;
}

/* Takes [:NAME:] or [:^NAME:] inside brackets, or returns -ENOENT. */
static int take_posix(struct mnd_cursor *cursor, struct mnd_rune_set *set)
{
	size_t start = cursor->at, first = start + 2, end, length, i;
	bool negated;

	if (!mnd_cursor_looks_at(cursor, "[:"))
		return -ENOENT;
	end = find_name_end(cursor, first);
	if (!end)
		return -ENOENT;
	cursor->at = end + 2;
	negated = cursor->text[first] == '^';
	first += negated;
	length = end - first;
	for (i = 0; length && i < ARRAY_SIZE(ascii_classes); i++) {
		if (strlen(ascii_classes[i].name) == length &&
		    !memcmp(ascii_classes[i].name, cursor->text + first,
			    length))
			return add_ascii(cursor, set, &ascii_classes[i],
					 negated);
	}
	return mnd_cursor_fail(cursor, start, "unknown class name");
}

static int take_char(struct mnd_cursor *cursor, size_t bracket, u32 *rune)
{
	if (cursor->at >= cursor->length)
		return mnd_cursor_fail(cursor, bracket, "missing ]");
	if (mnd_cursor_looks_at(cursor, "\\"))
		return mnd_cursor_escape(cursor, rune);
	return mnd_cursor_rune(cursor, rune);
}

/* Takes a character or a range of them inside brackets. */
static int take_range(struct mnd_cursor *cursor, size_t bracket,
		      struct mnd_rune_set *set)
{
	size_t start = cursor->at;
	u32 first, last;
	int err;

	err = take_char(cursor, bracket, &first);
	if (err)
		return err;
	last = first;
	if (mnd_cursor_looks_at(cursor, "-") &&
	    cursor->length - cursor->at >= 2 &&
	    cursor->text[cursor->at + 1] != ']') {
		cursor->at++;
		err = take_char(cursor, bracket, &last);
		if (err)
			return err;
		if (last < first)
			return mnd_cursor_fail(cursor, start,
					       "range out of order");
	}
	return mnd_rune_set_add(set, first, last);
}

static int take_item(struct mnd_cursor *cursor, size_t bracket,
		     struct mnd_rune_set *set)
{
	int err;

	err = take_posix(cursor, set);
	if (err == -ENOENT)
		err = take_escape(cursor, set);
	if (err == -ENOENT)
		err = take_range(cursor, bracket, set);
	return err;
}

/**
 * mnd_class_bracket - Take a class in brackets
 *
 * @cursor: Pattern, at the opening bracket; moved on.
 * @set: Empty set, which becomes the class, normalised.
 *
 * Return: 0 or, with the reason in the cursor's error unless memory is short:
 * - %-EINVAL: the class is malformed;
 * - %-E2BIG: it has more than MND_REGEX_MAX_RANGES ranges;
 * - %-ENOMEM: memory is short.
 */
int mnd_class_bracket(struct mnd_cursor *cursor, struct mnd_rune_set *set)
{
	size_t bracket = cursor->at++;
	bool negated, first = true;
	int err;

	negated = mnd_cursor_looks_at(cursor, "^");
	cursor->at += negated;
	while (first || !mnd_cursor_looks_at(cursor, "]")) {
		first = false;
		err = take_item(cursor, bracket, set);
		if (err)
			return explain(cursor, bracket, err);
	}
	cursor->at++;
	mnd_rune_set_normalise(set);
	if (cursor->flags & MND_REGEX_FOLD) {
		err = mnd_unicode_fold_set(set);
		if (err)
			return explain(cursor, bracket, err);
	}
	if (!negated)
		return 0;
	return explain(cursor, bracket, mnd_rune_set_negate(set));
}

/**
 * mnd_class_escape - Take a class that is written as an escape
 *
 * @cursor: Pattern, at a backslash; moved on.
 * @set: Empty set, which becomes the class, normalised.
 *
 * Return: 0 or:
 * - %-ENOENT: the escape is no class; nothing has moved;
 * - others: as mnd_class_bracket().
 */
int mnd_class_escape(struct mnd_cursor *cursor, struct mnd_rune_set *set)
{
	size_t start = cursor->at;
	int err;

	err = take_escape(cursor, set);
	if (err)
		return explain(cursor, start, err);
	mnd_rune_set_normalise(set);
	return 0;
}
