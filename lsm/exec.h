/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hooks on what is executed.
 */

#ifndef _SECURITY_MANDATE_EXEC_H
#define _SECURITY_MANDATE_EXEC_H

void mandate_add_exec_hooks(void);

#endif /* _SECURITY_MANDATE_EXEC_H */
