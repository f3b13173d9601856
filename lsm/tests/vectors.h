/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Requests to the policy of vector_table.h and the answers they must get.  The
 * KUnit test and the test in user space include the same file, and both print
 * the digest of all verdicts.
 */

#ifndef _MANDATE_TESTS_VECTORS_H
#define _MANDATE_TESTS_VECTORS_H

#include "../core/decide.h"
#include "../core/verify.h"
#include "vector_table.h"

/* Arguments one after the other; the string's own NUL ends the last. */
#define ARGS(text, number) \
	.args = (text), .size = sizeof(text), .argc = (number)

struct exec_vector {
	const char *container; /* NULL: the UVM */
	struct mnd_exec_request request;
	enum mnd_dimension dimension;
	u32 index;
	u64 signals;
};

struct mount_vector {
	const char *container;
	struct mnd_mount_request request;
	enum mnd_dimension dimension;
};

/* Of a signal, in a set of them. */
#define BIT_OF(number) (0x8000000000000000ULL >> (64 - (number)))

static const struct exec_vector exec_vectors[] = {
	/* The entry process. */
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "/usr/sbin/nginx" },
	  MND_DIMENSION_NONE,
	  0,
	  BIT_OF(1) | BIT_OF(3) | BIT_OF(15) | BIT_OF(64) },
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g\0daemon off", 3),
	    .name = "/usr/sbin/nginx" },
	  MND_DIMENSION_ARGV,
	  2 },
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g", 2), .name = "/usr/sbin/nginx" },
	  MND_DIMENSION_ARGC,
	  2 },
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g\0daemon off;\0", 4),
	    .name = "/usr/sbin/nginx" },
	  MND_DIMENSION_ARGC,
	  3 },
	/* argv[0] says which file. */
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "/usr/bin/sh" },
	  MND_DIMENSION_FILE,
	  3 },
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "/tmp/nginx" },
	  MND_DIMENSION_FILE,
	  3 },
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "nginx" },
	  MND_DIMENSION_FILE,
	  3 },
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "/usr/sbin/x/nginx" },
	  MND_DIMENSION_FILE,
	  3 },
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "/usr/sbin/" },
	  MND_DIMENSION_FILE,
	  3 },
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "/dev/fd/3" },
	  MND_DIMENSION_FILE,
	  3 },
	/* An exec process is no entry, and the entry no exec process. */
	{ "web",
	  { MND_ROLE_ENTRY, ARGS("/bin/health\0--port=80\0", 3),
	    .name = "/bin/health" },
	  MND_DIMENSION_ARGV,
	  0 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "/usr/sbin/nginx" },
	  MND_DIMENSION_ARGV,
	  0 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("/bin/health\0--port=80\0", 3),
	    .name = "/bin/health" },
	  MND_DIMENSION_NONE,
	  0,
	  BIT_OF(9) },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("/bin/health\0--port=65536\0any at all", 3),
	    .name = "/bin/health" },
	  MND_DIMENSION_NONE,
	  0,
	  BIT_OF(9) },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("/bin/health\0--port=655360\0", 3),
	    .name = "/bin/health" },
	  MND_DIMENSION_ARGV,
	  1 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("/bin/health\0--port=\0", 3),
	    .name = "/bin/health" },
	  MND_DIMENSION_ARGV,
	  1 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("/bin/health\0 --port=80\0", 3),
	    .name = "/bin/health" },
	  MND_DIMENSION_ARGV,
	  1 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("/bin/health\0--port=80\n\0", 3),
	    .name = "/bin/health" },
	  MND_DIMENSION_ARGV,
	  1 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("/bin/health\0--port=80\0", 3),
	    .name = "/bin/../bin/health" },
	  MND_DIMENSION_FILE,
	  3 },
	/* A rule with a file of its own. */
	{ "web",
	  { MND_ROLE_EXEC, ARGS("sh\0-c\0OK", 3), .name = "/x",
	    .file = "/usr/bin/dash" },
	  MND_DIMENSION_NONE,
	  0,
	  0 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("sh\0-c\0oK", 3), .name = "/bin/sh",
	    .file = "/usr/bin/zsh" },
	  MND_DIMENSION_FILE,
	  3 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("sh\0-c\0ok", 3), .name = "/bin/sh" },
	  MND_DIMENSION_FILE,
	  3 },
	/* The Kelvin sign is a k, whatever its case. */
	{ "web",
	  { MND_ROLE_EXEC, ARGS("sh\0-c\0o\342\204\252", 3), .name = "/bin/sh",
	    .file = "/bin/sh" },
	  MND_DIMENSION_NONE,
	  0,
	  0 },
	/* An alternative is anchored as the others are. */
	{ "web",
	  { MND_ROLE_EXEC, ARGS("sh\0-c\0okay", 3), .name = "/bin/sh",
	    .file = "/bin/sh" },
	  MND_DIMENSION_ARGV,
	  2 },
	/* U+00E9, in capitals too, and then any one rune; no stray bytes. */
	{ "web",
	  { MND_ROLE_EXEC, ARGS("sh\0-c\0\303\211\342\202\254", 3),
	    .name = "/bin/sh", .file = "/bin/sh" },
	  MND_DIMENSION_NONE,
	  0,
	  0 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("sh\0-c\0\303\251\377", 3), .name = "/bin/sh",
	    .file = "/bin/sh" },
	  MND_DIMENSION_ARGV,
	  2 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("sh\0-c\0\351x", 3), .name = "/bin/sh",
	    .file = "/bin/sh" },
	  MND_DIMENSION_ARGV,
	  2 },
	/* Inside: whatever has a rule. */
	{ "web",
	  { MND_ROLE_INSIDE, ARGS("/usr/bin/logrotate", 1),
	    .name = "/usr/bin/logrotate" },
	  MND_DIMENSION_NONE,
	  0,
	  0 },
	{ "web",
	  { MND_ROLE_INSIDE, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "/sbin/nginx" },
	  MND_DIMENSION_NONE,
	  0,
	  BIT_OF(1) | BIT_OF(3) | BIT_OF(15) | BIT_OF(64) },
	{ "web",
	  { MND_ROLE_INSIDE, ARGS("/usr/bin/id", 1), .name = "/usr/bin/id",
	    .measured = true },
	  MND_DIMENSION_ARGV,
	  0 },
	{ "web",
	  { MND_ROLE_EXEC, ARGS("/usr/bin/logrotate", 1),
	    .name = "/usr/bin/logrotate" },
	  MND_DIMENSION_ARGV,
	  0 },
	/* A container that may run anything, but starts with one thing. */
	{ "batch",
	  { MND_ROLE_INSIDE, ARGS("", 1), .name = "x" },
	  MND_DIMENSION_NONE,
	  0,
	  0 },
	{ "batch",
	  { MND_ROLE_ENTRY, ARGS("/bin/batch", 1), .name = "/bin/batch" },
	  MND_DIMENSION_NONE,
	  0,
	  0 },
	{ "batch",
	  { MND_ROLE_ENTRY, ARGS("", 1), .name = "/bin/batch" },
	  MND_DIMENSION_ARGV,
	  0 },
	{ "batch",
	  { MND_ROLE_EXEC, ARGS("/bin/batch", 1), .name = "/bin/batch" },
	  MND_DIMENSION_PROCESS,
	  0 },
	/* The UVM. */
	{ NULL,
	  { MND_ROLE_INSIDE, ARGS("/usr/bin/agent\0--log=debug", 2),
	    .name = "/usr/bin/agent" },
	  MND_DIMENSION_NONE,
	  0,
	  0 },
	{ NULL,
	  { MND_ROLE_INSIDE, ARGS("/usr/bin/agent\0--log=DEBUG", 2),
	    .name = "/usr/bin/agent" },
	  MND_DIMENSION_ARGV,
	  1 },
	{ NULL,
	  { MND_ROLE_ENTRY, ARGS("/usr/bin/agent\0--log=debug", 2),
	    .name = "/usr/bin/agent" },
	  MND_DIMENSION_PROCESS,
	  0 },
	/* What an agent starts outside of containers is nothing else's rule. */
	{ NULL,
	  { MND_ROLE_EXTERNAL, ARGS("/usr/bin/agent\0--log=debug", 2),
	    .name = "/usr/bin/agent" },
	  MND_DIMENSION_ARGV,
	  0 },
	{ "web",
	  { MND_ROLE_EXTERNAL, ARGS("nginx\0-g\0daemon off;", 3),
	    .name = "/usr/sbin/nginx" },
	  MND_DIMENSION_PROCESS,
	  0 },
	/* An argument that none can be. */
	{ "never",
	  { MND_ROLE_EXEC, ARGS("", 1), .name = "/bin/argument",
	    .file = "/bin/argument" },
	  MND_DIMENSION_ARGV,
	  0 },
	/* A container of verified files, whatever their arguments. */
	{ "bare",
	  { MND_ROLE_INSIDE, ARGS("x", 1), .name = "/x", .measured = true },
	  MND_DIMENSION_NONE,
	  0,
	  0 },
	{ "bare",
	  { MND_ROLE_INSIDE, ARGS("x", 1), .name = "/x" },
	  MND_DIMENSION_MEASURED,
	  0 },
	/* ... in which nothing can be started. */
	{ "bare",
	  { MND_ROLE_ENTRY, ARGS("x", 1), .name = "/x", .measured = true },
	  MND_DIMENSION_PROCESS,
	  0 },
	{ "bare",
	  { MND_ROLE_EXEC, ARGS("x", 1), .name = "/x", .measured = true },
	  MND_DIMENSION_PROCESS,
	  0 },
	/* Nobody: there is no such container. */
	{ "none",
	  { MND_ROLE_ENTRY, ARGS("/bin/batch", 1), .name = "/bin/batch" },
	  MND_DIMENSION_SUBJECT,
	  0 },
};

#define ALL (MND_KNOWN_SOURCE | MND_KNOWN_TARGET | MND_KNOWN_OPTIONS)
#define SAFE (MND_MOUNT_NOSUID | MND_MOUNT_NODEV)

static const struct mount_vector mount_vectors[] = {
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "tmpfs", "scratch", "/var/tmp/a",
	    SAFE },
	  MND_DIMENSION_NONE },
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "tmpfs", "scratch", "/var/tmp/a",
	    SAFE | MND_MOUNT_RO },
	  MND_DIMENSION_NONE },
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "tmpfs", "scratch", "/var/tmp/a",
	    MND_MOUNT_NOSUID },
	  MND_DIMENSION_OPTIONS },
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "tmpfs", "scratch",
	    "/var/tmp/a/b", SAFE },
	  MND_DIMENSION_TARGET },
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "tmpfs", "scratch", NULL, SAFE },
	  MND_DIMENSION_TARGET },
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "tmpfs", "other", "/var/tmp/a",
	    SAFE },
	  MND_DIMENSION_SOURCE },
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "tmpfs", NULL, "/var/tmp/a",
	    SAFE },
	  MND_DIMENSION_SOURCE },
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "ext4", "scratch", "/var/tmp/a",
	    SAFE },
	  MND_DIMENSION_TYPE },
	{ "web",
	  { MND_MOUNT_REMOUNT, MND_MOUNT_RUN,
	    MND_KNOWN_TARGET | MND_KNOWN_OPTIONS, NULL, NULL, "/var/tmp/a",
	    SAFE },
	  MND_DIMENSION_NONE },
	{ "web",
	  { MND_MOUNT_REMOUNT, MND_MOUNT_RUN,
	    MND_KNOWN_TARGET | MND_KNOWN_OPTIONS, NULL, NULL, "/var/tmp/a", 0 },
	  MND_DIMENSION_OPTIONS },
	{ "web",
	  { MND_MOUNT_UMOUNT, MND_MOUNT_RUN, MND_KNOWN_TARGET, NULL, NULL,
	    "/var/tmp/a", 0 },
	  MND_DIMENSION_NONE },
	{ "web",
	  { MND_MOUNT_UMOUNT, MND_MOUNT_RUN, MND_KNOWN_TARGET, NULL, NULL,
	    "/proc", 0 },
	  MND_DIMENSION_TARGET },
	/* What the runtime mounted, the container cannot mount again. */
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_SETUP, ALL, "proc", "proc", "/proc", 0 },
	  MND_DIMENSION_NONE },
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "proc", "proc", "/proc", 0 },
	  MND_DIMENSION_TYPE },
	/* A superblock has no target yet. */
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_SETUP, 0, "mqueue", NULL, NULL, 0 },
	  MND_DIMENSION_NONE },
	{ "web",
	  { MND_MOUNT_NEW, MND_MOUNT_SETUP, 0, "9p", NULL, NULL, 0 },
	  MND_DIMENSION_TYPE },
	{ "web",
	  { MND_MOUNT_BIND, MND_MOUNT_RUN, ALL, "bind", "/srv/data", "/data",
	    MND_MOUNT_RO },
	  MND_DIMENSION_NONE },
	{ "web",
	  { MND_MOUNT_BIND, MND_MOUNT_RUN, ALL, "bind", "/srv/data2", "/data",
	    MND_MOUNT_RO },
	  MND_DIMENSION_SOURCE },
	{ "web",
	  { MND_MOUNT_BIND, MND_MOUNT_SETUP, ALL, "bind", "/srv/data", "/data",
	    MND_MOUNT_RO },
	  MND_DIMENSION_OPERATION },
	/* What no rule can allow. */
	{ "web",
	  { 0, MND_MOUNT_RUN, MND_KNOWN_TARGET, NULL, NULL, "/var/tmp/a", 0 },
	  MND_DIMENSION_OPERATION },
	{ "batch",
	  { MND_MOUNT_NEW, MND_MOUNT_RUN, ALL, "tmpfs", "t", "/t", SAFE },
	  MND_DIMENSION_OPERATION },
	{ NULL,
	  { MND_MOUNT_NEW, MND_MOUNT_SETUP, ALL, "sysfs", "none", "/x", 0 },
	  MND_DIMENSION_NONE },
	{ NULL,
	  { MND_MOUNT_NEW, MND_MOUNT_SETUP, ALL, "ext4", "/dev/vda",
	    "/run/layers", MND_MOUNT_RO | MND_MOUNT_NODEV },
	  MND_DIMENSION_NONE },
	{ NULL,
	  { MND_MOUNT_NEW, MND_MOUNT_SETUP, ALL, "ext4", "/dev/sda",
	    "/run/layers", MND_MOUNT_RO | MND_MOUNT_NODEV },
	  MND_DIMENSION_SOURCE },
	{ "none",
	  { MND_MOUNT_NEW, MND_MOUNT_SETUP, ALL, "sysfs", "none", "/x", 0 },
	  MND_DIMENSION_SUBJECT },
};

#undef ALL
#undef SAFE

/* The set that a vector is asked with; one word is enough for the policy. */
static inline struct mnd_candidates
vector_candidates(const struct mnd_table *const table,
		  const char *const container, u64 *const word)
{
	struct mnd_candidates set = { .words = word, .count = 1 };
	u32 subject = 0;

	if (container)
		subject = mnd_find_container(table, container);
	mnd_candidates_one(&set, subject);
	return set;
}

/* FNV-1a over the numbers that make up a verdict. */
static inline u64 add_verdict(u64 digest, const struct mnd_verdict *const v)
{
	const u64 numbers[] = { v->dimension,	v->index, v->subject,
				v->rule,	v->want,  v->signals,
				v->keep_signals };
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		for (j = 0; j < 64; j += 8)
			digest = (digest ^ (u8)(numbers[i] >> j)) *
				 0x100000001b3ULL;
	return digest;
}

#endif /* _MANDATE_TESTS_VECTORS_H */
