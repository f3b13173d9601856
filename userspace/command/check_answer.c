// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What `mandate check` says: what was decided, and what the nearest rule
 * wanted.
 */

#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "../describe/describe.h"
#include "../describe/matcher_text.h"
#include "../quote.h"

/* The key of a policy that a dimension is about. */
static enum mnd_context_key key_of(enum mnd_dimension dimension)
{
	switch (dimension) {
	case MND_DIMENSION_NO_NEW_PRIVS:
		return MND_CONTEXT_NO_NEW_PRIVILEGES;
	case MND_DIMENSION_STDIO:
		return MND_CONTEXT_STREAMS;
	case MND_DIMENSION_USER:
		return MND_CONTEXT_USER;
	case MND_DIMENSION_GROUPS:
		return MND_CONTEXT_GROUPS;
	case MND_DIMENSION_UMASK:
		return MND_CONTEXT_UMASK;
	case MND_DIMENSION_CAPABILITIES:
		return MND_CONTEXT_CAPABILITIES;
	case MND_DIMENSION_SECCOMP:
		return MND_CONTEXT_SECCOMP;
	case MND_DIMENSION_CWD:
		return MND_CONTEXT_CWD;
	default:
		return __MND_CONTEXT_KEY_MAX;
	}
}

/* What the context of the rule says there. */
static json_t *context_json(const struct mnd_check_answer *answer)
{
	const enum mnd_context_key key = key_of(answer->verdict->dimension);
	const struct mnd_table *table = answer->table;
	struct mnd_described described;
	struct mnd_context_view context;
	json_t *json = NULL;

	if (key == __MND_CONTEXT_KEY_MAX ||
	    answer->verdict->rule >= table->count[MND_SECTION_PROCESS])
		return NULL;
	context = mnd_context_view(table,
				   &table->processes[answer->verdict->rule]);
	if (!mnd_described_init(&described, table))
		json = mnd_context_json(&described, &context, key);
	mnd_described_free(&described);
	return json;
}

/* A variable that is missing; there is none if a string is one too many. */
static json_t *missing_json(const struct mnd_check_answer *answer)
{
	if (answer->verdict->want == MND_MATCH_ANY)
		return NULL;
	return mnd_matcher_json(answer->table, answer->verdict->want);
}

/* What the rule wanted in the dimension that failed. */
static json_t *want_json(const struct mnd_check_answer *answer)
{
	const struct mnd_verdict *verdict = answer->verdict;

	switch (verdict->dimension) {
	case MND_DIMENSION_ARGC:
		return json_integer(verdict->want);
	case MND_DIMENSION_OPTIONS:
		return mnd_options_json(verdict->want);
	case MND_DIMENSION_FILE:
		/* Without a rule for it, argv[0] says which file it is. */
		if (verdict->want == MND_MATCH_ANY)
			return NULL;
		return mnd_matcher_json(answer->table, verdict->want);
	case MND_DIMENSION_ARGV:
	case MND_DIMENSION_TYPE:
	case MND_DIMENSION_SOURCE:
	case MND_DIMENSION_TARGET:
		return mnd_matcher_json(answer->table, verdict->want);
	case MND_DIMENSION_ENVIRONMENT:
		return missing_json(answer);
	default:
		return context_json(answer);
	}
}

/* With the number of the argument, or of the string of the environment. */
static json_t *dimension_json(const struct mnd_verdict *verdict)
{
	const bool numbered =
		verdict->dimension == MND_DIMENSION_ARGV ||
		(verdict->dimension == MND_DIMENSION_ENVIRONMENT &&
		 verdict->index != MND_NONE);
	char text[40];

	snprintf(text, sizeof(text), numbered ? "%s[%u]" : "%s",
		 mnd_dimension_name(verdict->dimension), verdict->index);
	return json_string(text);
}

static json_t *line_json(const struct mnd_position *position)
{
	return json_integer(le32_to_cpu(position->line));
}

static json_t *verdict_json(const struct mnd_check_answer *answer)
{
	const struct mnd_verdict *verdict = answer->verdict;
	const struct mnd_table *table = answer->table;
	const bool allowed = verdict->dimension == MND_DIMENSION_NONE;
	const struct mnd_position *position = table->positions;
	json_t *json = json_pack("{sb}", "allowed", allowed);
	u32 rule = verdict->rule;
	const char *name;
	json_t *want;

	if (!allowed) {
		json_object_set_new(json, "dimension", dimension_json(verdict));
		want = want_json(answer);
		if (want)
			json_object_set_new(json, "want", want);
	}
	if (verdict->subject != MND_NONE) {
		name = mnd_subject_name(table, verdict->subject);
		json_object_set_new(json, "subject", mnd_quote_json(name));
	}
	if (rule == MND_NONE)
		return json;
	json_object_set_new(json, "rule", json_integer(rule));
	if (answer->is_mount)
		rule += table->count[MND_SECTION_PROCESS];
	if (table->count[MND_SECTION_POSITION])
		json_object_set_new(json, "line", line_json(&position[rule]));
	return json;
}

static void print_value(const json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY);

	fputs(text ? text : "?", stdout);
	free(text);
}

/* One line of what the JSON says. */
static void print_verdict(const json_t *verdict)
{
	const char *key;
	json_t *value;

	fputs(json_is_true(json_object_get(verdict, "allowed")) ? "allowed" :
								  "denied",
	      stdout);
	json_object_foreach((json_t *)verdict, key, value) {
		if (!strcmp(key, "allowed"))
			continue;
		printf(" %s=", key);
		print_value(value);
	}
	putchar('\n');
}

/**
 * mnd_check_answer - Tell a decision
 *
 * @answer: Decision.
 * @json: Tell it as JSON.
 *
 * Return: MND_EXIT_OK if it is to allow, MND_EXIT_NO if to deny, or another
 * code after having complained.
 */
int mnd_check_answer(const struct mnd_check_answer *answer, bool json)
{
	json_t *verdict = verdict_json(answer);
	int code;

	if (!verdict)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	if (json) {
		code = mnd_print_json(verdict, JSON_INDENT(2));
	} else {
		print_verdict(verdict);
		json_decref(verdict);
		code = mnd_flush_output();
	}
	if (code)
		return code;
	return answer->verdict->dimension == MND_DIMENSION_NONE ? MND_EXIT_OK :
								  MND_EXIT_NO;
}
