// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads what acts as the guest itself.
 */

#include "reader.h"
#include "word.h"

static int read_class(struct mnd_toml_reader *reader,
		      const struct mnd_toml_value *value, void *member)
{
	struct mnd_subject_source *uvm = member;
	size_t choice = MND_CLASS_VERIFIED;
	int err;

	err = mnd_toml_read_choice(reader, value, mnd_uvm_words,
				   __MND_CLASS_MAX, &choice);
	uvm->class = choice;
	return err;
}

static int read_include(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *member)
{
	return mnd_policy_read_include(reader, value, member);
}

static int read_mounts(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, void *member)
{
	return mnd_policy_read_mounts(reader, value, member);
}

static int read_processes(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *member)
{
	return mnd_policy_read_processes(reader, value, MND_PROCESS_UVM,
					 &mnd_any_context, member);
}

static int read_external(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *member)
{
	return mnd_policy_read_processes(reader, value, MND_PROCESS_EXTERNAL,
					 &mnd_any_context, member);
}

static int begin(struct mnd_toml_reader *reader,
		 const struct mnd_toml_table *table,
		 struct mnd_subject_source *uvm)
{
	size_t count = mnd_toml_count(table, "process") +
		       mnd_toml_count(table, "external_process");

	uvm->processes = mnd_arena_alloc(&reader->policy->arena, count,
					 sizeof(*uvm->processes));
	if (!uvm->processes)
		return mnd_toml_out_of_memory(reader);
	return mnd_policy_begin_mounts(reader, table, uvm);
}

/**
 * mnd_policy_read_uvm - Read the key "uvm"
 *
 * @reader: Reader.
 * @value: Value.
 * @uvm: The struct mnd_subject_source of the reader's policy.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_uvm(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *uvm)
{
	static const struct mnd_toml_key keys[] = {
		{ "class", read_class },
		{ "external_process", read_external },
		{ "include", read_include },
		{ "mount", read_mounts },
		{ "process", read_processes },
	};
	static const struct mnd_toml_form form = { "[uvm]", keys,
						   ARRAY_SIZE(keys) };
	struct mnd_subject_source *subject = uvm;
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_TABLE);
	if (err)
		return err;
	subject->place = mnd_toml_place(value);
	err = begin(reader, value->table, subject);
	if (err)
		return err;
	err = mnd_toml_read_table(reader, value, &form, subject);
	if (err)
		return err;
	if (mnd_toml_count(value->table, "process") &&
	    subject->class != MND_CLASS_LISTED)
		return mnd_toml_refuse(reader, value,
				       "\"process\" needs class = \"listed\"");
	return 0;
}
