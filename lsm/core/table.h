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
#define MND_TABLE_ABI 1

/* Limits of one table.  Counts are far below where a u32 index overflows. */
#define MND_TABLE_SIZE_MAX (4U << 20)
#define MND_NAME_SIZE_MAX 255U
#define MND_STRING_SIZE_MAX (128U << 10)
#define MND_ARGC_MAX 4096U
#define MND_CELL_MAX 65536U
#define MND_SUBJECT_MAX 65536U
#define MND_SIGNAL_MAX 64U

/**
 * enum mnd_section - The sections of a table, in the order they lie in it
 *
 * @MND_SECTION_POLICY: One struct mnd_policy.
 * @MND_SECTION_SUBJECT: struct mnd_subject, ascending by kind, then name.
 * @MND_SECTION_PROCESS: struct mnd_process, those of a subject together.
 * @MND_SECTION_MOUNT: struct mnd_mount, those of a subject together.
 * @MND_SECTION_MATCHER: Matchers of the process rules, those of one together.
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
	MND_SECTION_MATCHER,
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
 * struct mnd_policy - What is said of the policy as a whole
 *
 * @name: String.
 * @flags: Zero.
 * @svn: Security version number; grows with each release of a policy.
 */
struct mnd_policy {
	__le32 name;
	__le32 flags;
	__le64 svn;
};

static_assert(sizeof(struct mnd_policy) == 16, "layout");

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
#define MND_SUBJECT_FLAGS (MND_SUBJECT_BOUND | MND_SUBJECT_SHUTDOWN)

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
 */
struct mnd_subject {
	__le32 name;
	__le16 kind;
	__le16 class;
	__le32 flags;
	struct mnd_span processes;
	struct mnd_span mounts;
};

static_assert(sizeof(struct mnd_subject) == 28, "layout");

/* struct mnd_process.flags: who may start such a process */
#define MND_ROLE_ENTRY 1U /* the runtime, as the first process */
#define MND_ROLE_EXEC 2U /* a task that joined from outside */
#define MND_ROLE_INSIDE 4U /* a task born inside */
#define MND_ROLES (MND_ROLE_ENTRY | MND_ROLE_EXEC | MND_ROLE_INSIDE)
/* The process keeps the signals of the one it was executed by. */
#define MND_PROCESS_KEEP_SIGNALS 8U
#define MND_PROCESS_FLAGS (MND_ROLES | MND_PROCESS_KEEP_SIGNALS)

/**
 * struct mnd_process - A process rule
 *
 * @argv: Matchers, one for each argument.
 * @file: Matcher of the path that is executed, or %MND_MATCH_ANY: then it
 *	must be the one that argv[0] names.
 * @flags: MND_ROLE_* and MND_PROCESS_*.
 * @signals: Signals that may be sent from outside; bit n-1 is signal n.
 */
struct mnd_process {
	struct mnd_span argv;
	__le32 file;
	__le32 flags;
	__le64 signals;
};

static_assert(sizeof(struct mnd_process) == 24, "layout");

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
 * A matcher is one word: any string at all, a pattern, or a string that must
 * be equal.
 */
#define MND_MATCH_ANY 0xffffffffU
#define MND_MATCH_PATTERN 0x80000000U

/**
 * enum mnd_space - What the strings are that an automaton reads
 *
 * Patterns of different spaces never share an automaton.
 *
 * @MND_SPACE_ARGUMENT: An argument of a program.
 * @MND_SPACE_FILE: The path of an executed file.
 * @MND_SPACE_SOURCE: The source of a mount.
 * @MND_SPACE_TARGET: The path of a mount point.
 * @__MND_SPACE_MAX: Number of spaces.
 */
enum mnd_space {
	MND_SPACE_ARGUMENT,
	MND_SPACE_FILE,
	MND_SPACE_SOURCE,
	MND_SPACE_TARGET,
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
 * @matchers: Matcher lists.
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
	const __le32 *matchers;
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

#endif /* _MANDATE_CORE_TABLE_H */
