// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What `mandate check` is told about a process, in the words of the engine.
 */

#include <errno.h>
#include <stdlib.h>

#include "../../lsm/core/context.h"
#include "../capability_name.h"
#include "check.h"
#include "../hash_text.h"

static int out_of_memory(void)
{
	return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
}

/**
 * mnd_check_bad_word - Say that the value of an option is none
 *
 * @option: Option.
 * @word: Value.
 *
 * Return: MND_EXIT_USAGE.
 */
int mnd_check_bad_word(const char *option, const char *word)
{
	return mnd_complain(MND_EXIT_USAGE, "--%s: \"%s\" is none", option,
			    word);
}

/**
 * mnd_check_join - Put strings one after the other, each ended by a NUL
 *
 * @words: Strings.
 * @count: How many.
 * @size: Written: bytes of all of them.
 *
 * Return: The strings, to be freed; NULL if out of memory.
 */
char *mnd_check_join(const char *const words[], u32 count, size_t *size)
{
	char *text, *end;
	u32 i;

	*size = 0;
	for (i = 0; i < count; i++)
		*size += strlen(words[i]) + 1;
	text = malloc(*size + 1);
	if (!text)
		return NULL;
	for (i = 0, end = text; i < count; i++)
		end = stpcpy(end, words[i]) + 1;
	return text;
}

static int parse_id(const char *text, u32 *id)
{
	unsigned long long number;

	if (!*text || text[strspn(text, "0123456789")])
		return -EINVAL;
	errno = 0;
	number = strtoull(text, NULL, 10);
	if (errno || number > 0xffffffffU)
		return -EINVAL;
	*id = (u32)number;
	return 0;
}

static int take_environment(const struct mnd_facts_choices *choices,
			    const struct mnd_table *table,
			    struct mnd_process_facts *facts)
{
	size_t size;

	if (!choices->env.count && !choices->no_env)
		return MND_EXIT_OK;
	facts->known |= MND_FACT_ENVIRONMENT;
	facts->environment.strings =
		mnd_check_join(choices->env.words, choices->env.count, &size);
	facts->environment.count = choices->env.count;
	facts->scratch =
		calloc(mnd_scratch_words(table) + 1UL, sizeof(*facts->scratch));
	if (!facts->environment.strings || !facts->scratch)
		return out_of_memory();
	return MND_EXIT_OK;
}

static int take_user(const struct mnd_facts_choices *choices,
		     struct mnd_process_facts *facts)
{
	if (!choices->user)
		return MND_EXIT_OK;
	facts->known |= MND_FACT_USER;
	if (parse_id(choices->user, &facts->user))
		return mnd_check_bad_word("user", choices->user);
	return MND_EXIT_OK;
}

static int take_groups(const struct mnd_facts_choices *choices,
		       struct mnd_process_facts *facts)
{
	const struct mnd_words *groups = &choices->groups;
	u32 *ids;
	u32 i;

	if (!groups->count && !choices->no_groups)
		return MND_EXIT_OK;
	ids = calloc(groups->count + 1UL, sizeof(*ids));
	if (!ids)
		return out_of_memory();
	facts->known |= MND_FACT_GROUPS;
	facts->groups = ids;
	facts->group_count = groups->count;
	for (i = 0; i < groups->count; i++)
		if (parse_id(groups->words[i], &ids[i]))
			return mnd_check_bad_word("group", groups->words[i]);
	return MND_EXIT_OK;
}

static int take_umask(const struct mnd_facts_choices *choices,
		      struct mnd_process_facts *facts)
{
	const char *text = choices->umask;

	if (!text)
		return MND_EXIT_OK;
	if (strlen(text) != 4 || strspn(text, "01234567") != 4)
		return mnd_check_bad_word("umask", text);
	facts->known |= MND_FACT_UMASK;
	facts->umask = text;
	return MND_EXIT_OK;
}

static const char *const set_options[__MND_CAPABILITY_SET_MAX] = {
	[MND_BOUNDING] = "bounding",	   [MND_EFFECTIVE] = "effective",
	[MND_INHERITABLE] = "inheritable", [MND_PERMITTED] = "permitted",
	[MND_AMBIENT] = "ambient",
};

/* Names or numbers with commas between. */
static int parse_set(const char *option, const char *text, u64 *set)
{
	char *copy = strdup(text), *rest = copy, *word;
	int code = MND_EXIT_OK;
	int number;

	if (!copy)
		return out_of_memory();
	*set = 0;
	while (!code && (word = strsep(&rest, ","))) {
		number = mnd_capability_parse(word);
		if (number >= 0)
			*set |= 1ULL << number;
		else if (*word)
			code = mnd_check_bad_word(option, word);
	}
	free(copy);
	return code;
}

static int take_capabilities(const struct mnd_facts_choices *choices,
			     struct mnd_process_facts *facts)
{
	const char *word = choices->capabilities;
	int code = MND_EXIT_OK;
	size_t i;

	if (word && strcmp(word, "none")) {
		if (strcmp(word, "default") && strcmp(word, "privileged"))
			return mnd_check_bad_word("capabilities", word);
		mnd_default_capabilities(*word == 'p', facts->capabilities);
	}
	if (word)
		facts->known |= MND_FACT_CAPABILITIES;
	for (i = 0; !code && i < __MND_CAPABILITY_SET_MAX; i++) {
		if (!choices->sets[i])
			continue;
		facts->known |= MND_FACT_CAPABILITIES;
		code = parse_set(set_options[i], choices->sets[i],
				 &facts->capabilities[i]);
	}
	return code;
}

static int take_filters(const struct mnd_facts_choices *choices,
			struct mnd_process_facts *facts)
{
	const struct mnd_words *filters = &choices->filters;
	u8(*digests)[MND_HASH_SIZE];
	u32 i;

	if (!filters->count && !choices->no_filters)
		return MND_EXIT_OK;
	digests = calloc(filters->count + 1UL, sizeof(*digests));
	if (!digests)
		return out_of_memory();
	facts->known |= MND_FACT_FILTERS;
	facts->filters = (const u8(*)[MND_HASH_SIZE])digests;
	facts->filter_count = filters->count;
	for (i = 0; i < filters->count; i++)
		if (mnd_hash_parse(filters->words[i], digests[i]))
			return mnd_check_bad_word("filter", filters->words[i]);
	return MND_EXIT_OK;
}

/**
 * mnd_check_facts - Take what the command line says about a process
 *
 * @choices: What it says.
 * @table: Table that is going to be asked.
 * @facts: All zero; written, and to be freed, also after an error.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_check_facts(const struct mnd_facts_choices *choices,
		    const struct mnd_table *table,
		    struct mnd_process_facts *facts)
{
	int code = take_environment(choices, table, facts);

	if (!code)
		code = take_user(choices, facts);
	if (!code)
		code = take_groups(choices, facts);
	if (!code)
		code = take_umask(choices, facts);
	if (!code)
		code = take_capabilities(choices, facts);
	if (!code)
		code = take_filters(choices, facts);
	if (choices->cwd)
		facts->known |= MND_FACT_CWD;
	facts->cwd = choices->cwd;
	/* What else these two could be is denied as what is not known. */
	if (choices->no_new_privs)
		facts->known |= MND_FACT_NO_NEW_PRIVS;
	facts->no_new_privs = choices->no_new_privs;
	if (choices->no_stdio)
		facts->known |= MND_FACT_STDIO;
	return code;
}

/**
 * mnd_check_free_facts - Free what mnd_check_facts() allocated
 *
 * @facts: Facts.
 */
void mnd_check_free_facts(struct mnd_process_facts *facts)
{
	free((void *)facts->environment.strings);
	free(facts->scratch);
	free((void *)facts->groups);
	free((void *)facts->filters);
}
