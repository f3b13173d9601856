// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of policy_data, as genpolicy writes it for Kata's agent: what it
 * refuses, and where; and what it makes of the rest.
 */

#include "import_check.h"

#define PAUSE_LAYER \
	"817250f1a3e336da76f5bd3fa784e1b26d959b9c131876815ba2604048b70c18"
#define TOP "ece5ef216c40047accf38d3a8b16899d13b2712067dd478a2178378ec7fcbfc6"
#define BOTTOM \
	"17a838b0234782eb7f6bcaa0fb28bef9f630268d2e12c3b28022dabf1cdba812"

static const struct check kata = {
	.read = mnd_kata_read,
};

/* As genpolicy writes it, but shorter. */
static const char data[] =
	"{\n"
	" \"containers\": [\n"
	"  {\n"
	"   \"OCI\": {\n"
	"    \"Version\": \"1.1.0\",\n"
	"    \"Process\": {\n"
	"     \"Terminal\": false,\n"
	"     \"User\": {\"UID\": 65535, \"GID\": 65535, \"AdditionalGids\": [], \"Username\": \"\"},\n"
	"     \"Args\": [\"/pause\"],\n"
	"     \"Env\": [\"PATH=/bin\"],\n"
	"     \"Cwd\": \"/\",\n"
	"     \"NoNewPrivileges\": true\n"
	"    },\n"
	"    \"Annotations\": {"
	"\"io.kubernetes.cri.container-type\": \"sandbox\"}\n"
	"   },\n"
	"   \"storages\": [{\n"
	"    \"driver\": \"overlayfs\",\n"
	"    \"driver_options\": [],\n"
	"    \"source\": \"\",\n"
	"    \"fstype\": \"fuse3.kata-overlay\",\n"
	"    \"options\": [\"5a5aad80055ff20012a50dc25f8df7a29924474324d65f7d5306ee8ee27ff71d\",\n"
	"     \"" PAUSE_LAYER "\"],\n"
	"    \"mount_point\": \"$(cpath)/$(bundle-id)\",\n"
	"    \"fs_group\": null\n"
	"   }],\n"
	"   \"sandbox_pidns\": false,\n"
	"   \"exec_commands\": []\n"
	"  },\n"
	"  {\n"
	"   \"OCI\": {\n"
	"    \"Process\": {\n"
	"     \"User\": {\"UID\": 0, \"GID\": 0, \"AdditionalGids\": [7]},\n"
	"     \"Args\": [\"/agnhost\", \"test-webserver\"],\n"
	"     \"Env\": [\"HOSTNAME=$(host-name)\"],\n"
	"     \"Cwd\": \"/srv\",\n"
	"     \"Capabilities\": {\n"
	"      \"Ambient\": [],\n"
	"      \"Bounding\": [\"$(default_caps)\"],\n"
	"      \"Effective\": [\"$(default_caps)\"],\n"
	"      \"Inheritable\": [],\n"
	"      \"Permitted\": [\"$(default_caps)\"]\n"
	"     },\n"
	"     \"NoNewPrivileges\": false\n"
	"    },\n"
	"    \"Root\": {\"Path\": \"$(root_path)\", \"Readonly\": false},\n"
	"    \"Mounts\": [\n"
	"     {\"destination\": \"/sys/fs/cgroup\",\n"
	"      \"source\": \"cgroup\", \"type_\": \"cgroup\",\n"
	"      \"options\": [\"nosuid\", \"noexec\", \"nodev\", \"relatime\", \"ro\"]},\n"
	"     {\"destination\": \"/dev/shm\",\n"
	"      \"source\": \"/run/kata-containers/sandbox/shm\",\n"
	"      \"type_\": \"bind\", \"options\": [\"rbind\"]},\n"
	"     {\"destination\": \"/etc/hosts\",\n"
	"      \"source\": \"$(sfprefix)hosts$\",\n"
	"      \"type_\": \"bind\", \"options\": [\"rbind\", \"rprivate\", \"rw\"]},\n"
	"     {\"destination\": \"/results\",\n"
	"      \"source\": \"^$(cpath)/$(sandbox-id)/local/results$\",\n"
	"      \"type_\": \"local\", \"options\": [\"rbind\", \"rprivate\", \"rw\"]}\n"
	"    ],\n"
	"    \"Annotations\": {\n"
	"     \"io.kubernetes.cri.container-name\": \"webserver\",\n"
	"     \"io.kubernetes.cri.sandbox-name\": \"dns-test-f880e73f\",\n"
	"     \"io.kubernetes.cri.sandbox-namespace\": \"dns-9988\"\n"
	"    },\n"
	"    \"Linux\": {\"Namespaces\": [{\"Type\": \"ipc\"}]}\n"
	"   },\n"
	"   \"storages\": [{\n"
	"    \"driver\": \"overlayfs\",\n"
	"    \"options\": [\"a:b\", \"" TOP ":" BOTTOM "\"]\n"
	"   }],\n"
	"   \"exec_commands\": [[\"sh\", \"-c\", \"echo hi\"]]\n"
	"  }\n"
	" ],\n"
	" \"request_defaults\": {\n"
	"  \"CreateContainerRequest\": {\n"
	"   \"allow_env_regex\": [\"^HOSTNAME=$(dns_label)$\"]\n"
	"  },\n"
	"  \"ExecProcessRequest\": {\n"
	"   \"allowed_commands\": [[\"ls\", \"/tmp\"]],\n"
	"   \"regex\": [\"^cat /[a-z]+$\"]\n"
	"  },\n"
	"  \"CopyFileRequest\": [\"$(sfprefix)\"],\n"
	"  \"CloseStdinRequest\": false\n"
	" },\n"
	" \"common\": {\n"
	"  \"cpath\": \"/run/kata-containers/shared/containers(?:/passthrough)?\",\n"
	"  \"sfprefix\": \"^$(cpath)/(watchable/)?$(bundle-id)-[a-z0-9]{16}-\",\n"
	"  \"dns_label\": \"[a-zA-Z0-9_\\\\.\\\\-]+\",\n"
	"  \"default_caps\": [\"CAP_CHOWN\", \"CAP_KILL\"]\n"
	" }\n"
	"}\n";

/* One more key behind, or a value instead of one that is there. */
#define COMMAND(text) "[\"ls\", \"/tmp\"]", text
#define EXPRESSION(text) "^cat /[a-z]+$", text
#define VARIABLE(text) "^HOSTNAME=$(dns_label)$", text
#define ENV(text) "HOSTNAME=$(host-name)", text
#define SOURCE(text) "$(sfprefix)hosts$", text
#define ARGS(text) "[\"/agnhost\", \"test-webserver\"]", text
#define OVERLAY(text) "\"a:b\", \"" TOP ":" BOTTOM "\"", text

static const struct change data_changes[] = {
	{ " \"containers\"", " \"policy\": 1, \"containers\"", 2, 2,
	  "unknown key \"policy\" in policy_data" },
	{ "\"containers\": [\n", "\"containers\": [1,\n", 2, 17,
	  "must be object, not number" },
	{ "\"containers\"", "\"sandbox\": [], \"containers\"", 2, 13,
	  "must be object, not array" },
	{ "   \"OCI\"", "   \"oci\"", 4, 4,
	  "unknown key \"oci\" in a container" },
	{ "\"Process\"", "\"Hooks\": {}, \"Process\"", 6, 14,
	  "no container of Kata can have hooks" },
	{ "\"Process\"", "\"Hooks\": null, \"Process\"", 0, 0, NULL },
	{ "\"Process\"", "\"Domain\": 1, \"Process\"", 6, 5,
	  "unknown key \"Domain\" in \"OCI\"" },
	{ "\"Terminal\"", "\"Rlimits\": [], \"Terminal\"", 7, 6,
	  "unknown key \"Rlimits\" in \"Process\"" },
	{ "\"Username\"", "\"Umask\"", 8, 65,
	  "unknown key \"Umask\" in \"User\"" },
	{ "\"UID\": 65535, ", "", 8, 14, "needs a \"UID\" and a \"GID\"" },
	{ "\"GID\": 65535, ", "", 8, 14, "needs a \"UID\" and a \"GID\"" },
	{ "\"UID\": 65535", "\"UID\": -1", 8, 22,
	  "must be a number from 0 to 4294967295" },
	{ "\"AdditionalGids\": [7]", "\"AdditionalGids\": [\"7\"]", 32, 54,
	  "must be number, not string" },
	{ "[\"/pause\"]", "[]", 3, 3, "a container needs OCI.Process.Args" },
	{ "[\"/pause\"]", "[1]", 9, 15, "must be string, not number" },
	{ "\"Cwd\": \"/\"", "\"Cwd\": null", 3, 3,
	  "a container needs OCI.Process.Cwd" },
	{ "\"User\": {\"UID\": 65535", "\"Userx\": {\"UID\": 65535", 8, 6,
	  "unknown key \"Userx\" in \"Process\"" },
	{ "\"sandbox_pidns\": false", "\"shared_pidns\": false", 26, 4,
	  "unknown key \"shared_pidns\" in a container" },
	{ "\"Namespaces\"", "\"Seccomp\"", 65, 15,
	  "unknown key \"Seccomp\" in \"Linux\"" },
	{ "[{\"Type\": \"ipc\"}]", "null", 0, 0, NULL },
	{ "\"io.kubernetes.cri.container-name\": \"webserver\"",
	  "\"io.kubernetes.cri.container-name\": 1", 61, 42,
	  "must be string, not number" },
	{ "\"request_defaults\": {", "\"request_defaults\": { \"X\": 1,", 74,
	  24, "unknown key \"X\" in \"request_defaults\"" },
	{ "\"allow_env_regex\"", "\"allow_env\"", 76, 4,
	  "unknown key \"allow_env\" in \"CreateContain" },
	{ "\"allowed_commands\"", "\"allow\"", 79, 4,
	  "unknown key \"allow\" in \"ExecProcessReques" },
	{ "\"CAP_CHOWN\"", "1", 89, 20, "must be string, not number" },
	{ "\"default_caps\"", "\"caps\"", 38, 20,
	  "policy_data.common does not define these" },
	{ "\"Ambient\"", "\"ambient\"", 37, 7,
	  "unknown key \"ambient\" in \"Capabilities\"" },
	{ "[\"$(default_caps)\"]", "[\"CAP_KILL\", \"CHOWN\"]", 0, 0, NULL },
	{ "[\"$(default_caps)\"]", "[\"$(privileged_caps)\"]", 38, 20,
	  "policy_data.common does not define these" },
	{},
};

static const struct change storage_changes[] = {
	{ "\"fs_group\": null", "\"size\": 1", 24, 5,
	  "unknown key \"size\" in an element of \"stor" },
	{ OVERLAY("\"a:b\""), 67, 17,
	  "needs two options: names and root hashes" },
	{ OVERLAY("\"a:b\", \"" TOP "\""), 67, 17,
	  "has not as many root hashes as names of layers" },
	{ OVERLAY("\"a:b\", \"" TOP ":aa\""), 69, 24,
	  "a layer must have 64 hexadecimal digits, in" },
	{ OVERLAY("\"a:b\", \"" TOP ":\""), 69, 24,
	  "a layer must have 64 hexadecimal digits, in" },
	{ OVERLAY("\"a\", \"" TOP "\""), 0, 0, NULL },
	{ "   \"storages\": [{\n    \"driver\": \"overlayfs\",\n    \"options\"",
	  "   \"storages\": [{\"driver\": \"overlayfs\", \"options\": [\"a\", \"" TOP
	  "\"]}, {\n    \"driver\": \"overlayfs\",\n    \"options\"",
	  67, 128, "there is an overlay before" },
	{},
};

static const struct change mount_changes[] = {
	{ "\"type_\": \"cgroup\"", "\"type\": \"cgroup\"", 48, 27,
	  "unknown key \"type\" in an element of \"Moun" },
	{ "\"type_\": \"cgroup\",", "", 47, 6,
	  "needs \"type_\" and \"destination\"" },
	{ "\"destination\": \"/sys/fs/cgroup\",", "", 47, 6,
	  "needs \"type_\" and \"destination\"" },
	{ SOURCE("$(sfprefx)hosts$"), 54, 17,
	  "what \"$(sfprefx)\" stands for is not known" },
	{ SOURCE("$(sandbox-id"), 54, 17, "pattern, byte 2: missing )" },
	{ SOURCE("sandbox:///x"), 54, 17, "only hcsshim has such sources" },
	{ SOURCE("hugepages://x"), 54, 17, "only hcsshim has such sources" },
	{ SOURCE("plan9://"), 54, 17, "only hcsshim has such sources" },
	{ SOURCE("sandbox:/x"), 0, 0, NULL },
	{ SOURCE("^/a/(b$"), 54, 17, "pattern, byte 5: missing )" },
	{ SOURCE(""), 54, 17, "what \"$(spath)\" stands for is not known" },
	{ "(?:/passthrough)?", "$(cpath)", 54, 17, "stands for itself" },
	{},
};

static const struct change command_changes[] = {
	{ COMMAND("\"ls\""), 79, 25, "must be array, not string" },
	{ COMMAND("[]"), 79, 25, "has no arguments" },
	{ COMMAND("[\"\"]"), 0, 0, NULL },
	{ "[\"sh\", \"-c\", \"echo hi\"]", "1", 71, 22,
	  "must be string, not number" },
	{ "[\"sh\", \"-c\", \"echo hi\"]", "\"sh -c echo hi\"", 0, 0, NULL },
	{ ARGS("[\"a-$(sandbox-name)\"]"), 33, 15,
	  "a $(sandbox-name) can only be imported" },
	{ ARGS("[\"$(sandbox-name)\"]"), 62, 40,
	  "the program must be written out" },
	{ ARGS("[\"/a\", \"$(sandbox-name)\"]"), 0, 0, NULL },
	{ "[\"/pause\"]", "[\"$(sandbox-name)\"]", 9, 15,
	  "a $(sandbox-name) can only be imported" },
	{ EXPRESSION("^cat +/[a-z]$"), 80, 14,
	  "the expression repeats a blank" },
	{ EXPRESSION("^cat {2}/[a-z]$"), 80, 14,
	  "the expression repeats a blank" },
	{ EXPRESSION("^cat /a|ls /b$"), 80, 14,
	  "the expression has alternatives with a" },
	{ EXPRESSION("^cat$ ^/a$"), 80, 14,
	  "the expression has a beginning or an end in" },
	{ EXPRESSION("(?i)^cat$"), 80, 14, "the expression sets flags" },
	{ EXPRESSION("^cat (/a$"), 80, 14, "pattern, byte 1: missing )" },
	{ EXPRESSION("^cat (/a|/b)$"), 0, 0, NULL },
	{ EXPRESSION("^cat|ls$"), 80, 14, "the program must be written out" },
	{ EXPRESSION("^cat [a-z]+$"), 0, 0, NULL },
	{},
};

#define ESCAPE "the expression has an escape that means something else"

/* What Rust's regex crate and RE2 do not take alike. */
static const struct change pattern_changes[] = {
	{ VARIABLE("^A=\\\\D$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\W$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\S$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=[^\\\\d]$"), 76, 24,
	  "the expression has a class of Unicode in" },
	{ VARIABLE("^A=[^a\\\\w]$"), 76, 24,
	  "the expression has a class of Unicode in" },
	{ VARIABLE("^A=\\\\bx$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\Bx$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\pL$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\PL$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\Ca$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\Qa$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\u0041$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\1$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\<x$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\\u00e9$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\>x$"), 76, 24, ESCAPE },
	{ VARIABLE("^A=\\\\z9$\\\\Z"), 76, 24, ESCAPE },
	{ VARIABLE("^A=[]$"), 76, 24,
	  "the expression has a class without an end" },
	{ VARIABLE("^A=[[:alpha"), 76, 24,
	  "the expression has a class in a class" },
	{ VARIABLE("^A=[[:^"), 76, 24,
	  "the expression has a class in a class" },
	{ VARIABLE("^A=[[:"), 76, 24, "the expression has a class in a class" },
	{ VARIABLE("^A=[a&&"), 76, 24,
	  "the expression has an operation on classes" },
	{ VARIABLE("^A=a{2"), 76, 24,
	  "the expression has a brace that begins no count" },
	{ VARIABLE("^A=a{2,"), 76, 24,
	  "the expression has a brace that begins no count" },
	{ VARIABLE("^A=(?i"), 76, 24, "the expression has a group of a kind" },
	{ VARIABLE("^A=(?P<n"), 76, 24, "pattern, byte" },
	{ VARIABLE("^A=\\\\x"), 76, 24, "pattern, byte" },
	{ VARIABLE("^A=\\\\x4"), 76, 24, "pattern, byte" },
	{ VARIABLE("^A=\\\\x{4"), 76, 24, "pattern, byte" },
	{ VARIABLE("^A=\\\\ a$"), 0, 0, NULL },
	{ VARIABLE("^A=[A-Za-z0-9]{0,19}$"), 0, 0, NULL },
	{ VARIABLE("^A=\\\\"), 76, 24, "the expression ends with a backslash" },
	{ VARIABLE("^A=[a&&b]$"), 76, 24,
	  "the expression has an operation on classes" },
	{ VARIABLE("^A=[a--b]$"), 76, 24,
	  "the expression has an operation on classes" },
	{ VARIABLE("^A=[a~~b]$"), 76, 24,
	  "the expression has an operation on classes" },
	{ VARIABLE("^A=[a[b]]$"), 76, 24,
	  "the expression has a class in a class" },
	{ VARIABLE("^A=[a-\\\\d]$"), 76, 24,
	  "the expression has a range that ends with a" },
	{ VARIABLE("^A=[\\\\d-z]$"), 76, 24,
	  "the expression has a range that begins with" },
	{ VARIABLE("^A=[a-b-c]$"), 76, 24,
	  "the expression has a hyphen behind a range" },
	{ VARIABLE("^A=[a"), 76, 24,
	  "the expression has a class without an end" },
	{ VARIABLE("^A={a}$"), 76, 24,
	  "the expression has a brace that begins no" },
	{ VARIABLE("^A=a{,2}$"), 76, 24,
	  "the expression has a brace that begins no" },
	{ VARIABLE("^A=a{2$"), 76, 24,
	  "the expression has a brace that begins no" },
	{ VARIABLE("^A=a)$"), 76, 24, "the expression has a ) without a (" },
	{ VARIABLE("^A=(?=a)$"), 76, 24,
	  "the expression has a group of a kind that" },
	{ VARIABLE("^A=(?x)a$"), 76, 24,
	  "the expression has a group of a kind that" },
	{ VARIABLE("^A=(?<n>a)$"), 76, 24,
	  "the expression has a group of a kind that" },
	{ VARIABLE("^A=(a$"), 76, 24, "pattern, byte 4: missing )" },
	{ VARIABLE("^A=$(nothing)$"), 76, 24,
	  "what \"$(nothing)\" stands for is not known" },
	{ VARIABLE("^A=\\\\d+$"), 0, 0, NULL },
	{ VARIABLE("^A=[a\\\\w.-]{1,3}?$"), 0, 0, NULL },
	{ VARIABLE("^A=[]a-c-]*[^-x][[:^alpha:]]$"), 0, 0, NULL },
	{ VARIABLE("^A=(?P<n>a)(?i:b)(?:c)$"), 0, 0, NULL },
	{ VARIABLE("\\\\AA=\\\\x41\\\\x{2603}\\\\.\\\\-\\\\n\\\\z"), 0, 0,
	  NULL },
	{},
};

static void test_data_refused(void **state)
{
	expect_changes(&kata, data, data_changes);
	expect_changes(&kata, data, storage_changes);
	expect_changes(&kata, data, mount_changes);
	expect_changes(&kata, data, command_changes);
	(void)state;
}

static void test_patterns(void **state)
{
	expect_changes(&kata, data, pattern_changes);
	(void)state;
}

static void test_no_fragment(void **state)
{
	static const struct change fragment = {
		"", "", 0, 0, "a policy of Kata cannot be a fragment"
	};
	struct check check = kata;

	check.options.fragment = true;
	expect_refused(&check, data, &fragment);
	(void)state;
}

static void expect_layers(const struct mnd_policy_source *policy,
			  size_t container, const u8 *first, size_t count)
{
	const struct mnd_subject_source *subject;
	size_t i;

	assert_true(container < policy->container_count);
	subject = &policy->containers[container];
	assert_int_equal(subject->layer_count, count);
	for (i = 0; i < count; i++)
		assert_int_equal(subject->layers[i][0], first[i]);
	assert_int_equal(!count, !!(subject->flags & MND_SUBJECT_BOUND));
	assert_int_equal(subject->class,
			 count ? MND_CLASS_VERIFIED : MND_CLASS_LISTED);
}

static void test_containers(void **state)
{
	static const u8 pause[] = { 0x81 }, server[] = { 0x17, 0xec };
	const struct mnd_context_rule *context;
	struct mnd_policy_source policy;

	expect_policy(&kata, data, &policy);
	assert_int_equal(policy.container_count, 2);
	assert_string_equal(policy.containers[0].name, "pause");
	expect_layers(&policy, 0, pause, ARRAY_SIZE(pause));
	expect_argv(init_of(&policy, 0), "/pause");
	context = init_of(&policy, 0)->context;
	expect_match(&context->cwd, MND_MATCHING_EXACT, "/");
	assert_true(context->flags & MND_CONTEXT_NO_NEW_PRIVS);
	assert_int_equal(context->identity.user.id, 65535);
	assert_int_equal(context->identity.group_count, 1);
	assert_int_equal(context->capabilities.rule, MND_CAPABILITIES_EQUAL);
	assert_int_equal(context->capabilities.sets[MND_BOUNDING], 0);
	assert_string_equal(policy.containers[1].name, "webserver");
	expect_layers(&policy, 1, server, ARRAY_SIZE(server));
	assert_int_equal(policy.containers[1].place.line, 29);
	assert_int_equal(policy.containers[1].place.column, 3);
	expect_argv(init_of(&policy, 1), "/agnhost", "test-webserver");
	context = init_of(&policy, 1)->context;
	expect_match(&context->cwd, MND_MATCHING_EXACT, "/srv");
	expect_match(&context->profile, MND_MATCHING_EXACT, "");
	assert_int_equal(context->flags, MND_CONTEXT_STDIO);
	assert_true(context->identity.user.has_id);
	assert_int_equal(context->identity.user.id, 0);
	assert_true(context->identity.has_groups);
	assert_int_equal(context->identity.group_count, 2);
	assert_int_equal(context->identity.groups[0].id, 0);
	assert_int_equal(context->identity.groups[1].id, 7);
	assert_int_equal(context->capabilities.sets[MND_BOUNDING],
			 1 << 0 | 1 << 5);
	assert_int_equal(context->capabilities.lengths[MND_BOUNDING], 2);
	assert_int_equal(context->capabilities.sets[MND_PERMITTED],
			 1 << 0 | 1 << 5);
	assert_int_equal(context->capabilities.sets[MND_AMBIENT], 0);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_variables(void **state)
{
	const struct mnd_variable_rules *rules;
	struct mnd_policy_source policy;

	expect_policy(&kata, data, &policy);
	expect_whole(init_of(&policy, 0), 0, MND_MATCHING_EXACT, "PATH=/bin");
	expect_whole(init_of(&policy, 0), 1, MND_MATCHING_RE2,
		     "^HOSTNAME=[a-zA-Z0-9_\\.\\-]+$");
	rules = &init_of(&policy, 1)->context->variables;
	assert_true(rules->given);
	assert_int_equal(rules->count, 2);
	assert_false(rules->rules[0].whole);
	expect_match(&rules->rules[0].name, MND_MATCHING_EXACT, "HOSTNAME");
	expect_match(&rules->rules[0].value, MND_MATCHING_RE2, "[^=]*");
	mnd_policy_release(&policy);

	/* Only what has one equals sign is told from what it stands for. */
	expect_changed(&kata, data, ENV("A=$(host-name)=b"), &policy);
	expect_whole(init_of(&policy, 1), 0, MND_MATCHING_EXACT,
		     "A=$(host-name)=b");
	mnd_policy_release(&policy);
	expect_changed(&kata, data, ENV("IP=$(pod-ip)"), &policy);
	rules = &init_of(&policy, 1)->context->variables;
	expect_match(&rules->rules[0].name, MND_MATCHING_EXACT, "IP");
	assert_non_null(strstr(rules->rules[0].value.text, "25[0-5]"));
	mnd_policy_release(&policy);
	expect_changed(&kata, data, ENV("N=$(sandbox-name)"), &policy);
	rules = &init_of(&policy, 1)->context->variables;
	expect_match(&rules->rules[0].value, MND_MATCHING_RE2,
		     "(?s:.*)(?:dns-test-f880e73f)(?s:.*)");
	mnd_policy_release(&policy);
	expect_changed(&kata, data, ENV("N=a.$(sandbox-namespace)"), &policy);
	expect_whole(init_of(&policy, 1), 0, MND_MATCHING_EXACT,
		     "N=a.dns-9988");
	mnd_policy_release(&policy);
	(void)state;
}

/* Without annotations nothing is known of the pod. */
static void test_unknown_pod(void **state)
{
	const struct mnd_variable_rules *rules;
	struct mnd_policy_source policy;

	expect_changed(&kata, data, "\"PATH=/bin\"",
		       "\"A=$(sandbox-name)\", \"N=a.$(sandbox-namespace)\"",
		       &policy);
	rules = &init_of(&policy, 0)->context->variables;
	expect_match(&rules->rules[0].name, MND_MATCHING_EXACT, "A");
	expect_match(&rules->rules[0].value, MND_MATCHING_RE2, "[^=]*");
	expect_whole(init_of(&policy, 0), 1, MND_MATCHING_RE2, "N=a\\.(?s:.*)");
	mnd_policy_release(&policy);
	(void)state;
}

static void expect_search(const char *pattern, bool whole, const char *read)
{
	struct mnd_policy_source policy;
	char *search;

	expect_changed(&kata, data, VARIABLE(pattern), &policy);
	if (asprintf(&search, "(?s:.*)(?:%s)(?s:.*)", read) < 0)
		fail_msg("out of memory");
	expect_whole(init_of(&policy, 1), 1, MND_MATCHING_RE2,
		     whole ? read : search);
	expect_warning(&policy, 76, 24, "as far as Rust's regex crate");
	free(search);
	mnd_policy_release(&policy);
}

/* What is held by anchors stays as it is; for the rest there is a search. */
static void test_searches(void **state)
{
	expect_search("^A=(?:b)$", true, "^A=(?:b)$");
	expect_search("^A=(b|^c|d$|[$])$", true, "^A=(b|^c|d$|[$])$");
	expect_search("\\\\AA=\\\\x{41}\\\\x41$", true, "\\AA=\\x{41}\\x41$");
	expect_search("^A=\\\\x{4a}$", true, "^A=\\x{4a}$");
	expect_search("^A=\\\\z", true, "^A=\\z");
	expect_search("^A=\\\\$", false, "^A=\\$");
	expect_search("^A=(?P<n>b$)", false, "^A=(?P<n>b$)");
	expect_search("A=b$", false, "A=b$");
	expect_search("^A=b", false, "^A=b");
	expect_search("^A=b|C$", false, "^A=b|C$");
	expect_search("^A(?i)b$", false, "^A(?i)b$");
	expect_search("^A=(?i:b)$", false, "^A=(?i:b)$");
	expect_search("^?A=b$", false, "^?A=b$");
	expect_search("^{0,1}A=b$", false, "^{0,1}A=b$");
	expect_search("^A=b{0,19}?$", true, "^A=b{0,19}?$");
	(void)state;
}

static void test_commands(void **state)
{
	const struct mnd_process_rule *exec;
	struct mnd_policy_source policy;

	expect_policy(&kata, data, &policy);
	assert_int_equal(policy.containers[0].process_count, 3);
	expect_argv(exec_of(&policy, 0, 0), "ls", "/tmp");
	assert_int_equal(policy.containers[1].process_count, 4);
	exec = exec_of(&policy, 1, 0);
	expect_argv(exec, "sh", "-c", "echo hi");
	assert_int_equal(exec->place.line, 71);
	assert_int_equal(exec->place.column, 22);
	expect_argv(exec_of(&policy, 1, 1), "ls", "/tmp");
	exec = exec_of(&policy, 1, 2);
	assert_int_equal(exec->argc, 2);
	expect_match(&exec->argv[0], MND_MATCHING_EXACT, "cat");
	expect_match(&exec->argv[1], MND_MATCHING_RE2, "/[a-z]+");
	/* Like the container, but for its capabilities. */
	expect_match(&exec->context->cwd, MND_MATCHING_EXACT, "/srv");
	assert_int_equal(exec->context->identity.groups[1].id, 7);
	assert_int_equal(exec->context->capabilities.rule,
			 MND_CAPABILITIES_ANY);
	assert_int_equal(exec->signals, ~0ULL);
	assert_true(policy.containers[1].flags & MND_SUBJECT_SHUTDOWN);
	mnd_policy_release(&policy);
	(void)state;
}

/* Where a string has all arguments, a script is told from its arguments. */
static void test_joined(void **state)
{
	const struct mnd_process_rule *exec;
	struct mnd_policy_source policy;

	expect_changed(&kata, data, "[\"sh\", \"-c\", \"echo hi\"]",
		       "\"sh -c echo hi\"", &policy);
	expect_argv(exec_of(&policy, 1, 0), "sh", "-c", "echo", "hi");
	expect_argv(exec_of(&policy, 1, 1), "sh", "-c", "echo hi");
	expect_warning(&policy, 71, 22, "each blank in \"sh -c echo hi\"");
	mnd_policy_release(&policy);

	expect_changed(&kata, data,
		       "\"allowed_commands\": [[\"ls\", \"/tmp\"]]",
		       "\"commands\": [\"ls -l\"]", &policy);
	expect_argv(exec_of(&policy, 0, 0), "ls", "-l");
	mnd_policy_release(&policy);

	expect_changed(&kata, data, EXPRESSION("^sh -c a b+$"), &policy);
	exec = exec_of(&policy, 0, 1);
	assert_int_equal(exec->argc, 4);
	expect_match(&exec->argv[2], MND_MATCHING_EXACT, "a");
	expect_match(&exec->argv[3], MND_MATCHING_RE2, "b+");
	exec = exec_of(&policy, 0, 2);
	assert_int_equal(exec->argc, 3);
	expect_match(&exec->argv[2], MND_MATCHING_RE2, "a b+");
	assert_null(find_warning(&policy, "and not only for a part"));
	mnd_policy_release(&policy);

	expect_changed(&kata, data, EXPRESSION("^cat \\\\.\\\\-\\\\ z$"),
		       &policy);
	expect_argv(exec_of(&policy, 0, 1), "cat", ".-", "z");
	mnd_policy_release(&policy);

	expect_changed(&kata, data, EXPRESSION("cat /a"), &policy);
	expect_argv(exec_of(&policy, 0, 1), "cat", "/a");
	expect_warning(&policy, 80, 14, "and not only for a part");
	mnd_policy_release(&policy);
	(void)state;
}

#define WORDS \
	"[\"sh\", \"$$(a)$$\", \"$(node-name)\", \"$(sandbox-name)\", \"\"]"

static void test_arguments(void **state)
{
	struct mnd_policy_source policy;

	expect_changed(&kata, data, ARGS(WORDS), &policy);
	expect_match(&init_of(&policy, 1)->argv[1], MND_MATCHING_EXACT,
		     "$(a)$");
	assert_int_equal(init_of(&policy, 1)->argv[2].matching,
			 MND_MATCHING_ANY);
	expect_match(&init_of(&policy, 1)->argv[3], MND_MATCHING_RE2,
		     "(?s:.*)(?:dns-test-f880e73f)(?s:.*)");
	expect_warning(&policy, 33, 32, "this argument can be anything");
	mnd_policy_release(&policy);
	(void)state;
}

static void expect_mount(const struct mnd_policy_source *policy, size_t number,
			 const char *type, const char *target, u32 flags)
{
	const struct mnd_subject_source *subject = &policy->containers[1];
	const struct mnd_mount_rule *rule = &subject->mounts[number];

	assert_true(number < subject->mount_count);
	assert_string_equal(rule->type, type);
	if (target)
		expect_match(&rule->target, MND_MATCHING_EXACT, target);
	else
		assert_int_equal(rule->target.matching, MND_MATCHING_ANY);
	assert_int_equal(rule->flags,
			 flags | MND_MOUNT_SETUP | MND_MOUNT_UMOUNT);
}

#define CGROUP_FLAGS                                           \
	(MND_MOUNT_NEW | MND_MOUNT_NOSUID | MND_MOUNT_NOEXEC | \
	 MND_MOUNT_NODEV | MND_MOUNT_RO)
#define SHARED "^/run/kata-containers/shared/containers(?:/passthrough)?/"
#define HOSTS \
	"(watchable/)?(?:[0-9a-f]{64}|[a-z0-9][a-z0-9.-]*)-[a-z0-9]{16}-hosts$"

static void test_mounts(void **state)
{
	const struct mnd_subject_source *subject;
	struct mnd_policy_source policy;

	expect_policy(&kata, data, &policy);
	subject = &policy.containers[1];
	assert_int_equal(subject->mount_count, 6);
	expect_mount(&policy, 0, "cgroup", "/sys/fs/cgroup", CGROUP_FLAGS);
	expect_mount(&policy, 1, "cgroup2", "/sys/fs/cgroup", CGROUP_FLAGS);
	expect_mount(&policy, 2, "bind", "/dev/shm", MND_MOUNT_BIND);
	expect_match(&subject->mounts[2].source, MND_MATCHING_EXACT,
		     "/run/kata-containers/sandbox/shm");
	expect_mount(&policy, 3, "bind", "/etc/hosts", MND_MOUNT_BIND);
	expect_match(&subject->mounts[3].source, MND_MATCHING_RE2,
		     SHARED HOSTS);
	expect_mount(&policy, 4, "bind", "/results", MND_MOUNT_BIND);
	expect_match(&subject->mounts[4].source, MND_MATCHING_RE2,
		     SHARED "[a-z0-9]{64}/local/results$");
	expect_mount(&policy, 5, "tmpfs", NULL, MND_MOUNT_NEW | MND_MOUNT_RO);
	assert_int_equal(subject->volumes.count, 4);
	assert_string_equal(subject->volumes.rules[3].type, "local");
	assert_string_equal(subject->volumes.rules[3].destination, "/results");
	assert_int_equal(subject->volumes.rules[3].option_count, 3);
	assert_string_equal(subject->volumes.rules[1].source,
			    "/run/kata-containers/sandbox/shm");
	expect_warning(&policy, 54, 17, "but refused in requests");
	mnd_policy_release(&policy);
	(void)state;
}

/* Layers that are storages of their own, the first one on top. */
#define LAYER(options)                                                        \
	"{\"driver\": \"blk\", \"fstype\": \"erofs\", \"options\": [" options \
	"\"X-kata.multi-layer=true\"]}"
#define ROOT(hash) "\"X-kata.dmverity.roothash=" hash "\", "
#define STORAGES                                                               \
	"{\n    \"driver\": \"overlayfs\",\n    \"options\": [\"a:b\", \"" TOP \
	":" BOTTOM "\"]\n   }"

static void test_layers(void **state)
{
	static const u8 server[] = { 0x17, 0xec };
	struct mnd_policy_source policy;

	expect_changed(&kata, data, STORAGES,
		       LAYER(ROOT(TOP)) ", " LAYER(ROOT(BOTTOM)), &policy);
	expect_layers(&policy, 1, server, ARRAY_SIZE(server));
	assert_null(find_warning(&policy, "no root hashes"));
	mnd_policy_release(&policy);

	/* One that is not verified leaves the container without any. */
	expect_changed(&kata, data, STORAGES, LAYER(ROOT(TOP)) ", " LAYER(""),
		       &policy);
	expect_layers(&policy, 1, NULL, 0);
	expect_warning(&policy, 29, 3, "no root hashes tell what is in this");
	mnd_policy_release(&policy);
	expect_changed(&kata, data, STORAGES,
		       "{\"driver\": \"image_guest_pull\"}", &policy);
	expect_layers(&policy, 1, NULL, 0);
	assert_non_null(find_warning(&policy, "storages other than layers"));
	mnd_policy_release(&policy);
	(void)state;
}

/* Keys of the data, in their order. */
#define NOT_ENFORCED \
	"OCI.Annotations, OCI.Linux.Namespaces, OCI.Root, OCI.Version, sandbox_pidns"

static void test_warnings(void **state)
{
	struct mnd_policy_source policy;

	expect_policy(&kata, data, &policy);
	expect_warning(&policy, 1, 1, "is taken to be the rules of genpolicy");
	expect_warning(&policy, 82, 22,
		       "\"CopyFileRequest\" is allowed, and nothing");
	assert_null(find_warning(&policy, "CloseStdinRequest"));
	expect_warning(&policy, 1, 1,
		       "nothing enforces what is said here of " NOT_ENFORCED);
	assert_null(find_warning(&policy, "Terminal"));
	mnd_policy_release(&policy);
	expect_changed(&kata, data, "\"Terminal\": false", "\"Terminal\": true",
		       &policy);
	assert_non_null(find_warning(&policy, "OCI.Process.Terminal"));
	mnd_policy_release(&policy);
	expect_changed(&kata, data, "\"CloseStdinRequest\": false",
		       "\"CloseStdinRequest\": true", &policy);
	expect_warning(&policy, 83, 24, "\"CloseStdinRequest\" is allowed");
	mnd_policy_release(&policy);
	(void)state;
}

static void test_answers(void **state)
{
	struct mnd_policy_source policy;

	expect_policy(&kata, data, &policy);
	assert_int_equal(policy.answers[MND_POINT_CREATE_CONTAINER],
			 MND_ANSWER_RULES);
	assert_int_equal(policy.answers[MND_POINT_GET_PROPERTIES],
			 MND_ANSWER_DENY);
	assert_int_equal(policy.answers[MND_POINT_DUMP_STACKS],
			 MND_ANSWER_DENY);
	mnd_policy_release(&policy);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_data_refused),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_no_fragment),
		cmocka_unit_test(test_containers),
		cmocka_unit_test(test_variables),
		cmocka_unit_test(test_unknown_pod),
		cmocka_unit_test(test_searches),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_joined),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_mounts),
		cmocka_unit_test(test_layers),
		cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
