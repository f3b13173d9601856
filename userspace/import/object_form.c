// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the objects of a JSON source into structures.
 */

#include <strings.h>

#include "../toml/toml.h"
#include "object_form.h"

static size_t find_key(const struct mnd_object_form *form,
		       const struct mnd_value *name)
{
	const char *known;
	size_t i;

	for (i = 0; i < form->count; i++) {
		known = form->keys[i].name;
		if (form->any_case ? !strcasecmp(known, name->text) :
				     !strcmp(known, name->text))
			break;
	}
	return i;
}

/* @seen has a bit for each key of @form that was there. */
static int read_member(struct mnd_import *import,
		       const struct mnd_value_member *member,
		       const struct mnd_object_form *form, void *into,
		       u64 *seen)
{
	const struct mnd_value *name = &member->key;
	const size_t found = find_key(form, name);
	const struct mnd_object_key *key = &form->keys[found];
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(name->text, name->length, quoted);
	if (found == form->count)
		return mnd_value_refuse(import, name, "unknown key %s in %s",
					quoted, form->what);
	if (*seen >> found & 1)
		return mnd_value_refuse(import, name, "repeated key %s in %s",
					quoted, form->what);
	*seen |= 1ULL << found;
	if (!key->read)
		return mnd_hcsshim_warn(import, &name->place,
					"key %s in %s is ignored", quoted,
					form->what);
	if (member->value.type == MND_VALUE_NULL)
		return 0;
	return key->read(import, &member->value, (char *)into + key->offset);
}

/**
 * mnd_object_read - Read an object
 *
 * A member that is null counts as missing.
 *
 * @import: Import.
 * @value: Object, or anything else, which is refused.
 * @form: What it may have.
 * @into: Structure; members whose keys are missing are left as they are.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no such object.
 * - -ENOMEM: Out of memory.
 * - another: What one of the keys' functions returned.
 */
int mnd_object_read(struct mnd_import *import, const struct mnd_value *value,
		    const struct mnd_object_form *form, void *into)
{
	u64 seen = 0;
	size_t i;
	int err;

	err = mnd_value_want(import, value, MND_VALUE_OBJECT);
	for (i = 0; !err && i < value->count; i++)
		err = read_member(import, &value->members[i], form, into,
				  &seen);
	return err;
}

/**
 * mnd_object_boolean - Read a boolean
 *
 * @import: Import.
 * @value: Value.
 * @member: A bool.
 *
 * Return: As mnd_value_boolean().
 */
int mnd_object_boolean(struct mnd_import *import, const struct mnd_value *value,
		       void *member)
{
	return mnd_value_boolean(import, value, member);
}

/**
 * mnd_object_text - Read a string
 *
 * @import: Import.
 * @value: Value.
 * @member: A struct mnd_text.
 *
 * Return: As mnd_value_text().
 */
int mnd_object_text(struct mnd_import *import, const struct mnd_value *value,
		    void *member)
{
	return mnd_value_text(import, value, member);
}

/**
 * mnd_object_texts - Read an array of strings
 *
 * @import: Import.
 * @value: Value.
 * @member: A struct mnd_texts, whose list the policy owns.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no such array.
 * - -ENOMEM: Out of memory.
 */
int mnd_object_texts(struct mnd_import *import, const struct mnd_value *value,
		     void *member)
{
	struct mnd_texts *texts = member;
	size_t i;
	int err;

	err = mnd_value_want(import, value, MND_VALUE_ARRAY);
	if (err)
		return err;
	err = mnd_texts_alloc(import, &import->policy->arena, value->count,
			      texts);
	for (i = 0; !err && i < texts->count; i++)
		err = mnd_value_text(import, &value->items[i],
				     &texts->items[i]);
	return err;
}

/**
 * mnd_object_signals - Read an array of signals
 *
 * @import: Import.
 * @value: Value.
 * @member: A u64, as in struct mnd_process.
 *
 * Return: As mnd_value_signals().
 */
int mnd_object_signals(struct mnd_import *import, const struct mnd_value *value,
		       void *member)
{
	return mnd_value_signals(import, value, member);
}

/**
 * mnd_object_keep - Keep a value for later
 *
 * @import: Import.
 * @value: Value.
 * @member: A pointer to a struct mnd_value.
 *
 * Return: 0.
 */
int mnd_object_keep(struct mnd_import *import, const struct mnd_value *value,
		    void *member)
{
	const struct mnd_value **kept = member;

	*kept = value;
	(void)import;
	return 0;
}

static int keep(struct mnd_import *import, const struct mnd_value *value,
		enum mnd_value_type type, void *member)
{
	mnd_object_keep(import, value, member);
	return mnd_value_want(import, value, type);
}

/**
 * mnd_object_array - Keep an array for later
 *
 * @import: Import.
 * @value: Value.
 * @member: A pointer to a struct mnd_value.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_object_array(struct mnd_import *import, const struct mnd_value *value,
		     void *member)
{
	return keep(import, value, MND_VALUE_ARRAY, member);
}

/**
 * mnd_object_object - Keep an object for later
 *
 * @import: Import.
 * @value: Value.
 * @member: A pointer to a struct mnd_value.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_object_object(struct mnd_import *import, const struct mnd_value *value,
		      void *member)
{
	return keep(import, value, MND_VALUE_OBJECT, member);
}

/**
 * mnd_object_skip - Leave out a value that does not matter
 *
 * @import: Import.
 * @value: Value.
 * @member: Not looked at.
 *
 * Return: 0.
 */
int mnd_object_skip(struct mnd_import *import, const struct mnd_value *value,
		    void *member)
{
	(void)import;
	(void)value;
	(void)member;
	return 0;
}

/**
 * mnd_object_id - Read the number of a user or a group
 *
 * @import: Import.
 * @value: Value.
 * @id: Written.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_object_id(struct mnd_import *import, const struct mnd_value *value,
		  u32 *id)
{
	long long number;
	int err;

	err = mnd_value_integer(import, value, &number);
	if (err)
		return err;
	*id = (u32)number;
	if (number >= 0 && number <= 0xffffffffLL)
		return 0;
	return mnd_value_refuse(import, value,
				"must be a number from 0 to 4294967295");
}

/**
 * mnd_object_count - Count the items of an array
 *
 * @array: Array, or NULL for one that is missing.
 *
 * Return: How many there are.
 */
size_t mnd_object_count(const struct mnd_value *array)
{
	return array ? array->count : 0;
}
