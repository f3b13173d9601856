// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The text of a pattern while it is parsed, and its single characters, plain
 * and escaped.
 */

#include <stdarg.h>
#include <stdio.h>

#include "cursor.h"
#include "rune_set.h"
#include "utf8.h"

/**
 * mnd_cursor_fail - Refuse the pattern
 *
 * @cursor: Pattern.
 * @at: Offset of what is wrong.
 * @format: Reason, as for printf(3).
 *
 * Return: -EINVAL.
 */
int mnd_cursor_fail(const struct mnd_cursor *cursor, size_t at,
		    const char *format, ...)
{
	char text[sizeof(cursor->error->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return mnd_fail(cursor->error, 0, at + 1, "%s", text);
}

/**
 * mnd_cursor_looks_at - Ask what comes next
 *
 * @cursor: Pattern.
 * @text: Text that may come next.
 *
 * Return: true if it does.
 */
bool mnd_cursor_looks_at(const struct mnd_cursor *cursor, const char *text)
{
	size_t length = strlen(text);

	return cursor->length - cursor->at >= length &&
	       !memcmp(cursor->text + cursor->at, text, length);
}

/**
 * mnd_cursor_rune - Take the next code point
 *
 * @cursor: Pattern, which must not be at its end; moved on.
 * @rune: Where the code point goes.
 *
 * Return: 0, or -EINVAL if the pattern is not valid UTF-8 there.
 */
int mnd_cursor_rune(struct mnd_cursor *cursor, u32 *rune)
{
	size_t size;

	size = mnd_utf8_decode(cursor->text + cursor->at,
			       cursor->length - cursor->at, rune);
	if (!size)
		return mnd_cursor_fail(cursor, cursor->at,
				       "the pattern is not valid UTF-8");
	cursor->at += size;
	return 0;
}

static int hex_digit(const struct mnd_cursor *cursor)
{
	char c;

	if (cursor->at >= cursor->length)
		return -1;
	c = cursor->text[cursor->at];
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Takes what follows \x: two digits, or any number of them in braces. */
static int take_hex(struct mnd_cursor *cursor, size_t start, u32 *rune)
{
	bool braces = mnd_cursor_looks_at(cursor, "{");
	unsigned int digits;
	int digit;

	cursor->at += braces;
	*rune = 0;
	for (digits = 0; braces || digits < 2; digits++) {
		digit = hex_digit(cursor);
		if (digit < 0)
			break;
		*rune = *rune * 16 + digit;
		if (*rune > MND_RUNE_MAX)
			return mnd_cursor_fail(cursor, start,
					       "no such code point");
		cursor->at++;
	}
	if (!digits || (!braces && digits < 2) ||
	    (braces && !mnd_cursor_looks_at(cursor, "}")))
		return mnd_cursor_fail(cursor, start,
				       "malformed hexadecimal escape");
	cursor->at += braces;
	return 0;
}

static bool is_octal(const struct mnd_cursor *cursor)
{
	return cursor->at < cursor->length && cursor->text[cursor->at] >= '0' &&
	       cursor->text[cursor->at] <= '7';
}

/* Takes up to three octal digits, of which the first was @digit. */
static int take_octal(struct mnd_cursor *cursor, size_t start, u32 digit,
		      u32 *rune)
{
	unsigned int i;

	if (digit > 7 || (digit && !is_octal(cursor)))
		return mnd_cursor_fail(cursor, start,
				       "back-references are not supported");
	*rune = digit;
	for (i = 1; i < 3 && is_octal(cursor); i++)
		*rune = *rune * 8 + cursor->text[cursor->at++] - '0';
	return 0;
}

static bool is_letter(u32 rune)
{
	return (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z');
}

/**
 * mnd_cursor_escape - Take an escape that stands for one code point
 *
 * @cursor: Pattern, at a backslash; moved on.
 * @rune: Where the code point goes.
 *
 * Return: 0, or -EINVAL if there is no such escape.
 */
int mnd_cursor_escape(struct mnd_cursor *cursor, u32 *rune)
{
	static const char letters[] = "afnrtv", controls[] = "\a\f\n\r\t\v";
	size_t start = cursor->at++;
	const char *letter;
	int err;

	if (cursor->at >= cursor->length)
		return mnd_cursor_fail(cursor, start,
				       "backslash at the end of the pattern");
	err = mnd_cursor_rune(cursor, rune);
	if (err)
		return err;
	if (*rune >= '0' && *rune <= '9')
		return take_octal(cursor, start, *rune - '0', rune);
	if (*rune == 'x')
		return take_hex(cursor, start, rune);
	letter = *rune && *rune < 0x80 ? strchr(letters, *rune) : NULL;
	if (letter) {
		*rune = controls[letter - letters];
		return 0;
	}
	if (*rune >= 0x80 || is_letter(*rune))
		return mnd_cursor_fail(cursor, start,
				       "unknown escape sequence");
	return 0;
}
