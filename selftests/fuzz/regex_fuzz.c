// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the regular expressions: what a pattern accepts does not depend on
 * the patterns that share its automaton.  That is shown for all strings there
 * are, by walking through both automata.
 *
 * The input is two patterns, a line each, and a string for the matching.  A
 * line that is no pattern stands for the other one as a match of whole strings.
 */

#include "fuzz.h"

#include "../../userspace/regex/dfa.h"

#define NOWHERE (~0u)

/* Takes a line; NULL if it is no pattern. */
static struct mnd_regex *parse(const struct input *line)
{
	struct mnd_regex *regex = NULL;
	struct mnd_error error = {};

	if (mnd_regex_parse((const char *)line->at, line->left, &regex,
			    &error)) {
		must(error.text[0]);
		must(!strpbrk(error.text, "\n\r\033"));
		must(!regex);
	}
	return regex;
}

static struct input take_line(struct input *input)
{
	const u8 *end = input->left ? memchr(input->at, '\n', input->left) :
				      NULL;
	struct input line = *input;

	if (end)
		line.left = (size_t)(end - input->at);
	input->at += line.left + !!end;
	input->left -= line.left + !!end;
	return line;
}

/* Takes a byte of each class, which must be enough for the other automaton. */
static void find_bytes(const struct mnd_dfa *dfa, const struct mnd_dfa *other,
		       u8 *byte_of)
{
	int byte;

	for (byte = 255; byte >= 0; byte--)
		byte_of[dfa->class_of[byte]] = (u8)byte;
	for (byte = 0; byte < 256; byte++)
		must(other->class_of[byte] ==
		     other->class_of[byte_of[dfa->class_of[byte]]]);
}

/* A state is found before its turn comes, and always with the same twin. */
static void find_twins(const struct mnd_dfa *dfa, const struct mnd_dfa *alone,
		       u32 *twin)
{
	u32 classes = dfa->class_count, state, column, next, expected;
	u8 byte_of[256];

	find_bytes(dfa, alone, byte_of);
	memset(twin, 0xff, dfa->state_count * sizeof(*twin));
	twin[dfa->start / classes] = alone->start;
	must(twin[0] == NOWHERE || !twin[0]);
	twin[0] = 0;
	for (state = 0; state < dfa->state_count; state++) {
		must(twin[state] != NOWHERE);
		for (column = 0; column < classes; column++) {
			next = dfa->next[state * classes + column] / classes;
			expected =
				alone->next[twin[state] +
					    alone->class_of[byte_of[column]]];
			if (twin[next] == NOWHERE)
				twin[next] = expected;
			must(twin[next] == expected);
		}
	}
}

static void check_all(const struct mnd_dfa *dfa, u32 pattern,
		      const struct mnd_dfa *alone)
{
	u32 *twin = allocate(dfa->state_count * sizeof(*twin));
	u32 state, set;

	find_twins(dfa, alone, twin);
	for (state = 0; state < dfa->state_count; state++) {
		set = alone->accept[twin[state] / alone->class_count];
		must(mnd_dfa_accepts(dfa, dfa->accept[state], pattern) ==
		     mnd_dfa_accepts(alone, set, 0));
	}
	free(twin);
}

static bool accepts(const struct mnd_dfa *dfa, u32 pattern,
		    const struct input *subject)
{
	u32 set = mnd_dfa_match(dfa, subject->at, subject->left);

	return mnd_dfa_accepts(dfa, set, pattern);
}

static void compare(const struct mnd_regex *const *regex,
		    const struct input *subject)
{
	struct mnd_dfa_list both, alone;
	struct mnd_dfa_error error;
	const struct mnd_dfa *dfa;
	u32 i;

	if (mnd_dfa_build(regex, 2, &both, &error))
		return;
	accepted++;
	for (i = 0; i < 2; i++) {
		dfa = &both.dfa[both.automaton[i]];
		must(!mnd_dfa_build(regex + i, 1, &alone, &error));
		must(accepts(dfa, i, subject) ==
		     accepts(alone.dfa, 0, subject));
		check_all(dfa, i, alone.dfa);
		mnd_dfa_list_free(&alone);
	}
	mnd_dfa_list_free(&both);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input input = { data, size };
	struct input line[2];
	struct mnd_regex *regex[2];
	int i;

	for (i = 0; i < 2; i++) {
		line[i] = take_line(&input);
		regex[i] = parse(&line[i]);
	}
	for (i = 0; i < 2; i++) {
		if (regex[i] || !regex[!i])
			continue;
		regex[i] = parse(&line[!i]);
		must(regex[i]);
		mnd_regex_match_whole(regex[i]);
	}
	if (regex[0])
		compare((const struct mnd_regex *const *)regex, &input);
	mnd_regex_free(regex[0]);
	mnd_regex_free(regex[1]);
	return 0;
}
