/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What can be taken from a fragment.
 */

#ifndef _MANDATE_IMPORT_FRAGMENT_INCLUDE_H
#define _MANDATE_IMPORT_FRAGMENT_INCLUDE_H

#include "../../lsm/core/table.h"

u32 mnd_fragment_include(const char *word);

#endif /* _MANDATE_IMPORT_FRAGMENT_INCLUDE_H */
