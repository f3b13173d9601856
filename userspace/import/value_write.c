// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes values as JSON, each in one way only.
 */

#include <stdio.h>
#include <stdlib.h>

#include "value.h"

/* Text that grows. */
struct buffer {
	char *bytes;
	size_t used;
	size_t room;
};

static int put(struct buffer *buffer, const char *bytes, size_t length)
{
	size_t room = buffer->room;
	char *grown;

	if (length > room - buffer->used) {
		room = 2 * (buffer->used + length);
		grown = realloc(buffer->bytes, room);
		if (!grown)
			return -ENOMEM;
		buffer->bytes = grown;
		buffer->room = room;
	}
	if (length)
		memcpy(buffer->bytes + buffer->used, bytes, length);
	buffer->used += length;
	return 0;
}

static int put_text(struct buffer *buffer, const char *text)
{
	return put(buffer, text, strlen(text));
}

static int put_character(struct buffer *buffer, unsigned char c)
{
	char escaped[8];

	if (c == '"' || c == '\\')
		snprintf(escaped, sizeof(escaped), "\\%c", c);
	else if (c < 0x20)
		snprintf(escaped, sizeof(escaped), "\\u%04x", c);
	else
		snprintf(escaped, sizeof(escaped), "%c", c);
	return put_text(buffer, escaped);
}

static int put_string(struct buffer *buffer, const struct mnd_value *string)
{
	size_t i;
	int err;

	err = put_text(buffer, "\"");
	for (i = 0; !err && i < string->length; i++)
		err = put_character(buffer, (unsigned char)string->text[i]);
	return err ? err : put_text(buffer, "\"");
}

static int put_value(struct buffer *buffer, const struct mnd_value *value);

static int put_array(struct buffer *buffer, const struct mnd_value *array)
{
	size_t i;
	int err;

	err = put_text(buffer, "[");
	for (i = 0; !err && i < array->count; i++) {
		err = put_text(buffer, i ? "," : "");
		if (!err)
			err = put_value(buffer, &array->items[i]);
	}
	return err ? err : put_text(buffer, "]");
}

static int compare_members(const void *a, const void *b)
{
	const struct mnd_value_member *const *x = a;
	const struct mnd_value_member *const *y = b;

	return strcmp((*x)->key.text, (*y)->key.text);
}

static int put_members(struct buffer *buffer,
		       const struct mnd_value_member **members, size_t count)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < count; i++) {
		err = put_text(buffer, i ? "," : "");
		if (!err)
			err = put_string(buffer, &members[i]->key);
		if (!err)
			err = put_text(buffer, ":");
		if (!err)
			err = put_value(buffer, &members[i]->value);
	}
	return err;
}

static int put_object(struct buffer *buffer, const struct mnd_value *object)
{
	const struct mnd_value_member **members;
	size_t i;
	int err;

	members = malloc((object->count + 1) * sizeof(*members));
	if (!members)
		return -ENOMEM;
	for (i = 0; i < object->count; i++)
		members[i] = &object->members[i];
	qsort(members, object->count, sizeof(*members), compare_members);
	err = put_text(buffer, "{");
	if (!err)
		err = put_members(buffer, members, object->count);
	if (!err)
		err = put_text(buffer, "}");
	free(members);
	return err;
}

/* Calls itself as often as values are nested, and that is bounded. */
static int put_value(struct buffer *buffer, const struct mnd_value *value)
{
	switch (value->type) {
	case MND_VALUE_BOOLEAN:
		return put_text(buffer, value->boolean ? "true" : "false");
	case MND_VALUE_NUMBER:
		return put_text(buffer, value->text);
	case MND_VALUE_STRING:
		return put_string(buffer, value);
	case MND_VALUE_ARRAY:
		return put_array(buffer, value);
	case MND_VALUE_OBJECT:
		return put_object(buffer, value);
	default:
		return put_text(buffer, "null");
	}
}

/**
 * mnd_value_write - Write a value as JSON
 *
 * Without blanks, and with the members of each object sorted by key; equal
 * values give equal texts, but for numbers, which stay as they were written.
 *
 * @arena: Owns the text.
 * @value: Value.
 * @text: Written: the text, terminated.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_value_write(struct mnd_arena *arena, const struct mnd_value *value,
		    const char **text)
{
	struct buffer buffer = { NULL, 0, 0 };
	int err;

	err = put_value(&buffer, value);
	if (!err) {
		*text = mnd_arena_copy(arena, buffer.bytes, buffer.used);
		err = *text ? 0 : -ENOMEM;
	}
	free(buffer.bytes);
	return err;
}
