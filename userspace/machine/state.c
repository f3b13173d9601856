// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a request machine remembers, and how it takes back what it remembered
 * since a transaction began.
 */

#include <stdlib.h>

#include "../byte_hash.h"
#include "private.h"

#define FIRST_SLOTS 64

/**
 * mnd_state_init - Remember nothing
 *
 * @state: Written.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_state_init(struct mnd_state *state)
{
	memset(state, 0, sizeof(*state));
	state->slots = calloc(FIRST_SLOTS, sizeof(struct mnd_record *));
	if (!state->slots)
		return -ENOMEM;
	state->slot_count = FIRST_SLOTS;
	state->memory = FIRST_SLOTS * sizeof(struct mnd_record *);
	return 0;
}

/**
 * mnd_state_free - Free everything
 *
 * @state: State.
 */
void mnd_state_free(struct mnd_state *state)
{
	struct mnd_record *record;
	size_t i;

	mnd_state_settle(state);
	for (i = 0; i < state->slot_count; i++) {
		while ((record = state->slots[i])) {
			state->slots[i] = record->next;
			mnd_state_drop(state, record);
		}
	}
	free(state->changes);
	free(state->slots);
}

static u64 hash_key(enum mnd_record_kind kind, const char *key, size_t length)
{
	return mnd_hash_bytes(kind, key, length);
}

static struct mnd_record **find_slot(const struct mnd_state *state, u64 hash)
{
	return &state->slots[hash & (state->slot_count - 1)];
}

/**
 * mnd_state_find - Find what is remembered
 *
 * @state: State.
 * @kind: What it is about.
 * @key: Path, or container ID.
 *
 * Return: The record, or NULL.
 */
struct mnd_record *mnd_state_find(const struct mnd_state *state,
				  enum mnd_record_kind kind, const char *key)
{
	const u64 hash = hash_key(kind, key, strlen(key));
	struct mnd_record *record;

	for (record = *find_slot(state, hash); record; record = record->next)
		if (record->hash == hash && record->kind == kind &&
		    !strcmp(record->key, key))
			return record;
	return NULL;
}

/**
 * mnd_state_is_full - Ask whether no more can be remembered
 *
 * @state: State.
 *
 * Return: Whether it takes more than %MND_MACHINE_STATE_MAX.
 */
bool mnd_state_is_full(const struct mnd_state *state)
{
	return state->memory > MND_MACHINE_STATE_MAX;
}

/**
 * mnd_state_reserve - See to it that so many changes cannot fail
 *
 * @state: State.
 * @count: Number of calls of mnd_state_add(), mnd_state_remove() and
 *	mnd_state_update() to come.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_state_reserve(struct mnd_state *state, size_t count)
{
	const size_t need = state->change_count + count;
	struct mnd_change *changes;
	size_t room;

	if (!state->in_transaction || need <= state->change_room)
		return 0;
	room = 2 * need;
	changes = reallocarray(state->changes, room, sizeof(*changes));
	if (!changes)
		return -ENOMEM;
	state->memory += (room - state->change_room) * sizeof(*changes);
	state->changes = changes;
	state->change_room = room;
	return 0;
}

/**
 * mnd_state_make - Make a record
 *
 * @state: State, which does not have it yet.
 * @kind: What it is about.
 * @key: Path, or container ID.
 * @owner: Of a share: ID of the container it is for; else NULL.
 *
 * Return: The record, to be given to mnd_state_add() or mnd_state_drop(); or
 * NULL if there is no memory.
 */
struct mnd_record *mnd_state_make(struct mnd_state *state,
				  enum mnd_record_kind kind, const char *key,
				  const char *owner)
{
	const size_t length = strlen(key);
	const size_t rest = owner ? strlen(owner) + 1 : 0;
	const size_t size = sizeof(struct mnd_record) + length + 1 + rest;
	struct mnd_record *record;

	if (size > MND_MACHINE_STATE_MAX)
		return NULL;
	record = calloc(1, size);
	if (!record)
		return NULL;
	record->hash = hash_key(kind, key, length);
	record->size = (u32)size;
	record->kind = kind;
	memcpy(record->key, key, length + 1);
	if (owner)
		record->owner = memcpy(record->key + length + 1, owner, rest);
	state->memory += size;
	return record;
}

/**
 * mnd_state_drop - Free a record
 *
 * @state: State, which does not have it.
 * @record: Record, or NULL.
 */
void mnd_state_drop(struct mnd_state *state, struct mnd_record *record)
{
	if (!record)
		return;
	if (record->kind == MND_RECORD_CONTAINER)
		mnd_choices_drop(state, &record->container.choices);
	state->memory -= record->size;
	free(record);
}

/* A table that cannot grow only gets slower. */
static void grow(struct mnd_state *state)
{
	const size_t old_count = state->slot_count;
	struct mnd_record **old = state->slots, *record, **slot;
	size_t i;

	state->slots = calloc(2 * old_count, sizeof(struct mnd_record *));
	if (!state->slots) {
		state->slots = old;
		return;
	}
	state->slot_count = 2 * old_count;
	state->memory += old_count * sizeof(struct mnd_record *);
	for (i = 0; i < old_count; i++) {
		while ((record = old[i])) {
			old[i] = record->next;
			slot = find_slot(state, record->hash);
			record->next = *slot;
			*slot = record;
		}
	}
	free(old);
}

static void link_record(struct mnd_state *state, struct mnd_record *record)
{
	struct mnd_record **slot;

	if (state->count == state->slot_count)
		grow(state);
	slot = find_slot(state, record->hash);
	record->next = *slot;
	*slot = record;
	state->count++;
}

static void unlink_record(struct mnd_state *state, struct mnd_record *record)
{
	struct mnd_record **slot = find_slot(state, record->hash);

	while (*slot != record)
		slot = &(*slot)->next;
	*slot = record->next;
	state->count--;
}

static struct mnd_change *note_change(struct mnd_state *state,
				      struct mnd_record *record)
{
	struct mnd_change *change = &state->changes[state->change_count++];

	*change = (struct mnd_change){ .record = record };
	return change;
}

/**
 * mnd_state_add - Remember a record
 *
 * @state: State, after mnd_state_reserve(); owns the record from then on.
 * @record: Record.
 */
void mnd_state_add(struct mnd_state *state, struct mnd_record *record)
{
	link_record(state, record);
	if (state->in_transaction)
		note_change(state, record)->added = true;
}

/**
 * mnd_state_remove - Forget a record
 *
 * @state: State, after mnd_state_reserve().
 * @record: Record; not to be used again.
 */
void mnd_state_remove(struct mnd_state *state, struct mnd_record *record)
{
	unlink_record(state, record);
	if (state->in_transaction)
		note_change(state, record)->removed = true;
	else
		mnd_state_drop(state, record);
}

/**
 * mnd_state_update - Change what is known of a container
 *
 * @state: State, after mnd_state_reserve().
 * @record: Record of the container.
 * @now: What is known now; its choices belong to the record from then on.
 */
void mnd_state_update(struct mnd_state *state, struct mnd_record *record,
		      const struct mnd_container_state *now)
{
	struct mnd_container_state before = record->container;

	record->container = *now;
	if (state->in_transaction)
		note_change(state, record)->before = before;
	else
		mnd_choices_drop(state, &before.choices);
}

static void undo(struct mnd_state *state, struct mnd_change *change)
{
	struct mnd_record *record = change->record;

	if (change->added) {
		unlink_record(state, record);
		mnd_state_drop(state, record);
	} else if (change->removed) {
		link_record(state, record);
	} else {
		mnd_choices_drop(state, &record->container.choices);
		record->container = change->before;
	}
}

/**
 * mnd_state_undo - Take back all changes of the transaction
 *
 * @state: State; there is no transaction afterwards.
 */
void mnd_state_undo(struct mnd_state *state)
{
	while (state->change_count)
		undo(state, &state->changes[--state->change_count]);
	state->in_transaction = false;
}

static void settle(struct mnd_state *state, struct mnd_change *change)
{
	if (change->removed)
		mnd_state_drop(state, change->record);
	else if (!change->added)
		mnd_choices_drop(state, &change->before.choices);
}

/**
 * mnd_state_settle - Keep all changes of the transaction
 *
 * @state: State; there is no transaction afterwards.
 */
void mnd_state_settle(struct mnd_state *state)
{
	size_t i;

	for (i = 0; i < state->change_count; i++)
		settle(state, &state->changes[i]);
	state->change_count = 0;
	state->in_transaction = false;
}
