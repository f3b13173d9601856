// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Prints one number about all that the engine says of the vectors, and of their
 * table with each byte changed: it is the same wherever the engine is right,
 * whatever the size of a pointer.
 */

#include <stdio.h>

#include "../../lsm/core/checksum.h"
#include "../../lsm/core/verify.h"
#include "../../lsm/tests/fact_vectors.h"
#include "../../lsm/tests/vectors.h"

/* FNV-1a starts so. */
static u64 digest = 0xcbf29ce484222325ULL;

static void ask_exec(const struct mnd_table *table, const char *container,
		     const struct mnd_exec_request *request)
{
	struct mnd_verdict verdict;
	u64 word;
	struct mnd_candidates set = vector_candidates(table, container, &word);

	mnd_decide_exec(table, &set, request, NULL, &verdict);
	digest = add_verdict(digest, &verdict);
}

static void ask_mount(const struct mnd_table *table,
		      const struct mount_vector *v)
{
	struct mnd_verdict verdict;
	u64 word;
	struct mnd_candidates set =
		vector_candidates(table, v->container, &word);

	mnd_decide_mount(table, &set, &v->request, &verdict);
	digest = add_verdict(digest, &verdict);
}

static void ask_all(const struct mnd_table *table)
{
	struct mnd_exec_request request;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(exec_vectors); i++)
		ask_exec(table, exec_vectors[i].container,
			 &exec_vectors[i].request);
	for (i = 0; i < ARRAY_SIZE(fact_vectors); i++) {
		make_fact_request(&fact_vectors[i], &request);
		ask_exec(table, fact_vectors[i].container, &request);
	}
	for (i = 0; i < ARRAY_SIZE(mount_vectors); i++)
		ask_mount(table, &mount_vectors[i]);
}

/* Tables with one byte that is wrong, and a checksum that is right. */
static void change_all(void)
{
	static union {
		u64 alignment;
		u8 bytes[sizeof(vector_table.bytes)];
	} copy;
	struct mnd_header *header = (void *)copy.bytes;
	struct mnd_table table;
	struct mnd_fault fault;
	u32 checksum, i;

	for (i = 0; i < sizeof(copy.bytes); i++) {
		memcpy(copy.bytes, vector_table.bytes, sizeof(copy.bytes));
		copy.bytes[i] ^= 0xff;
		checksum = mnd_checksum(copy.bytes, sizeof(copy.bytes));
		header->checksum = cpu_to_le32(checksum);
		fault = (struct mnd_fault){};
		mnd_table_verify(&table, copy.bytes, sizeof(copy.bytes),
				 &fault);
		digest = (digest ^ fault.reject) * 0x100000001b3ULL;
		digest = (digest ^ fault.offset) * 0x100000001b3ULL;
	}
}

int main(void)
{
	struct mnd_table table;
	struct mnd_fault fault;

	if (mnd_table_verify(&table, vector_table.bytes,
			     sizeof(vector_table.bytes), &fault))
		return 1;
	ask_all(&table);
	printf("digest of all verdicts: %016llx\n", digest);
	change_all();
	printf("with the changed tables: %016llx\n", digest);
	return 0;
}
