/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table taken apart, so that a test can change or lengthen one section, and
 * put it together again with a good header.
 */

#ifndef _MANDATE_UNIT_TABLE_PARTS_H
#define _MANDATE_UNIT_TABLE_PARTS_H

#include <stdlib.h>

#include "../../lsm/core/checksum.h"
#include "../../lsm/core/verify.h"

struct part {
	u8 *bytes;
	u32 count;
};

struct parts {
	struct part part[__MND_SECTION_MAX];
};

static const u32 part_sizes[__MND_SECTION_MAX] = {
	[MND_SECTION_POLICY] = sizeof(struct mnd_policy),
	[MND_SECTION_SUBJECT] = sizeof(struct mnd_subject),
	[MND_SECTION_PROCESS] = sizeof(struct mnd_process),
	[MND_SECTION_MOUNT] = sizeof(struct mnd_mount),
	[MND_SECTION_CONTEXT] = sizeof(struct mnd_context),
	[MND_SECTION_IDENTITY] = sizeof(struct mnd_identity),
	[MND_SECTION_PRINCIPAL] = sizeof(struct mnd_principal),
	[MND_SECTION_CAPABILITIES] = sizeof(struct mnd_capabilities),
	[MND_SECTION_VARIABLE] = sizeof(struct mnd_variable),
	[MND_SECTION_VOLUME] = sizeof(struct mnd_volume),
	[MND_SECTION_PLATFORM] = sizeof(struct mnd_platform),
	[MND_SECTION_FRAGMENT] = sizeof(struct mnd_fragment),
	[MND_SECTION_TRUST_LIST] = sizeof(struct mnd_trust_list),
	[MND_SECTION_LIST] = sizeof(struct mnd_list),
	[MND_SECTION_WORD] = sizeof(__le32),
	[MND_SECTION_DIGEST] = MND_HASH_SIZE,
	[MND_SECTION_PATTERN] = sizeof(struct mnd_pattern),
	[MND_SECTION_AUTOMATON] = sizeof(struct mnd_automaton),
	[MND_SECTION_CLASS] = 256,
	[MND_SECTION_CELL] = sizeof(__le16),
	[MND_SECTION_ACCEPT] = sizeof(__le16),
	[MND_SECTION_SET] = sizeof(struct mnd_span),
	[MND_SECTION_MEMBER] = sizeof(__le32),
	[MND_SECTION_POSITION] = sizeof(struct mnd_position),
	[MND_SECTION_STRING] = sizeof(struct mnd_string),
	[MND_SECTION_TEXT] = 1,
};

static inline void take_apart(struct parts *parts, const u8 *table)
{
	const struct mnd_header *header = (const void *)table;
	u32 i, offset, size;

	for (i = 0; i < __MND_SECTION_MAX; i++) {
		struct part *part = &parts->part[i];

		offset = le32_to_cpu(header->directory[i].offset);
		part->count = le32_to_cpu(header->directory[i].count);
		size = part->count * part_sizes[i];
		part->bytes = malloc(size + 1UL);
		assert_non_null(part->bytes);
		memcpy(part->bytes, table + offset, size);
	}
}

static inline void free_parts(struct parts *parts)
{
	u32 i;

	for (i = 0; i < __MND_SECTION_MAX; i++)
		free(parts->part[i].bytes);
}

/* Adds records that are all zero; returns the first of them. */
static inline void *append_records(struct parts *parts,
				   enum mnd_section section, u32 count)
{
	struct part *part = &parts->part[section];
	const size_t size = part_sizes[section];
	u8 *end;

	part->bytes = realloc(part->bytes, (part->count + count) * size + 1);
	assert_non_null(part->bytes);
	end = part->bytes + part->count * size;
	memset(end, 0, count * size);
	part->count += count;
	return end;
}

static inline void set_checksum(u8 *table)
{
	struct mnd_header *header = (void *)table;

	header->checksum = 0;
	header->checksum =
		cpu_to_le32(mnd_checksum(table, le32_to_cpu(header->length)));
}

/* The table, to be freed. */
static inline u8 *put_together(const struct parts *parts, u32 *length)
{
	struct mnd_header *header;
	size_t end = sizeof(*header);
	u32 i;

	for (i = 0; i < __MND_SECTION_MAX; i++)
		end = ((end + 7) & ~7UL) +
		      (size_t)parts->part[i].count * part_sizes[i];
	*length = (u32)end;
	header = calloc(1, end + 8);
	assert_non_null(header);
	memcpy(header->magic, MND_TABLE_MAGIC, MND_TABLE_MAGIC_SIZE);
	header->abi = cpu_to_le32(MND_TABLE_ABI);
	header->length = cpu_to_le32(*length);
	header->sections = cpu_to_le32(__MND_SECTION_MAX);
	end = sizeof(*header);
	for (i = 0; i < __MND_SECTION_MAX; i++) {
		const struct part *part = &parts->part[i];

		end = (end + 7) & ~7UL;
		header->directory[i].offset = cpu_to_le32((u32)end);
		header->directory[i].count = cpu_to_le32(part->count);
		memcpy((u8 *)header + end, part->bytes,
		       (size_t)part->count * part_sizes[i]);
		end += (size_t)part->count * part_sizes[i];
	}
	set_checksum((u8 *)header);
	return (u8 *)header;
}

#endif /* _MANDATE_UNIT_TABLE_PARTS_H */
