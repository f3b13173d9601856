// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the initdata of Confidential Containers for the policy in it.
 *
 * A document is TOML, version 0.1.0, with an algorithm (sha256, sha384, sha512)
 * and a table of strings, "data".  Of these, "policy.rego" is the policy: of
 * package agent_policy as Kata's agent has it, or of package policy as hcsshim
 * has it.  "aa.toml" and "cdh.toml" configure other programs and are skipped;
 * about any other string there is a warning, because nobody in the guest reads
 * it either.  All else is refused.
 *
 * Places are those in the document, once it is out of its wrapping.
 */

#include <stdio.h>

#include "initdata.h"
#include "source.h"

#define POLICY "policy.rego"
#define VERSION "0.1.0"

/* A document. */
struct initdata {
	struct mnd_import *import;
	struct mnd_string_ref text;
	const struct mnd_toml_table *root;
	const struct mnd_toml_table *data;
	const struct mnd_toml_value *policy;
};

/* What reads a policy. */
typedef int policy_reader(const struct mnd_string_ref *source,
			  const struct mnd_source_options *options,
			  struct mnd_policy_source *policy,
			  struct mnd_error *error);

static int refuse(const struct initdata *initdata,
		  const struct mnd_toml_value *value, const char *text)
{
	return mnd_fail(initdata->import->error, value->line, value->column,
			"%s", text);
}

static int want(const struct initdata *initdata,
		const struct mnd_toml_value *value, enum mnd_toml_type type)
{
	if (value->type == type)
		return 0;
	return mnd_fail(initdata->import->error, value->line, value->column,
			"must be %s, not %s", mnd_toml_type_name(type),
			mnd_toml_type_name(value->type));
}

static int get(const struct initdata *initdata, const char *key,
	       enum mnd_toml_type type, const struct mnd_toml_value **value)
{
	const struct mnd_toml_entry *entry;

	entry = mnd_toml_find(initdata->root, key);
	if (!entry)
		return mnd_fail(initdata->import->error, 1, 1,
				"there is no \"%s\"", key);
	*value = &entry->value;
	return want(initdata, &entry->value, type);
}

static bool is_text(const struct mnd_toml_string *string, const char *text)
{
	return string->length == strlen(text) &&
	       !memcmp(string->bytes, text, string->length);
}

static int check_version(const struct initdata *initdata)
{
	const struct mnd_toml_value *version;
	int err;

	err = get(initdata, "version", MND_TOML_STRING, &version);
	if (err || is_text(&version->string, VERSION))
		return err;
	return refuse(initdata, version,
		      "only version \"" VERSION "\" is understood");
}

static int check_algorithm(const struct initdata *initdata)
{
	const struct mnd_toml_value *algorithm;
	int err;

	err = get(initdata, "algorithm", MND_TOML_STRING, &algorithm);
	if (err || is_text(&algorithm->string, "sha256") ||
	    is_text(&algorithm->string, "sha384") ||
	    is_text(&algorithm->string, "sha512"))
		return err;
	return refuse(initdata, algorithm,
		      "must be \"sha256\", \"sha384\" or \"sha512\"");
}

static int check_keys(const struct initdata *initdata)
{
	const struct mnd_toml_entry *entry;
	char quoted[MND_TOML_QUOTED_SIZE];

	for (entry = initdata->root->first; entry; entry = entry->next) {
		if (is_text(&entry->key, "algorithm") ||
		    is_text(&entry->key, "version") ||
		    is_text(&entry->key, "data"))
			continue;
		mnd_toml_quote(entry->key.bytes, entry->key.length, quoted);
		return mnd_fail(initdata->import->error, entry->key_line,
				entry->key_column, "unknown key %s in initdata",
				quoted);
	}
	return 0;
}

static int check_strings(const struct initdata *initdata)
{
	const struct mnd_toml_entry *entry;
	int err;

	for (entry = initdata->data->first; entry; entry = entry->next) {
		err = want(initdata, &entry->value, MND_TOML_STRING);
		if (err)
			return err;
		if (mnd_toml_has_nul(&entry->value.string))
			return refuse(initdata, &entry->value,
				      "contains a NUL");
	}
	return 0;
}

static int read_data(struct initdata *initdata)
{
	const struct mnd_toml_entry *entry;
	const struct mnd_toml_value *data;
	int err;

	err = get(initdata, "data", MND_TOML_TABLE, &data);
	if (err)
		return err;
	initdata->data = data->table;
	err = check_strings(initdata);
	if (err)
		return err;
	entry = mnd_toml_find(data->table, POLICY);
	if (!entry)
		return refuse(initdata, data,
			      "there is no \"" POLICY "\" in its data");
	initdata->policy = &entry->value;
	return 0;
}

/* Goes over blanks and comments of Rego. */
static const char *skip_blanks(const char *at)
{
	for (;;) {
		at += strspn(at, " \t\r\n");
		if (*at != '#')
			return at;
		at += strcspn(at, "\n");
	}
}

static bool take_word(const char **at, const char *word)
{
	const size_t length = strlen(word);

	*at = skip_blanks(*at);
	if (strncmp(*at, word, length))
		return false;
	*at += length;
	return !**at || strchr(" \t\r\n#", **at);
}

/* What reads Rego of the package that @text is of, or NULL. */
static policy_reader *find_reader(const char *text)
{
	const char *name = text;

	if (!take_word(&name, "package"))
		return NULL;
	text = name;
	if (take_word(&name, "agent_policy"))
		return mnd_kata_read;
	return take_word(&text, "policy") ? mnd_hcsshim_rego_read : NULL;
}

/* Says in which document a place is that is not one in ours. */
static int move_error(const struct initdata *initdata, int err)
{
	struct mnd_error *error = initdata->import->error;
	const struct mnd_error inner = *error;

	if (inner.line)
		mnd_fail(error, initdata->policy->line,
			 initdata->policy->column, POLICY ":%u:%u: %s",
			 inner.line, inner.column, inner.text);
	return err;
}

static int move_warnings(const struct initdata *initdata)
{
	struct mnd_arena *arena = &initdata->import->policy->arena;
	struct mnd_warning *warning;
	char text[sizeof(initdata->import->error->text)];

	warning = initdata->import->policy->warnings;
	for (; warning; warning = warning->next) {
		if (!warning->place.line)
			continue;
		snprintf(text, sizeof(text), POLICY ":%u:%u: %s",
			 warning->place.line, warning->place.column,
			 warning->text);
		warning->text = mnd_arena_copy(arena, text, strlen(text));
		if (!warning->text)
			return mnd_hcsshim_out_of_memory(initdata->import);
		warning->place.line = initdata->policy->line;
		warning->place.column = initdata->policy->column;
	}
	return 0;
}

static int read_text(const struct initdata *initdata,
		     const struct mnd_string_ref *text, bool in_place)
{
	const struct mnd_import *import = initdata->import;
	policy_reader *read = find_reader(initdata->policy->string.bytes);
	int err;

	if (!read)
		return refuse(initdata, initdata->policy,
			      "must be Rego of package agent_policy or policy");
	err = read(text, import->options, import->policy, import->error);
	if (in_place)
		return err;
	return err ? move_error(initdata, err) : move_warnings(initdata);
}

static int warn_other(const struct initdata *initdata)
{
	const struct mnd_toml_entry *entry;
	char quoted[MND_TOML_QUOTED_SIZE];
	struct mnd_place place;
	int err = 0;

	for (entry = initdata->data->first; !err && entry;
	     entry = entry->next) {
		if (is_text(&entry->key, POLICY) ||
		    is_text(&entry->key, "aa.toml") ||
		    is_text(&entry->key, "cdh.toml"))
			continue;
		place.line = entry->key_line;
		place.column = entry->key_column;
		mnd_toml_quote(entry->key.bytes, entry->key.length, quoted);
		err = mnd_hcsshim_warn(initdata->import, &place,
				       "%s is not read", quoted);
	}
	return err;
}

static int read_policy(const struct initdata *initdata,
		       struct mnd_arena *scratch)
{
	struct mnd_string_ref text;
	bool in_place;
	int err;

	if (mnd_initdata_text(scratch, &initdata->text, initdata->policy, &text,
			      &in_place))
		return mnd_hcsshim_out_of_memory(initdata->import);
	err = read_text(initdata, &text, in_place);
	return err ? err : warn_other(initdata);
}

static int read_document(struct initdata *initdata, struct mnd_arena *scratch)
{
	struct mnd_toml *toml;
	int err;

	err = mnd_toml_parse(initdata->text.text, initdata->text.length, &toml,
			     initdata->import->error);
	if (err)
		return err;
	initdata->root = mnd_toml_root(toml);
	err = check_keys(initdata);
	if (!err)
		err = check_version(initdata);
	if (!err)
		err = check_algorithm(initdata);
	if (!err)
		err = read_data(initdata);
	if (!err)
		err = read_policy(initdata, scratch);
	mnd_toml_free(toml);
	return err;
}

/**
 * mnd_initdata_read - Read the policy in an initdata document
 *
 * @source: A document, or what it is handed over in: gzip data, that in base64,
 *	or the image of a disk.
 * @options: What the policy's own reader needs.
 * @policy: Written, if all zero before.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is none, or its policy cannot be read.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_initdata_read(const struct mnd_string_ref *source,
		      const struct mnd_source_options *options,
		      struct mnd_policy_source *policy, struct mnd_error *error)
{
	struct mnd_import import = { policy, options, error };
	struct initdata initdata = { .import = &import };
	struct mnd_arena scratch = { NULL };
	int err;

	if (options->fragment)
		return mnd_fail(error, 0, 0, "initdata cannot be a fragment");
	err = mnd_initdata_decode(&scratch, source, &initdata.text, error);
	if (!err)
		err = read_document(&initdata, &scratch);
	mnd_arena_free(&scratch);
	return err;
}
