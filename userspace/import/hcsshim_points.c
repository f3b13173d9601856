// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The requests that hcsshim asks a policy about, and how a policy answers them:
 * by a rule of the framework, by a result that is written down, or not at all.
 */

#include "hcsshim_rego.h"

/**
 * struct point - A request
 *
 * @name: Name of the rule about it.
 * @since: Version of the interface that has it.
 * @otherwise: Answer if a policy is for an older version and has no rule.
 * @framework: Answer of the framework's rule.
 * @flag: What that depends on, and allows it; or NULL.
 * @stdio: A result also says whether there are standard streams.
 */
struct point {
	const char *name;
	u64 since;
	enum mnd_answer otherwise;
	enum mnd_answer framework;
	const char *flag;
	bool stdio;
};

#define RULES MND_ANSWER_RULES
#define ALLOW MND_ANSWER_ALLOW
#define DENY MND_ANSWER_DENY

static const struct point points[__MND_POINT_MAX] = {
	[MND_POINT_MOUNT_DEVICE] = { "mount_device",
				     MND_HCSSHIM_VERSION(0, 1, 0), DENY,
				     RULES },
	[MND_POINT_UNMOUNT_DEVICE] = { "unmount_device",
				       MND_HCSSHIM_VERSION(0, 2, 0), ALLOW,
				       RULES },
	[MND_POINT_RW_MOUNT_DEVICE] = { "rw_mount_device",
					MND_HCSSHIM_VERSION(0, 11, 0), RULES,
					RULES },
	[MND_POINT_RW_UNMOUNT_DEVICE] = { "rw_unmount_device",
					  MND_HCSSHIM_VERSION(0, 11, 0), RULES,
					  RULES },
	[MND_POINT_MOUNT_BLOCKDEV] = { "mount_blockdev",
				       MND_HCSSHIM_VERSION(0, 11, 1), DENY,
				       DENY },
	[MND_POINT_UNMOUNT_BLOCKDEV] = { "unmount_blockdev",
					 MND_HCSSHIM_VERSION(0, 11, 1), DENY,
					 DENY },
	[MND_POINT_MOUNT_OVERLAY] = { "mount_overlay",
				      MND_HCSSHIM_VERSION(0, 1, 0), DENY,
				      RULES },
	[MND_POINT_UNMOUNT_OVERLAY] = { "unmount_overlay",
					MND_HCSSHIM_VERSION(0, 6, 0), ALLOW,
					RULES },
	[MND_POINT_CREATE_CONTAINER] = { "create_container",
					 MND_HCSSHIM_VERSION(0, 1, 0), DENY,
					 RULES, NULL, true },
	[MND_POINT_EXEC_IN_CONTAINER] = { "exec_in_container",
					  MND_HCSSHIM_VERSION(0, 2, 0), ALLOW,
					  RULES },
	[MND_POINT_EXEC_EXTERNAL] = { "exec_external",
				      MND_HCSSHIM_VERSION(0, 3, 0), ALLOW,
				      RULES, NULL, true },
	[MND_POINT_SHUTDOWN_CONTAINER] = { "shutdown_container",
					   MND_HCSSHIM_VERSION(0, 4, 0), ALLOW,
					   RULES },
	[MND_POINT_SIGNAL_CONTAINER_PROCESS] = { "signal_container_process",
						 MND_HCSSHIM_VERSION(0, 5, 0),
						 ALLOW, RULES },
	[MND_POINT_PLAN9_MOUNT] = { "plan9_mount", MND_HCSSHIM_VERSION(0, 6, 0),
				    ALLOW, RULES },
	[MND_POINT_PLAN9_UNMOUNT] = { "plan9_unmount",
				      MND_HCSSHIM_VERSION(0, 6, 0), ALLOW,
				      RULES },
	[MND_POINT_GET_PROPERTIES] = { "get_properties",
				       MND_HCSSHIM_VERSION(0, 7, 0), ALLOW,
				       DENY, "allow_properties_access" },
	[MND_POINT_DUMP_STACKS] = { "dump_stacks", MND_HCSSHIM_VERSION(0, 7, 0),
				    ALLOW, DENY, "allow_dump_stacks" },
	[MND_POINT_RUNTIME_LOGGING] = { "runtime_logging",
					MND_HCSSHIM_VERSION(0, 8, 0), ALLOW,
					DENY, "allow_runtime_logging" },
	[MND_POINT_LOAD_FRAGMENT] = { "load_fragment",
				      MND_HCSSHIM_VERSION(0, 9, 0), DENY,
				      RULES },
	[MND_POINT_LOAD_TRUST_LIST] = { "load_transparency_trust_list",
					MND_HCSSHIM_VERSION(0, 12, 0), DENY,
					RULES },
	[MND_POINT_SCRATCH_MOUNT] = { "scratch_mount",
				      MND_HCSSHIM_VERSION(0, 10, 0), ALLOW,
				      RULES },
	[MND_POINT_SCRATCH_UNMOUNT] = { "scratch_unmount",
					MND_HCSSHIM_VERSION(0, 10, 0), ALLOW,
					RULES },
	[MND_POINT_HOST_NETWORK] = { "host_network",
				     MND_HCSSHIM_VERSION(0, 12, 0), DENY, DENY,
				     "allow_host_network" },
};

/**
 * mnd_rego_is_point - Ask whether a rule is about a request
 *
 * @name: Name of the rule.
 *
 * Return: Whether Linux has a request of this name.
 */
bool mnd_rego_is_point(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(points); i++)
		if (!strcmp(points[i].name, name))
			return true;
	return false;
}

/* A result that is written down. */
struct result {
	const struct mnd_value *allowed;
	const struct mnd_value *stdio;
	const struct mnd_value *variables;
	const struct mnd_value *capabilities;
	const struct mnd_value *add_module;
};

static int take_result(struct mnd_import *import, const struct mnd_value *value,
		       struct result *result)
{
	const struct mnd_value_pick picks[] = {
		{ "allowed", &result->allowed },
		{ "allow_stdio_access", &result->stdio },
		{ "env_list", &result->variables },
		{ "caps_list", &result->capabilities },
		{ "add_module", &result->add_module },
	};
	const struct mnd_value_picks all = { "a result", picks,
					     ARRAY_SIZE(picks) };

	return mnd_value_take(import, value, &all);
}

#define WANTED "the result of a rule must be {\"allowed\": true} or false"
#define WITH_STDIO \
	"what is always allowed must have \"allow_stdio_access\": true"

/* Whatever is allowed without a rule is allowed as it was asked for. */
static int read_result(struct mnd_import *import, const struct point *point,
		       const struct mnd_value *value, enum mnd_answer *answer)
{
	struct result result = { NULL };
	bool stdio = false, allowed = false, add_module = false;
	int err;

	err = take_result(import, value, &result);
	if (!err && !result.allowed)
		return mnd_value_refuse(import, value, WANTED);
	if (!err)
		err = mnd_value_boolean(import, result.allowed, &allowed);
	if (!err)
		err = mnd_value_boolean(import, result.stdio, &stdio);
	if (!err && result.variables)
		err = mnd_value_want(import, result.variables, MND_VALUE_NULL);
	if (!err && result.capabilities)
		err = mnd_value_want(import, result.capabilities,
				     MND_VALUE_NULL);
	if (!err)
		err = mnd_value_boolean(import, result.add_module, &add_module);
	if (!err && allowed && point->stdio && !stdio)
		return mnd_value_refuse(import, value, WITH_STDIO);
	if (!err && add_module)
		return mnd_value_refuse(import, result.add_module,
					"no module can be added");
	*answer = allowed ? ALLOW : DENY;
	return err;
}

static int ask_framework(const struct mnd_rego_import *reader,
			 const struct point *point, enum mnd_answer *answer)
{
	bool flag = false;
	int err;

	*answer = point->framework;
	if (!point->flag)
		return 0;
	err = mnd_rego_flag(reader, point->flag, &flag);
	*answer = flag ? ALLOW : DENY;
	return err;
}

static int ask_rule(const struct mnd_rego_import *reader,
		    const struct point *point, const struct mnd_rego_rule *rule,
		    enum mnd_answer *answer)
{
	if (!rule->reference && !rule->inner_reference.line)
		return read_result(reader->import, point, &rule->value, answer);
	if (rule->reference && !strcmp(rule->reference, point->name))
		return ask_framework(reader, point, answer);
	return mnd_value_refuse(reader->import, &rule->value,
				"must be data.framework.%s, or a result",
				point->name);
}

#define NO_RULE "%s is denied: there is no rule for it"
#define ALWAYS_ALLOWED                                           \
	"%s is always allowed: there is no rule for it, and the" \
	" version is older than %s"
#define NOT_ALWAYS_ALLOWED                                     \
	NO_RULE ", and it would be always allowed because the" \
		" version is older than %s"

/*
 * A policy without a rule was made before there was such a request, unless it
 * says that it knows it.
 */
static int ask_nobody(const struct mnd_rego_import *reader,
		      const struct point *point,
		      const struct mnd_api_version *api,
		      enum mnd_answer *answer)
{
	struct mnd_import *import = reader->import;
	const bool strict = import->options->strict;
	char since[MND_HCSSHIM_VERSION_SIZE];

	*answer = DENY;
	if (!api->given)
		return 0; /* there is a warning already */
	if (api->version >= point->since)
		return mnd_hcsshim_warn(import, &api->place, NO_RULE,
					point->name);
	if (point->otherwise != ALLOW || !strict)
		*answer = point->otherwise;
	if (point->otherwise != ALLOW)
		return 0;
	mnd_hcsshim_version_write(point->since, since);
	if (strict)
		return mnd_hcsshim_warn(import, &api->place, NOT_ALWAYS_ALLOWED,
					point->name, since);
	return mnd_hcsshim_warn(import, &api->place, ALWAYS_ALLOWED,
				point->name, since);
}

/* Without a list of its own, an old policy has none of its fragments either. */
static int check_externals(const struct mnd_rego_import *reader,
			   enum mnd_answer *answer)
{
	if (*answer == RULES && reader->framework < MND_FRAMEWORK_VERSION &&
	    !mnd_rego_find(reader->module, "external_processes"))
		*answer = DENY;
	return 0;
}

/**
 * mnd_rego_answers - Find out how a policy answers requests
 *
 * @reader: Module of the policy.
 * @api: Version of the interface that it is written for; without one, every
 *	request is denied, whatever the rules say.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: A rule has a result that is not understood.
 * - -ENOMEM: Out of memory.
 */
int mnd_rego_answers(const struct mnd_rego_import *reader,
		     const struct mnd_api_version *api)
{
	enum mnd_answer *answers = reader->import->policy->answers;
	const struct mnd_rego_rule *rule;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < __MND_POINT_MAX; i++) {
		rule = mnd_rego_find(reader->module, points[i].name);
		if (rule)
			err = ask_rule(reader, &points[i], rule, &answers[i]);
		else
			err = ask_nobody(reader, &points[i], api, &answers[i]);
		if (!api->given)
			answers[i] = DENY;
	}
	return err ? err :
		     check_externals(reader, &answers[MND_POINT_EXEC_EXTERNAL]);
}

/**
 * mnd_rego_answer_fragment - Say how a fragment answers requests
 *
 * That is of no consequence: only the policy that admits it is asked.
 *
 * @reader: Module of the fragment.
 */
void mnd_rego_answer_fragment(const struct mnd_rego_import *reader)
{
	enum mnd_answer *answers = reader->import->policy->answers;
	size_t i;

	for (i = 0; i < __MND_POINT_MAX; i++)
		answers[i] = points[i].framework;
}
