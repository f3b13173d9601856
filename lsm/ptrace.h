/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hooks on looking into and controlling other tasks.
 */

#ifndef _SECURITY_MANDATE_PTRACE_H
#define _SECURITY_MANDATE_PTRACE_H

void mandate_add_ptrace_hooks(void);

#endif /* _SECURITY_MANDATE_PTRACE_H */
