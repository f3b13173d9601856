// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads what only a guest agent's requests are judged by.
 */

#include "../import/value.h"
#include "reader.h"
#include "word.h"

static int read_answer(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, void *member)
{
	enum mnd_answer *answer = member;
	size_t choice = MND_ANSWER_DENY;
	int err;

	err = mnd_toml_read_choice(reader, value, mnd_answer_words,
				   __MND_ANSWER_MAX, &choice);
	*answer = choice;
	return err;
}

/* The keys of [requests]. */
struct request_keys {
	enum mnd_answer answers[__MND_POINT_MAX];
	bool flags[MND_REQUEST_FLAG_COUNT];
};

/**
 * mnd_policy_read_requests - Read the key "requests"
 *
 * @reader: Reader.
 * @value: Value.
 * @policy: The struct mnd_policy_source, which has the default answers.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_requests(struct mnd_toml_reader *reader,
			     const struct mnd_toml_value *value, void *policy)
{
	struct mnd_policy_source *source = policy;
	struct mnd_toml_key keys[__MND_POINT_MAX + MND_REQUEST_FLAG_COUNT] = {};
	const struct mnd_toml_form form = { "[requests]", keys,
					    ARRAY_SIZE(keys) };
	struct request_keys seen = {};
	size_t i;
	int err;

	memcpy(seen.answers, source->answers, sizeof(seen.answers));
	for (i = 0; i < __MND_POINT_MAX; i++) {
		keys[i].name = mnd_point_words[i];
		keys[i].read = read_answer;
		keys[i].offset = i * sizeof(seen.answers[0]);
	}
	for (i = 0; i < MND_REQUEST_FLAG_COUNT; i++) {
		keys[__MND_POINT_MAX + i].name = mnd_request_flags[i].name;
		keys[__MND_POINT_MAX + i].read = mnd_toml_read_boolean;
		keys[__MND_POINT_MAX + i].offset =
			offsetof(struct request_keys, flags) + i;
	}
	err = mnd_toml_read_table(reader, value, &form, &seen);
	memcpy(source->answers, seen.answers, sizeof(seen.answers));
	for (i = 0; i < MND_REQUEST_FLAG_COUNT; i++)
		if (seen.flags[i])
			source->flags |= mnd_request_flags[i].flag;
	return err;
}

/*
 * Platform rules
 */

static int read_platform(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value,
			 struct mnd_platform_rule *rule)
{
	static const struct mnd_toml_key keys[] = {
		{ "environment", mnd_policy_read_environment,
		  offsetof(struct mnd_platform_rule, variables), true },
		{ "volume", mnd_policy_read_volumes,
		  offsetof(struct mnd_platform_rule, volumes) },
	};
	static const struct mnd_toml_form form = { "[[platform]]", keys,
						   ARRAY_SIZE(keys) };
	const struct mnd_toml_entry *environment;
	int err;

	err = mnd_toml_read_table(reader, value, &form, rule);
	if (err || rule->variables.given)
		return err;
	environment = mnd_toml_find(value->table, "environment");
	return mnd_toml_refuse(reader, &environment->value, "must be an array");
}

/**
 * mnd_policy_read_platforms - Read the key "platform"
 *
 * @reader: Reader.
 * @value: Value.
 * @policy: The struct mnd_policy_source.
 *
 * Return: 0, -EINVAL, -ENOMEM, or -E2BIG: an expression is too large.
 */
int mnd_policy_read_platforms(struct mnd_toml_reader *reader,
			      const struct mnd_toml_value *value, void *policy)
{
	struct mnd_policy_source *source = policy;
	void *items;
	size_t i;
	int err;

	err = mnd_toml_read_array(reader, value, sizeof(*source->platforms),
				  &items, &source->platform_count);
	if (err)
		return err;
	source->platforms = items;
	for (i = 0; !err && i < source->platform_count; i++)
		err = read_platform(reader, &value->array->items[i],
				    &source->platforms[i]);
	return err;
}

/*
 * Fragments
 */

static int read_includes(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *member)
{
	const char *words[MND_INCLUDE_COUNT];
	u32 *includes = member;
	size_t choice = 0;
	size_t i;
	int err;

	for (i = 0; i < MND_INCLUDE_COUNT; i++)
		words[i] = mnd_include_words[i].name;
	err = mnd_toml_want(reader, value, MND_TOML_ARRAY);
	for (i = 0; !err && i < value->array->count; i++) {
		err = mnd_toml_read_choice(reader, &value->array->items[i],
					   words, ARRAY_SIZE(words), &choice);
		*includes |= mnd_include_words[choice].flag;
	}
	return err;
}

/* Writes the object that @text is, in the one way in which a table has it. */
static int write_object(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value,
			struct mnd_arena *scratch, const char **text)
{
	struct mnd_error why = {};
	struct mnd_value object;
	int err;

	err = mnd_json_read(scratch, *text, strlen(*text), &object, &why);
	if (err == -ENOMEM)
		return mnd_toml_out_of_memory(reader);
	if (err)
		return mnd_fail(reader->error, value->line, value->column,
				"must be a JSON object; at %u:%u of it: %s",
				why.line, why.column, why.text);
	if (object.type != MND_VALUE_OBJECT)
		return mnd_toml_refuse(reader, value, "must be a JSON object");
	if (mnd_value_write(&reader->policy->arena, &object, text))
		return mnd_toml_out_of_memory(reader);
	return 0;
}

static int read_parameters(struct mnd_toml_reader *reader,
			   const struct mnd_toml_value *value, void *member)
{
	struct mnd_arena scratch = {};
	int err = mnd_toml_read_string(reader, value, member);

	if (!err)
		err = write_object(reader, value, &scratch, member);
	mnd_arena_free(&scratch);
	return err;
}

static int read_fragment(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value,
			 struct mnd_fragment_rule *rule)
{
	static const struct mnd_toml_key keys[] = {
		{ "feed", mnd_toml_read_string,
		  offsetof(struct mnd_fragment_rule, feed), true },
		{ "include", read_includes,
		  offsetof(struct mnd_fragment_rule, includes), true },
		{ "issuer", mnd_toml_read_string,
		  offsetof(struct mnd_fragment_rule, issuer), true },
		{ "minimum_svn", mnd_toml_read_string,
		  offsetof(struct mnd_fragment_rule, minimum_svn), true },
		{ "parameters", read_parameters,
		  offsetof(struct mnd_fragment_rule, parameters) },
		{ "receipts", mnd_toml_read_strings,
		  offsetof(struct mnd_fragment_rule, receipts) },
	};
	static const struct mnd_toml_form form = { "[[fragment]]", keys,
						   ARRAY_SIZE(keys) };

	rule->parameters = "";
	rule->place = mnd_toml_place(value);
	return mnd_toml_read_table(reader, value, &form, rule);
}

/**
 * mnd_policy_read_fragments - Read the key "fragment"
 *
 * @reader: Reader.
 * @value: Value.
 * @policy: The struct mnd_policy_source.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_fragments(struct mnd_toml_reader *reader,
			      const struct mnd_toml_value *value, void *policy)
{
	struct mnd_policy_source *source = policy;
	void *items;
	size_t i;
	int err;

	err = mnd_toml_read_array(reader, value, sizeof(*source->fragments),
				  &items, &source->fragment_count);
	if (err)
		return err;
	source->fragments = items;
	for (i = 0; !err && i < source->fragment_count; i++)
		err = read_fragment(reader, &value->array->items[i],
				    &source->fragments[i]);
	return err;
}

/*
 * Transparency trust lists
 */

static int read_trust_list(struct mnd_toml_reader *reader,
			   const struct mnd_toml_value *value,
			   struct mnd_trust_list_rule *rule)
{
	static const struct mnd_toml_key keys[] = {
		{ "issuer", mnd_toml_read_string,
		  offsetof(struct mnd_trust_list_rule, issuer), true },
		{ "ledgers", mnd_toml_read_strings,
		  offsetof(struct mnd_trust_list_rule, ledgers), true },
		{ "minimum_svn", mnd_toml_read_svn,
		  offsetof(struct mnd_trust_list_rule, minimum_svn), true },
		{ "subject", mnd_toml_read_string,
		  offsetof(struct mnd_trust_list_rule, subject), true },
	};
	static const struct mnd_toml_form form = { "[[trust_list]]", keys,
						   ARRAY_SIZE(keys) };

	rule->place = mnd_toml_place(value);
	return mnd_toml_read_table(reader, value, &form, rule);
}

/**
 * mnd_policy_read_trust_lists - Read the key "trust_list"
 *
 * @reader: Reader.
 * @value: Value.
 * @policy: The struct mnd_policy_source.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_trust_lists(struct mnd_toml_reader *reader,
				const struct mnd_toml_value *value,
				void *policy)
{
	struct mnd_policy_source *source = policy;
	void *items;
	size_t i;
	int err;

	err = mnd_toml_read_array(reader, value, sizeof(*source->trust_lists),
				  &items, &source->trust_list_count);
	if (err)
		return err;
	source->trust_lists = items;
	for (i = 0; !err && i < source->trust_list_count; i++)
		err = read_trust_list(reader, &value->array->items[i],
				      &source->trust_lists[i]);
	return err;
}
