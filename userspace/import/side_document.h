/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON documents beside a source: what it does not say itself.
 */

#ifndef _MANDATE_IMPORT_SIDE_DOCUMENT_H
#define _MANDATE_IMPORT_SIDE_DOCUMENT_H

#include "texts.h"
#include "value.h"

/**
 * struct mnd_side_document - A JSON document beside a source
 *
 * @import: Import.
 * @arena: Owns what is read out of the document.
 * @name: Names the document in messages.
 * @place: What in the source refers to it, or zero.
 */
struct mnd_side_document {
	struct mnd_import *import;
	struct mnd_arena *arena;
	const char *name;
	struct mnd_place place;
};

/**
 * struct mnd_side_key - A key that an object may have
 *
 * @name: Name.
 * @read: What reads its value, which is not null, into the member at @offset.
 * @offset: Of that member, in the structure that the object is read into.
 */
struct mnd_side_key {
	const char *name;
	int (*read)(const struct mnd_side_document *document,
		    const struct mnd_value *value, void *member);
	size_t offset;
};

/* A member of the structure @type that @function reads. */
#define MND_SIDE_KEY(type, member, name, function)            \
	{                                                     \
		name, function, offsetof(struct type, member) \
	}

/**
 * struct mnd_side_form - The keys that an object may have
 *
 * @what: Names the object in messages.
 * @keys: Keys.
 * @count: How many.
 * @open: It may have others, which do not matter.
 */
struct mnd_side_form {
	const char *what;
	const struct mnd_side_key *keys;
	size_t count;
	bool open;
};

int mnd_side_parse(const struct mnd_side_document *document,
		   struct mnd_arena *arena, const struct mnd_string_ref *text,
		   struct mnd_value *value);
__printf(3, 4) int mnd_side_fail(const struct mnd_side_document *document,
				 const struct mnd_value *value,
				 const char *format, ...);
int mnd_side_want(const struct mnd_side_document *document,
		  const struct mnd_value *value, enum mnd_value_type type);
int mnd_side_read(const struct mnd_side_document *document,
		  const struct mnd_value *value,
		  const struct mnd_side_form *form, void *into);

/* What reads a value: into a struct mnd_text, a struct mnd_texts. */
int mnd_side_text(const struct mnd_side_document *document,
		  const struct mnd_value *value, void *member);
int mnd_side_texts(const struct mnd_side_document *document,
		   const struct mnd_value *value, void *member);
/* This keeps the value itself for later. */
int mnd_side_keep(const struct mnd_side_document *document,
		  const struct mnd_value *value, void *member);

#endif /* _MANDATE_IMPORT_SIDE_DOCUMENT_H */
