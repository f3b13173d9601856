// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a string has to be, in words: as source and as JSON.
 */

#include "matcher_text.h"
#include "../quote.h"

/* Whether a matcher has a string or an expression. */
static bool has_text(u32 matcher)
{
	return matcher != MND_MATCH_ANY && matcher != MND_MATCH_NONE;
}

/**
 * mnd_matcher_is_pattern - Ask whether a matcher is a regular expression
 *
 * @matcher: Matcher.
 *
 * Return: Whether it is.
 */
bool mnd_matcher_is_pattern(u32 matcher)
{
	return has_text(matcher) && (matcher & MND_MATCH_PATTERN);
}

/* Number of the string of a matcher that has one. */
static u32 string_number(const struct mnd_table *table, u32 matcher)
{
	if (!mnd_matcher_is_pattern(matcher))
		return matcher;
	matcher &= ~MND_MATCH_PATTERN;
	return le32_to_cpu(table->patterns[matcher].text);
}

/**
 * mnd_matcher_length - The length of the string or expression of a matcher
 *
 * @table: Verified table.
 * @matcher: Matcher.
 *
 * Return: Bytes without the NUL; 0 for one that has none.
 */
u32 mnd_matcher_length(const struct mnd_table *table, u32 matcher)
{
	if (!has_text(matcher))
		return 0;
	matcher = string_number(table, matcher);
	return le32_to_cpu(table->strings[matcher].length);
}

static const char *key_of(u32 matcher)
{
	if (matcher == MND_MATCH_ANY)
		return "any";
	if (matcher == MND_MATCH_NONE)
		return "none";
	return mnd_matcher_is_pattern(matcher) ? "re2" : "exact";
}

/**
 * mnd_matcher_toml_keys - Print a matcher as the key of a table
 *
 * @stream: Where to.
 * @table: Verified table.
 * @matcher: Matcher.
 */
void mnd_matcher_toml_keys(FILE *stream, const struct mnd_table *table,
			   u32 matcher)
{
	fprintf(stream, "%s = ", key_of(matcher));
	if (has_text(matcher))
		mnd_quote_toml(stream,
			       mnd_string(table,
					  string_number(table, matcher)));
	else
		fputs("true", stream);
}

/**
 * mnd_matcher_toml - Print a matcher
 *
 * @stream: Where to.
 * @table: Verified table.
 * @matcher: Matcher.
 */
void mnd_matcher_toml(FILE *stream, const struct mnd_table *table, u32 matcher)
{
	if (has_text(matcher) && !mnd_matcher_is_pattern(matcher)) {
		mnd_quote_toml(stream, mnd_string(table, matcher));
		return;
	}
	fputs("{ ", stream);
	mnd_matcher_toml_keys(stream, table, matcher);
	fputs(" }", stream);
}

/**
 * mnd_matcher_json_keys - A matcher as an object with one key
 *
 * @table: Verified table.
 * @matcher: Matcher.
 *
 * Return: {"exact": ...}, {"re2": ...}, {"any": true} or {"none": true}; NULL
 * if out of memory.
 */
json_t *mnd_matcher_json_keys(const struct mnd_table *table, u32 matcher)
{
	const char *text;

	if (!has_text(matcher))
		return json_pack("{so}", key_of(matcher), json_true());
	text = mnd_string(table, string_number(table, matcher));
	return json_pack("{so}", key_of(matcher), mnd_quote_json(text));
}

/**
 * mnd_matcher_json - A matcher as in a policy, but in JSON
 *
 * @table: Verified table.
 * @matcher: Matcher.
 *
 * Return: A string, {"re2": ...}, {"any": true} or {"none": true}; NULL if out
 * of memory.
 */
json_t *mnd_matcher_json(const struct mnd_table *table, u32 matcher)
{
	if (has_text(matcher) && !mnd_matcher_is_pattern(matcher))
		return mnd_quote_json(mnd_string(table, matcher));
	return mnd_matcher_json_keys(table, matcher);
}
