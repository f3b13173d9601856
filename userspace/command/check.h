/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of `mandate check` share.
 */

#ifndef _MANDATE_CMD_CHECK_H
#define _MANDATE_CMD_CHECK_H

#include "../../lsm/core/decide.h"
#include "cli.h"

/**
 * struct mnd_words - Values of an option that can be given more than once
 *
 * @words: Values, in their order.
 * @count: How many.
 */
struct mnd_words {
	const char **words;
	u32 count;
};

/**
 * struct mnd_facts_choices - What the command line says about a process
 *
 * An option that is not given is NULL, one without a value is "".
 *
 * @cwd: --cwd.
 * @user: --user.
 * @umask: --umask.
 * @capabilities: --capabilities.
 * @sets: --bounding and the others, by enum mnd_capability_set.
 * @no_new_privs: --no-new-privs.
 * @no_stdio: --no-stdio.
 * @no_env: --no-env.
 * @no_groups: --no-groups.
 * @no_filters: --no-filters.
 * @env: --env.
 * @groups: --group.
 * @filters: --filter.
 */
struct mnd_facts_choices {
	const char *cwd;
	const char *user;
	const char *umask;
	const char *capabilities;
	const char *sets[__MND_CAPABILITY_SET_MAX];
	const char *no_new_privs;
	const char *no_stdio;
	const char *no_env;
	const char *no_groups;
	const char *no_filters;
	struct mnd_words env;
	struct mnd_words groups;
	struct mnd_words filters;
};

/**
 * struct mnd_check_answer - A decision to be told
 *
 * @table: Table that was asked.
 * @verdict: What was decided.
 * @is_mount: Whether it is about a mount.
 */
struct mnd_check_answer {
	const struct mnd_table *table;
	const struct mnd_verdict *verdict;
	bool is_mount;
};

/* check_facts.c */
int mnd_check_bad_word(const char *option, const char *word);
char *mnd_check_join(const char *const words[], u32 count, size_t *size);
int mnd_check_facts(const struct mnd_facts_choices *choices,
		    const struct mnd_table *table,
		    struct mnd_process_facts *facts);
void mnd_check_free_facts(struct mnd_process_facts *facts);

/* check_answer.c */
int mnd_check_answer(const struct mnd_check_answer *answer, bool json);

#endif /* _MANDATE_CMD_CHECK_H */
