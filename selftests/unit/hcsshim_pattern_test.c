// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Expressions of hcsshim, which puts anchors around their text and searches,
 * and what becomes of them: they must accept the same as whole strings.  That
 * is proved, for each expression here, on the automata of both.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../userspace/import/hcsshim.h"
#include "../../userspace/regex/dfa.h"

static const struct mnd_source_options lax = { .strict = false };
static const struct mnd_source_options strict = { .strict = true };

static void build(const char *text, size_t length, bool whole,
		  struct mnd_dfa_list *list)
{
	struct mnd_dfa_error why;
	struct mnd_regex *regex;
	struct mnd_error error;

	if (mnd_regex_parse(text, length, &regex, &error))
		fail_msg("%s: %s", text, error.text);
	if (whole)
		mnd_regex_match_whole(regex);
	if (mnd_dfa_build((const struct mnd_regex *const *)&regex, 1, list,
			  &why))
		fail_msg("%s: %s", text, why.error.text);
	mnd_regex_free(regex);
}

/*
 * Where a string is in a character of UTF-8: between two, or before so many
 * bytes of one, the first of which is perhaps limited.
 */
enum place {
	BETWEEN,
	BEFORE_1,
	BEFORE_2,
	BEFORE_3,
	BEHIND_E0,
	BEHIND_ED,
	BEHIND_F0,
	BEHIND_F4,
	PLACES,
	NOWHERE,
};

static enum place first_byte(unsigned int byte)
{
	if (byte < 0x80)
		return BETWEEN;
	if (byte < 0xc2 || byte > 0xf4)
		return NOWHERE;
	if (byte < 0xe0)
		return BEFORE_1;
	switch (byte) {
	case 0xe0:
		return BEHIND_E0;
	case 0xed:
		return BEHIND_ED;
	case 0xf0:
		return BEHIND_F0;
	case 0xf4:
		return BEHIND_F4;
	}
	return byte < 0xf0 ? BEFORE_2 : BEFORE_3;
}

static enum place next_place(enum place place, unsigned int byte)
{
	static const struct {
		unsigned int low;
		unsigned int high;
		enum place next;
	} steps[PLACES] = {
		[BEFORE_1] = { 0x80, 0xbf, BETWEEN },
		[BEFORE_2] = { 0x80, 0xbf, BEFORE_1 },
		[BEFORE_3] = { 0x80, 0xbf, BEFORE_2 },
		[BEHIND_E0] = { 0xa0, 0xbf, BEFORE_1 },
		[BEHIND_ED] = { 0x80, 0x9f, BEFORE_1 },
		[BEHIND_F0] = { 0x90, 0xbf, BEFORE_2 },
		[BEHIND_F4] = { 0x80, 0x8f, BEFORE_2 },
	};

	if (place == BETWEEN)
		return first_byte(byte);
	if (byte < steps[place].low || byte > steps[place].high)
		return NOWHERE;
	return steps[place].next;
}

/* Where two automata are that read the same string. */
struct pair {
	u32 state[2];
	enum place place;
};

struct both {
	const struct mnd_dfa *dfa[2];
	unsigned char *seen;
	struct pair *todo;
	size_t count;
};

static bool accepts(const struct mnd_dfa *dfa, u32 state)
{
	return dfa->accept[state / dfa->class_count];
}

static void visit(struct both *both, const struct pair *pair)
{
	const struct mnd_dfa *const *dfa = both->dfa;
	size_t index = pair->state[0] / dfa[0]->class_count;

	index = index * dfa[1]->state_count +
		pair->state[1] / dfa[1]->class_count;
	index = index * PLACES + pair->place;
	if (both->seen[index])
		return;
	both->seen[index] = 1;
	both->todo[both->count++] = *pair;
}

/* Whether both accept the same of what can follow. */
static bool step(struct both *both, const struct pair *pair)
{
	const struct mnd_dfa *const *dfa = both->dfa;
	struct pair next;
	unsigned int byte;
	size_t i;

	if (pair->place == BETWEEN &&
	    accepts(dfa[0], pair->state[0]) != accepts(dfa[1], pair->state[1]))
		return false;
	for (byte = 0; byte < 256; byte++) {
		next.place = next_place(pair->place, byte);
		if (next.place == NOWHERE)
			continue;
		for (i = 0; i < 2; i++)
			next.state[i] = dfa[i]->next[pair->state[i] +
						     dfa[i]->class_of[byte]];
		visit(both, &next);
	}
	return true;
}

static bool same_language(const struct mnd_dfa *a, const struct mnd_dfa *b)
{
	const size_t most = (size_t)a->state_count * b->state_count * PLACES;
	struct both both = { { a, b }, calloc(most, 1), NULL, 0 };
	struct pair pair = { { a->start, b->start }, BETWEEN };
	bool same = true;

	both.todo = calloc(most, sizeof(*both.todo));
	assert_non_null(both.seen);
	assert_non_null(both.todo);
	visit(&both, &pair);
	while (same && both.count) {
		pair = both.todo[--both.count];
		same = step(&both, &pair);
	}
	free(both.seen);
	free(both.todo);
	return same;
}

static bool is_valid(const char *text, size_t length)
{
	struct mnd_regex *regex;
	struct mnd_error error;

	if (mnd_regex_parse(text, length, &regex, &error))
		return false;
	mnd_regex_free(regex);
	return true;
}

/* What becomes of @text, and what hcsshim makes of it. */
struct converted {
	struct mnd_policy_source policy;
	struct mnd_match_rule rule;
	char *anchored;
	size_t length;
};

static void convert(const char *text, const struct mnd_source_options *options,
		    struct converted *converted)
{
	const struct mnd_text pattern = { text, strlen(text), { 3, 4 } };
	struct mnd_error error;
	struct mnd_import import = { &converted->policy, options, &error };

	memset(converted, 0, sizeof(*converted));
	if (mnd_hcsshim_pattern(&import, &pattern, &converted->rule))
		fail_msg("%s: %s", text, error.text);
	assert_int_equal(converted->rule.place.line, 3);
	assert_int_equal(mnd_regex_anchor(text, strlen(text),
					  &converted->anchored,
					  &converted->length),
			 0);
}

static void release(struct converted *converted)
{
	mnd_policy_release(&converted->policy);
	free(converted->anchored);
}

/* Proves that what becomes of @text accepts what hcsshim accepts. */
static void expect_same(const char *text)
{
	struct mnd_dfa_list search, whole;
	struct converted c;

	convert(text, &lax, &c);
	if (c.rule.matching == MND_MATCHING_NONE) {
		if (is_valid(c.anchored, c.length))
			fail_msg("%s matches nothing", text);
		release(&c);
		return;
	}
	assert_int_equal(c.rule.matching, MND_MATCHING_RE2);
	assert_int_equal(c.rule.length, strlen(c.rule.text));
	/* A warning says that the text had to be changed. */
	assert_int_equal(c.rule.text != text, !!c.policy.warnings);
	build(c.anchored, c.length, false, &search);
	build(c.rule.text, c.rule.length, true, &whole);
	if (!same_language(search.dfa, whole.dfa))
		fail_msg("%s is not %s", c.rule.text, c.anchored);
	mnd_dfa_list_free(&search);
	mnd_dfa_list_free(&whole);
	release(&c);
}

/* What becomes of @text if the import is strict accepts nothing else. */
static void expect_narrower(const char *text)
{
	struct mnd_dfa_list search, whole;
	struct converted c;
	char *both;

	convert(text, &strict, &c);
	if (c.rule.matching == MND_MATCHING_NONE) {
		release(&c);
		return;
	}
	assert_ptr_equal(c.rule.text, text);
	/* A union with what is a part changes nothing. */
	both = malloc(c.length + strlen(text) + 64);
	assert_non_null(both);
	sprintf(both, "(?:(?s:.*)(?:%s)(?s:.*))|(?:%s)", c.anchored, text);
	build(c.anchored, c.length, false, &search);
	build(both, strlen(both), true, &whole);
	if (!same_language(search.dfa, whole.dfa))
		fail_msg("%s accepts more if it is strict", text);
	free(both);
	mnd_dfa_list_free(&search);
	mnd_dfa_list_free(&whole);
	release(&c);
}

/* Expressions whose text stays as it is, and such as have to be changed. */
static const char *const kept[] = {
	"",
	"^",
	"$",
	"^$",
	"^^a$$",
	"A=1",
	"^A=1",
	"A=1$",
	"^A=1$",
	"A=(1|2)",
	"(?:A|B)=.+",
	"(A=1|B=2)",
	"A=[|]",
	"A=[]|]",
	"A=[^]|]",
	"A=[[:alpha:]|]",
	"A=[\\]|]",
	"A=\\|",
	"A=\\Qa|b\\E",
	"A=\\Qa|b\\Ec",
	"A=\\\\$",
	"A=\\Q$\\E",
	"A=a$*",
	"(?i)a=b",
	"(?s)a.b",
	"(?m:^a$)",
	"((?m)^a$)",
	"(?P<n>a|b)c",
	"A=x{2",
	"A=a$b",
	"A=\xc3\xa9+",
	"R1=\\b(.)*?",
	"R1=(\\pL)*$",
	"(?i)(FABRIC)_.+",
};

static const char *const changed[] = {
	"A=1|B=2",
	"^A=1|B=2$",
	"|",
	"a|",
	"|a",
	"A=1|B=2|C=3",
	"X=1\\$",
	"\\$",
	"^*a",
	"^+a",
	"^?a",
	"^{2}a",
	"*a",
	"+",
	"a\\",
	"(?m)a",
	"(?m)a$",
	"(?im)a$",
	"(?-m)a$",
	"\\Qa.b",
	"\\Qa$",
	"\\Qa|b",
	"\\Q",
	"^\\Q",
	"[a]|[b]",
	"[A-[:alpha:]|b]",
	"[\\x{41}-[:a:]|b",
	"[A-\xc3\xa9-[:alpha:]]|b",
	"(a)|(b)",
	"(?i)A|b",
	"A=[[:alpha]|]",
	"(?i)*a",
	"^(?i)(?s)+a",
	"\\Q\\E?a",
	"R1=/.0a[a-]|[^/]+",
	"^R1=(?:\\w*)[\\w.-]\\/([^abc]|/)|[ab]*",
	"R2=[[:alnum:]_-]|\\W|\\.[a-c0-9][^/]{0,1}$",
	"R1=(\\w+?){2,}[[:alnum:]_-]|(\\d|(?i:\\/))",
	"E=y|F=z",
	"a|app-7x",
};

static void pattern_kept(void **state)
{
	struct converted c;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		convert(kept[i], &lax, &c);
		if (c.rule.text != kept[i] || c.policy.warnings)
			fail_msg("%s was changed", kept[i]);
		release(&c);
		expect_same(kept[i]);
		expect_narrower(kept[i]);
	}
	(void)state;
}

static void pattern_changed(void **state)
{
	struct converted c;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(changed); i++) {
		convert(changed[i], &lax, &c);
		if (c.rule.text == changed[i] || !c.policy.warnings)
			fail_msg("%s was not changed", changed[i]);
		assert_non_null(strstr(c.policy.warnings->text,
				       "matches more than it seems to"));
		assert_int_equal(c.policy.warnings->place.column, 4);
		release(&c);
		expect_same(changed[i]);
		expect_narrower(changed[i]);
	}
	(void)state;
}

/* Every text of three of these, and whatever it means. */
static void pattern_all(void **state)
{
	static const char *const parts[] = {
		"a", "b", "|",	  "^",	  "$",	 "\\", "\\Q", "\\E", "(",   ")",
		"[", "]", "(?i)", "(?m)", "(?:", ".",  "\n",  "*",   "{2}",
	};
	const size_t count = ARRAY_SIZE(parts);
	char text[16];
	size_t i;

	for (i = 0; i < count * count * count; i++) {
		snprintf(text, sizeof(text), "%s%s%s", parts[i % count],
			 parts[i / count % count], parts[i / count / count]);
		expect_same(text);
		expect_narrower(text);
	}
	(void)state;
}

static void pattern_invalid(void **state)
{
	static const char *const texts[] = {
		"(", "a)", "[", "\\pX", "a**", "\\8",
	};
	struct converted c;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		convert(texts[i], i % 2 ? &strict : &lax, &c);
		if (c.rule.matching != MND_MATCHING_NONE)
			fail_msg("%s is an expression", texts[i]);
		assert_non_null(c.policy.warnings);
		assert_non_null(strstr(c.policy.warnings->text,
				       "is no regular expression"));
		release(&c);
	}
	/* They are valid with hcsshim's anchors, but not on their own. */
	convert("*a", &strict, &c);
	assert_int_equal(c.rule.matching, MND_MATCHING_NONE);
	release(&c);
	convert("\\Qa", &strict, &c);
	assert_int_equal(c.rule.matching, MND_MATCHING_NONE);
	assert_non_null(strstr(c.policy.warnings->text, "\\Q needs \\E"));
	release(&c);
	(void)state;
}

static void pattern_too_large(void **state)
{
	struct mnd_policy_source policy = { { NULL } };
	struct mnd_error error;
	struct mnd_import import = { &policy, &lax, &error };
	struct mnd_text text = { NULL, 4096, { 5, 6 } };
	struct mnd_match_rule rule;
	char *bytes = malloc(4097);

	assert_non_null(bytes);
	memset(bytes, 'a', 4096);
	bytes[4096] = '\0';
	text.text = bytes;
	assert_int_equal(mnd_hcsshim_pattern(&import, &text, &rule), -E2BIG);
	assert_int_equal(error.line, 5);
	assert_int_equal(error.column, 6);
	assert_non_null(strstr(error.text, "longer than 4096 bytes"));
	/* So it is if only what it becomes is too large. */
	bytes[4090] = '|';
	bytes[4091] = '\0';
	text.length = 4091;
	assert_int_equal(mnd_hcsshim_pattern(&import, &text, &rule), -E2BIG);
	mnd_policy_release(&policy);
	free(bytes);
	(void)state;
}

/*
 * Volumes.  hcsshim puts the directory of the pod into the expression; here
 * what matches puts a mark into the source instead of the directory.
 */

#define POD "/run/gcs/c/cfcf/"
#define SANDBOX POD "sandboxMounts"
#define HUGEPAGES POD "hugepages"

static char *replace_all(const char *text, const char *from, const char *to)
{
	char *result = calloc(strlen(text) * (strlen(to) + 1) + 1, 1);
	const char *found;

	assert_non_null(result);
	while ((found = strstr(text, from))) {
		strncat(result, text, (size_t)(found - text));
		strcat(result, to);
		text = found + strlen(from);
	}
	return strcat(result, text);
}

static bool automaton_accepts(const struct mnd_dfa_list *list,
			      const char *subject)
{
	return mnd_dfa_match(list->dfa, subject, strlen(subject));
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static char *mark(const char *source)
{
	char *marked = calloc(strlen(source) + 8, 1);

	assert_non_null(marked);
	if (begins(source, SANDBOX))
		sprintf(marked, MND_VOLUME_PLACE "s%s",
			source + strlen(SANDBOX));
	else if (begins(source, HUGEPAGES))
		sprintf(marked, MND_VOLUME_PLACE "h%s",
			source + strlen(HUGEPAGES));
	else
		strcat(marked, source);
	return marked;
}

static bool hcsshim_accepts(const char *constraint, const char *source)
{
	const bool sandbox = begins(constraint, "sandbox://");
	struct mnd_dfa_list list;
	char *text, *anchored;
	bool accepted = false;
	size_t length;

	text = replace_all(constraint, sandbox ? "sandbox://" : "hugepages://",
			   sandbox ? SANDBOX : HUGEPAGES);
	length = strlen(text);
	assert_int_equal(mnd_regex_anchor(text, length, &anchored, &length), 0);
	if (is_valid(anchored, length)) {
		build(anchored, length, false, &list);
		accepted = automaton_accepts(&list, source);
		mnd_dfa_list_free(&list);
	}
	free(text);
	free(anchored);
	return accepted;
}

/* Whether the rule for @constraint accepts @source by its pattern. */
static bool rule_accepts(const struct mnd_volume_rule *rule, const char *source)
{
	struct mnd_dfa_list list;
	bool accepted;
	char *marked;

	if (rule->pattern.matching == MND_MATCHING_NONE)
		return false;
	assert_int_equal(rule->pattern.matching, MND_MATCHING_RE2);
	build(rule->pattern.text, rule->pattern.length, true, &list);
	marked = mark(source);
	accepted = automaton_accepts(&list, marked);
	free(marked);
	mnd_dfa_list_free(&list);
	return accepted;
}

static void make_volume(const char *source,
			const struct mnd_source_options *options,
			struct mnd_policy_source *policy,
			struct mnd_volume_rule *rule)
{
	const struct mnd_text constraint = { source, strlen(source), { 7, 8 } };
	const struct mnd_text words[] = { { "bind", 4, { 1, 1 } },
					  { "/d", 2, { 1, 2 } },
					  { "ro", 2, { 1, 3 } },
					  { "ro", 2, { 1, 4 } } };
	struct mnd_error error;
	struct mnd_import import = { policy, options, &error };

	memset(policy, 0, sizeof(*policy));
	memset(rule, 0, sizeof(*rule));
	assert_int_equal(mnd_hcsshim_volume(&import, &words[0], &words[1],
					    &constraint, &words[2], 2, rule),
			 0);
}

static const char *const sources[] = {
	SANDBOX,
	SANDBOX "/a",
	SANDBOX "/a/b",
	SANDBOX "/ab",
	SANDBOX "/x/b",
	SANDBOX "/b",
	SANDBOX "a",
	SANDBOX "s/a",
	SANDBOX "s",
	HUGEPAGES,
	HUGEPAGES "/a",
	HUGEPAGES "/b",
	HUGEPAGES "h/a",
	HUGEPAGES "s",
	POD "sandboxMount",
	POD "hugepage",
	"/run/gcs/c/other/sandboxMounts/a",
	"/etc/b",
	"/b",
	"b",
	"h/b",
	"s/b",
	"sandbox:///a",
	"",
	"/",
	"\n",
};

/* What is accepted exactly as hcsshim does, and what is not at all. */
static const struct {
	const char *constraint;
	bool exact;
} constraints[] = {
	{ "sandbox:///a", true },
	{ "sandbox://a", true },
	{ "sandbox://", true },
	{ "sandbox:///a.*", true },
	{ "sandbox://.*", true },
	{ "sandbox:///a$", true },
	{ "sandbox:///a\\$", true },
	{ "sandbox:///(a|b)", true },
	{ "sandbox:///[ab]", true },
	{ "sandbox:///a|/b", true },
	{ "sandbox:///a|/b|/c", true },
	{ "sandbox:///a|^/b", true },
	{ "sandbox:///a|b$", true },
	{ "sandbox:///.|/b", true },
	{ "sandbox:///(?i)A", true },
	{ "sandbox:///a\\Q|", true },
	{ "sandbox:///sandbox://a", true },
	{ "sandbox:///(", true },
	{ "hugepages:///a", true },
	{ "hugepages://.+", true },
	{ "hugepages:///a|/b", true },
	/* These say something about the directory itself. */
	{ "sandbox://*", false },
	{ "sandbox://?/a", false },
	{ "hugepages://(?i)*/a", false },
	{ "hugepages://\\Q\\E(?s)?/a", false },
	{ "sandbox:///x|/(?i)*s/b", false },
	{ "hugepages://{1,2}/a", false },
	{ "hugepages://+", false },
	{ "sandbox:///a|.*/b", false },
	{ "sandbox:///x|s/b", false },
	{ "hugepages:///x|h/b", false },
	{ "hugepages:///x|^h?/b", false },
	{ "hugepages:///x|.h/b", false },
	{ "hugepages:///x|(?i)H/b", false },
	{ "hugepages:///x|\xc5\xbf", false },
	{ "sandbox:///x|[^a]", false },
	{ "sandbox:///x|", false },
	{ "sandbox:///x|^*/b", false },
	{ "sandbox:///x|/*b", false },
};

static void volume_patterns(void **state)
{
	struct mnd_policy_source policy;
	struct mnd_volume_rule rule;
	bool ours, theirs;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(constraints); i++) {
		const char *constraint = constraints[i].constraint;

		make_volume(constraint, &lax, &policy, &rule);
		if (!constraints[i].exact) {
			assert_int_equal(rule.pattern.matching,
					 MND_MATCHING_NONE);
			assert_non_null(strstr(policy.warnings->text,
					       "directory of the pod"));
			assert_int_equal(policy.warnings->place.line, 7);
		}
		for (j = 0; j < ARRAY_SIZE(sources); j++) {
			ours = rule_accepts(&rule, sources[j]);
			theirs = hcsshim_accepts(constraint, sources[j]);
			if (ours > theirs ||
			    (constraints[i].exact && ours != theirs))
				fail_msg("%s for %s: %d, hcsshim %d",
					 sources[j], constraint, ours, theirs);
		}
		mnd_policy_release(&policy);
	}
	(void)state;
}

static void volume_patterns_strict(void **state)
{
	struct mnd_policy_source policy;
	struct mnd_volume_rule rule;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(constraints); i++) {
		const char *constraint = constraints[i].constraint;

		make_volume(constraint, &strict, &policy, &rule);
		for (j = 0; j < ARRAY_SIZE(sources); j++)
			if (rule_accepts(&rule, sources[j]) &&
			    !hcsshim_accepts(constraint, sources[j]))
				fail_msg("%s for %s", sources[j], constraint);
		mnd_policy_release(&policy);
	}
	make_volume("sandbox:///a|/b", &strict, &policy, &rule);
	assert_true(rule_accepts(&rule, SANDBOX "/a"));
	assert_true(rule_accepts(&rule, "/b"));
	assert_false(rule_accepts(&rule, SANDBOX "/ab"));
	assert_false(rule_accepts(&rule, "/etc/b"));
	mnd_policy_release(&policy);
	(void)state;
}

/* What stands for no directory is compared as it is, and only so. */
static void volume_plain(void **state)
{
	static const char *const plain[] = {
		"/host/d.r",	    "plan9://", "plan9://x", "uvm:///x",
		"sandbox-tmp:///x", "",		"tmpfs",     " sandbox:///a",
	};
	struct mnd_policy_source policy;
	struct mnd_volume_rule rule;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(plain); i++) {
		make_volume(plain[i], &lax, &policy, &rule);
		assert_int_equal(rule.pattern.matching, MND_MATCHING_NONE);
		assert_null(policy.warnings);
		assert_string_equal(rule.source, plain[i]);
		assert_string_equal(rule.type, "bind");
		assert_string_equal(rule.destination, "/d");
		/* One that is there twice counts twice. */
		assert_int_equal(rule.option_count, 2);
		assert_string_equal(rule.options[1], "ro");
		mnd_policy_release(&policy);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pattern_kept),
		cmocka_unit_test(pattern_changed),
		cmocka_unit_test(pattern_all),
		cmocka_unit_test(pattern_invalid),
		cmocka_unit_test(pattern_too_large),
		cmocka_unit_test(volume_patterns),
		cmocka_unit_test(volume_patterns_strict),
		cmocka_unit_test(volume_plain),
	};

	return cmocka_run_group_tests_name("hcsshim_pattern", tests, NULL,
					   NULL);
}
