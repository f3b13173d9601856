// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `namespaces`: which namespace is which domain, and what a
 * namespace is going to be.
 *
 * Writing "ID [container=NAME]" makes the folder of a namespace, and binds it
 * if a container is named.  ID is "self", "id:" and the unique id, or the
 * inode number as readlink(1) shows it.  Numbers are for people; a program
 * that must not hit another namespace by mistake uses the ioctl.
 */

#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/pid.h>
#include <linux/proc_fs.h>
#include <linux/proc_ns.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "bind.h"
#include "domain.h"
#include "folder.h"
#include "namespaces.h"
#include "securityfs.h"
#include "task.h"
#include "uapi/mandate.h"

/* Longest line that can be written, in bytes. */
#define LINE_MAX (MANDATE_NAME_MAX + 64)

static struct dentry *parent_dir;

/* The domain that @matches, counted, or NULL. */
static struct mandate_domain *
find_domain(bool (*const matches)(const struct mandate_domain *domain, u64 key),
	    const u64 key)
{
	struct mandate_domain *domain;

	guard(mutex)(&mandate_tree_lock);
	list_for_each_entry(domain, &mandate_domains, all)
		if (matches(domain, key))
			return mandate_domain_get(domain);
	return NULL;
}

static bool has_id(const struct mandate_domain *const domain, const u64 id)
{
	return domain->id == id;
}

static bool has_inum(const struct mandate_domain *const domain, const u64 inum)
{
	return domain->inum == inum;
}

/* The domain that a written ID means, counted, or an ERR_PTR(). */
static struct mandate_domain *parse_id(const char *const word)
{
	struct mandate_domain *domain;
	u64 number;

	if (!strcmp(word, "self"))
		return mandate_domain_get(mandate_current_domain());
	if (!strncmp(word, "id:", 3)) {
		if (kstrtou64(word + 3, 10, &number))
			return ERR_PTR(-EINVAL);
		domain = find_domain(has_id, number);
	} else {
		if (kstrtou64(word, 10, &number))
			return ERR_PTR(-EINVAL);
		domain = find_domain(has_inum, number);
	}
	return domain ?: ERR_PTR(-ESRCH);
}

/* Nothing is left of it if binding fails. */
static int show_and_bind(struct mandate_domain *const domain,
			 const char *const container)
{
	int err;

	if (!mandate_may_manage(domain))
		return -EPERM;
	err = mandate_folder_create(domain, parent_dir);
	if (err || !container)
		return err;
	err = mandate_bind(domain, container);
	if (err)
		mandate_folder_take_back(domain);
	return err;
}

static int run_line(char *line)
{
	static const char container_is[] = "container=";
	struct mandate_domain *domain;
	const char *const id = strsep(&line, " \t");
	const char *container = NULL;
	char *word;
	int err;

	while ((word = strsep(&line, " \t"))) {
		if (!*word)
			continue;
		if (container ||
		    strncmp(word, container_is, sizeof(container_is) - 1))
			return -EINVAL;
		container = word + sizeof(container_is) - 1;
	}
	domain = parse_id(id);
	if (IS_ERR(domain))
		return PTR_ERR(domain);
	err = show_and_bind(domain, container);
	mandate_domain_put(domain);
	return err;
}

static ssize_t write_line(struct file *const file,
			  const char __user *const from, const size_t size,
			  loff_t *const pos)
{
	char *line;
	int err;

	if (!file_ns_capable(file, &init_user_ns, CAP_MAC_ADMIN))
		return -EPERM;
	if (size > LINE_MAX)
		return -EINVAL;
	line = memdup_user_nul(from, size);
	if (IS_ERR(line))
		return PTR_ERR(line);
	err = strlen(line) == size ? run_line(strim(line)) : -EINVAL;
	kfree(line);
	return err ?: size;
}

/* Domain of the mount namespace that a pidfd's process is in, counted. */
static struct mandate_domain *domain_of_pidfd(const int fd)
{
	struct mandate_domain *domain;
	struct task_struct *task;
	unsigned int flags;

	task = pidfd_get_task(fd, &flags);
	if (IS_ERR(task))
		return ERR_CAST(task);
	rcu_read_lock();
	domain = rcu_dereference(mandate_task(task)->domain);
	if (!mandate_domain_tryget(domain))
		domain = ERR_PTR(-ESTALE);
	rcu_read_unlock();
	put_task_struct(task);
	return domain;
}

/* Domain that a descriptor means, counted, or an ERR_PTR(). */
static struct mandate_domain *domain_of_fd(const int fd)
{
	CLASS(fd, f)(fd);
	const struct ns_common *ns;

	if (fd_empty(f))
		return ERR_PTR(-EBADF);
	if (!proc_ns_file(fd_file(f)))
		return domain_of_pidfd(fd);
	ns = get_proc_ns(file_inode(fd_file(f)));
	if (ns->ops->type != CLONE_NEWNS || !*mandate_ns_domain(ns))
		return ERR_PTR(-EINVAL);
	return mandate_domain_get(*mandate_ns_domain(ns));
}

static int bind_fd(const struct mandate_bind *const argument)
{
	struct mandate_domain *domain;
	int err = -EPERM;

	if (argument->reserved ||
	    strnlen(argument->container, sizeof(argument->container)) >
		    MANDATE_NAME_MAX)
		return -EINVAL;
	domain = domain_of_fd(argument->fd);
	if (IS_ERR(domain))
		return PTR_ERR(domain);
	if (mandate_may_manage(domain))
		err = mandate_bind(domain, argument->container);
	mandate_domain_put(domain);
	return err;
}

static long run_ioctl(struct file *const file, const unsigned int command,
		      const unsigned long argument)
{
	struct mandate_bind *bind;
	int err;

	if (command != MANDATE_IOC_BIND)
		return -ENOTTY;
	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!file_ns_capable(file, &init_user_ns, CAP_MAC_ADMIN))
		return -EPERM;
	bind = memdup_user((const void __user *)argument, sizeof(*bind));
	if (IS_ERR(bind))
		return PTR_ERR(bind);
	err = bind_fd(bind);
	kfree(bind);
	return err;
}

static int show_domains(struct seq_file *const file, void *const unused)
{
	const struct mandate_domain *domain;

	guard(mutex)(&mandate_tree_lock);
	list_for_each_entry(domain, &mandate_domains, all)
		mandate_folder_show(file, domain);
	return 0;
}

static int open_namespaces(struct inode *const inode, struct file *const file)
{
	if (!capable(CAP_MAC_ADMIN) ||
	    mandate_current_actor() != MANDATE_ACTOR_UVM)
		return -EPERM;
	return single_open(file, show_domains, NULL);
}

const struct file_operations mandate_namespaces_operations = {
	.open = open_namespaces,
	.read = seq_read,
	.write = write_line,
	.unlocked_ioctl = run_ioctl,
	.llseek = seq_lseek,
	.release = single_release,
};

/**
 * mandate_namespaces_init - Say where the folders of namespaces belong
 *
 * @root_dir: Folder for them.
 *
 * Context: Boot.
 */
void __init mandate_namespaces_init(struct dentry *const root_dir)
{
	parent_dir = root_dir;
}
