/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The wire between a test and a probe: a process that does system calls
 * inside a container, or wherever a test has put it, when it is told to, and
 * says how they went.
 *
 * Header-only, because it is compiled into tests and into the probe.
 */

#ifndef _MANDATE_REMOTE_H
#define _MANDATE_REMOTE_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The descriptor on which a probe listens. */
#define REMOTE_FD 3

enum remote_op {
	REMOTE_EXIT,
	REMOTE_PING,
	/* text[0] source, [1] target, [2] type, [3] data; number[0] flags */
	REMOTE_MOUNT,
	/* text[0] target; number[0] flags */
	REMOTE_UMOUNT,
	/* text[0] new root, [1] where to put the old one */
	REMOTE_PIVOT_ROOT,
	REMOTE_CHROOT,
	/* text[0] type: fsopen, FSCONFIG_CMD_CREATE, fsmount; leaves a mount */
	REMOTE_FSMOUNT,
	/* text[0] path; number[0] flags; leaves a mount */
	REMOTE_OPEN_TREE,
	/* text[0] target: attaches the mount that was left, or number[0] a fd */
	REMOTE_MOVE_MOUNT,
	/* text[0] mount: fspick, FSCONFIG_CMD_RECONFIGURE */
	REMOTE_FSPICK,
	/* text[0] path, then its arguments; the value is the exit status */
	REMOTE_SPAWN,
	/* As before, but of the file that the descriptor sent along means. */
	REMOTE_SPAWN_FD,
	/* As before, by a thread that first unshares number[0] alone. */
	REMOTE_SPAWN_BY_THREAD,
	/*
	 * As before, with the name looked up from the root text[0], and back in
	 * the old root when the exec is judged.
	 */
	REMOTE_SPAWN_FROM,
	/* As REMOTE_MOUNT, by a thread that first unshares alone. */
	REMOTE_MOUNT_BY_THREAD,
	/* number[0] flags */
	REMOTE_UNSHARE,
	/* number[0] type; the descriptor comes along */
	REMOTE_SETNS,
	/* number[0] process, [1] signal */
	REMOTE_KILL,
	REMOTE_PIDFD_SIGNAL,
	REMOTE_TGKILL,
	REMOTE_SIGQUEUE,
	/* number[0] process */
	REMOTE_PTRACE_ATTACH,
	REMOTE_PTRACE_TRACEME,
	REMOTE_READ_MEMORY,
	/* text[0] path, or the descriptor sent along: maps it as code */
	REMOTE_MAP,
	/* As before, but first as data. */
	REMOTE_PROTECT,
	/* text[0] path, [1] content */
	REMOTE_WRITE,
	/* text[0] path; the value is its first number */
	REMOTE_READ,
	/* Becomes text[0] with the arguments that follow; no reply if it does. */
	REMOTE_EXEC,
	/* Makes a child that listens on the descriptor sent along. */
	REMOTE_FORK,
	/* The child of a fork that keeps sharing root and directory. */
	REMOTE_SHARE_FS,
	/* A thread that sleeps for good. */
	REMOTE_THREAD,
	/* The thread that listens ends, the others do not; no reply. */
	REMOTE_EXIT_LEADER,
	/* The value is the number of signals got since the last call. */
	REMOTE_SIGNALS,
	REMOTE_DROP_CAPABILITIES,
};

#define REMOTE_TEXTS 8
#define REMOTE_TEXT_SIZE 256

/**
 * struct remote_call - What a probe is to do
 *
 * @op: enum remote_op.
 * @texts: How many of @text are given.
 * @number: Numbers, after @op.
 * @text: Strings, after @op.
 */
struct remote_call {
	int op;
	int texts;
	long number[4];
	char text[REMOTE_TEXTS][REMOTE_TEXT_SIZE];
};

/**
 * struct remote_reply - How it went
 *
 * @error: 0, or the errno.
 * @value: What the call returned, after its op.
 */
struct remote_reply {
	int error;
	long value;
};

/* Sends a call or a reply, and a descriptor unless @fd is -1. */
static inline int remote_send(int socket, const void *data, size_t size, int fd)
{
	char control[CMSG_SPACE(sizeof(int))] = {};
	struct iovec vector = { (void *)data, size };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
	struct cmsghdr *header;

	if (fd >= 0) {
		message.msg_control = control;
		message.msg_controllen = sizeof(control);
		header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(header), &fd, sizeof(int));
	}
	return sendmsg(socket, &message, MSG_NOSIGNAL) == (ssize_t)size ? 0 :
									  -1;
}

/* Receives a call or a reply, and a descriptor, which is -1 if none came. */
static inline int remote_receive(int socket, void *data, size_t size, int *fd)
{
	char control[CMSG_SPACE(sizeof(int))] = {};
	struct iovec vector = { data, size };
	struct msghdr message = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *header;
	ssize_t received;

	do {
		received = recvmsg(socket, &message, 0);
	} while (received < 0 && errno == EINTR);
	*fd = -1;
	header = CMSG_FIRSTHDR(&message);
	if (received == (ssize_t)size && header &&
	    header->cmsg_type == SCM_RIGHTS)
		memcpy(fd, CMSG_DATA(header), sizeof(int));
	return received == (ssize_t)size ? 0 : -1;
}

#endif /* _MANDATE_REMOTE_H */
