// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Verification of what only an agent's requests are compared with.
 */

#include "verifier.h"

static int verify_volume(const struct verifier *const v,
			 const struct mnd_volume *const volume)
{
	if (!is_string(v, volume->type) || !is_string(v, volume->destination) ||
	    !is_string(v, volume->source) ||
	    !is_list(v, volume->options, MND_LIST_STRINGS))
		return reject(v, MND_REJECT_VOLUME, volume);
	/* Fewer than there are could never be asked for. */
	if (le32_to_cpu(volume->length) <
	    mnd_list_count(v->table, volume->options))
		return reject(v, MND_REJECT_VOLUME, &volume->length);
	/* What is equal to @source is right anyway, and nothing else is any. */
	if (le32_to_cpu(volume->pattern) == MND_MATCH_ANY ||
	    !(le32_to_cpu(volume->pattern) & MND_MATCH_PATTERN))
		return reject(v, MND_REJECT_VOLUME, &volume->pattern);
	return mnd_verify_matcher(v, &volume->pattern, MND_SPACE_VOLUME);
}

/**
 * mnd_verify_volumes - Check the volumes
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_VOLUME or %MND_REJECT_MATCHER.
 */
int mnd_verify_volumes(const struct verifier *const v)
{
	u32 i;
	int err;

	for (i = 0; i < v->table->count[MND_SECTION_VOLUME]; i++) {
		err = verify_volume(v, &v->table->volumes[i]);
		if (err)
			return err;
	}
	return 0;
}

/**
 * mnd_verify_platforms - Check the platform rules
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_PLATFORM.
 */
int mnd_verify_platforms(const struct verifier *const v)
{
	u32 i;

	for (i = 0; i < v->table->count[MND_SECTION_PLATFORM]; i++) {
		const struct mnd_platform *const platform =
			&v->table->platforms[i];

		if (!is_list(v, platform->variables, MND_LIST_VARIABLES) ||
		    !is_list(v, platform->volumes, MND_LIST_VOLUMES))
			return reject(v, MND_REJECT_PLATFORM, platform);
	}
	return 0;
}

/**
 * mnd_verify_fragments - Check the fragments that are admitted
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_FRAGMENT.
 */
int mnd_verify_fragments(const struct verifier *const v)
{
	u32 i;

	for (i = 0; i < v->table->count[MND_SECTION_FRAGMENT]; i++) {
		const struct mnd_fragment *const fragment =
			&v->table->fragments[i];

		if (!is_string(v, fragment->issuer) ||
		    !is_string(v, fragment->feed) ||
		    !is_string(v, fragment->minimum_svn) ||
		    !is_string(v, fragment->parameters) ||
		    !is_list(v, fragment->receipts, MND_LIST_STRINGS))
			return reject(v, MND_REJECT_FRAGMENT, fragment);
		if (le32_to_cpu(fragment->includes) & ~MND_INCLUDES)
			return reject(v, MND_REJECT_FRAGMENT,
				      &fragment->includes);
	}
	return 0;
}

/**
 * mnd_verify_trust_lists - Check the trust lists that are admitted
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_TRUST_LIST.
 */
int mnd_verify_trust_lists(const struct verifier *const v)
{
	u32 i;

	for (i = 0; i < v->table->count[MND_SECTION_TRUST_LIST]; i++) {
		const struct mnd_trust_list *const list =
			&v->table->trust_lists[i];

		if (!is_string(v, list->issuer) ||
		    !is_string(v, list->subject) ||
		    !is_list(v, list->ledgers, MND_LIST_STRINGS) ||
		    list->reserved)
			return reject(v, MND_REJECT_TRUST_LIST, list);
	}
	return 0;
}
