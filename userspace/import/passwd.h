/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The users or the groups of an image.
 */

#ifndef _MANDATE_IMPORT_PASSWD_H
#define _MANDATE_IMPORT_PASSWD_H

#include "../arena.h"
#include "../compile/string_table.h"

struct mnd_account;

/**
 * struct mnd_accounts - The users or the groups of an image
 *
 * All zero: they are not known.
 *
 * @accounts: Accounts, ascending by name.
 * @count: How many.
 * @known: They are known.
 */
struct mnd_accounts {
	struct mnd_account *accounts;
	size_t count;
	bool known;
};

int mnd_accounts_read(struct mnd_arena *arena,
		      const struct mnd_string_ref *text,
		      struct mnd_accounts *accounts);
int mnd_accounts_find(const struct mnd_accounts *accounts,
		      const struct mnd_string_ref *name, u32 *id);

#endif /* _MANDATE_IMPORT_PASSWD_H */
