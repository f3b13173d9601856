// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The engine: which tables it accepts, and the vectors of its decisions.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../lsm/core/checksum.h"
#include "../../lsm/core/verify.h"
#include "../../lsm/tests/fact_vectors.h"
#include "../../lsm/tests/vectors.h"

#define LENGTH ((u32)sizeof(vector_table.bytes))

/* The table of the vectors in memory that a sanitizer watches. */
static u8 *copy_table(u32 length)
{
	u8 *copy = malloc(length ? length : 1);

	assert_non_null(copy);
	memcpy(copy, vector_table.bytes, length);
	return copy;
}

static void set_checksum(u8 *table, u32 length)
{
	struct mnd_header *header = (void *)table;

	header->checksum = cpu_to_le32(mnd_checksum(table, length));
}

static void test_accepts(void **state)
{
	struct mnd_table table;
	struct mnd_fault fault;

	assert_int_equal(mnd_table_verify(&table, vector_table.bytes, LENGTH,
					  &fault),
			 0);
	assert_string_equal(mnd_policy_name(&table), "vectors");
	assert_int_equal(le64_to_cpu(table.policy->svn), 7);
	assert_int_equal(table.count[MND_SECTION_SUBJECT], 8);
	assert_string_equal(mnd_subject_name(&table, 0), "uvm");
	assert_string_equal(mnd_subject_name(&table, 1), "bare");
	assert_string_equal(mnd_subject_name(&table, 7), "web");
	assert_true(mnd_scratch_words(&table) <= ARRAY_SIZE(vector_scratch));
	(void)state;
}

static void test_errnos_differ(void **state)
{
	int i, j;

	for (i = 0; i < __MND_REJECT_MAX; i++) {
		assert_true(mnd_reject_errno(i) < 0);
		assert_non_null(mnd_reject_text(i));
		for (j = 0; j < i; j++)
			assert_int_not_equal(mnd_reject_errno(i),
					     mnd_reject_errno(j));
	}
	(void)state;
}

static void test_dimension_names(void **state)
{
	int i;

	for (i = 0; i < __MND_DIMENSION_MAX; i++)
		assert_non_null(mnd_dimension_name(i));
	(void)state;
}

/* Cut at any byte, with the header as it is: short, or of another length. */
static void test_cut(void **state)
{
	struct mnd_table table;
	struct mnd_fault fault;
	u32 length;
	u8 *copy;
	int err;

	for (length = 0; length < LENGTH; length++) {
		copy = copy_table(length);
		err = mnd_table_verify(&table, copy, length, &fault);
		free(copy);
		if (length < sizeof(struct mnd_header))
			assert_int_equal(err, -ENODATA);
		else
			assert_int_equal(err, -EMSGSIZE);
	}
	(void)state;
}

/* Cut, and the header says so: the checksum or a section does not fit. */
static void test_cut_and_mended(void **state)
{
	struct mnd_table table;
	struct mnd_fault fault;
	u32 length;
	u8 *copy;

	for (length = sizeof(struct mnd_header); length < LENGTH; length++) {
		copy = copy_table(length);
		((struct mnd_header *)copy)->length = cpu_to_le32(length);
		assert_int_equal(mnd_table_verify(&table, copy, length, &fault),
				 -EBADMSG);
		set_checksum(copy, length);
		assert_int_equal(mnd_table_verify(&table, copy, length, &fault),
				 -EBADSLT);
		free(copy);
	}
	(void)state;
}

static void test_one_byte_more(void **state)
{
	struct mnd_table table;
	struct mnd_fault fault;
	u8 *longer = calloc(1, LENGTH + 1);

	assert_non_null(longer);
	memcpy(longer, vector_table.bytes, LENGTH);
	assert_int_equal(mnd_table_verify(&table, longer, LENGTH + 1, &fault),
			 -EMSGSIZE);
	((struct mnd_header *)longer)->length = cpu_to_le32(LENGTH + 1);
	set_checksum(longer, LENGTH + 1);
	assert_int_equal(mnd_table_verify(&table, longer, LENGTH + 1, &fault),
			 -EBADSLT);
	free(longer);
	(void)state;
}

/* Any single byte, flipped in any way, is noticed. */
static void test_flipped(void **state)
{
	static const u8 flips[] = { 0x01, 0x80, 0xff };
	u8 *copy = copy_table(LENGTH);
	struct mnd_table table;
	struct mnd_fault fault;
	size_t j;
	u32 i;

	for (i = 0; i < LENGTH; i++) {
		for (j = 0; j < ARRAY_SIZE(flips); j++) {
			copy[i] ^= flips[j];
			assert_true(mnd_table_verify(&table, copy, LENGTH,
						     &fault) < 0);
			copy[i] ^= flips[j];
		}
	}
	free(copy);
	(void)state;
}

/* All subjects at once are asked what the vectors ask, whatever the answer. */
static void ask_everything(const struct mnd_table *table)
{
	struct mnd_exec_request request;
	struct mnd_verdict verdict;
	u64 every = (1ULL << table->count[MND_SECTION_SUBJECT]) - 1;
	const struct mnd_candidates set = { &every, 1 };
	u64 *scratch = calloc(mnd_scratch_words(table), sizeof(*scratch));
	size_t i;

	assert_non_null(scratch);
	for (i = 0; i < ARRAY_SIZE(exec_vectors); i++)
		mnd_decide_exec(table, &set, &exec_vectors[i].request, NULL,
				&verdict);
	for (i = 0; i < ARRAY_SIZE(fact_vectors); i++) {
		make_fact_request(&fact_vectors[i], &request);
		request.facts.scratch = scratch;
		mnd_decide_exec(table, &set, &request, NULL, &verdict);
	}
	for (i = 0; i < ARRAY_SIZE(mount_vectors); i++)
		mnd_decide_mount(table, &set, &mount_vectors[i].request,
				 &verdict);
	free(scratch);
}

/*
 * A hostile table has a good checksum.  What is accepted with one byte changed
 * must be safe to walk; the sanitizers watch.
 */
static void test_hostile(void **state)
{
	static const u8 flips[] = { 0x01, 0x02, 0x10, 0x80, 0xff };
	u8 *copy = copy_table(LENGTH);
	unsigned int accepted = 0;
	struct mnd_table table;
	struct mnd_fault fault;
	size_t j;
	u32 i;

	for (i = 0; i < LENGTH; i++) {
		for (j = 0; j < ARRAY_SIZE(flips); j++) {
			copy[i] ^= flips[j];
			set_checksum(copy, LENGTH);
			if (!mnd_table_verify(&table, copy, LENGTH, &fault)) {
				ask_everything(&table);
				accepted++;
			} else {
				assert_true(fault.offset <= LENGTH);
			}
			copy[i] ^= flips[j];
		}
	}
	/* Letters in strings, signals, classes of bytes: many are harmless. */
	assert_true(accepted > 100);
	free(copy);
	(void)state;
}

/* Gives a subject the name of the policy. */
static int rename_subject(u32 subject)
{
	const struct mnd_header *header = (const void *)vector_table.bytes;
	u32 from = le32_to_cpu(header->directory[MND_SECTION_POLICY].offset);
	u32 to = le32_to_cpu(header->directory[MND_SECTION_SUBJECT].offset) +
		 subject * (u32)sizeof(struct mnd_subject);
	u8 *copy = copy_table(LENGTH);
	struct mnd_table table;
	struct mnd_fault fault;
	int err;

	memcpy(copy + to + offsetof(struct mnd_subject, name),
	       copy + from + offsetof(struct mnd_policy, name), sizeof(__le32));
	set_checksum(copy, LENGTH);
	err = mnd_table_verify(&table, copy, LENGTH, &fault);
	free(copy);
	return err;
}

/* A record tells by the name alone who it is about. */
static void test_names(void **state)
{
	assert_int_equal(rename_subject(0),
			 mnd_reject_errno(MND_REJECT_SUBJECT));
	/* "web" becomes "vectors", which is still the last of them. */
	assert_int_equal(rename_subject(7), 0);
	(void)state;
}

static void test_header(void **state)
{
	static const struct {
		size_t offset;
		u32 value;
		int error;
	} rows[] = {
		{ offsetof(struct mnd_header, magic), 0, -ENOEXEC },
		{ offsetof(struct mnd_header, abi), 0, -EPROTONOSUPPORT },
		{ offsetof(struct mnd_header, abi), MND_TABLE_ABI + 1,
		  -EPROTONOSUPPORT },
		{ offsetof(struct mnd_header, length), MND_TABLE_SIZE_MAX + 1,
		  -EFBIG },
		{ offsetof(struct mnd_header, length),
		  sizeof(struct mnd_header) - 1, -EMSGSIZE },
		{ offsetof(struct mnd_header, checksum), 1, -EBADMSG },
		{ offsetof(struct mnd_header, sections), __MND_SECTION_MAX + 1,
		  -EPROTO },
		{ offsetof(struct mnd_header, directory[3].offset), 0,
		  -EBADSLT },
		{ offsetof(struct mnd_header, directory[3].count), 0x10000000,
		  -EBADSLT },
	};
	struct mnd_table table;
	struct mnd_fault fault;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u8 *copy = copy_table(LENGTH);
		__le32 value = cpu_to_le32(rows[i].value);

		memcpy(copy + rows[i].offset, &value, sizeof(value));
		if (rows[i].error != -EBADMSG)
			set_checksum(copy, LENGTH);
		assert_int_equal(mnd_table_verify(&table, copy, LENGTH, &fault),
				 rows[i].error);
		/* The field, or the directory entry that it belongs to. */
		assert_int_equal(fault.offset / 8, rows[i].offset / 8);
		free(copy);
	}
	(void)state;
}

static void test_exec_vectors(void **state)
{
	u64 *digest = *state;
	struct mnd_verdict verdict;
	struct mnd_table table;
	struct mnd_fault fault;
	u64 word, left;
	size_t i;

	assert_int_equal(mnd_table_verify(&table, vector_table.bytes, LENGTH,
					  &fault),
			 0);
	for (i = 0; i < ARRAY_SIZE(exec_vectors); i++) {
		const struct exec_vector *v = &exec_vectors[i];
		struct mnd_candidates set =
			vector_candidates(&table, v->container, &word);
		struct mnd_candidates survivors = { &left, 1 };
		bool allowed = mnd_decide_exec(&table, &set, &v->request,
					       &survivors, &verdict);

		if (verdict.dimension != v->dimension ||
		    verdict.index != v->index)
			fail_msg("exec vector %zu: %s[%u]", i,
				 mnd_dimension_name(verdict.dimension),
				 verdict.index);
		assert_int_equal(allowed, v->dimension == MND_DIMENSION_NONE);
		assert_true(verdict.signals == v->signals);
		assert_true(left == (allowed ? word : 0));
		*digest = add_verdict(*digest, &verdict);
	}
}

static void test_fact_vectors(void **state)
{
	u64 *digest = *state;
	struct mnd_exec_request request;
	struct mnd_verdict verdict;
	struct mnd_table table;
	struct mnd_fault fault;
	size_t i;
	u64 word;

	assert_int_equal(mnd_table_verify(&table, vector_table.bytes, LENGTH,
					  &fault),
			 0);
	for (i = 0; i < ARRAY_SIZE(fact_vectors); i++) {
		const struct fact_vector *v = &fact_vectors[i];
		struct mnd_candidates set =
			vector_candidates(&table, v->container, &word);
		bool allowed;

		make_fact_request(v, &request);
		allowed =
			mnd_decide_exec(&table, &set, &request, NULL, &verdict);
		if (verdict.dimension != v->dimension ||
		    (v->dimension == MND_DIMENSION_ENVIRONMENT &&
		     verdict.index != v->index))
			fail_msg("fact vector %zu: %s[%u]", i,
				 mnd_dimension_name(verdict.dimension),
				 verdict.index);
		assert_int_equal(allowed, v->dimension == MND_DIMENSION_NONE);
		*digest = add_verdict(*digest, &verdict);
	}
}

static void test_mount_vectors(void **state)
{
	u64 *digest = *state;
	struct mnd_verdict verdict;
	struct mnd_table table;
	struct mnd_fault fault;
	size_t i;
	u64 word;

	assert_int_equal(mnd_table_verify(&table, vector_table.bytes, LENGTH,
					  &fault),
			 0);
	for (i = 0; i < ARRAY_SIZE(mount_vectors); i++) {
		const struct mount_vector *v = &mount_vectors[i];
		struct mnd_candidates set =
			vector_candidates(&table, v->container, &word);
		bool allowed =
			mnd_decide_mount(&table, &set, &v->request, &verdict);

		if (verdict.dimension != v->dimension)
			fail_msg("mount vector %zu: %s", i,
				 mnd_dimension_name(verdict.dimension));
		assert_int_equal(allowed, v->dimension == MND_DIMENSION_NONE);
		*digest = add_verdict(*digest, &verdict);
	}
	print_message("# digest of all verdicts: %016llx\n", *digest);
}

static void test_signals(void **state)
{
	int signal;

	for (signal = -2; signal <= 70; signal++) {
		assert_int_equal(mnd_decide_signal(~0ULL, signal),
				 signal >= 1 && signal <= 64);
		assert_false(mnd_decide_signal(0, signal));
		assert_int_equal(mnd_decide_signal(BIT_OF(15), signal),
				 signal == 15);
	}
	(void)state;
}

static void test_candidates(void **state)
{
	u64 words[3] = { 0, 0, 0 };
	struct mnd_candidates set = { words, 3 };
	u32 i;

	assert_int_equal(mnd_next_candidate(&set, 0), MND_NONE);
	assert_int_equal(mnd_next_candidate(&set, 191), MND_NONE);
	assert_int_equal(mnd_next_candidate(&set, 192), MND_NONE);
	for (i = 0; i < 192; i++) {
		mnd_candidates_one(&set, i);
		assert_int_equal(mnd_next_candidate(&set, 0), i);
		assert_int_equal(mnd_next_candidate(&set, i), i);
		assert_int_equal(mnd_next_candidate(&set, i + 1), MND_NONE);
	}
	(void)state;
}

/* Each subject alone, and none: files behind argv, and whether argv matters. */
static void test_file(void **state)
{
	u64 words[1] = { 0 };
	struct mnd_candidates set = { words, 1 };
	unsigned int seen[__MND_CLASS_MAX] = {};
	struct mnd_verdict verdict;
	struct mnd_table table;
	struct mnd_fault fault;
	u32 class, i;

	assert_int_equal(mnd_table_verify(&table, vector_table.bytes, LENGTH,
					  &fault),
			 0);
	assert_false(mnd_decide_file(&table, &set, true, &verdict));
	assert_int_equal(verdict.dimension, MND_DIMENSION_SUBJECT);
	assert_false(mnd_has_listed(&table, &set));
	for (i = 0; i < table.count[MND_SECTION_SUBJECT]; i++) {
		class = le16_to_cpu(table.subjects[i].class);
		seen[class]++;
		mnd_candidates_one(&set, i);
		assert_int_equal(mnd_has_listed(&table, &set),
				 class == MND_CLASS_LISTED);
		assert_true(mnd_decide_file(&table, &set, true, &verdict));
		assert_int_equal(verdict.subject, i);
		assert_int_equal(mnd_decide_file(&table, &set, false, &verdict),
				 class != MND_CLASS_VERIFIED);
		assert_int_equal(verdict.dimension,
				 class == MND_CLASS_VERIFIED ?
					 MND_DIMENSION_MEASURED :
					 MND_DIMENSION_NONE);
	}
	assert_true(seen[MND_CLASS_LISTED] && seen[MND_CLASS_VERIFIED]);
	(void)state;
}

/* FNV-1a starts so. */
static u64 digest = 0xcbf29ce484222325ULL;

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepts),
		cmocka_unit_test(test_errnos_differ),
		cmocka_unit_test(test_dimension_names),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_cut_and_mended),
		cmocka_unit_test(test_one_byte_more),
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_header),
		cmocka_unit_test_prestate(test_exec_vectors, &digest),
		cmocka_unit_test_prestate(test_fact_vectors, &digest),
		cmocka_unit_test_prestate(test_mount_vectors, &digest),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_candidates),
		cmocka_unit_test(test_file),
	};

	return cmocka_run_group_tests_name("core", tests, NULL, NULL);
}
