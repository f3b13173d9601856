// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pin: the digest that the base policy must have.  The command line sets
 * it, or whoever first writes the file `pin`; nobody changes it.
 */

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/string.h>

#include "common.h"
#include "pin.h"
#include "setup.h"

#define PREFIX "sha256:"

static DEFINE_MUTEX(pin_lock);
static u8 pin[SHA256_DIGEST_SIZE];
static bool pinned;
/* The command line has a pin that nobody can read: no policy fits. */
static bool unreadable;

/**
 * mandate_pin_set - Set the pin, once
 *
 * @text: "sha256:" and 64 hexadecimal digits.
 *
 * Context: Process context, may sleep.
 *
 * Return: 0, or:
 *
 * - %-EINVAL: @text is something else.
 * - %-EEXIST: There is a pin already.
 */
int mandate_pin_set(const char *const text)
{
	u8 digest[SHA256_DIGEST_SIZE];

	if (strlen(text) != MANDATE_DIGEST_TEXT ||
	    strncmp(text, PREFIX, strlen(PREFIX)) ||
	    hex2bin(digest, text + strlen(PREFIX), sizeof(digest)))
		return -EINVAL;

	guard(mutex)(&pin_lock);
	if (pinned || unreadable)
		return -EEXIST;
	memcpy(pin, digest, sizeof(pin));
	pinned = true;
	return 0;
}

/**
 * mandate_pin_is_set - Ask whether there is a pin
 *
 * Context: Process context, may sleep.
 *
 * Return: Whether a digest is pinned.
 */
bool mandate_pin_is_set(void)
{
	guard(mutex)(&pin_lock);
	return pinned;
}

/**
 * mandate_pin_check - Ask whether a policy is the one that was pinned
 *
 * @digest: SHA-256 of the policy's table.
 *
 * Context: Process context, may sleep.
 *
 * Return: 0, or:
 *
 * - %-EKEYREJECTED: The pin is another.
 * - %-ENOKEY: There is no pin, and there has to be one.
 */
int mandate_pin_check(const u8 *const digest)
{
	guard(mutex)(&pin_lock);
	if (unreadable || (pinned && memcmp(pin, digest, sizeof(pin))))
		return -EKEYREJECTED;
	if (pinned || mandate_unpinned || mandate_mode != MANDATE_MODE_ENFORCE)
		return 0;
	return -ENOKEY;
}

/**
 * mandate_pin_show - Tell the pin
 *
 * @text: Written, terminated.
 * @size: Of @text.
 *
 * Context: Process context, may sleep.
 *
 * Return: Length of @text, 0 if there is no pin.
 */
size_t mandate_pin_show(char *const text, const size_t size)
{
	guard(mutex)(&pin_lock);
	if (!pinned)
		return 0;
	return scnprintf(text, size, PREFIX "%*phN\n", SHA256_DIGEST_SIZE, pin);
}

static int __init set_from_command_line(char *const word)
{
	if (!word || mandate_pin_set(word)) {
		pr_err("the pin on the command line is unreadable, no policy will fit\n");
		unreadable = true;
	}
	return 0;
}
early_param(MANDATE_NAME ".digest", set_from_command_line);
