/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * What user space needs to know of mandate beyond the files in securityfs.
 */

#ifndef _UAPI_LINUX_MANDATE_H
#define _UAPI_LINUX_MANDATE_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* Longest name of a container, in bytes. */
#define MANDATE_NAME_MAX 255

/**
 * struct mandate_bind - Argument of %MANDATE_IOC_BIND
 *
 * @fd: A pidfd, for the mount namespace of that process, or a descriptor of
 *	a mount namespace, as of /proc/PID/ns/mnt.
 * @reserved: Zero.
 * @container: Name of a container of the base policy, terminated.
 */
struct mandate_bind {
	__s32 fd;
	__u32 reserved;
	char container[MANDATE_NAME_MAX + 1];
};

/*
 * On the file /sys/kernel/security/mandate/namespaces, opened for writing:
 * says which container a mount namespace is going to be.
 */
#define MANDATE_IOC_BIND _IOW('M', 0xd0, struct mandate_bind)

#endif /* _UAPI_LINUX_MANDATE_H */
