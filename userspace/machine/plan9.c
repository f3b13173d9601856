// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests about 9p shares, each of which is for one container.
 */

#include <stdio.h>
#include <stdlib.h>

#include "point.h"
#include "../regex/dfa.h"

#define PREFIX "/run/gcs/c/"
#define FOLDER "/mounts/m"
#define DIGITS "0123456789"

/* Characters that stand for themselves in a regular expression. */
#define PLAIN                                                         \
	DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	       "-_:@,/"

static bool is_place_of(const char *target, const char *id)
{
	const size_t length = strlen(id);

	if (strncmp(target, PREFIX, strlen(PREFIX)))
		return false;
	target += strlen(PREFIX);
	if (strncmp(target, id, length))
		return false;
	target += length;
	if (strncmp(target, FOLDER, strlen(FOLDER)))
		return false;
	target += strlen(FOLDER);
	return *target && !target[strspn(target, DIGITS)];
}

static int search_regex(const char *pattern, const char *target, bool *found)
{
	struct mnd_dfa_list list = { NULL };
	struct mnd_regex *regex;
	struct mnd_dfa_error why;
	struct mnd_error error;
	u32 set;
	int err;

	err = mnd_regex_parse(pattern, strlen(pattern), &regex, &error);
	if (err)
		return err;
	err = mnd_dfa_build((const struct mnd_regex *const *)&regex, 1, &list,
			    &why);
	mnd_regex_free(regex);
	if (err)
		return err;
	set = mnd_dfa_match(&list.dfa[0], target, strlen(target));
	*found = mnd_dfa_accepts(&list.dfa[0], set, 0);
	mnd_dfa_list_free(&list);
	return 0;
}

/*
 * hcsshim puts the ID as it is into a regular expression.  One that is none
 * matches nothing.
 */
static int search(const char *id, const char *target, bool *found)
{
	char *pattern;
	int err;

	*found = false;
	if (asprintf(&pattern, "^" PREFIX "%s" FOLDER "[0-9]+$", id) < 0)
		return -ENOMEM;
	err = search_regex(pattern, target, found);
	free(pattern);
	return err == -ENOMEM ? err : 0;
}

static int is_for(const struct mnd_record *record, const char *target,
		  bool *found)
{
	const char *id = record->key;

	*found = false;
	if (record->kind != MND_RECORD_CONTAINER ||
	    !record->container.choices.count)
		return 0;
	if (id[strspn(id, PLAIN)])
		return search(id, target, found);
	*found = is_place_of(target, id);
	return 0;
}

/* The only container that @target is for; NULL if there is none or several. */
static int find_owner(const struct mnd_state *state, const char *target,
		      const char **owner, enum mnd_reason *reason)
{
	const struct mnd_record *record;
	bool found;
	size_t i;
	int err;

	*owner = NULL;
	*reason = MND_REASON_TARGET;
	for (i = 0; i < state->slot_count; i++) {
		for (record = state->slots[i]; record; record = record->next) {
			err = is_for(record, target, &found);
			if (err)
				return err;
			if (!found)
				continue;
			if (*owner) {
				*owner = NULL;
				*reason = MND_REASON_CONTAINER;
				return 0;
			}
			*owner = record->key;
		}
	}
	return 0;
}

/**
 * mnd_answer_plan9_mount - May a share be mounted?
 *
 * @machine: Machine.
 * @request: Target.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_plan9_mount(struct mnd_machine *machine,
			   const struct mnd_request *request,
			   struct mnd_reply *reply)
{
	struct mnd_state *state = &machine->state;
	enum mnd_reason reason;
	struct mnd_record *record;
	const char *owner;
	int err;

	if (mnd_state_find(state, MND_RECORD_PLAN9, request->target))
		return mnd_deny(reply, MND_REASON_BUSY);
	err = find_owner(state, request->target, &owner, &reason);
	if (err)
		return err;
	if (!owner)
		return mnd_deny(reply, reason);
	if (mnd_state_is_full(state))
		return mnd_deny(reply, MND_REASON_LIMIT);
	if (mnd_state_reserve(state, 1))
		return -ENOMEM;
	record =
		mnd_state_make(state, MND_RECORD_PLAN9, request->target, owner);
	if (!record)
		return -ENOMEM;
	mnd_state_add(state, record);
	return mnd_allow(reply);
}

/**
 * mnd_answer_plan9_unmount - May a share be unmounted?
 *
 * @machine: Machine.
 * @request: Target.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_plan9_unmount(struct mnd_machine *machine,
			     const struct mnd_request *request,
			     struct mnd_reply *reply)
{
	struct mnd_state *state = &machine->state;
	struct mnd_record *record;

	record = mnd_state_find(state, MND_RECORD_PLAN9, request->target);
	if (!record)
		return mnd_deny(reply, MND_REASON_NOT_MOUNTED);
	if (mnd_state_reserve(state, 1))
		return -ENOMEM;
	mnd_state_remove(state, record);
	return mnd_allow(reply);
}
