/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The syntax of character classes: brackets, \d and its kin, and \p{...}.
 */

#ifndef _MANDATE_REGEX_CLASS_H
#define _MANDATE_REGEX_CLASS_H

#include "cursor.h"
#include "rune_set.h"

__must_check int mnd_class_bracket(struct mnd_cursor *cursor,
				   struct mnd_rune_set *set);
__must_check int mnd_class_escape(struct mnd_cursor *cursor,
				  struct mnd_rune_set *set);

#endif /* _MANDATE_REGEX_CLASS_H */
