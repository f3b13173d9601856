// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What policies in other languages are read with: JSON, the data in Rego, and
 * what finds out which language a text is in.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../userspace/import/rego.h"
#include "../../userspace/import/source.h"
#include "../../userspace/import/value.h"
#include "../../userspace/import/value_reader.h"

struct refused {
	const char *text;
	unsigned int line;
	unsigned int column;
	const char *message;
};

/* Insists that @text was refused as @refused says. */
static void expect_error(const struct refused *refused, int err,
			 const struct mnd_error *error)
{
	if (!err)
		fail_msg("accepted: %s", refused->text);
	if (error->line != refused->line || error->column != refused->column ||
	    !strstr(error->text, refused->message))
		fail_msg("%s: %u:%u: %s", refused->text, error->line,
			 error->column, error->text);
}

static int read_json(struct mnd_arena *arena, const char *text,
		     struct mnd_value *value, struct mnd_error *error)
{
	memset(error, 0, sizeof(*error));
	return mnd_json_read(arena, text, strlen(text), value, error);
}

static const struct refused json_refusals[] = {
	{ "", 1, 1, "expected a value, found the end of the text" },
	{ "\n\t", 2, 2, "expected a value, found the end of the text" },
	{ "nul", 1, 1, "expected a value, found \"n\"" },
	{ "nulls", 1, 1, "expected a value, found \"n\"" },
	{ "True", 1, 1, "expected a value, found \"T\"" },
	{ "1 2", 1, 3, "expected the end of the text, found \"2\"" },
	{ "01", 1, 2, "expected the end of a number, found \"1\"" },
	{ "1.", 1, 3, "expected a digit, found the end of the text" },
	{ ".1", 1, 1, "expected a value, found \".\"" },
	{ "-", 1, 2, "expected a digit" },
	{ "-a", 1, 2, "expected a digit, found \"a\"" },
	{ "+1", 1, 1, "expected a value, found \"+\"" },
	{ "1e", 1, 3, "expected a digit" },
	{ "1e+", 1, 4, "expected a digit" },
	{ "1x", 1, 2, "expected the end of a number, found \"x\"" },
	{ "[1", 1, 3, "expected \",\" or \"]\"" },
	{ "[1,", 1, 4, "expected a value, found the end of the text" },
	{ "[1,]", 1, 4, "expected a value, found \"]\"" },
	{ "[,1]", 1, 2, "expected a value, found \",\"" },
	{ "[1}", 1, 3, "expected \",\" or \"]\"" },
	{ "[1 2]", 1, 4, "expected \",\" or \"]\"" },
	{ "{\"a\":1]", 1, 7, "expected \",\" or \"}\"" },
	{ "{\"a\" 1}", 1, 6, "expected \":\", found \"1\"" },
	{ "{\"a\":}", 1, 6, "expected a value, found \"}\"" },
	{ "{\"a\":1,}", 1, 8, "expected a string as key, found \"}\"" },
	{ "{a:1}", 1, 2, "expected a string as key, found \"a\"" },
	{ "{1:1}", 1, 2, "expected a string as key, found \"1\"" },
	{ "{\"a\":1,\n \"b\":2, \"a\":3}", 2, 9, "duplicate key \"a\"" },
	{ "{\"a\":1,\"\\u0061\":3}", 1, 8, "duplicate key \"a\"" },
	{ "[# no\n1]", 1, 2, "expected a value, found \"#\"" },
	{ "[`raw`]", 1, 2, "expected a value, found \"`\"" },
	{ "\"a", 1, 3, "string has no end" },
	{ "\"a\n\"", 1, 3, "string has no end" },
	{ "\"a\tb\"", 1, 3, "control character U+0009" },
	{ "\"\\x\"", 1, 2, "unknown escape sequence" },
	{ "\"\\", 1, 2, "unknown escape sequence" },
	{ "\"\\u00g0\"", 1, 2, "\\u needs four hex digits" },
	{ "\"\\u00", 1, 2, "\\u needs four hex digits" },
	{ "\"a\\u0000\"", 1, 3, "contains a NUL" },
	{ "\"\\ud800\"", 1, 2, "U+D800 is not a character" },
	{ "\"\\ud800\\u0041\"", 1, 2, "U+D800 is not a character" },
	{ "\"\\udc00\\ud800\"", 1, 2, "U+DC00 is not a character" },
	{ "\"\\udc00\\udc00\"", 1, 2, "U+DC00 is not a character" },
	{ "\"\xff\"", 1, 2, "byte 0xff is not UTF-8" },
	{ "\"\xc0\xaf\"", 1, 2, "byte 0xc0 is not UTF-8" },
	{ "\"\xed\xa0\x80\"", 1, 2, "byte 0xed is not UTF-8" },
	{ "\xef\xbb\xbf{}", 1, 1, "expected a value, found \"\\uFEFF\"" },
	{ "\x1b[0m", 1, 1, "expected a value, found \"\\u001B\"" },
};

static void json_refused(void **state)
{
	struct mnd_arena arena = { NULL };
	struct mnd_error error;
	struct mnd_value value;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(json_refusals); i++) {
		err = read_json(&arena, json_refusals[i].text, &value, &error);
		expect_error(&json_refusals[i], err, &error);
	}
	mnd_arena_free(&arena);
	(void)state;
}

static void json_nul(void **state)
{
	static const char text[] = "[1\0]";
	struct mnd_arena arena = { NULL };
	struct mnd_error error;
	struct mnd_value value;

	assert_int_equal(mnd_json_read(&arena, text, sizeof(text) - 1, &value,
				       &error),
			 -EINVAL);
	assert_int_equal(error.column, 3);
	mnd_arena_free(&arena);
	(void)state;
}

static void expect_place(const struct mnd_value *value, unsigned int line,
			 unsigned int column)
{
	assert_int_equal(value->place.line, line);
	assert_int_equal(value->place.column, column);
}

static void json_values(void **state)
{
	static const char text[] = " {\"a\": [1, -2.5e+3, \"x\\n\\u00e9\",\n"
				   "  null, true , false],\r\n"
				   "\t\"b\" : {} , \"\": \"\\ud83d\\ude00\"}\n";
	struct mnd_arena arena = { NULL };
	const struct mnd_value *items, *found;
	struct mnd_error error;
	struct mnd_value value;

	assert_int_equal(read_json(&arena, text, &value, &error), 0);
	assert_int_equal(value.type, MND_VALUE_OBJECT);
	assert_int_equal(value.count, 3);
	expect_place(&value, 1, 2);
	expect_place(&value.members[1].key, 3, 2);
	found = mnd_value_find(&value, "a");
	assert_non_null(found);
	expect_place(found, 1, 8);
	assert_int_equal(found->count, 6);
	items = found->items;
	assert_string_equal(items[0].text, "1");
	assert_string_equal(items[1].text, "-2.5e+3");
	assert_string_equal(items[2].text, "x\n\xc3\xa9");
	assert_int_equal(items[2].length, 4);
	assert_int_equal(items[3].type, MND_VALUE_NULL);
	expect_place(&items[3], 2, 3);
	assert_int_equal(items[4].type, MND_VALUE_BOOLEAN);
	assert_true(items[4].boolean);
	assert_false(items[5].boolean);
	found = mnd_value_find(&value, "");
	assert_string_equal(found->text, "\xf0\x9f\x98\x80");
	assert_null(mnd_value_find(&value, "c"));
	assert_null(mnd_value_find(items, "a"));
	mnd_arena_free(&arena);
	(void)state;
}

/* Arrays, one in the other. */
static char *make_deep(size_t depth)
{
	char *text = malloc(2 * depth + 1);

	assert_non_null(text);
	memset(text, '[', depth);
	memset(text + depth, ']', depth);
	text[2 * depth] = '\0';
	return text;
}

static void json_depth(void **state)
{
	struct mnd_arena arena = { NULL };
	struct mnd_error error;
	struct mnd_value value;
	char *text;

	text = make_deep(MND_VALUE_MAX_DEPTH);
	assert_int_equal(read_json(&arena, text, &value, &error), 0);
	free(text);
	text = make_deep(MND_VALUE_MAX_DEPTH + 1);
	assert_int_equal(read_json(&arena, text, &value, &error), -EINVAL);
	assert_string_equal(error.text, "nested more than 64 deep");
	assert_int_equal(error.column, MND_VALUE_MAX_DEPTH + 1);
	free(text);
	mnd_arena_free(&arena);
	(void)state;
}

static void json_size(void **state)
{
	const size_t size = MND_VALUE_MAX_SIZE + 1;
	struct mnd_arena arena = { NULL };
	struct mnd_error error;
	struct mnd_value value;
	char *text = malloc(size);

	assert_non_null(text);
	memset(text, ' ', size);
	text[0] = '1';
	assert_int_equal(mnd_json_read(&arena, text, size - 1, &value, &error),
			 0);
	assert_int_equal(mnd_json_read(&arena, text, size, &value, &error),
			 -E2BIG);
	free(text);
	mnd_arena_free(&arena);
	(void)state;
}

/* Many keys: all are told apart, and it takes no time. */
static void json_many_keys(void **state)
{
	const size_t count = 100000;
	struct mnd_arena arena = { NULL };
	struct mnd_error error;
	struct mnd_value value;
	char *text = malloc(count * 16 + 16), *at = text;
	size_t i;

	assert_non_null(text);
	for (i = 0; i < count; i++)
		at += sprintf(at, "%c\"%zu\":%zu", i ? ',' : '{', i, i);
	sprintf(at, "}");
	assert_int_equal(read_json(&arena, text, &value, &error), 0);
	assert_int_equal(value.count, count);
	sprintf(at, ",\"77\":0}");
	assert_int_equal(read_json(&arena, text, &value, &error), -EINVAL);
	assert_string_equal(error.text, "duplicate key \"77\"");
	assert_int_equal(error.column, at - text + 2);
	free(text);
	mnd_arena_free(&arena);
	(void)state;
}

static void json_canonical(void **state)
{
	static const struct {
		const char *text;
		const char *written;
	} cases[] = {
		{ " { } ", "{}" },
		{ "[ ]", "[]" },
		{ "{\"b\" : 1, \"a\" : [true, false, null]}",
		  "{\"a\":[true,false,null],\"b\":1}" },
		{ "{\"ab\":1,\"a\":{\"d\":2,\"c\":3},\"B\":4}",
		  "{\"B\":4,\"a\":{\"c\":3,\"d\":2},\"ab\":1}" },
		{ "\"\\u00e9\\\"\\\\\\/\\n\\u001f\"",
		  "\"\xc3\xa9\\\"\\\\/\\u000a\\u001f\"" },
		{ "-0.50E1", "-0.50E1" },
	};
	struct mnd_arena arena = { NULL };
	struct mnd_error error;
	struct mnd_value value;
	const char *written;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		if (read_json(&arena, cases[i].text, &value, &error))
			fail_msg("%s: %s", cases[i].text, error.text);
		assert_int_equal(mnd_value_write(&arena, &value, &written), 0);
		assert_string_equal(written, cases[i].written);
	}
	mnd_arena_free(&arena);
	(void)state;
}

static int read_rego(struct mnd_arena *arena, const char *text,
		     const struct mnd_value *parameters,
		     struct mnd_rego_module *module, struct mnd_error *error)
{
	memset(error, 0, sizeof(*error));
	return mnd_rego_read(arena, text, strlen(text), parameters, module,
			     error);
}

#define P "package policy\n"
#define FREE(name) "\"" name "\" is a free-form rule, and only data can be"

static const struct refused rego_refusals[] = {
	{ "", 1, 1, "expected \"package\", found the end of the text" },
	{ "hello", 1, 1, "expected \"package\", found \"h\"" },
	{ "{\"allow_all\": true}", 1, 1, "expected \"package\", found \"{\"" },
	{ "package", 1, 8, "expected the name of a package" },
	{ "package\nx := 1\n", 1, 8, "expected the name of a package" },
	{ "package a.b\n", 1, 10, "expected the end of the line" },
	{ "package a x := 1\n", 1, 11, "expected the end of the line" },
	{ P "x\n", 2, 1, FREE("x") },
	{ P "x == 1\n", 2, 1, FREE("x") },
	{ P "x { true }\n", 2, 1, FREE("x") },
	{ P "  x if { true }\n", 2, 3, FREE("x") },
	{ P "x[1] := 2\n", 2, 1, FREE("x") },
	{ P "x.y := 2\n", 2, 1, FREE("x") },
	{ P "x(y) := 2\n", 2, 1, FREE("x") },
	{ P "x contains 1\n", 2, 1, FREE("x") },
	{ P "x := 1 if true\n", 2, 1, FREE("x") },
	{ P "x := 1 { true }\n", 2, 1, FREE("x") },
	{ P "x := 1 + 2\n", 2, 1, FREE("x") },
	{ P "x := 1; y := 2\n", 2, 1, FREE("x") },
	{ P "x := [1][0]\n", 2, 1, FREE("x") },
	{ P "x := y\n", 2, 6, FREE("x") " imported: \"y\" is none" },
	{ P "x := input.y\n", 2, 6, "\"input\" is none" },
	{ P "x := [1,\n  concat(\"\", [])]\n", 3, 3, "\"concat\" is none" },
	{ P "x := {y | y := 1}\n", 2, 7, "expected a string as key" },
	{ P "x := [y | y := 1]\n", 2, 7, "\"y\" is none" },
	{ P "x := {\"a\", \"b\"}\n", 2, 10, "expected \":\", found \",\"" },
	{ P "x := set()\n", 2, 6, "\"set\" is none" },
	{ P "x := {\"a\": 1 | true}\n", 2, 14, "expected \",\" or \"}\"" },
	{ P "x := data.other.y\n", 2, 1, FREE("x") },
	{ P "x := data.framework\n", 2, 1, FREE("x") },
	{ P "x := data[\"framework\"].y\n", 2, 1, FREE("x") },
	{ P "x := data.framework.y.z\n", 2, 1, FREE("x") },
	{ P "x := data.framework.\n", 2, 21, "expected the name of a rule" },
	{ P "x := {\"allowed\": true} if input.y == 1\nelse := {}\n", 2, 1,
	  FREE("x") },
	{ P "x := 1\nelse := 2\n", 3, 1,
	  "\"else\" is part of a free-form rule" },
	{ P "x := 1\nwith input as 2\n", 3, 1, "\"with\" is part of" },
	{ P "x := 1\n+ 2\n", 3, 1, "expected the name of a rule" },
	{ P "x := 1\n[0]\n", 3, 1, "expected the name of a rule" },
	{ P "not x\n", 2, 1, "\"not\" is part of" },
	{ P "data := 1\n", 2, 1, "\"data\" is part of" },
	{ P "package again\n", 2, 1, "\"package\" is part of" },
	{ P "x := 1\nx := 1\n", 3, 1, "rule \"x\", first defined on line 2" },
	{ P "default x := 1\ndefault x := 1\n", 3, 9,
	  "rule \"x\", first defined on line 2" },
	{ P "default x := data.framework.x\n", 2, 14,
	  "a default cannot be a reference" },
	{ P "import data.x\n", 2, 8, "only rego.v1 and future.keywords can" },
	{ P "import input\n", 2, 8, "only rego.v1 and future.keywords can" },
	{ P "import future.keywords.in as x\n", 2, 8, "only rego.v1 and" },
	{ P "x := \"a\n", 2, 8, "string has no end" },
	{ P "x := `a\nb\n", 4, 1, "string has no end" },
	{ P "x := `a\nb\xff`\n", 3, 2, "byte 0xff is not UTF-8" },
	{ P "x := {`a`: 1, \"a\": 2}\n", 2, 15, "duplicate key \"a\"" },
	{ P "x := 0.5.0\n", 2, 1, FREE("x") },
	{ P "x := 05\n", 2, 7, "expected the end of a number" },
	{ P "x := parameter(\"y\")\n", 2, 6, "only a fragment has parameters" },
	{ P "x :=", 2, 5, "expected a value, found the end of the text" },
};

static void rego_refused(void **state)
{
	struct mnd_arena arena = { NULL };
	struct mnd_rego_module module;
	struct mnd_error error;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(rego_refusals); i++) {
		err = read_rego(&arena, rego_refusals[i].text, NULL, &module,
				&error);
		expect_error(&rego_refusals[i], err, &error);
	}
	mnd_arena_free(&arena);
	(void)state;
}

static const char rego_module[] =
	"# a comment\n"
	"package policy # another\n"
	"\n"
	"import future.keywords.every\r\n"
	"import future.keywords\n"
	"import rego.v1\n"
	"api_version := \"0.10.0\"\n"
	"  indented = 1 # one\n"
	"default flag := false\n"
	"default other := 1\n"
	"other := 2\n"
	"list :=\n"
	"  [ # first\n"
	"    `a\\\n"
	"b\"`, # second\n"
	"    {\n"
	"      \"k\": -1,\n"
	"    },\n"
	"  ]\n"
	"mount_device:=data.framework.mount_device\n"
	"reason := {\"errors\": data.framework.errors, \"x\": []}\n"
	"import rego.v1";

static void rego_nul(void **state)
{
	static const char text[] = P "x := `a\0b`\n";
	struct mnd_arena arena = { NULL };
	struct mnd_rego_module module;
	struct mnd_error error;

	assert_int_equal(mnd_rego_read(&arena, text, sizeof(text) - 1, NULL,
				       &module, &error),
			 -EINVAL);
	assert_string_equal(error.text, "contains a NUL");
	assert_int_equal(error.line, 2);
	assert_int_equal(error.column, 8);
	mnd_arena_free(&arena);
	(void)state;
}

static void rego_forms(void **state)
{
	struct mnd_arena arena = { NULL };
	const struct mnd_rego_rule *rule;
	struct mnd_rego_module module;
	struct mnd_error error;

	if (read_rego(&arena, rego_module, NULL, &module, &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
	assert_string_equal(module.package, "policy");
	assert_int_equal(module.package_place.line, 2);
	assert_int_equal(module.count, 8);
	rule = mnd_rego_find(&module, "indented");
	assert_int_equal(rule->place.line, 8);
	assert_int_equal(rule->place.column, 3);
	assert_string_equal(rule->value.text, "1");
	rule = mnd_rego_find(&module, "flag");
	assert_true(rule->is_default);
	assert_false(rule->value.boolean);
	rule = mnd_rego_find(&module, "other");
	assert_string_equal(rule->value.text, "2");
	rule = mnd_rego_find(&module, "list");
	assert_int_equal(rule->value.count, 2);
	assert_string_equal(rule->value.items[0].text, "a\\\nb\"");
	expect_place(&rule->value.items[0], 14, 5);
	expect_place(&rule->value.items[1], 16, 5);
	expect_place(mnd_value_find(&rule->value.items[1], "k"), 17, 12);
	rule = mnd_rego_find(&module, "mount_device");
	assert_string_equal(rule->reference, "mount_device");
	rule = mnd_rego_find(&module, "reason");
	assert_null(rule->reference);
	assert_int_equal(rule->inner_reference.line, 21);
	assert_int_equal(rule->inner_reference.column, 22);
	assert_null(mnd_rego_find(&module, "none"));
	mnd_arena_free(&arena);
	(void)state;
}

static const char rego_fragment[] =
	"package fragment\n"
	"parameters_api := {\"given\": {\"default\": 1}, \"unset\": {},\n"
	"  \"usual\": {\"default\": {\"a\": {\"b\": \"deep\"}}}}\n"
	"x := [parameter(\"given\"), parameter(\"usual\").a.b]\n"
	"y := parameter(\"unset\")\n"
	"z := [{\"v\": parameter(\"usual\").a.none}]\n"
	"default w := 5\n"
	"w := parameter(\"unknown\")\n"
	"v := parameter(\"extra\")\n";

static void rego_parameters(void **state)
{
	struct mnd_arena arena = { NULL };
	const struct mnd_rego_rule *rule;
	struct mnd_rego_module module;
	struct mnd_value parameters;
	struct mnd_error error;

	assert_int_equal(read_json(&arena,
				   "{\"given\": [true], \"extra\": null}",
				   &parameters, &error),
			 0);
	if (read_rego(&arena, rego_fragment, &parameters, &module, &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
	rule = mnd_rego_find(&module, "x");
	assert_int_equal(rule->value.items[0].type, MND_VALUE_ARRAY);
	assert_true(rule->value.items[0].items[0].boolean);
	expect_place(&rule->value.items[0], 4, 7);
	assert_string_equal(rule->value.items[1].text, "deep");
	assert_null(mnd_rego_find(&module, "y"));
	assert_null(mnd_rego_find(&module, "z"));
	/* The default counts where the rule has no value. */
	rule = mnd_rego_find(&module, "w");
	assert_string_equal(rule->value.text, "5");
	rule = mnd_rego_find(&module, "v");
	assert_int_equal(rule->value.type, MND_VALUE_NULL);
	mnd_arena_free(&arena);
	(void)state;
}

static const struct refused parameter_refusals[] = {
	{ "package f\nx := parameter(1)\n", 2, 1, FREE("x") },
	{ "package f\nx := parameter(y)\n", 2, 1, FREE("x") },
	{ "package f\nx := parameter(\"y\", 1)\n", 2, 1, FREE("x") },
	{ "package f\nx := parameter\n", 2, 1, FREE("x") },
	{ "package f\nx := parameter(\"y\").\n", 2, 1, FREE("x") },
	{ "package f\nx := parameter(\"y\")[0]\n", 2, 1, FREE("x") },
	{ "package f\nparameters_api := {\"a\": {\"default\":\n"
	  "parameter(\"a\")}}\n",
	  3, 1, "parameters cannot say themselves" },
	{ "package f\ndefault x := parameter(\"y\")\n", 2, 14,
	  "a default cannot have parameters" },
};

static void rego_parameters_refused(void **state)
{
	const struct mnd_value none = { .type = MND_VALUE_OBJECT };
	struct mnd_arena arena = { NULL };
	struct mnd_rego_module module;
	struct mnd_error error;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(parameter_refusals); i++) {
		err = read_rego(&arena, parameter_refusals[i].text, &none,
				&module, &error);
		expect_error(&parameter_refusals[i], err, &error);
	}
	mnd_arena_free(&arena);
	(void)state;
}

/* One large value in many places is not more than the limit allows. */
static void rego_parameters_multiplied(void **state)
{
	const size_t size = 3000;
	const struct mnd_value none = { .type = MND_VALUE_OBJECT };
	struct mnd_arena arena = { NULL };
	struct mnd_rego_module module;
	struct mnd_error error;
	char *text = malloc(size * 32), *at = text;
	size_t i;

	assert_non_null(text);
	at += sprintf(at, "package f\nparameters_api := {\"p\":\n"
			  "{\"default\": [0");
	for (i = 0; i < size; i++)
		at += sprintf(at, ",0");
	at += sprintf(at, "]}}\nx := [0");
	for (i = 0; i < size / 2; i++)
		at += sprintf(at, ",\nparameter(\"p\")");
	sprintf(at, "]\n");
	assert_int_equal(read_rego(&arena, text, &none, &module, &error),
			 -EINVAL);
	assert_string_equal(error.text, "the parameters have too many values");
	free(text);
	mnd_arena_free(&arena);
	(void)state;
}

static void rego_rule_limit(void **state)
{
	struct mnd_arena arena = { NULL };
	struct mnd_rego_module module;
	struct mnd_error error;
	char *text = malloc(32 * (MND_REGO_MAX_RULES + 2)), *at = text;
	size_t i;

	assert_non_null(text);
	at += sprintf(at, P);
	for (i = 0; i < MND_REGO_MAX_RULES; i++)
		at += sprintf(at, "x%zu := 1\n", i);
	assert_int_equal(read_rego(&arena, text, NULL, &module, &error), 0);
	sprintf(at, "y := 1\n");
	assert_int_equal(read_rego(&arena, text, NULL, &module, &error),
			 -EINVAL);
	assert_string_equal(error.text, "more than 1024 rules");
	assert_int_equal(error.line, MND_REGO_MAX_RULES + 2);
	free(text);
	mnd_arena_free(&arena);
	(void)state;
}

static void source_names(void **state)
{
	enum mnd_language language;
	const char *name;

	for (language = MND_LANGUAGE_UNKNOWN; language < __MND_LANGUAGE_MAX;
	     language++) {
		name = mnd_language_name(language);
		assert_int_equal(mnd_language_find(name), language);
	}
	assert_int_equal(mnd_language_find("rego"), MND_LANGUAGE_UNKNOWN);
	(void)state;
}

/* The second is base64 of the first. */
#define PLAIN "package policy\napi_version := \"0.10.0\"\n"
#define ENCODED "cGFja2FnZSBwb2xpY3kKYXBpX3Zlcn\nNpb24gOj0gIjAuMTAuMCIK"

static void source_detect(void **state)
{
	static const struct {
		const char *text;
		enum mnd_language language;
	} cases[] = {
		{ PLAIN, MND_LANGUAGE_HCSSHIM_REGO },
		{ "\n# x\r\n\tpackage policy\n", MND_LANGUAGE_HCSSHIM_REGO },
		{ "package broken {", MND_LANGUAGE_HCSSHIM_REGO },
		{ ENCODED, MND_LANGUAGE_HCSSHIM_REGO },
		{ "package agent_policy\n", MND_LANGUAGE_KATA },
		{ "package # x\n agent_policy\n", MND_LANGUAGE_KATA },
		{ "package = 1\n", MND_LANGUAGE_HCSSHIM_REGO },
		{ "packages = 1\n", MND_LANGUAGE_MANDATE },
		{ "{\"allow_all\": true}", MND_LANGUAGE_HCSSHIM_JSON },
		{ "eyJhbGxvd19hbGwiOnRydWV9", MND_LANGUAGE_HCSSHIM_JSON },
		{ " {\"containers\": {\"length\": 0, \"elements\": {}}}",
		  MND_LANGUAGE_HCSSHIM_JSON },
		{ "{\"version\": \"1.0\", \"containers\": []}",
		  MND_LANGUAGE_CONFCOM },
		{ "{\"Containers\": []}", MND_LANGUAGE_CONFCOM },
		{ "{\"$schema\": \"\", \"resources\": []}",
		  MND_LANGUAGE_CONFCOM },
		{ "{\"containers\": [], \"common\": {}}", MND_LANGUAGE_KATA },
		{ "{\"request_defaults\": {}}", MND_LANGUAGE_KATA },
		{ "{}", MND_LANGUAGE_UNKNOWN },
		{ "{\"x\": 1}", MND_LANGUAGE_UNKNOWN },
		{ "{\"containers\": [}", MND_LANGUAGE_UNKNOWN },
		{ "name = \"x\"\n", MND_LANGUAGE_MANDATE },
		{ "name = \"x\"\n[[container]]\nimage_name = \"y\"\n",
		  MND_LANGUAGE_MANDATE },
		{ "", MND_LANGUAGE_MANDATE },
		{ "[[container]]\nimage_name = \"y\"\n",
		  MND_LANGUAGE_HCSSHIM_TOML },
		{ "allow_all = true\n", MND_LANGUAGE_HCSSHIM_TOML },
		{ "[[external_process]]\n", MND_LANGUAGE_HCSSHIM_TOML },
		{ "version = \"0.1.0\"\nalgorithm = \"sha256\"\n[data]\n",
		  MND_LANGUAGE_INITDATA },
		{ "version = \"0.1.0\"\nalgorithm = \"sha256\"\n",
		  MND_LANGUAGE_MANDATE },
		{ "initdata\x10", MND_LANGUAGE_INITDATA },
		{ "\x1f\x8b\x08", MND_LANGUAGE_INITDATA },
		{ "H4sIAAAA", MND_LANGUAGE_INITDATA },
		{ "a =\n", MND_LANGUAGE_UNKNOWN },
		{ "cGFja2FnZQ", MND_LANGUAGE_UNKNOWN },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		if (mnd_language_detect(cases[i].text, strlen(cases[i].text)) !=
		    cases[i].language)
			fail_msg("%s", cases[i].text);
	(void)state;
}

static int read_source(const char *text, enum mnd_language language,
		       struct mnd_policy_source *policy,
		       struct mnd_error *error)
{
	const struct mnd_string_ref source = { text, strlen(text) };
	const struct mnd_source_options options = { .language = language };

	return mnd_source_read(&source, &options, policy, error);
}

/* The same policy, whether its language is told or not, encoded or not. */
static void source_read(void **state)
{
	static const enum mnd_language languages[] = {
		MND_LANGUAGE_UNKNOWN, MND_LANGUAGE_HCSSHIM_REGO
	};
	static const char *const texts[] = { PLAIN, ENCODED };
	struct mnd_policy_source policy;
	struct mnd_error error;
	size_t i;

	for (i = 0; i < 4; i++) {
		assert_int_equal(read_source(texts[i / 2], languages[i % 2],
					     &policy, &error),
				 0);
		assert_string_equal(policy.name, "policy");
		/* Places are those of what is encoded. */
		assert_int_equal(policy.last_warning->place.line, 2);
		mnd_policy_release(&policy);
	}
	assert_int_equal(read_source("name = \"x\"\n", MND_LANGUAGE_UNKNOWN,
				     &policy, &error),
			 0);
	assert_string_equal(policy.name, "x");
	mnd_policy_release(&policy);
	(void)state;
}

static void source_refused(void **state)
{
	static const struct {
		enum mnd_language language;
		struct refused refused;
	} cases[] = {
		{ MND_LANGUAGE_UNKNOWN,
		  { "{\"containers\": [}", 1, 17, "expected a value" } },
		{ MND_LANGUAGE_UNKNOWN,
		  { "\n {\"x\": 1}", 2, 2, "none of the policies" } },
		{ MND_LANGUAGE_UNKNOWN, { "a =\n", 1, 4, "expected" } },
		{ MND_LANGUAGE_UNKNOWN, { "", 1, 1, "has no \"name\"" } },
		{ MND_LANGUAGE_HCSSHIM_REGO,
		  { "name = \"x\"\n", 1, 1, "expected \"package\"" } },
		{ MND_LANGUAGE_HCSSHIM_REGO,
		  { "!!!!", 1, 1, "expected \"package\"" } },
		{ MND_LANGUAGE_HCSSHIM_JSON,
		  { PLAIN, 1, 1, "expected a value" } },
		{ MND_LANGUAGE_HCSSHIM_REGO,
		  { "eyJhbGxvd19hbGwiOnRydWV9", 1, 1,
		    "expected \"package\", found \"{\"" } },
	};
	struct mnd_policy_source policy;
	struct mnd_error error;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		err = read_source(cases[i].refused.text, cases[i].language,
				  &policy, &error);
		expect_error(&cases[i].refused, err, &error);
		mnd_policy_release(&policy);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_refused),
		cmocka_unit_test(json_nul),
		cmocka_unit_test(json_values),
		cmocka_unit_test(json_depth),
		cmocka_unit_test(json_size),
		cmocka_unit_test(json_many_keys),
		cmocka_unit_test(json_canonical),
		cmocka_unit_test(rego_refused),
		cmocka_unit_test(rego_nul),
		cmocka_unit_test(rego_forms),
		cmocka_unit_test(rego_parameters),
		cmocka_unit_test(rego_parameters_refused),
		cmocka_unit_test(rego_parameters_multiplied),
		cmocka_unit_test(rego_rule_limit),
		cmocka_unit_test(source_names),
		cmocka_unit_test(source_detect),
		cmocka_unit_test(source_read),
		cmocka_unit_test(source_refused),
	};

	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
