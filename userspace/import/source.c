// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The languages that a policy can be written in, and what reads each.
 */

#include "base64.h"
#include "source_detect.h"

/* Those that are read are named as they are in a command's options. */
static const struct {
	const char *name;
	int (*read)(const struct mnd_string_ref *source,
		    const struct mnd_source_options *options,
		    struct mnd_policy_source *policy, struct mnd_error *error);
} languages[__MND_LANGUAGE_MAX] = {
	[MND_LANGUAGE_UNKNOWN] = { "unknown", NULL },
	[MND_LANGUAGE_MANDATE] = { "mandate", mnd_mandate_read },
	[MND_LANGUAGE_HCSSHIM_TOML] = { "hcsshim-toml", mnd_hcsshim_toml_read },
	[MND_LANGUAGE_HCSSHIM_REGO] = { "hcsshim-rego", mnd_hcsshim_rego_read },
	[MND_LANGUAGE_HCSSHIM_JSON] = { "hcsshim-json", mnd_hcsshim_json_read },
	[MND_LANGUAGE_CONFCOM] = { "confcom", mnd_confcom_read },
	[MND_LANGUAGE_KATA] = { "kata", mnd_kata_read },
	[MND_LANGUAGE_INITDATA] = { "initdata", mnd_initdata_read },
};

/**
 * mnd_language_name - Name a language
 *
 * @language: Language.
 *
 * Return: Its name.
 */
const char *mnd_language_name(enum mnd_language language)
{
	return languages[language].name;
}

/**
 * mnd_language_find - Find a language by its name
 *
 * @name: Name.
 *
 * Return: The language, or %MND_LANGUAGE_UNKNOWN.
 */
enum mnd_language mnd_language_find(const char *name)
{
	enum mnd_language language;

	for (language = MND_LANGUAGE_UNKNOWN; language < __MND_LANGUAGE_MAX;
	     language++)
		if (!strcmp(languages[language].name, name))
			return language;
	return MND_LANGUAGE_UNKNOWN;
}

/**
 * mnd_language_detect - Find out in which language a text is written
 *
 * @text: Text, perhaps in base64; need not be terminated.
 * @length: Of @text, in bytes.
 *
 * Return: The language, or %MND_LANGUAGE_UNKNOWN if the text is not valid in
 * any.
 */
enum mnd_language mnd_language_detect(const char *text, size_t length)
{
	const struct mnd_string_ref source = { text, length };
	enum mnd_language language = MND_LANGUAGE_UNKNOWN;
	struct mnd_error error;

	if (mnd_source_detect(&source, &language, &error))
		return MND_LANGUAGE_UNKNOWN;
	return language;
}

/* Whether hcsshim would decode it before it reads it. */
static bool may_be_encoded(enum mnd_language language)
{
	return language == MND_LANGUAGE_HCSSHIM_REGO ||
	       language == MND_LANGUAGE_HCSSHIM_JSON;
}

static int read_encoded(const struct mnd_string_ref *source,
			const struct mnd_source_options *options,
			struct mnd_policy_source *policy,
			struct mnd_error *error)
{
	struct mnd_string_ref decoded;
	int err;

	err = mnd_base64_decode(&policy->arena, source, &decoded);
	if (err == -ENOMEM) {
		mnd_fail(error, 0, 0, "out of memory");
		return err;
	}
	return languages[options->language].read(err ? source : &decoded,
						 options, policy, error);
}

/**
 * mnd_source_read - Read a policy
 *
 * What hcsshim reads may be in base64, as it is in an annotation; places are
 * those in what it decodes to.
 *
 * @source: Source.
 * @options: Its language, which is found out from the text if it is
 *	%MND_LANGUAGE_UNKNOWN, and whatever else is known about it.
 * @policy: Written; to be released by mnd_policy_release(), also after an
 *	error.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: The source is no policy, or has something in it that is not
 *   understood.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_source_read(const struct mnd_string_ref *source,
		    const struct mnd_source_options *options,
		    struct mnd_policy_source *policy, struct mnd_error *error)
{
	struct mnd_source_options known = *options;
	int err;

	memset(policy, 0, sizeof(*policy));
	memset(error, 0, sizeof(*error));
	if (known.language == MND_LANGUAGE_UNKNOWN) {
		err = mnd_source_detect(source, &known.language, error);
		if (err)
			return err;
	}
	if (may_be_encoded(known.language))
		return read_encoded(source, &known, policy, error);
	return languages[known.language].read(source, &known, policy, error);
}
