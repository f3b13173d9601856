// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Tables in words: that what is shown compiles to the same table again, that
 * what no source can say is noticed, and that no table takes too much.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../lsm/core/checksum.h"
#include "../../lsm/core/verify.h"
#include "../../userspace/compile/compile.h"
#include "../../userspace/describe/describe.h"
#include "../../userspace/describe/round_trip.h"
#include "../../userspace/describe/text_stream.h"

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

#define HASH "00000000000000000000000000000000"

/* What the kernel would take, and no source can say. */
static void test_spoiled(void **state)
{
	static const char source[] =
		"name = \"p\"\n[uvm]\ninclude = []\n[[container]]\n"
		"name = \"c\"\nroot = \"bound\"\ndescendants = \"any\"\n"
		"command = [\"/x\", \"./y\", { re2 = \"a|b\" }]\n"
		"seccomp = [\"" HASH HASH "\"]\n"
		"capabilities.bounding = [1]\n"
		"[[container.mount]]\ntype = \"tmpfs\"\ntarget = \"/t\"\n"
		"[[container.volume]]\ntype = \"\"\ndestination = \"\"\n"
		"source = \"\"\noptions = []\n";
	static const struct {
		enum mnd_section section;
		size_t offset;
		u32 value;
	} rows[] = {
		/* The text of another pattern: "./y" is string 1. */
		{ MND_SECTION_PATTERN, offsetof(struct mnd_pattern, text), 1 },
		/* An automaton that matches nothing. */
		{ MND_SECTION_AUTOMATON, offsetof(struct mnd_automaton, start),
		  0 },
		/* A mount that may be changed, but not made. */
		{ MND_SECTION_MOUNT, offsetof(struct mnd_mount, flags),
		  MND_MOUNT_REMOUNT | MND_MOUNT_PHASES },
		/* Filters, and any one of them. */
		{ MND_SECTION_CONTEXT, offsetof(struct mnd_context, flags),
		  MND_CONTEXT_STDIO | MND_CONTEXT_FILTERED },
		/* Fewer capabilities named than there are. */
		{ MND_SECTION_CAPABILITIES,
		  offsetof(struct mnd_capabilities, lengths), 0 },
		/* One more, and none to name twice. */
		{ MND_SECTION_CAPABILITIES,
		  offsetof(struct mnd_capabilities, lengths[MND_AMBIENT]),
		  MND_CAPABILITIES_EQUAL << 16 | 2 },
		{ MND_SECTION_VOLUME, offsetof(struct mnd_volume, length), 3 },
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
		if (!strstr(error.text, "another table"))
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
	u32 argv;

	expect_table(source, &table, &bytes);
	assert_int_equal(mnd_describe_toml(&table, &text, &size), 0);
	free(text);
	argv = le32_to_cpu(table.processes[0].argv);
	argv = mnd_span_first(&table.lists[argv].words);
	for (i = 1; i <= args; i++)
		spoil(bytes, MND_SECTION_WORD, (argv + i) * sizeof(u32),
		      le32_to_cpu(table.words[argv]));
	assert_int_equal(mnd_table_verify(&table, bytes, table.length, &fault),
			 0);
	assert_int_equal(mnd_describe_toml(&table, &text, &size), -E2BIG);
	assert_null(text);
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

/* An environment that is long, and as many processes that have it. */
static void test_many_contexts(void **state)
{
	const size_t size = 4 << 20;
	char *source = malloc(size), *end = source;
	struct mnd_table table;
	json_t *json;
	size_t i;
	u8 *bytes;

	assert_non_null(source);
	end += sprintf(end, "name = \"p\"\n[[container]]\nname = \"c\"\n"
			    "root = \"bound\"\ndescendants = \"any\"\n"
			    "command = [\"/x\"]\nenvironment = [");
	for (i = 0; i < 2000; i++)
		end += sprintf(end, "\"A%zu=%0500d\",", i, 0);
	end += sprintf(end, "]\n");
	for (i = 0; i < 100; i++)
		end += sprintf(end,
			       "[[container.exec_process]]\n"
			       "command = [\"%zu\"]\n",
			       i);
	expect_table(source, &table, &bytes);
	assert_int_equal(mnd_describe_json(&table, &json), -E2BIG);
	assert_null(json);
	free(bytes);
	/* Half of them are not too many. */
	end = strstr(source, "[[container.exec_process]]\ncommand = [\"50\"]");
	assert_non_null(end);
	*end = 0;
	expect_table(source, &table, &bytes);
	assert_int_equal(mnd_describe_json(&table, &json), 0);
	json_decref(json);
	free(bytes);
	free(source);
	(void)state;
}

/* An option that is named more often than any text could. */
static void test_long_options(void **state)
{
	static const char source[] =
		"name = \"p\"\n[[platform]]\nenvironment = []\n"
		"[[platform.volume]]\ntype = \"\"\ndestination = \"\"\n"
		"source = \"\"\noptions = [\"a\"]\n";
	struct mnd_table table;
	struct mnd_fault fault;
	size_t size;
	json_t *json;
	char *text;
	u8 *bytes;

	expect_table(source, &table, &bytes);
	spoil(bytes, MND_SECTION_VOLUME, offsetof(struct mnd_volume, length),
	      0xffffffff);
	assert_int_equal(mnd_table_verify(&table, bytes, table.length, &fault),
			 0);
	assert_int_equal(mnd_describe_toml(&table, &text, &size), -E2BIG);
	assert_int_equal(mnd_describe_json(&table, &json), -E2BIG);
	free(bytes);
	(void)state;
}

static void test_text_stream(void **state)
{
	struct mnd_text_stream stream;
	size_t length;
	char *text;

	assert_int_equal(mnd_text_stream_open(&stream, 10), 0);
	fputs("0123456789", stream.stream);
	assert_int_equal(mnd_text_stream_close(&stream, &text, &length), 0);
	assert_int_equal(length, 10);
	assert_string_equal(text, "0123456789");
	free(text);
	assert_int_equal(mnd_text_stream_open(&stream, 10), 0);
	assert_int_equal(mnd_text_stream_close(&stream, &text, &length), 0);
	assert_int_equal(length, 0);
	assert_string_equal(text, "");
	free(text);
	assert_int_equal(mnd_text_stream_open(&stream, 10), 0);
	fputs("0123456789x", stream.stream);
	fflush(stream.stream);
	assert_true(ferror(stream.stream));
	assert_int_equal(mnd_text_stream_close(&stream, &text, &length),
			 -E2BIG);
	assert_null(text);
	(void)state;
}

static char *dump(json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);

	assert_non_null(text);
	return text;
}

/* The same keys in the same order, whatever blanks are between them. */
static void expect_json(json_t *json, const char *expected)
{
	json_t *other = json_loads(expected, JSON_DECODE_ANY, NULL);
	char *text = dump(json);
	char *other_text = dump(other);

	assert_string_equal(text, other_text);
	free(text);
	free(other_text);
	json_decref(other);
}

/* The keys are those of a policy; what is not compared has none. */
static void test_json(void **state)
{
	static const char source[] =
		"name = \"p\"\n[[container]]\nname = \"c\"\n"
		"root = \"verity\"\nlayers = []\nelevated = true\n"
		"command = [\"/x\"]\ncwd = { none = true }\n"
		"user = { name = \"u\", id = 1 }\ngroups = [0]\n"
		"capabilities.ambient = [5, 63, 5]\nstdio = false\n"
		"seccomp = \"required\"\nno_new_privileges = true\n"
		"umask = \"0022\"\nseccomp_profile = \"\"\n"
		"environment = [\"A=1\", { exact = \"B=1\", required = true }, { name = \"C\", value = { re2 = \"x\" } }]\n"
		"[[container.volume]]\ntype = \"t\"\ndestination = \"d\"\n"
		"source = \"s\"\noptions = [\"a\", \"b\", \"a\"]\n";
	static const char process[] =
		"{\"rule\":0,\"role\":\"entry\",\"command\":[\"/x\"],\n"
		"\"file\":{\"any\":true},\"signals\":[],\n"
		"\"cwd\":{\"none\":true},\"user\":{\"name\":\"u\",\"id\":1},\"groups\":[0],\n"
		"\"umask\":\"0022\",\n"
		"\"capabilities\":{\"bounding\":[],\"effective\":[],\n"
		"\"inheritable\":[],\"permitted\":[],\"ambient\":[\"CAP_KILL\",63,\"CAP_KILL\"]},\n"
		"\"no_new_privileges\":true,\"stdio\":false,\n"
		"\"seccomp\":\"required\",\"seccomp_profile\":\"\",\n"
		"\"environment\":[\"A=1\",{\"exact\":\"B=1\",\"required\":true},\n"
		"{\"name\":\"C\",\"value\":{\"re2\":\"x\"}}],\n"
		"\"line\":7,\"column\":11}";
	static const char volumes[] =
		"[{\"type\":\"t\",\"destination\":\"d\",\"source\":\"s\",\n"
		"\"options\":[\"a\",\"b\",\"a\"]}]";
	struct mnd_table table;
	json_t *json, *container;
	u8 *bytes;

	expect_table(source, &table, &bytes);
	assert_int_equal(mnd_describe_json(&table, &json), 0);
	container = json_array_get(json_object_get(json, "containers"), 0);
	expect_json(json_array_get(json_object_get(container, "processes"), 0),
		    process);
	expect_json(json_object_get(container, "volumes"), volumes);
	expect_json(json_object_get(container, "elevated"), "true");
	expect_json(json_object_get(container, "layers"), "[]");
	expect_json(json_object_get(container, "root"), "\"verity\"");
	json_decref(json);
	free(bytes);
	(void)state;
}

static void expect_shown(const struct mnd_table *table, const char *part,
			 bool expected)
{
	size_t length;
	char *text;

	assert_int_equal(mnd_describe_toml(table, &text, &length), 0);
	if (!strstr(text, part) != !expected)
		fail_msg("%s is %sthere:\n%s", part, expected ? "not " : "",
			 text);
	free(text);
}

/* An exec process shows only what differs from the container's own. */
static void test_inherited(void **state)
{
	static const char source[] =
		"name = \"p\"\n[[container]]\nname = \"c\"\n"
		"root = \"bound\"\ndescendants = \"any\"\n"
		"command = [\"/x\"]\ncwd = \"/\"\nstdio = false\n"
		"[[container.exec_process]]\ncommand = [\"a\"]\n"
		"[[container.exec_process]]\ncommand = [\"b\"]\n"
		"cwd = { any = true }\nuser = 1\n"
		"[[container.descendant]]\ncommand = [\"d\"]\n";
	struct mnd_table table;
	u8 *bytes;

	expect_table(source, &table, &bytes);
	expect_shown(&table,
		     "command = [\"/x\"]\nsignals = []\n"
		     "cwd = \"/\"\nstdio = false\n\n",
		     true);
	expect_shown(&table, "command = [\"a\"]\nsignals = []\n\n", true);
	expect_shown(&table,
		     "command = [\"b\"]\nsignals = []\n"
		     "cwd = { any = true }\nuser = 1\n\n",
		     true);
	expect_shown(&table, "command = [\"d\"]\n", true);
	expect_shown(&table, "[requests]", false);
	free(bytes);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_spoiled),
		cmocka_unit_test(test_long_description),
		cmocka_unit_test(test_many_contexts),
		cmocka_unit_test(test_long_options),
		cmocka_unit_test(test_text_stream),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_inherited),
	};

	return cmocka_run_group_tests_name("describe", tests, NULL, NULL);
}
