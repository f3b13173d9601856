// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate bench`: what policies and requests cost here, beside what they cost
 * in hcsshim.
 */

#include <stdio.h>
#include <stdlib.h>

#include "../bench/measure.h"
#include "cli.h"

static const struct mnd_bench_variant variants[] = {
	{ "1 container", 1, false },
	{ "1000 containers", 1000, false },
	{ "1000 of one image", 1000, true },
};

#define VARIANTS ARRAY_SIZE(variants)

/*
 * Medians of hcsshim's enforcer, in nanoseconds; 0 if there is none.  They are
 * for the same shapes of policy and requests, on a machine of the same kind.
 */
static const struct {
	const char *name;
	u64 hcsshim[VARIANTS];
} operations[__MND_BENCH_MAX] = {
	[MND_BENCH_COMPILE] = { "compile", { 0 } },
	[MND_BENCH_LOAD] = { "load", { 84733000, 1680150000, 1447567000 } },
	[MND_BENCH_MOUNT_DEVICE] = { "mount_device",
				     { 593000, 3642000, 417000 } },
	[MND_BENCH_MOUNT_OVERLAY] = { "mount_overlay",
				      { 1499000, 24380000, 135707000 } },
	[MND_BENCH_CREATE] = { "create", { 8704000, 5540000, 203488000 } },
	[MND_BENCH_CREATE_VARIABLE] = { "create, denied: variable",
					{ 14992000, 9796000, 939225000 } },
	[MND_BENCH_CREATE_ARGUMENT] = { "create, denied: argument",
					{ 14992000, 9796000, 939225000 } },
	[MND_BENCH_EXEC_ALLOW] = { "exec", { 7645000, 4424000, 4521000 } },
	[MND_BENCH_EXEC_DENY] = { "exec, denied",
				  { 7333000, 4949000, 4915000 } },
	[MND_BENCH_SIGNAL_ALLOW] = { "signal", { 1436000, 1092000, 950000 } },
	[MND_BENCH_SHUTDOWN] = { "shutdown", { 1443000, 793000, 709000 } },
};

/* Bytes of Rego, and KiB of its heap after loading. */
static const struct {
	size_t text;
	long heap;
} hcsshim_sizes[VARIANTS] = {
	{ 5036, 3608 },
	{ 3356573, 68385 },
	{ 3356573, 68389 },
};

static u64 least(const struct mnd_bench_times *times)
{
	return times->count ? times->samples[0] : 0;
}

static u64 median(const struct mnd_bench_times *times)
{
	return times->count ? times->samples[times->count / 2] : 0;
}

static double microseconds(u64 nanoseconds)
{
	return (double)nanoseconds / 1000;
}

static void print_times(size_t variant, const struct mnd_bench_result *result)
{
	size_t i;

	for (i = 0; i < __MND_BENCH_MAX; i++) {
		const u64 reference = operations[i].hcsshim[variant];
		const u64 ours = median(&result->times[i]);

		printf("%-18s %-25s %10.2f %10.2f", variants[variant].name,
		       operations[i].name,
		       microseconds(least(&result->times[i])),
		       microseconds(ours));
		if (reference && ours)
			printf(" %12.0f %9.0f\n", microseconds(reference),
			       (double)reference / (double)ours);
		else
			printf(" %12s %9s\n", "-", "-");
	}
}

static void print_sizes(size_t variant, const struct mnd_bench_result *result)
{
	const char *name = variants[variant].name;

	printf("%-18s Rego %zu bytes (hcsshim's %zu), table %u bytes\n", name,
	       result->text_length, hcsshim_sizes[variant].text,
	       result->table_length);
	printf("%-18s compiling takes at most %ld KiB; hcsshim's heap %ld KiB\n",
	       name, result->compile_memory, hcsshim_sizes[variant].heap);
	printf("%-18s 100 containers that run: %zu bytes\n", name,
	       result->state_memory);
}

static json_t *times_json(size_t variant, const struct mnd_bench_result *result)
{
	json_t *list = json_object(), *times;
	size_t i;

	for (i = 0; i < __MND_BENCH_MAX; i++) {
		times = json_pack("{sIsIsI}", "least_ns",
				  (json_int_t)least(&result->times[i]),
				  "median_ns",
				  (json_int_t)median(&result->times[i]),
				  "hcsshim_median_ns",
				  (json_int_t)operations[i].hcsshim[variant]);
		json_object_set_new(list, operations[i].name, times);
	}
	return list;
}

static json_t *result_json(size_t variant,
			   const struct mnd_bench_result *result)
{
	return json_pack("{sssIsIsIsIsIsIso}", "variant",
			 variants[variant].name, "rego_bytes",
			 (json_int_t)result->text_length, "hcsshim_rego_bytes",
			 (json_int_t)hcsshim_sizes[variant].text, "table_bytes",
			 (json_int_t)result->table_length, "compile_kib",
			 (json_int_t)result->compile_memory, "hcsshim_heap_kib",
			 (json_int_t)hcsshim_sizes[variant].heap, "state_bytes",
			 (json_int_t)result->state_memory, "times",
			 times_json(variant, result));
}

static int complain(size_t variant, int err)
{
	return mnd_complain(MND_EXIT_INTERNAL, "%s: %s", variants[variant].name,
			    err == -EPROTO ? "a reply is not what it must be" :
					     strerror(-err));
}

static void print_head(void)
{
	printf("%-18s %-25s %10s %10s %12s %9s\n", "microseconds", "", "least",
	       "median", "hcsshim", "times");
}

static int print_all(const struct mnd_bench_result *results, bool json)
{
	json_t *list;
	size_t i;

	if (json) {
		list = json_array();
		for (i = 0; i < VARIANTS; i++)
			json_array_append_new(list,
					      result_json(i, &results[i]));
		return mnd_print_json(list, JSON_INDENT(2));
	}
	print_head();
	for (i = 0; i < VARIANTS; i++)
		print_times(i, &results[i]);
	putchar('\n');
	for (i = 0; i < VARIANTS; i++)
		print_sizes(i, &results[i]);
	return mnd_flush_output();
}

static int bench(bool json)
{
	struct mnd_bench_result *results = calloc(VARIANTS, sizeof(*results));
	int code = MND_EXIT_OK;
	size_t i;
	int err;

	if (!results)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	for (i = 0; !code && i < VARIANTS; i++) {
		err = mnd_bench_measure(&variants[i], &results[i]);
		if (err)
			code = complain(i, err);
	}
	if (!code)
		code = print_all(results, json);
	free(results);
	return code;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		MND_OPTION_HELP,
		{},
	};
	bool json = false;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option != 'j')
			return mnd_other_option(&mnd_cmd_bench, option);
		json = true;
	}
	if (optind != argc)
		return mnd_usage(&mnd_cmd_bench);
	return bench(json);
}

const struct mnd_command mnd_cmd_bench = {
	.name = "bench",
	.usage = "[--json]",
	.summary = "measure what policies and an agent's requests cost",
	.run = run,
};
