/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What a process is like, apart from its arguments, and whether that is what
 * a context of a table wants.
 */

#ifndef _MANDATE_CORE_CONTEXT_H
#define _MANDATE_CORE_CONTEXT_H

#include "decide.h"

/**
 * struct mnd_stray - Why an environment is wrong
 *
 * @string: Number of the first string, from 0, that no variable allows;
 *	%MND_NONE if there is none.
 * @variable: The first variable that is required and that no string is like;
 *	%MND_NONE if there is none.
 */
struct mnd_stray {
	u32 string;
	u32 variable;
};

/* match_variables.c */
u32 mnd_scratch_words(const struct mnd_table *table);
u32 mnd_match_variables(const struct mnd_table *table, __le32 list,
			const struct mnd_environment *environment, u64 *scratch,
			u64 *matched, struct mnd_stray *stray);

/* match_identity.c */
bool mnd_match_principal(const struct mnd_table *table, __le32 principal,
			 u32 id, bool has_id, const char *name);
bool mnd_match_groups(const struct mnd_table *table, __le32 groups,
		      const struct mnd_process_facts *facts);

/* match_capabilities.c */
void mnd_default_capabilities(bool privileged,
			      u64 sets[__MND_CAPABILITY_SET_MAX]);
bool mnd_match_capabilities(const struct mnd_capabilities *capabilities,
			    bool may_be_privileged,
			    const struct mnd_process_facts *facts);

/* match_context.c */
enum mnd_dimension mnd_match_context(const struct mnd_table *table,
				     __le32 context, bool may_be_privileged,
				     const struct mnd_process_facts *facts,
				     struct mnd_stray *stray);

#endif /* _MANDATE_CORE_CONTEXT_H */
