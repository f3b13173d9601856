// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Tables of which nothing is known but how many records each section has.
 */

#include "any_table.h"
#include "proof.h"

/* Said once more: the verifier's own list could be wrong. */
static const u32 record_size[__MND_SECTION_MAX] = {
	40, 36, 24, 16, 28, 12,	 12, 56, 8, 24, 8, 24, 24,
	12, 4,	32, 8,	24, 256, 2,  2,	 8, 4,	8, 8,  1,
};

/**
 * make_any_table - Make an unknown table
 *
 * @counts: Number of records of each section.
 *
 * Return: The table.
 */
struct any_table make_any_table(const u32 counts[__MND_SECTION_MAX])
{
	u32 offset[__MND_SECTION_MAX];
	u32 end = sizeof(struct mnd_header);
	struct any_table table;
	struct mnd_header *header;
	u32 i;

	for (i = 0; i < __MND_SECTION_MAX; i++) {
		offset[i] = (end + 7) / 8 * 8;
		end = offset[i] + counts[i] * record_size[i];
	}
	table.length = end;
	table.data = malloc(end);
	make_unknown(table.data, end);
	header = (struct mnd_header *)table.data;
	for (i = 0; i < __MND_SECTION_MAX; i++) {
		header->directory[i].offset = cpu_to_le32(offset[i]);
		header->directory[i].count = cpu_to_le32(counts[i]);
	}
	return table;
}

/**
 * any_table_section - Find a section
 *
 * @table: Table.
 * @section: Section.
 *
 * Return: Its first record.
 */
void *any_table_section(const struct any_table *const table,
			const enum mnd_section section)
{
	const struct mnd_header *const header = (const void *)table->data;

	return table->data + le32_to_cpu(header->directory[section].offset);
}

/**
 * place_strings - Give all strings the same length
 *
 * @table: Table; its text has to be of the size that they need.
 * @length: Of each, without the NUL.
 */
void place_strings(const struct any_table *const table, const u32 length)
{
	const struct mnd_header *const header = (const void *)table->data;
	struct mnd_string *const strings =
		any_table_section(table, MND_SECTION_STRING);
	u32 i;

	for (i = 0;
	     i < le32_to_cpu(header->directory[MND_SECTION_STRING].count);
	     i++) {
		strings[i].offset = cpu_to_le32(i * (length + 1));
		strings[i].length = cpu_to_le32(length);
	}
}

/**
 * copy_section - Copy a section into memory that nothing else is beside
 *
 * @table: Table, on its way through the verifier.
 * @records: The records of the section.
 * @section: Section.
 *
 * Return: The copy.
 */
void *copy_section(const struct mnd_table *const table,
		   const void *const records, const enum mnd_section section)
{
	const size_t size = table->count[section] * record_size[section];
	void *const copy = malloc(size);

	memcpy(copy, records, size);
	return copy;
}
