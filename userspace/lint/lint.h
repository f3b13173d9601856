/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What in a policy is allowed, and probably not meant.
 */

#ifndef _MANDATE_LINT_H
#define _MANDATE_LINT_H

#include "../policy/policy.h"

int mnd_lint(const struct mnd_table *table, struct mnd_policy_source *policy);

#endif /* _MANDATE_LINT_H */
