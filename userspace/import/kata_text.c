// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Strings of a Kata policy, in which "$(NAME)" stands for something else.
 */

#include <stdlib.h>

#include "../toml/toml.h"
#include "kata.h"

/* What stands for something else can have the same in it, but not forever. */
#define MAX_ROUNDS 8
/* No name is so long, and so the end of none is looked for further away. */
#define MAX_MACRO 64

/*
 * What is only known where a container is made: any such name will do.  The
 * first is what rules.rego has.
 */
#define BUNDLE_ID "(?:[0-9a-f]{64}|[a-z0-9][a-z0-9.-]*)"
#define DEVICE_ID "[A-Za-z0-9_=-]+"
#define SANDBOX_ID "[a-z0-9]{64}"

#define TOO_LONG "is longer than %u bytes with all that stands in it"

static bool is(const char *name, size_t length, const char *what)
{
	return strlen(what) == length && !memcmp(name, what, length);
}

/* An expression for all of a string, without the anchors that say so. */
static struct mnd_string_ref without_anchors(const struct mnd_text *text)
{
	struct mnd_string_ref ref = { text->text, text->length };

	if (ref.length && ref.text[0] == '^') {
		ref.text++;
		ref.length--;
	}
	if (ref.length && ref.text[ref.length - 1] == '$')
		ref.length--;
	return ref;
}

static struct mnd_string_ref plain(const char *text)
{
	return (struct mnd_string_ref){ text, strlen(text) };
}

static bool find_macro(const struct mnd_kata *kata,
		       const struct mnd_kata_container *container,
		       const char *name, size_t length,
		       struct mnd_string_ref *value)
{
	const struct mnd_text *text;
	size_t i;

	*value = plain(BUNDLE_ID);
	if (is(name, length, "bundle-id"))
		return true;
	*value = plain(DEVICE_ID);
	if (is(name, length, "b64_device_id"))
		return true;
	*value = plain(SANDBOX_ID);
	if (container && container->sandbox_id.text)
		*value = without_anchors(&container->sandbox_id);
	if (is(name, length, "sandbox-id"))
		return true;
	for (i = 0; i < kata->macro_count; i++) {
		text = &kata->macros[i].value;
		*value = (struct mnd_string_ref){ text->text, text->length };
		if (is(name, length, kata->macros[i].name))
			return true;
	}
	return false;
}

/* The length of "$(NAME)" at the beginning of @text, or 0. */
static size_t macro_length(const char *text)
{
	const char *end;

	if (text[0] != '$' || text[1] != '(')
		return 0;
	end = memchr(text, ')', strnlen(text, MAX_MACRO));
	return end ? (size_t)(end - text) + 1 : 0;
}

static int unknown_macro(struct mnd_kata *kata, const struct mnd_text *text,
			 const char *macro, size_t length)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(macro, length, quoted);
	return mnd_fail(kata->import->error, text->place.line,
			text->place.column, "what %s stands for is not known",
			quoted);
}

/* Writes @text with what stands in it; @found if there was something. */
static int write_round(struct mnd_kata *kata,
		       const struct mnd_kata_container *container,
		       const struct mnd_text *text, FILE *out, bool *found)
{
	const char *at = text->text;
	struct mnd_string_ref value;
	size_t length, size = 0;

	*found = false;
	while (*at) {
		length = macro_length(at);
		value = (struct mnd_string_ref){ at, 1 };
		if (length &&
		    !find_macro(kata, container, at + 2, length - 3, &value))
			return unknown_macro(kata, text, at, length);
		*found |= length;
		size += value.length;
		if (size > MND_STRING_SIZE_MAX)
			return mnd_fail(kata->import->error, text->place.line,
					text->place.column, TOO_LONG,
					MND_STRING_SIZE_MAX);
		fwrite(value.text, 1, value.length, out);
		at += length ? length : 1;
	}
	return 0;
}

/**
 * mnd_kata_close - Make a string of what was written to memory
 *
 * @kata: The policy, which owns the string.
 * @out: Stream of open_memstream(3), which is closed, or NULL.
 * @bytes: Its bytes, which are freed.
 * @size: How many.
 * @text: Written, but for its place.
 *
 * Return: 0, or -ENOMEM with the import's error written.
 */
int mnd_kata_close(struct mnd_kata *kata, FILE *out, char **bytes, size_t *size,
		   struct mnd_text *text)
{
	const bool failed = !out || fclose(out);

	text->text = NULL;
	if (!failed) {
		text->length = *size;
		text->text = mnd_arena_copy(&kata->import->policy->arena,
					    *bytes, *size);
	}
	free(*bytes);
	return text->text ? 0 : mnd_hcsshim_out_of_memory(kata->import);
}

static int expand_round(struct mnd_kata *kata,
			const struct mnd_kata_container *container,
			struct mnd_text *text, bool *found)
{
	struct mnd_text expanded = { .place = text->place };
	char *bytes = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&bytes, &size);
	int err = 0, closed;

	if (out)
		err = write_round(kata, container, text, out, found);
	closed = mnd_kata_close(kata, out, &bytes, &size, &expanded);
	*text = expanded;
	return err ? err : closed;
}

/**
 * mnd_kata_expand - Put into an expression what stands in it
 *
 * @kata: The policy.
 * @container: Container that it is about, or NULL.
 * @text: Expression.
 * @expanded: Written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: What something stands for is not known, or the result is too long.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_expand(struct mnd_kata *kata,
		    const struct mnd_kata_container *container,
		    const struct mnd_text *text, struct mnd_text *expanded)
{
	bool found = strstr(text->text, "$(");
	size_t round;
	int err = 0;

	*expanded = *text;
	for (round = 0; !err && found && round < MAX_ROUNDS; round++)
		err = expand_round(kata, container, expanded, &found);
	if (err || !found)
		return err;
	return mnd_fail(kata->import->error, text->place.line,
			text->place.column, "stands for itself");
}

/**
 * mnd_kata_quote - Write a string as an expression that only it matches
 *
 * @out: Where to.
 * @text: String.
 * @length: Of @text, in bytes.
 */
void mnd_kata_quote(FILE *out, const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++) {
		if (memchr("\\.+*?()|[]{}^$", text[i], 14))
			fputc('\\', out);
		fputc(text[i], out);
	}
}
