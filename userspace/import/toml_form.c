// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the tables of a TOML document into structures, as a Go program with
 * go-toml does, but without its silence about what it does not know.
 */

#include <ctype.h>

#include "toml_form.h"
#include "value_form.h"

/**
 * mnd_form_place - The place of a value
 *
 * @value: Value.
 *
 * Return: Where it was written.
 */
struct mnd_place mnd_form_place(const struct mnd_toml_value *value)
{
	return (struct mnd_place){ value->line, value->column };
}

/**
 * mnd_form_want - Insist on the type of a value
 *
 * @import: Import.
 * @value: Value.
 * @type: Type that it must have.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_form_want(struct mnd_import *import, const struct mnd_toml_value *value,
		  enum mnd_toml_type type)
{
	if (value->type == type)
		return 0;
	return mnd_fail(import->error, value->line, value->column,
			"must be %s, not %s", mnd_toml_type_name(type),
			mnd_toml_type_name(value->type));
}

/*
 * go-toml v1 looks for a field's name as it is, in small letters, in capital
 * letters, and with a small letter in front.
 */
static bool is_spelling(const struct mnd_toml_string *key, const char *name)
{
	bool exact = true, small = true, capital = true;
	size_t i;

	if (key->length != strlen(name))
		return false;
	for (i = 0; i < key->length; i++) {
		const unsigned char is = key->bytes[i], wanted = name[i];

		small = small && is == tolower(wanted);
		capital = capital && is == toupper(wanted);
		exact = exact &&
			(is == wanted || (!i && is == tolower(wanted)));
	}
	return exact || small || capital;
}

static const struct mnd_form_key *find_key(const struct mnd_form *form,
					   const struct mnd_toml_string *name)
{
	size_t i;

	for (i = 0; i < form->count; i++)
		if (is_spelling(name, form->keys[i].name))
			return &form->keys[i];
	return NULL;
}

static int refuse_key(struct mnd_import *import,
		      const struct mnd_toml_entry *entry, const char *why,
		      const char *what)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(entry->key.bytes, entry->key.length, quoted);
	return mnd_fail(import->error, entry->key_line, entry->key_column,
			"%s key %s in %s", why, quoted, what);
}

/* Objects to a key that go-toml drops without a word. */
static int drop_key(struct mnd_import *import,
		    const struct mnd_toml_entry *entry, const char *what)
{
	const struct mnd_place place = { entry->key_line, entry->key_column };
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(entry->key.bytes, entry->key.length, quoted);
	return mnd_value_object_to(import, &place,
				   "key %s in %s has no meaning", quoted, what);
}

static int read_entry(struct mnd_import *import,
		      const struct mnd_toml_entry *entry,
		      const struct mnd_form *form, void *into, u32 *seen)
{
	const struct mnd_form_key *key = find_key(form, &entry->key);
	u32 bit;

	if (key ? !key->read : form->open)
		return drop_key(import, entry, form->what);
	if (!key)
		return refuse_key(import, entry, "unknown", form->what);
	bit = 1U << (key - form->keys);
	if (*seen & bit)
		return refuse_key(import, entry, "repeated", form->what);
	*seen |= bit;
	return key->read(import, &entry->value, (char *)into + key->offset);
}

/**
 * mnd_form_read - Read a table
 *
 * @import: Import.
 * @value: Table, or anything else, which is refused.
 * @form: What it may have.
 * @into: Structure; members whose keys are missing are left as they are.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no such table; the import's error is written.
 * - -ENOMEM: Out of memory; likewise.
 * - another: What one of the keys' functions returned.
 */
int mnd_form_read(struct mnd_import *import, const struct mnd_toml_value *value,
		  const struct mnd_form *form, void *into)
{
	const struct mnd_toml_entry *entry;
	u32 seen = 0;
	int err;

	err = mnd_form_want(import, value, MND_TOML_TABLE);
	if (err)
		return err;
	for (entry = value->table->first; entry; entry = entry->next) {
		err = read_entry(import, entry, form, into, &seen);
		if (err)
			return err;
	}
	return 0;
}

/**
 * mnd_form_boolean - Read a boolean
 *
 * @import: Import.
 * @value: Value.
 * @member: A bool.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_form_boolean(struct mnd_import *import,
		     const struct mnd_toml_value *value, void *member)
{
	bool *boolean = member;
	int err = mnd_form_want(import, value, MND_TOML_BOOLEAN);

	if (err)
		return err;
	*boolean = value->boolean;
	return 0;
}

/**
 * mnd_form_text - Read a string
 *
 * @import: Import.
 * @value: Value.
 * @member: A struct mnd_text.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no string, or has a NUL; the import's error is written.
 * - -ENOMEM: Out of memory; likewise.
 */
int mnd_form_text(struct mnd_import *import, const struct mnd_toml_value *value,
		  void *member)
{
	const struct mnd_place place = mnd_form_place(value);
	struct mnd_string_ref from;
	int err;

	err = mnd_form_want(import, value, MND_TOML_STRING);
	if (err)
		return err;
	if (mnd_toml_has_nul(&value->string))
		return mnd_fail(import->error, value->line, value->column,
				"contains a NUL");
	from.text = value->string.bytes;
	from.length = value->string.length;
	return mnd_text_copy(import, &import->policy->arena, &from, &place,
			     member);
}

/**
 * mnd_form_texts - Read an array of strings
 *
 * @import: Import.
 * @value: Value.
 * @member: A struct mnd_texts.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no such array, or a string has a NUL; the import's error is
 *   written.
 * - -ENOMEM: Out of memory; likewise.
 */
int mnd_form_texts(struct mnd_import *import,
		   const struct mnd_toml_value *value, void *member)
{
	struct mnd_texts *texts = member;
	size_t i;
	int err;

	err = mnd_form_want(import, value, MND_TOML_ARRAY);
	if (err)
		return err;
	err = mnd_texts_alloc(import, &import->policy->arena,
			      value->array->count, texts);
	for (i = 0; !err && i < texts->count; i++)
		err = mnd_form_text(import, &value->array->items[i],
				    &texts->items[i]);
	return err;
}

/**
 * mnd_form_table - Keep a table for later
 *
 * @import: Import.
 * @value: Value.
 * @member: A pointer to a struct mnd_toml_value.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_form_table(struct mnd_import *import,
		   const struct mnd_toml_value *value, void *member)
{
	const struct mnd_toml_value **table = member;

	*table = value;
	return mnd_form_want(import, value, MND_TOML_TABLE);
}

/**
 * mnd_form_tables - Keep an array of tables for later
 *
 * An array with nothing in it is refused, because go-toml cannot tell of what
 * it would be.
 *
 * @import: Import.
 * @value: Value.
 * @member: A pointer to a struct mnd_toml_value.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_form_tables(struct mnd_import *import,
		    const struct mnd_toml_value *value, void *member)
{
	const struct mnd_toml_value **tables = member;
	int err = mnd_form_want(import, value, MND_TOML_ARRAY);

	if (err)
		return err;
	if (!value->array->count)
		return mnd_fail(import->error, value->line, value->column,
				"must have at least one table");
	*tables = value;
	return 0;
}

/**
 * mnd_form_count - Count the tables of an array
 *
 * @tables: What mnd_form_tables() kept, or NULL.
 *
 * Return: How many there are.
 */
size_t mnd_form_count(const struct mnd_toml_value *tables)
{
	return tables ? tables->array->count : 0;
}
