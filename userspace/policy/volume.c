// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the mounts that an OCI spec may ask for.
 */

#include "../import/hcsshim.h"
#include "reader.h"

/* The keys of a volume. */
struct volume_keys {
	struct mnd_text type;
	struct mnd_text destination;
	struct mnd_text source;
	struct mnd_text *options;
	size_t option_count;
};

static int read_text(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value, void *member)
{
	struct mnd_text *text = member;
	int err = mnd_toml_read_string(reader, value, &text->text);

	if (err)
		return err;
	text->length = value->string.length;
	text->place = mnd_toml_place(value);
	return 0;
}

/* @member is all of the keys, because there are two for it. */
static int read_options(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	struct volume_keys *keys = member;
	void *items;
	size_t i;
	int err;

	err = mnd_toml_read_array(reader, value, sizeof(*keys->options), &items,
				  &keys->option_count);
	if (err)
		return err;
	keys->options = items;
	for (i = 0; !err && i < keys->option_count; i++)
		err = read_text(reader, &value->array->items[i],
				&keys->options[i]);
	return err;
}

static int read_volume(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value,
		       struct mnd_volume_rule *rule)
{
	static const struct mnd_toml_key keys[] = {
		{ "destination", read_text,
		  offsetof(struct volume_keys, destination), true },
		{ "options", read_options, 0, true },
		{ "source", read_text, offsetof(struct volume_keys, source),
		  true },
		{ "type", read_text, offsetof(struct volume_keys, type), true },
	};
	static const struct mnd_toml_form form = { "a volume", keys,
						   ARRAY_SIZE(keys) };
	struct mnd_import import = { reader->policy, reader->options,
				     reader->error };
	struct volume_keys seen = {};
	int err;

	err = mnd_toml_read_table(reader, value, &form, &seen);
	if (err)
		return err;
	return mnd_hcsshim_volume(&import, &seen.type, &seen.destination,
				  &seen.source, seen.options, seen.option_count,
				  rule);
}

/**
 * mnd_policy_read_volumes - Read an array of volumes
 *
 * @reader: Reader.
 * @value: Value.
 * @rules: A struct mnd_volume_rules.
 *
 * Return: 0, -EINVAL, -ENOMEM, or -E2BIG: a source is an expression that is too
 * large.
 */
int mnd_policy_read_volumes(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value, void *rules)
{
	struct mnd_volume_rules *volumes = rules;
	void *items;
	size_t i;
	int err;

	err = mnd_toml_read_array(reader, value, sizeof(*volumes->rules),
				  &items, &volumes->count);
	if (err)
		return err;
	volumes->rules = items;
	for (i = 0; !err && i < volumes->count; i++)
		err = read_volume(reader, &value->array->items[i],
				  &volumes->rules[i]);
	return err;
}
