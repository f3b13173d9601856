/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verifier itself, all of it, with cases told apart in front of some of
 * its functions.
 */

#ifndef _MANDATE_PROOF_VERIFIER_H
#define _MANDATE_PROOF_VERIFIER_H

#include "../../lsm/core/verifier.h"
#include "any_table.h"
#include "proof.h"

/* More records than any section has here. */
#define MANY 8

static bool is_list_told(const struct verifier *const v,
			 const __le32 *const list,
			 const enum mnd_list_kind kind)
{
	tell_values_apart(*list, v->table->count[MND_SECTION_LIST]);
	if (is_list(v, *list, kind))
		return true;
	return false;
}

static bool is_list_or_none_told(const struct verifier *const v,
				 const __le32 *const list,
				 const enum mnd_list_kind kind)
{
	if (*list != MND_LIST_NONE)
		tell_values_apart(*list, v->table->count[MND_SECTION_LIST]);
	if (is_list_or_none(v, *list, kind))
		return true;
	return false;
}

#define is_list(v, list, kind) is_list_told(v, &(list), kind)
#define is_list_or_none(v, list, kind) is_list_or_none_told(v, &(list), kind)

/* In place: EVA knows that the copy and what it was made of are equal. */
#define is_index(v, index, section)                                    \
	({                                                             \
		const struct verifier *const v_ = (v);                 \
		const __le32 index_ = (index);                         \
		const enum mnd_section section_ = (section);           \
		tell_values_apart(index_, v_->table->count[section_]); \
		is_index(v_, index_, section_);                        \
	})
#define is_string(v, string) is_index(v, string, MND_SECTION_STRING)

#define verify_span(v, span, section, next)                    \
	({                                                     \
		const struct mnd_span *const span_ = (span);   \
		u32 *const next_ = (next);                     \
		if (span_->first < *next_)                     \
			told = 0;                              \
		else if (span_->first > *next_)                \
			told = 1;                              \
		else                                           \
			tell_values_apart(span_->count, MANY); \
		verify_span(v, span_, section, next_);         \
	})

/* How long each string is, and whether there is a NUL in it. */
static inline void tell_strings_apart(const struct mnd_table *const table)
{
	const u32 size = table->count[MND_SECTION_TEXT];
	u32 end = 0;
	u32 i, n;

	for (i = 0; i < table->count[MND_SECTION_STRING]; i++) {
		const struct mnd_string *const string = &table->strings[i];

		if (string->offset < end || string->offset > end)
			break;
		for (n = 0; n < size && string->length != n; n++)
			;
		for (; end < size && n && table->text[end]; end++)
			n--;
		if (n || ++end >= size)
			break;
	}
}

static int verify_strings_itself(const struct verifier *v);
int mnd_verify_matcher_itself(const struct verifier *v, const __le32 *where,
			      enum mnd_space space);
int mnd_verify_subjects_itself(const struct verifier *v);

/* What is behind a section is not the next one: it is out of bounds. */
static void move_sections_apart(struct mnd_table *const table)
{
	table->policy = copy_section(table, table->policy, MND_SECTION_POLICY);
	table->subjects =
		copy_section(table, table->subjects, MND_SECTION_SUBJECT);
	table->processes =
		copy_section(table, table->processes, MND_SECTION_PROCESS);
	table->mounts = copy_section(table, table->mounts, MND_SECTION_MOUNT);
	table->contexts =
		copy_section(table, table->contexts, MND_SECTION_CONTEXT);
	table->identities =
		copy_section(table, table->identities, MND_SECTION_IDENTITY);
	table->principals =
		copy_section(table, table->principals, MND_SECTION_PRINCIPAL);
	table->capabilities = copy_section(table, table->capabilities,
					   MND_SECTION_CAPABILITIES);
	table->variables =
		copy_section(table, table->variables, MND_SECTION_VARIABLE);
	table->volumes =
		copy_section(table, table->volumes, MND_SECTION_VOLUME);
	table->platforms =
		copy_section(table, table->platforms, MND_SECTION_PLATFORM);
	table->fragments =
		copy_section(table, table->fragments, MND_SECTION_FRAGMENT);
	table->trust_lists =
		copy_section(table, table->trust_lists, MND_SECTION_TRUST_LIST);
	table->lists = copy_section(table, table->lists, MND_SECTION_LIST);
	table->words = copy_section(table, table->words, MND_SECTION_WORD);
	table->digests =
		copy_section(table, table->digests, MND_SECTION_DIGEST);
	table->patterns =
		copy_section(table, table->patterns, MND_SECTION_PATTERN);
	table->automata =
		copy_section(table, table->automata, MND_SECTION_AUTOMATON);
	table->cells = copy_section(table, table->cells, MND_SECTION_CELL);
	table->accept = copy_section(table, table->accept, MND_SECTION_ACCEPT);
	table->sets = copy_section(table, table->sets, MND_SECTION_SET);
	table->members =
		copy_section(table, table->members, MND_SECTION_MEMBER);
	table->positions =
		copy_section(table, table->positions, MND_SECTION_POSITION);
	table->strings =
		copy_section(table, table->strings, MND_SECTION_STRING);
	table->text = copy_section(table, table->text, MND_SECTION_TEXT);
	table->classes = copy_section(table, table->classes, MND_SECTION_CLASS);
}

static int verify_strings(const struct verifier *const v)
{
	move_sections_apart(v->table);
	tell_strings_apart(v->table);
	return verify_strings_itself(v);
}

int mnd_verify_matcher(const struct verifier *const v,
		       const __le32 *const where, const enum mnd_space space)
{
	tell_matcher_apart(where, v->table);
	return mnd_verify_matcher_itself(v, where, space);
}

int mnd_verify_subjects(const struct verifier *const v)
{
	tell_values_apart(v->table->subjects[0].name,
			  v->table->count[MND_SECTION_STRING]);
	return mnd_verify_subjects_itself(v);
}

#define verify_strings(...) verify_strings_itself(__VA_ARGS__)
#include "../../lsm/core/verify.c"
#undef verify_strings

#define mnd_verify_subjects(...) mnd_verify_subjects_itself(__VA_ARGS__)
#include "../../lsm/core/verify_subject.c"
#undef mnd_verify_subjects

/* Here only a word that numbers a variable is masked, by this. */
#define cpu_to_le32(mask)                                                   \
	({                                                                  \
		const u32 end_ = 2 * v->table->count[MND_SECTION_VARIABLE]; \
		for (told = 0; told < end_; told++)                         \
			if (*word ==                                        \
			    told / 2 + told % 2 * MND_VARIABLE_REQUIRED)    \
				break;                                      \
		(mask);                                                     \
	})
#define mnd_verify_matcher(...) mnd_verify_matcher_itself(__VA_ARGS__)
#include "../../lsm/core/verify_list.c"
#undef mnd_verify_matcher
#undef cpu_to_le32
#define cpu_to_le32(value) (value)

#include "../../lsm/core/verify_automata.c"
#include "../../lsm/core/verify_context.c"
#include "../../lsm/core/verify_request.c"

#endif /* _MANDATE_PROOF_VERIFIER_H */
