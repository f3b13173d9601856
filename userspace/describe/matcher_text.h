/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a string has to be, in words: as source and as JSON.
 */

#ifndef _MANDATE_MATCHER_TEXT_H
#define _MANDATE_MATCHER_TEXT_H

#include <jansson.h>
#include <stdio.h>

#include "../../lsm/core/table.h"

u32 mnd_matcher_length(const struct mnd_table *table, u32 matcher);
bool mnd_matcher_is_pattern(u32 matcher);
void mnd_matcher_toml(FILE *stream, const struct mnd_table *table, u32 matcher);
void mnd_matcher_toml_keys(FILE *stream, const struct mnd_table *table,
			   u32 matcher);
json_t *mnd_matcher_json(const struct mnd_table *table, u32 matcher);
json_t *mnd_matcher_json_keys(const struct mnd_table *table, u32 matcher);

#endif /* _MANDATE_MATCHER_TEXT_H */
