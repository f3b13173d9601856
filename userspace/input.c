// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the files that subcommands are given: policies as source or as table.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "../lsm/core/verify.h"
#include "cli.h"
#include "compile.h"
#include "policy.h"
#include "toml.h"

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
 * @bytes: Written: the content, to be freed, also after an error.
 * @length: Written: its length, in bytes.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_read_file(const char *path, char **bytes, size_t *length)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *stream = is_stdin ? stdin : fopen(path, "re");
	int err;

	*bytes = NULL;
	if (!stream)
		return mnd_complain(mnd_exit_of(-errno), "%s: %s", path,
				    strerror(errno));
	err = read_stream(stream, bytes, length);
	if (!is_stdin)
		fclose(stream);
	if (err)
		return mnd_complain(err == -EISDIR ? MND_EXIT_INVALID :
						     mnd_exit_of(err),
				    "%s: %s", path, strerror(-err));
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

/**
 * mnd_compile_file - Compile a source that has been read
 *
 * @path: Its path, for messages.
 * @text: The source.
 * @length: Of @text, in bytes.
 * @strip: Leave out where rules were written.
 * @table: Written: the table, to be freed.
 * @size: Written: its length, in bytes.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_compile_file(const char *path, const char *text, size_t length,
		     bool strip, u8 **table, u32 *size)
{
	struct mnd_policy_source policy;
	struct mnd_error error = {};
	int err;

	err = mnd_policy_read(text, length, &policy, &error);
	if (!err)
		err = mnd_compile(&policy, strip, table, size, &error);
	mnd_policy_release(&policy);
	return err ? complain_of_source(path, err, &error) : MND_EXIT_OK;
}

static bool is_table(const char *bytes, size_t length)
{
	return length >= MND_TABLE_MAGIC_SIZE &&
	       !memcmp(bytes, MND_TABLE_MAGIC, MND_TABLE_MAGIC_SIZE);
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
	struct mnd_fault fault;
	char *input;
	size_t length;
	u32 size;
	int code;

	code = mnd_read_file(path, &input, &length);
	if (code)
		goto out_free;
	if (!is_table(input, length)) {
		code = mnd_compile_file(path, input, length, false, bytes,
					&size);
		if (!code && mnd_table_verify(table, *bytes, size, &fault))
			abort();
		goto out_free;
	}
	if (mnd_table_verify(table, (u8 *)input, (u32)length, &fault)) {
		code = mnd_complain(MND_EXIT_INVALID,
				    "%s: byte %u: the table is %s", path,
				    fault.offset,
				    mnd_reject_text(fault.reject));
		goto out_free;
	}
	*bytes = (u8 *)input;
	return MND_EXIT_OK;
out_free:
	free(input);
	return code;
}
