/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists of the strings of a source.
 */

#ifndef _MANDATE_IMPORT_TEXTS_H
#define _MANDATE_IMPORT_TEXTS_H

#include "hcsshim.h"

/**
 * struct mnd_texts - Strings of a source
 *
 * @items: The strings; NULL if there is no list, which is not an empty one.
 * @count: How many.
 */
struct mnd_texts {
	struct mnd_text *items;
	size_t count;
};

void mnd_text_default(struct mnd_text *text, const char *otherwise,
		      const struct mnd_place *place);
int mnd_text_copy(struct mnd_import *import, struct mnd_arena *arena,
		  const struct mnd_string_ref *from,
		  const struct mnd_place *place, struct mnd_text *text);
int mnd_texts_alloc(struct mnd_import *import, struct mnd_arena *arena,
		    size_t count, struct mnd_texts *texts);
int mnd_texts_join(struct mnd_import *import, const struct mnd_texts *first,
		   const struct mnd_texts *second,
		   const struct mnd_place *place, struct mnd_texts *joined);

#endif /* _MANDATE_IMPORT_TEXTS_H */
