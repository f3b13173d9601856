/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hooks on signals.
 */

#ifndef _SECURITY_MANDATE_SIGNAL_H
#define _SECURITY_MANDATE_SIGNAL_H

void mandate_add_signal_hooks(void);

#endif /* _SECURITY_MANDATE_SIGNAL_H */
