// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What only an agent's requests are judged by, as JSON.
 */

#include "describer.h"
#include "../policy/word.h"
#include "../quote.h"

static json_t *string_json(const struct mnd_table *table, __le32 string)
{
	return mnd_quote_json(mnd_string(table, le32_to_cpu(string)));
}

static json_t *word_json(struct mnd_described *described, u32 word)
{
	return mnd_quote_json(mnd_string(described->table, word));
}

static json_t *strings_json(struct mnd_described *described, __le32 list)
{
	return mnd_list_json(described, le32_to_cpu(list), word_json);
}

/**
 * mnd_requests_json - What requests are answered by
 *
 * @table: Verified table.
 *
 * Return: An object; NULL if out of memory.
 */
json_t *mnd_requests_json(const struct mnd_table *table)
{
	const u32 flags = le32_to_cpu(table->policy->flags);
	json_t *object = json_object();
	const struct mnd_flag_word *flag = mnd_request_flags;
	const char *answer;
	size_t i;

	for (i = 0; i < MND_REQUEST_FLAG_COUNT; i++, flag++)
		json_object_set_new(object, flag->name,
				    json_boolean(flags & flag->flag));
	for (i = 0; i < __MND_POINT_MAX; i++) {
		answer = mnd_answer_words[table->policy->answers[i]];
		json_object_set_new(object, mnd_point_words[i],
				    json_string(answer));
	}
	return object;
}

/* The options, the first one again where more have to be named. */
static json_t *options_json(struct mnd_described *described,
			    const struct mnd_volume *volume)
{
	const u32 count = mnd_list_count(described->table, volume->options);
	json_t *array = strings_json(described, volume->options);
	json_t *longer;
	u32 i;

	if (!count || le32_to_cpu(volume->length) == count)
		return array;
	longer = json_copy(array);
	for (i = count; i < le32_to_cpu(volume->length); i++)
		if (json_array_append(longer, json_array_get(array, 0)))
			break;
	json_decref(array);
	return longer;
}

static json_t *volume_json(struct mnd_described *described, u32 word)
{
	const struct mnd_table *table = described->table;
	const struct mnd_volume *volume = &table->volumes[word];

	return json_pack("{s:o,s:o,s:o,s:o}", "type",
			 string_json(table, volume->type), "destination",
			 string_json(table, volume->destination), "source",
			 string_json(table, volume->source), "options",
			 options_json(described, volume));
}

/**
 * mnd_volumes_json - A list of volumes
 *
 * @described: Table.
 * @list: List of volumes.
 *
 * Return: As mnd_list_json().
 */
json_t *mnd_volumes_json(struct mnd_described *described, u32 list)
{
	return mnd_list_json(described, list, volume_json);
}

static json_t *platform_json(struct mnd_described *described, u32 number)
{
	const struct mnd_platform *platform =
		&described->table->platforms[number];
	const u32 variables = le32_to_cpu(platform->variables);
	const u32 volumes = le32_to_cpu(platform->volumes);

	return json_pack("{s:o,s:o}", "environment",
			 mnd_variables_json(described, variables), "volumes",
			 mnd_volumes_json(described, volumes));
}

static json_t *includes_json(u32 includes)
{
	const struct mnd_flag_word *word = mnd_include_words;
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < MND_INCLUDE_COUNT; i++, word++)
		if (includes & word->flag)
			json_array_append_new(array, json_string(word->name));
	return array;
}

static json_t *fragment_json(struct mnd_described *described, u32 number)
{
	const struct mnd_table *table = described->table;
	const struct mnd_fragment *fragment = &table->fragments[number];
	json_t *object = json_object();

	json_object_set_new(object, "issuer",
			    string_json(table, fragment->issuer));
	json_object_set_new(object, "feed", string_json(table, fragment->feed));
	json_object_set_new(object, "minimum_svn",
			    string_json(table, fragment->minimum_svn));
	json_object_set_new(object, "include",
			    includes_json(le32_to_cpu(fragment->includes)));
	json_object_set_new(object, "receipts",
			    strings_json(described, fragment->receipts));
	json_object_set_new(object, "parameters",
			    string_json(table, fragment->parameters));
	return object;
}

static json_t *trust_list_json(struct mnd_described *described, u32 number)
{
	const struct mnd_table *table = described->table;
	const struct mnd_trust_list *list = &table->trust_lists[number];

	return json_pack("{so so sI so}", "issuer",
			 string_json(table, list->issuer), "subject",
			 string_json(table, list->subject), "minimum_svn",
			 (json_int_t)le64_to_cpu(list->minimum_svn), "ledgers",
			 strings_json(described, list->ledgers));
}

/**
 * mnd_add_admitted - Add what may be added to the policy, and by whom
 *
 * @object: Object, which gets a key for each kind of it.
 * @described: Table.
 */
void mnd_add_admitted(json_t *object, struct mnd_described *described)
{
	static const struct {
		const char *key;
		enum mnd_section section;
		json_t *(*make)(struct mnd_described *described, u32 number);
	} kinds[] = {
		{ "platforms", MND_SECTION_PLATFORM, platform_json },
		{ "fragments", MND_SECTION_FRAGMENT, fragment_json },
		{ "trust_lists", MND_SECTION_TRUST_LIST, trust_list_json },
	};
	json_t *array;
	size_t i;
	u32 j;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		array = json_array();
		for (j = 0; j < described->table->count[kinds[i].section]; j++)
			json_array_append_new(array,
					      kinds[i].make(described, j));
		json_object_set_new(object, kinds[i].key, array);
	}
}
