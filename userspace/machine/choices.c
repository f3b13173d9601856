// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sets of what a container can be.  Containers that can still be all that have
 * the same layers share one set.
 */

#include <stdlib.h>

#include "state.h"

static size_t set_size(u32 count)
{
	return sizeof(struct mnd_choice_set) + (size_t)count * sizeof(u32);
}

/**
 * mnd_choice_set_make - Make a set
 *
 * @count: Number of choices.
 *
 * Return: The set, with one reference and no choice filled in, or NULL.
 */
struct mnd_choice_set *mnd_choice_set_make(u32 count)
{
	struct mnd_choice_set *set = calloc(1, set_size(count));

	if (!set)
		return NULL;
	set->references = 1;
	set->count = count;
	return set;
}

/**
 * mnd_choice_set_drop - Drop a reference to a set
 *
 * @set: Set, or NULL.
 */
void mnd_choice_set_drop(struct mnd_choice_set *set)
{
	if (set && !--set->references)
		free(set);
}

/**
 * mnd_choices_share - Refer to a set of the pool
 *
 * @set: Set.
 *
 * Return: Its choices, to be given to mnd_choices_drop().
 */
struct mnd_choices mnd_choices_share(struct mnd_choice_set *set)
{
	if (set->count == 1)
		return (struct mnd_choices){ 1, set->choices[0], NULL };
	set->references++;
	return (struct mnd_choices){ set->count, 0, set };
}

/**
 * mnd_choices_again - Refer to choices once more
 *
 * @choices: Choices.
 *
 * Return: The same, to be given to mnd_choices_drop() as well.
 */
struct mnd_choices mnd_choices_again(const struct mnd_choices *choices)
{
	if (choices->set)
		choices->set->references++;
	return *choices;
}

/**
 * mnd_choices_make - Make choices of a list
 *
 * @state: What they count in.
 * @list: Numbers, ascending.
 * @count: How many, at least one.
 * @choices: Written; to be given to mnd_choices_drop().
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_choices_make(struct mnd_state *state, const u32 *list, u32 count,
		     struct mnd_choices *choices)
{
	struct mnd_choice_set *set;

	*choices = (struct mnd_choices){ 1, list[0], NULL };
	if (count == 1)
		return 0;
	set = mnd_choice_set_make(count);
	if (!set)
		return -ENOMEM;
	memcpy(set->choices, list, (size_t)count * sizeof(*list));
	set->counted = true;
	state->memory += set_size(count);
	*choices = (struct mnd_choices){ count, 0, set };
	return 0;
}

/**
 * mnd_choices_drop - Drop choices
 *
 * @state: What they count in.
 * @choices: Choices; none afterwards.
 */
void mnd_choices_drop(struct mnd_state *state, struct mnd_choices *choices)
{
	struct mnd_choice_set *set = choices->set;

	if (set && set->counted && set->references == 1)
		state->memory -= set_size(set->count);
	mnd_choice_set_drop(set);
	*choices = (struct mnd_choices){ 0 };
}
