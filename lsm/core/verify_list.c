// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Verification of matchers, and of the lists that records share.  A list is
 * looked at once, however many records refer to it.
 */

#include "verifier.h"

/**
 * mnd_verify_matcher - Check one matcher
 *
 * @v: Verifier.
 * @where: The matcher.
 * @space: What the strings are that it is matched with.
 *
 * Return: 0, or %MND_REJECT_MATCHER.
 */
int mnd_verify_matcher(const struct verifier *const v,
		       const __le32 *const where, const enum mnd_space space)
{
	const struct mnd_table *const table = v->table;
	const u32 matcher = le32_to_cpu(*where);
	const u32 pattern = matcher & ~MND_MATCH_PATTERN;
	u32 automaton;

	if (matcher == MND_MATCH_ANY || matcher == MND_MATCH_NONE)
		return 0;
	if (!(matcher & MND_MATCH_PATTERN)) {
		if (!is_string(v, *where))
			return reject(v, MND_REJECT_MATCHER, where);
		return 0;
	}
	if (pattern >= table->count[MND_SECTION_PATTERN])
		return reject(v, MND_REJECT_MATCHER, where);
	automaton = le32_to_cpu(table->patterns[pattern].automaton);
	if (le16_to_cpu(table->automata[automaton].space) != space)
		return reject(v, MND_REJECT_MATCHER, where);
	return 0;
}

/**
 * mnd_verify_exact - Check a matcher that is no pattern
 *
 * @v: Verifier.
 * @where: The matcher.
 *
 * Return: 0, or %MND_REJECT_MATCHER.
 */
int mnd_verify_exact(const struct verifier *const v, const __le32 *const where)
{
	const u32 matcher = le32_to_cpu(*where);

	if (matcher == MND_MATCH_ANY || matcher == MND_MATCH_NONE ||
	    is_string(v, *where))
		return 0;
	return reject(v, MND_REJECT_MATCHER, where);
}

/* A word that says no more than which record of @section it is. */
static int verify_index(const struct verifier *const v,
			const __le32 *const word,
			const enum mnd_section section)
{
	if (!is_index(v, *word, section))
		return reject(v, MND_REJECT_LIST, word);
	return 0;
}

static int verify_word(const struct verifier *const v, const __le32 *const word,
		       const enum mnd_list_kind kind)
{
	__le32 variable;

	switch (kind) {
	case MND_LIST_ARGUMENTS:
		return mnd_verify_matcher(v, word, MND_SPACE_ARGUMENT);
	case MND_LIST_VARIABLES:
		variable = *word & cpu_to_le32(~MND_VARIABLE_REQUIRED);
		if (!is_index(v, variable, MND_SECTION_VARIABLE))
			return reject(v, MND_REJECT_LIST, word);
		return 0;
	case MND_LIST_PRINCIPALS:
		return verify_index(v, word, MND_SECTION_PRINCIPAL);
	case MND_LIST_VOLUMES:
		return verify_index(v, word, MND_SECTION_VOLUME);
	case MND_LIST_DIGESTS:
		return verify_index(v, word, MND_SECTION_DIGEST);
	case MND_LIST_STRINGS:
		return verify_index(v, word, MND_SECTION_STRING);
	case __MND_LIST_KIND_MAX:
		break;
	}
	return reject(v, MND_REJECT_LIST, word);
}

/* Whether @word may follow @last in a list of @kind. */
static bool in_order(const __le32 last, const __le32 word,
		     const enum mnd_list_kind kind)
{
	const u32 mask = kind == MND_LIST_VARIABLES ? ~MND_VARIABLE_REQUIRED :
						      ~0U;

	if (kind != MND_LIST_VARIABLES && kind != MND_LIST_STRINGS)
		return true;
	return (le32_to_cpu(last) & mask) < (le32_to_cpu(word) & mask);
}

static int verify_list(const struct verifier *const v,
		       const struct mnd_list *const list)
{
	const __le32 *const words =
		v->table->words + mnd_span_first(&list->words);
	const u32 kind = le32_to_cpu(list->kind);
	const u32 count = mnd_span_count(&list->words);
	u32 i;
	int err;

	if (kind >= __MND_LIST_KIND_MAX)
		return reject(v, MND_REJECT_LIST, &list->kind);
	if (count > (kind == MND_LIST_ARGUMENTS ? MND_ARGC_MAX : MND_LIST_MAX))
		return reject(v, MND_REJECT_LIST, &list->words.count);
	for (i = 0; i < count; i++) {
		err = verify_word(v, &words[i], kind);
		if (err)
			return err;
		if (i && !in_order(words[i - 1], words[i], kind))
			return reject(v, MND_REJECT_LIST, &words[i]);
	}
	return 0;
}

/**
 * mnd_verify_lists - Check the lists
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_LIST, %MND_REJECT_MATCHER or %MND_REJECT_SPAN.
 */
int mnd_verify_lists(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 next = 0;
	u32 i;
	int err;

	for (i = 0; i < table->count[MND_SECTION_LIST]; i++) {
		err = verify_span(v, &table->lists[i].words, MND_SECTION_WORD,
				  &next);
		if (err)
			return err;
		err = verify_list(v, &table->lists[i]);
		if (err)
			return err;
	}
	if (next != table->count[MND_SECTION_WORD])
		return reject(v, MND_REJECT_SPAN, table->words + next);
	return 0;
}
