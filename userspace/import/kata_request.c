// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a Kata policy answers requests by, apart from those that containers and
 * their processes are compared with.
 */

#include "../toml/toml.h"
#include "kata.h"

#define SIGNAL "SignalProcessRequest"

/* "CreateContainerRequest" of request_defaults */
struct create {
	struct mnd_texts variables;
};

/* "ExecProcessRequest" of request_defaults */
struct exec {
	const struct mnd_value *allowed;
	struct mnd_texts commands;
	struct mnd_texts patterns;
};

/* Requests that have no more than an answer, or what it depends on. */
#define FLAG_0 "AddARPNeighborsRequest"
#define FLAG_1 "CloseStdinRequest"
#define FLAG_2 "CopyFileRequest"
#define FLAG_3 "GetDiagnosticDataRequest"
#define FLAG_4 "ReadStreamRequest"
#define FLAG_5 "UpdateEphemeralMountsRequest"
#define FLAG_6 "UpdateInterfaceRequest"
#define FLAG_7 "UpdateRoutesRequest"
#define FLAG_8 "WriteStreamRequest"
#define FLAG_COUNT 9

/* "request_defaults" */
struct defaults {
	struct create create;
	struct exec exec;
	const struct mnd_value *flags[FLAG_COUNT];
};

/* What becomes of these, no warning has to say. */
static bool has_rules(const char *request)
{
	static const char *const known[] = {
		"DestroySandboxRequest",
		"RemoveContainerRequest",
		"SignalProcessRequest",
		"StartContainerRequest",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (!strcmp(known[i], request))
			return true;
	return false;
}

#define NO_RULE "%s is allowed, and nothing here decides on it"
#define ANY "%s is always allowed, but here only what is listed is"
#define FAILING                                                            \
	"AllowRequestsFailingPolicy has no effect: what no rule allows is" \
	" denied"

static int warn_allowed(struct mnd_import *import, const char *name,
			const struct mnd_place *place)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	if (!strcmp(name, "AllowRequestsFailingPolicy"))
		return mnd_hcsshim_warn(import, place, FAILING);
	mnd_toml_quote(name, strlen(name), quoted);
	if (!strcmp(name, "CreateContainerRequest") ||
	    !strcmp(name, "ExecProcessRequest"))
		return mnd_hcsshim_warn(import, place, ANY, quoted);
	return mnd_hcsshim_warn(import, place, NO_RULE, quoted);
}

static int warn_answers(struct mnd_kata *kata)
{
	const struct mnd_agent_answer *answer;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < kata->agent.answer_count; i++) {
		answer = &kata->agent.answers[i];
		if (answer->allowed && !has_rules(answer->name))
			err = warn_allowed(kata->import, answer->name,
					   &answer->place);
	}
	return err;
}

static bool is_allowed(const struct mnd_kata *kata, const char *name)
{
	const struct mnd_agent_answer *answer =
		mnd_agent_find(&kata->agent, name);

	return answer && answer->allowed;
}

/* Whoever may end a container may kill what it starts with. */
static void set_signals(struct mnd_kata *kata)
{
	if (is_allowed(kata, SIGNAL))
		kata->signals = ~0ULL;
	if (is_allowed(kata, SIGNAL) ||
	    is_allowed(kata, "RemoveContainerRequest") ||
	    is_allowed(kata, "DestroySandboxRequest"))
		kata->flags |= MND_SUBJECT_SHUTDOWN;
}

/* An agent of Kata does not ask; one that does gets what the rules say. */
static void set_answers(enum mnd_answer *answers)
{
	size_t i;

	for (i = 0; i < __MND_POINT_MAX; i++)
		answers[i] = MND_ANSWER_RULES;
	answers[MND_POINT_MOUNT_BLOCKDEV] = MND_ANSWER_DENY;
	answers[MND_POINT_UNMOUNT_BLOCKDEV] = MND_ANSWER_DENY;
	answers[MND_POINT_GET_PROPERTIES] = MND_ANSWER_DENY;
	answers[MND_POINT_DUMP_STACKS] = MND_ANSWER_DENY;
	answers[MND_POINT_RUNTIME_LOGGING] = MND_ANSWER_DENY;
	answers[MND_POINT_HOST_NETWORK] = MND_ANSWER_DENY;
}

static int read_create(struct mnd_import *import, const struct mnd_value *value,
		       void *member)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(create, variables, "allow_env_regex",
			       mnd_object_texts),
	};
	static const struct mnd_object_form form = {
		"\"CreateContainerRequest\"", keys, ARRAY_SIZE(keys), false
	};

	return mnd_object_read(import, value, &form, member);
}

static int read_exec(struct mnd_import *import, const struct mnd_value *value,
		     void *member)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(exec, allowed, "allowed_commands",
			       mnd_object_array),
		MND_OBJECT_KEY(exec, commands, "commands", mnd_object_texts),
		MND_OBJECT_KEY(exec, patterns, "regex", mnd_object_texts),
	};
	static const struct mnd_object_form form = { "\"ExecProcessRequest\"",
						     keys, ARRAY_SIZE(keys),
						     false };

	return mnd_object_read(import, value, &form, member);
}

#define FLAG(number) \
	MND_OBJECT_KEY(defaults, flags[number], FLAG_##number, mnd_object_keep)

static int read_defaults(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct defaults *defaults)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(defaults, create, "CreateContainerRequest",
			       read_create),
		MND_OBJECT_KEY(defaults, exec, "ExecProcessRequest", read_exec),
		FLAG(0),
		FLAG(1),
		FLAG(2),
		FLAG(3),
		FLAG(4),
		FLAG(5),
		FLAG(6),
		FLAG(7),
		FLAG(8),
	};
	static const struct mnd_object_form form = { "\"request_defaults\"",
						     keys, ARRAY_SIZE(keys),
						     false };

	return value ? mnd_object_read(import, value, &form, defaults) : 0;
}

/* These are allowed if their value is true, or not empty. */
static int warn_flags(struct mnd_import *import,
		      const struct defaults *defaults)
{
	static const char *const names[] = { FLAG_0, FLAG_1, FLAG_2,
					     FLAG_3, FLAG_4, FLAG_5,
					     FLAG_6, FLAG_7, FLAG_8 };
	const struct mnd_value *value;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < ARRAY_SIZE(names); i++) {
		value = defaults->flags[i];
		if (value && (value->boolean || value->count))
			err = warn_allowed(import, names[i], &value->place);
	}
	return err;
}

static int add_commands(struct mnd_kata *kata, const struct exec *exec)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < mnd_object_count(exec->allowed); i++)
		err = mnd_kata_argv(kata, &exec->allowed->items[i],
				    &kata->commands);
	for (i = 0; !err && i < exec->commands.count; i++)
		err = mnd_kata_joined(kata, &exec->commands.items[i],
				      &kata->commands);
	for (i = 0; !err && i < exec->patterns.count; i++)
		err = mnd_kata_command_pattern(kata, &exec->patterns.items[i],
					       &kata->commands);
	return err;
}

/**
 * mnd_kata_requests - Take what a policy answers requests by
 *
 * @kata: The policy; what all containers have in common is written.
 * @value: "request_defaults" of policy_data, or NULL.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is none, or something in it cannot be imported.
 * - -E2BIG: An expression is over a limit of mnd_kata_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_requests(struct mnd_kata *kata, const struct mnd_value *value)
{
	struct defaults defaults;
	int err;

	memset(&defaults, 0, sizeof(defaults));
	set_signals(kata);
	set_answers(kata->import->policy->answers);
	err = warn_answers(kata);
	if (!err)
		err = read_defaults(kata->import, value, &defaults);
	if (!err)
		err = warn_flags(kata->import, &defaults);
	if (!err)
		err = mnd_kata_shared_variables(kata,
						&defaults.create.variables);
	return err ? err : add_commands(kata, &defaults.exec);
}
