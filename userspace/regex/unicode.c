// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Unicode classes by name, and simple case folding.
 */

#include "unicode.h"
#include "unicode_table.h"

static int add_class(struct mnd_rune_set *set,
		     const struct mnd_unicode_class *named)
{
	const u32 *delta = mnd_unicode_delta + 2 * named->first;
	u32 next = 0, i;
	int err;

	for (i = 0; i < named->count; i++, delta += 2) {
		next += delta[0];
		err = mnd_rune_set_add(set, next, next + delta[1]);
		if (err)
			return err;
		next += delta[1] + 1;
	}
	return 0;
}

static bool has_name(const struct mnd_unicode_class *named, const char *name,
		     size_t length)
{
	return strlen(named->name) == length &&
	       !memcmp(named->name, name, length);
}

/* A category of one letter is the union of those that start with it. */
static int add_letter(struct mnd_rune_set *set, char letter)
{
	const struct mnd_unicode_class *named = mnd_unicode_category;
	bool found = false;
	size_t i;
	int err;

	for (i = 0; i < mnd_unicode_category_count; i++, named++) {
		if (named->name[0] != letter)
			continue;
		found = true;
		err = add_class(set, named);
		if (err)
			return err;
	}
	return found ? 0 : -ENOENT;
}

/**
 * mnd_unicode_class - Add the code points of a named class to a set
 *
 * The names are those that Go knows: general categories such as L and Lu,
 * scripts such as Greek, and Any.
 *
 * @set: Set to add to; no longer normalised afterwards.
 * @name: Name, without the braces of \p{NAME}; need not end in a NUL.
 * @length: Bytes of @name.
 *
 * Return: 0 or:
 * - %-ENOENT: no class has this name;
 * - %-ENOMEM, %-E2BIG: as mnd_rune_set_add().
 */
int mnd_unicode_class(struct mnd_rune_set *set, const char *name, size_t length)
{
	size_t i;

	if (length == 1)
		return add_letter(set, name[0]);
	if (length == 3 && !memcmp(name, "Any", 3))
		return mnd_rune_set_add(set, 0, MND_RUNE_MAX);
	for (i = 0; i < mnd_unicode_category_count; i++) {
		if (has_name(&mnd_unicode_category[i], name, length))
			return add_class(set, &mnd_unicode_category[i]);
	}
	for (i = 0; i < mnd_unicode_script_count; i++) {
		if (has_name(&mnd_unicode_script[i], name, length))
			return add_class(set, &mnd_unicode_script[i]);
	}
	return -ENOENT;
}

/* Adds the other of two code points that fold to each other. */
static int fold_pair(struct mnd_rune_set *set, u32 left, u32 right,
		     struct mnd_rune_set *added)
{
	bool has_left = mnd_rune_set_has(set, left);

	if (has_left == mnd_rune_set_has(set, right))
		return 0;
	if (has_left)
		return mnd_rune_set_add(added, right, right);
	return mnd_rune_set_add(added, left, left);
}

/* Whether a set that is not empty may have any of a range's code points. */
static bool may_have(const struct mnd_rune_set *set, u32 first, u32 last)
{
	return set->range[0].first <= last &&
	       set->range[set->count - 1].last >= first;
}

static int fold_run(struct mnd_rune_set *set,
		    const struct mnd_unicode_fold *fold,
		    struct mnd_rune_set *added)
{
	u32 distance = fold->partner - fold->first, rune;
	int err;

	if (!may_have(set, fold->first, fold->last) &&
	    !may_have(set, fold->partner, fold->last + distance))
		return 0;
	for (rune = fold->first; rune <= fold->last; rune += fold->step) {
		err = fold_pair(set, rune, rune + distance, added);
		if (err)
			return err;
	}
	return 0;
}

static int fold_orbit(struct mnd_rune_set *set, const u32 *orbit,
		      struct mnd_rune_set *added)
{
	bool touched = false;
	size_t i;
	int err;

	for (i = 0; i < MND_UNICODE_ORBIT && orbit[i]; i++)
		touched = touched || mnd_rune_set_has(set, orbit[i]);
	for (i = 0; touched && i < MND_UNICODE_ORBIT && orbit[i]; i++) {
		err = mnd_rune_set_add(added, orbit[i], orbit[i]);
		if (err)
			return err;
	}
	return 0;
}

static int find_folded(struct mnd_rune_set *set, struct mnd_rune_set *added)
{
	size_t i;
	int err;

	for (i = 0; i < mnd_unicode_fold_count; i++) {
		err = fold_run(set, &mnd_unicode_fold[i], added);
		if (err)
			return err;
	}
	for (i = 0; i < mnd_unicode_orbit_count; i++) {
		err = fold_orbit(set, mnd_unicode_orbit[i], added);
		if (err)
			return err;
	}
	return 0;
}

/**
 * mnd_unicode_fold_set - Close a set under simple case folding
 *
 * @set: Set; normalised afterwards.
 *
 * Return: as mnd_rune_set_add().
 */
int mnd_unicode_fold_set(struct mnd_rune_set *set)
{
	struct mnd_rune_set added = { 0 };
	int err;

	if (!set->count)
		return 0;
	mnd_rune_set_normalise(set);
	err = find_folded(set, &added);
	if (!err)
		err = mnd_rune_set_append(set, &added);
	mnd_rune_set_normalise(set);
	mnd_rune_set_free(&added);
	return err;
}
