/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the terms of a rule for Kata's agent stand for, if it is written by hand.
 */

#ifndef _MANDATE_IMPORT_KATA_FACT_H
#define _MANDATE_IMPORT_KATA_FACT_H

#include "kata.h"

#define MND_KATA_STORAGES_PATH "input.storages"

/**
 * enum mnd_kata_fact - What a term stands for
 *
 * @MND_FACT_UNKNOWN: Nothing that is understood.
 * @MND_FACT_TEXT: A string of the policy, or an array of it.
 * @MND_FACT_ELEMENT: Any element of an array of the policy.
 * @MND_FACT_ARGS: The arguments that a request has.
 * @MND_FACT_COMMAND: These, with blanks between them.
 * @MND_FACT_STORAGE: A storage that a request has.
 * @MND_FACT_IMAGE: The source of a storage.
 * @MND_FACT_NAME: The name of a container.
 */
enum mnd_kata_fact {
	MND_FACT_UNKNOWN,
	MND_FACT_TEXT,
	MND_FACT_ELEMENT,
	MND_FACT_ARGS,
	MND_FACT_COMMAND,
	MND_FACT_STORAGE,
	MND_FACT_IMAGE,
	MND_FACT_NAME,
};

/**
 * struct mnd_kata_binding - A variable of a rule
 *
 * @name: Name.
 * @place: Where it is bound.
 * @fact: What it stands for.
 * @list: Of an element, the array that it is in.
 * @used: Something is said about it.
 */
struct mnd_kata_binding {
	const char *name;
	struct mnd_place place;
	enum mnd_kata_fact fact;
	const struct mnd_value *list;
	bool used;
};

/**
 * struct mnd_kata_facts - What is known in a rule
 *
 * @kata: The policy.
 * @is_create: The rule is about containers, not about processes.
 * @bindings: Variables.
 * @binding_count: How many.
 */
struct mnd_kata_facts {
	struct mnd_kata *kata;
	bool is_create;
	struct mnd_kata_binding bindings[MND_AGENT_MAX_STATEMENTS];
	size_t binding_count;
};

enum mnd_kata_fact mnd_kata_fact(struct mnd_kata_facts *facts,
				 const struct mnd_agent_term *term,
				 const struct mnd_value **list);
int mnd_kata_bind_assigned(struct mnd_kata_facts *facts,
			   const struct mnd_agent_statement *statement);
int mnd_kata_bind_element(struct mnd_kata_facts *facts,
			  const struct mnd_agent_statement *statement);
int mnd_kata_check_used(struct mnd_kata_facts *facts);

#endif /* _MANDATE_IMPORT_KATA_FACT_H */
