// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Containers of a policy for Kata's agent that says little of them: their
 * arguments, or the images that they may have.
 */

#include "../toml/toml.h"
#include "kata.h"

/* The container of a pod, which is part of the guest. */
#define PAUSE "pause"
#define PAUSE_COMMAND "/pause"

static int use_text(struct mnd_kata *kata, const char *text,
		    const struct mnd_place *place, struct mnd_texts *texts)
{
	int err;

	err = mnd_texts_alloc(kata->import, &kata->import->policy->arena, 1,
			      texts);
	if (!err)
		mnd_text_default(&texts->items[0], text, place);
	return err;
}

#define OF_IMAGE \
	"the arguments of this container are taken to be those of its image"

/* The arguments of a container of which only the image is known. */
static int find_args(struct mnd_kata *kata, const struct mnd_text *image,
		     struct mnd_texts *args)
{
	const struct mnd_image *found;
	int err;

	if (!strcmp(image->text, PAUSE))
		return use_text(kata, PAUSE_COMMAND, &image->place, args);
	err = mnd_images_find(kata->import, &kata->images, image, &found);
	if (err)
		return err;
	kata->borrowed += found->entrypoint.count + found->cmd.count;
	err = mnd_texts_join(kata->import, &found->entrypoint, &found->cmd,
			     &image->place, args);
	return err ? err :
		     mnd_hcsshim_warn(kata->import, &image->place, OF_IMAGE);
}

static int make_args(struct mnd_kata *kata,
		     const struct mnd_kata_allowed *allowed,
		     const struct mnd_text *image,
		     struct mnd_process_rule *entry)
{
	struct mnd_kata_commands alone = { NULL, 0 };
	struct mnd_texts args;
	int err;

	if (allowed->args)
		err = mnd_object_texts(kata->import, allowed->args, &args);
	else
		err = find_args(kata, image, &args);
	if (!err)
		err = mnd_kata_exact(kata, &args, entry);
	/* What is true of a command is true of this one. */
	return err ? err : mnd_kata_add_command(kata, entry, &alone);
}

static int add_container(struct mnd_kata *kata,
			 const struct mnd_kata_allowed *allowed,
			 const struct mnd_text *image,
			 const struct mnd_place *place)
{
	const struct mnd_text *name = allowed->name.length ? &allowed->name :
							     image;
	const struct mnd_hcsshim_container made = { .name = name->text,
						    .place = *place };
	struct mnd_process_rule entry = { .place = *place };
	struct mnd_subject_source *subject;
	int err;

	err = make_args(kata, allowed, image, &entry);
	if (!err)
		err = mnd_kata_subject(kata, &made, &subject);
	return err ? err :
		     mnd_kata_processes(kata, subject, &entry, NULL, NULL);
}

/**
 * mnd_kata_add_allowed - Add the containers that a rule allows to the policy
 *
 * @kata: The policy.
 * @allowed: Containers, of which there are arguments or images.
 * @place: Of the rule.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: They cannot be imported, or nothing is known of an image.
 * - -E2BIG: What is known of one is over a limit of mnd_json_read().
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_add_allowed(struct mnd_kata *kata,
			 const struct mnd_kata_allowed *allowed,
			 const struct mnd_place *place)
{
	static const struct mnd_text none = { NULL, 0, { 0, 0 } };
	const struct mnd_value *images = allowed->images;
	const bool many = images && images->type == MND_VALUE_ARRAY;
	struct mnd_text image;
	size_t i;
	int err = 0;

	if (!images)
		return add_container(kata, allowed, &none, place);
	for (i = 0; !err && i < (many ? images->count : 1); i++) {
		err = mnd_value_text(kata->import,
				     many ? &images->items[i] : images, &image);
		if (!err)
			err = add_container(kata, allowed, &image,
					    &image.place);
	}
	return err;
}
