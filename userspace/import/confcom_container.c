// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The containers that `az confcom` makes: of its input and of their images, and
 * the one for pause that every policy gets.
 */

#include "confcom.h"

#define USUAL_SIGNALS 0x4100 /* bits 8 and 14: SIGKILL and SIGTERM */

/*
 * Strings that all containers together may have from their images, or from the
 * platform.  It bounds what a few large images and many small containers cost.
 */
#define MAX_BORROWED 1048576
#define OF_PLATFORM 64
#define TOO_MUCH "too many layers, variables and arguments of images up to here"

#define PAUSE_NAME "pause-container"
#define PAUSE_COMMAND "/pause"
#define PAUSE_LAYER \
	"16b514057a06ad665f92c02863aca074fd5976c755d26bff16365299169e8415"
#define PAUSE_PATH \
	"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

static int read_config_map(struct mnd_import *import,
			   const struct mnd_value *value, void *member)
{
	bool *config_map = member;

	*config_map = value->count;
	return mnd_value_want(import, value, MND_VALUE_OBJECT);
}

/* The keys that both shapes have. */
#define COMMON_KEYS                                                            \
	[0] = MND_OBJECT_KEY(mnd_confcom_container, command, "command",        \
			     mnd_object_texts),                                \
	MND_OBJECT_KEY(mnd_confcom_container, working_dir, "workingDir",       \
		       mnd_object_text),                                       \
	MND_OBJECT_KEY(mnd_confcom_container, environment,                     \
		       "environmentVariables", mnd_object_array),              \
	MND_OBJECT_KEY(mnd_confcom_container, exec_processes, "execProcesses", \
		       mnd_object_array),                                      \
	MND_OBJECT_KEY(mnd_confcom_container, liveness, "livenessProbe",       \
		       mnd_object_object),                                     \
	MND_OBJECT_KEY(mnd_confcom_container, readiness, "readinessProbe",     \
		       mnd_object_object),                                     \
	MND_OBJECT_KEY(mnd_confcom_container, security, "securityContext",     \
		       mnd_object_object),                                     \
	MND_OBJECT_KEY(mnd_confcom_container, signals, "signals",              \
		       mnd_object_signals),                                    \
	MND_OBJECT_KEY(mnd_confcom_container, allow_stdio_access,              \
		       "allowStdioAccess", mnd_object_boolean)

/* "properties" */
static int read_properties(struct mnd_import *import,
			   const struct mnd_value *value, void *member)
{
	static const struct mnd_object_key keys[] = {
		COMMON_KEYS,
		MND_OBJECT_KEY(mnd_confcom_container, image, "image",
			       mnd_object_text),
		MND_OBJECT_KEY(mnd_confcom_container, mounts, "volumeMounts",
			       mnd_object_array),
		MND_OBJECT_KEY(mnd_confcom_container, config_map, "configMap",
			       read_config_map),
		MND_OBJECT_IGNORED("ports"),
		MND_OBJECT_IGNORED("resources"),
	};
	static const struct mnd_object_form form = { "\"properties\"", keys,
						     ARRAY_SIZE(keys), true };

	return mnd_object_read(import, value, &form, member);
}

static int read_new_shape(struct mnd_import *import,
			  const struct mnd_value *value,
			  struct mnd_confcom_container *container)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(mnd_confcom_container, name, "name",
			       mnd_object_text),
		{ "properties", read_properties, 0 },
	};
	static const struct mnd_object_form form = { "a container", keys,
						     ARRAY_SIZE(keys), true };

	return mnd_object_read(import, value, &form, container);
}

static int read_old_shape(struct mnd_import *import,
			  const struct mnd_value *value,
			  struct mnd_confcom_container *container)
{
	static const struct mnd_object_key keys[] = {
		COMMON_KEYS,
		MND_OBJECT_KEY(mnd_confcom_container, name, "name",
			       mnd_object_text),
		MND_OBJECT_KEY(mnd_confcom_container, image, "containerImage",
			       mnd_object_text),
		MND_OBJECT_KEY(mnd_confcom_container, mounts, "mounts",
			       mnd_object_array),
		MND_OBJECT_KEY(mnd_confcom_container, privileged,
			       "allow_elevated", mnd_object_boolean),
		MND_OBJECT_SKIP("id"),
		MND_OBJECT_IGNORED("wait_mount_points"),
	};
	static const struct mnd_object_form form = { "a container", keys,
						     ARRAY_SIZE(keys), true };

	container->old_shape = true;
	return mnd_object_read(import, value, &form, container);
}

static bool has_old_shape(const struct mnd_value *value)
{
	return mnd_value_find(value, "containerImage");
}

/* For these the tool has another template of a policy. */
static bool is_sidecar(const struct mnd_text *image)
{
	static const char *const sidecars[] = {
		"k8s.gcr.io/pause",
		"mcr.microsoft.com/aci/atlas-mount-azure-file-volume",
		"mcr.microsoft.com/aci/atlas-mount-gitrepo-volume",
		"mcr.microsoft.com/aci/atlas-mount-resolv-conf",
		"mcr.microsoft.com/aci/atlas-mount-secrets-volume",
		"mcr.microsoft.com/aci/atlas-netstats",
		"mcr.microsoft.com/aci/msi-atlas-adapter",
		"mcr.microsoft.com/aci/sc-proxy",
		"mcr.microsoft.com/aci/vk-metrics-sidecar",
	};
	size_t length, i;

	for (i = 0; i < ARRAY_SIZE(sidecars); i++) {
		length = strlen(sidecars[i]);
		if (!strncmp(image->text, sidecars[i], length) &&
		    (!image->text[length] || image->text[length] == ':'))
			return true;
	}
	return false;
}

static int check_container(struct mnd_import *import,
			   const struct mnd_value *value,
			   const struct mnd_confcom_container *container)
{
	const struct mnd_text *dir = &container->working_dir;

	if (!container->image.length)
		return mnd_value_refuse(import, value,
					"a container needs an image");
	if (is_sidecar(&container->image))
		return mnd_fail(import->error, container->image.place.line,
				container->image.place.column,
				"is a part of the platform, not of the input");
	if (dir->length && dir->text[0] != '/')
		return mnd_fail(import->error, dir->place.line,
				dir->place.column, "must be an absolute path");
	return 0;
}

static int charge(struct mnd_confcom *confcom,
		  const struct mnd_confcom_container *container,
		  const struct mnd_image *image)
{
	struct mnd_tool *tool = &confcom->tool;

	tool->borrowed += image->layers.count + image->env.count +
			  image->entrypoint.count + image->cmd.count +
			  OF_PLATFORM;
	if (tool->borrowed <= MAX_BORROWED)
		return 0;
	return mnd_fail(tool->import->error, container->place.line,
			container->place.column, TOO_MUCH);
}

/* The command, the layers and the working directory. */
static int make_content(struct mnd_import *import,
			const struct mnd_confcom_container *container,
			const struct mnd_image *image,
			struct mnd_hcsshim_container *made)
{
	static const struct mnd_texts none = { NULL, 0 };
	const struct mnd_place *place = &container->place;
	struct mnd_texts command = container->command, layers;
	int err = 0;

	if (!command.count)
		err = mnd_texts_join(import, &image->entrypoint, &image->cmd,
				     place, &command);
	if (!err)
		err = mnd_texts_join(import, &image->layers, &none, place,
				     &layers);
	if (err)
		return err;
	made->command = command.items;
	made->command_count = command.count;
	made->layers = layers.items;
	made->layer_count = layers.count;
	made->working_dir = "/";
	if (container->working_dir.length)
		made->working_dir = container->working_dir.text;
	else if (image->working_dir.length)
		made->working_dir = image->working_dir.text;
	return 0;
}

static int make_container(struct mnd_confcom *confcom,
			  struct mnd_confcom_container *container,
			  struct mnd_hcsshim_container *made)
{
	struct mnd_import *import = confcom->tool.import;
	const struct mnd_image *image;
	int err;

	err = mnd_images_find(import, &confcom->tool.images, &container->image,
			      &image);
	if (!err)
		err = charge(confcom, container, image);
	if (!err)
		err = make_content(import, container, image, made);
	if (!err)
		err = mnd_confcom_security(confcom, container, image, made);
	if (!err)
		err = mnd_confcom_variables(confcom, container, image, made);
	if (!err)
		err = mnd_confcom_mounts(confcom, container, made);
	return err ? err : mnd_confcom_processes(confcom, container, made);
}

/**
 * mnd_confcom_container - Add a container of the input to the policy
 *
 * @confcom: The tool.
 * @value: Container.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It or what is known of its image is not right.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_confcom_container(struct mnd_confcom *confcom,
			  const struct mnd_value *value)
{
	struct mnd_confcom_container container = {
		.place = value->place,
		.allow_stdio_access = true,
	};
	struct mnd_import *import = confcom->tool.import;
	struct mnd_hcsshim_container made = { .place = value->place };
	int err;

	if (has_old_shape(value))
		err = read_old_shape(import, value, &container);
	else
		err = read_new_shape(import, value, &container);
	if (!err)
		err = check_container(import, value, &container);
	if (err)
		return err;
	made.name = container.name.length ? container.name.text :
					    container.image.text;
	made.signals = container.signals | USUAL_SIGNALS;
	made.allow_stdio_access = container.allow_stdio_access;
	err = make_container(confcom, &container, &made);
	return err ? err : mnd_hcsshim_add_container(import, &made);
}

static int add_plain_rule(struct mnd_import *import, const char *text,
			  bool required, struct mnd_hcsshim_container *made)
{
	struct mnd_text pattern = { NULL }, strategy = { NULL };

	mnd_text_default(&pattern, text, &made->place);
	mnd_text_default(&strategy, "string", &made->place);
	return mnd_hcsshim_variable(import, &pattern, &strategy, required,
				    &made->variables[made->variable_count++]);
}

/* The command, the layer and the environment of the container for pause. */
static int make_pause(struct mnd_import *import,
		      struct mnd_hcsshim_container *made)
{
	struct mnd_texts texts;
	int err;

	made->variables = mnd_arena_alloc(&import->policy->arena, 2,
					  sizeof(*made->variables));
	if (!made->variables)
		return mnd_hcsshim_out_of_memory(import);
	err = mnd_texts_alloc(import, &import->policy->arena, 2, &texts);
	if (err)
		return err;
	mnd_text_default(&texts.items[0], PAUSE_COMMAND, &made->place);
	mnd_text_default(&texts.items[1], PAUSE_LAYER, &made->place);
	made->command = &texts.items[0];
	made->command_count = 1;
	made->layers = &texts.items[1];
	made->layer_count = 1;
	err = add_plain_rule(import, PAUSE_PATH, true, made);
	return err ? err : add_plain_rule(import, "TERM=xterm", false, made);
}

/**
 * mnd_confcom_pause - Add the container for pause that every policy gets
 *
 * @confcom: The tool.
 *
 * Return: 0, or -ENOMEM with the import's error written.
 */
int mnd_confcom_pause(struct mnd_confcom *confcom)
{
	static const struct mnd_image nobody = { .name = { NULL, 0 } };
	struct mnd_confcom_container container = { .place = { 1, 1 } };
	struct mnd_hcsshim_container made = {
		.name = PAUSE_NAME,
		.place = { 1, 1 },
		.signals = USUAL_SIGNALS,
		.working_dir = "/",
		.allow_stdio_access = true,
	};
	struct mnd_import *import = confcom->tool.import;
	int err;

	err = make_pause(import, &made);
	if (!err)
		err = mnd_confcom_security(confcom, &container, &nobody, &made);
	return err ? err : mnd_hcsshim_add_container(import, &made);
}
