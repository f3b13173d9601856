// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Memory that is freed all at once.
 */

#include <stdint.h>
#include <stdlib.h>

#include "arena.h"

#define BLOCK_SIZE 16384
#define ALIGNMENT __alignof__(max_align_t)

/* What is allocated lies at the end of a block first. */
struct mnd_block {
	struct mnd_block *next;
	max_align_t bytes[];
};

static bool add_block(struct mnd_arena *arena, size_t size)
{
	struct mnd_block *block = malloc(sizeof(*block) + size);

	if (!block)
		return false;
	block->next = arena->blocks;
	arena->blocks = block;
	arena->left = size;
	return true;
}

/**
 * mnd_arena_alloc - Allocate
 *
 * @arena: Arena.
 * @count: Number of objects, may be 0.
 * @size: Of each, in bytes.
 *
 * Return: Zeroed memory that the arena owns, or NULL.
 */
void *mnd_arena_alloc(struct mnd_arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
		return NULL;
	bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!arena->blocks || bytes > arena->left) {
		if (!add_block(arena, bytes > BLOCK_SIZE ? bytes : BLOCK_SIZE))
			return NULL;
	}
	arena->left -= bytes;
	return memset((char *)arena->blocks->bytes + arena->left, 0, bytes);
}

/**
 * mnd_arena_copy - Copy bytes into an arena
 *
 * @arena: Arena.
 * @bytes: What to copy.
 * @length: How many bytes.
 *
 * Return: The copy with a NUL behind it, owned by the arena, or NULL.
 */
char *mnd_arena_copy(struct mnd_arena *arena, const char *bytes, size_t length)
{
	char *copy = mnd_arena_alloc(arena, length + 1, 1);

	return copy ? memcpy(copy, bytes, length) : NULL;
}

/**
 * mnd_arena_free - Free everything that was allocated
 *
 * @arena: Arena; empty afterwards.
 */
void mnd_arena_free(struct mnd_arena *arena)
{
	struct mnd_block *block = arena->blocks;

	while (block) {
		struct mnd_block *next = block->next;

		free(block);
		block = next;
	}
	memset(arena, 0, sizeof(*arena));
}
