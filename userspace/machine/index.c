// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An index of the containers that can be made, by their layers, and of all
 * layers.
 */

#include <stdlib.h>

#include "../byte_hash.h"
#include "pool.h"

/* Where there are platforms, a container without one cannot be made. */
static bool is_active(const struct mnd_pool *pool,
		      const struct mnd_choice *choice)
{
	return !pool->platform_count == (choice->platform == MND_NONE);
}

static u64 add_layer(u64 hash, const u8 layer[MND_HASH_SIZE])
{
	return mnd_hash_bytes(hash, layer, MND_HASH_SIZE);
}

static const u8 *list_layer(const struct mnd_table *table, __le32 list, u32 i)
{
	return table->digests[le32_to_cpu(mnd_list_words(table, list)[i])];
}

static bool is_same_list(const struct mnd_table *a, __le32 list_a,
			 const struct mnd_table *b, __le32 list_b)
{
	const u32 count = mnd_list_count(a, list_a);
	u32 i;

	if (mnd_list_count(b, list_b) != count)
		return false;
	for (i = 0; i < count; i++)
		if (memcmp(list_layer(a, list_a, i), list_layer(b, list_b, i),
			   MND_HASH_SIZE))
			return false;
	return true;
}

/* The group of a choice, or the free slot that it goes into. */
static struct mnd_layer_group *find_group(const struct mnd_machine *machine,
					  const struct mnd_pool *pool,
					  const struct mnd_choice *choice)
{
	const struct mnd_table *table = &machine->parts[choice->part]->table;
	const __le32 list = table->subjects[choice->subject].layers;
	const u32 count = mnd_list_count(table, list);
	struct mnd_layer_group *group;
	u64 hash = count;
	size_t slot;
	u32 i;

	for (i = 0; i < count; i++)
		hash = add_layer(hash, list_layer(table, list, i));
	for (slot = hash;; slot++) {
		group = &pool->groups[slot & (pool->group_slots - 1)];
		if (!group->set)
			break;
		if (group->hash == hash &&
		    is_same_list(table, list,
				 &machine->parts[group->part]->table,
				 group->list))
			return group;
	}
	group->hash = hash;
	group->part = choice->part;
	group->list = list;
	return group;
}

static size_t slots_for(size_t count)
{
	size_t slots = 16;

	while (slots < 2 * count)
		slots *= 2;
	return slots;
}

static int add_to_group(struct mnd_layer_group *group, u32 choice)
{
	struct mnd_choice_set *set = group->set;

	/* A set has room for the next power of two. */
	if (!set) {
		set = mnd_choice_set_make(1);
	} else if (!(set->count & (set->count - 1))) {
		set = mnd_choice_set_make(2 * set->count);
		if (set) {
			memcpy(set->choices, group->set->choices,
			       group->set->count * sizeof(u32));
			set->count = group->set->count + 1;
			mnd_choice_set_drop(group->set);
		}
	} else {
		set->count++;
	}
	if (!set)
		return -ENOMEM;
	set->choices[set->count - 1] = choice;
	group->set = set;
	return 0;
}

static void free_groups(struct mnd_pool *pool)
{
	size_t i;

	for (i = 0; i < pool->group_slots; i++)
		mnd_choice_set_drop(pool->groups[i].set);
	free(pool->groups);
	pool->groups = NULL;
	pool->group_slots = 0;
}

static int build_groups(const struct mnd_machine *machine,
			struct mnd_pool *pool)
{
	u32 i;
	int err = 0;

	pool->group_slots = 0;
	pool->groups = calloc(slots_for(pool->count), sizeof(*pool->groups));
	if (!pool->groups)
		return -ENOMEM;
	pool->group_slots = slots_for(pool->count);
	if (mnd_machine_has(machine, MND_POLICY_NO_CONTAINERS))
		return 0;
	for (i = 0; !err && i < pool->count; i++)
		if (is_active(pool, &pool->choices[i]))
			err = add_to_group(find_group(machine, pool,
						      &pool->choices[i]),
					   i);
	return err;
}

/*
 * All layers
 */

static void add_to_layers(struct mnd_pool *pool, const u8 *layer)
{
	size_t slot = add_layer(0, layer);

	for (;; slot++) {
		const u8 **at = &pool->layers[slot & (pool->layer_slots - 1)];

		if (*at && memcmp(*at, layer, MND_HASH_SIZE))
			continue;
		*at = layer;
		return;
	}
}

static void add_layers_of(struct mnd_pool *pool, const struct mnd_table *table,
			  const struct mnd_subject *subject)
{
	u32 i;

	for (i = 0; i < mnd_list_count(table, subject->layers); i++)
		add_to_layers(pool, list_layer(table, subject->layers, i));
}

static int build_layers(const struct mnd_machine *machine,
			struct mnd_pool *pool)
{
	size_t count = 0;
	u32 i, j;

	for (i = 0; i < machine->part_count; i++)
		count += machine->parts[i]->table.count[MND_SECTION_DIGEST];
	pool->layer_slots = slots_for(count);
	pool->layers = calloc(pool->layer_slots, sizeof(*pool->layers));
	if (!pool->layers)
		return -ENOMEM;
	for (i = 0; i < machine->part_count; i++) {
		const struct mnd_part *part = machine->parts[i];
		const struct mnd_table *table = &part->table;

		if (!(part->includes & MND_INCLUDE_CONTAINERS))
			continue;
		for (j = 0; j < table->count[MND_SECTION_SUBJECT]; j++)
			if (mnd_has_layers(&table->subjects[j]))
				add_layers_of(pool, table, &table->subjects[j]);
	}
	return 0;
}

/**
 * mnd_index_free - Free the index
 *
 * @pool: Pool; without an index nothing is found.
 */
void mnd_index_free(struct mnd_pool *pool)
{
	free_groups(pool);
	free(pool->layers);
	pool->layers = NULL;
	pool->layer_slots = 0;
}

/**
 * mnd_index_build - Make the index anew
 *
 * @machine: Machine; its index stays as it is after an error.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_index_build(struct mnd_machine *machine)
{
	struct mnd_pool built = machine->pool;
	int err;

	built.layers = NULL;
	err = build_groups(machine, &built);
	if (!err)
		err = build_layers(machine, &built);
	mnd_index_free(err ? &built : &machine->pool);
	if (!err)
		machine->pool = built;
	return err;
}

/**
 * mnd_index_has_layer - Ask whether a container has a layer
 *
 * @machine: Machine.
 * @layer: Root hash of the layer.
 *
 * Return: Whether one has it.
 */
bool mnd_index_has_layer(const struct mnd_machine *machine,
			 const u8 layer[MND_HASH_SIZE])
{
	const struct mnd_pool *pool = &machine->pool;
	size_t slot = add_layer(0, layer);
	const u8 *at;

	if (!pool->layer_slots)
		return false;
	while ((at = pool->layers[slot & (pool->layer_slots - 1)])) {
		if (!memcmp(at, layer, MND_HASH_SIZE))
			return true;
		slot++;
	}
	return false;
}

static bool has_layers(const struct mnd_machine *machine,
		       const struct mnd_layer_group *group,
		       const u8 *const *layers, u32 count)
{
	const struct mnd_table *table = &machine->parts[group->part]->table;
	u32 i;

	if (mnd_list_count(table, group->list) != count)
		return false;
	for (i = 0; i < count; i++)
		if (memcmp(list_layer(table, group->list, i), layers[i],
			   MND_HASH_SIZE))
			return false;
	return true;
}

/**
 * mnd_index_find - Find the containers that have certain layers
 *
 * @machine: Machine.
 * @layers: Root hashes, the bottom first.
 * @count: How many.
 *
 * Return: The containers, or NULL if none has exactly these.
 */
struct mnd_choice_set *mnd_index_find(const struct mnd_machine *machine,
				      const u8 *const *layers, u32 count)
{
	const struct mnd_pool *pool = &machine->pool;
	const struct mnd_layer_group *group;
	u64 hash = count;
	size_t slot;
	u32 i;

	if (!pool->group_slots)
		return NULL;
	for (i = 0; i < count; i++)
		hash = add_layer(hash, layers[i]);
	for (slot = hash;; slot++) {
		group = &pool->groups[slot & (pool->group_slots - 1)];
		if (!group->set)
			return NULL;
		if (group->hash == hash &&
		    has_layers(machine, group, layers, count))
			return group->set;
	}
}
