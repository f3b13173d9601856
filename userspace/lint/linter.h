/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the search for what is probably not meant share.
 */

#ifndef _MANDATE_LINTER_H
#define _MANDATE_LINTER_H

#include "lint.h"
#include "../toml/toml.h"

/**
 * struct mnd_linter - A table that is looked through
 *
 * @table: Verified table.
 * @policy: Where warnings are added.
 * @possible: A bit for each pattern that some string matches.
 * @seen: A bit for each list of variables that was looked at.
 * @what: What is being looked at, for messages.
 * @place: Where that was written.
 * @err: 0, or -ENOMEM.
 */
struct mnd_linter {
	const struct mnd_table *table;
	struct mnd_policy_source *policy;
	u64 *possible;
	u64 *seen;
	char what[MND_NAME_SIZE_MAX + 32];
	struct mnd_place place;
	int err;
};

/* lint.c */
__printf(2, 3) void mnd_lint_warn(struct mnd_linter *linter, const char *format,
				  ...);

/* match.c */
int mnd_lint_find_possible(struct mnd_linter *linter);
bool mnd_lint_is_possible(const struct mnd_linter *linter, __le32 matcher);
void mnd_lint_quote(const struct mnd_linter *linter, __le32 matcher,
		    char quoted[MND_TOML_QUOTED_SIZE]);
void mnd_lint_match(struct mnd_linter *linter, const char *what,
		    __le32 matcher);

/* context.c */
void mnd_lint_variables(struct mnd_linter *linter, __le32 list);
void mnd_lint_context(struct mnd_linter *linter,
		      const struct mnd_process *process);

#endif /* _MANDATE_LINTER_H */
