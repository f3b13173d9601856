// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a string of an environment has to be, in words: as source and as JSON.
 */

#include <stdlib.h>

#include "matcher_text.h"
#include "../quote.h"
#include "variable_text.h"

static const struct mnd_variable *variable_of(const struct mnd_table *table,
					      u32 word)
{
	return &table->variables[word & ~MND_VARIABLE_REQUIRED];
}

/*
 * The only string that is like a variable, to be freed.  NULL if there is not
 * one, or no memory for it: then name and value say the same.
 */
static char *only_string(const struct mnd_table *table,
			 const struct mnd_variable *variable)
{
	const u32 name = le32_to_cpu(variable->name);
	const u32 value = le32_to_cpu(variable->value);
	char *text;

	if ((name | value) & MND_MATCH_PATTERN ||
	    strchr(mnd_string(table, name), '='))
		return NULL;
	if (asprintf(&text, "%s=%s", mnd_string(table, name),
		     mnd_string(table, value)) < 0)
		return NULL;
	return text;
}

static void print_keys(FILE *stream, const struct mnd_table *table,
		       const struct mnd_variable *variable, const char *text)
{
	if (text) {
		fputs("exact = ", stream);
		mnd_quote_toml(stream, text);
		return;
	}
	if (le32_to_cpu(variable->name) == MND_MATCH_WHOLE) {
		mnd_matcher_toml_keys(stream, table,
				      le32_to_cpu(variable->value));
		return;
	}
	fputs("name = ", stream);
	mnd_matcher_toml(stream, table, le32_to_cpu(variable->name));
	fputs(", value = ", stream);
	mnd_matcher_toml(stream, table, le32_to_cpu(variable->value));
}

/**
 * mnd_variable_toml - Print what a string of an environment has to be
 *
 * @stream: Where to.
 * @table: Verified table.
 * @word: Variable, perhaps with %MND_VARIABLE_REQUIRED.
 */
void mnd_variable_toml(FILE *stream, const struct mnd_table *table, u32 word)
{
	const struct mnd_variable *variable = variable_of(table, word);
	const bool required = word & MND_VARIABLE_REQUIRED;
	char *text = only_string(table, variable);

	if (text && !required) {
		mnd_quote_toml(stream, text);
	} else if (le32_to_cpu(variable->name) == MND_MATCH_WHOLE &&
		   !required) {
		mnd_matcher_toml(stream, table, le32_to_cpu(variable->value));
	} else {
		fputs("{ ", stream);
		print_keys(stream, table, variable, text);
		fputs(required ? ", required = true }" : " }", stream);
	}
	free(text);
}

static json_t *parts_json(const struct mnd_table *table,
			  const struct mnd_variable *variable)
{
	return json_pack("{s:o,s:o}", "name",
			 mnd_matcher_json(table, le32_to_cpu(variable->name)),
			 "value",
			 mnd_matcher_json(table, le32_to_cpu(variable->value)));
}

/**
 * mnd_variable_json - What a string of an environment has to be
 *
 * @table: Verified table.
 * @word: Variable, perhaps with %MND_VARIABLE_REQUIRED.
 *
 * Return: A string or an object; NULL if out of memory.
 */
json_t *mnd_variable_json(const struct mnd_table *table, u32 word)
{
	const struct mnd_variable *variable = variable_of(table, word);
	const u32 value = le32_to_cpu(variable->value);
	const bool required = word & MND_VARIABLE_REQUIRED;
	char *text = only_string(table, variable);
	json_t *json;

	if (text && required)
		json = json_pack("{s:o}", "exact", mnd_quote_json(text));
	else if (text)
		json = mnd_quote_json(text);
	else if (le32_to_cpu(variable->name) != MND_MATCH_WHOLE)
		json = parts_json(table, variable);
	else if (required)
		json = mnd_matcher_json_keys(table, value);
	else
		json = mnd_matcher_json(table, value);
	if (required)
		json_object_set_new(json, "required", json_true());
	free(text);
	return json;
}
