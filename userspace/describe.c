// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A table in words: as a source that compiles to the same table again, but for
 * the positions, and as JSON.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "describe.h"
#include "matcher_text.h"
#include "quote.h"
#include "signal_name.h"

/*
 * As source
 */

static void print_matcher(FILE *stream, const struct mnd_table *table,
			  u32 matcher)
{
	const char *text = mnd_matcher_string(table, matcher);

	if (!text) {
		fputs("{ any = true }", stream);
		return;
	}
	if (mnd_matcher_is_pattern(matcher))
		fputs("{ re2 = ", stream);
	mnd_quote_toml(stream, text);
	if (mnd_matcher_is_pattern(matcher))
		fputs(" }", stream);
}

/* A line for a key whose default is anything. */
static void print_match(FILE *stream, const struct mnd_table *table,
			const char *key, u32 matcher)
{
	if (matcher == MND_MATCH_ANY)
		return;
	fprintf(stream, "%s = ", key);
	print_matcher(stream, table, matcher);
	putc('\n', stream);
}

static void print_signals(FILE *stream, u64 signals)
{
	char name[MND_SIGNAL_SIZE];
	const char *separator = "";
	int i;

	fputs("signals = [", stream);
	for (i = 1; i <= (int)MND_SIGNAL_MAX; i++) {
		if (!(signals >> (i - 1) & 1))
			continue;
		mnd_signal_format(i, name);
		fprintf(stream, "%s\"%s\"", separator, name);
		separator = ", ";
	}
	fputs("]\n", stream);
}

static void print_process(FILE *stream, const struct mnd_table *table,
			  const struct mnd_process *process)
{
	const u32 flags = le32_to_cpu(process->flags);
	const __le32 *argv = table->matchers + mnd_span_first(&process->argv);
	u32 i;

	fputs("command = [", stream);
	for (i = 0; i < mnd_span_count(&process->argv); i++) {
		if (i)
			fputs(", ", stream);
		print_matcher(stream, table, le32_to_cpu(argv[i]));
	}
	fputs("]\n", stream);
	print_match(stream, table, "file", le32_to_cpu(process->file));
	if (!(flags & MND_PROCESS_KEEP_SIGNALS))
		print_signals(stream, le64_to_cpu(process->signals));
}

static void print_options(FILE *stream, u32 flags)
{
	const char *separator = "";
	size_t i;

	if (!(flags & MND_MOUNT_OPTIONS))
		return;
	fputs("options = [", stream);
	for (i = 0; i < MND_OPTION_COUNT; i++) {
		if (!(flags & mnd_option_names[i].flag))
			continue;
		fprintf(stream, "%s\"%s\"", separator,
			mnd_option_names[i].name);
		separator = ", ";
	}
	fputs("]\n", stream);
}

static void print_mount(FILE *stream, const struct mnd_table *table,
			const struct mnd_mount *mount)
{
	const u32 flags = le32_to_cpu(mount->flags);

	fputs("type = ", stream);
	mnd_quote_toml(stream, mnd_string(table, le32_to_cpu(mount->type)));
	putc('\n', stream);
	print_match(stream, table, "source", le32_to_cpu(mount->source));
	fputs("target = ", stream);
	print_matcher(stream, table, le32_to_cpu(mount->target));
	putc('\n', stream);
	print_options(stream, flags);
	if (flags & MND_MOUNT_REMOUNT)
		fputs("remount = true\n", stream);
	if ((flags & MND_MOUNT_PHASES) != MND_MOUNT_PHASES)
		fprintf(stream, "when = \"%s\"\n",
			flags & MND_MOUNT_RUN ? "run" : "setup");
}

static void print_mounts(FILE *stream, const struct mnd_table *table,
			 const struct mnd_subject *subject, const char *header)
{
	const u32 first = mnd_span_first(&subject->mounts);
	u32 i;

	for (i = 0; i < mnd_span_count(&subject->mounts); i++) {
		fprintf(stream, "\n[[%s.mount]]\n", header);
		print_mount(stream, table, &table->mounts[first + i]);
	}
}

static void print_uvm(FILE *stream, const struct mnd_table *table)
{
	const struct mnd_subject *uvm = &table->subjects[0];
	const u32 first = mnd_span_first(&uvm->processes);
	u32 i;

	fprintf(stream, "\n[uvm]\nclass = \"%s\"\ninclude = []\n",
		mnd_class_name(uvm));
	for (i = 0; i < mnd_span_count(&uvm->processes); i++) {
		fputs("\n[[uvm.process]]\n", stream);
		print_process(stream, table, &table->processes[first + i]);
	}
	print_mounts(stream, table, uvm, "uvm");
}

/* The first rule of a container is its own process. */
static void print_container(FILE *stream, const struct mnd_table *table,
			    u32 number)
{
	const struct mnd_subject *subject = &table->subjects[number];
	const struct mnd_process *process =
		&table->processes[mnd_span_first(&subject->processes)];
	u32 i;

	fputs("\n[[container]]\nname = ", stream);
	mnd_quote_toml(stream, mnd_subject_name(table, number));
	fprintf(stream, "\nroot = \"bound\"\ndescendants = \"%s\"\n",
		mnd_class_name(subject));
	fprintf(stream, "shutdown = %s\n",
		le32_to_cpu(subject->flags) & MND_SUBJECT_SHUTDOWN ? "true" :
								     "false");
	print_process(stream, table, process);
	for (i = 1; i < mnd_span_count(&subject->processes); i++) {
		fprintf(stream, "\n[[container.%s]]\n",
			le32_to_cpu(process[i].flags) & MND_ROLE_EXEC ?
				"exec_process" :
				"descendant");
		print_process(stream, table, &process[i]);
	}
	print_mounts(stream, table, subject, "container");
}

static void print_policy(FILE *stream, const struct mnd_table *table)
{
	u32 i;

	fputs("name = ", stream);
	mnd_quote_toml(stream, mnd_policy_name(table));
	fprintf(stream, "\nsvn = %llu\n", le64_to_cpu(table->policy->svn));
	print_uvm(stream, table);
	for (i = 1; i < table->count[MND_SECTION_SUBJECT]; i++)
		print_container(stream, table, i);
}

/* Bytes of the strings that are printed, each as often as it is. */
static u64 count_string_bytes(const struct mnd_table *table)
{
	const struct mnd_process *process = table->processes;
	const struct mnd_mount *mount = table->mounts;
	u64 bytes = 0;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_MATCHER]; i++)
		bytes += mnd_matcher_length(table,
					    le32_to_cpu(table->matchers[i]));
	for (i = 0; i < table->count[MND_SECTION_PROCESS]; i++, process++)
		bytes += mnd_matcher_length(table, le32_to_cpu(process->file));
	/* A type is one string, so it is like a matcher that must be equal. */
	for (i = 0; i < table->count[MND_SECTION_MOUNT]; i++, mount++)
		bytes += mnd_matcher_length(table, le32_to_cpu(mount->type)) +
			 mnd_matcher_length(table, le32_to_cpu(mount->source)) +
			 mnd_matcher_length(table, le32_to_cpu(mount->target));
	return bytes;
}

/**
 * mnd_describe_toml - A table as source
 *
 * @table: Verified table.
 * @text: Written: the source, terminated, to be freed.
 * @length: Written: its length, in bytes.
 *
 * Return: 0, or:
 *
 * - -E2BIG: It would be longer than %MND_DESCRIPTION_MAX.
 * - -ENOMEM: Out of memory.
 */
int mnd_describe_toml(const struct mnd_table *table, char **text,
		      size_t *length)
{
	FILE *stream;
	bool failed;

	/* A long string can be in a table once, and in its rules a million times. */
	if (count_string_bytes(table) > MND_DESCRIPTION_MAX)
		return -E2BIG;
	*text = NULL;
	stream = open_memstream(text, length);
	if (!stream)
		return -ENOMEM;
	print_policy(stream, table);
	failed = ferror(stream);
	if (!fclose(stream) && !failed && *length <= MND_DESCRIPTION_MAX)
		return 0;
	free(*text);
	return failed ? -ENOMEM : -E2BIG;
}

/*
 * As JSON
 */

static const char *role_name(u32 flags)
{
	if (flags & MND_ROLE_ENTRY)
		return "entry";
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

static json_t *process_json(const struct mnd_table *table, u32 rule)
{
	const struct mnd_process *process = &table->processes[rule];
	const u32 flags = le32_to_cpu(process->flags);
	const u64 signals = le64_to_cpu(process->signals);
	const __le32 *argv = table->matchers + mnd_span_first(&process->argv);
	json_t *command = json_array();
	json_t *object = json_object();
	json_t *match;
	u32 i;

	for (i = 0; i < mnd_span_count(&process->argv); i++) {
		match = mnd_matcher_json(table, le32_to_cpu(argv[i]));
		json_array_append_new(command, match);
	}
	match = mnd_matcher_json(table, le32_to_cpu(process->file));
	json_object_set_new(object, "rule", json_integer(rule));
	json_object_set_new(object, "role", json_string(role_name(flags)));
	json_object_set_new(object, "command", command);
	json_object_set_new(object, "file", match);
	if (!(flags & MND_PROCESS_KEEP_SIGNALS)) {
		match = mnd_signals_json(signals);
		json_object_set_new(object, "signals", match);
	}
	add_position(object, table, rule);
	return object;
}

static void add_flag(json_t *object, const char *key, u32 flag)
{
	json_object_set_new(object, key, json_boolean(flag));
}

static json_t *mount_json(const struct mnd_table *table, u32 rule)
{
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

static json_t *subject_json(const struct mnd_table *table, u32 number)
{
	const struct mnd_subject *subject = &table->subjects[number];
	const char *name = mnd_subject_name(table, number);
	const char *class = mnd_class_name(subject);
	u32 rule = mnd_span_first(&subject->processes);
	json_t *processes = json_array();
	json_t *mounts = json_array();
	json_t *object = json_object();
	u32 i;

	for (i = 0; i < mnd_span_count(&subject->processes); i++)
		json_array_append_new(processes, process_json(table, rule++));
	rule = mnd_span_first(&subject->mounts);
	for (i = 0; i < mnd_span_count(&subject->mounts); i++)
		json_array_append_new(mounts, mount_json(table, rule++));
	json_object_set_new(object, "name", mnd_quote_json(name));
	json_object_set_new(object, number ? "descendants" : "class",
			    json_string(class));
	json_object_set_new(object, "processes", processes);
	json_object_set_new(object, "mounts", mounts);
	if (number) {
		json_object_set_new(object, "root", json_string("bound"));
		json_object_set_new(object, "shutdown",
				    json_boolean(le32_to_cpu(subject->flags) &
						 MND_SUBJECT_SHUTDOWN));
	}
	return object;
}

/**
 * mnd_describe_json - A table as JSON
 *
 * @table: Verified table.
 *
 * Return: An object; NULL if out of memory.
 */
json_t *mnd_describe_json(const struct mnd_table *table)
{
	json_t *containers = json_array();
	u32 i;

	for (i = 1; i < table->count[MND_SECTION_SUBJECT]; i++)
		json_array_append_new(containers, subject_json(table, i));
	return json_pack("{so sI so so}", "name",
			 mnd_quote_json(mnd_policy_name(table)), "svn",
			 (json_int_t)le64_to_cpu(table->policy->svn), "uvm",
			 subject_json(table, 0), "containers", containers);
}
