// SPDX-License-Identifier: GPL-2.0-only
/*
 * The state of one running container, shared by the mount namespaces that it
 * makes, and what each policy says that it can still be.
 */

#include <linux/overflow.h>
#include <linux/pid.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "domain.h"
#include "instance.h"
#include "policy.h"

/**
 * mandate_instance_create - Make the instance of a new namespace
 *
 * Context: Process context, may sleep.
 *
 * Return: An instance in setup with one reference; NULL if out of memory.
 */
struct mandate_instance *mandate_instance_create(void)
{
	struct mandate_instance *const instance =
		kzalloc(sizeof(*instance), GFP_KERNEL_ACCOUNT);

	if (!instance)
		return NULL;
	refcount_set(&instance->users, 1);
	instance->phase = MANDATE_PHASE_SETUP;
	INIT_LIST_HEAD(&instance->views);
	return instance;
}

/**
 * mandate_instance_put - Drop a reference
 *
 * @instance: Instance, of which no namespace is alive any more if this is the
 *	last reference.
 *
 * Context: Process context; mandate_tree_lock is not needed, nobody else can
 * get at an instance without a reference.
 */
void mandate_instance_put(struct mandate_instance *const instance)
{
	struct mandate_view *view, *next;

	if (!refcount_dec_and_test(&instance->users))
		return;
	list_for_each_entry_safe(view, next, &instance->views, list)
		kfree_rcu(view, rcu);
	put_pid(instance->init);
	kfree(instance->container);
	kfree_rcu(instance, rcu);
}

/**
 * mandate_instance_add_view - Let a policy apply to a bound container
 *
 * @instance: Instance.
 * @layer: Domain that has the policy.
 * @policy: The policy.
 * @container: Name that the instance is bound to, or about to be.
 *
 * If the policy has no container of that name the view is empty and nothing
 * is allowed: a policy can only narrow.
 *
 * Context: Process context, may sleep; mandate_tree_lock held.
 *
 * Return: 0, or:
 *
 * - %-ENOMEM: Out of memory; nothing has changed.
 */
int mandate_instance_add_view(struct mandate_instance *const instance,
			      const struct mandate_domain *const layer,
			      const struct mandate_policy *const policy,
			      const char *const container)
{
	const u32 words = policy->uvm.count;
	struct mandate_view *view;
	u32 subject;

	lockdep_assert_held(&mandate_tree_lock);
	view = kzalloc(struct_size(view, words, words), GFP_KERNEL_ACCOUNT);
	if (!view)
		return -ENOMEM;
	subject = mnd_find_container(&policy->table, container);
	if (subject != MND_NONE &&
	    !(le32_to_cpu(policy->table.subjects[subject].flags) &
	      MND_SUBJECT_BOUND))
		subject = MND_NONE;
	view->layer = layer;
	view->candidates.words = view->words;
	view->candidates.count = words;
	mnd_candidates_one(&view->candidates, subject);
	list_add_rcu(&view->list, &instance->views);
	return 0;
}

/**
 * mandate_instance_remove_view - Forget a policy that is going away
 *
 * @instance: Instance.
 * @layer: Domain that had the policy; need not have a view.
 *
 * Context: Process context; mandate_tree_lock held.
 */
void mandate_instance_remove_view(struct mandate_instance *const instance,
				  const struct mandate_domain *const layer)
{
	struct mandate_view *view, *next;

	lockdep_assert_held(&mandate_tree_lock);
	list_for_each_entry_safe(view, next, &instance->views, list) {
		if (view->layer != layer)
			continue;
		list_del_rcu(&view->list);
		kfree_rcu(view, rcu);
	}
}

static const struct mandate_view *
find_view(const struct mandate_instance *const instance,
	  const struct mandate_domain *const layer)
{
	const struct mandate_view *view;

	list_for_each_entry_rcu(view, &instance->views, list,
				lockdep_is_held(&mandate_tree_lock))
		if (view->layer == layer)
			return view;
	return NULL;
}

/**
 * mandate_instance_has_view - Ask whether a policy has been applied
 *
 * @instance: Instance.
 * @layer: Domain that has the policy.
 *
 * Context: Process context; mandate_tree_lock held.
 *
 * Return: Whether the instance has a view of it.
 */
bool mandate_instance_has_view(const struct mandate_instance *const instance,
			       const struct mandate_domain *const layer)
{
	return find_view(instance, layer);
}

/**
 * mandate_instance_candidates - What an instance can be under a policy
 *
 * @instance: Instance.
 * @layer: Domain that has the policy.
 *
 * Context: Any, under rcu_read_lock().
 *
 * Return: The subjects; nobody if the instance is not bound.
 */
const struct mnd_candidates *
mandate_instance_candidates(const struct mandate_instance *const instance,
			    const struct mandate_domain *const layer)
{
	const struct mandate_view *const view = find_view(instance, layer);

	return view ? &view->candidates :
		      &rcu_dereference(layer->policy)->nobody;
}
