// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The frame of a policy that is imported: how it begins and ends, and warnings
 * about it.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../include_set.h"
#include "hcsshim.h"
#include "subject_name.h"

/**
 * mnd_hcsshim_begin - Begin a policy
 *
 * @import: Import, whose policy is all zero.
 * @name: Name of the policy, which must outlive it.
 */
void mnd_hcsshim_begin(struct mnd_import *import, const char *name)
{
	struct mnd_policy_source *policy = import->policy;

	policy->name = name;
	policy->uvm.name = "uvm";
	policy->uvm.class = MND_CLASS_VERIFIED;
	policy->uvm.place = (struct mnd_place){ 1, 1 };
	if (import->options->strict)
		policy->flags |= MND_POLICY_STRICT;
}

/**
 * mnd_hcsshim_out_of_memory - Say that there is no memory left
 *
 * @import: Import.
 *
 * Return: -ENOMEM.
 */
int mnd_hcsshim_out_of_memory(struct mnd_import *import)
{
	mnd_fail(import->error, 0, 0, "out of memory");
	return -ENOMEM;
}

/**
 * mnd_hcsshim_warn - Add a warning to the policy
 *
 * @import: Import.
 * @place: What it is about.
 * @format: As for printf(3), without untrusted bytes but for quoted ones.
 *
 * Return: 0, or -ENOMEM with the import's error written.
 */
int mnd_hcsshim_warn(struct mnd_import *import, const struct mnd_place *place,
		     const char *format, ...)
{
	char text[sizeof(import->error->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (mnd_policy_warn(import->policy, place, "%s", text))
		return mnd_hcsshim_out_of_memory(import);
	return 0;
}

/* What the guest itself may mount, whatever the policy says. */
static int add_uvm_mounts(struct mnd_import *import)
{
	const struct mnd_include_set *base = mnd_include_find("uvm-base");
	struct mnd_subject_source *uvm = &import->policy->uvm;
	size_t i;

	uvm->mounts = mnd_arena_alloc(&import->policy->arena, base->count,
				      sizeof(*uvm->mounts));
	if (!uvm->mounts)
		return mnd_hcsshim_out_of_memory(import);
	uvm->mount_count = base->count;
	for (i = 0; i < base->count; i++) {
		uvm->mounts[i] = base->mounts[i];
		uvm->mounts[i].place = uvm->place;
	}
	return 0;
}

#define REFILLED                                                               \
	"a container that was shut down and gets its overlay again can be any" \
	" container of the image again, and not only the one that it was"

static int compare_layers(const void *a, const void *b)
{
	const struct mnd_subject_source *const *const x = a;
	const struct mnd_subject_source *const *const y = b;

	if ((*x)->layer_count != (*y)->layer_count)
		return (*x)->layer_count < (*y)->layer_count ? -1 : 1;
	if (!(*x)->layer_count)
		return 0;
	return memcmp((*x)->layers, (*y)->layers,
		      (*x)->layer_count * sizeof(*(*x)->layers));
}

static int share_layers(struct mnd_import *import, bool *shared)
{
	struct mnd_policy_source *policy = import->policy;
	const struct mnd_subject_source **sorted;
	size_t i;

	sorted = mnd_arena_alloc(&policy->arena, policy->container_count,
				 sizeof(*sorted));
	if (!sorted)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; i < policy->container_count; i++)
		sorted[i] = &policy->containers[i];
	qsort(sorted, i, sizeof(*sorted), compare_layers);
	*shared = false;
	while (i > 1 && !*shared) {
		*shared = !compare_layers(&sorted[i - 1], &sorted[i - 2]);
		i--;
	}
	return 0;
}

/* Number 3 of what requests.rst lists, which takes two of one image. */
static int warn_of_refill(struct mnd_import *import)
{
	const struct mnd_policy_source *policy = import->policy;
	const enum mnd_answer *answers = policy->answers;
	bool shared;
	int err;

	if (import->options->strict ||
	    answers[MND_POINT_MOUNT_OVERLAY] != MND_ANSWER_RULES ||
	    answers[MND_POINT_UNMOUNT_OVERLAY] == MND_ANSWER_DENY ||
	    answers[MND_POINT_SHUTDOWN_CONTAINER] == MND_ANSWER_DENY)
		return 0;
	err = share_layers(import, &shared);
	if (err || !shared)
		return err;
	return mnd_hcsshim_warn(import, &policy->uvm.place, REFILLED);
}

/**
 * mnd_hcsshim_finish - Finish a policy
 *
 * Gives each container a name that no other has.
 *
 * @import: Import.
 *
 * Return: 0, or -ENOMEM with the import's error written.
 */
int mnd_hcsshim_finish(struct mnd_import *import)
{
	struct mnd_policy_source *policy = import->policy;
	int err;

	err = mnd_subject_names(&policy->arena, policy->containers,
				policy->container_count);
	if (err)
		return mnd_hcsshim_out_of_memory(import);
	err = warn_of_refill(import);
	return err ? err : add_uvm_mounts(import);
}
