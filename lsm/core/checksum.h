/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The checksum that tells a damaged table from a whole one.
 */

#ifndef _MANDATE_CORE_CHECKSUM_H
#define _MANDATE_CORE_CHECKSUM_H

#include "deps.h"

u32 mnd_checksum(const u8 *data, u32 length);

#endif /* _MANDATE_CORE_CHECKSUM_H */
