// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes what an import makes of hcsshim's expressions: as a match of whole
 * strings it accepts what hcsshim's search with added anchors does, all of it
 * or, if the import is strict, some of it.  Of strings that are not valid UTF-8
 * it may accept less.
 *
 * The input is an expression, a NUL, and a string to match.  The string is for
 * the matching; the rest is shown for all strings there are.
 */

#include "fuzz.h"

#include "../../userspace/import/hcsshim.h"
#include "../../userspace/regex/dfa.h"

#define VALID_UTF8 "(?s).*"

enum {
	SEARCH,
	WHOLE,
	VALID,
	PATTERNS
};

/**
 * struct import - An expression and what becomes of it
 *
 * @written: Expression.
 * @policy: What owns the rule.
 * @error: Why there is none.
 * @rule: Rule.
 */
struct import {
	struct mnd_text written;
	struct mnd_policy_source policy;
	struct mnd_error error;
	struct mnd_match_rule rule;
};

static struct mnd_regex *parse(const char *text, size_t length, int *err)
{
	struct mnd_regex *regex = NULL;
	struct mnd_error error = {};

	*err = mnd_regex_parse(text, length, &regex, &error);
	must(!*err == !!regex);
	return regex;
}

static int convert(struct import *import, const char *text, bool strict)
{
	const struct mnd_source_options options = { .strict = strict };
	struct mnd_import context = { &import->policy, &options,
				      &import->error };
	int err;

	memset(import, 0, sizeof(*import));
	import->written.text = text;
	import->written.length = strlen(text);
	import->written.place = (struct mnd_place){ 2, 3 };
	err = mnd_hcsshim_pattern(&context, &import->written, &import->rule);
	if (err) {
		must(err == -E2BIG);
		must(import->error.text[0]);
		must(!strpbrk(import->error.text, "\n\r\033"));
		return err;
	}
	must(import->rule.place.line == 2 && import->rule.place.column == 3);
	must(import->rule.matching != MND_MATCHING_NONE ||
	     import->policy.warnings);
	return 0;
}

/* What must hold of strings that end in an accept set of each automaton. */
static void check_accepted(const bool *accepts, bool equal)
{
	must(!accepts[WHOLE] || accepts[SEARCH]);
	must(!equal || !accepts[VALID] || accepts[WHOLE] == accepts[SEARCH]);
}

/* No accept set is there that no string ends in. */
static void check_all(const struct mnd_dfa *dfa, bool equal)
{
	bool accepts[PATTERNS];
	u32 set, i;

	for (set = 0; set < dfa->set_count; set++) {
		for (i = 0; i < PATTERNS; i++)
			accepts[i] = mnd_dfa_accepts(dfa, set, i);
		check_accepted(accepts, equal);
	}
}

static void check_one(const struct mnd_dfa_list *list, bool equal,
		      const struct input *subject)
{
	bool accepts[PATTERNS];
	u32 set, i;

	for (i = 0; i < PATTERNS; i++) {
		const struct mnd_dfa *dfa = &list->dfa[list->automaton[i]];

		set = mnd_dfa_match(dfa, subject->at, subject->left);
		accepts[i] = mnd_dfa_accepts(dfa, set, i);
	}
	check_accepted(accepts, equal);
}

static void compare(struct mnd_regex *const *regex, bool equal,
		    const struct input *subject)
{
	struct mnd_dfa_error error;
	struct mnd_dfa_list list;

	if (mnd_dfa_build((const struct mnd_regex *const *)regex, PATTERNS,
			  &list, &error))
		return;
	check_one(&list, equal, subject);
	if (list.count == 1) {
		accepted++;
		check_all(list.dfa, equal);
	}
	mnd_dfa_list_free(&list);
}

/* @equal: The rule has to accept all that the search does. */
static void check_rule(const struct mnd_match_rule *rule,
		       struct mnd_regex *search, bool equal,
		       const struct input *subject)
{
	struct mnd_regex *regex[PATTERNS] = { [SEARCH] = search };
	int err;

	must(rule->matching == MND_MATCHING_RE2);
	must(rule->length == strlen(rule->text));
	regex[WHOLE] = parse(rule->text, rule->length, &err);
	regex[VALID] = parse(VALID_UTF8, strlen(VALID_UTF8), &err);
	must(regex[WHOLE] && regex[VALID]);
	mnd_regex_match_whole(regex[WHOLE]);
	mnd_regex_match_whole(regex[VALID]);
	compare(regex, equal, subject);
	mnd_regex_free(regex[WHOLE]);
	mnd_regex_free(regex[VALID]);
}

static void check_strict(const char *text, struct mnd_regex *search, bool held,
			 const struct input *subject)
{
	struct import import;

	if (!convert(&import, text, true) &&
	    import.rule.matching != MND_MATCHING_NONE) {
		must(import.rule.text == text);
		if (!held)
			check_rule(&import.rule, search, false, subject);
	} else {
		must(!held);
	}
	mnd_policy_release(&import.policy);
}

static void check_text(const char *text, const struct input *subject)
{
	struct mnd_regex *search;
	struct import import;
	char *anchored;
	size_t length;
	int err;

	must(!mnd_regex_anchor(text, strlen(text), &anchored, &length));
	search = parse(anchored, length, &err);
	if (convert(&import, text, false)) {
		must(err != -EINVAL);
	} else if (!search) {
		must(err == -EINVAL);
		must(import.rule.matching == MND_MATCHING_NONE);
	} else {
		check_rule(&import.rule, search, true, subject);
		check_strict(text, search, import.rule.text == text, subject);
	}
	mnd_policy_release(&import.policy);
	mnd_regex_free(search);
	free(anchored);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input input = { data, size };
	char *text = take_string(&input);

	check_text(text, &input);
	free(text);
	return 0;
}
