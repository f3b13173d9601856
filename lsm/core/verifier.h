/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the steps of the verifier share.
 */

#ifndef _MANDATE_CORE_VERIFIER_H
#define _MANDATE_CORE_VERIFIER_H

#include "verify.h"

/**
 * struct verifier - A table on its way through the verifier
 *
 * @table: The table; what earlier steps have looked at can be relied on.
 * @fault: Written where a step fails.
 */
struct verifier {
	struct mnd_table *table;
	struct mnd_fault *fault;
};

static inline int reject(const struct verifier *const v,
			 const enum mnd_reject reason, const void *const where)
{
	v->fault->reject = reason;
	v->fault->offset = (u32)((const u8 *)where - v->table->data);
	return mnd_reject_errno(reason);
}

static inline bool is_index(const struct verifier *const v, const __le32 index,
			    const enum mnd_section section)
{
	return le32_to_cpu(index) < v->table->count[section];
}

static inline bool is_string(const struct verifier *const v,
			     const __le32 string)
{
	return is_index(v, string, MND_SECTION_STRING);
}

/* Whether @list is one of @kind. */
static inline bool is_list(const struct verifier *const v, const __le32 list,
			   const enum mnd_list_kind kind)
{
	return is_index(v, list, MND_SECTION_LIST) &&
	       le32_to_cpu(v->table->lists[le32_to_cpu(list)].kind) ==
		       (u32)kind;
}

/* Whether @list is one of @kind, or none. */
static inline bool is_list_or_none(const struct verifier *const v,
				   const __le32 list,
				   const enum mnd_list_kind kind)
{
	return le32_to_cpu(list) == MND_LIST_NONE || is_list(v, list, kind);
}

/* @span must lie in @section and follow the last one, where @next is. */
static inline int verify_span(const struct verifier *const v,
			      const struct mnd_span *const span,
			      const enum mnd_section section, u32 *const next)
{
	const u32 size = v->table->count[section];
	const u32 first = mnd_span_first(span);

	if (first != *next || first > size ||
	    mnd_span_count(span) > size - first)
		return reject(v, MND_REJECT_SPAN, span);
	*next += mnd_span_count(span);
	return 0;
}

/* verify_automata.c */
int mnd_verify_patterns(const struct verifier *v);
int mnd_verify_sets(const struct verifier *v);
int mnd_verify_automata(const struct verifier *v);

/* verify_context.c */
int mnd_verify_variables(const struct verifier *v);
int mnd_verify_principals(const struct verifier *v);
int mnd_verify_capabilities(const struct verifier *v);
int mnd_verify_identities(const struct verifier *v);
int mnd_verify_contexts(const struct verifier *v);

/* verify_list.c */
int mnd_verify_matcher(const struct verifier *v, const __le32 *where,
		       enum mnd_space space);
int mnd_verify_exact(const struct verifier *v, const __le32 *where);
int mnd_verify_lists(const struct verifier *v);

/* verify_request.c */
int mnd_verify_volumes(const struct verifier *v);
int mnd_verify_platforms(const struct verifier *v);
int mnd_verify_fragments(const struct verifier *v);
int mnd_verify_trust_lists(const struct verifier *v);

/* verify_subject.c */
int mnd_verify_policy(const struct verifier *v);
int mnd_verify_rules(const struct verifier *v);
int mnd_verify_subjects(const struct verifier *v);
int mnd_verify_positions(const struct verifier *v);

#endif /* _MANDATE_CORE_VERIFIER_H */
