// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files of the measured root: those that the initramfs was unpacked to, as
 * long as nobody has touched them.
 *
 * A file's state is one word that only ever goes
 *
 *	MEASURED -> USED	when it is executed or mapped as code because it
 *				is measured: from then on nobody may write to it,
 *				or the code that already runs would change
 *	MEASURED -> TOUCHED	when it is opened for writing, truncated, linked
 *				or renamed
 *
 * so that of a writer and a user who come at the same time exactly one wins.
 * A new inode is TOUCHED; only what nobody can write to any more may be made
 * USED from there.
 */

#include <linux/dcache.h>
#include <linux/fs_struct.h>
#include <linux/lsm_hooks.h>
#include <linux/sched.h>

#include "audit.h"
#include "common.h"
#include "domain.h"
#include "measured.h"
#include "policy.h"
#include "setup.h"

enum {
	TOUCHED, /* what a new blob is */
	MEASURED,
	USED,
};

static int *inode_state(const struct inode *const inode)
{
	struct mandate_inode *const blob =
		inode->i_security + mandate_blob_sizes.lbs_inode;

	return &blob->state;
}

/* Overlay: the file whose content is read, below. */
static const struct inode *content(const struct file *const file)
{
	return d_real_inode(file->f_path.dentry);
}

/**
 * mandate_is_measured - Ask whether a file is on the measured root
 *
 * @file: Open file.
 *
 * Context: Any.
 *
 * Return: Whether it is, at this moment.
 */
bool mandate_is_measured(const struct file *const file)
{
	return READ_ONCE(*inode_state(content(file))) != TOUCHED;
}

/**
 * mandate_use_measured - Rely on a file being on the measured root
 *
 * @file: Open file.
 *
 * Context: Any.
 *
 * Return: Whether it is, and will be.
 */
bool mandate_use_measured(const struct file *const file)
{
	int *const state = inode_state(content(file));

	return READ_ONCE(*state) == USED ||
	       cmpxchg(state, MEASURED, USED) != TOUCHED;
}

/**
 * mandate_adopt_measured - Count a file as on the measured root
 *
 * @file: Open file; its content is that of a measured one, and nobody can ever
 *	change it.
 *
 * Context: Any.
 */
void mandate_adopt_measured(const struct file *const file)
{
	WRITE_ONCE(*inode_state(content(file)), USED);
}

/* Whether code that runs must not be changed: not if anything may run. */
static bool keeps_code(void)
{
	const struct mandate_policy *policy;
	bool keeps;

	rcu_read_lock();
	policy = rcu_dereference(mandate_root.policy);
	keeps = !policy || !mandate_frees_uvm(policy);
	rcu_read_unlock();
	return keeps;
}

/**
 * mandate_touch - Take the mark of a file that is about to change
 *
 * @inode: File that is opened for writing, truncated, linked or renamed.
 *
 * Context: Process context.
 *
 * Return: 0, or:
 *
 * - %-EPERM: Code that runs relies on the file being measured.
 */
int mandate_touch(const struct inode *const inode)
{
	int *const state = inode_state(inode);
	int err;

	if (READ_ONCE(*state) == TOUCHED ||
	    cmpxchg(state, MEASURED, TOUCHED) != USED)
		return 0;
	if (keeps_code()) {
		err = mandate_deny_because(MANDATE_OPERATION_WRITE,
					   MND_DIMENSION_MEASURED, -EPERM);
		if (err)
			return err;
	}
	WRITE_ONCE(*state, TOUCHED);
	return 0;
}

static int hook_inode_setattr(struct mnt_idmap *const idmap,
			      struct dentry *const dentry,
			      struct iattr *const attr)
{
	if (!(attr->ia_valid & ATTR_SIZE))
		return 0;
	return mandate_touch(d_inode(dentry));
}

static int hook_inode_link(struct dentry *const old_dentry,
			   struct inode *const dir,
			   struct dentry *const new_dentry)
{
	return mandate_touch(d_inode(old_dentry));
}

/* A file that is replaced goes on as it is for those who have it open. */
static int hook_inode_rename(struct inode *const old_dir,
			     struct dentry *const old_dentry,
			     struct inode *const new_dir,
			     struct dentry *const new_dentry)
{
	if (d_is_positive(new_dentry))
		cmpxchg(inode_state(d_inode(new_dentry)), MEASURED, TOUCHED);
	return mandate_touch(d_inode(old_dentry));
}

/* Called once, before the first user process. */
static void hook_initramfs_populated(void)
{
	struct super_block *const sb = current->fs->root.mnt->mnt_sb;
	struct inode *inode;

	spin_lock(&sb->s_inode_list_lock);
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list)
		if (S_ISREG(inode->i_mode))
			*inode_state(inode) = MEASURED;
	spin_unlock(&sb->s_inode_list_lock);
}

static struct security_hook_list measured_hooks[] __ro_after_init = {
	LSM_HOOK_INIT(inode_setattr, hook_inode_setattr),
	LSM_HOOK_INIT(inode_link, hook_inode_link),
	LSM_HOOK_INIT(inode_rename, hook_inode_rename),
	LSM_HOOK_INIT(initramfs_populated, hook_initramfs_populated),
};

__init void mandate_add_measured_hooks(void)
{
	security_add_hooks(measured_hooks, ARRAY_SIZE(measured_hooks),
			   &mandate_lsmid);
}
