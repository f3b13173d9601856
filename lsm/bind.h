/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A namespace becomes a container: somebody says which, and its first process
 * seals it.
 */

#ifndef _SECURITY_MANDATE_BIND_H
#define _SECURITY_MANDATE_BIND_H

#include "core/decide.h"

struct dentry;
struct mandate_domain;

int mandate_bind(struct mandate_domain *domain, const char *container);
enum mnd_dimension mandate_seal(struct mandate_domain *domain,
				const struct dentry *judged);

#endif /* _SECURITY_MANDATE_BIND_H */
