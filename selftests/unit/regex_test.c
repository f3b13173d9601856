// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Unit tests of the regular-expression compiler: its syntax, its meaning, the
 * form of its automata and its limits.  regex_oracle.go compares it with Go.
 */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "../../userspace/regex/dfa.h"
#include "../../userspace/regex/limits.h"

#define MAX_PATTERNS 1100

/* An octet, an address, a port and a service name, as Kata's policies do. */
#define OCTET "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
#define IP "(?:(?:" OCTET "\\.){3}" OCTET ")"
#define PORT "[0-9]{1,5}"
#define SVC "[A-Z](?:[A-Z0-9_]{0,61}[A-Z0-9])?"

static struct mnd_regex *parse_bytes(const char *text, size_t length)
{
	struct mnd_regex *regex = NULL;
	struct mnd_error error = { 0 };
	int err;

	err = mnd_regex_parse(text, length, &regex, &error);
	if (err)
		fail_msg("%s: %d, column %u: %s", text, err, error.column,
			 error.text);
	return regex;
}

static struct mnd_regex *parse(const char *text)
{
	return parse_bytes(text, strlen(text));
}

static int try_build(const char *const *pattern, size_t count,
		     struct mnd_dfa_list *list, struct mnd_dfa_error *error)
{
	static struct mnd_regex *regex[MAX_PATTERNS];
	size_t i;
	int err;

	assert_true(count <= MAX_PATTERNS);
	for (i = 0; i < count; i++)
		regex[i] = parse(pattern[i]);
	memset(error, 0, sizeof(*error));
	err = mnd_dfa_build((const struct mnd_regex *const *)regex, count, list,
			    error);
	for (i = 0; i < count; i++)
		mnd_regex_free(regex[i]);
	return err;
}

static struct mnd_dfa_list build(const char *const *pattern, size_t count)
{
	struct mnd_dfa_error error;
	struct mnd_dfa_list list;
	int err;

	err = try_build(pattern, count, &list, &error);
	if (err)
		fail_msg("%s: %d, %s", pattern[0], err, error.error.text);
	return list;
}

static struct mnd_dfa_list build_anchored(const char *const *pattern,
					  size_t count)
{
	char *anchored[MAX_PATTERNS] = { NULL };
	struct mnd_dfa_list list;
	size_t length, i;

	for (i = 0; i < count; i++)
		assert_int_equal(mnd_regex_anchor(pattern[i],
						  strlen(pattern[i]),
						  &anchored[i], &length),
				 0);
	list = build((const char *const *)anchored, count);
	for (i = 0; i < count; i++)
		free(anchored[i]);
	return list;
}

/* Whether a pattern matches, according to the automaton that knows it. */
static bool matches(const struct mnd_dfa_list *list, u32 pattern,
		    const char *subject, size_t length)
{
	const struct mnd_dfa *dfa = &list->dfa[list->automaton[pattern]];

	return mnd_dfa_accepts(dfa, mnd_dfa_match(dfa, subject, length),
			       pattern);
}

static void accepts_the_syntax_of_go(void **state)
{
	static const char *const patterns[] = {
		"",
		"|",
		"()",
		"(?:)",
		"a|b|",
		"a{,2}",
		"{",
		"a{",
		"a{2",
		"a{01}",
		"a{2,",
		"a{a}",
		"{,2}{2}",
		"a{0}",
		"a{0,0}{",
		"a{1000}",
		"a{1000,}",
		"(a{10}){100}",
		"(a{0,}){1000}",
		"((a{1000}){0}){1000}",
		"a*?",
		"a??",
		"a{2}?",
		"a{2,}?",
		"a(?i)*",
		"a*(?i)*",
		"a\\Q\\E*",
		"a*\\Q\\E*",
		"^*",
		"$+",
		"\\b?",
		"(?:a*)*",
		"[]a]",
		"[^]a]",
		"[a-]",
		"[-a]",
		"[a-z-9]",
		"[\\d-z]",
		"[[:alpha:]-z]",
		"[[:^word:]\\W\\pL\\P{Greek}]",
		"[[:]",
		"[[:a]",
		"[[a]",
		"[a\\]b]",
		"[^\\x00-\\x{10FFFF}]",
		"\\a\\f\\n\\r\\t\\v\\_\\-\\ \\/\\.",
		"\\0\\07\\012\\0123\\12\\777",
		"\\x41\\x{41}\\x{10FFFF}\\x{0000000041}",
		"\\x{D800}",
		"\\Qa.b",
		"\\Qa.b\\E.",
		"\\A\\z\\b\\B\\d\\D\\s\\S\\w\\W",
		"\\pL\\PN\\p{^L}\\P{^Lu}\\p{Greek}\\p{Any}\\pLu",
		"(?P<name>a)",
		"(?P<n>a)(?P<n>b)",
		"(?i)(?m)(?s)(?U)(?imsU-imsU)",
		"(?-i)(?i-s:a)(?)",
		"(?i:a|(?-i)b)c",
		"\x7f\x01",
		"\xc3\xa9\xf0\x9f\x98\x80",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(patterns); i++)
		mnd_regex_free(parse(patterns[i]));
}

struct refusal {
	const char *pattern;
	int err;
	unsigned int column;
	const char *text;
};

static const struct refusal refusals[] = {
	{ "(", -EINVAL, 1, "missing )" },
	{ "a((b)", -EINVAL, 2, "missing )" },
	{ "(a|b", -EINVAL, 1, "missing )" },
	{ ")", -EINVAL, 1, "unexpected )" },
	{ "a|b)", -EINVAL, 4, "unexpected )" },
	{ "a**", -EINVAL, 3, "repetition of a repetition" },
	{ "a*+", -EINVAL, 3, "repetition of a repetition" },
	{ "a++", -EINVAL, 3, "repetition of a repetition" },
	{ "a???", -EINVAL, 4, "repetition of a repetition" },
	{ "a{2}{3}", -EINVAL, 5, "repetition of a repetition" },
	{ "*", -EINVAL, 1, "nothing to repeat" },
	{ "a|*", -EINVAL, 3, "nothing to repeat" },
	{ "(+)", -EINVAL, 2, "nothing to repeat" },
	{ "(?i)?", -EINVAL, 5, "nothing to repeat" },
	{ "\\Q\\E*", -EINVAL, 5, "nothing to repeat" },
	{ "{2}", -EINVAL, 1, "nothing to repeat" },
	{ "a{1001}", -EINVAL, 2, "repeat count over 1000" },
	{ "a{1,2048}", -EINVAL, 2, "repeat count over 1000" },
	{ "a{99999999999}", -EINVAL, 2, "repeat count over 1000" },
	{ "a{4294967297}", -EINVAL, 2, "repeat count over 1000" },
	{ "a{2,1}", -EINVAL, 2, "repeat counts out of order" },
	{ "(.{1,500}){3}", -EINVAL, 11, "product of repeat counts over 1000" },
	{ "(a{1000}){1000}", -EINVAL, 10,
	  "product of repeat counts over 1000" },
	{ "((a{2,}|b){20}){26}", -EINVAL, 16,
	  "product of repeat counts over 1000" },
	{ "[a", -EINVAL, 1, "missing ]" },
	{ "x[]", -EINVAL, 2, "missing ]" },
	{ "[^]", -EINVAL, 1, "missing ]" },
	{ "[a-", -EINVAL, 1, "missing ]" },
	{ "[z-a]", -EINVAL, 2, "range out of order" },
	{ "[aa--]", -EINVAL, 3, "range out of order" },
	{ "[a-\\d]", -EINVAL, 4, "unknown escape sequence" },
	{ "[\\Q]", -EINVAL, 2, "unknown escape sequence" },
	{ "[\\b]", -EINVAL, 2, "unknown escape sequence" },
	{ "[[:foo:]]", -EINVAL, 2, "unknown class name" },
	{ "[[::]]", -EINVAL, 2, "unknown class name" },
	{ "[x[:a]b:]]", -EINVAL, 3, "unknown class name" },
	{ "a\\", -EINVAL, 2, "backslash at the end of the pattern" },
	{ "[\\", -EINVAL, 2, "backslash at the end of the pattern" },
	{ "a\\1", -EINVAL, 2, "back-references are not supported" },
	{ "\\8", -EINVAL, 1, "back-references are not supported" },
	{ "\\C", -EINVAL, 1, "unknown escape sequence" },
	{ "\\Z", -EINVAL, 1, "unknown escape sequence" },
	{ "a\\E", -EINVAL, 2, "unknown escape sequence" },
	{ "\\\xc3\xa9", -EINVAL, 1, "unknown escape sequence" },
	{ "\\x", -EINVAL, 1, "malformed hexadecimal escape" },
	{ "\\x4", -EINVAL, 1, "malformed hexadecimal escape" },
	{ "\\x4g", -EINVAL, 1, "malformed hexadecimal escape" },
	{ "\\x{}", -EINVAL, 1, "malformed hexadecimal escape" },
	{ "\\x{41", -EINVAL, 1, "malformed hexadecimal escape" },
	{ "\\x{4g}", -EINVAL, 1, "malformed hexadecimal escape" },
	{ "\\x{110000}", -EINVAL, 1, "no such code point" },
	{ "\\x{100000041}", -EINVAL, 1, "no such code point" },
	{ "a\\p", -EINVAL, 2, "unknown class name" },
	{ "\\p{Foo}", -EINVAL, 1, "unknown class name" },
	{ "\\p{}", -EINVAL, 1, "unknown class name" },
	{ "\\p^", -EINVAL, 1, "unknown class name" },
	{ "\\pX", -EINVAL, 1, "unknown class name" },
	{ "\\p{greek}", -EINVAL, 1, "unknown class name" },
	{ "\\p{L", -EINVAL, 1, "missing }" },
	{ "a(?=b)", -EINVAL, 2, "look-ahead is not supported" },
	{ "(?!b)", -EINVAL, 1, "look-ahead is not supported" },
	{ "(?<n>a)", -EINVAL, 1, "unknown flag or group after (?" },
	{ "(?x)", -EINVAL, 1, "unknown flag or group after (?" },
	{ "(?", -EINVAL, 1, "unknown flag or group after (?" },
	{ "(?i", -EINVAL, 1, "unknown flag or group after (?" },
	{ "(?-)", -EINVAL, 1, "unknown flag or group after (?" },
	{ "(?i-)", -EINVAL, 1, "unknown flag or group after (?" },
	{ "(?i--s)", -EINVAL, 1, "unknown flag or group after (?" },
	{ "(?P<>a)", -EINVAL, 1, "malformed group name" },
	{ "(?P<a b>a)", -EINVAL, 1, "malformed group name" },
	{ "(?P<n", -EINVAL, 1, "malformed group name" },
	{ "(?P=n)", -EINVAL, 1, "unknown flag or group after (?" },
	{ "a\xff", -EINVAL, 2, "the pattern is not valid UTF-8" },
	{ "[\xc3]", -EINVAL, 2, "the pattern is not valid UTF-8" },
	{ "\\Q\xed\xa0\x80", -EINVAL, 3, "the pattern is not valid UTF-8" },
	{ "\xc0\x80", -EINVAL, 1, "the pattern is not valid UTF-8" },
	{ "\xf4\x90\x80\x80", -EINVAL, 1, "the pattern is not valid UTF-8" },
	{ "\xe0\x80\x80", -EINVAL, 1, "the pattern is not valid UTF-8" },
	{ "\\pL{100}", -E2BIG, 4, "the pattern needs more than 20000 states" },
};

static void refuses_the_rest_with_a_place(void **state)
{
	const struct refusal *row = refusals;
	struct mnd_regex *regex = NULL;
	struct mnd_error error;
	size_t i;
	int err;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refusals); i++, row++) {
		memset(&error, 0xff, sizeof(error));
		err = mnd_regex_parse(row->pattern, strlen(row->pattern),
				      &regex, &error);
		if (err != row->err || error.column != row->column ||
		    error.line || strcmp(error.text, row->text))
			fail_msg("%s: %d, %u:%u: %s", row->pattern, err,
				 error.line, error.column, error.text);
		assert_null(regex);
	}
}

struct meaning {
	const char *pattern;
	const char *subject;
	bool match;
};

static const struct meaning meanings[] = {
	/* A search; empty matches; assertions anywhere. */
	{ "", "", true },
	{ "", "x", true },
	{ "b", "abc", true },
	{ "b", "ac", false },
	{ "^b", "ab", false },
	{ "b$", "ba", false },
	{ "^$", "", true },
	{ "^$", "a", false },
	{ "$^", "", true },
	{ "$^", "a", false },
	{ "a$b", "ab", false },
	{ "a^b", "ab", false },
	{ "(^a|b$)*", "x", true },
	{ "^(^a|b$)+$", "ab", true },
	{ "^(^a|b$)+$", "ba", false },
	{ "(|a)+", "", true },
	{ "^(|a)+$", "aaa", true },
	{ "^(|a)+$", "ab", false },
	{ "^(a|$)+b", "ab", true },
	{ "(^|/)\\.\\.($|/)", "a/../b", true },
	{ "(^|/)\\.\\.($|/)", "..", true },
	{ "(^|/)\\.\\.($|/)", "a/...", false },
	{ "\\Aa\\z", "a", true },
	{ "\\Aa\\z", "a\n", false },
	{ "x{0}", "", true },
	{ "^x{0}$", "x", false },
	{ "^a{2,3}$", "a", false },
	{ "^a{2,3}$", "aaa", true },
	{ "^a{2,3}$", "aaaa", false },
	{ "^a{2,}$", "aaaa", true },
	{ "^(ab|a){2}$", "aba", true },
	{ "^[^\\x00-\\x{10FFFF}]?$", "a", false },

	/* A newline is no end, and a dot does not take it. */
	{ "^X=.+$", "X=a\n", false },
	{ "^X=.+$", "X=a\nb", false },
	{ "(?s)^X=.+$", "X=a\nb", true },
	{ "a$", "a\n", false },
	{ "^X=[^b]$", "X=\n", true },
	{ "(?m)^X=1$", "X=1\nEVIL", true },
	{ "(?m)^X=1$", "A\nX=1", true },
	{ "(?m)^X=1$", "AX=1", false },
	{ "(?m)\\AX", "a\nX", false },
	{ "(?m:^)a$", "b\na", true },
	{ "(?m:^)a$", "b\na\n", false },
	{ "(?m)$\\n^", "a\nb", true },

	/* Anchors are text and bind to one branch. */
	{ "^A=1|B=2$", "A=1_EVIL", true },
	{ "^A=1|B=2$", "EVIL_B=2", true },
	{ "^A=1|B=2$", "EVIL_A=1", false },
	{ "^PRICE=5\\$", "PRICE=5$evil", true },
	{ "^PRICE=5\\$", "PRICE=5", false },

	/* Words. */
	{ "\\bfoo\\b", "a foo b", true },
	{ "\\bfoo\\b", "foo", true },
	{ "\\bfoo\\b", "afoo", false },
	{ "\\bfoo\\b", "foo_", false },
	{ "\\bfoo\\b", "foo\xc3\xa9", true },
	{ "o\\Bo", "foo", true },
	{ "o\\Bo$", "fo o", false },
	{ "\\B", "", true },
	{ "\\B", "a", false },
	{ "\\B", "a\xc3\xa9", true },
	{ "\\B", "a\xc3\xa9z", false },
	{ "^(\\b|a)+$", "aa", true },
	{ "^\\B$", "", true },

	/* Case folding is Unicode's. */
	{ "(?i)task=1", "TASK=1", true },
	{ "(?i)task=1", "ta\xc5\xbf\xe2\x84\xaa=1", true },
	{ "task=1", "TASK=1", false },
	{ "(?i)a(?-i)b", "Ab", true },
	{ "(?i)a(?-i)b", "AB", false },
	{ "(?i:a)b", "AB", false },
	{ "((?i)a)b", "AB", false },
	{ "a(?i)b|c", "C", true },
	{ "(?i)^[^k]$", "\xe2\x84\xaa", false },
	{ "(?i)^\\W$", "\xc5\xbf", false },
	{ "(?i)^[[:^alpha:]]$", "\xc5\xbf", false },
	{ "(?i)^\\xe9$", "\xc3\x89", true },
	{ "(?i)^\\x{101}$", "\xc4\x80", true },
	{ "(?i)^\\x{101}$", "\xc4\x82", false },
	{ "(?i)^\\x{3c2}$", "\xce\xa3", true },
	{ "(?i)^[\\x{3c2}]$", "\xcf\x83", true },
	{ "(?i)^\\p{Lu}$", "a", true },
	{ "^\\p{Lu}$", "a", false },

	/* Classes. */
	{ "^\\d$", "\xd9\xa1", false },
	{ "^\\s$", "\v", false },
	{ "^[[:space:]]$", "\v", true },
	{ "^\\s$", "\xc2\xa0", false },
	{ "^\\w$", "\xc3\xa9", false },
	{ "^\\W$", "\xc3\xa9", true },
	{ "^[[:punct:]]+$", "!/:@[`{~", true },
	{ "^[[:^punct:]]+$", "!", false },
	{ "^[[:cntrl:]]+$", "\x01\x1f\x7f", true },
	{ "^[^[:^digit:]]$", "7", true },
	{ "^[^\\D]$", "7", true },
	{ "^[a\\-z]$", "b", false },
	{ "^[a-]+$", "a-", true },
	{ "^[]a]+$", "]a", true },
	{ "^\\pL$", "\xce\xb1", true },
	{ "^\\PL$", "\xce\xb1", false },
	{ "^\\p{^L}$", "1", true },
	{ "^\\P{^Greek}$", "\xce\xb1", true },
	{ "^\\p{Greek}$", "a", false },
	{ "^\\pLu$", "au", true },
	{ "^\\p{Any}$", "\xf4\x8f\xbf\xbf", true },

	/* Escapes. */
	{ "^\\101\\x41\\x{41}\\0101$", "AAA\0101", true },
	{ "^\\Qa.b\\E.$", "a.bc", true },
	{ "^\\Qa.b\\E.$", "axbc", false },
	{ "^a{,2}$", "a{,2}", true },
	{ "^a{01}$", "a{01}", true },
	{ "^\\777$", "\xc7\xbf", true },
	{ "^\\_\\ \\/$", "_ /", true },

	/* A dot takes one code point, and only a valid one. */
	{ "^X=.$", "X=\xc3\xa9", true },
	{ "^X=..$", "X=\xc3\xa9", false },
	{ "^X=.$", "X=\xff", false },
	{ "^X=.+$", "X=a\x80", false },
	{ "(?s)^.$", "\xed\xa0\x80", false },
	{ "(?s)^.$", "\xc0\x80", false },
	{ "(?s)^.$", "\xf4\x90\x80\x80", false },
	{ "(?s)^.$", "\xe2\x82\xac", true },
	{ "(?s)^.$", "\xe2\x82", false },
	{ "^[^a]$", "\xff", false },
	{ "^\\x{fffd}$", "\xff", false },
	{ "^\\x{fffd}$", "\xef\xbf\xbd", true },
	{ "^\\x{d800}$", "\xef\xbf\xbd", false },
	{ "^[\\x{d7ff}-\\x{e000}]$", "\xee\x80\x80", true },

	/* The search itself skips any byte. */
	{ "a", "\377\303a\377", true },
	{ "a$", "\342\202a", true },
	{ "(^|/)\\.\\.($|/)", "\xff/../\xff", true },
	{ "\\bx\\b", "\377x\377", true },
	{ "\\B", "a\xc3", true },
	{ "\\B", "a\377a", false },
};

static void means_what_go_means(void **state)
{
	const struct meaning *row = meanings;
	struct mnd_dfa_list list;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(meanings); i++, row++) {
		list = build(&row->pattern, 1);
		if (matches(&list, 0, row->subject, strlen(row->subject)) !=
		    row->match)
			fail_msg("%s on %s", row->pattern, row->subject);
		mnd_dfa_list_free(&list);
	}
}

static void takes_bytes_of_zero(void **state)
{
	struct mnd_regex *regex = parse_bytes("^a\0b$", 5);
	const struct mnd_regex *one = regex;
	struct mnd_dfa_error error;
	struct mnd_dfa_list list;

	(void)state;
	assert_int_equal(mnd_dfa_build(&one, 1, &list, &error), 0);
	assert_true(matches(&list, 0, "a\0b", 3));
	assert_false(matches(&list, 0, "a\0c", 3));
	assert_false(matches(&list, 0, "a", 1));
	mnd_dfa_list_free(&list);
	mnd_regex_free(regex);
}

struct anchoring {
	const char *text;
	const char *anchored;
};

static void anchors_the_text_only(void **state)
{
	static const struct anchoring rows[] = {
		{ "", "^$" },		{ "^", "^$" },
		{ "$", "^$" },		{ "a", "^a$" },
		{ "^a", "^a$" },	{ "a$", "^a$" },
		{ "^a$", "^a$" },	{ "a|b", "^a|b$" },
		{ "a\\$", "^a\\$" },	{ "(^a$)", "^(^a$)$" },
		{ "(?m)a", "^(?m)a$" },
	};
	char *anchored;
	size_t length, i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(mnd_regex_anchor(rows[i].text,
						  strlen(rows[i].text),
						  &anchored, &length),
				 0);
		assert_string_equal(anchored, rows[i].anchored);
		assert_int_equal(length, strlen(rows[i].anchored));
		free(anchored);
	}
}

/* What hcsshim's tests expect of rules, each with and without anchors. */
static void anchors_rules_as_meant(void **state)
{
	static const struct meaning rows[] = {
		{ "PREFIX_.+=.+", "PREFIX_FOO=BAR", true },
		{ "PREFIX_.+=.+", "PREFIX_FOO=", false },
		{ "PREFIX_.+=.+", "SOMETHING_PREFIX_FOO=BAR", false },
		{ "PREFIX_.+=.+BAR", "PREFIX_FOO=FOO_BAR", true },
		{ "PREFIX_.+=.+BAR", "PREFIX_FOO=BAR_FOO", false },
		{ "SIMPLE_VAR=.+", "SIMPLE_VAR=FOO", true },
		{ "SIMPLE_VAR=.+", "SIMPLE_VAR=", false },
		{ "SIMPLE_VAR=.+", "X:SIMPLE_VAR=FOO", false },
		{ "SIMPLE_VAR=.+", "SIMPLE_VAR_FOO=BAR", false },
		{ "SIMPLE_VAR=.*", "SIMPLE_VAR=", true },
		{ "SIMPLE_VAR=.*", "SIMPLE_VAR", false },
		{ "SIMPLE_VAR=", "SIMPLE_VAR=", true },
		{ "SIMPLE_VAR=", "SIMPLE_VAR=FOO", false },
		{ "", "ANYTHING=ELSE", false },
	};
	char variants[4][32];
	const char *variant;
	struct mnd_dfa_list list;
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (j = 0; j < 4; j++) {
			snprintf(variants[j], sizeof(variants[j]), "%s%s%s",
				 j & 1 ? "^" : "", rows[i].pattern,
				 j & 2 ? "$" : "");
			variant = variants[j];
			list = build_anchored(&variant, 1);
			assert_int_equal(matches(&list, 0, rows[i].subject,
						 strlen(rows[i].subject)),
					 rows[i].match);
			mnd_dfa_list_free(&list);
		}
	}
}

/* The table-filling algorithm: which pairs of states can be told apart. */
static void find_equivalent(const struct mnd_dfa *dfa, bool *apart)
{
	u32 n = dfa->state_count, classes = dfa->class_count, i, j, k, a, b;
	bool changed = true;

	for (i = 0; i < n; i++) {
		for (j = 0; j < n; j++)
			apart[i * n + j] = dfa->accept[i] != dfa->accept[j];
	}
	while (changed) {
		changed = false;
		for (i = 0; i < n * n; i++) {
			for (k = 0; k < classes && !apart[i]; k++) {
				a = dfa->next[i / n * classes + k] / classes;
				b = dfa->next[i % n * classes + k] / classes;
				apart[i] = apart[a * n + b];
				changed = changed || apart[i];
			}
		}
	}
	for (i = 0; i < n; i++) {
		for (j = 0; j < i; j++)
			assert_true(apart[i * n + j]);
	}
}

static void check_states_differ(const struct mnd_dfa *dfa)
{
	bool *apart;

	if (dfa->state_count > 400)
		return;
	apart = calloc(dfa->state_count, dfa->state_count);
	assert_non_null(apart);
	find_equivalent(dfa, apart);
	free(apart);
}

/* No two classes lead to the same states; they are numbered by first byte. */
static void check_classes(const struct mnd_dfa *dfa)
{
	u32 classes = dfa->class_count, seen = 0, i, j, state;
	bool differ;

	for (i = 0; i < 256; i++) {
		assert_true(dfa->class_of[i] <= seen);
		seen += dfa->class_of[i] == seen;
	}
	assert_int_equal(seen, classes);
	for (i = 0; i < classes; i++) {
		for (j = 0; j < i; j++) {
			differ = false;
			for (state = 0; state < dfa->state_count; state++)
				differ = differ ||
					 dfa->next[state * classes + i] !=
						 dfa->next[state * classes + j];
			assert_true(differ);
		}
	}
}

/* State 0 is dead, the start comes next, the others breadth first. */
static void check_numbers(const struct mnd_dfa *dfa)
{
	u32 classes = dfa->class_count, seen = dfa->start / classes + 1, i;

	assert_true(dfa->start % classes == 0 && dfa->start <= classes);
	assert_true(mnd_dfa_cells(dfa) <= MND_DFA_MAX_CELLS);
	assert_int_equal(dfa->accept[0], 0);
	for (i = 0; i < classes; i++)
		assert_int_equal(dfa->next[i], 0);
	for (i = 0; i < mnd_dfa_cells(dfa); i++) {
		assert_int_equal(dfa->next[i] % classes, 0);
		assert_true(dfa->next[i] / classes <= seen);
		seen += dfa->next[i] / classes == seen;
		assert_true(i / classes < seen);
	}
	assert_int_equal(seen, dfa->state_count);
}

/* Sets differ, are sorted, and are numbered by the first state they have. */
static void check_sets(const struct mnd_dfa *dfa)
{
	u32 seen = 1, i, j, first, count;

	assert_int_equal(dfa->set_first[0], 0);
	assert_int_equal(dfa->set_first[1], 0);
	for (i = 0; i < dfa->state_count; i++) {
		assert_true(dfa->accept[i] <= seen);
		seen += dfa->accept[i] == seen;
	}
	assert_int_equal(seen, dfa->set_count);
	for (i = 1; i < dfa->set_count; i++) {
		first = dfa->set_first[i];
		count = dfa->set_first[i + 1] - first;
		assert_true(count > 0);
		for (j = 1; j < count; j++)
			assert_true(dfa->member[first + j - 1] <
				    dfa->member[first + j]);
		for (j = 1; j < i; j++)
			assert_false(dfa->set_first[j + 1] -
						     dfa->set_first[j] ==
					     count &&
				     !memcmp(dfa->member + first,
					     dfa->member + dfa->set_first[j],
					     count * sizeof(u32)));
	}
}

static void check_list(const struct mnd_dfa_list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		check_numbers(&list->dfa[i]);
		check_classes(&list->dfa[i]);
		check_sets(&list->dfa[i]);
		check_states_differ(&list->dfa[i]);
	}
}

static const char *const confcom[] = {
	"(?i)(FABRIC)_.+=.+",
	"HOSTNAME=.+",
	"T(E)?MP=.+",
	"FabricPackageFileName=.+",
	"HostedServiceName=.+",
	"IDENTITY_API_VERSION=.+",
	"IDENTITY_HEADER=.+",
	"IDENTITY_SERVER_THUMBPRINT=.+",
	"azurecontainerinstance_restarted_by=.+",
	"[A-Z0-9_]+_SERVICE_HOST=.+",
	"[A-Z0-9_]+_SERVICE_PORT=.+",
	"[A-Z0-9_]+_SERVICE_PORT_[A-Z0-9_]+=.+",
	"[A-Z0-9_]+_PORT=.+",
	"[A-Z0-9_]+_PORT_[0-9]+_TCP=.+",
	"[A-Z0-9_]+_PORT_[0-9]+_TCP_PROTO=.+",
	"[A-Z0-9_]+_PORT_[0-9]+_TCP_PORT=.+",
	"[A-Z0-9_]+_PORT_[0-9]+_TCP_ADDR=.+",
};

static const char *const kata[] = {
	"^HOSTNAME=[a-zA-Z0-9_\\.\\-]+$",
	"^" SVC "_PORT_" PORT "_(TCP|UDP)=(tcp|udp)://" IP ":" PORT "$",
	"^" SVC "_PORT_" PORT "_(TCP|UDP)_PROTO=(tcp|udp)$",
	"^" SVC "_PORT_" PORT "_(TCP|UDP)_PORT=" PORT "$",
	"^" SVC "_PORT_" PORT "_(TCP|UDP)_ADDR=" IP "$",
	"^" SVC "_SERVICE_HOST=" IP "$",
	"^" SVC "_SERVICE_PORT=" PORT "$",
	"^" SVC "_SERVICE_PORT_DNS=" PORT "$",
	"^" SVC "_PORT=(tcp|udp)://" IP ":" PORT "$",
	"^JOB_COMPLETION_INDEX=[0-9]+$",
	"^AZURE_CLIENT_ID=[A-Fa-f0-9-]*$",
	"^AZURE_TENANT_ID=[A-Fa-f0-9-]*$",
	"^AZURE_FEDERATED_TOKEN_FILE=/var/run/secrets/azure/tokens/azure-identity-token$",
	"^AZURE_AUTHORITY_HOST=https://login\\.microsoftonline\\.com/$",
	"^TERM=xterm$",
};

static void makes_minimal_automata(void **state)
{
	static const char *const odd[] = {
		"",
		"[^\\x00-\\x{10FFFF}]",
		"(?i)\\pL\\bx|^(a|ab|abc)*\\B$",
		"(?m)(^a$|\\bb)+.?c{2,5}",
		"^.*a.{3}$",
		"(?s)^(..)*$",
		"\\B|(?m:$)x",
		"a|ab|abc|abcd",
		"^(a?){6}a{6}$",
	};
	struct mnd_dfa_list list;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(meanings); i++) {
		list = build(&meanings[i].pattern, 1);
		check_list(&list);
		mnd_dfa_list_free(&list);
	}
	for (i = 1; i <= ARRAY_SIZE(odd); i++) {
		list = build(odd, i);
		check_list(&list);
		mnd_dfa_list_free(&list);
	}
	list = build_anchored(confcom, 9);
	check_list(&list);
	mnd_dfa_list_free(&list);
	list = build(kata, ARRAY_SIZE(kata));
	check_list(&list);
	mnd_dfa_list_free(&list);
}

struct size {
	const char *pattern;
	u32 states;
	u32 classes;
};

static void has_the_known_sizes(void **state)
{
	static const struct size rows[] = {
		{ ".+=.+", 19, 13 },
		{ "foo\\d+", 6, 4 },
		{ "/run/mounts/scsi/m[0-9]+", 21, 12 },
		{ "/run/gcs/c/[0-9a-fA-F]{64}", 77, 9 },
		{ "^[a-zA-Z0-9_\\-\\.]{0,255}$", 257, 2 },
		{ "test_regexp_env_[[:alpha:]]*", 18, 12 },
		{ "^AGENTDNS_CAPTURE_TOKEN=[0-9a-f]{64}$", 89, 17 },
		{ "^HOSTNAME=[a-zA-Z0-9_\\.\\-]+$", 12, 11 },
		{ "^JOB_COMPLETION_INDEX=[0-9]+$", 24, 17 },
		{ "^AZURE_CLIENT_ID=[A-Fa-f0-9-]*$", 18, 15 },
		{ "^cdi\\.k8s\\.io/vfio[0-9]+$", 18, 13 },
		{ "^127\\.(?:[0-9]{1,3}\\.){2}[0-9]{1,3}$", 17, 6 },
		{ "^(?:0{0,4}:){0,7}0{0,3}1$", 41, 4 },
		{ "^[0-9]+:[0-9]+$", 5, 3 },
	};
	struct mnd_dfa_list list;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		list = build_anchored(&rows[i].pattern, 1);
		if (list.dfa->state_count != rows[i].states ||
		    list.dfa->class_count != rows[i].classes)
			fail_msg("%s: %u states, %u classes", rows[i].pattern,
				 list.dfa->state_count, list.dfa->class_count);
		mnd_dfa_list_free(&list);
	}
	list = build(&kata[1], 1);
	assert_int_equal(list.dfa->state_count, 1072);
	assert_int_equal(list.dfa->class_count, 25);
	mnd_dfa_list_free(&list);
}

static u32 total_cells(const struct mnd_dfa_list *list)
{
	u32 cells = 0;
	size_t i;

	for (i = 0; i < list->count; i++)
		cells += mnd_dfa_cells(&list->dfa[i]);
	return cells;
}

static void unites_what_fits(void **state)
{
	struct mnd_dfa_list list;

	(void)state;
	list = build_anchored(confcom, 9);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.dfa->state_count, 225);
	assert_int_equal(list.dfa->class_count, 52);
	mnd_dfa_list_free(&list);

	list = build_anchored(confcom, ARRAY_SIZE(confcom));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.dfa->state_count, 667);
	assert_int_equal(list.dfa->class_count, 54);
	mnd_dfa_list_free(&list);

	list = build(kata, ARRAY_SIZE(kata));
	assert_true(list.count <= 3);
	assert_true(total_cells(&list) <= 86841);
	mnd_dfa_list_free(&list);
}

static void tells_all_patterns_in_one_scan(void **state)
{
	static const char *const patterns[] = {
		"a", "b", "a", "^ab$", "[^\\x00-\\x{10FFFF}]", "",
	};
	struct mnd_dfa_list list = build(patterns, ARRAY_SIZE(patterns));
	const struct mnd_dfa *dfa = list.dfa;
	const u32 all[] = { 0, 1, 2, 3, 5 };
	u32 set, i;

	(void)state;
	assert_int_equal(list.count, 1);
	for (i = 0; i < ARRAY_SIZE(patterns); i++)
		assert_int_equal(list.automaton[i], 0);
	set = mnd_dfa_match(dfa, "ab", 2);
	assert_int_equal(dfa->set_first[set + 1] - dfa->set_first[set], 5);
	assert_memory_equal(dfa->member + dfa->set_first[set], all,
			    sizeof(all));
	assert_false(mnd_dfa_accepts(dfa, set, 4));
	set = mnd_dfa_match(dfa, "xb", 2);
	assert_true(mnd_dfa_accepts(dfa, set, 1));
	assert_false(mnd_dfa_accepts(dfa, set, 0));
	assert_false(mnd_dfa_accepts(dfa, set, 2));
	assert_false(mnd_dfa_accepts(dfa, set, 3));
	assert_false(mnd_dfa_accepts(dfa, 0, 5));
	mnd_dfa_list_free(&list);
}

static void knows_each_pattern_once(void **state)
{
	struct mnd_dfa_list list = build(kata, ARRAY_SIZE(kata));
	static const char subject[] = "FOO_BAR_PORT_53_UDP=udp://10.0.0.254:53";
	size_t seen = 0, i;

	/* Automata are in the order of their first patterns. */
	(void)state;
	for (i = 0; i < ARRAY_SIZE(kata); i++) {
		assert_true(list.automaton[i] <= seen);
		seen += list.automaton[i] == seen;
		assert_int_equal(matches(&list, i, subject, strlen(subject)),
				 i == 1);
	}
	assert_int_equal(seen, list.count);
	mnd_dfa_list_free(&list);
}

static void makes_equal_patterns_once(void **state)
{
	const char *patterns[MAX_PATTERNS];
	struct mnd_dfa_list list;
	size_t i;

	/* Together these would be over the limit of steps. */
	(void)state;
	for (i = 0; i < MAX_PATTERNS; i++)
		patterns[i] = "^(a?){200}(b?){200}$";
	list = build(patterns, MAX_PATTERNS);
	assert_int_equal(list.count, 1);
	assert_true(matches(&list, 0, "aab", 3));
	assert_true(matches(&list, MAX_PATTERNS - 1, "aab", 3));
	mnd_dfa_list_free(&list);
}

/* The same text twice, once of them as a search, is not the same pattern. */
static void keeps_wholes_from_searches(void **state)
{
	struct mnd_regex *regex[2] = { parse("b"), parse("b") };
	struct mnd_dfa_error error;
	struct mnd_dfa_list list;

	(void)state;
	mnd_regex_match_whole(regex[0]);
	assert_int_equal(mnd_dfa_build((const struct mnd_regex *const *)regex,
				       2, &list, &error),
			 0);
	assert_true(matches(&list, 0, "b", 1));
	assert_true(matches(&list, 1, "b", 1));
	assert_false(matches(&list, 0, "ab", 2));
	assert_true(matches(&list, 1, "ab", 2));
	mnd_dfa_list_free(&list);
	mnd_regex_free(regex[0]);
	mnd_regex_free(regex[1]);
}

static void takes_an_empty_list(void **state)
{
	struct mnd_dfa_error error;
	struct mnd_dfa_list list;

	(void)state;
	assert_int_equal(mnd_dfa_build(NULL, 0, &list, &error), 0);
	assert_int_equal(list.count, 0);
	mnd_dfa_list_free(&list);
}

static void assert_same(const struct mnd_dfa *a, const struct mnd_dfa *b)
{
	assert_int_equal(a->state_count, b->state_count);
	assert_int_equal(a->class_count, b->class_count);
	assert_int_equal(a->start, b->start);
	assert_int_equal(a->set_count, b->set_count);
	assert_memory_equal(a->class_of, b->class_of, 256);
	assert_memory_equal(a->next, b->next,
			    mnd_dfa_cells(a) * sizeof(*a->next));
	assert_memory_equal(a->accept, b->accept,
			    a->state_count * sizeof(*a->accept));
	assert_memory_equal(a->set_first, b->set_first,
			    (a->set_count + 1) * sizeof(*a->set_first));
}

static void depends_on_the_patterns_only(void **state)
{
	const char *reversed[ARRAY_SIZE(confcom)];
	struct mnd_dfa_list first, second;
	size_t n = ARRAY_SIZE(confcom), members, i;

	(void)state;
	first = build(kata, ARRAY_SIZE(kata));
	second = build(kata, ARRAY_SIZE(kata));
	assert_int_equal(first.count, second.count);
	for (i = 0; i < first.count; i++) {
		assert_same(&first.dfa[i], &second.dfa[i]);
		members = first.dfa[i].set_first[first.dfa[i].set_count];
		assert_memory_equal(first.dfa[i].member, second.dfa[i].member,
				    members * sizeof(u32));
	}
	mnd_dfa_list_free(&first);
	mnd_dfa_list_free(&second);

	/* In another order they have other numbers and nothing else. */
	for (i = 0; i < n; i++)
		reversed[i] = confcom[n - 1 - i];
	first = build_anchored(confcom, n);
	second = build_anchored(reversed, n);
	assert_same(first.dfa, second.dfa);
	for (i = 0; i < first.dfa->set_first[2] - first.dfa->set_first[1]; i++)
		assert_true(mnd_dfa_accepts(second.dfa, 1,
					    n - 1 - first.dfa->member[i]));
	mnd_dfa_list_free(&first);
	mnd_dfa_list_free(&second);
}

static void names_the_pattern_that_explodes(void **state)
{
	static const char *const hostile[] = {
		"^.*a.{16}$",
		"(.{1,100}=.{1,100}){5}",
		"^(\\pL|\\pN)*x(\\pL|\\pN){1,30}$",
		"(?:(?:\\w{0,30}x){30}){1}",
		"\\b(a|b)*a(a|b){15}\\b$",
		"^\\pL{10}$",
		"^(a?){900}(b?){900}(c?){900}(d?){900}$",
	};
	const char *patterns[3] = { "a", "b", NULL };
	struct mnd_dfa_error error;
	struct mnd_dfa_list list;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(hostile); i++) {
		patterns[2] = hostile[i];
		if (try_build(patterns, 3, &list, &error) != -E2BIG)
			fail_msg("%s does not explode", hostile[i]);
		assert_int_equal(error.pattern, 2);
		assert_string_equal(error.error.text,
				    "the pattern's automaton is too large");
		assert_int_equal(list.count, 0);
	}
}

static void bounds_the_whole_list(void **state)
{
	static char text[MAX_PATTERNS][32];
	const char *patterns[MAX_PATTERNS];
	struct mnd_dfa_error error;
	struct mnd_dfa_list list;
	size_t i;

	/* No two of these can share states: the union counts all of them. */
	(void)state;
	for (i = 0; i < MAX_PATTERNS; i++) {
		snprintf(text[i], sizeof(text[i]), "%04zx.*%04zx",
			 i * 7919 % 65536, i * 104729 % 65536);
		patterns[i] = text[i];
	}
	assert_int_equal(try_build(patterns, MAX_PATTERNS, &list, &error),
			 -E2BIG);
	assert_int_equal(error.pattern, MAX_PATTERNS);
	assert_int_equal(list.count, 0);
}

static void refuse_text(const char *text, size_t length, int expected)
{
	struct mnd_regex *regex = NULL;
	struct mnd_error error;
	int err;

	err = mnd_regex_parse(text, length, &regex, &error);
	if (err != expected)
		fail_msg("%.20s...: %d", text, err);
	if (err)
		assert_in_range(error.column, 1, length);
	mnd_regex_free(regex);
}

static void bounds_length_and_height(void **state)
{
	char *text = malloc(MND_REGEX_MAX_TEXT + 1);
	size_t i;

	(void)state;
	assert_non_null(text);
	memset(text, 'a', MND_REGEX_MAX_TEXT + 1);
	refuse_text(text, MND_REGEX_MAX_TEXT, 0);
	refuse_text(text, MND_REGEX_MAX_TEXT + 1, -E2BIG);

	/* Capturing groups count, others do not. */
	memset(text, '(', 999);
	memset(text + 1000, ')', 999);
	refuse_text(text, 1999, 0);
	memset(text, '(', 1000);
	memset(text + 1000, ')', 1000);
	refuse_text(text, 2000, -E2BIG);
	memset(text, '(', MND_REGEX_MAX_TEXT);
	refuse_text(text, MND_REGEX_MAX_TEXT, -EINVAL);
	for (i = 0; i < 1000; i++)
		memcpy(text + 3 * i, "(?:", 3);
	memset(text + 3000, ')', 1000);
	refuse_text(text, 4000, 0);

	/* A count can make any pattern large. */
	memset(text, 'a', MND_REGEX_MAX_TEXT);
	text[0] = '(';
	memcpy(text + 3000, "){1000}", 7);
	refuse_text(text, 3007, -E2BIG);
	free(text);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

/* A figure to look at, and no test: how fast a machine is says nothing. */
static void tells_how_long_it_takes(void **state)
{
	struct mnd_dfa_list list;
	double start = seconds();

	(void)state;
	list = build_anchored(confcom, ARRAY_SIZE(confcom));
	mnd_dfa_list_free(&list);
	list = build(kata, ARRAY_SIZE(kata));
	mnd_dfa_list_free(&list);
	print_message("# the patterns of two policies: %.1f ms\n",
		      (seconds() - start) * 1e3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts_the_syntax_of_go),
		cmocka_unit_test(refuses_the_rest_with_a_place),
		cmocka_unit_test(means_what_go_means),
		cmocka_unit_test(takes_bytes_of_zero),
		cmocka_unit_test(anchors_the_text_only),
		cmocka_unit_test(anchors_rules_as_meant),
		cmocka_unit_test(makes_minimal_automata),
		cmocka_unit_test(has_the_known_sizes),
		cmocka_unit_test(unites_what_fits),
		cmocka_unit_test(tells_all_patterns_in_one_scan),
		cmocka_unit_test(knows_each_pattern_once),
		cmocka_unit_test(makes_equal_patterns_once),
		cmocka_unit_test(keeps_wholes_from_searches),
		cmocka_unit_test(takes_an_empty_list),
		cmocka_unit_test(depends_on_the_patterns_only),
		cmocka_unit_test(names_the_pattern_that_explodes),
		cmocka_unit_test(bounds_the_whole_list),
		cmocka_unit_test(bounds_length_and_height),
		cmocka_unit_test(tells_how_long_it_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
