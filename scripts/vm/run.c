// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs a virtual machine whose init is init.c: sends it the command, passes
 * stdin, stdout, stderr and the terminal through, and reports how it ended.
 * Knows nothing of the machine but its command line.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "wire.h"

/* Where the machine finds its end of the stream */
#define MACHINE_FD 3

/* How long a machine may take to end after its command has, in seconds */
#define GRACE 30

#define ESCAPE 0x1d /* Ctrl-] */

/*
 * How it ended: by the command's end, by the machine's without it, by the
 * time limit, by a signal to us or the escape key, or before the command.
 */
enum outcome {
	RUNNING,
	EXITED,
	DIED,
	TIMED_OUT,
	INTERRUPTED,
	FAILED
};

struct run {
	const char *log;
	const char *result;
	unsigned int timeout;
	bool terminal;
	char **machine;
	char **command;

	pid_t pid;
	bool machine_over;
	bool stream_over;
	bool input_over;
	bool started;
	enum outcome outcome;
	__u32 status;
	char reason[1024];
	int escapes;

	/* Frames that the machine has not taken yet */
	size_t start;
	size_t end;
	char pending[sizeof(struct wire_head) + WIRE_MAX];
};

static struct wire wire;
static struct run run;
static struct termios cooked;
static bool is_raw;
static int signals[2];

static void cook(void)
{
	if (is_raw)
		tcsetattr(0, TCSADRAIN, &cooked);
	is_raw = false;
}

static void make_raw(void)
{
	struct termios raw = cooked;

	cfmakeraw(&raw);
	is_raw = !tcsetattr(0, TCSADRAIN, &raw);
}

static void on_signal(int number)
{
	char byte = number;
	int saved = errno;

	if (write(signals[1], &byte, 1) < 0)
		errno = saved;
	errno = saved;
}

/* No SA_RESTART: a signal must end a write to a reader that has stalled. */
static int watch_signals(void)
{
	static const int numbers[] = { SIGCHLD, SIGWINCH, SIGINT, SIGTERM,
				       SIGHUP,	SIGALRM,  0 };
	struct sigaction action = { .sa_handler = on_signal };
	size_t i;

	if (pipe2(signals, O_CLOEXEC | O_NONBLOCK))
		return -errno;
	for (i = 0; numbers[i]; i++)
		if (sigaction(numbers[i], &action, NULL))
			return -errno;
	signal(SIGPIPE, SIG_IGN);
	return 0;
}

static noreturn void become_machine(int end)
{
	int log, null;

	/* Not at the mercy of the terminal's keys, but of our life. */
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_DFL);
	log = open(run.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (log < 0 || null < 0 || dup2(null, 0) < 0 || dup2(log, 1) < 0 ||
	    dup2(log, 2) < 0)
		_exit(126);
	/* dup2() to itself would keep close-on-exec. */
	if (end == MACHINE_FD)
		fcntl(end, F_SETFD, 0);
	else
		dup2(end, MACHINE_FD);
	execvp(run.machine[0], run.machine);
	dprintf(2, "%s: %s\n", run.machine[0], strerror(errno));
	_exit(126);
}

static int start_machine(void)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return -errno;
	run.pid = fork();
	if (run.pid < 0)
		return -errno;
	if (!run.pid)
		become_machine(ends[1]);
	close(ends[1]);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	wire.fd = ends[0];
	return 0;
}

static void stop_machine(enum outcome outcome)
{
	if (run.outcome == RUNNING)
		run.outcome = outcome;
	if (!run.machine_over)
		kill(-run.pid, SIGKILL);
}

/* Only called with nothing pending, or for a few bytes behind it. */
static void queue(enum wire_type type, const void *data, size_t length)
{
	if (run.start == run.end) {
		run.start = 0;
		run.end = 0;
	}
	if (run.end + sizeof(struct wire_head) + length > sizeof(run.pending))
		return; /* a size, while the machine takes nothing */
	run.end += wire_pack(run.pending + run.end, type, data, length);
}

static void flush(void)
{
	ssize_t put;

	while (run.start < run.end) {
		put = write(wire.fd, run.pending + run.start,
			    run.end - run.start);
		if (put < 0 && errno != EINTR) {
			/* Nobody is there; its end will be told by poll. */
			if (errno != EAGAIN)
				run.start = run.end;
			return;
		}
		if (put > 0)
			run.start += put;
	}
}

static struct wire_size terminal_size(void)
{
	struct winsize window = { 0 };

	if (ioctl(0, TIOCGWINSZ, &window) || !window.ws_row || !window.ws_col)
		return (struct wire_size){ .rows = 24, .columns = 80 };
	return (struct wire_size){ window.ws_row, window.ws_col };
}

static bool same_file(int a, int b)
{
	struct stat one, two;

	return !fstat(a, &one) && !fstat(b, &two) && one.st_dev == two.st_dev &&
	       one.st_ino == two.st_ino;
}

static int order(void)
{
	static char frame[WIRE_MAX];
	struct wire_start *start = (void *)frame;
	const char *term = getenv("TERM");
	size_t at = sizeof(*start), length;
	char **word;

	if (run.terminal)
		start->flags |= WIRE_TERMINAL;
	if (same_file(1, 2))
		start->flags |= WIRE_ONE_STREAM;
	start->size = terminal_size();
	if (!term || strlen(term) > 64)
		term = "linux";
	memcpy(frame + at, term, strlen(term) + 1);
	at += strlen(term) + 1;
	for (word = run.command; *word; word++) {
		length = strlen(*word) + 1;
		if (at + length > sizeof(frame))
			return -E2BIG;
		memcpy(frame + at, *word, length);
		at += length;
	}
	queue(WIRE_START, frame, at);
	run.started = true;
	if (run.terminal)
		make_raw();
	return 0;
}

static void on_child(void)
{
	int status;

	if (waitpid(run.pid, &status, WNOHANG) == run.pid)
		run.machine_over = true;
}

static void handle_signals(void)
{
	struct wire_size size;
	char number;

	while (read(signals[0], &number, 1) == 1) {
		switch (number) {
		case SIGCHLD:
			on_child();
			break;
		case SIGWINCH:
			size = terminal_size();
			if (run.terminal && run.started)
				queue(WIRE_SIZE, &size, sizeof(size));
			break;
		case SIGALRM:
			stop_machine(TIMED_OUT);
			break;
		default:
			stop_machine(INTERRUPTED);
			run.status = number;
		}
	}
}

static bool stopped(void)
{
	return run.outcome != RUNNING && run.outcome != EXITED;
}

static void put_out(int fd, const char *data, size_t length)
{
	struct pollfd room = { .fd = fd, .events = POLLOUT };
	ssize_t put;

	while (length && !stopped()) {
		put = write(fd, data, length);
		if (put >= 0) {
			data += put;
			length -= put;
		} else if (errno == EAGAIN) {
			poll(&room, 1, -1);
		} else if (errno != EINTR) {
			/* As a local command would end, by SIGPIPE. */
			stop_machine(INTERRUPTED);
			run.status = SIGPIPE;
		}
		handle_signals();
	}
}

static void on_exit_frame(const struct wire_frame *frame)
{
	memcpy(&run.status, frame->data, sizeof(run.status));
	run.outcome = EXITED;
	run.start = 0;
	run.end = 0;
	queue(WIRE_BYE, NULL, 0);
	cook();
	alarm(GRACE);
}

static void take_frame(const struct wire_frame *frame)
{
	switch (frame->type) {
	case WIRE_READY:
		if (!run.started && order() < 0) {
			snprintf(run.reason, sizeof(run.reason),
				 "the command is too long");
			stop_machine(FAILED);
		}
		break;
	case WIRE_OUTPUT:
		put_out(1, frame->data, frame->length);
		break;
	case WIRE_ERRORS:
		put_out(2, frame->data, frame->length);
		break;
	case WIRE_FAILED:
		snprintf(run.reason, sizeof(run.reason), "%.*s",
			 (int)frame->length, frame->data);
		stop_machine(FAILED);
		break;
	case WIRE_EXIT:
		if (frame->length == sizeof(run.status))
			on_exit_frame(frame);
		break;
	default:
		break;
	}
}

static void take_stream(void)
{
	struct wire_frame frame;
	int got;

	got = wire_fill(&wire);
	if (got == -EAGAIN)
		return;
	if (got <= 0)
		run.stream_over = true;
	while (!stopped() && (got = wire_next(&wire, &frame)) > 0) {
		take_frame(&frame);
		wire_drop(&wire, &frame);
	}
	if (got == -EPROTO) {
		snprintf(run.reason, sizeof(run.reason),
			 "what came from the guest is not of its init");
		stop_machine(FAILED);
	}
}

/* Three in a row, as nothing that a program in the guest wants typed. */
static bool is_escape(const char *data, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++) {
		run.escapes = data[i] == ESCAPE ? run.escapes + 1 : 0;
		if (run.escapes == 3)
			return true;
	}
	return false;
}

static void take_input(void)
{
	char buffer[4096];
	ssize_t got;

	got = read(0, buffer, sizeof(buffer));
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (got <= 0) {
		got = 0;
		run.input_over = true;
	}
	if (run.terminal && is_escape(buffer, got)) {
		stop_machine(INTERRUPTED);
		run.status = SIGINT;
		return;
	}
	queue(WIRE_INPUT, buffer, got);
}

static void attend(void)
{
	bool idle, wants_input;

	while (!stopped() && !(run.stream_over && run.machine_over)) {
		idle = run.start == run.end;
		wants_input = idle && run.started && !run.input_over &&
			      run.outcome == RUNNING;
		struct pollfd polled[] = {
			{ signals[0], POLLIN, 0 },
			{ run.stream_over ? -1 : wire.fd,
			  idle ? POLLIN : POLLIN | POLLOUT, 0 },
			{ wants_input ? 0 : -1, POLLIN, 0 },
		};

		poll(polled, 3, -1);
		handle_signals();
		if (polled[1].revents)
			take_stream();
		if (polled[2].revents && !stopped())
			take_input();
		flush();
	}
	if (run.outcome == RUNNING)
		run.outcome = DIED;
}

static int report(void)
{
	FILE *result = fopen(run.result, "we");

	if (!result)
		return -errno;
	switch (run.outcome) {
	case EXITED:
		if (WIFSIGNALED(run.status))
			fprintf(result, "exit %d\n",
				128 + WTERMSIG(run.status));
		else
			fprintf(result, "exit %d\n", WEXITSTATUS(run.status));
		break;
	case TIMED_OUT:
		fprintf(result, "timeout\n");
		break;
	case INTERRUPTED:
		fprintf(result, "interrupted %u\n", 128 + run.status);
		break;
	case FAILED:
		fprintf(result, "failed %s\n", run.reason);
		break;
	default:
		fprintf(result, "died\n");
	}
	return fclose(result) ? -errno : 0;
}

static const char help[] =
	"run [--terminal] [--timeout SECONDS] --log FILE --result FILE MACHINE... -- COMMAND...\n";

static bool parse(int argc, char **argv)
{
	static const struct option options[] = {
		{ "terminal", no_argument, NULL, 't' },
		{ "timeout", required_argument, NULL, 's' },
		{ "log", required_argument, NULL, 'l' },
		{ "result", required_argument, NULL, 'r' },
		{ NULL, 0, NULL, 0 },
	};
	int option, i;

	while ((option = getopt_long(argc, argv, "+", options, NULL)) >= 0) {
		if (option == 't')
			run.terminal = true;
		else if (option == 's')
			run.timeout = strtoul(optarg, NULL, 10);
		else if (option == 'l')
			run.log = optarg;
		else if (option == 'r')
			run.result = optarg;
		else
			return false;
	}
	for (i = optind; i < argc && strcmp(argv[i], "--"); i++)
		;
	if (!run.log || !run.result || i == optind || i + 1 >= argc)
		return false;
	argv[i] = NULL;
	run.machine = argv + optind;
	run.command = argv + i + 1;
	return true;
}

/**
 * main - run a machine and the command in it
 * @argc: count of @argv
 * @argv: see help
 *
 * Return: 0 when the result has been written, whatever it is; 1 if it could
 * not be found out; 2 for a usage error.
 */
int main(int argc, char **argv)
{
	int error;

	if (!parse(argc, argv)) {
		fputs(help, stderr);
		return 2;
	}
	/* A caller killed in a way that we are not told of. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (run.terminal && tcgetattr(0, &cooked))
		run.terminal = false;
	atexit(cook);

	error = watch_signals();
	if (!error)
		error = start_machine();
	if (!error) {
		alarm(run.timeout);
		attend();
		stop_machine(DIED);
		if (!run.machine_over)
			waitpid(run.pid, NULL, 0);
		cook();
		error = report();
	}
	if (error)
		fprintf(stderr, "run: %s\n", strerror(-error));
	return error ? 1 : 0;
}
