// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What only an agent's requests are judged by, as source.
 */

#include "describer.h"
#include "../policy/word.h"
#include "../quote.h"

static void print_string(FILE *stream, const struct mnd_table *table,
			 const char *key, __le32 string)
{
	fprintf(stream, "%s = ", key);
	mnd_quote_toml(stream, mnd_string(table, le32_to_cpu(string)));
	putc('\n', stream);
}

/* A list that is longer than its set names the first one again. */
static void print_strings(FILE *stream, const struct mnd_table *table,
			  const char *key, __le32 list, u32 length)
{
	const __le32 *words = mnd_list_words(table, list);
	const u32 count = mnd_list_count(table, list);
	u32 word, i;

	fprintf(stream, "%s = [", key);
	for (i = 0; count && (i < count || i < length) && !ferror(stream);
	     i++) {
		fputs(i ? ", " : "", stream);
		word = le32_to_cpu(words[i < count ? i : 0]);
		mnd_quote_toml(stream, mnd_string(table, word));
	}
	fputs("]\n", stream);
}

static bool is_default(const struct mnd_policy *policy)
{
	enum mnd_point point;

	for (point = 0; point < __MND_POINT_MAX; point++)
		if (policy->answers[point] != mnd_default_answer(point))
			return false;
	return !policy->flags;
}

/**
 * mnd_print_requests - Print what requests are answered by
 *
 * @stream: Where to.
 * @table: Verified table.
 */
void mnd_print_requests(FILE *stream, const struct mnd_table *table)
{
	const struct mnd_policy *policy = table->policy;
	const u32 flags = le32_to_cpu(policy->flags);
	enum mnd_point point;
	size_t i;

	if (is_default(policy))
		return;
	fputs("\n[requests]\n", stream);
	for (i = 0; i < MND_REQUEST_FLAG_COUNT; i++)
		if (flags & mnd_request_flags[i].flag)
			fprintf(stream, "%s = true\n",
				mnd_request_flags[i].name);
	for (point = 0; point < __MND_POINT_MAX; point++)
		if (policy->answers[point] != mnd_default_answer(point))
			fprintf(stream, "%s = \"%s\"\n", mnd_point_words[point],
				mnd_answer_words[policy->answers[point]]);
}

/**
 * mnd_print_volumes - Print a list of volumes
 *
 * @stream: Where to.
 * @table: Verified table.
 * @list: List of volumes.
 * @header: Name of the table that they are in.
 */
void mnd_print_volumes(FILE *stream, const struct mnd_table *table, u32 list,
		       const char *header)
{
	const __le32 *words = mnd_list_words(table, cpu_to_le32(list));
	const u32 count = mnd_list_count(table, cpu_to_le32(list));
	const struct mnd_volume *volume;
	u32 i;

	for (i = 0; i < count && !ferror(stream); i++) {
		volume = &table->volumes[le32_to_cpu(words[i])];
		fprintf(stream, "\n[[%s.volume]]\n", header);
		print_string(stream, table, "type", volume->type);
		print_string(stream, table, "destination", volume->destination);
		print_string(stream, table, "source", volume->source);
		print_strings(stream, table, "options", volume->options,
			      le32_to_cpu(volume->length));
	}
}

static void print_platforms(FILE *stream, const struct mnd_table *table)
{
	const struct mnd_platform *platform = table->platforms;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_PLATFORM] && !ferror(stream);
	     i++, platform++) {
		fputs("\n[[platform]]\n", stream);
		mnd_print_variables(stream, table,
				    le32_to_cpu(platform->variables));
		mnd_print_volumes(stream, table, le32_to_cpu(platform->volumes),
				  "platform");
	}
}

static void print_includes(FILE *stream, u32 includes)
{
	const char *separator = "";
	size_t i;

	fputs("include = [", stream);
	for (i = 0; i < MND_INCLUDE_COUNT; i++) {
		if (!(includes & mnd_include_words[i].flag))
			continue;
		fprintf(stream, "%s\"%s\"", separator,
			mnd_include_words[i].name);
		separator = ", ";
	}
	fputs("]\n", stream);
}

static void print_fragments(FILE *stream, const struct mnd_table *table)
{
	const struct mnd_fragment *fragment = table->fragments;
	const char *parameters;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_FRAGMENT] && !ferror(stream);
	     i++, fragment++) {
		fputs("\n[[fragment]]\n", stream);
		print_string(stream, table, "issuer", fragment->issuer);
		print_string(stream, table, "feed", fragment->feed);
		print_string(stream, table, "minimum_svn",
			     fragment->minimum_svn);
		print_includes(stream, le32_to_cpu(fragment->includes));
		if (mnd_list_count(table, fragment->receipts))
			print_strings(stream, table, "receipts",
				      fragment->receipts, 0);
		parameters =
			mnd_string(table, le32_to_cpu(fragment->parameters));
		if (*parameters)
			print_string(stream, table, "parameters",
				     fragment->parameters);
	}
}

static void print_trust_lists(FILE *stream, const struct mnd_table *table)
{
	const struct mnd_trust_list *list = table->trust_lists;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_TRUST_LIST] && !ferror(stream);
	     i++, list++) {
		fputs("\n[[trust_list]]\n", stream);
		print_string(stream, table, "issuer", list->issuer);
		print_string(stream, table, "subject", list->subject);
		fprintf(stream, "minimum_svn = %llu\n",
			le64_to_cpu(list->minimum_svn));
		print_strings(stream, table, "ledgers", list->ledgers, 0);
	}
}

/**
 * mnd_print_admitted - Print what may be added to the policy, and by whom
 *
 * @stream: Where to.
 * @table: Verified table.
 */
void mnd_print_admitted(FILE *stream, const struct mnd_table *table)
{
	print_platforms(stream, table);
	print_fragments(stream, table);
	print_trust_lists(stream, table);
}
