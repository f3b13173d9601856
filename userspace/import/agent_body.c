// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the body of a rule of a policy for Kata's agent, if it has nothing but
 * what guides for such policies use.  Anything else is refused where it stands.
 */

#include "../toml/toml.h"
#include "agent_policy.h"
#include "agent_scan.h"

/**
 * struct parser - A body that is being read
 *
 * @reader: Its text.
 * @body: What it becomes.
 * @every: It is inside of a statement that begins with "every".
 */
struct parser {
	struct mnd_value_reader reader;
	struct mnd_agent_body *body;
	bool every;
};

static int refuse_word(struct mnd_value_reader *reader, struct mnd_value *value)
{
	(void)value;
	return mnd_value_unexpected(reader, "a string");
}

/* Skips what is in brackets behind a name: a number or a string. */
static int skip_index(struct mnd_value_reader *reader)
{
	struct mnd_value index;
	int err;

	if (mnd_value_peek(reader) == '"')
		err = mnd_value_read_string(reader, &index);
	else
		err = mnd_value_read_number(reader, &index);
	if (!err && !mnd_agent_take(reader, ']'))
		err = mnd_value_unexpected(reader, "\"]\"");
	return err;
}

/* Reads NAME, and any number of .NAME and [INDEX] behind it. */
static int read_path(struct mnd_value_reader *reader,
		     struct mnd_agent_term *term)
{
	const char *first = reader->text + reader->at;
	const char *name;
	int err;

	err = mnd_agent_take_name(reader, &name);
	while (!err) {
		if (mnd_agent_take(reader, '.'))
			err = mnd_agent_take_name(reader, &name);
		else if (mnd_agent_take(reader, '['))
			err = skip_index(reader);
		else
			break;
	}
	if (err)
		return err;
	term->kind = MND_AGENT_PATH;
	term->text =
		mnd_arena_copy(reader->arena, first,
			       (size_t)(reader->text + reader->at - first));
	return term->text ? 0 : mnd_value_out_of_memory(reader);
}

/* Reads a string, an array, or a path. */
static int read_simple(struct mnd_value_reader *reader,
		       struct mnd_agent_term *term)
{
	const int c = mnd_value_peek(reader);
	int err;

	term->place = mnd_value_place(reader);
	if (mnd_value_word_length(reader))
		return read_path(reader, term);
	if (c != '"' && c != '`' && c != '[')
		return mnd_value_unexpected(reader,
					    "a string, an array or a name");
	term->kind = c == '[' ? MND_AGENT_LIST : MND_AGENT_TEXT;
	err = mnd_value_read(reader, &term->value);
	term->text = term->value.text;
	return err;
}

static int read_arguments(struct mnd_value_reader *reader,
			  struct mnd_agent_term *call)
{
	int err;

	call->kind = MND_AGENT_CALL;
	call->arguments = mnd_arena_alloc(reader->arena,
					  MND_AGENT_MAX_ARGUMENTS,
					  sizeof(*call->arguments));
	if (!call->arguments)
		return mnd_value_out_of_memory(reader);
	for (;;) {
		mnd_value_skip_space(reader);
		if (call->count == MND_AGENT_MAX_ARGUMENTS)
			return mnd_value_unexpected(reader, "\")\"");
		err = read_simple(reader, &call->arguments[call->count++]);
		if (err)
			return err;
		mnd_value_skip_space(reader);
		if (mnd_agent_take(reader, ')'))
			return 0;
		if (!mnd_agent_take(reader, ','))
			return mnd_value_unexpected(reader, "\",\" or \")\"");
	}
}

static int read_term(struct mnd_value_reader *reader,
		     struct mnd_agent_term *term)
{
	int err;

	err = read_simple(reader, term);
	if (err || term->kind != MND_AGENT_PATH || !mnd_agent_take(reader, '('))
		return err;
	return read_arguments(reader, term);
}

/* Reads VARIABLE in TERM. */
static int read_range(struct mnd_value_reader *reader,
		      struct mnd_agent_statement *statement)
{
	int err;

	mnd_agent_skip_blanks(reader);
	err = read_simple(reader, &statement->left);
	if (err)
		return err;
	mnd_agent_skip_blanks(reader);
	if (!mnd_agent_take_word(reader, "in"))
		return mnd_value_unexpected(reader, "\"in\"");
	mnd_agent_skip_blanks(reader);
	return read_simple(reader, &statement->right);
}

static int read_every(struct parser *parser,
		      struct mnd_agent_statement *statement)
{
	struct mnd_value_reader *reader = &parser->reader;
	int err;

	if (parser->every)
		return mnd_value_unexpected(reader, "the end of \"every\"");
	statement->kind = MND_AGENT_EVERY;
	err = read_range(reader, statement);
	if (err)
		return err;
	mnd_agent_skip_blanks(reader);
	if (!mnd_agent_take(reader, '{'))
		return mnd_value_unexpected(reader, "\"{\"");
	parser->every = true;
	return 0;
}

static bool take_equal(struct mnd_value_reader *reader)
{
	if (reader->length - reader->at < 2 ||
	    memcmp(reader->text + reader->at, "==", 2))
		return false;
	reader->at += 2;
	return true;
}

/* Reads TERM == TERM, VARIABLE := TERM, or CALL. */
static int read_expression(struct mnd_value_reader *reader,
			   struct mnd_agent_statement *statement)
{
	int err;

	err = read_term(reader, &statement->left);
	if (err)
		return err;
	mnd_agent_skip_blanks(reader);
	statement->kind = MND_AGENT_HOLDS;
	if (take_equal(reader))
		statement->kind = MND_AGENT_EQUAL;
	else if (mnd_agent_take_assignment(reader))
		statement->kind = MND_AGENT_ASSIGN;
	else if (statement->left.kind == MND_AGENT_CALL)
		return 0;
	else
		return mnd_value_unexpected(reader, "\"==\" or \":=\"");
	mnd_value_skip_space(reader);
	return read_term(reader, &statement->right);
}

static int new_statement(struct parser *parser,
			 struct mnd_agent_statement **statement)
{
	struct mnd_agent_body *body = parser->body;

	if (body->count == MND_AGENT_MAX_STATEMENTS)
		return mnd_value_fail(&parser->reader,
				      "more than %d statements",
				      MND_AGENT_MAX_STATEMENTS);
	*statement = &body->statements[body->count++];
	return 0;
}

static int read_statement(struct parser *parser)
{
	struct mnd_value_reader *reader = &parser->reader;
	struct mnd_agent_statement *statement = NULL;
	int err;

	err = new_statement(parser, &statement);
	if (err)
		return err;
	if (mnd_agent_take_word(reader, "every"))
		return read_every(parser, statement);
	if (!mnd_agent_take_word(reader, "some"))
		return read_expression(reader, statement);
	statement->kind = MND_AGENT_SOME;
	return read_range(reader, statement);
}

/* It is true whatever it prints. */
static int skip_print(struct mnd_value_reader *reader, bool *skipped)
{
	*skipped = mnd_agent_take_word(reader, "print");
	if (!*skipped)
		return 0;
	if (mnd_value_peek(reader) != '(')
		return mnd_value_unexpected(reader, "\"(\"");
	return mnd_agent_skip_call(reader);
}

static int end_every(struct parser *parser)
{
	struct mnd_agent_statement *statement = NULL;
	int err;

	parser->every = false;
	err = new_statement(parser, &statement);
	if (!err)
		statement->kind = MND_AGENT_END;
	return err;
}

/* Statements have a line each, or semicolons between them. */
static int end_statement(struct mnd_value_reader *reader)
{
	if (mnd_agent_at_line_end(reader) || mnd_agent_take(reader, ';') ||
	    mnd_value_peek(reader) == '}' ||
	    reader->text[reader->at - 1] == '{')
		return 0;
	return mnd_value_unexpected(reader, "the end of a statement");
}

static int read_statements(struct parser *parser)
{
	struct mnd_value_reader *reader = &parser->reader;
	bool skipped;
	int err;

	for (;;) {
		mnd_value_skip_space(reader);
		if (mnd_agent_take(reader, '}')) {
			if (!parser->every)
				return 0;
			err = end_every(parser);
		} else {
			err = skip_print(reader, &skipped);
			if (!err && !skipped)
				err = read_statement(parser);
		}
		if (!err)
			err = end_statement(reader);
		if (err)
			return err;
	}
}

/* Reads what is behind the name of a rule: if { ... }, or { ... }. */
static int read_body(struct parser *parser, const struct mnd_agent_rule *rule)
{
	struct mnd_value_reader *reader = &parser->reader;
	char quoted[MND_TOML_QUOTED_SIZE];
	int err;

	mnd_agent_skip_blanks(reader);
	mnd_agent_take_word(reader, "if");
	mnd_agent_skip_blanks(reader);
	if (!mnd_agent_take(reader, '{')) {
		mnd_toml_quote(rule->name, strlen(rule->name), quoted);
		return mnd_fail(reader->error, rule->place.line,
				rule->place.column,
				"rule %s has a form that cannot be imported",
				quoted);
	}
	err = read_statements(parser);
	if (err)
		return err;
	mnd_value_skip_space(reader);
	if (mnd_value_peek(reader) == MND_END_OF_TEXT)
		return 0;
	return mnd_value_unexpected(reader, "the end of the rule");
}

/**
 * mnd_agent_body - Read the body of a rule
 *
 * @arena: Owns what is read.
 * @rule: Rule.
 * @body: Written.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: There is something in it that cannot be imported.
 * - -ENOMEM: Out of memory.
 */
int mnd_agent_body(struct mnd_arena *arena, const struct mnd_agent_rule *rule,
		   struct mnd_agent_body *body, struct mnd_error *error)
{
	struct parser parser = {
		.reader = { .arena = arena,
			    .error = error,
			    .text = rule->body - (rule->body_place.column - 1),
			    .length =
				    rule->length + rule->body_place.column - 1,
			    .at = rule->body_place.column - 1,
			    .read_word = refuse_word },
		.body = body,
	};
	int err;

	body->count = 0;
	body->statements = mnd_arena_alloc(arena, MND_AGENT_MAX_STATEMENTS,
					   sizeof(*body->statements));
	if (!body->statements)
		return mnd_value_out_of_memory(&parser.reader);
	err = mnd_value_begin(&parser.reader);
	parser.reader.line = rule->body_place.line;
	if (!err)
		err = read_body(&parser, rule);
	mnd_value_end(&parser.reader);
	return err;
}
