/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One automaton of two that know different patterns.
 */

#ifndef _MANDATE_REGEX_UNION_H
#define _MANDATE_REGEX_UNION_H

#include "dfa.h"

__must_check int mnd_dfa_union_cells(const struct mnd_dfa *left,
				     const struct mnd_dfa *right, u32 *cells);
__must_check int mnd_dfa_union(const struct mnd_dfa *left,
			       const struct mnd_dfa *right,
			       struct mnd_dfa *dfa);

#endif /* _MANDATE_REGEX_UNION_H */
