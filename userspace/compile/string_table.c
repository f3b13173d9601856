// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The strings of a table: collected, then sorted and numbered.
 */

#include <stdlib.h>

#include "string_table.h"

/**
 * mnd_string_compare - Compare as the verifier of a table does
 *
 * @a: String.
 * @b: String.
 *
 * Return: Less than, equal to or greater than 0.
 */
int mnd_string_compare(const struct mnd_string_ref *a,
		       const struct mnd_string_ref *b)
{
	size_t length = a->length < b->length ? a->length : b->length;
	int order = length ? memcmp(a->text, b->text, length) : 0;

	if (order || a->length == b->length)
		return order;
	return a->length < b->length ? -1 : 1;
}

static int compare(const void *a, const void *b)
{
	return mnd_string_compare(a, b);
}

/**
 * mnd_string_table_add - Add a string
 *
 * @table: Table.
 * @text: String, which must outlive the table.
 * @length: Of @text, in bytes.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_string_table_add(struct mnd_string_table *table, const char *text,
			 size_t length)
{
	struct mnd_string_ref *strings;
	size_t room;

	if (table->count == table->room) {
		room = table->room ? table->room * 2 : 64;
		strings = reallocarray(table->strings, room, sizeof(*strings));
		if (!strings)
			return -ENOMEM;
		table->strings = strings;
		table->room = room;
	}
	table->strings[table->count].text = text;
	table->strings[table->count++].length = length;
	return 0;
}

/**
 * mnd_string_table_sort - Number the strings
 *
 * @table: Table, to which no more is added.
 */
void mnd_string_table_sort(struct mnd_string_table *table)
{
	size_t used = 0;
	size_t i;

	if (!table->count)
		return;
	qsort(table->strings, table->count, sizeof(*table->strings), compare);
	for (i = 1; i < table->count; i++)
		if (compare(&table->strings[used], &table->strings[i]))
			table->strings[++used] = table->strings[i];
	table->count = used + 1;
}

/**
 * mnd_string_table_find - The number of a string
 *
 * @table: Sorted table.
 * @text: String that was added.
 * @length: Of @text, in bytes.
 *
 * Return: Its number.
 */
u32 mnd_string_table_find(const struct mnd_string_table *table,
			  const char *text, size_t length)
{
	const struct mnd_string_ref key = { text, length };
	const struct mnd_string_ref *found;

	found = bsearch(&key, table->strings, table->count, sizeof(key),
			compare);
	return (u32)(found - table->strings);
}

/**
 * mnd_string_table_free - Free a table
 *
 * @table: Table; empty afterwards.
 */
void mnd_string_table_free(struct mnd_string_table *table)
{
	free(table->strings);
	memset(table, 0, sizeof(*table));
}
