// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Functions as a compiler and a C library have them, which demand all that
 * those may rely on.
 */

#include "platform.h"

//@ requires value != 0;
int proof_ctz(const u64 value)
{
	int bit = 0;

	while (bit < 63 && !(value >> bit & 1))
		bit++;
	return bit;
}

//@ requires \valid_read(a + (0 .. n - 1)) && \valid_read(b + (0 .. n - 1));
int proof_memcmp(const char *const a, const char *const b, const size_t n)
{
	const u8 *const x = (const u8 *)a;
	const u8 *const y = (const u8 *)b;
	size_t i;

	for (i = 0; i < n; i++) {
		if (x[i] < y[i])
			return -1;
		if (x[i] > y[i])
			return 1;
	}
	return 0;
}

int proof_strcmp(const char *const a, const char *const b)
{
	const u8 *const x = (const u8 *)a;
	const u8 *const y = (const u8 *)b;
	size_t i;

	/* Both have to end, even if they differ before. */
	for (i = 0; x[i]; i++)
		;
	for (i = 0; y[i]; i++)
		;
	for (i = 0;; i++) {
		if (!x[i])
			return y[i] ? -1 : 0;
		if (!y[i])
			return 1;
		if (x[i] < y[i])
			return -1;
		if (x[i] > y[i])
			return 1;
	}
}
