// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Named sets of mount rules that a policy can include.
 */

#include <string.h>

#include "include_set.h"

#define ANYWHERE                             \
	{                                    \
		.matching = MND_MATCHING_ANY \
	}
#define AT(path)                                                \
	{                                                       \
		.matching = MND_MATCHING_EXACT, .text = (path), \
		.length = sizeof(path) - 1                      \
	}

#define UVM_FLAGS                                               \
	(MND_MOUNT_NEW | MND_MOUNT_REMOUNT | MND_MOUNT_UMOUNT | \
	 MND_MOUNT_SETUP | MND_MOUNT_RUN)

/* The kernel's own filesystems, which hold nothing that the host made. */
static const struct mnd_mount_rule uvm_base[] = {
	{ "cgroup2", ANYWHERE, ANYWHERE, UVM_FLAGS, {} },
	{ "devtmpfs", ANYWHERE, ANYWHERE, UVM_FLAGS, {} },
	{ "proc", ANYWHERE, ANYWHERE, UVM_FLAGS, {} },
	{ "securityfs", ANYWHERE, ANYWHERE, UVM_FLAGS, {} },
	{ "sysfs", ANYWHERE, ANYWHERE, UVM_FLAGS, {} },
	{ "tmpfs", ANYWHERE, ANYWHERE, UVM_FLAGS, {} },
};

#define SETUP_FLAGS (MND_MOUNT_NEW | MND_MOUNT_UMOUNT | MND_MOUNT_SETUP)

/*
 * What `runc spec` and containerd put into every container, and the read-only
 * tmpfs over masked directories.  For the runtime alone: a container that is
 * running cannot mount them again.
 */
static const struct mnd_mount_rule oci_mounts[] = {
	{ "cgroup", ANYWHERE, AT("/sys/fs/cgroup"), SETUP_FLAGS, {} },
	{ "cgroup2", ANYWHERE, AT("/sys/fs/cgroup"), SETUP_FLAGS, {} },
	{ "devpts", ANYWHERE, AT("/dev/pts"), SETUP_FLAGS, {} },
	{ "mqueue", ANYWHERE, AT("/dev/mqueue"), SETUP_FLAGS, {} },
	{ "proc", ANYWHERE, AT("/proc"), SETUP_FLAGS, {} },
	{ "sysfs", ANYWHERE, AT("/sys"), SETUP_FLAGS | MND_MOUNT_RO, {} },
	{ "tmpfs", ANYWHERE, AT("/dev"), SETUP_FLAGS, {} },
	{ "tmpfs", ANYWHERE, AT("/dev/shm"), SETUP_FLAGS, {} },
	{ "tmpfs", ANYWHERE, AT("/run"), SETUP_FLAGS, {} },
	{ "tmpfs", ANYWHERE, ANYWHERE, SETUP_FLAGS | MND_MOUNT_RO, {} },
};

static const struct mnd_include_set sets[] = {
	{ "oci-mounts", false, oci_mounts, ARRAY_SIZE(oci_mounts) },
	{ "uvm-base", true, uvm_base, ARRAY_SIZE(uvm_base) },
};

/**
 * mnd_include_find - Find a set by its name
 *
 * @name: Name.
 *
 * Return: The set, or NULL.
 */
const struct mnd_include_set *mnd_include_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sets); i++)
		if (!strcmp(sets[i].name, name))
			return &sets[i];
	return NULL;
}
