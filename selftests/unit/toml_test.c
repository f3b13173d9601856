// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Tests of the TOML reader: what it reads, where it says things are, what it
 * refuses and in which words, and what hostile texts cost.
 */

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "../../userspace/toml/toml.h"

struct buffer {
	char text[16384];
	size_t used;
};

__printf(2, 3) static void append(struct buffer *out, const char *format, ...)
{
	va_list args;
	int wrote;

	va_start(args, format);
	wrote = vsnprintf(out->text + out->used, sizeof(out->text) - out->used,
			  format, args);
	va_end(args);
	out->used += wrote;
	assert_true(out->used < sizeof(out->text));
}

/* Writes a string as messages have it, but without the quotation marks. */
static void append_escaped(struct buffer *out,
			   const struct mnd_toml_string *string)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(string->bytes, string->length, quoted);
	assert_int_equal(string->bytes[string->length], 0);
	append(out, "%.*s", (int)strlen(quoted) - 2, quoted + 1);
}

static void render_value(struct buffer *out,
			 const struct mnd_toml_value *value);

/* Writes {KEY@LINE:COLUMN=VALUE ...}. */
static void render_table(struct buffer *out, const struct mnd_toml_table *table)
{
	const struct mnd_toml_entry *entry;
	size_t count = 0;

	append(out, "{");
	for (entry = table->first; entry; entry = entry->next) {
		if (count++)
			append(out, " ");
		append_escaped(out, &entry->key);
		append(out, "@%u:%u=", entry->key_line, entry->key_column);
		render_value(out, &entry->value);
	}
	append(out, "}");
	assert_int_equal(count, table->count);
}

static void render_scalar(struct buffer *out,
			  const struct mnd_toml_value *value)
{
	switch (value->type) {
	case MND_TOML_STRING:
		append(out, "'");
		append_escaped(out, &value->string);
		append(out, "'");
		break;
	case MND_TOML_INTEGER:
		append(out, "%lld", (long long)value->integer);
		break;
	case MND_TOML_FLOAT:
		append(out, "float %.17g", value->floating);
		break;
	case MND_TOML_BOOLEAN:
		append(out, value->boolean ? "true" : "false");
		break;
	default:
		append(out, "%s %s", mnd_toml_type_name(value->type),
		       value->string.bytes);
	}
}

/* Writes VALUE@LINE:COLUMN. */
static void render_value(struct buffer *out, const struct mnd_toml_value *value)
{
	size_t i;

	if (value->type == MND_TOML_TABLE) {
		render_table(out, value->table);
	} else if (value->type == MND_TOML_ARRAY) {
		append(out, "[");
		for (i = 0; i < value->array->count; i++) {
			if (i)
				append(out, " ");
			render_value(out, &value->array->items[i]);
		}
		append(out, "]");
	} else {
		render_scalar(out, value);
	}
	append(out, "@%u:%u", value->line, value->column);
}

/*
 * Reads a copy of the text that ends where its memory ends and is gone before
 * the tree is looked at.
 */
static int parse(const char *text, size_t length, struct mnd_toml **toml,
		 struct mnd_error *error)
{
	char *copy = malloc(length ? length : 1);
	int err;

	assert_non_null(copy);
	memcpy(copy, text, length);
	memset(error, 0, sizeof(*error));
	err = mnd_toml_parse(copy, length, toml, error);
	memset(copy, 'x', length);
	free(copy);
	assert_true(!err == !!*toml);
	return err;
}

struct good {
	const char *text;
	const char *tree;
};

static void check_good(const struct good *good)
{
	struct buffer out = {};
	struct mnd_error error;
	struct mnd_toml *toml;

	if (parse(good->text, strlen(good->text), &toml, &error))
		fail_msg("%s\nrefused at %u:%u: %s", good->text, error.line,
			 error.column, error.text);
	render_table(&out, mnd_toml_root(toml));
	mnd_toml_free(toml);
	if (strcmp(out.text, good->tree))
		fail_msg("%s\nis read as %s\nand not as %s", good->text,
			 out.text, good->tree);
}

/* A value, which is read in line 1 from column 3 on. */
struct value {
	const char *text;
	const char *rendered;
};

static void check_value(const struct value *value)
{
	struct buffer text = {}, tree = {};
	struct good good = { text.text, tree.text };

	append(&text, "a=%s", value->text);
	append(&tree, "{a@1:1=%s@1:3}", value->rendered);
	check_good(&good);
}

struct bad {
	const char *text;
	unsigned int line;
	unsigned int column;
	const char *message;
};

static void check_bad(const struct bad *bad)
{
	struct mnd_error error;
	struct mnd_toml *toml;

	if (!parse(bad->text, strlen(bad->text), &toml, &error)) {
		mnd_toml_free(toml);
		fail_msg("%s\nis accepted", bad->text);
	}
	if (error.line != bad->line || error.column != bad->column ||
	    strcmp(error.text, bad->message))
		fail_msg("%s\nis refused at %u:%u: %s\nand not at %u:%u: %s",
			 bad->text, error.line, error.column, error.text,
			 bad->line, bad->column, bad->message);
}

/* A key that has a value already; @first is the line that the message names. */
struct clash {
	const char *text;
	unsigned int line;
	unsigned int column;
	const char *message;
	unsigned int first;
};

static void check_clash(const struct clash *clash)
{
	struct buffer message = {};
	const struct bad bad = { clash->text, clash->line, clash->column,
				 message.text };

	append(&message, "%s, first defined on line %u", clash->message,
	       clash->first);
	check_bad(&bad);
}

static const struct good good_layout[] = {
	{ "", "{}" },
	{ " \t", "{}" },
	{ "#", "{}" },
	{ "# a\tb \303\251\r\n\n\t# c\n", "{}" },
	{ "a=1", "{a@1:1=1@1:3}" },
	{ "\n\r\n\ta\t=  1 # c\r\nb=2\n", "{a@3:2=1@3:7 b@4:1=2@4:3}" },
	{ "b=1\na=2\nc=3", "{b@1:1=1@1:3 a@2:1=2@2:3 c@3:1=3@3:3}" },
	{ "'\303\251'=1", "{\\u00E9@1:1=1@1:6}" },
	{ "\n[t]#c", "{t@2:2={}@2:2}" },
};

static const struct good good_keys[] = {
	{ "aZ09-_=1", "{aZ09-_@1:1=1@1:8}" },
	{ "1=1\n-=2\n_=3", "{1@1:1=1@1:3 -@2:1=2@2:3 _@3:1=3@3:3}" },
	{ "true=1\ninf=2", "{true@1:1=1@1:6 inf@2:1=2@2:5}" },
	{ "\"\"=1", "{@1:1=1@1:4}" },
	{ "''=1", "{@1:1=1@1:4}" },
	{ "\"a.b\"=1", "{a.b@1:1=1@1:7}" },
	{ "'a\\b'=1", "{a\\\\b@1:1=1@1:7}" },
	{ "\"\\u0000\"=1", "{\\u0000@1:1=1@1:10}" },
	{ "A=1\na=2", "{A@1:1=1@1:3 a@2:1=2@2:3}" },
	{ "3.14=1", "{3@1:1={14@1:3=1@1:6}@1:1}" },
	{ "a . \"b\"\t.\t'c' = 1", "{a@1:1={b@1:5={c@1:11=1@1:17}@1:5}@1:1}" },
};

static const struct value strings[] = {
	{ "\"\"", "''" },
	{ "''", "''" },
	{ "\"#='\t\"", "'#='\\u0009'" },
	{ "\"\\b\\t\\n\\f\\r\\\"\\\\\"",
	  "'\\u0008\\u0009\\u000A\\u000C\\u000D\\\"\\\\'" },
	{ "\"\\u0000\\u007F\\u0080\\u07fF\\u0800\\uD7FF\\ue000\"",
	  "'\\u0000\\u007F\\u0080\\u07FF\\u0800\\uD7FF\\uE000'" },
	{ "\"\\uFFFF\\U00010000\\U0010FFFF\\U00000041\"",
	  "'\\uFFFF\\U00010000\\U0010FFFFA'" },
	{ "'~\302\200\337\277'", "'~\\u0080\\u07FF'" },
	{ "'\340\240\200\355\237\277\356\200\200'", "'\\u0800\\uD7FF\\uE000'" },
	{ "'\360\220\200\200\364\217\277\277'", "'\\U00010000\\U0010FFFF'" },
	{ "'\\u0041\"\t'", "'\\\\u0041\\\"\\u0009'" },
	{ "\"\"\"\"\"\"", "''" },
	{ "''''''", "''" },
	{ "'''''''", "'''" },
	{ "\"\"\"\"x\"\"y\"\"\"\"", "'\\\"x\\\"\\\"y\\\"'" },
	{ "'''x\\\n'''", "'x\\\\\\u000A'" },
	{ "\"\"\"\\\n  \"\"\"", "''" },
};

static const struct good good_strings[] = {
	{ "a=\"\"\"\"\"\"\"\"\nb=1", "{a@1:1='\\\"\\\"'@1:3 b@2:1=1@2:3}" },
	{ "a='''\n\nx\ny'''\nb=1",
	  "{a@1:1='\\u000Ax\\u000Ay'@1:3 b@5:1=1@5:3}" },
	{ "a=\"\"\"\r\nx\r\ny\"\"\"\r\nb=1",
	  "{a@1:1='x\\u000Ay'@1:3 b@4:1=1@4:3}" },
	{ "a=\"\"\"x\\\n\n \t\r\n y\\ \t\nz\\u0041\\\"\"\"\"\nb=1",
	  "{a@1:1='xyzA\\\"'@1:3 b@6:1=1@6:3}" },
};

static const struct value numbers[] = {
	{ "true", "true" },
	{ "false", "false" },
	{ "0", "0" },
	{ "-0", "0" },
	{ "+99", "99" },
	{ "1_2_3", "123" },
	{ "9223372036854775807", "9223372036854775807" },
	{ "-9223372036854775808", "-9223372036854775808" },
	{ "0xdead_BEEF", "3735928559" },
	{ "0x007fffffffffffffff", "9223372036854775807" },
	{ "0o0755", "493" },
	{ "0b1101_0110", "214" },
	{ "1.5", "float 1.5" },
	{ "-0.0", "float -0" },
	{ "+0e0", "float 0" },
	{ "1_0.2_5E-0_2", "float 0.10249999999999999" },
	{ "5e+22", "float 4.9999999999999996e+22" },
	{ "0.1", "float 0.10000000000000001" },
	{ "9223372036854775808.0", "float 9.2233720368547758e+18" },
	{ "4.9e-324", "float 4.9406564584124654e-324" },
	{ "1e999", "float inf" },
	{ "['9999',1.5]", "['9999'@1:4 float 1.5@1:11]" },
	{ "[inf,+inf,-inf]", "[float inf@1:4 float inf@1:8 float -inf@1:13]" },
	{ "[nan,+nan,-nan]", "[float nan@1:4 float nan@1:8 float -nan@1:13]" },
};

static const struct value times[] = {
	{ "1979-05-27T07:32:00Z", "offset date-time 1979-05-27T07:32:00Z" },
	{ "1979-05-27t07:32:00z", "offset date-time 1979-05-27t07:32:00z" },
	{ "1979-05-27 00:32:00.999999999-07:59 # c",
	  "offset date-time 1979-05-27 00:32:00.999999999-07:59" },
	{ "9999-12-31T23:59:59+23:59",
	  "offset date-time 9999-12-31T23:59:59+23:59" },
	{ "1979-05-27T07:32:00", "local date-time 1979-05-27T07:32:00" },
	{ "1979-05-27 07:32:00.5", "local date-time 1979-05-27 07:32:00.5" },
	{ "1979-05-27 # c", "local date 1979-05-27" },
	{ "[0000-01-01 , 2000-02-29]",
	  "[local date 0000-01-01@1:4 local date 2000-02-29@1:17]" },
	{ "[2024-02-29,1900-02-28]",
	  "[local date 2024-02-29@1:4 local date 1900-02-28@1:15]" },
	{ "00:00:00", "local time 00:00:00" },
	{ "23:59:60.25", "local time 23:59:60.25" },
	{ "1990-12-31T23:59:60Z", "offset date-time 1990-12-31T23:59:60Z" },
	{ "1990-12-31T15:59:60-08:00",
	  "offset date-time 1990-12-31T15:59:60-08:00" },
	{ "2012-07-01T00:59:60+01:00",
	  "offset date-time 2012-07-01T00:59:60+01:00" },
	{ "1990-12-30T00:00:60", "local date-time 1990-12-30T00:00:60" },
};

static const struct value containers[] = {
	{ "[]", "[]" },
	{ "[1,'x',[true],{b=1}]",
	  "[1@1:4 'x'@1:6 [true@1:11]@1:10 {b@1:18=1@1:20}@1:17]" },
	{ "[\n]", "[]" },
	{ "[1,2,3,4,5,6,7,8,9]",
	  "[1@1:4 2@1:6 3@1:8 4@1:10 5@1:12 6@1:14 7@1:16 8@1:18 9@1:20]" },
	{ "{}", "{}" },
	{ "{ \t}", "{}" },
	{ "{ b = 1 , c.d = 2, c.e = {} }",
	  "{b@1:5=1@1:9 c@1:13={d@1:15=2@1:19 e@1:24={}@1:28}@1:13}" },
	{ "{b=[\n1,\n],c='''\n'''}", "{b@1:4=[1@2:1]@1:6 c@3:3=''@3:5}" },
};

static const struct good good_containers[] = {
	{ "a=[ # c\n\r\n 1\n # c\n,\t2 , # c\n]\nb=1",
	  "{a@1:1=[1@3:2 2@5:3]@1:3 b@7:1=1@7:3}" },
};

/* Every rule on tables, on the side of what is allowed. */
static const struct good good_tables[] = {
	{ "[ a . b ]\nc=1", "{a@1:3={b@1:7={c@2:1=1@2:3}@1:7}@1:3}" },
	/* A super-table may be defined after its sub-table, and moves there. */
	{ "[a.b]\n[a]\nc=1", "{a@1:2={b@1:4={}@1:4 c@3:1=1@3:3}@2:2}" },
	{ "[a]\n[a.b]\n[a.c]\n[d]\n[a.e]",
	  "{a@1:2={b@2:4={}@2:4 c@3:4={}@3:4 e@5:4={}@5:4}@1:2 d@4:2={}@4:2}" },
	/* Dotted keys of one section share their tables. */
	{ "a.b=1\nc=2\na.d.e=3\na.d.f=4",
	  "{a@1:1={b@1:3=1@1:5 d@3:3={e@3:5=3@3:7 f@4:5=4@4:7}@3:3}@1:1 c@2:1=2@2:3}" },
	/* A header may add a sub-table to a table of dotted keys. */
	{ "a.b=1\n[a.c]\nd=2\n[[a.e]]",
	  "{a@1:1={b@1:3=1@1:5 c@2:4={d@3:1=2@3:3}@2:4 e@4:5=[{}@4:5]@4:5}@1:1}" },
	/* A dotted key may define a table that a header only implied. */
	{ "[a.b.c]\n[a]\nb.d=1",
	  "{a@1:2={b@1:4={c@1:6={}@1:6 d@3:3=1@3:5}@3:1}@2:2}" },
	{ "[[a]]\n[[a]]\nb=1", "{a@1:3=[{}@1:3 {b@3:1=1@3:3}@2:3]@1:3}" },
	/* A name in a header is the array's last element. */
	{ "[[a]]\n[a.b]\n[[a]]\n[a.b]\nc=1",
	  "{a@1:3=[{b@2:4={}@2:4}@1:3 {b@4:4={c@5:1=1@5:3}@4:4}@3:3]@1:3}" },
	{ "[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]",
	  "{a@1:3=[{b@2:5=[{}@2:5 {}@3:5]@2:5}@1:3 {b@5:5=[{}@5:5]@5:5}@4:3]@1:3}" },
	{ "[[a.b]]\n[a]\nc=1", "{a@1:3={b@1:5=[{}@1:5]@1:5 c@3:1=1@3:3}@2:2}" },
	{ "[[a]]\nb.c=1\n[[a]]\nb.c=2",
	  "{a@1:3=[{b@2:1={c@2:3=1@2:5}@2:1}@1:3 {b@4:1={c@4:3=2@4:5}@4:1}@3:3]@1:3}" },
};

/* The same rules, on the side of what is refused. */
static const struct clash bad_tables[] = {
	{ "name=1\nb=2\nname=3", 3, 1, "duplicate key \"name\"", 1 },
	{ "a=1\n\"\\u0061\"=2", 2, 1, "duplicate key \"a\"", 1 },
	{ "''=1\n\"\"=2", 2, 1, "duplicate key \"\"", 1 },
	{ "a.b=1\na.b=2", 2, 3, "duplicate key \"b\"", 1 },
	{ "a.b=1\na=2", 2, 1, "duplicate key \"a\"", 1 },
	{ "[a]\nb=1\n[c]\n\n[a]", 5, 2, "duplicate table \"a\"", 1 },
	{ "[a.b]\n[a]\n[a]", 3, 2, "duplicate table \"a\"", 2 },
	{ "[a]\nb=1\n[a.b]", 3, 4, "nothing can be added to integer \"b\"", 2 },
	{ "[a]\nb=1\n[a.b.c]", 3, 4, "nothing can be added to integer \"b\"",
	  2 },
	{ "[a.b]\n[a]\nb=1", 3, 1, "duplicate key \"b\"", 1 },
	{ "a=1\n[a]", 2, 2, "nothing can be added to integer \"a\"", 1 },
	{ "a=1\n[[a]]", 2, 3, "nothing can be added to integer \"a\"", 1 },
	/* Dotted keys against values and headers. */
	{ "a.b=1\na.b.c=2", 2, 3, "nothing can be added to integer \"b\"", 1 },
	{ "a='x'\na.b=2", 2, 1, "nothing can be added to string \"a\"", 1 },
	{ "[t]\na.b=1\n[t.a]", 3, 4,
	  "a header cannot redefine dotted table \"a\"", 2 },
	{ "[t]\na.b.c=1\n[t.a.b]", 3, 6,
	  "a header cannot redefine dotted table \"b\"", 2 },
	{ "a.b=1\n[[a]]", 2, 3, "not an array but a table: \"a\"", 1 },
	{ "[a.b]\n[a]\nb.c=1", 3, 1, "a dotted key cannot add to table \"b\"",
	  1 },
	{ "[a.b.c]\n[a]\nb.c.d=1", 3, 3,
	  "a dotted key cannot add to table \"c\"", 1 },
	{ "[a.b.c]\n[a]\nb.d=1\n[a.b]", 4, 4,
	  "a header cannot redefine dotted table \"b\"", 3 },
	{ "[[a.b]]\n[a]\nb.c=1", 3, 1,
	  "a dotted key cannot add to array of tables \"b\"", 1 },
	/* Inline tables and static arrays are closed. */
	{ "a={b=1}\na.c=2", 2, 1, "nothing can be added to inline table \"a\"",
	  1 },
	{ "a={b=1}\n[a]", 2, 2, "nothing can be added to inline table \"a\"",
	  1 },
	{ "a={b=1}\n[a.c]", 2, 2, "nothing can be added to inline table \"a\"",
	  1 },
	{ "a={b={}}\n[a.b.c]", 2, 2,
	  "nothing can be added to inline table \"a\"", 1 },
	{ "a={b.c=1}\na.b.d=2", 2, 1,
	  "nothing can be added to inline table \"a\"", 1 },
	{ "a={}\n[[a]]", 2, 3, "nothing can be added to inline table \"a\"",
	  1 },
	{ "[a]\nb.c=1\nb={}", 3, 1, "duplicate key \"b\"", 2 },
	{ "a={b=1,b=2}", 1, 8, "duplicate key \"b\"", 1 },
	{ "a={b=1,b.c=2}", 1, 8, "nothing can be added to integer \"b\"", 1 },
	{ "a={b={c=1},b.d=2}", 1, 12,
	  "nothing can be added to inline table \"b\"", 1 },
	{ "a={b.c=1,b=2}", 1, 10, "duplicate key \"b\"", 1 },
	{ "a=[]\n[[a]]", 2, 3, "nothing can be added to array \"a\"", 1 },
	{ "a=[{}]\n[[a]]", 2, 3, "nothing can be added to array \"a\"", 1 },
	{ "a=[{}]\n[a]", 2, 2, "nothing can be added to array \"a\"", 1 },
	{ "a=[{}]\n[a.b]", 2, 2, "nothing can be added to array \"a\"", 1 },
	{ "a=[{}]\na.b=1", 2, 1, "nothing can be added to array \"a\"", 1 },
	{ "[[a]]\nb=[{}]\n[a.b.c]", 3, 4, "nothing can be added to array \"b\"",
	  2 },
	/* Arrays of tables against tables. */
	{ "[[a]]\n[a]", 2, 2, "not a table but an array of tables: \"a\"", 1 },
	{ "[a]\n[[a]]", 2, 3, "not an array but a table: \"a\"", 1 },
	{ "[a.b]\n[[a]]", 2, 3, "not an array but a table: \"a\"", 1 },
	{ "[[a]]\n[[a.b]]\n[a.b]", 3, 4,
	  "not a table but an array of tables: \"b\"", 2 },
	{ "[[a]]\n[a.b]\n[[a.b]]", 3, 5, "not an array but a table: \"b\"", 2 },
	{ "[[a]]\n[a.b]\n[a.b]", 3, 4, "duplicate table \"b\"", 2 },
	{ "[[a]]\nb=1\nb=2", 3, 1, "duplicate key \"b\"", 2 },
};

static const struct bad bad_layout[] = {
	{ "a", 1, 2, "expected \".\" or \"=\", found the end of the file" },
	{ "a\n=1", 1, 2, "expected \".\" or \"=\", found the end of the line" },
	{ "a b=1", 1, 3, "expected \".\" or \"=\", found \"b\"" },
	{ "a=", 1, 3, "expected a value, found the end of the file" },
	{ "a= # c", 1, 4, "expected a value, found \"#\"" },
	{ "a=\r\n1", 1, 3, "expected a value, found the end of the line" },
	{ "a=1 b=2", 1, 5, "expected the end of the line, found \"b\"" },
	{ "[a] b=1", 1, 5, "expected the end of the line, found \"b\"" },
	{ "=1", 1, 1, "expected a key, found \"=\"" },
	{ ".a=1", 1, 1, "expected a key, found \".\"" },
	{ "a.=1", 1, 3, "expected a key, found \"=\"" },
	{ "a..b=1", 1, 3, "expected a key, found \".\"" },
	{ "a.\nb=1", 1, 3, "expected a key, found the end of the line" },
	{ "\303\251=1", 1, 1, "expected a key, found \"\\u00E9\"" },
	{ "a\303\251=1", 1, 2, "expected \".\" or \"=\", found \"\\u00E9\"" },
	{ "\"\"\"a\"\"\"=1", 1, 1,
	  "expected a single-line key, found \"\\\"\"" },
	{ "['''a''']", 1, 2, "expected a single-line key, found \"'\"" },
	{ "'a=1", 1, 5, "expected a closing ', found the end of the file" },
	{ "]", 1, 1, "expected a key, found \"]\"" },
	{ "[]", 1, 2, "expected a key, found \"]\"" },
	{ "[a", 1, 3, "expected \".\" or \"]\", found the end of the file" },
	{ "[a\n]", 1, 3, "expected \".\" or \"]\", found the end of the line" },
	{ "[a.]", 1, 4, "expected a key, found \"]\"" },
	{ "[a]]", 1, 4, "expected the end of the line, found \"]\"" },
	{ "[[a]", 1, 4, "expected \"]]\", found \"]\"" },
	{ "[[a] ]", 1, 4, "expected \"]]\", found \"]\"" },
	{ "[ [a]]", 1, 3, "expected a key, found \"[\"" },
	{ "[[]]", 1, 3, "expected a key, found \"]\"" },
	{ "a=[1 2]", 1, 6, "expected \",\" or \"]\", found \"2\"" },
	{ "a=[,]", 1, 4, "expected a value, found \",\"" },
	{ "a=[1,,]", 1, 6, "expected a value, found \",\"" },
	{ "\na=[1,\n\n2 # c", 4, 6, "the array of line 2 is not closed" },
	{ "a=[", 1, 4, "the array of line 1 is not closed" },
	{ "a=[1}", 1, 5, "expected \",\" or \"]\", found \"}\"" },
	{ "a={", 1, 4, "expected a key, found the end of the file" },
	{ "a={b=1,}", 1, 8, "expected a key, found \"}\"" },
	{ "a={,}", 1, 4, "expected a key, found \",\"" },
	{ "a={b=1 c=2}", 1, 8, "expected \",\" or \"}\", found \"c\"" },
	{ "a={\nb=1}", 1, 4, "expected a key, found the end of the line" },
	{ "a={b=1\n}", 1, 7,
	  "expected \",\" or \"}\", found the end of the line" },
	{ "a={b=1,\nc=2}", 1, 8, "expected a key, found the end of the line" },
	{ "a={b=1 # c\n}", 1, 8, "expected \",\" or \"}\", found \"#\"" },
	{ "a={b}", 1, 5, "expected \".\" or \"=\", found \"}\"" },
	{ "a={1,2}", 1, 5, "expected \".\" or \"=\", found \",\"" },
};

static const struct bad bad_encoding[] = {
	{ "# \010", 1, 3, "control character U+0008 is not allowed" },
	{ "a=\"\037\"", 1, 4, "control character U+001F is not allowed" },
	{ "a='''\013'''", 1, 6, "control character U+000B is not allowed" },
	{ "a=\"\"\"\n\014", 2, 1, "control character U+000C is not allowed" },
	{ "#\177", 1, 2, "control character U+007F is not allowed" },
	{ "a=1\r", 1, 4, "carriage return without a line feed" },
	{ "a=1\rb=2", 1, 4, "carriage return without a line feed" },
	{ "a=1\r\r\n", 1, 4, "carriage return without a line feed" },
	{ "a='''\r'''", 1, 6, "carriage return without a line feed" },
	{ "#\r#", 1, 2, "carriage return without a line feed" },
	{ "\357\273\277a=1", 1, 1, "byte order mark is not allowed" },
	{ "\377\376a", 1, 1, "byte 0xff is not UTF-8" },
	{ "\n\357\273\277a=1", 2, 1, "expected a key, found \"\\uFEFF\"" },
	{ "#\200", 1, 2, "byte 0x80 is not UTF-8" },
	{ "#\277", 1, 2, "byte 0xbf is not UTF-8" },
	{ "#\300\257", 1, 2, "byte 0xc0 is not UTF-8" },
	{ "#\301\277", 1, 2, "byte 0xc1 is not UTF-8" },
	{ "#\303", 1, 2, "byte 0xc3 is not UTF-8" },
	{ "#\303\n", 1, 2, "byte 0xc3 is not UTF-8" },
	{ "#\340\237\277", 1, 2, "byte 0xe0 is not UTF-8" },
	{ "#\342\202", 1, 2, "byte 0xe2 is not UTF-8" },
	{ "#\355\240\200", 1, 2, "byte 0xed is not UTF-8" },
	{ "#\355\277\277", 1, 2, "byte 0xed is not UTF-8" },
	{ "#\360\217\277\277", 1, 2, "byte 0xf0 is not UTF-8" },
	{ "#\364\220\200\200", 1, 2, "byte 0xf4 is not UTF-8" },
	{ "#\365\200\200\200", 1, 2, "byte 0xf5 is not UTF-8" },
	{ "#\370\210\200\200\200", 1, 2, "byte 0xf8 is not UTF-8" },
	{ "a='\303\251\377'", 1, 6, "byte 0xff is not UTF-8" },
};

static const struct bad bad_strings[] = {
	{ "a=\"x", 1, 5, "expected a closing \", found the end of the file" },
	{ "a=\"x\ny\"", 1, 5,
	  "expected a closing \", found the end of the line" },
	{ "a='x\r\n'", 1, 5,
	  "expected a closing ', found the end of the line" },
	{ "a='it''s'", 1, 7, "expected the end of the line, found \"'\"" },
	{ "\na=\"\"\"x\n\"\"", 3, 3, "the string of line 2 is not closed" },
	{ "a='''x'", 1, 8, "the string of line 1 is not closed" },
	{ "a='''''x''''''", 1, 14,
	  "expected the end of the line, found \"'\"" },
	{ "a=\"\"\"\"\"\"\"\"\"", 1, 11,
	  "expected the end of the line, found \"\\\"\"" },
	{ "a=\"\\a\"", 1, 5,
	  "expected an escape (b t n f r u U \" \\), found \"a\"" },
	{ "a=\"\\x41\"", 1, 5,
	  "expected an escape (b t n f r u U \" \\), found \"x\"" },
	{ "a=\"\\e\"", 1, 5,
	  "expected an escape (b t n f r u U \" \\), found \"e\"" },
	{ "a=\"\\\n\"", 1, 5,
	  "expected an escape (b t n f r u U \" \\), found the end of the line" },
	{ "a=\"\\", 1, 5,
	  "expected an escape (b t n f r u U \" \\), found the end of the file" },
	{ "a=\"\"\"\\ x\"\"\"", 1, 7,
	  "expected an escape (b t n f r u U \" \\), found \" \"" },
	{ "a=\"\"\"\\ \"\"\"", 1, 7,
	  "expected an escape (b t n f r u U \" \\), found \" \"" },
	{ "a=\"\\u004\"", 1, 9,
	  "expected a hexadecimal digit, found \"\\\"\"" },
	{ "a=\"\\U0000004g\"", 1, 13,
	  "expected a hexadecimal digit, found \"g\"" },
	{ "a=\"\\uD800\"", 1, 4, "U+D800 is not a character" },
	{ "a=\"\\uDFFF\"", 1, 4, "U+DFFF is not a character" },
	{ "a=\"\\U00110000\"", 1, 4, "U+110000 is not a character" },
	{ "a=\"\\UFFFFFFFF\"", 1, 4, "U+FFFFFFFF is not a character" },
};

static const struct bad bad_numbers[] = {
	{ "a=9223372036854775808", 1, 3,
	  "integer does not fit in 64 bits with a sign" },
	{ "a=-9223372036854775809", 1, 3,
	  "integer does not fit in 64 bits with a sign" },
	{ "a=18446744073709551616", 1, 3,
	  "integer does not fit in 64 bits with a sign" },
	{ "a=99999999999999999999999999", 1, 3,
	  "integer does not fit in 64 bits with a sign" },
	{ "a=0x8000000000000000", 1, 3,
	  "integer does not fit in 64 bits with a sign" },
	{ "a=0x10000000000000000", 1, 3,
	  "integer does not fit in 64 bits with a sign" },
	{ "a=01", 1, 3, "a number cannot begin with 01" },
	{ "a=-00", 1, 4, "a number cannot begin with 00" },
	{ "a=+0_1", 1, 4, "a number cannot begin with 0_" },
	{ "a=00.5", 1, 3, "a number cannot begin with 00" },
	{ "a=1__2", 1, 5, "expected a digit, found \"_\"" },
	{ "a=1_", 1, 5, "expected a digit, found the end of the file" },
	{ "a=_1", 1, 3, "\"_1\" is not a value; a string needs quotes" },
	{ "a=0x", 1, 5, "expected a digit, found the end of the file" },
	{ "a=0x_1", 1, 5, "expected a digit, found \"_\"" },
	{ "a=0xg", 1, 5, "expected a digit, found \"g\"" },
	{ "a=0X1", 1, 4, "expected the end of the value, found \"X\"" },
	{ "a=+0x1", 1, 5, "expected the end of the value, found \"x\"" },
	{ "a=-0b1", 1, 5, "expected the end of the value, found \"b\"" },
	{ "a=0o8", 1, 5, "expected a digit, found \"8\"" },
	{ "a=0b12", 1, 6, "expected the end of the value, found \"2\"" },
	{ "a=1x", 1, 4, "expected the end of the value, found \"x\"" },
	{ "a=--1", 1, 3, "\"--1\" is not a value; a string needs quotes" },
	{ "a=+", 1, 3, "\"+\" is not a value; a string needs quotes" },
	{ "a=.5", 1, 3, "\".5\" is not a value; a string needs quotes" },
	{ "a=5.", 1, 5, "expected a digit, found the end of the file" },
	{ "a=5.e1", 1, 5, "expected a digit, found \"e\"" },
	{ "a=1_.5", 1, 5, "expected a digit, found \".\"" },
	{ "a=1._5", 1, 5, "expected a digit, found \"_\"" },
	{ "a=1e", 1, 5, "expected a digit, found the end of the file" },
	{ "a=1e+", 1, 6, "expected a digit, found the end of the file" },
	{ "a=1e_1", 1, 5, "expected a digit, found \"_\"" },
	{ "a=1e1.5", 1, 6, "expected the end of the value, found \".\"" },
	{ "a=1.2.3", 1, 6, "expected the end of the value, found \".\"" },
	{ "a=Inf", 1, 3, "\"Inf\" is not a value; a string needs quotes" },
	{ "a=+-nan", 1, 3, "\"+-nan\" is not a value; a string needs quotes" },
	{ "a=True", 1, 3, "\"True\" is not a value; a string needs quotes" },
	{ "a=truer", 1, 3, "\"truer\" is not a value; a string needs quotes" },
	{ "a=yes # c", 1, 3, "\"yes\" is not a value; a string needs quotes" },
	{ "a=\331\241", 1, 3, "expected a value, found \"\\u0661\"" },
};

static const struct bad bad_times[] = {
	{ "a=1979-13-01", 1, 8, "the month cannot be 13" },
	{ "a=1979-00-01", 1, 8, "the month cannot be 0" },
	{ "a=1979-01-00", 1, 11, "the day cannot be 0" },
	{ "a=1979-01-32", 1, 11, "the day cannot be 32" },
	{ "a=1979-04-31", 1, 11, "1979-04 has no day 31" },
	{ "a=1979-02-29", 1, 11, "1979-02 has no day 29" },
	{ "a=1900-02-29", 1, 11, "1900-02 has no day 29" },
	{ "a=1979-1-01", 1, 9, "expected 2 digits of the month, found \"-\"" },
	{ "a=1979-01", 1, 10,
	  "expected \"-\" and the day, found the end of the file" },
	{ "a=1979-01-011", 1, 13,
	  "expected the end of the value, found \"1\"" },
	{ "a=79-01-01", 1, 5, "expected the end of the value, found \"-\"" },
	{ "a=1979-01-01T", 1, 14,
	  "expected 2 digits of the hour, found the end of the file" },
	{ "a=1979-01-01 7:00:00", 1, 15,
	  "expected 2 digits of the hour, found \":\"" },
	{ "a=1979-01-01  07:00:00", 1, 15,
	  "expected the end of the line, found \"0\"" },
	{ "a=1979-01-01T24:00:00", 1, 14, "the hour cannot be 24" },
	{ "a=1979-01-01T00:60:00", 1, 17, "the minute cannot be 60" },
	{ "a=1979-01-01T00:00:61", 1, 20, "the second cannot be 61" },
	{ "a=1979-01-01T00:00", 1, 19,
	  "expected \":\" and the second, found the end of the file" },
	{ "a=1979-01-01T00:00:00.", 1, 23,
	  "expected a digit, found the end of the file" },
	{ "a=1979-01-01T00:00:00.Z", 1, 23, "expected a digit, found \"Z\"" },
	{ "a=1979-01-01T00:00:00ZZ", 1, 23,
	  "expected the end of the value, found \"Z\"" },
	{ "a=1979-01-01T00:00:00+24:00", 1, 23,
	  "the hour of the offset cannot be 24" },
	{ "a=1979-01-01T00:00:00-00:60", 1, 26,
	  "the minute of the offset cannot be 60" },
	{ "a=1979-01-01T00:00:00+01", 1, 25,
	  "expected \":\" and the minute of the offset, found the end of the file" },
	{ "a=1979-01-01Z", 1, 13,
	  "expected the end of the value, found \"Z\"" },
	{ "a=07:32", 1, 8,
	  "expected \":\" and the second, found the end of the file" },
	{ "a=07:32:00Z", 1, 11, "expected the end of the value, found \"Z\"" },
	{ "a=7:32:00", 1, 4, "expected the end of the value, found \":\"" },
	{ "a=1990-12-30T23:59:60Z", 1, 3,
	  "no leap second can be at this time" },
	{ "a=1990-12-31T23:58:60Z", 1, 3,
	  "no leap second can be at this time" },
	{ "a=1990-12-31T23:59:60-08:00", 1, 3,
	  "no leap second can be at this time" },
	{ "a=2012-07-02T00:59:60+01:00", 1, 3,
	  "no leap second can be at this time" },
	{ "a=2012-06-30T15:59:60-08:30", 1, 3,
	  "no leap second can be at this time" },
	{ "a=2012-06-29T23:59:60+00:00", 1, 3,
	  "no leap second can be at this time" },
	{ "a=2012-06-30T00:59:60+01:00", 1, 3,
	  "no leap second can be at this time" },
};

/* Every kind of thing once, for the tests that damage it. */
static const char sample[] =
	"# A policy, more or less. \xc3\xa9\r\n"
	"title = \"sample \\u00e9 \\U0001F600 \\\"quoted\\\" \\\\ \\t\"\n"
	"'literal key' = 'C:\\dir\\file'\n"
	"\"\" = \"\"\"\n"
	"first \\\n"
	"   \t folded\n"
	"  \"\"two quotes\"\" \\u0041\"\"\"\"\n"
	"regex = '''\n"
	"^/bin/(a|b)\\.so$''x'''''\n"
	"numbers = [ 0, -17, +1_000, 0xDEAD_beef, 0o755, 0b1101, # mixed\n"
	"\t9223372036854775807, -9223372036854775808,\n"
	"\t1.5, -0.0, 6.022e23, 1e-7, inf, -inf, +nan, ]\n"
	"flags = { on = true, off = false, deep.er.est = [ {}, [ [] ] ] }\n"
	"times = [ 1979-05-27T07:32:00Z, 1979-05-27 00:32:00.999-07:00,\n"
	"  1979-05-27T07:32:00, 2000-02-29, 07:32:00.5, 1990-12-31T23:59:60Z ]\n"
	"a . b . \"c d\" = 1\n"
	"a.b.e = 2\n"
	"\n"
	"[ servers . alpha ]   # a header\n"
	"ip = \"10.0.0.1\"\n"
	"role.name = \"frontend\"\n"
	"role.rank = 1\n"
	"[servers]\n"
	"count = 2\n"
	"[servers.alpha.role.extra]\n"
	"x-1 = 'y'\n"
	"[[container]]\n"
	"name = \"pause\"\n"
	"layers = [\n"
	"  \"16b514057a06ad665f92c02863aca074fd5976c755d26bff16365299169e8415\",\n"
	"]\n"
	"[[container.process]]\n"
	"argv = [\"/pause\"]\n"
	"env = [{ pattern = \"TERM=xterm\", required = false }]\n"
	"[[container.process]]\n"
	"argv = [\"/bin/sh\", \"-c\", '''echo \"$HOME\"''']\n"
	"[container.mount]\n"
	"options = [\"ro\", \"noexec\"]\n"
	"[[container]]\n"
	"name = \"app\"\n"
	"[[container.process]]\n"
	"signals = [15, 9]\n"
	"[a.b.f]\n"
	"\"\\u0000\" = 1\n"
	"[\"last one\".'of all']";

static void check_goods(const struct good *cases, size_t count)
{
	while (count--)
		check_good(cases++);
}

static void check_values(const struct value *cases, size_t count)
{
	while (count--)
		check_value(cases++);
}

static void check_bads(const struct bad *cases, size_t count)
{
	while (count--)
		check_bad(cases++);
}

static void test_good_layout(void **state)
{
	(void)state;
	check_goods(good_layout, ARRAY_SIZE(good_layout));
	check_goods(good_keys, ARRAY_SIZE(good_keys));
	check_goods(good_strings, ARRAY_SIZE(good_strings));
	check_goods(good_containers, ARRAY_SIZE(good_containers));
}

static void test_good_values(void **state)
{
	(void)state;
	check_values(strings, ARRAY_SIZE(strings));
	check_values(numbers, ARRAY_SIZE(numbers));
	check_values(times, ARRAY_SIZE(times));
	check_values(containers, ARRAY_SIZE(containers));
}

static void test_good_tables(void **state)
{
	(void)state;
	check_goods(good_tables, ARRAY_SIZE(good_tables));
}

static void test_bad_tables(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad_tables); i++)
		check_clash(&bad_tables[i]);
}

static void test_bad_layout(void **state)
{
	(void)state;
	check_bads(bad_layout, ARRAY_SIZE(bad_layout));
}

static void test_bad_encoding(void **state)
{
	(void)state;
	check_bads(bad_encoding, ARRAY_SIZE(bad_encoding));
}

static void test_bad_values(void **state)
{
	(void)state;
	check_bads(bad_strings, ARRAY_SIZE(bad_strings));
	check_bads(bad_numbers, ARRAY_SIZE(bad_numbers));
	check_bads(bad_times, ARRAY_SIZE(bad_times));
}

/* A NUL byte ends nothing, and may be nowhere. */
static void test_nul_byte(void **state)
{
	static const char *const texts[] = { "?",     "a=1\n?",	   "#?",
					     "a='?'", "a='''?'''", "a=\"?\"",
					     "a=?" };
	struct mnd_error error;
	struct mnd_toml *toml;
	char text[16];
	size_t i, at;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		memcpy(text, texts[i], strlen(texts[i]) + 1);
		at = strcspn(text, "?");
		text[at] = '\0';
		assert_int_equal(parse(text, strlen(texts[i]), &toml, &error),
				 -EINVAL);
		assert_string_equal(error.text,
				    "control character U+0000 is not allowed");
		assert_int_equal(error.column, i == 1 ? 1 : at + 1);
	}
}

static void test_access(void **state)
{
	static const char text[] = "b=1\n\"a\\u0000c\"=2\n[t]\nb='x\\y'\n"
				   "n=\"x\\u0000\"";
	const struct mnd_toml_table *root, *table;
	const struct mnd_toml_entry *entry;
	struct mnd_error error;
	struct mnd_toml *toml;

	(void)state;
	assert_int_equal(parse(text, strlen(text), &toml, &error), 0);
	root = mnd_toml_root(toml);
	assert_int_equal(root->count, 3);
	entry = mnd_toml_find(root, "b");
	assert_non_null(entry);
	assert_int_equal(entry->value.integer, 1);
	assert_ptr_equal(entry, root->first);
	assert_false(mnd_toml_has_nul(&entry->key));

	/* A key with U+0000 is there, but not for a C string. */
	assert_null(mnd_toml_find(root, "a"));
	entry = entry->next;
	assert_int_equal(entry->key.length, 3);
	assert_memory_equal(entry->key.bytes, "a\0c", 4);
	assert_true(mnd_toml_has_nul(&entry->key));

	/* The same key in two tables is two entries. */
	table = mnd_toml_find(root, "t")->value.table;
	entry = mnd_toml_find(table, "b");
	assert_string_equal(entry->value.string.bytes, "x\\y");
	assert_false(mnd_toml_has_nul(&entry->value.string));
	entry = mnd_toml_find(table, "n");
	assert_true(mnd_toml_has_nul(&entry->value.string));
	assert_null(mnd_toml_find(root, "n"));
	assert_null(mnd_toml_find(table, ""));
	assert_null(entry->next);
	mnd_toml_free(toml);
	mnd_toml_free(NULL);
}

static void test_type_names(void **state)
{
	static const char *const names[__MND_TOML_TYPE_MAX] = {
		"string",     "integer",	  "float",
		"boolean",    "offset date-time", "local date-time",
		"local date", "local time",	  "array",
		"table",
	};
	int type;

	(void)state;
	for (type = 0; type < __MND_TOML_TYPE_MAX; type++)
		assert_string_equal(mnd_toml_type_name(type), names[type]);
}

static void test_quote(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *quoted;
	} cases[] = {
		{ "", 0, "\"\"" },
		{ "a b~", 4, "\"a b~\"" },
		{ "ab", 1, "\"a\"" },
		{ "\"\\", 2, "\"\\\"\\\\\"" },
		{ "\0\033[m\n\177", 6, "\"\\u0000\\u001B[m\\u000A\\u007F\"" },
		{ "\302\233\342\200\256", 5, "\"\\u009B\\u202E\"" },
		{ "\360\237\230\200", 4, "\"\\U0001F600\"" },
		{ "\360\237\230\200", 3, "\"\\xf0\\x9f\\x98\"" },
		{ "\377\303a\355\240", 5, "\"\\xff\\xc3a\\xed\\xa0\"" },
	};
	char quoted[MND_TOML_QUOTED_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		mnd_toml_quote(cases[i].bytes, cases[i].length, quoted);
		assert_string_equal(quoted, cases[i].quoted);
	}
}

/* What is cut ends in "...", and fills its room as far as characters do. */
static void test_quote_cuts(void **state)
{
	char bytes[2 * MND_TOML_QUOTED_SIZE], quoted[MND_TOML_QUOTED_SIZE];
	size_t length, fits = MND_TOML_QUOTED_SIZE - sizeof("\"\"...");

	(void)state;
	memset(bytes, 'x', sizeof(bytes));
	for (length = 0; length <= sizeof(bytes); length++) {
		memset(quoted, '?', sizeof(quoted));
		mnd_toml_quote(bytes, length, quoted);
		assert_non_null(memchr(quoted, '\0', sizeof(quoted)));
		if (length <= fits)
			assert_int_equal(strlen(quoted), length + 2);
		else
			assert_string_equal(quoted + fits, "x\"...");
	}
	memset(bytes, 0, sizeof(bytes));
	mnd_toml_quote(bytes, sizeof(bytes), quoted);
	assert_string_equal(quoted + strlen(quoted) - 10, "\\u0000\"...");
}

static void check_printable(const char *text)
{
	for (; *text; text++)
		assert_in_range(*text, ' ', '~');
}

/* A hostile key gets into a message escaped and cut, and nothing else does. */
static void test_messages_are_safe(void **state)
{
	static const char key[] = "\"\\u001b\\n\342\200\256\\\"";
	struct buffer text = {};
	struct mnd_error error;
	struct mnd_toml *toml;
	unsigned int i;

	(void)state;
	for (i = 0; i < 2; i++)
		append(&text, "[%s%05000u\"]\n", key, 0);
	assert_int_equal(parse(text.text, text.used, &toml, &error), -EINVAL);
	assert_int_equal(error.line, 2);
	assert_int_equal(error.column, 2);
	check_printable(error.text);
	assert_ptr_equal(strstr(error.text, "duplicate table \"\\u001B"),
			 error.text);
	assert_non_null(strstr(error.text, "\\u000A\\u202E\\\"000"));
	assert_non_null(strstr(error.text, "0\"..., first defined on line 1"));
	assert_true(strlen(error.text) < 2 * MND_TOML_QUOTED_SIZE);
}

/* Reads any bytes: they are refused with a place in the text, or are fine. */
static int check_any(const char *text, size_t length)
{
	struct mnd_error error;
	struct mnd_toml *toml;
	int err = parse(text, length, &toml, &error);
	size_t lines = 1, i;

	if (!err) {
		mnd_toml_free(toml);
		return 0;
	}
	assert_int_equal(err, -EINVAL);
	for (i = 0; i < length; i++)
		lines += text[i] == '\n';
	assert_in_range(error.line, 1, lines);
	assert_in_range(error.column, 1, length + 1);
	check_printable(error.text);
	assert_true(strlen(error.text) > 10);
	return err;
}

static void test_truncations(void **state)
{
	size_t length, good = 0;

	(void)state;
	assert_int_equal(check_any(sample, strlen(sample)), 0);
	for (length = 0; length < sizeof(sample) - 1; length++)
		good += !check_any(sample, length);
	/* At least after each line that ends a statement. */
	assert_in_range(good, 40, sizeof(sample) / 2);
}

static void test_changed_bytes(void **state)
{
	static const char others[] =
		"\0\t\n\r \"#'+,-.019:=Z[\\]_aetu{}\x7f\xc3";
	char text[sizeof(sample)];
	size_t at, i, good = 0;

	(void)state;
	memcpy(text, sample, sizeof(sample));
	for (at = 0; at < sizeof(sample) - 1; at++) {
		for (i = 0; i < 8; i++) {
			text[at] = sample[at] ^ 1 << i;
			good += !check_any(text, sizeof(sample) - 1);
		}
		for (i = 0; i < sizeof(others) - 1; i++) {
			text[at] = others[i];
			good += !check_any(text, sizeof(sample) - 1);
		}
		text[at] = sample[at];
	}
	/* A changed letter in a string does no harm; most changes do. */
	assert_in_range(good, 1000, sizeof(sample) * 16);
}

struct limit {
	const char *before;
	const char *open; /* one level deeper */
	const char *inside;
	const char *close;
	unsigned int levels; /* of @open that are allowed */
};

static int parse_levels(const struct limit *limit, unsigned int levels,
			struct mnd_error *error)
{
	size_t size =
		64 + levels * (strlen(limit->open) + strlen(limit->close));
	char *text = malloc(size), *end = text;
	struct mnd_toml *toml;
	unsigned int i;
	int err;

	assert_non_null(text);
	end = stpcpy(end, limit->before);
	for (i = 0; i < levels; i++)
		end = stpcpy(end, limit->open);
	end = stpcpy(end, limit->inside);
	for (i = 0; i < levels; i++)
		end = stpcpy(end, limit->close);
	err = parse(text, end - text, &toml, error);
	free(text);
	mnd_toml_free(toml);
	return err;
}

static void test_depth(void **state)
{
	static const struct limit limits[] = {
		{ "a=", "[", "", "]", MND_TOML_MAX_DEPTH },
		{ "a=", "[", "1", "]", MND_TOML_MAX_DEPTH - 1 },
		{ "a=", "{a=", "1", "}", MND_TOML_MAX_DEPTH - 1 },
		{ "a=", "{a=", "{}", "}", MND_TOML_MAX_DEPTH - 1 },
		{ "", "a.", "a=1", "", MND_TOML_MAX_DEPTH - 1 },
		{ "[", "a.", "a]", "", MND_TOML_MAX_DEPTH - 1 },
		{ "[[", "a.", "a]]", "", MND_TOML_MAX_DEPTH - 2 },
		{ "[", "a.", "a]\nb=1", "", MND_TOML_MAX_DEPTH - 2 },
		{ "[[", "a.", "a]]\nb=1", "", MND_TOML_MAX_DEPTH - 3 },
		{ "[[a]]\n[a.", "a.", "a]", "", MND_TOML_MAX_DEPTH - 3 },
		{ "[[a]]\n[a.", "a.", "a]\nb=[]", "", MND_TOML_MAX_DEPTH - 4 },
	};
	struct mnd_error error;
	unsigned int levels;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		levels = limits[i].levels;
		assert_int_equal(parse_levels(&limits[i], levels, &error), 0);
		levels++;
		assert_int_equal(parse_levels(&limits[i], levels, &error),
				 -E2BIG);
		assert_string_equal(error.text,
				    "nested too deeply, the limit is 64");
		assert_int_equal(parse_levels(&limits[i], 10000, &error),
				 -E2BIG);
	}
	/* The place is that of the first value too deep. */
	assert_int_equal(parse_levels(&limits[0], 10000, &error), -E2BIG);
	assert_int_equal(error.line, 1);
	assert_int_equal(error.column, 3 + MND_TOML_MAX_DEPTH);
}

/* Reads @size bytes of @unit over and over, after @before. */
static int parse_repeated(const char *before, const char *unit, size_t size,
			  struct mnd_error *error)
{
	size_t used = strlen(before), length = strlen(unit), left;
	char *text = malloc(size);
	struct mnd_toml *toml;
	int err;

	assert_non_null(text);
	memcpy(text, before, used);
	while (used < size) {
		left = size - used;
		memcpy(text + used, unit, length < left ? length : left);
		used += length < left ? length : left;
	}
	err = mnd_toml_parse(text, size, &toml, error);
	free(text);
	mnd_toml_free(toml);
	return err;
}

static void test_size(void **state)
{
	struct mnd_error error;

	(void)state;
	assert_int_equal(parse_repeated("", "#\n", MND_TOML_MAX_SIZE, &error),
			 0);
	assert_int_equal(parse_repeated("", "#\n", MND_TOML_MAX_SIZE + 1,
					&error),
			 -E2BIG);
	assert_int_equal(error.line, 0);
	assert_int_equal(error.column, 0);
	assert_string_equal(error.text,
			    "too many bytes, the limit is 16777216");
}

static void test_values(void **state)
{
	struct mnd_error error;

	(void)state;
	/* An unclosed array is refused only after all its values are read. */
	assert_int_equal(parse_repeated("a=[", "1,",
					3 + 2 * (MND_TOML_MAX_VALUES - 1),
					&error),
			 -EINVAL);
	assert_string_equal(error.text, "the array of line 1 is not closed");
	assert_int_equal(parse_repeated("a=[", "1,",
					3 + 2 * MND_TOML_MAX_VALUES, &error),
			 -E2BIG);
	assert_int_equal(error.column, 4 + 2 * (MND_TOML_MAX_VALUES - 1));
	assert_string_equal(error.text,
			    "too many values, the limit is 1048576");
	assert_int_equal(parse_repeated("", "[[a]]\n",
					6 * (MND_TOML_MAX_VALUES - 1), &error),
			 0);
	assert_int_equal(parse_repeated("", "[[a]]\n", 6 * MND_TOML_MAX_VALUES,
					&error),
			 -E2BIG);
	assert_int_equal(error.line, MND_TOML_MAX_VALUES);
	assert_int_equal(error.column, 3);
}

/* Whether a text of full size is read, or refused, in linear time. */
static void check_time(const char *before, const char *unit)
{
	struct mnd_error error;
	clock_t start = clock();

	parse_repeated(before, unit, MND_TOML_MAX_SIZE, &error);
	assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
}

/*
 * Texts that would take minutes if what they aim at took quadratic time.  Each
 * takes well under a second.
 */
static void test_hostile_texts(void **state)
{
	(void)state;
	check_time("a=", "[");
	check_time("", "a.");
	check_time("a=\"\"\"", "\\ ");
	check_time("a=\"\"\"", "\\\n");
	check_time("a=", "1");
	check_time("a=0.", "1");
	check_time("a=1e", "9");
	check_time("a='''", "''x");
	check_time("a=[", "{},");
	check_time("a=07:32:00.", "1");
	check_time("", "[[a.b.c.d.e.f]]\n");
}

static void check_many(const char *format)
{
	char *text = malloc(100000 * 16);
	struct mnd_error error;
	struct mnd_toml *toml;
	unsigned int number;
	size_t used = 0;
	clock_t start;

	assert_non_null(text);
	for (number = 0; number < 100000; number++)
		used += sprintf(text + used, format, number);
	start = clock();
	assert_int_equal(mnd_toml_parse(text, used, &toml, &error), 0);
	assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
	mnd_toml_free(toml);
	free(text);
}

/* Keys that are looked up and added take the same time however many there are. */
static void test_hostile_keys(void **state)
{
	(void)state;
	check_many("[t%u]\n");
	check_many("a.k%u=1\n");
	check_many("[[t%u]]\n");
}

/* The bucket of a key of the root table, as the reader computes it. */
static unsigned int root_bucket(const char *key, unsigned int buckets)
{
	u64 hash = 0xcbf29ce484222325 * 0x100000001b3;

	while (*key)
		hash = (hash ^ (unsigned char)*key++) * 0x100000001b3;
	return (hash ^ hash >> 32) % buckets;
}

/* Appends the next key that falls into the first of 128 buckets. */
static void append_colliding(struct buffer *text, unsigned int *number,
			     char key[16])
{
	do
		snprintf(key, 16, "k%u", (*number)++);
	while (root_bucket(key, 128));
	append(text, "%s=1\n", key);
}

/* Keys that somebody computed to collide are refused, not read slowly. */
static void test_collisions(void **state)
{
	unsigned int number = 0, i;
	struct buffer text = {};
	struct mnd_error error;
	struct mnd_toml *toml;
	char key[16];

	(void)state;
	for (i = 0; i < 64; i++)
		append_colliding(&text, &number, key);
	assert_int_equal(parse(text.text, text.used, &toml, &error), 0);
	assert_non_null(mnd_toml_find(mnd_toml_root(toml), key));
	mnd_toml_free(toml);
	append_colliding(&text, &number, key);
	assert_int_equal(parse(text.text, text.used, &toml, &error), -E2BIG);
	assert_int_equal(error.line, 65);
	assert_int_equal(error.column, 1);
	assert_string_equal(error.text,
			    "too many keys of one hash, the limit is 64");
}

/* Every key is found again after the index has grown many times. */
static void test_many_keys(void **state)
{
	const struct mnd_toml_entry *entry;
	struct mnd_error error;
	struct mnd_toml *toml;
	char text[65536], key[16];
	size_t used = 0;
	unsigned int i;

	(void)state;
	for (i = 0; i < 2000; i++)
		used += sprintf(text + used, "k%u=%u\nt.k%u=%u\n", i, i, i,
				i + 5000);
	assert_int_equal(parse(text, used, &toml, &error), 0);
	assert_int_equal(mnd_toml_root(toml)->count, 2001);
	for (i = 0; i < 2000; i++) {
		sprintf(key, "k%u", i);
		entry = mnd_toml_find(mnd_toml_root(toml), key);
		assert_int_equal(entry->value.integer, i);
		entry = mnd_toml_find(mnd_toml_root(toml), "t");
		entry = mnd_toml_find(entry->value.table, key);
		assert_int_equal(entry->value.integer, i + 5000);
		assert_int_equal(entry->key_line, 2 * i + 2);
	}
	assert_null(mnd_toml_find(mnd_toml_root(toml), "k2000"));
	mnd_toml_free(toml);
}

/* A decimal comma of the caller's locale is not that of TOML. */
static void test_locale(void **state)
{
	struct mnd_error error;
	struct mnd_toml *toml;
	double value;

	(void)state;
	if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) {
		print_message("# the locale de_DE.UTF-8 is not installed\n");
		skip();
	}
	assert_int_equal(parse("a=0.5", 5, &toml, &error), 0);
	value = mnd_toml_root(toml)->first->value.floating;
	mnd_toml_free(toml);
	assert_int_equal(strtod("0,5", NULL) * 2, 1);
	setlocale(LC_NUMERIC, "C");
	assert_int_equal(value * 2, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_layout),
		cmocka_unit_test(test_good_values),
		cmocka_unit_test(test_good_tables),
		cmocka_unit_test(test_bad_tables),
		cmocka_unit_test(test_bad_layout),
		cmocka_unit_test(test_bad_encoding),
		cmocka_unit_test(test_bad_values),
		cmocka_unit_test(test_nul_byte),
		cmocka_unit_test(test_access),
		cmocka_unit_test(test_type_names),
		cmocka_unit_test(test_quote),
		cmocka_unit_test(test_quote_cuts),
		cmocka_unit_test(test_messages_are_safe),
		cmocka_unit_test(test_truncations),
		cmocka_unit_test(test_changed_bytes),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_hostile_texts),
		cmocka_unit_test(test_hostile_keys),
		cmocka_unit_test(test_collisions),
		cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
