// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The decision on a signal from outside.
 */

#include "decide.h"

/**
 * mnd_decide_signal - Decide on a signal from outside
 *
 * @signals: What the target was allowed at its exec: struct
 *	mnd_verdict.signals.
 * @signal: Signal number; 0 is no signal and never in the list.
 *
 * Return: Whether @signal may be sent.
 */
bool mnd_decide_signal(const u64 signals, const int signal)
{
	if (signal < 1 || signal > (int)MND_SIGNAL_MAX)
		return false;
	return signals >> (signal - 1) & 1;
}
