/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables in words: as source, and as JSON.
 */

#ifndef _MANDATE_DESCRIBE_H
#define _MANDATE_DESCRIBE_H

#include <jansson.h>

#include "../../lsm/core/table.h"
#include "context_view.h"

/* Longest source that a table is shown as, in bytes. */
#define MND_DESCRIPTION_MAX (64U << 20)

/**
 * struct mnd_described - A table on its way into JSON
 *
 * What is in a table once, and in JSON a million times, is made once.
 *
 * @table: Verified table.
 * @lists: Its lists, as far as they were needed; owned.
 * @capabilities: Its capabilities, likewise; owned.
 */
struct mnd_described {
	const struct mnd_table *table;
	json_t **lists;
	json_t **capabilities;
};

/* describe.c */
int mnd_describe_toml(const struct mnd_table *table, char **text,
		      size_t *length);

/* json.c */
int mnd_described_init(struct mnd_described *described,
		       const struct mnd_table *table);
void mnd_described_free(struct mnd_described *described);
int mnd_describe_json(const struct mnd_table *table, json_t **json);
json_t *mnd_options_json(u32 flags);

/* context_json.c */
json_t *mnd_context_json(struct mnd_described *described,
			 const struct mnd_context_view *context,
			 enum mnd_context_key key);

#endif /* _MANDATE_DESCRIBE_H */
