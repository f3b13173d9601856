/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The pin: the digest that the base policy must have.
 */

#ifndef _SECURITY_MANDATE_PIN_H
#define _SECURITY_MANDATE_PIN_H

#include <crypto/sha2.h>
#include <linux/types.h>

/* "sha256:" and two digits a byte. */
#define MANDATE_DIGEST_TEXT (7 + 2 * SHA256_DIGEST_SIZE)

bool mandate_pin_is_set(void);
int mandate_pin_set(const char *text);
int mandate_pin_check(const u8 *digest);
size_t mandate_pin_show(char *text, size_t size);

#endif /* _SECURITY_MANDATE_PIN_H */
