// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The containers of policy_data.
 */

#include "../toml/toml.h"
#include "kata.h"

/* What the annotations of a container are called. */
#define OF_CRI "io.kubernetes.cri."
#define CONTAINER_NAME OF_CRI "container-name"
#define CONTAINER_TYPE OF_CRI "container-type"
#define SANDBOX_ID OF_CRI "sandbox-id"
#define SANDBOX_NAME OF_CRI "sandbox-name"
#define SANDBOX_NAMESPACE OF_CRI "sandbox-namespace"

static int note(struct mnd_import *import, const struct mnd_value *value,
		void *member)
{
	bool *seen = member;

	*seen = true;
	(void)import;
	(void)value;
	return 0;
}

/* What is empty or false says nothing. */
static int note_content(struct mnd_import *import,
			const struct mnd_value *value, void *member)
{
	bool *seen = member;

	*seen |= value->count || value->boolean || value->text;
	(void)import;
	return 0;
}

static int refuse_hooks(struct mnd_import *import,
			const struct mnd_value *value, void *member)
{
	(void)member;
	return mnd_value_refuse(import, value,
				"no container of Kata can have hooks");
}

#define SEEN(field, name, function)                                      \
	MND_OBJECT_KEY(mnd_kata_container, seen[MND_KATA_##field], name, \
		       function)

/* "Process" */
static int read_process(struct mnd_import *import,
			const struct mnd_value *value, void *member)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(mnd_kata_container, args, "Args",
			       mnd_object_texts),
		MND_OBJECT_KEY(mnd_kata_container, capabilities, "Capabilities",
			       mnd_object_object),
		MND_OBJECT_KEY(mnd_kata_container, cwd, "Cwd", mnd_object_text),
		MND_OBJECT_KEY(mnd_kata_container, env, "Env",
			       mnd_object_texts),
		MND_OBJECT_KEY(mnd_kata_container, no_new_privileges,
			       "NoNewPrivileges", mnd_object_boolean),
		SEEN(TERMINAL, "Terminal", note_content),
		MND_OBJECT_KEY(mnd_kata_container, user, "User",
			       mnd_object_object),
	};
	static const struct mnd_object_form form = { "\"Process\"", keys,
						     ARRAY_SIZE(keys), false };

	return mnd_object_read(import, value, &form, member);
}

/* "Linux" */
static int read_linux(struct mnd_import *import, const struct mnd_value *value,
		      void *member)
{
	static const struct mnd_object_key keys[] = {
		SEEN(LINUX_DEVICES, "Devices", note_content),
		SEEN(MASKED_PATHS, "MaskedPaths", note_content),
		SEEN(NAMESPACES, "Namespaces", note_content),
		SEEN(READONLY_PATHS, "ReadonlyPaths", note_content),
		SEEN(SYSCTL, "Sysctl", note_content),
	};
	static const struct mnd_object_form form = { "\"Linux\"", keys,
						     ARRAY_SIZE(keys), false };

	return mnd_object_read(import, value, &form, member);
}

/* "OCI" */
static int read_oci(struct mnd_import *import, const struct mnd_value *value,
		    void *member)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(mnd_kata_container, annotations, "Annotations",
			       mnd_object_object),
		{ "Hooks", refuse_hooks, 0 },
		{ "Linux", read_linux, 0 },
		MND_OBJECT_KEY(mnd_kata_container, mounts, "Mounts",
			       mnd_object_array),
		{ "Process", read_process, 0 },
		SEEN(ROOT, "Root", note),
		SEEN(VERSION, "Version", note),
	};
	static const struct mnd_object_form form = { "\"OCI\"", keys,
						     ARRAY_SIZE(keys), false };

	return mnd_object_read(import, value, &form, member);
}

static int read_container(struct mnd_import *import,
			  const struct mnd_value *value,
			  struct mnd_kata_container *container)
{
	static const struct mnd_object_key keys[] = {
		{ "OCI", read_oci, 0 },
		SEEN(DEVICES, "devices", note_content),
		MND_OBJECT_KEY(mnd_kata_container, exec_commands,
			       "exec_commands", mnd_object_array),
		SEEN(ANNOTATION_PATTERNS, "runtime_anno_patterns",
		     note_content),
		SEEN(SANDBOX_PIDNS, "sandbox_pidns", note),
		MND_OBJECT_KEY(mnd_kata_container, storages, "storages",
			       mnd_object_array),
	};
	static const struct mnd_object_form form = { "a container", keys,
						     ARRAY_SIZE(keys), false };

	memset(container, 0, sizeof(*container));
	container->place = value->place;
	return mnd_object_read(import, value, &form, container);
}

static int read_annotation(struct mnd_import *import,
			   const struct mnd_kata_container *container,
			   const char *key, struct mnd_text *text)
{
	const struct mnd_value *value = NULL;

	memset(text, 0, sizeof(*text));
	if (container->annotations)
		value = mnd_value_find(container->annotations, key);
	return mnd_value_text(import, value, text);
}

/* The container's name is in its annotations, unless it is the pod's own. */
static int find_name(struct mnd_import *import,
		     const struct mnd_kata_container *container,
		     const char **name)
{
	struct mnd_text text, type;
	int err;

	err = read_annotation(import, container, CONTAINER_NAME, &text);
	if (!err)
		err = read_annotation(import, container, CONTAINER_TYPE, &type);
	*name = text.text;
	if (!err && !text.length && type.text && !strcmp(type.text, "sandbox"))
		*name = "pause";
	return err;
}

static int read_annotations(struct mnd_import *import,
			    struct mnd_kata_container *container)
{
	int err;

	container->seen[MND_KATA_ANNOTATIONS] = container->annotations &&
						container->annotations->count;
	err = read_annotation(import, container, SANDBOX_ID,
			      &container->sandbox_id);
	if (!err)
		err = read_annotation(import, container, SANDBOX_NAME,
				      &container->sandbox_name);
	return err ? err :
		     read_annotation(import, container, SANDBOX_NAMESPACE,
				     &container->sandbox_namespace);
}

static int check_container(struct mnd_import *import,
			   const struct mnd_value *value,
			   const struct mnd_kata_container *container)
{
	if (!container->args.count)
		return mnd_value_refuse(import, value,
					"a container needs OCI.Process.Args");
	if (!container->cwd.text)
		return mnd_value_refuse(import, value,
					"a container needs OCI.Process.Cwd");
	if (!container->user)
		return mnd_value_refuse(import, value,
					"a container needs OCI.Process.User");
	return 0;
}

static int read_commands(struct mnd_kata *kata,
			 const struct mnd_kata_container *container,
			 struct mnd_kata_commands *commands)
{
	const struct mnd_value *array = container->exec_commands;
	struct mnd_text text;
	size_t i;
	int err = 0;

	memset(commands, 0, sizeof(*commands));
	for (i = 0; !err && i < mnd_object_count(array); i++) {
		if (array->items[i].type == MND_VALUE_ARRAY) {
			err = mnd_kata_argv(kata, &array->items[i], commands);
			continue;
		}
		err = mnd_value_text(kata->import, &array->items[i], &text);
		if (!err)
			err = mnd_kata_joined(kata, &text, commands);
	}
	return err;
}

/* What joins a container is like it, but for its capabilities. */
static int make_contexts(struct mnd_kata *kata,
			 const struct mnd_kata_container *container,
			 struct mnd_process_rule *entry,
			 const struct mnd_context_rule **exec)
{
	struct mnd_context_rule *contexts;
	int err;

	contexts = mnd_arena_alloc(&kata->import->policy->arena, 2,
				   sizeof(*contexts));
	if (!contexts)
		return mnd_hcsshim_out_of_memory(kata->import);
	err = mnd_kata_context(kata, container, &contexts[0]);
	contexts[1] = contexts[0];
	memset(&contexts[1].capabilities, 0, sizeof(contexts[1].capabilities));
	entry->context = &contexts[0];
	*exec = &contexts[1];
	return err;
}

static int make_subject(struct mnd_kata *kata,
			const struct mnd_kata_container *container,
			struct mnd_subject_source **subject)
{
	struct mnd_hcsshim_container made = { .place = container->place };
	struct mnd_texts layers;
	int err;

	err = find_name(kata->import, container, &made.name);
	if (!err)
		err = mnd_kata_layers(kata, container, &layers);
	if (err)
		return err;
	made.layers = layers.items;
	made.layer_count = layers.count;
	return mnd_kata_subject(kata, &made, subject);
}

static int add_container(struct mnd_kata *kata,
			 const struct mnd_kata_container *container)
{
	struct mnd_process_rule entry = { .argc = 0 };
	const struct mnd_context_rule *exec = NULL;
	struct mnd_subject_source *subject;
	struct mnd_kata_commands commands;
	int err;

	err = make_subject(kata, container, &subject);
	if (!err)
		err = mnd_kata_mounts(kata, container, subject);
	if (!err)
		err = mnd_kata_arguments(kata, container, &entry);
	if (!err)
		err = make_contexts(kata, container, &entry, &exec);
	if (!err)
		err = read_commands(kata, container, &commands);
	return err ? err :
		     mnd_kata_processes(kata, subject, &entry, &commands, exec);
}

/**
 * mnd_kata_container - Add a container of policy_data to the policy
 *
 * @kata: The policy.
 * @value: Container.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is none, or something about it cannot be imported.
 * - -E2BIG: An expression is over a limit of mnd_kata_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_container(struct mnd_kata *kata, const struct mnd_value *value)
{
	struct mnd_kata_container container;
	size_t i;
	int err;

	err = read_container(kata->import, value, &container);
	if (!err)
		err = read_annotations(kata->import, &container);
	if (!err)
		err = check_container(kata->import, value, &container);
	for (i = 0; i < __MND_KATA_FIELD_MAX; i++)
		kata->seen[i] |= container.seen[i];
	return err ? err : add_container(kata, &container);
}
