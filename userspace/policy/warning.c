// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Warnings about a policy.
 */

#include <stdarg.h>
#include <stdio.h>

#include "policy.h"

/* A policy can have any number of mistakes, but nobody reads so many. */
#define MAX_WARNINGS 1000

static const char no_more[] = "there are more warnings than are listed";

static size_t count_warnings(const struct mnd_policy_source *policy)
{
	const struct mnd_warning *warning;
	size_t count = 0;

	for (warning = policy->warnings; warning; warning = warning->next)
		count++;
	return count;
}

static int add_warning(struct mnd_policy_source *policy,
		       const struct mnd_place *place, const char *text)
{
	struct mnd_warning *warning;

	warning = mnd_arena_alloc(&policy->arena, 1, sizeof(*warning));
	if (!warning)
		return -ENOMEM;
	warning->place = *place;
	warning->text = text;
	if (policy->last_warning)
		policy->last_warning->next = warning;
	else
		policy->warnings = warning;
	policy->last_warning = warning;
	return 0;
}

/**
 * mnd_policy_warn - Add a warning to a policy
 *
 * @policy: Policy.
 * @place: What it is about; zero if that has no place.
 * @format: As for printf(3), without untrusted bytes but for quoted ones; text
 *	that does not fit is cut.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_policy_warn(struct mnd_policy_source *policy,
		    const struct mnd_place *place, const char *format, ...)
{
	char text[sizeof(((struct mnd_error *)NULL)->text)];
	const char *copy;
	va_list args;

	if (policy->last_warning && policy->last_warning->text == no_more)
		return 0;
	if (count_warnings(policy) >= MAX_WARNINGS)
		return add_warning(policy, place, no_more);
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	copy = mnd_arena_copy(&policy->arena, text, strlen(text));
	return copy ? add_warning(policy, place, copy) : -ENOMEM;
}
