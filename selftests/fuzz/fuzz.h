/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the fuzzers share: reading facts out of random bytes, and making tables
 * that are wrong in more than their checksum.
 *
 * Whatever an engine may read is copied into memory of exactly that size, so
 * that the sanitizer sees every byte too many.
 */

#ifndef _MANDATE_FUZZ_H
#define _MANDATE_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "../../lsm/core/checksum.h"
#include "../../lsm/core/table.h"

/* Ends the fuzzer, with a finding, if something does not hold. */
#define must(condition)                                                        \
	do {                                                                   \
		if (!(condition)) {                                            \
			fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, \
				__LINE__, #condition);                         \
			abort();                                               \
		}                                                              \
	} while (0)

/*
 * How many inputs got past the first refusal.  A fuzzer whose every input is
 * refused finds nothing and says nothing, so scripts/fuzz wants to see some.
 */
static unsigned long accepted;

static __attribute__((destructor)) void tell_accepted(void)
{
	fprintf(stderr, "accepted: %lu\n", accepted);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
size_t LLVMFuzzerMutate(u8 *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max_size,
			       unsigned int seed);

/**
 * struct input - Random bytes that are not read yet
 *
 * @at: The next one.
 * @left: How many.
 */
struct input {
	const u8 *at;
	size_t left;
};

static inline void *allocate(size_t size)
{
	void *memory = malloc(size);

	must(memory || !size);
	return memory;
}

/* Zero once there are no more. */
static inline u32 take_number(struct input *input, size_t size)
{
	u32 number = 0;

	while (size-- && input->left) {
		number = number << 8 | *input->at++;
		input->left--;
	}
	return number;
}

/* Up to the next NUL, with one at the end; to be freed. */
static inline char *take_string(struct input *input)
{
	size_t length =
		input->left ? strnlen((const char *)input->at, input->left) : 0;
	char *string = allocate(length + 1);

	if (length)
		memcpy(string, input->at, length);
	string[length] = 0;
	input->at += length;
	input->left -= length;
	if (input->left) {
		input->at++;
		input->left--;
	}
	return string;
}

/* As before, or NULL. */
static inline char *take_fact(struct input *input)
{
	return take_number(input, 1) & 1 ? take_string(input) : NULL;
}

/*
 * A copy with a header that the verifier takes, so that it looks at the rest;
 * NULL if there is no room for one.  To be freed.
 */
static inline u8 *repair_table(const u8 *data, size_t size)
{
	struct mnd_header *header;
	u8 *table;

	if (size < sizeof(*header) || size > MND_TABLE_SIZE_MAX)
		return NULL;
	table = allocate(size);
	memcpy(table, data, size);
	header = (struct mnd_header *)table;
	memcpy(header->magic, MND_TABLE_MAGIC, MND_TABLE_MAGIC_SIZE);
	header->abi = cpu_to_le32(MND_TABLE_ABI);
	header->length = cpu_to_le32((u32)size);
	header->sections = cpu_to_le32(__MND_SECTION_MAX);
	header->checksum = 0;
	header->checksum = cpu_to_le32(mnd_checksum(table, (u32)size));
	return table;
}

/*
 * Changes one to three bytes of a table.  One whose size changes is nearly
 * always refused, which teaches nothing.
 */
static inline void overwrite(u8 *table, size_t size)
{
	size_t changes, at;

	for (changes = 1 + (size_t)random() % 3; changes; changes--) {
		at = (size_t)random() % size;
		table[at] = random() & 1 ? (u8)(table[at] + random() % 9 - 4) :
					   (u8)random();
	}
}

#endif /* _MANDATE_FUZZ_H */
