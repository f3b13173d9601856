/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the proofs share.  A proof is a function that Frama-C's EVA goes
 * through for all values of what is unknown at once.
 *
 * EVA knows in which range, or in which small set, each value is, but not how
 * two values are related.  So there are two kinds of proofs, and both are
 * about tables in which the number of records is fixed and small:
 *
 * - The verifier reads tables of which all else is unknown, or all but the
 *   places of the strings.  layout.c shows that it stays within tables of
 *   which really nothing is known, as far as it has not seen the directory.
 * - The walkers read what the verifier has let through: the verifier runs,
 *   and what EVA then knows of each field is all that they can rely on.  It is
 *   fixed where spans begin and end, and how long strings are, because that
 *   would be lost: the sum of two unknown numbers is not known to be at most a
 *   third.
 *
 * Behind the layout each section is moved into memory of its own: what reads
 * beyond a section reads out of bounds, even where there is another one.
 *
 * In front of some functions there are loops and branches that do nothing.
 * From there on EVA looks at each case by itself.
 */

#ifndef _MANDATE_PROOF_H
#define _MANDATE_PROOF_H

#include "../../lsm/core/deps.h"

/*
 * EVA prints it.  scripts/prove wants to see each mark of a file in each proof
 * of that file: nothing is proven of what cannot be reached.
 */
void mark(const char *what);

/* An alarm where it may not hold. */
//@ requires holds != 0; assigns \nothing;
void must(bool holds);

static inline u32 any_number(void)
{
	return any_between(0, 0xffffffff);
}

static inline u32 any_below(const u32 limit)
{
	return any_between(0, limit - 1);
}

static inline bool any_bool(void)
{
	return any_between(0, 1);
}

/* Any string that fits into @memory with its NUL. */
static inline char *any_string(char *const memory, const size_t size)
{
	make_unknown(memory, size);
	memory[size - 1] = 0;
	return memory;
}

static inline char *any_string_or_none(char *const memory, const size_t size)
{
	any_string(memory, size);
	return any_bool() ? memory : NULL;
}

/* What the loops below count with. */
static u32 told;

/* Each value below @limit, and the rest. */
#define tell_values_apart(value, limit)                                   \
	do {                                                              \
		for (told = 0; told < (limit) && (value) != told; told++) \
			;                                                 \
	} while (0)

/* Each string, each pattern, none, any, and the rest. */
#define tell_matcher_apart(matcher, table)                                  \
	do {                                                                \
		const u32 *const m_ = (matcher);                            \
		const u32 *const count_ = (table)->count;                   \
		const u32 patterns_ = count_[MND_SECTION_PATTERN];          \
		if (*m_ < MND_MATCH_PATTERN)                                \
			tell_values_apart(*m_, count_[MND_SECTION_STRING]); \
		else if (*m_ == MND_MATCH_NONE)                             \
			told = 0;                                           \
		else if (*m_ == MND_MATCH_ANY)                              \
			told = 1;                                           \
		else                                                        \
			for (told = 0; told < patterns_ &&                  \
				       *m_ != (MND_MATCH_PATTERN | told);   \
			     told++)                                        \
				;                                           \
	} while (0)

#endif /* _MANDATE_PROOF_H */
