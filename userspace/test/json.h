/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads members of the JSON objects that test cases are made of.  A member that
 * is missing or null is empty, zero or false.
 */

#ifndef _MANDATE_TEST_JSON_H
#define _MANDATE_TEST_JSON_H

#include <jansson.h>

#include "../arena.h"
#include "../error.h"
#include "../compile/string_table.h"

struct mnd_fact_list;

/**
 * struct mnd_test_reader - Reads a test case
 *
 * @arena: Owns lists; strings are those of the JSON.
 * @where: What is being read, for messages.
 * @error: Written by whatever fails.
 */
struct mnd_test_reader {
	struct mnd_arena arena;
	char where[64];
	struct mnd_error *error;
};

/* All of these return 0, or -EINVAL or -ENOMEM with the error written. */
__printf(2, 3) int mnd_test_fail(struct mnd_test_reader *reader,
				 const char *format, ...);
int mnd_test_no_memory(struct mnd_test_reader *reader);
int mnd_test_member(struct mnd_test_reader *reader, const json_t *object,
		    const char *key, json_type type, json_t **member);
int mnd_test_string(struct mnd_test_reader *reader, const json_t *object,
		    const char *key, const char **string);
int mnd_test_boolean(struct mnd_test_reader *reader, const json_t *object,
		     const char *key, bool *boolean);
int mnd_test_integer(struct mnd_test_reader *reader, const json_t *object,
		     const char *key, long long *integer);
int mnd_test_strings(struct mnd_test_reader *reader, const json_t *object,
		     const char *key, struct mnd_fact_list *list);
int mnd_test_objects(struct mnd_test_reader *reader, const json_t *object,
		     const char *key, const json_t **array);

#endif /* _MANDATE_TEST_JSON_H */
