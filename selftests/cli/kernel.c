// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded by the tests of the command: a kernel that gives the errno in
 * ANSWER to all that is written to its files, or done to them by ioctl(2).
 */

#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int answer(void)
{
	errno = atoi(getenv("ANSWER"));
	return errno ? -1 : 0;
}

int ioctl(int fd, unsigned long request, ...)
{
	(void)fd;
	(void)request;
	return answer();
}

ssize_t write(int fd, const void *bytes, size_t length)
{
	if (fd <= STDERR_FILENO)
		return syscall(SYS_write, fd, bytes, length);
	return answer() ? -1 : (ssize_t)length;
}
