/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables for tests, compiled where they run.
 *
 * Header-only, as guest.h.
 */

#ifndef _MANDATE_GUEST_COMPILE_H
#define _MANDATE_GUEST_COMPILE_H

#include "../../userspace/compile/compile.h"
#include "../../userspace/policy/policy.h"

/* A table of a source, to be freed; NULL after having said what is wrong. */
static inline u8 *compile_text(const char *text, u32 *length)
{
	struct mnd_policy_source policy;
	struct mnd_error error = {};
	u8 *table = NULL;

	if (mnd_policy_read(text, strlen(text), &policy, &error) ||
	    mnd_compile(&policy, false, &table, length, &error))
		printf("# %u:%u: %s\n", error.line, error.column, error.text);
	mnd_policy_release(&policy);
	return table;
}

#endif /* _MANDATE_GUEST_COMPILE_H */
