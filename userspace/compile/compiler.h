/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the compiler share.
 */

#ifndef _MANDATE_COMPILER_H
#define _MANDATE_COMPILER_H

#include "compile.h"
#include "table_builder.h"

/**
 * struct mnd_compiler - A policy on its way into a table
 *
 * @policy: Policy.
 * @subjects: The UVM, then the containers by name.
 * @subject_count: How many.
 * @builder: Table.
 */
struct mnd_compiler {
	const struct mnd_policy_source *policy;
	const struct mnd_subject_source **subjects;
	size_t subject_count;
	struct mnd_builder builder;
};

/*
 * All of these return 0, or -EINVAL, -E2BIG or -ENOMEM with the error of the
 * builder written.
 */

/* automata.c */
int mnd_compile_automata(struct mnd_builder *builder);

/* context.c */
int mnd_compile_context(struct mnd_builder *builder,
			const struct mnd_context_rule *context, __le32 *number);
int mnd_compile_variables(struct mnd_builder *builder,
			  const struct mnd_variable_rules *rules,
			  __le32 *number);
int mnd_compile_digests(struct mnd_builder *builder, const u8 *digests,
			size_t count, __le32 *number);

/* request.c */
int mnd_compile_string_list(struct mnd_builder *builder, const char **strings,
			    size_t count, __le32 *number);
int mnd_compile_volumes(struct mnd_builder *builder,
			const struct mnd_volume_rules *rules, __le32 *number);
int mnd_compile_requests(struct mnd_compiler *compiler);

/* text.c */
int mnd_compile_text(struct mnd_compiler *compiler);

#endif /* _MANDATE_COMPILER_H */
