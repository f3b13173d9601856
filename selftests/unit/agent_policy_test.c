// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of Rego for Kata's agent: what it refuses, and where; and what it
 * makes of policies that are written by hand, in the forms of the guides, and of
 * the data in one that genpolicy wrote.
 */

#include "import_check.h"

#define HASH "00000000000000000000000000000000000000000000000000000000000000aa"

#define NGINX                                     \
	"docker.io/library/nginx@sha256:e56797ea" \
	"b4a5300158cc015296229e13a390f82bfc88803f45b08912fd5e3348"

static const char images[] =
	"{\"" NGINX "\": {\n"
	" \"layers\": [\"" HASH "\"],\n"
	" \"entrypoint\": [\"/docker-entrypoint.sh\"],\n"
	" \"cmd\": [\"nginx\", \"-g\", \"daemon off;\"]}}\n";

static const struct check agent = {
	.read = mnd_kata_read,
	.options = { .images = images, .images_length = sizeof(images) - 1 },
};

/* Images and commands that are listed. */
static const char lists[] =
	"package agent_policy\n"
	"\n"
	"import future.keywords.in\n"
	"import future.keywords.every\n"
	"\n"
	"# What every pod needs.\n"
	"default CreateSandboxRequest := true\n"
	"default SignalProcessRequest := true\n"
	"default CreateContainerRequest := false\n"
	"default ExecProcessRequest := false\n"
	"\n"
	"CreateContainerRequest if {\n"
	"	every storage in input.storages {\n"
	"		some allowed_image in policy_data.allowed_images\n"
	"		storage.source == allowed_image\n"
	"	}\n"
	"}\n"
	"\n"
	"ExecProcessRequest if {\n"
	"	input_command = concat(\" \", input.process.Args)\n"
	"	some allowed_command in policy_data.allowed_commands\n"
	"	input_command == allowed_command\n"
	"}\n"
	"\n"
	"policy_data := {\n"
	"	\"allowed_commands\": [\n"
	"		\"whoami\",\n"
	"		\"false\",\n"
	"		\"curl -s http://127.0.0.1:8006/aa/token\",\n"
	"	],\n"
	"	\"allowed_images\": [\"pause\", \"" NGINX "\"],\n"
	"}\n";

#define PACKAGE(text) "agent_policy", text
#define IMPORT(text) "import future.keywords.in", text
#define DEFAULT(text) "default ExecProcessRequest := false", text
#define STORAGE(text) "storage.source == allowed_image", text
#define ASSIGNED(text) "concat(\" \", input.process.Args)", text
#define COMPARED(text) "input_command == allowed_command", text
#define RANGE(text) "some allowed_command in policy_data.allowed_commands", text
#define EVERY(text) "every storage in input.storages", text
#define DATA(text) "policy_data := {", text

static const struct change module_changes[] = {
	{ "package", "packages", 1, 1, "expected \"package\", found \"p\"" },
	{ PACKAGE("policy"), 1, 9,
	  "expected package agent_policy, found \"p\"" },
	{ PACKAGE("agent_policy.rules"), 1, 21,
	  "expected the end of the line, found \".\"" },
	{ PACKAGE("agent_policy # ours"), 0, 0, NULL },
	{ IMPORT("import data.other"), 3, 8,
	  "must be input, rego.v1 or future.keywords" },
	{ IMPORT("import future.keywords.not"), 3, 8,
	  "must be input, rego.v1 or future.keywords" },
	{ IMPORT("import rego.v1"), 0, 0, NULL },
	{ IMPORT("import input"), 0, 0, NULL },
	{ DEFAULT("default ExecProcessRequest := 1"), 10, 31,
	  "must be true or false, not number" },
	{ DEFAULT("default ExecProcessRequest := false true"), 10, 37,
	  "expected the end of the line, found \"t\"" },
	{ DEFAULT("default ExecProcessRequest == false"), 10, 28,
	  "expected \":=\", found \"=\"" },
	{ DEFAULT("default := false"), 10, 9, "expected a name, found \":\"" },
	{ DEFAULT("default ExecProcessRequest = false"), 0, 0, NULL },
	{ DEFAULT("SetPolicyRequest if { true }"), 10, 1,
	  "\"SetPolicyRequest\" is a free-form rule, wh" },
	{ DEFAULT("allow(x) := x"), 10, 1,
	  "\"allow\" is a free-form rule, which cannot " },
	{ DEFAULT("SetPolicyRequest := true"), 0, 0, NULL },
	{ DEFAULT("not x"), 10, 1, "expected the name of a rule, found \"n\"" },
	{ DEFAULT("{}"), 10, 1, "expected a name, found \"{\"" },
	{ DEFAULT("x := \"a\x1b\""), 10, 8, "control character U+001B" },
	{ DEFAULT("x := \"\xff\""), 10, 7, "byte 0xff is not UTF-8" },
	{ DATA("policy_data := input.data\nx := {"), 25, 16,
	  "expected a value, found \"i\"" },
	{ DATA("policy_data := { \"a\": b,"), 25, 23,
	  "expected a value, found \"b\"" },
	{ DATA("policy_data := {}\npolicy_data := {"), 26, 1,
	  "\"policy_data\" is defined before" },
	{ DATA("policy_data := { \"a\": [{}, null, 1.5e3, \"\\u00e9\"],"), 0, 0,
	  NULL },
	{ DATA("policy_data := {{"), 25, 17,
	  "expected a string as key, found \"{\"" },
	{},
};

static const struct change create_changes[] = {
	{ STORAGE("storage.driver == allowed_image"), 15, 3,
	  "this condition cannot be imported" },
	{ STORAGE("storage.source != allowed_image"), 15, 18,
	  "expected \"==\" or \":=\", found \"!\"" },
	{ STORAGE("startswith(storage.source, allowed_image)"), 15, 3,
	  "this condition cannot be imported" },
	{ STORAGE("storage.source == other_image"), 15, 3,
	  "this condition cannot be imported" },
	{ STORAGE("not storage.source == allowed_image"), 15, 7,
	  "expected \"==\" or \":=\", found \"s\"" },
	{ STORAGE("storage.source == allowed_image with x as y"), 15, 35,
	  "expected the end of a statement, found \"w\"" },
	{ STORAGE("storage.source == allowed_image; storage.source == \"a\""),
	  15, 36, "this condition cannot be imported" },
	{ STORAGE("print(storage.source"), 12, 1, "this has no end" },
	{ STORAGE("print(storage.source)"), 13, 8,
	  "nothing is said about this variable" },
	{ STORAGE("allowed_image == storage.source"), 0, 0, NULL },
	{ STORAGE("print(storage[1], {})\n storage.source == allowed_image"), 0,
	  0, NULL },
	{ EVERY("every storage in input.mounts"), 13, 8,
	  "this condition cannot be imported" },
	{ EVERY("every storage in policy_data.allowed_images"), 13, 8,
	  "this condition cannot be imported" },
	{ EVERY("some storage in input.storages\n	every s in storage"),
	  14, 8, "this condition cannot be imported" },
	{ EVERY("every i, storage in input.storages"), 13, 9,
	  "expected \"in\", found \",\"" },
	{ "policy_data.allowed_images", "policy_data.allowed", 14, 25,
	  "what is in this cannot be imported" },
	{ "policy_data.allowed_images", "input.images", 14, 25,
	  "what is in this cannot be imported" },
	{ "policy_data.allowed_images", "[\"pause\"]", 0, 0, NULL },
	{ "some allowed_image", "some storage", 14, 8,
	  "this variable stands for something else" },
	{ "some allowed_image", "some storage.image", 14, 8,
	  "must be a variable" },
	{ "		some allowed_image in policy_data.allowed_images\n"
	  "		storage.source == allowed_image\n",
	  "", 13, 8, "nothing is said about this variable" },
	{ "every storage in input.storages {\n"
	  "		some allowed_image in policy_data.allowed_images\n"
	  "		storage.source == allowed_image\n"
	  "	}\n",
	  "input.storages[0].source == \"pause\"\n", 0, 0, NULL },
	{ "CreateContainerRequest if {", "CreateContainerRequest := true if {",
	  12, 1, "\"CreateContainerRequest\" has a form that" },
	{ "CreateContainerRequest if {", "CreateContainerRequest {", 0, 0,
	  NULL },
	{ "CreateContainerRequest if {", "CreateContainerRequest[x] {", 12, 1,
	  "\"CreateContainerRequest\" has a form that" },
	{ "	}\n}\n", "	}\n", 12, 1, "this has no end" },
	{ "	}\n}\n", "	}\n} else := true\n", 17, 3,
	  "expected the end of the rule, found \"e\"" },
	{ NGINX, "nginx:latest", 31, 30, "nothing is known of the image" },
	{},
};

static const struct change exec_changes[] = {
	{ ASSIGNED("concat(\"\", input.process.Args)"), 20, 18,
	  "what this stands for cannot be imported" },
	{ ASSIGNED("concat(\" \", input.process.Env)"), 20, 18,
	  "what this stands for cannot be imported" },
	{ ASSIGNED("concat(\" \", input.OCI.Process.Args)"), 20, 18,
	  "what this stands for cannot be imported" },
	{ ASSIGNED("concat(\" \", concat(\" \", input.process.Args))"), 20, 36,
	  "expected \",\" or \")\", found \"(\"" },
	{ ASSIGNED("concat(\" \", input.process[\"Args\"])"), 20, 18,
	  "what this stands for cannot be imported" },
	{ ASSIGNED("concat(\" \" input.process.Args)"), 20, 29,
	  "expected \",\" or \")\", found \"i\"" },
	{ ASSIGNED("sprintf(\"%s\", input.process.Args)"), 20, 18,
	  "what this stands for cannot be imported" },
	{ COMPARED("input_command == input.x"), 22, 2,
	  "this condition cannot be imported" },
	{ COMPARED("input_command"), 22, 15,
	  "expected \"==\" or \":=\", found the end of " },
	{ COMPARED("contains(input_command, allowed_command)"), 22, 2,
	  "this condition cannot be imported" },
	{ COMPARED("input.container_id == \"a\""), 22, 2,
	  "this condition cannot be imported" },
	{ COMPARED("input_command == allowed_command\n"
		   "	input_command == \"whoami\""),
	  23, 2, "this condition cannot be imported" },
	{ COMPARED("regex.match(allowed_command, input_command)\n"
		   "	input_command == \"whoami\""),
	  23, 2, "this condition cannot be imported" },
	{ COMPARED("regex.match(input_command, allowed_command)"), 22, 2,
	  "this condition cannot be imported" },
	{ COMPARED("regex.match(\"a b*\", input_command)"), 21, 7,
	  "nothing is said about this variable" },
	{ COMPARED("regex.match(allowed_command, input_command)"), 0, 0, NULL },
	{ RANGE("some x in []\n	some allowed_command in policy_data.allowed_commands"),
	  21, 7, "nothing is said about this variable" },
	{ RANGE("some allowed_command in [\"a\"]"), 0, 0, NULL },
	{ RANGE("some i, allowed_command in policy_data.allowed_commands"), 21,
	  8, "expected \"in\", found \",\"" },
	{ RANGE("allowed_command := policy_data.allowed_commands[_]"), 21, 50,
	  "expected a digit, found \"_\"" },
	{ "	input_command = concat(\" \", input.process.Args)\n"
	  "	some allowed_command in policy_data.allowed_commands\n"
	  "	input_command == allowed_command\n",
	  "	print(input.process.Args)\n", 19, 1,
	  "this allows every command, which cannot be" },
	{ "\"whoami\"", "1", 27, 3, "must be string, not number" },
	{ "\"whoami\"", "\"\"", 0, 0, NULL },
	{},
};

static void test_refused(void **state)
{
	expect_changes(&agent, lists, module_changes);
	expect_changes(&agent, lists, create_changes);
	expect_changes(&agent, lists, exec_changes);
	(void)state;
}

static void expect_bound(const struct mnd_policy_source *policy, size_t number,
			 const char *name)
{
	const struct mnd_subject_source *subject;

	assert_true(number < policy->container_count);
	subject = &policy->containers[number];
	assert_string_equal(subject->name, name);
	assert_true(subject->flags & MND_SUBJECT_BOUND);
	assert_int_equal(subject->class, MND_CLASS_LISTED);
	assert_int_equal(subject->layer_count, 0);
}

static void test_lists(void **state)
{
	struct mnd_policy_source policy;

	expect_policy(&agent, lists, &policy);
	assert_int_equal(policy.container_count, 2);
	expect_bound(&policy, 0, "pause");
	expect_argv(init_of(&policy, 0), "/pause");
	assert_int_equal(policy.containers[0].place.line, 31);
	assert_int_equal(policy.containers[0].place.column, 21);
	expect_bound(&policy, 1, NGINX);
	expect_argv(init_of(&policy, 1), "/docker-entrypoint.sh", "nginx", "-g",
		    "daemon off;");
	assert_null(init_of(&policy, 1)->context);
	assert_int_equal(policy.containers[1].process_count, 4);
	expect_argv(exec_of(&policy, 1, 0), "whoami");
	expect_argv(exec_of(&policy, 1, 1), "false");
	expect_argv(exec_of(&policy, 1, 2), "curl", "-s",
		    "http://127.0.0.1:8006/aa/token");
	assert_int_equal(exec_of(&policy, 0, 2)->place.line, 29);
	assert_int_equal(exec_of(&policy, 1, 0)->signals, ~0ULL);
	assert_true(policy.containers[1].flags & MND_SUBJECT_SHUTDOWN);
	expect_warning(&policy, 31, 30, "those of its image");
	expect_warning(&policy, 31, 21, "no root hashes tell what is in");
	expect_warning(&policy, 29, 3, "each blank in \"curl");
	mnd_policy_release(&policy);

	expect_changed(&agent, lists, "SignalProcessRequest := true",
		       "SignalProcessRequest := false", &policy);
	assert_int_equal(init_of(&policy, 0)->signals, 0);
	assert_false(policy.containers[0].flags & MND_SUBJECT_SHUTDOWN);
	mnd_policy_release(&policy);
	expect_changed(&agent, lists, "SignalProcessRequest := true",
		       "RemoveContainerRequest := true", &policy);
	assert_int_equal(init_of(&policy, 0)->signals, 0);
	assert_true(policy.containers[0].flags & MND_SUBJECT_SHUTDOWN);
	mnd_policy_release(&policy);
	(void)state;
}

#define HEAD "package agent_policy\n"
#define ALLOW(text) HEAD "ExecProcessRequest if {\n" text "\n}\n" RUN
#define RUN                                                            \
	"CreateContainerRequest if {\n"                                \
	"	input.OCI.Process.Args == [\"/bin/app\", \"-d\"]\n"          \
	"	input.OCI.Annotations[\"io.kubernetes.cri.container-name\"]" \
	" == \"app\"\n"                                                \
	"}\n"

static void test_forms(void **state)
{
	static const char text[] =
		ALLOW("	\"whoami\" == concat(\" \", input.process.Args)");
	struct mnd_policy_source policy;

	expect_policy(&agent, text, &policy);
	assert_int_equal(policy.container_count, 1);
	expect_bound(&policy, 0, "app");
	expect_argv(init_of(&policy, 0), "/bin/app", "-d");
	assert_int_equal(policy.containers[0].place.line, 5);
	assert_int_equal(policy.containers[0].place.column, 1);
	assert_int_equal(policy.containers[0].process_count, 2);
	expect_argv(exec_of(&policy, 0, 0), "whoami");
	mnd_policy_release(&policy);

	expect_policy(&agent,
		      ALLOW("	input.process.Args == [\"ls\", \"a b\"]"),
		      &policy);
	expect_argv(exec_of(&policy, 0, 0), "ls", "a b");
	mnd_policy_release(&policy);

	expect_policy(&agent,
		      ALLOW("	some a in [[\"x\"], [\"y\", \"\"]];"
			    " args := input.process.Args; a == args"),
		      &policy);
	expect_argv(exec_of(&policy, 0, 0), "x");
	expect_argv(exec_of(&policy, 0, 1), "y", "");
	mnd_policy_release(&policy);

	expect_policy(&agent,
		      ALLOW("	c := concat(\" \", input.process.Args)\n"
			    "	regex.match(`^ls /[a-z]+$`, c)"),
		      &policy);
	expect_match(&exec_of(&policy, 0, 0)->argv[1], MND_MATCHING_RE2,
		     "/[a-z]+");
	mnd_policy_release(&policy);
	(void)state;
}

/* Two rules allow what either of them allows. */
static void test_two_rules(void **state)
{
	static const char text[] = HEAD
		"ExecProcessRequest { input.process.Args == [\"a\"] }\n"
		"ExecProcessRequest { input.process.Args == [\"b\"] }\n" RUN
		"CreateContainerRequest if {\n"
		"	some s in input.storages; s.source == \"pause\"\n"
		"}\n";
	struct mnd_policy_source policy;

	expect_policy(&agent, text, &policy);
	assert_int_equal(policy.container_count, 2);
	expect_bound(&policy, 0, "app");
	expect_bound(&policy, 1, "pause");
	expect_argv(exec_of(&policy, 1, 0), "a");
	expect_argv(exec_of(&policy, 1, 1), "b");
	mnd_policy_release(&policy);
	(void)state;
}

static void test_answers(void **state)
{
	struct mnd_policy_source policy;

	expect_policy(&agent,
		      HEAD "default CreateContainerRequest := true\n"
			   "default ExecProcessRequest := true\n"
			   "default StartContainerRequest := true\n"
			   "default SetPolicyRequest := true\n"
			   "default WriteStreamRequest := false\n"
			   "default AllowRequestsFailingPolicy := true\n",
		      &policy);
	assert_int_equal(policy.container_count, 0);
	expect_warning(&policy, 2, 9,
		       "\"CreateContainerRequest\" is always allowed, but");
	expect_warning(&policy, 3, 9,
		       "\"ExecProcessRequest\" is always allowed, but");
	assert_null(find_warning(&policy, "StartContainerRequest"));
	expect_warning(&policy, 5, 9,
		       "\"SetPolicyRequest\" is allowed, and nothing here");
	assert_null(find_warning(&policy, "WriteStreamRequest"));
	expect_warning(&policy, 7, 9, "has no effect");
	expect_compiled(&policy);
	mnd_policy_release(&policy);

	expect_policy(&agent,
		      HEAD "ExecProcessRequest if {\n"
			   "	input.process.Args == [\"a\"]\n"
			   "}\n",
		      &policy);
	expect_warning(&policy, 3, 24,
		       "allows commands, but no container is known");
	mnd_policy_release(&policy);
	(void)state;
}

/* What genpolicy wrote: its rules are not looked at, but its answers are. */
static const char generated[] = HEAD
	"default WaitProcessRequest := true\n"
	"default ExecProcessRequest := false\n"
	"ExecProcessRequest if {\n"
	"	count(input.process.Args) > 0 # } \" `\n"
	"	{x | x := \"}\"} != set()\n"
	"} else := false\n"
	"allow(i, `}`) = {\"a\": i} {\n"
	"	i[_] == policy_data.containers[_]\n"
	"}\n"
	"policy_data := {\n"
	"  \"containers\": [\n"
	"    {\n"
	"      \"OCI\": {\n"
	"        \"Process\": {\n"
	"          \"User\": {\"UID\": 0, \"GID\": 0},\n"
	"          \"Args\": [\"sleep\"],\n"
	"          \"Env\": [],\n"
	"          \"Cwd\": \"/\"\n"
	"        }\n"
	"      }\n"
	"    }\n"
	"  ]\n"
	"}\n";

static const struct change generated_changes[] = {
	{ "\"Args\": [\"sleep\"]", "\"Args\": [1]", 17, 20,
	  "must be string, not number" },
	{ "} else := false", "", 4, 1, "this has no end" },
	{},
};

static void test_generated(void **state)
{
	struct mnd_policy_source policy;

	expect_policy(&agent, generated, &policy);
	assert_int_equal(policy.container_count, 1);
	expect_argv(init_of(&policy, 0), "sleep");
	assert_int_equal(init_of(&policy, 0)->signals, 0);
	expect_warning(&policy, 11, 16, "is taken to be the rules of genp");
	expect_warning(&policy, 2, 9, "\"WaitProcessRequest\" is allowed");
	expect_warning(&policy, 13, 5, "no root hashes tell what is in");
	mnd_policy_release(&policy);
	expect_changes(&agent, generated, generated_changes);
	(void)state;
}

/* The answers that genpolicy's rules have, if there are only data. */
static void test_answers_of_data(void **state)
{
	struct mnd_policy_source policy;

	expect_policy(&agent, strchr(strstr(generated, "policy_data := "), '{'),
		      &policy);
	assert_int_equal(init_of(&policy, 0)->signals, ~0ULL);
	mnd_policy_release(&policy);
	(void)state;
}

static char *repeat(const char *before, const char *text, size_t count,
		    const char *behind)
{
	char *bytes = NULL;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);

	assert_non_null(out);
	fputs(before, out);
	while (count--)
		fputs(text, out);
	fputs(behind, out);
	fclose(out);
	return bytes;
}

static int read_repeated(const char *before, const char *text, size_t count,
			 const char *behind, struct mnd_error *error)
{
	char *bytes = repeat(before, text, count, behind);
	struct mnd_policy_source policy;
	int err = read_bytes(&agent, bytes, strlen(bytes), &policy, error);

	mnd_policy_release(&policy);
	free(bytes);
	return err;
}

#define MOST_RULES 2048
#define MOST_STATEMENTS 64
#define MOST_DEPTH 64

static void test_limits(void **state)
{
	static const char rule[] = "default SetPolicyRequest := false\n";
	static const char open[] = HEAD
		"ExecProcessRequest { input.process.Args == [\"a\"]\n";
	struct mnd_error error;
	int err;

	assert_int_equal(read_repeated(HEAD, rule, MOST_RULES, "", &error), 0);
	assert_int_equal(read_repeated(HEAD, rule, MOST_RULES + 1, "", &error),
			 -EINVAL);
	assert_int_equal(error.line, MOST_RULES + 2);
	err = read_repeated(open, "print()\n", 100000, "}\n", &error);
	assert_int_equal(err, 0);
	assert_int_equal(read_repeated(open, "a := input.process.Args\n",
				       MOST_STATEMENTS, "}\n", &error),
			 -EINVAL);
	assert_non_null(strstr(error.text, "more than 64 statements"));
	assert_int_equal(error.line, MOST_STATEMENTS + 2);
	/* Brackets cost no stack. */
	assert_int_equal(read_repeated(HEAD "allow := true {", "[", 1000000, "",
				       &error),
			 -EINVAL);
	assert_int_equal(error.line, 2);
	assert_int_equal(read_repeated(HEAD "x := ", "[", MOST_DEPTH + 1, "\n",
				       &error),
			 -EINVAL);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_two_rules),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_generated),
		cmocka_unit_test(test_answers_of_data),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
