/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hooks on the life of mount namespaces.
 */

#ifndef _SECURITY_MANDATE_NAMESPACE_H
#define _SECURITY_MANDATE_NAMESPACE_H

void mandate_add_namespace_hooks(void);

#endif /* _SECURITY_MANDATE_NAMESPACE_H */
