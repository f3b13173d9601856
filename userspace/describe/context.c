// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a process has to be like, as source.
 */

#include "../capability_name.h"
#include "describer.h"
#include "../hash_text.h"
#include "matcher_text.h"
#include "../policy/word.h"
#include "variable_text.h"

static void print_principal(FILE *stream, const struct mnd_table *table,
			    const struct mnd_principal *principal)
{
	const u32 flags = le32_to_cpu(principal->flags);

	if (flags & MND_PRINCIPAL_ID) {
		fprintf(stream, "%u", le32_to_cpu(principal->id));
		return;
	}
	if (!(flags & MND_PRINCIPAL_RESOLVED)) {
		mnd_matcher_toml(stream, table, le32_to_cpu(principal->name));
		return;
	}
	fputs("{ name = ", stream);
	mnd_matcher_toml(stream, table, le32_to_cpu(principal->name));
	fprintf(stream, ", id = %u }", le32_to_cpu(principal->id));
}

static void print_groups(FILE *stream, const struct mnd_table *table, u32 list)
{
	const __le32 *words;
	u32 count, i;

	if (list == MND_LIST_NONE) {
		fputs("{ any = true }", stream);
		return;
	}
	words = mnd_list_words(table, cpu_to_le32(list));
	count = mnd_list_count(table, cpu_to_le32(list));
	putc('[', stream);
	for (i = 0; i < count && !ferror(stream); i++) {
		fputs(i ? ", " : "", stream);
		print_principal(stream, table,
				&table->principals[le32_to_cpu(words[i])]);
	}
	putc(']', stream);
}

/**
 * mnd_print_variables - Print what an environment may have
 *
 * @stream: Where to.
 * @table: Verified table.
 * @list: List of variables, or %MND_LIST_NONE.
 */
void mnd_print_variables(FILE *stream, const struct mnd_table *table, u32 list)
{
	const __le32 *words;
	u32 count, i;

	if (list == MND_LIST_NONE) {
		fputs("environment = { any = true }\n", stream);
		return;
	}
	words = mnd_list_words(table, cpu_to_le32(list));
	count = mnd_list_count(table, cpu_to_le32(list));
	fputs("environment = [", stream);
	for (i = 0; i < count && !ferror(stream); i++) {
		fputs("\n\t", stream);
		mnd_variable_toml(stream, table, le32_to_cpu(words[i]));
		putc(',', stream);
	}
	fputs(count ? "\n]\n" : "]\n", stream);
}

/**
 * mnd_print_digests - Print a key whose value is a list of digests
 *
 * @stream: Where to.
 * @table: Verified table.
 * @key: Key.
 * @list: List of digests.
 */
void mnd_print_digests(FILE *stream, const struct mnd_table *table,
		       const char *key, u32 list)
{
	const __le32 *words = mnd_list_words(table, cpu_to_le32(list));
	const u32 count = mnd_list_count(table, cpu_to_le32(list));
	char text[MND_HASH_TEXT_SIZE];
	u32 i;

	fprintf(stream, "%s = [", key);
	for (i = 0; i < count && !ferror(stream); i++) {
		mnd_hash_format(table->digests[le32_to_cpu(words[i])], text);
		fprintf(stream, "\n\t\"%s\",", text);
	}
	fputs(count ? "\n]\n" : "]\n", stream);
}

static void print_capability(FILE *stream, int number)
{
	char name[MND_CAPABILITY_SIZE];

	mnd_capability_format(number, name);
	fprintf(stream, *name == 'C' ? "\"%s\"" : "%s", name);
}

/* A list that is longer than its set names the first one again. */
static void print_set(FILE *stream, u64 set, u32 length)
{
	u32 count = 0;
	int i;

	putc('[', stream);
	for (i = 0; i < (int)MND_CAPABILITY_MAX; i++) {
		if (!(set >> i & 1))
			continue;
		fputs(count++ ? ", " : "", stream);
		print_capability(stream, i);
	}
	for (; set && count < length && !ferror(stream); count++) {
		fputs(", ", stream);
		print_capability(stream, __builtin_ctzll(set));
	}
	fputs("]\n", stream);
}

static void print_capabilities(FILE *stream,
			       const struct mnd_capabilities *capabilities)
{
	size_t i;

	switch ((enum mnd_capability_rule)le16_to_cpu(capabilities->rule)) {
	case MND_CAPABILITIES_ANY:
		fputs("capabilities = \"any\"\n", stream);
		return;
	case MND_CAPABILITIES_DEFAULT:
		fputs("capabilities = \"default\"\n", stream);
		return;
	case MND_CAPABILITIES_EQUAL:
		break;
	case MND_CAPABILITIES_NONE:
	case __MND_CAPABILITY_RULE_MAX:
		fputs("capabilities = \"none\"\n", stream);
		return;
	}
	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++) {
		fprintf(stream, "capabilities.%s = ", mnd_set_words[i]);
		print_set(stream, le64_to_cpu(capabilities->sets[i]),
			  le16_to_cpu(capabilities->lengths[i]));
	}
}

static void print_seccomp(FILE *stream, const struct mnd_table *table,
			  const struct mnd_context_view *context)
{
	if (context->filters != MND_LIST_NONE)
		mnd_print_digests(stream, table, "seccomp", context->filters);
	else if (context->flags & MND_CONTEXT_FILTERED)
		fputs("seccomp = \"required\"\n", stream);
	else
		fputs("seccomp = \"any\"\n", stream);
}

/* Only four octal digits are a umask as it is meant to be written. */
static void print_umask(FILE *stream, const struct mnd_table *table,
			u32 matcher)
{
	const char *text;

	fputs("umask = ", stream);
	if (!(matcher & MND_MATCH_PATTERN)) {
		text = mnd_string(table, matcher);
		if (strlen(text) != 4 || strspn(text, "01234567") != 4) {
			fputs("{ ", stream);
			mnd_matcher_toml_keys(stream, table, matcher);
			fputs(" }\n", stream);
			return;
		}
	}
	mnd_matcher_toml(stream, table, matcher);
	putc('\n', stream);
}

static void print_match(FILE *stream, const struct mnd_table *table,
			const char *key, u32 matcher)
{
	fprintf(stream, "%s = ", key);
	mnd_matcher_toml(stream, table, matcher);
	putc('\n', stream);
}

static void print_flag(FILE *stream, const char *key, u32 flag)
{
	fprintf(stream, "%s = %s\n", key, flag ? "true" : "false");
}

static void print_key(FILE *stream, const struct mnd_table *table,
		      const struct mnd_context_view *context,
		      enum mnd_context_key key)
{
	const char *word = mnd_context_words[key];

	switch (key) {
	case MND_CONTEXT_CWD:
		print_match(stream, table, word, context->cwd);
		break;
	case MND_CONTEXT_USER:
		fprintf(stream, "%s = ", word);
		print_principal(stream, table, context->user);
		putc('\n', stream);
		break;
	case MND_CONTEXT_GROUPS:
		fprintf(stream, "%s = ", word);
		print_groups(stream, table, context->groups);
		putc('\n', stream);
		break;
	case MND_CONTEXT_UMASK:
		print_umask(stream, table, context->umask);
		break;
	case MND_CONTEXT_CAPABILITIES:
		print_capabilities(stream, context->capabilities);
		break;
	case MND_CONTEXT_NO_NEW_PRIVILEGES:
		print_flag(stream, word,
			   context->flags & MND_CONTEXT_NO_NEW_PRIVS);
		break;
	case MND_CONTEXT_STREAMS:
		print_flag(stream, word, context->flags & MND_CONTEXT_STDIO);
		break;
	case MND_CONTEXT_SECCOMP:
		print_seccomp(stream, table, context);
		break;
	case MND_CONTEXT_PROFILE:
		print_match(stream, table, word, context->profile);
		break;
	case MND_CONTEXT_ENVIRONMENT:
		mnd_print_variables(stream, table, context->variables);
		break;
	case __MND_CONTEXT_KEY_MAX:
		break;
	}
}

/**
 * mnd_print_context - Print the keys of a context that are not inherited
 *
 * @stream: Where to.
 * @table: Verified table.
 * @context: Context.
 * @inherited: What holds for a key that is not printed.
 */
void mnd_print_context(FILE *stream, const struct mnd_table *table,
		       const struct mnd_context_view *context,
		       const struct mnd_context_view *inherited)
{
	enum mnd_context_key key;

	for (key = 0; key < __MND_CONTEXT_KEY_MAX; key++)
		if (!mnd_context_same(context, inherited, key))
			print_key(stream, table, context, key);
}
