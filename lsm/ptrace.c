// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looking into and controlling tasks of another domain.
 *
 * Runtimes open the files of /proc/PID/ns of a container's processes and join them by
 * pidfd, so reading inward is allowed to those outside.  Nothing else is.
 */

#include <linux/lsm_hooks.h>
#include <linux/ptrace.h>

#include "audit.h"
#include "common.h"
#include "domain.h"
#include "ptrace.h"
#include "setup.h"
#include "task.h"

/*
 * Whether @tracer may look into @tracee; with @attach also control it, read
 * and write its memory, and take its descriptors.
 */
static bool may_trace(const struct mandate_task *const tracer,
		      const struct mandate_task *const tracee,
		      const bool attach)
{
	const struct mandate_domain *const from = mandate_task_home(tracer);
	const struct mandate_domain *const to = mandate_task_home(tracee);

	if (from->instance == to->instance)
		return true;
	if (!mandate_may_reach(from, to))
		return false;
	return !attach ||
	       mandate_instance_phase(to->instance) != MANDATE_PHASE_RUN;
}

static int judge_trace(const struct task_struct *const tracer,
		       const struct task_struct *const tracee,
		       const unsigned int mode)
{
	static const struct mnd_verdict verdict = {
		.dimension = MND_DIMENSION_NAMESPACE,
		.subject = MND_NONE,
		.rule = MND_NONE,
		.want = MND_MATCH_ANY,
	};
	const struct mandate_domain *home;
	int err = 0;

	if (!mandate_has_policy())
		return 0;
	rcu_read_lock();
	home = mandate_task_home(mandate_task(tracer));
	if (!may_trace(mandate_task(tracer), mandate_task(tracee),
		       mode & PTRACE_MODE_ATTACH))
		err = mandate_deny(&(struct mandate_denial){
			.operation = MANDATE_OPERATION_PTRACE,
			.error = -EPERM,
			.domain = home,
			.layer = rcu_dereference(home->layer),
			.verdict = &verdict,
			.path = tracee->comm,
			.quiet = mode & PTRACE_MODE_NOAUDIT,
		});
	rcu_read_unlock();
	return err;
}

/* Under task_lock(). */
static int hook_ptrace_access_check(struct task_struct *const child,
				    const unsigned int mode)
{
	return judge_trace(current, child, mode);
}

/* Under tasklist_lock, for writing. */
static int hook_ptrace_traceme(struct task_struct *const parent)
{
	return judge_trace(parent, current, PTRACE_MODE_ATTACH);
}

static struct security_hook_list ptrace_hooks[] __ro_after_init = {
	LSM_HOOK_INIT(ptrace_access_check, hook_ptrace_access_check),
	LSM_HOOK_INIT(ptrace_traceme, hook_ptrace_traceme),
};

__init void mandate_add_ptrace_hooks(void)
{
	security_add_hooks(ptrace_hooks, ARRAY_SIZE(ptrace_hooks),
			   &mandate_lsmid);
}
