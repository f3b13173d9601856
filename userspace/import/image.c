// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is known of the images that a source names: from the image facts that
 * came with it, from OCI layouts and from root file systems.
 */

#include <stdlib.h>

#include "../toml/toml.h"
#include "image.h"
#include "side_document.h"

static int compare_images(const void *a, const void *b)
{
	const struct mnd_image *first = a, *second = b;

	return mnd_string_compare(&first->name, &second->name);
}

/**
 * mnd_images_read - Read the image facts that came with a source
 *
 * Each image is only looked into when mnd_images_find() finds it.
 *
 * @import: Import.
 * @images: Written; all zero if there are no image facts.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: They are no JSON object.
 * - -E2BIG: They are over a limit of mnd_json_read().
 * - -ENOMEM: Out of memory.
 */
int mnd_images_read(struct mnd_import *import, struct mnd_images *images)
{
	const struct mnd_string_ref text = { import->options->images,
					     import->options->images_length };
	struct mnd_arena *arena = &import->policy->arena;
	const struct mnd_side_document document = { import, arena, "images" };
	struct mnd_value facts;
	struct mnd_image *image;
	int err;

	memset(images, 0, sizeof(*images));
	if (!text.text)
		return 0;
	err = mnd_side_parse(&document, arena, &text, &facts);
	if (!err)
		err = mnd_side_want(&document, &facts, MND_VALUE_OBJECT);
	if (err)
		return err;
	images->images =
		mnd_arena_alloc(arena, facts.count, sizeof(*images->images));
	if (!images->images)
		return mnd_hcsshim_out_of_memory(import);
	for (; images->count < facts.count; images->count++) {
		image = &images->images[images->count];
		image->name.text = facts.members[images->count].key.text;
		image->name.length = facts.members[images->count].key.length;
		image->value = &facts.members[images->count].value;
	}
	qsort(images->images, images->count, sizeof(*images->images),
	      compare_images);
	return 0;
}

static int read_accounts(const struct mnd_side_document *document,
			 const struct mnd_value *value, void *member)
{
	const struct mnd_string_ref text = { value->text, value->length };
	int err = mnd_side_want(document, value, MND_VALUE_STRING);

	if (err)
		return err;
	err = mnd_accounts_read(document->arena, &text, member);
	return err ? mnd_hcsshim_out_of_memory(document->import) : 0;
}

/* Reads an image of the image facts. */
static int read_facts(struct mnd_import *import, const struct mnd_text *name,
		      struct mnd_image *image)
{
	static const struct mnd_side_key keys[] = {
		MND_SIDE_KEY(mnd_image, cmd, "cmd", mnd_side_texts),
		MND_SIDE_KEY(mnd_image, entrypoint, "entrypoint",
			     mnd_side_texts),
		MND_SIDE_KEY(mnd_image, env, "env", mnd_side_texts),
		MND_SIDE_KEY(mnd_image, groups, "group", read_accounts),
		MND_SIDE_KEY(mnd_image, layers, "layers", mnd_side_texts),
		MND_SIDE_KEY(mnd_image, users, "passwd", read_accounts),
		MND_SIDE_KEY(mnd_image, user, "user", mnd_side_text),
		MND_SIDE_KEY(mnd_image, working_dir, "working_dir",
			     mnd_side_text),
	};
	static const struct mnd_side_form form = { "the facts of an image",
						   keys, ARRAY_SIZE(keys) };
	const struct mnd_side_document document = { import,
						    &import->policy->arena,
						    "images", name->place };
	const struct mnd_value *value = image->value;
	int err;

	err = mnd_side_read(&document, value, &form, image);
	if (err)
		return err;
	if (!image->layers.items)
		return mnd_side_fail(&document, value, "has no \"layers\"");
	image->value = NULL;
	return 0;
}

/* Reads users or groups from an image's root file system, if it is there. */
static int load_accounts(struct mnd_import *import, const struct mnd_text *name,
			 const char *path, struct mnd_accounts *accounts)
{
	const struct mnd_source_options *options = import->options;
	struct mnd_arena *arena = &import->policy->arena;
	struct mnd_string_ref content;
	int err;

	if (accounts->known || !options->read_image_file)
		return 0;
	err = options->read_image_file(options->read_context, arena, name->text,
				       path, &content);
	if (!err)
		err = mnd_accounts_read(arena, &content, accounts);
	if (err == -ENOMEM)
		return mnd_hcsshim_out_of_memory(import);
	if (err && err != -ENOENT)
		return mnd_fail(import->error, name->place.line,
				name->place.column,
				"\"%s\" of the image cannot be read: %s", path,
				strerror(-err));
	return 0;
}

static int load_layout(struct mnd_import *import, struct mnd_images *images,
		       const struct mnd_text *name, struct mnd_image **image)
{
	struct mnd_image *loaded;
	int err;

	loaded = mnd_arena_alloc(&import->policy->arena, 1, sizeof(*loaded));
	if (!loaded)
		return mnd_hcsshim_out_of_memory(import);
	err = mnd_image_from_layout(import, name, loaded);
	if (err)
		return err;
	loaded->next = images->layouts;
	images->layouts = loaded;
	*image = loaded;
	return 0;
}

static int find_layout(struct mnd_import *import, struct mnd_images *images,
		       const struct mnd_text *name, struct mnd_image **image)
{
	const struct mnd_string_ref wanted = { name->text, name->length };
	struct mnd_image *found = NULL;

	for (found = images->layouts; found; found = found->next) {
		if (!mnd_string_compare(&found->name, &wanted)) {
			*image = found;
			return 0;
		}
	}
	return load_layout(import, images, name, image);
}

static int find_image(struct mnd_import *import, struct mnd_images *images,
		      const struct mnd_text *name, struct mnd_image **image)
{
	const struct mnd_image key = { .name = { name->text, name->length } };
	struct mnd_image *found = NULL;

	if (images->count)
		found = bsearch(&key, images->images, images->count,
				sizeof(*images->images), compare_images);
	if (!found)
		return find_layout(import, images, name, image);
	*image = found;
	return found->value ? read_facts(import, name, found) : 0;
}

static int unknown_image(struct mnd_import *import, const struct mnd_text *name)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(name->text, name->length, quoted);
	return mnd_fail(import->error, name->place.line, name->place.column,
			"nothing is known of the image %s", quoted);
}

/**
 * mnd_images_find - Find out about an image
 *
 * The image facts come first, then an OCI layout.  The image's users and groups
 * are taken from its root file system unless the image facts have them.
 *
 * @import: Import.
 * @images: Images.
 * @name: Name of the image, with the place in the source that names it.
 * @image: Written; owned by the import's policy.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: Nothing is known of the image, or what is known is not right.
 * - -E2BIG: What is known is over a limit of mnd_json_read().
 * - -ENOMEM: Out of memory.
 */
int mnd_images_find(struct mnd_import *import, struct mnd_images *images,
		    const struct mnd_text *name, const struct mnd_image **image)
{
	struct mnd_image *found = NULL;
	int err;

	err = find_image(import, images, name, &found);
	if (err == -ENOENT)
		return unknown_image(import, name);
	if (!err)
		err = load_accounts(import, name, "etc/passwd", &found->users);
	if (!err)
		err = load_accounts(import, name, "etc/group", &found->groups);
	if (err)
		return err;
	*image = found;
	return 0;
}
