// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads JSON documents beside a source.  Their errors have two places: the one
 * of the source that led there, and the one in the document, in their text.
 */

#include <stdarg.h>
#include <stdio.h>

#include "../toml/toml.h"
#include "side_document.h"

static int fail_at(const struct mnd_side_document *document, unsigned int line,
		   unsigned int column, const char *text)
{
	return mnd_fail(document->import->error, document->place.line,
			document->place.column, "%s:%u:%u: %s", document->name,
			line, column, text);
}

/**
 * mnd_side_parse - Parse a document
 *
 * @document: What it is.
 * @arena: Owns the values, which can go before what is read out of them.
 * @text: Its text.
 * @value: Written: the value that it is.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no JSON.
 * - -E2BIG: It is over a limit of mnd_json_read().
 * - -ENOMEM: Out of memory.
 */
int mnd_side_parse(const struct mnd_side_document *document,
		   struct mnd_arena *arena, const struct mnd_string_ref *text,
		   struct mnd_value *value)
{
	struct mnd_error why = { .line = 0 };
	int err;

	err = mnd_json_read(arena, text->text, text->length, value, &why);
	if (err == -ENOMEM)
		return mnd_hcsshim_out_of_memory(document->import);
	if (err)
		fail_at(document, why.line, why.column, why.text);
	return err;
}

/**
 * mnd_side_fail - Refuse a value
 *
 * @document: Where it is from.
 * @value: Value.
 * @format: As for printf(3).
 *
 * Return: -EINVAL; the import's error is written.
 */
int mnd_side_fail(const struct mnd_side_document *document,
		  const struct mnd_value *value, const char *format, ...)
{
	char text[sizeof(document->import->error->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return fail_at(document, value->place.line, value->place.column, text);
}

/**
 * mnd_side_want - Insist on the type of a value
 *
 * @document: Where it is from.
 * @value: Value.
 * @type: Type that it must have.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_side_want(const struct mnd_side_document *document,
		  const struct mnd_value *value, enum mnd_value_type type)
{
	if (value->type == type)
		return 0;
	return mnd_side_fail(document, value, "must be %s, not %s",
			     mnd_value_type_name(type),
			     mnd_value_type_name(value->type));
}

static const struct mnd_side_key *find_key(const struct mnd_side_form *form,
					   const struct mnd_value *name)
{
	size_t i;

	for (i = 0; i < form->count; i++)
		if (!strcmp(form->keys[i].name, name->text))
			return &form->keys[i];
	return NULL;
}

static int read_member(const struct mnd_side_document *document,
		       const struct mnd_value_member *member,
		       const struct mnd_side_form *form, void *into)
{
	const struct mnd_side_key *key = find_key(form, &member->key);
	char quoted[MND_TOML_QUOTED_SIZE];

	if (!key && form->open)
		return 0;
	if (!key) {
		mnd_toml_quote(member->key.text, member->key.length, quoted);
		return mnd_side_fail(document, &member->key,
				     "unknown key %s in %s", quoted,
				     form->what);
	}
	if (member->value.type == MND_VALUE_NULL)
		return 0;
	return key->read(document, &member->value, (char *)into + key->offset);
}

/**
 * mnd_side_read - Read an object
 *
 * A member that is null counts as missing.
 *
 * @document: Where it is from.
 * @value: Object, or anything else, which is refused.
 * @form: What it may have.
 * @into: Structure; members whose keys are missing are left as they are.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no such object; the import's error is written.
 * - -ENOMEM: Out of memory; likewise.
 * - another: What one of the keys' functions returned.
 */
int mnd_side_read(const struct mnd_side_document *document,
		  const struct mnd_value *value,
		  const struct mnd_side_form *form, void *into)
{
	size_t i;
	int err;

	err = mnd_side_want(document, value, MND_VALUE_OBJECT);
	for (i = 0; !err && i < value->count; i++)
		err = read_member(document, &value->members[i], form, into);
	return err;
}

/**
 * mnd_side_text - Read a string
 *
 * @document: Where it is from.
 * @value: Value.
 * @member: A struct mnd_text; its place is the one in the document.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no string; the import's error is written.
 * - -ENOMEM: Out of memory; likewise.
 */
int mnd_side_text(const struct mnd_side_document *document,
		  const struct mnd_value *value, void *member)
{
	const struct mnd_string_ref from = { value->text, value->length };
	int err = mnd_side_want(document, value, MND_VALUE_STRING);

	if (err)
		return err;
	return mnd_text_copy(document->import, document->arena, &from,
			     &value->place, member);
}

/**
 * mnd_side_texts - Read an array of strings
 *
 * @document: Where it is from.
 * @value: Value.
 * @member: A struct mnd_texts.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no such array; the import's error is written.
 * - -ENOMEM: Out of memory; likewise.
 */
int mnd_side_texts(const struct mnd_side_document *document,
		   const struct mnd_value *value, void *member)
{
	struct mnd_texts *texts = member;
	size_t i;
	int err;

	err = mnd_side_want(document, value, MND_VALUE_ARRAY);
	if (err)
		return err;
	err = mnd_texts_alloc(document->import, document->arena, value->count,
			      texts);
	for (i = 0; !err && i < texts->count; i++)
		err = mnd_side_text(document, &value->items[i],
				    &texts->items[i]);
	return err;
}

/**
 * mnd_side_keep - Keep a value for later
 *
 * @document: Where it is from.
 * @value: Value.
 * @member: A pointer to a struct mnd_value.
 *
 * Return: 0.
 */
int mnd_side_keep(const struct mnd_side_document *document,
		  const struct mnd_value *value, void *member)
{
	const struct mnd_value **kept = member;

	*kept = value;
	(void)document;
	return 0;
}
