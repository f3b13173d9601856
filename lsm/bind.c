// SPDX-License-Identifier: GPL-2.0-only
/*
 * A namespace becomes a container: somebody says which, and its first process
 * seals it.
 */

#include <linux/fs_struct.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "audit.h"
#include "bind.h"
#include "domain.h"
#include "instance.h"
#include "policy.h"

static void remove_views(const struct mandate_domain *const domain)
{
	const struct mandate_domain *layer;

	for (layer = mandate_dereference(domain->layer); layer;
	     layer = mandate_next_layer(layer))
		mandate_instance_remove_view(domain->instance, layer);
}

/* Gives the instance of @domain a view of each policy that binds it. */
static int add_views(const struct mandate_domain *const domain,
		     const char *const container)
{
	const struct mandate_policy *policy;
	const struct mandate_domain *layer;
	int err = 0;

	for (layer = mandate_dereference(domain->layer); layer && !err;
	     layer = mandate_next_layer(layer)) {
		policy = mandate_dereference(layer->policy);
		err = mandate_instance_add_view(domain->instance, layer, policy,
						container);
	}
	if (err)
		remove_views(domain);
	return err;
}

/* Whether the base policy has a container of that name that can be bound. */
static bool can_be_bound(const char *const container)
{
	const struct mandate_policy *const policy =
		mandate_dereference(mandate_root.policy);
	u32 subject;

	if (!policy)
		return false;
	subject = mnd_find_container(&policy->table, container);
	return subject != MND_NONE &&
	       (le32_to_cpu(policy->table.subjects[subject].flags) &
		MND_SUBJECT_BOUND);
}

static int bind_locked(struct mandate_domain *const domain,
		       const char *const container)
{
	struct mandate_instance *const instance = domain->instance;
	char *name;
	int err;

	if (!domain->alive)
		return -ESTALE;
	if (mandate_instance_phase(instance) != MANDATE_PHASE_SETUP)
		return -EBUSY;
	if (mandate_instance_is_bound(instance))
		return -EALREADY;
	if (!can_be_bound(container))
		return -ENOENT;
	name = kstrdup(container, GFP_KERNEL_ACCOUNT);
	if (!name)
		return -ENOMEM;
	err = add_views(domain, name);
	if (err) {
		kfree(name);
		return err;
	}
	/* Whoever sees the name finds the views. */
	smp_store_release(&instance->container, name);
	return 0;
}

/**
 * mandate_bind - Say which container a namespace is going to be
 *
 * @domain: Domain of the namespace.
 * @container: Name of a container of the base policy.
 *
 * The caller has made sure that current may do that.
 *
 * Context: Process context, may sleep; takes mandate_tree_lock.
 *
 * Return: 0, or:
 *
 * - %-ESTALE: The namespace is gone.
 * - %-EBUSY: It is the guest's own, or a container runs in it already.
 * - %-EALREADY: It is bound already.
 * - %-ENOENT: There is no base policy, or it has no container of that name
 *   whose root is bound.
 * - %-ENOMEM: Out of memory.
 */
int mandate_bind(struct mandate_domain *const domain,
		 const char *const container)
{
	int err;

	mutex_lock(&mandate_tree_lock);
	err = bind_locked(domain, container);
	mutex_unlock(&mandate_tree_lock);
	if (!err)
		mandate_audit_domain("bound", domain, container);
	return err;
}

static enum mnd_dimension seal_locked(struct mandate_instance *const instance,
				      const struct dentry *const judged)
{
	struct path root;

	/* Another task of the namespace was first, and is the container. */
	if (mandate_instance_phase(instance) != MANDATE_PHASE_SETUP)
		return MND_DIMENSION_OUTSIDER;
	get_fs_root(current->fs, &root);
	if (root.dentry != judged) {
		path_put(&root);
		return MND_DIMENSION_ROOT;
	}
	instance->root = root;
	instance->init = get_pid(task_tgid(current));
	/* Pairs with the acquire in mandate_instance_phase(). */
	smp_store_release(&instance->phase, MANDATE_PHASE_RUN);
	return MND_DIMENSION_NONE;
}

/**
 * mandate_seal - Let the container of a namespace run
 *
 * @domain: Domain of current, bound, whose first program was allowed.
 * @judged: Root directory from which it was; to be compared.
 *
 * Every other task that is in the namespace becomes an outsider by that.
 *
 * Context: Process context, may sleep; takes mandate_tree_lock.
 *
 * Return: %MND_DIMENSION_NONE, or what speaks against it:
 *
 * - %MND_DIMENSION_OUTSIDER: It runs already.
 * - %MND_DIMENSION_ROOT: A thread has changed the root directory meanwhile.
 */
enum mnd_dimension mandate_seal(struct mandate_domain *const domain,
				const struct dentry *const judged)
{
	enum mnd_dimension against;

	mutex_lock(&mandate_tree_lock);
	against = seal_locked(domain->instance, judged);
	mutex_unlock(&mandate_tree_lock);
	if (against == MND_DIMENSION_NONE)
		mandate_audit_domain("sealed", domain,
				     domain->instance->container);
	return against;
}
