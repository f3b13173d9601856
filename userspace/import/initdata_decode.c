// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Gets an initdata document out of what it is handed over in:
 * - the document itself;
 * - what gzip made of it;
 * - the value of an annotation, which is that in base64;
 * - the image of a disk, which is a mark, the length of that as a 64-bit little
 *   endian number, that, and zeros.
 */

#include "base64.h"
#include "gunzip.h"
#include "initdata.h"

#define MARK "initdata"
#define MARK_SIZE (sizeof(MARK) - 1)
#define LENGTH_SIZE 8

static bool is_disk(const struct mnd_string_ref *source)
{
	return source->length >= MARK_SIZE &&
	       !memcmp(source->text, MARK, MARK_SIZE);
}

static u64 read_length(const char *bytes)
{
	u64 length = 0;
	size_t i;

	for (i = LENGTH_SIZE; i-- > 0;)
		length = length << 8 | (unsigned char)bytes[i];
	return length;
}

static bool is_zero(const char *bytes, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (bytes[i])
			return false;
	return true;
}

static int read_disk(const struct mnd_string_ref *source,
		     struct mnd_string_ref *packed, struct mnd_error *error)
{
	const size_t begin = MARK_SIZE + LENGTH_SIZE;
	u64 length;

	if (source->length < begin)
		return mnd_fail(error, 0, 0, "disk image: ends too early");
	length = read_length(source->text + MARK_SIZE);
	if (length > source->length - begin)
		return mnd_fail(error, 0, 0,
				"disk image: has %zu bytes, but says %llu",
				source->length - begin,
				(unsigned long long)length);
	packed->text = source->text + begin;
	packed->length = (size_t)length;
	if (!is_zero(packed->text + packed->length,
		     source->length - begin - packed->length))
		return mnd_fail(error, 0, 0,
				"disk image: only zeros may follow the data");
	return 0;
}

static int read_annotation(struct mnd_arena *arena,
			   const struct mnd_string_ref *source,
			   struct mnd_string_ref *packed,
			   struct mnd_error *error)
{
	const int err = mnd_base64_decode(arena, source, packed);

	if (err == -ENOMEM)
		mnd_fail(error, 0, 0, "out of memory");
	else if (err)
		mnd_fail(error, 1, 1, "is not valid base64");
	else if (!mnd_is_gzip(packed))
		return mnd_fail(error, 1, 1, "is base64, but not of gzip data");
	return err;
}

/**
 * mnd_initdata_decode - Get an initdata document out of its wrapping
 *
 * @arena: Owns what is unpacked.
 * @source: A document, or one of its wrappings.
 * @document: Written; can be in @source.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: A wrapping is damaged.
 * - -E2BIG: The document is longer than a TOML document may be.
 * - -ENOMEM: Out of memory.
 */
int mnd_initdata_decode(struct mnd_arena *arena,
			const struct mnd_string_ref *source,
			struct mnd_string_ref *document,
			struct mnd_error *error)
{
	struct mnd_string_ref packed = *source;
	int err = 0;

	if (is_disk(source)) {
		err = read_disk(source, &packed, error);
	} else if (mnd_is_base64(source)) {
		err = read_annotation(arena, source, &packed, error);
	} else if (!mnd_is_gzip(source)) {
		*document = *source;
		return 0;
	}
	if (err)
		return err;
	return mnd_gunzip(arena, &packed, MND_TOML_MAX_SIZE, document, error);
}
