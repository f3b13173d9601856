// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The anchoring that hcsshim does to a pattern before it matches.
 */

#include <stdlib.h>

#include "regex.h"

/**
 * mnd_regex_anchor - Anchor a pattern as hcsshim does
 *
 * This is done to the text, whatever it means: a text that does not start with
 * ^ gets one in front, and one that does not end with $ gets one behind.  No
 * group is added, so each anchor binds to one alternative only, and a text that
 * ends with an escaped $ gets none.
 *
 * Columns of the result are one more than those of @text if that is empty or
 * does not start with ^.
 *
 * @text: Pattern; need not end in a NUL.
 * @length: Bytes of @text.
 * @anchored: Where the new pattern goes, with a NUL behind it; to be freed
 *            with free(3).
 * @anchored_length: Where its length goes.
 *
 * Return: 0, or -ENOMEM if memory is short.
 */
int mnd_regex_anchor(const char *text, size_t length, char **anchored,
		     size_t *anchored_length)
{
	bool begin = !length || text[0] != '^';
	bool end = !length || text[length - 1] != '$';
	char *result;

	result = malloc(length + 3);
	if (!result)
		return -ENOMEM;
	*anchored = result;
	*anchored_length = length + begin + end;
	if (begin)
		*result++ = '^';
	memcpy(result, text, length);
	result += length;
	if (end)
		*result++ = '$';
	*result = '\0';
	return 0;
}
