// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Verification of the policy, its subjects and their rules.
 */

#include "verifier.h"

/* Names show up in records and files that people and programs take apart. */
static bool is_name(const struct verifier *const v, const __le32 string)
{
	const struct mnd_table *const table = v->table;
	const char *name;

	if (!is_string(v, string))
		return false;
	for (name = mnd_string(table, le32_to_cpu(string)); *name; name++)
		if (*name <= ' ' || *name > '~')
			return false;
	return le32_to_cpu(table->strings[le32_to_cpu(string)].length) - 1 <
	       MND_NAME_SIZE_MAX;
}

/**
 * mnd_verify_policy - Check what is said of the policy as a whole
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_POLICY.
 */
int mnd_verify_policy(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	const struct mnd_policy *const policy = table->policy;
	u32 i;

	if (table->count[MND_SECTION_POLICY] != 1 || !is_name(v, policy->name))
		return reject(v, MND_REJECT_POLICY, policy);
	if (le32_to_cpu(policy->flags) & ~MND_POLICY_FLAGS)
		return reject(v, MND_REJECT_POLICY, &policy->flags);
	/* It has to fit a number of every source and format. */
	if (le64_to_cpu(policy->svn) >> 63)
		return reject(v, MND_REJECT_POLICY, &policy->svn);
	for (i = 0; i < __MND_POINT_MAX; i++)
		if (policy->answers[i] >= __MND_ANSWER_MAX)
			return reject(v, MND_REJECT_POLICY,
				      &policy->answers[i]);
	if (policy->reserved)
		return reject(v, MND_REJECT_POLICY, &policy->reserved);
	return 0;
}

static int verify_process(const struct verifier *const v,
			  const struct mnd_process *const process)
{
	const u32 flags = le32_to_cpu(process->flags);

	if (flags & ~MND_PROCESS_FLAGS)
		return reject(v, MND_REJECT_PROCESS, &process->flags);
	/* Signals are kept only by what is born inside, and not listed then. */
	if ((flags & MND_PROCESS_KEEP_SIGNALS) &&
	    ((flags & (MND_ROLE_ENTRY | MND_ROLE_EXEC)) || process->signals))
		return reject(v, MND_REJECT_PROCESS, &process->flags);
	if (!is_list(v, process->argv, MND_LIST_ARGUMENTS))
		return reject(v, MND_REJECT_PROCESS, &process->argv);
	if (!is_index(v, process->context, MND_SECTION_CONTEXT))
		return reject(v, MND_REJECT_PROCESS, &process->context);
	return mnd_verify_matcher(v, &process->file, MND_SPACE_FILE);
}

static int verify_mount(const struct verifier *const v,
			const struct mnd_mount *const mount)
{
	const u32 flags = le32_to_cpu(mount->flags);
	int err;

	if ((flags & ~MND_MOUNT_FLAGS) || !(flags & MND_MOUNT_OPERATIONS) ||
	    !(flags & MND_MOUNT_PHASES))
		return reject(v, MND_REJECT_MOUNT, &mount->flags);
	if (!is_string(v, mount->type))
		return reject(v, MND_REJECT_MOUNT, &mount->type);
	err = mnd_verify_matcher(v, &mount->source, MND_SPACE_SOURCE);
	if (err)
		return err;
	return mnd_verify_matcher(v, &mount->target, MND_SPACE_TARGET);
}

/**
 * mnd_verify_rules - Check the process and the mount rules
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_PROCESS, %MND_REJECT_MOUNT or %MND_REJECT_MATCHER.
 */
int mnd_verify_rules(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 i;
	int err;

	for (i = 0; i < table->count[MND_SECTION_PROCESS]; i++) {
		err = verify_process(v, &table->processes[i]);
		if (err)
			return err;
	}
	for (i = 0; i < table->count[MND_SECTION_MOUNT]; i++) {
		err = verify_mount(v, &table->mounts[i]);
		if (err)
			return err;
	}
	return 0;
}

static int verify_subject(const struct verifier *const v, const u32 i)
{
	const struct mnd_subject *const s = &v->table->subjects[i];
	const u16 kind = le16_to_cpu(s->kind);
	const u16 class = le16_to_cpu(s->class);
	const u32 flags = le32_to_cpu(s->flags);

	if (!is_name(v, s->name) || class >= __MND_CLASS_MAX)
		return reject(v, MND_REJECT_SUBJECT, s);
	/* Subject 0 is the UVM, and no other. */
	if (kind != (i ? MND_KIND_CONTAINER : MND_KIND_UVM))
		return reject(v, MND_REJECT_SUBJECT, &s->kind);
	/* A record has nothing but the name to tell who it is about. */
	if (!strcmp(mnd_string(v->table, le32_to_cpu(s->name)), "uvm") != !i)
		return reject(v, MND_REJECT_SUBJECT, &s->name);
	if (flags & ~(i ? MND_SUBJECT_FLAGS : 0U))
		return reject(v, MND_REJECT_SUBJECT, &s->flags);
	/* What a container is, its layers say, or else somebody outside. */
	if (!is_list_or_none(v, s->layers, MND_LIST_DIGESTS) ||
	    (le32_to_cpu(s->layers) == MND_LIST_NONE) !=
		    (!i || (flags & MND_SUBJECT_BOUND)))
		return reject(v, MND_REJECT_SUBJECT, &s->layers);
	if (!is_list(v, s->volumes, MND_LIST_VOLUMES))
		return reject(v, MND_REJECT_SUBJECT, &s->volumes);
	/* A bound container has no verified files, so none can be demanded. */
	if ((flags & MND_SUBJECT_BOUND) && class == MND_CLASS_VERIFIED)
		return reject(v, MND_REJECT_SUBJECT, &s->class);
	if (i > 1 && le32_to_cpu(s[-1].name) >= le32_to_cpu(s->name))
		return reject(v, MND_REJECT_SUBJECT_ORDER, s);
	return 0;
}

/* Who may start a process of the UVM, and process @number of a container. */
static bool are_roles(const bool is_uvm, const u32 number, const u32 flags)
{
	const u32 roles = flags & MND_ROLES;

	/* All of the UVM start inside it, where nobody is outside. */
	if (is_uvm)
		return (roles == MND_ROLE_INSIDE ||
			roles == (MND_ROLE_EXTERNAL | MND_ROLE_INSIDE)) &&
		       (flags & MND_PROCESS_KEEP_SIGNALS);
	/* The first of a container is what it starts with, and no other. */
	if (!number)
		return roles == (MND_ROLE_ENTRY | MND_ROLE_INSIDE);
	return roles == MND_ROLE_INSIDE ||
	       roles == (MND_ROLE_EXEC | MND_ROLE_INSIDE);
}

static int verify_roles(const struct verifier *const v, const u32 i)
{
	const struct mnd_span *const span = &v->table->subjects[i].processes;
	u32 j;

	for (j = 0; j < mnd_span_count(span); j++) {
		const struct mnd_process *const process =
			&v->table->processes[mnd_span_first(span) + j];

		if (!are_roles(!i, j, le32_to_cpu(process->flags)))
			return reject(v, MND_REJECT_PROCESS, &process->flags);
	}
	return 0;
}

/**
 * mnd_verify_subjects - Check the subjects
 *
 * @v: Verifier.
 *
 * Every process and mount rule belongs to exactly one of them.
 *
 * Return: 0, or %MND_REJECT_SUBJECT, %MND_REJECT_SUBJECT_ORDER,
 * %MND_REJECT_PROCESS or %MND_REJECT_SPAN.
 */
int mnd_verify_subjects(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 process = 0, mount = 0;
	u32 i;
	int err;

	if (!table->count[MND_SECTION_SUBJECT] ||
	    table->count[MND_SECTION_SUBJECT] > MND_SUBJECT_MAX)
		return reject(v, MND_REJECT_SUBJECT, table->subjects);
	for (i = 0; i < table->count[MND_SECTION_SUBJECT]; i++) {
		const struct mnd_subject *const s = &table->subjects[i];

		err = verify_subject(v, i);
		if (err)
			return err;
		err = verify_span(v, &s->processes, MND_SECTION_PROCESS,
				  &process);
		if (err)
			return err;
		err = verify_span(v, &s->mounts, MND_SECTION_MOUNT, &mount);
		if (err)
			return err;
		err = verify_roles(v, i);
		if (err)
			return err;
	}
	if (process != table->count[MND_SECTION_PROCESS] ||
	    mount != table->count[MND_SECTION_MOUNT])
		return reject(v, MND_REJECT_SPAN, table->subjects);
	return 0;
}

/**
 * mnd_verify_positions - Check that each rule has a place, or none
 *
 * @v: Verifier.
 *
 * Return: 0, or %MND_REJECT_POSITION.
 */
int mnd_verify_positions(const struct verifier *const v)
{
	const u32 *const count = v->table->count;
	const u32 rules = count[MND_SECTION_PROCESS] + count[MND_SECTION_MOUNT];

	if (count[MND_SECTION_POSITION] && count[MND_SECTION_POSITION] != rules)
		return reject(v, MND_REJECT_POSITION, v->table->positions);
	return 0;
}
