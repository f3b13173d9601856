/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Denials: counting them, recording them, and what they do.
 */

#ifndef _SECURITY_MANDATE_AUDIT_H
#define _SECURITY_MANDATE_AUDIT_H

#include <linux/types.h>

#include "core/decide.h"

struct mandate_domain;
struct mandate_policy;
struct seq_file;

/**
 * enum mandate_operation - What a task wanted to do
 *
 * @MANDATE_OPERATION_EXEC: Execute a program.
 * @MANDATE_OPERATION_MAP: Map a file as code.
 * @MANDATE_OPERATION_SUPERBLOCK: Create or reconfigure a superblock.
 * @MANDATE_OPERATION_MOUNT: Mount something new.
 * @MANDATE_OPERATION_BIND: Mount something that is mounted.
 * @MANDATE_OPERATION_DETACH: Make a mount that is not attached.
 * @MANDATE_OPERATION_MOVE: Move or attach a mount.
 * @MANDATE_OPERATION_REMOUNT: Change the options of a mount.
 * @MANDATE_OPERATION_PROPAGATION: Change the propagation of a mount.
 * @MANDATE_OPERATION_UMOUNT: Unmount something.
 * @MANDATE_OPERATION_PIVOT_ROOT: Exchange the root.
 * @MANDATE_OPERATION_SETNS: Join a mount namespace.
 * @MANDATE_OPERATION_SIGNAL: Send a signal.
 * @MANDATE_OPERATION_PTRACE: Look into or control another task.
 * @MANDATE_OPERATION_WRITE: Write to a file that runs as measured code.
 * @__MANDATE_OPERATION_MAX: Number of operations.
 */
enum mandate_operation {
	MANDATE_OPERATION_EXEC,
	MANDATE_OPERATION_MAP,
	MANDATE_OPERATION_SUPERBLOCK,
	MANDATE_OPERATION_MOUNT,
	MANDATE_OPERATION_BIND,
	MANDATE_OPERATION_DETACH,
	MANDATE_OPERATION_MOVE,
	MANDATE_OPERATION_REMOUNT,
	MANDATE_OPERATION_PROPAGATION,
	MANDATE_OPERATION_UMOUNT,
	MANDATE_OPERATION_PIVOT_ROOT,
	MANDATE_OPERATION_SETNS,
	MANDATE_OPERATION_SIGNAL,
	MANDATE_OPERATION_PTRACE,
	MANDATE_OPERATION_WRITE,
	__MANDATE_OPERATION_MAX,
};

/**
 * struct mandate_denial - A denial that is about to happen
 *
 * @operation: What current wanted.
 * @error: Negative errno that it gets.
 * @domain: Domain whose rules were asked.
 * @layer: Domain whose policy denied; NULL if no policy was asked.
 * @verdict: What the engine said.
 * @got: What the request had where @verdict failed, or NULL; any bytes.
 * @got_size: Of @got, in bytes.
 * @path: File or mount point that it was about, or NULL.
 * @quiet: Count it, but make no record.
 */
struct mandate_denial {
	enum mandate_operation operation;
	int error;
	const struct mandate_domain *domain;
	const struct mandate_domain *layer;
	const struct mnd_verdict *verdict;
	const char *got;
	size_t got_size;
	const char *path;
	bool quiet;
};

__must_check int mandate_deny(const struct mandate_denial *denial);
__must_check int mandate_deny_because(enum mandate_operation operation,
				      enum mnd_dimension dimension, int error);
__must_check int mandate_cannot_judge(int error);
void mandate_audit_policy(const struct mandate_policy *policy,
			  const struct mandate_domain *domain);
void mandate_audit_reject(int error, const char *reason, u32 offset);
void mandate_audit_domain(const char *event,
			  const struct mandate_domain *domain,
			  const char *container);
void mandate_audit_show_denials(struct seq_file *file);
int mandate_audit_init(void);

#endif /* _SECURITY_MANDATE_AUDIT_H */
