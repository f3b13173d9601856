/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The containers that can be made: those of the policy and of its fragments,
 * each as every platform extends it.
 */

#ifndef _MANDATE_MACHINE_POOL_H
#define _MANDATE_MACHINE_POOL_H

#include "private.h"

/* Whether a container is told by its layers. */
static inline bool mnd_has_layers(const struct mnd_subject *subject)
{
	return le16_to_cpu(subject->kind) == MND_KIND_CONTAINER &&
	       le32_to_cpu(subject->layers) != MND_LIST_NONE;
}

/* pool.c */
int mnd_pool_add_part(struct mnd_machine *machine);
int mnd_pool_drop_part(struct mnd_machine *machine, u32 choice_count);
void mnd_pool_free(struct mnd_pool *pool);

/* index.c */
int mnd_index_build(struct mnd_machine *machine);
void mnd_index_free(struct mnd_pool *pool);
bool mnd_index_has_layer(const struct mnd_machine *machine,
			 const u8 layer[MND_HASH_SIZE]);
struct mnd_choice_set *mnd_index_find(const struct mnd_machine *machine,
				      const u8 *const *layers, u32 count);

#endif /* _MANDATE_MACHINE_POOL_H */
