/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The languages that a policy can be written in, and what reads each.
 */

#ifndef _MANDATE_IMPORT_SOURCE_H
#define _MANDATE_IMPORT_SOURCE_H

#include "../policy/policy.h"
#include "../compile/string_table.h"

/**
 * enum mnd_language - Languages of policies
 *
 * @MND_LANGUAGE_UNKNOWN: To be found out from the text.
 * @MND_LANGUAGE_MANDATE: Our own TOML.
 * @MND_LANGUAGE_HCSSHIM_TOML: What securitypolicytool reads.
 * @MND_LANGUAGE_HCSSHIM_REGO: A policy on hcsshim's framework.
 * @MND_LANGUAGE_HCSSHIM_JSON: What hcsshim read before it had Rego.
 * @MND_LANGUAGE_CONFCOM: JSON input of `az confcom`.
 * @MND_LANGUAGE_KATA: `policy_data` of a Kata policy.
 * @MND_LANGUAGE_INITDATA: An initdata document of Confidential Containers.
 * @__MND_LANGUAGE_MAX: Number of languages.
 */
enum mnd_language {
	MND_LANGUAGE_UNKNOWN,
	MND_LANGUAGE_MANDATE,
	MND_LANGUAGE_HCSSHIM_TOML,
	MND_LANGUAGE_HCSSHIM_REGO,
	MND_LANGUAGE_HCSSHIM_JSON,
	MND_LANGUAGE_CONFCOM,
	MND_LANGUAGE_KATA,
	MND_LANGUAGE_INITDATA,
	__MND_LANGUAGE_MAX,
};

/**
 * struct mnd_source_options - What is said about a source on the side
 *
 * @language: Language.
 * @images: JSON object with the facts of each image by its name, or NULL.
 * @images_length: Bytes of @images.
 * @read_file: Gets the content of a file that the source names, allocated in
 *	@arena; returns 0 or a negative errno, and is NULL if no files can be
 *	had.
 * @read_image_file: As @read_file, for a file that belongs to an image: by its
 *	path in the OCI layout of that image, such as "index.json", or in its
 *	root file system, such as "etc/passwd".  -ENOENT if there is no such
 *	file; NULL if no images can be had.
 * @read_context: For @read_file and @read_image_file.
 * @fragment: The source is a fragment, not a policy.
 * @parameters: Of a fragment: JSON object with its parameters, or NULL.
 * @strict: Where hcsshim is lax by accident, be not.
 */
struct mnd_source_options {
	enum mnd_language language;
	const char *images;
	size_t images_length;
	int (*read_file)(void *context, struct mnd_arena *arena,
			 const char *name, struct mnd_string_ref *content);
	int (*read_image_file)(void *context, struct mnd_arena *arena,
			       const char *image, const char *path,
			       struct mnd_string_ref *content);
	void *read_context;
	bool fragment;
	const char *parameters;
	bool strict;
};

/* source.c */
const char *mnd_language_name(enum mnd_language language);
enum mnd_language mnd_language_find(const char *name);
enum mnd_language mnd_language_detect(const char *text, size_t length);
int mnd_source_read(const struct mnd_string_ref *source,
		    const struct mnd_source_options *options,
		    struct mnd_policy_source *policy, struct mnd_error *error);

/*
 * One function a language, each in a file of its own.  All of them write
 * @policy, which is all zero before, and is released by who called even after
 * an error; and return 0, or -EINVAL, -E2BIG or -ENOMEM with @error written.
 */
int mnd_mandate_read(const struct mnd_string_ref *source,
		     const struct mnd_source_options *options,
		     struct mnd_policy_source *policy, struct mnd_error *error);
int mnd_hcsshim_toml_read(const struct mnd_string_ref *source,
			  const struct mnd_source_options *options,
			  struct mnd_policy_source *policy,
			  struct mnd_error *error);
int mnd_hcsshim_rego_read(const struct mnd_string_ref *source,
			  const struct mnd_source_options *options,
			  struct mnd_policy_source *policy,
			  struct mnd_error *error);
int mnd_hcsshim_json_read(const struct mnd_string_ref *source,
			  const struct mnd_source_options *options,
			  struct mnd_policy_source *policy,
			  struct mnd_error *error);
int mnd_confcom_read(const struct mnd_string_ref *source,
		     const struct mnd_source_options *options,
		     struct mnd_policy_source *policy, struct mnd_error *error);
int mnd_kata_read(const struct mnd_string_ref *source,
		  const struct mnd_source_options *options,
		  struct mnd_policy_source *policy, struct mnd_error *error);
int mnd_initdata_read(const struct mnd_string_ref *source,
		      const struct mnd_source_options *options,
		      struct mnd_policy_source *policy,
		      struct mnd_error *error);

#endif /* _MANDATE_IMPORT_SOURCE_H */
