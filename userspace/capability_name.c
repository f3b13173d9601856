// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names of capabilities.
 */

#include <stdio.h>

#include "capability_name.h"

/* By their numbers; those of Linux 5.9 and later. */
static const char *const names[] = {
	"CAP_CHOWN",
	"CAP_DAC_OVERRIDE",
	"CAP_DAC_READ_SEARCH",
	"CAP_FOWNER",
	"CAP_FSETID",
	"CAP_KILL",
	"CAP_SETGID",
	"CAP_SETUID",
	"CAP_SETPCAP",
	"CAP_LINUX_IMMUTABLE",
	"CAP_NET_BIND_SERVICE",
	"CAP_NET_BROADCAST",
	"CAP_NET_ADMIN",
	"CAP_NET_RAW",
	"CAP_IPC_LOCK",
	"CAP_IPC_OWNER",
	"CAP_SYS_MODULE",
	"CAP_SYS_RAWIO",
	"CAP_SYS_CHROOT",
	"CAP_SYS_PTRACE",
	"CAP_SYS_PACCT",
	"CAP_SYS_ADMIN",
	"CAP_SYS_BOOT",
	"CAP_SYS_NICE",
	"CAP_SYS_RESOURCE",
	"CAP_SYS_TIME",
	"CAP_SYS_TTY_CONFIG",
	"CAP_MKNOD",
	"CAP_LEASE",
	"CAP_AUDIT_WRITE",
	"CAP_AUDIT_CONTROL",
	"CAP_SETFCAP",
	"CAP_MAC_OVERRIDE",
	"CAP_MAC_ADMIN",
	"CAP_SYSLOG",
	"CAP_WAKE_ALARM",
	"CAP_BLOCK_SUSPEND",
	"CAP_AUDIT_READ",
	"CAP_PERFMON",
	"CAP_BPF",
	"CAP_CHECKPOINT_RESTORE",
};

/**
 * mnd_capability_number - Find a capability by its name
 *
 * @name: Name as "CAP_KILL".
 *
 * Return: Its number, less than %MND_CAPABILITY_MAX, or -EINVAL.
 */
int mnd_capability_number(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(names[i], name))
			return (int)i;
	return -EINVAL;
}

/**
 * mnd_capability_parse - Read a capability
 *
 * @text: A name as "CAP_KILL", or one or two digits.
 *
 * Return: Its number, less than %MND_CAPABILITY_MAX, or -EINVAL.
 */
int mnd_capability_parse(const char *text)
{
	int number = mnd_capability_number(text);
	size_t i;

	if (number >= 0)
		return number;
	number = 0;
	for (i = 0; text[i] >= '0' && text[i] <= '9' && i < 2; i++)
		number = 10 * number + text[i] - '0';
	if (!i || text[i] || number >= (int)MND_CAPABILITY_MAX)
		return -EINVAL;
	return number;
}

/**
 * mnd_capability_format - Write a capability
 *
 * @capability: Number, less than %MND_CAPABILITY_MAX.
 * @text: Written: its name, or the number if it has none.
 */
void mnd_capability_format(int capability, char text[MND_CAPABILITY_SIZE])
{
	if (capability < (int)ARRAY_SIZE(names))
		snprintf(text, MND_CAPABILITY_SIZE, "%s", names[capability]);
	else
		snprintf(text, MND_CAPABILITY_SIZE, "%d", capability);
}
