/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unicode classes by name, and simple case folding, of Unicode 13.0.0.
 */

#ifndef _MANDATE_REGEX_UNICODE_H
#define _MANDATE_REGEX_UNICODE_H

#include "rune_set.h"

__must_check int mnd_unicode_class(struct mnd_rune_set *set, const char *name,
				   size_t length);
__must_check int mnd_unicode_fold_set(struct mnd_rune_set *set);

#endif /* _MANDATE_REGEX_UNICODE_H */
