/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The minimal automaton of one pattern.
 */

#ifndef _MANDATE_REGEX_SINGLE_H
#define _MANDATE_REGEX_SINGLE_H

#include "dfa.h"

__must_check int mnd_dfa_single(const struct mnd_regex *regex,
				const u32 *member, u32 member_count,
				struct mnd_dfa *dfa, u64 *work);

#endif /* _MANDATE_REGEX_SINGLE_H */
