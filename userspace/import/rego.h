/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The data in a Rego module: rules whose value is written down.
 */

#ifndef _MANDATE_IMPORT_REGO_H
#define _MANDATE_IMPORT_REGO_H

#include "value.h"

/* Limit: rules of a module. */
#define MND_REGO_MAX_RULES 1024

/* In the message about a module that is refused because it has more than data. */
#define MND_REGO_ONLY_DATA "only data can be imported"

/**
 * struct mnd_rego_rule - A rule
 *
 * @name: Name.
 * @place: Of the name.
 * @is_default: It only counts if there is no other rule of the name.
 * @value: Value, if there is neither a reference nor a parameter missing.
 * @reference: The value is that of this rule of package framework; or NULL.
 * @inner_reference: Place of a reference that is only a part of the value,
 *	which then has a null there; or zero.
 * @missing: Name of a parameter that has no value, so that the rule has none
 *	either; or NULL.
 */
struct mnd_rego_rule {
	const char *name;
	struct mnd_place place;
	bool is_default;
	struct mnd_value value;
	const char *reference;
	struct mnd_place inner_reference;
	const char *missing;
};

/**
 * struct mnd_rego_module - A module
 *
 * @package: Name of its package.
 * @package_place: Place of that name.
 * @rules: Rules, in the order of the text; no two of a name, but for a default.
 * @count: How many.
 * @inserted: Values that parameters have put into the rules.
 */
struct mnd_rego_module {
	const char *package;
	struct mnd_place package_place;
	struct mnd_rego_rule *rules;
	size_t count;
	size_t inserted;
};

/* rego.c */
int mnd_rego_read(struct mnd_arena *arena, const char *text, size_t length,
		  const struct mnd_value *parameters,
		  struct mnd_rego_module *module, struct mnd_error *error);
const struct mnd_rego_rule *mnd_rego_find(const struct mnd_rego_module *module,
					  const char *name);

/* rego_parameter.c */
int mnd_rego_resolve(struct mnd_rego_module *module,
		     const struct mnd_value *parameters,
		     struct mnd_rego_rule *rule, struct mnd_error *error);

#endif /* _MANDATE_IMPORT_REGO_H */
