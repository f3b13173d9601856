// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Whether a process is what a context wants.  What a context wants and nobody
 * can tell is denied: a fact that a kernel does not know cannot be right.
 */

#include "context.h"
#include "match.h"

static bool string_matches(const struct mnd_table *const table,
			   const __le32 matcher, const char *const string)
{
	return mnd_match(table, le32_to_cpu(matcher), string,
			 string + strlen(string) + 1);
}

static bool variables_match(const struct mnd_table *const table,
			    const struct mnd_context *const context,
			    const struct mnd_process_facts *const facts,
			    struct mnd_stray *const stray)
{
	if (le32_to_cpu(context->variables) == MND_LIST_NONE)
		return true;
	if (!(facts->known & MND_FACT_ENVIRONMENT))
		return false;
	mnd_match_variables(table, context->variables, &facts->environment,
			    facts->scratch, NULL, stray);
	return stray->string == MND_NONE && stray->variable == MND_NONE;
}

static bool cwd_matches(const struct mnd_table *const table,
			const struct mnd_context *const context,
			const struct mnd_process_facts *const facts)
{
	if (le32_to_cpu(context->cwd) == MND_MATCH_ANY)
		return true;
	return (facts->known & MND_FACT_CWD) && facts->cwd &&
	       string_matches(table, context->cwd, facts->cwd);
}

static bool user_matches(const struct mnd_table *const table,
			 const struct mnd_identity *const identity,
			 const struct mnd_process_facts *const facts)
{
	const struct mnd_principal *const user =
		&table->principals[le32_to_cpu(identity->user)];

	if (!user->flags && le32_to_cpu(user->name) == MND_MATCH_ANY)
		return true;
	return (facts->known & MND_FACT_USER) &&
	       mnd_match_principal(table, identity->user, facts->user, true,
				   facts->user_name);
}

static bool groups_match(const struct mnd_table *const table,
			 const struct mnd_identity *const identity,
			 const struct mnd_process_facts *const facts)
{
	if (le32_to_cpu(identity->groups) == MND_LIST_NONE)
		return true;
	return (facts->known & MND_FACT_GROUPS) &&
	       mnd_match_groups(table, identity->groups, facts);
}

static bool umask_matches(const struct mnd_table *const table,
			  const struct mnd_identity *const identity,
			  const struct mnd_process_facts *const facts)
{
	if (le32_to_cpu(identity->umask) == MND_MATCH_ANY)
		return true;
	return (facts->known & MND_FACT_UMASK) &&
	       string_matches(table, identity->umask, facts->umask);
}

static bool capabilities_match(const struct mnd_table *const table,
			       const struct mnd_context *const context,
			       const bool may_be_privileged,
			       const struct mnd_process_facts *const facts)
{
	const struct mnd_capabilities *const capabilities =
		&table->capabilities[le32_to_cpu(context->capabilities)];

	if (le16_to_cpu(capabilities->rule) == MND_CAPABILITIES_ANY)
		return true;
	return (facts->known & MND_FACT_CAPABILITIES) &&
	       mnd_match_capabilities(capabilities, may_be_privileged, facts);
}

static bool filters_match(const struct mnd_table *const table,
			  const struct mnd_context *const context,
			  const struct mnd_process_facts *const facts)
{
	const bool any = le32_to_cpu(context->filters) == MND_LIST_NONE;
	const bool filtered = le32_to_cpu(context->flags) &
			      MND_CONTEXT_FILTERED;
	const __le32 *words;
	u32 i;

	if (any && !filtered)
		return true;
	if (!(facts->known & MND_FACT_FILTERS))
		return false;
	if (any)
		return facts->filter_count;
	if (facts->filter_count != mnd_list_count(table, context->filters))
		return false;
	words = mnd_list_words(table, context->filters);
	for (i = 0; i < facts->filter_count; i++)
		if (memcmp(table->digests[le32_to_cpu(words[i])],
			   facts->filters[i], MND_HASH_SIZE))
			return false;
	return true;
}

static bool stdio_matches(const struct mnd_context *const context,
			  const struct mnd_process_facts *const facts)
{
	if (le32_to_cpu(context->flags) & MND_CONTEXT_STDIO)
		return true;
	return (facts->known & MND_FACT_STDIO) && !facts->stdio;
}

static bool privileges_match(const struct mnd_context *const context,
			     const struct mnd_process_facts *const facts)
{
	if (!(le32_to_cpu(context->flags) & MND_CONTEXT_NO_NEW_PRIVS))
		return true;
	return (facts->known & MND_FACT_NO_NEW_PRIVS) && facts->no_new_privs;
}

/**
 * mnd_match_context - Match a process against a context
 *
 * @table: Verified table.
 * @context: Context.
 * @may_be_privileged: The process may be of a privileged container.
 * @facts: What is known of the process.
 * @stray: Written for %MND_DIMENSION_ENVIRONMENT.
 *
 * Return: The first dimension that is wrong, or %MND_DIMENSION_NONE.
 */
enum mnd_dimension
mnd_match_context(const struct mnd_table *const table, const __le32 context,
		  const bool may_be_privileged,
		  const struct mnd_process_facts *const facts,
		  struct mnd_stray *const stray)
{
	const struct mnd_context *const c =
		&table->contexts[le32_to_cpu(context)];
	const struct mnd_identity *const identity =
		&table->identities[le32_to_cpu(c->identity)];

	/* The cheapest to look at come first, the environment last. */
	if (!privileges_match(c, facts))
		return MND_DIMENSION_NO_NEW_PRIVS;
	if (!stdio_matches(c, facts))
		return MND_DIMENSION_STDIO;
	if (!user_matches(table, identity, facts))
		return MND_DIMENSION_USER;
	if (!groups_match(table, identity, facts))
		return MND_DIMENSION_GROUPS;
	if (!umask_matches(table, identity, facts))
		return MND_DIMENSION_UMASK;
	if (!capabilities_match(table, c, may_be_privileged, facts))
		return MND_DIMENSION_CAPABILITIES;
	if (!filters_match(table, c, facts))
		return MND_DIMENSION_SECCOMP;
	if (!cwd_matches(table, c, facts))
		return MND_DIMENSION_CWD;
	if (!variables_match(table, c, facts, stray))
		return MND_DIMENSION_ENVIRONMENT;
	return MND_DIMENSION_NONE;
}
