// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two automata of different sizes that the verifier has let through, as they
 * read a string.  It is known how large they are, and nothing else.
 *
 * Kept apart: run
 */

#include "any_table.h"
#include "verifier.h"
#include "walker.h"

#define AUTOMATA 2
#define PATTERNS 3
#define STATES 5
#define CELLS 7
#define SETS 3

static const u32 counts[__MND_SECTION_MAX] = {
	[MND_SECTION_POLICY] = 1,
	[MND_SECTION_SUBJECT] = 1,
	[MND_SECTION_LIST] = 1,
	[MND_SECTION_PATTERN] = PATTERNS,
	[MND_SECTION_AUTOMATON] = AUTOMATA,
	[MND_SECTION_CLASS] = AUTOMATA,
	[MND_SECTION_CELL] = CELLS,
	[MND_SECTION_ACCEPT] = STATES,
	[MND_SECTION_SET] = SETS,
	[MND_SECTION_MEMBER] = PATTERNS,
	[MND_SECTION_STRING] = 1,
	[MND_SECTION_TEXT] = 4,
};

static const struct mnd_span sets[SETS] = { { 0, 0 }, { 0, 2 }, { 2, 1 } };

/* One has two states and two classes, the other three states and one class. */
static void place(struct mnd_automaton *const a)
{
	a[0].classes = 2;
	a[0].cells = (struct mnd_span){ 0, 4 };
	a[0].accept = (struct mnd_span){ 0, 2 };
	a[1].classes = 1;
	a[1].cells = (struct mnd_span){ 4, 3 };
	a[1].accept = (struct mnd_span){ 2, 3 };
}

void prove_patterns(void)
{
	static char string[5];
	const struct any_table any = make_any_table(counts);
	struct mnd_fault fault;
	struct mnd_table table;
	u32 i;

	place(any_table_section(&any, MND_SECTION_AUTOMATON));
	memcpy(any_table_section(&any, MND_SECTION_SET), sets, sizeof(sets));
	place_strings(&any, 3);
	if (mnd_table_verify(&table, any.data, any.length, &fault))
		return;
	any_string(string, sizeof(string));
	for (i = 0; i < PATTERNS; i++) {
		tell_values_apart(table.patterns[i].automaton, AUTOMATA);
		if (mnd_match(&table, MND_MATCH_PATTERN + i, string,
			      string + sizeof(string)))
			mark("matched");
		else
			mark("not matched");
	}
	for (i = 0; i < AUTOMATA; i++)
		must(mnd_scan(&table, i, string, any_below(sizeof(string))) <
		     SETS);
	mark("end");
}
