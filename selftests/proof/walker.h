/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that walks a table, with cases told apart in front of some of its
 * functions.
 */

#ifndef _MANDATE_PROOF_WALKER_H
#define _MANDATE_PROOF_WALKER_H

#include "../../lsm/core/context.h"
#include "../../lsm/core/match.h"
#include "proof.h"

bool mnd_set_has_itself(const struct mnd_table *table, u32 set, u32 pattern);

bool mnd_set_has(const struct mnd_table *const table, const u32 set,
		 const u32 pattern)
{
	tell_values_apart(set, table->count[MND_SECTION_SET]);
	return mnd_set_has_itself(table, set, pattern);
}

/* Of what is read here, accept sets are told apart, too. */
#undef le16_to_cpu
#define le16_to_cpu(value)                                                \
	({                                                                \
		const u16 value_ = (value);                               \
		tell_values_apart(value_, table->count[MND_SECTION_SET]); \
		value_;                                                   \
	})
#define mnd_set_has(...) mnd_set_has_itself(__VA_ARGS__)
#include "../../lsm/core/match.c"
#undef mnd_set_has
#undef le16_to_cpu
#define le16_to_cpu(value) (value)

static const char *match_told(const struct mnd_table *const table,
			      const u32 matcher, const char *const string,
			      const char *const end)
{
	tell_matcher_apart(&matcher, table);
	return mnd_match(table, matcher, string, end);
}

#define mnd_match(...) match_told(__VA_ARGS__)

#include "../../lsm/core/candidates.c"
#include "../../lsm/core/match_capabilities.c"
#include "../../lsm/core/match_context.c"
#include "../../lsm/core/match_identity.c"
#include "../../lsm/core/match_variables.c"

#define subject_allows(...) subject_allows_exec(__VA_ARGS__)
#include "../../lsm/core/decide_exec.c"
#undef subject_allows
#include "../../lsm/core/decide_mount.c"

#endif /* _MANDATE_PROOF_WALKER_H */
