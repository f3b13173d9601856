// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The digest of an OCI seccomp profile as hcsshim takes it: over what Go writes
 * of the profile as JSON, not over the text of the file.  So blanks, the order
 * of keys and what is empty do not matter.
 */

#include <stdlib.h>

#include "../digest.h"
#include "go_json.h"
#include "seccomp_profile.h"
#include "side_document.h"

/* Room for the digits of 2^64 - 1. */
#define MAX_DIGITS 20

/* The structures of the OCI's runtime-spec, in the order of their fields. */

struct profile {
	struct mnd_text default_action;
	const struct mnd_value *default_errno;
	struct mnd_texts architectures;
	struct mnd_texts flags;
	struct mnd_text listener_path;
	struct mnd_text listener_metadata;
	const struct mnd_value *calls;
};

struct call {
	struct mnd_texts names;
	struct mnd_text action;
	const struct mnd_value *errno_value;
	const struct mnd_value *arguments;
};

struct argument {
	const struct mnd_value *index;
	const struct mnd_value *value;
	const struct mnd_value *value_two;
	struct mnd_text operator;
};

/*
 * Reading.
 */

/* Keeps a number that an unsigned field of 64 bits can have. */
static int keep_number(const struct mnd_side_document *document,
		       const struct mnd_value *value, void *member)
{
	static const char most[] = "18446744073709551615";
	int err = mnd_side_want(document, value, MND_VALUE_NUMBER);

	if (err)
		return err;
	if (strspn(value->text, "0123456789") != value->length ||
	    value->length > MAX_DIGITS ||
	    (value->length == MAX_DIGITS && strcmp(value->text, most) > 0))
		return mnd_side_fail(document, value,
				     "must be a whole number from 0 to %s",
				     most);
	return mnd_side_keep(document, value, member);
}

static int keep_array(const struct mnd_side_document *document,
		      const struct mnd_value *value, void *member)
{
	int err = mnd_side_want(document, value, MND_VALUE_ARRAY);

	return err ? err : mnd_side_keep(document, value, member);
}

static int read_profile(const struct mnd_side_document *document,
			const struct mnd_value *value, struct profile *profile)
{
	static const struct mnd_side_key keys[] = {
		MND_SIDE_KEY(profile, default_action, "defaultAction",
			     mnd_side_text),
		MND_SIDE_KEY(profile, default_errno, "defaultErrnoRet",
			     keep_number),
		MND_SIDE_KEY(profile, architectures, "architectures",
			     mnd_side_texts),
		MND_SIDE_KEY(profile, flags, "flags", mnd_side_texts),
		MND_SIDE_KEY(profile, listener_path, "listenerPath",
			     mnd_side_text),
		MND_SIDE_KEY(profile, listener_metadata, "listenerMetadata",
			     mnd_side_text),
		MND_SIDE_KEY(profile, calls, "syscalls", keep_array),
	};
	static const struct mnd_side_form form = { "an OCI seccomp profile",
						   keys, ARRAY_SIZE(keys) };

	memset(profile, 0, sizeof(*profile));
	return mnd_side_read(document, value, &form, profile);
}

static int read_call(const struct mnd_side_document *document,
		     const struct mnd_value *value, struct call *call)
{
	static const struct mnd_side_key keys[] = {
		MND_SIDE_KEY(call, names, "names", mnd_side_texts),
		MND_SIDE_KEY(call, action, "action", mnd_side_text),
		MND_SIDE_KEY(call, errno_value, "errnoRet", keep_number),
		MND_SIDE_KEY(call, arguments, "args", keep_array),
	};
	static const struct mnd_side_form form = {
		"a rule of an OCI seccomp profile", keys, ARRAY_SIZE(keys)
	};

	memset(call, 0, sizeof(*call));
	return mnd_side_read(document, value, &form, call);
}

static int read_argument(const struct mnd_side_document *document,
			 const struct mnd_value *value,
			 struct argument *argument)
{
	static const struct mnd_side_key keys[] = {
		MND_SIDE_KEY(argument, index, "index", keep_number),
		MND_SIDE_KEY(argument, value, "value", keep_number),
		MND_SIDE_KEY(argument, value_two, "valueTwo", keep_number),
		MND_SIDE_KEY(argument, operator, "op", mnd_side_text),
	};
	static const struct mnd_side_form form = {
		"an argument of an OCI seccomp profile", keys, ARRAY_SIZE(keys)
	};

	memset(argument, 0, sizeof(*argument));
	return mnd_side_read(document, value, &form, argument);
}

/*
 * Writing.
 */

/* A field with "omitempty". */
static void put_text_field(FILE *out, const char *key,
			   const struct mnd_text *text)
{
	if (!text->length)
		return;
	fprintf(out, ",\"%s\":", key);
	mnd_go_json_text(out, text);
}

/* The same. */
static void put_texts_field(FILE *out, const char *key,
			    const struct mnd_texts *texts)
{
	if (!texts->count)
		return;
	fprintf(out, ",\"%s\":", key);
	mnd_go_json_texts(out, texts);
}

/* A field that is a pointer with "omitempty": zero is written. */
static void put_number_field(FILE *out, const char *key,
			     const struct mnd_value *number)
{
	if (number)
		fprintf(out, ",\"%s\":%s", key, number->text);
}

static const char *number_text(const struct mnd_value *number)
{
	return number ? number->text : "0";
}

static int put_argument(FILE *out, const struct mnd_side_document *document,
			const struct mnd_value *value)
{
	struct argument argument;
	int err = read_argument(document, value, &argument);

	if (err)
		return err;
	fprintf(out, "{\"index\":%s,\"value\":%s", number_text(argument.index),
		number_text(argument.value));
	if (strcmp(number_text(argument.value_two), "0"))
		put_number_field(out, "valueTwo", argument.value_two);
	fputs(",\"op\":", out);
	mnd_go_json_text(out, &argument.operator);
	fputc('}', out);
	return 0;
}

/* A field with "omitempty", of what @put writes. */
static int put_array_field(FILE *out, const struct mnd_side_document *document,
			   const char *key, const struct mnd_value *array,
			   int (*put)(FILE *out,
				      const struct mnd_side_document *document,
				      const struct mnd_value *value))
{
	size_t i;
	int err = 0;

	if (!array || !array->count)
		return 0;
	fprintf(out, ",\"%s\":", key);
	for (i = 0; !err && i < array->count; i++) {
		fputc(i ? ',' : '[', out);
		err = put(out, document, &array->items[i]);
	}
	fputc(']', out);
	return err;
}

static int put_call(FILE *out, const struct mnd_side_document *document,
		    const struct mnd_value *value)
{
	struct call call;
	int err = read_call(document, value, &call);

	if (err)
		return err;
	fputs("{\"names\":", out);
	mnd_go_json_texts(out, &call.names);
	fputs(",\"action\":", out);
	mnd_go_json_text(out, &call.action);
	put_number_field(out, "errnoRet", call.errno_value);
	err = put_array_field(out, document, "args", call.arguments,
			      put_argument);
	fputc('}', out);
	return err;
}

static int put_profile(FILE *out, const struct mnd_side_document *document,
		       const struct mnd_value *value)
{
	struct profile profile;
	int err = read_profile(document, value, &profile);

	if (err)
		return err;
	fputs("{\"defaultAction\":", out);
	mnd_go_json_text(out, &profile.default_action);
	put_number_field(out, "defaultErrnoRet", profile.default_errno);
	put_texts_field(out, "architectures", &profile.architectures);
	put_texts_field(out, "flags", &profile.flags);
	put_text_field(out, "listenerPath", &profile.listener_path);
	put_text_field(out, "listenerMetadata", &profile.listener_metadata);
	err = put_array_field(out, document, "syscalls", profile.calls,
			      put_call);
	fputc('}', out);
	return err;
}

/* Takes the digest of what Go would write of @value. */
static int digest_profile(const struct mnd_side_document *document,
			  const struct mnd_value *value,
			  char digest[MND_DIGEST_SIZE])
{
	char *written = NULL;
	size_t length;
	bool failed;
	FILE *out;
	int err;

	out = open_memstream(&written, &length);
	if (!out)
		return mnd_hcsshim_out_of_memory(document->import);
	err = put_profile(out, document, value);
	failed = ferror(out);
	failed |= fclose(out) != 0;
	if (!err && (failed || mnd_digest(written, length, digest)))
		err = mnd_hcsshim_out_of_memory(document->import);
	free(written);
	return err;
}

/**
 * mnd_seccomp_profile_digest - Take the digest of an OCI seccomp profile
 *
 * Unlike Go, this refuses a key that the profile's structure has no field for:
 * such a file is none that a runtime would use as it stands.
 *
 * @import: Import.
 * @text: The profile's JSON.
 * @place: What in the source names it.
 * @digest: Written: SHA-256 in small hexadecimal digits, owned by the policy.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no such profile.
 * - -E2BIG: It is over a limit of mnd_json_read().
 * - -ENOMEM: Out of memory.
 */
int mnd_seccomp_profile_digest(struct mnd_import *import,
			       const struct mnd_string_ref *text,
			       const struct mnd_place *place,
			       const char **digest)
{
	struct mnd_arena arena = { NULL };
	const struct mnd_side_document document = { import, &arena,
						    "seccomp profile", *place };
	const size_t scheme = sizeof("sha256:") - 1;
	char with_scheme[MND_DIGEST_SIZE];
	struct mnd_value value;
	int err;

	err = mnd_side_parse(&document, &arena, text, &value);
	if (!err)
		err = digest_profile(&document, &value, with_scheme);
	mnd_arena_free(&arena);
	if (err)
		return err;
	*digest = mnd_arena_copy(&import->policy->arena, with_scheme + scheme,
				 strlen(with_scheme + scheme));
	return *digest ? 0 : mnd_hcsshim_out_of_memory(import);
}
