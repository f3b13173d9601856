/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables and verdicts in words: as source, and as JSON.
 */

#ifndef _MANDATE_DESCRIBE_H
#define _MANDATE_DESCRIBE_H

#include <jansson.h>

#include "../lsm/core/table.h"

/* Longest source that a table is shown as, in bytes. */
#define MND_DESCRIPTION_MAX (64U << 20)

int mnd_describe_toml(const struct mnd_table *table, char **text,
		      size_t *length);
json_t *mnd_describe_json(const struct mnd_table *table);

#endif /* _MANDATE_DESCRIBE_H */
