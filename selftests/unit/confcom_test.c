// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of the JSON input of `az confcom`: what it refuses, and where; and
 * what it makes of what the tool makes without being asked.
 */

#include "import_check.h"

#define HASH "00000000000000000000000000000000000000000000000000000000000000aa"
#define OTHER "00000000000000000000000000000000000000000000000000000000000000bb"
#define PAUSE_PATH \
	"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define PAUSE "16b514057a06ad665f92c02863aca074fd5976c755d26bff16365299169e8415"

static const char images[] =
	"{\"mcr.microsoft.com/acc/samples/aci/helloworld:2.9\": {\n"
	" \"layers\": [\"" HASH "\", \"" OTHER "\"],\n"
	" \"env\": [\"PATH=/usr/bin\", \"LANG=C\", \"TERM=dumb\"],\n"
	" \"entrypoint\": [\"/bin/hello\"], \"cmd\": [\"-v\"],\n"
	" \"working_dir\": \"/app\", \"user\": \"1000:1001\"},\n"
	"\"alpine:3.16\": {\n"
	" \"layers\": [\"" HASH "\"], \"cmd\": [\"/bin/sh\"]},\n"
	"\"strangers\": {\"layers\": [\"" HASH "\"], \"user\": \"svc\"}}\n";

static const struct check confcom = {
	.read = mnd_confcom_read,
	.options = { .images = images, .images_length = sizeof(images) - 1 },
};

/* In the newer shape. */
static const char newer[] =
	"{\n"
	" \"version\": \"1.0\",\n"
	" \"scenario\": \"aci\",\n"
	" \"fragments\": [{\n"
	"  \"issuer\": \"did:x509:0:sha256:I__iuL25oXEVFdTP_aBLx_eT1RPHbCQ_ECBQfYZpt9s::eku:1.3.6.1.4.1.311.76.59.1.3\",\n"
	"  \"feed\": \"contoso.azurecr.io/infra\",\n"
	"  \"minimum_svn\": \"1\",\n"
	"  \"includes\": [\"containers\"]\n"
	" }],\n"
	" \"containers\": [{\n"
	"  \"name\": \"my-image\",\n"
	"  \"properties\": {\n"
	"   \"image\": \"mcr.microsoft.com/acc/samples/aci/helloworld:2.9\",\n"
	"   \"execProcesses\": [{\"command\": [\"echo\", \"Hello World\"]}],\n"
	"   \"volumeMounts\": [{\"name\": \"azurefile\",\n"
	"    \"mountPath\": \"/mount/azurefile\",\n"
	"    \"mountType\": \"azureFile\",\n"
	"    \"readOnly\": true}],\n"
	"   \"environmentVariables\": [\n"
	"    {\"name\": \"PATH\", \"value\": \"/customized/path/value\"},\n"
	"    {\"name\": \"TEST_REGEXP_ENV\", \"value\": \"test_regexp_env(.*)\", \"regex\": true}\n"
	"   ]\n"
	"  }\n"
	" }]\n"
	"}\n";

/* In the older one. */
static const char older[] =
	"{\n"
	" \"version\": \"1.0\",\n"
	" \"containers\": [{\n"
	"  \"containerImage\": \"alpine:3.16\",\n"
	"  \"environmentVariables\": [\n"
	"   {\"name\": \"PATH\", \"value\": \"/customized/path/value\",\n"
	"    \"strategy\": \"string\"},\n"
	"   {\"name\": \"TEST_REGEXP_ENV\",\n"
	"    \"value\": \"test_regexp_env_[[:alpha:]]*\",\n"
	"    \"strategy\": \"re2\"}\n"
	"  ],\n"
	"  \"command\": [\"rustc\", \"--help\"],\n"
	"  \"workingDir\": \"/src\",\n"
	"  \"mounts\": [{\"mountType\": \"azureFile\",\n"
	"   \"mountPath\": \"/custom/azurefile/mount\",\n"
	"   \"readonly\": true}]\n"
	" }]\n"
	"}\n";

/* One more key: of the input, of a container, of its properties. */
#define INPUT(text) "\"scenario\"", text ", \"scenario\""
#define LABEL(value) "\"labels\": {\"azure.workload.identity/use\": " value "}"
#define CONTAINER(text) "\"name\": \"my", text ", \"name\": \"my"
#define PROPERTY(text) "\"image\"", text ", \"image\""
#define SECURITY(text) PROPERTY("\"securityContext\": {" text "}")
#define MOUNT(text) "\"readOnly\": true", text
#define VARIABLE(text) \
	"{\"name\": \"PATH\", \"value\": \"/customized/path/value\"}", text
#define EXEC(text) "{\"command\": [\"echo\", \"Hello World\"]}", text
#define FRAGMENT(from, to) "\"" from "\"", to

static const struct change input_changes[] = {
	{ "{\n", "[", 1, 12, "expected \",\"" },
	{ "\"1.0\"", "\"2.0\"", 2, 13, "version \"2.0\" is not known" },
	{ "\"1.0\"", "1.0", 2, 13, "must be string, not number" },
	{ "\"1.0\"", "null", 0, 0, NULL },
	{ "\"aci\"", "\"aks\"", 3, 14, "scenario \"aks\" is neither" },
	{ "\"aci\"", "\"VN2\"", 0, 0, NULL },
	{ INPUT("\"nonsense\": 1"), 3, 2,
	  "unknown key \"nonsense\" in the input" },
	{ INPUT("\"Version\": \"1.0\""), 3, 2,
	  "repeated key \"Version\" in the input" },
	{ INPUT("\"version\": \"1.0\""), 3, 2, "duplicate key \"version\"" },
	{ INPUT("\"$schema\": \"\""), 3, 13, "this is an ARM template" },
	{ INPUT("\"resources\": []"), 3, 15, "this is an ARM template" },
	{ INPUT("\"mappedDirectories\": []"), 3, 23, "Windows" },
	{ INPUT("\"allowedLogProviders\": []"), 3, 25, "Windows" },
	{ INPUT("\"allowRegistryChangesDropping\": true"), 3, 34, "Windows" },
	{ INPUT("\"allowLogProviderDropping\": true"), 3, 30, "Windows" },
	{ INPUT("\"allowHostNetwork\": 1"), 3, 22,
	  "must be boolean, not number" },
	{ INPUT("\"allowHostNetwork\": true"), 0, 0, NULL },
	{ INPUT("\"labels\": []"), 3, 12, "must be object, not array" },
	{ INPUT("\"labels\": {\"app\": \"x\"}"), 0, 0, NULL },
	{ INPUT(LABEL("true")), 0, 0, NULL },
	{ INPUT(LABEL("\"true\"")), 0, 0, NULL },
	{ INPUT(LABEL("\"false\"")), 3, 44, "must be true or false" },
	{ INPUT(LABEL("1")), 3, 44, "must be boolean, not number" },
	{ "\"containers\": [{", "\"containers\": [1, {", 10, 17,
	  "must be object, not number" },
	{},
};

static const struct change fragment_changes[] = {
	{ FRAGMENT("issuer", "\"issuers\""), 5, 3,
	  "unknown key \"issuers\" in a fragment" },
	{ FRAGMENT("issuer", "\"path\""), 4, 16,
	  "a fragment needs a \"issuer\"" },
	{ FRAGMENT("feed", "\"path\""), 4, 16, "a fragment needs a \"feed\"" },
	{ FRAGMENT("minimum_svn", "\"path\""), 4, 16,
	  "a fragment needs a \"minimum_svn\"" },
	{ FRAGMENT("includes", "\"path\""), 4, 16,
	  "a fragment needs \"includes\"" },
	{ "\"1\"", "1", 7, 18, "must be string, not number" },
	{ "\"1\"", "\"1.0\"", 7, 18, "must be a whole number in quotation" },
	{ "\"1\"", "\"-1\"", 7, 18, "must be a whole number in quotation" },
	{ "[\"containers\"]", "[\"fragments\", \"nothing\"]", 8, 29,
	  "a fragment has no \"nothing\"" },
	{ "[\"containers\"]", "\"containers\"", 8, 15,
	  "must be array, not string" },
	{ "[\"containers\"]", "[\"fragments\"]", 0, 0, NULL },
	{ INPUT("\"standaloneFragments\": [{}]"), 3, 26,
	  "a fragment needs a \"issuer\"" },
	{},
};

static const struct change container_changes[] = {
	{ CONTAINER("\"nonsense\": 1"), 11, 3,
	  "unknown key \"nonsense\" in a container" },
	{ "\"my-image\"", "1", 11, 11, "must be string, not number" },
	{ "\"my-image\"", "null", 0, 0, NULL },
	{ "\"properties\"", "\"property\"", 12, 3,
	  "unknown key \"property\" in a container" },
	{ PROPERTY("\"nonsense\": 1"), 13, 4,
	  "unknown key \"nonsense\" in \"properties\"" },
	{ "\"mcr.microsoft.com/acc/samples/aci/helloworld:2.9\"", "\"\"", 10,
	  17, "a container needs an image" },
	{ "helloworld:2.9", "helloworld:3.0", 13, 13,
	  "nothing is known of the image" },
	{ "mcr.microsoft.com/acc/samples/aci/helloworld:2.9",
	  "mcr.microsoft.com/aci/sc-proxy:1.0", 13, 13,
	  "is a part of the platform" },
	{ "mcr.microsoft.com/acc/samples/aci/helloworld:2.9",
	  "mcr.microsoft.com/aci/sc-proxy-1", 13, 13, "nothing is known" },
	{ "mcr.microsoft.com/acc/samples/aci/helloworld:2.9", "strangers", 0, 0,
	  NULL },
	{ PROPERTY("\"command\": \"sh\""), 13, 15,
	  "must be array, not string" },
	{ PROPERTY("\"command\": [\"a\\u0000\"]"), 13, 18, "contains a NUL" },
	{ PROPERTY("\"workingDir\": \"src\""), 13, 18,
	  "must be an absolute path" },
	{ PROPERTY("\"workingDir\": \"/src\""), 0, 0, NULL },
	{ PROPERTY("\"configMap\": []"), 13, 17, "must be object, not array" },
	{ PROPERTY("\"configMap\": {\"a\": 1}"), 0, 0, NULL },
	{ PROPERTY("\"signals\": [1, 2.5]"), 13, 19, "must be a whole number" },
	{ PROPERTY("\"signals\": [1, 2]"), 0, 0, NULL },
	{ PROPERTY("\"allowStdioAccess\": \"no\""), 13, 24,
	  "must be boolean, not string" },
	{ EXEC("{}"), 14, 22, "has no \"command\"" },
	{ EXEC("{\"command\": []}"), 14, 22, "has no \"command\"" },
	{ EXEC("{\"command\": [\"x\"], \"user\": 1}"), 14, 41,
	  "unknown key \"user\" in an element of \"execProcesses\"" },
	{ EXEC("\"echo\""), 14, 22, "must be object, not string" },
	{ PROPERTY("\"livenessProbe\": {\"exec\": {}}"), 13, 30,
	  "has no \"command\"" },
	{ PROPERTY("\"readinessProbe\": {\"run\": {}}"), 13, 23,
	  "unknown key \"run\" in a probe" },
	{ PROPERTY("\"livenessProbe\": {\"exec\": {\"user\": 1}}"), 13, 31,
	  "unknown key \"user\" in \"exec\"" },
	{},
};

static const struct change rule_changes[] = {
	{ VARIABLE("{\"value\": \"x\"}"), 20, 5, "has no \"name\"" },
	{ VARIABLE("{\"name\": \"A\", \"valeu\": \"x\"}"), 20, 19,
	  "unknown key \"valeu\" in an element of \"environmentVar" },
	{ VARIABLE("{\"name\": \"A\", \"value\": 1}"), 20, 28,
	  "must be string, not number" },
	{ VARIABLE("{\"name\": \"A\", \"value\": \"(\"}"), 0, 0, NULL },
	{ VARIABLE("{\"name\": \"A\", \"strategy\": \"re3\"}"), 0, 0, NULL },
	{ MOUNT("\"readOnly\": 1"), 18, 17, "must be boolean, not number" },
	{ MOUNT("\"writable\": true"), 18, 5,
	  "unknown key \"writable\" in a mount" },
	{ "\"azureFile\"", "\"configMap\"", 17, 18,
	  "where a mount of type \"configMap\" comes from is not known" },
	{ "\"azureFile\"", "\"emptyDir\"", 0, 0, NULL },
	{ "\"mountType\": \"azureFile\",", "", 15, 21, "has no \"mountType\"" },
	{ "\"mountPath\": \"/mount/azurefile\",", "", 15, 21,
	  "has no \"mountPath\"" },
	{},
};

/* Of {"defaultAction":"SCMP_ACT_ALLOW"}, and of no JSON. */
#define PROFILE "eyJkZWZhdWx0QWN0aW9uIjoiU0NNUF9BQ1RfQUxMT1cifQ=="
#define PROFILE_HASH \
	"1e91071efd3cec07b4e3e6cb9e0405055162ec9674f62869fe7f1564d5dce24f"
#define NO_PROFILE "eyJk"

static const struct change security_changes[] = {
	{ SECURITY("\"runAsRoot\": false"), 13, 24,
	  "unknown key \"runAsRoot\" in \"securityContext\"" },
	{ SECURITY("\"privileged\": 1"), 13, 38,
	  "must be boolean, not number" },
	{ SECURITY("\"privileged\": \"yes\""), 13, 38,
	  "must be true or false" },
	{ SECURITY("\"privileged\": \"True\""), 0, 0, NULL },
	{ SECURITY("\"runAsUser\": -1"), 13, 37,
	  "must be a number from 0 to 4294967295" },
	{ SECURITY("\"runAsUser\": 4294967296"), 13, 37,
	  "must be a number from 0 to 4294967295" },
	{ SECURITY("\"runAsGroup\": \"adm\""), 13, 38, "must be number" },
	{ SECURITY("\"runAsUser\": 4294967295"), 0, 0, NULL },
	{ SECURITY("\"capabilities\": {\"remove\": []}"), 13, 41,
	  "unknown key \"remove\" in \"capabilities\"" },
	{ SECURITY("\"capabilities\": {\"add\": \"CAP_KILL\"}"), 13, 48,
	  "must be array, not string" },
	{ SECURITY("\"seccompProfile\": 1"), 13, 42,
	  "must be string, not number" },
	{ SECURITY("\"seccompProfile\": \"e\""), 13, 42, "is no base64" },
	{ SECURITY("\"seccompProfile\": \"" NO_PROFILE "\""), 13, 42,
	  "seccomp profile:1:4: string has no end" },
	{ SECURITY("\"seccompProfile\": \"" PROFILE "\""), 0, 0, NULL },
	{ SECURITY("\"seccompProfile\": {\"type\": \"Localhost\"}"), 13, 42,
	  "only the types Unconfined and RuntimeDefault" },
	{ SECURITY("\"seccompProfile\": {\"type\": \"Unconfined\"}"), 0, 0,
	  NULL },
	{},
};

/* In the older shape. */
static const struct change older_changes[] = {
	{ "\"workingDir\"", "\"working\"", 13, 3,
	  "unknown key \"working\" in a container" },
	{ "\"workingDir\": \"/src\"", "\"properties\": {}", 13, 3,
	  "unknown key \"properties\" in a container" },
	{ "\"workingDir\": \"/src\"", "\"allow_elevated\": 1", 13, 21,
	  "must be boolean, not number" },
	{ "\"workingDir\": \"/src\"", "\"execProcesses\": [\"sh\", 1]", 13, 27,
	  "must be string, not number" },
	{ "\"workingDir\": \"/src\"", "\"execProcesses\": [\"sh\", \"-i\"]", 0,
	  0, NULL },
	{ "\"azureFile\"", "\"nothing\"", 14, 28,
	  "where a mount of type \"nothing\" comes from is not known" },
	{},
};

static void test_refused(void **state)
{
	static const char nothing[] = "{\"version\": \"1.0\"}";
	static const struct change empty = { "", "", 1, 1, "neither contain" };

	expect_changes(&confcom, newer, input_changes);
	expect_changes(&confcom, newer, fragment_changes);
	expect_changes(&confcom, newer, container_changes);
	expect_changes(&confcom, newer, rule_changes);
	expect_changes(&confcom, newer, security_changes);
	expect_changes(&confcom, older, older_changes);
	expect_refused(&confcom, nothing, &empty);
	(void)state;
}

static void test_no_images(void **state)
{
	static const struct change unknown = {
		"",
		"",
		13,
		13,
		"nothing is known of the image \"mcr.microsoft.com/acc/samples/aci/helloworld:2.9\"",
	};
	struct check check = confcom;

	check.options.images = NULL;
	check.options.images_length = 0;
	expect_refused(&check, newer, &unknown);
	(void)state;
}

/* What the platform sets for every container. */
static const char *const platform[] = {
	"TERM=xterm",
	"(?i)(FABRIC)_.+=.+",
	"HOSTNAME=.+",
	"T(E)?MP=.+",
	"FabricPackageFileName=.+",
	"HostedServiceName=.+",
	"IDENTITY_API_VERSION=.+",
	"IDENTITY_HEADER=.+",
	"IDENTITY_SERVER_THUMBPRINT=.+",
	"azurecontainerinstance_restarted_by=.+",
};

/* From some rule on, and from some variable of the platform on. */
static void expect_platform(const struct mnd_process_rule *init, size_t rule,
			    size_t variable)
{
	for (; variable < ARRAY_SIZE(platform); variable++)
		expect_whole(init, rule++,
			     variable ? MND_MATCHING_RE2 : MND_MATCHING_EXACT,
			     platform[variable]);
}

static void expect_volume(const struct mnd_policy_source *policy, size_t number,
			  const char *destination, const char *source,
			  const char *access)
{
	const struct mnd_volume_rules *volumes = &policy->containers[0].volumes;
	const struct mnd_volume_rule *volume = &volumes->rules[number];

	assert_true(number < volumes->count);
	assert_string_equal(volume->type, "bind");
	assert_string_equal(volume->destination, destination);
	assert_string_equal(volume->source, source);
	assert_int_equal(volume->option_count, 3);
	assert_string_equal(volume->options[0], "rbind");
	assert_string_equal(volume->options[1], "rshared");
	assert_string_equal(volume->options[2], access);
}

#define ATLAS "sandbox:///tmp/atlas/"

static void test_newer(void **state)
{
	const struct mnd_process_rule *init;
	struct mnd_policy_source policy;

	expect_policy(&confcom, newer, &policy);
	assert_int_equal(policy.container_count, 2);
	assert_string_equal(policy.containers[0].name, "my-image");
	assert_int_equal(policy.containers[0].class, MND_CLASS_VERIFIED);
	assert_int_equal(policy.containers[0].layer_count, 2);
	assert_int_equal(policy.containers[0].layers[0][31], 0xaa);
	assert_int_equal(policy.containers[0].layers[1][31], 0xbb);
	assert_int_equal(policy.containers[0].place.line, 10);
	assert_int_equal(policy.containers[0].place.column, 17);
	init = init_of(&policy, 0);
	expect_argv(init, "/bin/hello", "-v");
	assert_int_equal(init->signals, 1 << 8 | 1 << 14);
	expect_match(&init->context->cwd, MND_MATCHING_EXACT, "/app");
	assert_true(init->context->flags & MND_CONTEXT_STDIO);
	assert_false(init->context->flags & MND_CONTEXT_NO_NEW_PRIVS);
	assert_int_equal(init->context->variables.count, 13);
	expect_whole(init, 0, MND_MATCHING_EXACT,
		     "PATH=/customized/path/value");
	expect_whole(init, 1, MND_MATCHING_RE2,
		     "TEST_REGEXP_ENV=test_regexp_env(.*)");
	expect_whole(init, 2, MND_MATCHING_EXACT, "LANG=C");
	expect_whole(init, 3, MND_MATCHING_EXACT, "TERM=dumb");
	expect_platform(init, 4, 1);
	assert_int_equal(policy.containers[0].volumes.count, 2);
	expect_volume(&policy, 0, "/mount/azurefile",
		      ATLAS "azureFileVolume/.+", "ro");
	expect_volume(&policy, 1, "/etc/resolv.conf", ATLAS "resolvconf/.+",
		      "rw");
	expect_argv(exec_of(&policy, 0, 0), "echo", "Hello World");
	assert_int_equal(exec_of(&policy, 0, 0)->signals, 0);
	expect_compiled(&policy);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_older(void **state)
{
	const struct mnd_process_rule *init;
	struct mnd_policy_source policy;

	expect_policy(&confcom, older, &policy);
	assert_int_equal(policy.container_count, 2);
	assert_string_equal(policy.containers[0].name, "alpine:3.16");
	init = init_of(&policy, 0);
	expect_argv(init, "rustc", "--help");
	expect_match(&init->context->cwd, MND_MATCHING_EXACT, "/src");
	assert_int_equal(init->context->variables.count, 12);
	expect_whole(init, 0, MND_MATCHING_EXACT,
		     "PATH=/customized/path/value");
	expect_whole(init, 1, MND_MATCHING_RE2,
		     "TEST_REGEXP_ENV=test_regexp_env_[[:alpha:]]*");
	expect_platform(init, 2, 0);
	expect_volume(&policy, 0, "/custom/azurefile/mount",
		      ATLAS "azureFileVolume/.+", "ro");
	assert_null(find_warning(&policy, "read-only"));
	mnd_policy_release(&policy);

	/* Without a word it is read-only here, but not in the newer shape. */
	expect_changed(&confcom, older, ",\n   \"readonly\": true", "",
		       &policy);
	expect_volume(&policy, 0, "/custom/azurefile/mount",
		      ATLAS "azureFileVolume/.+", "ro");
	expect_warning(&policy, 14, 14, "this mount is read-only");
	mnd_policy_release(&policy);
	expect_changed(&confcom, newer, ",\n    \"readOnly\": true", "",
		       &policy);
	expect_volume(&policy, 0, "/mount/azurefile",
		      ATLAS "azureFileVolume/.+", "rw");
	mnd_policy_release(&policy);
	(void)state;
}

static void test_pause(void **state)
{
	const struct mnd_process_rule *init;
	struct mnd_policy_source policy;

	expect_policy(&confcom, newer, &policy);
	assert_string_equal(policy.containers[1].name, "pause-container");
	assert_int_equal(policy.containers[1].layer_count, 1);
	assert_int_equal(policy.containers[1].layers[0][0], 0x16);
	assert_int_equal(policy.containers[1].layers[0][31], 0x15);
	assert_int_equal(policy.containers[1].volumes.count, 0);
	init = init_of(&policy, 1);
	expect_argv(init, "/pause");
	assert_int_equal(init->context->variables.count, 2);
	expect_whole(init, 0, MND_MATCHING_EXACT, PAUSE_PATH);
	assert_true(init->context->variables.rules[0].required);
	expect_whole(init, 1, MND_MATCHING_EXACT, "TERM=xterm");
	assert_false(init->context->variables.rules[1].required);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_policy(void **state)
{
	struct mnd_policy_source policy;

	expect_policy(&confcom, newer, &policy);
	assert_int_equal(policy.flags, MND_POLICY_DROP_VARIABLES |
					       MND_POLICY_DROP_CAPABILITIES);
	assert_int_equal(policy.answers[MND_POINT_CREATE_CONTAINER],
			 MND_ANSWER_RULES);
	assert_int_equal(policy.answers[MND_POINT_GET_PROPERTIES],
			 MND_ANSWER_ALLOW);
	assert_int_equal(policy.answers[MND_POINT_DUMP_STACKS],
			 MND_ANSWER_DENY);
	assert_int_equal(policy.answers[MND_POINT_RUNTIME_LOGGING],
			 MND_ANSWER_DENY);
	assert_int_equal(policy.answers[MND_POINT_HOST_NETWORK],
			 MND_ANSWER_DENY);
	assert_int_equal(policy.fragment_count, 1);
	assert_string_equal(policy.fragments[0].feed,
			    "contoso.azurecr.io/infra");
	assert_string_equal(policy.fragments[0].minimum_svn, "1");
	assert_int_equal(policy.fragments[0].includes, MND_INCLUDE_CONTAINERS);
	expect_warning(&policy, 1, 1, "aci-cc-infra-fragment");
	mnd_policy_release(&policy);

	expect_changed(&confcom, newer, INPUT("\"allowHostNetwork\": true"),
		       &policy);
	assert_int_equal(policy.answers[MND_POINT_HOST_NETWORK],
			 MND_ANSWER_ALLOW);
	mnd_policy_release(&policy);

	/* Who writes it down knows which one. */
	expect_changed(&confcom, newer, "contoso.azurecr.io/infra",
		       "mcr.microsoft.com/aci/aci-cc-infra-fragment", &policy);
	assert_null(find_warning(&policy, "aci-cc-infra-fragment"));
	mnd_policy_release(&policy);
	(void)state;
}

static void test_fragment(void **state)
{
	struct mnd_policy_source policy;
	struct check check = confcom;

	check.options.fragment = true;
	expect_policy(&check, newer, &policy);
	assert_int_equal(policy.container_count, 1);
	assert_string_equal(policy.containers[0].name, "my-image");
	assert_string_equal(policy.name, "fragment");
	assert_null(find_warning(&policy, "aci-cc-infra-fragment"));
	mnd_policy_release(&policy);
	(void)state;
}

#define UNSET "{\"name\": \"HOSTNAME\", \"required\": true}"
#define SECURE "{\"name\": \"KEY\", \"secureValue\": \"s\"}"
#define PLAIN "{\"name\": \"LANG\", \"value\": \"(\"}"
#define PATTERN "{\"name\": \"A\", \"value\": \"(\", \"regex\": true}"

/* A name that comes before keeps out those that come behind. */
static void test_variables(void **state)
{
	const struct mnd_process_rule *init;
	struct mnd_policy_source policy;

	expect_changed(&confcom, newer, VARIABLE(UNSET "," SECURE "," PLAIN),
		       &policy);
	init = init_of(&policy, 0);
	assert_int_equal(init->context->variables.count, 14);
	expect_whole(init, 0, MND_MATCHING_EXACT, "HOSTNAME=");
	assert_true(init->context->variables.rules[0].required);
	assert_int_equal(init->context->variables.rules[0].place.line, 20);
	assert_int_equal(init->context->variables.rules[0].place.column, 5);
	expect_whole(init, 1, MND_MATCHING_EXACT, "KEY=s");
	assert_false(init->context->variables.rules[1].required);
	expect_whole(init, 2, MND_MATCHING_EXACT, "LANG=(");
	expect_whole(init, 4, MND_MATCHING_EXACT, "PATH=/usr/bin");
	expect_whole(init, 6, MND_MATCHING_RE2, platform[1]);
	expect_whole(init, 7, MND_MATCHING_RE2, platform[3]);
	mnd_policy_release(&policy);

	expect_changed(&confcom, newer, VARIABLE(PATTERN), &policy);
	init = init_of(&policy, 0);
	assert_int_equal(init->context->variables.rules[0].value.matching,
			 MND_MATCHING_NONE);
	expect_warning(&policy, 20, 5, "nothing matches \"A=(\"");
	mnd_policy_release(&policy);
	(void)state;
}

#define PROBES                                        \
	"\"signals\": [1, 9],\n"                      \
	"\"livenessProbe\": {\"periodSeconds\": 5,\n" \
	" \"exec\": {\"command\": [\"live\"]}},\n"    \
	"\"readinessProbe\": {\"httpGet\": {}}"

static void test_processes(void **state)
{
	struct mnd_policy_source policy;

	expect_changed(&confcom, newer, PROPERTY(PROBES), &policy);
	assert_int_equal(init_of(&policy, 0)->signals,
			 1 << 0 | 1 << 8 | 1 << 14);
	assert_int_equal(policy.containers[0].process_count, 3);
	expect_argv(exec_of(&policy, 0, 1), "live");
	mnd_policy_release(&policy);

	expect_changed(&confcom, newer,
		       EXEC("{\"command\": [\"a\"], \"signals\": [15]}"),
		       &policy);
	expect_argv(exec_of(&policy, 0, 0), "a");
	assert_int_equal(exec_of(&policy, 0, 0)->signals, 1 << 14);
	mnd_policy_release(&policy);

	expect_changed(&confcom, older, "\"workingDir\": \"/src\"",
		       "\"execProcesses\": [\"sh\", \"-i\"]", &policy);
	assert_int_equal(policy.containers[0].process_count, 2);
	expect_argv(exec_of(&policy, 0, 0), "sh", "-i");
	mnd_policy_release(&policy);
	(void)state;
}

/* CAP_KILL, which every container has; and CAP_SYS_ADMIN, which few have. */
#define KILL 0x20ULL
#define ADMIN 0x200000ULL

#define ADD "\"add\": [\"CAP_SYS_ADMIN\", \"CAP_SYS_ADMIN\"]"
#define DROP "\"drop\": [\"CAP_KILL\", \"KILL\"]"

static void test_capabilities(void **state)
{
	const struct mnd_capability_lists *lists;
	struct mnd_policy_source policy;

	expect_policy(&confcom, newer, &policy);
	lists = &init_of(&policy, 0)->context->capabilities;
	assert_int_equal(lists->rule, MND_CAPABILITIES_EQUAL);
	assert_int_equal(lists->lengths[MND_BOUNDING], 14);
	assert_int_equal(lists->sets[MND_EFFECTIVE], lists->sets[MND_BOUNDING]);
	assert_int_equal(lists->sets[MND_PERMITTED], lists->sets[MND_BOUNDING]);
	assert_true(lists->sets[MND_BOUNDING] & KILL);
	assert_false(lists->sets[MND_BOUNDING] & ADMIN);
	assert_int_equal(lists->sets[MND_INHERITABLE], 0);
	assert_int_equal(lists->sets[MND_AMBIENT], 0);
	assert_false(policy.containers[0].flags & MND_SUBJECT_ELEVATED);
	mnd_policy_release(&policy);

	expect_changed(&confcom, newer,
		       SECURITY("\"capabilities\": {" ADD ", " DROP "}"),
		       &policy);
	lists = &init_of(&policy, 0)->context->capabilities;
	assert_int_equal(lists->lengths[MND_BOUNDING], 14);
	assert_true(lists->sets[MND_BOUNDING] & ADMIN);
	assert_false(lists->sets[MND_BOUNDING] & KILL);
	expect_warning(&policy, 13, 105, "\"KILL\" takes nothing away");
	mnd_policy_release(&policy);

	expect_changed(&confcom, newer, SECURITY("\"privileged\": true"),
		       &policy);
	lists = &init_of(&policy, 0)->context->capabilities;
	assert_true(lists->sets[MND_INHERITABLE] & ADMIN);
	assert_int_equal(lists->sets[MND_AMBIENT], 0);
	assert_int_equal(lists->lengths[MND_BOUNDING], 41);
	assert_true(policy.containers[0].flags & MND_SUBJECT_ELEVATED);
	mnd_policy_release(&policy);

	expect_changed(&confcom, older, "\"workingDir\": \"/src\"",
		       "\"allow_elevated\": true", &policy);
	assert_true(policy.containers[0].flags & MND_SUBJECT_ELEVATED);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_strict(void **state)
{
	static const struct change nothing = {
		SECURITY("\"capabilities\": {\"drop\": [\"ALL\"]}"), 13, 50,
		"\"ALL\" takes nothing away"
	};
	static const struct change something = {
		SECURITY("\"capabilities\": {\"drop\": [\"CAP_KILL\"]}"), 0, 0,
		NULL
	};
	struct check check = confcom;

	check.options.strict = true;
	expect_change(&check, newer, &nothing);
	expect_change(&check, newer, &something);
	(void)state;
}

static void expect_identity(const struct mnd_policy_source *policy, bool given,
			    u32 user, bool group_given, u32 group)
{
	const struct mnd_identity_rule *identity =
		&init_of(policy, 0)->context->identity;

	assert_int_equal(identity->user.has_id, given);
	if (given)
		assert_int_equal(identity->user.id, user);
	else
		assert_int_equal(identity->user.name.matching,
				 MND_MATCHING_ANY);
	assert_int_equal(identity->group_count, 1);
	assert_int_equal(identity->groups[0].has_id, group_given);
	if (group_given)
		assert_int_equal(identity->groups[0].id, group);
}

/* What the input says of the user, the image says nothing about any more. */
static void test_user(void **state)
{
	struct mnd_policy_source policy;

	expect_policy(&confcom, newer, &policy);
	expect_identity(&policy, true, 1000, true, 1001);
	mnd_policy_release(&policy);
	expect_policy(&confcom, older, &policy);
	expect_identity(&policy, false, 0, false, 0);
	mnd_policy_release(&policy);
	expect_changed(&confcom, newer,
		       SECURITY("\"runAsUser\": 7, \"runAsGroup\": 8"),
		       &policy);
	expect_identity(&policy, true, 7, true, 8);
	mnd_policy_release(&policy);
	expect_changed(&confcom, newer, SECURITY("\"runAsUser\": 7"), &policy);
	expect_identity(&policy, true, 7, false, 0);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_security(void **state)
{
	const struct mnd_context_rule *context;
	struct mnd_policy_source policy;

	expect_changed(&confcom, newer,
		       SECURITY("\"allowPrivilegeEscalation\": false,\n"
				"\"seccompProfile\": \"" PROFILE "\""),
		       &policy);
	context = init_of(&policy, 0)->context;
	assert_true(context->flags & MND_CONTEXT_NO_NEW_PRIVS);
	assert_string_equal(context->profile.text, PROFILE_HASH);
	mnd_policy_release(&policy);
	expect_changed(&confcom, newer,
		       PROPERTY("\"allowStdioAccess\": false, \"ports\": []"),
		       &policy);
	context = init_of(&policy, 0)->context;
	assert_false(context->flags & MND_CONTEXT_STDIO);
	assert_string_equal(context->profile.text, "");
	expect_warning(&policy, 13, 31, "\"ports\" in \"properties\" is ign");
	mnd_policy_release(&policy);
	(void)state;
}

static bool has_volume(const struct mnd_policy_source *policy,
		       const char *destination)
{
	const struct mnd_volume_rules *volumes = &policy->containers[0].volumes;
	size_t i;

	for (i = 0; i < volumes->count; i++)
		if (!strcmp(volumes->rules[i].destination, destination))
			return true;
	return false;
}

#define IDENTITY LABEL("\"true\"")

static void test_virtual_node(void **state)
{
	struct mnd_policy_source policy;

	expect_changed(&confcom, newer, "\"aci\"", "\"vn2\"", &policy);
	assert_int_equal(init_of(&policy, 0)->context->variables.count, 21);
	expect_whole(init_of(&policy, 0), 13, MND_MATCHING_RE2,
		     "[A-Z0-9_]+_SERVICE_HOST=.+");
	assert_int_equal(policy.containers[0].volumes.count, 6);
	assert_true(has_volume(&policy, "/etc/hosts"));
	assert_false(has_volume(&policy, "/sys"));
	assert_false(has_volume(&policy, "/var/run/secrets/azure/tokens"));
	mnd_policy_release(&policy);

	expect_changed(&confcom, newer, "\"scenario\": \"aci\"",
		       "\"scenario\": \"vn2\", " IDENTITY, &policy);
	assert_int_equal(init_of(&policy, 0)->context->variables.count, 25);
	expect_whole(init_of(&policy, 0), 0, MND_MATCHING_RE2,
		     "AZURE_CLIENT_ID=.+");
	assert_true(has_volume(&policy, "/var/run/secrets/azure/tokens"));
	mnd_policy_release(&policy);

	/* Only on virtual nodes. */
	expect_changed(&confcom, newer, INPUT(IDENTITY), &policy);
	assert_int_equal(init_of(&policy, 0)->context->variables.count, 13);
	mnd_policy_release(&policy);
	(void)state;
}

static void test_virtual_node_mounts(void **state)
{
	struct mnd_policy_source policy;
	char *text;

	text = apply(newer, SECURITY("\"privileged\": true"));
	expect_changed(&confcom, text, "\"aci\"", "\"vn2\"", &policy);
	assert_true(has_volume(&policy, "/sys"));
	assert_true(has_volume(&policy, "/sys/fs/cgroup"));
	mnd_policy_release(&policy);
	free(text);
	expect_changed(&confcom, newer, PROPERTY("\"configMap\": {\"a\": 1}"),
		       &policy);
	assert_true(has_volume(&policy, "/mnt/configmap"));
	mnd_policy_release(&policy);
	(void)state;
}

/* An image with so many variables, and containers that can have it. */
#define VARIABLES 100000
#define MOST 10

static char *make_facts(size_t *length)
{
	char *facts = NULL;
	FILE *out = open_memstream(&facts, length);
	size_t i;

	assert_non_null(out);
	fputs("{\"big\": {\"layers\": [\"" HASH "\"], \"env\": [", out);
	for (i = 0; i < VARIABLES; i++)
		fprintf(out, "%s\"V%zu=\"", i ? "," : "", i);
	fputs("]}}", out);
	fclose(out);
	return facts;
}

static int read_many(const struct check *check, size_t count,
		     struct mnd_error *error)
{
	struct mnd_policy_source policy;
	char *text = NULL;
	size_t length, i;
	FILE *out = open_memstream(&text, &length);
	int err;

	assert_non_null(out);
	fputs("{\"containers\": [\n", out);
	for (i = 0; i < count; i++)
		fprintf(out, "%s{\"containerImage\": \"big\"}\n", i ? "," : "");
	fputs("]}", out);
	fclose(out);
	err = read_bytes(check, text, length, &policy, error);
	mnd_policy_release(&policy);
	free(text);
	return err;
}

/* A large image cannot be multiplied without end. */
static void test_borrowed(void **state)
{
	struct check check = confcom;
	struct mnd_error error;
	char *facts;

	facts = make_facts(&check.options.images_length);
	check.options.images = facts;
	assert_int_equal(read_many(&check, MOST, &error), 0);
	assert_int_equal(read_many(&check, MOST + 1, &error), -EINVAL);
	assert_int_equal(error.line, MOST + 2);
	assert_int_equal(error.column, 2);
	assert_non_null(strstr(error.text, "too many layers, variables"));
	free(facts);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_images),
		cmocka_unit_test(test_newer),
		cmocka_unit_test(test_older),
		cmocka_unit_test(test_pause),
		cmocka_unit_test(test_policy),
		cmocka_unit_test(test_fragment),
		cmocka_unit_test(test_variables),
		cmocka_unit_test(test_processes),
		cmocka_unit_test(test_capabilities),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_user),
		cmocka_unit_test(test_security),
		cmocka_unit_test(test_virtual_node),
		cmocka_unit_test(test_virtual_node_mounts),
		cmocka_unit_test(test_borrowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
