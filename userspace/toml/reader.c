// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the tables of a TOML document into structures: each table has a fixed
 * set of keys, and each key something that reads its value.
 */

#include <stdio.h>

#include "../hash_text.h"
#include "reader.h"

/**
 * mnd_toml_refuse - Say that a value is wrong
 *
 * @reader: Reader.
 * @value: Value.
 * @why: Why.
 *
 * Return: -EINVAL.
 */
int mnd_toml_refuse(struct mnd_toml_reader *reader,
		    const struct mnd_toml_value *value, const char *why)
{
	return mnd_fail(reader->error, value->line, value->column, "%s", why);
}

/**
 * mnd_toml_out_of_memory - Say that memory is short
 *
 * @reader: Reader.
 *
 * Return: -ENOMEM.
 */
int mnd_toml_out_of_memory(struct mnd_toml_reader *reader)
{
	mnd_fail(reader->error, 0, 0, "out of memory");
	return -ENOMEM;
}

/**
 * mnd_toml_place - The place of a value
 *
 * @value: Value.
 *
 * Return: Where it was written.
 */
struct mnd_place mnd_toml_place(const struct mnd_toml_value *value)
{
	return (struct mnd_place){ value->line, value->column };
}

/**
 * mnd_toml_want - Insist on the type of a value
 *
 * @reader: Reader.
 * @value: Value.
 * @type: Type that it must have.
 *
 * Return: 0, or -EINVAL.
 */
int mnd_toml_want(struct mnd_toml_reader *reader,
		  const struct mnd_toml_value *value, enum mnd_toml_type type)
{
	if (value->type == type)
		return 0;
	return mnd_fail(reader->error, value->line, value->column,
			"must be %s, not %s", mnd_toml_type_name(type),
			mnd_toml_type_name(value->type));
}

/**
 * mnd_toml_require - Insist on a key
 *
 * @reader: Reader.
 * @table: Table.
 * @what: What it is called in messages.
 * @key: Key that it must have.
 *
 * Return: 0, or -EINVAL.
 */
int mnd_toml_require(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *table, const char *what,
		     const char *key)
{
	if (mnd_toml_find(table->table, key))
		return 0;
	return mnd_fail(reader->error, table->line, table->column,
			"%s has no \"%s\"", what, key);
}

/**
 * mnd_toml_count - Count the elements of an array
 *
 * @table: Table.
 * @key: Key whose value it is.
 *
 * Return: How many there are; 0 if the table has no such array.
 */
size_t mnd_toml_count(const struct mnd_toml_table *table, const char *key)
{
	const struct mnd_toml_entry *entry = mnd_toml_find(table, key);

	if (!entry || entry->value.type != MND_TOML_ARRAY)
		return 0;
	return entry->value.array->count;
}

static const struct mnd_toml_key *find_key(const struct mnd_toml_form *form,
					   const struct mnd_toml_string *name)
{
	const struct mnd_toml_key *key;
	size_t i;

	for (; form; form = form->more) {
		for (i = 0; i < form->count; i++) {
			key = &form->keys[i];
			if (strlen(key->name) == name->length &&
			    !memcmp(key->name, name->bytes, name->length))
				return key;
		}
	}
	return NULL;
}

static int unknown_key(struct mnd_toml_reader *reader,
		       const struct mnd_toml_entry *entry, const char *what)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(entry->key.bytes, entry->key.length, quoted);
	return mnd_fail(reader->error, entry->key_line, entry->key_column,
			"unknown key %s in %s", quoted, what);
}

/**
 * mnd_toml_read_table - Read a table
 *
 * @reader: Reader.
 * @value: Table, or anything else, which is refused.
 * @form: The keys that it may have.
 * @into: Structure; members whose keys are missing are left as they are.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_toml_read_table(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value,
			const struct mnd_toml_form *form, void *into)
{
	const struct mnd_toml_entry *entry;
	const struct mnd_toml_key *key;
	size_t i;
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_TABLE);
	if (err)
		return err;
	for (entry = value->table->first; entry; entry = entry->next) {
		key = find_key(form, &entry->key);
		if (!key)
			return unknown_key(reader, entry, form->what);
		err = key->read(reader, &entry->value,
				(char *)into + key->offset);
		if (err)
			return err;
	}
	for (i = 0; !err && i < form->count; i++)
		if (form->keys[i].required)
			err = mnd_toml_require(reader, value, form->what,
					       form->keys[i].name);
	return err;
}

/**
 * mnd_toml_read_array - Make room for the elements of an array
 *
 * @reader: Reader.
 * @value: Array, or anything else, which is refused, as is one that is longer
 *	than a list of a table can be.
 * @size: Bytes that an element becomes.
 * @items: Written: zeroed memory for all of them.
 * @count: Written: how many there are.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_toml_read_array(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, size_t size,
			void **items, size_t *count)
{
	int err = mnd_toml_want(reader, value, MND_TOML_ARRAY);

	if (err)
		return err;
	if (value->array->count > MND_LIST_MAX)
		return mnd_fail(reader->error, value->line, value->column,
				"has more than %u elements", MND_LIST_MAX);
	*count = value->array->count;
	*items = mnd_arena_alloc(&reader->policy->arena, *count, size);
	return *items ? 0 : mnd_toml_out_of_memory(reader);
}

/**
 * mnd_toml_read_string - Read a string
 *
 * @reader: Reader.
 * @value: Value.
 * @member: A const char *: a copy without a NUL inside.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_toml_read_string(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *member)
{
	const char **text = member;
	int err = mnd_toml_want(reader, value, MND_TOML_STRING);

	if (err)
		return err;
	if (mnd_toml_has_nul(&value->string))
		return mnd_toml_refuse(reader, value, "contains a NUL");
	*text = mnd_arena_copy(&reader->policy->arena, value->string.bytes,
			       value->string.length);
	return *text ? 0 : mnd_toml_out_of_memory(reader);
}

#define NAME_FORM "must be 1 to 255 printable ASCII characters without blanks"

/**
 * mnd_toml_read_name - Read a name
 *
 * @reader: Reader.
 * @value: Value.
 * @member: A const char *.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_toml_read_name(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, void *member)
{
	int err = mnd_toml_want(reader, value, MND_TOML_STRING);

	if (err)
		return err;
	if (!mnd_is_name(value->string.bytes, value->string.length))
		return mnd_toml_refuse(reader, value, NAME_FORM);
	return mnd_toml_read_string(reader, value, member);
}

/**
 * mnd_toml_read_strings - Read an array of strings
 *
 * @reader: Reader.
 * @value: Value.
 * @member: A struct mnd_string_list.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_toml_read_strings(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *member)
{
	struct mnd_string_list *list = member;
	void *items;
	size_t i;
	int err;

	err = mnd_toml_read_array(reader, value, sizeof(*list->strings), &items,
				  &list->count);
	if (err)
		return err;
	list->strings = items;
	for (i = 0; !err && i < list->count; i++)
		err = mnd_toml_read_string(reader, &value->array->items[i],
					   &list->strings[i]);
	return err;
}

/**
 * mnd_toml_read_boolean - Read a boolean
 *
 * @reader: Reader.
 * @value: Value.
 * @member: A bool.
 *
 * Return: 0 or -EINVAL.
 */
int mnd_toml_read_boolean(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *member)
{
	bool *boolean = member;
	int err = mnd_toml_want(reader, value, MND_TOML_BOOLEAN);

	if (err)
		return err;
	*boolean = value->boolean;
	return 0;
}

/**
 * mnd_toml_read_true - Read a boolean that can only be true
 *
 * @reader: Reader.
 * @value: Value.
 * @member: Not used.
 *
 * Return: 0 or -EINVAL.
 */
int mnd_toml_read_true(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, void *member)
{
	int err = mnd_toml_want(reader, value, MND_TOML_BOOLEAN);

	(void)member;
	if (err || value->boolean)
		return err;
	return mnd_toml_refuse(reader, value, "must be true");
}

/**
 * mnd_toml_read_svn - Read a security version number
 *
 * @reader: Reader.
 * @value: Value.
 * @member: A u64.
 *
 * Return: 0 or -EINVAL.
 */
int mnd_toml_read_svn(struct mnd_toml_reader *reader,
		      const struct mnd_toml_value *value, void *member)
{
	u64 *svn = member;
	int err = mnd_toml_want(reader, value, MND_TOML_INTEGER);

	if (err)
		return err;
	if (value->integer < 0)
		return mnd_toml_refuse(reader, value, "must not be negative");
	*svn = (u64)value->integer;
	return 0;
}

/**
 * mnd_toml_read_flag - Read a boolean that sets or clears a flag
 *
 * @reader: Reader.
 * @value: Value.
 * @flags: Where the flag is.
 * @flag: Flag.
 *
 * Return: 0 or -EINVAL.
 */
int mnd_toml_read_flag(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, u32 *flags, u32 flag)
{
	int err = mnd_toml_want(reader, value, MND_TOML_BOOLEAN);

	if (err)
		return err;
	*flags = value->boolean ? *flags | flag : *flags & ~flag;
	return 0;
}

static void list_words(const char *const *words, size_t count, char *list,
		       size_t size)
{
	size_t used = 0;
	size_t i;

	list[0] = 0;
	for (i = 0; i < count && used < size; i++)
		used += (size_t)snprintf(list + used, size - used, "%s\"%s\"",
					 i ? " or " : "", words[i]);
}

/**
 * mnd_toml_read_choice - Read which of several words a string is
 *
 * @reader: Reader.
 * @value: Value.
 * @words: Words.
 * @count: How many.
 * @choice: Written: the number of the word, from 0.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_toml_read_choice(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value,
			 const char *const *words, size_t count, size_t *choice)
{
	char list[256];
	const char *word;
	size_t i;
	int err;

	err = mnd_toml_read_string(reader, value, &word);
	if (err)
		return err;
	for (i = 0; i < count; i++) {
		if (!strcmp(words[i], word)) {
			*choice = i;
			return 0;
		}
	}
	list_words(words, count, list, sizeof(list));
	return mnd_fail(reader->error, value->line, value->column, "must be %s",
			list);
}

#define DIGEST_FORM "must be 64 lower-case hexadecimal digits"

/**
 * mnd_toml_read_digests - Read an array of digests
 *
 * @reader: Reader.
 * @value: Value.
 * @digests: Written: the digests.
 * @count: Written: how many there are.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_toml_read_digests(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value,
			  typeof(u8[MND_HASH_SIZE]) **digests, size_t *count)
{
	const struct mnd_toml_value *item;
	const char *text;
	void *items;
	size_t i;
	int err;

	err = mnd_toml_read_array(reader, value, sizeof(**digests), &items,
				  count);
	if (err)
		return err;
	*digests = items;
	for (i = 0; i < *count; i++) {
		item = &value->array->items[i];
		err = mnd_toml_read_string(reader, item, &text);
		if (err)
			return err;
		if (mnd_hash_parse(text, (*digests)[i]))
			return mnd_toml_refuse(reader, item, DIGEST_FORM);
	}
	return 0;
}
