// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit tests of the engine: the vectors of vectors.h, in the kernel.
 */

#include <kunit/test.h>

#include "fact_vectors.h"
#include "vectors.h"

/* FNV-1a starts so. */
#define DIGEST_START 0xcbf29ce484222325ULL

static u64 digest;

static int init_suite(struct kunit_suite *const suite)
{
	digest = DIGEST_START;
	return 0;
}

static void verify(struct kunit *const test, struct mnd_table *const table)
{
	struct mnd_fault fault;

	KUNIT_ASSERT_EQ(test, 0,
			mnd_table_verify(table, vector_table.bytes,
					 sizeof(vector_table.bytes), &fault));
}

static void test_exec_vectors(struct kunit *const test)
{
	struct mnd_verdict verdict;
	struct mnd_table table;
	u64 word;
	size_t i;

	verify(test, &table);
	for (i = 0; i < ARRAY_SIZE(exec_vectors); i++) {
		const struct exec_vector *const v = &exec_vectors[i];
		const struct mnd_candidates set =
			vector_candidates(&table, v->container, &word);

		KUNIT_EXPECT_EQ_MSG(test, v->dimension == MND_DIMENSION_NONE,
				    mnd_decide_exec(&table, &set, &v->request,
						    NULL, &verdict),
				    "vector %zu", i);
		KUNIT_EXPECT_EQ_MSG(test, v->dimension, verdict.dimension,
				    "vector %zu", i);
		KUNIT_EXPECT_EQ_MSG(test, v->index, verdict.index, "vector %zu",
				    i);
		KUNIT_EXPECT_EQ_MSG(test, v->signals, verdict.signals,
				    "vector %zu", i);
		digest = add_verdict(digest, &verdict);
	}
}

static void test_fact_vectors(struct kunit *const test)
{
	struct mnd_exec_request request;
	struct mnd_verdict verdict;
	struct mnd_table table;
	u64 word;
	size_t i;

	verify(test, &table);
	KUNIT_ASSERT_LE(test, mnd_scratch_words(&table),
			(u32)ARRAY_SIZE(vector_scratch));
	for (i = 0; i < ARRAY_SIZE(fact_vectors); i++) {
		const struct fact_vector *const v = &fact_vectors[i];
		const struct mnd_candidates set =
			vector_candidates(&table, v->container, &word);

		make_fact_request(v, &request);
		KUNIT_EXPECT_EQ_MSG(test, v->dimension == MND_DIMENSION_NONE,
				    mnd_decide_exec(&table, &set, &request,
						    NULL, &verdict),
				    "vector %zu", i);
		KUNIT_EXPECT_EQ_MSG(test, v->dimension, verdict.dimension,
				    "vector %zu", i);
		if (v->dimension == MND_DIMENSION_ENVIRONMENT)
			KUNIT_EXPECT_EQ_MSG(test, v->index, verdict.index,
					    "vector %zu", i);
		digest = add_verdict(digest, &verdict);
	}
}

static void test_mount_vectors(struct kunit *const test)
{
	struct mnd_verdict verdict;
	struct mnd_table table;
	u64 word;
	size_t i;

	verify(test, &table);
	for (i = 0; i < ARRAY_SIZE(mount_vectors); i++) {
		const struct mount_vector *const v = &mount_vectors[i];
		const struct mnd_candidates set =
			vector_candidates(&table, v->container, &word);

		KUNIT_EXPECT_EQ_MSG(test, v->dimension == MND_DIMENSION_NONE,
				    mnd_decide_mount(&table, &set, &v->request,
						     &verdict),
				    "vector %zu", i);
		KUNIT_EXPECT_EQ_MSG(test, v->dimension, verdict.dimension,
				    "vector %zu", i);
		digest = add_verdict(digest, &verdict);
	}
	kunit_info(test, "digest of all verdicts: %016llx", digest);
}

/* Cut at any byte, a table is refused. */
static void test_cut(struct kunit *const test)
{
	struct mnd_table table;
	struct mnd_fault fault;
	u32 length;

	for (length = 0; length < sizeof(vector_table.bytes); length++)
		KUNIT_EXPECT_GT(test, 0,
				mnd_table_verify(&table, vector_table.bytes,
						 length, &fault));
}

/* With any byte flipped, too. */
static void test_flipped(struct kunit *const test)
{
	u8 *const copy =
		kunit_kmalloc(test, sizeof(vector_table.bytes), GFP_KERNEL);
	struct mnd_table table;
	struct mnd_fault fault;
	size_t i;

	KUNIT_ASSERT_NOT_NULL(test, copy);
	memcpy(copy, vector_table.bytes, sizeof(vector_table.bytes));
	for (i = 0; i < sizeof(vector_table.bytes); i++) {
		copy[i] ^= 0xff;
		KUNIT_EXPECT_GT(test, 0,
				mnd_table_verify(&table, copy,
						 sizeof(vector_table.bytes),
						 &fault));
		copy[i] ^= 0xff;
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(test_exec_vectors),	KUNIT_CASE(test_fact_vectors),
	KUNIT_CASE(test_mount_vectors), KUNIT_CASE(test_cut),
	KUNIT_CASE(test_flipped),	{},
};

static struct kunit_suite suite = {
	.name = "mandate",
	.suite_init = init_suite,
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit tests of the mandate policy engine");
MODULE_LICENSE("GPL");
