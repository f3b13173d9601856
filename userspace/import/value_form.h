/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads values of a source for what they have to be.
 */

#ifndef _MANDATE_IMPORT_VALUE_FORM_H
#define _MANDATE_IMPORT_VALUE_FORM_H

#include "hcsshim.h"
#include "value.h"

/**
 * struct mnd_value_pick - A member that an object may have
 *
 * @key: Key.
 * @value: Where its value goes; NULL if it does not matter.
 */
struct mnd_value_pick {
	const char *key;
	const struct mnd_value **value;
};

/**
 * struct mnd_value_picks - The members that an object may have
 *
 * @what: Names the object in messages.
 * @picks: Members.
 * @count: How many.
 */
struct mnd_value_picks {
	const char *what;
	const struct mnd_value_pick *picks;
	size_t count;
};

__printf(3, 4) int mnd_value_refuse(struct mnd_import *import,
				    const struct mnd_value *value,
				    const char *format, ...);
__printf(3, 4) int mnd_value_object_to(struct mnd_import *import,
				       const struct mnd_place *place,
				       const char *format, ...);
int mnd_value_want(struct mnd_import *import, const struct mnd_value *value,
		   enum mnd_value_type type);
int mnd_value_take(struct mnd_import *import, const struct mnd_value *value,
		   const struct mnd_value_picks *picks);
int mnd_value_boolean(struct mnd_import *import, const struct mnd_value *value,
		      bool *boolean);
int mnd_value_text(struct mnd_import *import, const struct mnd_value *value,
		   struct mnd_text *text);
int mnd_value_texts(struct mnd_import *import, const struct mnd_value *value,
		    const struct mnd_text **texts, size_t *count);
int mnd_value_strings(struct mnd_import *import, const struct mnd_value *value,
		      struct mnd_string_list *list);
int mnd_value_integer(struct mnd_import *import, const struct mnd_value *value,
		      long long *integer);
int mnd_value_signals(struct mnd_import *import, const struct mnd_value *value,
		      u64 *signals);

#endif /* _MANDATE_IMPORT_VALUE_FORM_H */
