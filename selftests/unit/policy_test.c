// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The policy language and the compiler: what is refused, and where; what the
 * keys mean; that nothing but the source matters.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../lsm/core/decide.h"
#include "../../lsm/core/verify.h"
#include "../../userspace/compile/compile.h"

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

#define HASH "000000000000000000000000000000000000000000000000000000000000000"

#define V(more)           \
	"name = \"p\"\n"  \
	"[[container]]\n" \
	"name = \"c\"\n"  \
	"root = \"verity\"\n" more

#define F(more)            \
	"name = \"p\"\n"   \
	"[[fragment]]\n"   \
	"issuer = \"i\"\n" \
	"feed = \"f\"\n"   \
	"minimum_svn = \"1\"\n" more

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
	  "\"process\" needs class = \"listed\"" },
	{ "name = \"p\"\n[[uvm.mount]]\ntype = \"tmpfs\"\n", 2, 7,
	  "[[uvm.mount]] has no \"target\"" },
	{ "name = \"p\"\n[[uvm.mount]]\ntype = \"tmpfs\"\ntarget = \"/x\"\n"
	  "when = \"run\"\n",
	  5, 1, "unknown key \"when\" in [[uvm.mount]]" },
	{ "name = \"p\"\n[uvm]\nclass = \"listed\"\n[[uvm.process]]\n"
	  "command = [\"x\"]\nsignals = []\n",
	  6, 1, "unknown key \"signals\" in [[uvm.process]]" },
	{ "name = \"p\"\n[[container]]\n", 2, 3,
	  "[[container]] has no \"name\"" },
	{ "name = \"p\"\n[[container]]\nname = \"c\"\n", 2, 3,
	  "[[container]] has no \"root\"" },
	{ "name = \"p\"\n[[container]]\nname = \"c\"\nroot = \"bound\"\n"
	  "descendants = \"any\"\n",
	  2, 3, "[[container]] has no \"command\"" },
	{ "name = \"p\"\n[[container]]\nname = \"c\"\nroot = \"bound\"\n"
	  "command = [\"/x\"]\n",
	  2, 3, "[[container]] has no \"descendants\"" },
	{ "name = \"p\"\n[[container]]\nname = \"c\"\nroot = \"bound\"\n"
	  "command = [\"/x\"]\ndescendants = \"verified\"\n",
	  6, 15, "must be \"listed\" or \"any\"" },
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
	{ C("file = { none = false }\n"), 7, 17, "must be true" },
	{ C("file = { exact = 1 }\n"), 7, 18, "must be string, not integer" },
	{ C("file = {}\n"), 7, 8, "must be a string, { re2 =" },
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
	{ "name = \"p\"\n[[container]]\nname = \"c\"\nroot = \"other\"\n", 4, 8,
	  "must be \"verity\" or \"bound\"" },
	{ C("descendants = \"none\"\n"), 7, 1, "duplicate key" },
	/* Layers, and what is made of them. */
	{ V(""), 2, 3,
	  "[[container]] with root = \"verity\" has no \"layers\"" },
	{ V("layers = [\"" HASH "\"]\n"), 5, 11,
	  "must be 64 lower-case hexadecimal digits" },
	{ V("layers = [\"" HASH "A\"]\n"), 5, 11,
	  "must be 64 lower-case hexadecimal digits" },
	{ V("layers = [1]\n"), 5, 11, "must be string, not integer" },
	{ C("layers = []\n"), 7, 1, "root = \"bound\" allows no \"layers\"" },
	{ V("layers = []\nsignals = []\n"), 6, 1, "needs a \"command\"" },
	{ V("layers = []\ncwd = \"/\"\n"), 6, 1, "needs a \"command\"" },
	{ V("layers = []\n[[container.exec_process]]\ncommand = [\"x\"]\n"), 6,
	  13, "needs a \"command\"" },
	{ V("layers = []\n[[container.descendant]]\ncommand = [\"x\"]\n"), 6,
	  13, "needs a \"command\"" },
	{ C("elevated = 1\n"), 7, 12, "must be boolean, not integer" },
	/* Contexts. */
	{ C("environment = \"A=1\"\n"), 7, 15,
	  "must be an array or { any = true }" },
	{ C("environment = { none = true }\n"), 7, 17, "unknown key \"none\"" },
	{ C("environment = {}\n"), 7, 15, "has no \"any\"" },
	{ C("environment = [1]\n"), 7, 16, "must be a string, { re2 =" },
	{ C("environment = [{ required = true }]\n"), 7, 16,
	  "must have one of" },
	{ C("environment = [{ exact = \"a\", re2 = \"b\" }]\n"), 7, 16,
	  "must have one of" },
	{ C("environment = [{ name = \"a\" }]\n"), 7, 16, "must have one of" },
	{ C("environment = [{ value = \"a\" }]\n"), 7, 16, "must have one of" },
	{ C("environment = [{ name = \"a\", value = \"b\", any = true }]\n"), 7,
	  16, "must have one of" },
	{ C("environment = [{ exact = \"a\", required = 1 }]\n"), 7, 42,
	  "must be boolean, not integer" },
	{ C("environment = [{ re2 = \"a(\" }]\n"), 7, 24, "pattern, byte 2" },
	{ C("environment = [\"a\\u0000b\"]\n"), 7, 16, "contains a NUL" },
	{ C("cwd = 1\n"), 7, 7, "must be a string, { re2 =" },
	{ C("user = -1\n"), 7, 8, "must be from 0 to 4294967295" },
	{ C("user = 4294967296\n"), 7, 8, "must be from 0 to 4294967295" },
	{ C("user = 1.0\n"), 7, 8, "must be a string, { re2 =" },
	{ C("user = { name = \"a\" }\n"), 7, 8, "must have one of" },
	{ C("user = { id = 1 }\n"), 7, 8, "must have one of" },
	{ C("user = { id = 1, exact = \"a\" }\n"), 7, 8, "must have one of" },
	{ C("user = { name = { any = true }, id = 1 }\n"), 7, 8,
	  "any name has no \"id\"" },
	{ C("user = { name = \"a\", id = \"1\" }\n"), 7, 27,
	  "must be integer, not string" },
	{ C("groups = 1\n"), 7, 10, "must be an array or { any = true }" },
	{ C("groups = [[]]\n"), 7, 11, "must be a string, { re2 =" },
	{ C("umask = \"22\"\n"), 7, 9, "must be four octal digits" },
	{ C("umask = \"0028\"\n"), 7, 9, "must be four octal digits" },
	{ C("umask = 22\n"), 7, 9, "must be a string, { re2 =" },
	{ C("umask = { re2 = \"0.22\" }\n"), 7, 9,
	  "cannot be a regular expression" },
	{ C("seccomp_profile = { re2 = \"a\" }\n"), 7, 19,
	  "cannot be a regular expression" },
	{ C("capabilities = \"all\"\n"), 7, 16,
	  "must be \"any\" or \"default\" or \"none\"" },
	{ C("capabilities = []\n"), 7, 16, "must be string, not array" },
	{ C("capabilities = { all = [] }\n"), 7, 18, "unknown key \"all\"" },
	{ C("capabilities.ambient = 1\n"), 7, 24,
	  "must be array, not integer" },
	{ C("capabilities.ambient = [\"KILL\"]\n"), 7, 25,
	  "must be a capability" },
	{ C("capabilities.ambient = [64]\n"), 7, 25, "must be a capability" },
	{ C("capabilities.ambient = [-1]\n"), 7, 25, "must be a capability" },
	{ C("capabilities.ambient = [1.0]\n"), 7, 25,
	  "must be string, not float" },
	{ C("no_new_privileges = 1\n"), 7, 21, "must be boolean, not integer" },
	{ C("stdio = \"no\"\n"), 7, 9, "must be boolean, not string" },
	{ C("seccomp = \"all\"\n"), 7, 11, "must be \"any\" or \"required\"" },
	{ C("seccomp = [\"1\"]\n"), 7, 12, "must be 64 lower-case" },
	{ C("[[container.descendant]]\ncommand = [\"x\"]\nsignal = []\n"), 9, 1,
	  "unknown key \"signal\" in [[container.descendant]]" },
	{ "name = \"p\"\n[[uvm.external_process]]\ncommand = [\"x\"]\n"
	  "user = 1\n",
	  4, 1, "unknown key \"user\" in [[uvm.external_process]]" },
	{ "name = \"p\"\n[[uvm.external_process]]\ncwd = \"/\"\n", 2, 7,
	  "[[uvm.external_process]] has no \"command\"" },
	/* Volumes. */
	{ C("[[container.volume]]\n"), 7, 13,
	  "a volume has no \"destination\"" },
	{ C("[[container.volume]]\ntype = 1\n"), 8, 8,
	  "must be string, not integer" },
	{ C("[[container.volume]]\noptions = \"ro\"\n"), 8, 11,
	  "must be array, not string" },
	{ C("[[container.volume]]\nmount = 1\n"), 8, 1,
	  "unknown key \"mount\"" },
	/* What an agent asks. */
	{ "name = \"p\"\nrequests = 1\n", 2, 12, "must be table, not integer" },
	{ "name = \"p\"\n[requests]\nmount = \"deny\"\n", 3, 1,
	  "unknown key \"mount\" in [requests]" },
	{ "name = \"p\"\n[requests]\nmount_device = \"yes\"\n", 3, 16,
	  "must be \"deny\" or \"allow\" or \"rules\"" },
	{ "name = \"p\"\n[requests]\nstrict = 1\n", 3, 10,
	  "must be boolean, not integer" },
	{ "name = \"p\"\n[[platform]]\n", 2, 3,
	  "[[platform]] has no \"environment\"" },
	{ "name = \"p\"\n[[platform]]\nenvironment = { any = true }\n", 3, 15,
	  "must be an array" },
	{ F("include = [\"all\"]\n"), 6, 12, "must be \"containers\" or " },
	{ F(""), 2, 3, "[[fragment]] has no \"include\"" },
	{ F("include = []\nparameters = \"[]\"\n"), 7, 14,
	  "must be a JSON object" },
	{ F("include = []\nparameters = \"{\\\"a\\\": 1,}\"\n"), 7, 14,
	  "must be a JSON object; at 1:9" },
	{ F("include = []\nreceipts = [1]\n"), 7, 13,
	  "must be string, not integer" },
	{ F("include = []\nsvn = 1\n"), 7, 1, "unknown key \"svn\"" },
	{ "name = \"p\"\n[[trust_list]]\nissuer = \"i\"\nsubject = \"s\"\n"
	  "minimum_svn = -1\nledgers = []\n",
	  5, 15, "must not be negative" },
	{ "name = \"p\"\n[[trust_list]]\nissuer = \"i\"\nsubject = \"s\"\n"
	  "minimum_svn = 1\n",
	  2, 3, "[[trust_list]] has no \"ledgers\"" },
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
	char *text = calloc(1, 1 << 20);
	FILE *file;

	snprintf(path, sizeof(path), MND_SOURCE "/%s", name);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(text);
	assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
	fclose(file);
	return text;
}

static const struct mnd_context *context_of(const struct mnd_table *table,
					    u32 process)
{
	return &table->contexts[le32_to_cpu(table->processes[process].context)];
}

/* Without a key nothing is compared, and there are standard streams. */
static void test_no_context(void **state)
{
	const struct mnd_context *context;
	const struct mnd_identity *identity;
	const struct mnd_principal *user;
	struct mnd_table table;
	u8 *bytes;

	expect_table(C("[[container.exec_process]]\ncommand = [\"x\"]\n"),
		     &table, &bytes);
	assert_int_equal(table.count[MND_SECTION_CONTEXT], 1);
	context = context_of(&table, 0);
	assert_int_equal(le32_to_cpu(context->variables), MND_LIST_NONE);
	assert_int_equal(le32_to_cpu(context->cwd), MND_MATCH_ANY);
	assert_int_equal(le32_to_cpu(context->profile), MND_MATCH_ANY);
	assert_int_equal(le32_to_cpu(context->filters), MND_LIST_NONE);
	assert_int_equal(le32_to_cpu(context->flags), MND_CONTEXT_STDIO);
	assert_int_equal(le16_to_cpu(table.capabilities[0].rule),
			 MND_CAPABILITIES_ANY);
	identity = &table.identities[le32_to_cpu(context->identity)];
	assert_int_equal(le32_to_cpu(identity->groups), MND_LIST_NONE);
	assert_int_equal(le32_to_cpu(identity->umask), MND_MATCH_ANY);
	user = &table.principals[le32_to_cpu(identity->user)];
	assert_int_equal(le32_to_cpu(user->name), MND_MATCH_ANY);
	assert_true(!user->flags);
	free(bytes);
	(void)state;
}

/* An exec process has what it does not say from the container. */
static void test_inheritance(void **state)
{
	/* The order of the keys does not matter. */
	static const char text[] =
		"name = \"p\"\n[[container]]\n"
		"exec_process = [{ command = [\"a\"] }, { command = [\"b\"], cwd = \"/b\", stdio = true }, { command = [\"c\"], environment = { any = true }, no_new_privileges = false, seccomp = [] }]\n"
		"descendant = [{ command = [\"d\"] }]\n"
		"name = \"c\"\nroot = \"bound\"\ndescendants = \"any\"\n"
		"command = [\"/x\"]\nenvironment = [\"A=1\"]\ncwd = \"/\"\n"
		"stdio = false\nno_new_privileges = true\n"
		"seccomp = \"required\"\n";
	struct mnd_table table;
	u8 *bytes;

	expect_table(text, &table, &bytes);
	assert_int_equal(table.count[MND_SECTION_PROCESS], 5);
	assert_ptr_equal(context_of(&table, 0), context_of(&table, 1));
	assert_int_equal(le32_to_cpu(context_of(&table, 0)->flags),
			 MND_CONTEXT_NO_NEW_PRIVS | MND_CONTEXT_FILTERED);
	assert_int_equal(le32_to_cpu(context_of(&table, 2)->flags),
			 MND_CONTEXT_NO_NEW_PRIVS | MND_CONTEXT_FILTERED |
				 MND_CONTEXT_STDIO);
	assert_string_equal(mnd_string(&table,
				       le32_to_cpu(context_of(&table, 2)->cwd)),
			    "/b");
	assert_int_equal(context_of(&table, 2)->variables,
			 context_of(&table, 0)->variables);
	assert_int_equal(le32_to_cpu(context_of(&table, 3)->variables),
			 MND_LIST_NONE);
	assert_int_equal(le32_to_cpu(context_of(&table, 3)->flags), 0);
	assert_int_equal(context_of(&table, 3)->cwd,
			 context_of(&table, 0)->cwd);
	assert_int_equal(mnd_list_count(&table, context_of(&table, 3)->filters),
			 0);
	/* A descendant has not. */
	assert_int_equal(le32_to_cpu(context_of(&table, 4)->cwd),
			 MND_MATCH_ANY);
	assert_int_equal(le32_to_cpu(context_of(&table, 4)->flags),
			 MND_CONTEXT_STDIO);
	free(bytes);
	(void)state;
}

/* What is there twice is there once, and required if one of them is. */
static void test_environment(void **state)
{
	struct mnd_table table;
	const __le32 *words;
	__le32 list;
	u32 name;
	u8 *bytes;

	expect_table(C("environment = [\"B=1\", \"A=1\",\n"
		       "{ exact = \"B=1\", required = true },\n"
		       "{ name = \"B\", value = \"1\" },\n"
		       "{ exact = \"A=1\" }]\n"),
		     &table, &bytes);
	list = context_of(&table, 0)->variables;
	words = mnd_list_words(&table, list);
	assert_int_equal(mnd_list_count(&table, list), 2);
	assert_int_equal(le32_to_cpu(words[0]), MND_VARIABLE_REQUIRED);
	assert_int_equal(le32_to_cpu(words[1]), 1);
	name = le32_to_cpu(table.variables[0].name);
	assert_string_equal(mnd_string(&table, name), "B");
	free(bytes);
	(void)state;
}

static void test_identity(void **state)
{
	const struct mnd_principal *p;
	const struct mnd_identity *identity;
	struct mnd_table table;
	const __le32 *words;
	u8 *bytes;

	expect_table(C("user = 4294967295\ngroups = [0, \"wheel\",\n"
		       "{ name = { re2 = \"g.\" }, id = 8 }, { none = true }]\n"
		       "umask = \"0077\"\n"),
		     &table, &bytes);
	identity =
		&table.identities[le32_to_cpu(context_of(&table, 0)->identity)];
	p = &table.principals[le32_to_cpu(identity->user)];
	assert_int_equal(le32_to_cpu(p->flags), MND_PRINCIPAL_ID);
	assert_int_equal(le32_to_cpu(p->id), 4294967295U);
	assert_int_equal(le32_to_cpu(p->name), MND_MATCH_ANY);
	words = mnd_list_words(&table, identity->groups);
	assert_int_equal(mnd_list_count(&table, identity->groups), 4);
	p = &table.principals[le32_to_cpu(words[1])];
	assert_true(!p->flags && !p->id);
	assert_string_equal(mnd_string(&table, le32_to_cpu(p->name)), "wheel");
	p = &table.principals[le32_to_cpu(words[2])];
	assert_int_equal(le32_to_cpu(p->flags), MND_PRINCIPAL_RESOLVED);
	assert_int_equal(le32_to_cpu(p->id), 8);
	p = &table.principals[le32_to_cpu(words[3])];
	assert_int_equal(le32_to_cpu(p->name), MND_MATCH_NONE);
	assert_string_equal(mnd_string(&table, le32_to_cpu(identity->umask)),
			    "0077");
	free(bytes);
	(void)state;
}

static void test_capabilities(void **state)
{
	const struct mnd_capabilities *c;
	struct mnd_table table;
	u8 *bytes;

	expect_table(C("capabilities.bounding = [\"CAP_KILL\", 5, 63]\n"),
		     &table, &bytes);
	c = &table.capabilities[0];
	assert_int_equal(le16_to_cpu(c->rule), MND_CAPABILITIES_EQUAL);
	assert_true(le64_to_cpu(c->sets[MND_BOUNDING]) ==
		    (1ULL << 5 | 1ULL << 63));
	assert_int_equal(le16_to_cpu(c->lengths[MND_BOUNDING]), 3);
	assert_true(!c->sets[MND_AMBIENT] && !c->lengths[MND_AMBIENT]);
	free(bytes);
	expect_table(C("capabilities = \"default\"\n"), &table, &bytes);
	assert_int_equal(le16_to_cpu(table.capabilities[0].rule),
			 MND_CAPABILITIES_DEFAULT);
	free(bytes);
	expect_table(C("capabilities = \"none\"\n"), &table, &bytes);
	assert_int_equal(le16_to_cpu(table.capabilities[0].rule),
			 MND_CAPABILITIES_NONE);
	free(bytes);
	(void)state;
}

/* Without [requests] there are rules for what has any, and no is no. */
static void test_requests(void **state)
{
	struct mnd_table table;
	const u8 *answers;
	u8 *bytes;

	expect_table("name = \"p\"\n", &table, &bytes);
	answers = table.policy->answers;
	assert_int_equal(answers[MND_POINT_CREATE_CONTAINER], MND_ANSWER_RULES);
	assert_int_equal(answers[MND_POINT_HOST_NETWORK], MND_ANSWER_DENY);
	assert_int_equal(answers[MND_POINT_GET_PROPERTIES], MND_ANSWER_DENY);
	assert_true(!table.policy->flags);
	free(bytes);
	expect_table("name = \"p\"\n[requests]\nhost_network = \"allow\"\n"
		     "mount_device = \"deny\"\nplain_scratch = true\n"
		     "strict = false\nno_containers = true\n",
		     &table, &bytes);
	answers = table.policy->answers;
	assert_int_equal(answers[MND_POINT_HOST_NETWORK], MND_ANSWER_ALLOW);
	assert_int_equal(answers[MND_POINT_MOUNT_DEVICE], MND_ANSWER_DENY);
	assert_int_equal(le32_to_cpu(table.policy->flags),
			 MND_POLICY_PLAIN_SCRATCH | MND_POLICY_NO_CONTAINERS);
	free(bytes);
	(void)state;
}

/* What a source stands for depends on how lax the policy is. */
static void test_volumes(void **state)
{
	static const char volume[] =
		"[[container.volume]]\ntype = \"bind\"\ndestination = \"/d\"\n"
		"source = \"sandbox:///a|b\"\n"
		"options = [\"rw\", \"rbind\", \"rw\"]\n"
		"[[container.volume]]\ntype = \"bind\"\ndestination = \"/d\"\n"
		"source = \"/a\"\noptions = []\n";
	struct mnd_table table;
	char text[1024];
	u32 pattern;
	u8 *bytes;

	snprintf(text, sizeof(text), C("%s"), volume);
	expect_table(text, &table, &bytes);
	assert_int_equal(le32_to_cpu(table.volumes[0].length), 3);
	assert_int_equal(mnd_list_count(&table, table.volumes[0].options), 2);
	assert_int_equal(le32_to_cpu(table.volumes[1].pattern), MND_MATCH_NONE);
	assert_int_equal(table.count[MND_SECTION_PATTERN], 1);
	pattern = le32_to_cpu(table.patterns[0].text);
	assert_string_equal(mnd_string(&table, pattern),
			    "(?s:.*)(?:^" MND_VOLUME_PLACE "s/a|b$)(?s:.*)");
	free(bytes);
	snprintf(text, sizeof(text), C("%s[requests]\nstrict = true\n"),
		 volume);
	expect_table(text, &table, &bytes);
	pattern = le32_to_cpu(table.patterns[0].text);
	assert_string_equal(mnd_string(&table, pattern),
			    MND_VOLUME_PLACE "s/a|b");
	free(bytes);
	(void)state;
}

static void test_fragments(void **state)
{
	const struct mnd_trust_list *list;
	const struct mnd_fragment *f;
	struct mnd_table table;
	u8 *bytes;

	expect_table(F("include = [\"namespace\", \"containers\"]\n"
		       "receipts = [\"b\", \"a\", \"b\"]\n"
		       "parameters = ' { \"b\" : [ 1.50 ], \"a\" : null } '\n"
		       "[[trust_list]]\nissuer = \"i\"\nsubject = \"s\"\n"
		       "minimum_svn = 9223372036854775807\nledgers = []\n"),
		     &table, &bytes);
	f = &table.fragments[0];
	assert_int_equal(le32_to_cpu(f->includes),
			 MND_INCLUDE_CONTAINERS | MND_INCLUDE_NAMESPACE);
	assert_int_equal(mnd_list_count(&table, f->receipts), 2);
	assert_string_equal(mnd_string(&table, le32_to_cpu(f->parameters)),
			    "{\"a\":null,\"b\":[1.50]}");
	list = &table.trust_lists[0];
	assert_true(le64_to_cpu(list->minimum_svn) == 9223372036854775807ULL);
	assert_int_equal(mnd_list_count(&table, list->ledgers), 0);
	free(bytes);
	expect_table(F("include = []\n"), &table, &bytes);
	f = &table.fragments[0];
	assert_string_equal(mnd_string(&table, le32_to_cpu(f->parameters)), "");
	assert_int_equal(mnd_list_count(&table, f->receipts), 0);
	free(bytes);
	(void)state;
}

static void test_verity(void **state)
{
	const struct mnd_subject *s;
	struct mnd_table table;
	const __le32 *words;
	u8 *bytes;

	expect_table(V("layers = [\"" HASH "1\", \"" HASH "f\", \"" HASH
		       "1\"]\nelevated = true\nshutdown = false\n"),
		     &table, &bytes);
	s = &table.subjects[1];
	assert_int_equal(le16_to_cpu(s->class), MND_CLASS_VERIFIED);
	assert_int_equal(le32_to_cpu(s->flags), MND_SUBJECT_ELEVATED);
	assert_int_equal(mnd_span_count(&s->processes), 0);
	words = mnd_list_words(&table, s->layers);
	assert_int_equal(mnd_list_count(&table, s->layers), 3);
	assert_int_equal(words[0], words[2]);
	assert_int_equal(table.digests[le32_to_cpu(words[1])][31], 0x0f);
	free(bytes);
	(void)state;
}

/* Nothing says which file it is, and nothing has to. */
static void test_no_file(void **state)
{
	struct mnd_table table;
	u8 *bytes;

	expect_table(C("[[container.exec_process]]\ncommand = [\"./x\"]\n"
		       "file = { any = true }\n[[container.exec_process]]\n"
		       "command = []\nfile = { any = true }\n"),
		     &table, &bytes);
	assert_int_equal(le32_to_cpu(table.processes[1].file), MND_MATCH_ANY);
	assert_int_equal(mnd_list_count(&table, table.processes[2].argv), 0);
	free(bytes);
	(void)state;
}

static void test_external(void **state)
{
	struct mnd_table table;
	u8 *bytes;

	expect_table("name = \"p\"\n[[uvm.external_process]]\n"
		     "command = [\"bash\"]\nstdio = false\n",
		     &table, &bytes);
	assert_int_equal(le16_to_cpu(table.subjects[0].class),
			 MND_CLASS_VERIFIED);
	assert_int_equal(le32_to_cpu(table.processes[0].flags),
			 MND_ROLE_EXTERNAL | MND_ROLE_INSIDE |
				 MND_PROCESS_KEEP_SIGNALS);
	assert_int_equal(le32_to_cpu(context_of(&table, 0)->flags), 0);
	free(bytes);
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
		cmocka_unit_test(test_no_context),
		cmocka_unit_test(test_inheritance),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_capabilities),
		cmocka_unit_test(test_requests),
		cmocka_unit_test(test_volumes),
		cmocka_unit_test(test_fragments),
		cmocka_unit_test(test_verity),
		cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_external),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_vector_table),
	};

	return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
