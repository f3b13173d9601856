// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of initdata: its wrappings, its document, and the places of what is
 * wrong with the policy in it.
 */

#include "import_check.h"

#include <zlib.h>

#include "../../userspace/import/base64.h"
#include "../../userspace/toml/toml.h"

static const struct check initdata = { .read = mnd_initdata_read };

static const char document[] = "algorithm = \"sha256\"\n"
			       "version = \"0.1.0\"\n"
			       "\n"
			       "[data]\n"
			       "\"policy.rego\" = '''\n"
			       "package agent_policy\n"
			       "default ExecProcessRequest := false\n"
			       "'''\n"
			       "\"kguard.policy\" = \"AAEC\"\n";

#define LINE_1 \
	"H4sIAAAAAAAC/yWMPQvCMBRF9/crwluyhSroIHQo0r24isgjeU1DY1PzIfrvbehw"
#define LINE_2 \
	"l3vPueRtiC5PL9EKTBMdT2eED8fkwlKrRh1UgwB3Q5kegGvwTv9UZBtw26WUsJKe"
#define LINE_3 \
	"ybLYsuTnDoDhkYrPov+yHmLQnNKN34VTFpdWjOQTQ5VxtoWiUbtWL7Hr+ivCH6CZ"
#define LINE_4 "9guZAAAA"

/* The same, as an annotation. */
static const char annotation[] = LINE_1 LINE_2 LINE_3 LINE_4;

#define POLICY(text) "'''\npackage agent_policy", text

static const struct change changes[] = {
	{ "algorithm = \"sha256\"\n", "", 1, 1, "there is no \"algorithm\"" },
	{ "version = \"0.1.0\"\n", "", 1, 1, "there is no \"version\"" },
	{ "[data]\n", "[date]\n", 4, 2, "unknown key \"date\" in initdata" },
	{ "\"sha256\"", "\"sha-256\"", 1, 13,
	  "must be \"sha256\", \"sha384\"" },
	{ "\"sha256\"", "\"SHA256\"", 1, 13, "must be \"sha256\", \"sha384\"" },
	{ "\"sha256\"", "256", 1, 13, "must be string, not integer" },
	{ "\"sha256\"", "\"sha384\"", 0, 0, NULL },
	{ "\"sha256\"", "\"sha512\"", 0, 0, NULL },
	{ "\"0.1.0\"", "\"0.2.0\"", 2, 11, "only version \"0.1.0\"" },
	{ "\"0.1.0\"", "\"0.1.0\\u0000\"", 2, 11, "only version \"0.1.0\"" },
	{ "\"0.1.0\"", "0.1", 2, 11, "must be string, not float" },
	{ "version", "name = \"a\"\nversion", 2, 1,
	  "unknown key \"name\" in initdata" },
	{ "[data]", "[data.more]", 4, 7, "must be string, not table" },
	{ "[data]", "[[data]]", 4, 3, "must be table, not array" },
	{ "\"policy.rego\"", "\"policy\"", 4, 2,
	  "there is no \"policy.rego\" in its data" },
	{ "\"policy.rego\"", "policy.rego", 5, 1, "must be string, not table" },
	{ "\"AAEC\"", "1", 9, 19, "must be string, not integer" },
	{ "\"AAEC\"", "\"\\u0000\"", 9, 19, "contains a NUL" },
	{ "\"AAEC\"", "\"", 9, 20, "" },
	{ "[data]", "[data]\n\"aa.toml\" = ''\n\"cdh.toml\" = ''", 0, 0, NULL },
	{ POLICY("'''\npackage other"), 5, 17,
	  "must be Rego of package agent_policy or policy" },
	{ POLICY("'''\npackage agent_policy_2"), 5, 17,
	  "must be Rego of package agent_policy or policy" },
	{ POLICY("''''''\nb = '''"), 5, 17,
	  "must be Rego of package agent_policy or policy" },
	{ POLICY("'''\n# What\n\n package # it\n  agent_policy"), 8, 10,
	  "expected package agent_policy" },
	{ POLICY("'''\n# What\n\n package agent_policy"), 0, 0, NULL },
	{ POLICY("'''\r\npackage agent_policy\r\n"), 0, 0, NULL },
	{ POLICY("'''package agent_policy"), 0, 0, NULL },
	{ "false", "0", 7, 31, "must be true or false" },
	{},
};

static void test_document(void **state)
{
	static const struct change fragment = { "", "", 0, 0,
						"cannot be a fragment" };
	struct mnd_policy_source policy;
	struct check check = initdata;

	expect_changes(&initdata, document, changes);
	expect_policy(&initdata, document, &policy);
	expect_warning(&policy, 9, 1, "\"kguard.policy\" is not read");
	assert_null(policy.warnings->next);
	mnd_policy_release(&policy);
	expect_changed(&initdata, document, "\"kguard.policy\"", "\"aa.toml\"",
		       &policy);
	assert_null(policy.warnings);
	mnd_policy_release(&policy);
	check.options.fragment = true;
	expect_refused(&check, document, &fragment);
	(void)state;
}

#define BEFORE                                          \
	"version = \"0.1.0\"\nalgorithm = \"sha256\"\n" \
	"[data]\n\"policy.rego\" = "
/* A wrong value on the second line, and a request that is allowed before. */
#define REGO "package agent_policy\n default SetPolicyRequest := true\n"
#define LONG(text) "\"\"\"" text "\"\"\""
#define WRONG REGO "default A := 1\n"

/* A policy, as it is written in a document, and where it is wrong there. */
static const struct change places[] = {
	{ "", BEFORE "''", 4, 17, "must be Rego of package" },
	{ "", BEFORE "'''\n" WRONG "'''", 7, 14, "must be true or false" },
	{ "", BEFORE "'''" WRONG "'''", 6, 14, "must be true or false" },
	{ "", BEFORE "'''\r\n" WRONG "'''", 7, 14, "must be true or false" },
	{ "", BEFORE LONG("\n" WRONG), 7, 14, "must be true or false" },
	{ "", BEFORE LONG("\r\n\r\n" WRONG), 8, 14, "must be true or false" },
	/* An escape counts as what it stands for. */
	{ "", BEFORE LONG("\n" REGO "x := '\\u00e9\\\""), 7, 10,
	  "string has no end" },
	{ "", BEFORE LONG("\n" REGO "\\U00000041 := \\\"\\\" 1"), 7, 1,
	  "\"A\" is a free-form rule" },
	{ "", BEFORE LONG("\n" REGO "A := \\\"\\\\t\\\"\n default A := 1"), 8,
	  15, "must be true or false" },
	{ "", BEFORE LONG("\n" REGO "x := \\\"\\u00e9\\\"; y"), 7, 1,
	  "\"x\" is a free-form rule" },
	{ "", BEFORE LONG("\n" REGO "A := 1 \\\n\n  default"), 4, 17,
	  "policy.rego:3:1: \"A\" is a free-form rule" },
	{ "", BEFORE "\"package agent_policy\\ndefault A := 1\"", 4, 17,
	  "policy.rego:2:14: must be true or false" },
	{ "", BEFORE "'package agent_policy x'", 4, 39, "expected the end" },
	{ "", BEFORE "\"package agent_policy x\"", 4, 39, "expected the end" },
	{ "", BEFORE "\"\\tpackage agent_policy x\"", 4, 40,
	  "expected the end" },
};

static void test_places(void **state)
{
	struct mnd_policy_source policy;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(places); i++)
		expect_refused(&initdata, places[i].to, &places[i]);
	expect_policy(&initdata, BEFORE "'''\n" REGO "'''", &policy);
	expect_warning(&policy, 6, 10, "\"SetPolicyRequest\" is allowed");
	mnd_policy_release(&policy);
	expect_policy(&initdata,
		      BEFORE "\"package agent_policy\\n"
			     "default SetPolicyRequest := true\"",
		      &policy);
	expect_warning(&policy, 4, 17,
		       "policy.rego:2:9: \"SetPolicyRequest\" is allowed");
	mnd_policy_release(&policy);
	(void)state;
}

/* A policy of hcsshim can be in it as well. */
static const char hcsshim[] = BEFORE "'''\n"
				     "package policy\n"
				     "api_version := \"0.10.0\"\n"
				     "framework_version := \"0.2.3\"\n"
				     "mount_device := {\"allowed\": true}\n"
				     "containers := []\n"
				     "'''\n";

static void test_hcsshim(void **state)
{
	static const struct change wrong = { "containers := []",
					     "containers := 1", 9, 15,
					     "must be array, not number" };
	struct mnd_policy_source policy;

	expect_policy(&initdata, hcsshim, &policy);
	assert_int_equal(policy.answers[MND_POINT_MOUNT_DEVICE],
			 MND_ANSWER_ALLOW);
	expect_compiled(&policy);
	mnd_policy_release(&policy);
	expect_change(&initdata, hcsshim, &wrong);
	(void)state;
}

/**
 * struct bytes - Bytes that a test makes
 *
 * @bytes: Bytes.
 * @length: How many.
 */
struct bytes {
	char *bytes;
	size_t length;
};

static struct bytes pack(const char *text, size_t length)
{
	const size_t room = length + length / 100 + 1024;
	struct bytes packed = { malloc(room), 0 };
	z_stream stream = { 0 };

	assert_non_null(packed.bytes);
	assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9,
				      Z_DEFAULT_STRATEGY),
			 Z_OK);
	stream.next_in = (z_const unsigned char *)text;
	stream.avail_in = (unsigned int)length;
	stream.next_out = (unsigned char *)packed.bytes;
	stream.avail_out = (unsigned int)room;
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	packed.length = room - stream.avail_out;
	deflateEnd(&stream);
	return packed;
}

/* The image of a disk that says that it has @says bytes. */
static struct bytes make_disk(const struct bytes *packed, u64 says,
			      size_t padding)
{
	struct bytes disk = { NULL, 16 + packed->length + padding };
	size_t i;

	disk.bytes = calloc(1, disk.length);
	assert_non_null(disk.bytes);
	memcpy(disk.bytes, "initdata", 8);
	for (i = 0; i < 8; i++)
		disk.bytes[8 + i] = (char)(says >> 8 * i);
	memcpy(disk.bytes + 16, packed->bytes, packed->length);
	return disk;
}

static void expect_document(const struct bytes *bytes)
{
	struct mnd_policy_source policy;
	struct mnd_error error;

	if (read_bytes(&initdata, bytes->bytes, bytes->length, &policy, &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
	expect_warning(&policy, 9, 1, "\"kguard.policy\" is not read");
	mnd_policy_release(&policy);
}

static void expect_unreadable(const struct bytes *bytes, unsigned int line,
			      const char *message)
{
	const struct change change = { "a document", "a wrapping", line, line,
				       message };

	expect_refused_bytes(&initdata, bytes->bytes, bytes->length, &change);
}

static void test_annotation(void **state)
{
	const struct mnd_string_ref coded = { annotation,
					      sizeof(annotation) - 1 };
	const struct bytes known = { (char *)annotation,
				     sizeof(annotation) - 1 };
	static const struct bytes bad = { "H4sI=AAA", 8 };
	static const struct bytes plain = { "cGxhaW4=", 8 };
	static const struct bytes empty = { "H4s=", 4 };
	struct mnd_arena arena = { NULL };
	struct bytes packed, disk, lines;
	struct mnd_string_ref decoded;

	expect_document(&known);
	lines.length = (size_t)asprintf(&lines.bytes, "%.64s\r\n%s\n",
					annotation, annotation + 64);
	expect_document(&lines);
	free(lines.bytes);
	assert_int_equal(mnd_base64_decode(&arena, &coded, &decoded), 0);
	packed = (struct bytes){ (char *)decoded.text, decoded.length };
	expect_document(&packed);
	disk = make_disk(&packed, packed.length, 512 - 16 - packed.length);
	expect_document(&disk);
	free(disk.bytes);
	mnd_arena_free(&arena);
	expect_unreadable(&bad, 1, "is not valid base64");
	expect_unreadable(&plain, 1, "is base64, but not of gzip data");
	expect_unreadable(&empty, 0, "gzip data: ends too early");
	(void)state;
}

static void expect_bad_disk(const struct bytes *packed, u64 says,
			    size_t padding, const char *message)
{
	struct bytes disk = make_disk(packed, says, padding);

	expect_unreadable(&disk, 0, message);
	free(disk.bytes);
}

static void test_disk(void **state)
{
	static const struct bytes mark = { "initdata\x01\0\0\0\0\0\0", 15 };
	static const struct bytes nothing = { "", 0 };
	struct bytes packed = pack(document, sizeof(document) - 1);
	struct bytes disk = make_disk(&packed, packed.length, 0);

	expect_document(&disk);
	free(disk.bytes);
	expect_unreadable(&mark, 0, "disk image: ends too early");
	expect_bad_disk(&nothing, 0, 0, "gzip data: ends too early");
	expect_bad_disk(&packed, packed.length + 1, 0, "disk image: has ");
	expect_bad_disk(&packed, ~0ULL, 0, "but says 18446744073709551615");
	expect_bad_disk(&packed, packed.length - 4, 0,
			"disk image: only zeros may follow");
	/* One zero more belongs to what is packed. */
	expect_bad_disk(&packed, packed.length + 1, 16,
			"something behind its end");
	disk = make_disk(&packed, packed.length, 16);
	disk.bytes[disk.length - 1] = 1;
	expect_unreadable(&disk, 0, "disk image: only zeros may follow");
	free(disk.bytes);
	free(packed.bytes);
	(void)state;
}

static void test_gzip(void **state)
{
	struct bytes packed = pack(document, sizeof(document) - 1);
	const size_t length = packed.length;
	struct bytes twice = { malloc(2 * length), 2 * length };

	expect_document(&packed);
	for (packed.length = 2; packed.length < length; packed.length++)
		expect_unreadable(&packed, 0, "gzip data: ends too early");
	assert_non_null(twice.bytes);
	memcpy(twice.bytes, packed.bytes, length);
	memcpy(twice.bytes + length, packed.bytes, length);
	expect_unreadable(&twice, 0, "something behind its end");
	twice.length = length + 1;
	expect_unreadable(&twice, 0, "something behind its end");
	twice.length = length;
	twice.bytes[length - 5] ^= 1; /* its check sum */
	expect_unreadable(&twice, 0, "gzip data: damaged");
	twice.bytes[2] ^= 1; /* its method */
	expect_unreadable(&twice, 0, "gzip data: damaged");
	free(twice.bytes);
	free(packed.bytes);
	(void)state;
}

/* Ends of lines behind a document make it @length bytes long. */
static int read_long(size_t length, struct mnd_error *error)
{
	char *text = malloc(length);
	struct mnd_policy_source policy;
	struct bytes packed;
	int err;

	assert_non_null(text);
	memset(text, '\n', length);
	memcpy(text, document, sizeof(document) - 1);
	packed = pack(text, length);
	free(text);
	err = read_bytes(&initdata, packed.bytes, packed.length, &policy,
			 error);
	mnd_policy_release(&policy);
	free(packed.bytes);
	return err;
}

static void test_bomb(void **state)
{
	static const char limit[] = "unpacks to more than 16777216 bytes";
	struct mnd_error error;

	assert_int_equal(read_long(MND_TOML_MAX_SIZE, &error), 0);
	assert_int_equal(read_long(MND_TOML_MAX_SIZE + 1, &error), -E2BIG);
	assert_string_equal(error.text, limit);
	assert_int_equal(read_long(16 * MND_TOML_MAX_SIZE, &error), -E2BIG);
	assert_string_equal(error.text, limit);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_document),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_hcsshim),
		cmocka_unit_test(test_annotation),
		cmocka_unit_test(test_disk),
		cmocka_unit_test(test_gzip),
		cmocka_unit_test(test_bomb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
