/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Versions of hcsshim's framework and of its interface.
 */

#ifndef _MANDATE_IMPORT_HCSSHIM_VERSION_H
#define _MANDATE_IMPORT_HCSSHIM_VERSION_H

#include "../../lsm/core/deps.h"

/* A version as a number that is greater the newer it is. */
#define MND_HCSSHIM_VERSION_BITS 20
#define MND_HCSSHIM_VERSION(major, minor, patch)        \
	((u64)(major) << 2 * MND_HCSSHIM_VERSION_BITS | \
	 (u64)(minor) << MND_HCSSHIM_VERSION_BITS | (patch))

/* The version of the framework whose meaning is imported. */
#define MND_FRAMEWORK_VERSION MND_HCSSHIM_VERSION(0, 5, 0)

/* Room for what mnd_hcsshim_version_write() writes. */
#define MND_HCSSHIM_VERSION_SIZE 24

bool mnd_hcsshim_version_parse(const char *text, u64 *version);
const char *mnd_hcsshim_version_write(u64 version,
				      char text[MND_HCSSHIM_VERSION_SIZE]);

#endif /* _MANDATE_IMPORT_HCSSHIM_VERSION_H */
