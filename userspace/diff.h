/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What differs in two policies.
 */

#ifndef _MANDATE_DIFF_H
#define _MANDATE_DIFF_H

#include <jansson.h>

json_t *mnd_diff(json_t *a, json_t *b);

#endif /* _MANDATE_DIFF_H */
