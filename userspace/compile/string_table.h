/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The strings of a table: collected, then sorted and numbered.
 */

#ifndef _MANDATE_STRING_TABLE_H
#define _MANDATE_STRING_TABLE_H

#include "../../lsm/core/deps.h"

/**
 * struct mnd_string_ref - A string that somebody else owns
 *
 * @text: Its bytes.
 * @length: How many.
 */
struct mnd_string_ref {
	const char *text;
	size_t length;
};

/**
 * struct mnd_string_table - Strings
 *
 * All zero is an empty one.
 *
 * @strings: The strings; ascending and different once they are sorted.
 * @count: How many.
 * @room: How many there is memory for.
 */
struct mnd_string_table {
	struct mnd_string_ref *strings;
	size_t count;
	size_t room;
};

int mnd_string_compare(const struct mnd_string_ref *a,
		       const struct mnd_string_ref *b);
int mnd_string_table_add(struct mnd_string_table *table, const char *text,
			 size_t length);
void mnd_string_table_sort(struct mnd_string_table *table);
u32 mnd_string_table_find(const struct mnd_string_table *table,
			  const char *text, size_t length);
void mnd_string_table_free(struct mnd_string_table *table);

#endif /* _MANDATE_STRING_TABLE_H */
