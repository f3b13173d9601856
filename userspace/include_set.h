/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Named sets of mount rules that a policy can include.
 */

#ifndef _MANDATE_INCLUDE_SET_H
#define _MANDATE_INCLUDE_SET_H

#include "policy/policy.h"

/**
 * struct mnd_include_set - Mount rules with a name
 *
 * @name: Name.
 * @for_uvm: It is for the UVM, else for containers.
 * @mounts: The rules.
 * @count: How many.
 */
struct mnd_include_set {
	const char *name;
	bool for_uvm;
	const struct mnd_mount_rule *mounts;
	size_t count;
};

const struct mnd_include_set *mnd_include_find(const char *name);

#endif /* _MANDATE_INCLUDE_SET_H */
