// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Strings in JSON and in the data of Rego: valid UTF-8 without a NUL.
 */

#include "../regex/utf8.h"
#include "value_reader.h"

/* A string's bytes as they are decoded. */
struct output {
	char *bytes;
	size_t length;
};

static void put_rune(struct output *output, u32 rune)
{
	char *byte = output->bytes + output->length;

	if (rune < 0x80) {
		*byte++ = (char)rune;
	} else if (rune < 0x800) {
		*byte++ = (char)(0xc0 | rune >> 6);
	} else if (rune < 0x10000) {
		*byte++ = (char)(0xe0 | rune >> 12);
		*byte++ = (char)(0x80 | (rune >> 6 & 0x3f));
	} else {
		*byte++ = (char)(0xf0 | rune >> 18);
		*byte++ = (char)(0x80 | (rune >> 12 & 0x3f));
		*byte++ = (char)(0x80 | (rune >> 6 & 0x3f));
	}
	if (rune >= 0x80)
		*byte++ = (char)(0x80 | (rune & 0x3f));
	output->length = (size_t)(byte - output->bytes);
}

/* Takes one character that stands for itself. */
static int take_rune(struct mnd_value_reader *reader, struct output *output)
{
	size_t size;
	u32 rune;

	size = mnd_utf8_decode(reader->text + reader->at,
			       reader->length - reader->at, &rune);
	if (!size)
		return mnd_value_fail(reader, "byte 0x%02x is not UTF-8",
				      mnd_value_peek(reader));
	put_rune(output, rune);
	reader->at += size;
	return 0;
}

/* The value of the four hexadecimal digits @ahead of the reader, or -1. */
static long hex_ahead(const struct mnd_value_reader *reader, size_t ahead)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *found;
	long value = 0;
	size_t i;

	if (reader->length - reader->at < ahead + 4)
		return -1;
	for (i = 0; i < 4; i++) {
		found = memchr(digits, reader->text[reader->at + ahead + i],
			       sizeof(digits) - 1);
		if (!found)
			return -1;
		value = value << 4 | ((found - digits) & 15);
	}
	return value;
}

static bool is_backslash_u(const struct mnd_value_reader *reader, size_t ahead)
{
	return reader->length - reader->at >= ahead + 2 &&
	       reader->text[reader->at + ahead] == '\\' &&
	       reader->text[reader->at + ahead + 1] == 'u';
}

/* Takes \uXXXX, or two of them that are one character together. */
static int take_unicode(struct mnd_value_reader *reader, struct output *output)
{
	long high = hex_ahead(reader, 2), low;
	u32 rune = (u32)high;
	size_t size = 6;

	if (high < 0)
		return mnd_value_fail(reader, "\\u needs four hex digits");
	if (!high)
		return mnd_value_fail(reader, "contains a NUL");
	if (high >= 0xd800 && high <= 0xdfff) {
		low = is_backslash_u(reader, 6) ? hex_ahead(reader, 8) : -1;
		if (high > 0xdbff || low < 0xdc00 || low > 0xdfff)
			return mnd_value_fail(reader,
					      "U+%04lX is not a character",
					      (unsigned long)high);
		rune = 0x10000 + ((rune & 0x3ff) << 10 | ((u32)low & 0x3ff));
		size = 12;
	}
	put_rune(output, rune);
	reader->at += size;
	return 0;
}

static int take_escape(struct mnd_value_reader *reader, struct output *output)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *letter = NULL;

	if (is_backslash_u(reader, 0))
		return take_unicode(reader, output);
	if (reader->length - reader->at >= 2)
		letter = memchr(letters, reader->text[reader->at + 1],
				sizeof(letters) - 1);
	if (!letter)
		return mnd_value_fail(reader, "unknown escape sequence");
	put_rune(output, (unsigned char)meanings[letter - letters]);
	reader->at += 2;
	return 0;
}

static int take_string(struct mnd_value_reader *reader, struct output *output)
{
	int c, err = 0;

	while (!err) {
		c = mnd_value_peek(reader);
		if (c == '"')
			return 0;
		if (c == MND_END_OF_TEXT || c == '\n')
			return mnd_value_fail(reader, "string has no end");
		if (c < 0x20)
			return mnd_value_fail(reader,
					      "control character U+%04X",
					      (unsigned int)c);
		err = c == '\\' ? take_escape(reader, output) :
				  take_rune(reader, output);
	}
	return err;
}

/* Between backticks everything but a backtick stands for itself. */
static int take_raw(struct mnd_value_reader *reader, struct output *output)
{
	int c, err = 0;

	while (!err) {
		c = mnd_value_peek(reader);
		if (c == '`')
			return 0;
		if (c == MND_END_OF_TEXT)
			return mnd_value_fail(reader, "string has no end");
		if (!c)
			return mnd_value_fail(reader, "contains a NUL");
		err = take_rune(reader, output);
		if (c == '\n') {
			reader->at--;
			mnd_value_next_line(reader);
		}
	}
	return err;
}

/* No string decodes to more bytes than it is written with. */
static size_t most_bytes(const struct mnd_value_reader *reader, char quote)
{
	size_t i;

	for (i = reader->at; i < reader->length; i++) {
		if (reader->text[i] == quote)
			break;
		if (reader->text[i] == '\\' && quote == '"')
			i++;
	}
	return i - reader->at;
}

static int read_quoted(struct mnd_value_reader *reader, struct mnd_value *value,
		       int (*take)(struct mnd_value_reader *reader,
				   struct output *output))
{
	const char quote = reader->text[reader->at++];
	struct output output = { NULL, 0 };
	int err;

	output.bytes = mnd_arena_alloc(reader->arena,
				       most_bytes(reader, quote) + 2, 1);
	if (!output.bytes)
		return mnd_value_out_of_memory(reader);
	err = take(reader, &output);
	if (err)
		return err;
	reader->at++;
	value->type = MND_VALUE_STRING;
	value->text = output.bytes;
	value->length = output.length;
	return 0;
}

/**
 * mnd_value_read_string - Read a string in quotation marks
 *
 * @reader: Reader, at the first of them.
 * @value: Written.
 *
 * Return: 0, or, with the reader's error written:
 *
 * - -EINVAL: It is no valid string.
 * - -ENOMEM: Out of memory.
 */
int mnd_value_read_string(struct mnd_value_reader *reader,
			  struct mnd_value *value)
{
	return read_quoted(reader, value, take_string);
}

/**
 * mnd_value_read_raw - Read a string between backticks
 *
 * @reader: Reader, at the first of them.
 * @value: Written.
 *
 * Return: As mnd_value_read_string().
 */
int mnd_value_read_raw(struct mnd_value_reader *reader, struct mnd_value *value)
{
	return read_quoted(reader, value, take_raw);
}
