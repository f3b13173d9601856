// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Checks the automata of random sets of patterns against a minimiser that is
 * too simple to be wrong, and too slow to be used: it tries all pairs of states
 * of the automata as they are before they are minimised and united.
 */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../userspace/regex/dfa.h"
#include "../../userspace/regex/pattern.h"
#include "../../userspace/regex/raw_dfa.h"

#define MAX_PATTERNS 4
#define MAX_STATES 800
#define NOWHERE (~0u)

/**
 * struct text - A pattern that is being written
 *
 * @data: Its text, terminated.
 * @length: Bytes of it.
 * @whole: It is to match whole strings.
 */
struct text {
	char data[512];
	size_t length;
	bool whole;
};

/**
 * struct slow - An automaton that is not minimal
 *
 * A state has a state of each pattern's own automaton.  State 0 is dead, state
 * 1 is the start; they can be alike.
 *
 * @raw: The patterns' own automata.
 * @number: Numbers of the patterns.
 * @patterns: How many there are.
 * @column: Class of each byte.
 * @columns: Number of classes.
 * @byte: A byte of each class.
 * @part: For each state the states of the patterns' automata.
 * @next: For each state and class the next state.
 * @count: Number of states.
 */
struct slow {
	struct mnd_raw_dfa raw[MAX_PATTERNS];
	u32 number[MAX_PATTERNS];
	u32 patterns;
	u32 column[256];
	u32 columns;
	u8 byte[256];
	u16 part[MAX_STATES][MAX_PATTERNS];
	u32 next[MAX_STATES][256];
	u32 count;
};

/**
 * struct tally - What was checked
 *
 * @automata: Automata.
 * @unions: Those that know several patterns.
 * @smaller: Those that are smaller than they were before.
 * @separate: Lists that need several automata.
 */
struct tally {
	u32 automata;
	u32 unions;
	u32 smaller;
	u32 separate;
};

static struct slow slow;
static bool apart[MAX_STATES][MAX_STATES];

/* --- random patterns ------------------------------------------------------ */

/* Marsaglia's xorshift: the same numbers everywhere. */
static u32 roll(u32 limit)
{
	static u32 number = 2463534242u;

	number ^= number << 13;
	number ^= number >> 17;
	number ^= number << 5;
	return number % limit;
}

static void write_text(struct text *text, const char *piece)
{
	size_t length = strlen(piece);

	assert_true(text->length + length < sizeof(text->data));
	memcpy(text->data + text->length, piece, length + 1);
	text->length += length;
}

static void write_pattern(struct text *text, unsigned int depth)
{
	static const char *const atoms[] = {
		"a",	  "b",
		"c",	  ".",
		"[ab]",	  "[^a]",
		"(?s:.)", "\xc3\xa9",
		"(?i:k)", "[\xc3\xa0-\xe2\x82\xac]",
		"^",	  "$",
		"\\b",	  "\\B",
		"(?m:^)", "(?m:$)",
		"\\w",	  "\\W",
		"ab",	  "(?:)",
	};
	static const char *const counts[] = {
		"*", "+", "?", "{2}", "{0,2}", "{1,3}", "{3,}",
	};

	if (!depth || !roll(5)) {
		write_text(text, atoms[roll(ARRAY_SIZE(atoms))]);
		return;
	}
	switch (roll(4)) {
	case 0:
		write_text(text, "(?:");
		write_pattern(text, depth - 1);
		write_text(text, ")");
		write_text(text, counts[roll(ARRAY_SIZE(counts))]);
		break;
	case 1:
		write_text(text, "(");
		write_pattern(text, depth - 1);
		write_text(text, "|");
		write_pattern(text, depth - 1);
		write_text(text, ")");
		break;
	default:
		write_pattern(text, depth - 1);
		write_pattern(text, depth - 1);
	}
}

static struct text random_pattern(void)
{
	struct text text = { .whole = roll(2) };

	write_text(&text, "");
	write_pattern(&text, 1 + roll(5));
	return text;
}

/* --- the automaton before it is minimal ----------------------------------- */

static int make_raw(const struct text *text, struct mnd_raw_dfa *raw)
{
	struct mnd_error error;
	struct mnd_nfa nfa;
	u64 work = 0;
	int err;

	err = mnd_pattern_parse(text->data, text->length, text->whole, &nfa,
				&error);
	assert_int_equal(err, 0);
	err = mnd_raw_dfa_make(&nfa, raw, &work);
	mnd_nfa_free(&nfa);
	return err;
}

/* Bytes are of one class if they are for each pattern. */
static void find_columns(void)
{
	u32 byte, other, i;

	slow.columns = 0;
	for (byte = 0; byte < 256; byte++) {
		for (other = 0; other < byte; other++) {
			for (i = 0; i < slow.patterns; i++) {
				if (slow.raw[i].class_of[byte] !=
				    slow.raw[i].class_of[other])
					break;
			}
			if (i == slow.patterns)
				break;
		}
		if (other == byte) {
			slow.byte[slow.columns] = byte;
			slow.column[byte] = slow.columns++;
		} else {
			slow.column[byte] = slow.column[other];
		}
	}
}

static u32 find_state(const u16 *part)
{
	size_t size = slow.patterns * sizeof(*part);
	u32 i;

	/* Not found twice: the dead state, which may be the start as well. */
	for (i = 0; i < slow.count; i++) {
		if (!memcmp(slow.part[i], part, size))
			return i;
	}
	if (slow.count == MAX_STATES)
		return NOWHERE;
	memcpy(slow.part[slow.count], part, size);
	return slow.count++;
}

static u32 find_next(u32 state, u32 column)
{
	u16 part[MAX_PATTERNS];
	u32 i;

	for (i = 0; i < slow.patterns; i++) {
		const struct mnd_raw_dfa *raw = &slow.raw[i];

		part[i] = raw->next[slow.part[state][i] * raw->class_count +
				    raw->class_of[slow.byte[column]]];
	}
	return find_state(part);
}

/* Finds all states; false if they are too many. */
static bool explore(void)
{
	u32 state, column, i;

	find_columns();
	for (i = 0; i < slow.patterns; i++) {
		slow.part[0][i] = 0;
		slow.part[1][i] = slow.raw[i].start;
	}
	slow.count = 2;
	for (state = 0; state < slow.count; state++) {
		for (column = 0; column < slow.columns; column++) {
			slow.next[state][column] = find_next(state, column);
			if (slow.next[state][column] == NOWHERE)
				return false;
		}
	}
	return true;
}

static bool accepts(u32 state, u32 i)
{
	return slow.raw[i].accept[slow.part[state][i]];
}

/* --- the minimiser -------------------------------------------------------- */

static bool can_tell_apart(u32 left, u32 right)
{
	u32 i;

	for (i = 0; i < slow.patterns; i++) {
		if (accepts(left, i) != accepts(right, i))
			return true;
	}
	for (i = 0; i < slow.columns; i++) {
		if (apart[slow.next[left][i]][slow.next[right][i]])
			return true;
	}
	return false;
}

static void find_pairs(void)
{
	bool changed = true;
	u32 left, right;

	memset(apart, 0, sizeof(apart));
	while (changed) {
		changed = false;
		for (left = 0; left < slow.count; left++) {
			for (right = 0; right < left; right++) {
				if (apart[left][right] ||
				    !can_tell_apart(left, right))
					continue;
				apart[left][right] = true;
				apart[right][left] = true;
				changed = true;
			}
		}
	}
}

static u32 count_states(void)
{
	u32 left, right, count = 0;

	for (left = 0; left < slow.count; left++) {
		for (right = 0; right < left; right++) {
			if (!apart[left][right])
				break;
		}
		count += left == right;
	}
	return count;
}

static bool is_same_column(u32 left, u32 right)
{
	u32 state;

	for (state = 0; state < slow.count; state++) {
		if (apart[slow.next[state][left]][slow.next[state][right]])
			return false;
	}
	return true;
}

/* --- what is compared ----------------------------------------------------- */

static void check_classes(const struct mnd_dfa *dfa)
{
	u32 left, right, count = 0;
	bool same;

	for (left = 0; left < 256; left++) {
		for (right = 0; right < left; right++) {
			same = is_same_column(slow.column[left],
					      slow.column[right]);
			assert_int_equal(same, dfa->class_of[left] ==
						       dfa->class_of[right]);
			if (same)
				break;
		}
		count += left == right;
	}
	assert_int_equal(count, dfa->class_count);
}

static void check_accept(const struct mnd_dfa *dfa, u32 state, u32 twin)
{
	u32 set = dfa->accept[twin / dfa->class_count], i, count = 0;

	for (i = 0; i < slow.patterns; i++) {
		assert_int_equal(mnd_dfa_accepts(dfa, set, slow.number[i]),
				 accepts(state, i));
		count += accepts(state, i);
	}
	assert_int_equal(dfa->set_first[set + 1] - dfa->set_first[set], count);
}

/* Walks both: a state here must always be the same one there. */
static void check_language(const struct mnd_dfa *dfa)
{
	u32 twin[MAX_STATES], state, next, byte, expected;

	memset(twin, 0xff, sizeof(twin));
	twin[0] = 0;
	twin[1] = dfa->start;
	for (state = 0; state < slow.count; state++) {
		assert_int_not_equal(twin[state], NOWHERE);
		check_accept(dfa, state, twin[state]);
		for (byte = 0; byte < 256; byte++) {
			next = slow.next[state][slow.column[byte]];
			expected = dfa->next[twin[state] + dfa->class_of[byte]];
			if (twin[next] == NOWHERE)
				twin[next] = expected;
			assert_int_equal(twin[next], expected);
		}
	}
}

static void check_automaton(const struct mnd_dfa *dfa, struct tally *tally)
{
	if (!explore())
		return;
	find_pairs();
	assert_int_equal(dfa->state_count, count_states());
	check_language(dfa);
	check_classes(dfa);
	tally->automata++;
	tally->unions += slow.patterns > 1;
	tally->smaller += dfa->state_count < slow.count;
}

/* Takes the patterns that an automaton knows. */
static void take_patterns(const struct text *text, u32 count,
			  const struct mnd_dfa_list *list, u32 automaton)
{
	u32 i;

	slow.patterns = 0;
	for (i = 0; i < count; i++) {
		if (list->automaton[i] != automaton)
			continue;
		slow.number[slow.patterns] = i;
		assert_int_equal(make_raw(&text[i], &slow.raw[slow.patterns]),
				 0);
		slow.patterns++;
	}
}

static void check_list(const struct text *text, u32 count,
		       const struct mnd_dfa_list *list, struct tally *tally)
{
	u32 i;

	tally->separate += list->count > 1;
	for (i = 0; i < list->count; i++) {
		take_patterns(text, count, list, i);
		assert_true(slow.patterns > 0);
		check_automaton(&list->dfa[i], tally);
		while (slow.patterns)
			mnd_raw_dfa_free(&slow.raw[--slow.patterns]);
	}
}

static void check_patterns(const struct text *text, u32 count,
			   struct tally *tally)
{
	struct mnd_regex *regex[MAX_PATTERNS];
	struct mnd_dfa_error error;
	struct mnd_dfa_list list;
	u32 i;
	int err;

	for (i = 0; i < count; i++) {
		assert_int_equal(mnd_regex_parse(text[i].data, text[i].length,
						 &regex[i], &error.error),
				 0);
		if (text[i].whole)
			mnd_regex_match_whole(regex[i]);
	}
	err = mnd_dfa_build((const struct mnd_regex *const *)regex, count,
			    &list, &error);
	if (!err)
		check_list(text, count, &list, tally);
	else
		assert_int_equal(err, -E2BIG);
	mnd_dfa_list_free(&list);
	for (i = 0; i < count; i++)
		mnd_regex_free(regex[i]);
}

static void agrees_on_random_sets(void **state)
{
	struct text text[MAX_PATTERNS];
	struct tally tally = { 0 };
	u32 sets, count, i;

	(void)state;
	for (sets = 0; sets < 2000; sets++) {
		count = 1 + roll(MAX_PATTERNS);
		for (i = 0; i < count; i++)
			text[i] = random_pattern();

		/* The same text as a search and as a whole. */
		if (count > 1 && !roll(4)) {
			text[1] = text[0];
			text[1].whole = roll(2);
		}
		check_patterns(text, count, &tally);
	}
	print_message("# %u automata, %u unions, %u made smaller\n",
		      tally.automata, tally.unions, tally.smaller);
	assert_true(tally.automata > 1500);
	assert_true(tally.unions > 1000);
	assert_true(tally.smaller > 1000);
}

static void agrees_on_separate_automata(void **state)
{
	static const char *const patterns[MAX_PATTERNS] = {
		"^\\pL+\\b",
		"x\\pN{2}$",
		"^(ab|a)*\\P{Greek}$",
		"b",
	};
	struct text text[MAX_PATTERNS] = { 0 };
	struct tally tally = { 0 };
	u32 i;

	(void)state;
	for (i = 0; i < MAX_PATTERNS; i++)
		write_text(&text[i], patterns[i]);
	check_patterns(text, MAX_PATTERNS, &tally);
	assert_int_equal(tally.separate, 1);
	assert_true(tally.automata > 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_on_random_sets),
		cmocka_unit_test(agrees_on_separate_automata),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
