// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loading a table: collecting the writes of one open file until the table is
 * whole, and giving it to a domain.
 *
 * The header tells the length, so the write that completes the table is known,
 * and it is the one that returns the verdict.  Nothing has any effect before
 * that, or after an error.
 */

#include <linux/err.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "audit.h"
#include "common.h"
#include "core/verify.h"
#include "domain.h"
#include "load.h"
#include "path.h"
#include "pin.h"
#include "policy.h"
#include "securityfs.h"

/**
 * struct mandate_load - A table that is being written
 *
 * @lock: Held by each write.
 * @domain: Domain that is to have it; counted.
 * @header: Its first bytes, until they tell the length.
 * @bytes: The same.
 * @data: All of it, from then on.
 * @length: Of the whole table, in bytes; 0 as long as it is not known.
 * @used: How much is here.
 * @error: What a write has failed with, or 0; then nothing more is taken.
 */
struct mandate_load {
	struct mutex lock; /* all that follows */
	struct mandate_domain *domain;
	union {
		struct mnd_header header;
		u8 bytes[sizeof(struct mnd_header)];
	};
	u8 *data;
	u32 length;
	u32 used;
	int error;
};

/**
 * mandate_load_begin - Begin to load a table
 *
 * @domain: Domain that is to have it.
 *
 * Context: Process context, may sleep.
 *
 * Return: A load, or an ERR_PTR(): %-ENOMEM if out of memory.
 */
struct mandate_load *mandate_load_begin(struct mandate_domain *const domain)
{
	struct mandate_load *const load =
		kzalloc(sizeof(*load), GFP_KERNEL_ACCOUNT);

	if (!load)
		return ERR_PTR(-ENOMEM);
	mutex_init(&load->lock);
	load->domain = mandate_domain_get(domain);
	return load;
}

/**
 * mandate_load_domain - The domain that a table is for
 *
 * @load: Load.
 *
 * Return: The domain, which lives as long as @load.
 */
const struct mandate_domain *
mandate_load_domain(const struct mandate_load *const load)
{
	return load->domain;
}

/**
 * mandate_load_end - Forget a load
 *
 * @load: Load; what it has collected is thrown away.
 *
 * Context: Process context, may sleep.
 */
void mandate_load_end(struct mandate_load *const load)
{
	mandate_domain_put(load->domain);
	kvfree(load->data);
	kfree(load);
}

static int publish_base(struct mandate_policy *const policy)
{
	int err;

	err = mandate_pin_check(policy->digest);
	if (err)
		return err;
	mutex_lock(&mandate_tree_lock);
	if (!rcu_access_pointer(mandate_root.policy))
		mandate_set_uvm_root();
	err = mandate_domain_add_policy(&mandate_root, policy);
	mutex_unlock(&mandate_tree_lock);
	if (err)
		return err;
	static_branch_enable(&mandate_loaded);
	mandate_securityfs_show_policy();
	return 0;
}

static int publish(struct mandate_domain *const domain,
		   struct mandate_policy *const policy)
{
	int err;

	if (domain == &mandate_root)
		return publish_base(policy);
	/* What only narrows needs something to narrow. */
	if (!mandate_has_policy())
		return -EAGAIN;
	mutex_lock(&mandate_tree_lock);
	err = mandate_domain_add_policy(domain, policy);
	mutex_unlock(&mandate_tree_lock);
	return err;
}

static int finish(struct mandate_load *const load)
{
	struct mandate_policy *policy;
	struct mnd_fault fault;
	int err;

	policy = mandate_policy_create(load->data, load->length, &fault);
	if (IS_ERR(policy)) {
		err = PTR_ERR(policy);
		if (err != -ENOMEM)
			mandate_audit_reject(err, mnd_reject_text(fault.reject),
					     fault.offset);
		return err;
	}
	load->data = NULL;
	err = publish(load->domain, policy);
	if (err) {
		mandate_audit_reject(err, "not accepted", 0);
		mandate_policy_put(policy);
		return err;
	}
	mandate_audit_policy(policy, load->domain);
	return 0;
}

/* Looks at a header as soon as there is anything to see in it. */
static int check_header(const struct mandate_load *const load)
{
	struct mnd_fault fault = { .reject = MND_REJECT_MAGIC };
	int err = 0;

	if (memcmp(load->header.magic, MND_TABLE_MAGIC,
		   min_t(size_t, load->used, MND_TABLE_MAGIC_SIZE)))
		err = mnd_reject_errno(fault.reject);
	else if (load->used == sizeof(load->bytes))
		err = mnd_header_verify(load->bytes, load->used, &fault);
	if (err)
		mandate_audit_reject(err, mnd_reject_text(fault.reject),
				     fault.offset);
	return err;
}

/* Takes the part of a write that belongs to the header. */
static int take_header(struct mandate_load *const load,
		       const char __user **const from, size_t *const size)
{
	const size_t part =
		min_t(size_t, *size, sizeof(load->bytes) - load->used);
	int err;

	if (copy_from_user(load->bytes + load->used, *from, part))
		return -EFAULT;
	load->used += part;
	*from += part;
	*size -= part;
	err = check_header(load);
	if (err || load->used < sizeof(load->bytes))
		return err;
	load->length = le32_to_cpu(load->header.length);
	load->data = kvmalloc(load->length, GFP_KERNEL_ACCOUNT);
	if (!load->data)
		return -ENOMEM;
	memcpy(load->data, load->bytes, sizeof(load->bytes));
	return 0;
}

static int take(struct mandate_load *const load, const char __user *from,
		size_t size)
{
	int err;

	if (!load->length) {
		err = take_header(load, &from, &size);
		if (err || !load->length)
			return err;
	}
	if (size > load->length - load->used)
		return mnd_reject_errno(MND_REJECT_LENGTH);
	if (copy_from_user(load->data + load->used, from, size))
		return -EFAULT;
	load->used += size;
	return load->used < load->length ? 0 : finish(load);
}

/**
 * mandate_load_write - Take the next bytes of a table
 *
 * @load: Load.
 * @from: The bytes.
 * @size: How many, any number.
 *
 * Context: Process context, may sleep.
 *
 * Return: @size, after the bytes that complete the table only if it is in
 * effect, or:
 *
 * - %-EFAULT: @from cannot be read.
 * - %-ENOMEM: Out of memory.
 * - %-EBADFD: An earlier write has failed, or has completed the table.
 * - %-ESTALE: The namespace is gone.
 * - %-EEXIST: There is a policy already.
 * - %-EAGAIN: There is no base policy that this one could narrow.
 * - %-ENOKEY: The base policy has to be pinned, and is not.
 * - %-EKEYREJECTED: The base policy is not the one that is pinned.
 * - What mnd_table_verify() returns for a table that is refused.
 */
ssize_t mandate_load_write(struct mandate_load *const load,
			   const char __user *const from, const size_t size)
{
	guard(mutex)(&load->lock);
	if (load->error || (load->length && load->used == load->length))
		return -EBADFD;
	load->error = take(load, from, size);
	return load->error ?: size;
}

/**
 * mandate_load_flush - The file is being closed
 *
 * @load: Load.
 *
 * Context: Process context, may sleep.
 *
 * Return: 0, or:
 *
 * - %-EMSGSIZE: Part of a table was written, but not the whole.
 */
int mandate_load_flush(struct mandate_load *const load)
{
	guard(mutex)(&load->lock);
	if (load->error || !load->used ||
	    (load->length && load->used == load->length))
		return 0;
	return mnd_reject_errno(MND_REJECT_LENGTH);
}
