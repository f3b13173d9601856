// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Versions of hcsshim's framework and of its interface.
 */

#include <stdio.h>

#include "hcsshim_version.h"

#define PARTS 3
#define PART_MASK ((1U << MND_HCSSHIM_VERSION_BITS) - 1)

static bool take_part(const char **text, u64 *part)
{
	if (**text < '0' || **text > '9')
		return false;
	*part = 0;
	while (**text >= '0' && **text <= '9') {
		*part = *part * 10 + (u64)(*(*text)++ - '0');
		if (*part > PART_MASK)
			return false;
	}
	return true;
}

/**
 * mnd_hcsshim_version_parse - Parse a version
 *
 * @text: Three numbers with dots between them.
 * @version: Written: the version, as MND_HCSSHIM_VERSION() makes it.
 *
 * Return: Whether it is one.
 */
bool mnd_hcsshim_version_parse(const char *text, u64 *version)
{
	u64 part;
	size_t i;

	*version = 0;
	for (i = 0; i < PARTS; i++) {
		if (i && *text++ != '.')
			return false;
		if (!take_part(&text, &part))
			return false;
		*version = *version << MND_HCSSHIM_VERSION_BITS | part;
	}
	return !*text;
}

/**
 * mnd_hcsshim_version_write - Write a version
 *
 * @version: Version.
 * @text: Written.
 *
 * Return: @text.
 */
const char *mnd_hcsshim_version_write(u64 version,
				      char text[MND_HCSSHIM_VERSION_SIZE])
{
	snprintf(text, MND_HCSSHIM_VERSION_SIZE, "%u.%u.%u",
		 (u32)(version >> 2 * MND_HCSSHIM_VERSION_BITS) & PART_MASK,
		 (u32)(version >> MND_HCSSHIM_VERSION_BITS) & PART_MASK,
		 (u32)version & PART_MASK);
	return text;
}
