/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The arguments of a program that is about to be executed.
 */

#ifndef _SECURITY_MANDATE_ARGS_H
#define _SECURITY_MANDATE_ARGS_H

#include <linux/types.h>

struct linux_binprm;
struct page;

/**
 * struct mandate_args - The arguments of an exec
 *
 * @text: One after the other, each ended by a NUL; the environment may follow.
 * @size: Bytes of @text that may be read.
 * @page: Page that @text lies in, or NULL.
 * @mapping: Mapping of @page, or memory that @text was copied to.
 */
struct mandate_args {
	const char *text;
	u32 size;
	struct page *page;
	void *mapping;
};

int mandate_args_read(struct linux_binprm *bprm, struct mandate_args *args);
void mandate_args_release(struct mandate_args *args);

#endif /* _SECURITY_MANDATE_ARGS_H */
