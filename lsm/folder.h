/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The folder of a mount namespace in securityfs, named by its inode number.
 */

#ifndef _SECURITY_MANDATE_FOLDER_H
#define _SECURITY_MANDATE_FOLDER_H

struct dentry;
struct mandate_domain;
struct mandate_folder;
struct seq_file;

void mandate_folder_show(struct seq_file *file,
			 const struct mandate_domain *domain);
int mandate_folder_create(struct mandate_domain *domain, struct dentry *parent);
void mandate_folder_take_back(struct mandate_domain *domain);
void mandate_folder_orphan(struct mandate_folder *folder);
void mandate_folder_remove(struct mandate_folder *folder);

#endif /* _SECURITY_MANDATE_FOLDER_H */
