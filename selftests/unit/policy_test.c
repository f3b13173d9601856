// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The policy language and the compiler: what is refused, and where; that a
 * table can be shown and compiled again; that nothing but the source matters.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../lsm/core/checksum.h"
#include "../../lsm/core/decide.h"
#include "../../lsm/core/verify.h"
#include "../../userspace/compile.h"
#include "../../userspace/describe.h"
#include "../../userspace/round_trip.h"

/* Compiles @text; 0, or what the library returned and said. */
static int compile(const char *text, bool strip, u8 **table, u32 *length,
		   struct mnd_error *error)
{
	const struct mnd_string_ref source = { text, strlen(text) };

	memset(error, 0, sizeof(*error));
	return mnd_compile_source(&source, strip, table, length, error);
}

static void expect_table(const char *text, struct mnd_table *table, u8 **bytes)
{
	struct mnd_error error;
	struct mnd_fault fault;
	u32 length;

	if (compile(text, false, bytes, &length, &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
	assert_int_equal(mnd_table_verify(table, *bytes, length, &fault), 0);
}

#define C(more)                   \
	"name = \"p\"\n"          \
	"[[container]]\n"         \
	"name = \"c\"\n"          \
	"root = \"bound\"\n"      \
	"descendants = \"any\"\n" \
	"command = [\"/bin/x\"]\n" more

struct refused {
	const char *text;
	unsigned int line;
	unsigned int column;
	const char *message;
};

static const struct refused refused[] = {
	{ "", 1, 1, "a policy has no \"name\"" },
	{ "name = 1\n", 1, 8, "must be string, not integer" },
	{ "name = \"\"\n", 1, 8, "ASCII characters without blanks" },
	{ "name = \"a b\"\n", 1, 8, "ASCII characters without blanks" },
	{ "name = \"\\u00e9\"\n", 1, 8, "ASCII characters without blanks" },
	{ "name = \"p\"\nname = \"q\"\n", 2, 1, "duplicate key \"name\"" },
	{ "name = \"p\"\nwhat = 1\n", 2, 1,
	  "unknown key \"what\" in a policy" },
	{ "name = \"p\"\nsvn = -1\n", 2, 7, "must not be negative" },
	{ "name = \"p\"\nsvn = 1.0\n", 2, 7, "must be integer, not float" },
	{ "name = \"p\"\nuvm = 1\n", 2, 7, "must be table, not integer" },
	{ "name = \"p\"\n[uvm]\nclass = \"open\"\n", 3, 9,
	  "must be \"verified\" or \"listed\" or \"free\"" },
	{ "name = \"p\"\n[uvm]\ninclude = [\"oci-mounts\"]\n", 3, 12,
	  "must be \"uvm-base\"" },
	{ "name = \"p\"\n[uvm]\ninclude = [1]\n", 3, 12,
	  "must be \"uvm-base\"" },
	{ "name = \"p\"\n[uvm]\n[[uvm.process]]\ncommand = [\"x\"]\n", 2, 2,
	  "[[uvm.process]] needs class = \"listed\"" },
	{ "name = \"p\"\n[[uvm.mount]]\ntype = \"tmpfs\"\n", 2, 7,
	  "[[uvm.mount]] has no \"target\"" },
	{ "name = \"p\"\n[[uvm.mount]]\ntype = \"tmpfs\"\ntarget = \"/x\"\n"
	  "when = \"run\"\n",
	  5, 1, "unknown key \"when\" in [[uvm.mount]]" },
	{ "name = \"p\"\n[uvm]\nclass = \"listed\"\n[[uvm.process]]\n"
	  "command = [\"x\"]\nsignals = []\n",
	  6, 1, "unknown key \"signals\" in [[uvm.process]]" },
	{ "name = \"p\"\n[[container]]\n", 2, 3,
	  "[[container]] has no \"command\"" },
	{ C("root = \"verity\"\n"), 7, 1, "duplicate key \"root\"" },
	{ C("shutdown = 1\n"), 7, 12, "must be boolean, not integer" },
	{ C("include = [\"uvm-base\"]\n"), 7, 12, "must be \"oci-mounts\"" },
	{ C("signals = [0]\n"), 7, 12, "must be a signal" },
	{ C("signals = [65]\n"), 7, 12, "must be a signal" },
	{ C("signals = [\"TERMINATE\"]\n"), 7, 12, "must be a signal" },
	{ C("signals = 15\n"), 7, 11, "must be array, not integer" },
	{ C("file = [1]\n"), 7, 8, "must be a string, { re2 =" },
	{ C("file = { re2 = \"a(\" }\n"), 7, 16, "pattern, byte 2: " },
	{ C("file = { re2 = \"a)|(b\" }\n"), 7, 16, "pattern, byte 2: " },
	{ C("file = { re2 = \"^.*a.{16}$\" }\n"), 7, 16,
	  "the pattern's automaton is too large" },
	{ C("file = { re = \"a\" }\n"), 7, 10, "unknown key \"re\"" },
	{ C("file = { any = false }\n"), 7, 16, "must be true" },
	{ C("file = { any = true, re2 = \"a\" }\n"), 7, 8,
	  "must be a string, { re2 =" },
	{ C("file = \"a\\u0000b\"\n"), 7, 8, "contains a NUL" },
	{ C("[[container.exec_process]]\n"), 7, 13,
	  "[[container.exec_process]] has no \"command\"" },
	{ C("[[container.exec_process]]\ncommand = []\n"), 8, 11,
	  "must have at least one string" },
	{ C("[[container.exec_process]]\ncommand = [\"./x\"]\n"), 8, 12,
	  "needs a \"file\"" },
	{ C("[[container.exec_process]]\ncommand = [\"\"]\n"), 8, 12,
	  "needs a \"file\"" },
	{ C("[[container.exec_process]]\ncommand = [{ re2 = \"x\" }]\n"), 8, 20,
	  "needs a \"file\"" },
	{ C("[[container.exec_process]]\ncommand = [\"x\"]\nenv = []\n"), 9, 1,
	  "unknown key \"env\" in [[container.exec_process]]" },
	{ C("[[container.mount]]\ntype = \"bind\"\ntarget = \"/x\"\n"
	    "options = [\"rw\"]\n"),
	  10, 12, "must be nodev, noexec, nosuid, nosymfollow or ro" },
	{ C("[[container.mount]]\ntype = \"bind\"\ntarget = \"/x\"\n"
	    "when = \"later\"\n"),
	  10, 8, "must be \"setup\" or \"run\"" },
	{ C("[[container]]\nname = \"c\"\nroot = \"bound\"\n"
	    "descendants = \"any\"\ncommand = [\"/y\"]\n"),
	  7, 3, "container \"c\" is also defined on line 2" },
	{ "name = \"p\"\n[[container]]\nname = \"uvm\"\n", 3, 8,
	  "is the name of the guest itself" },
	{ "name = \"p\"\n[[container]]\nname = \"c\"\nroot = \"verity\"\n", 4,
	  8, "must be \"bound\"" },
};

static void test_refused(void **state)
{
	struct mnd_error error;
	u8 *table = NULL;
	u32 length;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		const struct refused *r = &refused[i];

		err = compile(r->text, false, &table, &length, &error);
		if (!err)
			fail_msg("row %zu is accepted", i);
		if (error.line != r->line || error.column != r->column ||
		    !strstr(error.text, r->message))
			fail_msg("row %zu: %u:%u: %s", i, error.line,
				 error.column, error.text);
	}
	(void)state;
}

/* Without [uvm] a policy is as careful as can be. */
static void test_defaults(void **state)
{
	const struct mnd_process *process;
	struct mnd_table table;
	u8 *bytes;

	expect_table(C(""), &table, &bytes);
	assert_int_equal(le16_to_cpu(table.subjects[0].class),
			 MND_CLASS_VERIFIED);
	assert_int_equal(mnd_span_count(&table.subjects[0].mounts), 6);
	assert_int_equal(mnd_span_count(&table.subjects[0].processes), 0);
	assert_int_equal(le32_to_cpu(table.subjects[1].flags),
			 MND_SUBJECT_BOUND | MND_SUBJECT_SHUTDOWN);
	assert_int_equal(mnd_span_count(&table.subjects[1].mounts), 0);
	process = &table.processes[0];
	assert_int_equal(le32_to_cpu(process->flags),
			 MND_ROLE_ENTRY | MND_ROLE_INSIDE);
	assert_true(!process->signals);
	assert_int_equal(le32_to_cpu(process->file), MND_MATCH_ANY);
	assert_int_equal(le32_to_cpu(table.positions[0].line), 6);
	assert_int_equal(le32_to_cpu(table.positions[0].column), 11);
	free(bytes);
	(void)state;
}

static void test_signals(void **state)
{
	struct mnd_table table;
	u8 *bytes;

	expect_table(C("signals = [\"TERM\", \"SIGKILL\", 1, \"64\"]\n"),
		     &table, &bytes);
	assert_true(le64_to_cpu(table.processes[0].signals) ==
		    (1ULL << 14 | 1ULL << 8 | 1ULL | 1ULL << 63));
	free(bytes);
	expect_table(C("signals = [\"IO\", \"SIGIO\", \"POLL\"]\n"), &table,
		     &bytes);
	assert_true(le64_to_cpu(table.processes[0].signals) == 1ULL << 28);
	free(bytes);
	(void)state;
}

/* A pattern is about the whole string, alternatives and all. */
static void test_patterns_are_whole(void **state)
{
	static const struct {
		const char *args;
		u32 size;
		bool allowed;
	} rows[] = {
		{ "/bin/x\0a", 9, true },     { "/bin/x\0b", 9, true },
		{ "/bin/x\0ab", 10, false },  { "/bin/x\0xb", 10, false },
		{ "/bin/x\0a\n", 10, false }, { "/bin/x\0", 8, false },
	};
	struct mnd_verdict verdict;
	struct mnd_table table;
	u64 word = 2;
	struct mnd_candidates set = { &word, 1 };
	u8 *bytes;
	size_t i;

	expect_table("name = \"p\"\n[[container]]\nname = \"c\"\n"
		     "root = \"bound\"\ndescendants = \"any\"\n"
		     "command = [\"/bin/x\", { re2 = \"a|b\" }]\n",
		     &table, &bytes);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct mnd_exec_request request = {
			.role = MND_ROLE_ENTRY,
			.args = rows[i].args,
			.size = rows[i].size,
			.argc = 2,
			.name = "/bin/x",
		};

		assert_int_equal(mnd_decide_exec(&table, &set, &request, NULL,
						 &verdict),
				 rows[i].allowed);
	}
	free(bytes);
	(void)state;
}

static char *read_source(const char *name)
{
	char path[512];
	char *text = calloc(1, 65536);
	FILE *file;

	snprintf(path, sizeof(path), MND_SOURCE "/%s", name);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(text);
	assert_true(fread(text, 1, 65535, file) > 0);
	fclose(file);
	return text;
}

static char *describe(const u8 *bytes, u32 length)
{
	struct mnd_table table;
	struct mnd_fault fault;
	char *text;
	size_t size;

	assert_int_equal(mnd_table_verify(&table, bytes, length, &fault), 0);
	assert_int_equal(mnd_describe_toml(&table, &text, &size), 0);
	assert_int_equal(size, strlen(text));
	return text;
}

/* What is shown of a table compiles to the same table. */
static void test_round_trip(void **state)
{
	static const char *const sources[] = {
		"selftests/vectors/core.toml",
		"selftests/guest/policy.toml",
		"Documentation/examples/redis.toml",
		"Documentation/examples/narrow.toml",
	};
	u32 length, again_length;
	struct mnd_error error;
	u8 *table, *again;
	char *text, *shown;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sources); i++) {
		text = read_source(sources[i]);
		assert_int_equal(compile(text, true, &table, &length, &error),
				 0);
		shown = describe(table, length);
		if (compile(shown, true, &again, &again_length, &error))
			fail_msg("%s: %u:%u: %s", sources[i], error.line,
				 error.column, error.text);
		assert_int_equal(length, again_length);
		assert_memory_equal(table, again, length);
		free(again);
		free(shown);
		free(table);
		free(text);
	}
	(void)state;
}

/* Changes a word of a section, and leaves a table that can be verified. */
static void spoil(u8 *bytes, enum mnd_section section, size_t offset, u32 value)
{
	struct mnd_header *header = (void *)bytes;
	__le32 word = cpu_to_le32(value);
	u32 at = le32_to_cpu(header->directory[section].offset);

	memcpy(bytes + at + offset, &word, sizeof(word));
	header->checksum = 0;
	header->checksum =
		cpu_to_le32(mnd_checksum(bytes, le32_to_cpu(header->length)));
}

static int round_trip(const u8 *bytes, struct mnd_error *error)
{
	const struct mnd_header *header = (const void *)bytes;
	struct mnd_table table;
	struct mnd_fault fault;
	size_t size;
	char *text;
	int err;

	assert_int_equal(mnd_table_verify(&table, bytes,
					  le32_to_cpu(header->length), &fault),
			 0);
	assert_int_equal(mnd_describe_toml(&table, &text, &size), 0);
	err = mnd_round_trip(&table, text, size, error);
	free(text);
	return err;
}

/* What the kernel would take, and no source can say. */
static void test_spoiled(void **state)
{
	/* Its strings, in order: "./y", "/t", "/x", "a|b", "c", "p", ... */
	static const char source[] =
		"name = \"p\"\n[uvm]\ninclude = []\n[[container]]\n"
		"name = \"c\"\nroot = \"bound\"\ndescendants = \"any\"\n"
		"command = [\"/x\", \"./y\", { re2 = \"a|b\" }]\n"
		"[[container.mount]]\ntype = \"tmpfs\"\ntarget = \"/t\"\n";
	static const struct {
		enum mnd_section section;
		size_t offset;
		u32 value;
		const char *message;
	} rows[] = {
		/* The text of another pattern. */
		{ MND_SECTION_PATTERN, offsetof(struct mnd_pattern, text), 4,
		  "another table" },
		/* An automaton that matches nothing. */
		{ MND_SECTION_AUTOMATON, offsetof(struct mnd_automaton, start),
		  0, "another table" },
		/* A mount that may be changed, but not made. */
		{ MND_SECTION_MOUNT, offsetof(struct mnd_mount, flags),
		  MND_MOUNT_REMOUNT | MND_MOUNT_PHASES, "another table" },
		/* A program of which nothing says where it is. */
		{ MND_SECTION_MATCHER, 0, 0, "needs a \"file\"" },
	};
	struct mnd_table table;
	struct mnd_error error;
	u8 *bytes;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		expect_table(source, &table, &bytes);
		assert_int_equal(round_trip(bytes, &error), 0);
		spoil(bytes, rows[i].section, rows[i].offset, rows[i].value);
		assert_int_equal(round_trip(bytes, &error), -EINVAL);
		if (!strstr(error.text, rows[i].message))
			fail_msg("row %zu: %s", i, error.text);
		free(bytes);
	}
	(void)state;
}

/* A string of as many characters as there may be, and @args arguments. */
static char *long_source(const char *character, size_t args)
{
	static const char begin[] =
		"name = \"p\"\n[uvm]\ninclude = []\n[[container]]\n"
		"name = \"c\"\nroot = \"bound\"\ndescendants = \"any\"\n"
		"file = \"/x\"\ncommand = [\"";
	char *source = malloc(sizeof(begin) + args * 5 + 4 +
			      MND_STRING_SIZE_MAX * strlen(character));
	char *end;
	size_t i;

	assert_non_null(source);
	end = stpcpy(source, begin);
	for (i = 0; i < MND_STRING_SIZE_MAX; i++)
		end = stpcpy(end, character);
	end = stpcpy(end, "\"");
	for (i = 0; i < args; i++)
		end = stpcpy(end, ", \"b\"");
	stpcpy(end, "]\n");
	return source;
}

/* All arguments become the string that is long. */
static void expect_too_long(const char *character, size_t args)
{
	char *source = long_source(character, args);
	struct mnd_table table;
	struct mnd_fault fault;
	size_t size, i;
	char *text;
	u8 *bytes;

	expect_table(source, &table, &bytes);
	assert_int_equal(mnd_describe_toml(&table, &text, &size), 0);
	free(text);
	for (i = 1; i <= args; i++)
		spoil(bytes, MND_SECTION_MATCHER, i * sizeof(u32),
		      le32_to_cpu(table.matchers[0]));
	assert_int_equal(mnd_table_verify(&table, bytes, table.length, &fault),
			 0);
	assert_int_equal(mnd_describe_toml(&table, &text, &size), -E2BIG);
	free(bytes);
	free(source);
}

/* By its strings, and by what it takes to write them. */
static void test_long_description(void **state)
{
	expect_too_long("a", 600);
	expect_too_long("\\u0001", 200);
	(void)state;
}

/* Containers in another order are the same policy. */
static void test_order(void **state)
{
	static const char a[] =
		"[[container]]\nname = \"a\"\nroot = \"bound\"\n"
		"descendants = \"any\"\n"
		"command = [\"/1\", { re2 = \"a+\" }]\n";
	static const char b[] =
		"[[container]]\nname = \"b\"\nroot = \"bound\"\n"
		"descendants = \"any\"\n"
		"command = [\"/2\", { re2 = \"b+\" }]\n";
	char text[1024];
	u32 length, other_length;
	struct mnd_error error;
	u8 *table, *other;

	snprintf(text, sizeof(text), "name = \"p\"\n%s%s", a, b);
	assert_int_equal(compile(text, true, &table, &length, &error), 0);
	snprintf(text, sizeof(text), "name = \"p\"\n%s%s", b, a);
	assert_int_equal(compile(text, true, &other, &other_length, &error), 0);
	assert_int_equal(length, other_length);
	assert_memory_equal(table, other, length);
	free(other);
	free(table);
	(void)state;
}

/* The header that KUnit uses is the table of the vectors' policy. */
static void test_vector_table(void **state)
{
	char *text = read_source("selftests/vectors/core.toml");
	char *header = read_source("lsm/tests/vector_table.h");
	const char *at = strstr(header, "vector_table = ");
	struct mnd_error error;
	u8 *table;
	u32 length, i;

	assert_non_null(at);
	assert_int_equal(compile(text, true, &table, &length, &error), 0);
	for (i = 0; i < length; i++) {
		at = strstr(at, "0x");
		assert_non_null(at);
		assert_int_equal(strtoul(at, NULL, 16), table[i]);
		at += 4;
	}
	assert_null(strstr(at, "0x"));
	free(table);
	free(header);
	free(text);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_patterns_are_whole),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_spoiled),
		cmocka_unit_test(test_long_description),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_vector_table),
	};

	return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
