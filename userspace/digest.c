// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The digest that pins a table.
 */

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>

#include "digest.h"

/**
 * mnd_digest - The digest of a table as the kernel shows and wants it
 *
 * @bytes: Table.
 * @length: Of @bytes.
 * @text: Written: "sha256:" and 64 hexadecimal digits.
 *
 * Return: 0, or -ENOMEM if libcrypto fails.
 */
int mnd_digest(const void *bytes, size_t length, char text[MND_DIGEST_SIZE])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int size, i;

	if (!EVP_Digest(bytes, length, digest, &size, EVP_sha256(), NULL))
		return -ENOMEM;
	snprintf(text, MND_DIGEST_SIZE, "sha256:");
	for (i = 0; i < size; i++)
		snprintf(text + 7 + 2 * i, 3, "%02x", digest[i]);
	return 0;
}
