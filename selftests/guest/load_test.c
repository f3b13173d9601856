// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Loading the base policy: in any pieces, and never anything but the whole and
 * right table.  The guest is booted without a policy; each test leaves it like
 * that, but for the last.
 */

#include "guest.h"

#include <sys/mman.h>

#include "../../lsm/core/checksum.h"
#include "../../lsm/core/table.h"
#include "compile.h"

static const char source[] = "name = \"loaded\"\n"
			     "svn = 5\n"
			     "[uvm]\n"
			     "class = \"free\"\n"
			     "[[container]]\n"
			     "name = \"c\"\n"
			     "root = \"bound\"\n"
			     "descendants = \"any\"\n"
			     "command = [\"/bin/x\", { re2 = \"a*\" }]\n";

FIXTURE(table)
{
	u8 *bytes;
	u32 length;
};

FIXTURE_SETUP(table)
{
	self->bytes = compile_text(source, &self->length);
	ASSERT_NE(NULL, self->bytes);
}

FIXTURE_TEARDOWN(table)
{
	free(self->bytes);
}

static int open_load(void)
{
	return open(SECURITYFS "/load", O_WRONLY | O_CLOEXEC);
}

static bool has_policy(void)
{
	return !access(SECURITYFS "/policy", F_OK);
}

/* What the write that completes the table says, and then closing. */
static int load(const u8 *bytes, u32 length)
{
	return write_kernel("load", bytes, length);
}

/* For each byte there is a record; run-selftests says when it is too long. */
TEST_F_TIMEOUT(table, cut, 86400)
{
	u32 length;

	for (length = 1; length < self->length; length++) {
		int fd = open_load();

		ASSERT_LE(0, fd);
		/* More may come, until it is closed. */
		ASSERT_EQ((ssize_t)length, write(fd, self->bytes, length));
		ASSERT_EQ(-1, close(fd));
		ASSERT_EQ(EMSGSIZE, errno);
	}
	EXPECT_FALSE(has_policy());
}

TEST_F_TIMEOUT(table, flipped, 86400)
{
	u32 i;

	for (i = 0; i < self->length; i++) {
		self->bytes[i] ^= 0xff;
		/* A shorter length leaves a rest, a longer one waits for it. */
		ASSERT_GT(0, load(self->bytes, self->length));
		self->bytes[i] ^= 0xff;
	}
	EXPECT_FALSE(has_policy());
}

static void mend(u8 *bytes, u32 length)
{
	((struct mnd_header *)bytes)->checksum =
		cpu_to_le32(mnd_checksum(bytes, length));
}

TEST_F(table, other_version)
{
	struct mnd_header *header = (void *)self->bytes;

	header->abi = cpu_to_le32(MND_TABLE_ABI + 1);
	mend(self->bytes, self->length);
	EXPECT_EQ(-EPROTONOSUPPORT, load(self->bytes, self->length));
	header->abi = cpu_to_le32(MND_TABLE_ABI);
	header->length = cpu_to_le32(MND_TABLE_SIZE_MAX + 1);
	EXPECT_EQ(-EFBIG, load(self->bytes, self->length));
	EXPECT_FALSE(has_policy());
}

TEST_F(table, no_table)
{
	/* It need not be as long as a header to be known for what it is. */
	EXPECT_EQ(-ENOEXEC, load((const u8 *)source, sizeof(source) - 1));
	EXPECT_EQ(-ENOEXEC, load((const u8 *)"n", 1));
	EXPECT_EQ(0, load(self->bytes, 0));
	EXPECT_FALSE(has_policy());
}

/* Hostile, but with a good checksum. */
TEST_F(table, refused)
{
	struct mnd_header *header = (void *)self->bytes;

	header->directory[MND_SECTION_MOUNT].count = cpu_to_le32(0x7fffffff);
	mend(self->bytes, self->length);
	EXPECT_EQ(-EBADSLT, load(self->bytes, self->length));
	EXPECT_FALSE(has_policy());
}

/* A descriptor on which something went wrong takes nothing more. */
TEST_F(table, after_an_error)
{
	int fd = open_load();

	ASSERT_LE(0, fd);
	self->bytes[0] ^= 1;
	EXPECT_EQ(-1, write(fd, self->bytes, self->length));
	EXPECT_EQ(ENOEXEC, errno);
	self->bytes[0] ^= 1;
	EXPECT_EQ(-1, write(fd, self->bytes, self->length));
	EXPECT_EQ(EBADFD, errno);
	EXPECT_EQ(0, close(fd));
	EXPECT_FALSE(has_policy());
}

TEST_F(table, too_much)
{
	u8 *more = calloc(1, self->length + 1);
	int fd = open_load();

	ASSERT_NE(NULL, more);
	ASSERT_LE(0, fd);
	memcpy(more, self->bytes, self->length);
	EXPECT_EQ(-1, write(fd, more, self->length + 1));
	EXPECT_EQ(EMSGSIZE, errno);
	close(fd);
	free(more);
	EXPECT_FALSE(has_policy());
}

TEST_F(table, unreadable)
{
	int fd = open_load();

	ASSERT_LE(0, fd);
	EXPECT_EQ(-1, syscall(SYS_write, fd, 8, 16));
	EXPECT_EQ(EFAULT, errno);
	close(fd);
}

TEST_F(table, not_permitted)
{
	int fd = open_load();
	pid_t child;
	int status;

	ASSERT_LE(0, fd);
	child = fork();
	if (!child) {
		if (setuid(1000))
			_exit(100);
		if (open_load() >= 0 || errno != EACCES)
			_exit(101);
		_exit(write(fd, self->bytes, self->length) < 0 ? errno : 0);
	}
	waitpid(child, &status, 0);
	EXPECT_EQ(EPERM, WEXITSTATUS(status));
	close(fd);
	EXPECT_FALSE(has_policy());
}

TEST_F(table, too_early_for_a_namespace)
{
	char number[16], path[64];
	struct probe probe;

	ASSERT_EQ(0, start_probe(&probe, "x"));
	ASSERT_EQ(0, probe_numbers(&probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	snprintf(number, sizeof(number), "%u", namespace_number(probe.pid));
	ASSERT_EQ(0, write_kernel("namespaces", number, strlen(number)));
	snprintf(path, sizeof(path), "%s/policy", number);
	EXPECT_EQ(-EAGAIN, write_kernel(path, self->bytes, self->length));
	EXPECT_EQ(-ENOENT, bind_pid(probe.pid, "c"));
	stop_probe(&probe);
}

/* Until there is a policy only files of the image are executed. */
TEST(closed_door)
{
	struct probe probe;

	ASSERT_EQ(0, start_probe(&probe, "x"));
	EXPECT_EQ(0, probe_spawn(&probe, PROBE, "x", "true"));
	ASSERT_EQ(0, copy_file(PROBE, "/tmp/copy"));
	EXPECT_EQ(-EACCES, probe_spawn(&probe, "/tmp/copy", "x", "true"));
	EXPECT_EQ(-EACCES,
		  probe_texts(&probe, REMOTE_MAP, 0, "/tmp/copy", NULL));
	ASSERT_EQ(0, probe_numbers(&probe, REMOTE_UNSHARE, CLONE_NEWNS, 0));
	EXPECT_EQ(-EACCES, probe_spawn(&probe, "/tmp/copy", "x", "true"));
	EXPECT_EQ(0, probe_spawn(&probe, PROBE, "x", "true"));
	unlink("/tmp/copy");
	stop_probe(&probe);
}

TEST(files)
{
	char text[1024];

	ASSERT_EQ(0, read_kernel("version", text, sizeof(text)));
	EXPECT_EQ(MND_TABLE_ABI, (unsigned int)atoi(text));
	ASSERT_EQ(0, read_kernel("mode", text, sizeof(text)));
	EXPECT_STREQ("enforce\n", text);
	ASSERT_EQ(0, read_kernel("features", text, sizeof(text)));
	EXPECT_NE(NULL, strstr(text, "\nunpinned\n"));
	ASSERT_EQ(0, read_kernel("pin", text, sizeof(text)));
	EXPECT_STREQ("", text);
}

/* Names sort the tests: this is the last, because it leaves a policy. */
FIXTURE(then)
{
	u8 *bytes;
	u32 length;
};

FIXTURE_SETUP(then)
{
	self->bytes = compile_text(source, &self->length);
	ASSERT_NE(NULL, self->bytes);
}

FIXTURE_TEARDOWN(then)
{
	free(self->bytes);
}

TEST_F(then, loaded)
{
	char text[1024];
	u8 *copy = calloc(1, self->length);
	int fd = open_load();
	u32 i;

	ASSERT_NE(NULL, copy);
	ASSERT_LE(0, fd);
	/* A byte at a time; the verdict comes with the last. */
	for (i = 0; i < self->length; i++) {
		ASSERT_EQ(i < self->length, !has_policy());
		ASSERT_EQ(1, write(fd, self->bytes + i, 1));
	}
	EXPECT_TRUE(has_policy());
	EXPECT_EQ(-1, write(fd, self->bytes, 1));
	EXPECT_EQ(EBADFD, errno);
	EXPECT_EQ(0, close(fd));

	ASSERT_EQ(0, read_kernel("policy/name", text, sizeof(text)));
	EXPECT_STREQ("loaded\n", text);
	ASSERT_EQ(0, read_kernel("policy/svn", text, sizeof(text)));
	EXPECT_STREQ("5\n", text);
	ASSERT_EQ(0, read_kernel("policy/subjects", text, sizeof(text)));
	EXPECT_STREQ("uvm uvm\ncontainer c\n", text);
	fd = open(SECURITYFS "/policy/table", O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, fd);
	EXPECT_EQ((ssize_t)self->length, read(fd, copy, self->length));
	EXPECT_EQ(0, memcmp(copy, self->bytes, self->length));
	EXPECT_EQ(0, read(fd, copy, self->length));
	close(fd);
	free(copy);

	/* It is never replaced. */
	EXPECT_EQ(-EEXIST, load(self->bytes, self->length));
	ASSERT_EQ(0, read_kernel("policy/name", text, sizeof(text)));
	EXPECT_STREQ("loaded\n", text);
}

TEST_HARNESS_MAIN
