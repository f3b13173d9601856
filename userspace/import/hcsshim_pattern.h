/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Expressions that are not used as they were written.
 */

#ifndef _MANDATE_IMPORT_HCSSHIM_PATTERN_H
#define _MANDATE_IMPORT_HCSSHIM_PATTERN_H

#include "hcsshim.h"

int mnd_hcsshim_search(struct mnd_import *import,
		       const struct mnd_text *written,
		       const struct mnd_text *text,
		       struct mnd_match_rule *rule);

#endif /* _MANDATE_IMPORT_HCSSHIM_PATTERN_H */
