/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The enforcement state of a mount namespace: its own object, made with the
 * namespace, in a tree whose root is the guest's first namespace.  Policies
 * hang on it.
 */

#ifndef _SECURITY_MANDATE_DOMAIN_H
#define _SECURITY_MANDATE_DOMAIN_H

#include <linux/atomic.h>
#include <linux/jump_label.h>
#include <linux/mutex.h>
#include <linux/ns_common.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/workqueue.h>

#include "instance.h"
#include "setup.h"

struct mandate_folder;
struct mandate_policy;

/**
 * struct mandate_domain - Enforcement state of a mount namespace
 *
 * @users: References: the namespace, its tasks, its children, open files.
 *	The root domain is not counted.
 * @release: Takes it apart; the last reference may be dropped where nothing
 *	may sleep.
 * @rcu: Frees it.
 * @id: Unique id of the namespace, never reused.
 * @inum: Inode number of the namespace, reused after its end.
 * @alive: The namespace exists; under mandate_tree_lock.
 * @entered: A task has been in it.
 * @instance: The container; counted, never changes.
 * @parent: Domain in which it was made, or if that died without a policy the
 *	one above; counted; NULL only for the root domain.
 * @layer: Nearest domain with a policy, from this one upwards; NULL as long
 *	as the root domain has none.  Kept alive by the chain of @parent.
 * @policy: Policy of its own, or NULL; counted; set once.
 * @all: In the list of all domains; under mandate_tree_lock.
 * @children: Domains below; under mandate_tree_lock.
 * @sibling: In the parent's @children; under mandate_tree_lock.
 * @folder: Its folder in securityfs, or NULL; under mandate_tree_lock.
 * @denials: Number of denials.
 */
struct mandate_domain {
	refcount_t users;
	struct work_struct release;
	struct rcu_head rcu;
	u64 id;
	unsigned int inum;
	bool alive;
	int entered;
	struct mandate_instance *instance;
	struct mandate_domain __rcu *parent;
	struct mandate_domain __rcu *layer;
	struct mandate_policy __rcu *policy;
	struct list_head all;
	struct list_head children;
	struct list_head sibling;
	struct mandate_folder *folder;
	atomic64_t denials;
};

extern struct mandate_domain mandate_root;
extern struct list_head mandate_domains;
extern struct mutex mandate_tree_lock;
DECLARE_STATIC_KEY_FALSE(mandate_loaded);

/* Whether there is a base policy. */
static inline bool mandate_has_policy(void)
{
	return static_branch_likely(&mandate_loaded);
}

struct mandate_domain *mandate_domain_create(struct mandate_domain *parent,
					     const struct ns_common *ns);
void mandate_domain_die(struct mandate_domain *domain);
void __mandate_domain_put(struct mandate_domain *domain);
int mandate_domain_add_policy(struct mandate_domain *domain,
			      struct mandate_policy *policy);
bool __mandate_domain_has_layer(const struct mandate_domain *domain,
				const struct mandate_domain *layer);
bool mandate_domain_is_below(const struct mandate_domain *domain,
			     const struct mandate_domain *ancestor);

static inline struct mandate_domain *
mandate_domain_get(struct mandate_domain *const domain)
{
	if (domain != &mandate_root)
		refcount_inc(&domain->users);
	return domain;
}

/* For a domain that is only known under RCU: false if it is going away. */
static inline bool mandate_domain_tryget(struct mandate_domain *const domain)
{
	return domain == &mandate_root || refcount_inc_not_zero(&domain->users);
}

static inline void mandate_domain_put(struct mandate_domain *const domain)
{
	if (domain && domain != &mandate_root)
		__mandate_domain_put(domain);
}

/* For the pointers of the tree: under RCU, or with the tree held still. */
#define mandate_dereference(pointer) \
	rcu_dereference_check(pointer, lockdep_is_held(&mandate_tree_lock))

/* The next policy that binds who is bound by that of @layer, or NULL. */
static inline struct mandate_domain *
mandate_next_layer(const struct mandate_domain *const layer)
{
	const struct mandate_domain *const parent =
		mandate_dereference(layer->parent);

	return parent ? mandate_dereference(parent->layer) : NULL;
}

/**
 * mandate_domain_has_layer - Ask whether a policy binds a domain
 *
 * @domain: Domain.
 * @layer: Domain with a policy, or NULL for no policy at all.
 *
 * Context: Any, under rcu_read_lock().
 *
 * Return: Whether the policy of @layer is evaluated for @domain.
 */
static inline bool
mandate_domain_has_layer(const struct mandate_domain *const domain,
			 const struct mandate_domain *const layer)
{
	return rcu_access_pointer(domain->layer) == layer ||
	       __mandate_domain_has_layer(domain, layer);
}

/**
 * mandate_may_reach - Ask whether one may act on what is in another domain
 *
 * @from: Domain in which the one is at home.
 * @to: Domain in which the other is, of another instance.
 *
 * Out of a container, or to the side, never; nor out of a namespace with a
 * policy that does not bind the other.
 *
 * Context: Any, under rcu_read_lock().
 *
 * Return: Whether one may, as far as that goes.
 */
static inline bool mandate_may_reach(const struct mandate_domain *const from,
				     const struct mandate_domain *const to)
{
	return mandate_instance_phase(from->instance) != MANDATE_PHASE_RUN &&
	       mandate_domain_has_layer(to, rcu_access_pointer(from->layer));
}

/* Blob of a mount namespace; NULL for an anonymous one. */
static inline struct mandate_domain **
mandate_ns_domain(const struct ns_common *const ns)
{
	return ns->ns_security + mandate_blob_sizes.lbs_ns;
}

#endif /* _SECURITY_MANDATE_DOMAIN_H */
