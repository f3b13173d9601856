/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of capabilities.
 */

#ifndef _MANDATE_CAPABILITY_NAME_H
#define _MANDATE_CAPABILITY_NAME_H

#include "../lsm/core/table.h"

/* Room for what mnd_capability_format() writes, the NUL included. */
#define MND_CAPABILITY_SIZE 32

int mnd_capability_number(const char *name);
int mnd_capability_parse(const char *text);
void mnd_capability_format(int capability, char text[MND_CAPABILITY_SIZE]);

#endif /* _MANDATE_CAPABILITY_NAME_H */
