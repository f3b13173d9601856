/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The platform under the engine: fixed-width types, memory functions and
 * little-endian loads.  The only engine file that knows whether it is built
 * into a kernel; everything else in this folder includes it and nothing else.
 */

#ifndef _MANDATE_CORE_DEPS_H
#define _MANDATE_CORE_DEPS_H

#ifdef __KERNEL__

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#else /* !__KERNEL__ */

#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/types.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef __s64 s64;

#define __must_check __attribute__((__warn_unused_result__))
/* The kernel's own selftests bring these along. */
#ifndef __printf
#define printf_format(fmt, args) __format__(__printf__, fmt, args)
#define __printf(fmt, args) __attribute__((printf_format(fmt, args)))
#endif
#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

static inline u16 le16_to_cpu(__le16 value)
{
	return le16toh(value);
}

static inline u32 le32_to_cpu(__le32 value)
{
	return le32toh(value);
}

static inline u64 le64_to_cpu(__le64 value)
{
	return le64toh(value);
}

static inline __le16 cpu_to_le16(u16 value)
{
	return htole16(value);
}

static inline __le32 cpu_to_le32(u32 value)
{
	return htole32(value);
}

static inline __le64 cpu_to_le64(u64 value)
{
	return htole64(value);
}

#endif /* __KERNEL__ */

#endif /* _MANDATE_CORE_DEPS_H */
