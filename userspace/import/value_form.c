// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads values of a source for what they have to be.  A value that may be
 * missing is NULL then, and leaves what it would be read into as it is.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../toml/toml.h"
#include "value_form.h"

/**
 * mnd_value_refuse - Refuse a value
 *
 * @import: Import.
 * @value: Value.
 * @format: As for printf(3), without untrusted bytes but for quoted ones.
 *
 * Return: -EINVAL; the import's error is written.
 */
int mnd_value_refuse(struct mnd_import *import, const struct mnd_value *value,
		     const char *format, ...)
{
	char text[sizeof(import->error->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return mnd_fail(import->error, value->place.line, value->place.column,
			"%s", text);
}

/**
 * mnd_value_object_to - Object to what hcsshim lets pass
 *
 * @import: Import.
 * @place: Where it was written.
 * @format: As for printf(3), without untrusted bytes but for quoted ones.
 *
 * Return: 0 if there is a warning now, or, with the import's error written:
 *
 * - -EINVAL: The import is strict.
 * - -ENOMEM: Out of memory.
 */
int mnd_value_object_to(struct mnd_import *import,
			const struct mnd_place *place, const char *format, ...)
{
	char text[sizeof(import->error->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (!import->options->strict)
		return mnd_hcsshim_warn(import, place, "%s", text);
	return mnd_fail(import->error, place->line, place->column, "%s", text);
}

/**
 * mnd_value_want - Insist on the type of a value
 *
 * @import: Import.
 * @value: Value.
 * @type: Type that it must have.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_value_want(struct mnd_import *import, const struct mnd_value *value,
		   enum mnd_value_type type)
{
	if (value->type == type)
		return 0;
	return mnd_value_refuse(import, value, "must be %s, not %s",
				mnd_value_type_name(type),
				mnd_value_type_name(value->type));
}

static int take_member(struct mnd_import *import,
		       const struct mnd_value_member *member,
		       const struct mnd_value_picks *picks)
{
	const struct mnd_value_pick *pick;
	char quoted[MND_TOML_QUOTED_SIZE];
	size_t i;

	for (i = 0; i < picks->count; i++) {
		pick = &picks->picks[i];
		if (strcmp(pick->key, member->key.text))
			continue;
		if (pick->value)
			*pick->value = &member->value;
		return 0;
	}
	mnd_toml_quote(member->key.text, member->key.length, quoted);
	return mnd_value_object_to(import, &member->key.place,
				   "%s has no %s, and this has no meaning",
				   picks->what, quoted);
}

/**
 * mnd_value_take - Take the members of an object
 *
 * One that it should not have is objected to.
 *
 * @import: Import.
 * @value: Object, or anything else, which is refused.
 * @picks: Members; what goes nowhere stays NULL.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no object, or has a member that it should not have and the
 *   import is strict.
 * - -ENOMEM: Out of memory.
 */
int mnd_value_take(struct mnd_import *import, const struct mnd_value *value,
		   const struct mnd_value_picks *picks)
{
	size_t i;
	int err;

	err = mnd_value_want(import, value, MND_VALUE_OBJECT);
	for (i = 0; !err && i < value->count; i++)
		err = take_member(import, &value->members[i], picks);
	return err;
}

/**
 * mnd_value_boolean - Read a boolean
 *
 * @import: Import.
 * @value: Value, or NULL.
 * @boolean: Written.
 *
 * Return: 0, or -EINVAL with the import's error written: it is no boolean.
 */
int mnd_value_boolean(struct mnd_import *import, const struct mnd_value *value,
		      bool *boolean)
{
	int err;

	if (!value)
		return 0;
	err = mnd_value_want(import, value, MND_VALUE_BOOLEAN);
	*boolean = value->boolean;
	return err;
}

/**
 * mnd_value_text - Read a string
 *
 * @import: Import.
 * @value: Value, or NULL.
 * @text: Written; refers to the value.
 *
 * Return: 0, or -EINVAL with the import's error written: it is no string.
 */
int mnd_value_text(struct mnd_import *import, const struct mnd_value *value,
		   struct mnd_text *text)
{
	if (!value)
		return 0;
	text->text = value->text;
	text->length = value->length;
	text->place = value->place;
	return mnd_value_want(import, value, MND_VALUE_STRING);
}

/**
 * mnd_value_texts - Read an array of strings
 *
 * @import: Import.
 * @value: Value, or NULL.
 * @texts: Written: the strings, which refer to the value.
 * @count: Written: how many.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no such array.
 * - -ENOMEM: Out of memory.
 */
int mnd_value_texts(struct mnd_import *import, const struct mnd_value *value,
		    const struct mnd_text **texts, size_t *count)
{
	struct mnd_text *items;
	size_t i;
	int err;

	if (!value)
		return 0;
	err = mnd_value_want(import, value, MND_VALUE_ARRAY);
	if (err)
		return err;
	items = mnd_arena_alloc(&import->policy->arena, value->count,
				sizeof(*items));
	if (!items)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; !err && i < value->count; i++)
		err = mnd_value_text(import, &value->items[i], &items[i]);
	*texts = items;
	*count = value->count;
	return err;
}

/**
 * mnd_value_strings - Read an array of strings whose places do not matter
 *
 * @import: Import.
 * @value: Value, or NULL.
 * @list: Written; refers to the value.
 *
 * Return: As mnd_value_texts().
 */
int mnd_value_strings(struct mnd_import *import, const struct mnd_value *value,
		      struct mnd_string_list *list)
{
	const struct mnd_text *texts = NULL;
	size_t count = 0;
	size_t i;
	int err;

	err = mnd_value_texts(import, value, &texts, &count);
	if (err)
		return err;
	list->count = count;
	list->strings = mnd_arena_alloc(&import->policy->arena, count,
					sizeof(*list->strings));
	if (!list->strings)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; i < count; i++)
		list->strings[i] = texts[i].text;
	return 0;
}

/**
 * mnd_value_integer - Read a whole number
 *
 * @import: Import.
 * @value: Value.
 * @integer: Written.
 *
 * Return: 0, or -EINVAL with the import's error written: it is none, or is
 * written as a fraction, or does not fit.
 */
int mnd_value_integer(struct mnd_import *import, const struct mnd_value *value,
		      long long *integer)
{
	char *end;
	int err;

	err = mnd_value_want(import, value, MND_VALUE_NUMBER);
	if (err)
		return err;
	errno = 0;
	*integer = strtoll(value->text, &end, 10);
	if (errno || *end)
		return mnd_value_refuse(import, value,
					"must be a whole number");
	return 0;
}

/**
 * mnd_value_signals - Read an array of signals
 *
 * @import: Import.
 * @value: Value, or NULL.
 * @signals: Set that they are added to.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no array of whole numbers; or there is no such signal, and
 *   the import is strict.
 * - -ENOMEM: Out of memory.
 */
int mnd_value_signals(struct mnd_import *import, const struct mnd_value *value,
		      u64 *signals)
{
	long long number;
	size_t i;
	int err;

	if (!value)
		return 0;
	err = mnd_value_want(import, value, MND_VALUE_ARRAY);
	for (i = 0; !err && i < value->count; i++) {
		err = mnd_value_integer(import, &value->items[i], &number);
		if (!err)
			err = mnd_hcsshim_signal(import, &value->items[i].place,
						 number, signals);
	}
	return err;
}
