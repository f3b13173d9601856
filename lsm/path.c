// SPDX-License-Identifier: GPL-2.0-only
/*
 * Paths: the names that rules are about, and the guest's own root.
 */

#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs_struct.h>
#include <linux/sched.h>

#include "path.h"

/* Root of the task that loaded the base policy. */
static struct path uvm_root;

/**
 * mandate_path - The name that a rule can have for a file or a mount point
 *
 * @path: Path.
 * @buffer: Room of %PATH_MAX bytes.
 *
 * The name begins at the root of the mount namespace, not at the root of the
 * task: a process can change the latter by chroot(2).
 *
 * Context: Any.
 *
 * Return: The name, in @buffer; NULL if it is longer than that, or if the
 * mount is not attached to the namespace.
 */
const char *mandate_path(const struct path *const path, char *const buffer)
{
	const char *const name = d_absolute_path(path, buffer, PATH_MAX);

	return IS_ERR(name) ? NULL : name;
}

/**
 * mandate_is_detached - Ask whether a mount is not attached anywhere
 *
 * @path: Root of the mount.
 *
 * Context: Any.
 *
 * Return: Whether it is a whole tree as fsmount(2) and open_tree(2) make them.
 */
bool mandate_is_detached(const struct path *const path)
{
	char end[1];

	/* One that is attached somewhere gets as far as to need room. */
	return PTR_ERR(d_absolute_path(path, end, sizeof(end))) == -EINVAL;
}

/**
 * mandate_set_uvm_root - Take the root of current for the guest's own
 *
 * Called once, when the base policy is loaded, and never undone: the guest's
 * root does not go away.
 *
 * Context: Process context.
 */
void mandate_set_uvm_root(void)
{
	get_fs_root(current->fs, &uvm_root);
}

/**
 * mandate_is_uvm_root - Ask whether a directory is the guest's own root
 *
 * @path: Directory; in whatever copy of its mount.
 *
 * Context: Any, after mandate_set_uvm_root().
 *
 * Return: Whether it is.
 */
bool mandate_is_uvm_root(const struct path *const path)
{
	return path->dentry == uvm_root.dentry;
}

/**
 * mandate_at_uvm_root - Ask whether current sees the guest's own root
 *
 * Context: Process context, after mandate_set_uvm_root().
 *
 * Return: Whether its root is the guest's.
 */
bool mandate_at_uvm_root(void)
{
	bool at_uvm_root;

	spin_lock(&current->fs->lock);
	at_uvm_root = mandate_is_uvm_root(&current->fs->root);
	spin_unlock(&current->fs->lock);
	return at_uvm_root;
}
