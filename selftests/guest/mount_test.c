// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Mount operations: of a container's processes, of those who join it, and of
 * the guest itself.  Each denial has a twin that is allowed.
 */

#include "guest.h"

#include <linux/mount.h>

#define SAFE (MS_NOSUID | MS_NODEV)

FIXTURE(box)
{
	struct container container;
};

FIXTURE_SETUP(box)
{
	ASSERT_EQ(0, start_container(&self->container, &box_plan));
}

FIXTURE_TEARDOWN(box)
{
	stop_container(&self->container);
}

/*
 * A member, mount(2)
 */

TEST_F(box, new)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(-EPERM, probe_mount(probe, "x", "/tmp", "tmpfs", SAFE));
	EXPECT_EQ(-EPERM, probe_mount(probe, "x", "/mnt/b", "proc", SAFE));
	EXPECT_EQ(-EPERM, probe_mount(probe, "x", "/mnt/b", "tmpfs", 0));
	EXPECT_EQ(-EPERM,
		  probe_mount(probe, "x", "/mnt/b", "tmpfs", MS_NOSUID));
	EXPECT_EQ(0,
		  probe_mount(probe, "x", "/mnt/b", "tmpfs", SAFE | MS_RDONLY));
}

/* What counts is where it really is. */
TEST_F(box, new_by_other_names)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(0, probe_mount(probe, "x", "/mnt/../mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(-EPERM,
		  probe_mount(probe, "x", "/mnt/a/../../tmp", "tmpfs", SAFE));
	EXPECT_EQ(-EPERM, probe_mount(probe, "x", "/proc/self/root/tmp",
				      "tmpfs", SAFE));
	/* A root of its own does not turn /tmp into /mnt/b. */
	EXPECT_EQ(0, probe_texts(probe, REMOTE_CHROOT, 0, "/tmp", NULL));
	EXPECT_EQ(-EPERM, probe_mount(probe, "x", "/", "tmpfs", SAFE));
}

TEST_F(box, bind)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(0, probe_mount(probe, "/srv", "/mnt/srv", NULL, MS_BIND));
	EXPECT_EQ(-EPERM,
		  probe_mount(probe, "/bin", "/mnt/srv", NULL, MS_BIND));
	EXPECT_EQ(-EPERM, probe_mount(probe, "/srv", "/tmp", NULL, MS_BIND));
	EXPECT_EQ(-ENOENT,
		  probe_mount(probe, "/nothing", "/mnt/srv", NULL, MS_BIND));
}

TEST_F(box, remount)
{
	const struct probe *probe = &self->container.probe;
	const unsigned long bind = MS_REMOUNT | MS_BIND;

	ASSERT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(0, probe_mount(probe, NULL, "/mnt/a", NULL, bind | SAFE));
	EXPECT_EQ(-EPERM, probe_mount(probe, NULL, "/mnt/a", NULL, bind));
	EXPECT_EQ(0,
		  probe_mount(probe, NULL, "/mnt/a", NULL, MS_REMOUNT | SAFE));
	EXPECT_EQ(-EPERM, probe_mount(probe, NULL, "/mnt/a", NULL, MS_REMOUNT));
	EXPECT_EQ(-EPERM, probe_mount(probe, NULL, "/proc", NULL, bind | SAFE));
	EXPECT_EQ(-EPERM, probe_mount(probe, NULL, "/", NULL, bind | SAFE));
}

TEST_F(box, move)
{
	const struct probe *probe = &self->container.probe;

	ASSERT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(-EPERM,
		  probe_mount(probe, "/mnt/a", "/mnt/b", NULL, MS_MOVE));
	EXPECT_EQ(-EPERM, probe_mount(probe, "/mnt/a", "/tmp", NULL, MS_MOVE));
}

TEST_F(box, propagation)
{
	static const unsigned long types[] = { MS_SHARED, MS_PRIVATE, MS_SLAVE,
					       MS_UNBINDABLE };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		EXPECT_EQ(-EPERM, probe_mount(&self->container.probe, NULL, "/",
					      NULL, MS_REC | types[i]));
}

TEST_F(box, umount)
{
	const struct probe *probe = &self->container.probe;

	ASSERT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(0, probe_texts(probe, REMOTE_UMOUNT, 0, "/mnt/a", NULL));
	ASSERT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(0, probe_texts(probe, REMOTE_UMOUNT, MNT_DETACH, "/mnt/a",
				 NULL));
	EXPECT_EQ(-EPERM, probe_texts(probe, REMOTE_UMOUNT, 0, "/proc", NULL));
	EXPECT_EQ(-EPERM,
		  probe_texts(probe, REMOTE_UMOUNT, MNT_DETACH, "/proc", NULL));
	EXPECT_EQ(-EPERM,
		  probe_texts(probe, REMOTE_UMOUNT, MNT_DETACH, "/", NULL));
}

TEST_F(box, pivot_root)
{
	const struct probe *probe = &self->container.probe;

	ASSERT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(-EPERM, probe_texts(probe, REMOTE_PIVOT_ROOT, 0, "/mnt/a",
				      "/mnt/a", NULL));
}

/*
 * A member, the new mount API
 */

TEST_F(box, fsmount)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(-EPERM, probe_texts(probe, REMOTE_FSMOUNT, 0, "proc", NULL));
	EXPECT_EQ(-EPERM, probe_texts(probe, REMOTE_FSMOUNT, 0, "ramfs", NULL));
	ASSERT_EQ(0, probe_texts(probe, REMOTE_FSMOUNT, 0, "tmpfs", NULL));
	EXPECT_EQ(-EPERM,
		  probe_texts(probe, REMOTE_MOVE_MOUNT, 0, "/tmp", NULL));
	EXPECT_EQ(0, probe_texts(probe, REMOTE_MOVE_MOUNT, 0, "/mnt/a", NULL));
	/* Now it is attached, and moving it is another operation. */
	EXPECT_EQ(-EPERM,
		  probe_texts(probe, REMOTE_MOVE_MOUNT, 0, "/mnt/b", NULL));
}

TEST_F(box, open_tree)
{
	const struct probe *probe = &self->container.probe;

	ASSERT_EQ(0, probe_texts(probe, REMOTE_OPEN_TREE, OPEN_TREE_CLONE,
				 "/proc", NULL));
	EXPECT_EQ(-EPERM,
		  probe_texts(probe, REMOTE_MOVE_MOUNT, 0, "/mnt/a", NULL));
	/* A plain descriptor is no mount. */
	EXPECT_EQ(0, probe_texts(probe, REMOTE_OPEN_TREE, 0, "/tmp", NULL));
}

/* A copy is no new mount, even where a new one might be. */
TEST_F(box, copy)
{
	const struct probe *probe = &self->container.probe;

	ASSERT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", SAFE));
	ASSERT_EQ(0, probe_texts(probe, REMOTE_OPEN_TREE, OPEN_TREE_CLONE,
				 "/mnt/a", NULL));
	EXPECT_EQ(-EPERM,
		  probe_texts(probe, REMOTE_MOVE_MOUNT, 0, "/mnt/b", NULL));
	EXPECT_EQ(-EPERM,
		  probe_mount(probe, "/mnt/a", "/mnt/b", NULL, MS_BIND));
	ASSERT_EQ(0, probe_texts(probe, REMOTE_FSMOUNT, 0, "tmpfs", NULL));
	EXPECT_EQ(0, probe_texts(probe, REMOTE_MOVE_MOUNT, 0, "/mnt/b", NULL));
}

TEST_F(box, reconfigure)
{
	const struct probe *probe = &self->container.probe;

	ASSERT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(0, probe_texts(probe, REMOTE_FSPICK, 0, "/mnt/a", NULL));
	EXPECT_EQ(-EPERM, probe_texts(probe, REMOTE_FSPICK, 0, "/proc", NULL));
}

/* A tree that somebody outside has made, by a descriptor. */
TEST_F(box, passed_tree)
{
	const struct probe *probe = &self->container.probe;
	int tree = (int)syscall(SYS_open_tree, AT_FDCWD, "/bin",
				OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);

	ASSERT_LE(0, tree);
	EXPECT_EQ(-EPERM, probe_texts_fd(probe, REMOTE_MOVE_MOUNT, tree,
					 "/mnt/../tmp", NULL));
	close(tree);
}

/* Who may mount nothing cannot even have a detached mount. */
TEST(open_cannot_detach)
{
	struct container container = {};

	ASSERT_EQ(0, start_container(&container, &open_plan));
	EXPECT_EQ(-EPERM,
		  probe_mount(&container.probe, "x", "/mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(-EPERM, probe_texts(&container.probe, REMOTE_FSMOUNT, 0,
				      "tmpfs", NULL));
	EXPECT_EQ(-EPERM, probe_texts(&container.probe, REMOTE_OPEN_TREE,
				      OPEN_TREE_CLONE, "/tmp", NULL));
	stop_container(&container);
}

/*
 * Other ways to the same
 */

TEST_F(box, after_unshare)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(0, probe_numbers(probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(-EPERM, probe_mount(probe, "x", "/tmp", "tmpfs", SAFE));
	EXPECT_EQ(-EPERM,
		  probe_texts(probe, REMOTE_UMOUNT, MNT_DETACH, "/proc", NULL));
	EXPECT_EQ(0, probe_mount(probe, "x", "/mnt/a", "tmpfs", SAFE));
}

TEST_F(box, by_a_thread_alone)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(-EPERM, probe_texts(probe, REMOTE_MOUNT_BY_THREAD, SAFE, "x",
				      "/tmp", "tmpfs", NULL));
	EXPECT_EQ(0, probe_texts(probe, REMOTE_MOUNT_BY_THREAD, SAFE, "x",
				 "/mnt/a", "tmpfs", NULL));
}

TEST_F(box, in_a_user_namespace)
{
	struct probe child;

	ASSERT_EQ(0, fork_probe(&self->container.probe, REMOTE_FORK, &child));
	ASSERT_EQ(0, probe_numbers(&child, REMOTE_UNSHARE,
				   CLONE_NEWUSER | CLONE_NEWNS, 0));
	EXPECT_EQ(-EPERM, probe_mount(&child, "x", "/tmp", "tmpfs", SAFE));
	EXPECT_EQ(0, probe_mount(&child, "x", "/mnt/a", "tmpfs", SAFE));
	probe_numbers(&child, REMOTE_EXIT, 0, 0);
	close(child.socket);
}

/* Outsiders mount nothing, with a rule or without. */
TEST_F(box, outsider)
{
	struct probe outsider;
	int home = open_namespace(getpid());

	ASSERT_LE(0, home);
	ASSERT_EQ(0, join_container(&self->container, &outsider));
	EXPECT_EQ(-EPERM, probe_mount(&outsider, "x", "/mnt/a", "tmpfs", SAFE));
	EXPECT_EQ(-EPERM,
		  probe_mount(&outsider, "/srv", "/mnt/srv", NULL, MS_BIND));
	EXPECT_EQ(-EPERM,
		  probe_texts(&outsider, REMOTE_FSMOUNT, 0, "tmpfs", NULL));
	EXPECT_EQ(-EPERM, probe_texts(&outsider, REMOTE_OPEN_TREE,
				      OPEN_TREE_CLONE, "/srv", NULL));
	EXPECT_EQ(-EPERM,
		  probe_texts(&outsider, REMOTE_UMOUNT, 0, "/proc", NULL));
	EXPECT_EQ(0, probe_setns(&outsider, home, CLONE_NEWNS));
	mkdir("/tmp/home", 0755);
	EXPECT_EQ(0, probe_mount(&outsider, "x", "/tmp/home", "tmpfs", 0));
	EXPECT_EQ(0, umount("/tmp/home"));
	rmdir("/tmp/home");
	close(home);
	stop_probe(&outsider);
}

/*
 * The guest itself
 */

TEST(uvm)
{
	struct probe probe;

	mkdir("/tmp/m", 0755);
	mkdir("/tmp/ramfs", 0755);
	ASSERT_EQ(0, start_probe(&probe, "x"));
	/* What the kernel makes of nothing, anywhere. */
	EXPECT_EQ(0, probe_mount(&probe, "x", "/tmp/m", "tmpfs", 0));
	EXPECT_EQ(0, probe_mount(&probe, "/tmp/m", "/tmp/m", NULL, MS_BIND));
	EXPECT_EQ(0, umount("/tmp/m"));
	EXPECT_EQ(0, umount("/tmp/m"));
	/* What has a rule, where the rule says. */
	EXPECT_EQ(0, probe_mount(&probe, "x", "/tmp/ramfs", "ramfs", 0));
	EXPECT_EQ(0, umount("/tmp/ramfs"));
	EXPECT_EQ(-EPERM, probe_mount(&probe, "x", "/tmp/m", "ramfs", 0));
	/* What has none. */
	EXPECT_EQ(-EPERM, probe_mount(&probe, "x", "/tmp/m", "devpts", 0));
	EXPECT_EQ(-EPERM,
		  probe_texts(&probe, REMOTE_FSMOUNT, 0, "devpts", NULL));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_FSMOUNT, 0, "tmpfs", NULL));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_MOVE_MOUNT, 0, "/tmp/m", NULL));
	EXPECT_EQ(0, umount2("/tmp/m", MNT_DETACH));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_OPEN_TREE, OPEN_TREE_CLONE,
				 "/tmp", NULL));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_MOVE_MOUNT, 0, "/tmp/m", NULL));
	EXPECT_EQ(0, umount2("/tmp/m", MNT_DETACH));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_FSMOUNT, 0, "ramfs", NULL));
	EXPECT_EQ(-EPERM,
		  probe_texts(&probe, REMOTE_MOVE_MOUNT, 0, "/tmp/m", NULL));
	stop_probe(&probe);
	rmdir("/tmp/m");
	rmdir("/tmp/ramfs");
}

/* A namespace of its own gives the right to nothing new. */
TEST(uvm_unshared)
{
	struct probe probe;

	mkdir("/tmp/m", 0755);
	ASSERT_EQ(0, start_probe(&probe, "x"));
	ASSERT_EQ(0, probe_numbers(&probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(0, probe_mount(&probe, "", "/", "", MS_REC | MS_PRIVATE));
	EXPECT_EQ(0, probe_mount(&probe, "x", "/tmp/m", "tmpfs", 0));
	EXPECT_EQ(0, probe_mount(&probe, "/tmp", "/tmp/m", NULL, MS_BIND));
	EXPECT_EQ(-EPERM, probe_mount(&probe, "x", "/tmp/m", "devpts", 0));
	EXPECT_EQ(-EPERM,
		  probe_texts(&probe, REMOTE_FSMOUNT, 0, "devpts", NULL));
	EXPECT_EQ(-EPERM,
		  probe_texts(&probe, REMOTE_FSPICK, 0, "/dev/pts", NULL));
	stop_probe(&probe);
	rmdir("/tmp/m");
}

TEST_HARNESS_MAIN
