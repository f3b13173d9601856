// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds out in which language a policy is written, from its text alone.
 */

#include <strings.h>

#include "../toml/toml.h"
#include "base64.h"
#include "source_detect.h"
#include "value.h"

/* How an initdata document begins on a disk, and how one that is compressed. */
#define DISK "initdata"
#define GZIP "\x1f\x8b"

static bool begins(const struct mnd_string_ref *text, const char *with)
{
	const size_t length = strlen(with);

	return text->length >= length && !memcmp(text->text, with, length);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* What is left of a text behind blanks, and comments as in Rego and TOML. */
static struct mnd_string_ref skip_comments(const struct mnd_string_ref *text)
{
	bool comment = false;
	size_t i;

	for (i = 0; i < text->length; i++) {
		char c = text->text[i];

		if (comment)
			comment = c != '\n';
		else if (c == '#')
			comment = true;
		else if (!is_space(c))
			break;
	}
	return (struct mnd_string_ref){ text->text + i, text->length - i };
}

/* Of Kata Containers' own agent, a policy is Rego that is no data. */
static enum mnd_language rego_language(const struct mnd_string_ref *package)
{
	struct mnd_string_ref name = skip_comments(package);

	return begins(&name, "agent_policy") ? MND_LANGUAGE_KATA :
					       MND_LANGUAGE_HCSSHIM_REGO;
}

static bool has(const struct mnd_value *object, const char *key)
{
	size_t i;

	for (i = 0; i < object->count; i++)
		if (!strcasecmp(object->members[i].key.text, key))
			return true;
	return false;
}

static bool has_any(const struct mnd_value *object, const char *const *keys,
		    size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (has(object, keys[i]))
			return true;
	return false;
}

static enum mnd_language object_language(const struct mnd_value *object)
{
	static const char *const kata[] = { "policy_data", "request_defaults",
					    "common",	   "sandbox",
					    "kata_config", "cluster_config" };
	static const char *const confcom[] = { "containers", "$schema",
					       "resources", "fragments" };
	const struct mnd_value *containers;

	containers = mnd_value_find(object, "containers");
	if (has(object, "allow_all") ||
	    (containers && containers->type == MND_VALUE_OBJECT))
		return MND_LANGUAGE_HCSSHIM_JSON;
	if (has_any(object, kata, ARRAY_SIZE(kata)))
		return MND_LANGUAGE_KATA;
	if (has_any(object, confcom, ARRAY_SIZE(confcom)))
		return MND_LANGUAGE_CONFCOM;
	return MND_LANGUAGE_UNKNOWN;
}

#define NO_POLICY                                                       \
	"is JSON, but none of the policies that are: no \"allow_all\" " \
	"and no \"containers\""

static int detect_json(const struct mnd_string_ref *text,
		       enum mnd_language *language, struct mnd_error *error)
{
	struct mnd_arena arena = { NULL };
	struct mnd_value value;
	int err;

	err = mnd_json_read(&arena, text->text, text->length, &value, error);
	if (!err) {
		*language = object_language(&value);
		if (*language == MND_LANGUAGE_UNKNOWN)
			err = mnd_fail(error, value.place.line,
				       value.place.column, NO_POLICY);
	}
	mnd_arena_free(&arena);
	return err;
}

static bool is_of_type(const struct mnd_toml_table *table, const char *key,
		       enum mnd_toml_type type)
{
	const struct mnd_toml_entry *entry = mnd_toml_find(table, key);

	return entry && entry->value.type == type;
}

/* Whether a container has an image by its name, as only hcsshim's tool does. */
static bool names_images(const struct mnd_toml_table *table)
{
	const struct mnd_toml_entry *entry = mnd_toml_find(table, "container");
	const struct mnd_toml_array *array;

	if (!entry || entry->value.type != MND_TOML_ARRAY)
		return false;
	array = entry->value.array;
	return array->count && array->items[0].type == MND_TOML_TABLE &&
	       mnd_toml_find(array->items[0].table, "image_name");
}

static bool is_tool_key(const struct mnd_toml_string *key)
{
	return !strncmp(key->bytes, "allow_", strlen("allow_")) ||
	       !strcmp(key->bytes, "external_process") ||
	       !strcmp(key->bytes, "fragment") ||
	       !strcmp(key->bytes, "windows_container");
}

/* What has a name is ours: hcsshim's tool knows no such key. */
static enum mnd_language table_language(const struct mnd_toml_table *table)
{
	const struct mnd_toml_entry *entry;

	if (is_of_type(table, "version", MND_TOML_STRING) &&
	    is_of_type(table, "algorithm", MND_TOML_STRING) &&
	    is_of_type(table, "data", MND_TOML_TABLE))
		return MND_LANGUAGE_INITDATA;
	if (mnd_toml_find(table, "name"))
		return MND_LANGUAGE_MANDATE;
	if (names_images(table))
		return MND_LANGUAGE_HCSSHIM_TOML;
	for (entry = table->first; entry; entry = entry->next)
		if (is_tool_key(&entry->key))
			return MND_LANGUAGE_HCSSHIM_TOML;
	return MND_LANGUAGE_MANDATE;
}

static int detect_toml(const struct mnd_string_ref *text,
		       enum mnd_language *language, struct mnd_error *error)
{
	struct mnd_toml *toml;
	int err;

	err = mnd_toml_parse(text->text, text->length, &toml, error);
	if (err)
		return err;
	*language = table_language(mnd_toml_root(toml));
	mnd_toml_free(toml);
	return 0;
}

/* What a text is if it is not TOML, or -ENOENT. */
static int detect_other(const struct mnd_string_ref *text,
			enum mnd_language *language, struct mnd_error *error)
{
	struct mnd_string_ref start = skip_comments(text);

	if (begins(text, DISK) || begins(text, GZIP)) {
		*language = MND_LANGUAGE_INITDATA;
		return 0;
	}
	if (begins(&start, "{"))
		return detect_json(text, language, error);
	if (!begins(&start, "package") || start.length == strlen("package") ||
	    !is_space(start.text[strlen("package")]))
		return -ENOENT;
	start.text += strlen("package");
	start.length -= strlen("package");
	*language = rego_language(&start);
	return 0;
}

/* What a text is once it is decoded, or -ENOENT. */
static int detect_base64(const struct mnd_string_ref *text,
			 enum mnd_language *language, struct mnd_error *error)
{
	struct mnd_arena arena = { NULL };
	struct mnd_string_ref decoded;
	int err;

	err = mnd_base64_decode(&arena, text, &decoded);
	if (!err)
		err = detect_other(&decoded, language, error);
	else if (err == -EINVAL)
		err = -ENOENT;
	mnd_arena_free(&arena);
	return err;
}

/**
 * mnd_source_detect - Find out in which language a source is written
 *
 * @source: Source, perhaps in base64.
 * @language: Written.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It can only be JSON or TOML, and is not valid, or no policy.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_source_detect(const struct mnd_string_ref *source,
		      enum mnd_language *language, struct mnd_error *error)
{
	int err;

	err = detect_other(source, language, error);
	if (err == -ENOENT)
		err = detect_base64(source, language, error);
	if (err == -ENOENT)
		err = detect_toml(source, language, error);
	if (err == -ENOMEM)
		mnd_fail(error, 0, 0, "out of memory");
	return err;
}
