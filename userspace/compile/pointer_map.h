/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of objects, by their addresses.
 */

#ifndef _MANDATE_POINTER_MAP_H
#define _MANDATE_POINTER_MAP_H

#include "../../lsm/core/deps.h"

struct mnd_pointer_slot;

/**
 * struct mnd_pointer_map - Numbers of objects
 *
 * All zero is an empty one.
 *
 * @slots: Objects and their numbers, hashed.
 * @slot_count: How many there is memory for.
 * @count: How many there are.
 */
struct mnd_pointer_map {
	struct mnd_pointer_slot *slots;
	size_t slot_count;
	size_t count;
};

bool mnd_pointer_map_get(const struct mnd_pointer_map *map, const void *object,
			 u32 *number);
int mnd_pointer_map_put(struct mnd_pointer_map *map, const void *object,
			u32 number);
void mnd_pointer_map_free(struct mnd_pointer_map *map);

#endif /* _MANDATE_POINTER_MAP_H */
