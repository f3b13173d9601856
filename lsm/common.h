/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The module's name, for messages and for everything that is named after it.
 */

#ifndef _SECURITY_MANDATE_COMMON_H
#define _SECURITY_MANDATE_COMMON_H

#define MANDATE_NAME "mandate"

#ifdef pr_fmt
#undef pr_fmt
#endif

#define pr_fmt(fmt) MANDATE_NAME ": " fmt

#endif /* _SECURITY_MANDATE_COMMON_H */
