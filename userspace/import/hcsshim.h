/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The policy model of hcsshim, in our own: what all languages that describe it
 * share.
 */

#ifndef _MANDATE_IMPORT_HCSSHIM_H
#define _MANDATE_IMPORT_HCSSHIM_H

#include "source.h"

/**
 * struct mnd_import - A policy that is being imported
 *
 * @policy: What it becomes; its arena owns everything.
 * @options: As the caller gave them.
 * @error: Written by whatever fails.
 */
struct mnd_import {
	struct mnd_policy_source *policy;
	const struct mnd_source_options *options;
	struct mnd_error *error;
};

/**
 * struct mnd_text - A string of a source
 *
 * @text: Terminated, without a NUL in it.
 * @length: Of @text.
 * @place: Where it was written.
 */
struct mnd_text {
	const char *text;
	size_t length;
	struct mnd_place place;
};

/**
 * struct mnd_hcsshim_process - An exec process of a container
 *
 * @command: Its arguments.
 * @count: How many.
 * @signals: As in struct mnd_process.
 * @place: Where it was written.
 */
struct mnd_hcsshim_process {
	const struct mnd_text *command;
	size_t count;
	u64 signals;
	struct mnd_place place;
};

/**
 * struct mnd_hcsshim_container - A container as hcsshim's policies have it
 *
 * @name: What to call it, or NULL for a name by its number; need not be unique.
 * @place: Where it was written.
 * @command: Its arguments.
 * @command_count: How many.
 * @variables: Its environment rules.
 * @variable_count: How many.
 * @layers: Root hashes of its layers, the bottom first, in hexadecimal.
 * @layer_count: How many.
 * @volumes: Its mounts.
 * @volume_count: How many.
 * @processes: Its exec processes.
 * @process_count: How many.
 * @signals: That its init may be sent.
 * @identity: User, groups and umask.
 * @capabilities: Capabilities.
 * @profile: Digest of its seccomp profile, "" for none.
 * @working_dir: Working directory.
 * @allow_elevated: It may be privileged.
 * @allow_stdio_access: It may have its standard streams.
 * @no_new_privileges: It must not gain privileges.
 * @incomplete: It lacks a field that each create is compared with: its layers
 *	can be mounted, but it cannot be made.
 * @dropped: It is no container; only its layers count, one by one.
 */
struct mnd_hcsshim_container {
	const char *name;
	struct mnd_place place;
	const struct mnd_text *command;
	size_t command_count;
	struct mnd_variable_rule *variables;
	size_t variable_count;
	const struct mnd_text *layers;
	size_t layer_count;
	struct mnd_volume_rule *volumes;
	size_t volume_count;
	const struct mnd_hcsshim_process *processes;
	size_t process_count;
	u64 signals;
	struct mnd_identity_rule identity;
	struct mnd_capability_lists capabilities;
	const char *profile;
	const char *working_dir;
	bool allow_elevated;
	bool allow_stdio_access;
	bool no_new_privileges;
	bool incomplete;
	bool dropped;
};

/*
 * All of these return 0, or -EINVAL or -ENOMEM, or for an expression that is
 * too large -E2BIG, with the import's error written.
 */
void mnd_hcsshim_begin(struct mnd_import *import, const char *name);
int mnd_hcsshim_out_of_memory(struct mnd_import *import);
__printf(3, 4) int mnd_hcsshim_warn(struct mnd_import *import,
				    const struct mnd_place *place,
				    const char *format, ...);
int mnd_hcsshim_pattern(struct mnd_import *import, const struct mnd_text *text,
			struct mnd_match_rule *rule);
int mnd_hcsshim_variable(struct mnd_import *import,
			 const struct mnd_text *pattern,
			 const struct mnd_text *strategy, bool required,
			 struct mnd_variable_rule *rule);
int mnd_hcsshim_name_value(struct mnd_import *import,
			   const struct mnd_text *name,
			   const struct mnd_text *name_strategy,
			   const struct mnd_text *value,
			   const struct mnd_text *value_strategy, bool required,
			   struct mnd_variable_rule *rule);
int mnd_hcsshim_principal(struct mnd_import *import,
			  const struct mnd_text *pattern,
			  const struct mnd_text *strategy,
			  struct mnd_principal_rule *rule);
int mnd_hcsshim_volume(struct mnd_import *import, const struct mnd_text *type,
		       const struct mnd_text *destination,
		       const struct mnd_text *source,
		       const struct mnd_text *options, size_t option_count,
		       struct mnd_volume_rule *rule);
int mnd_hcsshim_capability(struct mnd_import *import,
			   struct mnd_capability_lists *lists,
			   enum mnd_capability_set set,
			   const struct mnd_text *name);
int mnd_hcsshim_signal(struct mnd_import *import, const struct mnd_place *place,
		       long long number, u64 *signals);
int mnd_hcsshim_add_container(struct mnd_import *import,
			      const struct mnd_hcsshim_container *container);
int mnd_hcsshim_add_external(struct mnd_import *import,
			     const struct mnd_text *command, size_t count,
			     struct mnd_variable_rule *variables,
			     size_t variable_count, const char *working_dir,
			     bool allow_stdio_access,
			     const struct mnd_place *place);
int mnd_hcsshim_finish(struct mnd_import *import);

#endif /* _MANDATE_IMPORT_HCSSHIM_H */
