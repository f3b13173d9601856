// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate monitor`: the kernel's records as they come, from the multicast
 * group that audit sends to.
 */

#include <errno.h>
#include <limits.h>
#include <libmnl/libmnl.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>

#include "../audit_record.h"
#include "cli.h"
#include "kernel.h"

/* Records are at most MAX_AUDIT_MESSAGE_LENGTH, and a header. */
#define BUFFER_SIZE 16384

static struct mnl_socket *open_socket(void)
{
	struct mnl_socket *socket =
		mnl_socket_open2(NETLINK_AUDIT, SOCK_CLOEXEC);

	if (!socket)
		return NULL;
	if (!mnl_socket_bind(socket, 1U << (AUDIT_NLGRP_READLOG - 1),
			     MNL_SOCKET_AUTOPID))
		return socket;
	mnl_socket_close(socket);
	return NULL;
}

/* "deny exec argv[1] ...": what matters first, then the rest. */
static void print_text(const json_t *record)
{
	const char *key;
	json_t *value;

	printf("%s", json_string_value(json_object_get(record, "mandate")));
	json_object_foreach((json_t *)record, key, value) {
		char *text;

		if (!strcmp(key, "mandate") || !strcmp(key, "event"))
			continue;
		text = json_dumps(value, JSON_ENCODE_ANY);
		printf(" %s=%s", key, text ? text : "?");
		free(text);
	}
	putchar('\n');
}

static void print_record(const json_t *record, bool json)
{
	if (json) {
		json_dumpf(record, stdout, JSON_COMPACT);
		putchar('\n');
	} else {
		print_text(record);
	}
}

static json_t *parse(const struct nlmsghdr *message)
{
	return mnd_audit_record_parse(message->nlmsg_type,
				      mnl_nlmsg_get_payload(message),
				      mnl_nlmsg_get_payload_len(message));
}

/* Number of records of the LSM among the messages of one datagram. */
static unsigned long print_messages(const char *buffer, ssize_t size, bool json,
				    unsigned long most)
{
	const struct nlmsghdr *message = (const void *)buffer;
	unsigned long count = 0;
	int left = (int)size;
	json_t *record;

	for (; count < most && mnl_nlmsg_ok(message, left);
	     message = mnl_nlmsg_next(message, &left)) {
		record = parse(message);
		if (!record)
			continue;
		print_record(record, json);
		json_decref(record);
		count++;
	}
	return count;
}

static int follow(struct mnl_socket *socket, bool json, unsigned long most)
{
	static char buffer[BUFFER_SIZE];
	unsigned long count = 0;
	ssize_t size;
	int code;

	while (count < most) {
		size = mnl_socket_recvfrom(socket, buffer, sizeof(buffer));
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0 && errno == ENOBUFS) {
			mnd_complain(MND_EXIT_OK, "records were lost");
			continue;
		}
		if (size < 0)
			return mnd_complain(mnd_exit_of_kernel(-errno),
					    "audit: %s", strerror(errno));
		count += print_messages(buffer, size, json, most - count);
		code = mnd_flush_output();
		if (code)
			return code;
	}
	return MND_EXIT_OK;
}

static int monitor(bool json, unsigned long most)
{
	struct mnl_socket *socket = open_socket();
	int code;

	if (!socket)
		return mnd_complain(mnd_exit_of_kernel(-errno), "audit: %s%s",
				    strerror(errno),
				    errno == EPERM ? ": CAP_AUDIT_READ" : "");
	/* Whoever waits for this line knows that nothing is missed from now on. */
	fputs("mandate: listening\n", stderr);
	code = follow(socket, json, most);
	mnl_socket_close(socket);
	return code;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "count", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		MND_OPTION_HELP,
		{},
	};
	unsigned long most = ULONG_MAX;
	bool json = false;
	int option, code;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'c':
			if (mnd_parse_number(optarg, ULONG_MAX, &most))
				return mnd_usage(&mnd_cmd_monitor);
			break;
		case 'j':
			json = true;
			break;
		default:
			return mnd_other_option(&mnd_cmd_monitor, option);
		}
	}
	if (argc != optind)
		return mnd_usage(&mnd_cmd_monitor);
	code = mnd_kernel_check();
	return code ? code : monitor(json, most);
}

const struct mnd_command mnd_cmd_monitor = {
	.name = "monitor",
	.usage = "[--json] [--count N]",
	.summary = "print the kernel's records as they come",
	.run = run,
};
