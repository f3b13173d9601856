/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the objects of a JSON source into structures.
 */

#ifndef _MANDATE_IMPORT_OBJECT_FORM_H
#define _MANDATE_IMPORT_OBJECT_FORM_H

#include "texts.h"
#include "value_form.h"

/**
 * struct mnd_object_key - A key that an object may have
 *
 * @name: Name.
 * @read: What reads its value, which is not null, into the member at @offset.
 * @offset: Of that member, in the structure that the object is read into.
 */
struct mnd_object_key {
	const char *name;
	int (*read)(struct mnd_import *import, const struct mnd_value *value,
		    void *member);
	size_t offset;
};

/* A member of the structure @type that @function reads. */
#define MND_OBJECT_KEY(type, member, name, function)          \
	{                                                     \
		name, function, offsetof(struct type, member) \
	}
/* A key whose value does not matter here. */
#define MND_OBJECT_SKIP(name)            \
	{                                \
		name, mnd_object_skip, 0 \
	}
/* A key that is not understood, so that the author has to know. */
#define MND_OBJECT_IGNORED(name) \
	{                        \
		name, NULL, 0    \
	}

/**
 * struct mnd_object_form - The keys that an object may have
 *
 * @what: Names the object in messages.
 * @keys: Keys; at most 64.
 * @count: How many.
 * @any_case: A key may be written in capital or small letters.
 */
struct mnd_object_form {
	const char *what;
	const struct mnd_object_key *keys;
	size_t count;
	bool any_case;
};

int mnd_object_read(struct mnd_import *import, const struct mnd_value *value,
		    const struct mnd_object_form *form, void *into);

/*
 * What reads a value: into a bool, a struct mnd_text, a struct mnd_texts, which
 * share the value's bytes, or a set of signals.
 */
int mnd_object_boolean(struct mnd_import *import, const struct mnd_value *value,
		       void *member);
int mnd_object_text(struct mnd_import *import, const struct mnd_value *value,
		    void *member);
int mnd_object_texts(struct mnd_import *import, const struct mnd_value *value,
		     void *member);
int mnd_object_signals(struct mnd_import *import, const struct mnd_value *value,
		       void *member);
/* These keep a pointer to the value: to any, to an array, to an object. */
int mnd_object_keep(struct mnd_import *import, const struct mnd_value *value,
		    void *member);
int mnd_object_array(struct mnd_import *import, const struct mnd_value *value,
		     void *member);
int mnd_object_object(struct mnd_import *import, const struct mnd_value *value,
		      void *member);
/* This one does nothing. */
int mnd_object_skip(struct mnd_import *import, const struct mnd_value *value,
		    void *member);

int mnd_object_id(struct mnd_import *import, const struct mnd_value *value,
		  u32 *id);
size_t mnd_object_count(const struct mnd_value *array);

#endif /* _MANDATE_IMPORT_OBJECT_FORM_H */
