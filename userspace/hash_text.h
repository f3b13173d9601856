/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hashes as lower-case hexadecimal digits.
 */

#ifndef _MANDATE_HASH_TEXT_H
#define _MANDATE_HASH_TEXT_H

#include "../lsm/core/table.h"

/* Digits of a hash, and a NUL. */
#define MND_HASH_TEXT_SIZE (2 * MND_HASH_SIZE + 1)

int mnd_hash_parse(const char *text, u8 hash[MND_HASH_SIZE]);
void mnd_hash_format(const u8 hash[MND_HASH_SIZE],
		     char text[MND_HASH_TEXT_SIZE]);

#endif /* _MANDATE_HASH_TEXT_H */
