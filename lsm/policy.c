// SPDX-License-Identifier: GPL-2.0-only
/*
 * A loaded policy: a verified table, its digest, and who refers to it.
 */

#include <linux/err.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>

#include "core/verify.h"
#include "policy.h"

static void free_policy(struct work_struct *const work)
{
	struct mandate_policy *const policy =
		container_of(to_rcu_work(work), struct mandate_policy, free);

	kvfree(policy->data);
	kfree(policy);
}

static void make_sets(struct mandate_policy *const policy, const u32 words)
{
	u32 i;

	policy->uvm = (struct mnd_candidates){ policy->words, words };
	policy->everyone =
		(struct mnd_candidates){ policy->words + words, words };
	policy->nobody =
		(struct mnd_candidates){ policy->words + 2 * words, words };
	mnd_candidates_one(&policy->uvm, 0);
	for (i = 0; i < policy->table.count[MND_SECTION_SUBJECT]; i++)
		policy->everyone.words[i / 64] |= 1ULL << i % 64;
}

static bool has_file_rules(const struct mnd_table *const table)
{
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_PROCESS]; i++)
		if (le32_to_cpu(table->processes[i].file) != MND_MATCH_ANY)
			return true;
	return false;
}

/**
 * mandate_policy_create - Verify a table and make a policy of it
 *
 * @data: The table, kvmalloc()ed; belongs to the policy after success, and
 *	still to the caller after failure.
 * @length: Of @data, in bytes.
 * @fault: Says what is wrong with the table, for all errors but %-ENOMEM.
 *
 * Context: Process context, may sleep.
 *
 * Return: A policy with one reference, or an ERR_PTR():
 *
 * - %-ENOMEM: Out of memory.
 * - What mnd_table_verify() returns for a table that is refused.
 */
struct mandate_policy *mandate_policy_create(u8 *const data, const u32 length,
					     struct mnd_fault *const fault)
{
	struct mandate_policy *policy;
	struct mnd_table table;
	u32 words;
	int err;

	err = mnd_table_verify(&table, data, length, fault);
	if (err)
		return ERR_PTR(err);

	words = mnd_candidate_words(&table);
	policy = kzalloc(struct_size(policy, words, 3 * words),
			 GFP_KERNEL_ACCOUNT);
	if (!policy)
		return ERR_PTR(-ENOMEM);

	refcount_set(&policy->users, 1);
	INIT_RCU_WORK(&policy->free, free_policy);
	policy->data = data;
	policy->table = table;
	sha256(data, length, policy->digest);
	policy->has_file_rules = has_file_rules(&table);
	make_sets(policy, words);
	return policy;
}

/**
 * mandate_policy_put - Drop a reference
 *
 * @policy: Policy, or NULL.
 *
 * Context: Any.
 */
void mandate_policy_put(struct mandate_policy *const policy)
{
	if (policy && refcount_dec_and_test(&policy->users))
		queue_rcu_work(system_wq, &policy->free);
}
