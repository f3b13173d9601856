/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules about whole strings of an environment as rules about name and value.
 */

#ifndef _MANDATE_DIVIDE_VARIABLE_H
#define _MANDATE_DIVIDE_VARIABLE_H

#include "../policy/policy.h"

struct mnd_variable_rule
mnd_divide_variable(const struct mnd_variable_rule *rule);

#endif /* _MANDATE_DIVIDE_VARIABLE_H */
