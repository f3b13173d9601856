// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads values: how they are put together.  No function calls itself; a stack
 * holds the arrays and objects that are not complete.
 */

#include <stdlib.h>

#include "../toml/toml.h"
#include "value_reader.h"

/* A member on the stack is its key and its value. */
static_assert(sizeof(struct mnd_value_member) == 2 * sizeof(struct mnd_value),
	      "layout");

#define FIRST_ROOM 64

static int push(struct mnd_value_reader *reader, const struct mnd_value *value)
{
	struct mnd_value *stack;
	size_t room;

	if (++reader->count > MND_VALUE_MAX_COUNT)
		return mnd_value_fail(reader, "more than %d values",
				      MND_VALUE_MAX_COUNT);
	if (reader->used == reader->room) {
		room = reader->room ? 2 * reader->room : FIRST_ROOM;
		stack = realloc(reader->stack, room * sizeof(*stack));
		if (!stack)
			return mnd_value_out_of_memory(reader);
		reader->stack = stack;
		reader->room = room;
	}
	reader->stack[reader->used++] = *value;
	return 0;
}

static int compare_keys(const void *a, const void *b)
{
	const struct mnd_value *x = *(const struct mnd_value *const *)a;
	const struct mnd_value *y = *(const struct mnd_value *const *)b;
	int order = strcmp(x->text, y->text);

	if (order)
		return order;
	if (x->place.line != y->place.line)
		return x->place.line < y->place.line ? -1 : 1;
	return x->place.column < y->place.column ? -1 : 1;
}

static int refuse_duplicate(const struct mnd_value_reader *reader,
			    const struct mnd_value *key)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(key->text, key->length, quoted);
	return mnd_fail(reader->error, key->place.line, key->place.column,
			"duplicate key %s", quoted);
}

static int refuse_duplicates(const struct mnd_value_reader *reader,
			     const struct mnd_value *object)
{
	const struct mnd_value **keys;
	size_t i;
	int err = 0;

	if (object->count < 2)
		return 0;
	keys = malloc(object->count * sizeof(*keys));
	if (!keys)
		return mnd_value_out_of_memory(reader);
	for (i = 0; i < object->count; i++)
		keys[i] = &object->members[i].key;
	qsort(keys, object->count, sizeof(*keys), compare_keys);
	for (i = 1; !err && i < object->count; i++)
		if (!strcmp(keys[i - 1]->text, keys[i]->text))
			err = refuse_duplicate(reader, keys[i]);
	free(keys);
	return err;
}

static int open_scope(struct mnd_value_reader *reader)
{
	struct mnd_value_scope *scope;

	if (reader->depth == MND_VALUE_MAX_DEPTH)
		return mnd_value_fail(reader, "nested more than %d deep",
				      MND_VALUE_MAX_DEPTH);
	scope = &reader->scopes[reader->depth++];
	scope->type = mnd_value_peek(reader) == '[' ? MND_VALUE_ARRAY :
						      MND_VALUE_OBJECT;
	scope->first = reader->used;
	scope->place = mnd_value_place(reader);
	reader->at++;
	return 0;
}

/* Makes one value of all that was read since its beginning. */
static int close_scope(struct mnd_value_reader *reader)
{
	const struct mnd_value_scope *scope = &reader->scopes[--reader->depth];
	const bool object = scope->type == MND_VALUE_OBJECT;
	const size_t count = reader->used - scope->first;
	struct mnd_value value = {
		.type = scope->type,
		.count = object ? count / 2 : count,
		.place = scope->place,
	};
	struct mnd_value *items;
	int err = 0;

	reader->at++;
	items = mnd_arena_alloc(reader->arena, count, sizeof(*items));
	if (!items)
		return mnd_value_out_of_memory(reader);
	if (count)
		memcpy(items, reader->stack + scope->first,
		       count * sizeof(*items));
	if (object) {
		value.members = (struct mnd_value_member *)items;
		err = refuse_duplicates(reader, &value);
	} else {
		value.items = items;
	}
	reader->used = scope->first;
	return err ? err : push(reader, &value);
}

static bool in_array(const struct mnd_value_reader *reader)
{
	return reader->scopes[reader->depth - 1].type == MND_VALUE_ARRAY;
}

static bool at_close(const struct mnd_value_reader *reader)
{
	return mnd_value_peek(reader) == (in_array(reader) ? ']' : '}');
}

static int refuse_end(const struct mnd_value_reader *reader)
{
	if (in_array(reader))
		return mnd_value_unexpected(reader, "\",\" or \"]\"");
	return mnd_value_unexpected(reader, "\",\" or \"}\"");
}

/* What comes before a value: of an object's member, its key. */
static int read_key(struct mnd_value_reader *reader)
{
	struct mnd_value key = { .place = mnd_value_place(reader) };
	int err;

	if (in_array(reader))
		return 0;
	if (mnd_value_peek(reader) == '"')
		err = mnd_value_read_string(reader, &key);
	else if (mnd_value_peek(reader) == '`' && reader->read_word)
		err = mnd_value_read_raw(reader, &key);
	else
		return mnd_value_unexpected(reader, "a string as key");
	if (!err)
		err = push(reader, &key);
	if (err)
		return err;
	mnd_value_skip_space(reader);
	if (mnd_value_peek(reader) != ':')
		return mnd_value_unexpected(reader, "\":\"");
	reader->at++;
	mnd_value_skip_space(reader);
	return 0;
}

static bool take_word(struct mnd_value_reader *reader, const char *word)
{
	const size_t length = strlen(word);

	if (mnd_value_word_length(reader) != length ||
	    memcmp(reader->text + reader->at, word, length))
		return false;
	reader->at += length;
	return true;
}

static int read_word(struct mnd_value_reader *reader, struct mnd_value *value)
{
	if (take_word(reader, "null"))
		return 0;
	value->type = MND_VALUE_BOOLEAN;
	value->boolean = take_word(reader, "true");
	if (value->boolean || take_word(reader, "false"))
		return 0;
	value->type = MND_VALUE_NULL;
	if (mnd_value_word_length(reader) && reader->read_word)
		return reader->read_word(reader, value);
	return mnd_value_unexpected(reader, "a value");
}

static int read_scalar(struct mnd_value_reader *reader)
{
	struct mnd_value value = { .place = mnd_value_place(reader) };
	const int c = mnd_value_peek(reader);
	int err;

	if (c == '"')
		err = mnd_value_read_string(reader, &value);
	else if (c == '`' && reader->read_word)
		err = mnd_value_read_raw(reader, &value);
	else if (c == '-' || (c >= '0' && c <= '9'))
		err = mnd_value_read_number(reader, &value);
	else
		err = read_word(reader, &value);
	return err ? err : push(reader, &value);
}

/*
 * Reads on from the end of a value: closes what ends here, until a value has to
 * follow or the outermost one is complete.
 */
static int read_end(struct mnd_value_reader *reader)
{
	bool comma;
	int err;

	while (reader->depth) {
		mnd_value_skip_space(reader);
		comma = mnd_value_peek(reader) == ',';
		if (comma) {
			reader->at++;
			mnd_value_skip_space(reader);
			if (!reader->read_word || !at_close(reader))
				return read_key(reader);
		}
		if (!at_close(reader))
			return refuse_end(reader);
		err = close_scope(reader);
		if (err)
			return err;
	}
	return 0;
}

/* Reads up to the end of a value that is no array or object with content. */
static int read_next(struct mnd_value_reader *reader)
{
	const int c = mnd_value_peek(reader);
	int err;

	if (c != '[' && c != '{') {
		err = read_scalar(reader);
		return err ? err : read_end(reader);
	}
	err = open_scope(reader);
	if (err)
		return err;
	mnd_value_skip_space(reader);
	if (!at_close(reader))
		return read_key(reader);
	err = close_scope(reader);
	return err ? err : read_end(reader);
}

/**
 * mnd_value_begin - Begin to read a text
 *
 * @reader: Reader, whose arena, error, text and length are set, and perhaps
 *	what reads words; all else is zero.
 *
 * Return: 0, or -E2BIG: the text is longer than %MND_VALUE_MAX_SIZE.
 */
int mnd_value_begin(struct mnd_value_reader *reader)
{
	reader->line = 1;
	if (reader->length <= MND_VALUE_MAX_SIZE)
		return 0;
	mnd_fail(reader->error, 0, 0, "longer than %d bytes",
		 MND_VALUE_MAX_SIZE);
	return -E2BIG;
}

/**
 * mnd_value_read - Read a value
 *
 * @reader: Reader, where the value begins; afterwards right behind it.
 * @value: Written: the value, whatever it consists of.
 *
 * Return: 0, or, with the reader's error written:
 *
 * - -EINVAL: There is no value, or it is not a valid one, or it is over a limit
 *   of value.h.
 * - -ENOMEM: Out of memory.
 */
int mnd_value_read(struct mnd_value_reader *reader, struct mnd_value *value)
{
	int err;

	do {
		err = read_next(reader);
		if (err)
			return err;
	} while (reader->depth);
	*value = reader->stack[--reader->used];
	return 0;
}

/**
 * mnd_value_end - End to read a text
 *
 * @reader: Reader; the values that were read stay.
 */
void mnd_value_end(struct mnd_value_reader *reader)
{
	free(reader->stack);
	reader->stack = NULL;
}
