/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the tables of a TOML document into structures, as a Go program with
 * go-toml does that has a structure with tags for each of them.
 */

#ifndef _MANDATE_IMPORT_TOML_FORM_H
#define _MANDATE_IMPORT_TOML_FORM_H

#include "../toml/toml.h"
#include "texts.h"

/**
 * struct mnd_form_key - A key that a table may have
 *
 * @name: Its tag, or the name of a field without one.
 * @read: What reads its value into the member at @offset; NULL for a key that
 *	go-toml finds no field for.
 * @offset: Of that member, in the structure that the table is read into.
 */
struct mnd_form_key {
	const char *name;
	int (*read)(struct mnd_import *import,
		    const struct mnd_toml_value *value, void *member);
	size_t offset;
};

/* A member of the structure @type that @function reads. */
#define MND_FORM_KEY(type, member, name, function)            \
	{                                                     \
		name, function, offsetof(struct type, member) \
	}
/* A key that is objected to. */
#define MND_FORM_IGNORED(name) \
	{                      \
		name, NULL, 0  \
	}

/**
 * struct mnd_form - The keys that a table may have
 *
 * @what: Names the table in messages.
 * @keys: Keys; at most 32.
 * @count: How many.
 * @open: Any other key is objected to; if not here, refused.
 */
struct mnd_form {
	const char *what;
	const struct mnd_form_key *keys;
	size_t count;
	bool open;
};

struct mnd_place mnd_form_place(const struct mnd_toml_value *value);
int mnd_form_want(struct mnd_import *import, const struct mnd_toml_value *value,
		  enum mnd_toml_type type);
int mnd_form_read(struct mnd_import *import, const struct mnd_toml_value *value,
		  const struct mnd_form *form, void *into);

/* What reads a value: into a bool, a struct mnd_text, a struct mnd_texts. */
int mnd_form_boolean(struct mnd_import *import,
		     const struct mnd_toml_value *value, void *member);
int mnd_form_text(struct mnd_import *import, const struct mnd_toml_value *value,
		  void *member);
int mnd_form_texts(struct mnd_import *import,
		   const struct mnd_toml_value *value, void *member);
/* These keep the value itself, a table or an array of tables, for later. */
int mnd_form_table(struct mnd_import *import,
		   const struct mnd_toml_value *value, void *member);
int mnd_form_tables(struct mnd_import *import,
		    const struct mnd_toml_value *value, void *member);
size_t mnd_form_count(const struct mnd_toml_value *tables);

#endif /* _MANDATE_IMPORT_TOML_FORM_H */
