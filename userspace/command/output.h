/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file that is written whole or not at all.
 */

#ifndef _MANDATE_OUTPUT_H
#define _MANDATE_OUTPUT_H

#include "../../lsm/core/deps.h"

/**
 * struct mnd_output - A file that has been written but is not in place
 *
 * @path: Where it goes, without symbolic links.
 * @part: Where it is; NULL if it is in place already.
 */
struct mnd_output {
	char *path;
	char *part;
};

int mnd_write_all(int fd, const u8 *bytes, size_t length);
int mnd_output_write(struct mnd_output *output, const char *path,
		     const u8 *bytes, size_t length);
int mnd_output_keep(struct mnd_output *output);
void mnd_output_drop(struct mnd_output *output);

#endif /* _MANDATE_OUTPUT_H */
