// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate bind`: says which container a mount namespace is going to be.
 */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../bind.h"
#include "cli.h"
#include "kernel.h"
#include "../quote.h"

static const char *reason(int error)
{
	switch (error) {
	case -EALREADY:
		return "it is bound already";
	case -EBUSY:
		return "it is the guest's own, or a container runs in it";
	case -ENOENT:
		return "the policy has no such container whose root is bound";
	case -EPERM:
		return "it needs CAP_MAC_ADMIN, and to be made from that namespace or above";
	case -ESRCH:
		return "no such process";
	case -ESTALE:
		return "the namespace is gone";
	default:
		return strerror(-error);
	}
}

/**
 * mnd_bind - Bind the mount namespace that a descriptor means
 *
 * @what: What it is, for messages.
 * @fd: Pidfd or descriptor of a namespace, or a negative errno.
 * @container: Name of the container.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_bind(const char *what, int fd, const char *container)
{
	int err = fd < 0 ? fd : mnd_kernel_bind(fd, container);

	if (fd >= 0)
		close(fd);
	if (!err)
		return MND_EXIT_OK;
	return mnd_complain(mnd_exit_of_kernel(err),
			    "cannot bind %s to \"%s\": %s", what, container,
			    reason(err));
}

/**
 * mnd_open_pid - Open a process
 *
 * @pid: Its number.
 *
 * Return: A pidfd, or a negative errno.
 */
int mnd_open_pid(pid_t pid)
{
	long fd = syscall(SYS_pidfd_open, pid, 0);

	return fd < 0 ? -errno : (int)fd;
}

/**
 * mnd_parse_pid - Read the number of a process
 *
 * @text: Decimal digits.
 *
 * Return: The number, or -EINVAL.
 */
pid_t mnd_parse_pid(const char *text)
{
	unsigned long pid;
	int err = mnd_parse_number(text, INT_MAX, &pid);

	return err ? err : (pid_t)pid;
}

static int bind_pid(const char *text, const char *container)
{
	pid_t pid = mnd_parse_pid(text);

	if (pid < 0)
		return mnd_complain(MND_EXIT_USAGE, "\"%s\" is no process id",
				    text);
	return mnd_bind(text, mnd_open_pid(pid), container);
}

static int bind_namespace(const char *path, const char *container)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return mnd_complain_of_file(path, -errno);
	return mnd_bind(path, fd, container);
}

/**
 * mnd_print_bound - Print what was bound, as JSON
 *
 * @key: What @what is called.
 * @what: What was bound; taken over.
 * @container: Name of the container.
 *
 * Return: MND_EXIT_OK, or another code after having complained.
 */
int mnd_print_bound(const char *key, json_t *what, const char *container)
{
	return mnd_print_json(json_pack("{so so}", "container",
					mnd_quote_json(container), key, what),
			      JSON_COMPACT);
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "namespace", required_argument, NULL, 'n' },
		{ "pid", required_argument, NULL, 'p' },
		MND_OPTION_HELP,
		{},
	};
	const char *pid = NULL, *path = NULL;
	bool json = false;
	int option, code;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'j':
			json = true;
			break;
		case 'n':
			path = optarg;
			break;
		case 'p':
			pid = optarg;
			break;
		default:
			return mnd_other_option(&mnd_cmd_bind, option);
		}
	}
	if (argc - optind != 1 || !pid == !path)
		return mnd_usage(&mnd_cmd_bind);
	code = mnd_kernel_check();
	if (!code)
		code = pid ? bind_pid(pid, argv[optind]) :
			     bind_namespace(path, argv[optind]);
	if (code || !json)
		return code;
	return pid ? mnd_print_bound("pid", json_integer(mnd_parse_pid(pid)),
				     argv[optind]) :
		     mnd_print_bound("namespace", mnd_quote_json(path),
				     argv[optind]);
}

const struct mnd_command mnd_cmd_bind = {
	.name = "bind",
	.usage = "[--json] (--pid PID | --namespace FILE) CONTAINER",
	.summary = "say which container a mount namespace is going to be",
	.run = run,
};
