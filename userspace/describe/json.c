// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A table as JSON.
 */

#include <errno.h>
#include <stdlib.h>

#include "describer.h"
#include "matcher_text.h"
#include "../policy/word.h"
#include "../quote.h"
#include "../signal_name.h"

/**
 * mnd_options_json - Names of mount options
 *
 * @flags: MND_MOUNT_*.
 *
 * Return: An array of strings; NULL if out of memory.
 */
json_t *mnd_options_json(u32 flags)
{
	const struct mnd_flag_word *option = mnd_option_words;
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < MND_OPTION_COUNT; i++, option++)
		if (flags & option->flag)
			json_array_append_new(array, json_string(option->name));
	return array;
}

static json_t *signals_json(u64 signals)
{
	json_t *array = json_array();
	char name[MND_SIGNAL_SIZE];
	int i;

	for (i = 1; i <= (int)MND_SIGNAL_MAX; i++) {
		if (!(signals >> (i - 1) & 1))
			continue;
		mnd_signal_format(i, name);
		json_array_append_new(array, json_string(name));
	}
	return array;
}

static const char *role_name(u32 flags)
{
	if (flags & MND_ROLE_ENTRY)
		return "entry";
	if (flags & MND_ROLE_EXTERNAL)
		return "external";
	return flags & MND_ROLE_EXEC ? "exec" : "inside";
}

/* Adds where a rule was written, if the table knows. */
static void add_position(json_t *object, const struct mnd_table *table,
			 u32 rule)
{
	const struct mnd_position *position;

	if (!table->count[MND_SECTION_POSITION])
		return;
	position = &table->positions[rule];
	json_object_set_new(object, "line",
			    json_integer(le32_to_cpu(position->line)));
	json_object_set_new(object, "column",
			    json_integer(le32_to_cpu(position->column)));
}

static json_t *argument_json(struct mnd_described *described, u32 word)
{
	return mnd_matcher_json(described->table, word);
}

static json_t *process_json(struct mnd_described *described, u32 rule)
{
	const struct mnd_table *table = described->table;
	const struct mnd_process *process = &table->processes[rule];
	const u32 flags = le32_to_cpu(process->flags);
	const u64 signals = le64_to_cpu(process->signals);
	json_t *object = json_object();

	json_object_set_new(object, "rule", json_integer(rule));
	json_object_set_new(object, "role", json_string(role_name(flags)));
	json_object_set_new(object, "command",
			    mnd_list_json(described, le32_to_cpu(process->argv),
					  argument_json));
	json_object_set_new(object, "file",
			    mnd_matcher_json(table,
					     le32_to_cpu(process->file)));
	if (!(flags & MND_PROCESS_KEEP_SIGNALS))
		json_object_set_new(object, "signals", signals_json(signals));
	mnd_add_context(object, described, process);
	add_position(object, table, rule);
	return object;
}

static void add_flag(json_t *object, const char *key, u32 flag)
{
	json_object_set_new(object, key, json_boolean(flag));
}

static json_t *mount_json(struct mnd_described *described, u32 rule)
{
	const struct mnd_table *table = described->table;
	const struct mnd_mount *mount = &table->mounts[rule];
	const u32 flags = le32_to_cpu(mount->flags);
	const char *type = mnd_string(table, le32_to_cpu(mount->type));
	json_t *object = json_object();
	json_t *match;

	json_object_set_new(object, "rule", json_integer(rule));
	json_object_set_new(object, "type", mnd_quote_json(type));
	match = mnd_matcher_json(table, le32_to_cpu(mount->source));
	json_object_set_new(object, "source", match);
	match = mnd_matcher_json(table, le32_to_cpu(mount->target));
	json_object_set_new(object, "target", match);
	json_object_set_new(object, "options", mnd_options_json(flags));
	add_flag(object, "remount", flags & MND_MOUNT_REMOUNT);
	add_flag(object, "setup", flags & MND_MOUNT_SETUP);
	add_flag(object, "run", flags & MND_MOUNT_RUN);
	add_position(object, table, table->count[MND_SECTION_PROCESS] + rule);
	return object;
}

/* All rules of @span, each made by @make. */
static json_t *
rules_json(struct mnd_described *described, const struct mnd_span *span,
	   json_t *(*make)(struct mnd_described *described, u32 rule))
{
	json_t *array = json_array();
	u32 i;

	for (i = 0; i < mnd_span_count(span); i++)
		json_array_append_new(array, make(described,
						  mnd_span_first(span) + i));
	return array;
}

static void add_container(json_t *object, struct mnd_described *described,
			  const struct mnd_subject *subject)
{
	const u32 flags = le32_to_cpu(subject->flags);
	const u32 layers = le32_to_cpu(subject->layers);

	json_object_set_new(object, "root",
			    json_string(flags & MND_SUBJECT_BOUND ? "bound" :
								    "verity"));
	if (layers != MND_LIST_NONE)
		json_object_set_new(object, "layers",
				    mnd_digests_json(described, layers));
	add_flag(object, "shutdown", flags & MND_SUBJECT_SHUTDOWN);
	add_flag(object, "elevated", flags & MND_SUBJECT_ELEVATED);
	add_flag(object, "layers_only", flags & MND_SUBJECT_LAYERS);
	json_object_set_new(object, "volumes",
			    mnd_volumes_json(described,
					     le32_to_cpu(subject->volumes)));
}

static json_t *subject_json(struct mnd_described *described, u32 number)
{
	const struct mnd_table *table = described->table;
	const struct mnd_subject *subject = &table->subjects[number];
	const char *name = mnd_subject_name(table, number);
	json_t *object = json_object();

	json_object_set_new(object, "name", mnd_quote_json(name));
	json_object_set_new(object, number ? "descendants" : "class",
			    json_string(mnd_class_word(subject)));
	json_object_set_new(object, "processes",
			    rules_json(described, &subject->processes,
				       process_json));
	json_object_set_new(object, "mounts",
			    rules_json(described, &subject->mounts,
				       mount_json));
	if (number)
		add_container(object, described, subject);
	return object;
}

static json_t *policy_json(struct mnd_described *described)
{
	const struct mnd_table *table = described->table;
	const struct mnd_span span = {
		cpu_to_le32(1),
		cpu_to_le32(table->count[MND_SECTION_SUBJECT] - 1),
	};
	json_t *object;

	object = json_pack("{s:o,s:I,s:o,s:o,s:o}", "name",
			   mnd_quote_json(mnd_policy_name(table)), "svn",
			   (json_int_t)le64_to_cpu(table->policy->svn),
			   "requests", mnd_requests_json(table), "uvm",
			   subject_json(described, 0), "containers",
			   rules_json(described, &span, subject_json));
	mnd_add_admitted(object, described);
	return object;
}

/**
 * mnd_described_init - Get ready to make JSON of parts of a table
 *
 * @described: Written; to be freed, also after an error.
 * @table: Verified table.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_described_init(struct mnd_described *described,
		       const struct mnd_table *table)
{
	described->table = table;
	described->lists = calloc(table->count[MND_SECTION_LIST] + 1UL,
				  sizeof(*described->lists));
	described->capabilities =
		calloc(table->count[MND_SECTION_CAPABILITIES] + 1UL,
		       sizeof(*described->capabilities));
	return described->lists && described->capabilities ? 0 : -ENOMEM;
}

/**
 * mnd_described_free - Free what was needed to make JSON
 *
 * @described: What mnd_described_init() wrote.
 */
void mnd_described_free(struct mnd_described *described)
{
	const u32 *count = described->table->count;
	u32 i;

	for (i = 0; described->lists && i < count[MND_SECTION_LIST]; i++)
		json_decref(described->lists[i]);
	for (i = 0;
	     described->capabilities && i < count[MND_SECTION_CAPABILITIES];
	     i++)
		json_decref(described->capabilities[i]);
	free(described->lists);
	free(described->capabilities);
}

/**
 * mnd_describe_json - A table as JSON
 *
 * @table: Verified table.
 * @json: Written: an object; NULL after an error.
 *
 * Return: 0, or:
 *
 * - -E2BIG: It would be longer than about %MND_DESCRIPTION_MAX.
 * - -ENOMEM: Out of memory.
 */
int mnd_describe_json(const struct mnd_table *table, json_t **json)
{
	struct mnd_described described;
	u64 size;
	int err;

	*json = NULL;
	err = mnd_describe_size(table, &size);
	if (err)
		return err;
	if (size > MND_DESCRIPTION_MAX)
		return -E2BIG;
	err = mnd_described_init(&described, table);
	if (!err)
		*json = policy_json(&described);
	mnd_described_free(&described);
	return err || *json ? err : -ENOMEM;
}
