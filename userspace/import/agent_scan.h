/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds the way through the Rego of a policy for Kata's agent.
 */

#ifndef _MANDATE_IMPORT_AGENT_SCAN_H
#define _MANDATE_IMPORT_AGENT_SCAN_H

#include "value_reader.h"

bool mnd_agent_at_word(const struct mnd_value_reader *reader, const char *word);
bool mnd_agent_take_word(struct mnd_value_reader *reader, const char *word);
bool mnd_agent_take(struct mnd_value_reader *reader, char c);
void mnd_agent_skip_blanks(struct mnd_value_reader *reader);
bool mnd_agent_at_line_end(struct mnd_value_reader *reader);
int mnd_agent_take_name(struct mnd_value_reader *reader, const char **name);
bool mnd_agent_take_assignment(struct mnd_value_reader *reader);
int mnd_agent_skip_call(struct mnd_value_reader *reader);
int mnd_agent_skip_rule(struct mnd_value_reader *reader,
			const struct mnd_place *place);

#endif /* _MANDATE_IMPORT_AGENT_SCAN_H */
