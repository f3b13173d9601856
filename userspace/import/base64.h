/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads base64.
 */

#ifndef _MANDATE_IMPORT_BASE64_H
#define _MANDATE_IMPORT_BASE64_H

#include "../arena.h"
#include "../compile/string_table.h"

bool mnd_is_base64(const struct mnd_string_ref *text);
int mnd_base64_decode(struct mnd_arena *arena,
		      const struct mnd_string_ref *text,
		      struct mnd_string_ref *decoded);

#endif /* _MANDATE_IMPORT_BASE64_H */
