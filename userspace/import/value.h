/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The values of JSON, and of the data in Rego, with their places.
 */

#ifndef _MANDATE_IMPORT_VALUE_H
#define _MANDATE_IMPORT_VALUE_H

#include "../arena.h"
#include "../error.h"
#include "../policy/policy.h"

/* Limits.  They bound what a hostile text can cost. */
#define MND_VALUE_MAX_DEPTH 64
#define MND_VALUE_MAX_COUNT 4194304

enum mnd_value_type {
	MND_VALUE_NULL,
	MND_VALUE_BOOLEAN,
	MND_VALUE_NUMBER,
	MND_VALUE_STRING,
	MND_VALUE_ARRAY,
	MND_VALUE_OBJECT,
	__MND_VALUE_TYPE_MAX,
};

/**
 * struct mnd_value - A value
 *
 * @type: Says what is valid.
 * @boolean: Of a boolean.
 * @text: Of a string, valid UTF-8, decoded and terminated, without a NUL in
 *	it; of a number, as it was written.
 * @length: Bytes of @text.
 * @items: Of an array.
 * @members: Of an object, in the order of the text, no key twice.
 * @count: Number of @items or @members.
 * @place: Where it begins.
 */
struct mnd_value {
	enum mnd_value_type type;
	bool boolean;
	const char *text;
	size_t length;
	struct mnd_value *items;
	struct mnd_value_member *members;
	size_t count;
	struct mnd_place place;
};

/**
 * struct mnd_value_member - A member of an object
 *
 * @key: Key, as a string value.
 * @value: Value.
 */
struct mnd_value_member {
	struct mnd_value key;
	struct mnd_value value;
};

/* value.c */
const char *mnd_value_type_name(enum mnd_value_type type);
const struct mnd_value *mnd_value_find(const struct mnd_value *object,
				       const char *key);
int mnd_json_read(struct mnd_arena *arena, const char *text, size_t length,
		  struct mnd_value *value, struct mnd_error *error);

/* value_write.c */
int mnd_value_write(struct mnd_arena *arena, const struct mnd_value *value,
		    const char **text);

#endif /* _MANDATE_IMPORT_VALUE_H */
