/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Digests of OCI seccomp profiles.
 */

#ifndef _MANDATE_IMPORT_SECCOMP_PROFILE_H
#define _MANDATE_IMPORT_SECCOMP_PROFILE_H

#include "hcsshim.h"

int mnd_seccomp_profile_digest(struct mnd_import *import,
			       const struct mnd_string_ref *text,
			       const struct mnd_place *place,
			       const char **digest);

#endif /* _MANDATE_IMPORT_SECCOMP_PROFILE_H */
