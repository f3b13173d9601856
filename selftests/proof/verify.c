// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier, with tables of which nothing is known but how many records
 * each section has.
 *
 * Kept apart: tell_strings_apart verify_strings verify_strings_itself
 */

#include "any_table.h"
#include "verifier.h"

static void verify(const struct any_table *const any)
{
	struct mnd_table table;
	struct mnd_fault fault;
	int err;

	err = mnd_table_verify(&table, any->data, any->length, &fault);
	if (!err) {
		mark("accepted");
		return;
	}
	mark("refused");
	must(err < 0);
	must(fault.reject < __MND_REJECT_MAX);
}

/* Strings of all lengths. */
void prove_strings(void)
{
	static const u32 counts[__MND_SECTION_MAX] = {
		[MND_SECTION_POLICY] = 1, [MND_SECTION_SUBJECT] = 1,
		[MND_SECTION_LIST] = 1,	  [MND_SECTION_SET] = 1,
		[MND_SECTION_STRING] = 2, [MND_SECTION_TEXT] = 6,
	};
	const struct any_table any = make_any_table(counts);

	verify(&any);
}

/* Something of everything. */
void prove_typical(void)
{
	static const u32 counts[__MND_SECTION_MAX] = {
		1, 2, 2, 1, 1, 1, 2, 1, 2, 1, 1, 1, 1,
		4, 2, 1, 2, 1, 1, 4, 2, 2, 2, 3, 2, 8,
	};
	const struct any_table any = make_any_table(counts);

	place_strings(&any, 3);
	verify(&any);
}

/* Lists of all lengths. */
void prove_lists(void)
{
	static const u32 counts[__MND_SECTION_MAX] = {
		[MND_SECTION_POLICY] = 1,    [MND_SECTION_SUBJECT] = 1,
		[MND_SECTION_PRINCIPAL] = 1, [MND_SECTION_VARIABLE] = 2,
		[MND_SECTION_LIST] = 4,	     [MND_SECTION_WORD] = 5,
		[MND_SECTION_DIGEST] = 1,    [MND_SECTION_SET] = 1,
		[MND_SECTION_STRING] = 1,    [MND_SECTION_TEXT] = 4,
	};
	const struct any_table any = make_any_table(counts);

	place_strings(&any, 3);
	verify(&any);
}

/* Automata of all sizes. */
void prove_automata(void)
{
	static const u32 counts[__MND_SECTION_MAX] = {
		[MND_SECTION_POLICY] = 1,    [MND_SECTION_SUBJECT] = 1,
		[MND_SECTION_LIST] = 1,	     [MND_SECTION_PATTERN] = 2,
		[MND_SECTION_AUTOMATON] = 2, [MND_SECTION_CLASS] = 2,
		[MND_SECTION_CELL] = 4,	     [MND_SECTION_ACCEPT] = 3,
		[MND_SECTION_SET] = 3,	     [MND_SECTION_MEMBER] = 3,
		[MND_SECTION_STRING] = 1,    [MND_SECTION_TEXT] = 4,
	};
	const struct any_table any = make_any_table(counts);

	place_strings(&any, 3);
	verify(&any);
}

/* Subjects with as many rules as they like. */
void prove_subjects(void)
{
	static const u32 counts[__MND_SECTION_MAX] = {
		[MND_SECTION_POLICY] = 1,    [MND_SECTION_SUBJECT] = 3,
		[MND_SECTION_PROCESS] = 2,   [MND_SECTION_MOUNT] = 1,
		[MND_SECTION_CONTEXT] = 1,   [MND_SECTION_IDENTITY] = 1,
		[MND_SECTION_PRINCIPAL] = 1, [MND_SECTION_CAPABILITIES] = 1,
		[MND_SECTION_LIST] = 3,	     [MND_SECTION_SET] = 1,
		[MND_SECTION_POSITION] = 3,  [MND_SECTION_STRING] = 3,
		[MND_SECTION_TEXT] = 12,
	};
	const struct any_table any = make_any_table(counts);

	place_strings(&any, 3);
	verify(&any);
}
