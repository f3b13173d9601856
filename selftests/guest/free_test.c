// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A policy that leaves the guest alone: everything works as without the LSM,
 * and containers are governed all the same.
 */

#include "guest.h"

#include <sys/mman.h>

TEST(free_exec)
{
	struct probe probe;
	int fd = memfd_create("probe", MFD_CLOEXEC);
	char path[64];

	ASSERT_EQ(0, start_probe(&probe, "x"));
	ASSERT_EQ(0, copy_file(PROBE, "/tmp/copy"));
	EXPECT_EQ(0, probe_spawn(&probe, "/tmp/copy", "x", "true"));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_MAP, 0, "/tmp/copy", NULL));
	ASSERT_LE(0, fd);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	ASSERT_EQ(0, copy_file(PROBE, path));
	EXPECT_EQ(0, probe_texts_fd(&probe, REMOTE_SPAWN_FD, fd, "", "x",
				    "true", NULL));
	close(fd);
	unlink("/tmp/copy");
	stop_probe(&probe);
}

TEST(free_write)
{
	static const char used[] = "/usr/libexec/mandate/used";
	static const char renamed[] = "/usr/libexec/mandate/renamed";
	struct probe probe;

	ASSERT_EQ(0, start_probe(&probe, "x"));
	EXPECT_EQ(0, probe_spawn(&probe, used, "x", "true"));
	EXPECT_EQ(0, rename(used, renamed));
	EXPECT_EQ(0, link(renamed, used));
	EXPECT_EQ(0, probe_spawn(&probe, used, "x", "true"));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_WRITE, 0, used, "x", NULL));
	stop_probe(&probe);
}

TEST(free_mount)
{
	static const char *const types[] = { "tmpfs", "ramfs", "devpts",
					     "proc" };
	struct probe probe;
	size_t i;

	mkdir("/tmp/m", 0755);
	ASSERT_EQ(0, start_probe(&probe, "x"));
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		EXPECT_EQ(0, probe_mount(&probe, "x", "/tmp/m", types[i], 0));
		EXPECT_EQ(0, umount("/tmp/m"));
		EXPECT_EQ(0, probe_texts(&probe, REMOTE_FSMOUNT, 0, types[i],
					 NULL));
		EXPECT_EQ(0, probe_texts(&probe, REMOTE_MOVE_MOUNT, 0, "/tmp/m",
					 NULL));
		EXPECT_EQ(0, umount2("/tmp/m", MNT_DETACH));
	}
	stop_probe(&probe);
	rmdir("/tmp/m");
}

/* A root of its own, in a namespace of its own, bound to nothing. */
TEST(free_chroot)
{
	struct container container = {};
	struct plan plan = box_plan;
	static const char *const args[] = { "anything", "x", NULL };

	plan.name = NULL;
	plan.args = args;
	ASSERT_EQ(0, start_container(&container, &plan));
	EXPECT_EQ(1, probe_spawn(&container.probe, "/bin/other", "y", "false"));
	EXPECT_EQ(0, probe_mount(&container.probe, "x", "/tmp", "ramfs", 0));
	EXPECT_EQ(0, kill(container.probe.pid, SIGUSR2));
	EXPECT_EQ(0, probe_numbers(&container.probe, REMOTE_KILL, getpid(), 0));
	stop_container(&container);
}

TEST(free_namespaces)
{
	int root = open_namespace(getpid());
	struct probe probe, other;

	ASSERT_LE(0, root);
	ASSERT_EQ(0, start_probe(&probe, "x"));
	ASSERT_EQ(0, start_probe(&other, "x"));
	ASSERT_EQ(0, probe_numbers(&probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(0, probe_numbers(&probe, REMOTE_KILL, other.pid, SIGUSR2));
	EXPECT_EQ(0, probe_numbers(&probe, REMOTE_PTRACE_ATTACH, other.pid, 0));
	EXPECT_EQ(0, probe_setns(&probe, root, CLONE_NEWNS));
	EXPECT_EQ(0, probe_numbers(&probe, REMOTE_KILL, other.pid, SIGKILL));
	close(root);
	stop_probe(&probe);
	close(other.socket);
	waitpid(other.pid, NULL, __WALL);
}

TEST(container_is_governed)
{
	struct container container = {};

	ASSERT_EQ(0, start_container(&container, &box_plan));
	EXPECT_EQ(0, probe_spawn(&container.probe, "/bin/probe", "/bin/probe",
				 "true"));
	EXPECT_EQ(-EACCES, probe_spawn(&container.probe, "/bin/probe",
				       "/bin/probe", "false"));
	EXPECT_EQ(-EPERM, probe_mount(&container.probe, "x", "/tmp", "tmpfs",
				      MS_NOSUID | MS_NODEV));
	EXPECT_EQ(-1, kill(container.probe.pid, SIGUSR2));
	EXPECT_EQ(EPERM, errno);
	EXPECT_EQ(-EPERM,
		  probe_numbers(&container.probe, REMOTE_KILL, getpid(), 0));
	stop_container(&container);
}

TEST_HARNESS_MAIN
