/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The compiled policy: its layout in memory and on disk, and the view that
 * the verifier makes of it.  Everything is little endian and used in place;
 * records refer to each other by index, never by pointer.
 * Documentation/table-format.rst describes the same for readers.
 */

#ifndef _MANDATE_CORE_TABLE_H
#define _MANDATE_CORE_TABLE_H

#include "deps.h"

#define MND_TABLE_MAGIC "mandate\n"
#define MND_TABLE_MAGIC_SIZE 8
#define MND_TABLE_ABI 2

/* Limits of one table.  Counts are far below where a u32 index overflows. */
#define MND_TABLE_SIZE_MAX (4U << 20)
#define MND_NAME_SIZE_MAX 255U
#define MND_STRING_SIZE_MAX (128U << 10)
#define MND_ARGC_MAX 4096U
#define MND_CELL_MAX 65536U
#define MND_SUBJECT_MAX 65536U
#define MND_LIST_MAX 65536U
#define MND_SIGNAL_MAX 64U
#define MND_CAPABILITY_MAX 64U
#define MND_HASH_SIZE 32U /* SHA-256 */

/**
 * enum mnd_section - The sections of a table, in the order they lie in it
 *
 * @MND_SECTION_POLICY: One struct mnd_policy.
 * @MND_SECTION_SUBJECT: struct mnd_subject, ascending by kind, then name.
 * @MND_SECTION_PROCESS: struct mnd_process, those of a subject together.
 * @MND_SECTION_MOUNT: struct mnd_mount, those of a subject together.
 * @MND_SECTION_CONTEXT: struct mnd_context.
 * @MND_SECTION_IDENTITY: struct mnd_identity.
 * @MND_SECTION_PRINCIPAL: struct mnd_principal.
 * @MND_SECTION_CAPABILITIES: struct mnd_capabilities.
 * @MND_SECTION_VARIABLE: struct mnd_variable.
 * @MND_SECTION_VOLUME: struct mnd_volume.
 * @MND_SECTION_PLATFORM: struct mnd_platform.
 * @MND_SECTION_FRAGMENT: struct mnd_fragment.
 * @MND_SECTION_TRUST_LIST: struct mnd_trust_list.
 * @MND_SECTION_LIST: struct mnd_list; any number of records may share one.
 * @MND_SECTION_WORD: __le32: what is in the lists, one after the other.
 * @MND_SECTION_DIGEST: 32 bytes each.
 * @MND_SECTION_PATTERN: struct mnd_pattern.
 * @MND_SECTION_AUTOMATON: struct mnd_automaton.
 * @MND_SECTION_CLASS: 256 bytes an automaton: the class of each byte.
 * @MND_SECTION_CELL: __le16 transitions of all automata, premultiplied.
 * @MND_SECTION_ACCEPT: __le16 a state: index of its accept set.
 * @MND_SECTION_SET: struct mnd_span into @MND_SECTION_MEMBER; set 0 is empty.
 * @MND_SECTION_MEMBER: __le32 pattern numbers, ascending in a set.
 * @MND_SECTION_POSITION: struct mnd_position of each process rule, then of
 *	each mount rule; empty in a stripped table.
 * @MND_SECTION_STRING: struct mnd_string, ascending by content.
 * @MND_SECTION_TEXT: The bytes of the strings, each followed by a NUL.
 * @__MND_SECTION_MAX: Number of sections.
 */
enum mnd_section {
	MND_SECTION_POLICY,
	MND_SECTION_SUBJECT,
	MND_SECTION_PROCESS,
	MND_SECTION_MOUNT,
	MND_SECTION_CONTEXT,
	MND_SECTION_IDENTITY,
	MND_SECTION_PRINCIPAL,
	MND_SECTION_CAPABILITIES,
	MND_SECTION_VARIABLE,
	MND_SECTION_VOLUME,
	MND_SECTION_PLATFORM,
	MND_SECTION_FRAGMENT,
	MND_SECTION_TRUST_LIST,
	MND_SECTION_LIST,
	MND_SECTION_WORD,
	MND_SECTION_DIGEST,
	MND_SECTION_PATTERN,
	MND_SECTION_AUTOMATON,
	MND_SECTION_CLASS,
	MND_SECTION_CELL,
	MND_SECTION_ACCEPT,
	MND_SECTION_SET,
	MND_SECTION_MEMBER,
	MND_SECTION_POSITION,
	MND_SECTION_STRING,
	MND_SECTION_TEXT,
	__MND_SECTION_MAX,
};

/**
 * struct mnd_directory - Where a section lies
 *
 * @offset: From the start of the table, in bytes, a multiple of 8.
 * @count: Number of records.
 */
struct mnd_directory {
	__le32 offset;
	__le32 count;
};

/**
 * struct mnd_header - Start of every table
 *
 * @magic: %MND_TABLE_MAGIC without a terminator.
 * @abi: %MND_TABLE_ABI; a table of any other version is refused.
 * @length: Of the whole table, in bytes.
 * @checksum: CRC-32 (IEEE 802.3) of the whole table with this field zero.  It
 *	tells damage, not malice: the verifier trusts no content because of it.
 * @sections: %__MND_SECTION_MAX.
 * @directory: Place of each section, by enum mnd_section.
 */
struct mnd_header {
	u8 magic[MND_TABLE_MAGIC_SIZE];
	__le32 abi;
	__le32 length;
	__le32 checksum;
	__le32 sections;
	struct mnd_directory directory[__MND_SECTION_MAX];
};

static_assert(sizeof(struct mnd_header) == 24 + 8 * __MND_SECTION_MAX,
	      "layout");
static_assert(sizeof(struct mnd_header) % 8 == 0, "layout");

/**
 * enum mnd_point - The requests that a guest agent asks the policy about
 *
 * Their names and meanings are those of hcsshim's enforcement points; the
 * kernel asks about none of them.
 */
enum mnd_point {
	MND_POINT_MOUNT_DEVICE,
	MND_POINT_UNMOUNT_DEVICE,
	MND_POINT_RW_MOUNT_DEVICE,
	MND_POINT_RW_UNMOUNT_DEVICE,
	MND_POINT_MOUNT_BLOCKDEV,
	MND_POINT_UNMOUNT_BLOCKDEV,
	MND_POINT_MOUNT_OVERLAY,
	MND_POINT_UNMOUNT_OVERLAY,
	MND_POINT_CREATE_CONTAINER,
	MND_POINT_EXEC_IN_CONTAINER,
	MND_POINT_EXEC_EXTERNAL,
	MND_POINT_SHUTDOWN_CONTAINER,
	MND_POINT_SIGNAL_CONTAINER_PROCESS,
	MND_POINT_PLAN9_MOUNT,
	MND_POINT_PLAN9_UNMOUNT,
	MND_POINT_GET_PROPERTIES,
	MND_POINT_DUMP_STACKS,
	MND_POINT_RUNTIME_LOGGING,
	MND_POINT_LOAD_FRAGMENT,
	MND_POINT_LOAD_TRUST_LIST,
	MND_POINT_SCRATCH_MOUNT,
	MND_POINT_SCRATCH_UNMOUNT,
	MND_POINT_HOST_NETWORK,
	__MND_POINT_MAX,
};

/**
 * enum mnd_answer - What an agent's request is answered by
 *
 * @MND_ANSWER_DENY: No.
 * @MND_ANSWER_ALLOW: Yes, whatever the rules say.
 * @MND_ANSWER_RULES: What the rules of the policy say.
 * @__MND_ANSWER_MAX: Number of answers.
 */
enum mnd_answer {
	MND_ANSWER_DENY,
	MND_ANSWER_ALLOW,
	MND_ANSWER_RULES,
	__MND_ANSWER_MAX,
};

/* struct mnd_policy.flags, all of them about an agent's requests */
#define MND_POLICY_DROP_VARIABLES 1U /* variables without a rule are dropped */
#define MND_POLICY_DROP_CAPABILITIES 2U /* and so are capabilities */
#define MND_POLICY_PLAIN_SCRATCH 4U /* scratch need not be encrypted */
#define MND_POLICY_NO_CONTAINERS 8U /* none can be made of any image */
#define MND_POLICY_STRICT 16U /* where hcsshim is lax by accident, it is not */
#define MND_POLICY_FLAGS 31U

/**
 * struct mnd_policy - What is said of the policy as a whole
 *
 * @name: String.
 * @flags: MND_POLICY_*.
 * @svn: Security version number; grows with each release of a policy.
 * @answers: enum mnd_answer for each enum mnd_point.
 * @reserved: Zero.
 */
struct mnd_policy {
	__le32 name;
	__le32 flags;
	__le64 svn;
	u8 answers[__MND_POINT_MAX];
	u8 reserved;
};

static_assert(sizeof(struct mnd_policy) == 40, "layout");

/**
 * enum mnd_kind - Kinds of subjects
 *
 * @MND_KIND_UVM: The guest itself; there is exactly one, and it is subject 0.
 * @MND_KIND_CONTAINER: A container.
 * @__MND_KIND_MAX: Number of kinds.
 */
enum mnd_kind {
	MND_KIND_UVM,
	MND_KIND_CONTAINER,
	__MND_KIND_MAX,
};

/**
 * enum mnd_class - What a subject's processes may execute
 *
 * For the UVM this is its class, for a container it is what those born inside
 * may execute (`descendants`).
 *
 * @MND_CLASS_VERIFIED: Files of the measured root, whatever their arguments.
 * @MND_CLASS_LISTED: What a process rule of the subject allows.
 * @MND_CLASS_FREE: Anything (`free` for the UVM, `any` for a container).
 * @__MND_CLASS_MAX: Number of classes.
 */
enum mnd_class {
	MND_CLASS_VERIFIED,
	MND_CLASS_LISTED,
	MND_CLASS_FREE,
	__MND_CLASS_MAX,
};

/* struct mnd_subject.flags */
#define MND_SUBJECT_BOUND 1U /* identity by an explicit binding */
#define MND_SUBJECT_SHUTDOWN 2U /* its parent may SIGKILL its init */
#define MND_SUBJECT_ELEVATED 4U /* it may be privileged, in the OCI's sense */
#define MND_SUBJECT_LAYERS 8U /* an agent may mount its layers, and no more */
#define MND_SUBJECT_FLAGS 15U

/**
 * struct mnd_span - A run of records of another section
 *
 * @first: Index of the first.
 * @count: Number of them, may be 0.
 */
struct mnd_span {
	__le32 first;
	__le32 count;
};

/**
 * struct mnd_subject - A container, or the UVM
 *
 * @name: String; "uvm" for the UVM, and for nobody else.
 * @kind: enum mnd_kind.
 * @class: enum mnd_class.
 * @flags: MND_SUBJECT_*.
 * @processes: Its process rules.
 * @mounts: Its mount rules.
 * @layers: List of the root hashes of its image's layers, the bottom first;
 *	%MND_LIST_NONE if it is bound, or the UVM.
 * @volumes: List of the mounts that its OCI spec may ask for.
 */
struct mnd_subject {
	__le32 name;
	__le16 kind;
	__le16 class;
	__le32 flags;
	struct mnd_span processes;
	struct mnd_span mounts;
	__le32 layers;
	__le32 volumes;
};

static_assert(sizeof(struct mnd_subject) == 36, "layout");

/**
 * enum mnd_list_kind - What the words of a list are
 *
 * @MND_LIST_ARGUMENTS: Matchers of %MND_SPACE_ARGUMENT.
 * @MND_LIST_VARIABLES: Variables, ascending and different, each perhaps with
 *	%MND_VARIABLE_REQUIRED.
 * @MND_LIST_PRINCIPALS: Principals.
 * @MND_LIST_VOLUMES: Volumes.
 * @MND_LIST_DIGESTS: Digests.
 * @MND_LIST_STRINGS: Strings, ascending and different.
 * @__MND_LIST_KIND_MAX: Number of kinds.
 */
enum mnd_list_kind {
	MND_LIST_ARGUMENTS,
	MND_LIST_VARIABLES,
	MND_LIST_PRINCIPALS,
	MND_LIST_VOLUMES,
	MND_LIST_DIGESTS,
	MND_LIST_STRINGS,
	__MND_LIST_KIND_MAX,
};

/* Instead of the number of a list: there is none. */
#define MND_LIST_NONE 0xffffffffU

/* In a list of variables: one of the strings must match this one. */
#define MND_VARIABLE_REQUIRED 0x80000000U

/**
 * struct mnd_list - A list that many records may share
 *
 * @words: Its part of %MND_SECTION_WORD.
 * @kind: enum mnd_list_kind.
 */
struct mnd_list {
	struct mnd_span words;
	__le32 kind;
};

static_assert(sizeof(struct mnd_list) == 12, "layout");

/* struct mnd_process.flags: who may start such a process */
#define MND_ROLE_ENTRY 1U /* the runtime, as the first process */
#define MND_ROLE_EXEC 2U /* a task that joined from outside */
#define MND_ROLE_INSIDE 4U /* a task born inside */
#define MND_ROLE_EXTERNAL 16U /* an agent, in the guest itself, when asked to */
#define MND_ROLES \
	(MND_ROLE_ENTRY | MND_ROLE_EXEC | MND_ROLE_INSIDE | MND_ROLE_EXTERNAL)
/* The process keeps the signals of the one it was executed by. */
#define MND_PROCESS_KEEP_SIGNALS 8U
#define MND_PROCESS_FLAGS (MND_ROLES | MND_PROCESS_KEEP_SIGNALS)

/**
 * struct mnd_process - A process rule
 *
 * @argv: List of matchers, one for each argument.
 * @file: Matcher of the path that is executed, or %MND_MATCH_ANY: then it
 *	must be the one that argv[0] names.
 * @flags: MND_ROLE_* and MND_PROCESS_*.
 * @context: Context: what else has to be so.
 * @signals: Signals that may be sent from outside; bit n-1 is signal n.
 */
struct mnd_process {
	__le32 argv;
	__le32 file;
	__le32 flags;
	__le32 context;
	__le64 signals;
};

static_assert(sizeof(struct mnd_process) == 24, "layout");

/* struct mnd_context.flags */
#define MND_CONTEXT_NO_NEW_PRIVS 1U /* must be set; if not here, may be */
#define MND_CONTEXT_STDIO 2U /* may keep the descriptors 0 to 2 */
#define MND_CONTEXT_FILTERED 4U /* must have a seccomp filter, whichever */
#define MND_CONTEXT_FLAGS 7U

/**
 * struct mnd_context - What a process must be like, apart from its arguments
 *
 * @variables: List of variables, or %MND_LIST_NONE: any environment.
 * @cwd: Matcher of the working directory, in %MND_SPACE_DIRECTORY.
 * @identity: Identity.
 * @capabilities: Capabilities.
 * @profile: Matcher of the digest of an OCI seccomp profile, a string that
 *	only an agent can tell.
 * @filters: List of digests of seccomp filters, the newest first, or
 *	%MND_LIST_NONE: whichever.
 * @flags: MND_CONTEXT_*.
 */
struct mnd_context {
	__le32 variables;
	__le32 cwd;
	__le32 identity;
	__le32 capabilities;
	__le32 profile;
	__le32 filters;
	__le32 flags;
};

static_assert(sizeof(struct mnd_context) == 28, "layout");

/**
 * struct mnd_identity - As whom a process runs
 *
 * @user: Principal that its user is.
 * @groups: List of principals, one of which each of its groups must be, or
 *	%MND_LIST_NONE: any groups.
 * @umask: Matcher of its umask, four octal digits; no pattern.
 */
struct mnd_identity {
	__le32 user;
	__le32 groups;
	__le32 umask;
};

static_assert(sizeof(struct mnd_identity) == 12, "layout");

/* struct mnd_principal.flags */
#define MND_PRINCIPAL_ID 1U /* the number must be @id, the name can be any */
#define MND_PRINCIPAL_RESOLVED 2U /* who sees no names compares with @id */

/**
 * struct mnd_principal - A user or a group
 *
 * @id: Number of the user or the group; 0 without a flag.
 * @name: Matcher of its name, in %MND_SPACE_PRINCIPAL.
 * @flags: MND_PRINCIPAL_*.
 */
struct mnd_principal {
	__le32 id;
	__le32 name;
	__le32 flags;
};

static_assert(sizeof(struct mnd_principal) == 12, "layout");

/* The five sets of a process, in the order of struct mnd_capabilities. */
enum mnd_capability_set {
	MND_BOUNDING,
	MND_EFFECTIVE,
	MND_INHERITABLE,
	MND_PERMITTED,
	MND_AMBIENT,
	__MND_CAPABILITY_SET_MAX,
};

/**
 * enum mnd_capability_rule - How capabilities are compared
 *
 * @MND_CAPABILITIES_ANY: Not at all.
 * @MND_CAPABILITIES_DEFAULT: They must be those that runtimes give by default
 *	to a container that is privileged, or to one that is not.
 * @MND_CAPABILITIES_EQUAL: They must be the sets given here.
 * @MND_CAPABILITIES_NONE: No sets are right.
 * @__MND_CAPABILITY_RULE_MAX: Number of rules.
 */
enum mnd_capability_rule {
	MND_CAPABILITIES_ANY,
	MND_CAPABILITIES_DEFAULT,
	MND_CAPABILITIES_EQUAL,
	MND_CAPABILITIES_NONE,
	__MND_CAPABILITY_RULE_MAX,
};

/**
 * struct mnd_capabilities - Capabilities of a process
 *
 * @sets: Bit n of each set is capability n.
 * @lengths: How many an agent's list must name, which is more than a set has
 *	where the policy's own list names one twice.
 * @rule: enum mnd_capability_rule; unless it is %MND_CAPABILITIES_EQUAL the
 *	rest is zero.
 */
struct mnd_capabilities {
	__le64 sets[__MND_CAPABILITY_SET_MAX];
	__le16 lengths[__MND_CAPABILITY_SET_MAX];
	__le16 rule;
	__le32 reserved;
};

static_assert(sizeof(struct mnd_capabilities) == 56, "layout");

/**
 * struct mnd_variable - A string that an environment may have
 *
 * @name: Matcher of what is before the first "=", in %MND_SPACE_NAME, or
 *	%MND_MATCH_WHOLE: @value is about the whole string.
 * @value: Matcher of what is behind it, in %MND_SPACE_VALUE; or of the whole
 *	string, in %MND_SPACE_VARIABLE.
 */
struct mnd_variable {
	__le32 name;
	__le32 value;
};

static_assert(sizeof(struct mnd_variable) == 8, "layout");

/**
 * struct mnd_volume - A mount that an OCI spec may ask for
 *
 * @type: String: type of the mount.
 * @destination: String: where, in the container.
 * @source: String: what is mounted there.  A prefix "sandbox://",
 *	"hugepages://" or "plan9://" stands for a place of the pod.
 * @pattern: Matcher of the source, in %MND_SPACE_VOLUME, with
 *	%MND_VOLUME_PLACE instead of the pod's directory; %MND_MATCH_NONE if
 *	only @source itself is right.
 * @options: List of strings: its options.
 * @length: How many options a request must name, which is more than there are
 *	in @options where the policy's own list names one twice.
 */
struct mnd_volume {
	__le32 type;
	__le32 destination;
	__le32 source;
	__le32 pattern;
	__le32 options;
	__le32 length;
};

static_assert(sizeof(struct mnd_volume) == 24, "layout");

/* A character that is in no path, and stands for the directory of a pod. */
#define MND_VOLUME_PLACE "\xf3\xb0\x80\x80" /* U+F0000 */

/**
 * struct mnd_platform - What a platform may add to every container
 *
 * @variables: List of variables.
 * @volumes: List of volumes.
 */
struct mnd_platform {
	__le32 variables;
	__le32 volumes;
};

static_assert(sizeof(struct mnd_platform) == 8, "layout");

/* struct mnd_fragment.includes */
#define MND_INCLUDE_CONTAINERS 1U
#define MND_INCLUDE_FRAGMENTS 2U
#define MND_INCLUDE_EXTERNAL_PROCESSES 4U
#define MND_INCLUDE_NAMESPACE 8U
#define MND_INCLUDE_PLATFORM_RULES 16U
#define MND_INCLUDE_TRUST_LISTS 32U
#define MND_INCLUDES 63U

/**
 * struct mnd_fragment - A fragment that the policy admits
 *
 * @issuer: String: who signs it.
 * @feed: String: what it is called.
 * @minimum_svn: String: its least security version number.
 * @includes: MND_INCLUDE_*: what is taken from it.
 * @receipts: List of strings: receipts that it must come with.
 * @parameters: String: a JSON object, what its parameters are; or empty.
 */
struct mnd_fragment {
	__le32 issuer;
	__le32 feed;
	__le32 minimum_svn;
	__le32 includes;
	__le32 receipts;
	__le32 parameters;
};

static_assert(sizeof(struct mnd_fragment) == 24, "layout");

/**
 * struct mnd_trust_list - A transparency trust list that the policy admits
 *
 * @issuer: String: who signs it.
 * @subject: String: what it is called.
 * @minimum_svn: Its least security version number.
 * @ledgers: List of strings: ledgers that it may name; "*" stands for any.
 */
struct mnd_trust_list {
	__le32 issuer;
	__le32 subject;
	__le64 minimum_svn;
	__le32 ledgers;
	__le32 reserved;
};

static_assert(sizeof(struct mnd_trust_list) == 24, "layout");

/* struct mnd_mount.flags: what the mount must have at least */
#define MND_MOUNT_RO 1U
#define MND_MOUNT_NOSUID 2U
#define MND_MOUNT_NODEV 4U
#define MND_MOUNT_NOEXEC 8U
#define MND_MOUNT_NOSYMFOLLOW 16U
#define MND_MOUNT_OPTIONS 31U
/* ... what may be done by the rule */
#define MND_MOUNT_NEW 0x100U
#define MND_MOUNT_BIND 0x200U
#define MND_MOUNT_REMOUNT 0x400U
#define MND_MOUNT_UMOUNT 0x800U
#define MND_MOUNT_OPERATIONS 0xf00U
/* ... and while the namespace is still being built, or later, or both */
#define MND_MOUNT_SETUP 0x1000U
#define MND_MOUNT_RUN 0x2000U
#define MND_MOUNT_PHASES 0x3000U
#define MND_MOUNT_FLAGS \
	(MND_MOUNT_OPTIONS | MND_MOUNT_OPERATIONS | MND_MOUNT_PHASES)

/**
 * struct mnd_mount - A mount rule
 *
 * @type: String: name of the filesystem type, or "bind".
 * @source: Matcher of the device name or, for a bind, of the path bound.
 * @target: Matcher of the mount point's path.
 * @flags: MND_MOUNT_*.
 */
struct mnd_mount {
	__le32 type;
	__le32 source;
	__le32 target;
	__le32 flags;
};

static_assert(sizeof(struct mnd_mount) == 16, "layout");

/*
 * A matcher is one word: any string at all, no string, a pattern, or a string
 * that must be equal.
 */
#define MND_MATCH_ANY 0xffffffffU
#define MND_MATCH_NONE 0xfffffffeU
#define MND_MATCH_PATTERN 0x80000000U
/* Only as the name of a variable: there is none, the string is not divided. */
#define MND_MATCH_WHOLE 0xfffffffdU

/**
 * enum mnd_space - What the strings are that an automaton reads
 *
 * Patterns of different spaces never share an automaton.
 *
 * @MND_SPACE_ARGUMENT: An argument of a program.
 * @MND_SPACE_FILE: The path of an executed file.
 * @MND_SPACE_SOURCE: The source of a mount.
 * @MND_SPACE_TARGET: The path of a mount point.
 * @MND_SPACE_VARIABLE: A string of an environment.
 * @MND_SPACE_NAME: What is before its first "=".
 * @MND_SPACE_VALUE: What is behind it.
 * @MND_SPACE_DIRECTORY: A working directory.
 * @MND_SPACE_PRINCIPAL: The name of a user or of a group.
 * @MND_SPACE_VOLUME: The source of a volume.
 * @__MND_SPACE_MAX: Number of spaces.
 */
enum mnd_space {
	MND_SPACE_ARGUMENT,
	MND_SPACE_FILE,
	MND_SPACE_SOURCE,
	MND_SPACE_TARGET,
	MND_SPACE_VARIABLE,
	MND_SPACE_NAME,
	MND_SPACE_VALUE,
	MND_SPACE_DIRECTORY,
	MND_SPACE_PRINCIPAL,
	MND_SPACE_VOLUME,
	__MND_SPACE_MAX,
};

/**
 * struct mnd_pattern - A regular expression
 *
 * @text: String: the expression as the policy's author wrote it.
 * @automaton: Automaton that knows it.
 */
struct mnd_pattern {
	__le32 text;
	__le32 automaton;
};

/**
 * struct mnd_automaton - A deterministic automaton for several patterns
 *
 * States are premultiplied: a state is the index of its first cell, and the
 * state after reading byte b is cell[state + class[b]].  State 0 is dead: it
 * leads to itself and accepts nothing.
 *
 * @classes: Number of byte classes, 1 to 256.
 * @space: enum mnd_space.
 * @start: Start state.
 * @cells: Its part of %MND_SECTION_CELL; the count is at most %MND_CELL_MAX.
 * @accept: Its part of %MND_SECTION_ACCEPT, one for each state.
 */
struct mnd_automaton {
	__le16 classes;
	__le16 space;
	__le32 start;
	struct mnd_span cells;
	struct mnd_span accept;
};

static_assert(sizeof(struct mnd_automaton) == 24, "layout");

/**
 * struct mnd_position - Where in the source a rule was written
 *
 * @line: Line, counted from 1.
 * @column: Column in bytes, counted from 1.
 */
struct mnd_position {
	__le32 line;
	__le32 column;
};

/**
 * struct mnd_string - A string
 *
 * @offset: Into the text section.
 * @length: In bytes, without the NUL that follows it.
 */
struct mnd_string {
	__le32 offset;
	__le32 length;
};

/**
 * struct mnd_table - A verified table, ready to be walked
 *
 * Made by mnd_table_verify() and immutable from then on.  Points into the
 * table's own bytes, which must outlive it.
 *
 * @data: The whole table, aligned to 8 bytes.
 * @length: In bytes.
 * @count: Number of records of each section.
 * @policy: The policy.
 * @subjects: Subjects.
 * @processes: Process rules.
 * @mounts: Mount rules.
 * @contexts: Contexts.
 * @identities: Identities.
 * @principals: Principals.
 * @capabilities: Capabilities.
 * @variables: Variables.
 * @volumes: Volumes.
 * @platforms: Platform rules.
 * @fragments: Fragments.
 * @trust_lists: Transparency trust lists.
 * @lists: Lists.
 * @words: What is in the lists.
 * @digests: Digests.
 * @patterns: Patterns.
 * @automata: Automata.
 * @classes: Byte classes, 256 for each automaton.
 * @cells: Transitions.
 * @accept: Accept set of each state.
 * @sets: Accept sets.
 * @members: Members of the accept sets.
 * @positions: Source positions, process rules first.
 * @strings: Strings.
 * @text: Their bytes.
 */
struct mnd_table {
	const u8 *data;
	u32 length;
	u32 count[__MND_SECTION_MAX];
	const struct mnd_policy *policy;
	const struct mnd_subject *subjects;
	const struct mnd_process *processes;
	const struct mnd_mount *mounts;
	const struct mnd_context *contexts;
	const struct mnd_identity *identities;
	const struct mnd_principal *principals;
	const struct mnd_capabilities *capabilities;
	const struct mnd_variable *variables;
	const struct mnd_volume *volumes;
	const struct mnd_platform *platforms;
	const struct mnd_fragment *fragments;
	const struct mnd_trust_list *trust_lists;
	const struct mnd_list *lists;
	const __le32 *words;
	const u8 (*digests)[MND_HASH_SIZE];
	const struct mnd_pattern *patterns;
	const struct mnd_automaton *automata;
	const u8 *classes;
	const __le16 *cells;
	const __le16 *accept;
	const struct mnd_span *sets;
	const __le32 *members;
	const struct mnd_position *positions;
	const struct mnd_string *strings;
	const char *text;
};

static inline u32 mnd_span_first(const struct mnd_span *const span)
{
	return le32_to_cpu(span->first);
}

static inline u32 mnd_span_count(const struct mnd_span *const span)
{
	return le32_to_cpu(span->count);
}

/**
 * mnd_string - A string of a table
 *
 * @table: Verified table.
 * @string: Number of the string.
 *
 * Return: Its text, terminated, without a NUL inside.
 */
static inline const char *mnd_string(const struct mnd_table *const table,
				     const u32 string)
{
	return table->text + le32_to_cpu(table->strings[string].offset);
}

static inline const char *mnd_policy_name(const struct mnd_table *const table)
{
	return mnd_string(table, le32_to_cpu(table->policy->name));
}

static inline const char *mnd_subject_name(const struct mnd_table *const table,
					   const u32 subject)
{
	return mnd_string(table, le32_to_cpu(table->subjects[subject].name));
}

/* The words of the list that @list numbers; not for MND_LIST_NONE. */
static inline const __le32 *mnd_list_words(const struct mnd_table *const table,
					   const __le32 list)
{
	return table->words +
	       mnd_span_first(&table->lists[le32_to_cpu(list)].words);
}

static inline u32 mnd_list_count(const struct mnd_table *const table,
				 const __le32 list)
{
	return mnd_span_count(&table->lists[le32_to_cpu(list)].words);
}

#endif /* _MANDATE_CORE_TABLE_H */
