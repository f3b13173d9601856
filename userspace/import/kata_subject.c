// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The subjects that a Kata policy has: its containers, each with the processes
 * that it can have.
 */

#include "kata.h"

/*
 * Rules that all containers together may have because each of them has them.  It
 * bounds what a few lists and many small containers cost.
 */
#define MAX_BORROWED 262144

#define NO_HASHES \
	"no root hashes tell what is in this: who starts it binds it, only what is listed executes"

/**
 * mnd_kata_subject - Add a container without processes
 *
 * @kata: The policy.
 * @container: Its name, its place, and its layers if there are any; if not, its
 *	content is not verified.
 * @subject: Written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: A layer is no hash, or there are too many containers.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_subject(struct mnd_kata *kata,
		     const struct mnd_hcsshim_container *container,
		     struct mnd_subject_source **subject)
{
	struct mnd_hcsshim_container made = {
		.name = container->name,
		.place = container->place,
		.layers = container->layers,
		.layer_count = container->layer_count,
		.incomplete = true,
	};
	struct mnd_policy_source *policy = kata->import->policy;
	int err;

	err = mnd_hcsshim_add_container(kata->import, &made);
	if (err)
		return err;
	*subject = &policy->containers[policy->container_count - 1];
	(*subject)->flags = kata->flags;
	if (container->layer_count)
		return 0;
	(*subject)->flags |= MND_SUBJECT_BOUND;
	(*subject)->class = MND_CLASS_LISTED;
	(*subject)->layers = NULL;
	return mnd_hcsshim_warn(kata->import, &container->place, NO_HASHES);
}

static int charge(struct mnd_kata *kata,
		  const struct mnd_subject_source *subject)
{
	kata->borrowed += kata->commands.count + kata->variable_count;
	if (kata->borrowed <= MAX_BORROWED)
		return 0;
	return mnd_fail(kata->import->error, subject->place.line,
			subject->place.column,
			"too many rules that each container up to here has");
}

/* The entry comes first, then what is its own, then what all of them have. */
static const struct mnd_process_rule *
process_at(const struct mnd_kata *kata, const struct mnd_process_rule *entry,
	   const struct mnd_kata_commands *own, size_t number)
{
	const size_t own_count = own ? own->count : 0;

	if (!number)
		return entry;
	if (number <= own_count)
		return &own->rules[number - 1];
	return &kata->commands.rules[number - 1 - own_count];
}

/**
 * mnd_kata_processes - Give a container its processes
 *
 * @kata: The policy, with what every container may be joined by.
 * @subject: Container.
 * @entry: Its own process: arguments, place, and context.
 * @own: What else it may be joined by, or NULL.
 * @context: What those that join it must be like, or NULL.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: All containers together have too many rules.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_processes(struct mnd_kata *kata,
		       struct mnd_subject_source *subject,
		       const struct mnd_process_rule *entry,
		       const struct mnd_kata_commands *own,
		       const struct mnd_context_rule *context)
{
	const size_t own_count = own ? own->count : 0;
	struct mnd_process_rule *rule;
	size_t i;
	int err;

	err = charge(kata, subject);
	if (err)
		return err;
	subject->process_count = 1 + own_count + kata->commands.count;
	subject->processes = mnd_arena_alloc(&kata->import->policy->arena,
					     subject->process_count,
					     sizeof(*rule));
	if (!subject->processes)
		return mnd_hcsshim_out_of_memory(kata->import);
	for (i = 0; i < subject->process_count; i++) {
		rule = &subject->processes[i];
		*rule = *process_at(kata, entry, own, i);
		rule->signals = kata->signals;
		rule->flags = MND_ROLE_INSIDE |
			      (i ? MND_ROLE_EXEC : MND_ROLE_ENTRY);
		rule->context = i ? context : entry->context;
	}
	return 0;
}
