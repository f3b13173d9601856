// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Words for the small things in a table: matchers, options, signals, classes.
 */

#include "matcher_text.h"
#include "quote.h"
#include "signal_name.h"

const struct mnd_option_name mnd_option_names[MND_OPTION_COUNT] = {
	{ "nodev", MND_MOUNT_NODEV },
	{ "noexec", MND_MOUNT_NOEXEC },
	{ "nosuid", MND_MOUNT_NOSUID },
	{ "nosymfollow", MND_MOUNT_NOSYMFOLLOW },
	{ "ro", MND_MOUNT_RO },
};

/**
 * mnd_matcher_is_pattern - Ask whether a matcher is a regular expression
 *
 * @matcher: Matcher.
 *
 * Return: Whether it is.
 */
bool mnd_matcher_is_pattern(u32 matcher)
{
	return matcher != MND_MATCH_ANY && (matcher & MND_MATCH_PATTERN);
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
 * mnd_matcher_length - The length of what mnd_matcher_string() gives
 *
 * @table: Verified table.
 * @matcher: Matcher.
 *
 * Return: Bytes without the NUL; 0 for one that takes anything.
 */
u32 mnd_matcher_length(const struct mnd_table *table, u32 matcher)
{
	if (matcher == MND_MATCH_ANY)
		return 0;
	matcher = string_number(table, matcher);
	return le32_to_cpu(table->strings[matcher].length);
}

/**
 * mnd_matcher_string - The string or expression of a matcher
 *
 * @table: Verified table.
 * @matcher: Matcher.
 *
 * Return: Its text; NULL for one that takes anything.
 */
const char *mnd_matcher_string(const struct mnd_table *table, u32 matcher)
{
	if (matcher == MND_MATCH_ANY)
		return NULL;
	return mnd_string(table, string_number(table, matcher));
}

/**
 * mnd_matcher_json - A matcher as in a policy, but in JSON
 *
 * @table: Verified table.
 * @matcher: Matcher.
 *
 * Return: A string, {"re2": ...} or {"any": true}; NULL if out of memory.
 */
json_t *mnd_matcher_json(const struct mnd_table *table, u32 matcher)
{
	const char *text = mnd_matcher_string(table, matcher);

	if (!text)
		return json_pack("{sb}", "any", true);
	if (!mnd_matcher_is_pattern(matcher))
		return mnd_quote_json(text);
	return json_pack("{so}", "re2", mnd_quote_json(text));
}

/**
 * mnd_options_json - Names of mount options
 *
 * @flags: MND_MOUNT_*.
 *
 * Return: An array of strings; NULL if out of memory.
 */
json_t *mnd_options_json(u32 flags)
{
	json_t *array = json_array();
	const struct mnd_option_name *option = mnd_option_names;
	size_t i;

	for (i = 0; i < MND_OPTION_COUNT; i++, option++)
		if (flags & option->flag)
			json_array_append_new(array, json_string(option->name));
	return array;
}

/**
 * mnd_signals_json - Names of signals
 *
 * @signals: As in struct mnd_process.
 *
 * Return: An array of strings; NULL if out of memory.
 */
json_t *mnd_signals_json(u64 signals)
{
	json_t *array = json_array();
	char name[MND_SIGNAL_SIZE];
	int i;

	for (i = 1; i <= (int)MND_SIGNAL_MAX; i++) {
		if (!(signals >> (i - 1) & 1))
			continue;
		mnd_signal_format(i, name);
		json_array_append_new(array, json_string(name));
	}
	return array;
}

/**
 * mnd_class_name - What a policy calls the class of a subject
 *
 * @subject: Subject of a verified table.
 *
 * Return: A word.
 */
const char *mnd_class_name(const struct mnd_subject *subject)
{
	switch ((enum mnd_class)le16_to_cpu(subject->class)) {
	case MND_CLASS_VERIFIED:
		return "verified";
	case MND_CLASS_LISTED:
		return "listed";
	case MND_CLASS_FREE:
	case __MND_CLASS_MAX:
		break;
	}
	return le16_to_cpu(subject->kind) == MND_KIND_UVM ? "free" : "any";
}
