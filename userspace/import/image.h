/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of the images that a source names.
 */

#ifndef _MANDATE_IMPORT_IMAGE_H
#define _MANDATE_IMPORT_IMAGE_H

#include "passwd.h"
#include "texts.h"
#include "value.h"

/* In the manifest of an OCI layout: the dm-verity root hash of a layer. */
#define MND_IMAGE_ROOT_HASH "io.mandate.root-hash"
/* In the folder of an OCI layout: an object of root hashes by layer digest. */
#define MND_IMAGE_ROOT_HASHES "root-hashes.json"

/**
 * struct mnd_image - What is known of an image
 *
 * @name: Name.
 * @next: For struct mnd_images.
 * @value: Its object in the image facts, until that is read, or NULL.
 * @layers: Root hashes of its layers, the bottom first, in hexadecimal.
 * @env: Variables that it sets.
 * @entrypoint: The first arguments of its process.
 * @cmd: The further ones.
 * @working_dir: Working directory; no text if it has none.
 * @user: "USER" or "USER:GROUP", each a name or a number; likewise.
 * @users: The users that it knows.
 * @groups: The groups that it knows.
 */
struct mnd_image {
	struct mnd_string_ref name;
	struct mnd_image *next;
	const struct mnd_value *value;
	struct mnd_texts layers;
	struct mnd_texts env;
	struct mnd_texts entrypoint;
	struct mnd_texts cmd;
	struct mnd_text working_dir;
	struct mnd_text user;
	struct mnd_accounts users;
	struct mnd_accounts groups;
};

/**
 * struct mnd_images - Images
 *
 * All zero: none is known.
 *
 * @images: Those of the image facts, ascending by name.
 * @count: How many.
 * @layouts: Those that were read from OCI layouts.
 */
struct mnd_images {
	struct mnd_image *images;
	size_t count;
	struct mnd_image *layouts;
};

/* image.c */
int mnd_images_read(struct mnd_import *import, struct mnd_images *images);
int mnd_images_find(struct mnd_import *import, struct mnd_images *images,
		    const struct mnd_text *name,
		    const struct mnd_image **image);

/* image_layout.c */
int mnd_image_from_layout(struct mnd_import *import,
			  const struct mnd_text *name, struct mnd_image *image);

#endif /* _MANDATE_IMPORT_IMAGE_H */
