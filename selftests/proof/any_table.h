/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables of which nothing is known but how many records each section has.
 */

#ifndef _MANDATE_PROOF_ANY_TABLE_H
#define _MANDATE_PROOF_ANY_TABLE_H

#include "../../lsm/core/table.h"

/**
 * struct any_table - A table in memory of exactly its size
 *
 * @data: Its bytes, unknown except for the directory.
 * @length: How many.
 */
struct any_table {
	u8 *data;
	u32 length;
};

struct any_table make_any_table(const u32 counts[__MND_SECTION_MAX]);
void *any_table_section(const struct any_table *table,
			enum mnd_section section);
void *copy_section(const struct mnd_table *table, const void *records,
		   enum mnd_section section);
void place_strings(const struct any_table *table, u32 length);

#endif /* _MANDATE_PROOF_ANY_TABLE_H */
