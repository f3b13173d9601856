/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The patterns of a table: collected by what their strings are, then numbered
 * and made into automata.
 */

#ifndef _MANDATE_PATTERN_TABLE_H
#define _MANDATE_PATTERN_TABLE_H

#include "../../lsm/core/table.h"
#include "../policy/policy.h"
#include "../regex/dfa.h"
#include "string_table.h"

/**
 * struct mnd_pattern_table - Patterns
 *
 * All zero is an empty one.
 *
 * @texts: Texts of the patterns of each space.
 * @rules: Where each of them comes from, in the order in which they came.
 * @rule_count: How many @rules.
 * @automata: Automata of each space.
 */
struct mnd_pattern_table {
	struct mnd_string_table texts[__MND_SPACE_MAX];
	struct mnd_match_rule *rules;
	size_t rule_count;
	struct mnd_dfa_list automata[__MND_SPACE_MAX];
};

int mnd_pattern_check(const struct mnd_match_rule *rule,
		      struct mnd_error *error);
int mnd_pattern_table_add(struct mnd_pattern_table *table, enum mnd_space space,
			  const struct mnd_match_rule *rule,
			  struct mnd_error *error);
int mnd_pattern_table_build(struct mnd_pattern_table *table,
			    struct mnd_error *error);
u32 mnd_pattern_table_first(const struct mnd_pattern_table *table,
			    enum mnd_space space);
u32 mnd_pattern_table_find(const struct mnd_pattern_table *table,
			   enum mnd_space space,
			   const struct mnd_match_rule *rule);
void mnd_pattern_table_free(struct mnd_pattern_table *table);

#endif /* _MANDATE_PATTERN_TABLE_H */
