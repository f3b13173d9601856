/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The syntax of an opening parenthesis: capturing, named and plain groups, and
 * flags.
 */

#ifndef _MANDATE_REGEX_GROUP_H
#define _MANDATE_REGEX_GROUP_H

#include "cursor.h"

/**
 * enum mnd_group - What a parenthesis turned out to be
 *
 * @MND_GROUP_CAPTURE: It opens a capturing group.
 * @MND_GROUP_PLAIN: It opens a group that does not capture.
 * @MND_GROUP_FLAGS: It opens nothing and sets flags for the rest of the group.
 */
enum mnd_group {
	MND_GROUP_CAPTURE,
	MND_GROUP_PLAIN,
	MND_GROUP_FLAGS,
};

__must_check int mnd_group_open(struct mnd_cursor *cursor,
				enum mnd_group *group);

#endif /* _MANDATE_REGEX_GROUP_H */
