/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The generated tables of Unicode classes and case folding, as unicode.c
 * reads them.
 */

#ifndef _MANDATE_REGEX_UNICODE_TABLE_H
#define _MANDATE_REGEX_UNICODE_TABLE_H

#include "../../lsm/core/deps.h"

/* Most code points that fold to each other. */
#define MND_UNICODE_ORBIT 4

/**
 * struct mnd_unicode_class - A general category or a script
 *
 * @name: Name in \p{NAME}.
 * @first: Its first range in mnd_unicode_delta.
 * @count: How many ranges it has.
 */
struct mnd_unicode_class {
	const char *name;
	u16 first;
	u16 count;
};

/**
 * struct mnd_unicode_fold - A run of pairs that fold to each other
 *
 * @first: Lesser code point of the first pair.
 * @last: Lesser code point of the last pair.
 * @partner: Greater code point of the first pair; the others are as far off.
 * @step: Distance of the pairs.
 */
struct mnd_unicode_fold {
	u32 first;
	u32 last;
	u32 partner;
	u32 step;
};

/*
 * Two numbers a range: code points between the last range of the class and
 * this one, and code points that follow its first.
 */
extern const u32 mnd_unicode_delta[];

extern const struct mnd_unicode_class mnd_unicode_category[];
extern const size_t mnd_unicode_category_count;
extern const struct mnd_unicode_class mnd_unicode_script[];
extern const size_t mnd_unicode_script_count;

extern const struct mnd_unicode_fold mnd_unicode_fold[];
extern const size_t mnd_unicode_fold_count;

/* More than two code points that fold to each other; 0 fills a row. */
extern const u32 mnd_unicode_orbit[][MND_UNICODE_ORBIT];
extern const size_t mnd_unicode_orbit_count;

#endif /* _MANDATE_REGEX_UNICODE_TABLE_H */
