// SPDX-License-Identifier: GPL-2.0-only
/*
 * The folder of a mount namespace in securityfs, named by its inode number.
 *
 * The number belongs to another namespace as soon as this one is gone, so an
 * open file holds the domain and not the number: after the namespace's end it
 * says ESTALE, whoever has the number then.
 */

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "domain.h"
#include "folder.h"
#include "load.h"
#include "policy.h"
#include "securityfs.h"

#define FILES 4

/**
 * struct mandate_folder - A folder
 *
 * @dir: The folder itself.
 * @files: Its files; the inode of each points to the domain, for as long as
 *	that is alive, under mandate_tree_lock.
 */
struct mandate_folder {
	struct dentry *dir;
	struct dentry *files[FILES];
};

/* The domain that a file is about, counted, or an ERR_PTR(). */
static struct mandate_domain *open_domain(const struct inode *const inode)
{
	struct mandate_domain *domain;

	mutex_lock(&mandate_tree_lock);
	domain = inode->i_private ? mandate_domain_get(inode->i_private) : NULL;
	mutex_unlock(&mandate_tree_lock);
	if (!domain)
		return ERR_PTR(-ESTALE);
	if (mandate_may_manage(domain))
		return domain;
	mandate_domain_put(domain);
	return ERR_PTR(-EPERM);
}

static const char *phase_name(const struct mandate_instance *const instance)
{
	switch (mandate_instance_phase(instance)) {
	case MANDATE_PHASE_UVM:
		return "uvm";
	case MANDATE_PHASE_SETUP:
		return "setup";
	case MANDATE_PHASE_RUN:
		return "run";
	}
	return "?";
}

/**
 * mandate_folder_show - Describe a domain in one line
 *
 * @file: Output.
 * @domain: Domain.
 *
 * Context: Process context, under mandate_tree_lock.
 */
void mandate_folder_show(struct seq_file *const file,
			 const struct mandate_domain *const domain)
{
	const struct mandate_instance *const instance = domain->instance;
	const struct mandate_policy *policy;
	const struct mandate_domain *parent;

	rcu_read_lock();
	parent = rcu_dereference(domain->parent);
	policy = rcu_dereference(domain->policy);
	seq_printf(file, "mnt_ns=%u id=%llu parent=%llu phase=%s container=%s",
		   domain->inum, domain->id, parent ? parent->id : 0,
		   phase_name(instance),
		   mandate_instance_is_bound(instance) ? instance->container :
							 "-");
	if (policy)
		seq_printf(file, " policy=%s digest=sha256:%*phN",
			   mnd_policy_name(&policy->table), SHA256_DIGEST_SIZE,
			   policy->digest);
	else
		seq_puts(file, " policy=- digest=-");
	seq_printf(file, " denials=%lld\n", atomic64_read(&domain->denials));
	rcu_read_unlock();
}

static int show_status(struct seq_file *const file, void *const unused)
{
	const struct mandate_domain *const domain = file->private;
	int err = 0;

	mutex_lock(&mandate_tree_lock);
	if (domain->alive)
		mandate_folder_show(file, domain);
	else
		err = -ESTALE;
	mutex_unlock(&mandate_tree_lock);
	return err;
}

static int show_denials(struct seq_file *const file, void *const unused)
{
	const struct mandate_domain *const domain = file->private;

	if (!READ_ONCE(domain->alive))
		return -ESTALE;
	seq_printf(file, "%lld\n", atomic64_read(&domain->denials));
	return 0;
}

static void show_layer(struct seq_file *const file,
		       const struct mandate_domain *const domain,
		       const struct mandate_domain *const layer)
{
	const struct mandate_policy *const policy =
		rcu_dereference(layer->policy);
	const struct mandate_instance *const instance = domain->instance;
	const struct mnd_candidates *candidates;
	u32 i;

	if (mandate_instance_is_bound(instance))
		candidates = mandate_instance_candidates(instance, layer);
	else if (mandate_instance_phase(instance) == MANDATE_PHASE_UVM)
		candidates = &policy->uvm;
	else
		candidates = &policy->everyone;
	seq_printf(file, "%s:", mnd_policy_name(&policy->table));
	for (i = mnd_next_candidate(candidates, 0); i != MND_NONE;
	     i = mnd_next_candidate(candidates, i + 1))
		seq_printf(file, " %s", mnd_subject_name(&policy->table, i));
	seq_putc(file, '\n');
}

static int show_candidates(struct seq_file *const file, void *const unused)
{
	const struct mandate_domain *const domain = file->private;
	const struct mandate_domain *layer;

	if (!READ_ONCE(domain->alive))
		return -ESTALE;
	rcu_read_lock();
	for (layer = rcu_dereference(domain->layer); layer;
	     layer = mandate_next_layer(layer))
		show_layer(file, domain, layer);
	rcu_read_unlock();
	return 0;
}

static int open_show(struct inode *const inode, struct file *const file,
		     int (*const show)(struct seq_file *file, void *unused))
{
	struct mandate_domain *const domain = open_domain(inode);
	int err;

	if (IS_ERR(domain))
		return PTR_ERR(domain);
	err = single_open(file, show, domain);
	if (err)
		mandate_domain_put(domain);
	return err;
}

static int open_status(struct inode *const inode, struct file *const file)
{
	return open_show(inode, file, show_status);
}

static int open_candidates(struct inode *const inode, struct file *const file)
{
	return open_show(inode, file, show_candidates);
}

static int open_denials(struct inode *const inode, struct file *const file)
{
	return open_show(inode, file, show_denials);
}

static int release_show(struct inode *const inode, struct file *const file)
{
	struct seq_file *const seq = file->private_data;

	mandate_domain_put(seq->private);
	return single_release(inode, file);
}

static const struct file_operations status_operations = {
	.open = open_status,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = release_show,
};

static const struct file_operations candidates_operations = {
	.open = open_candidates,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = release_show,
};

static const struct file_operations denials_operations = {
	.open = open_denials,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = release_show,
};

static int open_policy(struct inode *const inode, struct file *const file)
{
	struct mandate_domain *const domain = open_domain(inode);
	int err;

	if (IS_ERR(domain))
		return PTR_ERR(domain);
	err = mandate_securityfs_open_load(file, domain);
	mandate_domain_put(domain);
	return err;
}

static const struct file_operations policy_operations = {
	.open = open_policy,
	.write = mandate_securityfs_write_load,
	.flush = mandate_securityfs_flush_load,
	.release = mandate_securityfs_release_load,
};

static const struct {
	const char *name;
	umode_t mode;
	const struct file_operations *operations;
} files[FILES] = {
	{ "candidates", 0400, &candidates_operations },
	{ "denials", 0400, &denials_operations },
	{ "policy", 0200, &policy_operations },
	{ "status", 0400, &status_operations },
};

static int fill_folder(struct mandate_folder *const folder,
		       struct mandate_domain *const domain)
{
	int i;

	for (i = 0; i < FILES; i++) {
		folder->files[i] = securityfs_create_file(files[i].name,
							  files[i].mode,
							  folder->dir, domain,
							  files[i].operations);
		if (IS_ERR(folder->files[i]))
			return PTR_ERR(folder->files[i]);
	}
	return 0;
}

/**
 * mandate_folder_create - Make the folder of a domain
 *
 * @domain: Domain.
 * @parent: Folder to make it in.
 *
 * Context: Process context, may sleep; takes mandate_tree_lock.
 *
 * Return: 0, or:
 *
 * - %-ESTALE: The namespace is gone.
 * - %-EEXIST: It has a folder already.
 * - %-ENOMEM: Out of memory.
 */
int mandate_folder_create(struct mandate_domain *const domain,
			  struct dentry *const parent)
{
	struct mandate_folder *folder;
	char name[sizeof("4294967295")];
	int err;

	guard(mutex)(&mandate_tree_lock);
	if (!domain->alive)
		return -ESTALE;
	if (domain->folder)
		return -EEXIST;
	folder = kzalloc(sizeof(*folder), GFP_KERNEL_ACCOUNT);
	if (!folder)
		return -ENOMEM;
	scnprintf(name, sizeof(name), "%u", domain->inum);
	folder->dir = securityfs_create_dir(name, parent);
	if (IS_ERR(folder->dir)) {
		err = PTR_ERR(folder->dir);
		kfree(folder);
		return err;
	}
	err = fill_folder(folder, domain);
	if (err) {
		mandate_folder_orphan(folder);
		mandate_folder_remove(folder);
		return err;
	}
	domain->folder = folder;
	return 0;
}

/**
 * mandate_folder_take_back - Remove the folder of a living domain
 *
 * @domain: Domain.
 *
 * Context: Process context, may sleep; takes mandate_tree_lock.
 */
void mandate_folder_take_back(struct mandate_domain *const domain)
{
	struct mandate_folder *folder;

	mutex_lock(&mandate_tree_lock);
	folder = domain->folder;
	domain->folder = NULL;
	mandate_folder_orphan(folder);
	mutex_unlock(&mandate_tree_lock);
	mandate_folder_remove(folder);
}

/**
 * mandate_folder_orphan - Part a folder from its domain
 *
 * @folder: Folder, or NULL.
 *
 * Context: Process context; mandate_tree_lock held.
 */
void mandate_folder_orphan(struct mandate_folder *const folder)
{
	int i;

	lockdep_assert_held(&mandate_tree_lock);
	for (i = 0; folder && i < FILES; i++)
		if (!IS_ERR_OR_NULL(folder->files[i]))
			d_inode(folder->files[i])->i_private = NULL;
}

/**
 * mandate_folder_remove - Remove a folder
 *
 * @folder: Folder, an orphan, or NULL.
 *
 * Context: Process context, may sleep.
 */
void mandate_folder_remove(struct mandate_folder *const folder)
{
	if (!folder)
		return;
	securityfs_recursive_remove(folder->dir);
	kfree(folder);
}
