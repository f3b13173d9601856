// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the policies of Kata's agent: the policy_data that genpolicy makes, as
 * JSON or in its Rego, and what is written by hand in the forms of the guides of
 * Confidential Containers.
 *
 * Each container of policy_data becomes a container:
 * - OCI.Process: Args, Env, Cwd, User, Capabilities, NoNewPrivileges;
 * - OCI.Mounts, as what an agent is asked for and as what the kernel sees;
 * - storages with root hashes of dm-verity for every layer of its image become
 *   its layers; without them it is bound, and executes only what is listed;
 * - exec_commands, and for all containers ExecProcessRequest and
 *   CreateContainerRequest.allow_env_regex of request_defaults;
 * - SignalProcessRequest: all signals from outside, or none.
 *
 * A policy that is written by hand may have, in any number:
 * - "default REQUEST := true" or false;
 * - rules CreateContainerRequest about the source of storages or the arguments
 *   and the name of a container: each image or each list of arguments becomes a
 *   container, which is bound, with the command that is known of its image;
 * - rules ExecProcessRequest about the arguments, as they are, with blanks
 *   between them, or as expressions: what every container may be joined by.
 *
 * Warned about, because a table cannot say it: OCI.Version, OCI.Root,
 * OCI.Annotations, OCI.Linux, OCI.Process.Terminal, Username, devices,
 * runtime_anno_patterns, sandbox_pidns, other storages, sandbox; and every other
 * request that is allowed.  Refused: regular expressions that Rust and RE2 take
 * differently, names in "$(...)" that stand for nothing known, rules that are
 * in none of these forms.
 *
 * Commands are compared argument by argument.  Where Kata compares them with
 * blanks between their arguments, each blank is the end of one here, except that
 * what is behind a "-c" may be a single one; Kata lets any other division pass.
 */

#include "../toml/toml.h"
#include "kata.h"
#include "source.h"

/* "policy_data" */
struct data {
	const struct mnd_value *containers;
	const struct mnd_value *common;
	const struct mnd_value *sandbox;
	const struct mnd_value *request_defaults;
};

static int read_data(struct mnd_import *import, const struct mnd_value *value,
		     struct data *data)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_SKIP("cluster_config"),
		MND_OBJECT_KEY(data, common, "common", mnd_object_object),
		MND_OBJECT_KEY(data, containers, "containers",
			       mnd_object_array),
		MND_OBJECT_SKIP("devices"),
		MND_OBJECT_KEY(data, request_defaults, "request_defaults",
			       mnd_object_object),
		MND_OBJECT_KEY(data, sandbox, "sandbox", mnd_object_object),
	};
	static const struct mnd_object_form form = { "policy_data", keys,
						     ARRAY_SIZE(keys), false };

	memset(data, 0, sizeof(*data));
	return mnd_object_read(import, value, &form, data);
}

static int read_caps(struct mnd_kata *kata, const struct mnd_value *common,
		     const char *name, struct mnd_texts *texts)
{
	const struct mnd_value *value = mnd_value_find(common, name);

	return value ? mnd_object_texts(kata->import, value, texts) : 0;
}

/* What strings stand for, and lists of capabilities. */
static int read_common(struct mnd_kata *kata, const struct mnd_value *common)
{
	const struct mnd_value_member *member;
	struct mnd_kata_macro *macro;
	size_t i;
	int err = 0;

	if (!common)
		return 0;
	kata->macros = mnd_arena_alloc(&kata->import->policy->arena,
				       common->count, sizeof(*kata->macros));
	if (!kata->macros)
		return mnd_hcsshim_out_of_memory(kata->import);
	for (i = 0; !err && i < common->count; i++) {
		member = &common->members[i];
		if (member->value.type != MND_VALUE_STRING)
			continue;
		macro = &kata->macros[kata->macro_count++];
		macro->name = member->key.text;
		err = mnd_value_text(kata->import, &member->value,
				     &macro->value);
	}
	if (!err)
		err = read_caps(kata, common, "default_caps",
				&kata->default_caps);
	return err ? err :
		     read_caps(kata, common, "privileged_caps",
			       &kata->privileged_caps);
}

#define NOT_ENFORCED "nothing enforces what is said here of "

/* One warning for all that was said and has no effect. */
static int warn_seen(struct mnd_kata *kata, const struct mnd_place *place)
{
	static const char *const names[__MND_KATA_FIELD_MAX] = {
		[MND_KATA_ANNOTATIONS] = "OCI.Annotations",
		[MND_KATA_LINUX_DEVICES] = "OCI.Linux.Devices",
		[MND_KATA_MASKED_PATHS] = "OCI.Linux.MaskedPaths",
		[MND_KATA_NAMESPACES] = "OCI.Linux.Namespaces",
		[MND_KATA_READONLY_PATHS] = "OCI.Linux.ReadonlyPaths",
		[MND_KATA_SYSCTL] = "OCI.Linux.Sysctl",
		[MND_KATA_TERMINAL] = "OCI.Process.Terminal",
		[MND_KATA_USERNAME] = "OCI.Process.User.Username",
		[MND_KATA_ROOT] = "OCI.Root",
		[MND_KATA_VERSION] = "OCI.Version",
		[MND_KATA_DEVICES] = "devices",
		[MND_KATA_ANNOTATION_PATTERNS] = "runtime_anno_patterns",
		[MND_KATA_SANDBOX_PIDNS] = "sandbox_pidns",
		[MND_KATA_STORAGES] = "storages other than layers",
		[MND_KATA_SANDBOX] = "sandbox",
	};
	char text[sizeof(kata->import->error->text)] = NOT_ENFORCED;
	const size_t empty = strlen(NOT_ENFORCED);
	size_t used = empty;
	size_t i;

	for (i = 0; i < __MND_KATA_FIELD_MAX && used < sizeof(text); i++)
		if (kata->seen[i])
			used += (size_t)snprintf(text + used,
						 sizeof(text) - used, "%s%s",
						 used > empty ? ", " : "",
						 names[i]);
	if (used == empty)
		return 0;
	return mnd_hcsshim_warn(kata->import, place, "%s", text);
}

static int add_containers(struct mnd_kata *kata,
			  const struct mnd_value *containers)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < mnd_object_count(containers); i++)
		err = mnd_kata_container(kata, &containers->items[i]);
	return err;
}

#define GENPOLICY \
	"what decides on policy_data is taken to be the rules of genpolicy"

static int import_data(struct mnd_kata *kata, const struct mnd_value *value)
{
	struct data data;
	int err;

	err = mnd_hcsshim_warn(kata->import, &value->place, GENPOLICY);
	if (!err)
		err = read_data(kata->import, value, &data);
	if (!err)
		err = read_common(kata, data.common);
	if (!err)
		err = mnd_kata_requests(kata, data.request_defaults);
	if (err)
		return err;
	kata->seen[MND_KATA_SANDBOX] = data.sandbox;
	err = add_containers(kata, data.containers);
	return err ? err : warn_seen(kata, &value->place);
}

/* What genpolicy's rules answer, if the source is only their data. */
static const struct mnd_agent_answer usual[] = {
	{ "DestroySandboxRequest", { 0, 0 }, true },
	{ "RemoveContainerRequest", { 0, 0 }, true },
	{ "SignalProcessRequest", { 0, 0 }, true },
	{ "StartContainerRequest", { 0, 0 }, true },
};

static int import_json(struct mnd_kata *kata,
		       const struct mnd_string_ref *source)
{
	struct mnd_agent_answer *answers;
	struct mnd_value value;
	int err;

	err = mnd_json_read(&kata->import->policy->arena, source->text,
			    source->length, &value, kata->import->error);
	if (err)
		return err;
	answers =
		mnd_arena_alloc(&kata->import->policy->arena, 1, sizeof(usual));
	if (!answers)
		return mnd_hcsshim_out_of_memory(kata->import);
	memcpy(answers, usual, sizeof(usual));
	kata->agent.answers = answers;
	kata->agent.answer_count = ARRAY_SIZE(usual);
	return import_data(kata, &value);
}

static int import_rego(struct mnd_kata *kata,
		       const struct mnd_string_ref *source)
{
	const struct mnd_value *data;
	int err;

	err = mnd_agent_read(&kata->import->policy->arena, source->text,
			     source->length, &kata->agent, kata->import->error);
	if (err)
		return err;
	data = mnd_agent_resolve(&kata->agent, "policy_data");
	if (data && mnd_value_find(data, "containers"))
		return import_data(kata, data);
	err = mnd_kata_requests(kata, NULL);
	return err ? err : mnd_kata_guide(kata);
}

static bool is_json(const struct mnd_string_ref *source)
{
	size_t i;

	for (i = 0; i < source->length; i++)
		if (!memchr(" \t\r\n", source->text[i], 4))
			return source->text[i] == '{';
	return false;
}

/**
 * mnd_kata_read - Read a policy of Kata's agent
 *
 * @source: Source, which need not outlive the policy.
 * @options: Image facts, for policies that are written by hand.
 * @policy: Written, if all zero before.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is none, or something in it cannot be imported.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_read(const struct mnd_string_ref *source,
		  const struct mnd_source_options *options,
		  struct mnd_policy_source *policy, struct mnd_error *error)
{
	struct mnd_import import = { policy, options, error };
	struct mnd_kata kata = { .import = &import };
	int err;

	if (options->fragment)
		return mnd_fail(error, 0, 0,
				"a policy of Kata cannot be a fragment");
	mnd_hcsshim_begin(&import, "policy");
	if (is_json(source))
		err = import_json(&kata, source);
	else
		err = import_rego(&kata, source);
	return err ? err : mnd_hcsshim_finish(&import);
}
