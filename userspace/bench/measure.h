/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `mandate bench` measures.
 */

#ifndef _MANDATE_BENCH_MEASURE_H
#define _MANDATE_BENCH_MEASURE_H

#include "policy.h"

#define MND_BENCH_SAMPLES 2000

/**
 * enum mnd_bench_operation - What is timed
 *
 * @MND_BENCH_COMPILE: A policy is made a table.
 * @MND_BENCH_LOAD: A table is verified and made a machine.
 * @MND_BENCH_MOUNT_DEVICE: A layer is mounted.
 * @MND_BENCH_MOUNT_OVERLAY: An overlay is.
 * @MND_BENCH_CREATE: A container is made.
 * @MND_BENCH_CREATE_VARIABLE: It is not, because of a variable; and why not is
 *	written.
 * @MND_BENCH_CREATE_ARGUMENT: It is not, because of an argument; the same.
 * @MND_BENCH_EXEC_ALLOW: Something is executed in it.
 * @MND_BENCH_EXEC_DENY: It is not, because of its arguments; the same.
 * @MND_BENCH_SIGNAL_ALLOW: Its first process is sent a signal.
 * @MND_BENCH_SHUTDOWN: It is ended.
 * @__MND_BENCH_MAX: Number of operations.
 */
enum mnd_bench_operation {
	MND_BENCH_COMPILE,
	MND_BENCH_LOAD,
	MND_BENCH_MOUNT_DEVICE,
	MND_BENCH_MOUNT_OVERLAY,
	MND_BENCH_CREATE,
	MND_BENCH_CREATE_VARIABLE,
	MND_BENCH_CREATE_ARGUMENT,
	MND_BENCH_EXEC_ALLOW,
	MND_BENCH_EXEC_DENY,
	MND_BENCH_SIGNAL_ALLOW,
	MND_BENCH_SHUTDOWN,
	__MND_BENCH_MAX,
};

/**
 * struct mnd_bench_times - How long something takes
 *
 * @samples: Nanoseconds of each time.
 * @count: How many.
 */
struct mnd_bench_times {
	u64 samples[MND_BENCH_SAMPLES];
	size_t count;
};

/**
 * struct mnd_bench_result - What was measured of a policy
 *
 * @text_length: Bytes of its Rego.
 * @table_length: Bytes of its table.
 * @compile_memory: Most memory of a process that makes the table, in KiB.
 * @state_memory: What a machine remembers of a hundred containers, in bytes.
 * @times: Times, in ascending order.
 */
struct mnd_bench_result {
	size_t text_length;
	u32 table_length;
	long compile_memory;
	size_t state_memory;
	struct mnd_bench_times times[__MND_BENCH_MAX];
};

int mnd_bench_measure(const struct mnd_bench_variant *variant,
		      struct mnd_bench_result *result);

#endif /* _MANDATE_BENCH_MEASURE_H */
