// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is executed: by the guest itself, as the first process of a container,
 * inside it, and by those who join it.  Each denial has a twin that is allowed.
 */

#include "guest.h"

#include <sys/mman.h>

/*
 * The first process of a container
 */

TEST(entry_allowed)
{
	struct container container = {};

	ASSERT_EQ(0, start_container(&container, &box_plan));
	EXPECT_LT(0, probe_numbers(&container.probe, REMOTE_PING, 0, 0));
	stop_container(&container);
}

TEST(entry_needs_its_arguments)
{
	static const char *const wrong[] = { "/bin/probe", "other", NULL };
	static const char *const more[] = { "/bin/probe", "init", "", NULL };
	static const char *const less[] = { "/bin/probe", NULL };
	struct container container = {};
	struct plan plan = box_plan;

	plan.args = wrong;
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	stop_container(&container);
	plan.args = more;
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	stop_container(&container);
	plan.args = less;
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	stop_container(&container);
}

/* What argv says is worth nothing if another file runs. */
TEST(entry_needs_its_file)
{
	struct container container = {};
	struct plan plan = box_plan;

	plan.path = "/bin/other";
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	stop_container(&container);
	plan.path = "/bin/../bin/probe";
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	stop_container(&container);
	plan.path = "bin/probe";
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	stop_container(&container);
}

TEST(entry_needs_a_binding)
{
	struct container container = {};
	struct plan plan = box_plan;

	plan.name = NULL;
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	stop_container(&container);
	plan.name = "open";
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	stop_container(&container);
	plan.name = "nothing";
	EXPECT_EQ(-ENOENT, start_container(&container, &plan));
	stop_container(&container);
}

/* Somebody outside could turn the root under the container's feet. */
TEST(entry_shares_no_root)
{
	struct container container = {};
	struct plan plan = box_plan;

	plan.share_fs = true;
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	EXPECT_LT(0, count_denials("exec", "shared"));
	stop_container(&container);
}

/* ... or change what it does, whatever that is. */
TEST(entry_is_not_traced)
{
	const long before = count_denials("exec", "traced");
	struct container container = {};
	struct plan plan = box_plan;

	plan.traced = true;
	EXPECT_EQ(-EACCES, start_container(&container, &plan));
	EXPECT_EQ(before + 1, count_denials("exec", "traced"));
	stop_container(&container);
}

/*
 * Two that would be the first process at once: each was allowed by its rule,
 * and waits for the interpreter, which somebody has a lease on.
 */

/* In the container's namespace: two execs of the same; the errno is the status. */
static void become_twins(const struct plan *plan, const char *root, int tell,
			 int wait)
{
	pid_t pids[2] = { getpid() };
	char go;

	if (enter_root(root) || write(tell, pids, sizeof(*pids)) < 0 ||
	    read(wait, &go, 1) != 1)
		_exit(126);
	pids[1] = fork();
	if (pids[1] && write(tell, pids, sizeof(pids)) < 0)
		_exit(126);
	execv(plan->path, (char *const *)plan->args);
	_exit(errno);
}

/*
 * Waits until a process sleeps.  Once it has told its number there is nothing
 * but the lease that it can wait for, so it is past the rule then.
 */
static int wait_for_sleep(pid_t pid)
{
	char path[64], text[256];
	const char *state;
	ssize_t size;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	do {
		fd = open(path, O_RDONLY | O_CLOEXEC);
		size = read(fd, text, sizeof(text) - 1);
		close(fd);
		if (size <= 0)
			return -ESRCH;
		text[size] = 0;
		state = strrchr(text, ')');
		if (!state || strchr("ZX", state[2]))
			return -ESRCH;
	} while (state[2] != 'S');
	return 0;
}

TEST(entry_happens_once)
{
	const long before = count_denials("exec", "outsider");
	struct container container = {};
	int tell[2], wait[2], status[2], lease;
	char path[128];
	pid_t pids[2];

	ASSERT_EQ(0, make_root(&container));
	snprintf(path, sizeof(path), "%s/bin/probe", container.root);
	ASSERT_EQ(0, write_text(path, "#!/bin/other true\n"));
	snprintf(path, sizeof(path), "%s/bin/other", container.root);
	ASSERT_EQ(0, pipe2(tell, O_CLOEXEC) | pipe2(wait, O_CLOEXEC));
	/* The second of them becomes a child of ours. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	signal(SIGIO, SIG_IGN);
	if (!clone_with(CLONE_NEWNS))
		become_twins(&box_plan, container.root, tell[1], wait[0]);

	ASSERT_EQ(sizeof(*pids), read(tell[0], pids, sizeof(*pids)));
	ASSERT_EQ(0, bind_pid(pids[0], "box"));
	/* Read-only, lest the file is busy for a moment longer than leased. */
	lease = open(path, O_RDONLY | O_CLOEXEC);
	ASSERT_EQ(0, fcntl(lease, F_SETLEASE, F_WRLCK));
	ASSERT_EQ(1, write(wait[1], "", 1));
	ASSERT_EQ(sizeof(pids), read(tell[0], pids, sizeof(pids)));
	ASSERT_EQ(0, wait_for_sleep(pids[0]));
	ASSERT_EQ(0, wait_for_sleep(pids[1]));
	/* With it goes the lease. */
	close(lease);

	ASSERT_EQ(pids[0], waitpid(pids[0], &status[0], 0));
	ASSERT_EQ(pids[1], waitpid(pids[1], &status[1], 0));
	EXPECT_EQ(EACCES, WEXITSTATUS(status[0]) + WEXITSTATUS(status[1]));
	EXPECT_EQ(before + 1, count_denials("exec", "outsider"));
	stop_container(&container);
}

/* Joins and executes, with an argument of that many digits; 0 or an errno. */
static int exec_with_digits(const struct container *container, size_t count,
			    const char *end)
{
	char *digits = malloc(count + strlen(end) + 1);
	char *const args[] = { "/bin/probe", "joined", digits, NULL };
	int tell[2], ns, status, err = 0;
	pid_t child;

	memset(digits, '7', count);
	memcpy(digits + count, end, strlen(end) + 1);
	ns = open_namespace(container->probe.pid);
	if (ns < 0 || pipe2(tell, O_CLOEXEC))
		return -1;
	child = fork();
	if (!child) {
		if (!setns(ns, CLONE_NEWNS))
			execv("/bin/probe", args);
		if (write(tell[1], &errno, sizeof(errno)) < 0)
			_exit(126);
		_exit(127);
	}
	close(tell[1]);
	/* Nothing comes if the exec succeeds. */
	if (read(tell[0], &err, sizeof(err)) < 0)
		err = -1;
	waitpid(child, &status, 0);
	close(tell[0]);
	close(ns);
	free(digits);
	return err;
}

/* Arguments that lie in one page, in two, and in many. */
TEST(arguments_of_any_length)
{
	static const size_t lengths[] = {
		1, 100, 3000, 4000, 5000, 9000, 100000
	};
	struct container container = {};
	size_t i;

	ASSERT_EQ(0, start_container(&container, &box_plan));
	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		EXPECT_EQ(0, exec_with_digits(&container, lengths[i], ""));
		EXPECT_EQ(EACCES,
			  exec_with_digits(&container, lengths[i], "x"));
	}
	stop_container(&container);
}

/*
 * Inside
 */

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

TEST_F(box, inside_listed)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(0, probe_spawn(probe, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(42, probe_spawn(probe, "/bin/probe", "/bin/probe", "status",
				  "42"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/probe", "/bin/probe", "false"));
	EXPECT_EQ(-EACCES, probe_spawn(probe, "/bin/probe", "/bin/probe",
				       "status", "1234"));
	EXPECT_EQ(-EACCES, probe_spawn(probe, "/bin/probe", "/bin/probe",
				       "true", "true"));
	EXPECT_EQ(-EACCES, probe_spawn(probe, "/bin/probe", ""));
}

/* Whatever has a rule of its own may be executed inside as well. */
TEST_F(box, inside_other_rules)
{
	EXPECT_EQ(0, probe_spawn(&self->container.probe, "/bin/probe",
				 "/bin/probe", "joined", "1"));
}

TEST_F(box, inside_file)
{
	const struct probe *probe = &self->container.probe;

	/* By argv alone another file does not run. */
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/other", "/bin/probe", "true"));
	/* A bare name is looked for where shells look. */
	EXPECT_EQ(0, probe_spawn(probe, "/bin/probe", "probe", "true"));
	EXPECT_EQ(-EACCES, probe_spawn(probe, "/bin/other", "probe", "true"));
	/* A rule with a file does not care for argv[0]. */
	EXPECT_EQ(0, probe_spawn(probe, "/bin/other", "whatever", "true"));
	EXPECT_EQ(0,
		  probe_spawn(probe, "/bin/../bin/other", "whatever", "true"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/probe", "whatever", "true"));
}

/* A script is judged by what the caller said, not by its interpreter. */
TEST_F(box, inside_script)
{
	const struct probe *probe = &self->container.probe;

	EXPECT_EQ(0, probe_spawn(probe, "/bin/script", "/bin/script"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(probe, "/bin/script", "/bin/script", "more"));
}

/* From another root the same path is another file. */
TEST_F(box, inside_chroot)
{
	struct probe child;

	ASSERT_EQ(0, fork_probe(&self->container.probe, REMOTE_FORK, &child));
	EXPECT_EQ(0, probe_spawn(&child, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(0, probe_texts(&child, REMOTE_CHROOT, 0, "/bin", NULL));
	EXPECT_EQ(-EACCES, probe_spawn(&child, "/probe", "/bin/probe", "true"));
	EXPECT_EQ(-EACCES, probe_spawn(&child, "/other", "whatever", "true"));
	probe_numbers(&child, REMOTE_EXIT, 0, 0);
	close(child.socket);
}

/* Puts a copy of the probe where it is /bin/probe from another root. */
static int make_other_root(const struct container *container)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/tmp/bin", container->root);
	if (mkdir(path, 0755))
		return -errno;
	snprintf(path, sizeof(path), "%s/tmp/bin/probe", container->root);
	return copy_file(PROBE, path);
}

/* That it was another root when the name was looked up does not help. */
TEST_F(box, inside_chroot_and_back)
{
	const struct probe *probe = &self->container.probe;

	ASSERT_EQ(0, make_other_root(&self->container));
	EXPECT_EQ(-EACCES,
		  probe_texts(probe, REMOTE_SPAWN_FROM, 0, "/tmp", "/bin/probe",
			      "/bin/probe", "true", NULL));
	/* ... nor does it harm that it could have been. */
	EXPECT_EQ(0, probe_texts(probe, REMOTE_SPAWN_FROM, 0, "/", "/bin/probe",
				 "/bin/probe", "true", NULL));
	EXPECT_EQ(0, probe_texts(probe, REMOTE_SPAWN_FROM, 0, "/", "/bin/other",
				 "whatever", "true", NULL));
}

/* A file that no mount of the namespace holds. */
TEST_F(box, inside_foreign_file)
{
	const struct probe *probe = &self->container.probe;
	int fd = open(PROBE, O_RDONLY | O_CLOEXEC);

	ASSERT_LE(0, fd);
	EXPECT_EQ(-EACCES, probe_texts_fd(probe, REMOTE_SPAWN_FD, fd, "",
					  "/bin/probe", "true", NULL));
	EXPECT_EQ(-EACCES, probe_texts_fd(probe, REMOTE_MAP, fd, NULL));
	EXPECT_EQ(-EACCES, probe_texts_fd(probe, REMOTE_PROTECT, fd, NULL));
	close(fd);
	EXPECT_EQ(0, probe_texts(probe, REMOTE_MAP, 0, "/bin/other", NULL));
	EXPECT_EQ(0, probe_texts(probe, REMOTE_PROTECT, 0, "/bin/other", NULL));
}

/* The file that an overlay maps is on a mount that nobody sees. */
TEST(inside_overlay)
{
	struct container container = {};
	struct plan plan = box_plan;
	int fd = open(PROBE, O_RDONLY | O_CLOEXEC);

	ASSERT_LE(0, fd);
	plan.overlay = true;
	ASSERT_EQ(0, start_container(&container, &plan));
	EXPECT_EQ(0, probe_spawn(&container.probe, "/bin/probe", "/bin/probe",
				 "true"));
	EXPECT_EQ(0, probe_texts(&container.probe, REMOTE_MAP, 0, "/bin/other",
				 NULL));
	EXPECT_EQ(0, probe_texts(&container.probe, REMOTE_PROTECT, 0,
				 "/bin/other", NULL));
	EXPECT_EQ(-EACCES,
		  probe_texts_fd(&container.probe, REMOTE_PROTECT, fd, NULL));
	close(fd);
	stop_container(&container);
}

TEST(inside_any)
{
	struct container container = {};
	int fd;

	ASSERT_EQ(0, start_container(&container, &open_plan));
	EXPECT_EQ(1, probe_spawn(&container.probe, "/bin/other", "x", "false"));
	EXPECT_EQ(0, probe_texts(&container.probe, REMOTE_MAP, 0, "/bin/other",
				 NULL));
	/* Not even here what does not belong to it. */
	fd = open(PROBE, O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, fd);
	EXPECT_EQ(-EACCES, probe_texts_fd(&container.probe, REMOTE_SPAWN_FD, fd,
					  "", "x", "true", NULL));
	close(fd);
	fd = memfd_create("probe", MFD_CLOEXEC);
	ASSERT_LE(0, fd);
	EXPECT_EQ(-EACCES, probe_texts_fd(&container.probe, REMOTE_SPAWN_FD, fd,
					  "", "x", "true", NULL));
	close(fd);
	stop_container(&container);
}

/*
 * From outside
 */

TEST_F(box, outside_listed)
{
	struct probe outsider;

	ASSERT_EQ(0, join_container(&self->container, &outsider));
	EXPECT_EQ(-EACCES,
		  probe_spawn(&outsider, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(&outsider, "/bin/probe", "/bin/probe", "init"));
	EXPECT_EQ(-EACCES, probe_spawn(&outsider, "/bin/probe", "/bin/probe",
				       "joined", "x"));
	EXPECT_EQ(0, probe_spawn(&outsider, "/bin/probe", "/bin/probe",
				 "joined", "1"));
	stop_probe(&outsider);
}

/* A path means what the rule says only from the container's root. */
TEST_F(box, outside_chroot)
{
	struct probe outsider;

	ASSERT_EQ(0, make_other_root(&self->container));
	ASSERT_EQ(0, join_container(&self->container, &outsider));
	EXPECT_EQ(-EACCES,
		  probe_texts(&outsider, REMOTE_SPAWN_FROM, 0, "/tmp",
			      "/bin/probe", "/bin/probe", "joined", "1", NULL));
	EXPECT_EQ(0,
		  probe_texts(&outsider, REMOTE_SPAWN_FROM, 0, "/",
			      "/bin/probe", "/bin/probe", "joined", "1", NULL));
	ASSERT_EQ(0, probe_texts(&outsider, REMOTE_CHROOT, 0, "/tmp", NULL));
	EXPECT_EQ(-EACCES, probe_spawn(&outsider, "/bin/probe", "/bin/probe",
				       "joined", "1"));
	stop_probe(&outsider);
}

/* It does not bring along whoever holds it. */
TEST_F(box, outside_held)
{
	struct probe outsider, other;

	ASSERT_EQ(0, join_container(&self->container, &outsider));
	ASSERT_EQ(0, fork_probe(&outsider, REMOTE_SHARE_FS, &other));
	EXPECT_EQ(-EACCES, probe_become(&outsider, "/bin/probe", "/bin/probe",
					"joined", "1"));
	probe_numbers(&other, REMOTE_EXIT, 0, 0);
	stop_probe(&outsider);

	ASSERT_EQ(0, join_container(&self->container, &outsider));
	ASSERT_EQ(0, ptrace(PTRACE_SEIZE, outsider.pid, NULL, NULL));
	EXPECT_EQ(-EACCES, probe_become(&outsider, "/bin/probe", "/bin/probe",
					"joined", "1"));
	ASSERT_EQ(0, ptrace(PTRACE_INTERRUPT, outsider.pid, NULL, NULL));
	ASSERT_EQ(outsider.pid, waitpid(outsider.pid, NULL, 0));
	ASSERT_EQ(0, ptrace(PTRACE_DETACH, outsider.pid, NULL, NULL));
	EXPECT_EQ(0, probe_become(&outsider, "/bin/probe", "/bin/probe",
				  "joined", "1"));
	stop_probe(&outsider);
}

/* What a joined task forks has not been let in either. */
TEST_F(box, outside_fork)
{
	struct probe outsider, child, grandchild;

	ASSERT_EQ(0, join_container(&self->container, &outsider));
	ASSERT_EQ(0, fork_probe(&outsider, REMOTE_FORK, &child));
	ASSERT_EQ(0, fork_probe(&child, REMOTE_FORK, &grandchild));
	EXPECT_EQ(-EACCES,
		  probe_spawn(&child, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(&grandchild, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(0, probe_spawn(&grandchild, "/bin/probe", "/bin/probe",
				 "joined", "22"));
	probe_numbers(&grandchild, REMOTE_EXIT, 0, 0);
	probe_numbers(&child, REMOTE_EXIT, 0, 0);
	stop_probe(&outsider);
}

/* A rule lets it in; then it is inside. */
TEST_F(box, outside_then_inside)
{
	struct probe outsider;

	ASSERT_EQ(0, join_container(&self->container, &outsider));
	ASSERT_EQ(0, probe_become(&outsider, "/bin/probe", "/bin/probe",
				  "joined", "7"));
	EXPECT_EQ(0,
		  probe_spawn(&outsider, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(&outsider, "/bin/probe", "/bin/probe", "false"));
	stop_probe(&outsider);
}

/* Back home it is what it was. */
TEST_F(box, outside_and_back)
{
	int home = open_namespace(getpid());
	struct probe outsider;

	ASSERT_LE(0, home);
	ASSERT_EQ(0, join_container(&self->container, &outsider));
	EXPECT_EQ(-EACCES,
		  probe_spawn(&outsider, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(0, probe_setns(&outsider, home, CLONE_NEWNS));
	EXPECT_EQ(0, probe_spawn(&outsider, PROBE, "whatever", "true"));
	close(home);
	stop_probe(&outsider);
}

/* Code of the container does not get into a runtime that has joined. */
TEST_F(box, outside_library)
{
	struct probe outsider;

	ASSERT_EQ(0, join_container(&self->container, &outsider));
	EXPECT_EQ(-EACCES,
		  probe_texts(&outsider, REMOTE_MAP, 0, "/bin/other", NULL));
	EXPECT_EQ(0, probe_texts(&self->container.probe, REMOTE_MAP, 0,
				 "/bin/other", NULL));
	stop_probe(&outsider);
}

/* Who was in the namespace before it was a container is no part of it. */
TEST(outside_left_behind)
{
	struct container container = {};
	struct probe maker, left;

	ASSERT_EQ(0, make_root(&container));
	ASSERT_EQ(0, start_probe(&maker, "maker"));
	ASSERT_EQ(0, probe_numbers(&maker, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	ASSERT_EQ(0, probe_mount(&maker, "", "/", "", MS_REC | MS_PRIVATE));
	ASSERT_EQ(0,
		  probe_texts(&maker, REMOTE_CHROOT, 0, container.root, NULL));
	ASSERT_EQ(0, fork_probe(&maker, REMOTE_FORK, &left));
	ASSERT_EQ(0, bind_pid(maker.pid, "box"));
	EXPECT_EQ(0, probe_texts(&left, REMOTE_MOUNT, 0, "x", "/mnt/a", "tmpfs",
				 NULL));
	ASSERT_EQ(0, probe_become(&maker, "/bin/probe", "/bin/probe", "init"));
	EXPECT_EQ(0, probe_spawn(&maker, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(-EACCES,
		  probe_spawn(&left, "/bin/probe", "/bin/probe", "true"));
	EXPECT_EQ(-EPERM, probe_mount(&left, "x", "/mnt/b", "tmpfs", 0));
	EXPECT_EQ(0, probe_spawn(&left, "/bin/probe", "/bin/probe", "joined",
				 "3"));
	probe_numbers(&left, REMOTE_EXIT, 0, 0);
	close(left.socket);
	stop_probe(&maker);
	stop_container(&container);
}

/*
 * The guest itself, of class verified
 */

TEST(uvm_measured)
{
	struct probe probe;

	ASSERT_EQ(0, start_probe(&probe, "x"));
	EXPECT_EQ(0, probe_spawn(&probe, PROBE, "anything", "true"));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_MAP, 0, PROBE, NULL));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_PROTECT, 0, PROBE, NULL));
	ASSERT_EQ(0, copy_file(PROBE, "/tmp/copy"));
	EXPECT_EQ(-EACCES, probe_spawn(&probe, "/tmp/copy", PROBE, "true"));
	EXPECT_EQ(-EACCES,
		  probe_texts(&probe, REMOTE_MAP, 0, "/tmp/copy", NULL));
	EXPECT_EQ(-EACCES,
		  probe_texts(&probe, REMOTE_PROTECT, 0, "/tmp/copy", NULL));
	unlink("/tmp/copy");
	stop_probe(&probe);
}

/* A program of the image, with another dynamic loader under the same name. */
TEST(uvm_loader)
{
	static const char loader[] = "/lib64/ld-linux-x86-64.so.2";
	struct probe probe;

	ASSERT_EQ(0, copy_file(loader, "/tmp/copy"));
	ASSERT_EQ(0, start_probe(&probe, "x"));
	ASSERT_EQ(0, probe_numbers(&probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(0, probe_spawn(&probe, "/usr/bin/mandate", "x", "--version"));
	ASSERT_EQ(0, probe_mount(&probe, "/tmp/copy", loader, "", MS_BIND));
	EXPECT_EQ(-EACCES,
		  probe_spawn(&probe, "/usr/bin/mandate", "x", "--version"));
	unlink("/tmp/copy");
	stop_probe(&probe);
}

TEST(uvm_detached)
{
	struct probe probe;
	int fd = open(PROBE, O_RDONLY | O_CLOEXEC);

	ASSERT_LE(0, fd);
	ASSERT_EQ(0, start_probe(&probe, "x"));
	EXPECT_EQ(0, probe_texts_fd(&probe, REMOTE_SPAWN_FD, fd, "", PROBE,
				    "true", NULL));
	close(fd);
	stop_probe(&probe);
}

#define ALL_SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

/* A copy of @from in memory, with @seals and @extra bytes at the end. */
static int make_copy(const char *from, int seals, size_t extra)
{
	int fd = memfd_create("copy", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (fd < 0 || copy_file(from, path) || lseek(fd, 0, SEEK_END) < 0 ||
	    write(fd, "\n", extra) != (ssize_t)extra ||
	    fcntl(fd, F_ADD_SEALS, seals))
		return -1;
	return fd;
}

static long spawn_copy(const struct probe *probe, int fd)
{
	long result = probe_texts_fd(probe, REMOTE_SPAWN_FD, fd, "", "x",
				     "true", NULL);

	close(fd);
	return result;
}

/* What runc does with itself. */
TEST(uvm_sealed_copy)
{
	struct probe probe;
	int fd;

	ASSERT_EQ(0, start_probe(&probe, "x"));
	fd = make_copy(PROBE, ALL_SEALS, 0);
	ASSERT_LE(0, fd);
	EXPECT_EQ(0, spawn_copy(&probe, dup(fd)));
	EXPECT_EQ(0, spawn_copy(&probe, fd));
	EXPECT_EQ(-EACCES, spawn_copy(&probe, make_copy(PROBE, 0, 0)));
	EXPECT_EQ(-EACCES,
		  spawn_copy(&probe, make_copy(PROBE, F_SEAL_WRITE, 0)));
	EXPECT_EQ(-EACCES, spawn_copy(&probe, make_copy(PROBE, ALL_SEALS, 1)));
	EXPECT_EQ(-EACCES, spawn_copy(&probe, make_copy("/proc/self/exe",
							ALL_SEALS, 0)));
	stop_probe(&probe);
}

/* A copy of the same size with one byte changed. */
TEST(uvm_changed_copy)
{
	struct probe probe;
	int fd = make_copy(PROBE, 0, 0);
	char byte;

	ASSERT_EQ(0, start_probe(&probe, "x"));
	ASSERT_EQ(1, pread(fd, &byte, 1, lseek(fd, -1, SEEK_END)));
	byte ^= 1;
	ASSERT_EQ(1, pwrite(fd, &byte, 1, lseek(fd, -1, SEEK_END)));
	ASSERT_EQ(0, fcntl(fd, F_ADD_SEALS, ALL_SEALS));
	EXPECT_EQ(-EACCES, spawn_copy(&probe, fd));
	stop_probe(&probe);
}

/* Nor does the copy become what a container may execute. */
TEST_F(box, inside_sealed_copy)
{
	int fd = make_copy(PROBE, ALL_SEALS, 0);

	ASSERT_LE(0, fd);
	EXPECT_EQ(-EACCES,
		  probe_texts_fd(&self->container.probe, REMOTE_SPAWN_FD, fd,
				 "", "/bin/probe", "true", NULL));
	close(fd);
}

/* A script of the image runs, one that was written here does not. */
TEST(uvm_script)
{
	struct probe probe;

	ASSERT_EQ(0, start_probe(&probe, "x"));
	ASSERT_EQ(0, write_text("/tmp/script", "#!" PROBE " true\n"));
	EXPECT_EQ(-EACCES, probe_spawn(&probe, "/tmp/script", "/tmp/script"));
	unlink("/tmp/script");
	stop_probe(&probe);
}

/* Copies of the probe in the image that no other test executes. */
#define SPARE "/usr/libexec/mandate/spare"
#define USED "/usr/libexec/mandate/used"

TEST(uvm_touched)
{
	static const char renamed[] = "/usr/libexec/mandate/renamed";
	struct probe probe;

	ASSERT_EQ(0, start_probe(&probe, "x"));
	/* What has run may still be mapped somewhere, so it stays. */
	EXPECT_EQ(0, probe_spawn(&probe, USED, "x", "true"));
	EXPECT_EQ(-EPERM,
		  probe_texts(&probe, REMOTE_WRITE, 0, USED, "x", NULL));
	EXPECT_EQ(-1, truncate(USED, 0));
	EXPECT_EQ(EPERM, errno);
	EXPECT_EQ(-1, rename(USED, renamed));
	EXPECT_EQ(EPERM, errno);
	EXPECT_EQ(-1, link(USED, renamed));
	EXPECT_EQ(EPERM, errno);
	/* What was moved is not what was measured. */
	ASSERT_EQ(0, rename(SPARE, renamed));
	EXPECT_EQ(-EACCES, probe_spawn(&probe, renamed, "x", "true"));
	ASSERT_EQ(0, rename(renamed, SPARE));
	EXPECT_EQ(-EACCES, probe_spawn(&probe, SPARE, "x", "true"));
	EXPECT_EQ(0, probe_texts(&probe, REMOTE_WRITE, 0, SPARE, "x", NULL));
	stop_probe(&probe);
}

TEST_HARNESS_MAIN
