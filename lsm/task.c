// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a task carries: the domain it is in, and how it came there.
 *
 * The pointer is with the task and not with its credentials, because
 * override_creds() changes those while the mount namespace stays; and not
 * looked up through nsproxy, because signals are sent where task_lock() is
 * not allowed and to tasks that have no nsproxy any more.
 */

#include <linux/lsm_hooks.h>

#include "common.h"
#include "task.h"

/**
 * __mandate_task_home - Where a task belongs that is not at home
 *
 * @task: Blob of a task that came from elsewhere, or is an outsider.
 *
 * Where it came from may have become a container after it left, of which it
 * is no member: nobody leaves a container that runs.
 *
 * Context: Any, under rcu_read_lock().
 *
 * Return: as mandate_task_home().
 */
struct mandate_domain *
__mandate_task_home(const struct mandate_task *const task)
{
	struct mandate_domain *home = rcu_dereference(task->origin) ?:
					      rcu_dereference(task->domain);

	while (mandate_instance_phase(home->instance) == MANDATE_PHASE_RUN)
		home = rcu_dereference(home->parent);
	return home;
}

/* The same with a reference, or NULL if the task is at home in @domain. */
static struct mandate_domain *
get_origin(const struct mandate_task *const task,
	   const struct mandate_domain *const domain)
{
	struct mandate_domain *home;

	guard(rcu)();
	do {
		home = mandate_task_home(task);
		/* Up the tree one goes back; see may_join() for who may. */
		if (home->instance == domain->instance ||
		    mandate_domain_is_below(home, domain))
			return NULL;
		/* One that nobody is in may go, and another takes its place. */
	} while (!mandate_domain_tryget(home));
	return home;
}

/* Takes over the caller's reference to @origin, which may be NULL. */
static void set_origin(struct mandate_task *const task,
		       struct mandate_domain *const origin)
{
	struct mandate_domain *const old =
		rcu_dereference_protected(task->origin, true);

	rcu_assign_pointer(task->origin, origin);
	mandate_domain_put(old);
}

/**
 * mandate_task_enter - Put a task into another domain
 *
 * @task: Current, or a child that it is making.
 * @domain: Domain of the mount namespace that it is in now.
 *
 * Who makes a namespace is at home in it.  Who joins one that is there
 * already stays at home where it was, and is an outsider wherever a container
 * runs, until a process rule lets it in or it goes back.  A namespace can be
 * found as soon as it is complete, so who comes first counts as its maker: at
 * home in what is still being built, and no member of what that becomes.
 *
 * Context: Process context, may sleep.
 */
void mandate_task_enter(struct task_struct *const task,
			struct mandate_domain *const domain)
{
	struct mandate_task *const blob = mandate_task(task);
	struct mandate_domain *const old =
		rcu_dereference_protected(blob->domain, true);
	const bool joins = xchg(&domain->entered, 1);
	struct mandate_domain *origin;

	if (domain->instance != old->instance) {
		origin = joins ? get_origin(blob, domain) : NULL;
		WRITE_ONCE(blob->member, false);
		set_origin(blob, origin);
	}
	rcu_assign_pointer(blob->domain, mandate_domain_get(domain));
	mandate_domain_put(old);
}

/**
 * mandate_task_become_member - Let current into its container
 *
 * @task: Blob of current, which a process rule has let in.
 *
 * Context: Process context.
 */
void mandate_task_become_member(struct mandate_task *const task)
{
	WRITE_ONCE(task->member, true);
	set_origin(task, NULL);
}

static int hook_task_alloc(struct task_struct *const task,
			   const unsigned long clone_flags)
{
	struct mandate_task *const parent = mandate_task(current);
	struct mandate_task *const child = mandate_task(task);
	struct mandate_domain *const origin =
		rcu_dereference_protected(parent->origin, true);

	RCU_INIT_POINTER(child->domain,
			 mandate_domain_get(mandate_current_domain()));
	if (origin)
		RCU_INIT_POINTER(child->origin, mandate_domain_get(origin));
	child->signals = parent->signals;
	child->member = parent->member;
	if (clone_flags & CLONE_FS) {
		parent->shared_root = true;
		child->shared_root = true;
	}
	return 0;
}

static void hook_task_free(struct task_struct *const task)
{
	struct mandate_task *const blob = mandate_task(task);

	/* Nobody has a reference to @task any more. */
	mandate_domain_put(rcu_dereference_protected(blob->domain, true));
	mandate_domain_put(rcu_dereference_protected(blob->origin, true));
}

static struct security_hook_list task_hooks[] __ro_after_init = {
	LSM_HOOK_INIT(task_alloc, hook_task_alloc),
	LSM_HOOK_INIT(task_free, hook_task_free),
};

__init void mandate_add_task_hooks(void)
{
	/* All tasks descend from this one. */
	RCU_INIT_POINTER(mandate_task(current)->domain, &mandate_root);
	security_add_hooks(task_hooks, ARRAY_SIZE(task_hooks), &mandate_lsmid);
}
