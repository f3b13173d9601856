/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables and verdicts in words: as source, and as JSON.
 */

#ifndef _MANDATE_DESCRIBE_H
#define _MANDATE_DESCRIBE_H

#include <jansson.h>
#include <stdio.h>

#include "../lsm/core/decide.h"

void mnd_describe_toml(FILE *stream, const struct mnd_table *table);
json_t *mnd_describe_json(const struct mnd_table *table);

#endif /* _MANDATE_DESCRIBE_H */
