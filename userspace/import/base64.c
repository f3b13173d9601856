// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads base64 as RFC 4648 has it, section 4, but for ends of lines.
 */

#include "base64.h"

/* The six bits that @c stands for, or -1. */
static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+')
		return 62;
	return c == '/' ? 63 : -1;
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/**
 * mnd_is_base64 - Ask whether a text can be base64
 *
 * @text: Text.
 *
 * Return: Whether there is something in it, and nothing but what base64 has.
 */
bool mnd_is_base64(const struct mnd_string_ref *text)
{
	size_t digits = 0;
	size_t i;

	for (i = 0; i < text->length; i++) {
		if (value_of(text->text[i]) >= 0)
			digits++;
		else if (text->text[i] != '=' && !is_line_end(text->text[i]))
			return false;
	}
	return digits;
}

/* Bits of a text, and how many of its characters were padding. */
struct bits {
	u32 bits;
	size_t digits;
	size_t padding;
};

static bool take(struct bits *bits, char c, unsigned char *bytes, size_t *used)
{
	const int value = c == '=' ? 0 : value_of(c);

	if (value < 0 || (bits->padding && c != '='))
		return false;
	bits->padding += c == '=';
	bits->bits = bits->bits << 6 | (u32)value;
	if (++bits->digits % 4)
		return true;
	bytes[(*used)++] = (unsigned char)(bits->bits >> 16);
	bytes[(*used)++] = (unsigned char)(bits->bits >> 8);
	bytes[(*used)++] = (unsigned char)bits->bits;
	return true;
}

/* Padding stands for bytes that are not there, and whose bits are zero. */
static bool is_complete(const struct bits *bits)
{
	return bits->digits % 4 == 0 && bits->padding <= 2 &&
	       !(bits->bits & ((1U << 8 * bits->padding) - 1));
}

/**
 * mnd_base64_decode - Decode a text
 *
 * @arena: Owns what it stands for.
 * @text: Text.
 * @decoded: Written: the bytes, with a NUL behind them.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no base64.
 * - -ENOMEM: Out of memory.
 */
int mnd_base64_decode(struct mnd_arena *arena,
		      const struct mnd_string_ref *text,
		      struct mnd_string_ref *decoded)
{
	struct bits bits = { 0 };
	unsigned char *bytes;
	size_t used = 0;
	size_t i;

	bytes = mnd_arena_alloc(arena, text->length / 4 + 1, 3);
	if (!bytes)
		return -ENOMEM;
	for (i = 0; i < text->length; i++)
		if (!is_line_end(text->text[i]) &&
		    !take(&bits, text->text[i], bytes, &used))
			return -EINVAL;
	if (!is_complete(&bits))
		return -EINVAL;
	decoded->length = used - bits.padding;
	decoded->text = (const char *)bytes;
	bytes[decoded->length] = '\0';
	return 0;
}
