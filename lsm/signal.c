// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signals between domains.
 */

#include <linux/lsm_hooks.h>
#include <linux/sched/signal.h>

#include "audit.h"
#include "common.h"
#include "domain.h"
#include "policy.h"
#include "setup.h"
#include "signal.h"
#include "task.h"

static int deny_signal(const struct mandate_domain *const domain,
		       const enum mnd_dimension dimension, const int sig,
		       const struct task_struct *const target)
{
	const struct mnd_verdict verdict = {
		.dimension = dimension,
		.subject = MND_NONE,
		.rule = MND_NONE,
		.want = MND_MATCH_ANY,
	};
	char number[sizeof("-2147483648")];

	return mandate_deny(&(struct mandate_denial){
		.operation = MANDATE_OPERATION_SIGNAL,
		.error = -EPERM,
		.domain = domain,
		.layer = rcu_dereference(domain->layer),
		.verdict = &verdict,
		.got = number,
		.got_size = scnprintf(number, sizeof(number), "%d", sig),
		.path = target->comm,
	});
}

/* Whether no policy forbids to kill the container's init from outside. */
static bool may_shut_down(const struct mandate_domain *const domain)
{
	const struct mnd_candidates *candidates;
	const struct mandate_policy *policy;
	const struct mandate_domain *layer;
	u32 subject;

	for (layer = rcu_dereference(domain->layer); layer;
	     layer = mandate_next_layer(layer)) {
		policy = rcu_dereference(layer->policy);
		candidates =
			mandate_instance_candidates(domain->instance, layer);
		subject = mnd_next_candidate(candidates, 0);
		if (subject == MND_NONE ||
		    !(le32_to_cpu(policy->table.subjects[subject].flags) &
		      MND_SUBJECT_SHUTDOWN))
			return false;
	}
	return true;
}

/* Whether @target is the process that the container began with. */
static bool is_init(const struct task_struct *const target,
		    const struct mandate_instance *const instance)
{
	/* That of a process that is being reaped is taken away. */
	return READ_ONCE(target->signal->pids[PIDTYPE_TGID]) == instance->init;
}

/* A signal from outside to a member of a running container. */
static bool container_takes(struct task_struct *const target,
			    const struct mandate_domain *const domain,
			    const int sig)
{
	/* No signal: the runtime asks whether the process is there. */
	if (!sig)
		return true;
	if (mnd_decide_signal(READ_ONCE(mandate_task(target)->signals), sig))
		return true;
	return sig == SIGKILL && is_init(target, domain->instance) &&
	       may_shut_down(domain);
}

/*
 * A process whose parent dies gets the signal that it asked for itself by
 * prctl(PR_SET_PDEATHSIG).  Nobody can send one to another like that: kill(2)
 * and its kin come with a siginfo.
 */
static bool is_own_wish(const struct task_struct *const target,
			const struct kernel_siginfo *const info, const int sig)
{
	return info == SEND_SIG_NOINFO && (current->flags & PF_EXITING) &&
	       target->pdeath_signal == sig;
}

/* Sender and target are judged as being where they belong. */
static noinline int judge_signal(struct task_struct *const target,
				 const struct kernel_siginfo *const info,
				 const int sig)
{
	const struct mandate_domain *const from =
		mandate_task_home(mandate_task(current));
	const struct mandate_domain *const to =
		mandate_task_home(mandate_task(target));
	bool inward;

	if (from->instance == to->instance)
		return 0;
	inward = mandate_may_reach(from, to);
	if (inward &&
	    (mandate_instance_phase(to->instance) != MANDATE_PHASE_RUN ||
	     container_takes(target, to, sig)))
		return 0;
	if (is_own_wish(target, info, sig))
		return 0;
	return inward ? deny_signal(to, MND_DIMENSION_SIGNAL, sig, target) :
			deny_signal(from, MND_DIMENSION_NAMESPACE, sig, target);
}

/* Whether both are processes of one container, or both of the same UVM. */
static bool is_inside(const struct mandate_task *const sender,
		      const struct mandate_task *const target)
{
	const struct mandate_instance *const instance =
		rcu_dereference(sender->domain)->instance;

	if (rcu_dereference(target->domain)->instance != instance)
		return false;
	return (sender->member && READ_ONCE(target->member)) ||
	       mandate_instance_phase(instance) != MANDATE_PHASE_RUN;
}

/*
 * What is mostly asked otherwise, answered without a call: whether a task of
 * the UVM, at home, sends a member what is listed.
 */
static bool is_listed(const struct mandate_task *const sender,
		      const struct mandate_task *const target, const int sig)
{
	const struct mandate_domain *const from =
		rcu_dereference(sender->domain);
	const struct mandate_domain *const to = rcu_dereference(target->domain);

	return !rcu_access_pointer(sender->origin) &&
	       mandate_instance_phase(from->instance) != MANDATE_PHASE_RUN &&
	       rcu_access_pointer(from->layer) ==
		       rcu_access_pointer(to->layer) &&
	       READ_ONCE(target->member) &&
	       mnd_decide_signal(READ_ONCE(target->signals), sig);
}

/*
 * May be called with tasklist_lock held for writing and interrupts off, and by
 * a task that has given up its namespaces.
 */
static int hook_task_kill(struct task_struct *const target,
			  struct kernel_siginfo *const info, const int sig,
			  const struct cred *const cred)
{
	const struct mandate_task *sender, *receiver;
	int err = 0;

	if (!mandate_has_policy())
		return 0;

	rcu_read_lock();
	sender = mandate_task(current);
	receiver = mandate_task(target);
	if (!is_inside(sender, receiver) && !is_listed(sender, receiver, sig))
		err = judge_signal(target, info, sig);
	rcu_read_unlock();
	return err;
}

static struct security_hook_list signal_hooks[] __ro_after_init = {
	LSM_HOOK_INIT(task_kill, hook_task_kill),
};

__init void mandate_add_signal_hooks(void)
{
	security_add_hooks(signal_hooks, ARRAY_SIZE(signal_hooks),
			   &mandate_lsmid);
}
