// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The syntax of patterns: Go's, with the flags that its regexp package sets.
 *
 * A stack holds what is parsed and not yet joined: parts, and between them
 * opened groups and bars.  No function calls itself.
 */

#include <stdint.h>
#include <stdlib.h>

#include "array.h"
#include "class.h"
#include "count.h"
#include "cursor.h"
#include "group.h"
#include "limits.h"
#include "pattern.h"
#include "shape.h"
#include "unicode.h"

/**
 * enum item_kind - What lies on the parser's stack
 *
 * @ITEM_PART: A part of the pattern.
 * @ITEM_BAR: A bar, right above the part that is all alternatives so far.
 * @ITEM_GROUP: The start of a group.
 * @ITEM_CAPTURE: The start of a capturing group.
 */
enum item_kind {
	ITEM_PART,
	ITEM_BAR,
	ITEM_GROUP,
	ITEM_CAPTURE,
};

/**
 * struct item - An element of the parser's stack
 *
 * @kind: What it is.
 * @flags: Flags in force before a group, to be restored after it.
 * @at: Offset of it in the pattern.
 * @product: Greatest product of nested counts in a part, at least 1.
 * @shape: Shape of a part.
 * @part: Automaton of a part.
 */
struct item {
	enum item_kind kind;
	unsigned int flags;
	size_t at;
	u32 product;
	struct mnd_shape shape;
	struct mnd_nfa_part part;
};

/**
 * struct parser - A pattern that is being parsed
 *
 * @cursor: The pattern.
 * @nfa: Automaton so far.
 * @stack: Stack.
 * @depth: Items on it.
 * @capacity: Room on it.
 * @repeat_end: Offset right behind the last repetition, which must not be
 *              repeated there again.
 */
struct parser {
	struct mnd_cursor cursor;
	struct mnd_nfa nfa;
	struct item *stack;
	size_t depth;
	size_t capacity;
	size_t repeat_end;
};

/* Says why the automaton cannot take any more. */
static int explain(const struct parser *parser, size_t at, int err)
{
	if (err != -E2BIG)
		return err;
	mnd_cursor_fail(&parser->cursor, at,
			"the pattern needs more than %d states",
			MND_NFA_MAX_STATES);
	return -E2BIG;
}

static int check_height(const struct parser *parser, const struct item *item)
{
	if (item->shape.height <= MND_REGEX_MAX_HEIGHT)
		return 0;
	mnd_cursor_fail(&parser->cursor, item->at,
			"the pattern nests more than %d deep",
			MND_REGEX_MAX_HEIGHT);
	return -E2BIG;
}

static struct item *top(const struct parser *parser)
{
	return &parser->stack[parser->depth - 1];
}

static bool top_is(const struct parser *parser, enum item_kind kind)
{
	return parser->depth && top(parser)->kind == kind;
}

static int push(struct parser *parser, enum item_kind kind, size_t at)
{
	struct item *stack, *item;

	stack = mnd_array_grow(parser->stack, &parser->capacity,
			       parser->depth + 1, sizeof(*stack));
	if (!stack)
		return -ENOMEM;
	parser->stack = stack;
	item = &stack[parser->depth++];
	memset(item, 0, sizeof(*item));
	item->kind = kind;
	item->flags = parser->cursor.flags;
	item->at = at;
	item->product = 1;
	item->shape = mnd_shape_atom(1);
	return 0;
}

static int push_assertion(struct parser *parser, enum mnd_nfa_place place,
			  size_t at)
{
	int err;

	err = push(parser, ITEM_PART, at);
	if (err)
		return err;
	err = mnd_nfa_assert(&parser->nfa, place, &top(parser)->part);
	return explain(parser, at, err);
}

static int push_set(struct parser *parser, const struct mnd_rune_set *set,
		    size_t at)
{
	int err;

	err = push(parser, ITEM_PART, at);
	if (err)
		return err;
	err = mnd_nfa_runes(&parser->nfa, set, &top(parser)->part);
	return explain(parser, at, err);
}

static int push_literal(struct parser *parser, u32 rune, size_t at)
{
	struct mnd_rune_set set = { 0 };
	int err;

	err = mnd_rune_set_add(&set, rune, rune);
	if (!err && parser->cursor.flags & MND_REGEX_FOLD)
		err = mnd_unicode_fold_set(&set);
	if (!err)
		err = push_set(parser, &set, at);
	mnd_rune_set_free(&set);
	return err;
}

/* Makes one part of all parts above the last bar or group. */
static int join_parts(struct parser *parser)
{
	size_t first = parser->depth, i;
	struct item *whole, *item;
	int err;

	while (first && parser->stack[first - 1].kind == ITEM_PART)
		first--;
	if (first == parser->depth) {
		err = push(parser, ITEM_PART, parser->cursor.at);
		if (err)
			return err;
		err = mnd_nfa_empty(&parser->nfa, &top(parser)->part);
		return explain(parser, parser->cursor.at, err);
	}
	whole = &parser->stack[first];
	for (i = first + 1; i < parser->depth; i++) {
		item = &parser->stack[i];
		mnd_nfa_join(&parser->nfa, &whole->part, &item->part);
		whole->shape = mnd_shape_join(&whole->shape, &item->shape);
		if (item->product > whole->product)
			whole->product = item->product;
	}
	parser->depth = first + 1;
	return check_height(parser, whole);
}

/* Makes one part of all that lies above the last group. */
static int join_branches(struct parser *parser)
{
	struct item *left, *right;
	int err;

	err = join_parts(parser);
	if (err)
		return err;
	if (parser->depth < 3 ||
	    parser->stack[parser->depth - 2].kind != ITEM_BAR)
		return 0;
	right = top(parser);
	left = right - 2;
	err = mnd_nfa_either(&parser->nfa, &left->part, &right->part);
	if (err)
		return explain(parser, right->at, err);
	left->shape = mnd_shape_either(&left->shape, &right->shape);
	if (right->product > left->product)
		left->product = right->product;
	parser->depth -= 2;
	return check_height(parser, left);
}

static int parse_bar(struct parser *parser)
{
	int err;

	err = join_branches(parser);
	if (err)
		return err;
	return push(parser, ITEM_BAR, parser->cursor.at++);
}

static int parse_open(struct parser *parser)
{
	size_t at = parser->cursor.at;
	unsigned int flags = parser->cursor.flags;
	enum mnd_group group;
	int err;

	err = mnd_group_open(&parser->cursor, &group);
	if (err || group == MND_GROUP_FLAGS)
		return err;
	err = push(parser,
		   group == MND_GROUP_CAPTURE ? ITEM_CAPTURE : ITEM_GROUP, at);
	if (err)
		return err;
	top(parser)->flags = flags;
	return 0;
}

static int parse_close(struct parser *parser)
{
	struct item *group, *part;
	int err;

	err = join_branches(parser);
	if (err)
		return err;
	if (parser->depth < 2)
		return mnd_cursor_fail(&parser->cursor, parser->cursor.at,
				       "unexpected )");
	part = top(parser);
	group = part - 1;
	parser->cursor.flags = group->flags;
	parser->cursor.at++;
	part->at = group->at;
	if (group->kind == ITEM_CAPTURE)
		part->shape = mnd_shape_atom(part->shape.height + 1);
	*group = *part;
	parser->depth--;
	return check_height(parser, group);
}

/* Multiplies a count into the product of the counts inside it, as Go does. */
static u32 nested_product(u32 product, const struct mnd_count *count)
{
	u32 times = count->most;

	if (!count->most)
		return 1;
	if (count->most == MND_NFA_ENDLESS)
		times = count->least;
	return times ? times * product : product;
}

static int parse_repeat(struct parser *parser)
{
	size_t at = parser->cursor.at;
	struct mnd_count count;
	struct item *item;
	int err;

	err = mnd_count_parse(&parser->cursor, &count);
	if (err == -ENOENT) {
		parser->cursor.at++;
		return push_literal(parser, '{', at);
	}
	if (err)
		return err;
	if (!top_is(parser, ITEM_PART))
		return mnd_cursor_fail(&parser->cursor, at,
				       "nothing to repeat");
	if (at == parser->repeat_end)
		return mnd_cursor_fail(&parser->cursor, at,
				       "repetition of a repetition");
	item = top(parser);
	item->product = nested_product(item->product, &count);
	if (item->product > MND_REGEX_MAX_REPEAT)
		return mnd_cursor_fail(&parser->cursor, at,
				       "product of repeat counts over %d",
				       MND_REGEX_MAX_REPEAT);
	item->shape = mnd_shape_atom(item->shape.height + 1);
	err = check_height(parser, item);
	if (err)
		return err;
	err = mnd_nfa_repeat(&parser->nfa, &item->part, count.least,
			     count.most);
	parser->repeat_end = parser->cursor.at;
	return explain(parser, at, err);
}

static int parse_dot(struct parser *parser)
{
	struct mnd_rune_set set = { 0 };
	size_t at = parser->cursor.at++;
	int err;

	if (!(parser->cursor.flags & MND_REGEX_DOT_ALL))
		err = mnd_rune_set_add(&set, '\n', '\n');
	else
		err = 0;
	if (!err)
		err = mnd_rune_set_negate(&set);
	if (!err)
		err = push_set(parser, &set, at);
	mnd_rune_set_free(&set);
	return err;
}

static int parse_bracket(struct parser *parser)
{
	struct mnd_rune_set set = { 0 };
	size_t at = parser->cursor.at;
	int err;

	err = mnd_class_bracket(&parser->cursor, &set);
	if (!err)
		err = push_set(parser, &set, at);
	mnd_rune_set_free(&set);
	return err;
}

/* Takes what stands between \Q and \E, or the end of the pattern. */
static int parse_quoted(struct parser *parser)
{
	struct mnd_cursor *cursor = &parser->cursor;
	size_t at;
	u32 rune;
	int err;

	for (cursor->at += 2; cursor->at < cursor->length;) {
		if (mnd_cursor_looks_at(cursor, "\\E")) {
			cursor->at += 2;
			return 0;
		}
		at = cursor->at;
		err = mnd_cursor_rune(cursor, &rune);
		if (err)
			return err;
		err = push_literal(parser, rune, at);
		if (err)
			return err;
	}
	return 0;
}

static int parse_char(struct parser *parser)
{
	size_t at = parser->cursor.at;
	u32 rune;
	int err;

	if (parser->cursor.text[at] == '\\')
		err = mnd_cursor_escape(&parser->cursor, &rune);
	else
		err = mnd_cursor_rune(&parser->cursor, &rune);
	if (err)
		return err;
	return push_literal(parser, rune, at);
}

static int parse_anchor(struct parser *parser, enum mnd_nfa_place place,
			size_t length)
{
	size_t at = parser->cursor.at;

	parser->cursor.at += length;
	return push_assertion(parser, place, at);
}

static int parse_escape(struct parser *parser)
{
	struct mnd_rune_set set = { 0 };
	size_t at = parser->cursor.at;
	int err;

	if (mnd_cursor_looks_at(&parser->cursor, "\\A"))
		return parse_anchor(parser, MND_NFA_BEGIN_TEXT, 2);
	if (mnd_cursor_looks_at(&parser->cursor, "\\z"))
		return parse_anchor(parser, MND_NFA_END_TEXT, 2);
	if (mnd_cursor_looks_at(&parser->cursor, "\\b"))
		return parse_anchor(parser, MND_NFA_WORD_EDGE, 2);
	if (mnd_cursor_looks_at(&parser->cursor, "\\B"))
		return parse_anchor(parser, MND_NFA_NO_WORD_EDGE, 2);
	if (mnd_cursor_looks_at(&parser->cursor, "\\Q"))
		return parse_quoted(parser);
	err = mnd_class_escape(&parser->cursor, &set);
	if (err == -ENOENT)
		return parse_char(parser);
	if (!err)
		err = push_set(parser, &set, at);
	mnd_rune_set_free(&set);
	return err;
}

static int parse_next(struct parser *parser)
{
	enum mnd_nfa_place begin = MND_NFA_BEGIN_TEXT, end = MND_NFA_END_TEXT;

	if (parser->cursor.flags & MND_REGEX_LINES) {
		begin = MND_NFA_BEGIN_LINE;
		end = MND_NFA_END_LINE;
	}
	switch (parser->cursor.text[parser->cursor.at]) {
	case '(':
		return parse_open(parser);
	case '|':
		return parse_bar(parser);
	case ')':
		return parse_close(parser);
	case '^':
		return parse_anchor(parser, begin, 1);
	case '$':
		return parse_anchor(parser, end, 1);
	case '.':
		return parse_dot(parser);
	case '[':
		return parse_bracket(parser);
	case '\\':
		return parse_escape(parser);
	case '*':
	case '+':
	case '?':
	case '{':
		return parse_repeat(parser);
	}
	return parse_char(parser);
}

static int parse_all(struct parser *parser)
{
	int err;

	while (parser->cursor.at < parser->cursor.length) {
		err = parse_next(parser);
		if (err)
			return err;
	}
	err = join_branches(parser);
	if (err)
		return err;
	if (parser->depth > 1)
		return mnd_cursor_fail(&parser->cursor, (top(parser) - 1)->at,
				       "missing )");
	return 0;
}

/* Puts what is parsed between the beginning and the end of the text. */
static int anchor(struct parser *parser)
{
	const struct mnd_nfa_part inner = top(parser)->part;
	struct mnd_nfa_part *part = &top(parser)->part;
	struct mnd_nfa_part end;
	int err;

	err = mnd_nfa_assert(&parser->nfa, MND_NFA_BEGIN_TEXT, part);
	if (!err)
		err = mnd_nfa_assert(&parser->nfa, MND_NFA_END_TEXT, &end);
	if (err)
		return explain(parser, 0, err);
	mnd_nfa_join(&parser->nfa, part, &inner);
	mnd_nfa_join(&parser->nfa, part, &end);
	return 0;
}

/**
 * mnd_pattern_parse - Make the automaton of a pattern
 *
 * @text: Pattern; need not end in a NUL.
 * @length: Bytes of @text.
 * @whole: It must match a whole string.
 * @nfa: Where the automaton goes; to be freed by mnd_nfa_free(), also after an
 *       error.
 * @error: Reason, as for mnd_regex_parse().
 *
 * Return: as mnd_regex_parse().
 */
int mnd_pattern_parse(const char *text, size_t length, bool whole,
		      struct mnd_nfa *nfa, struct mnd_error *error)
{
	struct parser parser = {
		.cursor = { .text = text, .length = length, .error = error },
		.repeat_end = SIZE_MAX,
	};
	int err;

	memset(nfa, 0, sizeof(*nfa));
	if (length > MND_REGEX_MAX_TEXT) {
		mnd_cursor_fail(&parser.cursor, MND_REGEX_MAX_TEXT,
				"the pattern is longer than %d bytes",
				MND_REGEX_MAX_TEXT);
		return -E2BIG;
	}
	err = parse_all(&parser);
	if (!err && whole)
		err = anchor(&parser);
	if (!err)
		err = explain(&parser, 0,
			      mnd_nfa_finish(&parser.nfa, &top(&parser)->part));
	*nfa = parser.nfa;
	free(parser.stack);
	return err;
}
