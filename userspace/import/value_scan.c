// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Numbers, words and what stands between values, in JSON and in the data of
 * Rego; and how a text is refused.
 */

#include <stdarg.h>
#include <stdio.h>

#include "../regex/utf8.h"
#include "../toml/toml.h"
#include "value_reader.h"

/**
 * mnd_value_fail - Refuse the text where the reader is
 *
 * @reader: Reader.
 * @format: As for printf(3), without untrusted bytes but for quoted ones.
 *
 * Return: -EINVAL.
 */
int mnd_value_fail(const struct mnd_value_reader *reader, const char *format,
		   ...)
{
	const struct mnd_place place = mnd_value_place(reader);
	char text[sizeof(reader->error->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return mnd_fail(reader->error, place.line, place.column, "%s", text);
}

/**
 * mnd_value_unexpected - Refuse what stands where the reader is
 *
 * @reader: Reader.
 * @wanted: What should stand there.
 *
 * Return: -EINVAL.
 */
int mnd_value_unexpected(const struct mnd_value_reader *reader,
			 const char *wanted)
{
	char quoted[MND_TOML_QUOTED_SIZE];
	size_t size;
	u32 rune;

	switch (mnd_value_peek(reader)) {
	case MND_END_OF_TEXT:
		return mnd_value_fail(reader,
				      "expected %s, found the end of the text",
				      wanted);
	case '\r':
	case '\n':
		return mnd_value_fail(reader,
				      "expected %s, found the end of the line",
				      wanted);
	}
	size = mnd_utf8_decode(reader->text + reader->at,
			       reader->length - reader->at, &rune);
	mnd_toml_quote(reader->text + reader->at, size ? size : 1, quoted);
	return mnd_value_fail(reader, "expected %s, found %s", wanted, quoted);
}

/**
 * mnd_value_out_of_memory - Say that there is no memory left
 *
 * @reader: Reader.
 *
 * Return: -ENOMEM.
 */
int mnd_value_out_of_memory(const struct mnd_value_reader *reader)
{
	mnd_fail(reader->error, 0, 0, "out of memory");
	return -ENOMEM;
}

/**
 * mnd_value_next_line - Step over the end of a line
 *
 * @reader: Reader, at a line feed.
 */
void mnd_value_next_line(struct mnd_value_reader *reader)
{
	reader->at++;
	reader->line++;
	reader->line_start = reader->at;
}

static void skip_comment(struct mnd_value_reader *reader)
{
	while (mnd_value_peek(reader) != MND_END_OF_TEXT &&
	       mnd_value_peek(reader) != '\n')
		reader->at++;
}

/**
 * mnd_value_skip_space - Skip what has no meaning between values
 *
 * Blanks and ends of lines, and comments if there can be any.
 *
 * @reader: Reader.
 */
void mnd_value_skip_space(struct mnd_value_reader *reader)
{
	for (;;) {
		switch (mnd_value_peek(reader)) {
		case ' ':
		case '\t':
		case '\r':
			reader->at++;
			break;
		case '\n':
			mnd_value_next_line(reader);
			break;
		case '#':
			if (!reader->read_word)
				return;
			skip_comment(reader);
			break;
		default:
			return;
		}
	}
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/**
 * mnd_value_word_length - Measure the word where the reader is
 *
 * @reader: Reader.
 *
 * Return: Its bytes, 0 if there is no word.
 */
size_t mnd_value_word_length(const struct mnd_value_reader *reader)
{
	const char *word = reader->text + reader->at;
	const size_t most = reader->length - reader->at;
	size_t length;

	if (!most || !is_letter(word[0]))
		return 0;
	for (length = 1; length < most; length++)
		if (!is_letter(word[length]) && !is_digit(word[length]))
			break;
	return length;
}

static int skip_digits(struct mnd_value_reader *reader)
{
	if (!is_digit(mnd_value_peek(reader)))
		return mnd_value_unexpected(reader, "a digit");
	while (is_digit(mnd_value_peek(reader)))
		reader->at++;
	return 0;
}

static int skip_number(struct mnd_value_reader *reader)
{
	int err = 0;

	if (mnd_value_peek(reader) == '-')
		reader->at++;
	if (mnd_value_peek(reader) == '0')
		reader->at++;
	else
		err = skip_digits(reader);
	if (!err && mnd_value_peek(reader) == '.') {
		reader->at++;
		err = skip_digits(reader);
	}
	if (err || (mnd_value_peek(reader) | 0x20) != 'e')
		return err;
	reader->at++;
	if (mnd_value_peek(reader) == '+' || mnd_value_peek(reader) == '-')
		reader->at++;
	return skip_digits(reader);
}

/**
 * mnd_value_read_number - Read a number
 *
 * @reader: Reader, at its sign or first digit.
 * @value: Written.
 *
 * Return: As mnd_value_read_string().
 */
int mnd_value_read_number(struct mnd_value_reader *reader,
			  struct mnd_value *value)
{
	const size_t first = reader->at;
	int err;

	err = skip_number(reader);
	if (err)
		return err;
	if (is_digit(mnd_value_peek(reader)) ||
	    is_letter(mnd_value_peek(reader)))
		return mnd_value_unexpected(reader, "the end of a number");
	value->type = MND_VALUE_NUMBER;
	value->length = reader->at - first;
	value->text = mnd_arena_copy(reader->arena, reader->text + first,
				     value->length);
	return value->text ? 0 : mnd_value_out_of_memory(reader);
}
