// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Matching of an environment against a list of variables.  Each string is read
 * once by each automaton that a variable of the list needs.
 */

#include "context.h"
#include "match.h"

/* A string of an environment, and what is known of it. */
struct string {
	const char *bytes;
	size_t length;
	size_t name_length;
	bool has_value;
	u32 number;
};

/* A list of variables while strings are compared with it. */
struct scan {
	const struct mnd_table *table;
	/* For each automaton the string that it read last, and the outcome. */
	u64 *memo;
	/* One bit for each variable of the list that a string was like. */
	u64 *seen;
};

/**
 * mnd_scratch_words - Memory that matching needs
 *
 * @table: Verified table.
 *
 * Return: Number of u64 that mnd_match_variables() and whoever calls it needs
 * as scratch memory, for any request.
 */
u32 mnd_scratch_words(const struct mnd_table *const table)
{
	u32 longest = 0;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_LIST]; i++) {
		const struct mnd_list *const list = &table->lists[i];

		if (le32_to_cpu(list->kind) == MND_LIST_VARIABLES &&
		    mnd_span_count(&list->words) > longest)
			longest = mnd_span_count(&list->words);
	}
	return table->count[MND_SECTION_AUTOMATON] + (longest + 63) / 64;
}

static u32 accept_set(const struct scan *const scan, const u32 automaton,
		      const struct string *const string,
		      const char *const bytes, const size_t length)
{
	u64 *const memo = &scan->memo[automaton];
	u32 set;

	/* An automaton reads names, values or whole strings, and only these. */
	if (*memo >> 16 == string->number + 1ULL)
		return *memo & 0xffff;
	set = mnd_scan(scan->table, automaton, bytes, length);
	*memo = (string->number + 1ULL) << 16 | set;
	return set;
}

static bool pattern_matches(const struct scan *const scan, const u32 matcher,
			    const struct string *const string,
			    const char *const bytes, const size_t length)
{
	const struct mnd_table *const table = scan->table;
	const u32 pattern = matcher & ~MND_MATCH_PATTERN;
	u32 automaton;

	if (matcher == MND_MATCH_ANY)
		return true;
	if (matcher == MND_MATCH_NONE)
		return false;
	automaton = le32_to_cpu(table->patterns[pattern].automaton);
	return mnd_set_has(table,
			   accept_set(scan, automaton, string, bytes, length),
			   pattern);
}

/* Most comparisons are with another string, and end with the length. */
static inline bool part_matches(const struct scan *const scan,
				const u32 matcher,
				const struct string *const string,
				const char *const bytes, const size_t length)
{
	const struct mnd_table *const table = scan->table;

	if (matcher & MND_MATCH_PATTERN)
		return pattern_matches(scan, matcher, string, bytes, length);
	return le32_to_cpu(table->strings[matcher].length) == length &&
	       !memcmp(mnd_string(table, matcher), bytes, length);
}

static bool variable_matches(const struct scan *const scan, const u32 number,
			     const struct string *const string)
{
	const struct mnd_variable *const variable =
		&scan->table->variables[number];
	const u32 name = le32_to_cpu(variable->name);
	const u32 value = le32_to_cpu(variable->value);
	const size_t begin = string->name_length + 1;

	if (name == MND_MATCH_WHOLE)
		return part_matches(scan, value, string, string->bytes,
				    string->length);
	return string->has_value &&
	       part_matches(scan, name, string, string->bytes,
			    string->name_length) &&
	       part_matches(scan, value, string, string->bytes + begin,
			    string->length - begin);
}

static void divide(struct string *const string)
{
	const char *const end = memchr(string->bytes, '=', string->length);

	string->has_value = end;
	string->name_length = end ? (size_t)(end - string->bytes) :
				    string->length;
}

/* Whether a variable is required, and no string so far was like it. */
static bool is_wanted(const struct scan *const scan, const u32 word,
		      const u32 i)
{
	return (word & MND_VARIABLE_REQUIRED) &&
	       !(scan->seen[i / 64] >> i % 64 & 1);
}

/* Whether a variable is like @string; those that are required are noted. */
static bool note_string(const struct scan *const scan,
			const __le32 *const words, const u32 count,
			const struct string *const string)
{
	bool found = false;
	u32 i;

	for (i = 0; i < count; i++) {
		const u32 word = le32_to_cpu(words[i]);

		if (found && !is_wanted(scan, word, i))
			continue;
		if (!variable_matches(scan, word & ~MND_VARIABLE_REQUIRED,
				      string))
			continue;
		found = true;
		if (word & MND_VARIABLE_REQUIRED)
			scan->seen[i / 64] |= 1ULL << i % 64;
	}
	return found;
}

static u32 find_missing(const struct scan *const scan,
			const __le32 *const words, const u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		const u32 word = le32_to_cpu(words[i]);

		if ((word & MND_VARIABLE_REQUIRED) &&
		    !(scan->seen[i / 64] >> i % 64 & 1))
			return word & ~MND_VARIABLE_REQUIRED;
	}
	return MND_NONE;
}

/**
 * mnd_match_variables - Match an environment against a list of variables
 *
 * @table: Verified table.
 * @list: List of variables; not %MND_LIST_NONE.
 * @environment: The environment.
 * @scratch: mnd_scratch_words() of memory, overwritten.
 * @matched: A bit for each string of the environment, set where a variable is
 *	like the string and left alone elsewhere; or NULL: then the first string
 *	that no variable is like is the last one that is looked at.
 * @stray: Written.
 *
 * Return: The number of strings that a variable is like.
 */
u32 mnd_match_variables(const struct mnd_table *const table, const __le32 list,
			const struct mnd_environment *const environment,
			u64 *const scratch, u64 *const matched,
			struct mnd_stray *const stray)
{
	const __le32 *const words = mnd_list_words(table, list);
	const u32 count = mnd_list_count(table, list);
	const u32 automata = table->count[MND_SECTION_AUTOMATON];
	const struct scan scan = {
		.table = table,
		.memo = scratch,
		.seen = scratch + automata,
	};
	struct string string = { .bytes = environment->strings };
	u32 found = 0;

	memset(scratch, 0, (automata + (count + 63) / 64) * sizeof(*scratch));
	*stray = (struct mnd_stray){ MND_NONE, MND_NONE };
	for (; string.number < environment->count; string.number++) {
		string.length = strlen(string.bytes);
		divide(&string);
		if (note_string(&scan, words, count, &string)) {
			found++;
			if (matched)
				matched[string.number / 64] |=
					1ULL << string.number % 64;
		} else if (stray->string == MND_NONE) {
			stray->string = string.number;
			if (!matched)
				return found;
		}
		string.bytes += string.length + 1;
	}
	stray->variable = find_missing(&scan, words, count);
	return found;
}
