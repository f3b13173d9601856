// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads containers.
 */

#include "reader.h"
#include "word.h"

/*
 * The keys of a container.  Those of its own process are among them, so they
 * come first: what reads them knows nothing of containers.
 */
struct container_keys {
	struct mnd_process_keys entry;
	struct mnd_subject_source *container;
};

#define CONTAINER "[[container]]"

static int read_name(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *const *container = member;
	int err = mnd_toml_read_name(reader, value, &(*container)->name);

	if (!err && !strcmp((*container)->name, "uvm"))
		return mnd_toml_refuse(reader, value,
				       "is the name of the guest itself");
	return err;
}

static int read_root(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value, void *member)
{
	static const char *const words[] = { "verity", "bound" };
	struct mnd_subject_source *const *container = member;
	size_t choice = 0;
	int err;

	err = mnd_toml_read_choice(reader, value, words, ARRAY_SIZE(words),
				   &choice);
	if (choice)
		(*container)->flags |= MND_SUBJECT_BOUND;
	return err;
}

static int read_descendants(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *const *container = member;
	size_t choice = MND_CLASS_VERIFIED;
	int err;

	err = mnd_toml_read_choice(reader, value, mnd_container_words,
				   __MND_CLASS_MAX, &choice);
	(*container)->class = choice;
	return err;
}

static int read_layers(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *const *container = member;

	return mnd_toml_read_digests(reader, value, &(*container)->layers,
				     &(*container)->layer_count);
}

static int read_shutdown(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *const *container = member;

	return mnd_toml_read_flag(reader, value, &(*container)->flags,
				  MND_SUBJECT_SHUTDOWN);
}

static int read_elevated(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *const *container = member;

	return mnd_toml_read_flag(reader, value, &(*container)->flags,
				  MND_SUBJECT_ELEVATED);
}

static int read_layers_only(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *const *container = member;

	return mnd_toml_read_flag(reader, value, &(*container)->flags,
				  MND_SUBJECT_LAYERS);
}

static int read_include(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *const *container = member;

	return mnd_policy_read_include(reader, value, *container);
}

static int read_mounts(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *const *container = member;

	return mnd_policy_read_mounts(reader, value, *container);
}

static int read_volumes(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *const *container = member;

	return mnd_policy_read_volumes(reader, value, &(*container)->volumes);
}

/* What follows the container's own process, whose context it may inherit. */
static int keep(struct mnd_toml_reader *reader,
		const struct mnd_toml_value *value, void *member)
{
	(void)member;
	return mnd_toml_want(reader, value, MND_TOML_ARRAY);
}

/* In the order in which the source mentions the two keys. */
static int read_processes(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value,
			  struct mnd_subject_source *container)
{
	const struct mnd_context_rule *inherited =
		container->processes[0].context;
	const struct mnd_toml_entry *entry;
	int err = 0;

	for (entry = value->table->first; !err && entry; entry = entry->next) {
		if (!strcmp(entry->key.bytes, "exec_process"))
			err = mnd_policy_read_processes(reader, &entry->value,
							MND_PROCESS_EXEC,
							inherited, container);
		else if (!strcmp(entry->key.bytes, "descendant"))
			err = mnd_policy_read_processes(reader, &entry->value,
							MND_PROCESS_DESCENDANT,
							&mnd_any_context,
							container);
	}
	return err;
}

static int refuse_key(struct mnd_toml_reader *reader,
		      const struct mnd_toml_entry *entry, const char *why)
{
	return mnd_fail(reader->error, entry->key_line, entry->key_column, "%s",
			why);
}

/* A bound container's root is what somebody says, and a verity root its own. */
static int check_root(struct mnd_toml_reader *reader,
		      const struct mnd_toml_value *value,
		      const struct mnd_subject_source *container)
{
	const struct mnd_toml_entry *layers, *descendants;
	int err;

	layers = mnd_toml_find(value->table, "layers");
	if (!(container->flags & MND_SUBJECT_BOUND))
		return mnd_toml_require(reader, value,
					CONTAINER " with root = \"verity\"",
					"layers");
	if (layers)
		return refuse_key(reader, layers,
				  "root = \"bound\" allows no \"layers\"");
	err = mnd_toml_require(reader, value, CONTAINER, "descendants");
	if (err || container->class != MND_CLASS_VERIFIED)
		return err;
	descendants = mnd_toml_find(value->table, "descendants");
	return mnd_toml_refuse(reader, &descendants->value,
			       "must be \"listed\" or \"any\": root is bound");
}

static bool has_key(const struct mnd_toml_form *form,
		    const struct mnd_toml_string *name)
{
	size_t i;

	for (i = 0; i < form->count; i++)
		if (!strcmp(form->keys[i].name, name->bytes))
			return true;
	return false;
}

/* Without a command nothing is ever started in it. */
static int check_no_process(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value,
			    const struct mnd_subject_source *container)
{
	const struct mnd_toml_entry *entry;

	if (container->flags & MND_SUBJECT_BOUND)
		return mnd_toml_require(reader, value, CONTAINER, "command");
	for (entry = value->table->first; entry; entry = entry->next)
		if (has_key(&mnd_entry_form, &entry->key) ||
		    has_key(&mnd_context_form, &entry->key) ||
		    !strcmp(entry->key.bytes, "exec_process") ||
		    !strcmp(entry->key.bytes, "descendant"))
			return refuse_key(reader, entry, "needs a \"command\"");
	return 0;
}

static const struct mnd_toml_key container_keys[] = {
	{ "descendant", keep },
	{ "descendants", read_descendants,
	  offsetof(struct container_keys, container) },
	{ "elevated", read_elevated,
	  offsetof(struct container_keys, container) },
	{ "exec_process", keep },
	{ "include", read_include, offsetof(struct container_keys, container) },
	{ "layers", read_layers, offsetof(struct container_keys, container) },
	{ "layers_only", read_layers_only,
	  offsetof(struct container_keys, container) },
	{ "mount", read_mounts, offsetof(struct container_keys, container) },
	{ "name", read_name, offsetof(struct container_keys, container), true },
	{ "root", read_root, offsetof(struct container_keys, container), true },
	{ "shutdown", read_shutdown,
	  offsetof(struct container_keys, container) },
	{ "volume", read_volumes, offsetof(struct container_keys, container) },
};

static int begin(struct mnd_toml_reader *reader,
		 const struct mnd_toml_table *table,
		 struct mnd_subject_source *container)
{
	size_t count = 1 + mnd_toml_count(table, "exec_process") +
		       mnd_toml_count(table, "descendant");

	container->flags = MND_SUBJECT_SHUTDOWN;
	container->processes = mnd_arena_alloc(&reader->policy->arena, count,
					       sizeof(*container->processes));
	if (!container->processes)
		return mnd_toml_out_of_memory(reader);
	container->processes[0].flags = MND_ROLE_ENTRY | MND_ROLE_INSIDE;
	return mnd_policy_begin_mounts(reader, table, container);
}

static int read_container(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value,
			  struct mnd_subject_source *container)
{
	static const struct mnd_toml_form form = { CONTAINER, container_keys,
						   ARRAY_SIZE(container_keys),
						   &mnd_entry_form };
	struct container_keys keys = { .container = container };
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_TABLE);
	if (!err)
		err = begin(reader, value->table, container);
	if (err)
		return err;
	container->place = mnd_toml_place(value);
	keys.entry.rule = &container->processes[0];
	err = mnd_policy_make_context(reader, value, &mnd_any_context,
				      &keys.entry);
	if (!err)
		err = mnd_toml_read_table(reader, value, &form, &keys);
	if (!err)
		err = check_root(reader, value, container);
	if (err)
		return err;
	if (!mnd_toml_find(value->table, "command"))
		return check_no_process(reader, value, container);
	container->process_count = 1;
	err = mnd_policy_check_process(reader, value, keys.entry.rule);
	return err ? err : read_processes(reader, value, container);
}

/**
 * mnd_policy_read_containers - Read the key "container"
 *
 * @reader: Reader.
 * @value: Value.
 * @policy: The struct mnd_policy_source.
 *
 * Return: 0, -EINVAL, -ENOMEM, or -E2BIG: an expression is too large.
 */
int mnd_policy_read_containers(struct mnd_toml_reader *reader,
			       const struct mnd_toml_value *value, void *policy)
{
	struct mnd_policy_source *source = policy;
	void *items;
	size_t i;
	int err;

	err = mnd_toml_read_array(reader, value, sizeof(*source->containers),
				  &items, &source->container_count);
	if (err)
		return err;
	source->containers = items;
	if (source->container_count >= MND_SUBJECT_MAX)
		return mnd_toml_refuse(reader, value, "too many containers");
	for (i = 0; !err && i < source->container_count; i++)
		err = read_container(reader, &value->array->items[i],
				     &source->containers[i]);
	return err;
}
