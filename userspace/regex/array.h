/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arrays that grow by doubling.
 */

#ifndef _MANDATE_REGEX_ARRAY_H
#define _MANDATE_REGEX_ARRAY_H

#include "../../lsm/core/deps.h"

__must_check void *mnd_array_grow(void *array, size_t *capacity, size_t need,
				  size_t size);

#endif /* _MANDATE_REGEX_ARRAY_H */
