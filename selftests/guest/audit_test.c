// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Mode audit: what would be denied works, and is recorded with all that a
 * person needs to know.  The guest is booted with the policy of the tests.
 */

#include "guest.h"

#include <linux/audit.h>
#include <linux/netlink.h>

#define ACCESS_RECORD 1450

FIXTURE(box)
{
	struct container container;
	int records;
};

/* A socket that gets what audit says from now on. */
static int open_records(void)
{
	struct sockaddr_nl address = {
		.nl_family = AF_NETLINK,
		.nl_groups = 1U << (AUDIT_NLGRP_READLOG - 1),
	};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT);

	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		return -errno;
	}
	return fd;
}

/* Waits for the next record of a denial; the harness has a timeout. */
static const char *next_record(int fd)
{
	static char buffer[16384];
	const struct nlmsghdr *message = (void *)buffer;
	ssize_t length;

	do {
		length = recv(fd, buffer, sizeof(buffer) - 1, 0);
		if (length < (ssize_t)sizeof(*message))
			return "";
		buffer[length] = 0;
	} while (message->nlmsg_type != ACCESS_RECORD);
	return NLMSG_DATA(message);
}

FIXTURE_SETUP(box)
{
	ASSERT_EQ(0, start_container(&self->container, &box_plan));
	self->records = open_records();
	ASSERT_LE(0, self->records);
}

FIXTURE_TEARDOWN(box)
{
	close(self->records);
	stop_container(&self->container);
}

/* Whether the next record has these words; if not, shows it. */
static bool record_has(int fd, const char *words)
{
	const char *text = next_record(fd);

	if (strstr(text, words))
		return true;
	printf("# no \"%s\" in: %s\n", words, text);
	return false;
}

#define EXPECT_RECORD(words) EXPECT_TRUE(record_has(self->records, words))

TEST_F(box, exec)
{
	const struct probe *probe = &self->container.probe;
	long before = count_denials("exec", "argv");

	EXPECT_EQ(1, probe_spawn(probe, "/bin/probe", "/bin/probe", "false"));
	EXPECT_EQ(before + 1, count_denials("exec", "argv"));
	EXPECT_RECORD("mandate=audited op=exec errno=13 ");
	EXPECT_EQ(1, probe_spawn(probe, "/bin/probe", "/bin/probe", "false"));
	EXPECT_RECORD(" policy=\"selftests\" svn=3 digest=sha256:");
	EXPECT_EQ(1, probe_spawn(probe, "/bin/probe", "/bin/probe", "false"));
	EXPECT_RECORD(" subject=\"box\" rule=");
	EXPECT_EQ(1, probe_spawn(probe, "/bin/probe", "/bin/probe", "false"));
	EXPECT_RECORD(" dim=argv[1] want=\"init\" got=\"false\" ");
	/* What is unusual comes in hexadecimal. */
	EXPECT_EQ(0, probe_spawn(probe, "/bin/probe", "/bin/probe", "true",
				 "a b"));
	EXPECT_RECORD(" dim=argc want=\"2\" got=\"3\" ");
	EXPECT_EQ(0, probe_spawn(probe, "/bin/probe", "/bin/probe", "status\n",
				 "0"));
	EXPECT_RECORD(" got=7374617475730A ");
}

TEST_F(box, mount)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(0, probe_mount(probe, "x", "/tmp", "tmpfs",
				 MS_NOSUID | MS_NODEV));
	EXPECT_RECORD(" op=mount errno=1 ");
	EXPECT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", MS_NOSUID));
	EXPECT_RECORD(" dim=options want=\"nosuid,nodev\" ");
	EXPECT_EQ(0, probe_mount(probe, "/bin", "/mnt/srv", NULL, MS_BIND));
	EXPECT_RECORD(" want=\"/srv\" got=\"/bin\" path=");
	EXPECT_EQ(0, probe_numbers(probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(0,
		  probe_texts(probe, REMOTE_UMOUNT, MNT_DETACH, "/proc", NULL));
	EXPECT_RECORD(" op=umount errno=1 ");
}

TEST_F(box, signal)
{
	EXPECT_EQ(0, kill(self->container.probe.pid, SIGUSR2));
	EXPECT_RECORD(" op=signal errno=1 ");
	EXPECT_EQ(0, kill(self->container.probe.pid, SIGUSR2));
	EXPECT_RECORD(" dim=signal got=\"12\" path=\"probe\" ");
	EXPECT_EQ(0, probe_numbers(&self->container.probe, REMOTE_KILL,
				   getpid(), 0));
	EXPECT_RECORD(" dim=namespace got=\"0\" ");
}

TEST_F(box, setns)
{
	int root = open_namespace(getpid());

	ASSERT_LE(0, root);
	EXPECT_EQ(0, probe_setns(&self->container.probe, root, CLONE_NEWNS));
	EXPECT_RECORD(" op=setns errno=1 ");
	close(root);
}

/* A container whose first process is another is one all the same. */
TEST(entry)
{
	static const char *const wrong[] = { "/bin/probe", "other", NULL };
	struct container container = {};
	struct plan plan = box_plan;
	long before = count_denials("exec", "argv");

	plan.args = wrong;
	ASSERT_EQ(0, start_container(&container, &plan));
	EXPECT_EQ(before + 1, count_denials("exec", "argv"));
	EXPECT_EQ(1, probe_spawn(&container.probe, "/bin/probe", "/bin/probe",
				 "false"));
	EXPECT_EQ(before + 2, count_denials("exec", "argv"));
	stop_container(&container);
}

TEST(uvm)
{
	struct probe probe;
	long before = count_denials("exec", "measured");

	ASSERT_EQ(0, start_probe(&probe, "x"));
	ASSERT_EQ(0, copy_file(PROBE, "/tmp/copy"));
	EXPECT_EQ(0, probe_spawn(&probe, "/tmp/copy", "x", "true"));
	EXPECT_LT(before, count_denials("exec", "measured"));
	before = count_denials("superblock", "type");
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_FSMOUNT, 0, "devpts", NULL));
	EXPECT_LT(before, count_denials("superblock", "type"));
	unlink("/tmp/copy");
	stop_probe(&probe);
}

TEST_HARNESS_MAIN
