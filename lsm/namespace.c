// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mount namespaces: each gets a domain when it is made, takes it along when
 * it dies, and lets nobody in who would get away from a policy by that.
 */

#include <linux/lsm_hooks.h>
#include <linux/mnt_namespace.h>
#include <linux/nsproxy.h>
#include <linux/proc_ns.h>

#include "audit.h"
#include "common.h"
#include "domain.h"
#include "mount.h"
#include "namespace.h"
#include "task.h"

/* The first mount namespace is the guest's own. */
static bool is_first(void)
{
	return !mandate_root.id;
}

static int hook_namespace_alloc(struct ns_common *const ns)
{
	struct mandate_domain **const domain = mandate_ns_domain(ns);

	if (ns->ops->type != CLONE_NEWNS)
		return 0;
	/* A detached mount is a mount operation of whoever makes it. */
	if (!mntns_id(ns))
		return mandate_judge_detached();
	if (is_first()) {
		mandate_root.id = mntns_id(ns);
		mandate_root.inum = ns->inum;
		list_add(&mandate_root.all, &mandate_domains);
		*domain = &mandate_root;
		return 0;
	}
	*domain = mandate_domain_create(mandate_current_domain(), ns);
	return *domain ? 0 : -ENOMEM;
}

static void hook_namespace_free(struct ns_common *const ns)
{
	struct mandate_domain *const domain = *mandate_ns_domain(ns);

	/* An anonymous namespace, or one that could not be made, has none. */
	if (domain && domain != &mandate_root)
		mandate_domain_die(domain);
}

/*
 * Whether who is at home in @home may be in @domain: every policy that binds
 * it at home must bind it there too, and out of a container it gets only into
 * a namespace of the same container.
 */
static bool may_join(const struct mandate_domain *const home,
		     const struct mandate_domain *const domain)
{
	if (home->instance != domain->instance &&
	    mandate_instance_phase(home->instance) == MANDATE_PHASE_RUN)
		return false;
	return mandate_domain_has_layer(domain, rcu_dereference(home->layer));
}

static int deny_join(const struct mandate_domain *const home,
		     const struct mandate_domain *const domain)
{
	const struct mnd_verdict verdict = {
		.dimension = MND_DIMENSION_NAMESPACE,
		.subject = MND_NONE,
		.rule = MND_NONE,
		.want = MND_MATCH_ANY,
	};
	char got[sizeof("mnt:[4294967295]")];

	return mandate_deny(&(struct mandate_denial){
		.operation = MANDATE_OPERATION_SETNS,
		.domain = home,
		.layer = rcu_dereference(home->layer),
		.verdict = &verdict,
		.got = got,
		.got_size =
			scnprintf(got, sizeof(got), "mnt:[%u]", domain->inum),
		.error = -EPERM,
	});
}

static int hook_namespace_install(const struct nsset *const nsset,
				  struct ns_common *const ns)
{
	const struct mandate_domain *home, *domain;
	int err = 0;

	if (ns->ops->type != CLONE_NEWNS || !mandate_has_policy())
		return 0;

	/* The root of an anonymous one cannot be installed anyway. */
	domain = *mandate_ns_domain(ns);
	if (!domain)
		return 0;

	rcu_read_lock();
	home = mandate_task_home(mandate_task(current));
	if (!may_join(home, domain))
		err = deny_join(home, domain);
	rcu_read_unlock();
	return err;
}

static void hook_namespace_switch(struct task_struct *const task,
				  struct ns_common *const ns)
{
	mandate_task_enter(task, *mandate_ns_domain(ns));
}

static struct security_hook_list namespace_hooks[] __ro_after_init = {
	LSM_HOOK_INIT(namespace_alloc, hook_namespace_alloc),
	LSM_HOOK_INIT(namespace_free, hook_namespace_free),
	LSM_HOOK_INIT(namespace_install, hook_namespace_install),
	LSM_HOOK_INIT(namespace_switch, hook_namespace_switch),
};

__init void mandate_add_namespace_hooks(void)
{
	security_add_hooks(namespace_hooks, ARRAY_SIZE(namespace_hooks),
			   &mandate_lsmid);
}
