// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is known of objects, by their addresses.
 */

#include <stdint.h>
#include <stdlib.h>

#include "pointer_map.h"

struct mnd_pointer_slot {
	const void *object;
	u32 number;
};

/* Where @object is, or would be; there is always an empty slot. */
static struct mnd_pointer_slot *find_slot(const struct mnd_pointer_map *map,
					  const void *object)
{
	u64 hash = (u64)(uintptr_t)object * 0x9e3779b97f4a7c15ULL;
	size_t i = (size_t)(hash >> 32) & (map->slot_count - 1);

	while (map->slots[i].object && map->slots[i].object != object)
		i = (i + 1) & (map->slot_count - 1);
	return &map->slots[i];
}

static int grow(struct mnd_pointer_map *map)
{
	const struct mnd_pointer_map old = *map;
	size_t i;

	map->slot_count = old.slot_count ? 2 * old.slot_count : 64;
	map->slots = calloc(map->slot_count, sizeof(*map->slots));
	if (!map->slots) {
		*map = old;
		return -ENOMEM;
	}
	for (i = 0; i < old.slot_count; i++)
		if (old.slots[i].object)
			*find_slot(map, old.slots[i].object) = old.slots[i];
	free(old.slots);
	return 0;
}

/**
 * mnd_pointer_map_get - The number of an object
 *
 * @map: Map.
 * @object: Object, not NULL.
 * @number: Written if it has one.
 *
 * Return: Whether it has one.
 */
bool mnd_pointer_map_get(const struct mnd_pointer_map *map, const void *object,
			 u32 *number)
{
	const struct mnd_pointer_slot *slot;

	if (!map->count)
		return false;
	slot = find_slot(map, object);
	if (!slot->object)
		return false;
	*number = slot->number;
	return true;
}

/**
 * mnd_pointer_map_put - Give a number to an object
 *
 * @map: Map.
 * @object: Object, not NULL, which has none yet.
 * @number: Number.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_pointer_map_put(struct mnd_pointer_map *map, const void *object,
			u32 number)
{
	struct mnd_pointer_slot *slot;

	if (2 * map->count >= map->slot_count && grow(map))
		return -ENOMEM;
	slot = find_slot(map, object);
	slot->object = object;
	slot->number = number;
	map->count++;
	return 0;
}

/**
 * mnd_pointer_map_free - Free a map
 *
 * @map: Map; empty afterwards.
 */
void mnd_pointer_map_free(struct mnd_pointer_map *map)
{
	free(map->slots);
	memset(map, 0, sizeof(*map));
}
