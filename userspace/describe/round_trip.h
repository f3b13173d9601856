/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the source that a table is shown as says all of it.
 */

#ifndef _MANDATE_ROUND_TRIP_H
#define _MANDATE_ROUND_TRIP_H

#include "../../lsm/core/table.h"
#include "../error.h"

int mnd_round_trip(const struct mnd_table *table, const char *text,
		   size_t length, struct mnd_error *error);

#endif /* _MANDATE_ROUND_TRIP_H */
