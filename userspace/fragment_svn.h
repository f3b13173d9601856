/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Security version numbers of fragments, as they are written.
 */

#ifndef _MANDATE_FRAGMENT_SVN_H
#define _MANDATE_FRAGMENT_SVN_H

#include "../lsm/core/deps.h"

bool mnd_svn_is_enough(const char *svn, const char *minimum);
bool mnd_svn_is_same(const char *a, const char *b);

#endif /* _MANDATE_FRAGMENT_SVN_H */
