/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Verification of a table, once, before anything walks it.
 */

#ifndef _MANDATE_CORE_VERIFY_H
#define _MANDATE_CORE_VERIFY_H

#include "reject.h"
#include "table.h"

int mnd_header_verify(const u8 *data, u32 length, struct mnd_fault *fault);
int mnd_table_verify(struct mnd_table *table, const u8 *data, u32 length,
		     struct mnd_fault *fault);

#endif /* _MANDATE_CORE_VERIFY_H */
