/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the program that makes the root file system and the one that is
 * measured in it have agreed upon, and what both need.
 */

#ifndef _MANDATE_BENCH_LAYOUT_H
#define _MANDATE_BENCH_LAYOUT_H

#include "../../lsm/core/deps.h"

/* In the root that is measured. */
#define BENCH "/bin/bench"
#define CHILD "/bin/child"
#define DEEP "/d1/d2/d3/d4/d5"
#define DEEP_CHILD DEEP "/child"
#define DEEP_FILE DEEP "/file"
#define OPTIONS "/options"
#define TARGET "/mnt"

/* Mounts that the measured program sees. */
#define MOUNTS 4

/* Its ends of two pipes, inherited: a byte is a step. */
#define TELL_FD 3
#define WAIT_FD 4

/**
 * enum mnd_descendants - What the container may execute
 *
 * @MND_DESCENDANTS_NONE: There is no container.
 * @MND_DESCENDANTS_LISTED: What a rule lists.
 * @MND_DESCENDANTS_ANY: Anything.
 */
enum mnd_descendants {
	MND_DESCENDANTS_NONE,
	MND_DESCENDANTS_LISTED,
	MND_DESCENDANTS_ANY,
};

/**
 * struct mnd_options - What a configuration claims to be
 *
 * @patched: The kernel has the series and the module.
 * @enforcing: The module enforces; otherwise it is off, or not there.
 * @loaded: A policy is loaded.
 * @own_namespace: What is measured runs in a mount namespace of its own, not
 *	in that of the guest.
 * @descendants: What is measured runs in a container, with these.
 */
struct mnd_options {
	bool patched;
	bool enforcing;
	bool loaded;
	bool own_namespace;
	enum mnd_descendants descendants;
};

__must_check int mnd_read_options(const char *path,
				  struct mnd_options *options);
__must_check bool mnd_control(const char *name, int got, int wanted);
__must_check int mnd_step(int fd);
__must_check int mnd_await(int fd);

#endif /* _MANDATE_BENCH_LAYOUT_H */
