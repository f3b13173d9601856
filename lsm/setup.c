// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registration of the module, and what the kernel command line said.
 */

#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/lsm_hooks.h>
#include <uapi/linux/lsm.h>

#include "audit.h"
#include "common.h"
#include "exec.h"
#include "measured.h"
#include "mount.h"
#include "namespace.h"
#include "pin.h"
#include "ptrace.h"
#include "setup.h"
#include "signal.h"
#include "task.h"

struct lsm_blob_sizes mandate_blob_sizes __ro_after_init = {
	.lbs_inode = sizeof(struct mandate_inode),
	.lbs_ns = sizeof(struct mandate_domain *),
	.lbs_task = sizeof(struct mandate_task),
};

const struct lsm_id mandate_lsmid = {
	.name = MANDATE_NAME,
	.id = LSM_ID_MANDATE,
};

enum mandate_mode mandate_mode __ro_after_init =
	IS_ENABLED(CONFIG_SECURITY_MANDATE_BOOTPARAM) ? MANDATE_MODE_OFF :
							MANDATE_MODE_ENFORCE;
bool mandate_unpinned __ro_after_init;

/* Read by the framework before it reserves room in the blobs. */
static int enabled __ro_after_init =
	!IS_ENABLED(CONFIG_SECURITY_MANDATE_BOOTPARAM);

#ifdef CONFIG_SECURITY_MANDATE_BOOTPARAM

/* A word that is not understood must not leave the guest without policy. */
static int __init set_mode(char *const word)
{
	if (word && !strcmp(word, "off")) {
		mandate_mode = MANDATE_MODE_OFF;
	} else if (word && !strcmp(word, "audit")) {
		mandate_mode = MANDATE_MODE_AUDIT;
	} else {
		mandate_mode = MANDATE_MODE_ENFORCE;
		if (!word || strcmp(word, "enforce"))
			pr_err("unknown mode on the command line, enforcing\n");
	}
	enabled = mandate_mode != MANDATE_MODE_OFF;
	return 0;
}
early_param(MANDATE_NAME, set_mode);

/* Without a value, or with one that means yes. */
static int __init set_unpinned(char *const word)
{
	if (!word)
		mandate_unpinned = true;
	else if (kstrtobool(word, &mandate_unpinned))
		pr_err("unknown value of mandate.unpinned on the command line, a pin is needed\n");
	return 0;
}
early_param(MANDATE_NAME ".unpinned", set_unpinned);

#endif /* CONFIG_SECURITY_MANDATE_BOOTPARAM */

static int __init mandate_init(void)
{
	int err;

	err = mandate_audit_init();
	if (err)
		panic("mandate: out of memory at boot\n");
	mandate_add_task_hooks();
	mandate_add_namespace_hooks();
	mandate_add_measured_hooks();
	mandate_add_exec_hooks();
	mandate_add_mount_hooks();
	mandate_add_signal_hooks();
	mandate_add_ptrace_hooks();
	pr_info("%s\n", mandate_mode == MANDATE_MODE_ENFORCE ? "enforcing" :
							       "auditing");
	return 0;
}

/*
 * Last, because "lsm=" can neither leave that out nor put something behind
 * it: the command line may be chosen by somebody who must not.
 */
DEFINE_LSM(MANDATE_NAME) = {
	.name = MANDATE_NAME,
	.order = LSM_ORDER_LAST,
	.enabled = &enabled,
	.init = mandate_init,
	.blobs = &mandate_blob_sizes,
};
