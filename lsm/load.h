/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loading a table: collecting the writes of one open file until the table is
 * whole, and giving it to a domain.
 */

#ifndef _SECURITY_MANDATE_LOAD_H
#define _SECURITY_MANDATE_LOAD_H

#include <linux/types.h>

struct mandate_domain;
struct mandate_load;

struct mandate_load *mandate_load_begin(struct mandate_domain *domain);
ssize_t mandate_load_write(struct mandate_load *load, const char __user *from,
			   size_t size);
const struct mandate_domain *
mandate_load_domain(const struct mandate_load *load);
int mandate_load_flush(struct mandate_load *load);
void mandate_load_end(struct mandate_load *load);

#endif /* _SECURITY_MANDATE_LOAD_H */
