/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes a table of a policy.
 */

#ifndef _MANDATE_COMPILE_H
#define _MANDATE_COMPILE_H

#include "../policy/policy.h"
#include "string_table.h"

int mnd_compile(const struct mnd_policy_source *policy, bool strip, u8 **table,
		u32 *length, struct mnd_error *error);
int mnd_compile_source(const struct mnd_string_ref *source, bool strip,
		       u8 **table, u32 *length, struct mnd_error *error);

#endif /* _MANDATE_COMPILE_H */
