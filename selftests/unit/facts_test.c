// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The request machine and the engine's decisions, asked about the same
 * processes: wherever both know the facts they must answer alike.  Policies and
 * processes are drawn from small sets, so that many of them meet.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../lsm/core/context.h"
#include "../../lsm/core/verify.h"
#include "../../userspace/compile/compile.h"
#include "../../userspace/machine/machine.h"

#define POLICIES 60
#define CONTAINERS 5
#define PROCESSES 120 /* that each policy is asked about */
#define LAYER "ab00000000000000000000000000000000000000000000000000000000000000"
#define MOUNT "/run/mounts/scsi/m0"

/* Of each dimension, what a container may say. */
static const char *const commands[] = { "\"/bin/a\"", "\"/bin/a\", \"-x\"",
					"\"/bin/b\", { re2 = \"-[xy]\" }",
					NULL };

static const char *const environments[] = {
	"",
	"environment = []\n",
	"environment = [\"A=1\", { re2 = \"B=[0-9]+\" }]\n",
	"environment = [{ exact = \"A=1\", required = true }, { re2 = \"[BC]=.*\" }]\n",
	"environment = [{ name = \"A\", value = { re2 = \"[12]\" }, required = true }, { name = { re2 = \"[A-C]\" }, value = { any = true } }]\n",
	"environment = { any = true }\n",
	NULL
};

static const char *const cwds[] = { "", "cwd = \"/\"\n",
				    "cwd = { re2 = \"/(srv)?\" }\n", NULL };

static const char *const users[] = {
	"", "user = 0\n", "user = { name = \"app\", id = 1000 }\n",
	"user = { name = { re2 = \"ap+\" }, id = 1000 }\n", NULL
};

static const char *const groups[] = {
	"", "groups = [0]\n", "groups = [0, { name = \"app\", id = 1000 }]\n",
	"groups = []\n", NULL
};

static const char *const umasks[] = { "", "umask = \"0022\"\n",
				      "umask = \"0077\"\n", NULL };

static const char *const capabilities[] = {
	"", "capabilities = \"default\"\n", "capabilities = \"none\"\n",
	"capabilities = { bounding = [\"CAP_KILL\"] }\n", NULL
};

static const char *const privileges[] = { "", "no_new_privileges = true\n",
					  NULL };

static const char *const signals[] = { "", "signals = [9]\n",
				       "signals = [9, 15]\n", NULL };

/* ... and what a process may have. */
static const char *const arguments[][2] = { { "/bin/a", NULL },
					    { "/bin/a", "-x" },
					    { "/bin/b", "-x" },
					    { "/bin/b", "-z" } };

static const char *const strings[] = { "A=1", "A=2", "B=7", "B=x",
				       "C",   "C=",  NULL };

static const char *const paths[] = { "/", "/srv", "/tmp", NULL };

static const u32 ids[] = { 0, 1000, 7 };

static const char *const names[] = { "root", "app", "" };

static const char *const masks[] = { "0022", "0077", NULL };

/* One of the strings before the NULL. */
static const char *pick(const char *const *set)
{
	size_t count = 0;

	while (set[count])
		count++;
	return set[(size_t)random() % count];
}

/* A process, in the words of both. */
struct process {
	struct mnd_request request;
	struct mnd_exec_request facts;
	const char *arguments[2];
	const char *variables[3];
	char args[32];
	char environment[32];
	char id[12];
	char group_ids[2][12];
	struct mnd_user_fact groups[2];
	u32 group_numbers[2];
	const char *capability_names[64];
	struct mnd_fact_list capability_lists[__MND_CAPABILITY_SET_MAX];
};

static const char *const default_names[] = {
	"CAP_CHOWN",	   "CAP_DAC_OVERRIDE", "CAP_FOWNER",
	"CAP_FSETID",	   "CAP_KILL",	       "CAP_SETGID",
	"CAP_SETUID",	   "CAP_SETPCAP",      "CAP_NET_BIND_SERVICE",
	"CAP_NET_RAW",	   "CAP_SYS_CHROOT",   "CAP_MKNOD",
	"CAP_AUDIT_WRITE", "CAP_SETFCAP",
};

static void print_context(FILE *stream)
{
	fputs(pick(environments), stream);
	fputs(pick(cwds), stream);
	fputs(pick(users), stream);
	fputs(pick(groups), stream);
	fputs(pick(umasks), stream);
	fputs(pick(capabilities), stream);
	fputs(pick(privileges), stream);
}

static void print_policy(FILE *stream)
{
	int i;

	fputs("name = \"facts\"\n", stream);
	for (i = 0; i < CONTAINERS; i++) {
		fprintf(stream,
			"[[container]]\nname = \"c%d\"\nroot = \"verity\"\n"
			"layers = [\"" LAYER "\"]\ncommand = [%s]\n%s",
			i, pick(commands), pick(signals));
		print_context(stream);
		fprintf(stream,
			"[[container.exec_process]]\ncommand = [%s]\n%s",
			pick(commands), pick(signals));
		if (random() & 1)
			print_context(stream);
	}
}

static void make_table(struct mnd_table *table, u8 **bytes)
{
	struct mnd_policy_source policy = {};
	struct mnd_string_ref source;
	struct mnd_error error = {};
	struct mnd_fault fault;
	char *text;
	u32 length = 0;
	FILE *stream = open_memstream(&text, &source.length);

	assert_non_null(stream);
	print_policy(stream);
	fclose(stream);
	if (mnd_policy_read(text, source.length, &policy, &error) ||
	    mnd_compile(&policy, false, bytes, &length, &error))
		fail_msg("%u:%u: %s\n%s", error.line, error.column, error.text,
			 text);
	mnd_policy_release(&policy);
	free(text);
	assert_int_equal(mnd_table_verify(table, *bytes, length, &fault), 0);
}

static void add_string(char *block, size_t *size, const char *string)
{
	memcpy(block + *size, string, strlen(string) + 1);
	*size += strlen(string) + 1;
}

static void draw_arguments(struct process *process)
{
	const char *const *drawn =
		arguments[(size_t)random() % ARRAY_SIZE(arguments)];
	size_t size = 0;
	u32 i;

	for (i = 0; i < 2 && drawn[i]; i++) {
		process->arguments[i] = drawn[i];
		add_string(process->args, &size, drawn[i]);
	}
	process->request.arguments.strings = process->arguments;
	process->request.arguments.count = i;
	process->facts.args = process->args;
	process->facts.size = (u32)size;
	process->facts.argc = i;
	process->facts.name = drawn[0];
	process->facts.file = drawn[0];
}

static void draw_variables(struct process *process)
{
	const u32 count = (u32)random() % 4;
	size_t size = 0;
	u32 i;

	for (i = 0; i < count; i++) {
		process->variables[i] = pick(strings);
		add_string(process->environment, &size, process->variables[i]);
	}
	process->request.variables.strings = process->variables;
	process->request.variables.count = count;
	process->facts.facts.environment.strings = process->environment;
	process->facts.facts.environment.count = count;
}

static void draw_identity(struct process *process)
{
	struct mnd_process_facts *facts = &process->facts.facts;
	u32 which = (u32)random() % ARRAY_SIZE(ids);
	u32 i;

	snprintf(process->id, sizeof(process->id), "%u", ids[which]);
	process->request.user.id = process->id;
	process->request.user.name = names[which];
	facts->user = ids[which];
	facts->group_count = (u32)random() % 3;
	for (i = 0; i < facts->group_count; i++) {
		which = (u32)random() % ARRAY_SIZE(ids);
		snprintf(process->group_ids[i], sizeof(process->group_ids[i]),
			 "%u", ids[which]);
		process->groups[i].id = process->group_ids[i];
		process->groups[i].name = names[which];
		process->group_numbers[i] = ids[which];
	}
	process->request.groups = process->groups;
	process->request.group_count = facts->group_count;
	facts->groups = process->group_numbers;
	facts->umask = pick(masks);
	process->request.umask = facts->umask;
}

/* None, the default ones, or one of them in the bounding set. */
static void draw_capabilities(struct process *process)
{
	u64 *sets = process->facts.facts.capabilities;
	const struct mnd_fact_list all = { default_names,
					   ARRAY_SIZE(default_names) };
	struct mnd_fact_list *lists = process->capability_lists;

	process->request.capabilities = lists;
	switch (random() % 3) {
	case 0:
		return;
	case 1:
		mnd_default_capabilities(false, sets);
		lists[MND_BOUNDING] = all;
		lists[MND_EFFECTIVE] = all;
		lists[MND_PERMITTED] = all;
		return;
	}
	process->capability_names[0] = "CAP_KILL";
	lists[MND_BOUNDING].strings = process->capability_names;
	lists[MND_BOUNDING].count = 1;
	sets[MND_BOUNDING] = 1ULL << 5;
}

static void draw_process(struct process *process, u64 *scratch)
{
	struct mnd_process_facts *facts = &process->facts.facts;

	memset(process, 0, sizeof(*process));
	draw_arguments(process);
	draw_variables(process);
	draw_identity(process);
	draw_capabilities(process);
	facts->known = ~0U;
	facts->scratch = scratch;
	facts->cwd = pick(paths);
	process->request.cwd = facts->cwd;
	facts->no_new_privs = random() & 1;
	process->request.no_new_privs = facts->no_new_privs;
}

static bool ask(struct mnd_machine *machine, struct mnd_request *request,
		enum mnd_point point, const char *container)
{
	struct mnd_reply reply;

	request->point = point;
	request->container = container;
	request->sandbox = container;
	assert_int_equal(mnd_machine_ask(machine, request, &reply), 0);
	return reply.allowed;
}

/* Every container of the policy can become what @container is. */
static void make_candidates(struct mnd_machine *machine, const char *container)
{
	static const char *const layers[] = { MOUNT };
	char target[128];
	struct mnd_request request = {
		.target = target,
		.layers = { layers, 1 },
	};

	snprintf(target, sizeof(target), "/run/gcs/c/%s/rootfs", container);
	assert_true(ask(machine, &request, MND_POINT_MOUNT_OVERLAY, container));
}

/* One signal to what was started just now: a second would find less left. */
static void compare_signal(struct mnd_machine *machine, struct process *process,
			   const char *container, u64 allowed)
{
	static const int numbers[] = { 15, 9, 10 };

	process->request.signal =
		numbers[(size_t)random() % ARRAY_SIZE(numbers)];
	assert_int_equal(mnd_decide_signal(allowed,
					   (int)process->request.signal),
			 ask(machine, &process->request,
			     MND_POINT_SIGNAL_CONTAINER_PROCESS, container));
}

static unsigned int created, executed;

/* A container's first process, then another one in it. */
static void compare(const struct mnd_table *table, struct mnd_machine *machine,
		    u64 *scratch, const char *container)
{
	u64 all = (2ULL << CONTAINERS) - 2, left = 0, fewer = 0;
	struct mnd_candidates candidates = { &all, 1 };
	struct mnd_candidates entered = { &left, 1 };
	struct mnd_candidates remaining = { &fewer, 1 };
	struct mnd_verdict verdict;
	struct process process;
	bool allowed;

	make_candidates(machine, container);
	draw_process(&process, scratch);
	process.facts.role = MND_ROLE_ENTRY;
	allowed = mnd_decide_exec(table, &candidates, &process.facts, &entered,
				  &verdict);
	assert_int_equal(allowed, ask(machine, &process.request,
				      MND_POINT_CREATE_CONTAINER, container));
	if (!allowed)
		return;
	created++;
	/* Most of what joins a container is like what is in it. */
	if (random() % 4)
		draw_arguments(&process);
	else
		draw_process(&process, scratch);
	process.facts.role = MND_ROLE_EXEC;
	allowed = mnd_decide_exec(table, &entered, &process.facts, &remaining,
				  &verdict);
	assert_int_equal(allowed, ask(machine, &process.request,
				      MND_POINT_EXEC_IN_CONTAINER, container));
	if (!allowed)
		return;
	executed++;
	compare_signal(machine, &process, container, verdict.signals);
}

static void test_same_answers(void **state)
{
	struct mnd_request device = {
		.target = MOUNT,
		.hash = LAYER,
	};
	struct mnd_machine *machine;
	struct mnd_table table;
	char container[65];
	u64 *scratch;
	u8 *bytes;
	int i, j;

	srandom(1);
	for (i = 0; i < POLICIES; i++) {
		make_table(&table, &bytes);
		scratch =
			calloc(mnd_scratch_words(&table) + 1, sizeof(*scratch));
		assert_non_null(scratch);
		assert_int_equal(mnd_machine_new(&table, &machine), 0);
		assert_true(ask(machine, &device, MND_POINT_MOUNT_DEVICE, ""));
		for (j = 0; j < PROCESSES; j++) {
			snprintf(container, sizeof(container), "%064x", j);
			compare(&table, machine, scratch, container);
		}
		mnd_machine_free(machine);
		free(scratch);
		free(bytes);
	}
	/* Else it would have compared nothing. */
	assert_in_range(created, 50, POLICIES * PROCESSES / 2);
	assert_in_range(executed, 10, created - 10);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_answers),
	};

	return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
