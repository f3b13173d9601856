// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a process has to be like, as JSON.
 */

#include "../capability_name.h"
#include "describer.h"
#include "../hash_text.h"
#include "matcher_text.h"
#include "../policy/word.h"
#include "variable_text.h"

/**
 * mnd_list_json - A list of a table
 *
 * @described: Table.
 * @list: List, or %MND_LIST_NONE.
 * @make: Makes what one word of it is.
 *
 * Return: An array, shared with whoever else asks for the list; or {"any":
 * true}; NULL if out of memory.
 */
json_t *mnd_list_json(struct mnd_described *described, u32 list,
		      json_t *(*make)(struct mnd_described *described,
				      u32 word))
{
	const struct mnd_table *table = described->table;
	const __le32 *words;
	json_t *array;
	u32 count, i;

	if (list == MND_LIST_NONE)
		return json_pack("{sb}", "any", true);
	if (described->lists[list])
		return json_incref(described->lists[list]);
	words = mnd_list_words(table, cpu_to_le32(list));
	count = mnd_list_count(table, cpu_to_le32(list));
	array = json_array();
	for (i = 0; i < count; i++)
		json_array_append_new(array,
				      make(described, le32_to_cpu(words[i])));
	described->lists[list] = array;
	return json_incref(array);
}

static json_t *digest_json(struct mnd_described *described, u32 word)
{
	char text[MND_HASH_TEXT_SIZE];

	mnd_hash_format(described->table->digests[word], text);
	return json_string(text);
}

/**
 * mnd_digests_json - A list of digests
 *
 * @described: Table.
 * @list: List, or %MND_LIST_NONE.
 *
 * Return: As mnd_list_json().
 */
json_t *mnd_digests_json(struct mnd_described *described, u32 list)
{
	return mnd_list_json(described, list, digest_json);
}

static json_t *variable_json(struct mnd_described *described, u32 word)
{
	return mnd_variable_json(described->table, word);
}

/**
 * mnd_variables_json - A list of variables
 *
 * @described: Table.
 * @list: List, or %MND_LIST_NONE.
 *
 * Return: As mnd_list_json().
 */
json_t *mnd_variables_json(struct mnd_described *described, u32 list)
{
	return mnd_list_json(described, list, variable_json);
}

static json_t *principal_json(const struct mnd_table *table,
			      const struct mnd_principal *principal)
{
	const u32 flags = le32_to_cpu(principal->flags);
	const u32 name = le32_to_cpu(principal->name);
	const u32 id = le32_to_cpu(principal->id);

	if (flags & MND_PRINCIPAL_ID)
		return json_integer(id);
	if (!(flags & MND_PRINCIPAL_RESOLVED))
		return mnd_matcher_json(table, name);
	return json_pack("{so sI}", "name", mnd_matcher_json(table, name), "id",
			 (json_int_t)id);
}

static json_t *group_json(struct mnd_described *described, u32 word)
{
	const struct mnd_table *table = described->table;

	return principal_json(table, &table->principals[word]);
}

static json_t *capability_json(int number)
{
	char name[MND_CAPABILITY_SIZE];

	mnd_capability_format(number, name);
	return *name == 'C' ? json_string(name) : json_integer(number);
}

/* A list that is longer than its set names the first one again. */
static json_t *set_json(u64 set, u32 length)
{
	json_t *array = json_array();
	json_t *again;
	int i;

	for (i = 0; i < (int)MND_CAPABILITY_MAX; i++)
		if (set >> i & 1)
			json_array_append_new(array, capability_json(i));
	while (set && json_array_size(array) < length) {
		again = capability_json(__builtin_ctzll(set));
		if (json_array_append_new(array, again))
			break;
	}
	return array;
}

static json_t *make_capabilities(const struct mnd_capabilities *capabilities)
{
	json_t *object, *set;
	size_t i;

	switch ((enum mnd_capability_rule)le16_to_cpu(capabilities->rule)) {
	case MND_CAPABILITIES_ANY:
		return json_string("any");
	case MND_CAPABILITIES_DEFAULT:
		return json_string("default");
	case MND_CAPABILITIES_EQUAL:
		break;
	case MND_CAPABILITIES_NONE:
	case __MND_CAPABILITY_RULE_MAX:
		return json_string("none");
	}
	object = json_object();
	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++) {
		set = set_json(le64_to_cpu(capabilities->sets[i]),
			       le16_to_cpu(capabilities->lengths[i]));
		json_object_set_new(object, mnd_set_words[i], set);
	}
	return object;
}

static json_t *capabilities_json(struct mnd_described *described,
				 const struct mnd_capabilities *capabilities)
{
	json_t **made =
		&described->capabilities[capabilities -
					 described->table->capabilities];

	if (!*made)
		*made = make_capabilities(capabilities);
	return json_incref(*made);
}

static json_t *seccomp_json(struct mnd_described *described,
			    const struct mnd_context_view *context)
{
	if (context->filters != MND_LIST_NONE)
		return mnd_digests_json(described, context->filters);
	return json_string(context->flags & MND_CONTEXT_FILTERED ? "required" :
								   "any");
}

/**
 * mnd_context_json - What a context says with one key
 *
 * @described: Table.
 * @context: Context of it.
 * @key: Key.
 *
 * Return: The value, as in a policy, but in JSON; NULL if out of memory.
 */
json_t *mnd_context_json(struct mnd_described *described,
			 const struct mnd_context_view *context,
			 enum mnd_context_key key)
{
	const struct mnd_table *table = described->table;
	const u32 flags = context->flags;

	switch (key) {
	case MND_CONTEXT_CWD:
		return mnd_matcher_json(table, context->cwd);
	case MND_CONTEXT_USER:
		return principal_json(table, context->user);
	case MND_CONTEXT_GROUPS:
		return mnd_list_json(described, context->groups, group_json);
	case MND_CONTEXT_UMASK:
		return mnd_matcher_json(table, context->umask);
	case MND_CONTEXT_CAPABILITIES:
		return capabilities_json(described, context->capabilities);
	case MND_CONTEXT_NO_NEW_PRIVILEGES:
		return json_boolean(flags & MND_CONTEXT_NO_NEW_PRIVS);
	case MND_CONTEXT_STREAMS:
		return json_boolean(flags & MND_CONTEXT_STDIO);
	case MND_CONTEXT_SECCOMP:
		return seccomp_json(described, context);
	case MND_CONTEXT_PROFILE:
		return mnd_matcher_json(table, context->profile);
	case MND_CONTEXT_ENVIRONMENT:
		return mnd_variables_json(described, context->variables);
	case __MND_CONTEXT_KEY_MAX:
		break;
	}
	return NULL;
}

/**
 * mnd_add_context - Add to a process rule what else the process has to be like
 *
 * @object: Object, which gets the keys that are compared with something.
 * @described: Table.
 * @process: Process rule.
 */
void mnd_add_context(json_t *object, struct mnd_described *described,
		     const struct mnd_process *process)
{
	const struct mnd_context_view context =
		mnd_context_view(described->table, process);
	enum mnd_context_key key;
	json_t *json;

	for (key = 0; key < __MND_CONTEXT_KEY_MAX; key++) {
		if (mnd_context_same(&context, &mnd_context_any, key))
			continue;
		json = mnd_context_json(described, &context, key);
		json_object_set_new(object, mnd_context_words[key], json);
	}
}
