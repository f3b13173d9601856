/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What EVA reads before every file: the platform under the engine, written so
 * that EVA knows more after it.
 */

#ifndef _MANDATE_PROOF_PLATFORM_H
#define _MANDATE_PROOF_PLATFORM_H

#include <__fc_builtin.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What Linux has and Frama-C's library has not. */
#define ENOCSI 50
#define ENOANO 55
#define EADV 68
#define ESRMNT 69
#define ENOTNAM 118

/* The machine is little endian. */
#define le16toh(value) (value)
#define le32toh(value) (value)
#define le64toh(value) (value)
#define htole16(value) (value)
#define htole32(value) (value)
#define htole64(value) (value)

#include "../../lsm/core/deps.h"

/* What is known of a call's value would not be known of where it is from. */
#define le16_to_cpu(value) (value)
#define le32_to_cpu(value) (value)
#define le64_to_cpu(value) (value)

/* In place: each length is a case of its own in whatever asks for it. */
#define strlen(string)                                         \
	({                                                     \
		const u8 *const bytes_ = (const u8 *)(string); \
		size_t length_ = 0;                            \
		while (bytes_[length_])                        \
			length_++;                             \
		length_;                                       \
	})

#define memchr(bytes, byte, size)                                           \
	({                                                                  \
		const u8 *const begin_ = (const u8 *)(bytes);               \
		const size_t size_ = (size);                                \
		size_t at_ = 0;                                             \
		while (at_ < size_ && begin_[at_] != (byte))                \
			at_++;                                              \
		at_ < size_ ? (const char *)begin_ + at_ : (const char *)0; \
	})

#define __builtin_ctzll proof_ctz
#define memcmp(a, b, n) proof_memcmp((const char *)(a), (const char *)(b), n)
#define strcmp proof_strcmp
int proof_ctz(u64 value);
int proof_memcmp(const char *a, const char *b, size_t n);
int proof_strcmp(const char *a, const char *b);

#endif /* _MANDATE_PROOF_PLATFORM_H */
