// SPDX-License-Identifier: GPL-2.0-only
/*
 * The enforcement state of a mount namespace: its own object, made with the
 * namespace, in a tree whose root is the guest's first namespace.  Policies
 * hang on it.
 *
 * mandate_tree_lock, a mutex, is held by whoever changes the tree, binds or
 * seals an instance, or adds a policy.  Decisions only read, under RCU.
 */

#include <linux/mnt_namespace.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "domain.h"
#include "folder.h"
#include "policy.h"

DEFINE_MUTEX(mandate_tree_lock); /* the tree, bindings, phases, policies */
LIST_HEAD(mandate_domains);
DEFINE_STATIC_KEY_FALSE(mandate_loaded);

static struct mandate_instance root_instance = {
	.users = REFCOUNT_INIT(1),
	.phase = MANDATE_PHASE_UVM,
	.views = LIST_HEAD_INIT(root_instance.views),
};

struct mandate_domain mandate_root = {
	.users = REFCOUNT_INIT(1),
	.alive = true,
	.entered = 1,
	.instance = &root_instance,
	.all = LIST_HEAD_INIT(mandate_root.all),
	.children = LIST_HEAD_INIT(mandate_root.children),
	.sibling = LIST_HEAD_INIT(mandate_root.sibling),
};

static void release_domain(struct work_struct *const work)
{
	struct mandate_domain *const domain =
		container_of(work, struct mandate_domain, release);
	struct mandate_policy *policy;
	struct mandate_domain *parent;

	mutex_lock(&mandate_tree_lock);
	policy = mandate_dereference(domain->policy);
	parent = mandate_dereference(domain->parent);
	list_del(&domain->sibling);
	if (policy)
		mandate_instance_remove_view(domain->instance, domain);
	mutex_unlock(&mandate_tree_lock);

	mandate_policy_put(policy);
	mandate_instance_put(domain->instance);
	mandate_domain_put(parent);
	kfree_rcu(domain, rcu);
}

/**
 * __mandate_domain_put - Drop a reference to any domain but the root domain
 *
 * @domain: Domain.
 *
 * Context: Any.
 */
void __mandate_domain_put(struct mandate_domain *const domain)
{
	if (refcount_dec_and_test(&domain->users))
		queue_work(system_unbound_wq, &domain->release);
}

static struct mandate_domain *new_domain(const struct ns_common *const ns)
{
	struct mandate_domain *const domain =
		kzalloc(sizeof(*domain), GFP_KERNEL_ACCOUNT);

	if (!domain)
		return NULL;
	refcount_set(&domain->users, 1);
	INIT_WORK(&domain->release, release_domain);
	domain->id = mntns_id(ns);
	domain->inum = ns->inum;
	domain->alive = true;
	INIT_LIST_HEAD(&domain->children);
	return domain;
}

/**
 * mandate_domain_create - Make the domain of a new mount namespace
 *
 * @parent: Domain of the task that makes it.
 * @ns: The namespace, not an anonymous one.
 *
 * What a running container makes belongs to the same container: unsharing
 * gives it nothing.  Anybody else gets a new instance in setup.
 *
 * Context: Process context, may sleep; takes mandate_tree_lock.
 *
 * Return: A domain with one reference, for the namespace; NULL if out of
 * memory.
 */
struct mandate_domain *
mandate_domain_create(struct mandate_domain *const parent,
		      const struct ns_common *const ns)
{
	struct mandate_domain *const domain = new_domain(ns);
	struct mandate_instance *instance = mandate_instance_create();
	struct mandate_domain *layer;

	if (!domain || !instance) {
		kfree(domain);
		kfree(instance);
		return NULL;
	}

	mutex_lock(&mandate_tree_lock);
	if (mandate_instance_phase(parent->instance) == MANDATE_PHASE_RUN) {
		kfree(instance);
		instance = parent->instance;
		refcount_inc(&instance->users);
	}
	instance->namespaces++;
	domain->instance = instance;
	layer = mandate_dereference(parent->layer);
	RCU_INIT_POINTER(domain->parent, mandate_domain_get(parent));
	RCU_INIT_POINTER(domain->layer, layer);
	list_add_tail(&domain->all, &mandate_domains);
	list_add_tail(&domain->sibling, &parent->children);
	mutex_unlock(&mandate_tree_lock);
	return domain;
}

/* Gives the children of a dead domain without a policy to its parent. */
static void splice_out(struct mandate_domain *const domain)
{
	struct mandate_domain *const parent =
		mandate_dereference(domain->parent);
	struct mandate_domain *child;

	list_for_each_entry(child, &domain->children, sibling) {
		rcu_assign_pointer(child->parent, mandate_domain_get(parent));
		__mandate_domain_put(domain);
	}
	list_splice_tail_init(&domain->children, &parent->children);
}

/**
 * mandate_domain_die - Its namespace is gone
 *
 * @domain: Domain, of which the namespace's reference is dropped.
 *
 * Before this returns the folder is removed, so that whoever gets the inode
 * number next finds no trace.  Without the splicing a task that unshares in a
 * loop would make an endless chain of dead parents.
 *
 * Context: Process context, may sleep; takes mandate_tree_lock.
 */
void mandate_domain_die(struct mandate_domain *const domain)
{
	struct mandate_folder *folder;
	struct path root = {};

	mutex_lock(&mandate_tree_lock);
	domain->alive = false;
	list_del(&domain->all);
	folder = domain->folder;
	domain->folder = NULL;
	mandate_folder_orphan(folder);
	if (!mandate_dereference(domain->policy))
		splice_out(domain);
	if (!--domain->instance->namespaces) {
		root = domain->instance->root;
		domain->instance->root = (struct path){};
	}
	mutex_unlock(&mandate_tree_lock);

	mandate_folder_remove(folder);
	path_put(&root);
	mandate_domain_put(domain);
}

static bool is_last_child(const struct mandate_domain *const domain)
{
	return list_is_last(&domain->sibling,
			    &mandate_dereference(domain->parent)->children);
}

/* Lets @domain be a layer of all domains below it. */
static void insert_layer(struct mandate_domain *const domain)
{
	struct mandate_domain *const above = mandate_dereference(domain->layer);
	struct mandate_domain *at = domain;

	rcu_assign_pointer(domain->layer, domain);
	/* In pre-order, not deeper than where another policy begins. */
	while (true) {
		if (mandate_dereference(at->layer) == domain &&
		    !list_empty(&at->children)) {
			at = list_first_entry(&at->children,
					      struct mandate_domain, sibling);
		} else {
			while (at != domain && is_last_child(at))
				at = mandate_dereference(at->parent);
			if (at == domain)
				return;
			at = list_next_entry(at, sibling);
		}
		if (mandate_dereference(at->layer) == above)
			rcu_assign_pointer(at->layer, domain);
	}
}

/* Every bound container at or below @domain gets a view of @policy. */
static int add_views(struct mandate_domain *const domain,
		     const struct mandate_policy *const policy)
{
	struct mandate_domain *other;
	int err;

	list_for_each_entry(other, &mandate_domains, all) {
		struct mandate_instance *const instance = other->instance;

		if (!mandate_domain_is_below(other, domain) ||
		    !mandate_instance_is_bound(instance) ||
		    mandate_instance_has_view(instance, domain))
			continue;
		err = mandate_instance_add_view(instance, domain, policy,
						instance->container);
		if (err)
			return err;
	}
	return 0;
}

static void remove_views(const struct mandate_domain *const domain)
{
	struct mandate_domain *other;

	list_for_each_entry(other, &mandate_domains, all)
		mandate_instance_remove_view(other->instance, domain);
}

/**
 * mandate_domain_add_policy - Give a domain a policy of its own
 *
 * @domain: Domain; all domains below it are bound as well.
 * @policy: Policy; the domain takes the caller's reference on success.
 *
 * Context: Process context, may sleep; mandate_tree_lock held.
 *
 * Return: 0, or:
 *
 * - %-ESTALE: The namespace is gone.
 * - %-EEXIST: It has one already; a policy is never replaced.
 * - %-ENOMEM: Out of memory.
 */
int mandate_domain_add_policy(struct mandate_domain *const domain,
			      struct mandate_policy *const policy)
{
	int err;

	lockdep_assert_held(&mandate_tree_lock);
	if (!domain->alive)
		return -ESTALE;
	if (mandate_dereference(domain->policy))
		return -EEXIST;
	err = add_views(domain, policy);
	if (err) {
		remove_views(domain);
		return err;
	}
	rcu_assign_pointer(domain->policy, policy);
	insert_layer(domain);
	return 0;
}

/**
 * __mandate_domain_has_layer - Ask whether one of many policies binds a domain
 *
 * @domain: Domain.
 * @layer: Domain with a policy, or NULL for no policy at all.
 *
 * Context: Any, under rcu_read_lock().
 *
 * Return: as mandate_domain_has_layer().
 */
bool __mandate_domain_has_layer(const struct mandate_domain *const domain,
				const struct mandate_domain *const layer)
{
	const struct mandate_domain *at = rcu_dereference(domain->layer);

	for (; at; at = mandate_next_layer(at))
		if (at == layer)
			return true;
	return !layer;
}

/**
 * mandate_domain_is_below - Ask whether a domain descends from another
 *
 * @domain: Domain.
 * @ancestor: Domain.
 *
 * Context: Any, under rcu_read_lock() or mandate_tree_lock.
 *
 * Return: Whether @ancestor is @domain, or its parent, and so on.
 */
bool mandate_domain_is_below(const struct mandate_domain *const domain,
			     const struct mandate_domain *const ancestor)
{
	const struct mandate_domain *at = domain;

	while (at && at != ancestor)
		at = mandate_dereference(at->parent);
	return at;
}
