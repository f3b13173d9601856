/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file `namespaces`: which namespace is which domain, and what a
 * namespace is going to be.
 */

#ifndef _SECURITY_MANDATE_NAMESPACES_H
#define _SECURITY_MANDATE_NAMESPACES_H

#include <linux/fs.h>

extern const struct file_operations mandate_namespaces_operations;

void mandate_namespaces_init(struct dentry *root_dir);

#endif /* _SECURITY_MANDATE_NAMESPACES_H */
