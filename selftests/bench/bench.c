// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Counts what single operations cost, in instructions, where start.c has put
 * it: the entry process of a container, or of a namespace that looks the same.
 *
 * It has no environment and always the same arguments; everything is printed
 * at the end, so that nobody else has a reason to run meanwhile.
 */

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "layout.h"
#include "measure.h"

#define OPERATIONS 11

/* 51 bytes with the end, 1530 in all. */
#define VARIABLE "VARIABLE=0123456789012345678901234567890123456789a"
static_assert(sizeof(VARIABLE) == 51, "the method wants 51 bytes");

static char *const many_args[] = { CHILD,     "--listen", "127.0.0.1",
				   "--port",  "8080",	  "--workers",
				   "4",	      "--log",	  "/var/log/server",
				   "--quiet", NULL };
static char *const few_args[] = { CHILD, "run", NULL };
static char *const deep_args[] = { DEEP_CHILD, "run", NULL };
static char *const few_variables[] = { VARIABLE, VARIABLE, VARIABLE, NULL };
static char *many_variables[30 + 1];

/* A process that ignores our signal. */
static pid_t other;
static int child_fd;

static int wait_for(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) != pid)
		return -errno;
	if (!WIFEXITED(status))
		return -ECHILD;
	return -WEXITSTATUS(status);
}

static int spawn(char *const args[], char *const variables[])
{
	pid_t pid;
	int err;

	err = posix_spawn(&pid, args[0], NULL, NULL, args, variables);
	return err ? -err : wait_for(pid);
}

static int spawn_many(void)
{
	return spawn(many_args, many_variables);
}

static int spawn_few(void)
{
	return spawn(few_args, few_variables);
}

static int spawn_deep(void)
{
	return spawn(deep_args, few_variables);
}

static int kill_self(void)
{
	return kill(getpid(), SIGUSR1) ? -errno : 0;
}

static int kill_other(void)
{
	return kill(other, SIGUSR1) ? -errno : 0;
}

static int mount_one(void)
{
	return mount("tmpfs", TARGET, "tmpfs", MS_NOSUID | MS_NODEV,
		     "size=64k") ?
		       -errno :
		       0;
}

static int unmount_one(void)
{
	return umount(TARGET) ? -errno : 0;
}

static int mount_and_unmount(void)
{
	int err = mount_one();

	return err ? err : unmount_one();
}

static int open_and_close(void)
{
	int fd = open(DEEP_FILE, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	return close(fd) ? -errno : 0;
}

static int look(void)
{
	struct stat status;

	return stat(DEEP_FILE, &status) ? -errno : 0;
}

static int fork_and_unshare(void)
{
	pid_t pid = fork();

	if (pid < 0)
		return -errno;
	if (!pid)
		_exit(unshare(CLONE_NEWNS) ? errno : 0);
	return wait_for(pid);
}

static int map_code(void)
{
	void *code = mmap(NULL, 8192, PROT_READ | PROT_EXEC, MAP_PRIVATE,
			  child_fd, 0);

	if (code == MAP_FAILED)
		return -errno;
	return munmap(code, 8192) ? -errno : 0;
}

static const struct mnd_operation operations[OPERATIONS] = {
	{ "spawn", 300, spawn_many, NULL },
	{ "spawn_few", 300, spawn_few, NULL },
	{ "spawn_deep", 300, spawn_deep, NULL },
	{ "kill_self", 5000, kill_self, NULL },
	{ "kill_other", 5000, kill_other, NULL },
	{ "mount_umount", 200, mount_and_unmount, NULL },
	{ "mount", 200, mount_one, unmount_one },
	{ "open_close", 3000, open_and_close, NULL },
	{ "stat", 3000, look, NULL },
	{ "fork_unshare", 200, fork_and_unshare, NULL },
	{ "map_code", 3000, map_code, NULL },
};

/*
 * What is different where: a namespace's copy costs as much as it has mounts.
 */
static int count_mounts(void)
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	int byte, count = 0;

	if (!file)
		return -errno;
	while ((byte = getc(file)) != EOF)
		count += byte == '\n';
	fclose(file);
	return count;
}

static int start_other(void)
{
	other = fork();
	if (!other) {
		while (true)
			pause();
	}
	return other < 0 ? -errno : 0;
}

static void stop_other(void)
{
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
}

static int measure_all(void)
{
	static struct mnd_round rounds[OPERATIONS][MND_ROUNDS];
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(many_variables) - 1; i++)
		many_variables[i] = VARIABLE;
	child_fd = open(CHILD, O_RDONLY | O_CLOEXEC);
	if (child_fd < 0 || start_other())
		return -errno;
	for (i = 0; i < OPERATIONS; i++) {
		err = mnd_measure(&operations[i], rounds[i]);
		if (err) {
			fprintf(stderr, "bench: %s\n", operations[i].name);
			return err;
		}
	}
	stop_other();
	for (i = 0; i < OPERATIONS; i++)
		mnd_print_rounds(operations[i].name, rounds[i]);
	return 0;
}

/*
 * Controls
 */

static int spawn_unlisted(void)
{
	char *const args[] = { CHILD, "unlisted", NULL };

	return spawn(args, few_variables);
}

/* A copy of the child that is not open for writing, or it cannot be executed. */
static int make_detached(void)
{
	int copy = memfd_create("child", MFD_CLOEXEC), fd = -1;
	struct stat status;
	off_t from = 0;
	char path[64];

	if (copy < 0)
		return -errno;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", copy);
	if (!fstat(child_fd, &status) &&
	    sendfile(copy, child_fd, &from, (size_t)status.st_size) ==
		    status.st_size)
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fd = -errno;
	close(copy);
	return fd;
}

/* From a mount that no namespace has. */
static int spawn_detached(void)
{
	char path[64];
	char *const args[] = { path, NULL };
	int fd = make_detached(), err;

	if (fd < 0)
		return fd;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	err = spawn(args, few_variables);
	close(fd);
	return err;
}

static int mount_other(void)
{
	if (mount("ramfs", TARGET, "ramfs", 0, NULL))
		return -errno;
	return unmount_one();
}

static int kill_outside(void)
{
	return kill(getppid(), SIGUSR1) ? -errno : 0;
}

static bool controls_are_right(enum mnd_descendants descendants)
{
	const int exec = descendants == MND_DESCENDANTS_LISTED ? -EACCES : 0;
	const int file = descendants == MND_DESCENDANTS_NONE ? 0 : -EACCES;
	const int rest = descendants == MND_DESCENDANTS_NONE ? 0 : -EPERM;
	bool right;

	right = mnd_control("exec_unlisted", spawn_unlisted(), exec);
	right &= mnd_control("exec_detached", spawn_detached(), file);
	right &= mnd_control("mount_ramfs", mount_other(), rest);
	right &= mnd_control("kill_outside", kill_outside(), rest);
	return right;
}

static int fail(const char *what, int err)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerrorname_np(-err));
	return 1;
}

/**
 * main - Measure, then show which policy is in force
 *
 * Return: 0; 1 after having complained if something could not be measured, or
 * was not as the options say.
 */
int main(void)
{
	struct mnd_options options;
	int err, mounts;

	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR2, SIG_IGN);
	err = mnd_read_options(OPTIONS, &options);
	if (err)
		return fail(OPTIONS, err);
	mounts = count_mounts();
	printf("mounts %d\n", mounts);
	if (mounts != MOUNTS)
		return fail("not so many mounts as there should be", -EINVAL);

	/* Meanwhile signals from outside are measured. */
	if (mnd_step(TELL_FD) || mnd_await(WAIT_FD))
		return fail("no start", -EPIPE);
	err = measure_all();
	if (err)
		return fail("cannot be measured", err);
	if (!controls_are_right(options.descendants))
		return fail("this is another policy", -EINVAL);
	fflush(stdout);
	/* And now signals that may not come. */
	if (mnd_step(TELL_FD) || mnd_await(WAIT_FD))
		return fail("no end", -EPIPE);
	return 0;
}
