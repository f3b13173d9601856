// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Policies for Kata's agent that are written by hand, in the forms of the guides
 * of Confidential Containers and of Kata: which images or arguments a container
 * may have, and which commands may be executed in each.
 */

#include "../toml/toml.h"
#include "kata_fact.h"

#define CREATE "CreateContainerRequest"
#define EXEC "ExecProcessRequest"

/**
 * struct guide - A rule that is being interpreted
 *
 * @facts: What is known in it.
 * @containers: Of a rule about containers, which they are.
 * @decided: There is what decides on a process.
 */
struct guide {
	struct mnd_kata_facts facts;
	struct mnd_kata_allowed containers;
	bool decided;
};

static int refuse(struct guide *guide, const struct mnd_place *place,
		  const char *what)
{
	return mnd_fail(guide->facts.kata->import->error, place->line,
			place->column, "%s", what);
}

#define NOT_UNDERSTOOD "this condition cannot be imported"

static int not_understood(struct guide *guide,
			  const struct mnd_agent_statement *statement)
{
	return refuse(guide, &statement->left.place, NOT_UNDERSTOOD);
}

/* Adds the commands that @value is, or that are its elements. */
static int add_commands(struct guide *guide, const struct mnd_value *value,
			bool is_element,
			int (*add)(struct guide *guide,
				   const struct mnd_value *value))
{
	size_t i;
	int err = 0;

	guide->decided = true;
	if (!is_element)
		return add(guide, value);
	for (i = 0; !err && i < value->count; i++)
		err = add(guide, &value->items[i]);
	return err;
}

static int add_joined(struct guide *guide, const struct mnd_value *value)
{
	struct mnd_text text;
	int err;

	err = mnd_value_text(guide->facts.kata->import, value, &text);
	return err ? err :
		     mnd_kata_joined(guide->facts.kata, &text,
				     &guide->facts.kata->commands);
}

static int add_listed(struct guide *guide, const struct mnd_value *value)
{
	return mnd_kata_argv(guide->facts.kata, value,
			     &guide->facts.kata->commands);
}

static int add_expression(struct guide *guide, const struct mnd_value *value)
{
	struct mnd_text text;
	int err;

	err = mnd_value_text(guide->facts.kata->import, value, &text);
	return err ? err :
		     mnd_kata_command_pattern(guide->facts.kata, &text,
					      &guide->facts.kata->commands);
}

/* regex.match(EXPRESSION, COMMAND) */
static int take_call(struct guide *guide,
		     const struct mnd_agent_statement *statement)
{
	const struct mnd_agent_term *call = &statement->left;
	const struct mnd_value *expressions, *ignored;
	enum mnd_kata_fact fact;

	if (guide->facts.is_create || guide->decided ||
	    strcmp(call->text, "regex.match") || call->count != 2 ||
	    mnd_kata_fact(&guide->facts, &call->arguments[1], &ignored) !=
		    MND_FACT_COMMAND)
		return not_understood(guide, statement);
	fact = mnd_kata_fact(&guide->facts, &call->arguments[0], &expressions);
	if (fact != MND_FACT_TEXT && fact != MND_FACT_ELEMENT)
		return not_understood(guide, statement);
	return add_commands(guide, expressions, fact == MND_FACT_ELEMENT,
			    add_expression);
}

/* What a request has is equal to what the policy has. */
static int decide_exec(struct guide *guide,
		       const struct mnd_agent_statement *statement,
		       enum mnd_kata_fact fact, const struct mnd_value *value,
		       bool is_element)
{
	if (guide->decided)
		return not_understood(guide, statement);
	if (fact == MND_FACT_COMMAND)
		return add_commands(guide, value, is_element, add_joined);
	if (fact == MND_FACT_ARGS)
		return add_commands(guide, value, is_element, add_listed);
	return not_understood(guide, statement);
}

static int decide_create(struct guide *guide,
			 const struct mnd_agent_statement *statement,
			 enum mnd_kata_fact fact, const struct mnd_value *value,
			 bool is_element)
{
	struct mnd_import *import = guide->facts.kata->import;

	if (fact == MND_FACT_IMAGE && !guide->containers.images &&
	    (is_element || value->type == MND_VALUE_STRING)) {
		guide->containers.images = value;
		return 0;
	}
	if (is_element)
		return not_understood(guide, statement);
	if (fact == MND_FACT_NAME && !guide->containers.name.text)
		return mnd_value_text(import, value, &guide->containers.name);
	if (fact != MND_FACT_ARGS || guide->containers.args)
		return not_understood(guide, statement);
	guide->containers.args = value;
	return 0;
}

static int take_equality(struct guide *guide,
			 const struct mnd_agent_statement *statement)
{
	const struct mnd_value *left, *right;
	enum mnd_kata_fact first =
		mnd_kata_fact(&guide->facts, &statement->left, &left);
	enum mnd_kata_fact second =
		mnd_kata_fact(&guide->facts, &statement->right, &right);
	const bool turned = first == MND_FACT_TEXT || first == MND_FACT_ELEMENT;
	const enum mnd_kata_fact asked = turned ? second : first;
	const enum mnd_kata_fact given = turned ? first : second;
	const struct mnd_value *value = turned ? left : right;

	if (given != MND_FACT_TEXT && given != MND_FACT_ELEMENT)
		return not_understood(guide, statement);
	if (guide->facts.is_create)
		return decide_create(guide, statement, asked, value,
				     given == MND_FACT_ELEMENT);
	return decide_exec(guide, statement, asked, value,
			   given == MND_FACT_ELEMENT);
}

static int take_statement(struct guide *guide,
			  const struct mnd_agent_statement *statement)
{
	switch (statement->kind) {
	case MND_AGENT_SOME:
		return mnd_kata_bind_element(&guide->facts, statement);
	case MND_AGENT_EVERY:
		if (guide->facts.is_create &&
		    !strcmp(statement->right.text, MND_KATA_STORAGES_PATH))
			return mnd_kata_bind_element(&guide->facts, statement);
		return not_understood(guide, statement);
	case MND_AGENT_END:
		return 0;
	case MND_AGENT_ASSIGN:
		return mnd_kata_bind_assigned(&guide->facts, statement);
	case MND_AGENT_EQUAL:
		return take_equality(guide, statement);
	case MND_AGENT_HOLDS:
		return take_call(guide, statement);
	}
	return not_understood(guide, statement);
}

#define ALLOWS_EVERY(what) \
	"this allows every " what ", which cannot be imported"

static int take_rule(struct guide *guide, const struct mnd_agent_rule *rule)
{
	struct mnd_import *import = guide->facts.kata->import;
	struct mnd_agent_body body;
	size_t i;
	int err;

	err = mnd_agent_body(&import->policy->arena, rule, &body,
			     import->error);
	for (i = 0; !err && i < body.count; i++)
		err = take_statement(guide, &body.statements[i]);
	if (!err)
		err = mnd_kata_check_used(&guide->facts);
	if (err)
		return err;
	if (!guide->facts.is_create && !guide->decided)
		return refuse(guide, &rule->place, ALLOWS_EVERY("command"));
	if (guide->facts.is_create && !guide->containers.images &&
	    !guide->containers.args)
		return refuse(guide, &rule->place, ALLOWS_EVERY("container"));
	return 0;
}

/* Takes all rules of a name. */
static int take_rules(struct mnd_kata *kata, const char *name)
{
	const struct mnd_agent_policy *agent = &kata->agent;
	const struct mnd_agent_rule *rule;
	struct guide guide;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < agent->rule_count; i++) {
		rule = &agent->rules[i];
		if (strcmp(rule->name, name))
			continue;
		memset(&guide, 0, sizeof(guide));
		guide.facts.kata = kata;
		guide.facts.is_create = !strcmp(name, CREATE);
		err = take_rule(&guide, rule);
		if (!err && guide.facts.is_create)
			err = mnd_kata_add_allowed(kata, &guide.containers,
						   &rule->place);
	}
	return err;
}

#define FREE_FORM "%s is a free-form rule, which cannot be imported"

static int refuse_others(struct mnd_kata *kata)
{
	const struct mnd_agent_policy *agent = &kata->agent;
	const struct mnd_agent_rule *rule;
	char quoted[MND_TOML_QUOTED_SIZE];
	size_t i;

	for (i = 0; i < agent->rule_count; i++) {
		rule = &agent->rules[i];
		if (!strcmp(rule->name, CREATE) || !strcmp(rule->name, EXEC))
			continue;
		mnd_toml_quote(rule->name, strlen(rule->name), quoted);
		return mnd_fail(kata->import->error, rule->place.line,
				rule->place.column, FREE_FORM, quoted);
	}
	return 0;
}

static int warn_unused(struct mnd_kata *kata)
{
	if (!kata->commands.count || kata->import->policy->container_count)
		return 0;
	return mnd_hcsshim_warn(kata->import, &kata->commands.rules[0].place,
				"allows commands, but no container is known");
}

/**
 * mnd_kata_guide - Make containers of a policy without data about them
 *
 * @kata: The policy.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: A rule cannot be imported, or nothing is known of an image.
 * - -E2BIG: An expression is over a limit of mnd_kata_command_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_guide(struct mnd_kata *kata)
{
	int err;

	err = refuse_others(kata);
	if (!err)
		err = mnd_images_read(kata->import, &kata->images);
	if (!err)
		err = take_rules(kata, EXEC);
	if (!err)
		err = take_rules(kata, CREATE);
	return err ? err : warn_unused(kata);
}
