/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of the measured root: those that the initramfs was unpacked to, as
 * long as nobody has touched them.
 */

#ifndef _SECURITY_MANDATE_MEASURED_H
#define _SECURITY_MANDATE_MEASURED_H

#include <linux/fs.h>

/**
 * struct mandate_inode - Security blob of an inode
 *
 * @state: Whether it is measured; see measured.c.
 */
struct mandate_inode {
	int state;
};

bool mandate_is_measured(const struct file *file);
bool mandate_use_measured(const struct file *file);
void mandate_adopt_measured(const struct file *file);
int mandate_touch(const struct inode *inode);
void mandate_add_measured_hooks(void);

#endif /* _SECURITY_MANDATE_MEASURED_H */
