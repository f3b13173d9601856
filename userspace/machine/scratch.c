// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Memory for one piece of work after the other.
 */

#include <stdint.h>
#include <stdlib.h>

#include "scratch.h"

#define FIRST_SIZE 16384

struct mnd_scratch_block {
	struct mnd_scratch_block *next;
	size_t size;
	max_align_t bytes[];
};

static bool add_block(struct mnd_scratch *scratch, size_t size)
{
	struct mnd_scratch_block *block = malloc(sizeof(*block) + size);

	if (!block)
		return false;
	block->next = scratch->blocks;
	block->size = size;
	scratch->blocks = block;
	scratch->at = (char *)block->bytes;
	scratch->end = scratch->at + size;
	return true;
}

/**
 * mnd_scratch_grow - Take memory from a new block
 *
 * @scratch: Memory.
 * @bytes: How much, a multiple of %MND_SCRATCH_ALIGNMENT.
 *
 * Return: As mnd_scratch_take().
 */
void *mnd_scratch_grow(struct mnd_scratch *scratch, size_t bytes)
{
	size_t size = scratch->blocks ? scratch->blocks->size : FIRST_SIZE;

	if (bytes > SIZE_MAX / 4)
		return NULL;
	if (!add_block(scratch, bytes > size ? 2 * bytes : 2 * size))
		return NULL;
	scratch->at += bytes;
	return scratch->blocks->bytes;
}

/**
 * mnd_scratch_reset - Give back all that was taken
 *
 * @scratch: Memory.
 */
void mnd_scratch_reset(struct mnd_scratch *scratch)
{
	struct mnd_scratch_block *newest = scratch->blocks, *block;

	if (!newest)
		return;
	/* Each is larger than all before it together. */
	while ((block = newest->next)) {
		newest->next = block->next;
		free(block);
	}
	scratch->at = (char *)newest->bytes;
}

/**
 * mnd_scratch_free - Free memory
 *
 * @scratch: Memory; all zero afterwards.
 */
void mnd_scratch_free(struct mnd_scratch *scratch)
{
	mnd_scratch_reset(scratch);
	free(scratch->blocks);
	memset(scratch, 0, sizeof(*scratch));
}
