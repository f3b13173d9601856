/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The decisions: may one of these subjects do this?  Pure functions of a
 * verified table, a set of candidates and the facts of a request; whoever
 * calls them keeps the state and writes the records.
 */

#ifndef _MANDATE_CORE_DECIDE_H
#define _MANDATE_CORE_DECIDE_H

#include "table.h"

/* No subject, or no rule. */
#define MND_NONE 0xffffffffU

/**
 * enum mnd_dimension - What of a request a rule did not allow
 *
 * @MND_DIMENSION_NONE: Nothing; the request is allowed.
 * @MND_DIMENSION_SUBJECT: No candidate is left that could be asked.
 * @MND_DIMENSION_PROCESS: No candidate has a process rule for this way of
 *	starting one.
 * @MND_DIMENSION_ARGV: One argument.
 * @MND_DIMENSION_ARGC: The number of arguments.
 * @MND_DIMENSION_FILE: The file that is executed.
 * @MND_DIMENSION_MEASURED: The file is not on the measured root.
 * @MND_DIMENSION_NO_NEW_PRIVS: The process could gain privileges.
 * @MND_DIMENSION_STDIO: The process has standard streams.
 * @MND_DIMENSION_USER: Its user.
 * @MND_DIMENSION_GROUPS: One of its groups.
 * @MND_DIMENSION_UMASK: Its umask.
 * @MND_DIMENSION_CAPABILITIES: Its capabilities.
 * @MND_DIMENSION_SECCOMP: Its seccomp filters.
 * @MND_DIMENSION_CWD: Its working directory.
 * @MND_DIMENSION_ENVIRONMENT: Its environment.
 * @MND_DIMENSION_OPERATION: No mount rule allows such an operation at all.
 * @MND_DIMENSION_TYPE: Filesystem type.
 * @MND_DIMENSION_SOURCE: Source of a mount.
 * @MND_DIMENSION_TARGET: Mount point.
 * @MND_DIMENSION_OPTIONS: The mount lacks a restrictive option.
 * @MND_DIMENSION_SIGNAL: Signal number.
 * @MND_DIMENSION_OUTSIDER: The task joined from outside.
 * @MND_DIMENSION_NAMESPACE: The mount namespace that a task would be in.
 * @MND_DIMENSION_DETACHED: The file's mount is not attached here.
 * @MND_DIMENSION_ROOT: The task's root is not the container's root.
 * @MND_DIMENSION_SHARED: Another task shares the task's root directory.
 * @MND_DIMENSION_TRACED: Another task traces the task.
 * @MND_DIMENSION_POLICY: There is no policy yet.
 * @__MND_DIMENSION_MAX: Number of dimensions.
 */
enum mnd_dimension {
	MND_DIMENSION_NONE,
	MND_DIMENSION_SUBJECT,
	MND_DIMENSION_PROCESS,
	MND_DIMENSION_ARGV,
	MND_DIMENSION_ARGC,
	MND_DIMENSION_FILE,
	MND_DIMENSION_MEASURED,
	MND_DIMENSION_NO_NEW_PRIVS,
	MND_DIMENSION_STDIO,
	MND_DIMENSION_USER,
	MND_DIMENSION_GROUPS,
	MND_DIMENSION_UMASK,
	MND_DIMENSION_CAPABILITIES,
	MND_DIMENSION_SECCOMP,
	MND_DIMENSION_CWD,
	MND_DIMENSION_ENVIRONMENT,
	MND_DIMENSION_OPERATION,
	MND_DIMENSION_TYPE,
	MND_DIMENSION_SOURCE,
	MND_DIMENSION_TARGET,
	MND_DIMENSION_OPTIONS,
	MND_DIMENSION_SIGNAL,
	MND_DIMENSION_OUTSIDER,
	MND_DIMENSION_NAMESPACE,
	MND_DIMENSION_DETACHED,
	MND_DIMENSION_ROOT,
	MND_DIMENSION_SHARED,
	MND_DIMENSION_TRACED,
	MND_DIMENSION_POLICY,
	__MND_DIMENSION_MAX,
};

/**
 * struct mnd_verdict - What was decided, and why
 *
 * @dimension: %MND_DIMENSION_NONE if allowed, otherwise the dimension that
 *	the nearest rule failed in: the one that got furthest.
 * @index: For %MND_DIMENSION_ARGV the number of the argument, from 0, and for
 *	%MND_DIMENSION_ENVIRONMENT that of the string, or %MND_NONE.
 * @subject: Subject of @rule; %MND_NONE if no candidate was left.
 * @rule: The rule that allowed, or the nearest that did not; a process or a
 *	mount rule after the kind of request; %MND_NONE if there was none.
 * @want: What @rule wanted: a matcher, or MND_MOUNT_* for
 *	%MND_DIMENSION_OPTIONS, or a count for %MND_DIMENSION_ARGC;
 *	%MND_MATCH_ANY where nothing can be said.  For
 *	%MND_DIMENSION_ENVIRONMENT without a wrong string it is what a string
 *	that is missing had to be like.
 * @signals: Of an allowed exec: signals that may be sent from outside.
 * @keep_signals: Of an allowed exec: the task keeps the signals it had.
 */
struct mnd_verdict {
	enum mnd_dimension dimension;
	u32 index;
	u32 subject;
	u32 rule;
	u32 want;
	u64 signals;
	bool keep_signals;
};

/**
 * struct mnd_candidates - The subjects that an instance can still be
 *
 * @words: Bit s % 64 of word s / 64 stands for subject s.
 * @count: Number of words; mnd_candidate_words() of the table.
 */
struct mnd_candidates {
	u64 *words;
	u32 count;
};

/**
 * struct mnd_environment - Strings of an environment
 *
 * @strings: The strings one after the other, each ended by a NUL.
 * @count: Number of strings.
 */
struct mnd_environment {
	const char *strings;
	u32 count;
};

/* struct mnd_process_facts.known */
#define MND_FACT_ENVIRONMENT 1U
#define MND_FACT_CWD 2U
#define MND_FACT_USER 4U
#define MND_FACT_GROUPS 8U
#define MND_FACT_UMASK 16U
#define MND_FACT_CAPABILITIES 32U
#define MND_FACT_NO_NEW_PRIVS 64U
#define MND_FACT_STDIO 128U
#define MND_FACT_FILTERS 256U

/**
 * struct mnd_process_facts - What a process is like, apart from its arguments
 *
 * All zero: nothing is known.
 *
 * @known: MND_FACT_*: which of the others are valid.
 * @environment: Environment.
 * @scratch: mnd_scratch_words() of the table; needed for @environment.
 * @cwd: Working directory; NULL if it has no path that could be told.
 * @user: Number of the user.
 * @user_name: Name of the user, or NULL if no names are known.
 * @groups: Numbers of the groups.
 * @group_names: Names of the groups, or NULL if no names are known.
 * @group_count: Number of groups.
 * @umask: Umask, four octal digits.
 * @capabilities: Capability sets, by enum mnd_capability_set.
 * @no_new_privs: It cannot gain privileges by an exec.
 * @stdio: One of the descriptors 0 to 2 is something else than /dev/null.
 * @filters: Digests of its seccomp filters, the newest first.
 * @filter_count: Number of filters.
 */
struct mnd_process_facts {
	u32 known;
	struct mnd_environment environment;
	u64 *scratch;
	const char *cwd;
	u32 user;
	const char *user_name;
	const u32 *groups;
	const char *const *group_names;
	u32 group_count;
	const char *umask;
	u64 capabilities[__MND_CAPABILITY_SET_MAX];
	bool no_new_privs;
	bool stdio;
	const u8 (*filters)[MND_HASH_SIZE];
	u32 filter_count;
};

/**
 * struct mnd_exec_request - The facts of an exec
 *
 * @role: One of MND_ROLE_*: who executes.
 * @args: The arguments one after the other, each ended by a NUL.
 * @size: Bytes of @args that may be read, at least all arguments.
 * @argc: Number of arguments.
 * @name: The path as the caller gave it.
 * @file: The path that it led to, from the caller's root; NULL if the file
 *	has no path there.
 * @measured: Whether the file is on the measured root.
 * @facts: What else is known of the process.
 */
struct mnd_exec_request {
	u32 role;
	const char *args;
	u32 size;
	u32 argc;
	const char *name;
	const char *file;
	bool measured;
	struct mnd_process_facts facts;
};

/* struct mnd_mount_request.known: facts that this stage can tell */
#define MND_KNOWN_SOURCE 1U
#define MND_KNOWN_TARGET 2U
#define MND_KNOWN_OPTIONS 4U

/**
 * struct mnd_mount_request - The facts of a mount operation
 *
 * @operation: One of MND_MOUNT_NEW, BIND, REMOUNT, UMOUNT; several if it is
 *	not known yet which; 0 for what no rule can allow.
 * @phase: MND_MOUNT_SETUP or MND_MOUNT_RUN.
 * @known: MND_KNOWN_*: what to compare; the rest is asked at another stage.
 * @type: Filesystem type, or "bind"; NULL if not known yet.
 * @source: Device name or bound path; NULL if it has none that could be told,
 *	then only a rule that takes any source allows it.
 * @target: Path of the mount point; NULL as for @source.
 * @options: MND_MOUNT_RO and so on that the mount has.
 */
struct mnd_mount_request {
	u32 operation;
	u32 phase;
	u32 known;
	const char *type;
	const char *source;
	const char *target;
	u32 options;
};

/**
 * mnd_decide_signal - Decide on a signal from outside
 *
 * @signals: What the target was allowed at its exec: struct
 *	mnd_verdict.signals.
 * @signal: Signal number; 0 is no signal and never in the list.
 *
 * Return: Whether @signal may be sent.
 */
static inline bool mnd_decide_signal(const u64 signals, const int signal)
{
	return signal >= 1 && signal <= (int)MND_SIGNAL_MAX &&
	       (signals >> (signal - 1) & 1);
}

/* candidates.c */
u32 mnd_candidate_words(const struct mnd_table *table);
void mnd_candidates_one(struct mnd_candidates *set, u32 subject);
u32 mnd_next_candidate(const struct mnd_candidates *set, u32 subject);
bool mnd_has_listed(const struct mnd_table *table,
		    const struct mnd_candidates *set);
u32 mnd_find_container(const struct mnd_table *table, const char *name);

/* decide_exec.c */
bool mnd_decide_exec(const struct mnd_table *table,
		     const struct mnd_candidates *candidates,
		     const struct mnd_exec_request *request,
		     struct mnd_candidates *survivors,
		     struct mnd_verdict *verdict);
bool mnd_decide_file(const struct mnd_table *table,
		     const struct mnd_candidates *candidates, bool measured,
		     struct mnd_verdict *verdict);

/* decide_mount.c */
bool mnd_decide_mount(const struct mnd_table *table,
		      const struct mnd_candidates *candidates,
		      const struct mnd_mount_request *request,
		      struct mnd_verdict *verdict);

/* dimension.c */
const char *mnd_dimension_name(enum mnd_dimension dimension);

#endif /* _MANDATE_CORE_DECIDE_H */
