// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Environment rules and mounts, as hcsshim's Rego has them in containers and in
 * platform rules.
 */

#include "hcsshim_rego.h"

/* An environment rule: what it has of its two forms. */
struct variable {
	const struct mnd_value *pattern;
	const struct mnd_value *strategy;
	const struct mnd_value *name;
	const struct mnd_value *name_strategy;
	const struct mnd_value *value;
	const struct mnd_value *value_strategy;
	const struct mnd_value *required;
};

/**
 * mnd_rego_lacks - Object to an object that lacks a member
 *
 * @import: Import.
 * @value: Object.
 * @what: What it is, and what comes of it, with a place for the key.
 * @key: Key of the member.
 *
 * Return: As mnd_value_object_to().
 */
int mnd_rego_lacks(struct mnd_import *import, const struct mnd_value *value,
		   const char *what, const char *key)
{
	return mnd_value_object_to(import, &value->place, "%s lacks \"%s\"",
				   what, key);
}

/**
 * mnd_rego_take - Take the members of an object, and see that they are there
 *
 * @import: Import.
 * @value: Object.
 * @all: Its members.
 * @needed: How many of them it must have, which come first.
 * @what: What it is without one of these, as for mnd_rego_lacks().
 * @complete: Written: whether it has them.
 *
 * Return: As mnd_value_take() and mnd_rego_lacks().
 */
int mnd_rego_take(struct mnd_import *import, const struct mnd_value *value,
		  const struct mnd_value_picks *all, size_t needed,
		  const char *what, bool *complete)
{
	int err = mnd_value_take(import, value, all);
	size_t i;

	*complete = true;
	for (i = 0; !err && *complete && i < needed; i++) {
		if (*all->picks[i].value)
			continue;
		*complete = false;
		err = mnd_rego_lacks(import, value, what, all->picks[i].key);
	}
	return err;
}

static int take_variable(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct variable *variable)
{
	const struct mnd_value_pick picks[] = {
		{ "pattern", &variable->pattern },
		{ "strategy", &variable->strategy },
		{ "name", &variable->name },
		{ "name_strategy", &variable->name_strategy },
		{ "value", &variable->value },
		{ "value_strategy", &variable->value_strategy },
		{ "required", &variable->required },
	};
	const struct mnd_value_picks all = { "an environment rule", picks,
					     ARRAY_SIZE(picks) };
	size_t i;
	int err;

	err = mnd_value_take(import, value, &all);
	/* A null counts as missing here, and only here. */
	for (i = 0; !err && i < ARRAY_SIZE(picks); i++)
		if (*picks[i].value &&
		    (*picks[i].value)->type == MND_VALUE_NULL)
			*picks[i].value = NULL;
	return err;
}

static int make_whole(struct mnd_import *import,
		      const struct variable *variable, bool required,
		      struct mnd_variable_rule *rule)
{
	struct mnd_text pattern, strategy;
	int err;

	err = mnd_value_text(import, variable->pattern, &pattern);
	if (!err)
		err = mnd_value_text(import, variable->strategy, &strategy);
	return err ? err :
		     mnd_hcsshim_variable(import, &pattern, &strategy, required,
					  rule);
}

static int make_split(struct mnd_import *import,
		      const struct variable *variable, bool required,
		      struct mnd_variable_rule *rule)
{
	struct mnd_text name, name_strategy, value, value_strategy;
	int err;

	err = mnd_value_text(import, variable->name, &name);
	if (!err)
		err = mnd_value_text(import, variable->name_strategy,
				     &name_strategy);
	if (!err)
		err = mnd_value_text(import, variable->value, &value);
	if (!err)
		err = mnd_value_text(import, variable->value_strategy,
				     &value_strategy);
	return err ? err :
		     mnd_hcsshim_name_value(import, &name, &name_strategy,
					    &value, &value_strategy, required,
					    rule);
}

#define NO_FORM                                                        \
	"nothing matches an environment rule without \"pattern\" and " \
	"\"strategy\", or \"name\", \"value\" and the strategies of the two"

/* One that is required and matches nothing makes its container impossible. */
static int make_none(struct mnd_import *import, const struct mnd_value *value,
		     bool required, struct mnd_variable_rule *rule)
{
	rule->whole = true;
	rule->required = required;
	rule->value.matching = MND_MATCHING_NONE;
	rule->value.place = value->place;
	rule->place = value->place;
	return mnd_value_object_to(import, &value->place, NO_FORM);
}

#define BOTH_FORMS \
	"an environment rule must not have both \"pattern\" and \"name\""

static int make_variable(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct mnd_variable_rule *rule)
{
	struct variable variable = { NULL };
	bool required = false, whole, split;
	int err;

	err = take_variable(import, value, &variable);
	if (!err)
		err = mnd_value_boolean(import, variable.required, &required);
	if (err)
		return err;
	whole = variable.pattern && variable.strategy;
	split = variable.name && variable.name_strategy && variable.value &&
		variable.value_strategy;
	if (whole && split)
		return mnd_value_refuse(import, value, BOTH_FORMS);
	if (whole)
		return make_whole(import, &variable, required, rule);
	if (split)
		return make_split(import, &variable, required, rule);
	return make_none(import, value, required, rule);
}

/**
 * mnd_rego_variables - Read environment rules
 *
 * @import: Import.
 * @list: Array of them, or NULL.
 * @rules: Written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no such array.
 * - -E2BIG: An expression is over a limit of mnd_hcsshim_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_rego_variables(struct mnd_import *import, const struct mnd_value *list,
		       struct mnd_variable_rules *rules)
{
	size_t i;
	int err;

	rules->given = true;
	if (!list)
		return 0;
	err = mnd_value_want(import, list, MND_VALUE_ARRAY);
	if (err)
		return err;
	rules->count = list->count;
	rules->rules = mnd_arena_alloc(&import->policy->arena, list->count,
				       sizeof(*rules->rules));
	if (!rules->rules)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; !err && i < list->count; i++)
		err = make_variable(import, &list->items[i], &rules->rules[i]);
	return err;
}

/* A mount. */
struct volume {
	const struct mnd_value *destination;
	const struct mnd_value *options;
	const struct mnd_value *source;
	const struct mnd_value *type;
};

static int take_volume(struct mnd_import *import, const struct mnd_value *value,
		       struct volume *volume, bool *complete)
{
	const struct mnd_value_pick picks[] = {
		{ "destination", &volume->destination },
		{ "options", &volume->options },
		{ "source", &volume->source },
		{ "type", &volume->type },
	};
	const struct mnd_value_picks all = { "a mount", picks,
					     ARRAY_SIZE(picks) };

	return mnd_rego_take(import, value, &all, ARRAY_SIZE(picks),
			     "nothing is allowed by a mount that", complete);
}

/* Adds a mount to the rules, unless none would be like it. */
static int add_volume(struct mnd_import *import, const struct mnd_value *value,
		      struct mnd_volume_rules *rules)
{
	struct mnd_text destination, source, type;
	const struct mnd_text *options = NULL;
	struct volume volume = { NULL };
	size_t count = 0;
	bool complete;
	int err;

	err = take_volume(import, value, &volume, &complete);
	if (err || !complete)
		return err;
	err = mnd_value_text(import, volume.destination, &destination);
	if (!err)
		err = mnd_value_texts(import, volume.options, &options, &count);
	if (!err)
		err = mnd_value_text(import, volume.source, &source);
	if (!err)
		err = mnd_value_text(import, volume.type, &type);
	return err ? err :
		     mnd_hcsshim_volume(import, &type, &destination, &source,
					options, count,
					&rules->rules[rules->count++]);
}

/**
 * mnd_rego_volumes - Read mounts
 *
 * @import: Import.
 * @list: Array of them, or NULL.
 * @rules: Written.
 *
 * Return: As mnd_rego_variables().
 */
int mnd_rego_volumes(struct mnd_import *import, const struct mnd_value *list,
		     struct mnd_volume_rules *rules)
{
	size_t i;
	int err;

	if (!list)
		return 0;
	err = mnd_value_want(import, list, MND_VALUE_ARRAY);
	if (err)
		return err;
	rules->rules = mnd_arena_alloc(&import->policy->arena, list->count,
				       sizeof(*rules->rules));
	if (!rules->rules)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; !err && i < list->count; i++)
		err = add_volume(import, &list->items[i], rules);
	return err;
}
