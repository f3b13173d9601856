/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The audit records of the LSM, taken apart.
 */

#ifndef _MANDATE_AUDIT_RECORD_H
#define _MANDATE_AUDIT_RECORD_H

#include <jansson.h>

json_t *mnd_audit_record_parse(unsigned int type, const char *text,
			       size_t length);

#endif /* _MANDATE_AUDIT_RECORD_H */
