// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What needs no table, or no more of it than how many subjects it has.
 *
 * Kept apart: mnd_next_candidate
 */

#include "../../lsm/core/candidates.c"
#include "../../lsm/core/reject.h"
#include "proof.h"

/* The words are enough for each subject, and no more. */
static void ask_words(void)
{
	static const u32 numbers[] = { 1, 63, 64, 65, 128, MND_SUBJECT_MAX };
	struct mnd_table table;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		u32 words;

		table.count[MND_SECTION_SUBJECT] = numbers[i];
		words = mnd_candidate_words(&table);
		must(words * 64 >= numbers[i] && (words - 1) * 64 < numbers[i]);
	}
}

/* Whatever is in a set, and wherever the walk begins. */
static void ask_set(u64 *const words, const u32 count)
{
	struct mnd_candidates set = { .words = words, .count = count };
	u32 next;

	make_unknown(words, count * sizeof(*words));
	next = mnd_next_candidate(&set, any_number());
	must(next == MND_NONE || next < 64 * count);
	mnd_candidates_one(&set, any_below(64 * count));
	mnd_candidates_one(&set, MND_NONE);
	must(mnd_next_candidate(&set, 0) == MND_NONE);
}

/* One of as many as there can be is found, and no other. */
static void ask_member(const u32 i)
{
	u64 words[2];
	struct mnd_candidates set = { .words = words, .count = 2 };

	mnd_candidates_one(&set, i);
	must(mnd_next_candidate(&set, 0) == i);
	must(mnd_next_candidate(&set, i) == i);
	must(mnd_next_candidate(&set, i + 1) == MND_NONE);
}

void prove_parts(void)
{
	u64 one[1], two[2], three[3], signals;
	u32 i;

	ask_words();
	ask_set(one, ARRAY_SIZE(one));
	ask_set(two, ARRAY_SIZE(two));
	ask_set(three, ARRAY_SIZE(three));
	for (i = 0; i < 128; i++)
		ask_member(i);
	make_unknown(&signals, sizeof(signals));
	mnd_decide_signal(signals, (int)any_number());
	mnd_dimension_name(any_below(__MND_DIMENSION_MAX));
	must(mnd_reject_errno(any_below(__MND_REJECT_MAX)) < 0);
	must(mnd_reject_text(any_below(__MND_REJECT_MAX)));
	mark("end");
}
