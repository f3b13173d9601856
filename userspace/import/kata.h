/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the reader of Kata's policies share.
 */

#ifndef _MANDATE_IMPORT_KATA_H
#define _MANDATE_IMPORT_KATA_H

#include <stdio.h>

#include "agent_policy.h"
#include "image.h"
#include "object_form.h"

/**
 * enum mnd_kata_field - What a policy says and a table cannot
 *
 * @__MND_KATA_FIELD_MAX: Number of these.
 */
enum mnd_kata_field {
	MND_KATA_ANNOTATIONS,
	MND_KATA_LINUX_DEVICES,
	MND_KATA_MASKED_PATHS,
	MND_KATA_NAMESPACES,
	MND_KATA_READONLY_PATHS,
	MND_KATA_SYSCTL,
	MND_KATA_TERMINAL,
	MND_KATA_USERNAME,
	MND_KATA_ROOT,
	MND_KATA_VERSION,
	MND_KATA_DEVICES,
	MND_KATA_ANNOTATION_PATTERNS,
	MND_KATA_SANDBOX_PIDNS,
	MND_KATA_STORAGES,
	MND_KATA_SANDBOX,
	__MND_KATA_FIELD_MAX,
};

/**
 * struct mnd_kata_macro - What stands for something else in a string
 *
 * @name: What is between "$(" and ")".
 * @value: What it stands for; without a text, for nothing that is known.
 */
struct mnd_kata_macro {
	const char *name;
	struct mnd_text value;
};

/**
 * struct mnd_kata_commands - Processes that may join a container from outside
 *
 * @rules: Rules without a context.
 * @count: How many.
 */
struct mnd_kata_commands {
	struct mnd_process_rule *rules;
	size_t count;
};

/**
 * struct mnd_kata - A policy of Kata that is being imported
 *
 * @import: The policy.
 * @agent: Its Rego, or what Rego there would be with policy_data alone.
 * @images: Images.
 * @macros: The members of policy_data.common that are strings.
 * @macro_count: How many.
 * @default_caps: Capabilities that "$(default_caps)" stands for.
 * @privileged_caps: Capabilities that "$(privileged_caps)" stands for.
 * @variables: Variables that every container may have.
 * @variable_count: How many.
 * @commands: What every container may be joined by.
 * @signals: That may be sent from outside.
 * @flags: MND_SUBJECT_* of each container.
 * @seen: What was said and is not enforced.
 * @pattern_seen: There was a regular expression.
 * @expression_seen: There was one for the source of a mount.
 * @borrowed: Rules and arguments that containers have, but not of their own.
 */
struct mnd_kata {
	struct mnd_import *import;
	struct mnd_agent_policy agent;
	struct mnd_images images;
	struct mnd_kata_macro *macros;
	size_t macro_count;
	struct mnd_texts default_caps;
	struct mnd_texts privileged_caps;
	struct mnd_variable_rule *variables;
	size_t variable_count;
	struct mnd_kata_commands commands;
	u64 signals;
	u32 flags;
	bool seen[__MND_KATA_FIELD_MAX];
	bool pattern_seen;
	bool expression_seen;
	size_t borrowed;
};

/**
 * struct mnd_kata_container - A container of policy_data
 *
 * @place: Where it was written.
 * @args: Arguments of its process.
 * @env: Its variables.
 * @cwd: Its working directory.
 * @user: Its user.
 * @capabilities: Its capabilities, or NULL.
 * @no_new_privileges: It must not gain privileges.
 * @mounts: Array of its mounts, or NULL.
 * @annotations: Object of its annotations, or NULL.
 * @storages: Array of its storages, or NULL.
 * @exec_commands: Array of what it may be joined by, or NULL.
 * @sandbox_name: Expression for the name of its pod, or no text.
 * @sandbox_namespace: Namespace of its pod, or no text.
 * @sandbox_id: Expression for the identifier of its pod, or no text.
 * @seen: What was said of it and is not enforced.
 */
struct mnd_kata_container {
	struct mnd_place place;
	struct mnd_texts args;
	struct mnd_texts env;
	struct mnd_text cwd;
	const struct mnd_value *user;
	const struct mnd_value *capabilities;
	bool no_new_privileges;
	const struct mnd_value *mounts;
	const struct mnd_value *annotations;
	const struct mnd_value *storages;
	const struct mnd_value *exec_commands;
	struct mnd_text sandbox_name;
	struct mnd_text sandbox_namespace;
	struct mnd_text sandbox_id;
	bool seen[__MND_KATA_FIELD_MAX];
};

/**
 * struct mnd_kata_allowed - Containers that a rule allows
 *
 * @args: Array of the arguments that they have, or NULL.
 * @name: Name that they have, or no text.
 * @images: Array of images, or a single one: which they have; or NULL.
 */
struct mnd_kata_allowed {
	const struct mnd_value *args;
	struct mnd_text name;
	const struct mnd_value *images;
};

/* kata_text.c */
int mnd_kata_expand(struct mnd_kata *kata,
		    const struct mnd_kata_container *container,
		    const struct mnd_text *text, struct mnd_text *expanded);
void mnd_kata_quote(FILE *out, const char *text, size_t length);
int mnd_kata_close(struct mnd_kata *kata, FILE *out, char **bytes, size_t *size,
		   struct mnd_text *text);

/* kata_pattern.c */
int mnd_kata_pattern(struct mnd_kata *kata, const struct mnd_text *text,
		     struct mnd_match_rule *rule);
int mnd_kata_check_pattern(struct mnd_kata *kata,
			   const struct mnd_match_rule *rule);
int mnd_kata_note_pattern(struct mnd_kata *kata, const struct mnd_text *text);

/* kata_request.c */
int mnd_kata_requests(struct mnd_kata *kata, const struct mnd_value *defaults);

/* kata_variable.c */
int mnd_kata_shared_variables(struct mnd_kata *kata,
			      const struct mnd_texts *patterns);
int mnd_kata_variables(struct mnd_kata *kata,
		       const struct mnd_kata_container *container,
		       struct mnd_variable_rules *rules);

/* kata_command.c */
int mnd_kata_add_command(struct mnd_kata *kata,
			 const struct mnd_process_rule *rule,
			 struct mnd_kata_commands *commands);
int mnd_kata_exact(struct mnd_kata *kata, const struct mnd_texts *texts,
		   struct mnd_process_rule *process);
int mnd_kata_argv(struct mnd_kata *kata, const struct mnd_value *value,
		  struct mnd_kata_commands *commands);
int mnd_kata_joined(struct mnd_kata *kata, const struct mnd_text *text,
		    struct mnd_kata_commands *commands);
int mnd_kata_arguments(struct mnd_kata *kata,
		       const struct mnd_kata_container *container,
		       struct mnd_process_rule *process);

/* kata_command_pattern.c */
int mnd_kata_command_pattern(struct mnd_kata *kata, const struct mnd_text *text,
			     struct mnd_kata_commands *commands);

/* kata_context.c */
int mnd_kata_context(struct mnd_kata *kata,
		     const struct mnd_kata_container *container,
		     struct mnd_context_rule *context);

/* kata_mount.c */
int mnd_kata_mounts(struct mnd_kata *kata,
		    const struct mnd_kata_container *container,
		    struct mnd_subject_source *subject);

/* kata_layer.c */
int mnd_kata_layers(struct mnd_kata *kata,
		    const struct mnd_kata_container *container,
		    struct mnd_texts *layers);

/* kata_container.c */
int mnd_kata_container(struct mnd_kata *kata, const struct mnd_value *value);

/* kata_subject.c */
int mnd_kata_subject(struct mnd_kata *kata,
		     const struct mnd_hcsshim_container *container,
		     struct mnd_subject_source **subject);
int mnd_kata_processes(struct mnd_kata *kata,
		       struct mnd_subject_source *subject,
		       const struct mnd_process_rule *entry,
		       const struct mnd_kata_commands *own,
		       const struct mnd_context_rule *context);
/* kata_allowed.c */
int mnd_kata_add_allowed(struct mnd_kata *kata,
			 const struct mnd_kata_allowed *allowed,
			 const struct mnd_place *place);

/* kata_guide.c */
int mnd_kata_guide(struct mnd_kata *kata);

#endif /* _MANDATE_IMPORT_KATA_H */
