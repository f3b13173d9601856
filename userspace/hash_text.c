// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Hashes as lower-case hexadecimal digits.
 */

#include "hash_text.h"

static const char digits[] = "0123456789abcdef";

static int digit_value(char c)
{
	const char *digit = c ? strchr(digits, c) : NULL;

	return digit ? (int)(digit - digits) : -1;
}

/**
 * mnd_hash_parse - Read a hash
 *
 * @text: 64 lower-case hexadecimal digits, and nothing else.
 * @hash: Written.
 *
 * Return: 0, or -EINVAL.
 */
int mnd_hash_parse(const char *text, u8 hash[MND_HASH_SIZE])
{
	int high, low;
	size_t i;

	if (strlen(text) != 2 * MND_HASH_SIZE)
		return -EINVAL;
	for (i = 0; i < MND_HASH_SIZE; i++) {
		high = digit_value(text[2 * i]);
		low = digit_value(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return -EINVAL;
		hash[i] = (u8)(high << 4 | low);
	}
	return 0;
}

/**
 * mnd_hash_format - Write a hash
 *
 * @hash: Hash.
 * @text: Written: its digits and a NUL.
 */
void mnd_hash_format(const u8 hash[MND_HASH_SIZE],
		     char text[MND_HASH_TEXT_SIZE])
{
	size_t i;

	for (i = 0; i < MND_HASH_SIZE; i++) {
		text[2 * i] = digits[hash[i] >> 4];
		text[2 * i + 1] = digits[hash[i] & 15];
	}
	text[2 * i] = 0;
}
