// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The running kernel's files in securityfs.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../../lsm/uapi/mandate.h"
#include "cli.h"
#include "kernel.h"

#define ABSENT                                                         \
	"the kernel has no mandate, %s is missing: mount securityfs, " \
	"boot a kernel with CONFIG_SECURITY_MANDATE and mandate=enforce"

static const char *folder(void)
{
	const char *other = getenv("MANDATE_SECURITYFS");

	return other ? other : "/sys/kernel/security/mandate";
}

/**
 * mnd_kernel_path - The path of one of the kernel's files
 *
 * @name: Name below the folder of the LSM.
 *
 * Return: A path, to be freed; NULL if out of memory.
 */
char *mnd_kernel_path(const char *name)
{
	char *path;

	return asprintf(&path, "%s/%s", folder(), name) < 0 ? NULL : path;
}

/**
 * mnd_kernel_open - Open one of the kernel's files
 *
 * @name: Name below the folder of the LSM.
 * @flags: As for open(2).
 *
 * Return: A descriptor, or a negative errno.
 */
int mnd_kernel_open(const char *name, int flags)
{
	char *path = mnd_kernel_path(name);
	int fd;

	if (!path)
		return -ENOMEM;
	fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		fd = -errno;
	free(path);
	return fd;
}

/**
 * mnd_kernel_read - Read one of the kernel's files
 *
 * @name: Name below the folder of the LSM.
 * @text: Written: the content, terminated, to be freed.
 *
 * Return: 0, or a negative errno.
 */
int mnd_kernel_read(const char *name, char **text)
{
	int fd = mnd_kernel_open(name, O_RDONLY);
	size_t room = 0;
	FILE *stream;
	int err = 0;

	if (fd < 0)
		return fd;
	stream = fdopen(fd, "r");
	if (!stream) {
		close(fd);
		return -ENOMEM;
	}
	*text = NULL;
	/* These files have no NUL, so this reads to the end. */
	if (getdelim(text, &room, 0, stream) < 0) {
		err = ferror(stream) ? -errno : 0;
		free(*text);
		*text = err ? NULL : strdup("");
	}
	fclose(stream);
	if (!err && !*text)
		err = -ENOMEM;
	return err;
}

/**
 * mnd_kernel_check - Make sure that the kernel has the LSM
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_kernel_check(void)
{
	char *version;
	int err = mnd_kernel_read("version", &version);
	unsigned long abi;

	if (err == -EACCES || err == -EPERM)
		return mnd_complain(MND_EXIT_PERMISSION, "%s: %s", folder(),
				    strerror(-err));
	if (err)
		return mnd_complain(MND_EXIT_ABSENT, ABSENT, folder());
	abi = strtoul(version, NULL, 10);
	free(version);
	if (abi == MND_TABLE_ABI)
		return MND_EXIT_OK;
	return mnd_complain(MND_EXIT_ABSENT, "the kernel has ABI %lu, not %u",
			    abi, MND_TABLE_ABI);
}

/**
 * mnd_kernel_bind - Say which container a mount namespace is going to be
 *
 * @fd: Pidfd, or descriptor of the namespace.
 * @container: Name of the container.
 *
 * Return: 0, -ENOENT if no container can have that name, or the negative errno
 * that the kernel gives.
 */
int mnd_kernel_bind(int fd, const char *container)
{
	struct mandate_bind bind = { .fd = fd };
	int file, err;

	if (strlen(container) > MANDATE_NAME_MAX)
		return -ENOENT;
	memcpy(bind.container, container, strlen(container));
	file = mnd_kernel_open("namespaces", O_RDWR);
	if (file < 0)
		return file;
	err = ioctl(file, MANDATE_IOC_BIND, &bind) ? -errno : 0;
	close(file);
	return err;
}
