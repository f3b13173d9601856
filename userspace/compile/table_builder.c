// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A table while it grows: its sections, and what is in them only once.
 * Records are numbered in the order in which they come, so that the same calls
 * make the same table.
 */

#include <stdlib.h>

#include "../../lsm/core/checksum.h"
#include "table_builder.h"

static const size_t record_sizes[__MND_SECTION_MAX] = {
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
 * mnd_builder_out_of_memory - Say that memory is short
 *
 * @builder: Builder.
 *
 * Return: -ENOMEM.
 */
int mnd_builder_out_of_memory(struct mnd_builder *builder)
{
	mnd_fail(builder->error, 0, 0, "out of memory");
	return -ENOMEM;
}

/**
 * mnd_builder_count - Count the records of a section
 *
 * @builder: Builder.
 * @section: Section.
 *
 * Return: How many there are, which is the number of the next one.
 */
u32 mnd_builder_count(const struct mnd_builder *builder,
		      enum mnd_section section)
{
	return (u32)builder->sections[section].count;
}

/**
 * mnd_builder_append - Add records at the end of a section
 *
 * @builder: Builder.
 * @section: Section.
 * @count: How many, may be 0.
 *
 * Return: The first of them, all zero and valid until more are added; or NULL
 * if memory is short.
 */
void *mnd_builder_append(struct mnd_builder *builder, enum mnd_section section,
			 size_t count)
{
	struct mnd_builder_section *s = &builder->sections[section];
	size_t size = record_sizes[section];
	size_t room = s->room;
	void *records;

	/* There is always room for one more, so that nothing is never NULL. */
	while (room < s->count + count + 1)
		room = room ? room * 2 : 16;
	if (room != s->room) {
		records = reallocarray(s->records, room, size);
		if (!records)
			return NULL;
		s->records = records;
		s->room = room;
	}
	records = (char *)s->records + s->count * size;
	memset(records, 0, count * size);
	s->count += count;
	return records;
}

/*
 * Records and lists that are there only once
 */

/* FNV-1a. */
static u64 hash(u64 seed, const void *bytes, size_t length)
{
	const u8 *byte = bytes;
	size_t i;

	for (i = 0; i < length; i++)
		seed = (seed ^ byte[i]) * 0x100000001b3ULL;
	return seed;
}

#define HASH_SEED 0xcbf29ce484222325ULL

/* A record or a list that is looked for. */
struct wanted {
	enum mnd_section section;
	const void *bytes;
	size_t length;
	u32 kind;
};

static u64 hash_wanted(const struct wanted *wanted)
{
	return hash(HASH_SEED + wanted->kind, wanted->bytes, wanted->length);
}

/* The same of what is there already as number @number. */
static struct wanted get_record(const struct mnd_builder *builder,
				enum mnd_section section, u32 number)
{
	const struct mnd_list *list;
	const __le32 *words;

	if (section != MND_SECTION_LIST)
		return (struct wanted){
			.section = section,
			.bytes = (const char *)builder->sections[section]
					 .records +
				 number * record_sizes[section],
			.length = record_sizes[section],
		};
	list = builder->sections[MND_SECTION_LIST].records;
	words = builder->sections[MND_SECTION_WORD].records;
	list += number;
	return (struct wanted){
		.section = section,
		.bytes = words + mnd_span_first(&list->words),
		.length = mnd_span_count(&list->words) * sizeof(*words),
		.kind = le32_to_cpu(list->kind),
	};
}

static bool is_same(const struct wanted *a, const struct wanted *b)
{
	return a->kind == b->kind && a->length == b->length &&
	       (!a->length || !memcmp(a->bytes, b->bytes, a->length));
}

static u32 *find_slot(const struct mnd_builder *builder,
		      const struct wanted *wanted)
{
	const struct mnd_builder_section *s =
		&builder->sections[wanted->section];
	size_t i = hash_wanted(wanted) & (s->slot_count - 1);
	struct wanted there;

	for (; s->slots[i]; i = (i + 1) & (s->slot_count - 1)) {
		there = get_record(builder, wanted->section, s->slots[i] - 1);
		if (is_same(&there, wanted))
			break;
	}
	return &s->slots[i];
}

/* Keeps at least half of the slots empty. */
static int make_slots(struct mnd_builder *builder, enum mnd_section section)
{
	struct mnd_builder_section *s = &builder->sections[section];
	size_t old_count = s->slot_count;
	u32 *old = s->slots;
	struct wanted there;
	size_t i;

	if (s->interned * 2 < s->slot_count)
		return 0;
	s->slot_count = old_count ? old_count * 2 : 64;
	s->slots = calloc(s->slot_count, sizeof(*s->slots));
	if (!s->slots) {
		s->slots = old;
		s->slot_count = old_count;
		return mnd_builder_out_of_memory(builder);
	}
	for (i = 0; i < old_count; i++) {
		if (!old[i])
			continue;
		there = get_record(builder, section, old[i] - 1);
		*find_slot(builder, &there) = old[i];
	}
	free(old);
	return 0;
}

/**
 * mnd_builder_intern - The number of a record, which is added if it is new
 *
 * @builder: Builder.
 * @section: Section.
 * @record: Record.
 * @number: Written.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_builder_intern(struct mnd_builder *builder, enum mnd_section section,
		       const void *record, __le32 *number)
{
	const struct wanted wanted = { section, record, record_sizes[section],
				       0 };
	int err = make_slots(builder, section);
	void *place;
	u32 *slot;

	if (err)
		return err;
	slot = find_slot(builder, &wanted);
	if (!*slot) {
		place = mnd_builder_append(builder, section, 1);
		if (!place)
			return mnd_builder_out_of_memory(builder);
		memcpy(place, record, record_sizes[section]);
		*slot = mnd_builder_count(builder, section);
		builder->sections[section].interned++;
	}
	*number = cpu_to_le32(*slot - 1);
	return 0;
}

static int append_list(struct mnd_builder *builder, enum mnd_list_kind kind,
		       const __le32 *words, size_t count)
{
	u32 first = mnd_builder_count(builder, MND_SECTION_WORD);
	void *place = mnd_builder_append(builder, MND_SECTION_WORD, count);
	struct mnd_list *list =
		mnd_builder_append(builder, MND_SECTION_LIST, 1);

	if (!place || !list)
		return mnd_builder_out_of_memory(builder);
	if (count)
		memcpy(place, words, count * sizeof(*words));
	list->words.first = cpu_to_le32(first);
	list->words.count = cpu_to_le32((u32)count);
	list->kind = cpu_to_le32((u32)kind);
	return 0;
}

/**
 * mnd_builder_intern_list - The number of a list, which is added if it is new
 *
 * @builder: Builder.
 * @kind: Kind of the list.
 * @words: What is in it.
 * @count: Number of @words.
 * @number: Written.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_builder_intern_list(struct mnd_builder *builder,
			    enum mnd_list_kind kind, const __le32 *words,
			    size_t count, __le32 *number)
{
	const struct wanted wanted = { MND_SECTION_LIST, words,
				       count * sizeof(*words), kind };
	int err = make_slots(builder, MND_SECTION_LIST);
	u32 *slot;

	if (err)
		return err;
	slot = find_slot(builder, &wanted);
	if (!*slot) {
		err = append_list(builder, kind, words, count);
		if (err)
			return err;
		*slot = mnd_builder_count(builder, MND_SECTION_LIST);
		builder->sections[MND_SECTION_LIST].interned++;
	}
	*number = cpu_to_le32(*slot - 1);
	return 0;
}

/**
 * mnd_builder_string - The number of a string
 *
 * @builder: Builder, whose strings are sorted.
 * @text: String that has been added to them.
 *
 * Return: Its number.
 */
__le32 mnd_builder_string(const struct mnd_builder *builder, const char *text)
{
	const struct mnd_string_table *strings = &builder->strings;

	return cpu_to_le32(mnd_string_table_find(strings, text, strlen(text)));
}

/**
 * mnd_builder_matcher - The matcher of a rule
 *
 * @builder: Builder, whose strings and patterns are complete.
 * @space: What the strings are that it is matched with.
 * @rule: Rule, whose text has been added to them.
 *
 * Return: The matcher.
 */
__le32 mnd_builder_matcher(const struct mnd_builder *builder,
			   enum mnd_space space,
			   const struct mnd_match_rule *rule)
{
	u32 number;

	switch (rule->matching) {
	case MND_MATCHING_ANY:
		break;
	case MND_MATCHING_EXACT:
		number = mnd_string_table_find(&builder->strings, rule->text,
					       rule->length);
		return cpu_to_le32(number);
	case MND_MATCHING_RE2:
		return cpu_to_le32(MND_MATCH_PATTERN |
				   mnd_pattern_table_find(&builder->patterns,
							  space, rule));
	case MND_MATCHING_NONE:
		return cpu_to_le32(MND_MATCH_NONE);
	}
	return cpu_to_le32(MND_MATCH_ANY);
}

/*
 * Last: the sections one after the other.
 */

static size_t align(size_t offset)
{
	return (offset + 7) & ~(size_t)7;
}

static size_t table_size(const struct mnd_builder *builder)
{
	size_t end = sizeof(struct mnd_header);
	size_t i;

	for (i = 0; i < __MND_SECTION_MAX; i++)
		end = align(end) + builder->sections[i].count * record_sizes[i];
	return end;
}

static void put_sections(const struct mnd_builder *builder,
			 struct mnd_header *header)
{
	const struct mnd_builder_section *s;
	size_t end = sizeof(*header);
	size_t i, size;

	for (i = 0; i < __MND_SECTION_MAX; i++) {
		s = &builder->sections[i];
		size = s->count * record_sizes[i];
		end = align(end);
		if (size)
			memcpy((u8 *)header + end, s->records, size);
		header->directory[i].offset = cpu_to_le32((u32)end);
		header->directory[i].count = cpu_to_le32((u32)s->count);
		end += size;
	}
}

/**
 * mnd_builder_finish - Put the sections together
 *
 * @builder: Builder.
 * @table: Written: the table, to be freed.
 * @length: Written: its length, in bytes.
 *
 * Return: 0, or:
 *
 * - -E2BIG: It is larger than a table may be.
 * - -ENOMEM: Out of memory.
 */
int mnd_builder_finish(struct mnd_builder *builder, u8 **table, u32 *length)
{
	size_t size = table_size(builder);
	struct mnd_header *header;

	if (size > MND_TABLE_SIZE_MAX) {
		mnd_fail(builder->error, 0, 0,
			 "the table would be %zu bytes long, more than %u",
			 size, MND_TABLE_SIZE_MAX);
		return -E2BIG;
	}
	header = calloc(1, align(size));
	if (!header)
		return mnd_builder_out_of_memory(builder);
	memcpy(header->magic, MND_TABLE_MAGIC, sizeof(header->magic));
	header->abi = cpu_to_le32(MND_TABLE_ABI);
	header->length = cpu_to_le32((u32)size);
	header->sections = cpu_to_le32(__MND_SECTION_MAX);
	put_sections(builder, header);
	*table = (u8 *)header;
	*length = (u32)size;
	header->checksum = cpu_to_le32(mnd_checksum(*table, *length));
	return 0;
}

/**
 * mnd_builder_free - Free a builder
 *
 * @builder: Builder; empty afterwards.
 */
void mnd_builder_free(struct mnd_builder *builder)
{
	size_t i;

	mnd_string_table_free(&builder->strings);
	mnd_pattern_table_free(&builder->patterns);
	mnd_pointer_map_free(&builder->collected);
	mnd_pointer_map_free(&builder->made);
	for (i = 0; i < __MND_SECTION_MAX; i++) {
		free(builder->sections[i].records);
		free(builder->sections[i].slots);
	}
	memset(builder->sections, 0, sizeof(builder->sections));
}
