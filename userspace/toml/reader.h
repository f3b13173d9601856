/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the tables of a TOML document into structures: each table has a fixed
 * set of keys, and each key something that reads its value.
 */

#ifndef _MANDATE_TOML_READER_H
#define _MANDATE_TOML_READER_H

#include "../import/source.h"
#include "toml.h"

/**
 * struct mnd_toml_reader - A document on its way into a policy
 *
 * @policy: Policy, whose arena owns all that is read.
 * @options: What is said about the document on the side.
 * @error: Written by whatever fails.
 */
struct mnd_toml_reader {
	struct mnd_policy_source *policy;
	const struct mnd_source_options *options;
	struct mnd_error *error;
};

/**
 * struct mnd_toml_key - A key that a table may have
 *
 * @name: Its name.
 * @read: What reads its value into the member at @offset.
 * @offset: Of that member, in the structure that the table is read into.
 * @required: Whether the table must have it.
 */
struct mnd_toml_key {
	const char *name;
	int (*read)(struct mnd_toml_reader *reader,
		    const struct mnd_toml_value *value, void *member);
	size_t offset;
	bool required;
};

/**
 * struct mnd_toml_form - The keys that a table may have
 *
 * @what: Names the table in messages.
 * @keys: Keys.
 * @count: How many.
 * @more: Further keys that it may have, none of them required; or NULL.
 */
struct mnd_toml_form {
	const char *what;
	const struct mnd_toml_key *keys;
	size_t count;
	const struct mnd_toml_form *more;
};

/*
 * All that return an int return 0, or -EINVAL or -ENOMEM with the reader's
 * error written.
 */
int mnd_toml_refuse(struct mnd_toml_reader *reader,
		    const struct mnd_toml_value *value, const char *why);
int mnd_toml_out_of_memory(struct mnd_toml_reader *reader);
struct mnd_place mnd_toml_place(const struct mnd_toml_value *value);
int mnd_toml_want(struct mnd_toml_reader *reader,
		  const struct mnd_toml_value *value, enum mnd_toml_type type);
int mnd_toml_require(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *table, const char *what,
		     const char *key);
size_t mnd_toml_count(const struct mnd_toml_table *table, const char *key);
int mnd_toml_read_table(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value,
			const struct mnd_toml_form *form, void *into);
int mnd_toml_read_array(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, size_t size,
			void **items, size_t *count);

/* These read a value into what a key's member is. */
int mnd_toml_read_string(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *member);
int mnd_toml_read_name(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, void *member);
int mnd_toml_read_strings(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *member);
int mnd_toml_read_true(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, void *member);
int mnd_toml_read_boolean(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *member);
int mnd_toml_read_svn(struct mnd_toml_reader *reader,
		      const struct mnd_toml_value *value, void *member);

/* And these more. */
int mnd_toml_read_flag(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, u32 *flags,
		       u32 flag);
int mnd_toml_read_choice(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value,
			 const char *const *words, size_t count,
			 size_t *choice);
int mnd_toml_read_digests(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value,
			  typeof(u8[MND_HASH_SIZE]) **digests, size_t *count);

#endif /* _MANDATE_TOML_READER_H */
