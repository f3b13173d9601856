/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The digest that pins a table.
 */

#ifndef _MANDATE_DIGEST_H
#define _MANDATE_DIGEST_H

#include <stddef.h>

/* "sha256:", two digits a byte, and a NUL. */
#define MND_DIGEST_SIZE (7 + 64 + 1)

int mnd_digest(const void *bytes, size_t length, char text[MND_DIGEST_SIZE]);

#endif /* _MANDATE_DIGEST_H */
