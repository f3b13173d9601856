// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Puts a string of an initdata document, itself a document in another language,
 * where it is in the document, so that what is said about it has its place: by
 * blank lines and blanks in front of it, which no such language minds.
 */

#include "initdata.h"

/* A way through a string, as it is written and as it is read. */
struct walk {
	const char *written;
	const char *read;
	const char *end; /* of what is read */
	bool escapes;
};

static const char *find_place(const struct mnd_string_ref *document,
			      unsigned int line, unsigned int column)
{
	const char *at = document->text;
	const char *const end = at + document->length;

	for (; line > 1; line--)
		at = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
	return at + column - 1;
}

static size_t utf8_size(char first)
{
	const unsigned char byte = (unsigned char)first;

	if (byte < 0xc0)
		return 1;
	if (byte < 0xe0)
		return 2;
	return byte < 0xf0 ? 3 : 4;
}

static size_t escape_size(char c)
{
	if (c == 'u')
		return 6;
	return c == 'U' ? 10 : 2;
}

/* Goes over one character; false if lines begin elsewhere from here on. */
static bool step(struct walk *walk)
{
	if (walk->escapes && *walk->written == '\\') {
		const char escape = walk->written[1];

		if (*walk->read == '\n' || strchr(" \t\r\n", escape))
			return false;
		walk->written += escape_size(escape);
		walk->read += utf8_size(*walk->read);
		return true;
	}
	if (*walk->written == '\r' && *walk->read == '\n')
		walk->written++;
	walk->written++;
	walk->read++;
	return true;
}

/*
 * Skips the quotation marks in front of a string, and the end of a line that is
 * not part of it, and moves its place.
 */
static void skip_opening(struct walk *walk, struct mnd_place *place)
{
	const char quote = *walk->written;
	const bool is_long = walk->written[1] == quote &&
			     walk->written[2] == quote;

	walk->written += is_long ? 3 : 1;
	place->column += is_long ? 3 : 1;
	if (!is_long || (*walk->written != '\n' && *walk->written != '\r'))
		return;
	walk->written += *walk->written == '\r' ? 2 : 1;
	place->line++;
	place->column = 1;
}

static int pad(struct mnd_arena *arena, const struct mnd_toml_string *string,
	       const struct mnd_place *place, struct mnd_string_ref *text)
{
	const size_t lines = place->line - 1;
	const size_t blanks = lines + place->column - 1;
	char *padded;

	padded = mnd_arena_alloc(arena, blanks + string->length + 1, 1);
	if (!padded)
		return -ENOMEM;
	memset(padded, '\n', lines);
	memset(padded + lines, ' ', blanks - lines);
	memcpy(padded + blanks, string->bytes, string->length);
	text->text = padded;
	text->length = blanks + string->length;
	return 0;
}

/**
 * mnd_initdata_text - Put a string where it is in its document
 *
 * @arena: Owns the text.
 * @document: Document.
 * @value: A string of it.
 * @text: Written: the string; if @in_place, behind so many blanks that each
 *	line of it has the number that it has in the document, and each column
 *	too but for escapes, which count as what they stand for.
 * @in_place: Written; false if not every line of the string is one of the
 *	document.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_initdata_text(struct mnd_arena *arena,
		      const struct mnd_string_ref *document,
		      const struct mnd_toml_value *value,
		      struct mnd_string_ref *text, bool *in_place)
{
	const struct mnd_toml_string *string = &value->string;
	struct mnd_place place = { value->line, value->column };
	struct walk walk = { find_place(document, value->line, value->column),
			     string->bytes, string->bytes + string->length,
			     false };

	walk.escapes = *walk.written == '"';
	/* Behind an empty one there may be nothing to tell how it is quoted. */
	if (string->length)
		skip_opening(&walk, &place);
	*in_place = true;
	while (*in_place && walk.read < walk.end)
		*in_place = step(&walk);
	if (*in_place)
		return pad(arena, string, &place, text);
	text->text = string->bytes;
	text->length = string->length;
	return 0;
}
