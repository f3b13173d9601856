/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A loaded policy: a verified table, its digest, and who refers to it.
 */

#ifndef _SECURITY_MANDATE_POLICY_H
#define _SECURITY_MANDATE_POLICY_H

#include <crypto/sha2.h>
#include <linux/refcount.h>
#include <linux/workqueue.h>

#include "core/decide.h"
#include "core/reject.h"
#include "core/table.h"

/**
 * struct mandate_policy - A loaded policy
 *
 * Immutable but for @users.  Readers either hold a reference or are in an RCU
 * read-side critical section and got it from a domain.
 *
 * @users: References.
 * @free: Frees it after a grace period; a table can be too large for
 *	call_rcu()'s softirq, where vfree() is not allowed.
 * @data: The table's bytes, kvmalloc()ed.
 * @digest: SHA-256 of @data.
 * @table: The view of @data.
 * @has_file_rules: Some process rule is about the path that was executed.
 * @uvm: The set that has only the UVM in it.
 * @everyone: The set of all subjects.
 * @nobody: The empty set.
 * @words: Memory of the sets.
 */
struct mandate_policy {
	refcount_t users;
	struct rcu_work free;
	u8 *data;
	u8 digest[SHA256_DIGEST_SIZE];
	struct mnd_table table;
	bool has_file_rules;
	struct mnd_candidates uvm;
	struct mnd_candidates everyone;
	struct mnd_candidates nobody;
	u64 words[];
};

struct mandate_policy *mandate_policy_create(u8 *data, u32 length,
					     struct mnd_fault *fault);
void mandate_policy_put(struct mandate_policy *policy);

static inline struct mandate_policy *
mandate_policy_get(struct mandate_policy *const policy)
{
	refcount_inc(&policy->users);
	return policy;
}

/* Whether the policy leaves whoever acts as the UVM alone. */
static inline bool mandate_frees_uvm(const struct mandate_policy *policy)
{
	return le16_to_cpu(policy->table.subjects[0].class) == MND_CLASS_FREE;
}

#endif /* _SECURITY_MANDATE_POLICY_H */
