// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the Rego of a policy for Kata's agent: its defaults and its data.  Where
 * its rules begin and end is found out, and nothing else about them.
 */

#include "../toml/toml.h"
#include "agent_policy.h"
#include "agent_scan.h"

#define PACKAGE "agent_policy"

/**
 * struct agent - A policy that is being read
 *
 * @reader: Its text.
 * @policy: What it becomes.
 * @members: Members of its data.
 */
struct agent {
	struct mnd_value_reader reader;
	struct mnd_agent_policy *policy;
	struct mnd_value_member *members;
};

static int refuse_word(struct mnd_value_reader *reader, struct mnd_value *value)
{
	(void)value;
	return mnd_value_unexpected(reader, "a value");
}

static int read_package(struct mnd_value_reader *reader)
{
	mnd_value_skip_space(reader);
	if (!mnd_agent_take_word(reader, "package"))
		return mnd_value_unexpected(reader, "\"package\"");
	mnd_agent_skip_blanks(reader);
	if (!mnd_agent_take_word(reader, PACKAGE))
		return mnd_value_unexpected(reader, "package " PACKAGE);
	if (mnd_agent_at_line_end(reader))
		return 0;
	return mnd_value_unexpected(reader, "the end of the line");
}

/* Takes a path that is imported, if @path is what is there. */
static bool take_import(struct mnd_value_reader *reader, const char *path)
{
	const struct mnd_value_reader before = *reader;
	const size_t length = strlen(path);

	if (reader->length - reader->at >= length &&
	    !memcmp(reader->text + reader->at, path, length)) {
		reader->at += length;
		if (mnd_agent_at_line_end(reader))
			return true;
	}
	*reader = before;
	return false;
}

static int read_import(struct mnd_value_reader *reader)
{
	static const char *const known[] = {
		"future.keywords",
		"future.keywords.contains",
		"future.keywords.every",
		"future.keywords.if",
		"future.keywords.in",
		"input",
		"rego.v1",
	};
	size_t i;

	mnd_agent_skip_blanks(reader);
	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (take_import(reader, known[i]))
			return 0;
	return mnd_value_fail(reader,
			      "must be input, rego.v1 or future.keywords");
}

static int too_many(const struct mnd_value_reader *reader)
{
	return mnd_value_fail(reader, "more than %d rules",
			      MND_AGENT_MAX_RULES);
}

static int add_answer(struct agent *agent, const char *name,
		      const struct mnd_place *place, bool allowed)
{
	struct mnd_agent_policy *policy = agent->policy;
	struct mnd_agent_answer *answer;

	if (policy->answer_count == MND_AGENT_MAX_RULES)
		return too_many(&agent->reader);
	answer = &policy->answers[policy->answer_count++];
	answer->name = name;
	answer->place = *place;
	answer->allowed = allowed;
	return 0;
}

static int read_default(struct agent *agent)
{
	struct mnd_value_reader *reader = &agent->reader;
	struct mnd_place place;
	struct mnd_value value;
	const char *name;
	int err;

	mnd_agent_skip_blanks(reader);
	place = mnd_value_place(reader);
	err = mnd_agent_take_name(reader, &name);
	if (err)
		return err;
	mnd_agent_skip_blanks(reader);
	if (!mnd_agent_take_assignment(reader))
		return mnd_value_unexpected(reader, "\":=\"");
	mnd_value_skip_space(reader);
	err = mnd_value_read(reader, &value);
	if (err)
		return err;
	if (value.type != MND_VALUE_BOOLEAN)
		return mnd_fail(reader->error, value.place.line,
				value.place.column,
				"must be true or false, not %s",
				mnd_value_type_name(value.type));
	if (!mnd_agent_at_line_end(reader))
		return mnd_value_unexpected(reader, "the end of the line");
	return add_answer(agent, name, &place, value.boolean);
}

static int add_data(struct agent *agent, const char *name,
		    const struct mnd_place *place,
		    const struct mnd_value *value)
{
	struct mnd_value *data = &agent->policy->data;
	char quoted[MND_TOML_QUOTED_SIZE];
	struct mnd_value_member *member;

	if (value->type == MND_VALUE_BOOLEAN)
		return add_answer(agent, name, place, value->boolean);
	if (data->count == MND_AGENT_MAX_RULES)
		return too_many(&agent->reader);
	if (mnd_value_find(data, name)) {
		mnd_toml_quote(name, strlen(name), quoted);
		return mnd_fail(agent->reader.error, place->line, place->column,
				"%s is defined before", quoted);
	}
	member = &agent->members[data->count++];
	member->key.type = MND_VALUE_STRING;
	member->key.text = name;
	member->key.length = strlen(name);
	member->key.place = *place;
	member->value = *value;
	return 0;
}

/* The reader as it was, but for what it holds memory with. */
static void go_back(struct mnd_value_reader *reader,
		    const struct mnd_value_reader *before)
{
	reader->at = before->at;
	reader->line = before->line;
	reader->line_start = before->line_start;
	reader->used = 0;
	reader->depth = 0;
}

/*
 * Reads the value of a rule, if it is written down and not computed.  That of
 * policy_data has to be.
 */
static int read_data(struct agent *agent, const char *name,
		     const struct mnd_place *place, bool *is_data)
{
	struct mnd_value_reader *reader = &agent->reader;
	const struct mnd_value_reader before = *reader;
	struct mnd_error ignored, *error = reader->error;
	struct mnd_value value;
	int err;

	*is_data = !strcmp(name, "policy_data");
	if (!*is_data)
		reader->error = &ignored;
	mnd_value_skip_space(reader);
	err = mnd_value_read(reader, &value);
	reader->error = error;
	if (err == -ENOMEM)
		return mnd_value_out_of_memory(reader);
	if (*is_data && !err && !mnd_agent_at_line_end(reader))
		return mnd_value_unexpected(reader, "the end of the line");
	if (!err && mnd_agent_at_line_end(reader)) {
		*is_data = true;
		return add_data(agent, name, place, &value);
	}
	go_back(reader, &before);
	return *is_data ? err : 0;
}

static int add_rule(struct agent *agent, const char *name,
		    const struct mnd_place *place)
{
	struct mnd_value_reader *reader = &agent->reader;
	struct mnd_agent_policy *policy = agent->policy;
	struct mnd_agent_rule *rule;
	int err;

	if (policy->rule_count == MND_AGENT_MAX_RULES)
		return too_many(reader);
	rule = &policy->rules[policy->rule_count++];
	rule->name = name;
	rule->place = *place;
	rule->body = reader->text + reader->at;
	rule->body_place = mnd_value_place(reader);
	err = mnd_agent_skip_rule(reader, &rule->place);
	rule->length = (size_t)(reader->text + reader->at - rule->body);
	return err;
}

/* Words that begin something else than a rule. */
static bool at_keyword(const struct mnd_value_reader *reader)
{
	static const char *const keywords[] = {
		"as",	 "contains", "data", "else",  "every",
		"false", "if",	     "in",   "input", "not",
		"null",	 "package",  "some", "true",  "with",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keywords); i++)
		if (mnd_agent_at_word(reader, keywords[i]))
			return true;
	return false;
}

static int read_rule(struct agent *agent)
{
	struct mnd_value_reader *reader = &agent->reader;
	const struct mnd_place place = mnd_value_place(reader);
	bool is_data = false;
	const char *name;
	size_t behind;
	int err;

	if (at_keyword(reader))
		return mnd_value_unexpected(reader, "the name of a rule");
	err = mnd_agent_take_name(reader, &name);
	if (err)
		return err;
	behind = reader->at;
	mnd_agent_skip_blanks(reader);
	if (mnd_agent_take_assignment(reader)) {
		err = read_data(agent, name, &place, &is_data);
		if (err || is_data)
			return err;
	}
	/* Still on the same line. */
	reader->at = behind;
	return add_rule(agent, name, &place);
}

static int read_statement(struct agent *agent)
{
	if (mnd_agent_take_word(&agent->reader, "import"))
		return read_import(&agent->reader);
	if (mnd_agent_take_word(&agent->reader, "default"))
		return read_default(agent);
	return read_rule(agent);
}

static int read_policy(struct agent *agent)
{
	struct mnd_value_reader *reader = &agent->reader;
	int err;

	err = mnd_value_begin(reader);
	if (!err)
		err = read_package(reader);
	while (!err) {
		mnd_value_skip_space(reader);
		if (mnd_value_peek(reader) == MND_END_OF_TEXT)
			return 0;
		err = read_statement(agent);
	}
	return err;
}

/**
 * mnd_agent_find - Find what a request is answered by, without a condition
 *
 * @policy: Policy.
 * @name: Name of the request.
 *
 * Return: The answer that allows it, else any other one, else NULL.
 */
const struct mnd_agent_answer *
mnd_agent_find(const struct mnd_agent_policy *policy, const char *name)
{
	const struct mnd_agent_answer *found = NULL, *answer;
	size_t i;

	for (i = 0; i < policy->answer_count; i++) {
		answer = &policy->answers[i];
		if (!strcmp(answer->name, name) && (!found || answer->allowed))
			found = answer;
	}
	return found;
}

/**
 * mnd_agent_resolve - Find data
 *
 * @policy: Policy.
 * @path: Names with dots between them.
 *
 * Return: The value, or NULL if there is none.
 */
const struct mnd_value *mnd_agent_resolve(const struct mnd_agent_policy *policy,
					  const char *path)
{
	const struct mnd_value *value = &policy->data;
	char name[256];
	size_t length;

	while (value) {
		length = strcspn(path, ".");
		if (length >= sizeof(name))
			return NULL;
		memcpy(name, path, length);
		name[length] = '\0';
		value = mnd_value_find(value, name);
		if (!path[length])
			return value;
		path += length + 1;
	}
	return NULL;
}

/**
 * mnd_agent_read - Read a policy for Kata's agent
 *
 * @arena: Owns what is read.
 * @text: Text, which must outlive @policy; need not be terminated.
 * @length: Of @text, in bytes.
 * @policy: Written.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no such policy.
 * - -E2BIG: It is longer than %MND_VALUE_MAX_SIZE.
 * - -ENOMEM: Out of memory.
 */
int mnd_agent_read(struct mnd_arena *arena, const char *text, size_t length,
		   struct mnd_agent_policy *policy, struct mnd_error *error)
{
	struct agent agent = {
		.reader = { .arena = arena,
			    .error = error,
			    .text = text,
			    .length = length,
			    .read_word = refuse_word },
		.policy = policy,
	};
	int err;

	memset(policy, 0, sizeof(*policy));
	policy->answers = mnd_arena_alloc(arena, MND_AGENT_MAX_RULES,
					  sizeof(*policy->answers));
	policy->rules = mnd_arena_alloc(arena, MND_AGENT_MAX_RULES,
					sizeof(*policy->rules));
	agent.members = mnd_arena_alloc(arena, MND_AGENT_MAX_RULES,
					sizeof(*agent.members));
	if (!policy->answers || !policy->rules || !agent.members)
		return mnd_value_out_of_memory(&agent.reader);
	policy->data.type = MND_VALUE_OBJECT;
	policy->data.members = agent.members;
	err = read_policy(&agent);
	mnd_value_end(&agent.reader);
	return err;
}
