/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The request machine: answers what a guest agent asks its policy about, as
 * hcsshim's Rego engine does, from compiled tables.  It remembers what was
 * allowed.  It has no global state, prints nothing, and is not for several
 * threads at a time.
 */

#ifndef _MANDATE_MACHINE_H
#define _MANDATE_MACHINE_H

#include "../import/source.h"

/* Limits.  They bound what whoever asks can cost. */
#define MND_MACHINE_LIST_MAX 65536 /* items of a list in a request */
#define MND_MACHINE_STATE_MAX (64U << 20) /* bytes of what is remembered */
#define MND_MACHINE_TABLE_MAX 1024 /* policy and fragments together */
#define MND_MACHINE_CHOICE_MAX 1048576 /* containers, times platforms */
#define MND_MACHINE_DEFAULT_MAX 4096 /* mounts that an agent adds */

struct mnd_machine;

/**
 * enum mnd_reason - Why a request is denied
 *
 * @MND_REASON_NONE: It is not.
 * @MND_REASON_POLICY: The policy never allows such a request.
 * @MND_REASON_LIMIT: Too much would have to be remembered.
 * @MND_REASON_TARGET: Nothing may be mounted at this place.
 * @MND_REASON_BUSY: Something is mounted there.
 * @MND_REASON_NOT_MOUNTED: Nothing is mounted there.
 * @MND_REASON_HASH: No container has such a layer.
 * @MND_REASON_PLAIN: What can be written must be encrypted.
 * @MND_REASON_FORMAT: The filesystem must be made anew.
 * @MND_REASON_FILESYSTEM: Not such a filesystem.
 * @MND_REASON_LAYERS: No container has these layers, in this order.
 * @MND_REASON_OVERLAY: The container has its overlay already.
 * @MND_REASON_CONTAINER: There are several containers at this place.
 * @MND_REASON_STARTED: The container was made already.
 * @MND_REASON_NOT_STARTED: The container was never made.
 * @MND_REASON_CANDIDATES: Nothing is known of what the container can be.
 * @MND_REASON_COMMAND: Arguments.
 * @MND_REASON_NO_NEW_PRIVS: The process could gain privileges.
 * @MND_REASON_PRIVILEGED: The container must not be privileged.
 * @MND_REASON_CWD: Working directory.
 * @MND_REASON_UMASK: Umask.
 * @MND_REASON_USER: User.
 * @MND_REASON_GROUPS: One of the groups.
 * @MND_REASON_PROFILE: Seccomp profile.
 * @MND_REASON_DEVICES: There are devices.
 * @MND_REASON_MOUNTS: One of the mounts.
 * @MND_REASON_VARIABLE: A variable that no rule allows.
 * @MND_REASON_MISSING: A variable that is required is missing.
 * @MND_REASON_VARIABLES: Several sets of variables could be kept.
 * @MND_REASON_CAPABILITIES: Capabilities.
 * @MND_REASON_NO_CAPABILITIES: No capabilities are named at all.
 * @MND_REASON_CAPABILITY_SETS: Several sets of capabilities could be kept.
 * @MND_REASON_STDIO: Candidates differ in whether there are standard streams.
 * @MND_REASON_SIGNAL: Signal.
 * @MND_REASON_ISSUER: Nothing is admitted from this issuer.
 * @MND_REASON_FEED: Nothing of this name is admitted from this issuer.
 * @MND_REASON_SVN: Security version number.
 * @MND_REASON_RECEIPT: A receipt is required.
 * @MND_REASON_SOURCE: The fragment is not understood.
 * @MND_REASON_INCLUDES: The policy admits the fragment in different ways.
 * @MND_REASON_LEDGERS: None of the ledgers is admitted.
 * @__MND_REASON_MAX: Number of reasons.
 */
enum mnd_reason {
	MND_REASON_NONE,
	MND_REASON_POLICY,
	MND_REASON_LIMIT,
	MND_REASON_TARGET,
	MND_REASON_BUSY,
	MND_REASON_NOT_MOUNTED,
	MND_REASON_HASH,
	MND_REASON_PLAIN,
	MND_REASON_FORMAT,
	MND_REASON_FILESYSTEM,
	MND_REASON_LAYERS,
	MND_REASON_OVERLAY,
	MND_REASON_CONTAINER,
	MND_REASON_STARTED,
	MND_REASON_NOT_STARTED,
	MND_REASON_CANDIDATES,
	MND_REASON_COMMAND,
	MND_REASON_NO_NEW_PRIVS,
	MND_REASON_PRIVILEGED,
	MND_REASON_CWD,
	MND_REASON_UMASK,
	MND_REASON_USER,
	MND_REASON_GROUPS,
	MND_REASON_PROFILE,
	MND_REASON_DEVICES,
	MND_REASON_MOUNTS,
	MND_REASON_VARIABLE,
	MND_REASON_MISSING,
	MND_REASON_VARIABLES,
	MND_REASON_CAPABILITIES,
	MND_REASON_NO_CAPABILITIES,
	MND_REASON_CAPABILITY_SETS,
	MND_REASON_STDIO,
	MND_REASON_SIGNAL,
	MND_REASON_ISSUER,
	MND_REASON_FEED,
	MND_REASON_SVN,
	MND_REASON_RECEIPT,
	MND_REASON_SOURCE,
	MND_REASON_INCLUDES,
	MND_REASON_LEDGERS,
	__MND_REASON_MAX,
};

/**
 * struct mnd_fact_list - Strings in a request
 *
 * @strings: Strings.
 * @count: How many.
 */
struct mnd_fact_list {
	const char *const *strings;
	size_t count;
};

/**
 * struct mnd_user_fact - A user or a group, as a request names it
 *
 * @id: Its number, in decimal.
 * @name: Its name; "" if it has none.
 */
struct mnd_user_fact {
	const char *id;
	const char *name;
};

/**
 * struct mnd_mount_fact - A mount of an OCI spec
 *
 * @source: What is mounted.
 * @destination: Where, in the container.
 * @type: Type.
 * @options: Options.
 */
struct mnd_mount_fact {
	const char *source;
	const char *destination;
	const char *type;
	struct mnd_fact_list options;
};

/**
 * struct mnd_fragment_fact - A fragment, whose signature whoever asks verified
 *
 * @issuer: Who signed it.
 * @feed: What it is called.
 * @has_header_svn: Its envelope has @header_svn.
 * @header_svn: Security version number.
 * @source: Its text.
 * @options: How to read it; NULL for Rego, as an agent gets it.
 * @svn: Security version number, if it is not in the text; or NULL.
 */
struct mnd_fragment_fact {
	const char *issuer;
	const char *feed;
	bool has_header_svn;
	long long header_svn;
	struct mnd_string_ref source;
	const struct mnd_source_options *options;
	const char *svn;
};

/**
 * struct mnd_trust_list_fact - A transparency trust list that was verified
 *
 * @issuer: Who signed it.
 * @subject: What it is called.
 * @svn: Security version number.
 * @ledgers: Ledgers that it names.
 */
struct mnd_trust_list_fact {
	const char *issuer;
	const char *subject;
	long long svn;
	struct mnd_fact_list ledgers;
};

/**
 * struct mnd_request - What an agent wants to do
 *
 * What its point does not need is all zero and not looked at.  A string that
 * is NULL counts as an empty one.
 *
 * @point: What it is about.
 * @target: Path that something is mounted at, or unmounted from.
 * @hash: Of a device: its root hash, in hexadecimal.
 * @filesystem: Of a device that can be written: type of its filesystem.
 * @encrypted: What can be written is encrypted.
 * @ensure_filesystem: The filesystem is made, if it is not there.
 * @layers: Of an overlay: paths that its layers are mounted at, the top first.
 * @container: ID of a container.
 * @sandbox: ID of its pod.
 * @arguments: Of a process.
 * @variables: Its environment.
 * @cwd: Its working directory.
 * @no_new_privs: It cannot gain privileges.
 * @user: Its user.
 * @groups: Its groups.
 * @group_count: How many.
 * @umask: Four octal digits.
 * @capabilities: Five lists by enum mnd_capability_set, or NULL.
 * @mounts: Mounts of a container.
 * @mount_count: How many.
 * @device_count: Number of its devices.
 * @privileged: It is privileged.
 * @profile: Digest of its seccomp profile, "" if it has none.
 * @is_sandbox: It is the one that holds the pod's namespaces.
 * @signal: Signal.
 * @is_init: The signal is for the first process of the container.
 * @fragment: Fragment.
 * @trust_list: Transparency trust list.
 */
struct mnd_request {
	enum mnd_point point;
	const char *target;
	const char *hash;
	const char *filesystem;
	bool encrypted;
	bool ensure_filesystem;
	struct mnd_fact_list layers;
	const char *container;
	const char *sandbox;
	struct mnd_fact_list arguments;
	struct mnd_fact_list variables;
	const char *cwd;
	bool no_new_privs;
	struct mnd_user_fact user;
	const struct mnd_user_fact *groups;
	size_t group_count;
	const char *umask;
	const struct mnd_fact_list *capabilities;
	const struct mnd_mount_fact *mounts;
	size_t mount_count;
	size_t device_count;
	bool privileged;
	const char *profile;
	bool is_sandbox;
	long long signal;
	bool is_init;
	struct mnd_fragment_fact fragment;
	struct mnd_trust_list_fact trust_list;
};

/**
 * struct mnd_reply - What the policy says
 *
 * @allowed: Whether it may be done.
 * @reason: Why not.
 * @choice: Container that it was compared with in vain, for
 *	mnd_machine_explain().
 * @index: What of the request is wrong: number of an argument, a group, a mount
 *	or a variable; of a missing variable, number of the rule; of
 *	capabilities, 64 times the set plus the capability; else %MND_NONE.
 * @variables: Of a process: numbers of the request's variables that it gets,
 *	ascending; valid until the machine is asked again.
 * @variable_count: How many.
 * @capabilities: Its capabilities, by enum mnd_capability_set.
 * @stdio: It gets its standard streams.
 */
struct mnd_reply {
	bool allowed;
	enum mnd_reason reason;
	u32 choice;
	u32 index;
	const u32 *variables;
	u32 variable_count;
	u64 capabilities[__MND_CAPABILITY_SET_MAX];
	bool stdio;
};

/* machine.c */
int mnd_machine_new(const struct mnd_table *table,
		    struct mnd_machine **machine);
void mnd_machine_free(struct mnd_machine *machine);
int mnd_machine_ask(struct mnd_machine *machine,
		    const struct mnd_request *request, struct mnd_reply *reply);
size_t mnd_machine_memory(const struct mnd_machine *machine);

/* transaction.c */
int mnd_machine_begin(struct mnd_machine *machine);
int mnd_machine_commit(struct mnd_machine *machine);
int mnd_machine_rollback(struct mnd_machine *machine);

/* defaults.c */
int mnd_machine_extend_mounts(struct mnd_machine *machine,
			      const struct mnd_mount_fact *mounts,
			      size_t count);

/* reason.c */
const char *mnd_reason_name(enum mnd_reason reason);
const char *mnd_reason_text(enum mnd_reason reason);

/* explain.c */
void mnd_machine_explain(const struct mnd_machine *machine,
			 const struct mnd_request *request,
			 const struct mnd_reply *reply, char *text,
			 size_t size);

#endif /* _MANDATE_MACHINE_H */
