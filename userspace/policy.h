/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A policy between its source and its table: what every front end makes and
 * the compiler takes.
 */

#ifndef _MANDATE_POLICY_H
#define _MANDATE_POLICY_H

#include "../lsm/core/table.h"
#include "arena.h"
#include "error.h"

/**
 * enum mnd_matching - How a string is matched
 *
 * @MND_MATCHING_ANY: Not at all.
 * @MND_MATCHING_EXACT: It must be equal.
 * @MND_MATCHING_RE2: The whole of it must match a regular expression.
 */
enum mnd_matching {
	MND_MATCHING_ANY,
	MND_MATCHING_EXACT,
	MND_MATCHING_RE2,
};

/**
 * struct mnd_place - A place in a source
 *
 * @line: Line, counted from 1.
 * @column: Column in bytes, counted from 1.
 */
struct mnd_place {
	unsigned int line;
	unsigned int column;
};

/**
 * struct mnd_match_rule - What one string must be
 *
 * @matching: How.
 * @text: String or expression, terminated; without a NUL inside.
 * @length: Of @text, in bytes.
 * @place: Where it was written.
 */
struct mnd_match_rule {
	enum mnd_matching matching;
	const char *text;
	size_t length;
	struct mnd_place place;
};

/**
 * struct mnd_process_rule - A process that is allowed
 *
 * @argv: Its arguments.
 * @argc: How many.
 * @file: The path that is executed.
 * @flags: MND_ROLE_* and MND_PROCESS_*.
 * @signals: As in struct mnd_process.
 * @place: Where it was written.
 */
struct mnd_process_rule {
	struct mnd_match_rule *argv;
	size_t argc;
	struct mnd_match_rule file;
	u32 flags;
	u64 signals;
	struct mnd_place place;
};

/**
 * struct mnd_mount_rule - A mount that is allowed
 *
 * @type: Filesystem type, or "bind".
 * @source: Device name or bound path.
 * @target: Mount point.
 * @flags: MND_MOUNT_*.
 * @place: Where it was written.
 */
struct mnd_mount_rule {
	const char *type;
	struct mnd_match_rule source;
	struct mnd_match_rule target;
	u32 flags;
	struct mnd_place place;
};

/**
 * struct mnd_subject_source - A container, or the UVM
 *
 * @name: Name, terminated.
 * @class: What may be executed.
 * @flags: MND_SUBJECT_*.
 * @processes: Process rules.
 * @process_count: How many.
 * @mounts: Mount rules.
 * @mount_count: How many.
 * @place: Where it was written.
 */
struct mnd_subject_source {
	const char *name;
	enum mnd_class class;
	u32 flags;
	struct mnd_process_rule *processes;
	size_t process_count;
	struct mnd_mount_rule *mounts;
	size_t mount_count;
	struct mnd_place place;
};

/**
 * struct mnd_policy_source - A policy
 *
 * @arena: Owns all of it.
 * @name: Name, terminated.
 * @svn: Security version number.
 * @uvm: The guest itself.
 * @containers: Containers, in the order of the source.
 * @container_count: How many.
 */
struct mnd_policy_source {
	struct mnd_arena arena;
	const char *name;
	u64 svn;
	struct mnd_subject_source uvm;
	struct mnd_subject_source *containers;
	size_t container_count;
};

/* policy.c */
bool mnd_is_name(const char *text, size_t length);
int mnd_policy_read(const char *text, size_t length,
		    struct mnd_policy_source *policy, struct mnd_error *error);
void mnd_policy_release(struct mnd_policy_source *policy);

#endif /* _MANDATE_POLICY_H */
