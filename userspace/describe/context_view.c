// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A context of a table, as the keys that a policy writes it with.
 */

#include "context_view.h"

/* Both are the same in any order of bytes. */
static const struct mnd_principal anybody = {
	.name = (__le32)MND_MATCH_ANY,
};

static const struct mnd_capabilities any_capabilities = {
	.rule = (__le16)MND_CAPABILITIES_ANY,
};

const struct mnd_context_view mnd_context_any = {
	.variables = MND_LIST_NONE,
	.cwd = MND_MATCH_ANY,
	.user = &anybody,
	.groups = MND_LIST_NONE,
	.umask = MND_MATCH_ANY,
	.capabilities = &any_capabilities,
	.profile = MND_MATCH_ANY,
	.filters = MND_LIST_NONE,
	.flags = MND_CONTEXT_STDIO,
};

const char *const mnd_context_words[__MND_CONTEXT_KEY_MAX] = {
	[MND_CONTEXT_CWD] = "cwd",
	[MND_CONTEXT_USER] = "user",
	[MND_CONTEXT_GROUPS] = "groups",
	[MND_CONTEXT_UMASK] = "umask",
	[MND_CONTEXT_CAPABILITIES] = "capabilities",
	[MND_CONTEXT_NO_NEW_PRIVILEGES] = "no_new_privileges",
	[MND_CONTEXT_STREAMS] = "stdio",
	[MND_CONTEXT_SECCOMP] = "seccomp",
	[MND_CONTEXT_PROFILE] = "seccomp_profile",
	[MND_CONTEXT_ENVIRONMENT] = "environment",
};

/**
 * mnd_context_view - The context of a process rule
 *
 * @table: Verified table.
 * @process: Process rule of it.
 *
 * Return: Its context.
 */
struct mnd_context_view mnd_context_view(const struct mnd_table *table,
					 const struct mnd_process *process)
{
	const struct mnd_context *context =
		&table->contexts[le32_to_cpu(process->context)];
	const struct mnd_identity *identity =
		&table->identities[le32_to_cpu(context->identity)];
	const u32 capabilities = le32_to_cpu(context->capabilities);

	return (struct mnd_context_view){
		.variables = le32_to_cpu(context->variables),
		.cwd = le32_to_cpu(context->cwd),
		.user = &table->principals[le32_to_cpu(identity->user)],
		.groups = le32_to_cpu(identity->groups),
		.umask = le32_to_cpu(identity->umask),
		.capabilities = &table->capabilities[capabilities],
		.profile = le32_to_cpu(context->profile),
		.filters = le32_to_cpu(context->filters),
		.flags = le32_to_cpu(context->flags),
	};
}

/* Whether @a and @b have the same of @flags. */
static bool same_flags(const struct mnd_context_view *a,
		       const struct mnd_context_view *b, u32 flags)
{
	return !((a->flags ^ b->flags) & flags);
}

/**
 * mnd_context_same - Compare two contexts in one key
 *
 * @a: One context.
 * @b: Another one of the same table, or any.
 * @key: Key.
 *
 * Return: Whether they are the same there.  What is in a table twice may count
 * as different.
 */
bool mnd_context_same(const struct mnd_context_view *a,
		      const struct mnd_context_view *b,
		      enum mnd_context_key key)
{
	switch (key) {
	case MND_CONTEXT_CWD:
		return a->cwd == b->cwd;
	case MND_CONTEXT_USER:
		return !memcmp(a->user, b->user, sizeof(*a->user));
	case MND_CONTEXT_GROUPS:
		return a->groups == b->groups;
	case MND_CONTEXT_UMASK:
		return a->umask == b->umask;
	case MND_CONTEXT_CAPABILITIES:
		return !memcmp(a->capabilities, b->capabilities,
			       sizeof(*a->capabilities));
	case MND_CONTEXT_NO_NEW_PRIVILEGES:
		return same_flags(a, b, MND_CONTEXT_NO_NEW_PRIVS);
	case MND_CONTEXT_STREAMS:
		return same_flags(a, b, MND_CONTEXT_STDIO);
	case MND_CONTEXT_SECCOMP:
		return a->filters == b->filters &&
		       same_flags(a, b, MND_CONTEXT_FILTERED);
	case MND_CONTEXT_PROFILE:
		return a->profile == b->profile;
	case MND_CONTEXT_ENVIRONMENT:
		return a->variables == b->variables;
	case __MND_CONTEXT_KEY_MAX:
		break;
	}
	return false;
}
