/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds out in which language a policy is written.
 */

#ifndef _MANDATE_IMPORT_SOURCE_DETECT_H
#define _MANDATE_IMPORT_SOURCE_DETECT_H

#include "source.h"

int mnd_source_detect(const struct mnd_string_ref *source,
		      enum mnd_language *language, struct mnd_error *error);

#endif /* _MANDATE_IMPORT_SOURCE_DETECT_H */
