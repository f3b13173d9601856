// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Verification of a table, once, before anything walks it.  After this no
 * walk checks an index again, so every index, count, offset, start state and
 * accept set is looked at here, and a table has only one valid form.
 */

#include "checksum.h"
#include "verifier.h"

static const u32 record_size[__MND_SECTION_MAX] = {
	[MND_SECTION_POLICY] = sizeof(struct mnd_policy),
	[MND_SECTION_SUBJECT] = sizeof(struct mnd_subject),
	[MND_SECTION_PROCESS] = sizeof(struct mnd_process),
	[MND_SECTION_MOUNT] = sizeof(struct mnd_mount),
	[MND_SECTION_CONTEXT] = sizeof(struct mnd_context),
	[MND_SECTION_IDENTITY] = sizeof(struct mnd_identity),
	[MND_SECTION_PRINCIPAL] = sizeof(struct mnd_principal),
	[MND_SECTION_CAPABILITIES] = sizeof(struct mnd_capabilities),
	[MND_SECTION_VARIABLE] = sizeof(struct mnd_variable),
	[MND_SECTION_VOLUME] = sizeof(struct mnd_volume),
	[MND_SECTION_PLATFORM] = sizeof(struct mnd_platform),
	[MND_SECTION_FRAGMENT] = sizeof(struct mnd_fragment),
	[MND_SECTION_TRUST_LIST] = sizeof(struct mnd_trust_list),
	[MND_SECTION_LIST] = sizeof(struct mnd_list),
	[MND_SECTION_WORD] = sizeof(__le32),
	[MND_SECTION_DIGEST] = MND_HASH_SIZE,
	[MND_SECTION_PATTERN] = sizeof(struct mnd_pattern),
	[MND_SECTION_AUTOMATON] = sizeof(struct mnd_automaton),
	[MND_SECTION_CLASS] = 256,
	[MND_SECTION_CELL] = sizeof(__le16),
	[MND_SECTION_ACCEPT] = sizeof(__le16),
	[MND_SECTION_SET] = sizeof(struct mnd_span),
	[MND_SECTION_MEMBER] = sizeof(__le32),
	[MND_SECTION_POSITION] = sizeof(struct mnd_position),
	[MND_SECTION_STRING] = sizeof(struct mnd_string),
	[MND_SECTION_TEXT] = 1,
};

/**
 * mnd_header_verify - Check the part of a table that tells its length
 *
 * @data: First bytes of a table, aligned to 8 bytes.
 * @length: How many there are.
 * @fault: Written on failure.
 *
 * After success struct mnd_header.length may be trusted to lie between the
 * size of a header and %MND_TABLE_SIZE_MAX.
 *
 * Return: 0, or a negative errno of mnd_reject_errno():
 *
 * - %-ENODATA: @length is less than a header.
 * - %-ENOEXEC: The bytes are not a compiled policy.
 * - %-EPROTONOSUPPORT: It has another ABI version.
 * - %-EFBIG: It says that it is larger than %MND_TABLE_SIZE_MAX.
 * - %-EMSGSIZE: It says that it is shorter than its header.
 */
int mnd_header_verify(const u8 *const data, const u32 length,
		      struct mnd_fault *const fault)
{
	const struct mnd_header *const header = (const void *)data;
	struct mnd_table table = { .data = data };
	const struct verifier v = { .table = &table, .fault = fault };

	if (length < sizeof(*header))
		return reject(&v, MND_REJECT_SHORT, data + length);
	if (memcmp(header->magic, MND_TABLE_MAGIC, sizeof(header->magic)))
		return reject(&v, MND_REJECT_MAGIC, header->magic);
	if (le32_to_cpu(header->abi) != MND_TABLE_ABI)
		return reject(&v, MND_REJECT_ABI, &header->abi);
	if (le32_to_cpu(header->length) > MND_TABLE_SIZE_MAX)
		return reject(&v, MND_REJECT_SIZE, &header->length);
	if (le32_to_cpu(header->length) < sizeof(*header))
		return reject(&v, MND_REJECT_LENGTH, &header->length);
	return 0;
}

/* The bytes from @from to @to, less than eight of them, must be zero. */
static int verify_padding(const struct verifier *const v, const u32 from,
			  const u32 to)
{
	u32 i;

	for (i = from; i < to; i++)
		if (v->table->data[i])
			return reject(v, MND_REJECT_PADDING,
				      v->table->data + i);
	return 0;
}

/*
 * The sections follow each other in the order of their numbers, each at the
 * next multiple of 8, and end with the table.  No sum here can overflow: a
 * table is at most 4 MiB, and a count is bounded by what is left of it.
 */
static int verify_layout(const struct verifier *const v)
{
	const struct mnd_header *const header = (const void *)v->table->data;
	u32 end = sizeof(*header);
	u32 i;
	int err;

	for (i = 0; i < __MND_SECTION_MAX; i++) {
		const struct mnd_directory *const d = &header->directory[i];
		const u32 start = (end + 7) & ~7U;
		const u32 count = le32_to_cpu(d->count);

		if (le32_to_cpu(d->offset) != start ||
		    start > v->table->length ||
		    count > (v->table->length - start) / record_size[i])
			return reject(v, MND_REJECT_LAYOUT, d);
		err = verify_padding(v, end, start);
		if (err)
			return err;
		v->table->count[i] = count;
		end = start + count * record_size[i];
	}
	if (end != v->table->length)
		return reject(v, MND_REJECT_LAYOUT, &header->length);
	return 0;
}

static const void *section(const struct mnd_table *const table,
			   const enum mnd_section number)
{
	const struct mnd_header *const header = (const void *)table->data;

	return table->data + le32_to_cpu(header->directory[number].offset);
}

static void find_sections(struct mnd_table *const table)
{
	table->policy = section(table, MND_SECTION_POLICY);
	table->subjects = section(table, MND_SECTION_SUBJECT);
	table->processes = section(table, MND_SECTION_PROCESS);
	table->mounts = section(table, MND_SECTION_MOUNT);
	table->contexts = section(table, MND_SECTION_CONTEXT);
	table->identities = section(table, MND_SECTION_IDENTITY);
	table->principals = section(table, MND_SECTION_PRINCIPAL);
	table->capabilities = section(table, MND_SECTION_CAPABILITIES);
	table->variables = section(table, MND_SECTION_VARIABLE);
	table->volumes = section(table, MND_SECTION_VOLUME);
	table->platforms = section(table, MND_SECTION_PLATFORM);
	table->fragments = section(table, MND_SECTION_FRAGMENT);
	table->trust_lists = section(table, MND_SECTION_TRUST_LIST);
	table->lists = section(table, MND_SECTION_LIST);
	table->words = section(table, MND_SECTION_WORD);
	table->digests = section(table, MND_SECTION_DIGEST);
	table->patterns = section(table, MND_SECTION_PATTERN);
	table->automata = section(table, MND_SECTION_AUTOMATON);
	table->classes = section(table, MND_SECTION_CLASS);
	table->cells = section(table, MND_SECTION_CELL);
	table->accept = section(table, MND_SECTION_ACCEPT);
	table->sets = section(table, MND_SECTION_SET);
	table->members = section(table, MND_SECTION_MEMBER);
	table->positions = section(table, MND_SECTION_POSITION);
	table->strings = section(table, MND_SECTION_STRING);
	table->text = section(table, MND_SECTION_TEXT);
}

/* Compares as memcmp() does, the shorter first where one begins the other. */
static int compare_strings(const struct mnd_table *const table, const u32 a,
			   const u32 b)
{
	const u32 size_a = le32_to_cpu(table->strings[a].length);
	const u32 size_b = le32_to_cpu(table->strings[b].length);
	const u32 size = size_a < size_b ? size_a : size_b;
	const int order =
		memcmp(mnd_string(table, a), mnd_string(table, b), size);

	if (order || size_a == size_b)
		return order;
	return size_a < size_b ? -1 : 1;
}

/*
 * The strings lie one after the other, each ended by the only NUL in it, and
 * fill the text section.
 */
static int verify_strings(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	const u32 text = table->count[MND_SECTION_TEXT];
	u32 end = 0;
	u32 i, j;

	for (i = 0; i < table->count[MND_SECTION_STRING]; i++) {
		const struct mnd_string *const s = &table->strings[i];
		const u32 length = le32_to_cpu(s->length);

		if (le32_to_cpu(s->offset) != end || end >= text ||
		    length > MND_STRING_SIZE_MAX || length > text - end - 1)
			return reject(v, MND_REJECT_STRING, s);
		for (j = 0; j < length; j++)
			if (!table->text[end + j])
				return reject(v, MND_REJECT_STRING,
					      table->text + end + j);
		if (table->text[end + length])
			return reject(v, MND_REJECT_STRING,
				      table->text + end + length);
		if (i && compare_strings(table, i - 1, i) >= 0)
			return reject(v, MND_REJECT_STRING_ORDER, s);
		end += length + 1;
	}
	if (end != text)
		return reject(v, MND_REJECT_STRING, table->text + end);
	return 0;
}

/* What a later step relies on comes before it. */
static int (*const steps[])(const struct verifier *v) = {
	verify_layout,		 verify_strings,	mnd_verify_policy,
	mnd_verify_patterns,	 mnd_verify_sets,	mnd_verify_automata,
	mnd_verify_variables,	 mnd_verify_principals, mnd_verify_lists,
	mnd_verify_capabilities, mnd_verify_identities, mnd_verify_contexts,
	mnd_verify_volumes,	 mnd_verify_platforms,	mnd_verify_fragments,
	mnd_verify_trust_lists,	 mnd_verify_rules,	mnd_verify_subjects,
	mnd_verify_positions,
};

/**
 * mnd_table_verify - Verify a table and make it ready to be walked
 *
 * @table: Written; valid only after success.
 * @data: The whole table, aligned to 8 bytes; must stay as it is for as long
 *	as @table is used.
 * @length: Of @data, in bytes.
 * @fault: Written on failure.
 *
 * Takes time linear in @length, and neither allocates nor sleeps.
 *
 * Return: 0, or a negative errno of mnd_reject_errno() that says which of
 * enum mnd_reject it was.
 */
int mnd_table_verify(struct mnd_table *const table, const u8 *const data,
		     const u32 length, struct mnd_fault *const fault)
{
	const struct verifier v = { .table = table, .fault = fault };
	const struct mnd_header *const header = (const void *)data;
	size_t i;
	int err;

	err = mnd_header_verify(data, length, fault);
	if (err)
		return err;

	memset(table, 0, sizeof(*table));
	table->data = data;
	table->length = length;
	if (le32_to_cpu(header->length) != length)
		return reject(&v, MND_REJECT_LENGTH, &header->length);
	if (le32_to_cpu(header->checksum) != mnd_checksum(data, length))
		return reject(&v, MND_REJECT_CHECKSUM, &header->checksum);
	if (le32_to_cpu(header->sections) != __MND_SECTION_MAX)
		return reject(&v, MND_REJECT_SECTIONS, &header->sections);

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		err = steps[i](&v);
		if (err)
			return err;
		/* The first step, the layout, says where the sections are. */
		if (!i)
			find_sections(table);
	}
	return 0;
}
