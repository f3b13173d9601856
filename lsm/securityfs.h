/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files in /sys/kernel/security/mandate, and who may use them.
 */

#ifndef _SECURITY_MANDATE_SECURITYFS_H
#define _SECURITY_MANDATE_SECURITYFS_H

#include <linux/fs.h>

struct mandate_domain;

bool mandate_may_manage(const struct mandate_domain *domain);
int mandate_securityfs_open_load(struct file *file,
				 struct mandate_domain *domain);
ssize_t mandate_securityfs_write_load(struct file *file,
				      const char __user *from, size_t size,
				      loff_t *pos);
int mandate_securityfs_flush_load(struct file *file, fl_owner_t id);
int mandate_securityfs_release_load(struct inode *inode, struct file *file);
void mandate_securityfs_show_policy(void);

#endif /* _SECURITY_MANDATE_SECURITYFS_H */
