// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fragments, transparency trust lists and platform rules, as hcsshim's Rego has
 * them.
 */

#include <stdlib.h>

#include "../toml/toml.h"
#include "hcsshim_rego.h"

/* The machine compares the parameters of each with those of each. */
#define MAX_FRAGMENTS 4096

/* What an entry without parameters gives: nothing, or no parameters. */
#define NO_PARAMETERS ""
#define OLD_PARAMETERS "{}"

static int read_include(struct mnd_import *import, const struct mnd_text *word,
			u32 *includes)
{
	static const struct {
		const char *word;
		u32 include;
	} known[] = {
		{ "containers", MND_INCLUDE_CONTAINERS },
		{ "fragments", MND_INCLUDE_FRAGMENTS },
		{ "external_processes", MND_INCLUDE_EXTERNAL_PROCESSES },
		{ "namespace", MND_INCLUDE_NAMESPACE },
		{ "platform_rules", MND_INCLUDE_PLATFORM_RULES },
		{ "transparency_trust_lists", MND_INCLUDE_TRUST_LISTS },
	};
	char quoted[MND_TOML_QUOTED_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		if (strcmp(known[i].word, word->text))
			continue;
		*includes |= known[i].include;
		return 0;
	}
	mnd_toml_quote(word->text, word->length, quoted);
	return mnd_value_object_to(import, &word->place,
				   "a fragment has no %s to include", quoted);
}

static int read_includes(struct mnd_import *import,
			 const struct mnd_value *value, u32 *includes)
{
	const struct mnd_text *words = NULL;
	size_t count = 0;
	size_t i;
	int err;

	err = mnd_value_texts(import, value, &words, &count);
	for (i = 0; !err && i < count; i++)
		err = read_include(import, &words[i], includes);
	return err;
}

/* A number may also be written as one, and not only as a string. */
static int read_svn(struct mnd_import *import, const struct mnd_value *value,
		    const char **svn)
{
	*svn = value->text;
	if (value->type == MND_VALUE_NUMBER)
		return 0;
	return mnd_value_want(import, value, MND_VALUE_STRING);
}

/*
 * hcsshim fills in what an old policy lacks, but not before it looks for the
 * parameters that a fragment gives.
 */
static const char *default_parameters(const struct mnd_rego_import *reader)
{
	if (reader->framework >= MND_FRAMEWORK_VERSION ||
	    reader->import->options->fragment)
		return NO_PARAMETERS;
	return OLD_PARAMETERS;
}

static int read_parameters(struct mnd_import *import,
			   const struct mnd_value *value, const char **text)
{
	int err;

	if (!value)
		return 0;
	err = mnd_value_want(import, value, MND_VALUE_OBJECT);
	if (err)
		return err;
	if (mnd_value_write(&import->policy->arena, value, text))
		return mnd_hcsshim_out_of_memory(import);
	return 0;
}

/* A fragment as it was written. */
struct fragment {
	const struct mnd_value *issuer;
	const struct mnd_value *feed;
	const struct mnd_value *minimum_svn;
	const struct mnd_value *includes;
	const struct mnd_value *receipts;
	const struct mnd_value *parameters;
};

/* So many members a fragment must have, and they come first. */
#define FRAGMENT_REQUIRED 4

static int take_fragment(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct fragment *fragment, bool *complete)
{
	const struct mnd_value_pick picks[] = {
		{ "issuer", &fragment->issuer },
		{ "feed", &fragment->feed },
		{ "minimum_svn", &fragment->minimum_svn },
		{ "includes", &fragment->includes },
		{ "required_receipts", &fragment->receipts },
		{ "parameters", &fragment->parameters },
	};
	const struct mnd_value_picks all = { "a fragment", picks,
					     ARRAY_SIZE(picks) };

	return mnd_rego_take(import, value, &all, FRAGMENT_REQUIRED,
			     "no fragment is admitted by what", complete);
}

static int read_fragment(const struct mnd_rego_import *reader,
			 const struct mnd_value *value)
{
	struct mnd_import *import = reader->import;
	struct mnd_policy_source *policy = import->policy;
	struct mnd_fragment_rule *rule;
	struct fragment fragment = { NULL };
	struct mnd_text issuer, feed;
	bool complete;
	int err;

	err = take_fragment(import, value, &fragment, &complete);
	if (err || !complete)
		return err;
	rule = &policy->fragments[policy->fragment_count++];
	rule->place = value->place;
	err = mnd_value_text(import, fragment.issuer, &issuer);
	if (!err)
		err = mnd_value_text(import, fragment.feed, &feed);
	if (!err)
		err = read_svn(import, fragment.minimum_svn,
			       &rule->minimum_svn);
	if (!err)
		err = read_includes(import, fragment.includes, &rule->includes);
	if (!err)
		err = mnd_value_strings(import, fragment.receipts,
					&rule->receipts);
	if (err)
		return err;
	rule->issuer = issuer.text;
	rule->feed = feed.text;
	rule->parameters = default_parameters(reader);
	return read_parameters(import, fragment.parameters, &rule->parameters);
}

/**
 * mnd_rego_fragments - Add the fragments that a module admits to the policy
 *
 * @reader: Module.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: One of them is not understood.
 * - -ENOMEM: Out of memory.
 */
int mnd_rego_fragments(const struct mnd_rego_import *reader)
{
	struct mnd_policy_source *policy = reader->import->policy;
	const struct mnd_value *list = NULL;
	size_t i;
	int err;

	err = mnd_rego_list(reader, "fragments", &list);
	if (err || !list || reader->framework > MND_FRAMEWORK_VERSION)
		return err;
	if (list->count > MAX_FRAGMENTS)
		return mnd_value_refuse(reader->import, list,
					"more than %d fragments",
					MAX_FRAGMENTS);
	policy->fragments = mnd_arena_alloc(&policy->arena, list->count,
					    sizeof(*policy->fragments));
	if (!policy->fragments)
		return mnd_hcsshim_out_of_memory(reader->import);
	for (i = 0; !err && i < list->count; i++)
		err = read_fragment(reader, &list->items[i]);
	return err;
}

/* A trust list as it was written. */
struct trust_list {
	const struct mnd_value *issuer;
	const struct mnd_value *subject;
	const struct mnd_value *minimum_svn;
	const struct mnd_value *ledgers;
};

static int take_trust_list(struct mnd_import *import,
			   const struct mnd_value *value,
			   struct trust_list *list, bool *complete)
{
	const struct mnd_value_pick picks[] = {
		{ "issuer", &list->issuer },
		{ "subject", &list->subject },
		{ "minimum_svn", &list->minimum_svn },
		{ "allowed_ledgers", &list->ledgers },
	};
	const struct mnd_value_picks all = { "a transparency trust list", picks,
					     ARRAY_SIZE(picks) };

	return mnd_rego_take(import, value, &all, ARRAY_SIZE(picks),
			     "no trust list is admitted by what", complete);
}

/* That of a trust list is always a number, but can be written as a string. */
static int read_number(struct mnd_import *import, const struct mnd_value *value,
		       u64 *number)
{
	const char *text;
	char *end;
	int err;

	err = read_svn(import, value, &text);
	if (err)
		return err;
	errno = 0;
	*number = strtoull(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || errno || *end)
		return mnd_value_refuse(import, value,
					"must be a whole number from 0 on");
	return 0;
}

static int read_trust_list(struct mnd_import *import,
			   const struct mnd_value *value)
{
	struct mnd_policy_source *policy = import->policy;
	struct mnd_trust_list_rule *rule;
	struct trust_list list = { NULL };
	struct mnd_text issuer, subject;
	bool complete;
	int err;

	err = take_trust_list(import, value, &list, &complete);
	if (err || !complete)
		return err;
	rule = &policy->trust_lists[policy->trust_list_count++];
	rule->place = value->place;
	err = mnd_value_text(import, list.issuer, &issuer);
	if (!err)
		err = mnd_value_text(import, list.subject, &subject);
	if (!err)
		err = read_number(import, list.minimum_svn, &rule->minimum_svn);
	if (err)
		return err;
	rule->issuer = issuer.text;
	rule->subject = subject.text;
	return mnd_value_strings(import, list.ledgers, &rule->ledgers);
}

/**
 * mnd_rego_trust_lists - Add the trust lists that a module admits to the policy
 *
 * @reader: Module.
 *
 * Return: As mnd_rego_fragments().
 */
int mnd_rego_trust_lists(const struct mnd_rego_import *reader)
{
	struct mnd_policy_source *policy = reader->import->policy;
	const struct mnd_value *list = NULL;
	size_t i;
	int err;

	err = mnd_rego_list(reader, "transparency_trust_lists", &list);
	if (err || !list)
		return err;
	policy->trust_lists = mnd_arena_alloc(&policy->arena, list->count,
					      sizeof(*policy->trust_lists));
	if (!policy->trust_lists)
		return mnd_hcsshim_out_of_memory(reader->import);
	for (i = 0; !err && i < list->count; i++)
		err = read_trust_list(reader->import, &list->items[i]);
	return err;
}

static int read_platform(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct mnd_platform_rule *rule)
{
	const struct mnd_value *env_rules = NULL, *mounts = NULL;
	const struct mnd_value_pick picks[] = {
		{ "env_rules", &env_rules },
		{ "mounts", &mounts },
	};
	const struct mnd_value_picks all = { "a platform rule", picks,
					     ARRAY_SIZE(picks) };
	int err;

	err = mnd_value_take(import, value, &all);
	if (!err)
		err = mnd_rego_variables(import, env_rules, &rule->variables);
	return err ? err : mnd_rego_volumes(import, mounts, &rule->volumes);
}

/**
 * mnd_rego_platforms - Add the platform rules of a module to the policy
 *
 * @reader: Module.
 *
 * Return: As mnd_rego_containers().
 */
int mnd_rego_platforms(const struct mnd_rego_import *reader)
{
	struct mnd_policy_source *policy = reader->import->policy;
	const struct mnd_value *list = NULL;
	size_t i;
	int err;

	err = mnd_rego_list(reader, "platform_rules", &list);
	if (err || !list || reader->framework > MND_FRAMEWORK_VERSION)
		return err;
	policy->platforms = mnd_arena_alloc(&policy->arena, list->count,
					    sizeof(*policy->platforms));
	if (!policy->platforms)
		return mnd_hcsshim_out_of_memory(reader->import);
	policy->platform_count = list->count;
	for (i = 0; !err && i < list->count; i++)
		err = read_platform(reader->import, &list->items[i],
				    &policy->platforms[i]);
	return err;
}
