// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ten thousand namespaces come, get a folder, a table and a binding, and go,
 * while other tasks execute and send signals: nothing is left behind.
 *
 * The other tasks do one thing for each namespace and then wait: if they never
 * did, a kernel that is slow for all its checks would be busy with them alone.
 */

#include "guest.h"

#include "compile.h"

#define ROUNDS 10000

/* Kilobytes that may come and go with what else the kernel does. */
#define SLACK 1500

static const char source[] = "name = \"one-of-many\"\n"
			     "[[container]]\n"
			     "name = \"box\"\n"
			     "root = \"bound\"\n"
			     "descendants = \"any\"\n"
			     "command = [\"/bin/x\", { re2 = \"a*b\" }]\n";

/* Memory of the kernel's own objects, in kilobytes. */
static long unreclaimable(void)
{
	FILE *file = fopen("/proc/meminfo", "re");
	char line[128];
	long size = -1;

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "SUnreclaim: %ld", &size) == 1)
			break;
	if (file)
		fclose(file);
	return size;
}

static int count_domains(void)
{
	static char text[1 << 20];
	const char *at;
	int count = 0;

	if (read_kernel("namespaces", text, sizeof(text)))
		return -1;
	for (at = text; (at = strchr(at, '\n')); at++)
		count++;
	return count;
}

/* Another task, and what tells it to do some work. */
struct load {
	pid_t pid;
	int begin;
};

static void work(void (*task)(pid_t pid), pid_t pid, int begin)
{
	char byte;

	while (read(begin, &byte, 1) == 1)
		task(pid);
	_exit(0);
}

static int start_load(struct load *load, void (*task)(pid_t pid), pid_t pid)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) || fcntl(ends[0], F_SETFL, 0))
		return -errno;
	load->begin = ends[1];
	load->pid = fork();
	if (load->pid < 0)
		return -errno;
	if (!load->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(ends[1]);
		work(task, pid, ends[0]);
	}
	close(ends[0]);
	return 0;
}

/* One that is behind has enough to do, and is told nothing. */
static int drive_load(const struct load *load)
{
	if (write(load->begin, "", 1) == 1 || errno == EAGAIN)
		return 0;
	return -errno;
}

static void stop_load(const struct load *load)
{
	close(load->begin);
	kill(load->pid, SIGKILL);
	waitpid(load->pid, NULL, 0);
}

static void execute(pid_t pid)
{
	pid_t child = vfork();

	if (!child) {
		execl(PROBE, PROBE, "true", NULL);
		_exit(127);
	}
	waitpid(child, NULL, 0);
}

static void signal_it(pid_t pid)
{
	kill(pid, SIGTERM);
	kill(pid, SIGUSR2);
	kill(pid, 0);
}

static void unshare_it(pid_t pid)
{
	if (unshare(CLONE_NEWNS))
		_exit(1);
}

/* One namespace from its beginning to its end, with all that it can have. */
static int live_once(const u8 *table, u32 length)
{
	char number[16], path[64];
	int wait[2], err;
	pid_t child;
	char go;

	if (pipe(wait))
		return -errno;
	child = clone_with(CLONE_NEWNS);
	if (!child) {
		close(wait[1]);
		_exit(read(wait[0], &go, 1) < 0);
	}
	close(wait[0]);
	snprintf(number, sizeof(number), "%u", namespace_number(child));
	err = write_kernel("namespaces", number, strlen(number));
	snprintf(path, sizeof(path), "%s/policy", number);
	if (!err)
		err = write_kernel(path, table, length);
	if (!err)
		err = bind_pid(child, "box");
	close(wait[1]);
	waitpid(child, NULL, 0);
	return err;
}

FIXTURE(stress)
{
	struct container container;
	u8 *table;
	u32 length;
};

FIXTURE_SETUP(stress)
{
	ASSERT_EQ(0, start_container(&self->container, &box_plan));
	self->table = compile_text(source, &self->length);
	ASSERT_NE(NULL, self->table);
}

FIXTURE_TEARDOWN(stress)
{
	stop_container(&self->container);
	free(self->table);
}

/* Whoever runs it says when it is too long: run-selftests --test-timeout. */
TEST_F_TIMEOUT(stress, namespaces, 86400)
{
	struct load loads[3];
	long before, after;
	int domains, i, j;

	domains = count_domains();
	/* The first ones fill the caches. */
	for (i = 0; i < 100; i++)
		ASSERT_EQ(0, live_once(self->table, self->length));
	before = unreclaimable();
	ASSERT_LT(0, before);

	ASSERT_EQ(0, start_load(&loads[0], execute, 0));
	ASSERT_EQ(0,
		  start_load(&loads[1], signal_it, self->container.probe.pid));
	ASSERT_EQ(0, start_load(&loads[2], unshare_it, 0));
	for (i = 0; i < ROUNDS; i++) {
		if (i % 1000 == 0)
			fprintf(stderr, "# %d of %d namespaces\n", i, ROUNDS);
		for (j = 0; i % 4 == 0 && j < 3; j++)
			ASSERT_EQ(0, drive_load(&loads[j]));
		ASSERT_EQ(0, live_once(self->table, self->length));
	}
	for (i = 0; i < 3; i++)
		stop_load(&loads[i]);

	/* What is freed by workers and after grace periods takes a while. */
	for (i = 0; i < 600; i++) {
		after = unreclaimable();
		if (count_domains() == domains && after < before + SLACK)
			break;
		usleep(100000);
	}
	EXPECT_EQ(domains, count_domains());
	EXPECT_GT(before + SLACK, after);
	printf("# %d namespaces, kernel objects: %ld KiB before, %ld after\n",
	       ROUNDS, before, after);
}

TEST_HARNESS_MAIN
