// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests to load a transparency trust list.
 */

#include "point.h"

static bool is_trust_list(const struct mnd_table *table,
			  const struct mnd_trust_list *record,
			  const struct mnd_trust_list_fact *fact)
{
	return !strcmp(mnd_string(table, le32_to_cpu(record->issuer)),
		       fact->issuer) &&
	       !strcmp(mnd_string(table, le32_to_cpu(record->subject)),
		       fact->subject) &&
	       fact->svn >= 0 &&
	       (u64)fact->svn >= le64_to_cpu(record->minimum_svn);
}

static bool admits_ledger(const struct mnd_table *table,
			  const struct mnd_trust_list *record,
			  const char *ledger)
{
	const __le32 *words = mnd_list_words(table, record->ledgers);
	const u32 count = mnd_list_count(table, record->ledgers);
	const char *admitted;
	u32 i;

	for (i = 0; i < count; i++) {
		admitted = mnd_string(table, le32_to_cpu(words[i]));
		if (!strcmp(admitted, "*") || !strcmp(admitted, ledger))
			return true;
	}
	return false;
}

/* Whether a table admits the list with one of its ledgers. */
static enum mnd_reason judge_trust_list(const struct mnd_part *part,
					const struct mnd_trust_list_fact *fact)
{
	const struct mnd_table *table = &part->table;
	enum mnd_reason reason = MND_REASON_ISSUER;
	size_t j;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_TRUST_LIST]; i++) {
		if (!is_trust_list(table, &table->trust_lists[i], fact))
			continue;
		reason = MND_REASON_LEDGERS;
		for (j = 0; j < fact->ledgers.count; j++)
			if (admits_ledger(table, &table->trust_lists[i],
					  fact->ledgers.strings[j]))
				return MND_REASON_NONE;
	}
	return reason;
}

/**
 * mnd_answer_load_trust_list - May a transparency trust list be loaded?
 *
 * @machine: Machine.
 * @request: Trust list.
 * @reply: Written.
 *
 * Return: 0.
 */
int mnd_answer_load_trust_list(struct mnd_machine *machine,
			       const struct mnd_request *request,
			       struct mnd_reply *reply)
{
	enum mnd_reason nearest = MND_REASON_ISSUER, reason;
	u32 i;

	for (i = 0; i < machine->part_count; i++) {
		if (!(machine->parts[i]->includes & MND_INCLUDE_TRUST_LISTS))
			continue;
		reason = judge_trust_list(machine->parts[i],
					  &request->trust_list);
		if (!reason)
			return mnd_allow(reply);
		if (reason > nearest)
			nearest = reason;
	}
	return mnd_deny(reply, nearest);
}
