// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How much it would be to show a table with everything where it is used.  A
 * string can be in a table once, and in its rules a million times.
 */

#include <stdlib.h>

#include "../capability_name.h"
#include "describer.h"
#include "../hash_text.h"
#include "matcher_text.h"

/* Bytes for the keys of a record and what is around its values. */
#define RECORD_SIZE 256
#define WORD_SIZE 16

/* A table whose lists have been added up, none above the limit. */
struct sizes {
	const struct mnd_table *table;
	u64 *lists;
};

static u64 limit(u64 size)
{
	return size < MND_DESCRIPTION_MAX ? size : MND_DESCRIPTION_MAX + 1ULL;
}

static u64 string_size(const struct mnd_table *table, u32 string)
{
	return le32_to_cpu(table->strings[string].length);
}

static u64 list_size(const struct sizes *sizes, __le32 list)
{
	if (le32_to_cpu(list) == MND_LIST_NONE)
		return 0;
	return sizes->lists[le32_to_cpu(list)];
}

static u64 variable_size(const struct mnd_table *table, u32 word)
{
	const struct mnd_variable *variable =
		&table->variables[word & ~MND_VARIABLE_REQUIRED];
	const u32 name = le32_to_cpu(variable->name);
	const u64 size =
		mnd_matcher_length(table, le32_to_cpu(variable->value));

	if (name == MND_MATCH_WHOLE)
		return size;
	return size + mnd_matcher_length(table, name);
}

static u64 principal_size(const struct mnd_table *table, u32 number)
{
	return mnd_matcher_length(table,
				  le32_to_cpu(table->principals[number].name));
}

/* With the option that stands for those that are named twice. */
static u64 volume_size(const struct sizes *sizes, u32 number)
{
	const struct mnd_table *table = sizes->table;
	const struct mnd_volume *volume = &table->volumes[number];
	const __le32 *options = mnd_list_words(table, volume->options);
	u64 size = RECORD_SIZE + list_size(sizes, volume->options);

	size += string_size(table, le32_to_cpu(volume->type)) +
		string_size(table, le32_to_cpu(volume->destination)) +
		string_size(table, le32_to_cpu(volume->source));
	if (mnd_list_count(table, volume->options))
		size += (string_size(table, le32_to_cpu(*options)) +
			 WORD_SIZE) *
			le32_to_cpu(volume->length);
	return size;
}

static u64 word_size(const struct sizes *sizes, enum mnd_list_kind kind,
		     u32 word)
{
	const struct mnd_table *table = sizes->table;

	switch (kind) {
	case MND_LIST_ARGUMENTS:
		return mnd_matcher_length(table, word);
	case MND_LIST_VARIABLES:
		return variable_size(table, word);
	case MND_LIST_PRINCIPALS:
		return principal_size(table, word);
	case MND_LIST_VOLUMES:
		return volume_size(sizes, word);
	case MND_LIST_DIGESTS:
		return MND_HASH_TEXT_SIZE;
	case MND_LIST_STRINGS:
		return string_size(table, word);
	case __MND_LIST_KIND_MAX:
		break;
	}
	return 0;
}

/* Volumes have lists of options, so that lists of volumes come last. */
static void add_lists(struct sizes *sizes, bool of_volumes)
{
	const struct mnd_table *table = sizes->table;
	const struct mnd_list *list = table->lists;
	const __le32 *words;
	u32 kind, word, i, j;
	bool volumes;
	u64 size;

	for (i = 0; i < table->count[MND_SECTION_LIST]; i++, list++) {
		kind = le32_to_cpu(list->kind);
		volumes = kind == MND_LIST_VOLUMES;
		if (volumes != of_volumes)
			continue;
		words = table->words + mnd_span_first(&list->words);
		size = WORD_SIZE;
		for (j = 0; j < mnd_span_count(&list->words); j++) {
			word = le32_to_cpu(words[j]);
			size = limit(size + WORD_SIZE +
				     word_size(sizes, kind, word));
		}
		sizes->lists[i] = size;
	}
}

static u64 capabilities_size(const struct mnd_capabilities *capabilities)
{
	u64 count = 0;
	size_t i;

	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++)
		count += MND_CAPABILITY_MAX +
			 le16_to_cpu(capabilities->lengths[i]);
	return count * MND_CAPABILITY_SIZE;
}

static u64 process_size(const struct sizes *sizes,
			const struct mnd_process *process)
{
	const struct mnd_table *table = sizes->table;
	const struct mnd_context *context =
		&table->contexts[le32_to_cpu(process->context)];
	const struct mnd_identity *identity =
		&table->identities[le32_to_cpu(context->identity)];
	const u32 capabilities = le32_to_cpu(context->capabilities);
	u64 size = RECORD_SIZE + list_size(sizes, process->argv) +
		   list_size(sizes, context->variables) +
		   list_size(sizes, context->filters) +
		   list_size(sizes, identity->groups);

	if (le16_to_cpu(table->capabilities[capabilities].rule) ==
	    MND_CAPABILITIES_EQUAL)
		size += capabilities_size(&table->capabilities[capabilities]);
	return size + mnd_matcher_length(table, le32_to_cpu(process->file)) +
	       mnd_matcher_length(table, le32_to_cpu(context->cwd)) +
	       mnd_matcher_length(table, le32_to_cpu(context->profile)) +
	       mnd_matcher_length(table, le32_to_cpu(identity->umask)) +
	       principal_size(table, le32_to_cpu(identity->user));
}

static u64 mount_size(const struct mnd_table *table,
		      const struct mnd_mount *mount)
{
	return RECORD_SIZE + string_size(table, le32_to_cpu(mount->type)) +
	       mnd_matcher_length(table, le32_to_cpu(mount->source)) +
	       mnd_matcher_length(table, le32_to_cpu(mount->target));
}

static u64 fragment_size(const struct sizes *sizes,
			 const struct mnd_fragment *fragment)
{
	const struct mnd_table *table = sizes->table;

	return RECORD_SIZE + string_size(table, le32_to_cpu(fragment->issuer)) +
	       string_size(table, le32_to_cpu(fragment->feed)) +
	       string_size(table, le32_to_cpu(fragment->minimum_svn)) +
	       string_size(table, le32_to_cpu(fragment->parameters)) +
	       list_size(sizes, fragment->receipts);
}

static u64 trust_list_size(const struct sizes *sizes,
			   const struct mnd_trust_list *list)
{
	const struct mnd_table *table = sizes->table;

	return RECORD_SIZE + string_size(table, le32_to_cpu(list->issuer)) +
	       string_size(table, le32_to_cpu(list->subject)) +
	       list_size(sizes, list->ledgers);
}

/* No sum overflows: a table has less than 2^22 records, each below 2^32. */
static u64 table_size(const struct sizes *sizes)
{
	const struct mnd_table *table = sizes->table;
	u64 size = 0;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_SUBJECT]; i++)
		size += RECORD_SIZE +
			list_size(sizes, table->subjects[i].layers) +
			list_size(sizes, table->subjects[i].volumes);
	for (i = 0; i < table->count[MND_SECTION_PROCESS]; i++)
		size += process_size(sizes, &table->processes[i]);
	for (i = 0; i < table->count[MND_SECTION_MOUNT]; i++)
		size += mount_size(table, &table->mounts[i]);
	for (i = 0; i < table->count[MND_SECTION_PLATFORM]; i++)
		size += RECORD_SIZE +
			list_size(sizes, table->platforms[i].variables) +
			list_size(sizes, table->platforms[i].volumes);
	for (i = 0; i < table->count[MND_SECTION_FRAGMENT]; i++)
		size += fragment_size(sizes, &table->fragments[i]);
	for (i = 0; i < table->count[MND_SECTION_TRUST_LIST]; i++)
		size += trust_list_size(sizes, &table->trust_lists[i]);
	return size;
}

/**
 * mnd_describe_size - How much it would be to show all of a table
 *
 * @table: Verified table.
 * @size: Written: about how many bytes.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_describe_size(const struct mnd_table *table, u64 *size)
{
	struct sizes sizes = { .table = table };

	sizes.lists = calloc(table->count[MND_SECTION_LIST] + 1UL,
			     sizeof(*sizes.lists));
	if (!sizes.lists)
		return -ENOMEM;
	add_lists(&sizes, false);
	add_lists(&sizes, true);
	*size = table_size(&sizes);
	free(sizes.lists);
	return 0;
}
