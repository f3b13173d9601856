// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a policy of hcsshim says about single things: a variable, a user or a
 * group, a capability, a signal.
 */

#include "../capability_name.h"
#include "../toml/toml.h"
#include "hcsshim.h"

static bool is(const struct mnd_text *text, const char *what)
{
	return !strcmp(text->text, what);
}

static int warn_strategy(struct mnd_import *import,
			 const struct mnd_text *strategy)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(strategy->text, strategy->length, quoted);
	return mnd_hcsshim_warn(import, &strategy->place,
				"nothing matches this: there is no strategy %s",
				quoted);
}

static void use_exact(const struct mnd_text *text, struct mnd_match_rule *rule)
{
	rule->matching = MND_MATCHING_EXACT;
	rule->text = text->text;
	rule->length = text->length;
	rule->place = text->place;
}

static void use_none(const struct mnd_text *text, struct mnd_match_rule *rule)
{
	rule->matching = MND_MATCHING_NONE;
	rule->place = text->place;
}

static int make_match(struct mnd_import *import, const struct mnd_text *text,
		      const struct mnd_text *strategy,
		      struct mnd_match_rule *rule)
{
	if (is(strategy, "re2"))
		return mnd_hcsshim_pattern(import, text, rule);
	if (is(strategy, "string")) {
		use_exact(text, rule);
		return 0;
	}
	use_none(text, rule);
	return warn_strategy(import, strategy);
}

/**
 * mnd_hcsshim_variable - Make a rule for a whole string of an environment
 *
 * @import: Import.
 * @pattern: What it must be.
 * @strategy: "string" or "re2"; by any other nothing is right.
 * @required: One string of the environment must be like this.
 * @rule: Written.
 *
 * All strings must outlive the policy.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -E2BIG: It is over a limit of mnd_hcsshim_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_variable(struct mnd_import *import,
			 const struct mnd_text *pattern,
			 const struct mnd_text *strategy, bool required,
			 struct mnd_variable_rule *rule)
{
	memset(rule, 0, sizeof(*rule));
	rule->whole = true;
	rule->required = required;
	rule->place = pattern->place;
	return make_match(import, pattern, strategy, &rule->value);
}

/**
 * mnd_hcsshim_name_value - Make a rule for a variable
 *
 * @import: Import.
 * @name: What must be before the first "=".
 * @name_strategy: As for mnd_hcsshim_variable().
 * @value: What must be behind it.
 * @value_strategy: As for mnd_hcsshim_variable().
 * @required: One string of the environment must be like this.
 * @rule: Written.
 *
 * Return: As mnd_hcsshim_variable().
 */
int mnd_hcsshim_name_value(struct mnd_import *import,
			   const struct mnd_text *name,
			   const struct mnd_text *name_strategy,
			   const struct mnd_text *value,
			   const struct mnd_text *value_strategy, bool required,
			   struct mnd_variable_rule *rule)
{
	int err;

	memset(rule, 0, sizeof(*rule));
	rule->required = required;
	rule->place = name->place;
	err = make_match(import, name, name_strategy, &rule->name);
	return err ? err :
		     make_match(import, value, value_strategy, &rule->value);
}

/* Whether @text is a number as a request would write it. */
static bool read_id(const char *text, u32 *id)
{
	u64 number = 0;

	if (!*text || (*text == '0' && text[1]))
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		number = number * 10 + (u64)(*text - '0');
		if (number > 0xffffffffU)
			return false;
	}
	*id = (u32)number;
	return true;
}

static int make_id(struct mnd_import *import, const struct mnd_text *text,
		   struct mnd_principal_rule *rule)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	if (read_id(text->text, &rule->id)) {
		rule->has_id = true;
		return 0;
	}
	use_none(text, &rule->name);
	mnd_toml_quote(text->text, text->length, quoted);
	return mnd_hcsshim_warn(import, &text->place,
				"nobody is like this: no number is written %s",
				quoted);
}

/**
 * mnd_hcsshim_principal - Make a rule for a user or a group
 *
 * @import: Import.
 * @pattern: What it must be.
 * @strategy: "any", "id", "name" or "re2"; by any other nobody is right.
 * @rule: Written.
 *
 * All strings must outlive the policy.
 *
 * Return: As mnd_hcsshim_variable().
 */
int mnd_hcsshim_principal(struct mnd_import *import,
			  const struct mnd_text *pattern,
			  const struct mnd_text *strategy,
			  struct mnd_principal_rule *rule)
{
	memset(rule, 0, sizeof(*rule));
	if (is(strategy, "any"))
		return 0;
	if (is(strategy, "id"))
		return make_id(import, pattern, rule);
	if (is(strategy, "re2"))
		return mnd_hcsshim_pattern(import, pattern, &rule->name);
	if (is(strategy, "name")) {
		use_exact(pattern, &rule->name);
		return 0;
	}
	use_none(pattern, &rule->name);
	return warn_strategy(import, strategy);
}

#define NO_CAPABILITY "no process is like this: there is no capability %s"

static int unknown_capability(struct mnd_import *import,
			      struct mnd_capability_lists *lists,
			      const struct mnd_text *name)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	lists->rule = MND_CAPABILITIES_NONE;
	mnd_toml_quote(name->text, name->length, quoted);
	return mnd_hcsshim_warn(import, &name->place, NO_CAPABILITY, quoted);
}

/**
 * mnd_hcsshim_capability - Add a capability to one of five lists
 *
 * @import: Import.
 * @lists: Lists, which are compared for being equal.
 * @set: Which of them.
 * @name: Name; by one that is not known no lists are right.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: The list is longer than one can be.
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_capability(struct mnd_import *import,
			   struct mnd_capability_lists *lists,
			   enum mnd_capability_set set,
			   const struct mnd_text *name)
{
	const int capability = mnd_capability_number(name->text);

	if (capability < 0)
		return unknown_capability(import, lists, name);
	if (lists->lengths[set] == 0xffff)
		return mnd_fail(import->error, name->place.line,
				name->place.column,
				"more than 65,535 capabilities");
	lists->lengths[set]++;
	lists->sets[set] |= 1ULL << capability;
	return 0;
}

/**
 * mnd_hcsshim_signal - Add a signal to a set
 *
 * @import: Import.
 * @place: Where it was written.
 * @number: Number; nobody can send one that does not exist, so that such a one
 *	is left out with a warning.
 * @signals: Set.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: There is no such signal, and the import is strict.
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_signal(struct mnd_import *import, const struct mnd_place *place,
		       long long number, u64 *signals)
{
	if (number >= 1 && number <= MND_SIGNAL_MAX) {
		*signals |= 1ULL << (number - 1);
		return 0;
	}
	if (import->options->strict)
		return mnd_fail(import->error, place->line, place->column,
				"there is no signal %lld", number);
	return mnd_hcsshim_warn(import, place, "there is no signal %lld",
				number);
}
