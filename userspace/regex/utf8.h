/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UTF-8: one code point out of a text, and a range of code points as ranges
 * of bytes.
 */

#ifndef _MANDATE_REGEX_UTF8_H
#define _MANDATE_REGEX_UTF8_H

#include "../../lsm/core/deps.h"

#define MND_UTF8_MAX 4

/**
 * struct mnd_utf8_block - Code points whose encodings are a product of ranges
 *
 * @length: Bytes of an encoding.
 * @low: Least byte at each place.
 * @high: Greatest byte at each place.
 */
struct mnd_utf8_block {
	unsigned int length;
	u8 low[MND_UTF8_MAX];
	u8 high[MND_UTF8_MAX];
};

size_t mnd_utf8_decode(const char *text, size_t length, u32 *rune);
bool mnd_utf8_next_block(u32 *first, u32 last, struct mnd_utf8_block *block);

#endif /* _MANDATE_REGEX_UTF8_H */
