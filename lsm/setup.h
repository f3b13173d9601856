/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registration of the module, and what the kernel command line said.
 */

#ifndef _SECURITY_MANDATE_SETUP_H
#define _SECURITY_MANDATE_SETUP_H

#include <linux/lsm_hooks.h>

/**
 * enum mandate_mode - What a denial does
 *
 * @MANDATE_MODE_OFF: The module is not there.
 * @MANDATE_MODE_AUDIT: A denial is recorded, and the operation goes on.
 * @MANDATE_MODE_ENFORCE: A denial is recorded, and the operation fails.
 */
enum mandate_mode {
	MANDATE_MODE_OFF,
	MANDATE_MODE_AUDIT,
	MANDATE_MODE_ENFORCE,
};

extern struct lsm_blob_sizes mandate_blob_sizes;
extern const struct lsm_id mandate_lsmid;
extern enum mandate_mode mandate_mode;
extern bool mandate_unpinned;

#endif /* _SECURITY_MANDATE_SETUP_H */
