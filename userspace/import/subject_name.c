// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names for containers whose source has none, or none that will do.
 */

#include <stdio.h>
#include <stdlib.h>

#include "subject_name.h"

/* Before a number that tells containers of one name apart. */
#define MARK '#'

/* "#" and a number below MND_SUBJECT_MAX. */
#define MARK_SIZE 6

/* Printable, without a blank and without a mark, and short enough for one. */
static const char *make_base(struct mnd_arena *arena, const char *name,
			     size_t number)
{
	char plain[32];
	char *base, *c;

	if (!name || !*name || !strcmp(name, "uvm")) {
		snprintf(plain, sizeof(plain), "container-%zu", number + 1);
		name = plain;
	}
	base = mnd_arena_copy(arena, name,
			      strnlen(name, MND_NAME_SIZE_MAX - MARK_SIZE));
	if (!base)
		return NULL;
	for (c = base; *c; c++)
		if (*c <= ' ' || *c > '~' || *c == MARK)
			*c = '_';
	return base;
}

/* By name, and in the order of the source. */
static int compare(const void *a, const void *b)
{
	const struct mnd_subject_source *x =
		*(const struct mnd_subject_source *const *)a;
	const struct mnd_subject_source *y =
		*(const struct mnd_subject_source *const *)b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x > y) - (x < y);
}

static int mark(struct mnd_arena *arena, struct mnd_subject_source *subject,
		size_t number)
{
	char name[MND_NAME_SIZE_MAX + 1];

	snprintf(name, sizeof(name), "%s%c%zu", subject->name, MARK, number);
	subject->name = mnd_arena_copy(arena, name, strlen(name));
	return subject->name ? 0 : -ENOMEM;
}

/* Of those with one name, all but the first get a number. */
static int mark_all(struct mnd_arena *arena,
		    struct mnd_subject_source **subjects, size_t count)
{
	const char *base = "";
	size_t number = 0;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < count; i++) {
		if (strcmp(subjects[i]->name, base)) {
			base = subjects[i]->name;
			number = 1;
			continue;
		}
		err = mark(arena, subjects[i], ++number);
	}
	return err;
}

/**
 * mnd_subject_names - Give containers names that are valid and different
 *
 * @arena: Owns the names.
 * @subjects: Containers, each with the name that it should have, or NULL.
 * @count: How many.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_subject_names(struct mnd_arena *arena,
		      struct mnd_subject_source *subjects, size_t count)
{
	struct mnd_subject_source **sorted;
	size_t i;
	int err;

	for (i = 0; i < count; i++) {
		subjects[i].name = make_base(arena, subjects[i].name, i);
		if (!subjects[i].name)
			return -ENOMEM;
	}
	sorted = malloc((count + 1) * sizeof(*sorted));
	if (!sorted)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		sorted[i] = &subjects[i];
	qsort(sorted, count, sizeof(*sorted), compare);
	err = mark_all(arena, sorted, count);
	free(sorted);
	return err;
}
