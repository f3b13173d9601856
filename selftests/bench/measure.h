/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counting the instructions of single operations.
 */

#ifndef _MANDATE_BENCH_MEASURE_H
#define _MANDATE_BENCH_MEASURE_H

#include "../../lsm/core/deps.h"

#define MND_ROUNDS 5

/**
 * struct mnd_operation - What is measured
 *
 * @name: Word for the output.
 * @count: How often it is done in a round, at most %MND_SAMPLES_MAX.
 * @run: Does it once; 0 or -errno.
 * @undo: Undoes it, uncounted; 0 or -errno.  May be NULL.
 */
struct mnd_operation {
	const char *name;
	unsigned int count;
	int (*run)(void);
	int (*undo)(void);
};

#define MND_SAMPLES_MAX 5000

/**
 * struct mnd_round - Instructions for one operation, over one round
 *
 * @median: Of all in the round.
 * @mean: Of all in the round.
 * @minimum: Of all in the round.
 */
struct mnd_round {
	u64 median;
	u64 mean;
	u64 minimum;
};

__must_check int mnd_measure(const struct mnd_operation *operation,
			     struct mnd_round rounds[MND_ROUNDS]);
void mnd_print_rounds(const char *name,
		      const struct mnd_round rounds[MND_ROUNDS]);

#endif /* _MANDATE_BENCH_MEASURE_H */
