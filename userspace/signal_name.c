// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names of signals.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lsm/core/table.h"
#include "signal_name.h"

/**
 * mnd_signal_parse - Read a signal
 *
 * @text: A name as "TERM" or "SIGTERM", or a number from 1 to 64.  "IO" is
 *	"POLL".
 *
 * Return: The signal's number, or -EINVAL.
 */
int mnd_signal_parse(const char *text)
{
	const char *name = strncmp(text, "SIG", 3) ? text : text + 3;
	const char *known;
	char *end;
	long number;
	int i;

	if (!strcmp(name, "IO"))
		name = "POLL";
	for (i = 1; i <= (int)MND_SIGNAL_MAX; i++) {
		known = sigabbrev_np(i);
		if (known && !strcmp(known, name))
			return i;
	}
	if (*text < '0' || *text > '9')
		return -EINVAL;
	number = strtol(text, &end, 10);
	if (*end || number < 1 || number > (long)MND_SIGNAL_MAX)
		return -EINVAL;
	return (int)number;
}

/**
 * mnd_signal_format - Write a signal
 *
 * @signal: Number, from 1 to 64.
 * @text: Written: a name as "TERM", or the number if it has none.
 */
void mnd_signal_format(int signal, char text[MND_SIGNAL_SIZE])
{
	const char *known = sigabbrev_np(signal);

	if (known)
		snprintf(text, MND_SIGNAL_SIZE, "%s", known);
	else
		snprintf(text, MND_SIGNAL_SIZE, "%d", signal);
}
