// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The guest's first process: mounts what programs expect, loads the policy if
 * there is one, runs the command that the host sends, passes its input and
 * output, tells how it ended, and ends the guest.  It never copies a program:
 * what runs are the files of the initramfs, which the kernel has measured.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "wire.h"

#define POLICY "/etc/mandate/policy"
#define LOADER "/usr/bin/mandate"
#define LOAD "/sys/kernel/security/mandate/load"

/* How long the host may take to say that it has everything, in ms */
#define BYE_TIMEOUT 30000

/*
 * The command and our ends of its streams, each -1 when closed.  With a
 * terminal, @in and @out are both its master and @err is unused.
 */
struct job {
	pid_t pid;
	bool terminal;
	int in;
	int out;
	int err;
	bool ended;
	int status;

	/* Input that the command has not taken yet */
	bool input_over;
	size_t start;
	size_t end;
	char input[WIRE_MAX];
};

static struct wire wire;
static struct job job = { .in = -1, .out = -1, .err = -1 };

static const struct {
	const char *type;
	const char *at;
	unsigned long flags;
	const char *data;
	bool optional;
} mounts[] = {
	{ "proc", "/proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL, false },
	{ "sysfs", "/sys", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL, false },
	{ "devtmpfs", "/dev", MS_NOSUID, "mode=0755", false },
	{ "devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC,
	  "mode=0620,ptmxmode=0666", false },
	{ "tmpfs", "/dev/shm", MS_NOSUID | MS_NODEV, "mode=1777", false },
	{ "tmpfs", "/run", MS_NOSUID | MS_NODEV, "mode=0755", false },
	{ "tmpfs", "/tmp", MS_NOSUID | MS_NODEV, "mode=1777", false },
	{ "cgroup2", "/sys/fs/cgroup", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL,
	  true },
	{ "securityfs", "/sys/kernel/security",
	  MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL, true },
	{ "debugfs", "/sys/kernel/debug", MS_NOSUID | MS_NODEV | MS_NOEXEC,
	  NULL, true },
	{ NULL, NULL, 0, NULL, false },
};

static noreturn void end_guest(void)
{
	const char *how = getenv("guest_end");

	sync();
	reboot(how && !strcmp(how, "poweroff") ? RB_POWER_OFF : RB_AUTOBOOT);
	for (;;)
		pause();
}

/* Before there is a stream the kernel's log is all there is. */
static noreturn void fail(const char *format, ...)
{
	char text[1024];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (length >= (int)sizeof(text))
		length = sizeof(text) - 1;

	if (wire.fd > 0)
		wire_send(wire.fd, WIRE_FAILED, text, length);
	else
		dprintf(2, "guest-init: %s\n", text);
	end_guest();
}

/*
 * pivot_root(2), and so every container runtime, refuses to work where the
 * root has no parent mount, which is so for an initramfs.  A bind mount of it,
 * moved over it, has one, and its files stay the same inodes.
 */
static void give_root_a_parent(void)
{
	if (mount("/", "/mnt", NULL, MS_BIND, NULL) || chdir("/mnt") ||
	    mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/"))
		fail("cannot re-root: %s", strerror(errno));
}

static void mount_all(void)
{
	size_t i;

	for (i = 0; mounts[i].type; i++) {
		mkdir(mounts[i].at, 0755);
		if (mount(mounts[i].type, mounts[i].at, mounts[i].type,
			  mounts[i].flags, mounts[i].data) &&
		    !mounts[i].optional)
			fail("cannot mount %s: %s", mounts[i].at,
			     strerror(errno));
	}
	symlink("/proc/self/fd", "/dev/fd");
	symlink("/proc/self/fd/0", "/dev/stdin");
	symlink("/proc/self/fd/1", "/dev/stdout");
	symlink("/proc/self/fd/2", "/dev/stderr");
}

static void loopback_up(void)
{
	struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd;

	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	ioctl(fd, SIOCSIFFLAGS, &request);
	close(fd);
}

/* The kernel makes the device when it has time to. */
static int open_when_there(const char *path)
{
	char event[sizeof(struct inotify_event) + 256];
	int watch, fd;

	watch = inotify_init1(IN_CLOEXEC);
	if (watch < 0 || inotify_add_watch(watch, "/dev", IN_CREATE) < 0)
		return -1;
	do {
		fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
	} while (fd < 0 && (errno == ENOENT || errno == ENXIO) &&
		 read(watch, event, sizeof(event)) > 0);
	close(watch);
	return fd;
}

static void open_wire(void)
{
	const char *path = getenv("guest_wire");
	struct termios raw;
	int fd;

	fd = open_when_there(path ? path : "/dev/vport0p1");
	if (fd < 0)
		fail("no stream to the host: %s", strerror(errno));
	if (!tcgetattr(fd, &raw)) {
		cfmakeraw(&raw);
		tcsetattr(fd, TCSANOW, &raw);
	}
	wire.fd = fd;
	/* Blocks until the host has connected; nothing later may block. */
	if (wire_send(fd, WIRE_READY, NULL, 0))
		fail("cannot talk to the host: %s", strerror(errno));
	fcntl(fd, F_SETFL, O_NONBLOCK);
}

/* The next frame, waited for at most @timeout ms; false at the end. */
static bool receive(struct wire_frame *frame, int timeout)
{
	struct pollfd ready = { .fd = wire.fd, .events = POLLIN };
	int got;

	while ((got = wire_next(&wire, frame)) == 0) {
		if (poll(&ready, 1, timeout) == 0)
			return false;
		got = wire_fill(&wire);
		if (got <= 0 && got != -EAGAIN)
			return false;
	}
	return got > 0;
}

static void load_by_hand(void)
{
	char buffer[65536];
	ssize_t got;
	int from, to;

	from = open(POLICY, O_RDONLY | O_CLOEXEC);
	to = open(LOAD, O_WRONLY | O_CLOEXEC);
	if (from < 0 || to < 0)
		fail("cannot load the policy: %s", strerror(errno));
	while ((got = read(from, buffer, sizeof(buffer))) > 0)
		if (write(to, buffer, got) != got)
			fail("the kernel refused the policy: %s",
			     strerror(errno));
	close(from);
	close(to);
}

static void load_policy(void)
{
	char text[900];
	size_t length = 0;
	int ends[2], status;
	ssize_t got;
	pid_t pid;

	if (access(POLICY, F_OK))
		return;
	if (access(LOADER, X_OK)) {
		load_by_hand();
		return;
	}

	if (pipe2(ends, O_CLOEXEC))
		fail("pipe: %s", strerror(errno));
	pid = fork();
	if (!pid) {
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		execl(LOADER, "mandate", "load", POLICY, NULL);
		dprintf(2, "%s: %s", LOADER, strerror(errno));
		_exit(127);
	}
	close(ends[1]);
	while ((got = read(ends[0], text + length, sizeof(text) - length)) > 0)
		length += got;
	close(ends[0]);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
		fail("the policy was not loaded: %.*s", (int)length, text);
}

static void resize(const struct wire_size *size)
{
	struct winsize window = { .ws_row = size->rows,
				  .ws_col = size->columns };

	if (job.terminal)
		ioctl(job.in, TIOCSWINSZ, &window);
}

static noreturn void become_command(const int streams[3], char **words,
				    char *term)
{
	char *const environment[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
				      "HOME=/root", term, NULL };
	sigset_t none;
	int i;

	setsid();
	for (i = 0; i < 3; i++)
		dup2(streams[i], i);
	if (job.terminal)
		ioctl(0, TIOCSCTTY, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (chdir("/root"))
		chdir("/");
	execvpe(words[0], words, environment);
	dprintf(2, "guest: %s: %s\n", words[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

static void make_terminal(int streams[3])
{
	int i, master;

	master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	if (master < 0 || unlockpt(master))
		fail("no terminal: %s", strerror(errno));
	streams[0] = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (streams[0] < 0)
		fail("no terminal: %s", strerror(errno));
	for (i = 1; i < 3; i++)
		streams[i] = streams[0];
	job.in = master;
	job.out = master;
}

static void make_pipes(int streams[3], bool one_stream)
{
	int input[2], output[2], errors[2] = { -1, -1 };

	if (pipe2(input, O_CLOEXEC) || pipe2(output, O_CLOEXEC) ||
	    (!one_stream && pipe2(errors, O_CLOEXEC)))
		fail("pipe: %s", strerror(errno));
	streams[0] = input[0];
	streams[1] = output[1];
	streams[2] = one_stream ? output[1] : errors[1];
	job.in = input[1];
	job.out = output[0];
	job.err = errors[0];
	fcntl(job.in, F_SETFL, O_NONBLOCK);
	fcntl(job.out, F_SETFL, O_NONBLOCK);
	if (job.err >= 0)
		fcntl(job.err, F_SETFL, O_NONBLOCK);
}

/* The words of a frame's strings after the first, which is TERM's value. */
static char **split(const struct wire_frame *frame, char **term)
{
	const struct wire_start *order = (const void *)frame->data;
	const char *at, *end = frame->data + frame->length;
	char **words;
	size_t count = 0;

	if (frame->length <= sizeof(*order) || end[-1])
		fail("no command");
	words = calloc(frame->length, sizeof(*words));
	if (!words || asprintf(term, "TERM=%s", order->strings) < 0)
		fail("no memory");
	for (at = order->strings + strlen(order->strings) + 1; at < end;
	     at += strlen(at) + 1)
		words[count++] = (char *)at;
	if (!count)
		fail("no command");
	return words;
}

static void start(const struct wire_frame *frame)
{
	const struct wire_start *order = (const void *)frame->data;
	char **words, *term;
	int streams[3];

	words = split(frame, &term);
	job.terminal = order->flags & WIRE_TERMINAL;
	if (job.terminal)
		make_terminal(streams);
	else
		make_pipes(streams, order->flags & WIRE_ONE_STREAM);
	resize(&order->size);

	job.pid = fork();
	if (job.pid < 0)
		fail("fork: %s", strerror(errno));
	if (!job.pid)
		become_command(streams, words, term);
	close(streams[0]);
	if (streams[1] != streams[0])
		close(streams[1]);
	if (streams[2] != streams[1])
		close(streams[2]);
	free(words);
	free(term);
}

static void stop_input(void)
{
	if (!job.terminal && job.in >= 0)
		close(job.in);
	job.in = -1;
	job.start = 0;
	job.end = 0;
}

static void push_input(void)
{
	ssize_t put;

	while (job.in >= 0 && job.start < job.end) {
		put = write(job.in, job.input + job.start, job.end - job.start);
		if (put < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (put < 0)
			stop_input();
		else
			job.start += put;
	}
	if (job.input_over)
		stop_input();
}

/* Takes frames until one leaves input that the command has no room for. */
static void take_frames(void)
{
	struct wire_frame frame;

	while (job.start == job.end && wire_next(&wire, &frame) > 0) {
		if (frame.type == WIRE_SIZE) {
			resize((const void *)frame.data);
		} else if (frame.type == WIRE_INPUT) {
			memcpy(job.input, frame.data, frame.length);
			job.start = 0;
			job.end = frame.length;
			job.input_over = !frame.length;
		}
		wire_drop(&wire, &frame);
		push_input();
	}
}

/* False when there is no more for now, or for good. */
static bool pass_output(int *fd, enum wire_type type)
{
	char buffer[16384];
	ssize_t got;

	if (*fd < 0)
		return false;
	got = read(*fd, buffer, sizeof(buffer));
	if (got > 0) {
		wire_send(wire.fd, type, buffer, got);
		return true;
	}
	/* EIO is how a terminal says that nobody has it open any more. */
	if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
		close(*fd);
		*fd = -1;
		if (job.terminal)
			job.in = -1;
	}
	return false;
}

static void reap(int children)
{
	struct signalfd_siginfo info;
	pid_t pid;
	int status;

	while (read(children, &info, sizeof(info)) > 0)
		;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == job.pid) {
			job.ended = true;
			job.status = status;
		}
	}
}

static int watch_children(void)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (fd < 0)
		fail("signalfd: %s", strerror(errno));
	return fd;
}

/*
 * Until the command has ended and its output is passed on.  What it left
 * running may keep a pipe open, so there only what is in it counts; a terminal
 * is hung up with its session, and only its end tells that all has come.
 */
static void attend(int children)
{
	struct pollfd polled[5];
	int got;

	while (!job.ended || (job.terminal && job.out >= 0)) {
		push_input();
		take_frames();
		polled[0] = (struct pollfd){ children, POLLIN, 0 };
		polled[1] = (struct pollfd){ job.out, POLLIN, 0 };
		polled[2] = (struct pollfd){ job.err, POLLIN, 0 };
		polled[3] =
			(struct pollfd){ job.start < job.end ? job.in : wire.fd,
					 job.start < job.end ? POLLOUT : POLLIN,
					 0 };
		if (poll(polled, 4, -1) < 0)
			continue;

		pass_output(&job.out, WIRE_OUTPUT);
		pass_output(&job.err, WIRE_ERRORS);
		if (job.start == job.end && polled[3].revents) {
			got = wire_fill(&wire);
			if (got <= 0 && got != -EAGAIN)
				end_guest();
		}
		reap(children);
	}
	while (pass_output(&job.out, WIRE_OUTPUT))
		;
	while (pass_output(&job.err, WIRE_ERRORS))
		;
}

static void tell_exit(void)
{
	struct wire_frame frame = { 0 };
	__u32 status = job.status;

	wire_send(wire.fd, WIRE_EXIT, &status, sizeof(status));
	while (frame.type != WIRE_BYE && receive(&frame, BYE_TIMEOUT))
		wire_drop(&wire, &frame);
}

/**
 * main - the guest's life
 *
 * The kernel's command line gives, as environment, "guest_wire", the device
 * that leads to the host, and "guest_end", "restart" or "poweroff".
 *
 * Return: Never.
 */
int main(void)
{
	struct wire_frame frame;
	int children;

	signal(SIGPIPE, SIG_IGN);
	give_root_a_parent();
	mount_all();
	loopback_up();
	open_wire();
	load_policy();
	if (!receive(&frame, -1) || frame.type != WIRE_START)
		fail("no command");
	children = watch_children();
	start(&frame);
	wire_drop(&wire, &frame);
	attend(children);
	tell_exit();
	end_guest();
}
