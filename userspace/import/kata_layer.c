// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The layers of a container's image, which a Kata policy has among its storages:
 * those of an overlay, whose options are names and root hashes with colons
 * between them, or a storage for each, with the root hash among its options.
 */

#include <stdlib.h>

#include "../toml/toml.h"
#include "kata.h"

#define ROOT_HASH "X-kata.dmverity.roothash="
#define ALGORITHM "X-kata.dmverity.algorithm="
#define PARTITION "X-kata.partition-number="
#define LOWER "X-kata.overlay-lower"
#define MULTI_LAYER "X-kata.multi-layer=true"
#define PARTITIONED "X-kata.gpt-partitioned=true"
#define MAX_LAYERS 1024

/* An element of "storages". */
struct storage {
	struct mnd_text driver;
	struct mnd_text fstype;
	struct mnd_texts options;
};

/* A layer that has a storage of its own. */
struct layer {
	struct mnd_text hash;
	unsigned long partition;
	size_t number;
};

/**
 * struct layers - The layers of a container, the top first
 *
 * @kata: The policy.
 * @layers: Layers.
 * @count: How many.
 * @partitioned: They are in the order of their partitions.
 * @unverified: One of them has no root hash.
 * @overlay: Root hashes that an overlay names, or no text.
 * @place: Of the last layer.
 */
struct layers {
	struct mnd_kata *kata;
	struct layer *layers;
	size_t count;
	bool partitioned;
	bool unverified;
	struct mnd_text overlay;
	struct mnd_place place;
};

static int read_storage(struct mnd_import *import,
			const struct mnd_value *value, struct storage *storage)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(storage, driver, "driver", mnd_object_text),
		MND_OBJECT_SKIP("driver_options"),
		MND_OBJECT_SKIP("fs_group"),
		MND_OBJECT_KEY(storage, fstype, "fstype", mnd_object_text),
		MND_OBJECT_SKIP("mount_point"),
		MND_OBJECT_KEY(storage, options, "options", mnd_object_texts),
		MND_OBJECT_SKIP("shared"),
		MND_OBJECT_SKIP("source"),
	};
	static const struct mnd_object_form form = {
		"an element of \"storages\"", keys, ARRAY_SIZE(keys), false
	};
	int err;

	memset(storage, 0, sizeof(*storage));
	err = mnd_object_read(import, value, &form, storage);
	mnd_text_default(&storage->driver, "", &value->place);
	mnd_text_default(&storage->fstype, "", &value->place);
	return err;
}

static bool has_option(const struct storage *storage, const char *option)
{
	size_t i;

	for (i = 0; i < storage->options.count; i++)
		if (!strcmp(storage->options.items[i].text, option))
			return true;
	return false;
}

/* What is behind @prefix in an option, or no text. */
static struct mnd_text find_option(const struct storage *storage,
				   const char *prefix)
{
	const size_t length = strlen(prefix);
	struct mnd_text found = { NULL };
	size_t i;

	for (i = 0; i < storage->options.count; i++) {
		if (strncmp(storage->options.items[i].text, prefix, length))
			continue;
		found = storage->options.items[i];
		found.text += length;
		found.length -= length;
	}
	return found;
}

/* A layer that an overlay names, and that says nothing of its own. */
static bool is_named_layer(const struct storage *storage)
{
	return !strcmp(storage->driver.text, "blk") &&
	       !strcmp(storage->fstype.text, "tar");
}

/* Whether the agent makes a layer of an image of it. */
static bool is_layer(const struct storage *storage)
{
	return has_option(storage, LOWER) ||
	       (!strcmp(storage->fstype.text, "erofs") &&
		has_option(storage, MULTI_LAYER));
}

static int refuse(struct layers *layers, const struct mnd_place *place,
		  const char *why)
{
	return mnd_fail(layers->kata->import->error, place->line, place->column,
			"%s", why);
}

static int add_layer(struct layers *layers, const struct storage *storage,
		     const struct mnd_place *place)
{
	const struct mnd_text algorithm = find_option(storage, ALGORITHM);
	const struct mnd_text partition = find_option(storage, PARTITION);
	struct layer *layer;

	if (algorithm.text && strcmp(algorithm.text, "sha256"))
		return refuse(layers, &algorithm.place,
			      "a layer can only have SHA-256");
	if (layers->count == MAX_LAYERS)
		return refuse(layers, place, "too many layers");
	layer = &layers->layers[layers->count];
	layer->hash = find_option(storage, ROOT_HASH);
	layer->number = layers->count++;
	layer->partition = partition.text ? strtoul(partition.text, NULL, 10) :
					    0xffffffffUL;
	layers->unverified |= !layer->hash.text;
	layers->partitioned |= has_option(storage, PARTITIONED);
	layers->place = *place;
	return 0;
}

static size_t count_parts(const char *text)
{
	size_t count = 1;

	while ((text = strchr(text, ':'))) {
		text++;
		count++;
	}
	return count;
}

/* An overlay with one option for names and one for root hashes. */
static int use_overlay(struct layers *layers, const struct storage *storage,
		       const struct mnd_place *place)
{
	if (layers->overlay.text)
		return refuse(layers, place, "there is an overlay before");
	if (storage->options.count != 2)
		return refuse(layers, place,
			      "needs two options: names and root hashes");
	if (count_parts(storage->options.items[0].text) !=
	    count_parts(storage->options.items[1].text))
		return refuse(layers, place,
			      "has not as many root hashes as names of layers");
	layers->overlay = storage->options.items[1];
	return 0;
}

static int take_storage(struct layers *layers, const struct mnd_value *value)
{
	struct storage storage;
	int err;

	err = read_storage(layers->kata->import, value, &storage);
	if (err)
		return err;
	if (!strcmp(storage.driver.text, "overlayfs"))
		return use_overlay(layers, &storage, &value->place);
	if (is_layer(&storage))
		return add_layer(layers, &storage, &value->place);
	layers->kata->seen[MND_KATA_STORAGES] |= !is_named_layer(&storage);
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct layer *x = a, *y = b;

	if (x->partition != y->partition)
		return x->partition < y->partition ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

/* The agent mounts the first one on top; a policy has the bottom first. */
static int use_layers(struct layers *layers, struct mnd_texts *texts)
{
	struct mnd_import *import = layers->kata->import;
	size_t i;
	int err;

	if (layers->partitioned)
		qsort(layers->layers, layers->count, sizeof(*layers->layers),
		      compare);
	err = mnd_texts_alloc(import, &import->policy->arena, layers->count,
			      texts);
	for (i = 0; !err && i < texts->count; i++)
		texts->items[i] = layers->layers[texts->count - 1 - i].hash;
	return err;
}

static int split_overlay(struct layers *layers, struct mnd_texts *texts)
{
	struct mnd_import *import = layers->kata->import;
	const struct mnd_text *all = &layers->overlay;
	struct mnd_string_ref part;
	const char *at = all->text;
	size_t i;
	int err;

	if (count_parts(at) > MAX_LAYERS)
		return refuse(layers, &all->place, "too many layers");
	err = mnd_texts_alloc(import, &import->policy->arena, count_parts(at),
			      texts);
	for (i = texts->count; !err && i--;) {
		part.text = at;
		part.length = strcspn(at, ":");
		err = mnd_text_copy(import, &import->policy->arena, &part,
				    &all->place, &texts->items[i]);
		at += part.length + 1;
	}
	return err;
}

static int make_texts(struct layers *layers, struct mnd_texts *texts)
{
	if (layers->overlay.text && layers->count)
		return refuse(layers, &layers->place,
			      "there are layers and an overlay");
	if (layers->overlay.text)
		return split_overlay(layers, texts);
	if (!layers->unverified)
		return use_layers(layers, texts);
	return 0;
}

/**
 * mnd_kata_layers - Find the layers of a container's image
 *
 * @kata: The policy.
 * @container: Container.
 * @layers: Written: root hashes, the bottom first; none if the policy does not
 *	have one for each layer.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: A storage is none, or the layers are not understood.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_layers(struct mnd_kata *kata,
		    const struct mnd_kata_container *container,
		    struct mnd_texts *layers)
{
	const size_t count = mnd_object_count(container->storages);
	struct layers found = { .kata = kata };
	size_t i;
	int err = 0;

	memset(layers, 0, sizeof(*layers));
	found.layers = calloc(MAX_LAYERS, sizeof(*found.layers));
	if (!found.layers)
		return mnd_hcsshim_out_of_memory(kata->import);
	for (i = 0; !err && i < count; i++)
		err = take_storage(&found, &container->storages->items[i]);
	if (!err)
		err = make_texts(&found, layers);
	free(found.layers);
	return err;
}
