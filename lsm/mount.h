/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hooks on mount operations.
 */

#ifndef _SECURITY_MANDATE_MOUNT_H
#define _SECURITY_MANDATE_MOUNT_H

int mandate_judge_detached(void);
void mandate_add_mount_hooks(void);

#endif /* _SECURITY_MANDATE_MOUNT_H */
