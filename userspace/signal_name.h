/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of signals.
 */

#ifndef _MANDATE_SIGNAL_NAME_H
#define _MANDATE_SIGNAL_NAME_H

#include <stddef.h>

/* Room for what mnd_signal_format() writes, the NUL included. */
#define MND_SIGNAL_SIZE 16

int mnd_signal_parse(const char *text);
void mnd_signal_format(int signal, char text[MND_SIGNAL_SIZE]);

#endif /* _MANDATE_SIGNAL_NAME_H */
