// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Security version numbers of fragments, as they are written: a number, or, in
 * old fragments, three of them with dots.
 */

#include "fragment_svn.h"

/* Digits without zeros in front. */
struct digits {
	const char *text;
	size_t length;
};

/* A number as it was written, of any size. */
struct decimal {
	bool is_negative;
	struct digits whole;
	struct digits fraction; /* without zeros at the end */
};

#define VERSION_PARTS 3

static struct digits take_digits(const char **text)
{
	struct digits digits = { *text, strspn(*text, "0123456789") };

	*text += digits.length;
	return digits;
}

static void trim_front(struct digits *digits)
{
	while (digits->length && *digits->text == '0') {
		digits->text++;
		digits->length--;
	}
}

static void trim_end(struct digits *digits)
{
	while (digits->length && digits->text[digits->length - 1] == '0')
		digits->length--;
}

static int compare_whole(const struct digits *a, const struct digits *b)
{
	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return memcmp(a->text, b->text, a->length);
}

static int compare_fraction(const struct digits *a, const struct digits *b)
{
	const size_t length = a->length < b->length ? a->length : b->length;
	const int order = memcmp(a->text, b->text, length);

	if (order || a->length == b->length)
		return order;
	return a->length < b->length ? -1 : 1;
}

static bool is_zero(const struct decimal *decimal)
{
	return !decimal->whole.length && !decimal->fraction.length;
}

static bool read_decimal(const char *text, struct decimal *decimal)
{
	memset(decimal, 0, sizeof(*decimal));
	decimal->is_negative = *text == '-';
	text += *text == '-' || *text == '+';
	decimal->whole = take_digits(&text);
	if (!decimal->whole.length)
		return false;
	decimal->fraction.text = text;
	if (*text == '.') {
		text++;
		decimal->fraction = take_digits(&text);
		if (!decimal->fraction.length)
			return false;
	}
	trim_front(&decimal->whole);
	trim_end(&decimal->fraction);
	if (is_zero(decimal))
		decimal->is_negative = false;
	return !*text;
}

static int compare_decimals(const struct decimal *a, const struct decimal *b)
{
	int order;

	if (a->is_negative != b->is_negative)
		return a->is_negative ? -1 : 1;
	order = compare_whole(&a->whole, &b->whole);
	if (!order)
		order = compare_fraction(&a->fraction, &b->fraction);
	return a->is_negative ? -order : order;
}

static bool read_version(const char *text, struct digits parts[VERSION_PARTS])
{
	size_t i;

	for (i = 0; i < VERSION_PARTS; i++) {
		if (i && *text++ != '.')
			return false;
		parts[i] = take_digits(&text);
		if (!parts[i].length)
			return false;
		trim_front(&parts[i]);
	}
	return !*text;
}

static int compare_versions(const struct digits a[VERSION_PARTS],
			    const struct digits b[VERSION_PARTS])
{
	int order = 0;
	size_t i;

	for (i = 0; !order && i < VERSION_PARTS; i++)
		order = compare_whole(&a[i], &b[i]);
	return order;
}

/**
 * mnd_svn_is_enough - Compare a security version number with the least one
 *
 * @svn: Number.
 * @minimum: Least number.
 *
 * Return: Whether both are written in the same way, and @svn is not less.
 */
bool mnd_svn_is_enough(const char *svn, const char *minimum)
{
	struct digits version[VERSION_PARTS], least_version[VERSION_PARTS];
	struct decimal number, least;

	if (read_version(svn, version) && read_version(minimum, least_version))
		return compare_versions(version, least_version) >= 0;
	return read_decimal(svn, &number) && read_decimal(minimum, &least) &&
	       compare_decimals(&number, &least) >= 0;
}

/**
 * mnd_svn_is_same - Compare two security version numbers
 *
 * @a: One.
 * @b: The other.
 *
 * Return: Whether they are the same number; one with dots is none.
 */
bool mnd_svn_is_same(const char *a, const char *b)
{
	struct decimal x, y;

	return read_decimal(a, &x) && read_decimal(b, &y) &&
	       !compare_decimals(&x, &y);
}
