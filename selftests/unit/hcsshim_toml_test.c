// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of securitypolicytool's TOML: what it refuses, and where; and what
 * it makes of what the tool makes without being asked.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../userspace/import/source.h"

#define HASH "00000000000000000000000000000000000000000000000000000000000000aa"

#define LAYERS "\"layers\": [\"" HASH "\"]"
#define PAUSE "\"k8s.gcr.io/pause:3.1\": {" LAYERS ", \"env\": [\"P=1\"]}"

/* Facts of images; those of the last one are always needed. */
static const char images[] =
	"{\n"
	"\"app\": {" LAYERS ", \"env\": [\"A=1\", \"B=2\"],\n"
	" \"entrypoint\": [\"/bin/app\"], \"cmd\": [\"--serve\", \"x\"],\n"
	" \"working_dir\": \"/srv\"},\n"
	"\"bare\": {" LAYERS ", \"entrypoint\": null, \"cmd\": [\"/x\"],\n"
	" \"working_dir\": \"\", \"user\": \"\"},\n"
	"\"large\": {" LAYERS ", \"user\": \"4294967296:4294967295\"},\n"
	"\"ids\": {" LAYERS ", \"user\": \"1000:1001\"},\n"
	"\"names\": {" LAYERS ", \"user\": \"svc:grp\",\n"
	" \"passwd\": \"root:x:0:0::/:\\nsvc:x:100:101::/:\\n\",\n"
	" \"group\": \"grp:x:102:\\n\"},\n"
	"\"strangers\": {" LAYERS ", \"user\": \"svc:grp\"},\n"
	"\"colons\": {" LAYERS ", \"user\": \"a:b:c\"},\n"
	"\"odd\": {" LAYERS ", \"users\": \"a\"},\n"
	"\"no layers\": {\"env\": []},\n"
	"\"a list\": {\"layers\": \"aa\"},\n" PAUSE "}\n";

static const char profile[] =
	"{ \"syscalls\": [], \"defaultAction\": \"SCMP_ACT_ALLOW\" }";

/* Of {"defaultAction":"SCMP_ACT_ALLOW"}, and of {"defaultAction":""}. */
#define PROFILE_DIGEST \
	"1e91071efd3cec07b4e3e6cb9e0405055162ec9674f62869fe7f1564d5dce24f"

#define EMPTY_DIGEST \
	"2bad373cb24c8e2f0bc6583803b0ef677d1cbfb077fc0aeaf64bd483fbcde626"

static int read_file(void *context, struct mnd_arena *arena, const char *name,
		     struct mnd_string_ref *content)
{
	unsigned int *counter = context;
	const char *text = "{}";

	if (!strcmp(name, "profile.json"))
		text = profile;
	else if (strcmp(name, "empty.json"))
		return -ENOENT;
	++*counter;
	content->length = strlen(text);
	content->text = mnd_arena_copy(arena, text, content->length);
	return content->text ? 0 : -ENOMEM;
}

static unsigned int reads; /* of files, by read_file() */

static const struct mnd_source_options usual = {
	.images = images,
	.images_length = sizeof(images) - 1,
	.read_file = read_file,
	.read_context = &reads,
};

static int read_policy(const char *text,
		       const struct mnd_source_options *options,
		       struct mnd_policy_source *policy,
		       struct mnd_error *error)
{
	const struct mnd_string_ref source = { text, strlen(text) };

	memset(policy, 0, sizeof(*policy));
	memset(error, 0, sizeof(*error));
	return mnd_hcsshim_toml_read(&source, options, policy, error);
}

static void expect_policy(const char *text,
			  const struct mnd_source_options *options,
			  struct mnd_policy_source *policy)
{
	struct mnd_error error;

	if (read_policy(text, options, policy, &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
}

static void expect_refused(const char *text,
			   const struct mnd_source_options *options,
			   unsigned int line, unsigned int column,
			   const char *message)
{
	struct mnd_policy_source policy;
	struct mnd_error error;

	if (!read_policy(text, options, &policy, &error))
		fail_msg("accepted: %s", text);
	mnd_policy_release(&policy);
	if (error.line != line || error.column != column ||
	    !strstr(error.text, message))
		fail_msg("%s: %u:%u: %s", text, error.line, error.column,
			 error.text);
}

static unsigned int count_warnings(const struct mnd_policy_source *policy,
				   const char *text)
{
	const struct mnd_warning *warning;
	unsigned int count = 0;

	for (warning = policy->warnings; warning; warning = warning->next)
		count += !!strstr(warning->text, text);
	return count;
}

static const struct mnd_process_rule *
init_of(const struct mnd_policy_source *policy, size_t container)
{
	const struct mnd_subject_source *subject;
	size_t i;

	assert_true(container < policy->container_count);
	subject = &policy->containers[container];
	for (i = 0; i < subject->process_count; i++)
		if (subject->processes[i].flags & MND_ROLE_ENTRY)
			return &subject->processes[i];
	fail_msg("container %zu has no init", container);
	return NULL;
}

static void expect_command(const struct mnd_process_rule *process,
			   const char *const *argv, size_t argc)
{
	size_t i;

	assert_int_equal(process->argc, argc);
	for (i = 0; i < argc; i++) {
		assert_int_equal(process->argv[i].matching, MND_MATCHING_EXACT);
		assert_string_equal(process->argv[i].text, argv[i]);
	}
}

static void expect_variable(const struct mnd_process_rule *process,
			    size_t number, enum mnd_matching matching,
			    const char *text, bool required)
{
	const struct mnd_variable_rules *rules = &process->context->variables;

	assert_true(number < rules->count);
	assert_true(rules->rules[number].whole);
	assert_int_equal(rules->rules[number].value.matching, matching);
	assert_string_equal(rules->rules[number].value.text, text);
	assert_int_equal(rules->rules[number].required, required);
}

#define C "[[container]]\nimage_name = \"app\"\n"
#define RULE "[[container.env_rule]]\n"
#define SPLIT RULE "UseNameValue = true\n"

struct refused {
	const char *text;
	unsigned int line;
	unsigned int column;
	const char *message;
};

static const struct refused refused[] = {
	{ "a =\n", 1, 4, "expected a value" },
	{ "container = []\n", 1, 13, "must have at least one table" },
	{ "container = 1\n", 1, 13, "must be array, not integer" },
	{ "[container]\nimage_name = \"app\"\n", 1, 2,
	  "must be array, not table" },
	{ "container = [1]\n", 1, 14, "must be table, not integer" },
	{ "[[container]]\n", 1, 3, "[[container]] has no \"image_name\"" },
	{ "[[container]]\nimage_name = \"\"\n", 1, 3,
	  "[[container]] has no \"image_name\"" },
	{ "[[container]]\nimage_name = \"other\"\n", 2, 14,
	  "nothing is known of the image \"other\"" },
	{ "[[container]]\nimage_name = \"no layers\"\n", 2, 14,
	  "images:15:14: has no \"layers\"" },
	{ "[[container]]\nimage_name = \"odd\"\n", 2, 14,
	  "unknown key \"users\" in the facts of an image" },
	{ "[[container]]\nimage_name = \"a list\"\n", 2, 14,
	  "images:16:22: must be" },
	{ "[[container]]\nimage_name = \"colons\"\n", 1, 3,
	  "the image's user has more than one colon" },
	{ "[[windows_container]]\nimage_name = \"app\"\n", 1, 3,
	  "[[windows_container]]" },
	{ "allow_all = 1\n", 1, 13, "must be boolean, not integer" },
	{ "allow_all = true\n" C, 2, 3, "allow_all must not have" },
	{ "allow_all = true\nALLOW_ALL = false\n", 2, 1,
	  "repeated key \"ALLOW_ALL\" in a policy" },
	{ C "nonsense = 1\n", 3, 1, "unknown key \"nonsense\" in [[cont" },
	{ C "signal = []\n", 3, 1, "unknown key \"signal\" in [[cont" },
	{ C "Command = []\n", 3, 1, "unknown key \"Command\" in [[cont" },
	{ C "command = [\"a\\u0000\"]\n", 3, 12, "contains a NUL" },
	{ C "command = [1]\n", 3, 12, "must be string, not integer" },
	{ C "signals = [\"TERM\"]\n", 3, 12, "must be integer, not string" },
	{ C "signals = [9.0]\n", 3, 12, "must be integer, not float" },
	{ C "auth = { username = 1 }\n", 3, 21, "must be string" },
	{ C "auth = { token = \"\" }\n", 3, 10,
	  "unknown key \"token\" in [container.auth]" },
	{ C "env_rule = []\n", 3, 12, "must have at least one table" },
	{ C "env_rule = [{ strategy = \"re2\", rule = \"(\" }]\n", 3, 40,
	  "pattern, byte" },
	{ C "env_rule = [{ strategy = \"string\", regex = \"x\" }]\n", 3, 36,
	  "unknown key \"regex\" in [[container.env_rule]]" },
	{ C SPLIT "strategy = \"re2\"\nrule = \"(\"\n", 6, 8, "pattern, byte" },
	{ C SPLIT "Name = \"(\"\nNameStrategy = \"re2\"\n", 5, 8,
	  "pattern, byte" },
	{ C SPLIT "Value = \"(\"\nValueStrategy = \"re2\"\n", 5, 9,
	  "pattern, byte" },
	{ C "env_rule = [{ Name = \"a\", name = \"b\" }]\n", 3, 27,
	  "repeated key \"name\" in [[container.env_rule]]" },
	{ C "mount = []\n", 3, 9, "must have at least one table" },
	{ C "mount = [{ host_path = \"sandbox:///(\" }]\n", 3, 24,
	  "pattern, byte" },
	{ C "mount = [{ host_path = \"/(\" }]\n", 3, 24, "pattern, byte" },
	{ C "mount = [{ type = \"bind\" }]\n", 3, 12,
	  "unknown key \"type\" in [[container.mount]]" },
	{ C "exec_process = []\n", 3, 16, "must have at least one table" },
	{ C "exec_process = [{ user = 1 }]\n", 3, 19,
	  "unknown key \"user\" in [[container.exec_process]]" },
	{ C "user = []\n", 3, 8, "must be table, not array" },
	{ C "user = { group_idname = [] }\n", 3, 25,
	  "must have at least one table" },
	{ C "user = { uid = 1 }\n", 3, 10,
	  "unknown key \"uid\" in [container.user]" },
	{ C "user = { user_idname = { id = 1 } }\n", 3, 26,
	  "unknown key \"id\" in [container.user.user_idname]" },
	{ C "capabilities = { all = [] }\n", 3, 18,
	  "unknown key \"all\" in [container.capabilities]" },
	{ C "seccomp_profile_path = \"none.json\"\n", 3, 24,
	  "cannot be read: " },
	{ "external_process = []\n", 1, 20, "must have at least one table" },
	{ "[[external_process]]\nenv_rule = []\n", 2, 1,
	  "unknown key \"env_rule\" in [[external_process]]" },
	{ "fragment = []\n", 1, 12, "must have at least one table" },
	{ "[[fragment]]\nminimum_svn = 1\n", 2, 15,
	  "must be string, not integer" },
	{ "[[fragment]]\nincludes = []\n", 2, 1,
	  "unknown key \"includes\" in [[fragment]]" },
};

static void test_refused(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(refused); i++)
		expect_refused(refused[i].text, &usual, refused[i].line,
			       refused[i].column, refused[i].message);
	(void)state;
}

static void expect_facts_refused(const char *facts, unsigned int line,
				 const char *message)
{
	struct mnd_source_options options = usual;

	options.images = facts;
	options.images_length = facts ? strlen(facts) : 0;
	expect_refused(C, &options, line, line ? 14 : 0, message);
}

static void test_image_facts(void **state)
{
	expect_facts_refused("{ 1 }", 0, "images:1:3: ");
	expect_facts_refused("[]", 0, "images:1:1: must be");
	expect_facts_refused("{}", 2, "of the image \"app\"");
	expect_facts_refused(NULL, 2, "of the image \"app\"");
	(void)state;
}

static void test_no_pause(void **state)
{
	struct mnd_source_options options = usual;

	options.images = "{\"app\": {" LAYERS "}}";
	options.images_length = strlen(options.images);
	expect_refused(C, &options, 1, 1, "image \"k8s.gcr.io/pause:3.1\"");
	(void)state;
}

/* What comes from the image, and what the tool adds. */
/* All images here are of the same layers. */
static void expect_refill_warning(const struct mnd_policy_source *policy)
{
	assert_int_equal(count_warnings(policy, "gets its overlay again"), 1);
	assert_null(policy->warnings->next);
}

static void test_defaults(void **state)
{
	static const char *const argv[] = { "/bin/app", "--serve", "x" };
	static const char *const bare[] = { "/x" };
	static const char *const pause[] = { "/pause" };
	const struct mnd_process_rule *init;
	struct mnd_policy_source policy;

	expect_policy(C "command = []\nworking_dir = \"\"\n[[container]]\n"
			"image_name = \"bare\"\n",
		      &usual, &policy);
	assert_int_equal(policy.container_count, 3);
	init = init_of(&policy, 0);
	expect_command(init, argv, ARRAY_SIZE(argv));
	assert_int_equal(init->argv[0].place.line, 1);
	assert_int_equal(init->argv[0].place.column, 3);
	assert_int_equal(init->context->variables.count, 3);
	expect_variable(init, 0, MND_MATCHING_EXACT, "A=1", true);
	expect_variable(init, 1, MND_MATCHING_EXACT, "B=2", true);
	expect_variable(init, 2, MND_MATCHING_EXACT, "TERM=xterm", false);
	assert_string_equal(init->context->cwd.text, "/srv");
	assert_int_equal(init->context->capabilities.rule,
			 MND_CAPABILITIES_DEFAULT);
	assert_true(init->context->flags & MND_CONTEXT_NO_NEW_PRIVS);
	assert_false(init->context->flags & MND_CONTEXT_STDIO);
	assert_string_equal(init->context->profile.text, "");
	assert_string_equal(init->context->identity.umask.text, "0022");
	assert_int_equal(init->context->identity.user.name.matching,
			 MND_MATCHING_ANY);
	assert_int_equal(init->context->identity.group_count, 1);
	assert_int_equal(policy.containers[0].layer_count, 1);
	assert_int_equal(policy.containers[0].layers[0][31], 0xaa);
	expect_command(init_of(&policy, 1), bare, ARRAY_SIZE(bare));
	init = init_of(&policy, 1);
	assert_string_equal(init->context->cwd.text, "/");
	assert_int_equal(init->context->identity.user.name.matching,
			 MND_MATCHING_ANY);
	init = init_of(&policy, 2);
	expect_command(init, pause, ARRAY_SIZE(pause));
	assert_true(init->signals == (1ULL << 8 | 1ULL << 14));
	assert_true(policy.containers[2].flags & MND_SUBJECT_ELEVATED);
	expect_variable(init, 0, MND_MATCHING_EXACT, "P=1", true);
	assert_int_equal(policy.answers[MND_POINT_GET_PROPERTIES],
			 MND_ANSWER_DENY);
	expect_refill_warning(&policy);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_container(void **state)
{
	static const char *const argv[] = { "sh", "" };
	static const char *const top[] = { "top" };
	const struct mnd_subject_source *subject;
	const struct mnd_process_rule *init;
	struct mnd_policy_source policy;

	expect_policy(C "command = [\"sh\", \"\"]\nworking_dir = \"/w\"\n"
			"allow_elevated = true\nallow_stdio_access = true\n"
			"allow_privilege_escalation = true\nsignals = [2, 64]\n"
			"auth = { username = \"u\", password = \"p\" }\n"
			"[[container.exec_process]]\ncommand = [\"top\"]\n"
			"signals = [9]\nworking_dir = \"/\"\nenv_rule = []\n",
		      &usual, &policy);
	subject = &policy.containers[0];
	init = init_of(&policy, 0);
	expect_command(init, argv, ARRAY_SIZE(argv));
	assert_string_equal(init->context->cwd.text, "/w");
	assert_int_equal(init->context->flags, MND_CONTEXT_STDIO);
	assert_true(subject->flags & MND_SUBJECT_ELEVATED);
	assert_true(init->signals == (1ULL << 1 | 1ULL << 63));
	assert_int_equal(subject->process_count, 2);
	expect_command(&subject->processes[1], top, ARRAY_SIZE(top));
	assert_true(subject->processes[1].signals == 1ULL << 8);
	assert_int_equal(count_warnings(&policy, "[[container.exec_process]]"),
			 2);
	mnd_policy_release(&policy);
	(void)state;
}

/* Rules in both forms, and keys in all spellings that go-toml takes. */
static const char variables[] = C RULE
	"strategy = \"string\"\nrule = \"C=(\"\n" RULE
	"strategy = \"re2\"\nrule = \"^D=.$\"\nrequired = true\n" RULE
	"rule = \"E=5\"\n" SPLIT
	"name = \"K\"\nVALUE = \".+\"\nnameStrategy = \"string\"\n"
	"valuestrategy = \"re2\"\nname_strategy = \"re2\"\n"
	"value_strategy = \"re2\"\n"
	"required = true\nrule = \"x\"\n" RULE
	"NAME = \"x\"\nstrategy = \"string\"\nrule = \"\"\n";

static void test_variables(void **state)
{
	const struct mnd_variable_rule *rules;
	const struct mnd_process_rule *init;
	struct mnd_policy_source policy;

	expect_policy(variables, &usual, &policy);
	init = init_of(&policy, 0);
	rules = init->context->variables.rules;
	assert_int_equal(init->context->variables.count, 8);
	expect_variable(init, 3, MND_MATCHING_EXACT, "C=(", false);
	expect_variable(init, 4, MND_MATCHING_RE2, "^D=.$", true);
	assert_int_equal(rules[5].value.matching, MND_MATCHING_NONE);
	assert_false(rules[6].whole);
	assert_true(rules[6].required);
	assert_int_equal(rules[6].name.matching, MND_MATCHING_EXACT);
	assert_string_equal(rules[6].name.text, "K");
	assert_int_equal(rules[6].value.matching, MND_MATCHING_RE2);
	expect_variable(init, 7, MND_MATCHING_EXACT, "", false);
	assert_int_equal(rules[7].value.place.column, 8);
	assert_int_equal(count_warnings(&policy, "key \"name_strategy\""), 1);
	assert_int_equal(count_warnings(&policy, "key \"value_strategy\""), 1);
	assert_int_equal(count_warnings(&policy, "with UseNameValue"), 1);
	assert_int_equal(count_warnings(&policy, "without UseNameValue"), 1);
	mnd_policy_release(&policy);
	(void)state;
}

static const struct mnd_identity_rule *
identity_of(const struct mnd_policy_source *policy)
{
	return &init_of(policy, 0)->context->identity;
}

static void expect_number(const struct mnd_principal_rule *rule, u32 id)
{
	assert_true(rule->has_id);
	assert_int_equal(rule->id, id);
}

static void expect_name(const struct mnd_principal_rule *rule, const char *name,
			bool resolved, u32 id)
{
	assert_false(rule->has_id);
	assert_int_equal(rule->name.matching, MND_MATCHING_EXACT);
	assert_string_equal(rule->name.text, name);
	assert_int_equal(rule->resolved, resolved);
	if (resolved)
		assert_int_equal(rule->id, id);
}

static void test_user_of_image(void **state)
{
	struct mnd_policy_source policy;

	expect_policy("[[container]]\nimage_name = \"ids\"\n", &usual, &policy);
	expect_number(&identity_of(&policy)->user, 1000);
	expect_number(&identity_of(&policy)->groups[0], 1001);
	mnd_policy_release(&policy);

	/* More than a user's number has room for is a name. */
	expect_policy("[[container]]\nimage_name = \"large\"\n", &usual,
		      &policy);
	expect_name(&identity_of(&policy)->user, "4294967296", false, 0);
	expect_number(&identity_of(&policy)->groups[0], 4294967295U);
	mnd_policy_release(&policy);

	expect_policy("[[container]]\nimage_name = \"names\"\n", &usual,
		      &policy);
	expect_name(&identity_of(&policy)->user, "svc", true, 100);
	expect_name(&identity_of(&policy)->groups[0], "grp", true, 102);
	expect_refill_warning(&policy);
	mnd_policy_release(&policy);

	expect_policy("[[container]]\nimage_name = \"strangers\"\n", &usual,
		      &policy);
	expect_name(&identity_of(&policy)->user, "svc", false, 0);
	expect_name(&identity_of(&policy)->groups[0], "grp", false, 0);
	assert_int_equal(count_warnings(&policy, "nothing is known of"), 2);
	mnd_policy_release(&policy);
	(void)state;
}

static const char user_table[] =
	"[[container]]\nimage_name = \"names\"\n[container.user]\n"
	"umask = \"0077\"\n"
	"user_idname = { strategy = \"name\", rule = \"root\" }\n"
	"[[container.user.group_idname]]\n"
	"strategy = \"id\"\nrule = \"7\"\n"
	"[[container.user.group_idname]]\n"
	"strategy = \"re2\"\nrule = \"g.*\"\n"
	"[[container.user.group_idname]]\n"
	"strategy = \"name\"\nrule = \"nobody\"\n";

static void test_user_of_table(void **state)
{
	struct mnd_policy_source policy;

	expect_policy(user_table, &usual, &policy);
	assert_string_equal(identity_of(&policy)->umask.text, "0077");
	assert_int_equal(count_warnings(&policy, "no umask"), 0);
	expect_name(&identity_of(&policy)->user, "root", true, 0);
	assert_true(identity_of(&policy)->has_groups);
	assert_int_equal(identity_of(&policy)->group_count, 3);
	expect_number(&identity_of(&policy)->groups[0], 7);
	assert_int_equal(identity_of(&policy)->groups[1].name.matching,
			 MND_MATCHING_RE2);
	expect_name(&identity_of(&policy)->groups[2], "nobody", false, 0);
	assert_int_equal(count_warnings(&policy,
					"it is not in the image's /etc/group"),
			 1);
	mnd_policy_release(&policy);

	expect_policy("[[container]]\nimage_name = \"ids\"\n[container.user]\n",
		      &usual, &policy);
	assert_int_equal(identity_of(&policy)->umask.matching,
			 MND_MATCHING_EXACT);
	assert_string_equal(identity_of(&policy)->umask.text, "");
	assert_int_equal(identity_of(&policy)->user.name.matching,
			 MND_MATCHING_NONE);
	assert_true(identity_of(&policy)->has_groups);
	assert_int_equal(identity_of(&policy)->group_count, 0);
	assert_int_equal(count_warnings(&policy, "no umask is like this"), 1);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_capabilities(void **state)
{
	const struct mnd_capability_lists *lists;
	struct mnd_policy_source policy;

	expect_policy(C "[container.capabilities]\n"
			"bounding = [\"CAP_KILL\", \"CAP_CHOWN\"]\n"
			"ambient = [\"CAP_KILL\", \"CAP_KILL\"]\n",
		      &usual, &policy);
	lists = &init_of(&policy, 0)->context->capabilities;
	assert_int_equal(lists->rule, MND_CAPABILITIES_EQUAL);
	assert_true(lists->sets[MND_BOUNDING] == (1ULL << 5 | 1ULL << 0));
	assert_int_equal(lists->lengths[MND_BOUNDING], 2);
	assert_true(lists->sets[MND_AMBIENT] == 1ULL << 5);
	assert_int_equal(lists->lengths[MND_AMBIENT], 2);
	assert_true(!lists->sets[MND_EFFECTIVE]);
	assert_int_equal(lists->lengths[MND_PERMITTED], 0);
	mnd_policy_release(&policy);

	expect_policy(C "[container.capabilities]\n", &usual, &policy);
	lists = &init_of(&policy, 0)->context->capabilities;
	assert_int_equal(lists->rule, MND_CAPABILITIES_EQUAL);
	assert_true(!lists->sets[MND_BOUNDING]);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_mounts(void **state)
{
	static const struct {
		const char *host_path;
		const char *readonly;
		const char *type;
		const char *options[3];
	} rows[] = {
		{ "sandbox:///a.*",
		  "true",
		  "bind",
		  { "rbind", "rshared", "ro" } },
		{ "hugepages:///2M/a",
		  "false",
		  "bind",
		  { "rbind", "rshared", "rw" } },
		{ "plan9://", "false", "bind", { "rbind", "rprivate", "rw" } },
		{ "/host", "true", "none", { "rbind", "rprivate", "ro" } },
		{ "uvm:///x", "false", "none", { "rbind", "rprivate", "rw" } },
	};
	const struct mnd_volume_rule *volume;
	struct mnd_policy_source policy;
	char text[400];
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		snprintf(text, sizeof(text),
			 C "[[container.mount]]\nhost_path = \"%s\"\n"
			   "container_path = \"/c\"\nreadonly = %s\n",
			 rows[i].host_path, rows[i].readonly);
		expect_policy(text, &usual, &policy);
		assert_int_equal(policy.containers[0].volumes.count, 1);
		volume = &policy.containers[0].volumes.rules[0];
		assert_string_equal(volume->type, rows[i].type);
		assert_string_equal(volume->source, rows[i].host_path);
		assert_string_equal(volume->destination, "/c");
		assert_int_equal(volume->option_count, 3);
		for (j = 0; j < 3; j++)
			assert_string_equal(volume->options[j],
					    rows[i].options[j]);
		mnd_policy_release(&policy);
	}
	(void)state;
}

/* The digest is over the profile and not over its file, which is read once. */
static const char profiles[] = C "seccomp_profile_path = \"profile.json\"\n" C
				 "seccomp_profile_path = \"profile.json\"\n" C
				 "seccomp_profile_path = \"empty.json\"\n";

static void test_profile(void **state)
{
	struct mnd_source_options options = usual;
	struct mnd_policy_source policy;

	reads = 0;
	expect_policy(profiles, &usual, &policy);
	assert_string_equal(init_of(&policy, 0)->context->profile.text,
			    PROFILE_DIGEST);
	assert_string_equal(init_of(&policy, 1)->context->profile.text,
			    PROFILE_DIGEST);
	assert_string_equal(init_of(&policy, 2)->context->profile.text,
			    EMPTY_DIGEST);
	assert_int_equal(reads, 2);
	mnd_policy_release(&policy);
	options.read_file = NULL;
	expect_refused(C "seccomp_profile_path = \"profile.json\"\n", &options,
		       3, 24, "no files can be read");
	(void)state;
}

#define PATH "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

static void test_external_processes(void **state)
{
	static const char *const bash[] = { "bash" };
	const struct mnd_process_rule *process;
	struct mnd_policy_source policy;

	expect_policy("[[external_process]]\ncommand = [\"bash\"]\n"
		      "working_dir = \"/\"\nallow_stdio_access = true\n"
		      "[[external_process]]\n",
		      &usual, &policy);
	assert_int_equal(policy.uvm.process_count, 2);
	process = &policy.uvm.processes[0];
	assert_true(process->flags & MND_ROLE_EXTERNAL);
	expect_command(process, bash, ARRAY_SIZE(bash));
	assert_int_equal(process->context->variables.count, 1);
	expect_variable(process, 0, MND_MATCHING_EXACT, PATH, true);
	assert_string_equal(process->context->cwd.text, "/");
	assert_true(process->context->flags & MND_CONTEXT_STDIO);
	process = &policy.uvm.processes[1];
	assert_int_equal(process->argc, 0);
	assert_string_equal(process->context->cwd.text, "");
	assert_false(process->context->flags & MND_CONTEXT_STDIO);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_fragments(void **state)
{
	static const char text[] =
		"[[fragment]]\nissuer = \"i\"\nfeed = \"f\"\n"
		"minimum_svn = \"1\"\n"
		"include = [\"containers\", \"namespace\", \"else\"]\n";
	struct mnd_source_options strict = usual;
	struct mnd_policy_source policy;

	expect_policy(text, &usual, &policy);
	assert_int_equal(policy.fragment_count, 1);
	assert_string_equal(policy.fragments[0].issuer, "i");
	assert_string_equal(policy.fragments[0].feed, "f");
	assert_string_equal(policy.fragments[0].minimum_svn, "1");
	assert_string_equal(policy.fragments[0].parameters, "");
	assert_int_equal(policy.fragments[0].includes,
			 MND_INCLUDE_CONTAINERS | MND_INCLUDE_NAMESPACE);
	assert_int_equal(count_warnings(&policy, "no \"else\" to include"), 1);
	mnd_policy_release(&policy);
	strict.strict = true;
	expect_refused(text, &strict, 5, 39,
		       "a fragment has no \"else\" to include");
	(void)state;
}

static void test_answers(void **state)
{
	static const struct {
		const char *text;
		enum mnd_point point;
	} rows[] = {
		{ "allow_properties_access = true\n",
		  MND_POINT_GET_PROPERTIES },
		{ "allow_dump_stacks = true\n", MND_POINT_DUMP_STACKS },
		{ "allow_runtime_logging = true\n", MND_POINT_RUNTIME_LOGGING },
		{ "allow_hostnetwork = true\n", MND_POINT_HOST_NETWORK },
	};
	struct mnd_policy_source policy;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		expect_policy(rows[i].text, &usual, &policy);
		for (j = 0; j < ARRAY_SIZE(rows); j++)
			assert_int_equal(policy.answers[rows[j].point],
					 i == j ? MND_ANSWER_ALLOW :
						  MND_ANSWER_DENY);
		assert_int_equal(policy.answers[MND_POINT_CREATE_CONTAINER],
				 MND_ANSWER_RULES);
		assert_int_equal(policy.answers[MND_POINT_MOUNT_BLOCKDEV],
				 MND_ANSWER_DENY);
		assert_int_equal(policy.answers[MND_POINT_UNMOUNT_BLOCKDEV],
				 MND_ANSWER_DENY);
		assert_int_equal(policy.flags, 0);
		mnd_policy_release(&policy);
	}
	(void)state;
}

static void test_flags(void **state)
{
	static const struct {
		const char *text;
		u32 flags;
	} rows[] = {
		{ "allow_environment_variable_dropping = true\n",
		  MND_POLICY_DROP_VARIABLES },
		{ "allow_unencrypted_scratch = true\n",
		  MND_POLICY_PLAIN_SCRATCH },
		{ "allow_capability_dropping = true\n",
		  MND_POLICY_DROP_CAPABILITIES },
		{ "allow_log_provider_dropping = true\n", 0 },
		{ "allow_capability_dropping = false\n", 0 },
	};
	struct mnd_policy_source policy;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		expect_policy(rows[i].text, &usual, &policy);
		assert_int_equal(policy.flags, rows[i].flags);
		assert_null(policy.warnings);
		mnd_policy_release(&policy);
	}
	(void)state;
}

static void test_allow_all(void **state)
{
	struct mnd_source_options options = usual;
	struct mnd_policy_source policy;
	size_t i;

	/* It needs no image, not even that of pause. */
	options.images = NULL;
	expect_policy("allow_all = true\nallow_capability_dropping = true\n"
		      "[[external_process]]\n[[fragment]]\n",
		      &options, &policy);
	assert_int_equal(policy.container_count, 0);
	assert_int_equal(policy.fragment_count, 0);
	assert_int_equal(policy.flags, MND_POLICY_NO_CONTAINERS);
	for (i = 0; i < __MND_POINT_MAX; i++)
		assert_int_equal(policy.answers[i], MND_ANSWER_ALLOW);
	assert_int_equal(count_warnings(&policy, "because of allow_all"), 2);
	mnd_policy_release(&policy);
	(void)state;
}

/* A fragment has no container for pause, and allows nothing for the guest. */
static void test_fragment_source(void **state)
{
	struct mnd_source_options options = usual;
	struct mnd_policy_source policy;

	options.fragment = true;
	expect_policy("allow_all = true\nallow_capability_dropping = true\n" C,
		      &options, &policy);
	assert_int_equal(policy.container_count, 1);
	assert_int_equal(policy.flags & MND_POLICY_DROP_CAPABILITIES, 0);
	assert_int_equal(count_warnings(&policy, "in a fragment has no"), 2);
	mnd_policy_release(&policy);
	(void)state;
}

/* What the tool drops without a word. */
static void test_strict(void **state)
{
	struct mnd_source_options strict = usual;
	struct mnd_policy_source policy;

	strict.strict = true;
	expect_policy("nonsense = 1\n" C, &usual, &policy);
	assert_int_equal(count_warnings(&policy, "key \"nonsense\" in a poli"),
			 1);
	assert_int_equal(policy.warnings->place.line, 1);
	assert_int_equal(policy.warnings->place.column, 1);
	mnd_policy_release(&policy);
	expect_refused("nonsense = 1\n" C, &strict, 1, 1,
		       "key \"nonsense\" in a policy has no meaning");
	expect_refused(C "exec_process = [{ working_dir = \"/\" }]\n", &strict,
		       3, 19, "key \"working_dir\"");
	expect_refused(C "user = { umask = \"22\" }\n", &strict, 3, 18,
		       "no umask is like this");
	expect_refused(C "env_rule = [{ Name = \"a\" }]\n", &strict, 3, 22,
		       "without UseNameValue");
	(void)state;
}

/* So many strings come from the image of each container. */
#define BORROWED 4096
#define MAX_CONTAINERS (1048576 / BORROWED)

static char *make_facts(size_t *length)
{
	char *facts = NULL;
	FILE *out;
	int i;

	out = open_memstream(&facts, length);
	assert_non_null(out);
	fputs("{" PAUSE ", \"big\": {" LAYERS ", \"env\": [\"A=1\"],\n", out);
	fputs("\"entrypoint\": [\"\"], \"cmd\": [\"\"", out);
	for (i = 4; i < BORROWED; i++)
		fputs(",\"\"", out);
	fputs("]}}", out);
	fclose(out);
	return facts;
}

static void expect_too_much(size_t containers, unsigned int line)
{
	struct mnd_source_options options = usual;
	char *facts, *text = NULL;
	size_t length;
	FILE *out;

	facts = make_facts(&options.images_length);
	options.images = facts;
	out = open_memstream(&text, &length);
	assert_non_null(out);
	while (containers--)
		fputs("[[container]]\nimage_name = \"big\"\n"
		      "command = [\"x\"]\n",
		      out);
	fclose(out);
	expect_refused(text, &options, line, line == 1 ? 1 : 3,
		       "too many layers, variables and arguments");
	free(facts);
	free(text);
}

/* A few images cannot be multiplied without end.  Pause has strings as well. */
static void test_borrowed(void **state)
{
	expect_too_much(MAX_CONTAINERS, 1);
	expect_too_much(MAX_CONTAINERS + 1, 3 * MAX_CONTAINERS + 1);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_image_facts),
		cmocka_unit_test(test_no_pause),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_container),
		cmocka_unit_test(test_variables),
		cmocka_unit_test(test_user_of_image),
		cmocka_unit_test(test_user_of_table),
		cmocka_unit_test(test_capabilities),
		cmocka_unit_test(test_mounts),
		cmocka_unit_test(test_profile),
		cmocka_unit_test(test_external_processes),
		cmocka_unit_test(test_fragments),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_allow_all),
		cmocka_unit_test(test_fragment_source),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_borrowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
