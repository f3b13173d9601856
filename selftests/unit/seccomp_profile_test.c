// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The digest of an OCI seccomp profile: what of it counts, and what is refused.
 * What Go writes of each profile was found out with Go.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../userspace/digest.h"
#include "../../userspace/import/seccomp_profile.h"

static int take_digest(const char *text, struct mnd_policy_source *policy,
		       struct mnd_error *error, const char **digest)
{
	const struct mnd_source_options options = { .images = NULL };
	struct mnd_import import = { policy, &options, error };
	const struct mnd_string_ref ref = { text, strlen(text) };
	const struct mnd_place place = { 4, 5 };

	memset(policy, 0, sizeof(*policy));
	memset(error, 0, sizeof(*error));
	return mnd_seccomp_profile_digest(&import, &ref, &place, digest);
}

/* A profile, and what Go writes of it. */
struct written {
	const char *text;
	const char *go;
};

#define CALLS                                                            \
	"{\"syscalls\": [{\"args\": [{\"op\": \"O\", \"valueTwo\": 0,\n" \
	" \"value\": 18446744073709551615, \"index\": 1},\n"             \
	" {\"valueTwo\": 7}], \"errnoRet\": 0, \"action\": \"B\",\n"     \
	" \"names\": [\"read\", \"write\"]}, {\"names\": []}, {}],\n"    \
	" \"listenerMetadata\": \"m\", \"listenerPath\": \"/l\",\n"      \
	" \"flags\": [\"F\"], \"architectures\": [\"X\", \"Y\"],\n"      \
	" \"defaultErrnoRet\": 38, \"defaultAction\": \"A\"}"
#define CALLS_OF_GO_1 "{\"defaultAction\":\"A\",\"defaultErrnoRet\":38,"
#define CALLS_OF_GO_2 \
	"\"architectures\":[\"X\",\"Y\"],\"flags\":[\"F\"],\"listenerPath\":\"/l\",\"listenerMetadata\":\"m\","
#define CALLS_OF_GO_3 \
	"\"syscalls\":[{\"names\":[\"read\",\"write\"],\"action\":\"B\",\"errnoRet\":0,\"args\":[{\"index\":1,\"value\":18446744073709551615,\"op\":\"O\"},{\"index\":0,\"value\":0,\"valueTwo\":7,\"op\":\"\"}]},"
#define CALLS_OF_GO_4 \
	"{\"names\":[],\"action\":\"\"},{\"names\":null,\"action\":\"\"}]}"

static const char calls_of_go[] =
	CALLS_OF_GO_1 CALLS_OF_GO_2 CALLS_OF_GO_3 CALLS_OF_GO_4;

static const struct written written[] = {
	{ "{}", "{\"defaultAction\":\"\"}" },
	{ "{\"defaultAction\": null, \"syscalls\": null, \"flags\": null}",
	  "{\"defaultAction\":\"\"}" },
	{ "{\"defaultErrnoRet\": null, \"listenerPath\": null}",
	  "{\"defaultAction\":\"\"}" },
	{ "{\"architectures\": [], \"flags\": [], \"syscalls\": []}",
	  "{\"defaultAction\":\"\"}" },
	{ "{\"listenerPath\": \"\", \"defaultAction\": \"A\"}",
	  "{\"defaultAction\":\"A\"}" },
	{ "{\"defaultErrnoRet\": 0, \"defaultAction\": \"A\"}",
	  "{\"defaultAction\":\"A\",\"defaultErrnoRet\":0}" },
	{ CALLS, calls_of_go },
	{ "{\"defaultAction\": \"a<b>&\\\"\\\\\\/\\n\\r\\t\\u0001\"}",
	  "{\"defaultAction\":\"a\\u003cb\\u003e\\u0026\\\"\\\\/\\n\\r\\t\\u0001\"}" },
	{ "{\"defaultAction\": \"\\u2028\\u2029\\u202a\\u007f\\u00e9\"}",
	  "{\"defaultAction\":\"\\u2028\\u2029\xe2\x80\xaa\x7f\xc3\xa9\"}" },
	{ "{\"defaultAction\": \"\\ud83d\\ude00\"}",
	  "{\"defaultAction\":\"\xf0\x9f\x98\x80\"}" },
	/* Before 1.22 Go had \u0008 and \u000c here. */
	{ "{\"defaultAction\": \"\\b\\f\"}", "{\"defaultAction\":\"\\b\\f\"}" },
};

static void test_written(void **state)
{
	char expected[MND_DIGEST_SIZE];
	struct mnd_policy_source policy;
	struct mnd_error error;
	const char *digest;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(written); i++) {
		if (take_digest(written[i].text, &policy, &error, &digest))
			fail_msg("row %zu: %s", i, error.text);
		err = mnd_digest(written[i].go, strlen(written[i].go),
				 expected);
		assert_int_equal(err, 0);
		if (strcmp(digest, expected + strlen("sha256:")))
			fail_msg("row %zu: %s", i, digest);
		mnd_policy_release(&policy);
	}
	(void)state;
}

/* What hcsshim itself computed of this profile. */
#define PROFILE                                                \
	"{\"defaultAction\": \"SCMP_ACT_ERRNO\",\n"            \
	" \"architectures\": [\"SCMP_ARCH_X86_64\"],\n"        \
	" \"syscalls\": [{\"names\": [\"read\", \"write\"],\n" \
	" \"action\": \"SCMP_ACT_ALLOW\"}]}"
#define PROFILE_DIGEST \
	"e9a6d3649b61445999178c19c9d5bf471ed1b3c311285361b646b1989431c7d1"

static void test_hcsshim(void **state)
{
	struct mnd_policy_source policy;
	struct mnd_error error;
	const char *digest;

	assert_int_equal(take_digest(PROFILE, &policy, &error, &digest), 0);
	assert_string_equal(digest, PROFILE_DIGEST);
	mnd_policy_release(&policy);
	(void)state;
}

struct refused {
	const char *text;
	const char *message;
};

static const struct refused refused[] = {
	{ "", "seccomp profile:1:1: " },
	{ "[]", "seccomp profile:1:1: must be" },
	{ "{\"archMap\": []}",
	  "seccomp profile:1:2: unknown key \"archMap\" in an OCI seccomp" },
	{ "{\"DefaultAction\": \"A\"}", "unknown key \"DefaultAction\"" },
	{ "{\"defaultAction\": 1}", "seccomp profile:1:19: must be" },
	{ "{\"defaultErrnoRet\": -1}", "must be a whole number" },
	{ "{\"defaultErrnoRet\": 1.0}", "must be a whole number" },
	{ "{\"defaultErrnoRet\": 1e3}", "must be a whole number" },
	{ "{\"defaultErrnoRet\": 18446744073709551616}",
	  "seccomp profile:1:21: must be a whole number from 0 to" },
	{ "{\"defaultErrnoRet\": 111111111111111111111}",
	  "must be a whole number" },
	{ "{\"defaultErrnoRet\": \"1\"}", "must be" },
	{ "{\"flags\": [null]}", "must be" },
	{ "{\"syscalls\": {}}", "must be" },
	{ "{\"syscalls\": [null]}", "must be" },
	{ "{\"syscalls\": [{\"name\": \"read\"}]}",
	  "unknown key \"name\" in a rule of an OCI seccomp profile" },
	{ "{\"syscalls\": [{\"args\": [{\"val\": 1}]}]}",
	  "unknown key \"val\" in an argument of an OCI seccomp profile" },
};

static void test_refused(void **state)
{
	struct mnd_policy_source policy;
	struct mnd_error error;
	const char *digest;
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		err = take_digest(refused[i].text, &policy, &error, &digest);
		assert_int_equal(err, -EINVAL);
		if (error.line != 4 || error.column != 5 ||
		    !strstr(error.text, refused[i].message))
			fail_msg("row %zu: %u:%u: %s", i, error.line,
				 error.column, error.text);
		mnd_policy_release(&policy);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_hcsshim),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
