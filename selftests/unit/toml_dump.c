// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Prints TOML documents as JSON, for toml_oracle.py: a table as an object, an
 * array as an array, any other value as {"type": ..., "value": TEXT}.
 *
 *   toml_dump FILE   prints one document, or on standard error one line
 *                    FILE:LINE:COLUMN: TEXT and exits 3.
 *   toml_dump        reads any number of documents from standard input, each
 *                    after a line with its length in bytes, and prints one line
 *                    for each: its JSON, or -:LINE:COLUMN: TEXT.
 */

#include <stdio.h>
#include <stdlib.h>

#include "../../userspace/toml/toml.h"

#define EXIT_USAGE 2
#define EXIT_REFUSED 3

static void print_string(const struct mnd_toml_string *string)
{
	size_t i;

	putchar('"');
	for (i = 0; i < string->length; i++) {
		unsigned char byte = string->bytes[i];

		if (byte == '"' || byte == '\\')
			printf("\\%c", byte);
		else if (byte < 0x20)
			printf("\\u%04x", byte);
		else
			putchar(byte);
	}
	putchar('"');
}

static void print_scalar(const struct mnd_toml_value *value)
{
	printf("{\"type\":\"%s\",\"value\":", mnd_toml_type_name(value->type));
	switch (value->type) {
	case MND_TOML_INTEGER:
		printf("\"%lld\"", (long long)value->integer);
		break;
	case MND_TOML_FLOAT:
		printf("\"%.17g\"", value->floating);
		break;
	case MND_TOML_BOOLEAN:
		printf("\"%s\"", value->boolean ? "true" : "false");
		break;
	default:
		print_string(&value->string);
	}
	putchar('}');
}

static void print_value(const struct mnd_toml_value *value);

static void print_table(const struct mnd_toml_table *table)
{
	const struct mnd_toml_entry *entry;

	putchar('{');
	for (entry = table->first; entry; entry = entry->next) {
		print_string(&entry->key);
		putchar(':');
		print_value(&entry->value);
		if (entry->next)
			putchar(',');
	}
	putchar('}');
}

/* Recurses no deeper than MND_TOML_MAX_DEPTH. */
static void print_value(const struct mnd_toml_value *value)
{
	size_t i;

	if (value->type == MND_TOML_TABLE) {
		print_table(value->table);
	} else if (value->type == MND_TOML_ARRAY) {
		putchar('[');
		for (i = 0; i < value->array->count; i++) {
			if (i)
				putchar(',');
			print_value(&value->array->items[i]);
		}
		putchar(']');
	} else {
		print_scalar(value);
	}
}

/* Prints the document, or to @refusals why it is none. */
static int dump(const char *text, size_t length, const char *name,
		FILE *refusals)
{
	struct mnd_error error;
	struct mnd_toml *toml;

	if (mnd_toml_parse(text, length, &toml, &error)) {
		fprintf(refusals, "%s:%u:%u: %s\n", name, error.line,
			error.column, error.text);
		return EXIT_REFUSED;
	}
	print_table(mnd_toml_root(toml));
	putchar('\n');
	mnd_toml_free(toml);
	return EXIT_SUCCESS;
}

static int dump_file(const char *name)
{
	/* One byte more than the reader takes, so that it can refuse. */
	static char text[MND_TOML_MAX_SIZE + 1];
	FILE *file = fopen(name, "rb");
	size_t length;

	if (!file) {
		perror(name);
		return EXIT_FAILURE;
	}
	length = fread(text, 1, sizeof(text), file);
	fclose(file);
	return dump(text, length, name, stderr);
}

static int dump_stream(void)
{
	size_t length;
	char *text;

	while (scanf("%zu", &length) == 1) {
		text = malloc(length + 1);
		if (!text || getchar() != '\n' ||
		    fread(text, 1, length, stdin) != length) {
			fprintf(stderr, "toml_dump: cut short\n");
			return EXIT_FAILURE;
		}
		dump(text, length, "-", stdout);
		free(text);
	}
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	if (argc > 2) {
		fprintf(stderr, "usage: toml_dump [FILE]\n");
		return EXIT_USAGE;
	}
	return argc == 2 ? dump_file(argv[1]) : dump_stream();
}
