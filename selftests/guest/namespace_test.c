// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Mount namespaces: who is in which domain, who may join which, and tables for
 * one namespace alone.
 */

#include "guest.h"

#include "compile.h"

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
 * A container does not get out
 */

TEST_F(box, unshare)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(0, probe_numbers(probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(0, probe_spawn(probe, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/probe", "/bin/probe", "false"));
	/* ... however often, and as whoever. */
	EXPECT_EQ(0, probe_numbers(probe, REMOTE_UNSHARE,
				   CLONE_NEWUSER | CLONE_NEWNS, 0));
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/probe", "/bin/probe", "false"));
	EXPECT_EQ(0, probe_spawn(probe, "/bin/probe", "/bin/probe", "true"));
}

TEST_F(box, thread_alone)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(0, probe_texts(probe, REMOTE_SPAWN_BY_THREAD, CLONE_NEWNS,
				 "/bin/probe", "/bin/probe", "true", NULL));
	EXPECT_EQ(-EACCES,
		  probe_texts(probe, REMOTE_SPAWN_BY_THREAD, CLONE_NEWNS,
			      "/bin/probe", "/bin/probe", "false", NULL));
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/probe", "/bin/probe", "false"));
}

TEST_F(box, setns)
{
	const struct probe *probe = &self->container.probe;
	int pidfd = (int)syscall(SYS_pidfd_open, getpid(), 0);
	int root = open_namespace(getpid());

	ASSERT_LE(0, pidfd);
	ASSERT_LE(0, root);
	EXPECT_EQ(-EPERM, probe_setns(probe, root, CLONE_NEWNS));
	EXPECT_EQ(-EPERM, probe_setns(probe, root, 0));
	EXPECT_EQ(-EPERM, probe_setns(probe, pidfd, CLONE_NEWNS));
	EXPECT_EQ(-EPERM,
		  probe_setns(probe, pidfd, CLONE_NEWNS | CLONE_NEWUTS));
	/* Its root is still its own. */
	EXPECT_EQ(0, probe_spawn(probe, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(-ENOENT, probe_texts(probe, REMOTE_READ, 0, PROBE, NULL));
	close(root);
	close(pidfd);
}

TEST_F(box, setns_to_a_neighbour)
{
	struct container other = {};
	int fd;

	ASSERT_EQ(0, start_container(&other, &open_plan));
	fd = open_namespace(other.probe.pid);
	ASSERT_LE(0, fd);
	EXPECT_EQ(-EPERM, probe_setns(&self->container.probe, fd, CLONE_NEWNS));
	close(fd);
	stop_container(&other);
}

/* Among its own namespaces a container moves freely. */
TEST_F(box, setns_inside)
{
	struct probe child;
	int fd, own;

	ASSERT_EQ(0, fork_probe(&self->container.probe, REMOTE_FORK, &child));
	ASSERT_EQ(0, probe_numbers(&child, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	fd = open_namespace(child.pid);
	own = open_namespace(self->container.probe.pid);
	ASSERT_LE(0, fd);
	ASSERT_LE(0, own);
	EXPECT_EQ(0, probe_setns(&self->container.probe, fd, CLONE_NEWNS));
	EXPECT_EQ(0, probe_spawn(&self->container.probe, "/bin/probe",
				 "/bin/probe", "true"));
	EXPECT_EQ(-EACCES, probe_spawn(&self->container.probe, "/bin/probe",
				       "/bin/probe", "false"));
	EXPECT_EQ(0, probe_setns(&child, own, CLONE_NEWNS));
	EXPECT_EQ(-EACCES,
		  probe_spawn(&child, "/bin/probe", "/bin/probe", "false"));
	close(own);
	close(fd);
	probe_numbers(&child, REMOTE_EXIT, 0, 0);
	close(child.socket);
}

/*
 * A plain namespace of the guest
 */

FIXTURE(plain)
{
	struct probe probe;
	char number[16];
};

FIXTURE_SETUP(plain)
{
	ASSERT_EQ(0, start_probe(&self->probe, "x"));
	ASSERT_EQ(0,
		  probe_numbers(&self->probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	snprintf(self->number, sizeof(self->number), "%u",
		 namespace_number(self->probe.pid));
}

FIXTURE_TEARDOWN(plain)
{
	stop_probe(&self->probe);
}

/* Reads one of the files of a namespace's folder. */
static int read_file_of(const char *number, const char *file, char *text,
			size_t size)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/%s", number, file);
	return read_kernel(path, text, size);
}

static int load_for(const char *number, const char *text)
{
	char path[64];
	u32 length;
	u8 *table = compile_text(text, &length);
	int err;

	if (!table)
		return -EINVAL;
	snprintf(path, sizeof(path), "%s/policy", number);
	err = write_kernel(path, table, length);
	free(table);
	return err;
}

static int write_namespaces(const char *text)
{
	return write_kernel("namespaces", text, strlen(text));
}

static const char narrow[] = "name = \"narrow\"\n"
			     "[uvm]\n"
			     "class = \"listed\"\n"
			     "include = []\n"
			     "[[uvm.process]]\n"
			     "command = [\"" PROBE "\", \"true\"]\n"
			     "[[uvm.mount]]\n"
			     "type = \"tmpfs\"\n"
			     "target = \"/tmp/m\"\n";

TEST_F(plain, acts_as_uvm)
{
	EXPECT_EQ(0, probe_spawn(&self->probe, PROBE, "anything", "true"));
	EXPECT_EQ(0,
		  probe_mount(&self->probe, "", "/", "", MS_REC | MS_PRIVATE));
	EXPECT_EQ(0, probe_mount(&self->probe, "x", "/tmp", "tmpfs", 0));
}

TEST_F(plain, own_table_narrows)
{
	struct probe other;
	int root = open_namespace(getpid());

	ASSERT_LE(0, root);
	ASSERT_EQ(0, start_probe(&other, "x"));
	ASSERT_EQ(0, write_namespaces(self->number));
	ASSERT_EQ(0, load_for(self->number, narrow));
	/* By its table, ... */
	EXPECT_EQ(0, probe_spawn(&self->probe, PROBE, PROBE, "true"));
	EXPECT_EQ(-EACCES, probe_spawn(&self->probe, PROBE, PROBE, "false"));
	EXPECT_EQ(-EPERM, probe_mount(&self->probe, "x", "/tmp", "proc", 0));
	EXPECT_EQ(0,
		  probe_mount(&self->probe, "", "/", "", MS_REC | MS_PRIVATE));
	EXPECT_EQ(0, probe_mount(&self->probe, "x", "/tmp", "tmpfs", 0));
	/* ... which binds nobody else, ... */
	EXPECT_EQ(1, probe_spawn(&other, PROBE, PROBE, "false"));
	/* ... and which it does not get away from. */
	EXPECT_EQ(-EPERM, probe_setns(&self->probe, root, CLONE_NEWNS));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->probe, REMOTE_KILL, other.pid, 0));
	EXPECT_EQ(0,
		  probe_numbers(&self->probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(-EACCES, probe_spawn(&self->probe, PROBE, PROBE, "false"));
	EXPECT_EQ(0, probe_spawn(&self->probe, PROBE, PROBE, "true"));
	stop_probe(&other);
	close(root);
}

/* What the base policy denies, a table of its own does not allow. */
TEST_F(plain, own_table_does_not_widen)
{
	ASSERT_EQ(0, write_namespaces(self->number));
	ASSERT_EQ(0, load_for(self->number, "name = \"wide\"\n"
					    "[uvm]\n"
					    "class = \"free\"\n"));
	ASSERT_EQ(0, copy_file(PROBE, "/tmp/copy"));
	EXPECT_EQ(-EACCES, probe_spawn(&self->probe, "/tmp/copy", "x", "true"));
	EXPECT_EQ(0, probe_spawn(&self->probe, PROBE, "x", "true"));
	EXPECT_EQ(-EPERM, probe_mount(&self->probe, "x", "/tmp", "devpts", 0));
	unlink("/tmp/copy");
}

/* Those who join are bound by it, too. */
TEST_F(plain, own_table_binds_who_joins)
{
	int fd = open_namespace(self->probe.pid);
	struct probe other;

	ASSERT_LE(0, fd);
	ASSERT_EQ(0, write_namespaces(self->number));
	ASSERT_EQ(0, load_for(self->number, narrow));
	ASSERT_EQ(0, start_probe(&other, "x"));
	ASSERT_EQ(0, probe_setns(&other, fd, CLONE_NEWNS));
	EXPECT_EQ(-EACCES, probe_spawn(&other, PROBE, PROBE, "false"));
	EXPECT_EQ(0, probe_spawn(&other, PROBE, PROBE, "true"));
	stop_probe(&other);
	close(fd);
}

/* A namespace below one that gets a table is bound from then on. */
TEST_F(plain, own_table_binds_below)
{
	struct probe child;

	ASSERT_EQ(0, fork_probe(&self->probe, REMOTE_FORK, &child));
	ASSERT_EQ(0, probe_numbers(&child, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(1, probe_spawn(&child, PROBE, PROBE, "false"));
	ASSERT_EQ(0, write_namespaces(self->number));
	ASSERT_EQ(0, load_for(self->number, narrow));
	EXPECT_EQ(-EACCES, probe_spawn(&child, PROBE, PROBE, "false"));
	EXPECT_EQ(0, probe_spawn(&child, PROBE, PROBE, "true"));
	probe_numbers(&child, REMOTE_EXIT, 0, 0);
	close(child.socket);
}

/* A container whose table does not know it can do nothing. */
TEST_F(box, own_table_of_a_container)
{
	const struct probe *probe = &self->container.probe;
	char number[16];

	snprintf(number, sizeof(number), "%u", namespace_number(probe->pid));
	ASSERT_EQ(0, write_namespaces(number));
	ASSERT_EQ(0, load_for(number, "name = \"box-only\"\n"
				      "[[container]]\n"
				      "name = \"box\"\n"
				      "root = \"bound\"\n"
				      "descendants = \"listed\"\n"
				      "command = [\"/bin/probe\", \"init\"]\n"
				      "[[container.descendant]]\n"
				      "command = [\"/bin/probe\", \"false\"]\n"
				      "[[container.descendant]]\n"
				      "command = [\"/bin/probe\", \"status\",\n"
				      " \"7\"]\n"));
	/* Both tables must allow. */
	EXPECT_EQ(7, probe_spawn(probe, "/bin/probe", "/bin/probe", "status",
				 "7"));
	EXPECT_EQ(-EACCES, probe_spawn(probe, "/bin/probe", "/bin/probe",
				       "status", "8"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/probe", "/bin/probe", "false"));
	EXPECT_EQ(-EPERM, probe_mount(probe, "x", "/mnt/a", "tmpfs",
				      MS_NOSUID | MS_NODEV));
}

TEST_F(box, own_table_without_it)
{
	const struct probe *probe = &self->container.probe;
	char number[16];

	snprintf(number, sizeof(number), "%u", namespace_number(probe->pid));
	ASSERT_EQ(0, write_namespaces(number));
	ASSERT_EQ(0, load_for(number, narrow));
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/probe", "/bin/probe", "true"));
}

/*
 * The files
 */

TEST_F(plain, folder)
{
	char text[512], line[64];

	EXPECT_EQ(-ENOENT,
		  read_file_of(self->number, "status", text, sizeof(text)));
	ASSERT_EQ(0, write_namespaces(self->number));
	EXPECT_EQ(-EEXIST, write_namespaces(self->number));
	ASSERT_EQ(0, read_file_of(self->number, "status", text, sizeof(text)));
	snprintf(line, sizeof(line), "mnt_ns=%s ", self->number);
	EXPECT_NE(NULL, strstr(text, line));
	EXPECT_NE(NULL, strstr(text, "phase=setup container=- policy=- "));
	ASSERT_EQ(0, read_file_of(self->number, "denials", text, sizeof(text)));
	EXPECT_STREQ("0\n", text);
	EXPECT_EQ(-EPERM, probe_mount(&self->probe, "x", "/tmp", "devpts", 0));
	ASSERT_EQ(0, read_file_of(self->number, "denials", text, sizeof(text)));
	EXPECT_STREQ("1\n", text);
	ASSERT_EQ(0,
		  read_file_of(self->number, "candidates", text, sizeof(text)));
	EXPECT_STREQ("selftests: uvm box layers open\n", text);
	ASSERT_EQ(0, load_for(self->number, narrow));
	EXPECT_EQ(-EEXIST, load_for(self->number, narrow));
	ASSERT_EQ(0,
		  read_file_of(self->number, "candidates", text, sizeof(text)));
	EXPECT_STREQ("narrow: uvm\nselftests: uvm box layers open\n", text);
}

TEST_F(plain, bad_lines)
{
	char line[400];

	EXPECT_EQ(-ESRCH, write_namespaces("1"));
	EXPECT_EQ(-ESRCH, write_namespaces("id:999999999"));
	EXPECT_EQ(-EINVAL, write_namespaces(""));
	EXPECT_EQ(-EINVAL, write_namespaces("x"));
	EXPECT_EQ(-EINVAL, write_namespaces("id:"));
	EXPECT_EQ(-EINVAL, write_namespaces("-1"));
	EXPECT_EQ(-EINVAL, write_namespaces("self what=ever"));
	EXPECT_EQ(-EINVAL, write_namespaces("99999999999999999999"));
	EXPECT_EQ(-EINVAL,
		  write_kernel("namespaces", "self\0x", sizeof("self\0x")));
	memset(line, 'a', sizeof(line));
	EXPECT_EQ(-EINVAL, write_kernel("namespaces", line, sizeof(line)));
	/* Binding fails, and nothing is left. */
	snprintf(line, sizeof(line), "%s container=nothing", self->number);
	EXPECT_EQ(-ENOENT, write_namespaces(line));
	/* So is one that is not for anybody to say. */
	EXPECT_EQ(-ENOENT, bind_pid(self->probe.pid, "layers"));
	snprintf(line, sizeof(line), "%s container=layers", self->number);
	EXPECT_EQ(-ENOENT, write_namespaces(line));
	snprintf(line, sizeof(line), "%s container=box container=box",
		 self->number);
	EXPECT_EQ(-EINVAL, write_namespaces(line));
	snprintf(line, sizeof(line), "%s container=box\n", self->number);
	EXPECT_EQ(0, write_namespaces(line));
	EXPECT_EQ(-EALREADY, bind_pid(self->probe.pid, "box"));
}

TEST_F(plain, by_id)
{
	char line[64], text[8192];
	const char *found;
	unsigned long id;

	ASSERT_EQ(0, read_kernel("namespaces", text, sizeof(text)));
	snprintf(line, sizeof(line), "mnt_ns=%s id=", self->number);
	found = strstr(text, line);
	ASSERT_NE(NULL, found);
	id = strtoul(found + strlen(line), NULL, 10);
	snprintf(line, sizeof(line), "id:%lu", id);
	EXPECT_EQ(0, write_namespaces(line));
	EXPECT_EQ(0, read_file_of(self->number, "status", text, sizeof(text)));
}

/* An open file is of the namespace, not of its number. */
TEST_F(plain, death)
{
	char path[128], text[256];
	int policy, status;
	u32 length;
	u8 *table = compile_text(narrow, &length);

	ASSERT_NE(NULL, table);
	ASSERT_EQ(0, write_namespaces(self->number));
	snprintf(path, sizeof(path), SECURITYFS "/%s/policy", self->number);
	policy = open(path, O_WRONLY | O_CLOEXEC);
	ASSERT_LE(0, policy);
	snprintf(path, sizeof(path), SECURITYFS "/%s/status", self->number);
	status = open(path, O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, status);
	stop_probe(&self->probe);
	/* The next one gets the number, and is not taken for the other. */
	ASSERT_EQ(0, start_probe(&self->probe, "x"));
	ASSERT_EQ(0,
		  probe_numbers(&self->probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	snprintf(text, sizeof(text), "%u", namespace_number(self->probe.pid));
	EXPECT_STREQ(self->number, text);
	EXPECT_EQ(-1, access(path, F_OK));
	EXPECT_EQ(-1, read(status, text, sizeof(text)));
	EXPECT_EQ(ESTALE, errno);
	EXPECT_EQ(-1, write(policy, table, length));
	EXPECT_EQ(ESTALE, errno);
	EXPECT_EQ(0, write_namespaces(self->number));
	EXPECT_EQ(1, probe_spawn(&self->probe, PROBE, PROBE, "false"));
	close(status);
	close(policy);
	free(table);
}

/*
 * Who may
 */

TEST_F(plain, without_capability)
{
	char number[16];
	pid_t child = fork();
	int status;

	if (!child) {
		/* CAP_MAC_ADMIN is 33. */
		if (prctl(PR_CAPBSET_DROP, 33, 0, 0, 0))
			_exit(1);
		execl(PROBE, PROBE, "status", "0", NULL);
		_exit(1);
	}
	waitpid(child, &status, 0);
	ASSERT_EQ(0, status);
	snprintf(number, sizeof(number), "%s", self->number);
	child = fork();
	if (!child) {
		if (setuid(1000))
			_exit(100);
		_exit(-write_namespaces(number));
	}
	waitpid(child, &status, 0);
	EXPECT_EQ(EACCES, WEXITSTATUS(status));
}

/* A descriptor that a mightier task has opened gives no right. */
TEST_F(plain, with_a_borrowed_descriptor)
{
	int fd = open(SECURITYFS "/namespaces", O_RDWR | O_CLOEXEC);
	struct mandate_bind bind = { .container = "box" };
	pid_t child;
	int status;

	ASSERT_LE(0, fd);
	bind.fd = (int)syscall(SYS_pidfd_open, self->probe.pid, 0);
	child = fork();
	if (!child) {
		if (setuid(1000))
			_exit(100);
		if (write(fd, self->number, strlen(self->number)) >= 0 ||
		    errno != EPERM)
			_exit(101);
		_exit(ioctl(fd, MANDATE_IOC_BIND, &bind) ? errno : 0);
	}
	waitpid(child, &status, 0);
	EXPECT_EQ(EPERM, WEXITSTATUS(status));
	EXPECT_EQ(0, ioctl(fd, MANDATE_IOC_BIND, &bind));
	close(bind.fd);
	close(fd);
}

TEST_F(plain, bad_ioctls)
{
	struct mandate_bind bind = { .container = "box" };
	int file = open(SECURITYFS "/namespaces", O_RDWR | O_CLOEXEC);
	int other = open("/proc/self/ns/uts", O_RDONLY | O_CLOEXEC);

	ASSERT_LE(0, file);
	ASSERT_LE(0, other);
	EXPECT_EQ(-1, ioctl(file, 0, &bind));
	EXPECT_EQ(ENOTTY, errno);
	bind.fd = -1;
	EXPECT_EQ(-1, ioctl(file, MANDATE_IOC_BIND, &bind));
	EXPECT_EQ(EBADF, errno);
	bind.fd = other;
	EXPECT_EQ(-1, ioctl(file, MANDATE_IOC_BIND, &bind));
	EXPECT_EQ(EINVAL, errno);
	bind.fd = file;
	EXPECT_EQ(-1, ioctl(file, MANDATE_IOC_BIND, &bind));
	EXPECT_EQ(EBADF, errno);
	bind.fd = (int)syscall(SYS_pidfd_open, self->probe.pid, 0);
	bind.reserved = 1;
	EXPECT_EQ(-1, ioctl(file, MANDATE_IOC_BIND, &bind));
	EXPECT_EQ(EINVAL, errno);
	bind.reserved = 0;
	memset(bind.container, 'a', sizeof(bind.container));
	EXPECT_EQ(-1, ioctl(file, MANDATE_IOC_BIND, &bind));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(-1, ioctl(file, MANDATE_IOC_BIND, NULL));
	EXPECT_EQ(EFAULT, errno);
	close(bind.fd);
	close(other);
	close(file);
	/* The guest's own namespace is no container, and a running one is. */
	EXPECT_EQ(-EBUSY, bind_pid(getpid(), "box"));
}

TEST_F(box, bind_again)
{
	EXPECT_EQ(-EBUSY, bind_pid(self->container.probe.pid, "box"));
	EXPECT_EQ(-EBUSY, bind_pid(self->container.probe.pid, "open"));
}

/* A container that has securityfs can do nothing with it. */
TEST_F(box, from_inside)
{
	const struct probe *probe = &self->container.probe;
	char path[128];

	snprintf(path, sizeof(path), "%s/tmp", self->container.root);
	/* Nobody can mount it there; so let the files come by a descriptor. */
	EXPECT_EQ(-EPERM, probe_mount(probe, "x", "/mnt/a", "securityfs", 0));
}

TEST_HARNESS_MAIN
