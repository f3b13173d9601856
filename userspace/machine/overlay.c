// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests about overlays, which decide what a container can be.
 */

#include "point.h"
#include "pool.h"

/*
 * The containers that have what is mounted at the request's paths as layers;
 * NULL if there is none.
 */
static int find_choices(struct mnd_machine *machine,
			const struct mnd_fact_list *paths,
			struct mnd_choice_set **set)
{
	const u32 count = (u32)paths->count;
	const struct mnd_record *record;
	const u8 **layers;
	u32 i;

	*set = NULL;
	layers = mnd_scratch_take(&machine->scratch, count, sizeof(*layers));
	if (!layers)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		record = mnd_state_find(&machine->state, MND_RECORD_DEVICE,
					paths->strings[i]);
		if (!record)
			return 0;
		/* A request names the top first, a policy the bottom. */
		layers[count - 1 - i] = record->layer;
	}
	*set = mnd_index_find(machine, layers, count);
	return 0;
}

/* Everything that can fail is done before anything is changed. */
static int remember(struct mnd_machine *machine,
		    const struct mnd_request *request,
		    struct mnd_record *container, struct mnd_choice_set *set)
{
	struct mnd_state *state = &machine->state;
	struct mnd_container_state now;
	struct mnd_record *overlay, *made = NULL;

	overlay = mnd_state_make(state, MND_RECORD_OVERLAY, request->target,
				 NULL);
	if (!container)
		made = mnd_state_make(state, MND_RECORD_CONTAINER,
				      request->container, NULL);
	if (mnd_state_reserve(state, 2) || !overlay || (!container && !made)) {
		mnd_state_drop(state, overlay);
		mnd_state_drop(state, made);
		return -ENOMEM;
	}
	mnd_state_add(state, overlay);
	if (made) {
		made->container.choices = mnd_choices_share(set);
		mnd_state_add(state, made);
		return 0;
	}
	now = container->container;
	now.choices = mnd_choices_share(set);
	mnd_state_update(state, container, &now);
	return 0;
}

/**
 * mnd_answer_mount_overlay - May an overlay be mounted?
 *
 * @machine: Machine.
 * @request: Container, target and layers.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_mount_overlay(struct mnd_machine *machine,
			     const struct mnd_request *request,
			     struct mnd_reply *reply)
{
	struct mnd_state *state = &machine->state;
	struct mnd_choice_set *set;
	struct mnd_record *record;
	int err;

	record =
		mnd_state_find(state, MND_RECORD_CONTAINER, request->container);
	if (record && record->container.choices.count)
		return mnd_deny(reply, MND_REASON_OVERLAY);
	if (record && record->container.started &&
	    mnd_machine_has(machine, MND_POLICY_STRICT))
		return mnd_deny(reply, MND_REASON_STARTED);
	if (mnd_state_find(state, MND_RECORD_OVERLAY, request->target))
		return mnd_deny(reply, MND_REASON_BUSY);
	err = find_choices(machine, &request->layers, &set);
	if (err)
		return err;
	if (!set)
		return mnd_deny(reply, MND_REASON_LAYERS);
	if (mnd_state_is_full(state))
		return mnd_deny(reply, MND_REASON_LIMIT);
	err = remember(machine, request, record, set);
	return err ? err : mnd_allow(reply);
}

/**
 * mnd_answer_unmount_overlay - May an overlay be unmounted?
 *
 * @machine: Machine.
 * @request: Target.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_unmount_overlay(struct mnd_machine *machine,
			       const struct mnd_request *request,
			       struct mnd_reply *reply)
{
	struct mnd_state *state = &machine->state;
	struct mnd_record *record;

	record = mnd_state_find(state, MND_RECORD_OVERLAY, request->target);
	if (!record)
		return mnd_deny(reply, MND_REASON_NOT_MOUNTED);
	if (mnd_state_reserve(state, 1))
		return -ENOMEM;
	mnd_state_remove(state, record);
	return mnd_allow(reply);
}
