// SPDX-License-Identifier: GPL-2.0-only
/*
 * The files in /sys/kernel/security/mandate, and who may use them.
 * Documentation/securityfs.rst describes them for users.
 */

#include <linux/capability.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/user_namespace.h>

#include "audit.h"
#include "common.h"
#include "domain.h"
#include "folder.h"
#include "load.h"
#include "namespaces.h"
#include "pin.h"
#include "policy.h"
#include "securityfs.h"
#include "setup.h"
#include "task.h"

static struct dentry *root_dir;

/**
 * mandate_may_manage - Ask whether current may bind or narrow a domain
 *
 * @domain: Domain.
 *
 * Only narrowing is possible, but narrowing a neighbour is harm too.
 *
 * Context: Process context.
 *
 * Return: Whether current has CAP_MAC_ADMIN in the initial user namespace, is
 * no outsider, and is in @domain or above it.
 */
bool mandate_may_manage(const struct mandate_domain *const domain)
{
	const struct mandate_domain *home;
	bool is_below;

	if (!capable(CAP_MAC_ADMIN) ||
	    mandate_current_actor() == MANDATE_ACTOR_OUTSIDER)
		return false;
	rcu_read_lock();
	home = mandate_task_home(mandate_task(current));
	is_below = mandate_domain_is_below(domain, home);
	rcu_read_unlock();
	return is_below;
}

/* A descriptor that somebody else opened gives no right to use it. */
static bool may_write(const struct file *const file,
		      const struct mandate_domain *const domain)
{
	return file_ns_capable(file, &init_user_ns, CAP_MAC_ADMIN) &&
	       mandate_may_manage(domain);
}

/**
 * mandate_securityfs_open_load - Open a file that takes a table
 *
 * @file: File.
 * @domain: Domain that is to have the table.
 *
 * Context: Process context, may sleep.
 *
 * Return: 0, or:
 *
 * - %-EPERM: Current may not give @domain a policy.
 * - %-ENOMEM: Out of memory.
 */
int mandate_securityfs_open_load(struct file *const file,
				 struct mandate_domain *const domain)
{
	struct mandate_load *load;

	if (!mandate_may_manage(domain))
		return -EPERM;
	load = mandate_load_begin(domain);
	if (IS_ERR(load))
		return PTR_ERR(load);
	file->private_data = load;
	return nonseekable_open(file_inode(file), file);
}

/**
 * mandate_securityfs_write_load - Write to a file that takes a table
 *
 * @file: File.
 * @from: Bytes of the table.
 * @size: How many.
 * @pos: Not used: the bytes follow those written before.
 *
 * Context: Process context, may sleep.
 *
 * Return: What mandate_load_write() returns, or %-EPERM if current may not
 * give the domain a policy.
 */
ssize_t mandate_securityfs_write_load(struct file *const file,
				      const char __user *const from,
				      const size_t size, loff_t *const pos)
{
	struct mandate_load *const load = file->private_data;

	if (!may_write(file, mandate_load_domain(load)))
		return -EPERM;
	return mandate_load_write(load, from, size);
}

/**
 * mandate_securityfs_flush_load - Close a descriptor of a file for tables
 *
 * @file: File.
 * @id: Not used.
 *
 * Context: Process context, may sleep.
 *
 * Return: What mandate_load_flush() returns.
 */
int mandate_securityfs_flush_load(struct file *const file, const fl_owner_t id)
{
	return mandate_load_flush(file->private_data);
}

/**
 * mandate_securityfs_release_load - Forget a file that takes a table
 *
 * @inode: Not used.
 * @file: File.
 *
 * Context: Process context, may sleep.
 *
 * Return: 0.
 */
int mandate_securityfs_release_load(struct inode *const inode,
				    struct file *const file)
{
	mandate_load_end(file->private_data);
	return 0;
}

static int open_load(struct inode *const inode, struct file *const file)
{
	return mandate_securityfs_open_load(file, &mandate_root);
}

static const struct file_operations load_operations = {
	.open = open_load,
	.write = mandate_securityfs_write_load,
	.flush = mandate_securityfs_flush_load,
	.release = mandate_securityfs_release_load,
};

static ssize_t read_pin(struct file *const file, char __user *const to,
			const size_t size, loff_t *const pos)
{
	char text[MANDATE_DIGEST_TEXT + 2];

	return simple_read_from_buffer(to, size, pos, text,
				       mandate_pin_show(text, sizeof(text)));
}

static ssize_t write_pin(struct file *const file, const char __user *const from,
			 const size_t size, loff_t *const pos)
{
	char text[MANDATE_DIGEST_TEXT + 2] = {};
	int err;

	if (!may_write(file, &mandate_root))
		return -EPERM;
	if (*pos || size >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, size))
		return -EFAULT;
	err = mandate_pin_set(strim(text));
	return err ?: size;
}

static const struct file_operations pin_operations = {
	.read = read_pin,
	.write = write_pin,
	.llseek = generic_file_llseek,
};

static int version_show(struct seq_file *const file, void *const unused)
{
	seq_printf(file, "%u\n", MND_TABLE_ABI);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(version);

static int features_show(struct seq_file *const file, void *const unused)
{
	static const char *const features[] = {
		"exec",		"mount",    "signal",
		"ptrace",	"bind",	    "namespace-policy",
		"root-bound",	"uvm-free", "uvm-listed",
		"uvm-verified",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(features); i++)
		seq_printf(file, "%s\n", features[i]);
	if (mandate_unpinned)
		seq_puts(file, "unpinned\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(features);

static int mode_show(struct seq_file *const file, void *const unused)
{
	seq_puts(file, mandate_mode == MANDATE_MODE_ENFORCE ? "enforce\n" :
							      "audit\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(mode);

static int denials_show(struct seq_file *const file, void *const unused)
{
	mandate_audit_show_denials(file);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(denials);

/* The files about the policy exist only while there is one: for good. */
static const struct mandate_policy *base_policy(void)
{
	return rcu_dereference_protected(mandate_root.policy, true);
}

static int name_show(struct seq_file *const file, void *const unused)
{
	seq_printf(file, "%s\n", mnd_policy_name(&base_policy()->table));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(name);

static int svn_show(struct seq_file *const file, void *const unused)
{
	seq_printf(file, "%llu\n",
		   le64_to_cpu(base_policy()->table.policy->svn));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(svn);

static int digest_show(struct seq_file *const file, void *const unused)
{
	seq_printf(file, "sha256:%*phN\n", SHA256_DIGEST_SIZE,
		   base_policy()->digest);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(digest);

static int subjects_show(struct seq_file *const file, void *const unused)
{
	const struct mnd_table *const table = &base_policy()->table;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_SUBJECT]; i++)
		seq_printf(file, "%s %s\n", i ? "container" : "uvm",
			   mnd_subject_name(table, i));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(subjects);

static ssize_t read_table(struct file *const file, char __user *const to,
			  const size_t size, loff_t *const pos)
{
	const struct mnd_table *const table = &base_policy()->table;

	return simple_read_from_buffer(to, size, pos, table->data,
				       table->length);
}

static const struct file_operations table_operations = {
	.read = read_table,
	.llseek = generic_file_llseek,
};

struct entry {
	const char *name;
	umode_t mode;
	const struct file_operations *operations;
};

static int create_files(struct dentry *const dir,
			const struct entry *const entries, const size_t count)
{
	struct dentry *file;
	size_t i;

	for (i = 0; i < count; i++) {
		file = securityfs_create_file(entries[i].name, entries[i].mode,
					      dir, NULL, entries[i].operations);
		if (IS_ERR(file))
			return PTR_ERR(file);
	}
	return 0;
}

/**
 * mandate_securityfs_show_policy - Make the folder of the base policy
 *
 * The policy is in effect even if this fails for want of memory.
 *
 * Context: Process context, may sleep; once.
 */
void mandate_securityfs_show_policy(void)
{
	static const struct entry entries[] = {
		{ "digest", 0444, &digest_fops },
		{ "name", 0444, &name_fops },
		{ "subjects", 0444, &subjects_fops },
		{ "svn", 0444, &svn_fops },
		{ "table", 0444, &table_operations },
	};
	struct dentry *const dir = securityfs_create_dir("policy", root_dir);

	if (IS_ERR(dir) || create_files(dir, entries, ARRAY_SIZE(entries)))
		pr_warn("the policy is loaded, but cannot be shown\n");
}

static int __init mandate_securityfs_init(void)
{
	static const struct entry entries[] = {
		{ "denials", 0444, &denials_fops },
		{ "features", 0444, &features_fops },
		{ "load", 0200, &load_operations },
		{ "mode", 0444, &mode_fops },
		{ "namespaces", 0600, &mandate_namespaces_operations },
		{ "pin", 0600, &pin_operations },
		{ "version", 0444, &version_fops },
	};

	if (mandate_mode == MANDATE_MODE_OFF)
		return 0;
	root_dir = securityfs_create_dir(MANDATE_NAME, NULL);
	if (IS_ERR(root_dir))
		return PTR_ERR(root_dir);
	mandate_namespaces_init(root_dir);
	return create_files(root_dir, entries, ARRAY_SIZE(entries));
}
fs_initcall(mandate_securityfs_init);
