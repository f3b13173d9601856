// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Puts the values of parameters into the data of a Rego module.
 */

#include "../toml/toml.h"
#include "rego_term.h"

#define API "parameters_api"

/**
 * struct resolver - A rule whose parameters get their values
 *
 * @given: Object of parameters.
 * @api: The module's own account of its parameters, or NULL.
 * @refusal: Why there can be none, or NULL.
 * @rule: The rule.
 * @inserted: Values that all parameters of the module have put into it.
 * @error: Written after an error.
 */
struct resolver {
	const struct mnd_value *given;
	const struct mnd_value *api;
	const char *refusal;
	struct mnd_rego_rule *rule;
	size_t *inserted;
	struct mnd_error *error;
};

static int fail_at(const struct resolver *resolver,
		   const struct mnd_value *value, const char *text)
{
	return mnd_fail(resolver->error, value->place.line, value->place.column,
			"%s", text);
}

/* Calls itself as often as values are nested, and that is bounded. */
static size_t count_values(const struct mnd_value *value)
{
	size_t count = 1;
	size_t i;

	if (value->type == MND_VALUE_ARRAY)
		for (i = 0; i < value->count; i++)
			count += count_values(&value->items[i]);
	if (value->type == MND_VALUE_OBJECT)
		for (i = 0; i < value->count; i++)
			count += count_values(&value->members[i].value);
	return count;
}

/* One value can be put into many places, and each has to be paid for. */
static int insert(const struct resolver *resolver,
		  const struct mnd_value *found, struct mnd_value *value)
{
	const struct mnd_place place = value->place;

	*resolver->inserted += count_values(found);
	if (*resolver->inserted > MND_VALUE_MAX_COUNT)
		return fail_at(resolver, value,
			       "the parameters have too many values");
	*value = *found;
	value->place = place;
	return 0;
}

static const struct mnd_value *parameter_value(const struct resolver *resolver,
					       const char *name)
{
	const struct mnd_value *found = mnd_value_find(resolver->given, name);

	if (found || !resolver->api)
		return found;
	found = mnd_value_find(resolver->api, name);
	return found ? mnd_value_find(found, "default") : NULL;
}

static int resolve_parameter(const struct resolver *resolver,
			     struct mnd_value *value)
{
	const struct mnd_value *found;
	size_t i;

	if (resolver->refusal)
		return fail_at(resolver, value, resolver->refusal);
	found = parameter_value(resolver, value->text);
	for (i = 0; found && i < value->count; i++)
		found = mnd_value_find(found, value->items[i].text);
	if (found)
		return insert(resolver, found, value);
	if (!resolver->rule->missing)
		resolver->rule->missing = value->text;
	return 0;
}

static int resolve_children(const struct resolver *resolver,
			    struct mnd_value *value);

/* Calls itself as often as values are nested, and that is bounded. */
static int resolve(const struct resolver *resolver, struct mnd_value *value)
{
	if (mnd_rego_is_parameter(value))
		return resolve_parameter(resolver, value);
	if (mnd_rego_is_reference(value)) {
		resolver->rule->inner_reference = value->place;
		return 0;
	}
	return resolve_children(resolver, value);
}

static int resolve_children(const struct resolver *resolver,
			    struct mnd_value *value)
{
	size_t i;
	int err = 0;

	if (value->type == MND_VALUE_ARRAY)
		for (i = 0; !err && i < value->count; i++)
			err = resolve(resolver, &value->items[i]);
	if (value->type == MND_VALUE_OBJECT)
		for (i = 0; !err && i < value->count; i++)
			err = resolve(resolver, &value->members[i].value);
	return err;
}

static const char *refusal(const struct mnd_value *parameters,
			   const struct mnd_rego_rule *rule)
{
	if (!parameters)
		return "only a fragment has parameters";
	if (!strcmp(rule->name, API))
		return "parameters cannot say themselves what parameters are";
	if (rule->is_default)
		return "a default cannot have parameters";
	return NULL;
}

/**
 * mnd_rego_resolve - Put the values of parameters into a rule
 *
 * One that is not given has the default that the rule parameters_api names.
 *
 * @module: Module of the rule.
 * @parameters: Object of parameters; or NULL if there can be none.
 * @rule: Rule; a reference that is all of its value moves out of that.
 * @error: Written after an error.
 *
 * Return: 0, or -EINVAL: it has a parameter, and there can be none; or all
 * values of all parameters are too many.
 */
int mnd_rego_resolve(struct mnd_rego_module *module,
		     const struct mnd_value *parameters,
		     struct mnd_rego_rule *rule, struct mnd_error *error)
{
	const struct mnd_rego_rule *api = mnd_rego_find(module, API);
	const struct resolver resolver = {
		.given = parameters,
		.api = api ? &api->value : NULL,
		.refusal = refusal(parameters, rule),
		.rule = rule,
		.inserted = &module->inserted,
		.error = error,
	};

	if (!mnd_rego_is_reference(&rule->value))
		return resolve(&resolver, &rule->value);
	if (rule->is_default)
		return fail_at(&resolver, &rule->value,
			       "a default cannot be a reference");
	rule->reference = rule->value.text;
	return 0;
}
