// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The versions that a policy or a fragment of hcsshim is written for.
 */

#include "hcsshim_rego.h"

/* Gets a version by its name or by the older one, which must not be both. */
static int find_version(const struct mnd_rego_import *reader, const char *name,
			const char *old_name, const struct mnd_value **value)
{
	const struct mnd_value *old = NULL;
	int err;

	err = mnd_rego_data(reader, name, value);
	if (!err)
		err = mnd_rego_data(reader, old_name, &old);
	if (err || !old)
		return err;
	if (*value)
		return mnd_value_refuse(reader->import, old, "is also \"%s\"",
					name);
	*value = old;
	return 0;
}

static int read_version(const struct mnd_rego_import *reader,
			const struct mnd_value *value, u64 *version)
{
	int err = mnd_value_want(reader->import, value, MND_VALUE_STRING);

	if (err || mnd_hcsshim_version_parse(value->text, version))
		return err;
	return mnd_value_refuse(reader->import, value,
				"must be a version, as \"0.5.0\" is");
}

#define NO_FRAMEWORK \
	"no container can be made: there is no \"framework_version\""
#define NEW_FRAMEWORK "no container can be made: the framework is newer than"

/* Of a policy that has no need of the framework it does not matter. */
static bool needs_framework(const struct mnd_rego_import *reader)
{
	const struct mnd_rego_rule *rule =
		mnd_rego_find(reader->module, "mount_overlay");

	return rule && rule->reference;
}

/* A fragment that is for no framework that is known cannot be loaded. */
static int object_to_framework(struct mnd_rego_import *reader,
			       const struct mnd_value *value)
{
	const struct mnd_place *place = value ? &value->place :
						&reader->module->package_place;
	char newest[MND_HCSSHIM_VERSION_SIZE];

	mnd_hcsshim_version_write(MND_FRAMEWORK_VERSION, newest);
	if (reader->import->options->fragment && !value)
		return mnd_fail(reader->import->error, place->line,
				place->column,
				"a fragment needs a \"framework_version\"");
	if (reader->import->options->fragment)
		return mnd_fail(reader->import->error, place->line,
				place->column, "the framework is newer than %s",
				newest);
	reader->import->policy->flags |= MND_POLICY_NO_CONTAINERS;
	if (!needs_framework(reader))
		return 0;
	if (!value)
		return mnd_hcsshim_warn(reader->import, place, NO_FRAMEWORK);
	return mnd_hcsshim_warn(reader->import, place, NEW_FRAMEWORK " %s",
				newest);
}

/**
 * mnd_rego_framework - Find out for which framework a module is written
 *
 * @reader: Module; its version of the framework is written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no version; or it is none of a fragment that is known.
 * - -ENOMEM: Out of memory.
 */
int mnd_rego_framework(struct mnd_rego_import *reader)
{
	const struct mnd_value *value = NULL;
	int err;

	reader->framework = ~0ULL;
	err = find_version(reader, "framework_version", "framework_svn",
			   &value);
	if (!err && value)
		err = read_version(reader, value, &reader->framework);
	if (err || reader->framework <= MND_FRAMEWORK_VERSION)
		return err;
	return object_to_framework(reader, value);
}

#define NO_API "everything is denied: there is no \"api_version\""

/**
 * mnd_rego_api - Find out for which interface a policy is written
 *
 * @reader: Module of the policy.
 * @api: Written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no version.
 * - -ENOMEM: Out of memory.
 */
int mnd_rego_api(const struct mnd_rego_import *reader,
		 struct mnd_api_version *api)
{
	const struct mnd_value *value = NULL;
	int err;

	err = find_version(reader, "api_version", "api_svn", &value);
	if (err)
		return err;
	api->given = value;
	if (!value)
		return mnd_hcsshim_warn(reader->import,
					&reader->module->package_place, NO_API);
	api->place = value->place;
	return read_version(reader, value, &api->version);
}
