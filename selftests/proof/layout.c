// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Header and directory, of which nothing at all is known.
 */

#include "any_table.h"
#include "verifier.h"

/* Nothing of less than a header is read: EVA knows that it is not written. */
void prove_header(void)
{
	u8 *const whole = malloc(sizeof(struct mnd_header));
	u8 *const less = malloc(sizeof(struct mnd_header) - 1);
	const struct mnd_header *const header = (const void *)whole;
	struct mnd_fault fault;
	u32 length;

	length = any_below(sizeof(struct mnd_header));
	must(mnd_header_verify(less, length, &fault) == -ENODATA);
	must(fault.offset < sizeof(struct mnd_header));

	make_unknown(whole, sizeof(*header));
	length = any_number();
	if (length < sizeof(*header))
		return;
	if (mnd_header_verify(whole, length, &fault)) {
		mark("refused");
		must(fault.offset < sizeof(*header));
		return;
	}
	mark("accepted");
	must(le32_to_cpu(header->length) >= sizeof(*header));
	must(le32_to_cpu(header->length) <= MND_TABLE_SIZE_MAX);
}

static void verify_any_layout(const u32 length)
{
	u8 *const data = malloc(length);
	struct mnd_table table = { .data = data, .length = length };
	struct mnd_fault fault;
	const struct verifier v = { .table = &table, .fault = &fault };

	make_unknown(data, length);
	if (!verify_layout(&v))
		mark("accepted");
	else
		mark("refused");
}

/* Whatever the directory is, nothing outside of the table is read. */
void prove_layout(void)
{
	verify_any_layout(sizeof(struct mnd_header));
	verify_any_layout(sizeof(struct mnd_header) + 1);
	verify_any_layout(sizeof(struct mnd_header) + 100);
	verify_any_layout(65536);
	verify_any_layout(MND_TABLE_SIZE_MAX);
}

/* All layouts that are accepted: each section lies behind the one before. */
void prove_places(void)
{
	const u32 length = sizeof(struct mnd_header) + 8;
	u8 *const data = malloc(length);
	const struct mnd_header *const header = (const void *)data;
	struct mnd_table table = { .data = data, .length = length };
	struct mnd_fault fault;
	const struct verifier v = { .table = &table, .fault = &fault };
	u32 end = sizeof(*header);
	u32 left = 8;
	u32 i;

	make_unknown(data, length);
	for (i = 0; i < __MND_SECTION_MAX && left <= 8; i++) {
		const __le32 *const count = &header->directory[i].count;

		tell_values_apart(*count, left / record_size[i] + 1);
		if (le32_to_cpu(*count) > left / record_size[i])
			break;
		left -= le32_to_cpu(*count) * record_size[i];
		left = left / 8 * 8;
	}
	if (verify_layout(&v)) {
		mark("refused");
		return;
	}
	mark("accepted");
	for (i = 0; i < __MND_SECTION_MAX; i++) {
		const u32 start = le32_to_cpu(header->directory[i].offset);

		must(start >= end && start % 8 == 0);
		end = start + table.count[i] * record_size[i];
		must(end <= length);
	}
}
