// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Policies and fragments of hcsshim, in Rego and in its old JSON: what becomes
 * of each thing that they say, and of what they leave out.
 *
 * Texts are written with ' instead of ", and turned before they are read.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../userspace/compile/compile.h"
#include "../../userspace/import/hcsshim.h"

#define TEXT_SIZE 8192

static const struct mnd_source_options lax = {
	.language = MND_LANGUAGE_HCSSHIM_REGO,
};

static const struct mnd_source_options strict = {
	.language = MND_LANGUAGE_HCSSHIM_REGO,
	.strict = true,
};

static const struct mnd_source_options fragment = {
	.language = MND_LANGUAGE_HCSSHIM_REGO,
	.fragment = true,
};

static const struct mnd_source_options json = {
	.language = MND_LANGUAGE_HCSSHIM_JSON,
};

static int read_text(const char *text, const struct mnd_source_options *options,
		     struct mnd_policy_source *policy, struct mnd_error *error)
{
	struct mnd_string_ref source = { NULL, strlen(text) };
	char *turned = strdup(text), *c;
	int err;

	assert_non_null(turned);
	for (c = turned; *c; c++)
		if (*c == '\'')
			*c = '"';
	source.text = turned;
	err = mnd_source_read(&source, options, policy, error);
	free(turned);
	return err;
}

/* Reads what is right, and insists that a table can be made of it. */
static void expect_policy(const char *text,
			  const struct mnd_source_options *options,
			  struct mnd_policy_source *policy)
{
	struct mnd_error error;
	u32 length;
	u8 *table = NULL;

	if (read_text(text, options, policy, &error) ||
	    mnd_compile(policy, false, &table, &length, &error))
		fail_msg("%u:%u: %s\n%s", error.line, error.column, error.text,
			 text);
	free(table);
}

struct refused {
	const char *text;
	unsigned int line;
	unsigned int column;
	const char *message;
};

static void expect_refused(const struct refused *refused,
			   const struct mnd_source_options *options)
{
	struct mnd_policy_source policy;
	struct mnd_error error;

	if (!read_text(refused->text, options, &policy, &error))
		fail_msg("accepted: %s", refused->text);
	mnd_policy_release(&policy);
	if (error.line != refused->line || error.column != refused->column ||
	    !strstr(error.text, refused->message))
		fail_msg("%u:%u: %s\n%s", error.line, error.column, error.text,
			 refused->text);
}

static void expect_refused_at(const char *text,
			      const struct mnd_source_options *options,
			      unsigned int line, unsigned int column,
			      const char *message)
{
	const struct refused refused = { text, line, column, message };

	expect_refused(&refused, options);
}

static size_t count_warnings_of(const struct mnd_policy_source *policy,
				const char *text)
{
	const struct mnd_warning *warning;
	size_t count = 0;

	for (warning = policy->warnings; warning; warning = warning->next)
		count += !!strstr(warning->text, text);
	return count;
}

static const char any_filter[] = "any seccomp filter";

/* All but that about the profile that each container here has. */
static size_t count_warnings(const struct mnd_policy_source *policy)
{
	return count_warnings_of(policy, "") -
	       count_warnings_of(policy, any_filter);
}

static void expect_warning(const struct mnd_policy_source *policy,
			   unsigned int line, unsigned int column,
			   const char *text)
{
	const struct mnd_warning *warning;

	for (warning = policy->warnings; warning; warning = warning->next)
		if (warning->place.line == line &&
		    warning->place.column == column &&
		    strstr(warning->text, text))
			return;
	for (warning = policy->warnings; warning; warning = warning->next)
		print_message("%u:%u: %s\n", warning->place.line,
			      warning->place.column, warning->text);
	fail_msg("no warning %u:%u: %s", line, column, text);
}

#define HASH_1 \
	"00000000000000000000000000000000000000000000000000000000000000a1"
#define HASH_2 \
	"00000000000000000000000000000000000000000000000000000000000000a2"

/* The first three lines of a policy. */
#define VERSION_LINES               \
	"package policy\n"          \
	"api_version := '0.12.0'\n" \
	"framework_version := '%s'\n"
#define HEAD                        \
	"package policy\n"          \
	"api_version := '0.12.0'\n" \
	"framework_version := '0.5.0'\n"

/* The rules that securitypolicytool writes, behind what else is there. */
static const char rules[] =
	"mount_device := data.framework.mount_device\n"
	"rw_mount_device := data.framework.rw_mount_device\n"
	"mount_blockdev := data.framework.mount_blockdev\n"
	"unmount_device := data.framework.unmount_device\n"
	"rw_unmount_device := data.framework.rw_unmount_device\n"
	"unmount_blockdev := data.framework.unmount_blockdev\n"
	"mount_overlay := data.framework.mount_overlay\n"
	"unmount_overlay := data.framework.unmount_overlay\n"
	"mount_cims:= data.framework.mount_cims\n"
	"registry_changes := data.framework.registry_changes\n"
	"create_container := data.framework.create_container\n"
	"exec_in_container := data.framework.exec_in_container\n"
	"exec_external := data.framework.exec_external\n"
	"shutdown_container := data.framework.shutdown_container\n"
	"signal_container_process := data.framework.signal_container_process\n"
	"plan9_mount := data.framework.plan9_mount\n"
	"plan9_unmount := data.framework.plan9_unmount\n"
	"get_properties := data.framework.get_properties\n"
	"dump_stacks := data.framework.dump_stacks\n"
	"runtime_logging := data.framework.runtime_logging\n"
	"load_fragment := data.framework.load_fragment\n"
	"scratch_mount := data.framework.scratch_mount\n"
	"scratch_unmount := data.framework.scratch_unmount\n"
	"log_provider := data.framework.log_provider\n"
	"load_transparency_trust_list := data.framework.load_transparency_trust_list\n"
	"host_network := data.framework.host_network\n"
	"reason := data.framework.reason\n";

/* Reads a policy with all rules, for the newest versions. */
static void expect_body(const char *body,
			const struct mnd_source_options *options,
			struct mnd_policy_source *policy)
{
	char text[TEXT_SIZE];

	snprintf(text, sizeof(text), HEAD "%s%s", body, rules);
	expect_policy(text, options, policy);
}

/* The members of a container, those that old frameworks know first. */
static const struct member {
	const char *key;
	const char *value;
} members[] = {
	{ "command", "['/bin/app', '-x']" },
	{ "env_rules",
	  "[{'pattern': 'A=1', 'strategy': 'string', 'required': true}]" },
	{ "layers", "['" HASH_1 "', '" HASH_2 "']" },
	{ "mounts", "[]" },
	{ "allow_elevated", "true" },
	{ "working_dir", "'/srv'" },
	{ "allow_stdio_access", "true" },
	{ "exec_processes", "[{'command': ['top'], 'signals': [10]}]" },
	{ "signals", "[1]" },
	{ "no_new_privileges", "true" },
	{ "user", "{'user_idname': {'pattern': '7', 'strategy': 'id'},\n"
		  "'group_idnames': [], 'umask': '0077'}" },
	{ "capabilities",
	  "{'bounding': ['CAP_KILL'], 'effective': [], 'inheritable': [],\n"
	  "'permitted': [], 'ambient': []}" },
	{ "seccomp_profile_sha256", "'ab'" },
};

/* So many of them every framework demands. */
#define BASE 9

/*
 * Writes a container with the first @count members: one of them as @other says,
 * or without it if that has no value.  It comes first, a line for each.
 */
static const char *write_container(char text[TEXT_SIZE], size_t count,
				   const struct member *other)
{
	size_t used, i;

	used = (size_t)sprintf(text, "{\n");
	if (other && other->value)
		used += (size_t)sprintf(text + used, "'%s': %s,\n", other->key,
					other->value);
	for (i = 0; i < count; i++)
		if (!other || strcmp(members[i].key, other->key))
			used += (size_t)sprintf(text + used, "'%s': %s,\n",
						members[i].key,
						members[i].value);
	sprintf(text + used, "}");
	return text;
}

/*
 * Writes a policy for @framework with one such container, at line 4, column 16;
 * what @other says is on line 5.
 */
static const char *write_policy(char text[TEXT_SIZE], const char *framework,
				size_t count, const struct member *other)
{
	char container[TEXT_SIZE];
	int length;

	length = snprintf(text, TEXT_SIZE,
			  VERSION_LINES "containers := [%s]\n%s", framework,
			  write_container(container, count, other), rules);
	assert_in_range(length, 1, TEXT_SIZE - 1);
	return text;
}

static const struct mnd_process_rule *
init_of(const struct mnd_policy_source *policy)
{
	assert_int_equal(policy->container_count, 1);
	assert_true(policy->containers[0].process_count > 0);
	return &policy->containers[0].processes[0];
}

/* Reads a container with all members, but @key is @value. */
static const struct mnd_context_rule *
read_with(const char *key, const char *value, struct mnd_policy_source *policy)
{
	const struct member other = { key, value };
	char text[TEXT_SIZE];

	expect_policy(write_policy(text, "0.5.0", ARRAY_SIZE(members), &other),
		      &lax, policy);
	return init_of(policy)->context;
}

static void hcsshim_container(void **state)
{
	const struct mnd_subject_source *subject;
	const struct mnd_process_rule *process;
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];

	expect_policy(write_policy(text, "0.5.0", ARRAY_SIZE(members), NULL),
		      &lax, &policy);
	assert_string_equal(policy.name, "policy");
	assert_int_equal(policy.flags, 0);
	assert_int_equal(count_warnings(&policy), 0);
	assert_int_equal(count_warnings_of(&policy, any_filter), 1);
	expect_warning(&policy, 4, 16, any_filter);
	process = init_of(&policy);
	subject = &policy.containers[0];
	assert_string_equal(subject->name, "container-1");
	assert_int_equal(subject->place.line, 4);
	assert_int_equal(subject->class, MND_CLASS_VERIFIED);
	assert_int_equal(subject->flags,
			 MND_SUBJECT_SHUTDOWN | MND_SUBJECT_ELEVATED);
	assert_int_equal(subject->layer_count, 2);
	assert_int_equal(subject->layers[0][31], 0xa1);
	assert_int_equal(subject->layers[1][31], 0xa2);
	assert_int_equal(subject->process_count, 2);
	assert_int_equal(process->flags, MND_ROLE_ENTRY | MND_ROLE_INSIDE);
	assert_int_equal(process->file.matching, MND_MATCHING_ANY);
	assert_int_equal(process->argc, 2);
	assert_int_equal(process->argv[1].matching, MND_MATCHING_EXACT);
	assert_string_equal(process->argv[1].text, "-x");
	assert_int_equal(process->argv[1].length, 2);
	assert_int_equal(process->signals, 1);
	assert_ptr_equal(subject->processes[1].context, process->context);
	process = &subject->processes[1];
	assert_int_equal(process->flags, MND_ROLE_EXEC | MND_ROLE_INSIDE);
	assert_string_equal(process->argv[0].text, "top");
	assert_int_equal(process->signals, 1 << 9);
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_context(void **state)
{
	const struct mnd_context_rule *context;
	struct mnd_policy_source policy;

	context = read_with("mounts", "[]", &policy);
	assert_true(context->variables.given);
	assert_int_equal(context->variables.count, 1);
	assert_true(context->variables.rules[0].whole);
	assert_true(context->variables.rules[0].required);
	assert_int_equal(context->cwd.matching, MND_MATCHING_EXACT);
	assert_string_equal(context->cwd.text, "/srv");
	assert_true(context->identity.user.has_id);
	assert_int_equal(context->identity.user.id, 7);
	assert_true(context->identity.has_groups);
	assert_int_equal(context->identity.group_count, 0);
	assert_string_equal(context->identity.umask.text, "0077");
	assert_int_equal(context->capabilities.rule, MND_CAPABILITIES_EQUAL);
	assert_int_equal(context->capabilities.sets[MND_BOUNDING], 1 << 5);
	assert_int_equal(context->profile.matching, MND_MATCHING_EXACT);
	assert_string_equal(context->profile.text, "ab");
	assert_int_equal(context->flags, MND_CONTEXT_NO_NEW_PRIVS |
						 MND_CONTEXT_STDIO |
						 MND_CONTEXT_FILTERED);
	mnd_policy_release(&policy);
	context = read_with("no_new_privileges", "false", &policy);
	assert_int_equal(context->flags,
			 MND_CONTEXT_STDIO | MND_CONTEXT_FILTERED);
	mnd_policy_release(&policy);
	context = read_with("allow_stdio_access", "false", &policy);
	assert_int_equal(context->flags,
			 MND_CONTEXT_NO_NEW_PRIVS | MND_CONTEXT_FILTERED);
	mnd_policy_release(&policy);
	context = read_with("seccomp_profile_sha256", "''", &policy);
	assert_int_equal(context->flags,
			 MND_CONTEXT_NO_NEW_PRIVS | MND_CONTEXT_STDIO);
	assert_int_equal(count_warnings_of(&policy, any_filter), 0);
	mnd_policy_release(&policy);
	read_with("allow_elevated", "false", &policy);
	assert_int_equal(policy.containers[0].flags, MND_SUBJECT_SHUTDOWN);
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_uvm(void **state)
{
	const struct mnd_process_rule *process;
	struct mnd_policy_source policy;

	expect_body("external_processes := [\n"
		    "{'command': ['a', 'b'], 'env_rules': [{'pattern': 'A',\n"
		    "'strategy': 're2'}], 'working_dir': '/w',\n"
		    "'allow_stdio_access': false},\n"
		    "{'command': [], 'env_rules': [], 'working_dir': '/',\n"
		    "'allow_stdio_access': true},\n"
		    "{'command': [], 'env_rules': [], 'working_dir': '/'}]\n",
		    &lax, &policy);
	assert_string_equal(policy.uvm.name, "uvm");
	assert_int_equal(policy.uvm.class, MND_CLASS_VERIFIED);
	assert_true(policy.uvm.mount_count > 0);
	assert_int_equal(policy.uvm.process_count, 2);
	process = &policy.uvm.processes[0];
	assert_int_equal(process->flags, MND_ROLE_EXTERNAL | MND_ROLE_INSIDE |
						 MND_PROCESS_KEEP_SIGNALS);
	assert_int_equal(process->argc, 2);
	assert_string_equal(process->context->cwd.text, "/w");
	assert_int_equal(process->context->variables.count, 1);
	assert_int_equal(process->context->flags, 0);
	assert_int_equal(process->context->capabilities.rule,
			 MND_CAPABILITIES_ANY);
	process = &policy.uvm.processes[1];
	assert_int_equal(process->argc, 0);
	assert_true(process->context->variables.given);
	assert_int_equal(process->context->variables.count, 0);
	assert_int_equal(process->context->flags, MND_CONTEXT_STDIO);
	expect_warning(&policy, 10, 1, "lacks \"allow_stdio_access\"");
	mnd_policy_release(&policy);
	(void)state;
}

/* What older frameworks did not look at, whatever is there. */
static void hcsshim_framework_versions(void **state)
{
	/* How many members after the first ones count, and the signals. */
	static const struct {
		const char *version;
		unsigned int later;
		u64 signals;
	} versions[] = {
		{ "0.1.0", 0, 0x4101 }, { "0.1.99", 0, 0x4101 },
		{ "0.2.0", 1, 0x4101 }, { "0.2.1", 2, 0x4101 },
		{ "0.2.2", 3, 0x4101 }, { "0.2.3", 4, 0x4101 },
		{ "0.3.0", 4, 0x4101 }, { "0.4.0", 4, 0x4101 },
		{ "0.4.1", 4, 1 },	{ "0.5.0", 4, 1 },
	};
	const struct mnd_context_rule *context;
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];
	unsigned int later;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		later = versions[i].later;
		write_policy(text, versions[i].version, ARRAY_SIZE(members),
			     NULL);
		expect_policy(strcat(text,
				     "allow_capability_dropping := true\n"),
			      &lax, &policy);
		assert_true(init_of(&policy)->signals == versions[i].signals);
		/* Those of other processes stay as they are. */
		assert_int_equal(policy.containers[0].processes[1].signals,
				 1 << 9);
		context = init_of(&policy)->context;
		assert_int_equal(context->flags & MND_CONTEXT_NO_NEW_PRIVS,
				 later >= 1);
		assert_int_equal(context->identity.user.has_id, later >= 2);
		assert_int_equal(context->identity.has_groups, later >= 2);
		assert_string_equal(context->identity.umask.text,
				    later >= 2 ? "0077" : "0022");
		assert_int_equal(context->capabilities.rule,
				 later >= 3 ? MND_CAPABILITIES_EQUAL :
					      MND_CAPABILITIES_DEFAULT);
		assert_int_equal(policy.flags,
				 later >= 3 ? MND_POLICY_DROP_CAPABILITIES : 0);
		assert_string_equal(context->profile.text,
				    later >= 4 ? "ab" : "");
		assert_int_equal(!!(context->flags & MND_CONTEXT_FILTERED),
				 later >= 4);
		mnd_policy_release(&policy);
	}
	(void)state;
}

/* What the newest framework cannot do without. */
static void hcsshim_missing(void **state)
{
	struct mnd_policy_source policy;
	struct member other = { NULL, NULL };
	char text[TEXT_SIZE], message[64];
	size_t i, processes;

	for (i = 0; i < ARRAY_SIZE(members); i++) {
		other.key = members[i].key;
		snprintf(message, sizeof(message), "lacks \"%s\"", other.key);
		write_policy(text, "0.5.0", ARRAY_SIZE(members), &other);
		expect_policy(text, &lax, &policy);
		assert_int_equal(count_warnings(&policy), 1);
		expect_warning(&policy, 4, 16, message);
		assert_int_equal(policy.container_count,
				 !!strcmp(other.key, "layers"));
		processes = 0;
		if (!strcmp(other.key, "exec_processes"))
			processes = 1;
		if (!strcmp(other.key, "signals"))
			processes = 2;
		if (policy.container_count) {
			assert_int_equal(policy.containers[0].process_count,
					 processes);
			assert_int_equal(policy.containers[0].layer_count, 2);
		}
		mnd_policy_release(&policy);
		expect_refused_at(text, &strict, 4, 16, message);
	}
	(void)state;
}

static void expect_layers_only(const struct mnd_policy_source *policy)
{
	assert_int_equal(policy->container_count, 1);
	assert_true(policy->containers[0].flags & MND_SUBJECT_LAYERS);
	assert_int_equal(policy->containers[0].process_count, 0);
	assert_int_equal(policy->containers[0].layer_count, 2);
}

/* Of a container that lacks something an older framework only has layers. */
static void hcsshim_missing_old(void **state)
{
	static const struct {
		const char *version;
		size_t needed;
	} versions[] = {
		{ "0.1.0", BASE },     { "0.2.0", BASE + 1 },
		{ "0.2.1", BASE + 2 }, { "0.2.2", BASE + 3 },
		{ "0.2.3", BASE + 4 }, { "0.4.1", BASE + 4 },
	};
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];
	size_t i, count;

	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		for (count = 1; count <= ARRAY_SIZE(members); count++) {
			write_policy(text, versions[i].version, count, NULL);
			expect_policy(text, &lax, &policy);
			if (count < versions[i].needed) {
				/* The layers come third. */
				if (count >= 3)
					expect_layers_only(&policy);
				else
					assert_int_equal(policy.container_count,
							 0);
				expect_warning(&policy, 4, 16,
					       "this is no container");
			} else {
				assert_int_equal(policy.container_count, 1);
				assert_int_equal(count_warnings(&policy), 0);
			}
			mnd_policy_release(&policy);
		}
	}
	(void)state;
}

/* Of what is for no framework that is known, only layers count. */
static void hcsshim_no_framework(void **state)
{
	static const struct {
		const char *line;
		unsigned int column;
	} versions[] = {
		{ "", 9 },
		{ "framework_version := '0.5.1'\n", 22 },
		{ "framework_svn := '1.0.0'\n", 18 },
	};
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		snprintf(text, sizeof(text),
			 "package policy\n%sapi_version := '0.12.0'\n"
			 "containers := [{'layers': ['" HASH_1 "'],\n"
			 "'command': {'later': true}}, {}]\n"
			 "external_processes := [{'later': 1}]\n"
			 "fragments := [{'later': 1}]\n"
			 "platform_rules := [{'later': 1}]\n%s",
			 versions[i].line, rules);
		expect_policy(text, &lax, &policy);
		assert_int_equal(policy.flags, MND_POLICY_NO_CONTAINERS);
		assert_int_equal(policy.container_count, 1);
		assert_int_equal(policy.containers[0].layer_count, 1);
		assert_int_equal(policy.containers[0].process_count, 0);
		assert_int_equal(policy.uvm.process_count, 0);
		assert_int_equal(policy.fragment_count, 0);
		assert_int_equal(policy.platform_count, 0);
		assert_int_equal(policy.answers[MND_POINT_MOUNT_DEVICE],
				 MND_ANSWER_RULES);
		assert_int_equal(count_warnings(&policy), 1);
		expect_warning(&policy, i ? 2 : 1, versions[i].column,
			       "no container can be made");
		mnd_policy_release(&policy);
	}
	(void)state;
}

#define DENY MND_ANSWER_DENY
#define ALLOW MND_ANSWER_ALLOW
#define RULES MND_ANSWER_RULES

/* Points, the version 0.MINOR.PATCH that has them first, what was before. */
static const struct {
	const char *name;
	unsigned int minor;
	unsigned int patch;
	enum mnd_answer before;
	enum mnd_answer rule;
} points[__MND_POINT_MAX] = {
	[MND_POINT_MOUNT_DEVICE] = { "mount_device", 1, 0, DENY, RULES },
	[MND_POINT_UNMOUNT_DEVICE] = { "unmount_device", 2, 0, ALLOW, RULES },
	[MND_POINT_RW_MOUNT_DEVICE] = { "rw_mount_device", 11, 0, RULES,
					RULES },
	[MND_POINT_RW_UNMOUNT_DEVICE] = { "rw_unmount_device", 11, 0, RULES,
					  RULES },
	[MND_POINT_MOUNT_BLOCKDEV] = { "mount_blockdev", 11, 1, DENY, DENY },
	[MND_POINT_UNMOUNT_BLOCKDEV] = { "unmount_blockdev", 11, 1, DENY,
					 DENY },
	[MND_POINT_MOUNT_OVERLAY] = { "mount_overlay", 1, 0, DENY, RULES },
	[MND_POINT_UNMOUNT_OVERLAY] = { "unmount_overlay", 6, 0, ALLOW, RULES },
	[MND_POINT_CREATE_CONTAINER] = { "create_container", 1, 0, DENY,
					 RULES },
	[MND_POINT_EXEC_IN_CONTAINER] = { "exec_in_container", 2, 0, ALLOW,
					  RULES },
	[MND_POINT_EXEC_EXTERNAL] = { "exec_external", 3, 0, ALLOW, RULES },
	[MND_POINT_SHUTDOWN_CONTAINER] = { "shutdown_container", 4, 0, ALLOW,
					   RULES },
	[MND_POINT_SIGNAL_CONTAINER_PROCESS] = { "signal_container_process", 5,
						 0, ALLOW, RULES },
	[MND_POINT_PLAN9_MOUNT] = { "plan9_mount", 6, 0, ALLOW, RULES },
	[MND_POINT_PLAN9_UNMOUNT] = { "plan9_unmount", 6, 0, ALLOW, RULES },
	[MND_POINT_GET_PROPERTIES] = { "get_properties", 7, 0, ALLOW, DENY },
	[MND_POINT_DUMP_STACKS] = { "dump_stacks", 7, 0, ALLOW, DENY },
	[MND_POINT_RUNTIME_LOGGING] = { "runtime_logging", 8, 0, ALLOW, DENY },
	[MND_POINT_LOAD_FRAGMENT] = { "load_fragment", 9, 0, DENY, RULES },
	[MND_POINT_LOAD_TRUST_LIST] = { "load_transparency_trust_list", 12, 0,
					DENY, RULES },
	[MND_POINT_SCRATCH_MOUNT] = { "scratch_mount", 10, 0, ALLOW, RULES },
	[MND_POINT_SCRATCH_UNMOUNT] = { "scratch_unmount", 10, 0, ALLOW,
					RULES },
	[MND_POINT_HOST_NETWORK] = { "host_network", 12, 0, DENY, DENY },
};

/* Insists that @policy answers as rules of the framework do, but for one. */
static void expect_framework(const struct mnd_policy_source *policy,
			     enum mnd_point but, enum mnd_answer answer)
{
	size_t i;

	for (i = 0; i < __MND_POINT_MAX; i++)
		if (policy->answers[i] != (i == but ? answer : points[i].rule))
			fail_msg("%s: %u", points[i].name, policy->answers[i]);
}

static enum mnd_answer answer_without_rule(size_t point, unsigned int minor,
					   unsigned int patch)
{
	if (minor > points[point].minor ||
	    (minor == points[point].minor && patch >= points[point].patch))
		return DENY;
	return points[point].before;
}

/* The answers of a policy of this version that has no rules at all. */
static void expect_no_rules(unsigned int minor, unsigned int patch,
			    const struct mnd_source_options *options)
{
	struct mnd_policy_source policy;
	enum mnd_answer wanted;
	char text[256];
	size_t i;

	snprintf(text, sizeof(text),
		 "package policy\napi_version := '0.%u.%u'\n"
		 "framework_version := '0.5.0'\n",
		 minor, patch);
	expect_policy(text, options, &policy);
	for (i = 0; i < __MND_POINT_MAX; i++) {
		wanted = answer_without_rule(i, minor, patch);
		if (wanted == ALLOW)
			expect_warning(&policy, 2, 16, points[i].name);
		if (wanted == ALLOW && options->strict)
			wanted = DENY;
		if (policy.answers[i] != wanted)
			fail_msg("%s, 0.%u.%u: %u", points[i].name, minor,
				 patch, policy.answers[i]);
	}
	assert_int_equal(policy.flags, options->strict ? MND_POLICY_STRICT : 0);
	mnd_policy_release(&policy);
}

static void hcsshim_no_rules(void **state)
{
	unsigned int minor, patch;

	for (minor = 0; minor < 14; minor++) {
		for (patch = 0; patch < 3; patch++) {
			expect_no_rules(minor, patch, &lax);
			expect_no_rules(minor, patch, &strict);
		}
	}
	(void)state;
}

/* Whatever the version of the interface is, a rule that is there is used. */
static void hcsshim_rules(void **state)
{
	static const char *const versions[] = { "0.12.0", "0.99.0", "0.1.0" };
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		snprintf(text, sizeof(text),
			 "package policy\napi_svn := '%s'\n"
			 "framework_svn := '0.5.0'\n%s",
			 versions[i], rules);
		expect_policy(text, &lax, &policy);
		expect_framework(&policy, __MND_POINT_MAX, DENY);
		assert_int_equal(count_warnings(&policy), 0);
		mnd_policy_release(&policy);
	}
	(void)state;
}

/* The policy of two containers with these layers, with rules but for one. */
static void read_pair(const char *first, const char *second, const char *but,
		      const struct mnd_source_options *options,
		      struct mnd_policy_source *policy)
{
	static const char format[] =
		"package policy\napi_version := '0.12.0'\n"
		"framework_version := '0.6.0'\n"
		"containers := [{'layers': [%s]}, {'layers': []}, {'layers': [%s]}]\n%s";
	char text[TEXT_SIZE], *rule;

	snprintf(text, sizeof(text), format, first, second, rules);
	if (but) {
		rule = strstr(text, but);
		assert_non_null(rule);
		rule[1] = 'x';
	}
	expect_policy(text, options, policy);
}

static const char refilled[] = "gets its overlay again";

static void expect_no_refill(const char *first, const char *second,
			     const char *but,
			     const struct mnd_source_options *options)
{
	const struct mnd_warning *warning;
	struct mnd_policy_source policy;

	read_pair(first, second, but, options, &policy);
	for (warning = policy.warnings; warning; warning = warning->next)
		if (strstr(warning->text, refilled))
			fail_msg("%s, %s, %s", first, second, but);
	mnd_policy_release(&policy);
}

/* Two containers of one image can become each other. */
static void hcsshim_refill(void **state)
{
	static const char one[] = "'" HASH_1 "'", two[] = "'" HASH_2 "'";
	static const char both[] = "'" HASH_1 "', '" HASH_2 "'";
	struct mnd_policy_source policy;

	read_pair(both, both, NULL, &lax, &policy);
	expect_warning(&policy, 1, 1, refilled);
	mnd_policy_release(&policy);
	read_pair(one, one, NULL, &lax, &policy);
	expect_warning(&policy, 1, 1, refilled);
	mnd_policy_release(&policy);
	expect_no_refill(one, one, NULL, &strict);
	expect_no_refill(one, two, NULL, &lax);
	expect_no_refill(one, both, NULL, &lax);
	expect_no_refill(one, one, "\nmount_overlay :=", &lax);
	expect_no_refill(one, one, "\nunmount_overlay :=", &lax);
	expect_no_refill(one, one, "\nshutdown_container :=", &lax);
	(void)state;
}

/* Without a version nothing is ever allowed. */
static void hcsshim_no_api(void **state)
{
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];
	size_t i;

	snprintf(text, sizeof(text),
		 "package policy\nframework_version := '0.5.0'\n%s", rules);
	expect_policy(text, &lax, &policy);
	for (i = 0; i < __MND_POINT_MAX; i++)
		assert_int_equal(policy.answers[i], DENY);
	assert_int_equal(count_warnings(&policy), 1);
	expect_warning(&policy, 1, 9, "everything is denied");
	mnd_policy_release(&policy);
	(void)state;
}

/* Flags of the policy decide on what has no other rules. */
static void hcsshim_flags(void **state)
{
	static const struct {
		const char *name;
		enum mnd_point point;
		u32 flag;
	} flags[] = {
		{ "allow_properties_access", MND_POINT_GET_PROPERTIES, 0 },
		{ "allow_dump_stacks", MND_POINT_DUMP_STACKS, 0 },
		{ "allow_runtime_logging", MND_POINT_RUNTIME_LOGGING, 0 },
		{ "allow_host_network", MND_POINT_HOST_NETWORK, 0 },
		{ "allow_environment_variable_dropping", __MND_POINT_MAX,
		  MND_POLICY_DROP_VARIABLES },
		{ "allow_capability_dropping", __MND_POINT_MAX,
		  MND_POLICY_DROP_CAPABILITIES },
		{ "allow_unencrypted_scratch", __MND_POINT_MAX,
		  MND_POLICY_PLAIN_SCRATCH },
	};
	struct mnd_policy_source policy;
	char body[128];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		snprintf(body, sizeof(body), "%s := true\n", flags[i].name);
		expect_body(body, &lax, &policy);
		assert_int_equal(policy.flags, flags[i].flag);
		expect_framework(&policy, flags[i].point, ALLOW);
		assert_int_equal(count_warnings(&policy), 0);
		mnd_policy_release(&policy);
		snprintf(body, sizeof(body), "%s := false\n", flags[i].name);
		expect_body(body, &lax, &policy);
		assert_int_equal(policy.flags, 0);
		expect_framework(&policy, __MND_POINT_MAX, DENY);
		mnd_policy_release(&policy);
	}
	(void)state;
}

/* What securitypolicytool and az confcom make to allow everything. */
static void hcsshim_open_door(void **state)
{
	static const char always[] = "'allowed': true, 'env_list': null,\n"
				     "'allow_stdio_access': true";
	struct mnd_policy_source policy;
	char text[TEXT_SIZE] = "package policy\napi_version := '0.12.0'\n";
	size_t i, used = strlen(text);

	for (i = 0; i < __MND_POINT_MAX; i++) {
		snprintf(text + used, sizeof(text) - used, "%s := {%s}\n",
			 points[i].name, always);
		used += strlen(text + used);
	}
	expect_policy(text, &lax, &policy);
	for (i = 0; i < __MND_POINT_MAX; i++)
		assert_int_equal(policy.answers[i], ALLOW);
	assert_int_equal(count_warnings(&policy), 0);
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_results(void **state)
{
	static const struct {
		const char *body;
		enum mnd_point point;
		enum mnd_answer answer;
	} cases[] = {
		{ "plan9_mount := {'allowed': true}\n", MND_POINT_PLAN9_MOUNT,
		  ALLOW },
		{ "plan9_mount := {'allowed': false}\n", MND_POINT_PLAN9_MOUNT,
		  DENY },
		{ "default plan9_mount := {'allowed': true}\n",
		  MND_POINT_PLAN9_MOUNT, ALLOW },
		{ "default plan9_mount := {'allowed': true}\n"
		  "plan9_mount := {'allowed': false}\n",
		  MND_POINT_PLAN9_MOUNT, DENY },
		{ "default plan9_mount := {'allowed': true}\n"
		  "plan9_mount := data.framework.plan9_mount\n",
		  MND_POINT_PLAN9_MOUNT, RULES },
		{ "create_container := {'allowed': false}\n",
		  MND_POINT_CREATE_CONTAINER, DENY },
		{ "load_fragment := {'allowed': true, 'add_module': false}\n",
		  MND_POINT_LOAD_FRAGMENT, ALLOW },
	};
	struct mnd_policy_source policy;
	char text[256];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(text, sizeof(text), HEAD "%s", cases[i].body);
		expect_policy(text, &lax, &policy);
		assert_int_equal(policy.answers[cases[i].point],
				 cases[i].answer);
		mnd_policy_release(&policy);
	}
	(void)state;
}

/* An old policy without external processes takes none of a fragment. */
static void hcsshim_old_externals(void **state)
{
	static const struct {
		const char *version;
		const char *body;
		enum mnd_answer answer;
	} cases[] = {
		{ "0.4.1", "", DENY },
		{ "0.4.1", "external_processes := []\n", RULES },
		{ "0.5.0", "", RULES },
	};
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(text, sizeof(text), VERSION_LINES "%s%s",
			 cases[i].version, cases[i].body, rules);
		expect_policy(text, &lax, &policy);
		expect_framework(&policy, MND_POINT_EXEC_EXTERNAL,
				 cases[i].answer);
		mnd_policy_release(&policy);
	}
	(void)state;
}

static void hcsshim_fragments(void **state)
{
	const struct mnd_fragment_rule *rule;
	struct mnd_policy_source policy;

	expect_body("fragments := [\n"
		    "{'issuer': 'i', 'feed': 'f', 'minimum_svn': '1.2.3',\n"
		    "'includes': ['containers', 'namespace', 'env_rules'],\n"
		    "'required_receipts': ['esrp', '*'],\n"
		    "'parameters': {'b' : [ 1 ], 'a' : 'x'}},\n"
		    "{'issuer': 'j', 'feed': 'g', 'minimum_svn': 2,\n"
		    "'includes': []},\n"
		    "{'issuer': 'k', 'feed': 'g'}]\n",
		    &lax, &policy);
	assert_int_equal(policy.fragment_count, 2);
	rule = &policy.fragments[0];
	assert_string_equal(rule->issuer, "i");
	assert_string_equal(rule->feed, "f");
	assert_string_equal(rule->minimum_svn, "1.2.3");
	assert_int_equal(rule->includes,
			 MND_INCLUDE_CONTAINERS | MND_INCLUDE_NAMESPACE);
	assert_int_equal(rule->receipts.count, 2);
	assert_string_equal(rule->receipts.strings[0], "esrp");
	assert_string_equal(rule->parameters, "{\"a\":\"x\",\"b\":[1]}");
	rule = &policy.fragments[1];
	assert_string_equal(rule->minimum_svn, "2");
	assert_int_equal(rule->includes, 0);
	assert_int_equal(rule->receipts.count, 0);
	assert_string_equal(rule->parameters, "");
	assert_int_equal(count_warnings(&policy), 2);
	expect_warning(&policy, 6, 41, "no \"env_rules\" to include");
	expect_warning(&policy, 11, 1, "lacks \"minimum_svn\"");
	mnd_policy_release(&policy);
	(void)state;
}

/* An old policy gives a fragment no parameters, and a new one none to give. */
static void hcsshim_default_parameters(void **state)
{
	static const char body[] =
		"fragments := [\n"
		"{'issuer': 'i', 'feed': 'f', 'minimum_svn': '1',\n"
		"'includes': []},\n"
		"{'issuer': 'i', 'feed': 'f', 'minimum_svn': '1',\n"
		"'includes': [], 'parameters': {}}]\n";
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];

	expect_body(body, &lax, &policy);
	assert_string_equal(policy.fragments[0].parameters, "");
	assert_string_equal(policy.fragments[1].parameters, "{}");
	mnd_policy_release(&policy);
	snprintf(text, sizeof(text), VERSION_LINES "%s%s", "0.4.1", body,
		 rules);
	expect_policy(text, &lax, &policy);
	assert_string_equal(policy.fragments[0].parameters, "{}");
	mnd_policy_release(&policy);
	snprintf(text, sizeof(text),
		 "package f\nsvn := '1'\nframework_version := '0.4.1'\n%s",
		 body);
	expect_policy(text, &fragment, &policy);
	assert_string_equal(policy.fragments[0].parameters, "");
	assert_string_equal(policy.fragments[1].parameters, "{}");
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_includes(void **state)
{
	struct mnd_policy_source policy;

	expect_body("fragments := [{'issuer': 'i', 'feed': 'f',\n"
		    "'minimum_svn': '1', 'includes': ['containers',\n"
		    "'fragments', 'external_processes', 'namespace',\n"
		    "'platform_rules', 'transparency_trust_lists']}]\n",
		    &strict, &policy);
	assert_int_equal(policy.fragments[0].includes, MND_INCLUDES);
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_trust_lists(void **state)
{
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];

	/* The version of the framework does not matter, in the policy. */
	snprintf(text, sizeof(text), VERSION_LINES "%s%s", "0.4.0",
		 "transparency_trust_lists := [\n"
		 "{'issuer': 'i', 'subject': 's', 'minimum_svn': 2,\n"
		 "'allowed_ledgers': ['l1', '*']},\n"
		 "{'issuer': 'i', 'subject': 't', 'minimum_svn':\n"
		 "'18446744073709551615', 'allowed_ledgers': []},\n"
		 "{}]\n",
		 rules);
	expect_policy(text, &lax, &policy);
	assert_int_equal(policy.trust_list_count, 2);
	assert_string_equal(policy.trust_lists[0].issuer, "i");
	assert_string_equal(policy.trust_lists[0].subject, "s");
	assert_int_equal(policy.trust_lists[0].minimum_svn, 2);
	assert_int_equal(policy.trust_lists[0].ledgers.count, 2);
	assert_string_equal(policy.trust_lists[0].ledgers.strings[1], "*");
	assert_true(policy.trust_lists[1].minimum_svn == ~0ULL);
	expect_warning(&policy, 9, 1, "lacks \"issuer\"");
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_platforms(void **state)
{
	static const char platforms[] =
		"platform_rules := [{'env_rules': [{'pattern': 'A',\n"
		"'strategy': 'string'}], 'mounts': [{'type': 'bind',\n"
		"'source': 'sandbox:///a', 'destination': '/a',\n"
		"'options': ['ro']}]}, {}]\n";
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];

	expect_body(platforms, &lax, &policy);
	assert_int_equal(policy.platform_count, 2);
	assert_true(policy.platforms[0].variables.given);
	assert_int_equal(policy.platforms[0].variables.count, 1);
	assert_int_equal(policy.platforms[0].volumes.count, 1);
	assert_int_equal(policy.platforms[0].volumes.rules[0].pattern.matching,
			 MND_MATCHING_RE2);
	assert_true(policy.platforms[1].variables.given);
	assert_int_equal(policy.platforms[1].variables.count, 0);
	assert_int_equal(policy.platforms[1].volumes.count, 0);
	assert_int_equal(count_warnings(&policy), 0);
	mnd_policy_release(&policy);
	snprintf(text, sizeof(text), VERSION_LINES "%s%s", "0.4.1", platforms,
		 rules);
	expect_policy(text, &lax, &policy);
	assert_int_equal(policy.platform_count, 0);
	expect_warning(&policy, 4, 1, "platform rules have no meaning");
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_fragment_source(void **state)
{
	static const struct member command = { "command",
					       "['x', parameter('mode')]" };
	struct mnd_source_options options = fragment;
	struct mnd_policy_source policy;
	char text[TEXT_SIZE + 512], container[TEXT_SIZE];

	snprintf(text, sizeof(text),
		 "package  infra  \r\n\nsvn := '1'\n"
		 "framework_version := '0.5.0'\n"
		 "parameters_api := {'mode': {'default': 'safe'}}\n"
		 "external_processes := parameter('none')\n"
		 "containers := [%s]\n",
		 write_container(container, ARRAY_SIZE(members), &command));
	expect_policy(text, &options, &policy);
	assert_string_equal(policy.name, "infra");
	assert_string_equal(policy.svn_text, "1");
	assert_string_equal(init_of(&policy)->argv[1].text, "safe");
	assert_int_equal(policy.uvm.process_count, 0);
	assert_int_equal(count_warnings(&policy), 1);
	expect_warning(&policy, 6, 1, "parameter \"none\" has no value");
	mnd_policy_release(&policy);
	options.parameters = "{\"mode\": \"fast\"}";
	expect_policy(text, &options, &policy);
	assert_string_equal(init_of(&policy)->argv[1].text, "fast");
	mnd_policy_release(&policy);
	options.strict = true;
	expect_refused_at(text, &options, 6, 1, "has no value");
	(void)state;
}

static void hcsshim_old_fragment_source(void **state)
{
	struct mnd_policy_source policy;
	char text[TEXT_SIZE + 512], container[TEXT_SIZE];

	snprintf(text, sizeof(text),
		 "package f\r\nsvn := 3\nframework_svn := '0.1.0'\n"
		 "transparency_trust_lists := [1]\nplatform_rules := [1]\n"
		 "containers := [%s]",
		 write_container(container, BASE, NULL));
	expect_policy(text, &fragment, &policy);
	assert_string_equal(policy.svn_text, "3");
	assert_true(init_of(&policy)->signals == 0x4101);
	assert_int_equal(policy.trust_list_count, 0);
	assert_int_equal(policy.platform_count, 0);
	mnd_policy_release(&policy);
	expect_policy("package f\nframework_version := '0.5.0'", &fragment,
		      &policy);
	assert_null(policy.svn_text);
	mnd_policy_release(&policy);
	(void)state;
}

#define FIRST_LINE "the first line of a fragment must be"
#define RESERVED "is not for fragments"
#define F "package f\nframework_version := '0.5.0'\n"

static const struct refused refused_fragments[] = {
	{ "", 1, 1, FIRST_LINE },
	{ "# comment\npackage f\n", 1, 1, FIRST_LINE },
	{ "\npackage f\n", 1, 1, FIRST_LINE },
	{ " package f\n", 1, 1, FIRST_LINE },
	{ "package\tf\n", 1, 1, FIRST_LINE },
	{ "package \tf\n", 1, 1, FIRST_LINE },
	{ "package f.g\n", 1, 1, FIRST_LINE },
	{ "package f # comment\n", 1, 1, FIRST_LINE },
	{ "package 1f\n", 1, 1, FIRST_LINE },
	{ "package ", 1, 1, FIRST_LINE },
	{ "package framework\n", 1, 9, RESERVED },
	{ "package api\n", 1, 9, RESERVED },
	{ "package policy\n", 1, 9, RESERVED },
	{ "package metadata\n", 1, 9, RESERVED },
	{ "package f\n", 1, 9, "a fragment needs a \"framework_version\"" },
	{ "package f\nframework_version := '0.6.0'\n", 2, 22,
	  "the framework is newer than 0.5.0" },
	{ F "svn := true\n", 3, 8, "must be string, not boolean" },
	{ F "svn := data.framework.x\n", 3, 8, "must be data" },
	{ F "parameter := 1\n", 3, 1, "must not have such a rule" },
	{ F "__fragment_parameters_metadata := 1\n", 3, 1,
	  "must not have such a rule" },
	{ F "containers := [parameter('x').y.z + 1]\n", 3, 35,
	  "expected \",\" or \"]\"" },
};

/* The name of a package is that of a table, which is limited. */
static void hcsshim_package_name(void **state)
{
	struct mnd_policy_source policy;
	char text[TEXT_SIZE], name[MND_NAME_SIZE_MAX + 2];

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	snprintf(text, sizeof(text),
		 "package %s\nframework_version := '0.5.0'\n", name);
	expect_refused_at(text, &fragment, 1, 9, "is too long");
	name[sizeof(name) - 2] = '\0';
	snprintf(text, sizeof(text),
		 "package %s\nframework_version := '0.5.0'\n", name);
	expect_policy(text, &fragment, &policy);
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_fragments_refused(void **state)
{
	struct mnd_source_options options = fragment;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(refused_fragments); i++)
		expect_refused(&refused_fragments[i], &options);
	options.parameters = "{\"a\":}";
	expect_refused_at(F, &options, 0, 0,
			  "parameters:1:6: expected a value");
	options.parameters = "[]";
	expect_refused_at(F, &options, 0, 0, "parameters must be an object");
	(void)state;
}

static const struct refused refused_policies[] = {
	{ "package other\n", 1, 9, "package of a policy must be \"policy\"" },
	{ "package policy\napi_version := 1\n", 2, 16,
	  "must be string, not number" },
	{ "package policy\napi_version := '1.0'\n", 2, 16,
	  "must be a version" },
	{ "package policy\napi_version := '1.0.0-rc1'\n", 2, 16,
	  "must be a version" },
	{ "package policy\napi_version := '0.9999999.0'\n", 2, 16,
	  "must be a version" },
	{ "package policy\napi_version := '1..0'\n", 2, 16,
	  "must be a version" },
	{ "package policy\napi_version := '0.1.0'\napi_svn := '0.1.0'\n", 3, 12,
	  "is also \"api_version\"" },
	{ "package policy\napi_version := data.framework.version\n", 2, 16,
	  "must be data, not a reference" },
	{ HEAD "allow_dump_stacks := 1\n"
	       "dump_stacks := data.framework.dump_stacks\n",
	  4, 22, "must be boolean, not number" },
	{ HEAD "allow_capability_dropping := null\n", 4, 30,
	  "must be boolean, not null" },
	{ HEAD "mount_device := data.framework.mount_overlay\n", 4, 17,
	  "must be data.framework.mount_device, or a result" },
	{ HEAD "mount_device := {'allowed': data.framework.x}\n", 4, 17,
	  "must be data.framework.mount_device, or a result" },
	{ HEAD "mount_device := true\n", 4, 17, "must be object, not boolean" },
	{ HEAD "mount_device := {}\n", 4, 17, "the result of a rule must be" },
	{ HEAD "mount_device := {'allowed': 1}\n", 4, 29,
	  "must be boolean, not number" },
	{ HEAD "create_container := {'allowed': true}\n", 4, 21,
	  "must have \"allow_stdio_access\": true" },
	{ HEAD "exec_external := {'allowed': true,\n"
	       "'allow_stdio_access': false}\n",
	  4, 18, "must have \"allow_stdio_access\": true" },
	{ HEAD "exec_in_container := {'allowed': true,\n'env_list': []}\n", 5,
	  13, "must be null, not array" },
	{ HEAD "exec_in_container := {'allowed': true,\n'caps_list': {}}\n", 5,
	  14, "must be null, not object" },
	{ HEAD "load_fragment := {'allowed': true,\n'add_module': true}\n", 5,
	  15, "no module can be added" },
	{ HEAD "containers := {}\n", 4, 15, "must be array, not object" },
	{ HEAD "containers := [1]\n", 4, 16, "must be object, not number" },
	{ HEAD "containers := [data.framework.x]\n", 4, 16,
	  "must be data, not a reference" },
	{ HEAD "external_processes := [1]\n", 4, 24,
	  "must be object, not number" },
	{ HEAD "platform_rules := [{'mounts': 1}]\n", 4, 31,
	  "must be array, not number" },
	{ HEAD "fragments := [{'issuer': 1, 'feed': 'f',\n"
	       "'minimum_svn': '1', 'includes': []}]\n",
	  4, 26, "must be string, not number" },
	{ HEAD "fragments := [{'issuer': 'i', 'feed': 'f',\n"
	       "'minimum_svn': null, 'includes': []}]\n",
	  5, 16, "must be string, not null" },
	{ HEAD "fragments := [{'issuer': 'i', 'feed': 'f',\n"
	       "'minimum_svn': '1', 'includes': [], 'parameters': []}]\n",
	  5, 51, "must be object, not array" },
	{ HEAD "fragments := [{'issuer': 'i', 'feed': 'f', 'includes': [],\n"
	       "'minimum_svn': '1', 'required_receipts': 'x'}]\n",
	  5, 42, "must be array, not string" },
	{ HEAD "transparency_trust_lists := [{'issuer': '', 'subject': '',\n"
	       "'minimum_svn': -1, 'allowed_ledgers': []}]\n",
	  5, 16, "must be a whole number from 0 on" },
	{ HEAD "transparency_trust_lists := [{'issuer': '', 'subject': '',\n"
	       "'minimum_svn': '1.0.0', 'allowed_ledgers': []}]\n",
	  5, 16, "must be a whole number from 0 on" },
};

static void hcsshim_policies_refused(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(refused_policies); i++)
		expect_refused(&refused_policies[i], &lax);
	(void)state;
}

/* Members of a container that are not what they should be. */
static void hcsshim_members_refused(void **state)
{
	static const struct {
		struct member member;
		unsigned int column;
		const char *message;
	} cases[] = {
		{ { "layers", "[1]" }, 12, "must be string, not number" },
		{ { "layers", "['ab']" }, 12, "64 hexadecimal digits" },
		{ { "layers", "['A" HASH_1 "']" }, 12, "64 hexadecimal" },
		{ { "command", "'x'" }, 12, "must be array, not string" },
		{ { "command", "['x', 1]" }, 18, "must be string" },
		{ { "env_rules", "[1]" }, 15, "must be object, not number" },
		{ { "env_rules", "[{'pattern': 1, 'strategy': 're2'}]" },
		  27,
		  "must be string, not number" },
		{ { "env_rules", "[{'required': 1}]" },
		  28,
		  "must be boolean, not number" },
		{ { "env_rules",
		    "[{'pattern': '', 'strategy': '', 'name': '',\n"
		    "'name_strategy': '', 'value': '',\n"
		    "'value_strategy': ''}]" },
		  15,
		  "must not have both" },
		{ { "mounts", "[{'type': 1, 'source': '', 'destination': '',\n"
			      "'options': []}]" },
		  21,
		  "must be string, not number" },
		{ { "exec_processes", "[{'command': [], 'signals': [1.5]}]" },
		  48,
		  "must be a whole number" },
		{ { "signals", "[99999999999999999999]" },
		  13,
		  "must be a whole number" },
		{ { "user", "'root'" }, 9, "must be object, not string" },
		{ { "user", "{'umask': 18}" }, 19, "must be string" },
		{ { "capabilities", "[]" }, 17, "must be object, not array" },
		{ { "allow_elevated", "'yes'" }, 19, "must be boolean" },
		{ { "working_dir", "null" }, 16, "must be string, not null" },
	};
	char text[TEXT_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		write_policy(text, "0.5.0", ARRAY_SIZE(members),
			     &cases[i].member);
		expect_refused_at(text, &lax, 5, cases[i].column,
				  cases[i].message);
	}
	(void)state;
}

/* What hcsshim does not look at: a warning, unless the import is strict. */
static void hcsshim_unknown(void **state)
{
	static const struct refused unknown[] = {
		{ HEAD "allow_capabilities_dropping := true\n", 4, 1,
		  "\"allow_capabilities_dropping\" has no meaning here" },
		{ HEAD "svn := '1'\n", 4, 1, "\"svn\" has no meaning here" },
		{ HEAD "platform_rules := [{'x': 1}]\n", 4, 21,
		  "a platform rule has no \"x\"" },
		{ HEAD "mount_device := {'allowed': true, 'x': 1}\n", 4, 35,
		  "a result has no \"x\"" },
	};
	struct mnd_policy_source policy;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(unknown); i++) {
		expect_policy(unknown[i].text, &lax, &policy);
		expect_warning(&policy, unknown[i].line, unknown[i].column,
			       unknown[i].message);
		mnd_policy_release(&policy);
		expect_refused(&unknown[i], &strict);
	}
	read_with("extra", "1", &policy);
	assert_int_equal(count_warnings(&policy), 1);
	expect_warning(&policy, 5, 1, "a container has no \"extra\"");
	mnd_policy_release(&policy);
	/* What az confcom adds for its readers is known. */
	read_with("id", "'image:1'", &policy);
	assert_int_equal(count_warnings(&policy), 0);
	assert_string_equal(policy.containers[0].name, "image:1");
	mnd_policy_release(&policy);
	read_with("name", "'web'", &policy);
	assert_string_equal(policy.containers[0].name, "web");
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_variables(void **state)
{
	const struct mnd_variable_rule *rule;
	struct mnd_policy_source policy;

	rule = read_with("env_rules",
			 "[{'pattern': 'A=.', 'strategy': 're2'},\n"
			 "{'pattern': 'A', 'strategy': 'RE2',\n"
			 "'required': true},\n"
			 "{'name': 'B', 'name_strategy': 'string',\n"
			 "'value': 'x|y', 'value_strategy': 're2',\n"
			 "'required': true},\n"
			 "{'name': 'E', 'name_strategy': 'string',\n"
			 "'value': '', 'value_strategy': 'string',\n"
			 "'pattern': null, 'strategy': null},\n"
			 "{'name': null, 'pattern': 'C',\n"
			 "'strategy': 'string'},\n"
			 "{'name': 'D', 'required': true}]",
			 &policy)
		       ->variables.rules;
	assert_true(rule[0].whole);
	assert_false(rule[0].required);
	assert_int_equal(rule[0].value.matching, MND_MATCHING_RE2);
	assert_string_equal(rule[0].value.text, "A=.");
	assert_true(rule[1].whole);
	assert_true(rule[1].required);
	assert_int_equal(rule[1].value.matching, MND_MATCHING_NONE);
	assert_false(rule[2].whole);
	assert_true(rule[2].required);
	assert_int_equal(rule[2].name.matching, MND_MATCHING_EXACT);
	assert_string_equal(rule[2].name.text, "B");
	assert_string_equal(rule[2].value.text, "(?s:.*)(?:^x|y$)(?s:.*)");
	assert_int_equal(rule[2].place.line, 8);
	assert_false(rule[3].whole);
	assert_string_equal(rule[3].name.text, "E");
	assert_true(rule[4].whole);
	assert_int_equal(rule[4].value.matching, MND_MATCHING_EXACT);
	assert_true(rule[5].required);
	assert_int_equal(rule[5].value.matching, MND_MATCHING_NONE);
	assert_int_equal(count_warnings(&policy), 3);
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_users(void **state)
{
	static const struct {
		const char *user;
		bool has_id;
		u32 id;
		enum mnd_matching name;
	} users[] = {
		{ "{'pattern': '', 'strategy': 'any'}", false, 0,
		  MND_MATCHING_ANY },
		{ "{'pattern': '0', 'strategy': 'id'}", true, 0,
		  MND_MATCHING_ANY },
		{ "{'pattern': '4294967295', 'strategy': 'id'}", true,
		  0xffffffffU, MND_MATCHING_ANY },
		{ "{'pattern': '4294967296', 'strategy': 'id'}", false, 0,
		  MND_MATCHING_NONE },
		{ "{'pattern': '01', 'strategy': 'id'}", false, 0,
		  MND_MATCHING_NONE },
		{ "{'pattern': '+1', 'strategy': 'id'}", false, 0,
		  MND_MATCHING_NONE },
		{ "{'pattern': '', 'strategy': 'id'}", false, 0,
		  MND_MATCHING_NONE },
		{ "{'pattern': 'app', 'strategy': 'name'}", false, 0,
		  MND_MATCHING_EXACT },
		{ "{'pattern': 'app.*', 'strategy': 're2'}", false, 0,
		  MND_MATCHING_RE2 },
		{ "{'pattern': '(', 'strategy': 're2'}", false, 0,
		  MND_MATCHING_NONE },
		{ "{'pattern': 'app', 'strategy': 'Name'}", false, 0,
		  MND_MATCHING_NONE },
		{ "{'strategy': 'any'}", false, 0, MND_MATCHING_NONE },
		{ "{'pattern': ''}", false, 0, MND_MATCHING_NONE },
	};
	const struct mnd_principal_rule *user;
	struct mnd_policy_source policy;
	char value[256];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(users); i++) {
		snprintf(value, sizeof(value),
			 "{'user_idname': %s, 'group_idnames': [],\n"
			 "'umask': '0022'}",
			 users[i].user);
		user = &read_with("user", value, &policy)->identity.user;
		assert_int_equal(user->has_id, users[i].has_id);
		assert_int_equal(user->id, users[i].id);
		assert_int_equal(user->name.matching, users[i].name);
		assert_int_equal(count_warnings(&policy),
				 users[i].name == MND_MATCHING_NONE);
		mnd_policy_release(&policy);
	}
	(void)state;
}

static void hcsshim_groups_and_umask(void **state)
{
	const struct mnd_identity_rule *identity;
	struct mnd_policy_source policy;

	identity = &read_with("user",
			      "{'user_idname': {'pattern': '',\n"
			      "'strategy': 'any'}, 'group_idnames': [\n"
			      "{'pattern': '5', 'strategy': 'id'},\n"
			      "{'pattern': 'g', 'strategy': 'name'}],\n"
			      "'umask': '22'}",
			      &policy)
			    ->identity;
	assert_true(identity->has_groups);
	assert_int_equal(identity->group_count, 2);
	assert_int_equal(identity->groups[0].id, 5);
	assert_string_equal(identity->groups[1].name.text, "g");
	assert_int_equal(identity->umask.matching, MND_MATCHING_EXACT);
	assert_string_equal(identity->umask.text, "22");
	assert_int_equal(count_warnings(&policy), 1);
	mnd_policy_release(&policy);
	/* Without a list no group is right, but nobody needs one. */
	identity = &read_with("user", "{}", &policy)->identity;
	assert_true(identity->has_groups);
	assert_int_equal(identity->group_count, 0);
	assert_int_equal(identity->user.name.matching, MND_MATCHING_NONE);
	assert_int_equal(identity->umask.matching, MND_MATCHING_NONE);
	assert_int_equal(count_warnings(&policy), 2);
	mnd_policy_release(&policy);
	(void)state;
}

static const struct mnd_capability_lists *
read_capabilities(const char *value, struct mnd_policy_source *policy)
{
	return &read_with("capabilities", value, policy)->capabilities;
}

static void hcsshim_capabilities(void **state)
{
	const struct mnd_capability_lists *lists;
	struct mnd_policy_source policy;

	lists = read_capabilities("{'bounding': ['CAP_CHOWN',\n"
				  "'CAP_CHECKPOINT_RESTORE', 'CAP_CHOWN'],\n"
				  "'effective': [], 'ambient': [],\n"
				  "'inheritable': ['CAP_BPF'],\n"
				  "'permitted': ['CAP_MKNOD']}",
				  &policy);
	assert_int_equal(lists->rule, MND_CAPABILITIES_EQUAL);
	assert_true(lists->sets[MND_BOUNDING] == (1ULL << 40 | 1));
	assert_int_equal(lists->lengths[MND_BOUNDING], 3);
	assert_int_equal(lists->lengths[MND_EFFECTIVE], 0);
	assert_true(lists->sets[MND_INHERITABLE] == 1ULL << 39);
	assert_true(lists->sets[MND_PERMITTED] == 1ULL << 27);
	mnd_policy_release(&policy);
	lists = read_capabilities("null", &policy);
	assert_int_equal(lists->rule, MND_CAPABILITIES_DEFAULT);
	assert_int_equal(count_warnings(&policy), 0);
	mnd_policy_release(&policy);
	/* A name that nobody knows, and a known one behind it. */
	lists = read_capabilities("{'bounding': ['CAP_X', 'CAP_KILL'],\n"
				  "'effective': [], 'inheritable': [],\n"
				  "'permitted': [], 'ambient': []}",
				  &policy);
	assert_int_equal(lists->rule, MND_CAPABILITIES_NONE);
	expect_warning(&policy, 5, 31, "no capability \"CAP_X\"");
	mnd_policy_release(&policy);
	lists = read_capabilities("{'bounding': [], 'effective': [],\n"
				  "'inheritable': [], 'permitted': []}",
				  &policy);
	assert_int_equal(lists->rule, MND_CAPABILITIES_NONE);
	expect_warning(&policy, 5, 17, "lacks \"ambient\"");
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_signals(void **state)
{
	static const struct member signals = { "signals",
					       "[64, 0, 65, -1, 9, 9]" };
	struct mnd_policy_source policy;
	char text[TEXT_SIZE];

	write_policy(text, "0.5.0", ARRAY_SIZE(members), &signals);
	expect_policy(text, &lax, &policy);
	assert_true(init_of(&policy)->signals == (1ULL << 63 | 1ULL << 8));
	assert_int_equal(count_warnings(&policy), 3);
	expect_warning(&policy, 5, 17, "there is no signal 0");
	mnd_policy_release(&policy);
	expect_refused_at(text, &strict, 5, 17, "no signal 0");
	(void)state;
}

/* Some allow nothing, because they lack something. */
static void hcsshim_mounts_and_processes(void **state)
{
	const struct mnd_volume_rules *volumes;
	struct mnd_policy_source policy;

	read_with("mounts",
		  "[{'type': 'bind'}, {'type': 'bind', 'source': '/x',\n"
		  "'destination': '/y', 'options': ['ro', 'ro']}]",
		  &policy);
	volumes = &policy.containers[0].volumes;
	assert_int_equal(volumes->count, 1);
	assert_string_equal(volumes->rules[0].source, "/x");
	assert_string_equal(volumes->rules[0].destination, "/y");
	assert_int_equal(volumes->rules[0].option_count, 2);
	assert_int_equal(volumes->rules[0].pattern.matching, MND_MATCHING_NONE);
	expect_warning(&policy, 5, 12, "lacks \"destination\"");
	mnd_policy_release(&policy);
	read_with("exec_processes",
		  "[{'signals': [9]}, {'command': ['a']}, {'command': []}]",
		  &policy);
	assert_int_equal(policy.containers[0].process_count, 3);
	assert_string_equal(policy.containers[0].processes[1].argv[0].text,
			    "a");
	assert_int_equal(policy.containers[0].processes[1].signals, 0);
	assert_int_equal(policy.containers[0].processes[2].argc, 0);
	expect_warning(&policy, 5, 20, "lacks \"command\"");
	mnd_policy_release(&policy);
	(void)state;
}

static void add_named(struct mnd_import *import, const char *name)
{
	const struct mnd_hcsshim_container container = {
		.name = name,
		.working_dir = "/",
		.profile = "",
	};

	assert_int_equal(mnd_hcsshim_add_container(import, &container), 0);
}

static void hcsshim_names(void **state)
{
	static const struct {
		const char *given;
		const char *name;
	} names[] = {
		{ "app", "app" },
		{ NULL, "container-2" },
		{ "app", "app#2" },
		{ "app#2", "app_2" },
		{ "app", "app#3" },
		{ "a b\tc\xc3\xa9", "a_b_c__" },
		{ "", "container-7" },
		{ "uvm", "container-8" },
		{ "container-8", "container-8#2" },
		{ "uvm", "container-10" },
		{ "_", "_" },
		{ " ", "_#2" },
	};
	struct mnd_policy_source policy = { { NULL } };
	struct mnd_error error;
	struct mnd_import import = { &policy, &lax, &error };
	char name[300];
	size_t i;

	mnd_hcsshim_begin(&import, "policy");
	for (i = 0; i < ARRAY_SIZE(names); i++)
		add_named(&import, names[i].given);
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	add_named(&import, name);
	name[sizeof(name) - 2] = 'y';
	add_named(&import, name);
	assert_int_equal(mnd_hcsshim_finish(&import), 0);
	assert_int_equal(policy.container_count, ARRAY_SIZE(names) + 2);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		assert_string_equal(policy.containers[i].name, names[i].name);
	for (i = 0; i < policy.container_count; i++)
		assert_true(mnd_is_name(policy.containers[i].name,
					strlen(policy.containers[i].name)));
	assert_string_not_equal(policy.containers[i - 1].name,
				policy.containers[i - 2].name);
	mnd_policy_release(&policy);
	(void)state;
}

/* As many containers as there can be, all of one name, in no time. */
static void hcsshim_many_containers(void **state)
{
	const struct mnd_hcsshim_container one_more = { .place = { 8, 9 } };
	struct mnd_policy_source policy = { { NULL } };
	struct mnd_error error;
	struct mnd_import import = { &policy, &lax, &error };
	size_t i;

	mnd_hcsshim_begin(&import, "policy");
	for (i = 0; i + 1 < MND_SUBJECT_MAX; i++)
		add_named(&import, "app");
	assert_int_equal(mnd_hcsshim_add_container(&import, &one_more),
			 -EINVAL);
	assert_string_equal(error.text, "too many containers");
	assert_int_equal(error.column, 9);
	assert_int_equal(mnd_hcsshim_finish(&import), 0);
	assert_string_equal(policy.containers[i - 1].name, "app#65535");
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_many_arguments(void **state)
{
	struct mnd_hcsshim_container container = {
		.place = { 3, 4 },
		.working_dir = "/",
		.profile = "",
		.command_count = MND_ARGC_MAX,
	};
	struct mnd_policy_source policy = { { NULL } };
	struct mnd_error error;
	struct mnd_import import = { &policy, &lax, &error };
	struct mnd_text *command;
	size_t i;

	command = calloc(MND_ARGC_MAX + 1, sizeof(*command));
	assert_non_null(command);
	for (i = 0; i <= MND_ARGC_MAX; i++)
		command[i] = (struct mnd_text){ "x", 1, { 1, 1 } };
	container.command = command;
	assert_int_equal(mnd_hcsshim_add_container(&import, &container), 0);
	container.command_count++;
	assert_int_equal(mnd_hcsshim_add_container(&import, &container),
			 -EINVAL);
	assert_string_equal(error.text, "too many arguments");
	assert_int_equal(error.line, 3);
	free(command);
	mnd_policy_release(&policy);
	(void)state;
}

static void hcsshim_many_warnings(void **state)
{
	const struct mnd_place place = { 1, 2 };
	struct mnd_policy_source policy = { { NULL } };
	struct mnd_error error;
	struct mnd_import import = { &policy, &lax, &error };
	size_t i;

	for (i = 0; i < 5000; i++)
		assert_int_equal(mnd_hcsshim_warn(&import, &place, "%zu", i),
				 0);
	assert_int_equal(count_warnings(&policy), 1001);
	assert_string_equal(policy.warnings->text, "0");
	assert_string_equal(policy.last_warning->text,
			    "there are more warnings than are listed");
	mnd_policy_release(&policy);
	(void)state;
}

static const char json_text[] =
	"{'allow_all': false, 'containers': {'length': 1, 'elements': {'0':\n"
	"{'command': {'length': 11, 'elements': {'10': 'k', '9': 'j',\n"
	"'8': 'i', '7': 'h', '6': 'g', '5': 'f', '4': 'e', '3': 'd',\n"
	"'2': 'c', '1': 'b', '0': 'a'}},\n"
	"'env_rules': {'length': 2, 'elements': {\n"
	"'0': {'strategy': 're2', 'rule': 'A=.+'},\n"
	"'1': {'strategy': 'string', 'rule': 'B', 'required': true}}},\n"
	"'layers': {'length': 1, 'elements': {'0': '" HASH_1 "'}},\n"
	"'working_dir': '/w',\n"
	"'mounts': {'length': 1, 'elements': {'0': {'source':\n"
	"'sandbox:///x', 'destination': '/x', 'type': 'bind',\n"
	"'options': {'length': 1, 'elements': {'0': 'ro'}}}}},\n"
	"'allow_elevated': true}}}}\n";

static void json_container(void **state)
{
	const struct mnd_subject_source *subject;
	const struct mnd_context_rule *context;
	struct mnd_policy_source policy;
	size_t i;

	expect_policy(json_text, &json, &policy);
	context = init_of(&policy)->context;
	subject = &policy.containers[0];
	assert_int_equal(subject->process_count, 1);
	assert_int_equal(subject->processes[0].argc, 11);
	for (i = 0; i < 11; i++)
		assert_int_equal(subject->processes[0].argv[i].text[0],
				 'a' + (int)i);
	assert_int_equal(subject->processes[0].signals, 0);
	assert_int_equal(subject->flags,
			 MND_SUBJECT_SHUTDOWN | MND_SUBJECT_ELEVATED);
	assert_int_equal(subject->layers[0][31], 0xa1);
	assert_int_equal(subject->volumes.count, 1);
	assert_string_equal(subject->volumes.rules[0].destination, "/x");
	assert_string_equal(subject->volumes.rules[0].type, "bind");
	assert_string_equal(subject->volumes.rules[0].options[0], "ro");
	assert_int_equal(context->variables.count, 2);
	assert_string_equal(context->variables.rules[0].value.text, "A=.+");
	assert_false(context->variables.rules[0].required);
	assert_true(context->variables.rules[1].required);
	assert_string_equal(context->cwd.text, "/w");
	assert_int_equal(context->identity.user.name.matching,
			 MND_MATCHING_ANY);
	assert_false(context->identity.has_groups);
	assert_string_equal(context->identity.umask.text, "0022");
	assert_int_equal(context->capabilities.rule, MND_CAPABILITIES_DEFAULT);
	assert_string_equal(context->profile.text, "");
	assert_int_equal(context->flags, MND_CONTEXT_STDIO);
	assert_int_equal(count_warnings(&policy), 0);
	mnd_policy_release(&policy);
	(void)state;
}

static void json_answers(void **state)
{
	struct mnd_policy_source policy;
	enum mnd_answer wanted;
	size_t i;

	expect_policy("{}", &json, &policy);
	for (i = 0; i < __MND_POINT_MAX; i++) {
		wanted = points[i].rule;
		if (i == MND_POINT_GET_PROPERTIES ||
		    i == MND_POINT_DUMP_STACKS ||
		    i == MND_POINT_RUNTIME_LOGGING)
			wanted = ALLOW;
		assert_int_equal(policy.answers[i], wanted);
	}
	assert_int_equal(policy.flags, MND_POLICY_PLAIN_SCRATCH);
	mnd_policy_release(&policy);
	expect_policy("{'allow_all': true,\n'containers': {'length': 0}}",
		      &json, &policy);
	for (i = 0; i < __MND_POINT_MAX; i++)
		assert_int_equal(policy.answers[i], ALLOW);
	assert_int_equal(policy.flags, 0);
	assert_int_equal(count_warnings(&policy), 0);
	mnd_policy_release(&policy);
	expect_policy("{'allow_all': true,\n"
		      "'containers': {'elements': {'0': {}}}}",
		      &json, &policy);
	expect_warning(&policy, 2, 15, "because of \"allow_all\"");
	mnd_policy_release(&policy);
	(void)state;
}

#define NO_NUMBER "must be an element's number"

static const struct refused refused_json[] = {
	{ "[]", 1, 1, "must be object, not array" },
	{ "{'allow_all': 1}", 1, 15, "must be boolean, not number" },
	{ "{'containers': []}", 1, 16, "must be object, not array" },
	{ "{'containers': {'elements': []}}", 1, 29, "must be object" },
	{ "{'containers': {'length': 2, 'elements': {}}}", 1, 27,
	  "there are 0 elements" },
	{ "{'containers': {'length': -1}}", 1, 27, "there are 0 elements" },
	{ "{'containers': {'length': 1.0}}", 1, 27, "must be a whole number" },
	{ "{'containers': {'elements': {'1': {}}}}", 1, 30, NO_NUMBER },
	{ "{'containers': {'elements': {'00': {}}}}", 1, 30, NO_NUMBER },
	{ "{'containers': {'elements': {'x': {}}}}", 1, 30, NO_NUMBER },
	{ "{'containers': {'elements': {'': {}}}}", 1, 30, NO_NUMBER },
	{ "{'containers': {'elements': {'99999999999999999999': {}}}}", 1, 30,
	  NO_NUMBER },
	{ "{'containers': {'elements': {'0':\n"
	  "{'command': {'elements': {'0': 1}}}}}}",
	  2, 32, "must be string, not number" },
	{ "{'containers': {'elements': {'0':\n"
	  "{'layers': {'elements': {'0': 'x'}}}}}}",
	  2, 31, "64 hexadecimal digits" },
	{ "{'windows_containers': {'elements': {'0': {}}}}", 1, 24,
	  "cannot be run by Linux" },
};

static void json_policies_refused(void **state)
{
	static const struct refused unknown = { "{'x': 1}", 1, 2,
						"a policy has no \"x\"" };
	struct mnd_source_options options = json;
	struct mnd_policy_source policy;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(refused_json); i++)
		expect_refused(&refused_json[i], &json);
	expect_policy(unknown.text, &json, &policy);
	expect_warning(&policy, 1, 2, unknown.message);
	mnd_policy_release(&policy);
	options.strict = true;
	expect_refused(&unknown, &options);
	options.fragment = true;
	expect_refused_at("{}", &options, 1, 1, "cannot be JSON");
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hcsshim_container),
		cmocka_unit_test(hcsshim_context),
		cmocka_unit_test(hcsshim_uvm),
		cmocka_unit_test(hcsshim_framework_versions),
		cmocka_unit_test(hcsshim_missing),
		cmocka_unit_test(hcsshim_missing_old),
		cmocka_unit_test(hcsshim_no_framework),
		cmocka_unit_test(hcsshim_no_rules),
		cmocka_unit_test(hcsshim_rules),
		cmocka_unit_test(hcsshim_no_api),
		cmocka_unit_test(hcsshim_refill),
		cmocka_unit_test(hcsshim_flags),
		cmocka_unit_test(hcsshim_open_door),
		cmocka_unit_test(hcsshim_results),
		cmocka_unit_test(hcsshim_old_externals),
		cmocka_unit_test(hcsshim_fragments),
		cmocka_unit_test(hcsshim_default_parameters),
		cmocka_unit_test(hcsshim_includes),
		cmocka_unit_test(hcsshim_trust_lists),
		cmocka_unit_test(hcsshim_platforms),
		cmocka_unit_test(hcsshim_fragment_source),
		cmocka_unit_test(hcsshim_old_fragment_source),
		cmocka_unit_test(hcsshim_package_name),
		cmocka_unit_test(hcsshim_fragments_refused),
		cmocka_unit_test(hcsshim_policies_refused),
		cmocka_unit_test(hcsshim_members_refused),
		cmocka_unit_test(hcsshim_unknown),
		cmocka_unit_test(hcsshim_variables),
		cmocka_unit_test(hcsshim_users),
		cmocka_unit_test(hcsshim_groups_and_umask),
		cmocka_unit_test(hcsshim_capabilities),
		cmocka_unit_test(hcsshim_signals),
		cmocka_unit_test(hcsshim_mounts_and_processes),
		cmocka_unit_test(hcsshim_names),
		cmocka_unit_test(hcsshim_many_containers),
		cmocka_unit_test(hcsshim_many_arguments),
		cmocka_unit_test(hcsshim_many_warnings),
		cmocka_unit_test(json_container),
		cmocka_unit_test(json_answers),
		cmocka_unit_test(json_policies_refused),
	};

	return cmocka_run_group_tests_name("hcsshim", tests, NULL, NULL);
}
