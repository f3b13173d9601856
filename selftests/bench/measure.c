// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Counting the instructions of single operations.
 *
 * In a guest whose clock counts instructions the time stamp counter is that
 * clock, at one instruction a nanosecond.
 */

#include <stdio.h>
#include <stdlib.h>

#include "measure.h"

/* Before every round, for caches, lazily made tables and slabs. */
#define WARM_UP 20

static u64 samples[MND_SAMPLES_MAX];

static inline u64 instructions(void)
{
	u32 low, high;

	asm volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (u64)high << 32 | low;
}

static int by_size(const void *left, const void *right)
{
	u64 first = *(const u64 *)left, second = *(const u64 *)right;

	return (first > second) - (first < second);
}

static struct mnd_round reduce(unsigned int count)
{
	struct mnd_round round;
	u64 sum = 0;
	unsigned int i;

	qsort(samples, count, sizeof(*samples), by_size);
	for (i = 0; i < count; i++)
		sum += samples[i];
	round.median = samples[count / 2];
	round.mean = sum / count;
	round.minimum = samples[0];
	return round;
}

/* One operation; @sample may be NULL. */
static int measure_once(const struct mnd_operation *operation, u64 *sample)
{
	u64 begin, end;
	int err;

	begin = instructions();
	err = operation->run();
	end = instructions();
	if (sample)
		*sample = end - begin;
	if (!err && operation->undo)
		err = operation->undo();
	return err;
}

static int measure_round(const struct mnd_operation *operation)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < WARM_UP && !err; i++)
		err = measure_once(operation, NULL);
	for (i = 0; i < operation->count && !err; i++)
		err = measure_once(operation, &samples[i]);
	return err;
}

/**
 * mnd_measure - Measure an operation
 *
 * @operation: What to do.
 * @rounds: Written.
 *
 * Return: 0, or the error of the first time that it fails.
 */
int mnd_measure(const struct mnd_operation *operation,
		struct mnd_round rounds[MND_ROUNDS])
{
	unsigned int i;
	int err;

	for (i = 0; i < MND_ROUNDS; i++) {
		err = measure_round(operation);
		if (err)
			return err;
		rounds[i] = reduce(operation->count);
	}
	return 0;
}

/**
 * mnd_print_rounds - Print what mnd_measure() found
 *
 * @name: Word for the operation.
 * @rounds: What was found.
 */
void mnd_print_rounds(const char *name,
		      const struct mnd_round rounds[MND_ROUNDS])
{
	unsigned int i;

	for (i = 0; i < MND_ROUNDS; i++)
		printf("round %s %llu %llu %llu\n", name, rounds[i].median,
		       rounds[i].mean, rounds[i].minimum);
}
