/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The running kernel's files in securityfs.
 */

#ifndef _MANDATE_KERNEL_H
#define _MANDATE_KERNEL_H

#include "../../lsm/core/deps.h"

char *mnd_kernel_path(const char *name);
int mnd_kernel_check(void);
int mnd_kernel_open(const char *name, int flags);
int mnd_kernel_read(const char *name, char **text);
int mnd_kernel_bind(int fd, const char *container);

#endif /* _MANDATE_KERNEL_H */
