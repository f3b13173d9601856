// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds the way through the Rego of a policy for Kata's agent: words, ends of
 * lines, and what can be skipped without being understood.
 */

#include "agent_scan.h"

/**
 * mnd_agent_at_word - Ask whether a word is next
 *
 * @reader: Reader.
 * @word: Word.
 *
 * Return: Whether it is.
 */
bool mnd_agent_at_word(const struct mnd_value_reader *reader, const char *word)
{
	const size_t length = strlen(word);

	return mnd_value_word_length(reader) == length &&
	       !memcmp(reader->text + reader->at, word, length);
}

/**
 * mnd_agent_take_word - Take a word
 *
 * @reader: Reader.
 * @word: Word.
 *
 * Return: Whether it was next.
 */
bool mnd_agent_take_word(struct mnd_value_reader *reader, const char *word)
{
	if (!mnd_agent_at_word(reader, word))
		return false;
	reader->at += strlen(word);
	return true;
}

/**
 * mnd_agent_take - Take a character
 *
 * @reader: Reader.
 * @c: Character, not the end of a line.
 *
 * Return: Whether it was next.
 */
bool mnd_agent_take(struct mnd_value_reader *reader, char c)
{
	if (mnd_value_peek(reader) != c)
		return false;
	reader->at++;
	return true;
}

/**
 * mnd_agent_skip_blanks - Skip blanks, but no end of a line
 *
 * @reader: Reader.
 */
void mnd_agent_skip_blanks(struct mnd_value_reader *reader)
{
	while (mnd_value_peek(reader) == ' ' ||
	       mnd_value_peek(reader) == '\t' || mnd_value_peek(reader) == '\r')
		reader->at++;
}

/**
 * mnd_agent_at_line_end - Ask whether a line has nothing more
 *
 * Skips blanks.  A comment goes on to the end of the line and is nothing.
 *
 * @reader: Reader.
 *
 * Return: Whether the line or the text ends.
 */
bool mnd_agent_at_line_end(struct mnd_value_reader *reader)
{
	int c;

	mnd_agent_skip_blanks(reader);
	c = mnd_value_peek(reader);
	return c == '\n' || c == '#' || c == MND_END_OF_TEXT;
}

/**
 * mnd_agent_take_name - Take a name
 *
 * @reader: Reader, whose arena owns it.
 * @name: Written.
 *
 * Return: 0, or, with the reader's error written:
 *
 * - -EINVAL: There is no name.
 * - -ENOMEM: Out of memory.
 */
int mnd_agent_take_name(struct mnd_value_reader *reader, const char **name)
{
	const size_t length = mnd_value_word_length(reader);

	if (!length)
		return mnd_value_unexpected(reader, "a name");
	*name = mnd_arena_copy(reader->arena, reader->text + reader->at,
			       length);
	reader->at += length;
	return *name ? 0 : mnd_value_out_of_memory(reader);
}

/**
 * mnd_agent_take_assignment - Take := or =, but not ==
 *
 * @reader: Reader.
 *
 * Return: Whether one of them was next.
 */
bool mnd_agent_take_assignment(struct mnd_value_reader *reader)
{
	const char *text = reader->text + reader->at;
	const size_t left = reader->length - reader->at;

	if (left >= 2 && text[0] == ':' && text[1] == '=') {
		reader->at += 2;
		return true;
	}
	if (!left || text[0] != '=' || (left >= 2 && text[1] == '='))
		return false;
	reader->at++;
	return true;
}

/* Skips a token; @open grows with each bracket, @goes_on if more must follow. */
static int skip_token(struct mnd_value_reader *reader, size_t *open,
		      bool *goes_on)
{
	const int c = mnd_value_peek(reader);
	struct mnd_value ignored;
	size_t length;

	*goes_on = false;
	if (!c)
		return mnd_value_fail(reader, "contains a NUL");
	if (c == '"')
		return mnd_value_read_string(reader, &ignored);
	if (c == '`')
		return mnd_value_read_raw(reader, &ignored);
	length = mnd_value_word_length(reader);
	if (length) {
		*goes_on = mnd_agent_at_word(reader, "if") ||
			   mnd_agent_at_word(reader, "else") ||
			   mnd_agent_at_word(reader, "in");
		reader->at += length;
		return 0;
	}
	if (strchr("([{", c)) {
		++*open;
	} else if (strchr(")]}", c)) {
		if (!(*open)--)
			return mnd_value_unexpected(reader,
						    "the end of a rule");
	} else {
		*goes_on = strchr(":=<>!+-*/%|&,;.", c);
	}
	reader->at++;
	return 0;
}

static bool at_else(const struct mnd_value_reader *reader)
{
	struct mnd_value_reader ahead = *reader;

	mnd_value_skip_space(&ahead);
	return mnd_agent_at_word(&ahead, "else");
}

static int no_end(const struct mnd_value_reader *reader,
		  const struct mnd_place *place)
{
	return mnd_fail(reader->error, place->line, place->column,
			"this has no end");
}

/**
 * mnd_agent_skip_call - Skip the arguments of a call
 *
 * @reader: Reader, at their bracket; afterwards behind them.
 *
 * Return: 0, or, with the reader's error written:
 *
 * - -EINVAL: They have no end, or there is something that is no Rego.
 * - -ENOMEM: Out of memory.
 */
int mnd_agent_skip_call(struct mnd_value_reader *reader)
{
	const struct mnd_place place = mnd_value_place(reader);
	size_t open = 0;
	bool goes_on;
	int err;

	do {
		err = skip_token(reader, &open, &goes_on);
		if (err || !open)
			return err;
		mnd_value_skip_space(reader);
	} while (mnd_value_peek(reader) != MND_END_OF_TEXT);
	return no_end(reader, &place);
}

/**
 * mnd_agent_skip_rule - Skip the rest of a rule
 *
 * It ends with a line, but not in brackets, and not before an else.
 *
 * @reader: Reader.
 * @place: Where the rule begins.
 *
 * Return: As mnd_agent_skip_call().
 */
int mnd_agent_skip_rule(struct mnd_value_reader *reader,
			const struct mnd_place *place)
{
	bool goes_on = false;
	size_t open = 0;
	int err = 0;

	if (mnd_agent_at_line_end(reader))
		return mnd_value_unexpected(reader, "the body of a rule");
	while (!err) {
		if (open || goes_on) {
			mnd_value_skip_space(reader);
			if (mnd_value_peek(reader) == MND_END_OF_TEXT)
				break;
		} else if (mnd_agent_at_line_end(reader)) {
			if (!at_else(reader))
				break;
			mnd_value_skip_space(reader);
		}
		err = skip_token(reader, &open, &goes_on);
	}
	return !err && open ? no_end(reader, place) : err;
}
