// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Measures what a policy costs: to make a table of it, to load that, and to
 * answer requests.
 */

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../lsm/core/verify.h"
#include "measure.h"
#include "../compile/compile.h"

#define COMPILE_SAMPLES 3
#define LOAD_SAMPLES 20
#define RUNNING 100
#define EXPLANATION_SIZE 400

/* A policy that is being measured. */
struct bench {
	const struct mnd_bench_variant *variant;
	struct mnd_bench_result *result;
	struct mnd_string_ref text;
	u8 *bytes;
	struct mnd_table table;
	struct mnd_machine *machine;
	u64 overhead;
};

static u64 now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (u64)time.tv_sec * 1000000000 + (u64)time.tv_nsec;
}

/* What reading the clock twice takes at least. */
static u64 find_overhead(void)
{
	u64 least = ~0ULL, start, took;
	int i;

	for (i = 0; i < 1000; i++) {
		start = now();
		took = now() - start;
		if (took < least)
			least = took;
	}
	return least;
}

static void add_time(struct bench *bench, enum mnd_bench_operation operation,
		     u64 start, u64 end)
{
	struct mnd_bench_times *times = &bench->result->times[operation];
	const u64 took = end - start;

	if (times->count < MND_BENCH_SAMPLES)
		times->samples[times->count++] =
			took > bench->overhead ? took - bench->overhead : 0;
}

/*
 * Compiling and loading
 */

static int compile(struct bench *bench, u8 **bytes)
{
	static const struct mnd_source_options options = {
		.language = MND_LANGUAGE_HCSSHIM_REGO,
	};
	struct mnd_policy_source policy;
	struct mnd_error error;
	int err;

	err = mnd_source_read(&bench->text, &options, &policy, &error);
	if (!err)
		err = mnd_compile(&policy, true, bytes,
				  &bench->result->table_length, &error);
	mnd_policy_release(&policy);
	return err;
}

/* In a process of its own, before this one has grown. */
static int measure_memory(struct bench *bench)
{
	struct rusage usage;
	u8 *bytes = NULL;
	int status;
	pid_t child;

	child = fork();
	if (child < 0)
		return -errno;
	if (!child)
		_exit(compile(bench, &bytes) ? 1 : 0);
	if (wait4(child, &status, 0, &usage) < 0)
		return -errno;
	bench->result->compile_memory = usage.ru_maxrss;
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EPROTO;
}

static int measure_compile(struct bench *bench)
{
	u64 start;
	int i, err = 0;

	for (i = 0; !err && i < COMPILE_SAMPLES; i++) {
		free(bench->bytes);
		bench->bytes = NULL;
		start = now();
		err = compile(bench, &bench->bytes);
		add_time(bench, MND_BENCH_COMPILE, start, now());
	}
	return err;
}

static int load(struct bench *bench)
{
	struct mnd_fault fault;
	int err;

	err = mnd_table_verify(&bench->table, bench->bytes,
			       bench->result->table_length, &fault);
	return err ? err : mnd_machine_new(&bench->table, &bench->machine);
}

static int measure_load(struct bench *bench)
{
	u64 start;
	int i, err = 0;

	for (i = 0; !err && i < LOAD_SAMPLES; i++) {
		mnd_machine_free(bench->machine);
		bench->machine = NULL;
		start = now();
		err = load(bench);
		add_time(bench, MND_BENCH_LOAD, start, now());
	}
	return err;
}

/*
 * Requests
 */

/* Asks, also why not if the request must be denied. */
static int ask(struct bench *bench, enum mnd_bench_operation operation,
	       const struct mnd_request *request, enum mnd_reason reason)
{
	char text[EXPLANATION_SIZE];
	struct mnd_reply reply;
	u64 start;
	int err;

	start = now();
	err = mnd_machine_ask(bench->machine, request, &reply);
	if (reason)
		mnd_machine_explain(bench->machine, request, &reply, text,
				    sizeof(text));
	add_time(bench, operation, start, now());
	if (err)
		return err;
	return reply.reason == reason ? 0 : -EPROTO;
}

/* The layers of the first images, as many as there are. */
static int mount_layers(struct bench *bench, unsigned int most)
{
	const unsigned int images =
		bench->variant->is_one_image ? 1 : bench->variant->containers;
	struct mnd_bench_request request;
	unsigned int i, j;
	int err = 0;

	for (i = 0; i < images && i < most; i++) {
		for (j = 0; !err && j < MND_BENCH_LAYERS; j++) {
			mnd_bench_device(bench->variant, i, j, &request);
			err = ask(bench, MND_BENCH_MOUNT_DEVICE,
				  &request.request, MND_REASON_NONE);
		}
	}
	return err;
}

/* One of the last variables and arguments is wrong, so that all is compared. */
static int deny_create(struct bench *bench, struct mnd_bench_request *request)
{
	const size_t last = request->request.arguments.count - 1;
	const char *variable = request->variables[MND_BENCH_VARIABLES - 1];
	const char *argument = request->arguments[last];
	int err;

	request->variables[MND_BENCH_VARIABLES - 1] = "PATTERN_19=UPPER CASE";
	err = ask(bench, MND_BENCH_CREATE_VARIABLE, &request->request,
		  MND_REASON_VARIABLE);
	request->variables[MND_BENCH_VARIABLES - 1] = variable;
	if (err)
		return err;
	request->arguments[last] = "--number=none";
	err = ask(bench, MND_BENCH_CREATE_ARGUMENT, &request->request,
		  MND_REASON_COMMAND);
	request->arguments[last] = argument;
	return err;
}

static int start_container(struct bench *bench, unsigned int number,
			   unsigned int id)
{
	struct mnd_bench_request request;
	int err;

	mnd_bench_overlay(bench->variant, number, id, &request);
	err = ask(bench, MND_BENCH_MOUNT_OVERLAY, &request.request,
		  MND_REASON_NONE);
	if (err)
		return err;
	mnd_bench_create(bench->variant, number, id, &request);
	err = deny_create(bench, &request);
	return err ? err :
		     ask(bench, MND_BENCH_CREATE, &request.request,
			 MND_REASON_NONE);
}

static int use_container(struct bench *bench, unsigned int number,
			 unsigned int id)
{
	struct mnd_bench_request request;
	int err;

	mnd_bench_exec(bench->variant, number, id, &request);
	err = ask(bench, MND_BENCH_EXEC_ALLOW, &request.request,
		  MND_REASON_NONE);
	if (err)
		return err;
	request.arguments[1] = "--other";
	err = ask(bench, MND_BENCH_EXEC_DENY, &request.request,
		  MND_REASON_COMMAND);
	if (err)
		return err;
	mnd_bench_signal(id, &request);
	return ask(bench, MND_BENCH_SIGNAL_ALLOW, &request.request,
		   MND_REASON_NONE);
}

static int end_container(struct bench *bench, unsigned int id)
{
	struct mnd_bench_request request;

	mnd_bench_shutdown(id, &request);
	return ask(bench, MND_BENCH_SHUTDOWN, &request.request,
		   MND_REASON_NONE);
}

static int measure_requests(struct bench *bench)
{
	unsigned int i, number;
	int err;

	err = mount_layers(bench, bench->variant->containers);
	for (i = 0; !err && i < MND_BENCH_SAMPLES; i++) {
		/* In an order that no cache can guess. */
		number = i * 7919 % bench->variant->containers;
		err = start_container(bench, number, i);
		if (!err)
			err = use_container(bench, number, i);
	}
	for (i = 0; !err && i < MND_BENCH_SAMPLES; i++)
		err = end_container(bench, i);
	return err;
}

/* What a machine remembers of containers that run, and of their layers. */
static int measure_state(struct bench *bench)
{
	const unsigned int most = bench->variant->containers < RUNNING ?
					  bench->variant->containers :
					  RUNNING;
	unsigned int i;
	int err;

	mnd_machine_free(bench->machine);
	bench->machine = NULL;
	err = load(bench);
	if (!err)
		err = mount_layers(bench, most);
	for (i = 0; !err && i < RUNNING; i++)
		err = start_container(bench, i % most, i);
	if (!err)
		bench->result->state_memory =
			mnd_machine_memory(bench->machine);
	return err;
}

static int compare_times(const void *a, const void *b)
{
	const u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return (x > y) - (x < y);
}

static void sort_times(struct mnd_bench_result *result)
{
	size_t i;

	for (i = 0; i < __MND_BENCH_MAX; i++)
		qsort(result->times[i].samples, result->times[i].count,
		      sizeof(result->times[i].samples[0]), compare_times);
}

/**
 * mnd_bench_measure - Measure what a policy costs
 *
 * @variant: Policy.
 * @result: Written.
 *
 * Return: 0, or:
 *
 * - -EPROTO: Something is not allowed or denied as it must be.
 * - -E2BIG: The policy is larger than a table may be.
 * - -ENOMEM: Out of memory.
 * - Another negative errno of fork(2).
 */
int mnd_bench_measure(const struct mnd_bench_variant *variant,
		      struct mnd_bench_result *result)
{
	struct bench bench = {
		.variant = variant,
		.result = result,
		.overhead = find_overhead(),
	};
	char *text;
	int err = 0;

	memset(result, 0, sizeof(*result));
	text = mnd_bench_policy(variant, &result->text_length);
	if (!text)
		return -ENOMEM;
	bench.text = (struct mnd_string_ref){ text, result->text_length };
	err = measure_memory(&bench);
	if (!err)
		err = measure_compile(&bench);
	if (!err)
		err = measure_load(&bench);
	if (!err)
		err = measure_requests(&bench);
	if (!err)
		err = measure_state(&bench);
	sort_times(result);
	mnd_machine_free(bench.machine);
	free(bench.bytes);
	free(text);
	return err;
}
