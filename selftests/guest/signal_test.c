// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Signals and ptrace between the guest, its containers, and those who join.
 * Each denial has a twin that is allowed.
 */

#include "guest.h"

#include <sys/ptrace.h>
#include <sys/uio.h>

FIXTURE(box)
{
	struct container container;
	struct probe uvm;
	pid_t pid;
};

FIXTURE_SETUP(box)
{
	ASSERT_EQ(0, start_container(&self->container, &box_plan));
	ASSERT_EQ(0, start_probe(&self->uvm, "x"));
	self->pid = self->container.probe.pid;
}

FIXTURE_TEARDOWN(box)
{
	stop_probe(&self->uvm);
	stop_container(&self->container);
}

/* By number, whatever the call. */
TEST_F(box, listed)
{
	static const enum remote_op calls[] = {
		REMOTE_KILL, REMOTE_PIDFD_SIGNAL, REMOTE_TGKILL, REMOTE_SIGQUEUE
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		EXPECT_EQ(0, probe_numbers(&self->uvm, calls[i], self->pid,
					   SIGTERM));
		EXPECT_EQ(0, probe_numbers(&self->uvm, calls[i], self->pid,
					   SIGUSR1));
		EXPECT_EQ(-EPERM, probe_numbers(&self->uvm, calls[i], self->pid,
						SIGUSR2));
		EXPECT_EQ(-EPERM, probe_numbers(&self->uvm, calls[i], self->pid,
						SIGSTOP));
		EXPECT_EQ(-EPERM, probe_numbers(&self->uvm, calls[i], self->pid,
						SIGRTMIN));
	}
	EXPECT_LE(1,
		  probe_numbers(&self->container.probe, REMOTE_SIGNALS, 0, 0));
}

/* Whether it is there may always be asked. */
TEST_F(box, none)
{
	EXPECT_EQ(0, probe_numbers(&self->uvm, REMOTE_KILL, self->pid, 0));
	EXPECT_EQ(-ESRCH,
		  probe_numbers(&self->uvm, REMOTE_KILL, 0x3fffffff, 0));
}

/* SIGKILL is shutdown if it goes to the first process, and to no other. */
TEST_F(box, kill_is_not_listed)
{
	struct probe child, init;

	ASSERT_EQ(0, fork_probe(&self->container.probe, REMOTE_FORK, &child));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGKILL));
	/* Nor if it is the first of a PID namespace that the container makes. */
	ASSERT_EQ(0, probe_numbers(&child, REMOTE_UNSHARE, CLONE_NEWPID, 0));
	ASSERT_EQ(0, fork_probe(&child, REMOTE_FORK, &init));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->uvm, REMOTE_KILL, init.pid, SIGKILL));
	EXPECT_EQ(0, probe_numbers(&self->container.probe, REMOTE_KILL,
				   init.pid, SIGKILL));
	EXPECT_EQ(0, probe_numbers(&self->container.probe, REMOTE_KILL,
				   child.pid, SIGKILL));
	close(init.socket);
	close(child.socket);
}

static const unsigned long pid_namespaces[] = { 0, CLONE_NEWPID };

TEST(kill_is_shutdown)
{
	struct container container = {};
	struct plan plan = box_plan;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pid_namespaces); i++) {
		plan.clone_flags = pid_namespaces[i];
		ASSERT_EQ(0, start_container(&container, &plan));
		EXPECT_EQ(-1, kill(container.probe.pid, SIGQUIT));
		EXPECT_EQ(EPERM, errno);
		EXPECT_EQ(0, kill(container.probe.pid, SIGKILL));
		waitpid(container.probe.pid, NULL, 0);
		container.probe.pid = 0;
		stop_container(&container);
	}
}

TEST(kill_is_no_shutdown)
{
	struct container container = {};
	struct plan plan = open_plan;

	plan.clone_flags = CLONE_NEWPID;
	ASSERT_EQ(0, start_container(&container, &plan));
	EXPECT_EQ(-1, kill(container.probe.pid, SIGKILL));
	EXPECT_EQ(EPERM, errno);
	EXPECT_EQ(-1, kill(container.probe.pid, SIGTERM));
	EXPECT_EQ(EPERM, errno);
	stop_container(&container);
}

/* A child has the signals of the process it came from. */
TEST_F(box, child)
{
	struct probe child;

	ASSERT_EQ(0, fork_probe(&self->container.probe, REMOTE_FORK, &child));
	EXPECT_EQ(0,
		  probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGTERM));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGHUP));
	/* ... until it executes what has signals of its own. */
	ASSERT_EQ(0, probe_become(&child, "/bin/probe", "/bin/probe", "joined",
				  "1"));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGTERM));
	EXPECT_EQ(0, probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGHUP));
	ASSERT_EQ(0,
		  probe_become(&child, "/bin/probe", "/bin/probe", "silent"));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGHUP));
	probe_numbers(&child, REMOTE_EXIT, 0, 0);
	close(child.socket);
}

/* Inside a container signals are free. */
TEST_F(box, inside)
{
	struct probe child;

	ASSERT_EQ(0, fork_probe(&self->container.probe, REMOTE_FORK, &child));
	EXPECT_EQ(0, probe_numbers(&self->container.probe, REMOTE_KILL,
				   child.pid, SIGUSR2));
	EXPECT_EQ(0, probe_numbers(&child, REMOTE_KILL, self->pid, SIGHUP));
	EXPECT_EQ(0, probe_numbers(&self->container.probe, REMOTE_KILL,
				   child.pid, SIGKILL));
	close(child.socket);
}

/* Out of it they never get. */
TEST_F(box, outward)
{
	const struct probe *probe = &self->container.probe;
	int number;

	for (number = 0; number <= 64; number++)
		EXPECT_EQ(-EPERM, probe_numbers(probe, REMOTE_KILL,
						self->uvm.pid, number));
	EXPECT_EQ(-EPERM, probe_numbers(probe, REMOTE_KILL, getpid(), SIGTERM));
	EXPECT_EQ(-EPERM, probe_numbers(probe, REMOTE_KILL, 1, SIGTERM));
	EXPECT_EQ(-EPERM, probe_numbers(probe, REMOTE_PIDFD_SIGNAL,
					self->uvm.pid, SIGTERM));
}

TEST_F(box, sideways)
{
	struct container other = {};

	ASSERT_EQ(0, start_container(&other, &box_plan));
	EXPECT_EQ(-EPERM, probe_numbers(&self->container.probe, REMOTE_KILL,
					other.probe.pid, SIGTERM));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&other.probe, REMOTE_KILL, self->pid, SIGTERM));
	stop_container(&other);
}

/* A namespace of its own does not take it out of the container. */
TEST_F(box, unshared)
{
	struct probe child;

	ASSERT_EQ(0, fork_probe(&self->container.probe, REMOTE_FORK, &child));
	ASSERT_EQ(0, probe_numbers(&child, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(0, probe_numbers(&child, REMOTE_KILL, self->pid, SIGHUP));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&child, REMOTE_KILL, self->uvm.pid, SIGTERM));
	EXPECT_EQ(0,
		  probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGTERM));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGQUIT));
	probe_numbers(&child, REMOTE_EXIT, 0, 0);
	close(child.socket);
}

/* Joining does not make a sender an insider. */
TEST_F(box, outsider)
{
	struct probe outsider, other;

	ASSERT_EQ(0, join_container(&self->container, &outsider));
	EXPECT_EQ(0, probe_numbers(&outsider, REMOTE_KILL, self->pid, SIGTERM));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&outsider, REMOTE_KILL, self->pid, SIGUSR2));
	/* It is still one of those outside, ... */
	EXPECT_EQ(0, probe_numbers(&outsider, REMOTE_KILL, self->uvm.pid,
				   SIGUSR2));
	EXPECT_EQ(0, probe_numbers(&self->uvm, REMOTE_KILL, outsider.pid,
				   SIGUSR2));
	ASSERT_EQ(0, join_container(&self->container, &other));
	EXPECT_EQ(0, probe_numbers(&outsider, REMOTE_KILL, other.pid, SIGUSR2));
	/* ... and so not for the container to signal. */
	EXPECT_EQ(-EPERM, probe_numbers(&self->container.probe, REMOTE_KILL,
					outsider.pid, SIGUSR2));
	stop_probe(&other);
	stop_probe(&outsider);
}

/* A leader that is a zombie while a thread lives is still the container's. */
TEST_F(box, zombie_leader)
{
	struct probe child;

	ASSERT_EQ(0, fork_probe(&self->container.probe, REMOTE_FORK, &child));
	ASSERT_EQ(0, probe_numbers(&child, REMOTE_THREAD, 0, 0));
	ASSERT_EQ(-EPIPE, probe_numbers(&child, REMOTE_EXIT_LEADER, 0, 0));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGUSR2));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->uvm, REMOTE_KILL, child.pid, SIGKILL));
	EXPECT_EQ(0, probe_numbers(&self->container.probe, REMOTE_KILL,
				   child.pid, SIGKILL));
	close(child.socket);
}

/*
 * Whoever made the namespace of a container and went back before there was one
 * is no part of it: neither he nor it may do more than others.
 */
TEST(maker_went_back)
{
	int home = open_namespace(getpid());
	struct container container = {};
	struct probe maker, init;

	ASSERT_LE(0, home);
	ASSERT_EQ(0, make_root(&container));
	ASSERT_EQ(0, start_probe(&maker, "maker"));
	ASSERT_EQ(0, probe_numbers(&maker, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	ASSERT_EQ(0, fork_probe(&maker, REMOTE_FORK, &init));
	ASSERT_EQ(0, probe_setns(&maker, home, CLONE_NEWNS));
	/* Only who is at home may bind that, if it could be bound. */
	EXPECT_EQ(-EBUSY,
		  probe_texts(&maker, REMOTE_WRITE, 0, SECURITYFS "/namespaces",
			      "self container=box", NULL));
	ASSERT_EQ(0,
		  probe_texts(&init, REMOTE_CHROOT, 0, container.root, NULL));
	ASSERT_EQ(0, bind_pid(init.pid, "box"));
	ASSERT_EQ(0, probe_become(&init, "/bin/probe", "/bin/probe", "init"));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&maker, REMOTE_KILL, init.pid, SIGUSR2));
	EXPECT_EQ(0, probe_numbers(&maker, REMOTE_KILL, init.pid, SIGTERM));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&maker, REMOTE_PTRACE_ATTACH, init.pid, 0));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&init, REMOTE_KILL, maker.pid, SIGUSR2));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&init, REMOTE_READ_MEMORY, maker.pid, 0));
	/* He is at home again. */
	EXPECT_EQ(0, probe_numbers(&maker, REMOTE_KILL, getpid(), 0));
	EXPECT_EQ(0, probe_spawn(&maker, PROBE, "x", "true"));
	EXPECT_EQ(0, probe_numbers(&maker, REMOTE_KILL, init.pid, SIGKILL));
	close(init.socket);
	close(home);
	stop_probe(&maker);
	stop_container(&container);
}

/* The same, gone sideways into another container. */
TEST(maker_went_elsewhere)
{
	struct container container = {}, other = {};
	struct probe maker, init;
	int fd;

	ASSERT_EQ(0, start_container(&other, &box_plan));
	fd = open_namespace(other.probe.pid);
	ASSERT_LE(0, fd);
	ASSERT_EQ(0, make_root(&container));
	ASSERT_EQ(0, start_probe(&maker, "maker"));
	ASSERT_EQ(0, probe_numbers(&maker, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	ASSERT_EQ(0, fork_probe(&maker, REMOTE_FORK, &init));
	ASSERT_EQ(0, probe_setns(&maker, fd, CLONE_NEWNS));
	ASSERT_EQ(0,
		  probe_texts(&init, REMOTE_CHROOT, 0, container.root, NULL));
	ASSERT_EQ(0, bind_pid(init.pid, "box"));
	ASSERT_EQ(0, probe_become(&init, "/bin/probe", "/bin/probe", "init"));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&maker, REMOTE_KILL, init.pid, SIGUSR2));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&maker, REMOTE_KILL, other.probe.pid, SIGUSR2));
	EXPECT_EQ(0, probe_numbers(&maker, REMOTE_KILL, init.pid, SIGTERM));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&init, REMOTE_KILL, maker.pid, SIGUSR2));
	EXPECT_EQ(0, probe_numbers(&maker, REMOTE_KILL, init.pid, SIGKILL));
	close(init.socket);
	close(fd);
	stop_probe(&maker);
	stop_container(&container);
	stop_container(&other);
}

/* A namespace that is still being built is the UVM's. */
TEST(setup)
{
	struct probe probe, other;

	ASSERT_EQ(0, start_probe(&probe, "x"));
	ASSERT_EQ(0, start_probe(&other, "x"));
	ASSERT_EQ(0, probe_numbers(&probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(0, probe_numbers(&other, REMOTE_KILL, probe.pid, SIGUSR2));
	EXPECT_EQ(0, probe_numbers(&probe, REMOTE_KILL, other.pid, SIGUSR2));
	EXPECT_EQ(0, probe_numbers(&probe, REMOTE_KILL, getpid(), 0));
	stop_probe(&other);
	stop_probe(&probe);
}

/*
 * ptrace and its kin
 */

TEST_F(box, ptrace)
{
	const struct probe *probe = &self->container.probe;
	struct probe child;

	EXPECT_EQ(-EPERM, probe_numbers(&self->uvm, REMOTE_PTRACE_ATTACH,
					self->pid, 0));
	EXPECT_EQ(-EPERM,
		  probe_numbers(probe, REMOTE_PTRACE_ATTACH, self->uvm.pid, 0));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&self->uvm, REMOTE_READ_MEMORY, self->pid, 0));
	EXPECT_EQ(-EPERM,
		  probe_numbers(probe, REMOTE_READ_MEMORY, self->uvm.pid, 0));
	ASSERT_EQ(0, fork_probe(probe, REMOTE_FORK, &child));
	EXPECT_EQ(0, probe_numbers(probe, REMOTE_READ_MEMORY, child.pid, 0));
	EXPECT_EQ(0, probe_numbers(probe, REMOTE_PTRACE_ATTACH, child.pid, 0));
	EXPECT_EQ(0, probe_numbers(probe, REMOTE_KILL, child.pid, SIGKILL));
	close(child.socket);
}

/* Nobody inside takes a tracer from outside. */
TEST_F(box, traceme)
{
	struct probe outsider, child;

	EXPECT_EQ(0, probe_numbers(&self->uvm, REMOTE_PTRACE_TRACEME, 0, 0));
	ASSERT_EQ(0, join_container(&self->container, &outsider));
	ASSERT_EQ(0, probe_become(&outsider, "/bin/probe", "/bin/probe",
				  "joined", "1"));
	EXPECT_EQ(-EPERM,
		  probe_numbers(&outsider, REMOTE_PTRACE_TRACEME, 0, 0));
	ASSERT_EQ(0, fork_probe(&self->container.probe, REMOTE_FORK, &child));
	EXPECT_EQ(0, probe_numbers(&child, REMOTE_PTRACE_TRACEME, 0, 0));
	probe_numbers(&child, REMOTE_EXIT, 0, 0);
	close(child.socket);
	stop_probe(&outsider);
}

/* Runtimes look up the namespaces of a container; it cannot look up theirs. */
TEST_F(box, namespace_links)
{
	char path[64];
	int fd = open_namespace(self->pid);

	EXPECT_LE(0, fd);
	close(fd);
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", self->uvm.pid);
	EXPECT_EQ(-EACCES, probe_texts(&self->container.probe, REMOTE_READ, 0,
				       path, NULL));
	snprintf(path, sizeof(path), "/proc/%d/environ", self->uvm.pid);
	EXPECT_EQ(-EACCES, probe_texts(&self->container.probe, REMOTE_READ, 0,
				       path, NULL));
}

TEST_HARNESS_MAIN
