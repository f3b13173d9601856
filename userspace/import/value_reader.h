/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads values out of a text, of which they need not be all: that of JSON, and
 * the data in Rego, whose syntax is that of JSON and a little more.
 */

#ifndef _MANDATE_IMPORT_VALUE_READER_H
#define _MANDATE_IMPORT_VALUE_READER_H

#include "value.h"

/* Limit, beside those of value.h: bytes of a text. */
#define MND_VALUE_MAX_SIZE 16777216

/**
 * struct mnd_value_scope - An array or object whose end is not read yet
 *
 * @type: Which of the two it is.
 * @first: Its first value on the reader's stack.
 * @place: Where it begins.
 */
struct mnd_value_scope {
	enum mnd_value_type type;
	size_t first;
	struct mnd_place place;
};

/**
 * struct mnd_value_reader - A text that values are read out of
 *
 * @arena: Owns the values.
 * @error: Written by whatever fails.
 * @text: The text; need not be terminated.
 * @length: Of @text, in bytes.
 * @at: What is read next.
 * @line_start: First byte of the line of @at.
 * @line: Number of this line, counted from 1.
 * @count: How many values were read.
 * @read_word: Reads what begins with a letter and is no value of JSON, at the
 *	reader's place; NULL if there is nothing of that kind.  If it is not,
 *	the text is Rego: comments, raw strings and a last comma are right.
 * @stack: Values that are not yet part of another one; a key is one, too.
 * @used: How many.
 * @room: How many there is memory for.
 * @scopes: Arrays and objects that @at is in, the outermost first.
 * @depth: How many.
 */
struct mnd_value_reader {
	struct mnd_arena *arena;
	struct mnd_error *error;
	const char *text;
	size_t length;
	size_t at;
	size_t line_start;
	unsigned int line;
	size_t count;
	int (*read_word)(struct mnd_value_reader *reader,
			 struct mnd_value *value);
	struct mnd_value *stack;
	size_t used;
	size_t room;
	struct mnd_value_scope scopes[MND_VALUE_MAX_DEPTH];
	size_t depth;
};

#define MND_END_OF_TEXT (-1)

/* The byte at the reader's place, as an unsigned char, or MND_END_OF_TEXT. */
static inline int mnd_value_peek(const struct mnd_value_reader *reader)
{
	if (reader->at == reader->length)
		return MND_END_OF_TEXT;
	return (unsigned char)reader->text[reader->at];
}

static inline struct mnd_place
mnd_value_place(const struct mnd_value_reader *reader)
{
	return (struct mnd_place){
		reader->line,
		(unsigned int)(reader->at - reader->line_start + 1),
	};
}

/* value_scan.c */
__printf(2, 3) int mnd_value_fail(const struct mnd_value_reader *reader,
				  const char *format, ...);
int mnd_value_unexpected(const struct mnd_value_reader *reader,
			 const char *wanted);
int mnd_value_out_of_memory(const struct mnd_value_reader *reader);
void mnd_value_next_line(struct mnd_value_reader *reader);
void mnd_value_skip_space(struct mnd_value_reader *reader);
size_t mnd_value_word_length(const struct mnd_value_reader *reader);
int mnd_value_read_number(struct mnd_value_reader *reader,
			  struct mnd_value *value);

/* value_string.c */
int mnd_value_read_string(struct mnd_value_reader *reader,
			  struct mnd_value *value);
int mnd_value_read_raw(struct mnd_value_reader *reader,
		       struct mnd_value *value);

/* value_reader.c */
int mnd_value_begin(struct mnd_value_reader *reader);
int mnd_value_read(struct mnd_value_reader *reader, struct mnd_value *value);
void mnd_value_end(struct mnd_value_reader *reader);

#endif /* _MANDATE_IMPORT_VALUE_READER_H */
