// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests about devices and scratch.
 */

#include "../hash_text.h"
#include "point.h"
#include "pool.h"

#define DEVICE_PREFIX "/run/mounts/scsi/m"
#define RW_DEVICE_PREFIX "/run/gcs/c/"
#define RW_DEVICE_DIGITS 64

#define DIGITS "0123456789"
#define HEX_DIGITS DIGITS "abcdefABCDEF"

/* What is behind @prefix in @text, or NULL. */
static const char *behind(const char *text, const char *prefix)
{
	const size_t length = strlen(prefix);

	return strncmp(text, prefix, length) ? NULL : text + length;
}

static bool is_device_target(const char *target)
{
	const char *number = behind(target, DEVICE_PREFIX);

	return number && *number && !number[strspn(number, DIGITS)];
}

static bool is_rw_device_target(const char *target)
{
	const char *id = behind(target, RW_DEVICE_PREFIX);

	return id && strlen(id) == RW_DEVICE_DIGITS &&
	       !id[strspn(id, HEX_DIGITS)];
}

static bool is_busy(const struct mnd_machine *machine, const char *target)
{
	return mnd_state_find(&machine->state, MND_RECORD_DEVICE, target) ||
	       mnd_state_find(&machine->state, MND_RECORD_RW_DEVICE, target);
}

static bool may_be_plain(const struct mnd_machine *machine)
{
	return mnd_machine_has(machine, MND_POLICY_PLAIN_SCRATCH);
}

/* Remembers that something is mounted at the target; with a hash, which. */
static int remember(struct mnd_machine *machine, enum mnd_record_kind kind,
		    const char *target, const u8 *layer,
		    struct mnd_reply *reply)
{
	struct mnd_state *state = &machine->state;
	struct mnd_record *record;

	if (mnd_state_is_full(state))
		return mnd_deny(reply, MND_REASON_LIMIT);
	if (mnd_state_reserve(state, 1))
		return -ENOMEM;
	record = mnd_state_make(state, kind, target, NULL);
	if (!record)
		return -ENOMEM;
	if (layer)
		memcpy(record->layer, layer, MND_HASH_SIZE);
	mnd_state_add(state, record);
	return mnd_allow(reply);
}

static int forget(struct mnd_machine *machine, enum mnd_record_kind kind,
		  const char *target, struct mnd_reply *reply)
{
	struct mnd_state *state = &machine->state;
	struct mnd_record *record = mnd_state_find(state, kind, target);

	if (!record)
		return mnd_deny(reply, MND_REASON_NOT_MOUNTED);
	if (mnd_state_reserve(state, 1))
		return -ENOMEM;
	mnd_state_remove(state, record);
	return mnd_allow(reply);
}

/**
 * mnd_answer_mount_device - May a layer be mounted?
 *
 * @machine: Machine.
 * @request: Target and hash.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_mount_device(struct mnd_machine *machine,
			    const struct mnd_request *request,
			    struct mnd_reply *reply)
{
	u8 layer[MND_HASH_SIZE];

	if (is_busy(machine, request->target))
		return mnd_deny(reply, MND_REASON_BUSY);
	if (!is_device_target(request->target))
		return mnd_deny(reply, MND_REASON_TARGET);
	if (mnd_hash_parse(request->hash, layer) ||
	    !mnd_index_has_layer(machine, layer))
		return mnd_deny(reply, MND_REASON_HASH);
	return remember(machine, MND_RECORD_DEVICE, request->target, layer,
			reply);
}

/**
 * mnd_answer_unmount_device - May a layer be unmounted?
 *
 * @machine: Machine.
 * @request: Target.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_unmount_device(struct mnd_machine *machine,
			      const struct mnd_request *request,
			      struct mnd_reply *reply)
{
	return forget(machine, MND_RECORD_DEVICE, request->target, reply);
}

/**
 * mnd_answer_rw_mount_device - May a device be mounted to be written?
 *
 * @machine: Machine.
 * @request: Target, filesystem and whether it is encrypted and made.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_rw_mount_device(struct mnd_machine *machine,
			       const struct mnd_request *request,
			       struct mnd_reply *reply)
{
	if (is_busy(machine, request->target))
		return mnd_deny(reply, MND_REASON_BUSY);
	if (!is_rw_device_target(request->target))
		return mnd_deny(reply, MND_REASON_TARGET);
	if (!request->encrypted && !may_be_plain(machine))
		return mnd_deny(reply, MND_REASON_PLAIN);
	if (!request->ensure_filesystem)
		return mnd_deny(reply, MND_REASON_FORMAT);
	if (strcmp(request->filesystem, "ext4") &&
	    strcmp(request->filesystem, "xfs"))
		return mnd_deny(reply, MND_REASON_FILESYSTEM);
	return remember(machine, MND_RECORD_RW_DEVICE, request->target, NULL,
			reply);
}

/**
 * mnd_answer_rw_unmount_device - May such a device be unmounted?
 *
 * @machine: Machine.
 * @request: Target.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_rw_unmount_device(struct mnd_machine *machine,
				 const struct mnd_request *request,
				 struct mnd_reply *reply)
{
	return forget(machine, MND_RECORD_RW_DEVICE, request->target, reply);
}

/**
 * mnd_answer_scratch_mount - May a container get scratch?
 *
 * @machine: Machine.
 * @request: Target, which is not compared with anything, and whether it is
 *	encrypted.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_scratch_mount(struct mnd_machine *machine,
			     const struct mnd_request *request,
			     struct mnd_reply *reply)
{
	if (mnd_state_find(&machine->state, MND_RECORD_SCRATCH,
			   request->target))
		return mnd_deny(reply, MND_REASON_BUSY);
	if (!request->encrypted && !may_be_plain(machine))
		return mnd_deny(reply, MND_REASON_PLAIN);
	return remember(machine, MND_RECORD_SCRATCH, request->target, NULL,
			reply);
}

/**
 * mnd_answer_scratch_unmount - May scratch be taken away?
 *
 * @machine: Machine.
 * @request: Target.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_scratch_unmount(struct mnd_machine *machine,
			       const struct mnd_request *request,
			       struct mnd_reply *reply)
{
	return forget(machine, MND_RECORD_SCRATCH, request->target, reply);
}
