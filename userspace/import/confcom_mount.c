// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The mounts that `az confcom` makes for a container: those of the input, and
 * those of the platform.
 */

#include "../toml/toml.h"
#include "confcom.h"

/* A mount that the platform makes. */
struct given {
	const char *destination;
	const char *source;
	bool readonly;
};

#define EMPTY_DIR "sandbox:///tmp/atlas/emptydir/.+"
#define RESOLV_CONF "sandbox:///tmp/atlas/resolvconf/.+"

static const struct given customer[] = {
	{ "/etc/resolv.conf", RESOLV_CONF, false },
};

static const struct given virtual_node[] = {
	{ "/etc/resolv.conf", EMPTY_DIR, false },
	{ "/var/run/secrets/kubernetes.io/serviceaccount", EMPTY_DIR, true },
	{ "/etc/hosts", EMPTY_DIR, false },
	{ "/dev/termination-log", EMPTY_DIR, false },
	{ "/etc/hostname", EMPTY_DIR, false },
};

static const struct given virtual_node_privileged[] = {
	{ "/sys/fs/cgroup", EMPTY_DIR, false },
	{ "/sys", EMPTY_DIR, false },
};

static const struct given workload_identity[] = {
	{ "/var/run/secrets/azure/tokens", EMPTY_DIR, true },
};

static const struct given config_map[] = {
	{ "/mnt/configmap", EMPTY_DIR, false },
};

#define MOST_GIVEN                                                        \
	(ARRAY_SIZE(virtual_node) + ARRAY_SIZE(virtual_node_privileged) + \
	 ARRAY_SIZE(workload_identity) + ARRAY_SIZE(config_map))

/* An element of "volumeMounts", or of "mounts" in the older shape. */
struct mount {
	struct mnd_text type;
	struct mnd_text path;
	struct mnd_texts options;
	bool readonly;
	bool has_readonly;
};

static int read_readonly(struct mnd_import *import,
			 const struct mnd_value *value, void *member)
{
	struct mount *mount = member;

	mount->has_readonly = true;
	return mnd_object_boolean(import, value, &mount->readonly);
}

#define READONLY                                                          \
	"without \"readonly\" this mount is read-only, as newer versions" \
	" of the tool take it"

static int read_mount(struct mnd_import *import, const struct mnd_value *value,
		      bool old_shape, struct mount *mount)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_SKIP("name"),
		MND_OBJECT_KEY(mount, type, "mountType", mnd_object_text),
		MND_OBJECT_KEY(mount, path, "mountPath", mnd_object_text),
		MND_OBJECT_KEY(mount, options, "options", mnd_object_texts),
		{ "readOnly", read_readonly, 0 },
	};
	static const struct mnd_object_form form = { "a mount", keys,
						     ARRAY_SIZE(keys), true };
	int err;

	memset(mount, 0, sizeof(*mount));
	err = mnd_object_read(import, value, &form, mount);
	if (!err && !mount->type.length)
		err = mnd_value_refuse(import, value, "has no \"mountType\"");
	if (!err && !mount->path.length)
		err = mnd_value_refuse(import, value, "has no \"mountPath\"");
	if (err || !old_shape || mount->has_readonly)
		return err;
	mount->readonly = true;
	return mnd_hcsshim_warn(import, &value->place, READONLY);
}

static int find_source(struct mnd_import *import, const struct mnd_text *type,
		       const char **source)
{
	static const struct {
		const char *type;
		const char *source;
	} known[] = {
		{ "azureFile", "sandbox:///tmp/atlas/azureFileVolume/.+" },
		{ "emptyDir", EMPTY_DIR },
		{ "gitRepo", "sandbox:///tmp/atlas/gitRepoVolume/.+" },
		{ "resolvconf", RESOLV_CONF },
		{ "secret", "sandbox:///tmp/atlas/secretsVolume/.+" },
		{ "secretsSource", "plan9://" },
	};
	char quoted[MND_TOML_QUOTED_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		if (strcmp(known[i].type, type->text))
			continue;
		*source = known[i].source;
		return 0;
	}
	mnd_toml_quote(type->text, type->length, quoted);
	return mnd_fail(import->error, type->place.line, type->place.column,
			"where a mount of type %s comes from is not known",
			quoted);
}

static int make_volume(struct mnd_import *import, const struct mount *mount,
		       const char *source, const struct mnd_place *place,
		       struct mnd_volume_rule *rule)
{
	struct mnd_text type = { NULL }, from = { NULL };
	struct mnd_text usual[3] = { { NULL } };

	mnd_text_default(&type, "bind", place);
	mnd_text_default(&from, source, place);
	mnd_text_default(&usual[0], "rbind", place);
	mnd_text_default(&usual[1], "rshared", place);
	mnd_text_default(&usual[2], mount->readonly ? "ro" : "rw", place);
	if (mount->options.count)
		return mnd_hcsshim_volume(import, &type, &mount->path, &from,
					  mount->options.items,
					  mount->options.count, rule);
	return mnd_hcsshim_volume(import, &type, &mount->path, &from, usual,
				  ARRAY_SIZE(usual), rule);
}

static int add_own(struct mnd_import *import, const struct mnd_value *value,
		   bool old_shape, struct mnd_hcsshim_container *made)
{
	struct mount mount;
	const char *source = NULL;
	int err;

	err = read_mount(import, value, old_shape, &mount);
	if (!err)
		err = find_source(import, &mount.type, &source);
	return err ? err :
		     make_volume(import, &mount, source, &value->place,
				 &made->volumes[made->volume_count++]);
}

static int add_given(struct mnd_import *import, const struct given *given,
		     size_t count, struct mnd_hcsshim_container *made)
{
	struct mount mount;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < count; i++) {
		memset(&mount, 0, sizeof(mount));
		mnd_text_default(&mount.path, given[i].destination,
				 &made->place);
		mount.readonly = given[i].readonly;
		err = make_volume(import, &mount, given[i].source, &made->place,
				  &made->volumes[made->volume_count++]);
	}
	return err;
}

static int add_of_platform(const struct mnd_confcom *confcom,
			   const struct mnd_confcom_container *container,
			   struct mnd_hcsshim_container *made)
{
	struct mnd_import *import = confcom->tool.import;
	int err = 0;

	if (container->config_map)
		err = add_given(import, config_map, ARRAY_SIZE(config_map),
				made);
	if (!err && !confcom->virtual_node)
		err = add_given(import, customer, ARRAY_SIZE(customer), made);
	if (!err && confcom->virtual_node)
		err = add_given(import, virtual_node, ARRAY_SIZE(virtual_node),
				made);
	if (!err && confcom->virtual_node && container->privileged)
		err = add_given(import, virtual_node_privileged,
				ARRAY_SIZE(virtual_node_privileged), made);
	if (!err && confcom->workload_identity)
		err = add_given(import, workload_identity,
				ARRAY_SIZE(workload_identity), made);
	return err;
}

/**
 * mnd_confcom_mounts - Make the mounts of a container
 *
 * @confcom: The tool.
 * @container: Container, of which it is known whether it may be privileged.
 * @made: Its mounts are written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: An element is no mount, or of an unknown type.
 * - -E2BIG: A source is over a limit of mnd_hcsshim_volume().
 * - -ENOMEM: Out of memory.
 */
int mnd_confcom_mounts(struct mnd_confcom *confcom,
		       const struct mnd_confcom_container *container,
		       struct mnd_hcsshim_container *made)
{
	struct mnd_import *import = confcom->tool.import;
	const size_t own = mnd_object_count(container->mounts);
	size_t i;
	int err = 0;

	made->volumes = mnd_arena_alloc(&import->policy->arena,
					own + MOST_GIVEN,
					sizeof(*made->volumes));
	if (!made->volumes)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; !err && i < own; i++)
		err = add_own(import, &container->mounts->items[i],
			      container->old_shape, made);
	return err ? err : add_of_platform(confcom, container, made);
}
