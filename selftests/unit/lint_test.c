// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What `mandate lint` finds, and what it leaves alone.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../lsm/core/verify.h"
#include "../../userspace/compile/compile.h"
#include "../../userspace/lint/lint.h"

/* Nothing can be said against it. */
#define CLEAN                      \
	"name = \"p\"\n"           \
	"[[container]]\n"          \
	"name = \"c\"\n"           \
	"root = \"bound\"\n"       \
	"descendants = \"any\"\n"  \
	"command = [\"/bin/x\"]\n" \
	"signals = [\"TERM\"]\n"

static void lint(const char *text, struct mnd_policy_source *policy)
{
	struct mnd_table table;
	struct mnd_fault fault;
	struct mnd_error error;
	u32 length = 0;
	u8 *bytes = NULL;

	if (mnd_policy_read(text, strlen(text), policy, &error) ||
	    mnd_compile(policy, false, &bytes, &length, &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
	assert_int_equal(mnd_table_verify(&table, bytes, length, &fault), 0);
	assert_int_equal(mnd_lint(&table, policy), 0);
	free(bytes);
}

/* Exactly one thing is found, with @part of the text, on @line. */
struct finding {
	const char *text;
	unsigned int line;
	const char *part;
};

static const struct finding findings[] = {
	/* Environments. */
	{ CLEAN "environment = [{ re2 = \".*\" }]\n", 6,
	  "environment: \".*\" accepts any variable" },
	{ CLEAN "environment = [{ any = true }]\n", 6,
	  "environment: { any = true } accepts any variable" },
	{ CLEAN
	  "environment = [{ name = { any = true }, value = { any = true } }]\n",
	  6, "environment: { any = true } accepts any variable" },
	{ CLEAN "environment = [{ re2 = \"LD_PRELOAD=.*\" }]\n", 6,
	  "\"LD_PRELOAD\" accepts LD_PRELOAD=" },
	{ CLEAN
	  "environment = [{ name = \"LD_AUDIT\", value = { re2 = \"/.+\" } }]\n",
	  6, "\"LD_AUDIT\" accepts LD_AUDIT=" },
	{ CLEAN "environment = [{ none = true }]\n", 6,
	  "nothing is like { none = true }" },
	{ CLEAN
	  "environment = [{ re2 = \"a[^\\\\x00-\\\\x{10FFFF}]\", required = true }]\n",
	  6, ", which is required" },
	{ "name = \"p\"\n[[platform]]\nenvironment = [{ any = true }]\n", 0,
	  "platform: environment: { any = true } accepts any variable" },
	/* Expressions. */
	{ CLEAN "[[container.exec_process]]\nsignals = [9]\n"
		"command = [\"x\", { re2 = \".*a\" }]\n",
	  10, "argv[1], begins or ends with anything" },
	{ CLEAN "[[container.exec_process]]\nsignals = [9]\n"
		"command = [\"x\", { re2 = \"a.+\" }]\n",
	  10, "argv[1], begins or ends with anything" },
	{ CLEAN "[[container.mount]]\ntype = \"tmpfs\"\n"
		"target = { re2 = \"/.*\" }\n",
	  8, "target, begins or ends with anything" },
	{ CLEAN "cwd = { re2 = \"/home/.*\" }\n", 6, "cwd, begins or ends" },
	/* What nothing can be. */
	{ CLEAN
	  "[[container.descendant]]\ncommand = [\"x\", { none = true }]\n",
	  9, "nothing is right as argv[1]" },
	{ CLEAN "[[container.descendant]]\n"
		"command = [\"x\", { re2 = \"[^\\\\x00-\\\\x{10FFFF}]\" }]\n",
	  9, "as argv[1] must" },
	{ CLEAN "[[container.descendant]]\ncommand = [\"x\"]\n"
		"file = { none = true }\n",
	  9, "nothing is right as file" },
	{ CLEAN "umask = { none = true }\n", 6, "nothing is right as umask" },
	{ CLEAN "user = { none = true }\n", 6, "nothing is right as user" },
	{ CLEAN "capabilities = \"none\"\n", 6, "no capabilities are right" },
	{ CLEAN "seccomp_profile = { none = true }\n", 6,
	  "nothing is right as seccomp_profile" },
	{ CLEAN "[[container.mount]]\ntype = \"x\"\ntarget = { none = true }\n",
	  8, "nothing is right as target" },
	{ CLEAN "[[container.descendant]]\ncommand = [\"./x\"]\n"
		"file = { any = true }\n",
	  9, "only an agent can ask for it" },
	/* The same twice. */
	{ CLEAN "[[container.descendant]]\ncommand = [\"y\"]\n"
		"[[container.descendant]]\ncommand = [\"z\"]\n"
		"[[container.descendant]]\ncommand = [\"y\"]\n",
	  13, "never used" },
	{ CLEAN "[[container.descendant]]\ncommand = [\"/bin/x\"]\n", 9,
	  "never used" },
	/* Containers. */
	{ CLEAN "elevated = true\n", 6, "it may be privileged" },
	{ "name = \"p\"\n[[container]]\nname = \"c\"\nroot = \"bound\"\n"
	  "descendants = \"any\"\ncommand = [\"/bin/x\"]\n",
	  6, "no signal may be sent to it, so that it can only be killed" },
	{ "name = \"p\"\n[[container]]\nname = \"c\"\nroot = \"bound\"\n"
	  "descendants = \"any\"\ncommand = [\"/bin/x\"]\nshutdown = false\n",
	  6, "no signal may be sent to it, and it cannot be killed" },
	{ "name = \"p\"\n[[container]]\nname = \"c\"\nroot = \"verity\"\n"
	  "layers = []\n",
	  0, "no process can be started in it" },
	/* Requests. */
	{ "name = \"p\"\n[requests]\nshutdown_container = \"allow\"\n", 0,
	  "requests: shutdown_container is allowed, whatever" },
};

static void test_found(void **state)
{
	struct mnd_policy_source policy;
	const struct mnd_warning *warning;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(findings); i++) {
		const struct finding *f = &findings[i];

		lint(f->text, &policy);
		warning = policy.warnings;
		if (!warning)
			fail_msg("finding %zu: nothing is found", i);
		if (warning->place.line != f->line ||
		    !strstr(warning->text, f->part) || warning->next)
			fail_msg("finding %zu: %u: %s; %s", i,
				 warning->place.line, warning->text,
				 warning->next ? warning->next->text : "");
		mnd_policy_release(&policy);
	}
	(void)state;
}

static const char *const clean[] = {
	CLEAN,
	CLEAN
	"environment = [\"LD_PRELOAD=/lib/x.so\", { re2 = \"A=.*\" }, { name = \"B\", value = { any = true } }]\n",
	CLEAN "cwd = { re2 = \"/a\\\\.*\" }\n",
	CLEAN "[[container.exec_process]]\ncommand = [\"/bin/x\"]\n",
	CLEAN "[[container.descendant]]\ncommand = [\"/bin/x\"]\ncwd = \"/\"\n",
	CLEAN "[[container.descendant]]\ncommand = [\"x\", \"y\"]\n"
	      "[[container.descendant]]\ncommand = [\"x\", \"z\"]\n",
	CLEAN "[requests]\nmount_device = \"deny\"\n",
};

static void test_clean(void **state)
{
	struct mnd_policy_source policy;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(clean); i++) {
		lint(clean[i], &policy);
		if (policy.warnings)
			fail_msg("%zu: %s", i, policy.warnings->text);
		mnd_policy_release(&policy);
	}
	(void)state;
}

/* A list that many processes share is looked at once. */
static void test_once(void **state)
{
	static const char text[] = CLEAN
		"environment = [{ re2 = \".*\" }]\n"
		"[[container.exec_process]]\ncommand = [\"a\"]\n"
		"[[container.exec_process]]\ncommand = [\"b\"]\n";
	struct mnd_policy_source policy;

	lint(text, &policy);
	assert_non_null(policy.warnings);
	assert_null(policy.warnings->next);
	mnd_policy_release(&policy);
	(void)state;
}

/* Nobody reads more than a thousand. */
static void test_many(void **state)
{
	struct mnd_policy_source policy = {};
	const struct mnd_place place = { 1, 2 };
	size_t count = 0;
	int i;

	for (i = 0; i < 2000; i++)
		assert_int_equal(mnd_policy_warn(&policy, &place, "%d", i), 0);
	for (const struct mnd_warning *w = policy.warnings; w; w = w->next)
		count++;
	assert_int_equal(count, 1001);
	assert_string_equal(policy.warnings->text, "0");
	assert_string_equal(policy.last_warning->text,
			    "there are more warnings than are listed");
	mnd_policy_release(&policy);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests_name("lint", tests, NULL, NULL);
}
