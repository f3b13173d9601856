/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names for containers whose source has none, or none that will do.
 */

#ifndef _MANDATE_IMPORT_SUBJECT_NAME_H
#define _MANDATE_IMPORT_SUBJECT_NAME_H

#include "../policy/policy.h"

int mnd_subject_names(struct mnd_arena *arena,
		      struct mnd_subject_source *subjects, size_t count);

#endif /* _MANDATE_IMPORT_SUBJECT_NAME_H */
