// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads members of the JSON objects that test cases are made of.
 */

#include <stdarg.h>
#include <stdio.h>

#include "../machine/machine.h"
#include "json.h"

#define STRINGS "\"%s\" must be an array of strings"
#define OBJECTS "\"%s\" must be an array of objects"

/**
 * mnd_test_fail - Say what is wrong with a test case
 *
 * @reader: Reader.
 * @format: As for printf(3).
 *
 * Return: -EINVAL.
 */
int mnd_test_fail(struct mnd_test_reader *reader, const char *format, ...)
{
	char text[sizeof(reader->error->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return mnd_fail(reader->error, 0, 0, "%s: %s", reader->where, text);
}

/**
 * mnd_test_no_memory - Say that there is no memory left
 *
 * @reader: Reader.
 *
 * Return: -ENOMEM.
 */
int mnd_test_no_memory(struct mnd_test_reader *reader)
{
	mnd_fail(reader->error, 0, 0, "out of memory");
	return -ENOMEM;
}

static const char *type_name(json_type type)
{
	switch (type) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "an array";
	case JSON_STRING:
		return "a string";
	default:
		return "an integer";
	}
}

/**
 * mnd_test_member - Get a member of an object
 *
 * @reader: Reader.
 * @object: Object.
 * @key: Key of the member.
 * @type: What it must be.
 * @member: Written: the member, or NULL if it is missing or null.
 *
 * Return: 0, or -EINVAL: it is something else.
 */
int mnd_test_member(struct mnd_test_reader *reader, const json_t *object,
		    const char *key, json_type type, json_t **member)
{
	json_t *value = json_object_get(object, key);

	*member = NULL;
	if (!value || json_is_null(value))
		return 0;
	if (json_typeof(value) != type)
		return mnd_test_fail(reader, "\"%s\" must be %s", key,
				     type_name(type));
	*member = value;
	return 0;
}

/**
 * mnd_test_string - Get a string
 *
 * @reader: Reader.
 * @object: Object.
 * @key: Key of the member.
 * @string: Written: the string, or NULL.
 *
 * Return: 0, or -EINVAL: it is something else.
 */
int mnd_test_string(struct mnd_test_reader *reader, const json_t *object,
		    const char *key, const char **string)
{
	json_t *member;
	int err;

	err = mnd_test_member(reader, object, key, JSON_STRING, &member);
	*string = json_string_value(member);
	return err;
}

/**
 * mnd_test_boolean - Get a boolean
 *
 * @reader: Reader.
 * @object: Object.
 * @key: Key of the member.
 * @boolean: Written.
 *
 * Return: 0, or -EINVAL: it is something else.
 */
int mnd_test_boolean(struct mnd_test_reader *reader, const json_t *object,
		     const char *key, bool *boolean)
{
	const json_t *member = json_object_get(object, key);

	*boolean = json_is_true(member);
	if (!member || json_is_null(member) || json_is_boolean(member))
		return 0;
	return mnd_test_fail(reader, "\"%s\" must be true or false", key);
}

/**
 * mnd_test_integer - Get an integer
 *
 * @reader: Reader.
 * @object: Object.
 * @key: Key of the member.
 * @integer: Written.
 *
 * Return: 0, or -EINVAL: it is something else.
 */
int mnd_test_integer(struct mnd_test_reader *reader, const json_t *object,
		     const char *key, long long *integer)
{
	json_t *member;
	int err;

	err = mnd_test_member(reader, object, key, JSON_INTEGER, &member);
	*integer = json_integer_value(member);
	return err;
}

/**
 * mnd_test_strings - Get an array of strings
 *
 * @reader: Reader, whose arena owns the list.
 * @object: Object.
 * @key: Key of the member.
 * @list: Written.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is something else.
 * - -ENOMEM: Out of memory.
 */
int mnd_test_strings(struct mnd_test_reader *reader, const json_t *object,
		     const char *key, struct mnd_fact_list *list)
{
	const char **strings;
	json_t *array;
	size_t i;
	int err;

	list->count = 0;
	err = mnd_test_member(reader, object, key, JSON_ARRAY, &array);
	if (err)
		return err;
	strings = mnd_arena_alloc(&reader->arena, json_array_size(array),
				  sizeof(*strings));
	if (!strings)
		return mnd_test_no_memory(reader);
	list->strings = strings;
	for (i = 0; i < json_array_size(array); i++) {
		strings[i] = json_string_value(json_array_get(array, i));
		if (!strings[i])
			return mnd_test_fail(reader, STRINGS, key);
	}
	list->count = json_array_size(array);
	return 0;
}

/**
 * mnd_test_objects - Get an array of objects
 *
 * @reader: Reader.
 * @object: Object.
 * @key: Key of the member.
 * @array: Written: the array, or NULL.
 *
 * Return: 0, or -EINVAL: it is something else.
 */
int mnd_test_objects(struct mnd_test_reader *reader, const json_t *object,
		     const char *key, const json_t **array)
{
	json_t *member;
	size_t i;
	int err;

	err = mnd_test_member(reader, object, key, JSON_ARRAY, &member);
	for (i = 0; !err && i < json_array_size(member); i++)
		if (!json_is_object(json_array_get(member, i)))
			err = mnd_test_fail(reader, OBJECTS, key);
	*array = member;
	return err;
}
