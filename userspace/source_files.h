/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that a source names, and files of the images that it names.
 */

#ifndef _MANDATE_SOURCE_FILES_H
#define _MANDATE_SOURCE_FILES_H

#include "import/source.h"

/**
 * struct mnd_source_files - Where such files are
 *
 * @images: Descriptor of a folder with a folder for each image; -1 if there is
 *	none.
 */
struct mnd_source_files {
	int images;
};

void mnd_source_files_use(struct mnd_source_files *files,
			  struct mnd_source_options *options);

#endif /* _MANDATE_SOURCE_FILES_H */
