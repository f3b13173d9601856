/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the reader of mandate's own language share.
 */

#ifndef _MANDATE_POLICY_READER_H
#define _MANDATE_POLICY_READER_H

#include "../toml/reader.h"

/**
 * struct mnd_match_keys - The keys of a table that say what a string must be
 *
 * @rule: What they say.
 * @count: How many there are; there has to be one.
 */
struct mnd_match_keys {
	struct mnd_match_rule rule;
	unsigned int count;
};

/**
 * struct mnd_process_keys - The keys of a process rule
 *
 * @rule: Rule.
 * @context: What else the process must be like; only for keys about that.
 */
struct mnd_process_keys {
	struct mnd_process_rule *rule;
	struct mnd_context_rule *context;
};

/* Kinds of process rules that a source has arrays of. */
enum mnd_process_kind {
	MND_PROCESS_EXEC,
	MND_PROCESS_DESCENDANT,
	MND_PROCESS_UVM,
	MND_PROCESS_EXTERNAL,
};

/*
 * All of these return 0, or -EINVAL, -E2BIG or -ENOMEM with the reader's error
 * written.
 */

/* match.c */
int mnd_policy_read_any(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *keys);
int mnd_policy_read_exact(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *keys);
int mnd_policy_read_none(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *keys);
int mnd_policy_read_re2(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *keys);
int mnd_policy_read_match(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *rule);
int mnd_policy_read_no_pattern(struct mnd_toml_reader *reader,
			       const struct mnd_toml_value *value, void *rule);
int mnd_policy_read_unlimited(struct mnd_toml_reader *reader,
			      const struct mnd_toml_value *value);

/* variable.c */
int mnd_policy_read_environment(struct mnd_toml_reader *reader,
				const struct mnd_toml_value *value,
				void *rules);

/* identity.c */
int mnd_policy_read_user(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *principal);
int mnd_policy_read_groups(struct mnd_toml_reader *reader,
			   const struct mnd_toml_value *value, void *identity);
int mnd_policy_read_umask(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *rule);

/* capabilities.c */
int mnd_policy_read_capabilities(struct mnd_toml_reader *reader,
				 const struct mnd_toml_value *value,
				 void *lists);

/* context.c: keys whose members are in struct mnd_process_keys */
extern const struct mnd_toml_form mnd_context_form;
extern const struct mnd_toml_form mnd_external_form;
extern const struct mnd_context_rule mnd_any_context;

/* process.c */
extern const struct mnd_toml_form mnd_entry_form;
int mnd_policy_make_context(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value,
			    const struct mnd_context_rule *context,
			    struct mnd_process_keys *keys);
int mnd_policy_check_process(struct mnd_toml_reader *reader,
			     const struct mnd_toml_value *value,
			     const struct mnd_process_rule *rule);
int mnd_policy_read_processes(struct mnd_toml_reader *reader,
			      const struct mnd_toml_value *value,
			      enum mnd_process_kind kind,
			      const struct mnd_context_rule *context,
			      struct mnd_subject_source *subject);

/* mount.c */
int mnd_policy_read_mounts(struct mnd_toml_reader *reader,
			   const struct mnd_toml_value *value,
			   struct mnd_subject_source *subject);
int mnd_policy_read_include(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value,
			    struct mnd_subject_source *subject);
int mnd_policy_begin_mounts(struct mnd_toml_reader *reader,
			    const struct mnd_toml_table *table,
			    struct mnd_subject_source *subject);

/* volume.c */
int mnd_policy_read_volumes(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value, void *rules);

/* uvm.c */
int mnd_policy_read_uvm(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *uvm);

/* container.c */
int mnd_policy_read_containers(struct mnd_toml_reader *reader,
			       const struct mnd_toml_value *value,
			       void *policy);

/* request.c: what is in struct mnd_policy_source */
int mnd_policy_read_requests(struct mnd_toml_reader *reader,
			     const struct mnd_toml_value *value, void *policy);
int mnd_policy_read_platforms(struct mnd_toml_reader *reader,
			      const struct mnd_toml_value *value, void *policy);
int mnd_policy_read_fragments(struct mnd_toml_reader *reader,
			      const struct mnd_toml_value *value, void *policy);
int mnd_policy_read_trust_lists(struct mnd_toml_reader *reader,
				const struct mnd_toml_value *value,
				void *policy);

#endif /* _MANDATE_POLICY_READER_H */
