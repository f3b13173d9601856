// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whether the source that a table is shown as says all of it.  A table that the
 * kernel takes need not be one that the compiler makes: its automata can be
 * others than those of its patterns, and its rules have flags that the language
 * has no words for.
 */

#include <stdlib.h>

#include "../../lsm/core/verify.h"
#include "../compile/compile.h"
#include "round_trip.h"

/* Where a section begins; for the one behind the last, where the table ends. */
static u32 section_start(const struct mnd_table *table, u32 section)
{
	const struct mnd_header *header = (const void *)table->data;

	if (section == __MND_SECTION_MAX)
		return table->length;
	return le32_to_cpu(header->directory[section].offset);
}

/* As long as the counts are equal, so is the padding, which is zero. */
static bool same_section(const struct mnd_table *a, const struct mnd_table *b,
			 u32 section)
{
	const u32 start_a = section_start(a, section);
	const u32 start_b = section_start(b, section);

	return a->count[section] == b->count[section] &&
	       !memcmp(a->data + start_a, b->data + start_b,
		       section_start(a, section + 1) - start_a);
}

/* Where rules were written is not part of what they say. */
static bool same_table(const struct mnd_table *a, const struct mnd_table *b)
{
	u32 i;

	for (i = 0; i < __MND_SECTION_MAX; i++)
		if (i != MND_SECTION_POSITION && !same_section(a, b, i))
			return false;
	return true;
}

/**
 * mnd_round_trip - Ask whether a source makes a table
 *
 * @table: Verified table.
 * @text: Source.
 * @length: Of @text, in bytes.
 * @error: Written after an error.
 *
 * Return: 0 if it makes the same table, but for where rules were written, or:
 *
 * - -EINVAL: It is no policy, or makes another table.
 * - -E2BIG: It is larger than a source or a table may be.
 * - -ENOMEM: Out of memory.
 * - -EPROTO: The compiler made a table that the kernel would refuse.
 */
int mnd_round_trip(const struct mnd_table *table, const char *text,
		   size_t length, struct mnd_error *error)
{
	const struct mnd_string_ref source = { text, length };
	struct mnd_table again;
	struct mnd_fault fault;
	u8 *bytes;
	u32 size;
	int err;

	err = mnd_compile_source(&source, true, &bytes, &size, error);
	if (err)
		return err;
	if (mnd_table_verify(&again, bytes, size, &fault) ||
	    !same_table(table, &again))
		err = mnd_fail(error, 0, 0, "it makes another table");
	free(bytes);
	return err;
}
