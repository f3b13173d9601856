// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes JSON to the byte as json.Marshal() of Go 1.22 and later does, which
 * takes care that HTML and JavaScript can hold the result.
 */

#include "go_json.h"

static void put_escape(FILE *out, unsigned char byte)
{
	static const char special[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *found = strchr(special, byte);

	if (found)
		fprintf(out, "\\%c", letters[found - special]);
	else
		fprintf(out, "\\u%04x", byte);
}

/**
 * mnd_go_json_text - Write a string
 *
 * @out: Where to; its error indicator says whether that failed.
 * @text: String, valid UTF-8; "" if all zero.
 */
void mnd_go_json_text(FILE *out, const struct mnd_text *text)
{
	static const char separator[] = "\xe2\x80"; /* and \xa8 or \xa9 */
	const char *at = text->text ? text->text : "";

	fputc('"', out);
	for (; *at; at++) {
		const unsigned char byte = *at;

		if (!strncmp(at, separator, 2) && (at[2] & 0xfe) == 0xa8) {
			fprintf(out, "\\u202%c", at[2] & 1 ? '9' : '8');
			at += 2;
		} else if (byte < ' ' || strchr("\"\\<>&", byte)) {
			put_escape(out, byte);
		} else {
			fputc(byte, out);
		}
	}
	fputc('"', out);
}

/**
 * mnd_go_json_texts - Write a slice of strings
 *
 * @out: Where to; its error indicator says whether that failed.
 * @texts: Strings; if there is no list, the slice is nil.
 */
void mnd_go_json_texts(FILE *out, const struct mnd_texts *texts)
{
	size_t i;

	if (!texts->items) {
		fputs("null", out);
		return;
	}
	fputc('[', out);
	for (i = 0; i < texts->count; i++) {
		if (i)
			fputc(',', out);
		mnd_go_json_text(out, &texts->items[i]);
	}
	fputc(']', out);
}
