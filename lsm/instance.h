/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The state of one running container, shared by the mount namespaces that it
 * makes, and what each policy says that it can still be.
 */

#ifndef _SECURITY_MANDATE_INSTANCE_H
#define _SECURITY_MANDATE_INSTANCE_H

#include <linux/path.h>
#include <linux/refcount.h>
#include <linux/types.h>

#include "core/decide.h"

struct mandate_domain;
struct mandate_policy;

/**
 * enum mandate_phase - What an instance is doing
 *
 * @MANDATE_PHASE_UVM: It is the guest itself, in the root domain.
 * @MANDATE_PHASE_SETUP: A namespace that is still being built, or a plain
 *	unshare(CLONE_NEWNS): it acts as the UVM.
 * @MANDATE_PHASE_RUN: A container whose first process was executed.
 */
enum mandate_phase {
	MANDATE_PHASE_UVM,
	MANDATE_PHASE_SETUP,
	MANDATE_PHASE_RUN,
};

/**
 * struct mandate_view - What an instance is under one policy
 *
 * Immutable once it is on a list.
 *
 * @list: In struct mandate_instance.views.
 * @rcu: Frees it.
 * @layer: Domain whose own policy this is about; not counted, it removes the
 *	view before it goes.
 * @candidates: The subjects that the instance can be; at most one, because a
 *	container is bound by name.
 * @words: Memory of @candidates.
 */
struct mandate_view {
	struct list_head list;
	struct rcu_head rcu;
	const struct mandate_domain *layer;
	struct mnd_candidates candidates;
	u64 words[];
};

/**
 * struct mandate_instance - A container from its namespace to its end
 *
 * @users: References, one for each domain.
 * @rcu: Frees it.
 * @phase: enum mandate_phase; goes from setup to run once, under
 *	mandate_tree_lock; read with READ_ONCE().
 * @namespaces: Mount namespaces alive that refer to it; under
 *	mandate_tree_lock.
 * @container: Name it is bound to, or NULL; set once, under
 *	mandate_tree_lock, before @phase is run.
 * @root: Root of the container from the moment its phase is run; put when
 *	the last namespace dies.
 * @init: Its first process, from the same moment; counted.
 * @views: struct mandate_view, one for each policy that binds it, as soon as
 *	it is bound; RCU list, changed under mandate_tree_lock.
 */
struct mandate_instance {
	refcount_t users;
	struct rcu_head rcu;
	enum mandate_phase phase;
	unsigned int namespaces;
	char *container;
	struct path root;
	struct pid *init;
	struct list_head views;
};

struct mandate_instance *mandate_instance_create(void);
void mandate_instance_put(struct mandate_instance *instance);
int mandate_instance_add_view(struct mandate_instance *instance,
			      const struct mandate_domain *layer,
			      const struct mandate_policy *policy,
			      const char *container);
void mandate_instance_remove_view(struct mandate_instance *instance,
				  const struct mandate_domain *layer);
bool mandate_instance_has_view(const struct mandate_instance *instance,
			       const struct mandate_domain *layer);
const struct mnd_candidates *
mandate_instance_candidates(const struct mandate_instance *instance,
			    const struct mandate_domain *layer);

static inline enum mandate_phase
mandate_instance_phase(const struct mandate_instance *const instance)
{
	/* Pairs with the release in mandate_seal(). */
	return smp_load_acquire(&instance->phase);
}

static inline bool
mandate_instance_is_bound(const struct mandate_instance *const instance)
{
	/* Pairs with the release in mandate_bind(). */
	return smp_load_acquire(&instance->container);
}

#endif /* _SECURITY_MANDATE_INSTANCE_H */
