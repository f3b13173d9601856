// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What `mandate diff` finds in two policies.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../lsm/core/verify.h"
#include "../../userspace/compile/compile.h"
#include "../../userspace/describe/describe.h"
#include "../../userspace/diff.h"

#define HASH "00000000000000000000000000000000"

#define BEGIN "name = \"p\"\n"
#define C(name)                                                   \
	"[[container]]\nname = \"" name "\"\nroot = \"verity\"\n" \
	"command = [\"/bin/x\"]\nsignals = [\"TERM\"]\n"

static json_t *describe(const char *text)
{
	const struct mnd_string_ref source = { text, strlen(text) };
	struct mnd_table table;
	struct mnd_fault fault;
	struct mnd_error error;
	json_t *json;
	u32 length;
	u8 *bytes;

	if (mnd_compile_source(&source, false, &bytes, &length, &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
	assert_int_equal(mnd_table_verify(&table, bytes, length, &fault), 0);
	assert_int_equal(mnd_describe_json(&table, &json), 0);
	free(bytes);
	return json;
}

/* How the path to a process of the container begins. */
#define PROCESS(name) \
	"{\"path\":[\"containers\",\"c\",\"processes\",\"" name "\","
#define ENTRY PROCESS("entry [\\\"/bin/x\\\"]")
#define INSIDE PROCESS("inside [\\\"x\\\"] #2")
#define FRAGMENT "\"issuer\":\"i\",\"feed\":\"f\",\"minimum_svn\":\"1\","

struct difference {
	const char *a;
	const char *b;
	const char *found;
};

static const struct difference differences[] = {
	{ BEGIN, BEGIN, "[]" },
	{ BEGIN C("c") "layers = []\n", BEGIN "\n\n" C("c") "layers = []\n",
	  "[]" },
	/* In another order. */
	{ BEGIN C("a") "layers = []\n" C("b") "layers = []\n",
	  BEGIN C("b") "layers = []\n" C("a") "layers = []\n", "[]" },
	{ BEGIN, BEGIN "svn = 2\n", "[{\"path\":[\"svn\"],\"a\":0,\"b\":2}]" },
	{ BEGIN, BEGIN "[requests]\nstrict = true\n",
	  "[{\"path\":[\"requests\",\"strict\"],\"a\":false,\"b\":true}]" },
	{ BEGIN C("c") "layers = []\ncwd = \"/\"\n",
	  BEGIN C("c") "layers = []\ncwd = \"/x\"\n",
	  "[" ENTRY "\"cwd\"],\"a\":\"/\",\"b\":\"/x\"}]" },
	{ BEGIN C("c") "layers = []\n",
	  BEGIN C("c") "layers = []\ncwd = \"/x\"\n",
	  "[" ENTRY "\"cwd\"],\"b\":\"/x\"}]" },
	/* What is in a list, wherever. */
	{ BEGIN C("c") "layers = []\nenvironment = [\"A=1\", \"B=1\"]\n",
	  BEGIN C("c") "layers = []\nenvironment = [\"B=1\", \"C=1\"]\n",
	  "[" ENTRY "\"environment\"],\"a\":\"A=1\"}," ENTRY
	  "\"environment\"],\"b\":\"C=1\"}]" },
	/* And what is a sequence. */
	{ BEGIN C("c") "layers = [\"" HASH HASH "\"]\n",
	  BEGIN C("c") "layers = []\n",
	  "[{\"path\":[\"containers\",\"c\",\"layers\"],\"a\":[\"" HASH HASH
	  "\"],\"b\":[]}]" },
	/* The order of rules. */
	{ BEGIN "[[uvm.mount]]\ntype = \"a\"\ntarget = \"/\"\n"
		"[[uvm.mount]]\ntype = \"b\"\ntarget = \"/\"\n",
	  BEGIN "[[uvm.mount]]\ntype = \"b\"\ntarget = \"/\"\n"
		"[[uvm.mount]]\ntype = \"a\"\ntarget = \"/\"\n",
	  "order" },
	/* The same command twice. */
	{ BEGIN C("c") "layers = []\n[[container.descendant]]\n"
		       "command = [\"x\"]\n[[container.descendant]]\n"
		       "command = [\"x\"]\ncwd = \"/\"\n",
	  BEGIN C("c") "layers = []\n[[container.descendant]]\n"
		       "command = [\"x\"]\n[[container.descendant]]\n"
		       "command = [\"x\"]\ncwd = \"/y\"\n",
	  "[" INSIDE "\"cwd\"],\"a\":\"/\",\"b\":\"/y\"}]" },
	{ BEGIN "[[fragment]]\nissuer = \"i\"\nfeed = \"f\"\n"
		"minimum_svn = \"1\"\ninclude = []\n",
	  BEGIN,
	  "[{\"path\":[\"fragments\"],\"a\":{" FRAGMENT
	  "\"include\":[],\"receipts\":[],\"parameters\":\"\"}}]" },
};

static void test_differences(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(differences); i++) {
		const struct difference *d = &differences[i];
		json_t *a, *b, *found;
		char *text;

		a = describe(d->a);
		b = describe(d->b);
		found = mnd_diff(a, b);
		text = json_dumps(found, JSON_COMPACT);
		assert_non_null(text);
		if (!strcmp(d->found, "order")) {
			assert_int_equal(json_array_size(found), 1);
			assert_non_null(strstr(text, "[\"uvm\",\"mounts\"]"));
		} else if (strcmp(text, d->found)) {
			fail_msg("row %zu: %s", i, text);
		}
		free(text);
		json_decref(found);
		json_decref(a);
		json_decref(b);
	}
	(void)state;
}

/* A container that only one of them has. */
static void test_containers(void **state)
{
	json_t *a = describe(BEGIN C("a") "layers = []\n");
	json_t *b = describe(BEGIN C("b") "layers = []\n");
	json_t *found = mnd_diff(a, b);
	json_t *path;

	assert_int_equal(json_array_size(found), 2);
	path = json_object_get(json_array_get(found, 0), "path");
	assert_string_equal(json_string_value(json_array_get(path, 1)), "a");
	assert_null(json_object_get(json_array_get(found, 0), "b"));
	path = json_object_get(json_array_get(found, 1), "path");
	assert_string_equal(json_string_value(json_array_get(path, 1)), "b");
	assert_null(json_object_get(json_array_get(found, 1), "a"));
	json_decref(found);
	json_decref(a);
	json_decref(b);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_differences),
		cmocka_unit_test(test_containers),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
