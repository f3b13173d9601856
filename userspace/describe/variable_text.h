/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a string of an environment has to be, in words: as source and as JSON.
 */

#ifndef _MANDATE_VARIABLE_TEXT_H
#define _MANDATE_VARIABLE_TEXT_H

#include <jansson.h>
#include <stdio.h>

#include "../../lsm/core/table.h"

void mnd_variable_toml(FILE *stream, const struct mnd_table *table, u32 word);
json_t *mnd_variable_json(const struct mnd_table *table, u32 word);

#endif /* _MANDATE_VARIABLE_TEXT_H */
