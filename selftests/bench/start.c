// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes the place in which bench.c measures, the same in every configuration:
 * a root file system on a tmpfs, entered by pivot_root(2), with four mounts.
 * Only whether it is bound to a container differs, and whose namespace it is.
 *
 * What is sent from the guest into the container is measured here.
 */

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../lsm/uapi/mandate.h"
#include "layout.h"
#include "measure.h"

#define FOLDER "/usr/libexec/mandate/bench"
#define SECURITYFS "/sys/kernel/security/mandate"
#define CONTAINER "bench"

/**
 * struct start - What lasts from the beginning to the end
 *
 * Descriptors, because the guest's root goes away when it is its namespace
 * that is measured in.
 *
 * @options: What the configuration claims to be.
 * @bench: The program that measures.
 * @child: The program that it executes.
 * @settings: The file of the options.
 * @namespaces: The file of the kernel's that binds, or -1.
 * @tell: Pipe to the program.
 * @wait: Pipe from the program.
 * @pid: The program.
 */
struct start {
	struct mnd_options options;
	int bench;
	int child;
	int settings;
	int namespaces;
	int tell;
	int wait;
	pid_t pid;
};

static pid_t target;

/*
 * What the configuration is
 */

/* Whether @path has a line that ends in @text. */
static bool has_line(const char *path, const char *text)
{
	FILE *file = fopen(path, "re");
	size_t wanted = strlen(text), size;
	bool found = false;
	char line[512];

	if (!file)
		return false;
	while (!found && fgets(line, sizeof(line), file)) {
		size = strcspn(line, "\n");
		line[size] = 0;
		found = size >= wanted && !strcmp(line + size - wanted, text);
	}
	fclose(file);
	return found;
}

static bool is_as_claimed(const struct mnd_options *options)
{
	const char *wrong = NULL;

	if (!has_line("/proc/sys/kernel/randomize_va_space", "0"))
		wrong = "addresses are random (norandmaps is missing)";
	else if (has_line("/proc/kallsyms", " security_namespace_alloc") !=
		 options->patched)
		wrong = "it is the other kernel";
	else if (has_line(SECURITYFS "/mode", "enforce") != options->enforcing)
		wrong = "the mode is another";
	else if (!access(SECURITYFS "/policy", F_OK) != options->loaded)
		wrong = "there is a policy, or none";
	if (wrong)
		fprintf(stderr, "bench: %s\n", wrong);
	return !wrong;
}

/*
 * The root file system
 */

static int copy_to(int from, const char *path)
{
	int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
	struct stat status;
	off_t at = 0;
	int err = 0;

	if (to < 0)
		return -errno;
	if (fstat(from, &status) ||
	    sendfile(to, from, &at, (size_t)status.st_size) != status.st_size)
		err = -EIO;
	close(to);
	return err;
}

/* In the working directory. */
static int fill_root(const struct start *start)
{
	static const char *const folders[] = {
		"bin", "dev",	"mnt",	    "proc",	   "sys",
		"d1",  "d1/d2", "d1/d2/d3", "d1/d2/d3/d4", "d1/d2/d3/d4/d5",
	};
	size_t i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (mkdir(folders[i], 0755))
			return -errno;
	err = copy_to(start->bench, "." BENCH);
	if (!err)
		err = copy_to(start->child, "." CHILD);
	if (!err)
		err = copy_to(start->child, "." DEEP_CHILD);
	if (!err)
		err = copy_to(start->settings, "." DEEP_FILE);
	if (!err)
		err = copy_to(start->settings, "." OPTIONS);
	return err;
}

static int enter_root(const struct start *start)
{
	int err;

	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("root", TARGET, "tmpfs", 0, NULL) || chdir(TARGET))
		return -errno;
	err = fill_root(start);
	if (err)
		return err;
	if (syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) ||
	    chdir("/"))
		return -errno;
	/* With the root these are all: MOUNTS. */
	if (mount("proc", "/proc", "proc", 0, NULL) ||
	    mount("sysfs", "/sys", "sysfs", 0, NULL) ||
	    mount("dev", "/dev", "tmpfs", 0, NULL))
		return -errno;
	return 0;
}

/*
 * Starting what measures
 */

/* fork(2) with more flags. */
static pid_t clone_with(unsigned long flags)
{
	return (pid_t)syscall(SYS_clone, flags | SIGCHLD, NULL, NULL, NULL, 0);
}

/* What is executed has two descriptors of its own and no environment. */
static int become(const char *path, int tell, int wait)
{
	char *const args[] = { (char *)path, NULL };
	char *const none[] = { NULL };

	/* Out of the way of each other. */
	tell = fcntl(tell, F_DUPFD_CLOEXEC, WAIT_FD + 1);
	wait = fcntl(wait, F_DUPFD_CLOEXEC, WAIT_FD + 1);
	if (dup2(tell, TELL_FD) < 0 || dup2(wait, WAIT_FD) < 0)
		return -errno;
	execve(path, args, none);
	return -errno;
}

static int bind_namespace(const struct start *start, pid_t pid)
{
	struct mandate_bind bind = { .container = CONTAINER };
	int err;

	bind.fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (bind.fd < 0)
		return -errno;
	err = ioctl(start->namespaces, MANDATE_IOC_BIND, &bind) ? -errno : 0;
	close(bind.fd);
	return err;
}

/*
 * Starts @path in a root of its own, in a namespace of its own if @flags say
 * so.  The child waits with its exec until the namespace is bound, or not.
 */
static int start_in_root(struct start *start, const char *path,
			 unsigned long flags, bool bound)
{
	int tell[2], wait[2], err;

	if (pipe2(tell, O_CLOEXEC) || pipe2(wait, O_CLOEXEC))
		return -errno;
	start->pid = clone_with(flags);
	if (!start->pid) {
		close(tell[1]);
		close(wait[0]);
		err = enter_root(start);
		if (err || mnd_step(wait[1]) || mnd_await(tell[0]))
			_exit(-err);
		_exit(-become(path, wait[1], tell[0]));
	}
	close(tell[0]);
	close(wait[1]);
	start->tell = tell[1];
	start->wait = wait[0];
	err = mnd_await(start->wait);
	if (!err && bound)
		err = bind_namespace(start, start->pid);
	return err ? err : mnd_step(start->tell);
}

/* The end of the program: 0 or the negative of its status. */
static int end_of(struct start *start)
{
	int status;

	close(start->tell);
	close(start->wait);
	if (waitpid(start->pid, &status, 0) != start->pid)
		return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EINTR;
}

/*
 * From outside
 */

static int kill_target(void)
{
	return kill(target, SIGUSR1) ? -errno : 0;
}

static int measure_across(const struct start *start)
{
	static const struct mnd_operation operation = { "kill_across", 5000,
							kill_target, NULL };
	struct mnd_round rounds[MND_ROUNDS];
	int err;

	target = start->pid;
	err = mnd_measure(&operation, rounds);
	if (!err)
		mnd_print_rounds(operation.name, rounds);
	return err;
}

/* Where there is a policy, a container has to begin as it says. */
static int start_other_program(const struct start *start)
{
	struct start other = *start;
	int err;

	err = start_in_root(&other, CHILD, CLONE_NEWNS, start->options.loaded);
	return err ? err : end_of(&other);
}

static bool controls_are_right(const struct start *start)
{
	const bool contained = start->options.descendants !=
			       MND_DESCENDANTS_NONE;
	const int signal = kill(start->pid, SIGUSR2) ? -errno : 0;
	const int entry = start_other_program(start);
	bool right;

	right = mnd_control("kill_unlisted", signal, contained ? -EPERM : 0);
	right &= mnd_control("exec_entry", entry,
			     start->options.loaded ? -EACCES : 0);
	return right;
}

/* What measures goes on when it is told to, and tells when it has ended. */
static int run(struct start *start)
{
	const struct mnd_options *options = &start->options;
	bool right;
	int err;

	err = start_in_root(start, BENCH,
			    options->own_namespace ? CLONE_NEWNS : 0,
			    options->descendants != MND_DESCENDANTS_NONE);
	if (!err)
		err = mnd_await(start->wait);
	if (!err)
		err = measure_across(start);
	fflush(stdout);
	if (!err)
		err = mnd_step(start->tell);
	if (!err)
		err = mnd_await(start->wait);
	if (err)
		return err;
	right = controls_are_right(start);
	if (mnd_step(start->tell))
		return -EPIPE;
	err = end_of(start);
	return right ? err : -EINVAL;
}

static int open_all(struct start *start)
{
	start->bench = open(FOLDER "/bench", O_RDONLY | O_CLOEXEC);
	start->child = open(FOLDER "/child", O_RDONLY | O_CLOEXEC);
	start->settings = open(FOLDER OPTIONS, O_RDONLY | O_CLOEXEC);
	start->namespaces = open(SECURITYFS "/namespaces", O_RDWR | O_CLOEXEC);
	if (start->bench < 0 || start->child < 0 || start->settings < 0)
		return -errno;
	return start->options.loaded && start->namespaces < 0 ? -errno : 0;
}

/**
 * main - Measure one configuration
 *
 * Return: 0; 1 after having complained if it could not be measured, or is not
 * what the options say.
 */
int main(void)
{
	struct start start = { 0 };
	struct utsname kernel;
	int err;

	signal(SIGUSR1, SIG_IGN);
	err = mnd_read_options(FOLDER OPTIONS, &start.options);
	if (!err)
		err = open_all(&start);
	if (!err && !is_as_claimed(&start.options))
		return 1;
	if (!err && !uname(&kernel))
		printf("kernel %s\n", kernel.release);
	if (!err)
		err = run(&start);
	if (err)
		fprintf(stderr, "bench: not measured: %s\n",
			strerrorname_np(-err) ?: "?");
	return err ? 1 : 0;
}
