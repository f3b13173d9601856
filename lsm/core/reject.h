/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Why a table is refused: one reason, one errno, one sentence.
 */

#ifndef _MANDATE_CORE_REJECT_H
#define _MANDATE_CORE_REJECT_H

#include "deps.h"

/**
 * enum mnd_reject - Reasons to refuse a table
 *
 * In the order in which the verifier looks for them, as far as it has one.
 * mnd_reject_errno() and mnd_reject_text() say what each is.
 */
enum mnd_reject {
	MND_REJECT_SHORT,
	MND_REJECT_MAGIC,
	MND_REJECT_ABI,
	MND_REJECT_SIZE,
	MND_REJECT_LENGTH,
	MND_REJECT_CHECKSUM,
	MND_REJECT_SECTIONS,
	MND_REJECT_LAYOUT,
	MND_REJECT_PADDING,
	MND_REJECT_STRING,
	MND_REJECT_STRING_ORDER,
	MND_REJECT_POLICY,
	MND_REJECT_SPAN,
	MND_REJECT_LIST,
	MND_REJECT_SUBJECT,
	MND_REJECT_SUBJECT_ORDER,
	MND_REJECT_PROCESS,
	MND_REJECT_CONTEXT,
	MND_REJECT_IDENTITY,
	MND_REJECT_PRINCIPAL,
	MND_REJECT_CAPABILITIES,
	MND_REJECT_VARIABLE,
	MND_REJECT_MOUNT,
	MND_REJECT_VOLUME,
	MND_REJECT_PLATFORM,
	MND_REJECT_FRAGMENT,
	MND_REJECT_TRUST_LIST,
	MND_REJECT_MATCHER,
	MND_REJECT_PATTERN,
	MND_REJECT_AUTOMATON,
	MND_REJECT_CLASS,
	MND_REJECT_CELL,
	MND_REJECT_ACCEPT,
	MND_REJECT_SET,
	MND_REJECT_POSITION,
	__MND_REJECT_MAX,
};

/**
 * struct mnd_fault - Why and where a table is refused
 *
 * @reject: The reason.
 * @offset: Of the offending bytes, from the start of the table.
 */
struct mnd_fault {
	enum mnd_reject reject;
	u32 offset;
};

int mnd_reject_errno(enum mnd_reject reject);
const char *mnd_reject_text(enum mnd_reject reject);

#endif /* _MANDATE_CORE_REJECT_H */
