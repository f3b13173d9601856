/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a task carries: the domain it is in, and how it came there.
 */

#ifndef _SECURITY_MANDATE_TASK_H
#define _SECURITY_MANDATE_TASK_H

#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "domain.h"
#include "setup.h"

/**
 * enum mandate_actor - As what a task acts
 *
 * @MANDATE_ACTOR_UVM: As the guest itself: in the root domain, or in a
 *	namespace that is no running container.
 * @MANDATE_ACTOR_MEMBER: As a process of a running container.
 * @MANDATE_ACTOR_OUTSIDER: As somebody who came into a running container
 *	from outside and was not let in by a process rule.
 */
enum mandate_actor {
	MANDATE_ACTOR_UVM,
	MANDATE_ACTOR_MEMBER,
	MANDATE_ACTOR_OUTSIDER,
};

/**
 * struct mandate_task - Security blob of a task
 *
 * Written by the task itself, or before it runs.  Others read it under RCU,
 * for they may look at a task that is changing its namespace.
 *
 * @domain: Domain it is in; counted; a dead task keeps it.
 * @origin: Domain it came from by setns(2), if it is not back; counted.
 * @signals: Signals that may be sent to it from outside its container.
 * @new_signals: @signals of the program that an allowed exec will start.
 * @root: Root directory from which the exec that @pending is about was
 *	judged; to be compared, not to be followed.
 * @pending: One of MND_ROLE_* while an exec by a process rule is under way;
 *	the next exec clears it if this one fails.
 * @member: It is in the container by a process rule, or was born there.
 * @shared_root: Another task had the same root directory at some time.
 */
struct mandate_task {
	struct mandate_domain __rcu *domain;
	struct mandate_domain __rcu *origin;
	u64 signals;
	u64 new_signals;
	const struct dentry *root;
	u8 pending;
	bool member;
	bool shared_root;
};

static inline struct mandate_task *
mandate_task(const struct task_struct *const task)
{
	return task->security + mandate_blob_sizes.lbs_task;
}

/* The domain of current, which nobody else changes. */
static inline struct mandate_domain *mandate_current_domain(void)
{
	return rcu_dereference_protected(mandate_task(current)->domain, true);
}

static inline enum mandate_actor
mandate_actor_in(const struct mandate_task *const task,
		 const struct mandate_instance *const instance)
{
	if (mandate_instance_phase(instance) != MANDATE_PHASE_RUN)
		return MANDATE_ACTOR_UVM;
	return READ_ONCE(task->member) ? MANDATE_ACTOR_MEMBER :
					 MANDATE_ACTOR_OUTSIDER;
}

struct mandate_domain *__mandate_task_home(const struct mandate_task *task);

/**
 * mandate_task_home - Where a task belongs
 *
 * @task: Blob of a task.
 *
 * An outsider belongs to where it came from: by setns(2), or, if it was left
 * behind in a namespace that became a container, to where that was made.
 *
 * Context: Any, under rcu_read_lock().
 *
 * Return: The domain whose policies the task must not get away from.
 */
static inline struct mandate_domain *
mandate_task_home(const struct mandate_task *const task)
{
	struct mandate_domain *const domain = rcu_dereference(task->domain);

	if (unlikely(rcu_access_pointer(task->origin)) ||
	    mandate_actor_in(task, domain->instance) == MANDATE_ACTOR_OUTSIDER)
		return __mandate_task_home(task);
	return domain;
}

/* As what current acts. */
static inline enum mandate_actor mandate_current_actor(void)
{
	return mandate_actor_in(mandate_task(current),
				mandate_current_domain()->instance);
}

void mandate_task_enter(struct task_struct *task,
			struct mandate_domain *domain);
void mandate_task_become_member(struct mandate_task *task);
void mandate_add_task_hooks(void);

#endif /* _SECURITY_MANDATE_TASK_H */
