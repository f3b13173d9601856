// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads a policy in mandate's own language, which is TOML with a fixed set of
 * keys.  Documentation/policy-language.rst describes it.
 */

#include <stdio.h>

#include "include_set.h"
#include "policy.h"
#include "signal_name.h"
#include "toml.h"

/* A source on its way into a policy. */
struct reader {
	struct mnd_policy_source *policy;
	struct mnd_error *error;
};

/* A key that a table may have, and what reads its value into @into. */
struct key {
	const char *name;
	int (*read)(struct reader *reader, const struct mnd_toml_value *value,
		    void *into);
	bool required;
};

/* The keys that a table may have; @what names it in messages. */
struct form {
	const char *what;
	const struct key *keys;
	size_t count;
};

/**
 * mnd_is_name - Ask whether a text can be a name
 *
 * @text: Text.
 * @length: Of @text, in bytes.
 *
 * Return: Whether it has 1 to 255 printable ASCII characters and no blank.
 */
bool mnd_is_name(const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	return length && length <= MND_NAME_SIZE_MAX;
}

static int fail_at(struct reader *reader, const struct mnd_toml_value *value,
		   const char *text)
{
	return mnd_fail(reader->error, value->line, value->column, "%s", text);
}

static int out_of_memory(struct reader *reader)
{
	mnd_fail(reader->error, 0, 0, "out of memory");
	return -ENOMEM;
}

static int want(struct reader *reader, const struct mnd_toml_value *value,
		enum mnd_toml_type type)
{
	if (value->type == type)
		return 0;
	return mnd_fail(reader->error, value->line, value->column,
			"must be %s, not %s", mnd_toml_type_name(type),
			mnd_toml_type_name(value->type));
}

/* A copy of a string that has no NUL inside. */
static int read_string(struct reader *reader,
		       const struct mnd_toml_value *value, const char **text)
{
	int err = want(reader, value, MND_TOML_STRING);

	if (err)
		return err;
	if (mnd_toml_has_nul(&value->string))
		return fail_at(reader, value, "contains a NUL");
	*text = mnd_arena_copy(&reader->policy->arena, value->string.bytes,
			       value->string.length);
	return *text ? 0 : out_of_memory(reader);
}

#define NAME_FORM "must be 1 to 255 printable ASCII characters without blanks"

static int read_name(struct reader *reader, const struct mnd_toml_value *value,
		     void *into)
{
	int err = want(reader, value, MND_TOML_STRING);

	if (err)
		return err;
	if (!mnd_is_name(value->string.bytes, value->string.length))
		return fail_at(reader, value, NAME_FORM);
	return read_string(reader, value, into);
}

static const struct key *find_key(const struct form *form,
				  const struct mnd_toml_string *name)
{
	const struct key *key;
	size_t i;

	for (i = 0; i < form->count; i++) {
		key = &form->keys[i];
		if (strlen(key->name) == name->length &&
		    !memcmp(key->name, name->bytes, name->length))
			return key;
	}
	return NULL;
}

static int unknown_key(struct reader *reader,
		       const struct mnd_toml_entry *entry, const char *what)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(entry->key.bytes, entry->key.length, quoted);
	return mnd_fail(reader->error, entry->key_line, entry->key_column,
			"unknown key %s in %s", quoted, what);
}

/* Whether @table has all keys that @form requires. */
static int require_keys(struct reader *reader,
			const struct mnd_toml_value *table,
			const struct form *form)
{
	const struct key *key;
	size_t i;

	for (i = 0; i < form->count; i++) {
		key = &form->keys[i];
		if (key->required && !mnd_toml_find(table->table, key->name))
			return mnd_fail(reader->error, table->line,
					table->column, "%s has no \"%s\"",
					form->what, key->name);
	}
	return 0;
}

static int read_table(struct reader *reader, const struct mnd_toml_value *value,
		      const struct form *form, void *into)
{
	const struct mnd_toml_entry *entry;
	const struct key *key;
	int err;

	err = want(reader, value, MND_TOML_TABLE);
	if (err)
		return err;
	for (entry = value->table->first; entry; entry = entry->next) {
		key = find_key(form, &entry->key);
		if (!key)
			return unknown_key(reader, entry, form->what);
		err = key->read(reader, &entry->value, into);
		if (err)
			return err;
	}
	return require_keys(reader, value, form);
}

static int read_array(struct reader *reader, const struct mnd_toml_value *value,
		      size_t size, void **items, size_t *count)
{
	int err = want(reader, value, MND_TOML_ARRAY);

	if (err)
		return err;
	*count = value->array->count;
	*items = mnd_arena_alloc(&reader->policy->arena, *count, size);
	return *items ? 0 : out_of_memory(reader);
}

static void set_place(struct mnd_place *place,
		      const struct mnd_toml_value *value)
{
	place->line = value->line;
	place->column = value->column;
}

static int read_re2(struct reader *reader, const struct mnd_toml_value *value,
		    void *into)
{
	struct mnd_match_rule *rule = into;
	int err;

	rule->matching = MND_MATCHING_RE2;
	rule->length = value->type == MND_TOML_STRING ? value->string.length :
							0;
	err = read_string(reader, value, &rule->text);
	set_place(&rule->place, value);
	return err;
}

static int read_any(struct reader *reader, const struct mnd_toml_value *value,
		    void *into)
{
	struct mnd_match_rule *rule = into;
	int err = want(reader, value, MND_TOML_BOOLEAN);

	if (err)
		return err;
	if (!value->boolean)
		return fail_at(reader, value, "must be true");
	rule->matching = MND_MATCHING_ANY;
	return 0;
}

#define MATCH_FORMS "must be a string, { re2 = \"...\" } or { any = true }"

/*
 * "text" is to be equal, { re2 = "expression" } to match, { any = true } takes
 * all.
 */
static int read_match(struct reader *reader, const struct mnd_toml_value *value,
		      void *into)
{
	static const struct key keys[] = {
		{ "any", read_any, false },
		{ "re2", read_re2, false },
	};
	static const struct form form = { "a pattern", keys, ARRAY_SIZE(keys) };
	struct mnd_match_rule *rule = into;

	if (value->type == MND_TOML_TABLE && value->table->count == 1)
		return read_table(reader, value, &form, rule);
	if (value->type != MND_TOML_STRING)
		return fail_at(reader, value, MATCH_FORMS);
	rule->matching = MND_MATCHING_EXACT;
	rule->length = value->string.length;
	set_place(&rule->place, value);
	return read_string(reader, value, &rule->text);
}

static int read_signal(struct reader *reader,
		       const struct mnd_toml_value *value, u64 *signals)
{
	const char *name;
	int number, err;

	if (value->type == MND_TOML_STRING) {
		err = read_string(reader, value, &name);
		if (err)
			return err;
		number = mnd_signal_parse(name);
	} else {
		err = want(reader, value, MND_TOML_INTEGER);
		if (err)
			return err;
		number = value->integer < 1 || value->integer > MND_SIGNAL_MAX ?
				 -EINVAL :
				 (int)value->integer;
	}
	if (number < 0)
		return fail_at(reader, value,
			       "must be a signal: a name or 1 to 64");
	*signals |= 1ULL << (number - 1);
	return 0;
}

static int read_signals(struct reader *reader,
			const struct mnd_toml_value *value, void *into)
{
	struct mnd_process_rule *process = into;
	size_t i;
	int err;

	err = want(reader, value, MND_TOML_ARRAY);
	process->flags &= ~MND_PROCESS_KEEP_SIGNALS;
	for (i = 0; !err && i < value->array->count; i++)
		err = read_signal(reader, &value->array->items[i],
				  &process->signals);
	return err;
}

static int read_command(struct reader *reader,
			const struct mnd_toml_value *value, void *into)
{
	struct mnd_process_rule *process = into;
	void *items;
	size_t i;
	int err;

	err = read_array(reader, value, sizeof(*process->argv), &items,
			 &process->argc);
	if (err)
		return err;
	process->argv = items;
	set_place(&process->place, value);
	if (!process->argc)
		return fail_at(reader, value, "must have at least one string");
	if (process->argc > MND_ARGC_MAX)
		return fail_at(reader, value, "has too many strings");
	for (i = 0; !err && i < process->argc; i++)
		err = read_match(reader, &value->array->items[i],
				 &process->argv[i]);
	return err;
}

static int read_file(struct reader *reader, const struct mnd_toml_value *value,
		     void *into)
{
	struct mnd_process_rule *process = into;

	return read_match(reader, value, &process->file);
}

#define NEEDS_FILE \
	"a program that is no absolute path and no bare name needs a \"file\""

/* Without a file the first argument says which one it is. */
static int check_process(struct reader *reader,
			 const struct mnd_process_rule *process)
{
	const struct mnd_match_rule *program = &process->argv[0];

	if (process->file.matching != MND_MATCHING_ANY)
		return 0;
	if (program->matching == MND_MATCHING_EXACT && program->length &&
	    (program->text[0] == '/' ||
	     !memchr(program->text, '/', program->length)))
		return 0;
	return mnd_fail(reader->error, program->place.line,
			program->place.column, NEEDS_FILE);
}

/* The last key is a container's: nobody is outside of the UVM. */
static int read_process(struct reader *reader,
			const struct mnd_toml_value *value, const char *what,
			bool of_uvm, struct mnd_process_rule *process)
{
	static const struct key keys[] = {
		{ "command", read_command, true },
		{ "file", read_file, false },
		{ "signals", read_signals, false },
	};
	const struct form form = { what, keys, ARRAY_SIZE(keys) - of_uvm };
	int err;

	err = read_table(reader, value, &form, process);
	return err ? err : check_process(reader, process);
}

#define OPTIONS "must be nodev, noexec, nosuid, nosymfollow or ro"

static int read_options(struct reader *reader,
			const struct mnd_toml_value *value, void *into)
{
	static const struct {
		const char *name;
		u32 flag;
	} known[] = {
		{ "nodev", MND_MOUNT_NODEV },
		{ "noexec", MND_MOUNT_NOEXEC },
		{ "nosuid", MND_MOUNT_NOSUID },
		{ "nosymfollow", MND_MOUNT_NOSYMFOLLOW },
		{ "ro", MND_MOUNT_RO },
	};
	struct mnd_mount_rule *mount = into;
	const char *name;
	size_t i, j;
	int err;

	err = want(reader, value, MND_TOML_ARRAY);
	if (err)
		return err;
	for (i = 0; i < value->array->count; i++) {
		err = read_string(reader, &value->array->items[i], &name);
		if (err)
			return err;
		for (j = 0; j < ARRAY_SIZE(known); j++)
			if (!strcmp(known[j].name, name))
				break;
		if (j == ARRAY_SIZE(known))
			return fail_at(reader, &value->array->items[i],
				       OPTIONS);
		mount->flags |= known[j].flag;
	}
	return 0;
}

static int read_boolean(struct reader *reader,
			const struct mnd_toml_value *value, u32 *flags,
			u32 flag)
{
	int err = want(reader, value, MND_TOML_BOOLEAN);

	if (err)
		return err;
	*flags = value->boolean ? *flags | flag : *flags & ~flag;
	return 0;
}

static int read_remount(struct reader *reader,
			const struct mnd_toml_value *value, void *into)
{
	struct mnd_mount_rule *mount = into;

	return read_boolean(reader, value, &mount->flags, MND_MOUNT_REMOUNT);
}

static int read_type(struct reader *reader, const struct mnd_toml_value *value,
		     void *into)
{
	struct mnd_mount_rule *mount = into;

	return read_name(reader, value, &mount->type);
}

static int read_source(struct reader *reader,
		       const struct mnd_toml_value *value, void *into)
{
	struct mnd_mount_rule *mount = into;

	return read_match(reader, value, &mount->source);
}

static int read_target(struct reader *reader,
		       const struct mnd_toml_value *value, void *into)
{
	struct mnd_mount_rule *mount = into;

	return read_match(reader, value, &mount->target);
}

/* Which of several words @value is. */
static int read_choice(struct reader *reader,
		       const struct mnd_toml_value *value,
		       const char *const *words, size_t count, size_t *choice)
{
	const char *word;
	char list[80] = "";
	size_t i, used = 0;
	int err;

	err = read_string(reader, value, &word);
	if (err)
		return err;
	for (i = 0; i < count; i++) {
		if (!strcmp(words[i], word)) {
			*choice = i;
			return 0;
		}
		used += (size_t)snprintf(list + used, sizeof(list) - used,
					 "%s\"%s\"", i ? " or " : "", words[i]);
	}
	return mnd_fail(reader->error, value->line, value->column, "must be %s",
			list);
}

static int read_when(struct reader *reader, const struct mnd_toml_value *value,
		     void *into)
{
	static const char *const words[] = { "setup", "run" };
	struct mnd_mount_rule *mount = into;
	size_t choice = 0;
	int err;

	err = read_choice(reader, value, words, ARRAY_SIZE(words), &choice);
	mount->flags &= ~MND_MOUNT_PHASES;
	mount->flags |= choice ? MND_MOUNT_RUN : MND_MOUNT_SETUP;
	return err;
}

/* The last key is a container's: the UVM's namespaces are always set up. */
static int read_mount(struct reader *reader, const struct mnd_toml_value *value,
		      const char *what, bool of_uvm,
		      struct mnd_mount_rule *mount)
{
	static const struct key keys[] = {
		{ "options", read_options, false },
		{ "remount", read_remount, false },
		{ "source", read_source, false },
		{ "target", read_target, true },
		{ "type", read_type, true },
		{ "when", read_when, false },
	};
	const struct form form = { what, keys, ARRAY_SIZE(keys) - of_uvm };
	int err;

	mount->flags = MND_MOUNT_UMOUNT | MND_MOUNT_PHASES;
	set_place(&mount->place, value);
	err = read_table(reader, value, &form, mount);
	if (err)
		return err;
	mount->flags |= strcmp(mount->type, "bind") ? MND_MOUNT_NEW :
						      MND_MOUNT_BIND;
	return 0;
}

/*
 * Subjects.  Their rules are counted before they are read, because they come
 * from several keys and an arena does not grow an array.
 */

static size_t count_items(const struct mnd_toml_table *table, const char *key)
{
	const struct mnd_toml_entry *entry = mnd_toml_find(table, key);

	if (!entry || entry->value.type != MND_TOML_ARRAY)
		return 0;
	return entry->value.array->count;
}

static const struct mnd_include_set *
find_include(const struct mnd_toml_value *value, bool for_uvm)
{
	const struct mnd_include_set *set;

	if (value->type != MND_TOML_STRING || mnd_toml_has_nul(&value->string))
		return NULL;
	set = mnd_include_find(value->string.bytes);
	return set && set->for_uvm == for_uvm ? set : NULL;
}

static size_t count_included(const struct mnd_toml_table *table, bool for_uvm)
{
	const struct mnd_toml_entry *entry = mnd_toml_find(table, "include");
	const struct mnd_include_set *set;
	size_t count = 0;
	size_t i;

	if (!entry || entry->value.type != MND_TOML_ARRAY)
		return 0;
	for (i = 0; i < entry->value.array->count; i++) {
		set = find_include(&entry->value.array->items[i], for_uvm);
		count += set ? set->count : 0;
	}
	return count;
}

static void add_included(struct mnd_subject_source *subject,
			 const struct mnd_include_set *set,
			 const struct mnd_toml_value *value)
{
	size_t i;

	for (i = 0; i < set->count; i++) {
		struct mnd_mount_rule *mount =
			&subject->mounts[subject->mount_count++];

		*mount = set->mounts[i];
		if (value)
			set_place(&mount->place, value);
		else
			mount->place = subject->place;
	}
}

static int read_include(struct reader *reader,
			const struct mnd_toml_value *value,
			struct mnd_subject_source *subject, bool for_uvm)
{
	const struct mnd_include_set *set;
	size_t i;
	int err;

	err = want(reader, value, MND_TOML_ARRAY);
	for (i = 0; !err && i < value->array->count; i++) {
		set = find_include(&value->array->items[i], for_uvm);
		if (!set)
			return fail_at(reader, &value->array->items[i],
				       for_uvm ? "must be \"uvm-base\"" :
						 "must be \"oci-mounts\"");
		add_included(subject, set, &value->array->items[i]);
	}
	return err;
}

/* Reads an array of process rules that @role may start. */
static int read_processes(struct reader *reader,
			  const struct mnd_toml_value *value,
			  struct mnd_subject_source *subject, u32 role,
			  const char *what)
{
	size_t i;
	int err;

	err = want(reader, value, MND_TOML_ARRAY);
	for (i = 0; !err && i < value->array->count; i++) {
		struct mnd_process_rule *process =
			&subject->processes[subject->process_count++];

		process->flags = role;
		err = read_process(reader, &value->array->items[i], what,
				   subject == &reader->policy->uvm, process);
	}
	return err;
}

static int read_mounts(struct reader *reader,
		       const struct mnd_toml_value *value,
		       struct mnd_subject_source *subject, const char *what)
{
	size_t i;
	int err;

	err = want(reader, value, MND_TOML_ARRAY);
	for (i = 0; !err && i < value->array->count; i++)
		err = read_mount(reader, &value->array->items[i], what,
				 subject == &reader->policy->uvm,
				 &subject->mounts[subject->mount_count++]);
	return err;
}

static int alloc_rules(struct reader *reader,
		       struct mnd_subject_source *subject, size_t processes,
		       size_t mounts)
{
	struct mnd_arena *arena = &reader->policy->arena;

	subject->processes =
		mnd_arena_alloc(arena, processes, sizeof(*subject->processes));
	subject->mounts =
		mnd_arena_alloc(arena, mounts, sizeof(*subject->mounts));
	if (!subject->processes || !subject->mounts)
		return out_of_memory(reader);
	return 0;
}

static int read_uvm_class(struct reader *reader,
			  const struct mnd_toml_value *value, void *into)
{
	static const char *const words[] = { "verified", "listed", "free" };
	struct mnd_subject_source *uvm = into;
	size_t choice = 0;
	int err;

	err = read_choice(reader, value, words, ARRAY_SIZE(words), &choice);
	uvm->class = MND_CLASS_VERIFIED + choice;
	return err;
}

static int read_uvm_include(struct reader *reader,
			    const struct mnd_toml_value *value, void *into)
{
	return read_include(reader, value, into, true);
}

static int read_uvm_mounts(struct reader *reader,
			   const struct mnd_toml_value *value, void *into)
{
	return read_mounts(reader, value, into, "[[uvm.mount]]");
}

static int read_uvm_processes(struct reader *reader,
			      const struct mnd_toml_value *value, void *into)
{
	return read_processes(reader, value, into,
			      MND_ROLE_INSIDE | MND_PROCESS_KEEP_SIGNALS,
			      "[[uvm.process]]");
}

/* Room for the rules of @table, which is NULL if the policy has no [uvm]. */
static int begin_uvm(struct reader *reader, struct mnd_subject_source *uvm,
		     const struct mnd_toml_table *table)
{
	const struct mnd_include_set *base = mnd_include_find("uvm-base");
	size_t processes = table ? count_items(table, "process") : 0;
	size_t mounts = base->count;
	int err;

	if (table)
		mounts += count_items(table, "mount") +
			  count_included(table, true);
	err = alloc_rules(reader, uvm, processes, mounts);
	if (err)
		return err;
	if (!table || !mnd_toml_find(table, "include"))
		add_included(uvm, base, NULL);
	return 0;
}

static int read_uvm(struct reader *reader, const struct mnd_toml_value *value,
		    void *into)
{
	static const struct key keys[] = {
		{ "class", read_uvm_class, false },
		{ "include", read_uvm_include, false },
		{ "mount", read_uvm_mounts, false },
		{ "process", read_uvm_processes, false },
	};
	static const struct form form = { "[uvm]", keys, ARRAY_SIZE(keys) };
	struct mnd_policy_source *policy = into;
	struct mnd_subject_source *uvm = &policy->uvm;
	int err;

	err = want(reader, value, MND_TOML_TABLE);
	if (err)
		return err;
	set_place(&uvm->place, value);
	err = begin_uvm(reader, uvm, value->table);
	if (err)
		return err;
	err = read_table(reader, value, &form, uvm);
	if (err)
		return err;
	if (uvm->process_count && uvm->class != MND_CLASS_LISTED)
		return fail_at(reader, value,
			       "[[uvm.process]] needs class = \"listed\"");
	return 0;
}

static int read_root(struct reader *reader, const struct mnd_toml_value *value,
		     void *into)
{
	static const char *const words[] = { "bound" };
	struct mnd_subject_source *container = into;
	size_t choice;

	container->flags |= MND_SUBJECT_BOUND;
	return read_choice(reader, value, words, ARRAY_SIZE(words), &choice);
}

static int read_descendants(struct reader *reader,
			    const struct mnd_toml_value *value, void *into)
{
	static const char *const words[] = { "listed", "any" };
	struct mnd_subject_source *container = into;
	size_t choice = 0;
	int err;

	err = read_choice(reader, value, words, ARRAY_SIZE(words), &choice);
	container->class = choice ? MND_CLASS_FREE : MND_CLASS_LISTED;
	return err;
}

static int read_shutdown(struct reader *reader,
			 const struct mnd_toml_value *value, void *into)
{
	struct mnd_subject_source *container = into;

	return read_boolean(reader, value, &container->flags,
			    MND_SUBJECT_SHUTDOWN);
}

static int read_container_name(struct reader *reader,
			       const struct mnd_toml_value *value, void *into)
{
	struct mnd_subject_source *container = into;
	int err = read_name(reader, value, &container->name);

	if (!err && !strcmp(container->name, "uvm"))
		return fail_at(reader, value,
			       "is the name of the guest itself");
	return err;
}

static int read_container_include(struct reader *reader,
				  const struct mnd_toml_value *value,
				  void *into)
{
	return read_include(reader, value, into, false);
}

static int read_container_mounts(struct reader *reader,
				 const struct mnd_toml_value *value, void *into)
{
	return read_mounts(reader, value, into, "[[container.mount]]");
}

static int read_exec_processes(struct reader *reader,
			       const struct mnd_toml_value *value, void *into)
{
	return read_processes(reader, value, into,
			      MND_ROLE_EXEC | MND_ROLE_INSIDE,
			      "[[container.exec_process]]");
}

static int read_descendant(struct reader *reader,
			   const struct mnd_toml_value *value, void *into)
{
	return read_processes(reader, value, into,
			      MND_ROLE_INSIDE | MND_PROCESS_KEEP_SIGNALS,
			      "[[container.descendant]]");
}

/* The container's own process is its first rule. */
static int read_entry_command(struct reader *reader,
			      const struct mnd_toml_value *value, void *into)
{
	struct mnd_subject_source *container = into;

	return read_command(reader, value, &container->processes[0]);
}

static int read_entry_file(struct reader *reader,
			   const struct mnd_toml_value *value, void *into)
{
	struct mnd_subject_source *container = into;

	return read_file(reader, value, &container->processes[0]);
}

static int read_entry_signals(struct reader *reader,
			      const struct mnd_toml_value *value, void *into)
{
	struct mnd_subject_source *container = into;

	return read_signals(reader, value, &container->processes[0]);
}

static int read_container(struct reader *reader,
			  const struct mnd_toml_value *value,
			  struct mnd_subject_source *container)
{
	static const struct key keys[] = {
		{ "command", read_entry_command, true },
		{ "descendant", read_descendant, false },
		{ "descendants", read_descendants, true },
		{ "exec_process", read_exec_processes, false },
		{ "file", read_entry_file, false },
		{ "include", read_container_include, false },
		{ "mount", read_container_mounts, false },
		{ "name", read_container_name, true },
		{ "root", read_root, true },
		{ "shutdown", read_shutdown, false },
		{ "signals", read_entry_signals, false },
	};
	static const struct form form = { "[[container]]", keys,
					  ARRAY_SIZE(keys) };
	int err;

	err = want(reader, value, MND_TOML_TABLE);
	if (err)
		return err;
	err = alloc_rules(reader, container,
			  1 + count_items(value->table, "exec_process") +
				  count_items(value->table, "descendant"),
			  count_items(value->table, "mount") +
				  count_included(value->table, false));
	if (err)
		return err;
	set_place(&container->place, value);
	container->flags = MND_SUBJECT_SHUTDOWN;
	container->process_count = 1;
	container->processes[0].flags = MND_ROLE_ENTRY | MND_ROLE_INSIDE;
	err = read_table(reader, value, &form, container);
	return err ? err : check_process(reader, &container->processes[0]);
}

static int read_containers(struct reader *reader,
			   const struct mnd_toml_value *value, void *into)
{
	struct mnd_policy_source *policy = into;
	void *items;
	size_t i;
	int err;

	err = read_array(reader, value, sizeof(*policy->containers), &items,
			 &policy->container_count);
	if (err)
		return err;
	policy->containers = items;
	if (policy->container_count >= MND_SUBJECT_MAX)
		return fail_at(reader, value, "too many containers");
	for (i = 0; !err && i < policy->container_count; i++)
		err = read_container(reader, &value->array->items[i],
				     &policy->containers[i]);
	return err;
}

static int read_policy_name(struct reader *reader,
			    const struct mnd_toml_value *value, void *into)
{
	struct mnd_policy_source *policy = into;

	return read_name(reader, value, &policy->name);
}

static int read_svn(struct reader *reader, const struct mnd_toml_value *value,
		    void *into)
{
	struct mnd_policy_source *policy = into;
	int err = want(reader, value, MND_TOML_INTEGER);

	if (err)
		return err;
	if (value->integer < 0)
		return fail_at(reader, value, "must not be negative");
	policy->svn = (u64)value->integer;
	return 0;
}

static int read_policy(struct reader *reader, const struct mnd_toml *toml)
{
	static const struct key keys[] = {
		{ "container", read_containers, false },
		{ "name", read_policy_name, true },
		{ "svn", read_svn, false },
		{ "uvm", read_uvm, false },
	};
	static const struct form form = { "a policy", keys, ARRAY_SIZE(keys) };
	const struct mnd_toml_value root = {
		.type = MND_TOML_TABLE,
		.line = 1,
		.column = 1,
		.table = (struct mnd_toml_table *)mnd_toml_root(toml),
	};
	int err;

	reader->policy->uvm.name = "uvm";
	set_place(&reader->policy->uvm.place, &root);
	err = read_table(reader, &root, &form, reader->policy);
	if (err || mnd_toml_find(root.table, "uvm"))
		return err;
	return begin_uvm(reader, &reader->policy->uvm, NULL);
}

/**
 * mnd_policy_read - Read a policy in mandate's own language
 *
 * @text: Source.
 * @length: Of @text, in bytes.
 * @policy: Written; to be released by mnd_policy_release(), also after an
 *	error.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: The source is not a policy.
 * - -ENOMEM: Out of memory.
 */
int mnd_policy_read(const char *text, size_t length,
		    struct mnd_policy_source *policy, struct mnd_error *error)
{
	struct reader reader = { .policy = policy, .error = error };
	struct mnd_toml *toml;
	int err;

	memset(policy, 0, sizeof(*policy));
	err = mnd_toml_parse(text, length, &toml, error);
	if (err)
		return err;
	err = read_policy(&reader, toml);
	mnd_toml_free(toml);
	return err;
}

/**
 * mnd_policy_release - Free what a policy holds
 *
 * @policy: Policy.
 */
void mnd_policy_release(struct mnd_policy_source *policy)
{
	mnd_arena_free(&policy->arena);
	memset(policy, 0, sizeof(*policy));
}
