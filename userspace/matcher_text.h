/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words for the small things in a table: matchers, options, signals, classes.
 */

#ifndef _MANDATE_MATCHER_TEXT_H
#define _MANDATE_MATCHER_TEXT_H

#include <jansson.h>

#include "../lsm/core/table.h"

#define MND_OPTION_COUNT 5

/**
 * struct mnd_option_name - The name of a mount option
 *
 * @name: As in a policy and in mount(8).
 * @flag: MND_MOUNT_*.
 */
struct mnd_option_name {
	const char *name;
	u32 flag;
};

extern const struct mnd_option_name mnd_option_names[MND_OPTION_COUNT];

u32 mnd_matcher_length(const struct mnd_table *table, u32 matcher);
const char *mnd_matcher_string(const struct mnd_table *table, u32 matcher);
bool mnd_matcher_is_pattern(u32 matcher);
json_t *mnd_matcher_json(const struct mnd_table *table, u32 matcher);
json_t *mnd_options_json(u32 flags);
json_t *mnd_signals_json(u64 signals);
const char *mnd_class_name(const struct mnd_subject *subject);

#endif /* _MANDATE_MATCHER_TEXT_H */
