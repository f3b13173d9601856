/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory for one piece of work after the other: it grows to what the largest
 * needs, and stays.
 */

#ifndef _MANDATE_SCRATCH_H
#define _MANDATE_SCRATCH_H

#include "../../lsm/core/deps.h"

struct mnd_scratch_block;

/**
 * struct mnd_scratch - Memory for one piece of work after the other
 *
 * All zero: there is none.
 *
 * @blocks: What was allocated, newest first.
 * @at: What is free in the newest block.
 * @end: End of it.
 */
struct mnd_scratch {
	struct mnd_scratch_block *blocks;
	char *at;
	char *end;
};

void *mnd_scratch_grow(struct mnd_scratch *scratch, size_t bytes);
void mnd_scratch_reset(struct mnd_scratch *scratch);
void mnd_scratch_free(struct mnd_scratch *scratch);

#define MND_SCRATCH_ALIGNMENT __alignof__(max_align_t)

/**
 * mnd_scratch_take - Take memory
 *
 * @scratch: Memory.
 * @count: Number of objects, may be 0.
 * @size: Of each, in bytes.
 *
 * Return: Memory with anything in it, until mnd_scratch_reset(), or NULL.
 */
static inline void *mnd_scratch_take(struct mnd_scratch *scratch, size_t count,
				     size_t size)
{
	size_t bytes;
	char *at;

	if (__builtin_mul_overflow(count, size, &bytes) ||
	    __builtin_add_overflow(bytes, MND_SCRATCH_ALIGNMENT - 1, &bytes))
		return NULL;
	bytes &= ~(size_t)(MND_SCRATCH_ALIGNMENT - 1);
	if ((size_t)(scratch->end - scratch->at) <= bytes)
		return mnd_scratch_grow(scratch, bytes);
	at = scratch->at;
	scratch->at += bytes;
	return at;
}

#endif /* _MANDATE_SCRATCH_H */
