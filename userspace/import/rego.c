// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads a Rego module that only has data in it.  Whatever would have to be
 * evaluated is refused by name.
 */

#include "../toml/toml.h"
#include "rego_term.h"
#include "value_reader.h"

/**
 * struct rego - A module that is being read
 *
 * @reader: Its text; the first member, so that one is found by the other.
 * @module: What it becomes.
 * @rule: The rule that is being read.
 */
struct rego {
	struct mnd_value_reader reader;
	struct mnd_rego_module *module;
	struct mnd_rego_rule *rule;
};

static bool word_is(const struct mnd_value_reader *reader, const char *word)
{
	const size_t length = strlen(word);

	return mnd_value_word_length(reader) == length &&
	       !memcmp(reader->text + reader->at, word, length);
}

static bool take_word(struct mnd_value_reader *reader, const char *word)
{
	if (!word_is(reader, word))
		return false;
	reader->at += strlen(word);
	return true;
}

static bool take_character(struct mnd_value_reader *reader, char c)
{
	if (mnd_value_peek(reader) != c)
		return false;
	reader->at++;
	return true;
}

/* Words that begin something else than a rule. */
static bool at_keyword(const struct mnd_value_reader *reader)
{
	static const char *const keywords[] = {
		"as",	 "contains", "data",   "default", "else",  "every",
		"false", "if",	     "import", "in",	  "input", "not",
		"null",	 "package",  "some",   "true",	  "with",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keywords); i++)
		if (word_is(reader, keywords[i]))
			return true;
	return false;
}

static int take_name(struct mnd_value_reader *reader, const char *what,
		     const char **name)
{
	const size_t length = mnd_value_word_length(reader);

	if (!length)
		return mnd_value_unexpected(reader, what);
	*name = mnd_arena_copy(reader->arena, reader->text + reader->at,
			       length);
	reader->at += length;
	return *name ? 0 : mnd_value_out_of_memory(reader);
}

#define FREE_FORM "%s is a free-form rule, and " MND_REGO_ONLY_DATA

static int refuse_rule(const struct rego *rego)
{
	const struct mnd_rego_rule *rule = rego->rule;
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(rule->name, strlen(rule->name), quoted);
	return mnd_fail(rego->reader.error, rule->place.line,
			rule->place.column, FREE_FORM, quoted);
}

/* Refuses a word in a value. */
static int refuse_word(const struct rego *rego)
{
	const struct mnd_value_reader *reader = &rego->reader;
	char rule[MND_TOML_QUOTED_SIZE], word[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(rego->rule->name, strlen(rego->rule->name), rule);
	mnd_toml_quote(reader->text + reader->at, mnd_value_word_length(reader),
		       word);
	return mnd_value_fail(reader, FREE_FORM ": %s is none", rule, word);
}

/* Reads what is behind data in data.framework.NAME. */
static int read_reference(struct rego *rego, struct mnd_value *value)
{
	struct mnd_value_reader *reader = &rego->reader;

	if (!take_character(reader, '.') || !word_is(reader, "framework"))
		return refuse_rule(rego);
	take_word(reader, "framework");
	if (!take_character(reader, '.'))
		return refuse_rule(rego);
	value->boolean = true;
	return take_name(reader, "the name of a rule", &value->text);
}

static size_t count_members(const struct mnd_value_reader *reader)
{
	struct mnd_value_reader ahead = *reader;
	size_t count = 0, length;

	while (take_character(&ahead, '.')) {
		length = mnd_value_word_length(&ahead);
		if (!length)
			break;
		ahead.at += length;
		count++;
	}
	return count;
}

/* Reads .NAME, any number of times. */
static int read_members(struct mnd_value_reader *reader,
			struct mnd_value *value)
{
	struct mnd_value *member;
	int err = 0;

	value->count = count_members(reader);
	value->items =
		mnd_arena_alloc(reader->arena, value->count, sizeof(*member));
	if (!value->items)
		return mnd_value_out_of_memory(reader);
	for (member = value->items;
	     !err && member < value->items + value->count; member++) {
		reader->at++;
		member->type = MND_VALUE_STRING;
		err = take_name(reader, "a name", &member->text);
	}
	return err;
}

/* Reads what is behind parameter in parameter("NAME").NAME. */
static int read_parameter(struct rego *rego, struct mnd_value *value)
{
	struct mnd_value_reader *reader = &rego->reader;
	struct mnd_value name;
	int err;

	if (!take_character(reader, '(') || mnd_value_peek(reader) != '"')
		return refuse_rule(rego);
	err = mnd_value_read_string(reader, &name);
	if (err)
		return err;
	if (!take_character(reader, ')'))
		return refuse_rule(rego);
	value->text = name.text;
	value->length = name.length;
	return read_members(reader, value);
}

static int read_word(struct mnd_value_reader *reader, struct mnd_value *value)
{
	struct rego *rego = (struct rego *)reader;

	if (take_word(reader, "data"))
		return read_reference(rego, value);
	if (take_word(reader, "parameter"))
		return read_parameter(rego, value);
	return refuse_word(rego);
}

static void skip_blanks(struct mnd_value_reader *reader)
{
	while (mnd_value_peek(reader) == ' ' ||
	       mnd_value_peek(reader) == '\t' || mnd_value_peek(reader) == '\r')
		reader->at++;
}

/* A comment goes on to the end of the line, and need not be looked at. */
static bool at_line_end(struct mnd_value_reader *reader)
{
	int c;

	skip_blanks(reader);
	c = mnd_value_peek(reader);
	return c == '\n' || c == '#' || c == MND_END_OF_TEXT;
}

static int read_package(struct rego *rego)
{
	struct mnd_value_reader *reader = &rego->reader;
	int err;

	mnd_value_skip_space(reader);
	if (!take_word(reader, "package"))
		return mnd_value_unexpected(reader, "\"package\"");
	skip_blanks(reader);
	rego->module->package_place = mnd_value_place(reader);
	err = take_name(reader, "the name of a package",
			&rego->module->package);
	if (err || at_line_end(reader))
		return err;
	return mnd_value_unexpected(reader, "the end of the line");
}

#define IMPORTS "only rego.v1 and future.keywords can be imported"

/*
 * Reads what is behind import: these words change how other words are read, all
 * of which are refused anyway.
 */
static int read_import(struct rego *rego)
{
	struct mnd_value_reader *reader = &rego->reader;
	struct mnd_place place;

	skip_blanks(reader);
	place = mnd_value_place(reader);
	if (take_word(reader, "rego") && take_character(reader, '.') &&
	    take_word(reader, "v1") && at_line_end(reader))
		return 0;
	if (take_word(reader, "future") && take_character(reader, '.') &&
	    take_word(reader, "keywords")) {
		if (take_character(reader, '.'))
			reader->at += mnd_value_word_length(reader);
		if (at_line_end(reader))
			return 0;
	}
	return mnd_fail(reader->error, place.line, place.column, IMPORTS);
}

static int refuse_repeated(const struct rego *rego)
{
	const struct mnd_rego_rule *rule = rego->rule, *other;
	char quoted[MND_TOML_QUOTED_SIZE];

	for (other = rego->module->rules; other < rule; other++) {
		if (other->is_default != rule->is_default ||
		    strcmp(other->name, rule->name))
			continue;
		mnd_toml_quote(rule->name, strlen(rule->name), quoted);
		return mnd_fail(rego->reader.error, rule->place.line,
				rule->place.column,
				"rule %s, first defined on line %u", quoted,
				other->place.line);
	}
	return 0;
}

/* Takes := or =, but not ==. */
static bool take_assignment(struct mnd_value_reader *reader)
{
	const char *text = reader->text + reader->at;
	const size_t left = reader->length - reader->at;

	if (left >= 2 && text[0] == ':' && text[1] == '=') {
		reader->at += 2;
		return true;
	}
	if (left >= 2 && text[1] == '=')
		return false;
	return take_character(reader, '=');
}

static int read_rule(struct rego *rego, bool is_default)
{
	struct mnd_value_reader *reader = &rego->reader;
	struct mnd_rego_rule *rule;
	int err;

	if (rego->module->count == MND_REGO_MAX_RULES)
		return mnd_value_fail(reader, "more than %d rules",
				      MND_REGO_MAX_RULES);
	rule = &rego->module->rules[rego->module->count++];
	rego->rule = rule;
	rule->is_default = is_default;
	rule->place = mnd_value_place(reader);
	err = take_name(reader, "the name of a rule", &rule->name);
	if (err)
		return err;
	mnd_value_skip_space(reader);
	if (!take_assignment(reader))
		return refuse_rule(rego);
	mnd_value_skip_space(reader);
	err = mnd_value_read(reader, &rule->value);
	if (err)
		return err;
	if (!at_line_end(reader))
		return refuse_rule(rego);
	return refuse_repeated(rego);
}

#define PART "%s is part of a free-form rule, and " MND_REGO_ONLY_DATA

static int refuse_keyword(const struct mnd_value_reader *reader)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(reader->text + reader->at, mnd_value_word_length(reader),
		       quoted);
	return mnd_value_fail(reader, PART, quoted);
}

static int read_statement(struct rego *rego)
{
	struct mnd_value_reader *reader = &rego->reader;
	bool is_default;

	if (take_word(reader, "import"))
		return read_import(rego);
	is_default = take_word(reader, "default");
	if (is_default)
		mnd_value_skip_space(reader);
	if (at_keyword(reader))
		return refuse_keyword(reader);
	return read_rule(rego, is_default);
}

static int read_module(struct rego *rego)
{
	struct mnd_value_reader *reader = &rego->reader;
	int err;

	err = read_package(rego);
	while (!err) {
		mnd_value_skip_space(reader);
		if (mnd_value_peek(reader) == MND_END_OF_TEXT)
			return 0;
		err = read_statement(rego);
	}
	return err;
}

/**
 * mnd_rego_find - Find a rule that has a value
 *
 * @module: Module.
 * @name: Name.
 *
 * Return: The rule, or NULL if there is none.
 */
const struct mnd_rego_rule *mnd_rego_find(const struct mnd_rego_module *module,
					  const char *name)
{
	const struct mnd_rego_rule *found = NULL, *rule;
	size_t i;

	for (i = 0; i < module->count; i++) {
		rule = &module->rules[i];
		if (rule->missing || strcmp(rule->name, name))
			continue;
		if (!found || found->is_default)
			found = rule;
	}
	return found;
}

/**
 * mnd_rego_read - Read a module
 *
 * @arena: Owns what is read.
 * @text: Text; need not be terminated.
 * @length: Of @text, in bytes.
 * @parameters: Object of parameters that the module gets; or NULL if it cannot
 *	have any.
 * @module: Written.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no Rego, or has more in it than data.
 * - -E2BIG: It is longer than %MND_VALUE_MAX_SIZE.
 * - -ENOMEM: Out of memory.
 */
int mnd_rego_read(struct mnd_arena *arena, const char *text, size_t length,
		  const struct mnd_value *parameters,
		  struct mnd_rego_module *module, struct mnd_error *error)
{
	struct rego rego = {
		.reader = { .arena = arena,
			    .error = error,
			    .text = text,
			    .length = length,
			    .read_word = read_word },
		.module = module,
	};
	size_t i;
	int err;

	memset(module, 0, sizeof(*module));
	module->rules = mnd_arena_alloc(arena, MND_REGO_MAX_RULES,
					sizeof(*module->rules));
	if (!module->rules)
		return mnd_value_out_of_memory(&rego.reader);
	err = mnd_value_begin(&rego.reader);
	if (!err)
		err = read_module(&rego);
	mnd_value_end(&rego.reader);
	for (i = 0; !err && i < module->count; i++)
		err = mnd_rego_resolve(module, parameters, &module->rules[i],
				       error);
	return err;
}
