// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads what a process has to be like, apart from its arguments.
 */

#include "reader.h"

/* What a process is compared with that no key says anything about. */
const struct mnd_context_rule mnd_any_context = {
	.flags = MND_CONTEXT_STDIO,
};

static int read_capabilities(struct mnd_toml_reader *reader,
			     const struct mnd_toml_value *value, void *member)
{
	struct mnd_context_rule *const *context = member;

	return mnd_policy_read_capabilities(reader, value,
					    &(*context)->capabilities);
}

static int read_cwd(struct mnd_toml_reader *reader,
		    const struct mnd_toml_value *value, void *member)
{
	struct mnd_context_rule *const *context = member;

	return mnd_policy_read_match(reader, value, &(*context)->cwd);
}

static int read_environment(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value, void *member)
{
	struct mnd_context_rule *const *context = member;

	return mnd_policy_read_environment(reader, value,
					   &(*context)->variables);
}

static int read_groups(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, void *member)
{
	struct mnd_context_rule *const *context = member;

	return mnd_policy_read_groups(reader, value, &(*context)->identity);
}

static int read_no_new_privileges(struct mnd_toml_reader *reader,
				  const struct mnd_toml_value *value,
				  void *member)
{
	struct mnd_context_rule *const *context = member;

	return mnd_toml_read_flag(reader, value, &(*context)->flags,
				  MND_CONTEXT_NO_NEW_PRIVS);
}

static int read_profile(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	struct mnd_context_rule *const *context = member;

	return mnd_policy_read_no_pattern(reader, value, &(*context)->profile);
}

static int read_filters(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value,
			struct mnd_context_rule *context)
{
	context->has_filters = true;
	return mnd_toml_read_digests(reader, value, &context->filters,
				     &context->filter_count);
}

static int read_seccomp(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	static const char *const words[] = { "any", "required" };
	struct mnd_context_rule *context = *(struct mnd_context_rule **)member;
	size_t choice = 0;
	int err;

	context->flags &= ~MND_CONTEXT_FILTERED;
	if (value->type == MND_TOML_ARRAY)
		return read_filters(reader, value, context);
	context->has_filters = false;
	err = mnd_toml_read_choice(reader, value, words, ARRAY_SIZE(words),
				   &choice);
	if (choice)
		context->flags |= MND_CONTEXT_FILTERED;
	return err;
}

static int read_stdio(struct mnd_toml_reader *reader,
		      const struct mnd_toml_value *value, void *member)
{
	struct mnd_context_rule *const *context = member;

	return mnd_toml_read_flag(reader, value, &(*context)->flags,
				  MND_CONTEXT_STDIO);
}

static int read_umask(struct mnd_toml_reader *reader,
		      const struct mnd_toml_value *value, void *member)
{
	struct mnd_context_rule *const *context = member;

	return mnd_policy_read_umask(reader, value,
				     &(*context)->identity.umask);
}

static int read_user(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value, void *member)
{
	struct mnd_context_rule *const *context = member;

	return mnd_policy_read_user(reader, value, &(*context)->identity.user);
}

#define CONTEXT offsetof(struct mnd_process_keys, context)

static const struct mnd_toml_key context_keys[] = {
	{ "capabilities", read_capabilities, CONTEXT },
	{ "cwd", read_cwd, CONTEXT },
	{ "environment", read_environment, CONTEXT },
	{ "groups", read_groups, CONTEXT },
	{ "no_new_privileges", read_no_new_privileges, CONTEXT },
	{ "seccomp", read_seccomp, CONTEXT },
	{ "seccomp_profile", read_profile, CONTEXT },
	{ "stdio", read_stdio, CONTEXT },
	{ "umask", read_umask, CONTEXT },
	{ "user", read_user, CONTEXT },
};

/* Of a process that an agent starts outside of containers. */
static const struct mnd_toml_key external_keys[] = {
	{ "cwd", read_cwd, CONTEXT },
	{ "environment", read_environment, CONTEXT },
	{ "stdio", read_stdio, CONTEXT },
};

const struct mnd_toml_form mnd_context_form = {
	.keys = context_keys,
	.count = ARRAY_SIZE(context_keys),
};

const struct mnd_toml_form mnd_external_form = {
	.keys = external_keys,
	.count = ARRAY_SIZE(external_keys),
};
