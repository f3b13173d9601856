// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes what is printed of a table that came from somebody else: as source and
 * as JSON, and whether that source says all of it.
 */

#include "fuzz.h"

#include "../../lsm/core/verify.h"
#include "../../userspace/describe/describe.h"
#include "../../userspace/describe/round_trip.h"

static void show(const struct mnd_table *table)
{
	struct mnd_error error;
	json_t *json = NULL;
	char *text = NULL;
	size_t length;

	accepted++;
	if (!mnd_describe_json(table, &json))
		must(json);
	json_decref(json);
	if (!mnd_describe_toml(table, &text, &length)) {
		must(strlen(text) == length);
		/* Nothing that a terminal would obey. */
		must(!memchr(text, '\033', length));
		must(mnd_round_trip(table, text, length, &error) != -EPROTO);
	}
	free(text);
}

size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max_size,
			       unsigned int seed)
{
	if (size <= sizeof(struct mnd_header))
		return LLVMFuzzerMutate(data, size, max_size);
	srandom(seed);
	overwrite(data, size);
	return size;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	u8 *bytes = repair_table(data, size);
	struct mnd_table table;
	struct mnd_fault fault;

	if (bytes && !mnd_table_verify(&table, bytes, (u32)size, &fault))
		show(&table);
	free(bytes);
	return 0;
}
