// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * UTF-8: one code point out of a text, and a range of code points as ranges
 * of bytes.
 */

#include "utf8.h"

/* Last code point that one, two, three and four bytes encode. */
static const u32 longest[MND_UTF8_MAX] = { 0x7f, 0x7ff, 0xffff, 0x10ffff };

#define SURROGATE_FIRST 0xd800
#define SURROGATE_LAST 0xdfff

static bool is_surrogate(u32 rune)
{
	return rune >= SURROGATE_FIRST && rune <= SURROGATE_LAST;
}

/**
 * mnd_utf8_decode - Read one code point
 *
 * Only the shortest encoding of a code point that is no surrogate is valid.
 *
 * @text: Text.
 * @length: Bytes of @text.
 * @rune: Where the code point goes.
 *
 * Return: How many bytes it takes, or 0 if @text is empty or does not start
 * with a valid encoding.
 */
size_t mnd_utf8_decode(const char *text, size_t length, u32 *rune)
{
	const u8 *byte = (const u8 *)text;
	size_t size, i;

	if (!length)
		return 0;
	if (byte[0] < 0x80)
		size = 1;
	else if (byte[0] >= 0xc2 && byte[0] < 0xe0)
		size = 2;
	else if (byte[0] >= 0xe0 && byte[0] < 0xf0)
		size = 3;
	else if (byte[0] >= 0xf0 && byte[0] < 0xf5)
		size = 4;
	else
		return 0;
	if (size > length)
		return 0;
	*rune = size == 1 ? byte[0] : byte[0] & (0x7f >> size);
	for (i = 1; i < size; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 0;
		*rune = *rune << 6 | (byte[i] & 0x3f);
	}
	if (size > 1 && *rune <= longest[size - 2])
		return 0;
	if (*rune > longest[size - 1] || is_surrogate(*rune))
		return 0;
	return size;
}

static void encode(u32 rune, unsigned int length, u8 *byte)
{
	static const u8 lead[MND_UTF8_MAX] = { 0x00, 0xc0, 0xe0, 0xf0 };
	unsigned int i;

	for (i = length - 1; i > 0; i--) {
		byte[i] = 0x80 | (rune & 0x3f);
		rune >>= 6;
	}
	byte[0] = lead[length - 1] | rune;
}

/**
 * mnd_utf8_next_block - Take the next block of encodings off a range
 *
 * Called until it returns false, it gives all valid encodings of a range of
 * code points once, in order.  Two blocks that share their first bytes share
 * them exactly: at the first place where they differ, they are disjoint.
 *
 * @first: First code point of what is left of the range; moved on.
 * @last: Last code point of the range.
 * @block: Where the block goes.
 *
 * Return: false if nothing was left.
 */
bool mnd_utf8_next_block(u32 *first, u32 last, struct mnd_utf8_block *block)
{
	unsigned int length = 1, i;
	u32 start, end, mask;

	start = is_surrogate(*first) ? SURROGATE_LAST + 1 : *first;
	if (start > last)
		return false;
	while (start > longest[length - 1])
		length++;
	end = last < longest[length - 1] ? last : longest[length - 1];
	if (start < SURROGATE_FIRST && end >= SURROGATE_FIRST)
		end = SURROGATE_FIRST - 1;

	/* Below a byte that varies, all continuation bytes must be possible. */
	for (i = 1; i < length; i++) {
		mask = (1u << (6 * i)) - 1;
		if ((start & ~mask) == (end & ~mask))
			break;
		if (start & mask)
			end = start | mask;
		else if ((end & mask) != mask)
			end = (end & ~mask) - 1;
	}
	block->length = length;
	encode(start, length, block->low);
	encode(end, length, block->high);
	*first = end + 1;
	return true;
}
