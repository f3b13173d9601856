// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The request machine, as far as the vectors do not ask: what it remembers and
 * forgets, transactions, reasons, limits, and where it is stricter.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../lsm/core/verify.h"
#include "../../userspace/compile/compile.h"
#include "../../userspace/fragment_svn.h"
#include "../../userspace/machine/private.h"

#define LAYER(n) \
	"00000000000000000000000000000000000000000000000000000000000000" n
#define ROOT "/run/mounts/scsi/m"
#define ISSUER "did:x509:0:sha256:AAAA::subject:CN:Test"

/* A policy and the machine that has it. */
struct fixture {
	u8 *bytes;
	struct mnd_table table;
	struct mnd_machine *machine;
};

static void begin_language(struct fixture *fixture, const char *text,
			   const struct mnd_source_options *options)
{
	const struct mnd_string_ref ref = { text, strlen(text) };
	struct mnd_policy_source policy;
	struct mnd_error error;
	struct mnd_fault fault;
	u32 length = 0;

	memset(fixture, 0, sizeof(*fixture));
	if (mnd_source_read(&ref, options, &policy, &error) ||
	    mnd_compile(&policy, false, &fixture->bytes, &length, &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
	mnd_policy_release(&policy);
	assert_int_equal(mnd_table_verify(&fixture->table, fixture->bytes,
					  length, &fault),
			 0);
	assert_int_equal(mnd_machine_new(&fixture->table, &fixture->machine),
			 0);
}

/* Rego, with single quotes; until it is called again twice. */
static const char *rego(const char *text)
{
	static char made[2][8192];
	static unsigned int number;
	char *copy = made[number++ % 2], *quote;

	assert_true(strlen(text) < sizeof(made[0]));
	memcpy(copy, text, strlen(text) + 1);
	while ((quote = strchr(copy, '\'')))
		*quote = '"';
	return copy;
}

/* What all containers here share. */
#define COMMON                                                          \
	"'user': {'user_idname': {'pattern': '0', 'strategy': 'id'},\n" \
	"'group_idnames': [{'pattern': 'adm', 'strategy': 'name'}],\n"  \
	"'umask': '0022'},\n"                                           \
	"'capabilities': {'bounding': ['CAP_KILL'], 'effective': [],\n" \
	"'inheritable': [], 'permitted': [], 'ambient': []},\n"         \
	"'seccomp_profile_sha256': '', 'working_dir': '/',\n"           \
	"'no_new_privileges': true, 'allow_elevated': false,\n"         \
	"'layers': ['" LAYER("01") "',\n'" LAYER("02") "'],\n"          \
						       "'signals': [15]"

#define CONTAINER(command, env, exec, stdio)                         \
	"{'command': ['" command "'], 'env_rules': [" env "],\n"     \
	"'mounts': [{'destination': '/d', 'options': ['ro'],\n"      \
	"'source': 'sandbox:///d', 'type': 'bind'}],\n"              \
	"'exec_processes': [" exec "], 'allow_stdio_access': " stdio \
	",\n" COMMON "},\n"

#define PATTERN(text, required) \
	"{'pattern': '" text "', 'strategy': 're2', 'required': " required "}"
#define EXEC(command) "{'command': ['" command "'], 'signals': [9]}"

#define POINTS                                                                  \
	"mount_device := data.framework.mount_device\n"                         \
	"unmount_device := data.framework.unmount_device\n"                     \
	"mount_overlay := data.framework.mount_overlay\n"                       \
	"unmount_overlay := data.framework.unmount_overlay\n"                   \
	"create_container := data.framework.create_container\n"                 \
	"exec_in_container := data.framework.exec_in_container\n"               \
	"exec_external := data.framework.exec_external\n"                       \
	"shutdown_container := data.framework.shutdown_container\n"             \
	"signal_container_process := data.framework.signal_container_process\n" \
	"plan9_mount := data.framework.plan9_mount\n"                           \
	"plan9_unmount := data.framework.plan9_unmount\n"                       \
	"scratch_mount := data.framework.scratch_mount\n"                       \
	"scratch_unmount := data.framework.scratch_unmount\n"                   \
	"load_fragment := data.framework.load_fragment\n"

#define HEAD(version)                               \
	"package policy\napi_version := '0.10.0'\n" \
	"framework_version := '" version "'\n"
#define POLICY(containers, more) \
	HEAD("0.5.0") "containers := [" containers "]\n" more POINTS

/* Two containers of one image that differ in what can be executed. */
#define DIGITS PATTERN("A=[0-9]+", "false")
#define TWO                                              \
	"" CONTAINER("/app", DIGITS, EXEC("ps"), "true") \
		CONTAINER("/app", DIGITS, EXEC("sh"), "true")
#define DROP "allow_environment_variable_dropping := true\n"

static void begin(struct fixture *fixture, const char *policy)
{
	static const struct mnd_source_options options = {
		.language = MND_LANGUAGE_HCSSHIM_REGO,
	};

	begin_language(fixture, rego(policy), &options);
}

static void end(struct fixture *fixture)
{
	mnd_machine_free(fixture->machine);
	free(fixture->bytes);
}

static struct mnd_reply ask(struct fixture *fixture,
			    const struct mnd_request *request)
{
	struct mnd_reply reply;

	assert_int_equal(mnd_machine_ask(fixture->machine, request, &reply), 0);
	assert_int_equal(reply.allowed, reply.reason == MND_REASON_NONE);
	return reply;
}

/* Insists on a reason, or on being allowed. */
static void expect(struct fixture *fixture, const struct mnd_request *request,
		   enum mnd_reason reason)
{
	const struct mnd_reply reply = ask(fixture, request);
	char text[400];

	if (reply.reason == reason)
		return;
	mnd_machine_explain(fixture->machine, request, &reply, text,
			    sizeof(text));
	fail_msg("point %d: %s, not %s", request->point, text,
		 mnd_reason_name(reason));
}

static struct mnd_request mount(enum mnd_point point, const char *target)
{
	return (struct mnd_request){ .point = point, .target = target };
}

static struct mnd_request device(const char *target, const char *hash)
{
	struct mnd_request request = mount(MND_POINT_MOUNT_DEVICE, target);

	request.hash = hash;
	return request;
}

static void mount_layers(struct fixture *fixture)
{
	struct mnd_request request = device(ROOT "1", LAYER("01"));

	expect(fixture, &request, MND_REASON_NONE);
	request = device(ROOT "2", LAYER("02"));
	expect(fixture, &request, MND_REASON_NONE);
}

static const char *const paths[] = { ROOT "2", ROOT "1" };

static struct mnd_request overlay(const char *container, const char *target)
{
	struct mnd_request request = mount(MND_POINT_MOUNT_OVERLAY, target);

	request.container = container;
	request.layers = (struct mnd_fact_list){ paths, 2 };
	return request;
}

static const char *const kill_only[] = { "CAP_KILL" };
static const struct mnd_fact_list capabilities[__MND_CAPABILITY_SET_MAX] = {
	[MND_BOUNDING] = { kill_only, 1 },
};

#define LIST(...)                                              \
	((struct mnd_fact_list){                               \
		(const char *const[]){ __VA_ARGS__ },          \
		sizeof((const char *const[]){ __VA_ARGS__ }) / \
			sizeof(char *) })

static struct mnd_request process(enum mnd_point point, const char *container)
{
	static const char *const arguments[] = { "/app" };

	return (struct mnd_request){
		.point = point,
		.container = container,
		.arguments = { arguments, 1 },
		.cwd = "/",
		.no_new_privs = true,
		.user = { "0", "root" },
		.umask = "0022",
		.capabilities = capabilities,
	};
}

static struct mnd_request create(const char *container)
{
	return process(MND_POINT_CREATE_CONTAINER, container);
}

static struct mnd_request exec(const char *container,
			       const char *const *argument)
{
	struct mnd_request request =
		process(MND_POINT_EXEC_IN_CONTAINER, container);

	request.arguments = (struct mnd_fact_list){ argument, 1 };
	return request;
}

static struct mnd_request signal_to(const char *container, long long signal)
{
	return (struct mnd_request){
		.point = MND_POINT_SIGNAL_CONTAINER_PROCESS,
		.container = container,
		.signal = signal,
		.is_init = true,
	};
}

static struct mnd_request stop(const char *container)
{
	return (struct mnd_request){
		.point = MND_POINT_SHUTDOWN_CONTAINER,
		.container = container,
	};
}

/* Mounts the overlay of a container and makes it. */
static void start(struct fixture *fixture, const char *container)
{
	struct mnd_request request = overlay(container, container);

	expect(fixture, &request, MND_REASON_NONE);
	request = create(container);
	expect(fixture, &request, MND_REASON_NONE);
}

static const char *const ps[] = { "ps" };
static const char *const sh[] = { "sh" };

/*
 * What is remembered
 */

static void test_sharing(void **state)
{
	struct fixture fixture;
	struct mnd_request request;

	/* What narrows one container leaves another of the same set alone. */
	begin(&fixture, POLICY(TWO, ""));
	mount_layers(&fixture);
	start(&fixture, "one");
	start(&fixture, "two");
	request = exec("one", ps);
	expect(&fixture, &request, MND_REASON_NONE);
	request = exec("one", sh);
	expect(&fixture, &request, MND_REASON_COMMAND);
	request = exec("two", sh);
	expect(&fixture, &request, MND_REASON_NONE);
	request = exec("two", ps);
	expect(&fixture, &request, MND_REASON_COMMAND);
	/* A third one begins with all of them. */
	start(&fixture, "three");
	request = exec("three", ps);
	expect(&fixture, &request, MND_REASON_NONE);
	end(&fixture);
	(void)state;
}

#define RUNNING 100

static void test_memory(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	char name[65], target[80];
	size_t empty, layers;
	int i;

	begin(&fixture, POLICY(TWO, ""));
	empty = mnd_machine_memory(fixture.machine);
	mount_layers(&fixture);
	layers = mnd_machine_memory(fixture.machine);
	assert_true(layers > empty);
	for (i = 0; i < RUNNING; i++) {
		snprintf(name, sizeof(name), "%064d", i);
		snprintf(target, sizeof(target), "/run/%s", name);
		request = overlay(name, target);
		expect(&fixture, &request, MND_REASON_NONE);
		request = create(name);
		expect(&fixture, &request, MND_REASON_NONE);
	}
	assert_true(mnd_machine_memory(fixture.machine) <= 256 * 1024);
	/* Two candidates take more than one. */
	layers = mnd_machine_memory(fixture.machine);
	request = exec(name, ps);
	expect(&fixture, &request, MND_REASON_NONE);
	assert_true(mnd_machine_memory(fixture.machine) <= layers);
	end(&fixture);
	(void)state;
}

static void test_forgetting(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	size_t before;

	begin(&fixture, POLICY(TWO, ""));
	before = mnd_machine_memory(fixture.machine);
	mount_layers(&fixture);
	request = mount(MND_POINT_UNMOUNT_DEVICE, ROOT "1");
	expect(&fixture, &request, MND_REASON_NONE);
	expect(&fixture, &request, MND_REASON_NOT_MOUNTED);
	request.target = ROOT "2";
	expect(&fixture, &request, MND_REASON_NONE);
	assert_int_equal(mnd_machine_memory(fixture.machine), before);
	end(&fixture);
	(void)state;
}

#define LONG 1048576

/* Makes a long target another one. */
static void number(char *target, int i)
{
	target[0] = (char)('a' + i / 26);
	target[1] = (char)('a' + i % 26);
}

static void test_full(void **state)
{
	struct fixture fixture;
	struct mnd_request request = mount(MND_POINT_SCRATCH_MOUNT, NULL);
	char *target = malloc(LONG + 1);
	int i, count = 0;

	assert_non_null(target);
	memset(target, 'x', LONG);
	target[LONG] = 0;
	request.target = target;
	request.encrypted = true;
	begin(&fixture, POLICY(TWO, ""));
	for (i = 0; i < 200; i++) {
		number(target, i);
		count += ask(&fixture, &request).allowed;
	}
	assert_in_range(count, 60, 66);
	expect(&fixture, &request, MND_REASON_LIMIT);
	assert_true(mnd_machine_memory(fixture.machine) <
		    MND_MACHINE_STATE_MAX + 2 * LONG);
	/* What can be forgotten makes room. */
	number(target, 0);
	request.point = MND_POINT_SCRATCH_UNMOUNT;
	expect(&fixture, &request, MND_REASON_NONE);
	free(target);
	end(&fixture);
	(void)state;
}

/*
 * Transactions
 */

static void test_transaction_use(void **state)
{
	struct fixture fixture;

	begin(&fixture, POLICY(TWO, ""));
	assert_int_equal(mnd_machine_commit(fixture.machine), -EINVAL);
	assert_int_equal(mnd_machine_rollback(fixture.machine), -EINVAL);
	assert_int_equal(mnd_machine_begin(fixture.machine), 0);
	assert_int_equal(mnd_machine_begin(fixture.machine), -EBUSY);
	assert_int_equal(mnd_machine_commit(fixture.machine), 0);
	assert_int_equal(mnd_machine_begin(fixture.machine), 0);
	assert_int_equal(mnd_machine_rollback(fixture.machine), 0);
	end(&fixture);
	(void)state;
}

static void test_rollback_mounts(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	size_t before;

	begin(&fixture, POLICY(TWO, ""));
	mount_layers(&fixture);
	assert_int_equal(mnd_machine_begin(fixture.machine), 0);
	request = mount(MND_POINT_UNMOUNT_DEVICE, ROOT "1");
	expect(&fixture, &request, MND_REASON_NONE);
	request = device(ROOT "3", LAYER("01"));
	expect(&fixture, &request, MND_REASON_NONE);
	/* A denied request is not taken back, because it did nothing. */
	expect(&fixture, &request, MND_REASON_BUSY);
	assert_int_equal(mnd_machine_rollback(fixture.machine), 0);
	before = mnd_machine_memory(fixture.machine);
	request = device(ROOT "1", LAYER("01"));
	expect(&fixture, &request, MND_REASON_BUSY);
	request = mount(MND_POINT_UNMOUNT_DEVICE, ROOT "3");
	expect(&fixture, &request, MND_REASON_NOT_MOUNTED);
	/* The hash of what is there again is known, too. */
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	assert_true(mnd_machine_memory(fixture.machine) > before);
	end(&fixture);
	(void)state;
}

static void test_rollback_containers(void **state)
{
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture, POLICY(TWO, ""));
	mount_layers(&fixture);
	start(&fixture, "one");
	assert_int_equal(mnd_machine_begin(fixture.machine), 0);
	start(&fixture, "two");
	request = exec("one", ps);
	expect(&fixture, &request, MND_REASON_NONE);
	request = signal_to("one", 15);
	expect(&fixture, &request, MND_REASON_NONE);
	request = stop("one");
	expect(&fixture, &request, MND_REASON_NONE);
	assert_int_equal(mnd_machine_rollback(fixture.machine), 0);
	/* It runs again, and can still be either of the two. */
	request = exec("one", sh);
	expect(&fixture, &request, MND_REASON_NONE);
	request = exec("two", sh);
	expect(&fixture, &request, MND_REASON_NOT_STARTED);
	start(&fixture, "two");
	end(&fixture);
	(void)state;
}

static void test_commit(void **state)
{
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture, POLICY(TWO, ""));
	mount_layers(&fixture);
	assert_int_equal(mnd_machine_begin(fixture.machine), 0);
	start(&fixture, "one");
	request = exec("one", ps);
	expect(&fixture, &request, MND_REASON_NONE);
	request = mount(MND_POINT_UNMOUNT_OVERLAY, "one");
	expect(&fixture, &request, MND_REASON_NONE);
	assert_int_equal(mnd_machine_commit(fixture.machine), 0);
	request = exec("one", sh);
	expect(&fixture, &request, MND_REASON_COMMAND);
	request = mount(MND_POINT_UNMOUNT_OVERLAY, "one");
	expect(&fixture, &request, MND_REASON_NOT_MOUNTED);
	/* A transaction that nobody ends is no leak. */
	assert_int_equal(mnd_machine_begin(fixture.machine), 0);
	request = stop("one");
	expect(&fixture, &request, MND_REASON_NONE);
	end(&fixture);
	(void)state;
}

/*
 * Reasons
 */

static void test_layer_order(void **state)
{
	static const char *const wrong[] = { ROOT "1", ROOT "2" };
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture, POLICY(TWO, ""));
	mount_layers(&fixture);
	request = overlay("one", "/one");
	request.layers.strings = wrong;
	expect(&fixture, &request, MND_REASON_LAYERS);
	request = overlay("one", "/one");
	request.layers.count = 1;
	expect(&fixture, &request, MND_REASON_LAYERS);
	request.layers.count = 0;
	expect(&fixture, &request, MND_REASON_LAYERS);
	end(&fixture);
	(void)state;
}

/* What is changed in a request to make a container, and what comes of it. */
struct wrong {
	void (*change)(struct mnd_request *request);
	enum mnd_reason reason;
	u32 index;
	const char *text;
};

static void other_argument(struct mnd_request *request)
{
	static const char *const list[] = { "/bin/other" };

	request->arguments = (struct mnd_fact_list){ list, ARRAY_SIZE(list) };
}

static void more_arguments(struct mnd_request *request)
{
	static const char *const list[] = { "/app", "x" };

	request->arguments = (struct mnd_fact_list){ list, ARRAY_SIZE(list) };
}

static void no_arguments(struct mnd_request *request)
{
	request->arguments.count = 0;
}

static void other_cwd(struct mnd_request *request)
{
	request->cwd = "/tmp";
}

static void other_umask(struct mnd_request *request)
{
	request->umask = NULL;
}

static void other_user(struct mnd_request *request)
{
	request->user = (struct mnd_user_fact){ "00", "root" };
}

static void other_groups(struct mnd_request *request)
{
	static const struct mnd_user_fact groups[] = {
		{ "4", "adm" },
		{ "0", "root" },
	};

	request->groups = groups;
	request->group_count = 2;
}

static void other_profile(struct mnd_request *request)
{
	request->profile = "ab";
}

static void privileges(struct mnd_request *request)
{
	request->no_new_privs = false;
}

static void privileged(struct mnd_request *request)
{
	request->privileged = true;
}

static void devices(struct mnd_request *request)
{
	request->device_count = 1;
}

static void other_mount(struct mnd_request *request)
{
	static const char *const options[] = { "ro" };
	static struct mnd_mount_fact mounts[] = {
		{ "/run/gcs/c/pod/sandboxMounts/d", "/d", "bind" },
		{ "/run/gcs/c/pod/sandboxMounts/e", "/d", "bind" },
	};

	mounts[0].options = (struct mnd_fact_list){ options, 1 };
	mounts[1].options = mounts[0].options;
	request->sandbox = "pod";
	request->mounts = mounts;
	request->mount_count = 2;
}

/* Who writes the directory's name itself is not in it. */
static void place_as_source(struct mnd_request *request)
{
	other_mount(request);
	((struct mnd_mount_fact *)request->mounts)[0].source = MND_VOLUME_PLACE
		"s/d";
	request->mount_count = 1;
}

static void other_variable(struct mnd_request *request)
{
	static const char *const list[] = { "A=1", "A=secret" };

	request->variables = (struct mnd_fact_list){ list, ARRAY_SIZE(list) };
}

static void no_capabilities(struct mnd_request *request)
{
	request->capabilities = NULL;
}

static void fewer_capabilities(struct mnd_request *request)
{
	static const struct mnd_fact_list none[__MND_CAPABILITY_SET_MAX];

	request->capabilities = none;
}

static void more_capabilities(struct mnd_request *request)
{
	static struct mnd_fact_list more[__MND_CAPABILITY_SET_MAX];

	memcpy(more, capabilities, sizeof(more));
	more[MND_AMBIENT] = capabilities[MND_BOUNDING];
	request->capabilities = more;
}

static void unknown_capability(struct mnd_request *request)
{
	static const char *const names[] = { "CAP_KILL", "5" };
	static struct mnd_fact_list more[__MND_CAPABILITY_SET_MAX];

	more[MND_BOUNDING] = (struct mnd_fact_list){ names, 2 };
	request->capabilities = more;
}

static const struct wrong wrongs[] = {
	{ other_argument, MND_REASON_COMMAND, MND_NONE,
	  "argument 0 is \"/bin/other\", and must be \"/app\"" },
	{ more_arguments, MND_REASON_COMMAND, MND_NONE,
	  "there are 2, and must be 1" },
	{ no_arguments, MND_REASON_COMMAND, MND_NONE,
	  "there are 0, and must be 1" },
	{ other_cwd, MND_REASON_CWD, MND_NONE,
	  "it is \"/tmp\", and must be \"/\"" },
	{ other_umask, MND_REASON_UMASK, MND_NONE,
	  "it is \"\", and must be \"0022\"" },
	{ other_user, MND_REASON_USER, MND_NONE,
	  "it is \"00\", \"root\", and must be number 0" },
	{ other_groups, MND_REASON_GROUPS, 1, "it is \"0\", \"root\"" },
	{ other_profile, MND_REASON_PROFILE, MND_NONE,
	  "it is \"ab\", and must be \"\"" },
	{ privileges, MND_REASON_NO_NEW_PRIVS, MND_NONE, "must be set" },
	{ privileged, MND_REASON_PRIVILEGED, MND_NONE, "privileged" },
	{ devices, MND_REASON_DEVICES, MND_NONE, "no devices" },
	{ other_mount, MND_REASON_MOUNTS, 1, "sandboxMounts/e\" at \"/d\"" },
	{ place_as_source, MND_REASON_MOUNTS, 0, "at \"/d\"" },
	{ other_variable, MND_REASON_VARIABLE, 1, "no rule allows \"A\"" },
	{ no_capabilities, MND_REASON_NO_CAPABILITIES, MND_NONE, "named" },
	{ fewer_capabilities, MND_REASON_CAPABILITIES, 64 * MND_BOUNDING + 5,
	  "bounding lacks CAP_KILL" },
	{ more_capabilities, MND_REASON_CAPABILITIES, 64 * MND_AMBIENT + 5,
	  "ambient must not have CAP_KILL" },
	{ unknown_capability, MND_REASON_CAPABILITIES, MND_NONE, "wrong" },
};

static void test_reasons(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	struct mnd_reply reply;
	char text[400];
	size_t i;

	begin(&fixture, POLICY(TWO, ""));
	mount_layers(&fixture);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	for (i = 0; i < ARRAY_SIZE(wrongs); i++) {
		request = create("one");
		wrongs[i].change(&request);
		reply = ask(&fixture, &request);
		mnd_machine_explain(fixture.machine, &request, &reply, text,
				    sizeof(text));
		if (reply.reason != wrongs[i].reason ||
		    reply.index != wrongs[i].index ||
		    !strstr(text, wrongs[i].text) || strstr(text, "secret"))
			fail_msg("row %zu: index %u, %s", i, reply.index, text);
		assert_int_equal(reply.variable_count, 0);
		assert_false(reply.stdio);
	}
	/* None of this has changed anything. */
	request = create("one");
	expect(&fixture, &request, MND_REASON_NONE);
	expect(&fixture, &request, MND_REASON_STARTED);
	end(&fixture);
	(void)state;
}

static void test_reason_names(void **state)
{
	int i, j;

	for (i = 0; i < __MND_REASON_MAX; i++) {
		assert_non_null(mnd_reason_text(i));
		for (j = 0; j < i; j++)
			assert_string_not_equal(mnd_reason_name(i),
						mnd_reason_name(j));
	}
	(void)state;
}

static void test_short_text(void **state)
{
	struct fixture fixture;
	struct mnd_request request = create("none");
	struct mnd_reply reply;
	char text[8];

	begin(&fixture, POLICY(TWO, ""));
	reply = ask(&fixture, &request);
	memset(text, 'x', sizeof(text));
	mnd_machine_explain(fixture.machine, &request, &reply, text, 5);
	assert_string_equal(text, "the ");
	assert_int_equal(text[5], 'x');
	mnd_machine_explain(fixture.machine, &request, &reply, text, 1);
	assert_string_equal(text, "");
	end(&fixture);
	(void)state;
}

/*
 * Bad requests
 */

static void test_bad_requests(void **state)
{
	static const char *const null[] = { "a", NULL };
	static const struct mnd_user_fact no_name = { "0", NULL };
	static const struct mnd_mount_fact no_type = { "a", "b", NULL };
	struct mnd_request requests[6];
	struct fixture fixture;
	struct mnd_reply reply;
	size_t i;

	begin(&fixture, POLICY(TWO, ""));
	for (i = 0; i < ARRAY_SIZE(requests); i++)
		requests[i] = create("one");
	requests[0].point = __MND_POINT_MAX;
	requests[1].arguments.strings = null;
	requests[1].arguments.count = 2;
	requests[2].variables.count = MND_MACHINE_LIST_MAX + 1;
	requests[3].groups = &no_name;
	requests[3].group_count = 1;
	requests[4].mounts = &no_type;
	requests[4].mount_count = 1;
	requests[5].point = (enum mnd_point)0xffffffffU;
	for (i = 0; i < ARRAY_SIZE(requests); i++) {
		reply.allowed = true;
		assert_int_equal(mnd_machine_ask(fixture.machine, &requests[i],
						 &reply),
				 -EINVAL);
		assert_false(reply.allowed);
	}
	end(&fixture);
	(void)state;
}

/* Strings that are not there count as empty ones, whatever is asked. */
static void test_empty_requests(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	struct mnd_reply reply;
	char text[400];
	int i;

	begin(&fixture, POLICY(TWO, ""));
	for (i = 0; i < __MND_POINT_MAX; i++) {
		request = (struct mnd_request){ .point = i };
		reply = ask(&fixture, &request);
		mnd_machine_explain(fixture.machine, &request, &reply, text,
				    sizeof(text));
		assert_true(*text);
	}
	end(&fixture);
	(void)state;
}

static void test_many_requests(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	const char **strings;
	struct mnd_reply reply;
	int i;

	strings = calloc(MND_MACHINE_LIST_MAX, sizeof(*strings));
	assert_non_null(strings);
	for (i = 0; i < (int)MND_MACHINE_LIST_MAX; i++)
		strings[i] = "A=1";
	begin(&fixture, POLICY(TWO, DROP));
	mount_layers(&fixture);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	request = create("one");
	request.variables =
		(struct mnd_fact_list){ strings, MND_MACHINE_LIST_MAX };
	reply = ask(&fixture, &request);
	assert_true(reply.allowed);
	/* Where variables are dropped, so are repetitions. */
	assert_int_equal(reply.variable_count, 1);
	assert_int_equal(reply.variables[0], 0);
	free(strings);
	end(&fixture);
	(void)state;
}

/* What was found out about one request must not count for a later one. */
static void test_epochs(void **state)
{
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture, POLICY(TWO, ""));
	mount_layers(&fixture);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	fixture.machine->epoch = 0;
	request = create("one");
	request.variables = LIST("A=1", "B=1");
	expect(&fixture, &request, MND_REASON_VARIABLE);
	/* The same number comes again. */
	fixture.machine->epoch = 0xffffffffU;
	request.variables = LIST("A=1", "A=2");
	expect(&fixture, &request, MND_REASON_NONE);
	end(&fixture);
	(void)state;
}

/*
 * Dropping
 */

#define EITHER                                                     \
	"" CONTAINER("/app", PATTERN("A=.*", "false"), "", "true") \
		CONTAINER("/app", PATTERN("B=.*", "true"), "", "false")

static void test_drop_repetitions(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	struct mnd_reply reply;

	/* Two strings that are the same are less than two that are not. */
	begin(&fixture, POLICY(EITHER, DROP));
	mount_layers(&fixture);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	request = create("one");
	request.variables = LIST("A=1", "B=1", "A=1", "C=1", "B=2", "A=1");
	reply = ask(&fixture, &request);
	assert_true(reply.allowed);
	assert_false(reply.stdio);
	assert_int_equal(reply.variable_count, 2);
	assert_int_equal(reply.variables[0], 1);
	assert_int_equal(reply.variables[1], 4);
	end(&fixture);
	(void)state;
}

static void test_drop_ambiguous(void **state)
{
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture, POLICY(EITHER, DROP));
	mount_layers(&fixture);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	request = create("one");
	request.variables = LIST("A=1", "B=1");
	expect(&fixture, &request, MND_REASON_VARIABLES);
	/* Without any, the one that requires none is left. */
	request.variables = LIST("C=1");
	expect(&fixture, &request, MND_REASON_NONE);
	end(&fixture);
	(void)state;
}

#define DIFFERENT \
	"" CONTAINER("/app", "", "", "true") CONTAINER("/app", "", "", "false")

static void test_stdio(void **state)
{
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture, POLICY(DIFFERENT, ""));
	mount_layers(&fixture);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	request = create("one");
	expect(&fixture, &request, MND_REASON_STDIO);
	end(&fixture);
	(void)state;
}

/*
 * Where a policy is strict, and what its own language can say beyond hcsshim's
 */

static void test_strict(void **state)
{
	struct mnd_source_options options = {
		.language = MND_LANGUAGE_HCSSHIM_REGO,
	};
	struct fixture fixture;
	struct mnd_request request;
	int strict;

	for (strict = 0; strict < 2; strict++) {
		options.strict = strict;
		begin_language(&fixture, rego(POLICY(TWO, "")), &options);
		mount_layers(&fixture);
		start(&fixture, "one");
		request = stop("one");
		expect(&fixture, &request, MND_REASON_NONE);
		request = mount(MND_POINT_UNMOUNT_OVERLAY, "one");
		expect(&fixture, &request, MND_REASON_NONE);
		request = overlay("one", "one");
		expect(&fixture, &request,
		       strict ? MND_REASON_STARTED : MND_REASON_NONE);
		request = exec("one", ps);
		expect(&fixture, &request,
		       strict ? MND_REASON_CANDIDATES : MND_REASON_NONE);
		end(&fixture);
	}
	(void)state;
}

#define OWN                                                                      \
	"name = \"own\"\n[requests]\nget_properties = \"allow\"\n"               \
	"dump_stacks = \"deny\"\nscratch_mount = \"deny\"\n"                     \
	"[[container]]\nname = \"c\"\nroot = \"verity\"\n"                       \
	"layers = [\"" LAYER("01") "\", \"" LAYER(                               \
		"02") "\"]\n"                                                    \
		      "command = [\"/app\", { re2 = \"[a-z]+\" }]\n"             \
		      "[[container.exec_process]]\ncommand = [\"/bin/quiet\"]\n" \
		      "stdio = false\ncwd = \"/quiet\"\n"                        \
		      "[[container.exec_process]]\ncommand = [\"/bin/loud\"]\n"

static void test_own_language(void **state)
{
	static const struct mnd_source_options options = {
		.language = MND_LANGUAGE_MANDATE,
	};
	static const char *const quiet[] = { "/bin/quiet" };
	static const char *const loud[] = { "/bin/loud" };
	struct fixture fixture;
	struct mnd_request request;
	struct mnd_reply reply;

	begin_language(&fixture, OWN, &options);
	request = mount(MND_POINT_GET_PROPERTIES, NULL);
	expect(&fixture, &request, MND_REASON_NONE);
	request.point = MND_POINT_DUMP_STACKS;
	expect(&fixture, &request, MND_REASON_POLICY);
	request.point = MND_POINT_SCRATCH_MOUNT;
	request.encrypted = true;
	expect(&fixture, &request, MND_REASON_POLICY);
	mount_layers(&fixture);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	request = create("one");
	request.arguments = LIST("/app", "ABC");
	expect(&fixture, &request, MND_REASON_COMMAND);
	request.arguments = LIST("/app", "abc");
	/* Without keys about it nothing else is compared. */
	request.variables = LIST("X=1", "X=1");
	reply = ask(&fixture, &request);
	assert_true(reply.allowed);
	assert_true(reply.stdio);
	assert_int_equal(reply.variable_count, 2);
	assert_int_equal(reply.capabilities[MND_BOUNDING], 32);
	/* A rule can take away streams, and have a directory of its own. */
	request = exec("one", quiet);
	expect(&fixture, &request, MND_REASON_CWD);
	request.cwd = "/quiet";
	reply = ask(&fixture, &request);
	assert_true(reply.allowed);
	assert_false(reply.stdio);
	request = exec("one", loud);
	reply = ask(&fixture, &request);
	assert_true(reply.allowed);
	assert_true(reply.stdio);
	end(&fixture);
	(void)state;
}

#define ONLY_LAYERS \
	"containers := [{'layers': ['" LAYER("01") "',\n'" LAYER("02") "']}]\n"

static void test_layers_only(void **state)
{
	struct fixture fixture;
	struct mnd_request request;

	/* In an older framework what lacks something is no container. */
	begin(&fixture, HEAD("0.3.0") ONLY_LAYERS POINTS);
	mount_layers(&fixture);
	request = device(ROOT "3", LAYER("03"));
	expect(&fixture, &request, MND_REASON_HASH);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_LAYERS);
	end(&fixture);
	(void)state;
}

/*
 * Mounts that every container may have
 */

static void test_default_mounts(void **state)
{
	struct mnd_mount_fact hosts = { "/pod/hosts", "/etc/hosts", "bind",
					LIST("bind", "ro") };
	struct fixture fixture;
	struct mnd_request request;
	char source[32];
	int i, err = 0;

	begin(&fixture, POLICY(TWO, ""));
	mount_layers(&fixture);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	request = create("one");
	request.mounts = &hosts;
	request.mount_count = 1;
	expect(&fixture, &request, MND_REASON_MOUNTS);
	for (i = 0; i < 3; i++)
		assert_int_equal(mnd_machine_extend_mounts(fixture.machine,
							   &hosts, 1),
				 0);
	assert_int_equal(fixture.machine->mount_count, 1);
	/* In any order; but as many, and no other. */
	hosts.options = LIST("ro", "bind");
	expect(&fixture, &request, MND_REASON_NONE);
	hosts.options = LIST("ro", "ro");
	request.container = "two";
	request.point = MND_POINT_MOUNT_OVERLAY;
	hosts.type = NULL;
	assert_int_equal(mnd_machine_extend_mounts(fixture.machine, &hosts, 1),
			 -EINVAL);
	hosts.type = "bind";
	hosts.source = source;
	for (i = 0; !err; i++) {
		snprintf(source, sizeof(source), "/%d", i);
		err = mnd_machine_extend_mounts(fixture.machine, &hosts, 1);
	}
	assert_int_equal(err, -E2BIG);
	assert_int_equal(i, MND_MACHINE_DEFAULT_MAX);
	end(&fixture);
	(void)state;
}

/*
 * Fragments and platforms
 */

#define ENTRY(svn, includes, more)                                   \
	"{'issuer': '" ISSUER "', 'feed': 'f', 'minimum_svn': '" svn \
	"',\n'includes': [" includes "]" more "},\n"
#define WITH_FRAGMENTS(containers, entries) \
	POLICY(containers, "fragments := [" entries "]\n")
#define FRAGMENT(svn, more)                    \
	"package fragment\nsvn := '" svn "'\n" \
	"framework_version := '0.5.0'\n" more

static struct mnd_request fragment(const char *written)
{
	const char *text = rego(written);

	return (struct mnd_request){
		.point = MND_POINT_LOAD_FRAGMENT,
		.fragment = { .issuer = ISSUER,
			      .feed = "f",
			      .source = { text, strlen(text) } },
	};
}

#define WITH_CONTAINER   \
	"" FRAGMENT("3", \
		    "containers := [" CONTAINER("/app", "", "", "true") "]\n")
#define CONTAINERS_FROM(svn) ENTRY(svn, "'containers'", "")

static void test_fragments(void **state)
{
	static const struct mnd_source_options unknown = {
		.language = MND_LANGUAGE_UNKNOWN,
	};
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture, WITH_FRAGMENTS("", CONTAINERS_FROM("2")));
	request = device(ROOT "1", LAYER("01"));
	expect(&fixture, &request, MND_REASON_HASH);
	request = fragment(WITH_CONTAINER);
	request.fragment.issuer = "other";
	expect(&fixture, &request, MND_REASON_ISSUER);
	request.fragment.issuer = ISSUER;
	request.fragment.feed = "other";
	expect(&fixture, &request, MND_REASON_FEED);
	request = fragment(FRAGMENT("1", ""));
	expect(&fixture, &request, MND_REASON_SVN);
	request = fragment("package fragment\nx if true\n");
	expect(&fixture, &request, MND_REASON_SOURCE);
	/* No text is as an empty one. */
	request.fragment.source = (struct mnd_string_ref){ NULL, 0 };
	request.fragment.options = &unknown;
	expect(&fixture, &request, MND_REASON_SOURCE);
	request = fragment(WITH_CONTAINER);
	request.fragment.has_header_svn = true;
	request.fragment.header_svn = 1;
	expect(&fixture, &request, MND_REASON_SVN);
	request.fragment.header_svn = 4;
	expect(&fixture, &request, MND_REASON_SVN);
	request.fragment.header_svn = 3;
	expect(&fixture, &request, MND_REASON_NONE);
	mount_layers(&fixture);
	start(&fixture, "one");
	end(&fixture);
	(void)state;
}

static void test_rollback_fragment(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	int i;

	begin(&fixture, WITH_FRAGMENTS("", CONTAINERS_FROM("2")));
	for (i = 0; i < 2; i++) {
		assert_int_equal(mnd_machine_begin(fixture.machine), 0);
		request = fragment(WITH_CONTAINER);
		expect(&fixture, &request, MND_REASON_NONE);
		expect(&fixture, &request, MND_REASON_NONE);
		assert_int_equal(fixture.machine->part_count, 3);
		mount_layers(&fixture);
		start(&fixture, "one");
		assert_int_equal(mnd_machine_rollback(fixture.machine), 0);
		assert_int_equal(fixture.machine->part_count, 1);
		request = device(ROOT "1", LAYER("01"));
		expect(&fixture, &request, MND_REASON_HASH);
	}
	end(&fixture);
	(void)state;
}

/* What is not included of a fragment does not count. */
static void test_includes(void **state)
{
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture,
	      WITH_FRAGMENTS("", ENTRY("2", "'external_processes'", "")));
	request = fragment(WITH_CONTAINER);
	expect(&fixture, &request, MND_REASON_NONE);
	request = device(ROOT "1", LAYER("01"));
	expect(&fixture, &request, MND_REASON_HASH);
	end(&fixture);
	(void)state;
}

#define PARAMETER(text) ",\n'parameters': {'a': '" text "'}"
#define RECEIPT ",\n'required_receipts': ['r']"

/* Entries of a policy, and what they make of a fragment with a number. */
static const struct {
	const char *policy;
	const char *fragment;
	enum mnd_reason reason;
} conflicts[] = {
#define AS_EITHER "" CONTAINERS_FROM("1") ENTRY("2", "'fragments'", "")
	{ WITH_FRAGMENTS("", AS_EITHER), FRAGMENT("1", ""), MND_REASON_NONE },
	{ WITH_FRAGMENTS("", AS_EITHER), FRAGMENT("2", ""),
	  MND_REASON_INCLUDES },
/* A namespace can only be one fragment. */
#define AS_NAMESPACE(text) ENTRY("1", "'namespace'", PARAMETER(text))
	{ WITH_FRAGMENTS("", AS_NAMESPACE("x") AS_NAMESPACE("y")),
	  FRAGMENT("1", ""), MND_REASON_INCLUDES },
/* An entry with a receipt admits nothing without. */
#define WITH_RECEIPT ENTRY("1", "'containers'", RECEIPT)
	{ WITH_FRAGMENTS("", WITH_RECEIPT), FRAGMENT("1", ""),
	  MND_REASON_RECEIPT },
	{ WITH_FRAGMENTS("", CONTAINERS_FROM("2") WITH_RECEIPT),
	  FRAGMENT("1", ""), MND_REASON_SVN },
};

static void test_conflicts(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(conflicts); i++) {
		begin(&fixture, conflicts[i].policy);
		request = fragment(conflicts[i].fragment);
		expect(&fixture, &request, conflicts[i].reason);
		assert_int_equal(fixture.machine->part_count,
				 conflicts[i].reason ? 1 : 2);
		end(&fixture);
	}
	(void)state;
}

#define WITH_PARAMETER                                                 \
	FRAGMENT("1", "parameters_api := {'a': {'default': '/x'}}\n"   \
		      "containers := [{'command': [parameter('a')],\n" \
		      "'env_rules': [], 'mounts': [],\n"               \
		      "'exec_processes': [],\n"                        \
		      "'allow_stdio_access': true,\n" COMMON "}]\n")
#define GIVES(text) ENTRY("1", "'containers'", PARAMETER(text))

static void test_parameters(void **state)
{
	static const struct {
		const char *command;
		enum mnd_reason reason;
	} made[] = {
		{ "/one", MND_REASON_NONE },
		{ "/two", MND_REASON_NONE },
		{ "/x", MND_REASON_COMMAND },
	};
	struct fixture fixture;
	struct mnd_request request;
	char name[8];
	size_t i;

	begin(&fixture, WITH_FRAGMENTS("", GIVES("/one") GIVES("/two")));
	request = fragment(WITH_PARAMETER);
	expect(&fixture, &request, MND_REASON_NONE);
	assert_int_equal(fixture.machine->part_count, 3);
	mount_layers(&fixture);
	for (i = 0; i < ARRAY_SIZE(made); i++) {
		snprintf(name, sizeof(name), "c%zu", i);
		request = overlay(name, name);
		expect(&fixture, &request, MND_REASON_NONE);
		request = create(name);
		request.arguments = LIST(made[i].command);
		expect(&fixture, &request, made[i].reason);
	}
	end(&fixture);
	(void)state;
}

/*
 * Entries of a policy and of a fragment about another fragment, and whether
 * that can then be without parameters.
 */
static const struct {
	const char *policy;
	const char *fragment;
	enum mnd_reason reason;
} nested[] = {
#define EMPTY ENTRY("1", "'containers', 'fragments'", ",\n'parameters': {}")
#define ABSENT ENTRY("1", "'containers', 'fragments'", "")
#define GIVEN ENTRY("1", "'containers', 'fragments'", PARAMETER("/one"))
#define NESTED(entry) FRAGMENT("1", "fragments := [" entry "]\n")
	{ WITH_FRAGMENTS("", ABSENT), NESTED(ABSENT), MND_REASON_NONE },
	{ WITH_FRAGMENTS("", ABSENT), NESTED(EMPTY), MND_REASON_NONE },
	{ WITH_FRAGMENTS("", ABSENT), NESTED(GIVEN), MND_REASON_COMMAND },
	{ WITH_FRAGMENTS("", EMPTY), NESTED(GIVEN), MND_REASON_NONE },
	{ WITH_FRAGMENTS("", GIVEN), NESTED(ABSENT), MND_REASON_COMMAND },
	{ WITH_FRAGMENTS("", GIVEN), NESTED(EMPTY), MND_REASON_NONE },
};

static void test_nested_parameters(void **state)
{
	struct fixture fixture;
	struct mnd_request request;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nested); i++) {
		begin(&fixture, nested[i].policy);
		request = fragment(nested[i].fragment);
		expect(&fixture, &request, MND_REASON_NONE);
		request = fragment(WITH_PARAMETER);
		expect(&fixture, &request, MND_REASON_NONE);
		mount_layers(&fixture);
		request = overlay("c", "c");
		expect(&fixture, &request, MND_REASON_NONE);
		request = create("c");
		request.arguments = LIST("/x");
		expect(&fixture, &request, nested[i].reason);
		end(&fixture);
	}
	(void)state;
}

#define PLATFORM                                                      \
	FRAGMENT("1", "platform_rules := [{'env_rules': [\n" PATTERN( \
			      "P=.*", "true") "], 'mounts': []}]\n")

/* A platform that comes with a fragment is for containers from then on. */
static void test_platforms(void **state)
{
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture,
	      WITH_FRAGMENTS(TWO, ENTRY("1", "'platform_rules'", "")));
	mount_layers(&fixture);
	request = overlay("before", "/before");
	expect(&fixture, &request, MND_REASON_NONE);
	request = fragment(PLATFORM);
	expect(&fixture, &request, MND_REASON_NONE);
	request = overlay("after", "/after");
	expect(&fixture, &request, MND_REASON_NONE);
	request = create("before");
	request.variables = LIST("P=1");
	expect(&fixture, &request, MND_REASON_VARIABLE);
	request.variables = LIST("A=1");
	expect(&fixture, &request, MND_REASON_NONE);
	request = create("after");
	request.variables = LIST("A=1");
	expect(&fixture, &request, MND_REASON_MISSING);
	request.variables = LIST("A=1", "P=1");
	expect(&fixture, &request, MND_REASON_NONE);
	end(&fixture);
	(void)state;
}

static void test_svn(void **state)
{
	static const struct {
		const char *svn;
		const char *minimum;
		bool is_enough;
	} rows[] = {
		{ "1", "1", true },
		{ "2", "1", true },
		{ "1", "2", false },
		{ "10", "9", true },
		{ "9", "10", false },
		{ "01", "1", true },
		{ "1.0", "1", true },
		{ "1.5", "1.25", true },
		{ "1.25", "1.5", false },
		{ "-1", "0", false },
		{ "-1", "-2", true },
		{ "-2", "-1", false },
		{ "-0", "0", true },
		{ "+1", "1", true },
		{ "1.0.0", "1.0.0", true },
		{ "1.10.0", "1.9.0", true },
		{ "1.9.9", "1.10.0", false },
		{ "1.0.0", "1", false },
		{ "2", "1.0.0", false },
		{ "", "", false },
		{ "", "0", false },
		{ "a", "0", false },
		{ "1", "", false },
		{ "1.", "1", false },
		{ ".5", "0", false },
		{ "1.0.0.0", "1.0.0", false },
		{ "1..0", "1.0.0", false },
		{ " 1", "0", false },
		{ "1e9", "0", false },
		{ "100000000000000000000000000001",
		  "100000000000000000000000000000", true },
		{ "100000000000000000000000000000",
		  "100000000000000000000000000001", false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (mnd_svn_is_enough(rows[i].svn, rows[i].minimum) !=
		    rows[i].is_enough)
			fail_msg("row %zu", i);
	assert_true(mnd_svn_is_same("2", "2.00"));
	assert_false(mnd_svn_is_same("2", "3"));
	assert_false(mnd_svn_is_same("1.0.0", "1.0.0"));
	assert_false(mnd_svn_is_same("", ""));
	(void)state;
}

/*
 * 9p shares
 */

#define SHARE                                                            \
	"{'command': ['/app'], 'env_rules': [], 'exec_processes': [],\n" \
	"'mounts': [{'destination': '/s', 'options': ['ro'],\n"          \
	"'source': 'plan9://x', 'type': 'bind'}],\n"                     \
	"'allow_stdio_access': true,\n" COMMON "}"

static void test_plan9(void **state)
{
	struct mnd_mount_fact share = { "/run/gcs/c/one/mounts/m1", "/s",
					"bind", LIST("ro") };
	struct fixture fixture;
	struct mnd_request request;

	begin(&fixture, POLICY(SHARE, ""));
	mount_layers(&fixture);
	request = overlay("one", "/one");
	expect(&fixture, &request, MND_REASON_NONE);
	request = overlay("two", "/two");
	expect(&fixture, &request, MND_REASON_NONE);
	request = mount(MND_POINT_PLAN9_MOUNT, share.source);
	expect(&fixture, &request, MND_REASON_NONE);
	expect(&fixture, &request, MND_REASON_BUSY);
	/* It is for one container, and for no other. */
	request = create("two");
	request.mounts = &share;
	request.mount_count = 1;
	expect(&fixture, &request, MND_REASON_MOUNTS);
	request.container = "one";
	expect(&fixture, &request, MND_REASON_NONE);
	request = mount(MND_POINT_PLAN9_UNMOUNT, share.source);
	expect(&fixture, &request, MND_REASON_NONE);
	expect(&fixture, &request, MND_REASON_NOT_MOUNTED);
	end(&fixture);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sharing),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_forgetting),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_transaction_use),
		cmocka_unit_test(test_rollback_mounts),
		cmocka_unit_test(test_rollback_containers),
		cmocka_unit_test(test_commit),
		cmocka_unit_test(test_layer_order),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_reason_names),
		cmocka_unit_test(test_short_text),
		cmocka_unit_test(test_bad_requests),
		cmocka_unit_test(test_empty_requests),
		cmocka_unit_test(test_many_requests),
		cmocka_unit_test(test_epochs),
		cmocka_unit_test(test_drop_repetitions),
		cmocka_unit_test(test_drop_ambiguous),
		cmocka_unit_test(test_stdio),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_own_language),
		cmocka_unit_test(test_layers_only),
		cmocka_unit_test(test_default_mounts),
		cmocka_unit_test(test_fragments),
		cmocka_unit_test(test_rollback_fragment),
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_conflicts),
		cmocka_unit_test(test_parameters),
		cmocka_unit_test(test_nested_parameters),
		cmocka_unit_test(test_platforms),
		cmocka_unit_test(test_svn),
		cmocka_unit_test(test_plan9),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
