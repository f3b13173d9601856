// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Strings of a table made fit for output: always valid UTF-8.  What is none,
 * which only a table that no source was compiled to can have, is shown as the
 * replacement character.
 */

#include <stdlib.h>
#include <string.h>

#include "quote.h"

#define REPLACEMENT "\357\277\275"

/* Length of the UTF-8 sequence that @text begins with; 0 if it is none. */
static size_t sequence(const char *text)
{
	json_t *json;
	size_t length;

	if ((unsigned char)*text < 0x80)
		return 1;
	for (length = 2; length <= 4 && text[length - 1]; length++) {
		json = json_stringn(text, length);
		if (json) {
			json_decref(json);
			return length;
		}
	}
	return 0;
}

/**
 * mnd_quote_toml - Print a TOML basic string
 *
 * @stream: Where to.
 * @text: Any bytes, terminated.
 */
void mnd_quote_toml(FILE *stream, const char *text)
{
	size_t length;

	putc('"', stream);
	while (*text) {
		length = sequence(text);
		if (!length) {
			fputs(REPLACEMENT, stream);
			text++;
			continue;
		}
		if (*text == '"' || *text == '\\')
			fprintf(stream, "\\%c", *text);
		else if ((unsigned char)*text < ' ' || *text == 0x7f)
			fprintf(stream, "\\u%04x", *text);
		else
			fwrite(text, 1, length, stream);
		text += length;
	}
	putc('"', stream);
}

/**
 * mnd_quote_json - Make a JSON string
 *
 * @text: Any bytes, terminated.
 *
 * Return: The string; NULL if out of memory.
 */
json_t *mnd_quote_json(const char *text)
{
	json_t *json = json_string(text);
	char *valid, *end;
	size_t length;

	if (json)
		return json;
	valid = malloc(strlen(text) * strlen(REPLACEMENT) + 1);
	if (!valid)
		return NULL;
	for (end = valid; *text; text += length ? length : 1) {
		length = sequence(text);
		end = length ? mempcpy(end, text, length) :
			       mempcpy(end, REPLACEMENT, strlen(REPLACEMENT));
	}
	*end = 0;
	json = json_string(valid);
	free(valid);
	return json;
}
