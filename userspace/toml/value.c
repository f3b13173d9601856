// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the text of single values of a TOML document: strings, numbers,
 * booleans, dates and times.  Knows nothing of tables.
 */

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "private.h"

#define MAX_RUNE 0x10ffff

/* Decodes one character; returns its bytes, or 0 if they are ill-formed. */
static size_t decode_rune(const char *text, size_t length, u32 *rune)
{
	static const u32 lowest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *bytes = (const unsigned char *)text;
	size_t size, i;

	if (bytes[0] < 0x80) {
		*rune = bytes[0];
		return 1;
	}
	if (bytes[0] >= 0xc0 && bytes[0] < 0xe0)
		size = 2;
	else if (bytes[0] >= 0xe0 && bytes[0] < 0xf0)
		size = 3;
	else if (bytes[0] >= 0xf0 && bytes[0] < 0xf8)
		size = 4;
	else
		return 0;
	if (size > length)
		return 0;
	*rune = bytes[0] & (0x7f >> size);
	for (i = 1; i < size; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		*rune = *rune << 6 | (bytes[i] & 0x3f);
	}
	if (*rune < lowest[size] || *rune > MAX_RUNE ||
	    (*rune >= 0xd800 && *rune <= 0xdfff))
		return 0;
	return size;
}

/* Makes one character printable ASCII; @size is 0 for an ill-formed byte. */
static int escape_rune(char *escaped, size_t room, u32 rune, size_t size)
{
	if (!size)
		return snprintf(escaped, room, "\\x%02x", rune);
	if (rune == '"' || rune == '\\')
		return snprintf(escaped, room, "\\%c", (int)rune);
	if (rune >= 0x20 && rune < 0x7f)
		return snprintf(escaped, room, "%c", (int)rune);
	return snprintf(escaped, room, rune > 0xffff ? "\\U%08X" : "\\u%04X",
			rune);
}

/**
 * mnd_toml_quote - Make untrusted bytes fit for a message
 *
 * Whatever is not printable ASCII is escaped as TOML would, a byte that is not
 * UTF-8 as ``\xNN``: no terminal and no log can be misled.
 *
 * @bytes: The bytes, which need not be UTF-8.
 * @length: How many.
 * @quoted: Set to them in quotation marks, and ``...`` if they were cut.
 */
void mnd_toml_quote(const char *bytes, size_t length,
		    char quoted[MND_TOML_QUOTED_SIZE])
{
	const size_t room = MND_TOML_QUOTED_SIZE - sizeof("\"...");
	char escaped[16];
	size_t at, used, size;
	int wrote;
	u32 rune;

	quoted[0] = '"';
	used = 1;
	for (at = 0; at < length; at += size ? size : 1) {
		size = decode_rune(bytes + at, length - at, &rune);
		if (!size)
			rune = (unsigned char)bytes[at];
		wrote = escape_rune(escaped, sizeof(escaped), rune, size);
		if (used + wrote > room)
			break;
		memcpy(quoted + used, escaped, wrote);
		used += wrote;
	}
	if (at < length)
		memcpy(quoted + used, "\"...", sizeof("\"..."));
	else
		memcpy(quoted + used, "\"", sizeof("\""));
}

/**
 * mnd_toml_fail - Refuse the text at the cursor
 *
 * @reader: The text.
 * @format: As for printf(3), without untrusted bytes but for quoted ones.
 *
 * Return: %-EINVAL.
 */
int mnd_toml_fail(const struct reader *reader, const char *format, ...)
{
	char text[sizeof(reader->error->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return mnd_fail(reader->error, reader->line, column_of(reader), "%s",
			text);
}

/**
 * mnd_toml_unexpected - Refuse what stands at the cursor
 *
 * @reader: The text.
 * @wanted: What should stand there, as in "expected ...".
 *
 * Return: %-EINVAL.
 */
int mnd_toml_unexpected(const struct reader *reader, const char *wanted)
{
	char quoted[MND_TOML_QUOTED_SIZE];
	const char *found = quoted;
	size_t size;
	u32 rune;

	switch (peek(reader, 0)) {
	case END_OF_TEXT:
		found = "the end of the file";
		break;
	case '\r':
	case '\n':
		found = "the end of the line";
		break;
	default:
		size = decode_rune(reader->text + reader->at,
				   reader->length - reader->at, &rune);
		mnd_toml_quote(reader->text + reader->at, size, quoted);
	}
	return mnd_toml_fail(reader, "expected %s, found %s", wanted, found);
}

/**
 * mnd_toml_skip_space - Skip spaces and tabs
 *
 * @reader: The text.
 */
void mnd_toml_skip_space(struct reader *reader)
{
	int c = peek(reader, 0);

	while (c == ' ' || c == '\t') {
		reader->at++;
		c = peek(reader, 0);
	}
}

/* Whether a newline, LF or CRLF, stands @ahead bytes from the cursor. */
static bool newline_ahead(const struct reader *reader, size_t ahead)
{
	int c = peek(reader, ahead);

	return c == '\n' || c == '\r';
}

/**
 * mnd_toml_skip_comment - Skip a comment up to its newline, if there is one
 *
 * @reader: The text.
 */
void mnd_toml_skip_comment(struct reader *reader)
{
	if (peek(reader, 0) != '#')
		return;
	while (peek(reader, 0) != END_OF_TEXT && !newline_ahead(reader, 0))
		reader->at++;
}

/**
 * mnd_toml_take_newline - Step over a newline, if there is one
 *
 * @reader: The text, checked: a CR stands before a LF.
 *
 * Return: Whether there was one.
 */
bool mnd_toml_take_newline(struct reader *reader)
{
	if (!newline_ahead(reader, 0))
		return false;
	reader->at += peek(reader, 0) == '\r' ? 2 : 1;
	reader->line++;
	reader->line_start = reader->at;
	return true;
}

static int check_character(const struct reader *reader, u32 rune)
{
	if (rune == '\r' && peek(reader, 1) == '\n')
		return 0;
	if (rune == '\r')
		return mnd_toml_fail(reader,
				     "carriage return without a line feed");
	if (rune == 0x7f || (rune < 0x20 && rune != '\t' && rune != '\n'))
		return mnd_toml_fail(reader,
				     "control character U+%04X is not allowed",
				     rune);
	if (rune == 0xfeff && !reader->at)
		return mnd_toml_fail(reader, "byte order mark is not allowed");
	return 0;
}

/**
 * mnd_toml_check_encoding - Refuse what may stand nowhere in a document
 *
 * That is ill-formed UTF-8, control characters but for tab, LF and CRLF, and a
 * leading byte order mark, which the grammar of TOML 1.0.0 has no place for.
 * The rest of the reader relies on this.
 *
 * @reader: The text, at its beginning; it is there again afterwards.
 *
 * Return: 0, or %-EINVAL - there is such a byte.
 */
int mnd_toml_check_encoding(struct reader *reader)
{
	size_t size;
	u32 rune;
	int err;

	while (reader->at < reader->length) {
		size = decode_rune(reader->text + reader->at,
				   reader->length - reader->at, &rune);
		if (!size)
			return mnd_toml_fail(reader, "byte 0x%02x is not UTF-8",
					     peek(reader, 0));
		err = check_character(reader, rune);
		if (err)
			return err;
		if (!mnd_toml_take_newline(reader))
			reader->at += size;
	}
	reader->at = 0;
	reader->line = 1;
	reader->line_start = 0;
	return 0;
}

static void put(struct reader *reader, char byte)
{
	reader->scratch[reader->used++] = byte;
}

static void put_rune(struct reader *reader, u32 rune)
{
	if (rune < 0x80) {
		put(reader, rune);
		return;
	}
	if (rune < 0x800) {
		put(reader, 0xc0 | rune >> 6);
	} else {
		if (rune < 0x10000) {
			put(reader, 0xe0 | rune >> 12);
		} else {
			put(reader, 0xf0 | rune >> 18);
			put(reader, 0x80 | (rune >> 12 & 0x3f));
		}
		put(reader, 0x80 | (rune >> 6 & 0x3f));
	}
	put(reader, 0x80 | (rune & 0x3f));
}

/* Moves what was put to the tree's memory. */
static int take_scratch(struct reader *reader, struct mnd_toml_string *string)
{
	char *bytes = mnd_toml_alloc(reader->toml, reader->used + 1);

	if (!bytes)
		return -ENOMEM;
	memcpy(bytes, reader->scratch, reader->used);
	string->bytes = bytes;
	string->length = reader->used;
	return 0;
}

/* The value of a digit, or -1. */
static int digit_value(int c, int radix)
{
	int value = -1;

	if (c >= '0' && c <= '9')
		value = c - '0';
	else if (c >= 'a' && c <= 'f')
		value = c - 'a' + 10;
	else if (c >= 'A' && c <= 'F')
		value = c - 'A' + 10;
	return value < radix ? value : -1;
}

static bool is_digit(int c)
{
	return digit_value(c, 10) >= 0;
}

/* Reads the digits of \uXXXX or \UXXXXXXXX; the cursor is at the backslash. */
static int read_rune_escape(struct reader *reader, unsigned int digits)
{
	unsigned int i;
	u32 rune = 0;
	int digit;

	for (i = 0; i < digits; i++) {
		digit = digit_value(peek(reader, 2 + i), 16);
		if (digit < 0) {
			reader->at += 2 + i;
			return mnd_toml_unexpected(reader,
						   "a hexadecimal digit");
		}
		rune = rune << 4 | digit;
	}
	if (rune > MAX_RUNE || (rune >= 0xd800 && rune <= 0xdfff))
		return mnd_toml_fail(reader, "U+%04X is not a character", rune);
	put_rune(reader, rune);
	reader->at += 2 + digits;
	return 0;
}

/* Reads one escape sequence; the cursor is at the backslash. */
static int read_escape(struct reader *reader)
{
	static const char letters[] = "btnfr\"\\";
	static const char meanings[] = "\b\t\n\f\r\"\\";
	const char *letter;
	int c = peek(reader, 1);

	if (c == 'u')
		return read_rune_escape(reader, 4);
	if (c == 'U')
		return read_rune_escape(reader, 8);
	letter = c > 0 ? strchr(letters, c) : NULL;
	if (!letter) {
		reader->at++;
		return mnd_toml_unexpected(reader,
					   "an escape (b t n f r u U \" \\)");
	}
	put(reader, meanings[letter - letters]);
	reader->at += 2;
	return 0;
}

/*
 * Skips a backslash at the end of a line with the blank text that follows it.
 * Returns false, with the cursor left at it, if it begins an escape instead.
 */
static bool skip_folded_newline(struct reader *reader)
{
	size_t ahead = 1;

	while (peek(reader, ahead) == ' ' || peek(reader, ahead) == '\t')
		ahead++;
	if (!newline_ahead(reader, ahead))
		return false;
	reader->at += ahead;
	while (mnd_toml_take_newline(reader))
		mnd_toml_skip_space(reader);
	return true;
}

/* Reads a string in single quotation marks or apostrophes to its end. */
static int read_line_string(struct reader *reader, int quote)
{
	const char *closing = quote == '"' ? "a closing \"" : "a closing '";
	int c, err;

	reader->at++;
	for (;;) {
		c = peek(reader, 0);
		if (c == END_OF_TEXT || newline_ahead(reader, 0))
			return mnd_toml_unexpected(reader, closing);
		if (c == quote) {
			reader->at++;
			return 0;
		}
		if (c == '\\' && quote == '"') {
			err = read_escape(reader);
			if (err)
				return err;
		} else {
			put(reader, c);
			reader->at++;
		}
	}
}

/*
 * Reads up to five quotation marks in a row: three of them close the string,
 * and one or two more may belong to it, before these.
 */
static bool read_closing_quotes(struct reader *reader, int quote)
{
	unsigned int run = 0, i;
	bool closes;

	while (run < 5 && peek(reader, run) == quote)
		run++;
	closes = run >= 3;
	for (i = closes ? 3 : 0; i < run; i++)
		put(reader, quote);
	reader->at += run;
	return closes;
}

/* Reads a string in triple quotation marks or apostrophes to its end. */
static int read_block_string(struct reader *reader, int quote)
{
	static const char unclosed[] = "the string of line %u is not closed";
	unsigned int opened = reader->line;
	int c, err;

	reader->at += 3;
	mnd_toml_take_newline(reader);
	for (;;) {
		c = peek(reader, 0);
		if (c == END_OF_TEXT)
			return mnd_toml_fail(reader, unclosed, opened);
		if (c == quote) {
			if (read_closing_quotes(reader, quote))
				return 0;
		} else if (mnd_toml_take_newline(reader)) {
			put(reader, '\n');
		} else if (c == '\\' && quote == '"') {
			if (skip_folded_newline(reader))
				continue;
			err = read_escape(reader);
			if (err)
				return err;
		} else {
			put(reader, c);
			reader->at++;
		}
	}
}

/* Whether a multi-line string stands at the cursor. */
static bool at_block_string(const struct reader *reader)
{
	int quote = peek(reader, 0);

	return peek(reader, 1) == quote && peek(reader, 2) == quote;
}

static int read_string(struct reader *reader, struct mnd_toml_string *string)
{
	int quote = peek(reader, 0);
	int err;

	reader->used = 0;
	if (at_block_string(reader))
		err = read_block_string(reader, quote);
	else
		err = read_line_string(reader, quote);
	return err ? err : take_scratch(reader, string);
}

static bool is_bare_key(int c)
{
	return digit_value(c, 10) >= 0 || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/**
 * mnd_toml_read_key_part - Read a bare or quoted key
 *
 * @reader: The text.
 * @part: Set to the key, in the memory of the tree.
 *
 * Return: 0, or
 *
 * - %-EINVAL - there is no key, or a bad one.
 * - %-ENOMEM - out of memory.
 */
int mnd_toml_read_key_part(struct reader *reader, struct mnd_toml_string *part)
{
	int c = peek(reader, 0);

	if (c == '"' || c == '\'') {
		if (at_block_string(reader))
			return mnd_toml_unexpected(reader, "a single-line key");
		return read_string(reader, part);
	}
	if (!is_bare_key(c))
		return mnd_toml_unexpected(reader, "a key");
	reader->used = 0;
	for (; is_bare_key(c); c = peek(reader, 0)) {
		put(reader, c);
		reader->at++;
	}
	return take_scratch(reader, part);
}

/*
 * Reads digits with single underscores between them into @magnitude, which
 * saturates to show that they do not fit.
 */
static int read_digits(struct reader *reader, int radix, u64 *magnitude)
{
	int digit;

	*magnitude = 0;
	for (;;) {
		digit = digit_value(peek(reader, 0), radix);
		if (digit < 0)
			return mnd_toml_unexpected(reader, "a digit");
		if (__builtin_mul_overflow(*magnitude, (u64)radix, magnitude) ||
		    __builtin_add_overflow(*magnitude, (u64)digit, magnitude))
			*magnitude = ULLONG_MAX;
		reader->at++;
		if (peek(reader, 0) == '_')
			reader->at++;
		else if (digit_value(peek(reader, 0), radix) < 0)
			return 0;
	}
}

/* Reads what follows the integer part that began at @start. */
static int read_float(struct reader *reader, size_t start, double *value)
{
	u64 unused;
	int c, err;

	if (peek(reader, 0) == '.') {
		reader->at++;
		err = read_digits(reader, 10, &unused);
		if (err)
			return err;
	}
	c = peek(reader, 0);
	if (c == 'e' || c == 'E') {
		reader->at++;
		c = peek(reader, 0);
		if (c == '+' || c == '-')
			reader->at++;
		err = read_digits(reader, 10, &unused);
		if (err)
			return err;
	}
	reader->used = 0;
	for (; start < reader->at; start++) {
		if (reader->text[start] != '_')
			put(reader, reader->text[start]);
	}
	put(reader, '\0');
	/* Rounds to nearest, so to infinity or zero beyond binary64's range. */
	*value = strtod(reader->scratch, NULL);
	return 0;
}

static int check_range(const struct reader *reader, u64 magnitude,
		       bool negative, struct mnd_toml_value *value)
{
	if (magnitude > (u64)LLONG_MAX + negative)
		return mnd_fail(reader->error, value->line, value->column,
				"integer does not fit in 64 bits with a sign");
	value->type = MND_TOML_INTEGER;
	value->integer = negative ? -magnitude : magnitude;
	return 0;
}

static int prefix_radix(const struct reader *reader)
{
	if (peek(reader, 0) != '0')
		return 0;
	switch (peek(reader, 1)) {
	case 'x':
		return 16;
	case 'o':
		return 8;
	case 'b':
		return 2;
	default:
		return 0;
	}
}

/* Reads an integer or a float; an optional sign and a digit are there. */
static int read_number(struct reader *reader, struct mnd_toml_value *value)
{
	int radix = prefix_radix(reader);
	size_t start = reader->at;
	bool negative;
	u64 magnitude;
	int c, err;

	if (radix) {
		reader->at += 2;
		err = read_digits(reader, radix, &magnitude);
		return err ? err : check_range(reader, magnitude, false, value);
	}
	c = peek(reader, 0);
	negative = c == '-';
	if (c == '+' || c == '-')
		reader->at++;
	c = peek(reader, 1);
	if (peek(reader, 0) == '0' && (is_digit(c) || c == '_'))
		return mnd_toml_fail(reader, "a number cannot begin with 0%c",
				     c);
	err = read_digits(reader, 10, &magnitude);
	if (err)
		return err;
	c = peek(reader, 0);
	if (c == '.' || c == 'e' || c == 'E') {
		value->type = MND_TOML_FLOAT;
		return read_float(reader, start, &value->floating);
	}
	return check_range(reader, magnitude, negative, value);
}

enum time_field {
	YEAR,
	MONTH,
	DAY,
	HOUR,
	MINUTE,
	SECOND,
	OFFSET_HOUR,
	OFFSET_MINUTE,
	__FIELD_MAX,
};

struct date_time {
	unsigned int field[__FIELD_MAX];
	int offset_sign;
};

static const struct {
	const char *name;
	unsigned int digits, min, max;
} time_fields[__FIELD_MAX] = {
	[YEAR] = { "year", 4, 0, 9999 },
	[MONTH] = { "month", 2, 1, 12 },
	[DAY] = { "day", 2, 1, 31 },
	[HOUR] = { "hour", 2, 0, 23 },
	[MINUTE] = { "minute", 2, 0, 59 },
	[SECOND] = { "second", 2, 0, 60 },
	[OFFSET_HOUR] = { "hour of the offset", 2, 0, 23 },
	[OFFSET_MINUTE] = { "minute of the offset", 2, 0, 59 },
};

/* Reads one field, after @separator if that is not 0. */
static int read_field(struct reader *reader, struct date_time *time,
		      enum time_field field, char separator)
{
	unsigned int i, value = 0;
	char wanted[40];
	int c;

	if (separator && peek(reader, 0) != separator) {
		snprintf(wanted, sizeof(wanted), "\"%c\" and the %s", separator,
			 time_fields[field].name);
		return mnd_toml_unexpected(reader, wanted);
	}
	if (separator)
		reader->at++;
	for (i = 0; i < time_fields[field].digits; i++) {
		c = peek(reader, i);
		if (!is_digit(c)) {
			snprintf(wanted, sizeof(wanted), "%u digits of the %s",
				 time_fields[field].digits,
				 time_fields[field].name);
			reader->at += i;
			return mnd_toml_unexpected(reader, wanted);
		}
		value = value * 10 + c - '0';
	}
	if (value < time_fields[field].min || value > time_fields[field].max)
		return mnd_toml_fail(reader, "the %s cannot be %u",
				     time_fields[field].name, value);
	time->field[field] = value;
	reader->at += time_fields[field].digits;
	return 0;
}

static unsigned int days_of_month(const struct date_time *time)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30,
					      31, 31, 30, 31, 30, 31 };
	unsigned int year = time->field[YEAR];
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[time->field[MONTH] - 1] + (time->field[MONTH] == 2 && leap);
}

static int read_date(struct reader *reader, struct date_time *time)
{
	int err;

	err = read_field(reader, time, YEAR, 0);
	if (!err)
		err = read_field(reader, time, MONTH, '-');
	if (!err)
		err = read_field(reader, time, DAY, '-');
	if (err || time->field[DAY] <= days_of_month(time))
		return err;
	reader->at -= 2;
	return mnd_toml_fail(reader, "%04u-%02u has no day %u",
			     time->field[YEAR], time->field[MONTH],
			     time->field[DAY]);
}

static int read_time(struct reader *reader, struct date_time *time)
{
	int err;

	err = read_field(reader, time, HOUR, 0);
	if (!err)
		err = read_field(reader, time, MINUTE, ':');
	if (!err)
		err = read_field(reader, time, SECOND, ':');
	if (err || peek(reader, 0) != '.')
		return err;
	reader->at++;
	if (!is_digit(peek(reader, 0)))
		return mnd_toml_unexpected(reader, "a digit");
	while (is_digit(peek(reader, 0)))
		reader->at++;
	return 0;
}

/*
 * Whether RFC 3339 lets a leap second be here: in the last minute of a month in
 * UTC.  That minute is on this day or, east of UTC, was on the day before.
 */
static bool may_be_leap_second(const struct date_time *time)
{
	int minute = time->field[HOUR] * 60 + time->field[MINUTE];
	int offset = time->field[OFFSET_HOUR] * 60 + time->field[OFFSET_MINUTE];

	minute -= time->offset_sign * offset;
	if (minute == -1)
		return time->field[DAY] == 1;
	return minute == 24 * 60 - 1 && time->field[DAY] == days_of_month(time);
}

/* Reads the offset, if there is one, and with it judges a second 60. */
static int read_offset(struct reader *reader, struct date_time *time,
		       struct mnd_toml_value *value)
{
	int c = peek(reader, 0);
	int err;

	if (c == 'Z' || c == 'z') {
		reader->at++;
	} else if (c == '+' || c == '-') {
		time->offset_sign = c == '+' ? 1 : -1;
		reader->at++;
		err = read_field(reader, time, OFFSET_HOUR, 0);
		if (!err)
			err = read_field(reader, time, OFFSET_MINUTE, ':');
		if (err)
			return err;
	} else {
		return 0;
	}
	value->type = MND_TOML_OFFSET_DATE_TIME;
	if (time->field[SECOND] == 60 && !may_be_leap_second(time))
		return mnd_fail(reader->error, value->line, value->column,
				"no leap second can be at this time");
	return 0;
}

/* Whether a time follows the date that ends at the cursor. */
static bool time_follows(const struct reader *reader)
{
	int c = peek(reader, 0);

	return c == 'T' || c == 't' || (c == ' ' && is_digit(peek(reader, 1)));
}

static int read_date_time(struct reader *reader, struct mnd_toml_value *value)
{
	struct date_time time = {};
	int err;

	value->type = MND_TOML_LOCAL_DATE;
	err = read_date(reader, &time);
	if (err || !time_follows(reader))
		return err;
	value->type = MND_TOML_LOCAL_DATE_TIME;
	reader->at++;
	err = read_time(reader, &time);
	return err ? err : read_offset(reader, &time, value);
}

static int read_local_time(struct reader *reader, struct mnd_toml_value *value)
{
	struct date_time time = {};

	value->type = MND_TOML_LOCAL_TIME;
	return read_time(reader, &time);
}

/* Reads a date or a time with @read, and keeps its text. */
static int keep_text(struct reader *reader, struct mnd_toml_value *value,
		     int (*read)(struct reader *reader,
				 struct mnd_toml_value *value))
{
	size_t start = reader->at;
	int err = read(reader, value);

	if (err)
		return err;
	reader->used = reader->at - start;
	memcpy(reader->scratch, reader->text + start, reader->used);
	return take_scratch(reader, &value->string);
}

/* The number of digits at the cursor, counted to five at most. */
static unsigned int count_digits(const struct reader *reader)
{
	unsigned int count = 0;

	while (count < 5 && is_digit(peek(reader, count)))
		count++;
	return count;
}

/* What words, numbers, dates and times are made of. */
static bool is_word(int c)
{
	return is_bare_key(c) || c == '+' || c == '.' || c == ':';
}

static const struct {
	const char *text;
	struct mnd_toml_value value;
} words[] = {
	{ "true", { .type = MND_TOML_BOOLEAN, .boolean = true } },
	{ "false", { .type = MND_TOML_BOOLEAN, .boolean = false } },
	{ "inf", { .type = MND_TOML_FLOAT, .floating = INFINITY } },
	{ "+inf", { .type = MND_TOML_FLOAT, .floating = INFINITY } },
	{ "-inf", { .type = MND_TOML_FLOAT, .floating = -INFINITY } },
	{ "nan", { .type = MND_TOML_FLOAT, .floating = NAN } },
	{ "+nan", { .type = MND_TOML_FLOAT, .floating = NAN } },
	{ "-nan", { .type = MND_TOML_FLOAT, .floating = -NAN } },
};

static int read_word(struct reader *reader, struct mnd_toml_value *value)
{
	const char *text = reader->text + reader->at;
	char quoted[MND_TOML_QUOTED_SIZE];
	unsigned int line = value->line, column = value->column;
	size_t length = 0, i;

	while (is_word(peek(reader, length)))
		length++;
	if (!length)
		return mnd_toml_unexpected(reader, "a value");
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (length != strlen(words[i].text) ||
		    memcmp(text, words[i].text, length))
			continue;
		*value = words[i].value;
		value->line = line;
		value->column = column;
		reader->at += length;
		return 0;
	}
	mnd_toml_quote(text, length, quoted);
	return mnd_toml_fail(reader, "%s is not a value; a string needs quotes",
			     quoted);
}

/**
 * mnd_toml_read_scalar - Read a value that holds no other values
 *
 * @reader: The text, at the value.
 * @value: Set to the value; its line and column are there already.
 *
 * Return: 0, or
 *
 * - %-EINVAL - there is no value, or a bad one.
 * - %-ENOMEM - out of memory.
 */
int mnd_toml_read_scalar(struct reader *reader, struct mnd_toml_value *value)
{
	int c = peek(reader, 0);
	unsigned int digits = count_digits(reader);
	int after = peek(reader, digits);
	int err;

	if (c == '"' || c == '\'') {
		value->type = MND_TOML_STRING;
		return read_string(reader, &value->string);
	}
	if (digits == 4 && after == '-')
		err = keep_text(reader, value, read_date_time);
	else if (digits == 2 && after == ':')
		err = keep_text(reader, value, read_local_time);
	else if (digits ||
		 ((c == '+' || c == '-') && is_digit(peek(reader, 1))))
		err = read_number(reader, value);
	else
		err = read_word(reader, value);
	if (!err && is_word(peek(reader, 0)))
		err = mnd_toml_unexpected(reader, "the end of the value");
	return err;
}
