// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Values, and JSON: nothing laxer than RFC 8259, no key twice, no NUL.
 */

#include "value_reader.h"

/**
 * mnd_value_type_name - Name a type in messages
 *
 * @type: Type.
 *
 * Return: Its name.
 */
const char *mnd_value_type_name(enum mnd_value_type type)
{
	static const char *const names[__MND_VALUE_TYPE_MAX] = {
		[MND_VALUE_NULL] = "null",     [MND_VALUE_BOOLEAN] = "boolean",
		[MND_VALUE_NUMBER] = "number", [MND_VALUE_STRING] = "string",
		[MND_VALUE_ARRAY] = "array",   [MND_VALUE_OBJECT] = "object",
	};

	return names[type];
}

/**
 * mnd_value_find - Find a member of an object
 *
 * @object: Value; if it is no object, it has no members.
 * @key: Key.
 *
 * Return: The member's value, or NULL.
 */
const struct mnd_value *mnd_value_find(const struct mnd_value *object,
				       const char *key)
{
	size_t i;

	if (object->type != MND_VALUE_OBJECT)
		return NULL;
	for (i = 0; i < object->count; i++)
		if (!strcmp(object->members[i].key.text, key))
			return &object->members[i].value;
	return NULL;
}

static int read_text(struct mnd_value_reader *reader, struct mnd_value *value)
{
	int err;

	mnd_value_skip_space(reader);
	err = mnd_value_read(reader, value);
	if (err)
		return err;
	mnd_value_skip_space(reader);
	if (mnd_value_peek(reader) != MND_END_OF_TEXT)
		return mnd_value_unexpected(reader, "the end of the text");
	return 0;
}

/**
 * mnd_json_read - Read a JSON text
 *
 * @arena: Owns what is read.
 * @text: Text; need not be terminated.
 * @length: Of @text, in bytes.
 * @value: Written: the value that the text is.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no JSON, or has a string with a NUL, or an object with a key
 *   twice, or is over a limit of value.h.
 * - -E2BIG: It is longer than %MND_VALUE_MAX_SIZE.
 * - -ENOMEM: Out of memory.
 */
int mnd_json_read(struct mnd_arena *arena, const char *text, size_t length,
		  struct mnd_value *value, struct mnd_error *error)
{
	struct mnd_value_reader reader = {
		.arena = arena,
		.error = error,
		.text = text,
		.length = length,
	};
	int err;

	err = mnd_value_begin(&reader);
	if (!err)
		err = read_text(&reader, value);
	mnd_value_end(&reader);
	return err;
}
