// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the terms of a rule for Kata's agent stand for, if it is written by hand:
 * something of the request, something of the policy, or an element of that.
 */

#include "kata_fact.h"

#define FIRST_STORAGE "input.storages[0].source"
#define CONTAINER_ARGS "input.OCI.Process.Args"
#define CONTAINER_NAME \
	"input.OCI.Annotations[\"io.kubernetes.cri.container-name\"]"
#define PROCESS_ARGS "input.process.Args"

static int refuse(struct mnd_kata_facts *facts, const struct mnd_place *place,
		  const char *what)
{
	return mnd_fail(facts->kata->import->error, place->line, place->column,
			"%s", what);
}

static struct mnd_kata_binding *find_binding(struct mnd_kata_facts *facts,
					     const char *name, size_t length)
{
	struct mnd_kata_binding *binding = facts->bindings;
	size_t i;

	for (i = 0; i < facts->binding_count; i++)
		if (strlen(binding[i].name) == length &&
		    !memcmp(binding[i].name, name, length))
			return &binding[i];
	return NULL;
}

static enum mnd_kata_fact known_path(const struct mnd_kata_facts *facts,
				     const char *path)
{
	if (!facts->is_create)
		return strcmp(path, PROCESS_ARGS) ? MND_FACT_UNKNOWN :
						    MND_FACT_ARGS;
	if (!strcmp(path, CONTAINER_ARGS))
		return MND_FACT_ARGS;
	if (!strcmp(path, CONTAINER_NAME))
		return MND_FACT_NAME;
	return strcmp(path, FIRST_STORAGE) ? MND_FACT_UNKNOWN : MND_FACT_IMAGE;
}

/* What a path stands for: something of the request, or of a variable. */
static enum mnd_kata_fact path_fact(struct mnd_kata_facts *facts,
				    const char *path,
				    const struct mnd_value **list)
{
	const size_t length = strcspn(path, ".[");
	struct mnd_kata_binding *binding = find_binding(facts, path, length);

	*list = NULL;
	if (!binding)
		return known_path(facts, path);
	binding->used = true;
	*list = binding->list;
	if (!path[length])
		return binding->fact;
	if (binding->fact == MND_FACT_STORAGE &&
	    !strcmp(path + length, ".source"))
		return MND_FACT_IMAGE;
	return MND_FACT_UNKNOWN;
}

/* concat(" ", ARGS) */
static bool is_join(struct mnd_kata_facts *facts,
		    const struct mnd_agent_term *call)
{
	const struct mnd_value *list;

	return !strcmp(call->text, "concat") && call->count == 2 &&
	       call->arguments[0].kind == MND_AGENT_TEXT &&
	       !strcmp(call->arguments[0].text, " ") &&
	       call->arguments[1].kind == MND_AGENT_PATH &&
	       path_fact(facts, call->arguments[1].text, &list) ==
		       MND_FACT_ARGS;
}

/**
 * mnd_kata_fact - Tell what a term stands for
 *
 * @facts: What is known in its rule.
 * @term: Term.
 * @list: Written: the string or the array that it is, or that it is in.
 *
 * Return: What it stands for.
 */
enum mnd_kata_fact mnd_kata_fact(struct mnd_kata_facts *facts,
				 const struct mnd_agent_term *term,
				 const struct mnd_value **list)
{
	*list = &term->value;
	if (term->kind == MND_AGENT_TEXT || term->kind == MND_AGENT_LIST)
		return MND_FACT_TEXT;
	if (term->kind == MND_AGENT_PATH)
		return path_fact(facts, term->text, list);
	return is_join(facts, term) ? MND_FACT_COMMAND : MND_FACT_UNKNOWN;
}

static int bind(struct mnd_kata_facts *facts,
		const struct mnd_agent_statement *statement,
		enum mnd_kata_fact fact, const struct mnd_value *list)
{
	const struct mnd_agent_term *name = &statement->left;
	struct mnd_kata_binding *binding;

	if (name->kind != MND_AGENT_PATH ||
	    name->text[strcspn(name->text, ".[")])
		return refuse(facts, &name->place, "must be a variable");
	if (find_binding(facts, name->text, strlen(name->text)))
		return refuse(facts, &name->place,
			      "this variable stands for something else before");
	binding = &facts->bindings[facts->binding_count++];
	binding->name = name->text;
	binding->place = name->place;
	binding->fact = fact;
	binding->list = list;
	return 0;
}

/**
 * mnd_kata_bind_assigned - Bind the variable of VARIABLE := TERM
 *
 * @facts: What is known in its rule.
 * @statement: Statement.
 *
 * Return: 0, or -EINVAL with the import's error written: it is no variable, or
 * is bound before, or the term cannot be imported.
 */
int mnd_kata_bind_assigned(struct mnd_kata_facts *facts,
			   const struct mnd_agent_statement *statement)
{
	const struct mnd_value *list;
	enum mnd_kata_fact fact =
		mnd_kata_fact(facts, &statement->right, &list);

	if (fact != MND_FACT_ARGS && fact != MND_FACT_COMMAND)
		return refuse(facts, &statement->right.place,
			      "what this stands for cannot be imported");
	return bind(facts, statement, fact, list);
}

static bool is_storages(const struct mnd_kata_facts *facts,
			const struct mnd_agent_term *term)
{
	return facts->is_create && term->kind == MND_AGENT_PATH &&
	       !strcmp(term->text, MND_KATA_STORAGES_PATH);
}

/**
 * mnd_kata_bind_element - Bind the variable of VARIABLE in TERM
 *
 * @facts: What is known in its rule.
 * @statement: Statement.
 *
 * Return: 0, or -EINVAL with the import's error written: it is no variable, or
 * is bound before, or the term is no array of the policy and not the storages.
 */
int mnd_kata_bind_element(struct mnd_kata_facts *facts,
			  const struct mnd_agent_statement *statement)
{
	const struct mnd_agent_term *range = &statement->right;
	const struct mnd_value *list;

	if (range->kind == MND_AGENT_LIST)
		return bind(facts, statement, MND_FACT_ELEMENT, &range->value);
	if (is_storages(facts, range))
		return bind(facts, statement, MND_FACT_STORAGE, NULL);
	list = range->kind == MND_AGENT_PATH ?
		       mnd_agent_resolve(&facts->kata->agent, range->text) :
		       NULL;
	if (!list || list->type != MND_VALUE_ARRAY)
		return refuse(facts, &range->place,
			      "what is in this cannot be imported");
	return bind(facts, statement, MND_FACT_ELEMENT, list);
}

/**
 * mnd_kata_check_used - Insist that something is said about every variable
 *
 * Even if not, a rule needs that there is something that it can stand for.
 *
 * @facts: What is known in a rule, at its end.
 *
 * Return: 0, or -EINVAL with the import's error written.
 */
int mnd_kata_check_used(struct mnd_kata_facts *facts)
{
	const struct mnd_kata_binding *binding = facts->bindings;
	size_t i;

	for (i = 0; i < facts->binding_count; i++)
		if (!binding[i].used)
			return refuse(facts, &binding[i].place,
				      "nothing is said about this variable");
	return 0;
}
