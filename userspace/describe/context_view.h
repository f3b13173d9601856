/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A context of a table, as the keys that a policy writes it with.
 */

#ifndef _MANDATE_CONTEXT_VIEW_H
#define _MANDATE_CONTEXT_VIEW_H

#include "../../lsm/core/table.h"

enum mnd_context_key {
	MND_CONTEXT_CWD,
	MND_CONTEXT_USER,
	MND_CONTEXT_GROUPS,
	MND_CONTEXT_UMASK,
	MND_CONTEXT_CAPABILITIES,
	MND_CONTEXT_NO_NEW_PRIVILEGES,
	MND_CONTEXT_STREAMS,
	MND_CONTEXT_SECCOMP,
	MND_CONTEXT_PROFILE,
	MND_CONTEXT_ENVIRONMENT,
	__MND_CONTEXT_KEY_MAX,
};

/**
 * struct mnd_context_view - A context
 *
 * @variables: List of variables, or %MND_LIST_NONE.
 * @cwd: Matcher.
 * @user: Principal.
 * @groups: List of principals, or %MND_LIST_NONE.
 * @umask: Matcher.
 * @capabilities: Capabilities.
 * @profile: Matcher.
 * @filters: List of digests, or %MND_LIST_NONE.
 * @flags: MND_CONTEXT_*.
 */
struct mnd_context_view {
	u32 variables;
	u32 cwd;
	const struct mnd_principal *user;
	u32 groups;
	u32 umask;
	const struct mnd_capabilities *capabilities;
	u32 profile;
	u32 filters;
	u32 flags;
};

/* What any process is like. */
extern const struct mnd_context_view mnd_context_any;
/* What a policy calls them. */
extern const char *const mnd_context_words[__MND_CONTEXT_KEY_MAX];

struct mnd_context_view mnd_context_view(const struct mnd_table *table,
					 const struct mnd_process *process);
bool mnd_context_same(const struct mnd_context_view *a,
		      const struct mnd_context_view *b,
		      enum mnd_context_key key);

#endif /* _MANDATE_CONTEXT_VIEW_H */
