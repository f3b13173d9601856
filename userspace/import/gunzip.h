/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unpacks what gzip has packed.
 */

#ifndef _MANDATE_IMPORT_GUNZIP_H
#define _MANDATE_IMPORT_GUNZIP_H

#include "../arena.h"
#include "../error.h"
#include "../compile/string_table.h"

bool mnd_is_gzip(const struct mnd_string_ref *packed);
int mnd_gunzip(struct mnd_arena *arena, const struct mnd_string_ref *packed,
	       size_t most, struct mnd_string_ref *unpacked,
	       struct mnd_error *error);

#endif /* _MANDATE_IMPORT_GUNZIP_H */
