/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of capabilities, to be found quickly.
 */

#ifndef _MANDATE_CAPABILITY_INDEX_H
#define _MANDATE_CAPABILITY_INDEX_H

#include "capability_name.h"

#define MND_CAPABILITY_SLOTS 256

/**
 * struct mnd_capability_index - Names of capabilities
 *
 * @names: Name of each capability that has one.
 * @slots: Numbers plus one, by a hash of the names.
 */
struct mnd_capability_index {
	char names[MND_CAPABILITY_MAX][MND_CAPABILITY_SIZE];
	u8 slots[MND_CAPABILITY_SLOTS];
};

void mnd_capability_index_init(struct mnd_capability_index *index);
int mnd_capability_find(const struct mnd_capability_index *index,
			const char *name);

#endif /* _MANDATE_CAPABILITY_INDEX_H */
