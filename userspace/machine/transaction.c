// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Transactions: what was remembered since one began can be taken back, because
 * what was allowed did not work.
 */

#include "private.h"

/**
 * mnd_machine_begin - Begin a transaction
 *
 * @machine: Machine.
 *
 * Return: 0, or -EBUSY: there is one.
 */
int mnd_machine_begin(struct mnd_machine *machine)
{
	struct mnd_state *state = &machine->state;

	if (state->in_transaction)
		return -EBUSY;
	state->in_transaction = true;
	state->part_count = machine->part_count;
	state->choice_count = machine->pool.count;
	return 0;
}

/**
 * mnd_machine_commit - End a transaction and keep what was remembered
 *
 * @machine: Machine.
 *
 * Return: 0, or -EINVAL: there is none.
 */
int mnd_machine_commit(struct mnd_machine *machine)
{
	if (!machine->state.in_transaction)
		return -EINVAL;
	mnd_state_settle(&machine->state);
	return 0;
}

/**
 * mnd_machine_rollback - End a transaction and take back what was remembered
 *
 * Mounts that every container may have stay.
 *
 * @machine: Machine.
 *
 * Return: 0, or:
 *
 * - -EINVAL: There is none.
 * - -ENOMEM: Out of memory.  It is taken back nevertheless, but no overlay can
 *   be mounted from now on.
 */
int mnd_machine_rollback(struct mnd_machine *machine)
{
	const struct mnd_state *state = &machine->state;

	if (!state->in_transaction)
		return -EINVAL;
	mnd_state_undo(&machine->state);
	return mnd_part_drop(machine, state->part_count, state->choice_count);
}
