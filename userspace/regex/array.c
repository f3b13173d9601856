// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Arrays that grow by doubling.
 */

#include <stdlib.h>

#include "array.h"

/**
 * mnd_array_grow - Make room in an array
 *
 * @array: Array from malloc(3), or NULL; the caller keeps owning it.
 * @capacity: Elements it has room for; updated.
 * @need: Elements it must have room for.
 * @size: Bytes of an element.
 *
 * Return: The array, which may have moved, or NULL if memory is short; the
 * old array is then still there.
 */
void *mnd_array_grow(void *array, size_t *capacity, size_t need, size_t size)
{
	size_t count = *capacity ? *capacity : 16;
	void *grown;

	if (need <= *capacity)
		return array;
	while (count < need)
		count *= 2;
	grown = reallocarray(array, count, size);
	if (grown)
		*capacity = count;
	return grown;
}
