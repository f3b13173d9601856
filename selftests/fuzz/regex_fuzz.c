// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the regular expressions: what a pattern accepts does not depend on
 * the patterns that share its automaton.
 *
 * The input is two patterns, a line each, and what they are to match.
 */

#include "fuzz.h"

#include "../../userspace/regex/dfa.h"

/* Takes a line; to be freed, NULL if it is no pattern. */
static struct mnd_regex *take_pattern(struct input *input)
{
	const u8 *end = memchr(input->at, '\n', input->left);
	size_t length = end ? (size_t)(end - input->at) : input->left;
	struct mnd_regex *regex = NULL;
	struct mnd_error error = {};

	if (mnd_regex_parse((const char *)input->at, length, &regex, &error)) {
		must(error.text[0]);
		must(!strpbrk(error.text, "\n\r\033"));
		must(!regex);
	}
	input->at += length + !!end;
	input->left -= length + !!end;
	return regex;
}

static bool accepts(const struct mnd_dfa_list *list, u32 pattern,
		    const struct input *subject)
{
	const struct mnd_dfa *dfa = &list->dfa[list->automaton[pattern]];
	u32 set = mnd_dfa_match(dfa, subject->at, subject->left);

	return mnd_dfa_accepts(dfa, set, pattern);
}

static void compare(const struct mnd_regex *const *regex,
		    const struct input *subject)
{
	struct mnd_dfa_list both, alone;
	struct mnd_dfa_error error;
	u32 i;

	if (mnd_dfa_build(regex, 2, &both, &error))
		return;
	accepted++;
	for (i = 0; i < 2; i++) {
		must(!mnd_dfa_build(regex + i, 1, &alone, &error));
		must(accepts(&alone, 0, subject) == accepts(&both, i, subject));
		mnd_dfa_list_free(&alone);
	}
	mnd_dfa_list_free(&both);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input input = { data, size };
	struct mnd_regex *regex[2];

	if (!size)
		return 0;
	regex[0] = take_pattern(&input);
	regex[1] = input.left ? take_pattern(&input) : NULL;
	if (regex[0] && regex[1])
		compare((const struct mnd_regex *const *)regex, &input);
	mnd_regex_free(regex[0]);
	mnd_regex_free(regex[1]);
	return 0;
}
