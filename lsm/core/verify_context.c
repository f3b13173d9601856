// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Verification of what a process must be like: environment, user, groups and
 * capabilities.
 */

#include "verifier.h"

/**
 * mnd_verify_variables - Check the variables
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_VARIABLE or %MND_REJECT_MATCHER.
 */
int mnd_verify_variables(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 i;
	int err;

	/* One bit of a word that names a variable means something else. */
	if (table->count[MND_SECTION_VARIABLE] > MND_LIST_MAX)
		return reject(v, MND_REJECT_VARIABLE, table->variables);
	for (i = 0; i < table->count[MND_SECTION_VARIABLE]; i++) {
		const struct mnd_variable *const variable =
			&table->variables[i];

		if (le32_to_cpu(variable->name) == MND_MATCH_WHOLE) {
			err = mnd_verify_matcher(v, &variable->value,
						 MND_SPACE_VARIABLE);
		} else {
			err = mnd_verify_matcher(v, &variable->name,
						 MND_SPACE_NAME);
			if (!err)
				err = mnd_verify_matcher(v, &variable->value,
							 MND_SPACE_VALUE);
		}
		if (err)
			return err;
	}
	return 0;
}

/* It is told by its number, or by its name, which a number may stand for. */
static bool is_principal(const struct mnd_principal *const principal)
{
	const bool any = le32_to_cpu(principal->name) == MND_MATCH_ANY;

	switch (le32_to_cpu(principal->flags)) {
	case 0:
		return !principal->id;
	case MND_PRINCIPAL_ID:
		return any;
	case MND_PRINCIPAL_RESOLVED:
		return !any;
	}
	return false;
}

/**
 * mnd_verify_principals - Check the users and groups
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_PRINCIPAL or %MND_REJECT_MATCHER.
 */
int mnd_verify_principals(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 i;
	int err;

	for (i = 0; i < table->count[MND_SECTION_PRINCIPAL]; i++) {
		const struct mnd_principal *const principal =
			&table->principals[i];

		if (!is_principal(principal))
			return reject(v, MND_REJECT_PRINCIPAL, principal);
		err = mnd_verify_matcher(v, &principal->name,
					 MND_SPACE_PRINCIPAL);
		if (err)
			return err;
	}
	return 0;
}

static bool are_zero(const struct mnd_capabilities *const capabilities)
{
	u32 i;

	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++)
		if (capabilities->sets[i] || capabilities->lengths[i])
			return false;
	return true;
}

/**
 * mnd_verify_capabilities - Check the capabilities
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_CAPABILITIES.
 */
int mnd_verify_capabilities(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_CAPABILITIES]; i++) {
		const struct mnd_capabilities *const capabilities =
			&table->capabilities[i];
		const u16 rule = le16_to_cpu(capabilities->rule);

		if (rule >= __MND_CAPABILITY_RULE_MAX ||
		    capabilities->reserved ||
		    (rule != MND_CAPABILITIES_EQUAL && !are_zero(capabilities)))
			return reject(v, MND_REJECT_CAPABILITIES, capabilities);
	}
	return 0;
}

/**
 * mnd_verify_identities - Check as whom processes run
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_IDENTITY or %MND_REJECT_MATCHER.
 */
int mnd_verify_identities(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 i;
	int err;

	for (i = 0; i < table->count[MND_SECTION_IDENTITY]; i++) {
		const struct mnd_identity *const identity =
			&table->identities[i];

		if (!is_index(v, identity->user, MND_SECTION_PRINCIPAL))
			return reject(v, MND_REJECT_IDENTITY, &identity->user);
		if (!is_list_or_none(v, identity->groups, MND_LIST_PRINCIPALS))
			return reject(v, MND_REJECT_IDENTITY,
				      &identity->groups);
		err = mnd_verify_exact(v, &identity->umask);
		if (err)
			return err;
	}
	return 0;
}

static int verify_context(const struct verifier *const v,
			  const struct mnd_context *const context)
{
	int err;

	if (!is_list_or_none(v, context->variables, MND_LIST_VARIABLES))
		return reject(v, MND_REJECT_CONTEXT, &context->variables);
	if (!is_index(v, context->identity, MND_SECTION_IDENTITY))
		return reject(v, MND_REJECT_CONTEXT, &context->identity);
	if (!is_index(v, context->capabilities, MND_SECTION_CAPABILITIES))
		return reject(v, MND_REJECT_CONTEXT, &context->capabilities);
	if (!is_list_or_none(v, context->filters, MND_LIST_DIGESTS))
		return reject(v, MND_REJECT_CONTEXT, &context->filters);
	if (le32_to_cpu(context->flags) & ~MND_CONTEXT_FLAGS)
		return reject(v, MND_REJECT_CONTEXT, &context->flags);
	err = mnd_verify_matcher(v, &context->cwd, MND_SPACE_DIRECTORY);
	return err ? err : mnd_verify_exact(v, &context->profile);
}

/**
 * mnd_verify_contexts - Check the contexts
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_CONTEXT or %MND_REJECT_MATCHER.
 */
int mnd_verify_contexts(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 i;
	int err;

	for (i = 0; i < table->count[MND_SECTION_CONTEXT]; i++) {
		err = verify_context(v, &table->contexts[i]);
		if (err)
			return err;
	}
	return 0;
}
