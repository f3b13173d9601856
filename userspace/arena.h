/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that is freed all at once.
 */

#ifndef _MANDATE_ARENA_H
#define _MANDATE_ARENA_H

#include "../lsm/core/deps.h"

struct mnd_block;

/**
 * struct mnd_arena - Memory that is freed all at once
 *
 * All zero is an empty arena.
 *
 * @blocks: What was allocated, newest first.
 * @left: Bytes left in the newest block.
 */
struct mnd_arena {
	struct mnd_block *blocks;
	size_t left;
};

void *mnd_arena_alloc(struct mnd_arena *arena, size_t count, size_t size);
char *mnd_arena_copy(struct mnd_arena *arena, const char *bytes, size_t length);
void mnd_arena_free(struct mnd_arena *arena);

#endif /* _MANDATE_ARENA_H */
