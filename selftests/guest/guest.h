/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests in the guest share: making containers with a probe inside,
 * and telling probes what to do.
 *
 * Header-only, as the kernel's own selftests do it, so that each test is one
 * program.
 */

#ifndef _MANDATE_GUEST_H
#define _MANDATE_GUEST_H

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../lsm/uapi/mandate.h"
#include "remote.h"

#include <kselftest_harness.h>

#define SECURITYFS "/sys/kernel/security/mandate"
#define PROBE "/usr/libexec/mandate/probe"

/**
 * struct probe - A process that does what it is told
 *
 * @pid: Process.
 * @socket: Our end of the wire.
 */
struct probe {
	pid_t pid;
	int socket;
};

/**
 * struct container - A container with a probe in it
 *
 * @probe: Its first process, or what is going to be that.
 * @root: Where its root file system is, seen from outside.
 */
struct container {
	struct probe probe;
	char root[64];
};

/*
 * Calls.  They return 0 or what the call returned, or a negative errno, so
 * that a test reads EXPECT_EQ(-EPERM, probe_...).
 */

static inline long probe_call_fd(const struct probe *probe,
				 const struct remote_call *call, int fd)
{
	struct remote_reply reply;
	int none;

	if (remote_send(probe->socket, call, sizeof(*call), fd) ||
	    remote_receive(probe->socket, &reply, sizeof(reply), &none))
		return -EPIPE;
	return reply.error ? -reply.error : reply.value;
}

static inline void set_texts(struct remote_call *call, va_list texts)
{
	const char *text;

	while (call->texts < REMOTE_TEXTS && (text = va_arg(texts, char *)))
		snprintf(call->text[call->texts++], REMOTE_TEXT_SIZE, "%s",
			 text);
}

/* The texts end with NULL. */
static inline long probe_texts(const struct probe *probe, enum remote_op op,
			       long number, ...)
{
	struct remote_call call = { .op = op, .number[0] = number };
	va_list texts;

	va_start(texts, number);
	set_texts(&call, texts);
	va_end(texts);
	return probe_call_fd(probe, &call, -1);
}

static inline long probe_texts_fd(const struct probe *probe, enum remote_op op,
				  int fd, ...)
{
	struct remote_call call = { .op = op };
	va_list texts;

	va_start(texts, fd);
	set_texts(&call, texts);
	va_end(texts);
	return probe_call_fd(probe, &call, fd);
}

static inline long probe_numbers(const struct probe *probe, enum remote_op op,
				 long first, long second)
{
	struct remote_call call = { .op = op, .number = { first, second } };

	return probe_call_fd(probe, &call, -1);
}

static inline long probe_setns(const struct probe *probe, int fd, int type)
{
	struct remote_call call = { .op = REMOTE_SETNS, .number[0] = type };

	return probe_call_fd(probe, &call, fd);
}

#define probe_spawn(probe, ...) \
	probe_texts(probe, REMOTE_SPAWN, 0, __VA_ARGS__, NULL)

static inline long probe_mount(const struct probe *probe, const char *source,
			       const char *target, const char *type,
			       unsigned long flags)
{
	return probe_texts(probe, REMOTE_MOUNT, (long)flags, source ?: "",
			   target, type ?: "", NULL);
}

/* Executes in the probe itself, and waits until it listens again. */
static inline int probe_become_texts(const struct probe *probe, int unused, ...)
{
	struct remote_call call = { .op = REMOTE_EXEC };
	struct remote_call ping = { .op = REMOTE_PING };
	struct remote_reply reply;
	va_list texts;
	int none;

	va_start(texts, unused);
	set_texts(&call, texts);
	va_end(texts);
	/* The one reply is that of the exec if it fails. */
	if (remote_send(probe->socket, &call, sizeof(call), -1) ||
	    remote_send(probe->socket, &ping, sizeof(ping), -1) ||
	    remote_receive(probe->socket, &reply, sizeof(reply), &none))
		return -EPIPE;
	if (!reply.error)
		return 0;
	remote_receive(probe->socket, &(struct remote_reply){}, sizeof(reply),
		       &none);
	return -reply.error;
}

#define probe_become(probe, ...) probe_become_texts(probe, 0, __VA_ARGS__, NULL)

/* fork(2) with more flags. */
static inline pid_t clone_with(unsigned long flags)
{
	return (pid_t)syscall(SYS_clone, flags | SIGCHLD, NULL, NULL, NULL, 0);
}

/*
 * Probes
 */

/* Makes our end of a wire; @other is the probe's. */
static inline int make_wire(int *other)
{
	int ends[2];

	*other = -1;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return -errno;
	*other = ends[1];
	return ends[0];
}

/* In a child: puts the wire where a probe expects it. */
static inline void take_wire(int other)
{
	if (other == REMOTE_FD)
		fcntl(other, F_SETFD, 0);
	else
		dup2(other, REMOTE_FD);
}

/* A probe that is a child of ours, in the guest's own namespace. */
static inline int start_probe(struct probe *probe, const char *argument)
{
	int other;

	probe->socket = make_wire(&other);
	if (probe->socket < 0)
		return probe->socket;
	probe->pid = fork();
	if (!probe->pid) {
		take_wire(other);
		execl(PROBE, PROBE, argument, NULL);
		_exit(127);
	}
	close(other);
	return (int)probe_numbers(probe, REMOTE_PING, 0, 0) > 0 ? 0 : -EPIPE;
}

/* A child of @parent, which listens to us by a wire of its own. */
static inline int fork_probe(const struct probe *parent, enum remote_op op,
			     struct probe *child)
{
	int other;

	child->socket = make_wire(&other);
	if (child->socket < 0)
		return child->socket;
	child->pid = (pid_t)probe_texts_fd(parent, op, other, NULL);
	close(other);
	return child->pid > 0 ? 0 : (int)child->pid;
}

static inline void stop_probe(struct probe *probe)
{
	struct remote_call call = { .op = REMOTE_EXIT };

	remote_send(probe->socket, &call, sizeof(call), -1);
	close(probe->socket);
	if (probe->pid > 0)
		waitpid(probe->pid, NULL, 0);
	probe->pid = 0;
}

/*
 * Namespaces and binding
 */

static inline int open_namespace(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* The number as readlink(1) shows it. */
static inline unsigned int namespace_number(pid_t pid)
{
	char path[64], link[64] = "";
	unsigned int number = 0;

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	if (readlink(path, link, sizeof(link) - 1) < 0 ||
	    sscanf(link, "mnt:[%u]", &number) != 1)
		return 0;
	return number;
}

static inline int bind_fd(int fd, const char *container)
{
	struct mandate_bind bind = { .fd = fd };
	int file = open(SECURITYFS "/namespaces", O_RDWR | O_CLOEXEC);
	int err;

	if (file < 0)
		return -errno;
	snprintf(bind.container, sizeof(bind.container), "%s", container);
	err = ioctl(file, MANDATE_IOC_BIND, &bind) ? -errno : 0;
	close(file);
	return err;
}

static inline int bind_pid(pid_t pid, const char *container)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	int err;

	if (fd < 0)
		return -errno;
	err = bind_fd(fd, container);
	close(fd);
	return err;
}

/* Writes a whole file of the kernel's at once. */
static inline int write_kernel(const char *name, const void *bytes, size_t size)
{
	char path[128];
	int fd, err;

	snprintf(path, sizeof(path), SECURITYFS "/%s", name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = write(fd, bytes, size) == (ssize_t)size ? 0 : -errno;
	if (close(fd) && !err)
		err = -errno;
	return err;
}

static inline int read_kernel(const char *name, char *text, size_t size)
{
	char path[128];
	ssize_t length;
	int fd, err = 0;

	snprintf(path, sizeof(path), SECURITYFS "/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	length = read(fd, text, size - 1);
	if (length < 0)
		err = -errno;
	else
		text[length] = 0;
	close(fd);
	return err;
}

/* What the counter of an operation and a dimension says. */
static inline long count_denials(const char *operation, const char *dimension)
{
	char text[8192], line[128];
	const char *found;
	long count = 0;

	if (read_kernel("denials", text, sizeof(text)))
		return -1;
	snprintf(line, sizeof(line), "%s %s ", operation, dimension);
	found = strstr(text, line);
	if (found && (found == text || found[-1] == '\n'))
		count = atol(found + strlen(line));
	return count;
}

/*
 * Containers: what a runtime does, in little
 */

static inline int copy_file(const char *from, const char *to)
{
	char buffer[65536];
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	ssize_t size = -1;

	while (in >= 0 && out >= 0 &&
	       (size = read(in, buffer, sizeof(buffer))) > 0)
		if (write(out, buffer, (size_t)size) != size)
			break;
	close(in);
	close(out);
	return size ? -EIO : 0;
}

static inline int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	size_t size = strlen(text);
	int err;

	if (fd < 0)
		return -errno;
	err = write(fd, text, size) == (ssize_t)size ? 0 : -errno;
	close(fd);
	return err;
}

/* A root file system with a probe in it, on a tmpfs of its own. */
static inline int make_root(struct container *container)
{
	static const char *const folders[] = { "bin",	"mnt",	   "mnt/a",
					       "mnt/b", "mnt/srv", "srv",
					       "proc",	"tmp" };
	char path[128];
	size_t i;

	snprintf(container->root, sizeof(container->root), "/tmp/root.XXXXXX");
	if (!mkdtemp(container->root) ||
	    mount("root", container->root, "tmpfs", 0, NULL))
		return -errno;
	for (i = 0; i < ARRAY_SIZE(folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", container->root,
			 folders[i]);
		mkdir(path, 0755);
	}
	snprintf(path, sizeof(path), "%s/bin/probe", container->root);
	if (copy_file(PROBE, path))
		return -EIO;
	snprintf(path, sizeof(path), "%s/bin/other", container->root);
	if (copy_file(PROBE, path))
		return -EIO;
	snprintf(path, sizeof(path), "%s/bin/script", container->root);
	return write_text(path, "#!/bin/probe true\n");
}

/* Puts an overlay of it over a root. */
static inline int cover_root(const char *root)
{
	char options[128];

	mkdir("/tmp/empty", 0755);
	snprintf(options, sizeof(options), "lowerdir=%s:/tmp/empty", root);
	return mount("overlay", root, "overlay", 0, options) ? -errno : 0;
}

static inline int enter_root(const char *root)
{
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) || chdir(root) ||
	    syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) ||
	    chdir("/"))
		return -errno;
	return mount("proc", "/proc", "proc", 0, NULL) ? -errno : 0;
}

/**
 * struct plan - How a container is started
 *
 * @name: Container of the policy that it is bound to, or NULL.
 * @path: Program.
 * @args: Its arguments, ended by NULL.
 * @clone_flags: CLONE_NEWPID or 0.
 * @share_fs: A child that shares root and directory is left running.
 * @traced: Its parent traces it.
 * @overlay: Its root is an overlay.
 */
struct plan {
	const char *name;
	const char *path;
	const char *const *args;
	unsigned long clone_flags;
	bool share_fs;
	bool traced;
	bool overlay;
};

/* The child's part: builds its namespace, waits for the binding, executes. */
static inline void become_container(const struct plan *plan, const char *root,
				    int wire, int tell, int wait)
{
	int err = enter_root(root);
	char go;

	if (write(tell, &err, sizeof(err)) != sizeof(err) || err ||
	    read(wait, &go, 1) != 1)
		_exit(126);
	if (plan->share_fs && !clone_with(CLONE_FS)) {
		while (true)
			pause();
	}
	if (plan->traced)
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	take_wire(wire);
	execv(plan->path, (char *const *)plan->args);
	err = -errno;
	if (write(tell, &err, sizeof(err)) != sizeof(err))
		_exit(126);
	_exit(127);
}

/*
 * Starts a container; -errno of the exec if that fails, of the binding if that
 * does.
 */
static inline int start_container(struct container *container,
				  const struct plan *plan)
{
	int tell[2], wait[2], wire, err;

	err = make_root(container);
	if (!err && plan->overlay)
		err = cover_root(container->root);
	if (err || pipe2(tell, O_CLOEXEC) || pipe2(wait, O_CLOEXEC))
		return err ? err : -errno;
	container->probe.socket = make_wire(&wire);
	container->probe.pid = clone_with(CLONE_NEWNS | plan->clone_flags);
	if (!container->probe.pid) {
		close(container->probe.socket);
		close(tell[0]);
		close(wait[1]);
		become_container(plan, container->root, wire, tell[1], wait[0]);
	}
	close(wire);
	close(tell[1]);
	close(wait[0]);
	if (read(tell[0], &err, sizeof(err)) != sizeof(err))
		err = -EPIPE;
	if (!err && plan->name)
		err = bind_pid(container->probe.pid, plan->name);
	if (!err && write(wait[1], "", 1) != 1)
		err = -errno;
	/* Nothing comes if the exec succeeds. */
	if (!err && read(tell[0], &err, sizeof(err)) != sizeof(err))
		err = 0;
	close(tell[0]);
	close(wait[1]);
	/* From here on it catches signals. */
	if (!err && probe_numbers(&container->probe, REMOTE_PING, 0, 0) < 0)
		err = -EPIPE;
	return err;
}

static inline void stop_container(struct container *container)
{
	if (container->probe.pid > 0)
		stop_probe(&container->probe);
	while (!umount2(container->root, MNT_DETACH))
		;
	rmdir(container->root);
}

/* A probe of the guest's that has joined the container. */
static inline int join_container(const struct container *container,
				 struct probe *probe)
{
	int fd = open_namespace(container->probe.pid);
	long result;

	if (fd < 0)
		return -errno;
	result = start_probe(probe, "outsider");
	if (!result)
		result = probe_setns(probe, fd, CLONE_NEWNS);
	close(fd);
	return (int)result;
}

static const char *const box_args[] = { "/bin/probe", "init", NULL };
static const char *const open_args[] = { "/bin/probe", "open", NULL };

static const struct plan box_plan = {
	.name = "box",
	.path = "/bin/probe",
	.args = box_args,
};

static const struct plan open_plan = {
	.name = "open",
	.path = "/bin/probe",
	.args = open_args,
};

#endif /* _MANDATE_GUEST_H */
