// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the users or the groups of an image from its /etc/passwd or
 * /etc/group, and finds the number that a name stands for.
 */

#include <stdlib.h>

#include "passwd.h"

/* Names and numbers are in the same columns of both files. */
#define NUMBER_COLUMN 2

/* -1 stands for no user and no group. */
#define ID_MAX 0xfffffffeU

struct mnd_account {
	struct mnd_string_ref name;
	u32 id;
};

static bool is_blank(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static struct mnd_string_ref trim(const struct mnd_string_ref *line)
{
	struct mnd_string_ref inner = *line;

	while (inner.length && is_blank(inner.text[inner.length - 1]))
		inner.length--;
	while (inner.length && is_blank(*inner.text)) {
		inner.text++;
		inner.length--;
	}
	return inner;
}

/* Cuts what is before the next @separator off the front of @left. */
static struct mnd_string_ref cut(struct mnd_string_ref *left, char separator)
{
	const char *found = memchr(left->text, separator, left->length);
	struct mnd_string_ref front = *left;

	if (found)
		front.length = (size_t)(found - left->text);
	left->text += front.length + !!found;
	left->length -= front.length + !!found;
	return front;
}

static bool read_number(const struct mnd_string_ref *field, u32 *id)
{
	u64 number = 0;
	size_t i;

	for (i = 0; i < field->length; i++) {
		if (field->text[i] < '0' || field->text[i] > '9')
			return false;
		number = number * 10 + (u64)(field->text[i] - '0');
		if (number > ID_MAX)
			return false;
	}
	*id = (u32)number;
	return field->length;
}

/* A line without a number is none that anybody can be. */
static bool read_line(struct mnd_string_ref line, struct mnd_account *account)
{
	struct mnd_string_ref field = { NULL, 0 };
	unsigned int i;

	account->name = cut(&line, ':');
	for (i = 0; i < NUMBER_COLUMN; i++)
		field = cut(&line, ':');
	return account->name.length && read_number(&field, &account->id);
}

static int compare_accounts(const void *a, const void *b)
{
	const struct mnd_account *first = a, *second = b;

	return mnd_string_compare(&first->name, &second->name);
}

static size_t count_lines(const struct mnd_string_ref *text)
{
	size_t count = 1;
	size_t i;

	for (i = 0; i < text->length; i++)
		count += text->text[i] == '\n';
	return count;
}

/**
 * mnd_accounts_read - Read the users or the groups of an image
 *
 * @arena: Owns what is read.
 * @text: Content of /etc/passwd or /etc/group; must outlive @accounts.
 * @accounts: Written; what is no account in @text is left out.
 *
 * Return: 0, or -ENOMEM if memory is short.
 */
int mnd_accounts_read(struct mnd_arena *arena,
		      const struct mnd_string_ref *text,
		      struct mnd_accounts *accounts)
{
	struct mnd_string_ref left = *text;
	struct mnd_account *account;
	struct mnd_string_ref line;

	accounts->count = 0;
	accounts->accounts = mnd_arena_alloc(arena, count_lines(text),
					     sizeof(*accounts->accounts));
	if (!accounts->accounts)
		return -ENOMEM;
	while (left.length) {
		line = cut(&left, '\n');
		account = &accounts->accounts[accounts->count];
		accounts->count += read_line(trim(&line), account);
	}
	qsort(accounts->accounts, accounts->count, sizeof(*accounts->accounts),
	      compare_accounts);
	accounts->known = true;
	return 0;
}

/**
 * mnd_accounts_find - Find the number that a name stands for
 *
 * @accounts: Users or groups.
 * @name: Name.
 * @id: Written if there is one number.
 *
 * Return: 0, or:
 *
 * - -ENODATA: The users or groups are not known.
 * - -ENOENT: There is none of that name.
 * - -EEXIST: There is more than one of that name.
 */
int mnd_accounts_find(const struct mnd_accounts *accounts,
		      const struct mnd_string_ref *name, u32 *id)
{
	const struct mnd_account key = { *name, 0 };
	const struct mnd_account *found, *end;

	if (!accounts->known)
		return -ENODATA;
	found = bsearch(&key, accounts->accounts, accounts->count,
			sizeof(*accounts->accounts), compare_accounts);
	if (!found)
		return -ENOENT;
	end = accounts->accounts + accounts->count;
	if ((found > accounts->accounts &&
	     !compare_accounts(found - 1, &key)) ||
	    (found + 1 < end && !compare_accounts(found + 1, &key)))
		return -EEXIST;
	*id = found->id;
	return 0;
}
