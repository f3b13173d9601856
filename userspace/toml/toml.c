// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads a TOML document into a tree: statements, keys, containers and the rules
 * on what may be defined again.  Cost is linear in the text, whatever is in it.
 */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "private.h"

#define CHUNK_SIZE 65536
#define FIRST_BUCKETS 64

/*
 * Keys that share a bucket.  Buckets are as many as keys, so that a longer chain
 * does not come by chance: somebody computed keys that collide.
 */
#define MAX_CHAIN 64

/* How a table came to be, which decides who may still add to it. */
enum table_kind {
	TABLE_IMPLIED, /* by a longer header: its own header may follow, once */
	TABLE_HEADER, /* by its own header; the root and elements of arrays */
	TABLE_DOTTED, /* by dotted keys: closed to headers of its own */
	TABLE_INLINE, /* closed to everyone */
};

struct chunk {
	struct chunk *next;
	size_t size;
	size_t used;
	u64 memory[];
};

/**
 * struct mnd_toml - A document
 *
 * @chunks: All memory of the tree and the index, the newest first.
 * @root: The root table.
 * @buckets: Index of the entries of all tables, by table and key.
 * @bucket_count: Its size, a power of two.
 * @entries: How many entries are in it.
 * @values: How many values there are.
 * @tables: How many tables there are; numbers them.
 */
struct mnd_toml {
	struct chunk *chunks;
	struct mnd_toml_table *root;
	struct mnd_toml_entry **buckets;
	size_t bucket_count;
	size_t entries;
	unsigned int values;
	unsigned int tables;
};

/**
 * struct key - One part of a key
 *
 * @name: The part, decoded.
 * @line: Where it stands.
 * @column: Where it stands.
 * @last: Whether no dot follows.
 */
struct key {
	struct mnd_toml_string name;
	unsigned int line;
	unsigned int column;
	bool last;
};

/**
 * struct scope - Where keys are added
 *
 * @table: The table.
 * @depth: Its depth; the root's is 0.
 */
struct scope {
	struct mnd_toml_table *table;
	unsigned int depth;
};

/**
 * mnd_toml_alloc - Allocate memory that lives as long as the document
 *
 * @toml: The document, which owns the memory.
 * @size: How many bytes.
 *
 * Return: The memory, zeroed and aligned for any type of the tree, or NULL.
 */
void *mnd_toml_alloc(struct mnd_toml *toml, size_t size)
{
	struct chunk *chunk = toml->chunks;
	size_t room;
	void *memory;

	size = (size + sizeof(u64) - 1) & ~(sizeof(u64) - 1);
	if (!chunk || size > chunk->size - chunk->used) {
		room = size > CHUNK_SIZE ? size : CHUNK_SIZE;
		chunk = calloc(1, sizeof(*chunk) + room);
		if (!chunk)
			return NULL;
		chunk->size = room;
		chunk->next = toml->chunks;
		toml->chunks = chunk;
	}
	memory = (char *)chunk->memory + chunk->used;
	chunk->used += size;
	return memory;
}

/**
 * mnd_toml_free - Free a document
 *
 * @toml: The document with all of its tree, or NULL.
 */
void mnd_toml_free(struct mnd_toml *toml)
{
	struct chunk *chunk, *next;

	if (!toml)
		return;
	for (chunk = toml->chunks; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(toml);
}

/**
 * mnd_toml_root - The root table
 *
 * @toml: The document, which keeps the table.
 *
 * Return: The table.
 */
const struct mnd_toml_table *mnd_toml_root(const struct mnd_toml *toml)
{
	return toml->root;
}

/**
 * mnd_toml_has_nul - Whether a string is not what its C string says
 *
 * @string: A string or a key.
 *
 * Return: Whether U+0000 is in it.
 */
bool mnd_toml_has_nul(const struct mnd_toml_string *string)
{
	return memchr(string->bytes, '\0', string->length);
}

/**
 * mnd_toml_type_name - The name of a type, for a message
 *
 * @type: The type.
 *
 * Return: The name as the specification has it, in lower case.
 */
const char *mnd_toml_type_name(enum mnd_toml_type type)
{
	static const char *const names[__MND_TOML_TYPE_MAX] = {
		[MND_TOML_STRING] = "string",
		[MND_TOML_INTEGER] = "integer",
		[MND_TOML_FLOAT] = "float",
		[MND_TOML_BOOLEAN] = "boolean",
		[MND_TOML_OFFSET_DATE_TIME] = "offset date-time",
		[MND_TOML_LOCAL_DATE_TIME] = "local date-time",
		[MND_TOML_LOCAL_DATE] = "local date",
		[MND_TOML_LOCAL_TIME] = "local time",
		[MND_TOML_ARRAY] = "array",
		[MND_TOML_TABLE] = "table",
	};

	return names[type];
}

/* FNV-1a over the table's number and the key. */
static u64 hash_key(const struct mnd_toml_table *table, const char *key,
		    size_t length)
{
	u64 hash = (0xcbf29ce484222325 ^ table->serial) * 0x100000001b3;
	size_t i;

	for (i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)key[i]) * 0x100000001b3;
	return hash ^ hash >> 32;
}

static struct mnd_toml_entry **bucket_of(const struct mnd_toml *toml, u64 hash)
{
	return &toml->buckets[hash & (toml->bucket_count - 1)];
}

static struct mnd_toml_entry *find_entry(const struct mnd_toml_table *table,
					 const char *key, size_t length)
{
	u64 hash = hash_key(table, key, length);
	struct mnd_toml_entry *entry;

	for (entry = *bucket_of(table->document, hash); entry;
	     entry = entry->chain) {
		if (entry->hash == hash && entry->owner == table &&
		    entry->key.length == length &&
		    !memcmp(entry->key.bytes, key, length))
			return entry;
	}
	return NULL;
}

/**
 * mnd_toml_find - Find a key of a table
 *
 * @table: The table.
 * @key: The key, NUL-terminated, so that one with U+0000 in it is not found.
 *
 * Return: Its entry, owned by the document, or NULL if there is none.
 */
const struct mnd_toml_entry *mnd_toml_find(const struct mnd_toml_table *table,
					   const char *key)
{
	return find_entry(table, key, strlen(key));
}

/* Doubles the index when it has as many entries as buckets. */
static int grow_index(struct mnd_toml *toml)
{
	struct mnd_toml_entry **old = toml->buckets;
	struct mnd_toml_entry **bucket, *entry, *chain;
	size_t old_count = toml->bucket_count;
	size_t i;

	if (toml->entries < old_count)
		return 0;
	toml->bucket_count = old_count ? 2 * old_count : FIRST_BUCKETS;
	toml->buckets = mnd_toml_alloc(toml, toml->bucket_count * sizeof(*old));
	if (!toml->buckets)
		return -ENOMEM;
	for (i = 0; i < old_count; i++) {
		for (entry = old[i]; entry; entry = chain) {
			chain = entry->chain;
			bucket = bucket_of(toml, entry->hash);
			entry->chain = *bucket;
			*bucket = entry;
		}
	}
	return 0;
}

static int over_limit(struct reader *reader, unsigned int line,
		      unsigned int column, const char *what, unsigned int limit)
{
	mnd_fail(reader->error, line, column, "%s, the limit is %u", what,
		 limit);
	return -E2BIG;
}

/* Counts a value that is about to be added below @parent, at a place. */
static int admit_value(struct reader *reader, const struct scope *parent,
		       unsigned int line, unsigned int column)
{
	if (parent->depth >= MND_TOML_MAX_DEPTH)
		return over_limit(reader, line, column, "nested too deeply",
				  MND_TOML_MAX_DEPTH);
	if (reader->toml->values >= MND_TOML_MAX_VALUES)
		return over_limit(reader, line, column, "too many values",
				  MND_TOML_MAX_VALUES);
	reader->toml->values++;
	return 0;
}

static struct mnd_toml_table *new_table(struct mnd_toml *toml,
					enum table_kind kind)
{
	struct mnd_toml_table *table = mnd_toml_alloc(toml, sizeof(*table));

	if (!table)
		return NULL;
	table->document = toml;
	table->serial = toml->tables++;
	table->kind = kind;
	return table;
}

/* Puts a new entry into the index. */
static int index_entry(struct reader *reader, struct mnd_toml_entry *entry)
{
	struct mnd_toml_entry **bucket, *other;
	unsigned int chain = 0;
	int err;

	err = grow_index(reader->toml);
	if (err)
		return err;
	entry->hash =
		hash_key(entry->owner, entry->key.bytes, entry->key.length);
	bucket = bucket_of(reader->toml, entry->hash);
	for (other = *bucket; other; other = other->chain)
		chain++;
	if (chain >= MAX_CHAIN)
		return over_limit(reader, entry->key_line, entry->key_column,
				  "too many keys of one hash", MAX_CHAIN);
	entry->chain = *bucket;
	*bucket = entry;
	reader->toml->entries++;
	return 0;
}

/* Adds a key that the table does not have; its value is not set yet. */
static int add_entry(struct reader *reader, const struct scope *scope,
		     const struct key *key, struct mnd_toml_entry **added)
{
	struct mnd_toml_table *table = scope->table;
	struct mnd_toml_entry *entry;
	int err;

	err = admit_value(reader, scope, key->line, key->column);
	if (err)
		return err;
	entry = mnd_toml_alloc(reader->toml, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	entry->key = key->name;
	entry->key_line = key->line;
	entry->key_column = key->column;
	entry->owner = table;
	err = index_entry(reader, entry);
	if (err)
		return err;
	if (table->last)
		table->last->next = entry;
	else
		table->first = entry;
	table->last = entry;
	table->count++;
	*added = entry;
	return 0;
}

/* Adds a key with a new table, and enters the table. */
static int add_table(struct reader *reader, struct scope *scope,
		     const struct key *key, enum table_kind kind)
{
	struct mnd_toml_entry *entry;
	int err;

	err = add_entry(reader, scope, key, &entry);
	if (err)
		return err;
	entry->value.type = MND_TOML_TABLE;
	entry->value.line = key->line;
	entry->value.column = key->column;
	entry->value.table = new_table(reader->toml, kind);
	if (!entry->value.table)
		return -ENOMEM;
	scope->table = entry->value.table;
	scope->depth++;
	return 0;
}

static int set_array(struct mnd_toml *toml, struct mnd_toml_value *value,
		     bool of_tables)
{
	value->type = MND_TOML_ARRAY;
	value->array = mnd_toml_alloc(toml, sizeof(*value->array));
	if (!value->array)
		return -ENOMEM;
	value->array->of_tables = of_tables;
	return 0;
}

/* Makes room for one more item; moves the items when the array is full. */
static int add_item(struct mnd_toml *toml, struct mnd_toml_array *array,
		    const struct mnd_toml_value *value)
{
	struct mnd_toml_value *items;
	size_t capacity;

	if (array->count == array->capacity) {
		capacity = array->capacity ? 2 * array->capacity : 4;
		items = mnd_toml_alloc(toml, capacity * sizeof(*items));
		if (!items)
			return -ENOMEM;
		if (array->count)
			memcpy(items, array->items,
			       array->count * sizeof(*items));
		array->items = items;
		array->capacity = capacity;
	}
	array->items[array->count++] = *value;
	return 0;
}

/* Reads one part of a key, and the dot after it with the space around. */
static int read_key(struct reader *reader, struct key *key)
{
	int err;

	key->line = reader->line;
	key->column = column_of(reader);
	err = mnd_toml_read_key_part(reader, &key->name);
	if (err)
		return err;
	mnd_toml_skip_space(reader);
	key->last = peek(reader, 0) != '.';
	if (!key->last) {
		reader->at++;
		mnd_toml_skip_space(reader);
	}
	return 0;
}

/* Refuses @key: @what is wrong with it, because of the value it has already. */
static int refuse_key(struct reader *reader, const struct key *key,
		      const char *what, const struct mnd_toml_value *value)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(key->name.bytes, key->name.length, quoted);
	return mnd_fail(reader->error, key->line, key->column,
			"%s %s, first defined on line %u", what, quoted,
			value->line);
}

/* Refuses @key as a table: it has a value that nothing can be added to. */
static int refuse_closed(struct reader *reader, const struct key *key,
			 const struct mnd_toml_value *value)
{
	char what[64];

	snprintf(what, sizeof(what), "nothing can be added to %s%s",
		 value->type == MND_TOML_TABLE ? "inline " : "",
		 mnd_toml_type_name(value->type));
	return refuse_key(reader, key, what, value);
}

static bool is_array_of_tables(const struct mnd_toml_value *value)
{
	return value->type == MND_TOML_ARRAY && value->array->of_tables;
}

static bool is_open_table(const struct mnd_toml_value *value)
{
	return value->type == MND_TOML_TABLE &&
	       value->table->kind != TABLE_INLINE;
}

/* Defines a table that exists, by its own header or by a dotted key. */
static int redefine_table(struct reader *reader, const struct key *key,
			  struct mnd_toml_value *value, enum table_kind kind)
{
	if (value->table->kind == TABLE_IMPLIED) {
		value->table->kind = kind;
		value->line = key->line;
		value->column = key->column;
		return 0;
	}
	if (value->table->kind == TABLE_DOTTED) {
		if (kind == TABLE_DOTTED)
			return 0;
		return refuse_key(reader, key,
				  "a header cannot redefine dotted table",
				  value);
	}
	if (kind == TABLE_DOTTED)
		return refuse_key(reader, key,
				  "a dotted key cannot add to table", value);
	return refuse_key(reader, key, "duplicate table", value);
}

/* Refuses @key, which has an array of tables already, as a table. */
static int refuse_array(struct reader *reader, const struct key *key,
			const struct mnd_toml_value *value,
			enum table_kind kind)
{
	const char *what = "not a table but an array of tables:";

	if (kind == TABLE_DOTTED)
		what = "a dotted key cannot add to array of tables";
	return refuse_key(reader, key, what, value);
}

/* Finds a key that has been read. */
static struct mnd_toml_entry *find_key(const struct scope *scope,
				       const struct key *key)
{
	return find_entry(scope->table, key->name.bytes, key->name.length);
}

/*
 * Enters the table that @key names, and makes it if there is none.  @kind is
 * what makes it: a longer header, its own header or a dotted key.
 */
static int enter_table(struct reader *reader, struct scope *scope,
		       const struct key *key, enum table_kind kind)
{
	struct mnd_toml_entry *entry = find_key(scope, key);
	struct mnd_toml_value *value;
	int err = 0;

	if (!entry)
		return add_table(reader, scope, key, kind);
	value = &entry->value;
	if (is_array_of_tables(value)) {
		if (kind != TABLE_IMPLIED)
			return refuse_array(reader, key, value, kind);
		value = &value->array->items[value->array->count - 1];
		scope->depth++;
	}
	if (!is_open_table(value))
		return refuse_closed(reader, key, value);
	if (kind != TABLE_IMPLIED)
		err = redefine_table(reader, key, value, kind);
	scope->table = value->table;
	scope->depth++;
	return err;
}

/* Adds a key with an array for the tables of [[array]] headers. */
static int add_array(struct reader *reader, const struct scope *scope,
		     const struct key *key, struct mnd_toml_entry **added)
{
	struct mnd_toml_value *value;
	int err;

	err = add_entry(reader, scope, key, added);
	if (err)
		return err;
	value = &(*added)->value;
	value->line = key->line;
	value->column = key->column;
	return set_array(reader->toml, value, true);
}

/* Refuses an [[array]] header whose key has something else already. */
static int check_array(struct reader *reader, const struct key *key,
		       const struct mnd_toml_value *value)
{
	if (is_array_of_tables(value))
		return 0;
	if (!is_open_table(value))
		return refuse_closed(reader, key, value);
	return refuse_key(reader, key, "not an array but a table:", value);
}

/* Adds an element to the array of an [[array]] header and enters it. */
static int define_element(struct reader *reader, struct scope *scope,
			  const struct key *key)
{
	struct mnd_toml_entry *entry = find_key(scope, key);
	struct mnd_toml_value element = {
		.type = MND_TOML_TABLE,
		.line = key->line,
		.column = key->column,
	};
	int err;

	if (entry)
		err = check_array(reader, key, &entry->value);
	else
		err = add_array(reader, scope, key, &entry);
	if (err)
		return err;
	scope->depth++;
	err = admit_value(reader, scope, key->line, key->column);
	if (err)
		return err;
	element.table = new_table(reader->toml, TABLE_HEADER);
	if (!element.table)
		return -ENOMEM;
	scope->table = element.table;
	scope->depth++;
	return add_item(reader->toml, entry->value.array, &element);
}

/* Reads a [table] or [[array]] header, and enters what it defines. */
static int read_header(struct reader *reader, struct scope *section)
{
	bool is_array = peek(reader, 1) == '[';
	struct scope scope = { .table = reader->toml->root };
	struct key key;
	int err;

	reader->at += is_array ? 2 : 1;
	mnd_toml_skip_space(reader);
	for (;;) {
		err = read_key(reader, &key);
		if (err)
			return err;
		if (key.last)
			break;
		err = enter_table(reader, &scope, &key, TABLE_IMPLIED);
		if (err)
			return err;
	}
	if (peek(reader, 0) != ']' || (is_array && peek(reader, 1) != ']'))
		return mnd_toml_unexpected(reader, is_array ? "\"]]\"" :
							      "\".\" or \"]\"");
	reader->at += is_array ? 2 : 1;
	if (is_array)
		err = define_element(reader, &scope, &key);
	else
		err = enter_table(reader, &scope, &key, TABLE_HEADER);
	*section = scope;
	return err;
}

/* Recurses by way of its containers, whose depth admit_value() bounds. */
static int read_value(struct reader *reader, const struct scope *parent,
		      struct mnd_toml_value *value);

/* Reads a key, which may be dotted, and its value into a table. */
static int read_pair(struct reader *reader, struct scope scope)
{
	struct mnd_toml_entry *entry;
	struct key key;
	int err;

	for (;;) {
		err = read_key(reader, &key);
		if (err)
			return err;
		if (key.last)
			break;
		err = enter_table(reader, &scope, &key, TABLE_DOTTED);
		if (err)
			return err;
	}
	entry = find_key(&scope, &key);
	if (entry)
		return refuse_key(reader, &key, "duplicate key", &entry->value);
	if (peek(reader, 0) != '=')
		return mnd_toml_unexpected(reader, "\".\" or \"=\"");
	reader->at++;
	mnd_toml_skip_space(reader);
	err = add_entry(reader, &scope, &key, &entry);
	return err ? err : read_value(reader, &scope, &entry->value);
}

/* Skips all that may stand between the values of an array. */
static void skip_blank_lines(struct reader *reader)
{
	do {
		mnd_toml_skip_space(reader);
		mnd_toml_skip_comment(reader);
	} while (mnd_toml_take_newline(reader));
}

static int read_item(struct reader *reader, const struct scope *scope,
		     struct mnd_toml_array *array)
{
	struct mnd_toml_value value = {};
	int err;

	err = admit_value(reader, scope, reader->line, column_of(reader));
	if (!err)
		err = read_value(reader, scope, &value);
	return err ? err : add_item(reader->toml, array, &value);
}

static int read_array(struct reader *reader, struct scope scope,
		      struct mnd_toml_value *value)
{
	int err;

	err = set_array(reader->toml, value, false);
	if (err)
		return err;
	do {
		reader->at++;
		skip_blank_lines(reader);
		if (peek(reader, 0) == ']')
			break;
		if (peek(reader, 0) != END_OF_TEXT) {
			err = read_item(reader, &scope, value->array);
			if (err)
				return err;
		}
		skip_blank_lines(reader);
	} while (peek(reader, 0) == ',');
	if (peek(reader, 0) == END_OF_TEXT)
		return mnd_toml_fail(reader,
				     "the array of line %u is not closed",
				     value->line);
	if (peek(reader, 0) != ']')
		return mnd_toml_unexpected(reader, "\",\" or \"]\"");
	reader->at++;
	return 0;
}

static int read_inline_table(struct reader *reader, struct scope scope,
			     struct mnd_toml_value *value)
{
	int err;

	value->type = MND_TOML_TABLE;
	value->table = new_table(reader->toml, TABLE_INLINE);
	if (!value->table)
		return -ENOMEM;
	scope.table = value->table;
	do {
		reader->at++;
		mnd_toml_skip_space(reader);
		if (peek(reader, 0) == '}' && !value->table->count)
			break;
		err = read_pair(reader, scope);
		if (err)
			return err;
		mnd_toml_skip_space(reader);
	} while (peek(reader, 0) == ',');
	if (peek(reader, 0) != '}')
		return mnd_toml_unexpected(reader, "\",\" or \"}\"");
	reader->at++;
	return 0;
}

/* Reads the value of a key or an array's item, which was admitted. */
static int read_value(struct reader *reader, const struct scope *parent,
		      struct mnd_toml_value *value)
{
	struct scope scope = { .depth = parent->depth + 1 };

	value->line = reader->line;
	value->column = column_of(reader);
	switch (peek(reader, 0)) {
	case '[':
		return read_array(reader, scope, value);
	case '{':
		return read_inline_table(reader, scope, value);
	default:
		return mnd_toml_read_scalar(reader, value);
	}
}

/* Reads one line, or the lines that one key and its value take. */
static int read_statement(struct reader *reader, struct scope *section)
{
	int err = 0;

	mnd_toml_skip_space(reader);
	switch (peek(reader, 0)) {
	case '\r':
	case '\n':
	case '#':
	case END_OF_TEXT:
		break;
	case '[':
		err = read_header(reader, section);
		break;
	default:
		err = read_pair(reader, *section);
	}
	if (err)
		return err;
	mnd_toml_skip_space(reader);
	mnd_toml_skip_comment(reader);
	if (!mnd_toml_take_newline(reader) && peek(reader, 0) != END_OF_TEXT)
		return mnd_toml_unexpected(reader, "the end of the line");
	return 0;
}

static int read_document(struct reader *reader)
{
	struct scope section = {};
	int err;

	err = mnd_toml_check_encoding(reader);
	if (err)
		return err;
	err = grow_index(reader->toml);
	if (err)
		return err;
	reader->toml->root = new_table(reader->toml, TABLE_HEADER);
	if (!reader->toml->root)
		return -ENOMEM;
	section.table = reader->toml->root;
	while (!err && peek(reader, 0) != END_OF_TEXT)
		err = read_statement(reader, &section);
	return err;
}

/* Reads with the decimal point that TOML has, whatever the caller's locale. */
static int read_in_c_locale(struct reader *reader)
{
	locale_t previous, c = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
	int err;

	if (!c)
		return -ENOMEM;
	previous = uselocale(c);
	err = read_document(reader);
	uselocale(previous);
	freelocale(c);
	return err;
}

/**
 * mnd_toml_parse - Read a TOML 1.0.0 document
 *
 * @text: The text; any bytes, need not be NUL-terminated; not kept.
 * @length: Its length in bytes.
 * @toml: Set to the document, which the caller frees with mnd_toml_free(), or
 *	  to NULL on failure.
 * @error: Filled in on every failure.
 *
 * Return: 0, or
 *
 * - %-EINVAL - the text is not TOML 1.0.0.
 * - %-E2BIG - the text is beyond one of the limits of this reader.
 * - %-ENOMEM - out of memory.
 */
int mnd_toml_parse(const char *text, size_t length, struct mnd_toml **toml,
		   struct mnd_error *error)
{
	struct reader reader = {
		.text = text,
		.length = length,
		.line = 1,
		.error = error,
	};
	int err = -ENOMEM;

	*toml = NULL;
	if (length > MND_TOML_MAX_SIZE)
		return over_limit(&reader, 0, 0, "too many bytes",
				  MND_TOML_MAX_SIZE);
	reader.scratch = malloc(length + 1);
	reader.toml = calloc(1, sizeof(*reader.toml));
	if (reader.scratch && reader.toml)
		err = read_in_c_locale(&reader);
	free(reader.scratch);
	if (!err) {
		*toml = reader.toml;
		return 0;
	}
	mnd_toml_free(reader.toml);
	if (err == -ENOMEM)
		mnd_fail(error, 0, 0, "out of memory");
	return err;
}
