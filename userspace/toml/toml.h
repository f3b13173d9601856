/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads TOML 1.0.0, and nothing laxer, into a tree in which every key and
 * every value knows its line and column.
 */

#ifndef _MANDATE_TOML_H
#define _MANDATE_TOML_H

#include "../../lsm/core/deps.h"
#include "../error.h"

/*
 * Limits.  They bound what a hostile text can cost: its memory by a constant
 * for each value, its time by the text's length, a walker's stack by the depth.
 */
#define MND_TOML_MAX_SIZE 16777216 /* bytes of text */
#define MND_TOML_MAX_DEPTH 64 /* keys and elements from the root to a value */
#define MND_TOML_MAX_VALUES 1048576 /* tables and arrays included */

/* Room for what mnd_toml_quote() writes, its NUL included. */
#define MND_TOML_QUOTED_SIZE 80

enum mnd_toml_type {
	MND_TOML_STRING,
	MND_TOML_INTEGER,
	MND_TOML_FLOAT,
	MND_TOML_BOOLEAN,
	MND_TOML_OFFSET_DATE_TIME,
	MND_TOML_LOCAL_DATE_TIME,
	MND_TOML_LOCAL_DATE,
	MND_TOML_LOCAL_TIME,
	MND_TOML_ARRAY,
	MND_TOML_TABLE,
	__MND_TOML_TYPE_MAX,
};

/**
 * struct mnd_toml_string - Valid UTF-8, which may contain U+0000
 *
 * @bytes: The bytes, and a NUL after the last one.
 * @length: Length in bytes, without that NUL.
 */
struct mnd_toml_string {
	const char *bytes;
	size_t length;
};

/**
 * struct mnd_toml_value - A value and its place
 *
 * What has text of its own (all scalars, ``[...]``, ``{...}``) is where that
 * text begins.  A table or an array of tables that headers or dotted keys make
 * is at the key that defined it; one that was only implied by ``[a.b]`` moves
 * to its own ``[a]`` when that follows.  The root table is at 1:1.
 *
 * @type: Says which member is valid.
 * @line: Line, counted from 1.
 * @column: Column in bytes, counted from 1.
 * @string: Of a string, with CRLF in it read as LF.  Of the four date and time
 *	    types, the text as written; its fields are in range and the day
 *	    exists.
 * @integer: Of an integer.
 * @floating: Of a float; may be infinite or not a number.
 * @boolean: Of a boolean.
 * @array: Of an array.
 * @table: Of a table.
 */
struct mnd_toml_value {
	enum mnd_toml_type type;
	unsigned int line;
	unsigned int column;
	union {
		struct mnd_toml_string string;
		s64 integer;
		double floating;
		bool boolean;
		struct mnd_toml_array *array;
		struct mnd_toml_table *table;
	};
};

/**
 * struct mnd_toml_array - Values of any type, in the order of the text
 *
 * @items: The values.
 * @count: How many.
 */
struct mnd_toml_array {
	struct mnd_toml_value *items;
	size_t count;
	/* private: */
	size_t capacity;
	bool of_tables;
};

/**
 * struct mnd_toml_entry - A key of a table, and its value
 *
 * @next: The table's next entry in the order of the text, or NULL.
 * @key: The key, decoded; never a dotted one, which makes a table each part.
 * @key_line: Line of the key where it is first mentioned.
 * @key_column: Column of the key where it is first mentioned.
 * @value: Its value.
 */
struct mnd_toml_entry {
	struct mnd_toml_entry *next;
	struct mnd_toml_string key;
	unsigned int key_line;
	unsigned int key_column;
	struct mnd_toml_value value;
	/* private: */
	const struct mnd_toml_table *owner;
	struct mnd_toml_entry *chain;
	u64 hash;
};

/**
 * struct mnd_toml_table - A table
 *
 * @first: Its first entry in the order of the text, or NULL.
 * @count: How many entries.
 */
struct mnd_toml_table {
	struct mnd_toml_entry *first;
	size_t count;
	/* private: */
	struct mnd_toml_entry *last;
	const struct mnd_toml *document;
	unsigned int serial;
	unsigned int kind;
};

struct mnd_toml;

int __must_check mnd_toml_parse(const char *text, size_t length,
				struct mnd_toml **toml,
				struct mnd_error *error);
void mnd_toml_free(struct mnd_toml *toml);

const struct mnd_toml_table *mnd_toml_root(const struct mnd_toml *toml);
const struct mnd_toml_entry *mnd_toml_find(const struct mnd_toml_table *table,
					   const char *key);
bool mnd_toml_has_nul(const struct mnd_toml_string *string);
const char *mnd_toml_type_name(enum mnd_toml_type type);
void mnd_toml_quote(const char *bytes, size_t length,
		    char quoted[MND_TOML_QUOTED_SIZE]);

#endif /* _MANDATE_TOML_H */
