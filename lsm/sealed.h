/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sealed copies: how runtimes execute themselves.
 */

#ifndef _SECURITY_MANDATE_SEALED_H
#define _SECURITY_MANDATE_SEALED_H

#include <linux/fs.h>

void mandate_accept_sealed_copy(struct file *file);

#endif /* _SECURITY_MANDATE_SEALED_H */
