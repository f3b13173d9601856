// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Compares what an allowed process gets with what it must get: variables as a
 * set, each list of capabilities as a set, and its standard streams.
 */

#include <stdio.h>

#include "../capability_name.h"
#include "../policy/word.h"
#include "reply.h"
#include "../toml/toml.h"

static bool has_variables(enum mnd_point point)
{
	return point == MND_POINT_CREATE_CONTAINER ||
	       point == MND_POINT_EXEC_IN_CONTAINER ||
	       point == MND_POINT_EXEC_EXTERNAL;
}

static bool has_capabilities(enum mnd_point point)
{
	return point == MND_POINT_CREATE_CONTAINER ||
	       point == MND_POINT_EXEC_IN_CONTAINER;
}

static bool is_kept(const struct mnd_request *request,
		    const struct mnd_reply *reply, const char *variable)
{
	const char *const *strings = request->variables.strings;
	u32 i;

	for (i = 0; i < reply->variable_count; i++)
		if (!strcmp(strings[reply->variables[i]], variable))
			return true;
	return false;
}

static bool list_has(const struct mnd_fact_list *list, const char *string)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (!strcmp(list->strings[i], string))
			return true;
	return false;
}

static void tell(char *text, const char *what, const char *string)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(string, strlen(string), quoted);
	snprintf(text, MND_TEST_REPLY_SIZE, "%s %s", what, quoted);
}

static int compare_variables(struct mnd_test_reader *reader,
			     const struct mnd_request *request,
			     const struct mnd_reply *reply,
			     const json_t *expected, char *text)
{
	struct mnd_fact_list wanted;
	size_t i;
	int err;

	err = mnd_test_strings(reader, expected, "env", &wanted);
	if (err)
		return err;
	for (i = 0; i < wanted.count; i++) {
		if (is_kept(request, reply, wanted.strings[i]))
			continue;
		tell(text, "it must keep variable", wanted.strings[i]);
		return 0;
	}
	for (i = 0; i < reply->variable_count; i++) {
		const char *string =
			request->variables.strings[reply->variables[i]];

		if (list_has(&wanted, string))
			continue;
		tell(text, "it must not keep variable", string);
		return 0;
	}
	return 0;
}

/* Compares one of the five sets. */
static int compare_set(struct mnd_test_reader *reader, u64 got,
		       const json_t *expected, size_t set, char *text)
{
	struct mnd_fact_list wanted;
	char name[MND_CAPABILITY_SIZE];
	u64 bits = 0;
	size_t i;
	int err, number;

	err = mnd_test_strings(reader, expected, mnd_set_words[set], &wanted);
	for (i = 0; !err && i < wanted.count; i++) {
		number = mnd_capability_parse(wanted.strings[i]);
		if (number < 0)
			return mnd_test_fail(reader, "no such capability");
		bits |= 1ULL << number;
	}
	if (err || bits == got)
		return err;
	mnd_capability_format(__builtin_ctzll(bits ^ got), name);
	snprintf(text, MND_TEST_REPLY_SIZE, "%s must%s have %s",
		 mnd_set_words[set], bits & (bits ^ got) ? "" : " not", name);
	return 0;
}

static int compare_capabilities(struct mnd_test_reader *reader,
				const struct mnd_reply *reply,
				const json_t *expected, char *text)
{
	json_t *sets;
	size_t i;
	int err;

	err = mnd_test_member(reader, expected, "caps", JSON_OBJECT, &sets);
	for (i = 0; !err && !*text && i < __MND_CAPABILITY_SET_MAX; i++)
		err = compare_set(reader, reply->capabilities[i], sets, i,
				  text);
	return err;
}

/**
 * mnd_test_reply_compare - Compare what an allowed process gets
 *
 * @reader: Reader.
 * @request: Request that was allowed.
 * @reply: Its reply.
 * @expected: What it must be, in JSON.
 * @text: Written: the first difference, or nothing.
 *
 * Return: 0, or, with the reader's error written:
 *
 * - -EINVAL: What it must be is not understood.
 * - -ENOMEM: Out of memory.
 */
int mnd_test_reply_compare(struct mnd_test_reader *reader,
			   const struct mnd_request *request,
			   const struct mnd_reply *reply,
			   const json_t *expected,
			   char text[MND_TEST_REPLY_SIZE])
{
	bool stdio;
	int err;

	*text = 0;
	if (!has_variables(request->point))
		return 0;
	err = compare_variables(reader, request, reply, expected, text);
	if (!err && !*text && has_capabilities(request->point))
		err = compare_capabilities(reader, reply, expected, text);
	if (err || *text)
		return err;
	err = mnd_test_boolean(reader, expected, "stdio", &stdio);
	if (!err && stdio != reply->stdio)
		snprintf(text, MND_TEST_REPLY_SIZE,
			 "it must%s get its standard streams",
			 stdio ? "" : " not");
	return err;
}
