// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ten thousand namespaces come, get a folder, a table and a binding, and go,
 * while other tasks execute and send signals: nothing is left behind.
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

/* A task that does one thing until it is killed. */
static pid_t keep(void (*task)(pid_t pid), pid_t pid)
{
	pid_t child = fork();

	if (child)
		return child;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (true)
		task(pid);
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
	pid_t tasks[3];
	long before, after;
	int domains, i;

	domains = count_domains();
	/* The first ones fill the caches. */
	for (i = 0; i < 100; i++)
		ASSERT_EQ(0, live_once(self->table, self->length));
	before = unreclaimable();
	ASSERT_LT(0, before);

	tasks[0] = keep(execute, 0);
	tasks[1] = keep(signal_it, self->container.probe.pid);
	tasks[2] = keep(unshare_it, 0);
	for (i = 0; i < ROUNDS; i++) {
		if (i % 1000 == 0)
			fprintf(stderr, "# %d of %d namespaces\n", i, ROUNDS);
		ASSERT_EQ(0, live_once(self->table, self->length));
	}
	for (i = 0; i < 3; i++) {
		kill(tasks[i], SIGKILL);
		waitpid(tasks[i], NULL, 0);
	}

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
