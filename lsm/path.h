/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Paths: the names that rules are about, and the guest's own root.
 */

#ifndef _SECURITY_MANDATE_PATH_H
#define _SECURITY_MANDATE_PATH_H

#include <linux/limits.h>
#include <linux/path.h>

const char *mandate_path(const struct path *path, char *buffer);
bool mandate_is_detached(const struct path *path);
void mandate_set_uvm_root(void);
bool mandate_is_uvm_root(const struct path *path);
bool mandate_at_uvm_root(void);

#endif /* _SECURITY_MANDATE_PATH_H */
