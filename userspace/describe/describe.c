// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A table as a source that compiles to the same table again, but for the
 * positions.
 */

#include "describer.h"
#include "matcher_text.h"
#include "../policy/word.h"
#include "../quote.h"
#include "../signal_name.h"
#include "text_stream.h"

/* A line for a key whose default is anything. */
static void print_match(FILE *stream, const struct mnd_table *table,
			const char *key, u32 matcher)
{
	if (matcher == MND_MATCH_ANY)
		return;
	fprintf(stream, "%s = ", key);
	mnd_matcher_toml(stream, table, matcher);
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

/* Whether the first argument says which file is executed. */
static bool names_file(const struct mnd_table *table,
		       const struct mnd_process *process)
{
	const char *program;
	u32 first;

	if (!mnd_list_count(table, process->argv))
		return false;
	first = le32_to_cpu(*mnd_list_words(table, process->argv));
	if (first & MND_MATCH_PATTERN)
		return false;
	program = mnd_string(table, first);
	return *program == '/' || (*program && !strchr(program, '/'));
}

static void print_file(FILE *stream, const struct mnd_table *table,
		       const struct mnd_process *process)
{
	const u32 file = le32_to_cpu(process->file);

	if (file == MND_MATCH_ANY && !names_file(table, process))
		fputs("file = { any = true }\n", stream);
	else
		print_match(stream, table, "file", file);
}

static void print_process(FILE *stream, const struct mnd_table *table,
			  const struct mnd_process *process)
{
	const __le32 *argv = mnd_list_words(table, process->argv);
	const u32 argc = mnd_list_count(table, process->argv);
	u32 i;

	fputs("command = [", stream);
	for (i = 0; i < argc && !ferror(stream); i++) {
		fputs(i ? ", " : "", stream);
		mnd_matcher_toml(stream, table, le32_to_cpu(argv[i]));
	}
	fputs("]\n", stream);
	print_file(stream, table, process);
	if (!(le32_to_cpu(process->flags) & MND_PROCESS_KEEP_SIGNALS))
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
		if (!(flags & mnd_option_words[i].flag))
			continue;
		fprintf(stream, "%s\"%s\"", separator,
			mnd_option_words[i].name);
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
	mnd_matcher_toml(stream, table, le32_to_cpu(mount->target));
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

	for (i = 0; i < mnd_span_count(&subject->mounts) && !ferror(stream);
	     i++) {
		fprintf(stream, "\n[[%s.mount]]\n", header);
		print_mount(stream, table, &table->mounts[first + i]);
	}
}

static void print_uvm(FILE *stream, const struct mnd_table *table)
{
	const struct mnd_subject *uvm = &table->subjects[0];
	const struct mnd_process *process =
		&table->processes[mnd_span_first(&uvm->processes)];
	struct mnd_context_view context;
	u32 i;

	fprintf(stream, "\n[uvm]\nclass = \"%s\"\ninclude = []\n",
		mnd_class_word(uvm));
	for (i = 0; i < mnd_span_count(&uvm->processes) && !ferror(stream);
	     i++, process++) {
		context = mnd_context_view(table, process);
		fprintf(stream, "\n[[uvm.%s]]\n",
			le32_to_cpu(process->flags) & MND_ROLE_EXTERNAL ?
				"external_process" :
				"process");
		print_process(stream, table, process);
		mnd_print_context(stream, table, &context, &mnd_context_any);
	}
	print_mounts(stream, table, uvm, "uvm");
}

/* The first rule of a container is its own process. */
static void print_processes(FILE *stream, const struct mnd_table *table,
			    const struct mnd_subject *subject)
{
	const struct mnd_process *process =
		&table->processes[mnd_span_first(&subject->processes)];
	struct mnd_context_view entry, context;
	bool is_exec;
	u32 i;

	if (!mnd_span_count(&subject->processes))
		return;
	entry = mnd_context_view(table, process);
	print_process(stream, table, process);
	mnd_print_context(stream, table, &entry, &mnd_context_any);
	for (i = 1; i < mnd_span_count(&subject->processes) && !ferror(stream);
	     i++) {
		context = mnd_context_view(table, ++process);
		is_exec = le32_to_cpu(process->flags) & MND_ROLE_EXEC;
		fprintf(stream, "\n[[container.%s]]\n",
			is_exec ? "exec_process" : "descendant");
		print_process(stream, table, process);
		mnd_print_context(stream, table, &context,
				  is_exec ? &entry : &mnd_context_any);
	}
}

static void print_container(FILE *stream, const struct mnd_table *table,
			    u32 number)
{
	const struct mnd_subject *subject = &table->subjects[number];
	const u32 flags = le32_to_cpu(subject->flags);
	const u32 layers = le32_to_cpu(subject->layers);

	fputs("\n[[container]]\nname = ", stream);
	mnd_quote_toml(stream, mnd_subject_name(table, number));
	fprintf(stream, "\nroot = \"%s\"\n",
		flags & MND_SUBJECT_BOUND ? "bound" : "verity");
	if (layers != MND_LIST_NONE)
		mnd_print_digests(stream, table, "layers", layers);
	fprintf(stream, "descendants = \"%s\"\nshutdown = %s\n",
		mnd_class_word(subject),
		flags & MND_SUBJECT_SHUTDOWN ? "true" : "false");
	if (flags & MND_SUBJECT_ELEVATED)
		fputs("elevated = true\n", stream);
	if (flags & MND_SUBJECT_LAYERS)
		fputs("layers_only = true\n", stream);
	print_processes(stream, table, subject);
	print_mounts(stream, table, subject, "container");
	mnd_print_volumes(stream, table, le32_to_cpu(subject->volumes),
			  "container");
}

static void print_policy(FILE *stream, const struct mnd_table *table)
{
	u32 i;

	fputs("name = ", stream);
	mnd_quote_toml(stream, mnd_policy_name(table));
	fprintf(stream, "\nsvn = %llu\n", le64_to_cpu(table->policy->svn));
	mnd_print_requests(stream, table);
	print_uvm(stream, table);
	for (i = 1; i < table->count[MND_SECTION_SUBJECT] && !ferror(stream);
	     i++)
		print_container(stream, table, i);
	mnd_print_admitted(stream, table);
}

/**
 * mnd_describe_toml - A table as source
 *
 * @table: Verified table.
 * @text: Written: the source, terminated, to be freed; NULL after an error.
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
	struct mnd_text_stream stream;
	int err;

	*text = NULL;
	/* A long string can be in a table once, and in its rules a million times. */
	err = mnd_text_stream_open(&stream, MND_DESCRIPTION_MAX);
	if (err)
		return err;
	print_policy(stream.stream, table);
	return mnd_text_stream_close(&stream, text, length);
}
