// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rules about whole strings of an environment as rules about name and value.
 * Policies give each container variables of its own with values like those of
 * others: apart, the values are in the table once, and a string is compared
 * with its name before any automaton reads it.
 */

#include "divide_variable.h"

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_name_character(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

/* The class that begins behind a "[", or 0 if it is not a simple one. */
static size_t class_length(const char *text, size_t length)
{
	size_t i = length && text[0] == '^';
	const size_t first = i;

	while (i < length && text[i] != ']' && text[i] != '[' &&
	       text[i] != '\\')
		i++;
	return i > first && i < length && text[i] == ']' ? i + 1 : 0;
}

static size_t escape_length(const char *text, size_t length)
{
	if (!length || is_name_character(text[0]))
		return length && strchr("dDsSwW", text[0]) ? 1 : 0;
	return (unsigned char)text[0] < 0x80;
}

/* What is behind a "(" is simple unless it changes what follows. */
static bool is_simple_group(const char *text, size_t length)
{
	return !length || text[0] != '?' || (length > 1 && text[1] == ':');
}

/*
 * Whether an expression means the same behind "NAME=" and alone: it repeats
 * nothing that is before it, is no alternative to it, and does not ask what is
 * before it.  Only what is plain to see is taken for that.
 */
static bool stands_alone(const char *text, size_t length)
{
	unsigned int depth = 0;
	size_t i, skip;

	if (!length || strchr("*+?{", text[0]))
		return false;
	for (i = 0; i < length; i += skip) {
		const char *rest = text + i + 1;
		const size_t left = length - i - 1;

		skip = 1;
		switch (text[i]) {
		case '(':
			if (!is_simple_group(rest, left))
				return false;
			depth++;
			break;
		case ')':
			if (!depth--)
				return false;
			break;
		case '[':
			skip = class_length(rest, left);
			if (!skip++)
				return false;
			break;
		case '\\':
			skip = escape_length(rest, left);
			if (!skip++)
				return false;
			break;
		case '|':
			if (!depth)
				return false;
			break;
		case '^':
		case '$':
			return false;
		}
	}
	return !depth;
}

/* The length of the name that every string has that is like @rule. */
static bool find_name(const struct mnd_match_rule *rule, size_t *length)
{
	const char *end = memchr(rule->text, '=', rule->length);
	size_t i;

	if (!end)
		return false;
	*length = (size_t)(end - rule->text);
	if (rule->matching == MND_MATCHING_EXACT)
		return true;
	for (i = 0; i < *length; i++)
		if (!is_name_character(rule->text[i]))
			return false;
	return stands_alone(end + 1, rule->length - *length - 1);
}

/**
 * mnd_divide_variable - A rule about name and value that says the same
 *
 * @rule: Rule; if it is about a whole string, an expression that is valid.
 *
 * Return: A rule with the texts of @rule in it, which is @rule itself if that
 * is about name and value or cannot be divided.
 */
struct mnd_variable_rule
mnd_divide_variable(const struct mnd_variable_rule *rule)
{
	struct mnd_variable_rule divided = *rule;
	size_t length;

	if (!rule->whole)
		return divided;
	if (rule->value.matching != MND_MATCHING_EXACT &&
	    rule->value.matching != MND_MATCHING_RE2)
		return divided;
	if (!find_name(&rule->value, &length))
		return divided;
	divided.whole = false;
	divided.name = rule->value;
	divided.name.matching = MND_MATCHING_EXACT;
	divided.name.length = length;
	divided.value.text += length + 1;
	divided.value.length -= length + 1;
	return divided;
}
