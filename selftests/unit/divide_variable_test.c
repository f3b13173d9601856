// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rules about whole strings of an environment as rules about name and value:
 * which are divided, and that they mean the same.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../userspace/compile/divide_variable.h"
#include "../../userspace/regex/dfa.h"

#define NAME "A="

static const struct {
	enum mnd_matching matching;
	const char *text;
	const char *name; /* NULL: it is not divided */
	const char *value;
} rows[] = {
	{ MND_MATCHING_EXACT, "PATH=/bin", "PATH", "/bin" },
	{ MND_MATCHING_EXACT, "A=B=C", "A", "B=C" },
	{ MND_MATCHING_EXACT, "A.|=^", "A.|", "^" },
	{ MND_MATCHING_EXACT, "=", "", "" },
	{ MND_MATCHING_EXACT, "", NULL, NULL },
	{ MND_MATCHING_EXACT, "PATH", NULL, NULL },
	{ MND_MATCHING_RE2, "PORT_1=[0-9]{1,5}", "PORT_1", "[0-9]{1,5}" },
	{ MND_MATCHING_RE2, "A=(on|off)(?:x|=)*", "A", "(on|off)(?:x|=)*" },
	{ MND_MATCHING_RE2, "A=\\d+\\.[^a|]|", NULL, NULL },
	{ MND_MATCHING_RE2, "A=\\d+\\.[^a|]", "A", "\\d+\\.[^a|]" },
	{ MND_MATCHING_RE2, "A=", NULL, NULL },
	{ MND_MATCHING_RE2, "A", NULL, NULL },
	{ MND_MATCHING_RE2, "A.=x", NULL, NULL },
	{ MND_MATCHING_RE2, "A|B=x", NULL, NULL },
	{ MND_MATCHING_RE2, "(?i)A=x", NULL, NULL },
	{ MND_MATCHING_RE2, "A=(?i)x", NULL, NULL },
	{ MND_MATCHING_RE2, "A=(?P<n>x)", NULL, NULL },
	{ MND_MATCHING_RE2, "A=?x", NULL, NULL },
	{ MND_MATCHING_RE2, "A={2}", NULL, NULL },
	{ MND_MATCHING_RE2, "A=^x", NULL, NULL },
	{ MND_MATCHING_RE2, "A=x$", NULL, NULL },
	{ MND_MATCHING_RE2, "A=\\Ax", NULL, NULL },
	{ MND_MATCHING_RE2, "A=\\Qx|\\E", NULL, NULL },
	{ MND_MATCHING_RE2, "A=[]|]", NULL, NULL },
	{ MND_MATCHING_RE2, "A=[[:alpha:]|]", NULL, NULL },
	{ MND_MATCHING_RE2, "A=[[:alpha:](]|x[[:alpha:])]", NULL, NULL },
	{ MND_MATCHING_RE2, "A=[\\]|]", NULL, NULL },
	{ MND_MATCHING_ANY, "A=x", NULL, NULL },
	{ MND_MATCHING_NONE, "A=x", NULL, NULL },
};

static struct mnd_variable_rule divide(enum mnd_matching matching,
				       const char *text)
{
	const struct mnd_variable_rule rule = {
		.whole = true,
		.required = true,
		.value = { matching, text, strlen(text), { 2, 3 } },
		.place = { 2, 1 },
	};

	return mnd_divide_variable(&rule);
}

static void expect_text(const struct mnd_match_rule *rule, const char *text)
{
	assert_int_equal(rule->length, strlen(text));
	assert_memory_equal(rule->text, text, rule->length);
	assert_int_equal(rule->place.column, 3);
}

static void test_cases(void **state)
{
	struct mnd_variable_rule rule;
	const char *text;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		rule = divide(rows[i].matching, rows[i].text);
		if (rule.whole != !rows[i].name)
			fail_msg("%s", rows[i].text);
		assert_true(rule.required);
		assert_int_equal(rule.value.matching, rows[i].matching);
		text = rule.whole ? rows[i].text : rows[i].value;
		expect_text(&rule.value, text);
		if (rule.whole)
			continue;
		assert_int_equal(rule.name.matching, MND_MATCHING_EXACT);
		expect_text(&rule.name, rows[i].name);
	}
	(void)state;
}

/* What is about name and value already is left alone. */
static void test_divided(void **state)
{
	const struct mnd_variable_rule rule = {
		.name = { MND_MATCHING_EXACT, "A=B", 3, { 1, 1 } },
		.value = { MND_MATCHING_RE2, "C=D", 3, { 1, 7 } },
	};
	const struct mnd_variable_rule divided = mnd_divide_variable(&rule);

	assert_false(divided.whole);
	assert_ptr_equal(divided.name.text, rule.name.text);
	assert_int_equal(divided.name.length, rule.name.length);
	assert_ptr_equal(divided.value.text, rule.value.text);
	assert_int_equal(divided.value.length, rule.value.length);
	(void)state;
}

/* Whether @text is an expression, and then its automaton. */
static bool build(const char *text, size_t length, struct mnd_dfa_list *list)
{
	struct mnd_regex *regex;
	struct mnd_dfa_error why;
	struct mnd_error error;
	int err;

	if (mnd_regex_parse(text, length, &regex, &error))
		return false;
	mnd_regex_match_whole(regex);
	err = mnd_dfa_build((const struct mnd_regex *const *)&regex, 1, list,
			    &why);
	assert_int_equal(err, 0);
	mnd_regex_free(regex);
	return true;
}

static bool accepts(const struct mnd_dfa_list *list, const char *string)
{
	const struct mnd_dfa *dfa = list->dfa;

	return mnd_dfa_accepts(dfa, mnd_dfa_match(dfa, string, strlen(string)),
			       0);
}

/* The string of a number in a system whose digits are @letters. */
static void spell(unsigned int number, const char *letters, char *string)
{
	const unsigned int base = (unsigned int)strlen(letters);

	for (; number; number = (number - 1) / base)
		*string++ = letters[(number - 1) % base];
	*string = '\0';
}

/* As many strings as there are of up to three of four letters. */
#define SUBJECTS (1 + 4 + 16 + 64)

static void compare(const char *text, const struct mnd_dfa_list *whole,
		    const struct mnd_dfa_list *value)
{
	char subject[8] = NAME;
	unsigned int i;

	for (i = 0; i < SUBJECTS; i++) {
		spell(i, "a=|\n", subject + strlen(NAME));
		if (accepts(whole, subject) !=
		    accepts(value, subject + strlen(NAME)))
			fail_msg("%s: %s", text, subject);
	}
}

/* Every expression of up to three of these letters, and many of four. */
static void test_meaning(void **state)
{
	static const char letters[] = "a|*()[]^$\\?:{";
	const unsigned int base = sizeof(letters) - 1;
	const unsigned int all = base * base * base * base;
	struct mnd_dfa_list whole, value;
	struct mnd_variable_rule rule;
	unsigned int compared = 0;
	char text[16] = NAME;
	unsigned int i;

	for (i = 0; i < all; i++) {
		spell(i, letters, text + strlen(NAME));
		rule = divide(MND_MATCHING_RE2, text);
		if (rule.whole || !build(text, strlen(text), &whole))
			continue;
		if (!build(rule.value.text, rule.value.length, &value))
			fail_msg("%s", text);
		compare(text, &whole, &value);
		compared++;
		mnd_dfa_list_free(&whole);
		mnd_dfa_list_free(&value);
	}
	assert_in_range(compared, 100, all);
	(void)state;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_divided),
		cmocka_unit_test(test_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
