/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fast hash of bytes.  Whoever finds something by it compares the bytes as
 * well.
 */

#ifndef _MANDATE_BYTE_HASH_H
#define _MANDATE_BYTE_HASH_H

#include "../lsm/core/deps.h"

/**
 * mnd_hash_word - Add a word to a hash
 *
 * @hash: Hash of what comes before, or any number to begin with.
 * @word: Word.
 *
 * Return: The hash.
 */
static inline u64 mnd_hash_word(u64 hash, u64 word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 32;
}

/**
 * mnd_hash_bytes - Add bytes to a hash
 *
 * @hash: As for mnd_hash_word().
 * @bytes: Bytes.
 * @length: How many.
 *
 * Return: The hash.
 */
static inline u64 mnd_hash_bytes(u64 hash, const void *bytes, size_t length)
{
	const char *at = bytes;
	size_t left = length;
	u64 word;

	for (; left >= sizeof(word); left -= sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		hash = mnd_hash_word(hash, word);
		at += sizeof(word);
	}
	word = 0;
	memcpy(&word, at, left);
	/* The length, so that a NUL at the end makes a difference. */
	return mnd_hash_word(hash, word ^ (u64)length << 56);
}

#endif /* _MANDATE_BYTE_HASH_H */
