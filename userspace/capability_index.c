// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names of capabilities, to be found quickly.
 */

#include "byte_hash.h"
#include "capability_index.h"

static size_t first_slot(const char *name)
{
	return mnd_hash_bytes(0, name, strlen(name));
}

/**
 * mnd_capability_index_init - Fill an index
 *
 * @index: Written.
 */
void mnd_capability_index_init(struct mnd_capability_index *index)
{
	size_t slot;
	int i;

	memset(index, 0, sizeof(*index));
	for (i = 0; i < (int)MND_CAPABILITY_MAX; i++) {
		mnd_capability_format(i, index->names[i]);
		/* One without a name is written as its number. */
		if (index->names[i][0] != 'C')
			continue;
		slot = first_slot(index->names[i]);
		while (index->slots[slot % MND_CAPABILITY_SLOTS])
			slot++;
		index->slots[slot % MND_CAPABILITY_SLOTS] = (u8)(i + 1);
	}
}

/**
 * mnd_capability_find - Find a capability by its name
 *
 * @index: Index.
 * @name: Name.
 *
 * Return: Its number, or -ENOENT.
 */
int mnd_capability_find(const struct mnd_capability_index *index,
			const char *name)
{
	size_t slot = first_slot(name);
	int number;

	while ((number = index->slots[slot % MND_CAPABILITY_SLOTS])) {
		if (!strcmp(index->names[number - 1], name))
			return number - 1;
		slot++;
	}
	return -ENOENT;
}
