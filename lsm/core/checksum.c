// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The checksum that tells a damaged table from a whole one.
 */

#include "checksum.h"
#include "table.h"

/* CRC-32 (IEEE 802.3, reflected) of the sixteen half bytes. */
static const u32 half_byte[16] = {
	0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
	0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
	0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
};

static u32 add_byte(u32 crc, const u8 byte)
{
	crc ^= byte;
	crc = (crc >> 4) ^ half_byte[crc & 15];
	return (crc >> 4) ^ half_byte[crc & 15];
}

/**
 * mnd_checksum - The checksum that belongs into the header of a table
 *
 * @data: Table, at least a header long.
 * @length: Its length, in bytes.
 *
 * Return: CRC-32 of the table, its checksum field taken as zero.
 */
u32 mnd_checksum(const u8 *const data, const u32 length)
{
	const u32 field = offsetof(struct mnd_header, checksum);
	u32 crc = 0xffffffff;
	u32 i;

	for (i = 0; i < length; i++)
		crc = add_byte(crc, i - field < sizeof(__le32) ? 0 : data[i]);
	return ~crc;
}
