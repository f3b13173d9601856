/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A policy between its source and its table: what every front end makes and
 * the compiler takes.
 */

#ifndef _MANDATE_POLICY_H
#define _MANDATE_POLICY_H

#include "../../lsm/core/table.h"
#include "../arena.h"
#include "../error.h"

/**
 * enum mnd_matching - How a string is matched
 *
 * @MND_MATCHING_ANY: Not at all.
 * @MND_MATCHING_EXACT: It must be equal.
 * @MND_MATCHING_RE2: The whole of it must match a regular expression.
 * @MND_MATCHING_NONE: No string is right.
 */
enum mnd_matching {
	MND_MATCHING_ANY,
	MND_MATCHING_EXACT,
	MND_MATCHING_RE2,
	MND_MATCHING_NONE,
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
 * struct mnd_variable_rule - A string that an environment may have
 *
 * @whole: @value is about the whole string, and there is no @name.
 * @required: One string of the environment must be like this.
 * @name: What is before the first "=".
 * @value: What is behind it, or the whole string.
 * @place: Where it was written.
 */
struct mnd_variable_rule {
	bool whole;
	bool required;
	struct mnd_match_rule name;
	struct mnd_match_rule value;
	struct mnd_place place;
};

/**
 * struct mnd_variable_rules - What an environment may have
 *
 * @rules: Rules.
 * @count: How many.
 * @given: If not, every environment is right.
 */
struct mnd_variable_rules {
	struct mnd_variable_rule *rules;
	size_t count;
	bool given;
};

/**
 * struct mnd_principal_rule - A user or a group
 *
 * @has_id: The number must be @id.
 * @resolved: @id is the number that @name stands for, for who sees no names.
 * @id: Number.
 * @name: Name.
 */
struct mnd_principal_rule {
	bool has_id;
	bool resolved;
	u32 id;
	struct mnd_match_rule name;
};

/**
 * struct mnd_identity_rule - As whom a process runs
 *
 * All zero: as anybody.
 *
 * @user: Its user.
 * @groups: Each of its groups must be one of these.
 * @group_count: How many.
 * @has_groups: If not, its groups can be any.
 * @umask: Its umask, four octal digits; never a pattern.
 */
struct mnd_identity_rule {
	struct mnd_principal_rule user;
	struct mnd_principal_rule *groups;
	size_t group_count;
	bool has_groups;
	struct mnd_match_rule umask;
};

/**
 * struct mnd_capability_lists - What capabilities a process must have
 *
 * All zero: any.
 *
 * @rule: How they are compared.
 * @sets: As in struct mnd_capabilities.
 * @lengths: As in struct mnd_capabilities.
 */
struct mnd_capability_lists {
	enum mnd_capability_rule rule;
	u64 sets[__MND_CAPABILITY_SET_MAX];
	u16 lengths[__MND_CAPABILITY_SET_MAX];
};

/**
 * struct mnd_context_rule - What a process must be like
 *
 * All zero: as it likes.
 *
 * @variables: Its environment.
 * @cwd: Its working directory.
 * @identity: Its user, groups and umask.
 * @capabilities: Its capabilities.
 * @profile: Digest of an OCI seccomp profile, never a pattern.
 * @filters: Digests of its seccomp filters, the newest first.
 * @filter_count: How many.
 * @has_filters: If not, they can be any.
 * @flags: MND_CONTEXT_*.
 */
struct mnd_context_rule {
	struct mnd_variable_rules variables;
	struct mnd_match_rule cwd;
	struct mnd_identity_rule identity;
	struct mnd_capability_lists capabilities;
	struct mnd_match_rule profile;
	u8 (*filters)[MND_HASH_SIZE];
	size_t filter_count;
	bool has_filters;
	u32 flags;
};

/**
 * struct mnd_process_rule - A process that is allowed
 *
 * @argv: Its arguments.
 * @argc: How many.
 * @file: The path that is executed.
 * @flags: MND_ROLE_* and MND_PROCESS_*.
 * @context: What else it must be like; rules may share one.  NULL: as it
 *	likes.
 * @signals: As in struct mnd_process.
 * @place: Where it was written.
 */
struct mnd_process_rule {
	struct mnd_match_rule *argv;
	size_t argc;
	struct mnd_match_rule file;
	u32 flags;
	const struct mnd_context_rule *context;
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
 * struct mnd_volume_rule - A mount that an OCI spec may ask for
 *
 * @type: Type.
 * @destination: Where, in the container.
 * @source: As in struct mnd_volume, terminated.
 * @pattern: Source with %MND_VOLUME_PLACE for the directory of the pod; of
 *	%MND_MATCHING_NONE unless @source has such a prefix.
 * @options: Options as the policy lists them, terminated.
 * @option_count: How many.
 * @place: Where it was written.
 */
struct mnd_volume_rule {
	const char *type;
	const char *destination;
	const char *source;
	struct mnd_match_rule pattern;
	const char **options;
	size_t option_count;
	struct mnd_place place;
};

/**
 * struct mnd_volume_rules - Mounts that an OCI spec may ask for
 *
 * @rules: Rules.
 * @count: How many.
 */
struct mnd_volume_rules {
	struct mnd_volume_rule *rules;
	size_t count;
};

/**
 * struct mnd_platform_rule - What a platform may add to every container
 *
 * @variables: Variables; always given.
 * @volumes: Mounts.
 */
struct mnd_platform_rule {
	struct mnd_variable_rules variables;
	struct mnd_volume_rules volumes;
};

/**
 * struct mnd_string_list - Strings
 *
 * @strings: Terminated strings.
 * @count: How many.
 */
struct mnd_string_list {
	const char **strings;
	size_t count;
};

/**
 * struct mnd_fragment_rule - A fragment that is admitted
 *
 * @issuer: Who signs it.
 * @feed: What it is called.
 * @minimum_svn: Least security version number, as it was written.
 * @includes: MND_INCLUDE_*.
 * @receipts: Receipts that it must come with.
 * @parameters: JSON object, sorted by key and without blanks; "" if none.
 * @place: Where it was written.
 */
struct mnd_fragment_rule {
	const char *issuer;
	const char *feed;
	const char *minimum_svn;
	u32 includes;
	struct mnd_string_list receipts;
	const char *parameters;
	struct mnd_place place;
};

/**
 * struct mnd_trust_list_rule - A transparency trust list that is admitted
 *
 * @issuer: Who signs it.
 * @subject: What it is called.
 * @minimum_svn: Least security version number.
 * @ledgers: Ledgers that it may name; "*" stands for any.
 * @place: Where it was written.
 */
struct mnd_trust_list_rule {
	const char *issuer;
	const char *subject;
	u64 minimum_svn;
	struct mnd_string_list ledgers;
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
 * @layers: Root hashes of the layers of its image, the bottom first; not of a
 *	bound container.
 * @layer_count: How many.
 * @volumes: Mounts that its OCI spec may ask for.
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
	u8 (*layers)[MND_HASH_SIZE];
	size_t layer_count;
	struct mnd_volume_rules volumes;
	struct mnd_place place;
};

/**
 * struct mnd_warning - Something that a policy's author should know
 *
 * @next: The next one, or NULL.
 * @place: What it is about.
 * @text: One sentence without a full stop.
 */
struct mnd_warning {
	struct mnd_warning *next;
	struct mnd_place place;
	const char *text;
};

/**
 * struct mnd_policy_source - A policy
 *
 * @arena: Owns all of it.
 * @name: Name, terminated.
 * @svn: Security version number.
 * @svn_text: Of a fragment, as it was written, or NULL.
 * @flags: MND_POLICY_*.
 * @answers: What an agent's requests are answered by.
 * @uvm: The guest itself.
 * @containers: Containers, in the order of the source.
 * @container_count: How many.
 * @platforms: Platform rules.
 * @platform_count: How many.
 * @fragments: Fragments that are admitted.
 * @fragment_count: How many.
 * @trust_lists: Transparency trust lists that are admitted.
 * @trust_list_count: How many.
 * @warnings: In the order of their discovery.
 * @last_warning: The end of @warnings.
 */
struct mnd_policy_source {
	struct mnd_arena arena;
	const char *name;
	u64 svn;
	const char *svn_text;
	u32 flags;
	enum mnd_answer answers[__MND_POINT_MAX];
	struct mnd_subject_source uvm;
	struct mnd_subject_source *containers;
	size_t container_count;
	struct mnd_platform_rule *platforms;
	size_t platform_count;
	struct mnd_fragment_rule *fragments;
	size_t fragment_count;
	struct mnd_trust_list_rule *trust_lists;
	size_t trust_list_count;
	struct mnd_warning *warnings;
	struct mnd_warning *last_warning;
};

/* policy.c */
bool mnd_is_name(const char *text, size_t length);
int mnd_policy_read(const char *text, size_t length,
		    struct mnd_policy_source *policy, struct mnd_error *error);
void mnd_policy_release(struct mnd_policy_source *policy);

/* warning.c */
__printf(3, 4) int mnd_policy_warn(struct mnd_policy_source *policy,
				   const struct mnd_place *place,
				   const char *format, ...);

#endif /* _MANDATE_POLICY_H */
