// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lists of the strings of a source.
 */

#include "texts.h"

/**
 * mnd_text_default - Give a string that is missing a value
 *
 * @text: String, all zero if it is missing.
 * @otherwise: Value, which must outlive @text.
 * @place: Place that it gets then.
 */
void mnd_text_default(struct mnd_text *text, const char *otherwise,
		      const struct mnd_place *place)
{
	if (text->text)
		return;
	text->text = otherwise;
	text->length = strlen(otherwise);
	text->place = *place;
}

/**
 * mnd_text_copy - Copy a string of a source
 *
 * @import: Import, for its error.
 * @arena: Owns the copy.
 * @from: String without a NUL in it.
 * @place: Where it was written.
 * @text: Written.
 *
 * Return: 0, or -ENOMEM with the import's error written.
 */
int mnd_text_copy(struct mnd_import *import, struct mnd_arena *arena,
		  const struct mnd_string_ref *from,
		  const struct mnd_place *place, struct mnd_text *text)
{
	text->text = mnd_arena_copy(arena, from->text, from->length);
	text->length = from->length;
	text->place = *place;
	return text->text ? 0 : mnd_hcsshim_out_of_memory(import);
}

/**
 * mnd_texts_alloc - Make room for strings
 *
 * @import: Import, for its error.
 * @arena: Owns the list.
 * @count: How many strings.
 * @texts: Written; its strings are all zero.
 *
 * Return: 0, or -ENOMEM with the import's error written.
 */
int mnd_texts_alloc(struct mnd_import *import, struct mnd_arena *arena,
		    size_t count, struct mnd_texts *texts)
{
	texts->count = count;
	texts->items = mnd_arena_alloc(arena, count, sizeof(*texts->items));
	return texts->items ? 0 : mnd_hcsshim_out_of_memory(import);
}

/**
 * mnd_texts_join - Make one list of two, as if it were written elsewhere
 *
 * @import: Import, whose policy owns the new list.
 * @first: What comes first.
 * @second: What comes behind it.
 * @place: Place that each of the new strings gets.
 * @joined: Written; shares the bytes of its strings with the two lists.
 *
 * Return: 0, or -ENOMEM with the import's error written.
 */
int mnd_texts_join(struct mnd_import *import, const struct mnd_texts *first,
		   const struct mnd_texts *second,
		   const struct mnd_place *place, struct mnd_texts *joined)
{
	size_t i;
	int err;

	err = mnd_texts_alloc(import, &import->policy->arena,
			      first->count + second->count, joined);
	if (err)
		return err;
	for (i = 0; i < joined->count; i++) {
		joined->items[i] = i < first->count ?
					   first->items[i] :
					   second->items[i - first->count];
		joined->items[i].place = *place;
	}
	return 0;
}
