// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Looks for environments that decide what a process executes, and for
 * processes that nobody can be.
 */

#include "../../lsm/core/match.h"
#include "../describe/context_view.h"
#include "linter.h"

/* What the dynamic loader takes code from. */
static const char *const loader_names[] = { "LD_PRELOAD", "LD_AUDIT",
					    "LD_LIBRARY_PATH" };

static bool string_matches(const struct mnd_table *table, __le32 matcher,
			   const char *string)
{
	return mnd_match(table, le32_to_cpu(matcher), string,
			 string + strlen(string) + 1);
}

/* Whether a variable can have this name, and a value that nobody has thought of. */
static bool accepts(const struct mnd_table *table,
		    const struct mnd_variable *variable, const char *name)
{
	static const char value[] = "/nowhere/0q_Z~.so";
	char string[64];

	if (le32_to_cpu(variable->name) != MND_MATCH_WHOLE)
		return string_matches(table, variable->name, name) &&
		       string_matches(table, variable->value, value);
	stpcpy(stpcpy(stpcpy(string, name), "="), value);
	return string_matches(table, variable->value, string);
}

static void lint_variable(struct mnd_linter *linter, u32 word)
{
	const struct mnd_table *table = linter->table;
	const struct mnd_variable *variable =
		&table->variables[word & ~MND_VARIABLE_REQUIRED];
	const bool whole = le32_to_cpu(variable->name) == MND_MATCH_WHOLE;
	char quoted[MND_TOML_QUOTED_SIZE];
	size_t i;

	mnd_lint_quote(linter, whole ? variable->value : variable->name,
		       quoted);
	if (!mnd_lint_is_possible(linter, variable->value) ||
	    (!whole && !mnd_lint_is_possible(linter, variable->name))) {
		mnd_lint_warn(linter, "environment: nothing is like %s%s",
			      quoted,
			      word & MND_VARIABLE_REQUIRED ?
				      ", which is required" :
				      "");
		return;
	}
	if (accepts(table, variable, "q0_Zz9")) {
		mnd_lint_warn(linter, "environment: %s accepts any variable",
			      quoted);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(loader_names); i++)
		if (accepts(table, variable, loader_names[i]))
			mnd_lint_warn(linter,
				      "environment: %s accepts %s=", quoted,
				      loader_names[i]);
}

/**
 * mnd_lint_variables - Look at a list of variables, once
 *
 * @linter: Linter.
 * @list: List of variables, or %MND_LIST_NONE.
 */
void mnd_lint_variables(struct mnd_linter *linter, __le32 list)
{
	const u32 number = le32_to_cpu(list);
	const __le32 *words;
	u32 count, i;

	if (number == MND_LIST_NONE ||
	    (linter->seen[number / 64] >> number % 64 & 1))
		return;
	linter->seen[number / 64] |= 1ULL << number % 64;
	words = mnd_list_words(linter->table, list);
	count = mnd_list_count(linter->table, list);
	for (i = 0; i < count; i++)
		lint_variable(linter, le32_to_cpu(words[i]));
}

/**
 * mnd_lint_context - Look at what a process has to be like
 *
 * @linter: Linter.
 * @process: Its rule.
 */
void mnd_lint_context(struct mnd_linter *linter,
		      const struct mnd_process *process)
{
	const struct mnd_table *table = linter->table;
	const struct mnd_context_view context =
		mnd_context_view(table, process);

	mnd_lint_match(linter, "cwd", cpu_to_le32(context.cwd));
	mnd_lint_match(linter, "user", context.user->name);
	mnd_lint_match(linter, "umask", cpu_to_le32(context.umask));
	mnd_lint_match(linter, "seccomp_profile", cpu_to_le32(context.profile));
	if (le16_to_cpu(context.capabilities->rule) == MND_CAPABILITIES_NONE)
		mnd_lint_warn(linter, "no capabilities are right");
	mnd_lint_variables(linter, cpu_to_le32(context.variables));
}
