// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The mounts that securitypolicytool makes of a container's tables: as CRI
 * would ask for them.
 */

#include "hcsshim_toml.h"

/* [[container.mount]] */
struct mount {
	struct mnd_text host_path;
	struct mnd_text container_path;
	bool readonly;
};

static int read_mount(struct mnd_import *import,
		      const struct mnd_toml_value *table, struct mount *mount)
{
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(mount, host_path, "host_path", mnd_form_text),
		MND_FORM_KEY(mount, container_path, "container_path",
			     mnd_form_text),
		MND_FORM_KEY(mount, readonly, "readonly", mnd_form_boolean),
	};
	static const struct mnd_form form = { "[[container.mount]]", keys,
					      ARRAY_SIZE(keys) };
	const struct mnd_place place = mnd_form_place(table);
	int err;

	memset(mount, 0, sizeof(*mount));
	err = mnd_form_read(import, table, &form, mount);
	mnd_text_default(&mount->host_path, "", &place);
	mnd_text_default(&mount->container_path, "", &place);
	return err;
}

static bool begins(const struct mnd_text *text, const char *prefix)
{
	return !strncmp(text->text, prefix, strlen(prefix));
}

static int make_volume(struct mnd_tool *tool,
		       const struct mnd_toml_value *table,
		       struct mnd_volume_rule *rule)
{
	const struct mnd_place place = mnd_form_place(table);
	struct mnd_text type = { NULL }, options[3] = { { NULL } };
	struct mount mount;
	bool shared, bind;
	int err;

	err = read_mount(tool->import, table, &mount);
	/* The tool has it compiled whatever it begins with. */
	if (!err)
		err = mnd_tool_check_pattern(tool, &mount.host_path);
	if (err)
		return err;
	shared = begins(&mount.host_path, "sandbox://") ||
		 begins(&mount.host_path, "hugepages://");
	bind = shared || begins(&mount.host_path, "plan9://");
	mnd_text_default(&type, bind ? "bind" : "none", &place);
	mnd_text_default(&options[0], "rbind", &place);
	mnd_text_default(&options[1], shared ? "rshared" : "rprivate", &place);
	mnd_text_default(&options[2], mount.readonly ? "ro" : "rw", &place);
	return mnd_hcsshim_volume(tool->import, &type, &mount.container_path,
				  &mount.host_path, options,
				  ARRAY_SIZE(options), rule);
}

/**
 * mnd_tool_volumes - Make the mounts of a container
 *
 * @tool: Tool.
 * @tables: Array of [[container.mount]], or NULL.
 * @container: Its mounts are written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: A table is no mount, or its source is no regular expression.
 * - -E2BIG: A source is over a limit of mnd_regex_parse().
 * - -ENOMEM: Out of memory.
 */
int mnd_tool_volumes(struct mnd_tool *tool, const struct mnd_toml_value *tables,
		     struct mnd_hcsshim_container *container)
{
	size_t i;
	int err = 0;

	container->volume_count = mnd_form_count(tables);
	container->volumes = mnd_arena_alloc(&tool->import->policy->arena,
					     container->volume_count,
					     sizeof(*container->volumes));
	if (!container->volumes)
		return mnd_hcsshim_out_of_memory(tool->import);
	for (i = 0; !err && i < container->volume_count; i++)
		err = make_volume(tool, &tables->array->items[i],
				  &container->volumes[i]);
	return err;
}
