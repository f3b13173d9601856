// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the files that subcommands are given: policies as source or as table.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../lsm/core/verify.h"
#include "cli.h"
#include "../compile/compile.h"
#include "../source_files.h"
#include "../toml/toml.h"

/* One byte more than the largest source, so that more is noticed. */
#define SIZE_MAX_READ (MND_TOML_MAX_SIZE + 1)

static int read_stream(FILE *stream, char **bytes, size_t *length)
{
	size_t room = 65536;
	char *more;

	*bytes = NULL;
	*length = 0;
	while (true) {
		more = realloc(*bytes, room);
		if (!more)
			return -ENOMEM;
		*bytes = more;
		*length += fread(*bytes + *length, 1, room - *length, stream);
		if (*length < room || room >= SIZE_MAX_READ)
			return ferror(stream) ? -errno : 0;
		room = room * 2 < SIZE_MAX_READ ? room * 2 : SIZE_MAX_READ;
	}
}

/**
 * mnd_read_file - Read a file, or the standard input
 *
 * @path: Path; "-" for the standard input.
 * @input: Written; its bytes are to be freed, also after an error.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_read_file(const char *path, struct mnd_input *input)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *stream = is_stdin ? stdin : fopen(path, "re");
	int err;

	*input = (struct mnd_input){ .path = path };
	if (!stream)
		return mnd_complain_of_file(path, -errno);
	err = read_stream(stream, &input->bytes, &input->length);
	if (!is_stdin)
		fclose(stream);
	if (err)
		return mnd_complain_of_file(path, err);
	if (input->length > MND_TOML_MAX_SIZE)
		return mnd_complain(MND_EXIT_INVALID,
				    "%s: longer than %u bytes", path,
				    MND_TOML_MAX_SIZE);
	return MND_EXIT_OK;
}

static int complain_of_source(const char *path, int err,
			      const struct mnd_error *error)
{
	enum mnd_exit code = err == -ENOMEM || err == -EPROTO ?
				     MND_EXIT_INTERNAL :
				     MND_EXIT_INVALID;

	if (!error->line)
		return mnd_complain(code, "%s: %s", path, error->text);
	return mnd_complain(code, "%s:%u:%u: %s", path, error->line,
			    error->column, error->text);
}

/* Facts of images are in a file, or the images themselves in a folder. */
static int find_images(const char *path, struct mnd_input *facts,
		       struct mnd_source_files *files)
{
	if (!path)
		return MND_EXIT_OK;
	files->images = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (files->images >= 0)
		return MND_EXIT_OK;
	return mnd_read_file(path, facts);
}

static int read_source(const struct mnd_input *input,
		       const struct mnd_source_choices *choices,
		       struct mnd_source_options *options,
		       struct mnd_policy_source *policy)
{
	const struct mnd_string_ref source = { input->bytes, input->length };
	struct mnd_source_files files = { .images = -1 };
	struct mnd_input facts = {};
	struct mnd_error error = {};
	int err, code;

	code = find_images(choices->images, &facts, &files);
	if (!code) {
		options->images = facts.bytes;
		options->images_length = facts.length;
		mnd_source_files_use(&files, options);
		err = mnd_source_read(&source, options, policy, &error);
		code = err ? complain_of_source(input->path, err, &error) :
			     MND_EXIT_OK;
	}
	if (files.images >= 0)
		close(files.images);
	free(facts.bytes);
	return code;
}

static int read_input(const struct mnd_input *input,
		      const struct mnd_source_choices *choices,
		      struct mnd_policy_source *policy)
{
	struct mnd_source_options options = { .strict = choices->strict };

	if (choices->from) {
		options.language = mnd_language_find(choices->from);
		if (options.language == MND_LANGUAGE_UNKNOWN)
			return mnd_complain(MND_EXIT_USAGE,
					    "--from: no language \"%s\"",
					    choices->from);
	}
	return read_source(input, choices, &options, policy);
}

/**
 * mnd_read_policy - Read a source, in whatever language it is
 *
 * @path: Path; "-" for the standard input.
 * @choices: What is said about it on the side.
 * @policy: Written; to be released, also after an error.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_read_policy(const char *path, const struct mnd_source_choices *choices,
		    struct mnd_policy_source *policy)
{
	struct mnd_input input;
	int code;

	memset(policy, 0, sizeof(*policy));
	code = mnd_read_file(path, &input);
	if (!code)
		code = read_input(&input, choices, policy);
	free(input.bytes);
	return code;
}

/**
 * mnd_print_warnings - Print the warnings about a policy
 *
 * @path: Its path.
 * @policy: Policy.
 */
void mnd_print_warnings(const char *path,
			const struct mnd_policy_source *policy)
{
	const struct mnd_warning *warning;
	const struct mnd_place *place;

	for (warning = policy->warnings; warning; warning = warning->next) {
		place = &warning->place;
		if (place->line)
			mnd_complain(MND_EXIT_OK, "%s:%u:%u: warning: %s", path,
				     place->line, place->column, warning->text);
		else
			mnd_complain(MND_EXIT_OK, "%s: warning: %s", path,
				     warning->text);
	}
}

/**
 * mnd_compile_policy - Compile a policy that has been read
 *
 * @path: Its path, for messages.
 * @policy: Policy.
 * @strip: Leave out where rules were written.
 * @table: Written: the table, to be freed.
 * @size: Written: its length, in bytes.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_compile_policy(const char *path, const struct mnd_policy_source *policy,
		       bool strip, u8 **table, u32 *size)
{
	struct mnd_error error = {};
	int err;

	err = mnd_compile(policy, strip, table, size, &error);
	return err ? complain_of_source(path, err, &error) : MND_EXIT_OK;
}

static bool is_table(const struct mnd_input *input)
{
	return input->length >= MND_TABLE_MAGIC_SIZE &&
	       !memcmp(input->bytes, MND_TABLE_MAGIC, MND_TABLE_MAGIC_SIZE);
}

/* Makes @input a table, if it is a source. */
static int ensure_table(struct mnd_input *input)
{
	const struct mnd_source_choices choices = {};
	struct mnd_policy_source policy = {};
	u8 *table;
	u32 size;
	int code;

	if (is_table(input))
		return MND_EXIT_OK;
	code = read_input(input, &choices, &policy);
	if (!code)
		mnd_print_warnings(input->path, &policy);
	if (!code)
		code = mnd_compile_policy(input->path, &policy, false, &table,
					  &size);
	mnd_policy_release(&policy);
	if (code)
		return code;
	free(input->bytes);
	input->bytes = (char *)table;
	input->length = size;
	return MND_EXIT_OK;
}

/**
 * mnd_verify_table - Verify a table
 *
 * @path: Its path, for messages.
 * @bytes: Its bytes.
 * @size: How many.
 * @table: Written; points into @bytes.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_verify_table(const char *path, const u8 *bytes, u32 size,
		     struct mnd_table *table)
{
	struct mnd_fault fault;

	if (!mnd_table_verify(table, bytes, size, &fault))
		return MND_EXIT_OK;
	return mnd_complain(MND_EXIT_INVALID, "%s: byte %u: the table is %s",
			    path, fault.offset, mnd_reject_text(fault.reject));
}

/**
 * mnd_read_table - Read a policy, as table or as source
 *
 * @path: Path; "-" for the standard input.
 * @bytes: Written: the table's bytes, to be freed.
 * @table: Written: the verified table.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_read_table(const char *path, u8 **bytes, struct mnd_table *table)
{
	struct mnd_input input;
	int code;

	code = mnd_read_file(path, &input);
	if (!code)
		code = ensure_table(&input);
	if (!code)
		code = mnd_verify_table(path, (const u8 *)input.bytes,
					(u32)input.length, table);
	if (code)
		free(input.bytes);
	else
		*bytes = (u8 *)input.bytes;
	return code;
}
