// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads what is known of an image from an OCI image layout.  Each blob is
 * compared with its digest.
 */

#include <stdio.h>

#include "../digest.h"
#include "../toml/toml.h"
#include "image.h"
#include "side_document.h"

/* More than overlayfs can stack. */
#define MAX_LAYERS 1024

#define REF_NAME "org.opencontainers.image.ref.name"

/* A document of the layout. */
struct part {
	struct mnd_side_document document;
	struct mnd_value value;
};

/*
 * A layout that is being read; what it says is only kept while it is.  Its root
 * hashes are null if there is no such file.
 */
struct layout {
	struct mnd_import *import;
	const struct mnd_text *name;
	struct mnd_arena arena;
	struct part hashes;
};

static int read_file(struct layout *layout, const char *path,
		     struct mnd_string_ref *content)
{
	const struct mnd_source_options *options = layout->import->options;
	int err;

	err = options->read_image_file(options->read_context, &layout->arena,
				       layout->name->text, path, content);
	if (err == -ENOMEM)
		return mnd_hcsshim_out_of_memory(layout->import);
	if (err && err != -ENOENT)
		return mnd_fail(layout->import->error, layout->name->place.line,
				layout->name->place.column,
				"\"%s\" of the image cannot be read: %s", path,
				strerror(-err));
	return err;
}

static int parse_part(struct layout *layout, const char *name,
		      const struct mnd_string_ref *content, struct part *part)
{
	part->document =
		(struct mnd_side_document){ layout->import,
					    &layout->import->policy->arena,
					    name, layout->name->place };
	return mnd_side_parse(&part->document, &layout->arena, content,
			      &part->value);
}

/* A member of an object, which must have the type; NULL if there is none. */
static int find_member(const struct mnd_side_document *document,
		       const struct mnd_value *object, const char *key,
		       enum mnd_value_type type,
		       const struct mnd_value **member)
{
	int err = mnd_side_want(document, object, MND_VALUE_OBJECT);

	if (err)
		return err;
	*member = mnd_value_find(object, key);
	if (*member && (*member)->type == MND_VALUE_NULL)
		*member = NULL;
	return *member ? mnd_side_want(document, *member, type) : 0;
}

static int require_member(const struct mnd_side_document *document,
			  const struct mnd_value *object, const char *key,
			  enum mnd_value_type type,
			  const struct mnd_value **member)
{
	int err = find_member(document, object, key, type, member);

	if (err || *member)
		return err;
	return mnd_side_fail(document, object, "has no \"%s\"", key);
}

static int find_annotation(const struct mnd_side_document *document,
			   const struct mnd_value *descriptor, const char *key,
			   const struct mnd_value **annotation)
{
	const struct mnd_value *annotations;
	int err;

	*annotation = NULL;
	err = find_member(document, descriptor, "annotations", MND_VALUE_OBJECT,
			  &annotations);
	if (err || !annotations)
		return err;
	return find_member(document, annotations, key, MND_VALUE_STRING,
			   annotation);
}

static bool is_digest(const char *text)
{
	return !strncmp(text, "sha256:", 7) &&
	       strspn(text + 7, "0123456789abcdef") == 64 && !text[7 + 64];
}

static int find_digest(const struct mnd_side_document *document,
		       const struct mnd_value *descriptor,
		       const struct mnd_value **digest)
{
	int err;

	err = require_member(document, descriptor, "digest", MND_VALUE_STRING,
			     digest);
	if (!err && !is_digest((*digest)->text))
		return mnd_side_fail(document, *digest,
				     "must be a SHA-256 digest");
	return err;
}

/* Reads the document that @descriptor, which is part of @from, points to. */
static int read_blob(struct layout *layout,
		     const struct mnd_side_document *from,
		     const struct mnd_value *descriptor, const char *name,
		     struct part *part)
{
	char path[sizeof("blobs/sha256/") + 64], is[MND_DIGEST_SIZE];
	const struct mnd_value *digest;
	struct mnd_string_ref content;
	int err;

	err = find_digest(from, descriptor, &digest);
	if (err)
		return err;
	snprintf(path, sizeof(path), "blobs/sha256/%s", digest->text + 7);
	err = read_file(layout, path, &content);
	if (err == -ENOENT)
		return mnd_side_fail(from, digest, "there is no such blob");
	if (err)
		return err;
	if (mnd_digest(content.text, content.length, is))
		return mnd_hcsshim_out_of_memory(layout->import);
	if (strcmp(digest->text, is))
		return mnd_side_fail(from, digest,
				     "the blob has another digest");
	return parse_part(layout, name, &content, part);
}

/* Finds the manifest of that name, or the only one. */
static int choose_manifest(const struct layout *layout,
			   const struct part *index,
			   const struct mnd_value **chosen)
{
	const struct mnd_value *manifests, *name;
	size_t i;
	int err;

	*chosen = NULL;
	err = require_member(&index->document, &index->value, "manifests",
			     MND_VALUE_ARRAY, &manifests);
	if (err)
		return err;
	for (i = 0; i < manifests->count; i++) {
		err = find_annotation(&index->document, &manifests->items[i],
				      REF_NAME, &name);
		if (err)
			return err;
		if (manifests->count > 1 &&
		    (!name || strcmp(name->text, layout->name->text)))
			continue;
		if (*chosen)
			return mnd_side_fail(&index->document, name,
					     "two manifests have this name");
		*chosen = &manifests->items[i];
	}
	if (!*chosen)
		return mnd_side_fail(&index->document, manifests,
				     "no manifest has the image's name");
	return 0;
}

/* Reads the side file with root hashes, if there is one. */
static int read_root_hashes(struct layout *layout)
{
	struct part *hashes = &layout->hashes;
	struct mnd_string_ref content;
	int err;

	err = read_file(layout, MND_IMAGE_ROOT_HASHES, &content);
	if (err == -ENOENT)
		return 0;
	if (!err)
		err = parse_part(layout, MND_IMAGE_ROOT_HASHES, &content,
				 hashes);
	if (err)
		return err;
	return mnd_side_want(&hashes->document, &hashes->value,
			     MND_VALUE_OBJECT);
}

static int find_root_hash(const struct layout *layout,
			  const struct part *manifest,
			  const struct mnd_value *layer,
			  const struct mnd_value **hash)
{
	const struct part *hashes = &layout->hashes;
	const struct mnd_value *digest;
	int err;

	err = find_digest(&manifest->document, layer, &digest);
	if (!err)
		err = find_annotation(&manifest->document, layer,
				      MND_IMAGE_ROOT_HASH, hash);
	if (err || *hash)
		return err;
	if (hashes->value.type == MND_VALUE_OBJECT)
		err = find_member(&hashes->document, &hashes->value,
				  digest->text, MND_VALUE_STRING, hash);
	if (err || *hash)
		return err;
	return mnd_side_fail(&manifest->document, layer,
			     "the layer has no \"" MND_IMAGE_ROOT_HASH
			     "\", nor is it in " MND_IMAGE_ROOT_HASHES);
}

static int read_layers(struct layout *layout, const struct part *manifest,
		       struct mnd_image *image)
{
	const struct mnd_value *layers, *hash;
	size_t i;
	int err;

	err = require_member(&manifest->document, &manifest->value, "layers",
			     MND_VALUE_ARRAY, &layers);
	if (err)
		return err;
	if (layers->count > MAX_LAYERS)
		return mnd_side_fail(&manifest->document, layers,
				     "has too many layers");
	err = read_root_hashes(layout);
	if (!err)
		err = mnd_texts_alloc(layout->import, manifest->document.arena,
				      layers->count, &image->layers);
	for (i = 0; !err && i < layers->count; i++) {
		err = find_root_hash(layout, manifest, &layers->items[i],
				     &hash);
		if (!err)
			err = mnd_side_text(&manifest->document, hash,
					    &image->layers.items[i]);
	}
	return err;
}

static int read_config(struct layout *layout, const struct part *manifest,
		       struct mnd_image *image)
{
	static const struct mnd_side_key keys[] = {
		MND_SIDE_KEY(mnd_image, cmd, "Cmd", mnd_side_texts),
		MND_SIDE_KEY(mnd_image, entrypoint, "Entrypoint",
			     mnd_side_texts),
		MND_SIDE_KEY(mnd_image, env, "Env", mnd_side_texts),
		MND_SIDE_KEY(mnd_image, user, "User", mnd_side_text),
		MND_SIDE_KEY(mnd_image, working_dir, "WorkingDir",
			     mnd_side_text),
	};
	static const struct mnd_side_form form = {
		"the configuration of an image", keys, ARRAY_SIZE(keys), true
	};
	const struct mnd_value *descriptor, *config;
	struct part part;
	int err;

	err = require_member(&manifest->document, &manifest->value, "config",
			     MND_VALUE_OBJECT, &descriptor);
	if (!err)
		err = read_blob(layout, &manifest->document, descriptor,
				"configuration", &part);
	if (!err)
		err = find_member(&part.document, &part.value, "config",
				  MND_VALUE_OBJECT, &config);
	if (err || !config)
		return err;
	return mnd_side_read(&part.document, config, &form, image);
}

static int read_layout(struct layout *layout, struct mnd_image *image)
{
	const struct mnd_value *descriptor;
	struct mnd_string_ref content;
	struct part index, manifest;
	int err;

	err = read_file(layout, "index.json", &content);
	if (!err)
		err = parse_part(layout, "index.json", &content, &index);
	if (!err)
		err = choose_manifest(layout, &index, &descriptor);
	if (!err)
		err = read_blob(layout, &index.document, descriptor, "manifest",
				&manifest);
	if (!err)
		err = read_config(layout, &manifest, image);
	if (!err)
		err = read_layers(layout, &manifest, image);
	return err;
}

/**
 * mnd_image_from_layout - Read what is known of an image from an OCI layout
 *
 * The layout is read through the option read_image_file.  It must have one
 * manifest, or one with the image's name as its
 * ``org.opencontainers.image.ref.name``, and that must be of one platform.
 *
 * The dm-verity root hash of a layer is *not* computed from the layer: that
 * takes the very filesystem that the guest will see, which tar2ext4 makes.  It
 * is taken as it stands from %MND_IMAGE_ROOT_HASH in the annotations of the
 * layer in the manifest, or else from %MND_IMAGE_ROOT_HASHES beside the index,
 * and nothing here says that it fits the layer.  A wrong one makes a policy
 * that the layer cannot be mounted under.
 *
 * Users and groups are in the layers, and so are not read here either.
 *
 * @import: Import.
 * @name: Name of the image, with the place in the source that names it.
 * @image: Written, if all zero before.
 *
 * Return: 0, or:
 *
 * - -ENOENT: There is no layout of that name; no error is written.
 * - -EINVAL: It is no such layout, a blob is missing or has another digest, or
 *   a layer has no root hash; the import's error is written.
 * - -E2BIG: One of its documents is over a limit of mnd_json_read(); likewise.
 * - -ENOMEM: Out of memory; likewise.
 */
int mnd_image_from_layout(struct mnd_import *import,
			  const struct mnd_text *name, struct mnd_image *image)
{
	struct layout layout = { .import = import, .name = name };
	int err;

	if (!import->options->read_image_file)
		return -ENOENT;
	image->name.text = name->text;
	image->name.length = name->length;
	err = read_layout(&layout, image);
	mnd_arena_free(&layout.arena);
	return err;
}
