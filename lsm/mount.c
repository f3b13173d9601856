// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mount operations.
 *
 * Who acts as the UVM may change the topology of its own namespace; what it
 * may mount is judged where the superblock is made.  A member of a container
 * needs a rule for every operation, an outsider may do none.
 */

#include <linux/lsm_hooks.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <uapi/linux/mount.h>

#include "audit.h"
#include "common.h"
#include "domain.h"
#include "mount.h"
#include "path.h"
#include "policy.h"
#include "setup.h"
#include "task.h"

/* A rule's type for what is mounted without making a superblock. */
#define BIND "bind"

/* An operation on its way to the engine. */
struct operation {
	enum mandate_operation name;
	struct mnd_mount_request request;
	const char *path;
};

static int deny_mount(const struct operation *const operation,
		      const struct mandate_domain *const domain,
		      const struct mandate_domain *const layer,
		      const struct mnd_verdict *const verdict)
{
	struct mandate_denial denial = {
		.operation = operation->name,
		.error = -EPERM,
		.domain = domain,
		.layer = layer,
		.verdict = verdict,
		.path = operation->path ?: operation->request.target,
	};

	switch (verdict->dimension) {
	case MND_DIMENSION_SOURCE:
		denial.got = operation->request.source;
		break;
	case MND_DIMENSION_TARGET:
		denial.got = operation->request.target;
		break;
	default:
		denial.got = operation->request.type;
		break;
	}
	denial.got_size = denial.got ? strlen(denial.got) : 0;
	return mandate_deny(&denial);
}

/*
 * In a namespace that is still being built the UVM mounts what a container
 * will need, so what one of them may have is enough.
 */
static bool layer_allows(const struct mandate_domain *const domain,
			 const struct mandate_domain *const layer,
			 const struct mnd_mount_request *const request,
			 struct mnd_verdict *const verdict)
{
	const struct mandate_policy *const policy =
		rcu_dereference(layer->policy);
	const struct mandate_instance *const instance = domain->instance;
	struct mnd_verdict other;

	if (mandate_current_actor() == MANDATE_ACTOR_MEMBER)
		return mnd_decide_mount(&policy->table,
					mandate_instance_candidates(instance,
								    layer),
					request, verdict);
	if (mnd_decide_mount(&policy->table, &policy->uvm, request, verdict))
		return true;
	if (mandate_instance_phase(instance) == MANDATE_PHASE_UVM)
		return false;
	return mnd_decide_mount(&policy->table,
				mandate_instance_is_bound(instance) ?
					mandate_instance_candidates(instance,
								    layer) :
					&policy->everyone,
				request, &other);
}

static int judge(struct operation *const operation)
{
	const struct mandate_domain *const domain = mandate_current_domain();
	const enum mandate_actor actor = mandate_current_actor();
	const struct mandate_domain *layer;
	struct mnd_verdict verdict;
	int err = 0;

	if (actor == MANDATE_ACTOR_OUTSIDER)
		return mandate_deny_because(operation->name,
					    MND_DIMENSION_OUTSIDER, -EPERM);
	operation->request.phase =
		actor == MANDATE_ACTOR_MEMBER ? MND_MOUNT_RUN : MND_MOUNT_SETUP;
	rcu_read_lock();
	for (layer = rcu_dereference(domain->layer); layer && !err;
	     layer = mandate_next_layer(layer))
		if (!layer_allows(domain, layer, &operation->request, &verdict))
			err = deny_mount(operation, domain, layer, &verdict);
	rcu_read_unlock();
	return err;
}

/* Whether current may change the topology of its namespace as it likes. */
static bool is_builder(void)
{
	return !mandate_has_policy() ||
	       mandate_current_actor() == MANDATE_ACTOR_UVM;
}

/* Whether current is in a namespace where targets are where rules say. */
static bool has_final_targets(void)
{
	return mandate_instance_phase(mandate_current_domain()->instance) !=
	       MANDATE_PHASE_SETUP;
}

/* A superblock is about to be made, or used once more. */
static int judge_superblock(const struct super_block *const sb)
{
	struct operation operation = {
		.name = MANDATE_OPERATION_SUPERBLOCK,
		.request = {
			.operation = MND_MOUNT_NEW,
			.type = sb->s_type->name,
		},
	};

	if (!mandate_has_policy())
		return 0;
	return judge(&operation);
}

static u32 options_of(const struct vfsmount *const mnt)
{
	const int flags = READ_ONCE(mnt->mnt_flags);
	u32 options = 0;

	if ((flags & MNT_READONLY) || sb_rdonly(mnt->mnt_sb))
		options |= MND_MOUNT_RO;
	if (flags & MNT_NOSUID)
		options |= MND_MOUNT_NOSUID;
	if (flags & MNT_NODEV)
		options |= MND_MOUNT_NODEV;
	if (flags & MNT_NOEXEC)
		options |= MND_MOUNT_NOEXEC;
	if (flags & MNT_NOSYMFOLLOW)
		options |= MND_MOUNT_NOSYMFOLLOW;
	return options;
}

static u32 options_asked(const unsigned long flags)
{
	u32 options = 0;

	if (flags & MS_RDONLY)
		options |= MND_MOUNT_RO;
	if (flags & MS_NOSUID)
		options |= MND_MOUNT_NOSUID;
	if (flags & MS_NODEV)
		options |= MND_MOUNT_NODEV;
	if (flags & MS_NOEXEC)
		options |= MND_MOUNT_NOEXEC;
	if (flags & MS_NOSYMFOLLOW)
		options |= MND_MOUNT_NOSYMFOLLOW;
	return options;
}

/* Judges an operation on the mount point @path, in @buffer if that is given. */
static int judge_at(struct operation *const operation,
		    const struct path *const path)
{
	char *const buffer = kmalloc(PATH_MAX, GFP_KERNEL);
	int err;

	if (!buffer)
		return mandate_cannot_judge(-ENOMEM);
	operation->request.known |= MND_KNOWN_TARGET;
	operation->request.target = mandate_path(path, buffer);
	err = judge(operation);
	kfree(buffer);
	return err;
}

/* A bind by mount(2) names its source, which is looked up again later. */
static int judge_bind(const char *const dev_name, const struct path *const path)
{
	struct operation operation = {
		.name = MANDATE_OPERATION_BIND,
		.request = {
			.operation = MND_MOUNT_BIND,
			.known = MND_KNOWN_SOURCE | MND_KNOWN_OPTIONS,
			.type = BIND,
		},
	};
	struct path source;
	char *buffer;
	int err;

	if (!dev_name || !*dev_name)
		return -EINVAL;
	buffer = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!buffer)
		return mandate_cannot_judge(-ENOMEM);
	err = kern_path(dev_name, LOOKUP_FOLLOW | LOOKUP_AUTOMOUNT, &source);
	if (err)
		goto out_free;
	operation.request.source = mandate_path(&source, buffer);
	operation.request.options = options_of(source.mnt);
	err = judge_at(&operation, path);
	path_put(&source);
out_free:
	kfree(buffer);
	return err;
}

/*
 * Which of the operations of mount(2) it is; the order is that of
 * path_mount().
 */
static enum mandate_operation operation_of(const unsigned long flags)
{
	if (flags & MS_REMOUNT)
		return MANDATE_OPERATION_REMOUNT;
	if (flags & MS_BIND)
		return MANDATE_OPERATION_BIND;
	if (flags & (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE))
		return MANDATE_OPERATION_PROPAGATION;
	if (flags & MS_MOVE)
		return MANDATE_OPERATION_MOVE;
	return MANDATE_OPERATION_MOUNT;
}

static int judge_remount(const struct path *const path,
			 const unsigned long flags)
{
	struct operation operation = {
		.name = MANDATE_OPERATION_REMOUNT,
		.request = {
			.operation = MND_MOUNT_REMOUNT,
			.known = MND_KNOWN_OPTIONS,
			.options = options_asked(flags),
		},
	};

	return judge_at(&operation, path);
}

static int judge_new(const char *const dev_name, const struct path *const path,
		     const char *const type, const unsigned long flags)
{
	struct operation operation = {
		.name = MANDATE_OPERATION_MOUNT,
		.request = {
			.operation = MND_MOUNT_NEW,
			.known = MND_KNOWN_SOURCE | MND_KNOWN_OPTIONS,
			.type = type ?: "",
			.source = dev_name,
			.options = options_asked(flags),
		},
	};

	return judge_at(&operation, path);
}

/* For what no rule can allow, because no rule can describe it. */
static int judge_other(const enum mandate_operation name,
		       const struct path *const path)
{
	struct operation operation = { .name = name };

	return judge_at(&operation, path);
}

static int hook_sb_mount(const char *const dev_name,
			 const struct path *const path, const char *const type,
			 const unsigned long flags, void *const data)
{
	const enum mandate_operation operation = operation_of(flags);

	if (operation == MANDATE_OPERATION_MOUNT) {
		if (!mandate_has_policy() || !has_final_targets())
			return 0;
		return judge_new(dev_name, path, type, flags);
	}
	if (is_builder())
		return 0;
	if (operation == MANDATE_OPERATION_REMOUNT)
		return judge_remount(path, flags);
	if (operation == MANDATE_OPERATION_BIND)
		return judge_bind(dev_name, path);
	return judge_other(operation, path);
}

/*
 * Whether a detached mount is all there is of its superblock, as fsmount(2)
 * makes it.  What is more, or less, may be open_tree(2)'s copy of something
 * that is mounted elsewhere.  A look without mount_lock is enough: who sees one
 * mount where there are two looks while one of them comes or goes.
 */
static bool is_new(const struct path *const path)
{
	const struct super_block *const sb = path->mnt->mnt_sb;

	return path->dentry == sb->s_root && list_is_singular(&sb->s_mounts);
}

/* What was made by fsmount(2) or open_tree(2) is attached by this, too. */
static int hook_move_mount(const struct path *const from_path,
			   const struct path *const to_path)
{
	struct operation operation = {
		.name = MANDATE_OPERATION_MOVE,
		.request = {
			.operation = MND_MOUNT_NEW,
			.known = MND_KNOWN_SOURCE | MND_KNOWN_OPTIONS,
			.type = from_path->mnt->mnt_sb->s_type->name,
			.options = options_of(from_path->mnt),
		},
	};

	if (!mandate_has_policy() || !has_final_targets())
		return 0;
	if (mandate_is_detached(from_path) && is_new(from_path))
		return judge_at(&operation, to_path);
	if (is_builder())
		return 0;
	if (!mandate_is_detached(from_path))
		return judge_other(MANDATE_OPERATION_MOVE, to_path);
	operation.request.operation = MND_MOUNT_BIND;
	operation.request.type = BIND;
	return judge_at(&operation, to_path);
}

/* What a rule lets be mounted somewhere may be unmounted from there. */
static int hook_sb_umount(struct vfsmount *const mnt, const int flags)
{
	const struct path path = { .mnt = mnt, .dentry = mnt->mnt_root };
	struct operation operation = {
		.name = MANDATE_OPERATION_UMOUNT,
		.request.operation = MND_MOUNT_UMOUNT,
	};

	return is_builder() ? 0 : judge_at(&operation, &path);
}

static int hook_sb_pivotroot(const struct path *const old_path,
			     const struct path *const new_path)
{
	return is_builder() ?
		       0 :
		       judge_other(MANDATE_OPERATION_PIVOT_ROOT, new_path);
}

/* By mount(2) this comes after hook_sb_mount(), by fsconfig(2) alone. */
static int hook_sb_remount(struct super_block *const sb, void *const mnt_opts)
{
	struct operation operation = {
		.name = MANDATE_OPERATION_SUPERBLOCK,
		.request = {
			.operation = MND_MOUNT_REMOUNT,
			.type = sb->s_type->name,
		},
	};

	if (!mandate_has_policy())
		return 0;
	return judge(&operation);
}

/*
 * The one hook that every superblock passes, submounts too.  What the kernel
 * mounts for itself is not for anybody to see; if user space mounts the same
 * superblock later, that comes to hook_sb_kern_mount().
 */
static int hook_sb_set_mnt_opts(struct super_block *const sb,
				void *const mnt_opts,
				const unsigned long kern_flags,
				unsigned long *const set_kern_flags)
{
	return sb->s_flags & SB_KERNMOUNT ? 0 : judge_superblock(sb);
}

/* Despite its name, this is for what user space mounts. */
static int hook_sb_kern_mount(const struct super_block *const sb)
{
	return judge_superblock(sb);
}

/**
 * mandate_judge_detached - Decide on a mount that is not to be attached
 *
 * For fsmount(2) and open_tree(2), which make one that can be used by its
 * descriptor alone.
 *
 * Context: Process context.
 *
 * Return: 0, or:
 *
 * - %-EPERM: Current may mount nothing at all.
 */
int mandate_judge_detached(void)
{
	struct operation operation = {
		.name = MANDATE_OPERATION_DETACH,
		.request.operation = MND_MOUNT_NEW | MND_MOUNT_BIND,
	};

	return is_builder() ? 0 : judge(&operation);
}

static struct security_hook_list mount_hooks[] __ro_after_init = {
	LSM_HOOK_INIT(sb_mount, hook_sb_mount),
	LSM_HOOK_INIT(move_mount, hook_move_mount),
	LSM_HOOK_INIT(sb_umount, hook_sb_umount),
	LSM_HOOK_INIT(sb_pivotroot, hook_sb_pivotroot),
	LSM_HOOK_INIT(sb_remount, hook_sb_remount),
	LSM_HOOK_INIT(sb_set_mnt_opts, hook_sb_set_mnt_opts),
	LSM_HOOK_INIT(sb_kern_mount, hook_sb_kern_mount),
};

__init void mandate_add_mount_hooks(void)
{
	security_add_hooks(mount_hooks, ARRAY_SIZE(mount_hooks),
			   &mandate_lsmid);
}
