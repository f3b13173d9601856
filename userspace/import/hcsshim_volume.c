// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Mounts that a policy of hcsshim allows.  The source of one can begin with a
 * word that stands for a directory of the pod, and is an expression then.
 */

#include "../toml/toml.h"
#include "hcsshim_pattern.h"
#include "pattern_scan.h"

/*
 * Words for directories of the pod, and what stands for these in a pattern.
 * Who matches puts the same in front of what is behind the directory's name.
 */
static const struct prefix {
	const char *word;
	const char *place;
} prefixes[] = {
	{ "sandbox://", MND_VOLUME_PLACE "s" },
	{ "hugepages://", MND_VOLUME_PLACE "h" },
};

static const struct prefix *find_prefix(const char *source)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (!strncmp(source, prefixes[i].word,
			     strlen(prefixes[i].word)))
			return &prefixes[i];
	return NULL;
}

/* Puts the directory in the place of its word, as often as that is there. */
static int insert_place(struct mnd_import *import, const struct prefix *prefix,
			const struct mnd_text *source, struct mnd_text *text)
{
	const size_t word = strlen(prefix->word);
	const size_t place = strlen(prefix->place);
	const char *at = source->text, *next;
	char *bytes;

	/* A place is shorter than a word. */
	bytes = mnd_arena_alloc(&import->policy->arena, source->length + 1, 1);
	if (!bytes)
		return mnd_hcsshim_out_of_memory(import);
	text->text = bytes;
	text->place = source->place;
	while ((next = strstr(at, prefix->word))) {
		memcpy(bytes, at, (size_t)(next - at));
		bytes += next - at;
		memcpy(bytes, prefix->place, place);
		bytes += place;
		at = next + word;
	}
	memcpy(bytes, at, strlen(at));
	text->length = (size_t)(bytes - text->text) + strlen(at);
	return 0;
}

/* Characters that only stand for themselves, and not for a directory. */
static bool is_apart(char c)
{
	if (memchr("sShH", c, 4))
		return false;
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || memchr("/_-=:,@%~", c, 9);
}

/*
 * Whether what follows a bar can match nothing of what stands for a directory,
 * because that is not what it begins with.
 */
static bool begins_apart(struct mnd_pattern_scan *scan)
{
	if (scan->at < scan->length && scan->text[scan->at] == '^')
		scan->at++;
	if (scan->at == scan->length || !is_apart(scan->text[scan->at]))
		return false;
	scan->at++;
	return !mnd_pattern_at_repeat(scan);
}

/*
 * Whether @text means the same with the place in it as with the directory.
 * What the expression begins with stands for it, and nothing else may.
 */
static bool keeps_meaning(const struct mnd_text *text)
{
	struct mnd_pattern_scan scan = { text->text, text->length, 0, 0 };
	enum mnd_pattern_item item;

	scan.at = strlen(MND_VOLUME_PLACE) + 1;
	if (mnd_pattern_at_repeat(&scan))
		return false;
	do {
		item = mnd_pattern_next(&scan);
		if (item == MND_PATTERN_BAR && !begins_apart(&scan))
			return false;
	} while (item != MND_PATTERN_END);
	return true;
}

#define APART                                                         \
	"nothing matches %s as an expression: what it says about the" \
	" directory of the pod cannot be imported"

static int set_pattern(struct mnd_import *import, const struct mnd_text *source,
		       struct mnd_match_rule *rule)
{
	const struct prefix *prefix = find_prefix(source->text);
	char quoted[MND_TOML_QUOTED_SIZE];
	struct mnd_text text;
	int err;

	rule->matching = MND_MATCHING_NONE;
	rule->place = source->place;
	if (!prefix)
		return 0;
	err = insert_place(import, prefix, source, &text);
	if (err)
		return err;
	if (keeps_meaning(&text))
		return mnd_hcsshim_search(import, source, &text, rule);
	mnd_toml_quote(source->text, source->length, quoted);
	return mnd_hcsshim_warn(import, &source->place, APART, quoted);
}

/**
 * mnd_hcsshim_volume - Make a rule of a mount
 *
 * @import: Import.
 * @type: Type.
 * @destination: Where, in the container.
 * @source: What is mounted there.
 * @options: Options.
 * @option_count: How many.
 * @rule: Written.
 *
 * All strings must outlive the policy.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -E2BIG: The source is over a limit of mnd_hcsshim_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_volume(struct mnd_import *import, const struct mnd_text *type,
		       const struct mnd_text *destination,
		       const struct mnd_text *source,
		       const struct mnd_text *options, size_t option_count,
		       struct mnd_volume_rule *rule)
{
	size_t i;

	rule->type = type->text;
	rule->destination = destination->text;
	rule->source = source->text;
	rule->place = source->place;
	rule->option_count = option_count;
	rule->options = mnd_arena_alloc(&import->policy->arena, option_count,
					sizeof(*rule->options));
	if (!rule->options)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; i < option_count; i++)
		rule->options[i] = options[i].text;
	return set_pattern(import, source, &rule->pattern);
}
