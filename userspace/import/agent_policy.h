/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Rego of a policy for Kata's agent, as far as it can be read: defaults and
 * data, and where its rules are.
 */

#ifndef _MANDATE_IMPORT_AGENT_POLICY_H
#define _MANDATE_IMPORT_AGENT_POLICY_H

#include "value.h"

/* Limits: defaults, data and rules, each. */
#define MND_AGENT_MAX_RULES 2048
/* Statements in the body of a rule, and arguments of a call. */
#define MND_AGENT_MAX_STATEMENTS 64
#define MND_AGENT_MAX_ARGUMENTS 8

/**
 * struct mnd_agent_answer - What a request is answered by, without a condition
 *
 * @name: Name of the request.
 * @place: Where it was written.
 * @allowed: Whether it is allowed.
 */
struct mnd_agent_answer {
	const char *name;
	struct mnd_place place;
	bool allowed;
};

/**
 * struct mnd_agent_rule - A rule with a body, or a function
 *
 * @name: Name.
 * @place: Of the name.
 * @body: What is behind the name, up to the end of the rule.
 * @length: Bytes of @body.
 * @body_place: Where @body begins.
 */
struct mnd_agent_rule {
	const char *name;
	struct mnd_place place;
	const char *body;
	size_t length;
	struct mnd_place body_place;
};

/**
 * struct mnd_agent_policy - A policy
 *
 * @answers: Answers to requests; there can be two to one.
 * @answer_count: How many.
 * @data: Object of the data.
 * @rules: Rules.
 * @rule_count: How many.
 */
struct mnd_agent_policy {
	struct mnd_agent_answer *answers;
	size_t answer_count;
	struct mnd_value data;
	struct mnd_agent_rule *rules;
	size_t rule_count;
};

/**
 * enum mnd_agent_term_kind - What a part of a statement is
 *
 * @MND_AGENT_TEXT: A string.
 * @MND_AGENT_LIST: An array.
 * @MND_AGENT_PATH: A variable, or something in it.
 * @MND_AGENT_CALL: A call of a function.
 */
enum mnd_agent_term_kind {
	MND_AGENT_TEXT,
	MND_AGENT_LIST,
	MND_AGENT_PATH,
	MND_AGENT_CALL,
};

/**
 * struct mnd_agent_term - A part of a statement
 *
 * @kind: What it is.
 * @place: Where it begins.
 * @text: The string, the path without blanks, or the name of the function.
 * @value: The string or the array as a value.
 * @arguments: Of a call; none of them is a call.
 * @count: How many.
 */
struct mnd_agent_term {
	enum mnd_agent_term_kind kind;
	struct mnd_place place;
	const char *text;
	struct mnd_value value;
	struct mnd_agent_term *arguments;
	size_t count;
};

/**
 * enum mnd_agent_statement_kind - What a statement does
 *
 * @MND_AGENT_SOME: @left stands for an element of @right.
 * @MND_AGENT_EVERY: What follows, up to the end, is about every element of
 *	@right, for which @left stands.
 * @MND_AGENT_END: The end of that.
 * @MND_AGENT_ASSIGN: @left stands for @right.
 * @MND_AGENT_EQUAL: @left and @right are equal.
 * @MND_AGENT_HOLDS: @left, a call, is true.
 */
enum mnd_agent_statement_kind {
	MND_AGENT_SOME,
	MND_AGENT_EVERY,
	MND_AGENT_END,
	MND_AGENT_ASSIGN,
	MND_AGENT_EQUAL,
	MND_AGENT_HOLDS,
};

/**
 * struct mnd_agent_statement - A statement
 *
 * @kind: What it does.
 * @left: Its first term.
 * @right: Its second term.
 */
struct mnd_agent_statement {
	enum mnd_agent_statement_kind kind;
	struct mnd_agent_term left;
	struct mnd_agent_term right;
};

/**
 * struct mnd_agent_body - The body of a rule
 *
 * @statements: Statements; calls of print() are left out.
 * @count: How many.
 */
struct mnd_agent_body {
	struct mnd_agent_statement *statements;
	size_t count;
};

/* agent_policy.c */
int mnd_agent_read(struct mnd_arena *arena, const char *text, size_t length,
		   struct mnd_agent_policy *policy, struct mnd_error *error);
const struct mnd_agent_answer *
mnd_agent_find(const struct mnd_agent_policy *policy, const char *name);
const struct mnd_value *mnd_agent_resolve(const struct mnd_agent_policy *policy,
					  const char *path);

/* agent_body.c */
int mnd_agent_body(struct mnd_arena *arena, const struct mnd_agent_rule *rule,
		   struct mnd_agent_body *body, struct mnd_error *error);

#endif /* _MANDATE_IMPORT_AGENT_POLICY_H */
