/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Matching of one string against a literal or a pattern of a verified table.
 */

#ifndef _MANDATE_CORE_MATCH_H
#define _MANDATE_CORE_MATCH_H

#include "table.h"

const char *mnd_match(const struct mnd_table *table, u32 matcher,
		      const char *string, const char *end);

#endif /* _MANDATE_CORE_MATCH_H */
