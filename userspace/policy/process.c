// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads process rules: arguments, file and signals, and what else the process
 * has to be like.
 */

#include "reader.h"
#include "../signal_name.h"

static int read_signal(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, u64 *signals)
{
	const char *name;
	int number, err;

	if (value->type == MND_TOML_STRING) {
		err = mnd_toml_read_string(reader, value, &name);
		if (err)
			return err;
		number = mnd_signal_parse(name);
	} else {
		err = mnd_toml_want(reader, value, MND_TOML_INTEGER);
		if (err)
			return err;
		number = value->integer < 1 || value->integer > MND_SIGNAL_MAX ?
				 -EINVAL :
				 (int)value->integer;
	}
	if (number < 0)
		return mnd_toml_refuse(reader, value,
				       "must be a signal: a name or 1 to 64");
	*signals |= 1ULL << (number - 1);
	return 0;
}

static int read_signals(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	struct mnd_process_rule *rule = *(struct mnd_process_rule **)member;
	size_t i;
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_ARRAY);
	rule->flags &= ~MND_PROCESS_KEEP_SIGNALS;
	for (i = 0; !err && i < value->array->count; i++)
		err = read_signal(reader, &value->array->items[i],
				  &rule->signals);
	return err;
}

static int read_command(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	struct mnd_process_rule *rule = *(struct mnd_process_rule **)member;
	void *items;
	size_t i;
	int err;

	err = mnd_toml_read_array(reader, value, sizeof(*rule->argv), &items,
				  &rule->argc);
	if (err)
		return err;
	rule->argv = items;
	rule->place = mnd_toml_place(value);
	if (rule->argc > MND_ARGC_MAX)
		return mnd_toml_refuse(reader, value, "has too many strings");
	for (i = 0; !err && i < rule->argc; i++)
		err = mnd_policy_read_match(reader, &value->array->items[i],
					    &rule->argv[i]);
	return err;
}

static int read_file(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value, void *member)
{
	struct mnd_process_rule *rule = *(struct mnd_process_rule **)member;

	return mnd_policy_read_match(reader, value, &rule->file);
}

#define RULE offsetof(struct mnd_process_keys, rule)

/* The last key is a container's: nobody is outside of the UVM. */
static const struct mnd_toml_key process_keys[] = {
	{ "command", read_command, RULE },
	{ "file", read_file, RULE },
	{ "signals", read_signals, RULE },
};

const struct mnd_toml_form mnd_entry_form = {
	.keys = process_keys,
	.count = ARRAY_SIZE(process_keys),
	.more = &mnd_context_form,
};

static const struct {
	u32 flags;
	struct mnd_toml_form form;
} kinds[] = {
	[MND_PROCESS_EXEC] = {
		MND_ROLE_EXEC | MND_ROLE_INSIDE,
		{ "[[container.exec_process]]", process_keys, 3,
		  &mnd_context_form },
	},
	[MND_PROCESS_DESCENDANT] = {
		MND_ROLE_INSIDE | MND_PROCESS_KEEP_SIGNALS,
		{ "[[container.descendant]]", process_keys, 3,
		  &mnd_context_form },
	},
	[MND_PROCESS_UVM] = {
		MND_ROLE_INSIDE | MND_PROCESS_KEEP_SIGNALS,
		{ "[[uvm.process]]", process_keys, 2, &mnd_context_form },
	},
	[MND_PROCESS_EXTERNAL] = {
		MND_ROLE_EXTERNAL | MND_ROLE_INSIDE | MND_PROCESS_KEEP_SIGNALS,
		{ "[[uvm.external_process]]", process_keys, 2,
		  &mnd_external_form },
	},
};

#define NEEDS_FILE \
	"a program that is no absolute path and no bare name needs a \"file\""

/**
 * mnd_policy_check_process - Make sure that a rule says which file it is about
 *
 * Without a "file" the first argument does.  { any = true } says that nobody
 * is to say it: then only an agent can ask for the process.
 *
 * @reader: Reader.
 * @value: Table that the rule was read from.
 * @rule: Rule.
 *
 * Return: 0 or -EINVAL.
 */
int mnd_policy_check_process(struct mnd_toml_reader *reader,
			     const struct mnd_toml_value *value,
			     const struct mnd_process_rule *rule)
{
	const struct mnd_match_rule *program = &rule->argv[0];

	if (mnd_toml_find(value->table, "file"))
		return 0;
	if (!rule->argc)
		return mnd_fail(reader->error, rule->place.line,
				rule->place.column,
				"must have at least one string");
	if (program->matching == MND_MATCHING_EXACT && program->length &&
	    (program->text[0] == '/' ||
	     !memchr(program->text, '/', program->length)))
		return 0;
	return mnd_fail(reader->error, program->place.line,
			program->place.column, NEEDS_FILE);
}

static bool has_context_key(const struct mnd_toml_table *table)
{
	size_t i;

	for (i = 0; i < mnd_context_form.count; i++)
		if (mnd_toml_find(table, mnd_context_form.keys[i].name))
			return true;
	return false;
}

/**
 * mnd_policy_make_context - Give a rule its context
 *
 * @reader: Reader.
 * @value: Table that the rule is going to be read from.
 * @context: What holds for keys that it does not have.
 * @keys: Keys of the rule, which is written; the context is one of its own if
 *	the table has keys about it.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_policy_make_context(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value,
			    const struct mnd_context_rule *context,
			    struct mnd_process_keys *keys)
{
	keys->rule->context = context;
	if (!has_context_key(value->table))
		return 0;
	keys->context = mnd_arena_alloc(&reader->policy->arena, 1,
					sizeof(*keys->context));
	if (!keys->context)
		return mnd_toml_out_of_memory(reader);
	*keys->context = *context;
	keys->rule->context = keys->context;
	return 0;
}

static int read_process(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value,
			const struct mnd_toml_form *form,
			const struct mnd_context_rule *context,
			struct mnd_process_rule *rule)
{
	struct mnd_process_keys keys = { .rule = rule };
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_TABLE);
	if (!err)
		err = mnd_policy_make_context(reader, value, context, &keys);
	if (!err)
		err = mnd_toml_read_table(reader, value, form, &keys);
	if (!err)
		err = mnd_toml_require(reader, value, form->what, "command");
	return err ? err : mnd_policy_check_process(reader, value, rule);
}

/**
 * mnd_policy_read_processes - Read an array of process rules
 *
 * @reader: Reader.
 * @value: Value.
 * @kind: What the rules are.
 * @context: What holds for keys that a rule does not have.
 * @subject: Subject, which has room for them.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_processes(struct mnd_toml_reader *reader,
			      const struct mnd_toml_value *value,
			      enum mnd_process_kind kind,
			      const struct mnd_context_rule *context,
			      struct mnd_subject_source *subject)
{
	size_t i;
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_ARRAY);
	for (i = 0; !err && i < value->array->count; i++) {
		struct mnd_process_rule *rule =
			&subject->processes[subject->process_count++];

		rule->flags = kinds[kind].flags;
		err = read_process(reader, &value->array->items[i],
				   &kinds[kind].form, context, rule);
	}
	return err;
}
