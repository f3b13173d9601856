/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the two halves of the TOML reader share: the cursor in the text and the
 * memory of the tree.
 */

#ifndef _MANDATE_TOML_PRIVATE_H
#define _MANDATE_TOML_PRIVATE_H

#include "toml.h"

#define END_OF_TEXT (-1)

/**
 * struct reader - A text being read
 *
 * @text: The text, not NUL-terminated.
 * @length: Its length in bytes.
 * @at: Offset of the byte to be read next.
 * @line_start: Offset of the first byte of its line.
 * @line: That line, counted from 1.
 * @scratch: @length + 1 bytes: nothing decodes to more bytes than it took.
 * @used: How many of them hold the string or number being read.
 * @toml: Owns whatever the tree points to.
 * @error: Where to say why the text is refused.
 */
struct reader {
	const char *text;
	size_t length;
	size_t at;
	size_t line_start;
	unsigned int line;
	char *scratch;
	size_t used;
	struct mnd_toml *toml;
	struct mnd_error *error;
};

/* The byte @ahead of the next one, as an unsigned char, or END_OF_TEXT. */
static inline int peek(const struct reader *reader, size_t ahead)
{
	if (ahead >= reader->length - reader->at)
		return END_OF_TEXT;
	return (unsigned char)reader->text[reader->at + ahead];
}

static inline unsigned int column_of(const struct reader *reader)
{
	return reader->at - reader->line_start + 1;
}

/* toml.c */
void *mnd_toml_alloc(struct mnd_toml *toml, size_t size);

/* value.c */
__printf(2, 3) int mnd_toml_fail(const struct reader *reader,
				 const char *format, ...);
int mnd_toml_unexpected(const struct reader *reader, const char *wanted);
int mnd_toml_check_encoding(struct reader *reader);
void mnd_toml_skip_space(struct reader *reader);
void mnd_toml_skip_comment(struct reader *reader);
bool mnd_toml_take_newline(struct reader *reader);
int mnd_toml_read_key_part(struct reader *reader, struct mnd_toml_string *part);
int mnd_toml_read_scalar(struct reader *reader, struct mnd_toml_value *value);

#endif /* _MANDATE_TOML_PRIVATE_H */
