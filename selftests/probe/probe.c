// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A process that does system calls where a test has put it; see
 * selftests/guest/remote.h.  What it is called with matters to the policy and
 * not to itself, but for "true" and "false", which end with that status, and
 * "status N", which ends with N.
 */

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/mount.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "../../lsm/core/deps.h"
#include "../guest/remote.h"

/* A mount that REMOTE_FSMOUNT or REMOTE_OPEN_TREE has left. */
static int detached = -1;

static atomic_int signals;

static void count_signal(int number)
{
	(void)number;
	signals++;
}

static const char *text(const struct remote_call *call, int number)
{
	return number < call->texts ? call->text[number] : NULL;
}

static int keep_mount(int fd)
{
	if (fd < 0)
		return -1;
	if (detached >= 0)
		close(detached);
	detached = fd;
	return 0;
}

static int make_fsmount(const char *type)
{
	int fs = (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
	int err;

	if (fs < 0)
		return -1;
	if (syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0)) {
		err = errno;
		close(fs);
		errno = err;
		return -1;
	}
	return keep_mount((int)syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC,
				       MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV));
}

static int reconfigure(const char *path)
{
	int fs = (int)syscall(SYS_fspick, AT_FDCWD, path, FSPICK_CLOEXEC);
	int result;

	if (fs < 0)
		return -1;
	result = (int)syscall(SYS_fsconfig, fs, FSCONFIG_CMD_RECONFIGURE, NULL,
			      NULL, 0);
	close(fs);
	return result;
}

static int move_mount_to(const char *target)
{
	return (int)syscall(SYS_move_mount, detached, "", AT_FDCWD, target,
			    MOVE_MOUNT_F_EMPTY_PATH);
}

static void become(const struct remote_call *call, int fd)
{
	char *args[REMOTE_TEXTS + 1] = {};
	char *nothing = NULL;
	int i;

	for (i = 1; i < call->texts; i++)
		args[i - 1] = (char *)call->text[i];
	if (fd >= 0)
		syscall(SYS_execveat, fd, "", args, &nothing, AT_EMPTY_PATH);
	else
		execve(call->text[0], args, &nothing);
}

/*
 * An exec that a thread holds up between the lookup of the name and the copy of
 * the environment, which is in a page that is not there.
 */

#define PAGE_SIZE 4096

static struct {
	int faults;
	int root;
	char *page;
} turn;

/* Waits for the exec to need the page. */
static void *turn_back(void *argument)
{
	struct uffdio_zeropage zero = {
		.range = { (unsigned long)turn.page, PAGE_SIZE },
	};
	struct uffd_msg message;

	if (read(turn.faults, &message, sizeof(message)) != sizeof(message) ||
	    fchdir(turn.root) || chroot("."))
		_exit(125);
	ioctl(turn.faults, UFFDIO_ZEROPAGE, &zero);
	return argument;
}

static int prepare_turn(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register page = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	pthread_t thread;

	turn.root = open("/", O_PATH | O_CLOEXEC);
	turn.faults = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
	turn.page = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	page.range.start = (unsigned long)turn.page;
	page.range.len = PAGE_SIZE;
	if (turn.root < 0 || turn.faults < 0 || turn.page == MAP_FAILED ||
	    ioctl(turn.faults, UFFDIO_API, &api) ||
	    ioctl(turn.faults, UFFDIO_REGISTER, &page))
		return -1;
	errno = pthread_create(&thread, NULL, turn_back, NULL);
	return errno ? -1 : 0;
}

static void become_from(const struct remote_call *call)
{
	char *args[REMOTE_TEXTS] = {};
	char *variables[2] = {};
	int i;

	if (prepare_turn() || chroot(call->text[0]))
		return;
	variables[0] = turn.page;
	for (i = 2; i < call->texts; i++)
		args[i - 2] = (char *)call->text[i];
	execve(call->text[1], args, variables);
}

/* What exec failed with comes back by a pipe that exec closes. */
struct spawn {
	const struct remote_call *call;
	int fd;
	int status;
	int error;
};

static void spawn(struct spawn *spawn)
{
	int tell[2], status;
	pid_t child;

	spawn->error = 0;
	if (pipe2(tell, O_CLOEXEC)) {
		spawn->error = errno;
		return;
	}
	child = fork();
	if (!child) {
		int error;

		/* The new program, if it is a probe, has nothing to do. */
		fcntl(REMOTE_FD, F_SETFD, FD_CLOEXEC);
		if (spawn->call->op == REMOTE_SPAWN_FROM)
			become_from(spawn->call);
		else
			become(spawn->call, spawn->fd);
		error = errno;
		if (write(tell[1], &error, sizeof(error)) < 0)
			_exit(126);
		_exit(127);
	}
	close(tell[1]);
	if (child < 0) {
		spawn->error = errno;
	} else {
		if (read(tell[0], &spawn->error, sizeof(spawn->error)) <= 0)
			spawn->error = 0;
		waitpid(child, &status, 0);
		spawn->status = WIFEXITED(status) ? WEXITSTATUS(status) :
						    128 + WTERMSIG(status);
	}
	close(tell[0]);
}

/* The thread does not share root and directory with the others any more. */
static void *spawn_by_thread(void *argument)
{
	struct spawn *job = argument;

	if (unshare((int)job->call->number[0]))
		job->error = errno;
	else
		spawn(job);
	return NULL;
}

static void *mount_by_thread(void *argument)
{
	struct spawn *job = argument;
	const struct remote_call *call = job->call;

	if (unshare(CLONE_NEWNS) ||
	    mount(text(call, 0), text(call, 1), text(call, 2),
		  (unsigned long)call->number[0], text(call, 3)))
		job->error = errno;
	return NULL;
}

static void run_thread(void *(*run)(void *argument), struct spawn *job)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, run, job);

	if (err)
		job->error = err;
	else
		pthread_join(thread, NULL);
}

static void *sleep_for_good(void *argument)
{
	while (true)
		pause();
	return argument;
}

static int start_thread(void)
{
	pthread_t thread;

	errno = pthread_create(&thread, NULL, sleep_for_good, NULL);
	return errno ? -1 : 0;
}

static int map_code(int fd, int protection)
{
	void *address = mmap(NULL, 4096, protection, MAP_PRIVATE, fd, 0);

	if (address == MAP_FAILED)
		return -1;
	if (mprotect(address, 4096, PROT_READ | PROT_EXEC))
		return -1;
	return munmap(address, 4096);
}

static int map_file(const char *path, int fd, int protection)
{
	int file = path ? open(path, O_RDONLY | O_CLOEXEC) : fd;
	int result;

	if (file < 0)
		return -1;
	result = map_code(file, protection);
	if (path)
		close(file);
	return result;
}

static int write_file(const char *path, const char *content)
{
	size_t size = strlen(content);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int result;

	if (fd < 0)
		return -1;
	result = write(fd, content, size) == (ssize_t)size ? 0 : -1;
	return close(fd) ? -1 : result;
}

static long read_number(const char *path)
{
	char content[64] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size;

	if (fd < 0)
		return -1;
	size = read(fd, content, sizeof(content) - 1);
	close(fd);
	return size < 0 ? -1 : atol(content);
}

static int signal_by_pidfd(pid_t pid, int number)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	int result;

	if (fd < 0)
		return -1;
	result = (int)syscall(SYS_pidfd_send_signal, fd, number, NULL, 0);
	close(fd);
	return result;
}

static int read_memory(pid_t pid)
{
	long here = 1, there; /* a fork has it at the same address */
	struct iovec local = { &there, sizeof(there) };
	struct iovec remote = { &here, sizeof(here) };

	return process_vm_readv(pid, &local, 1, &remote, 1, 0) < 0 ? -1 : 0;
}

static int drop_capabilities(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct none[2] = {};

	return (int)syscall(SYS_capset, &header, none);
}

static void listen_on(int socket);

/* The child takes @socket and goes on by itself. */
static long fork_listener(int socket, unsigned long flags)
{
	pid_t child =
		(pid_t)syscall(SYS_clone, flags | SIGCHLD, NULL, NULL, NULL, 0);

	if (!child) {
		detached = -1;
		dup2(socket, REMOTE_FD);
		close(socket);
		listen_on(REMOTE_FD);
		_exit(0);
	}
	return child;
}

static long perform(const struct remote_call *call, int fd)
{
	struct spawn job = { .call = call, .fd = -1 };

	switch ((enum remote_op)call->op) {
	case REMOTE_EXIT:
		_exit((int)call->number[0]);
	case REMOTE_PING:
		return getpid();
	case REMOTE_MOUNT:
		return mount(text(call, 0), text(call, 1), text(call, 2),
			     (unsigned long)call->number[0], text(call, 3));
	case REMOTE_UMOUNT:
		return umount2(text(call, 0), (int)call->number[0]);
	case REMOTE_PIVOT_ROOT:
		return syscall(SYS_pivot_root, text(call, 0), text(call, 1));
	case REMOTE_CHROOT:
		return chroot(text(call, 0));
	case REMOTE_FSMOUNT:
		return make_fsmount(text(call, 0));
	case REMOTE_OPEN_TREE:
		return keep_mount((int)syscall(SYS_open_tree, AT_FDCWD,
					       text(call, 0), call->number[0]));
	case REMOTE_MOVE_MOUNT:
		if (fd >= 0)
			keep_mount(fd);
		return move_mount_to(text(call, 0));
	case REMOTE_FSPICK:
		return reconfigure(text(call, 0));
	case REMOTE_SPAWN_FD:
		job.fd = fd >= 0 ? fd : detached;
		spawn(&job);
		break;
	case REMOTE_SPAWN:
	case REMOTE_SPAWN_FROM:
		spawn(&job);
		break;
	case REMOTE_SPAWN_BY_THREAD:
		run_thread(spawn_by_thread, &job);
		break;
	case REMOTE_MOUNT_BY_THREAD:
		run_thread(mount_by_thread, &job);
		break;
	case REMOTE_UNSHARE:
		return unshare((int)call->number[0]);
	case REMOTE_SETNS:
		return setns(fd, (int)call->number[0]);
	case REMOTE_KILL:
		return kill((pid_t)call->number[0], (int)call->number[1]);
	case REMOTE_PIDFD_SIGNAL:
		return signal_by_pidfd((pid_t)call->number[0],
				       (int)call->number[1]);
	case REMOTE_TGKILL:
		return syscall(SYS_tgkill, call->number[0], call->number[0],
			       call->number[1]);
	case REMOTE_SIGQUEUE:
		return sigqueue((pid_t)call->number[0], (int)call->number[1],
				(union sigval){ .sival_int = 0 });
	case REMOTE_PTRACE_ATTACH:
		return ptrace(PTRACE_ATTACH, (pid_t)call->number[0], NULL,
			      NULL);
	case REMOTE_PTRACE_TRACEME:
		return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	case REMOTE_READ_MEMORY:
		return read_memory((pid_t)call->number[0]);
	case REMOTE_MAP:
		return map_file(text(call, 0), fd, PROT_READ | PROT_EXEC);
	case REMOTE_PROTECT:
		return map_file(text(call, 0), fd, PROT_READ);
	case REMOTE_WRITE:
		return write_file(text(call, 0), text(call, 1));
	case REMOTE_READ:
		return read_number(text(call, 0));
	case REMOTE_EXEC:
		become(call, -1);
		return -1;
	case REMOTE_FORK:
		return fork_listener(fd, 0);
	case REMOTE_SHARE_FS:
		return fork_listener(fd, CLONE_FS);
	case REMOTE_THREAD:
		return start_thread();
	case REMOTE_EXIT_LEADER:
		close(REMOTE_FD);
		syscall(SYS_exit, 0);
		break;
	case REMOTE_SIGNALS:
		return atomic_exchange(&signals, 0);
	case REMOTE_DROP_CAPABILITIES:
		return drop_capabilities();
	}
	if (job.error) {
		errno = job.error;
		return -1;
	}
	return job.status;
}

static void listen_on(int socket)
{
	struct remote_call call;
	struct remote_reply reply;
	int fd;

	while (!remote_receive(socket, &call, sizeof(call), &fd)) {
		errno = 0;
		reply.value = perform(&call, fd);
		reply.error = reply.value < 0 ? errno : 0;
		if (fd >= 0 && fd != detached)
			close(fd);
		if (remote_send(socket, &reply, sizeof(reply), -1))
			return;
	}
}

static void catch_signals(void)
{
	const int numbers[] = { SIGHUP,	 SIGTERM, SIGUSR1,
				SIGUSR2, SIGQUIT, SIGRTMIN };
	struct sigaction action = { .sa_handler = count_signal,
				    .sa_flags = SA_RESTART };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		sigaction(numbers[i], &action, NULL);
}

int main(int argc, char *argv[])
{
	if (argc > 2 && !strcmp(argv[1], "status"))
		return atoi(argv[2]);
	if (argc > 1 && !strcmp(argv[1], "true"))
		return 0;
	if (argc > 1 && !strcmp(argv[1], "false"))
		return 1;
	catch_signals();
	listen_on(REMOTE_FD);
	return 0;
}
