/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A table while it grows: its sections, and what is in them only once.
 */

#ifndef _MANDATE_TABLE_BUILDER_H
#define _MANDATE_TABLE_BUILDER_H

#include "pattern_table.h"
#include "pointer_map.h"
#include "string_table.h"

/* A section that is being filled. */
struct mnd_builder_section {
	void *records;
	size_t count;
	size_t room;
	/* Numbers plus one of the records that have been interned, hashed. */
	u32 *slots;
	size_t slot_count;
	size_t interned;
};

/**
 * struct mnd_builder - A table while it grows
 *
 * All zero but for @error: nothing is in it.
 *
 * @error: Written by whatever fails.
 * @strings: Its strings; complete and sorted before the first record.
 * @patterns: Its patterns; the same.
 * @collected: Contexts and variables whose strings have been added: they may be
 *	those of many rules.
 * @made: The same that are in the table, and their numbers there.
 * @sections: Its sections.
 */
struct mnd_builder {
	struct mnd_error *error;
	struct mnd_string_table strings;
	struct mnd_pattern_table patterns;
	struct mnd_pointer_map collected;
	struct mnd_pointer_map made;
	struct mnd_builder_section sections[__MND_SECTION_MAX];
};

int mnd_builder_out_of_memory(struct mnd_builder *builder);
u32 mnd_builder_count(const struct mnd_builder *builder,
		      enum mnd_section section);
void *mnd_builder_append(struct mnd_builder *builder, enum mnd_section section,
			 size_t count);
int mnd_builder_intern(struct mnd_builder *builder, enum mnd_section section,
		       const void *record, __le32 *number);
int mnd_builder_intern_list(struct mnd_builder *builder,
			    enum mnd_list_kind kind, const __le32 *words,
			    size_t count, __le32 *number);
__le32 mnd_builder_string(const struct mnd_builder *builder, const char *text);
__le32 mnd_builder_matcher(const struct mnd_builder *builder,
			   enum mnd_space space,
			   const struct mnd_match_rule *rule);
int mnd_builder_finish(struct mnd_builder *builder, u8 **table, u32 *length);
void mnd_builder_free(struct mnd_builder *builder);

#endif /* _MANDATE_TABLE_BUILDER_H */
