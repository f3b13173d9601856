// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What in a policy is allowed, and probably not meant.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "linter.h"
#include "../policy/word.h"

/**
 * mnd_lint_warn - Add a warning about what is being looked at
 *
 * @linter: Linter.
 * @format: As for printf(3), without untrusted bytes but for quoted ones.
 */
void mnd_lint_warn(struct mnd_linter *linter, const char *format, ...)
{
	char text[sizeof(((struct mnd_error *)NULL)->text)];
	va_list args;
	int err;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	err = mnd_policy_warn(linter->policy, &linter->place, "%s: %s",
			      linter->what, text);
	if (err)
		linter->err = err;
}

/* What follows is about rule @rule, of those that have a position. */
static void go_to(struct mnd_linter *linter, u32 rule)
{
	const struct mnd_table *table = linter->table;

	linter->place = (struct mnd_place){};
	if (rule >= table->count[MND_SECTION_POSITION])
		return;
	linter->place.line = le32_to_cpu(table->positions[rule].line);
	linter->place.column = le32_to_cpu(table->positions[rule].column);
}

/*
 * Rules
 */

#define NO_FILE                                                    \
	"no exec is like this, because nothing says which file it" \
	" is; only an agent can ask for it"

/* Without a file the first argument must say which one it is. */
static void lint_file(struct mnd_linter *linter,
		      const struct mnd_process *process)
{
	const struct mnd_table *table = linter->table;
	const char *program = "";
	u32 first;

	mnd_lint_match(linter, "file", process->file);
	if (le32_to_cpu(process->file) != MND_MATCH_ANY)
		return;
	if (mnd_list_count(table, process->argv)) {
		first = le32_to_cpu(*mnd_list_words(table, process->argv));
		if (!(first & MND_MATCH_PATTERN))
			program = mnd_string(table, first);
	}
	if (!*program || (*program != '/' && strchr(program, '/')))
		mnd_lint_warn(linter, NO_FILE);
}

static void lint_process(struct mnd_linter *linter, u32 rule)
{
	const struct mnd_table *table = linter->table;
	const struct mnd_process *process = &table->processes[rule];
	const __le32 *argv = mnd_list_words(table, process->argv);
	char what[32];
	u32 i;

	go_to(linter, rule);
	for (i = 0; i < mnd_list_count(table, process->argv); i++) {
		snprintf(what, sizeof(what), "argv[%u]", i);
		mnd_lint_match(linter, what, argv[i]);
	}
	lint_file(linter, process);
	mnd_lint_context(linter, process);
}

static void lint_mount(struct mnd_linter *linter, u32 rule)
{
	const struct mnd_table *table = linter->table;
	const struct mnd_mount *mount = &table->mounts[rule];

	go_to(linter, table->count[MND_SECTION_PROCESS] + rule);
	mnd_lint_match(linter, "source", mount->source);
	mnd_lint_match(linter, "target", mount->target);
}

/* By all that is compared, then by their order. */
static int compare_rules(const void *a, const void *b)
{
	const struct mnd_process *x = *(const struct mnd_process *const *)a;
	const struct mnd_process *y = *(const struct mnd_process *const *)b;
	int order = memcmp(&x->argv, &y->argv, sizeof(x->argv));

	if (!order)
		order = memcmp(&x->file, &y->file, sizeof(x->file));
	if (!order)
		order = memcmp(&x->context, &y->context, sizeof(x->context));
	return order ? order : (x > y) - (x < y);
}

static bool is_shadowed(const struct mnd_process *first,
			const struct mnd_process *second)
{
	return first->argv == second->argv && first->file == second->file &&
	       first->context == second->context &&
	       !(le32_to_cpu(second->flags) & ~le32_to_cpu(first->flags) &
		 MND_ROLES);
}

/* The first rule that fits decides, so that its twin never does. */
static void lint_twins(struct mnd_linter *linter,
		       const struct mnd_subject *subject)
{
	const struct mnd_process *processes = linter->table->processes;
	const u32 count = mnd_span_count(&subject->processes);
	const struct mnd_process **sorted;
	u32 i;

	sorted = calloc(count + 1UL, sizeof(*sorted));
	if (!sorted) {
		linter->err = -ENOMEM;
		return;
	}
	for (i = 0; i < count; i++)
		sorted[i] = &processes[mnd_span_first(&subject->processes) + i];
	qsort(sorted, count, sizeof(*sorted), compare_rules);
	for (i = 1; i < count; i++) {
		if (!is_shadowed(sorted[i - 1], sorted[i]))
			continue;
		go_to(linter, (u32)(sorted[i] - processes));
		mnd_lint_warn(linter,
			      "this rule is never used: the same comes before");
	}
	free(sorted);
}

/*
 * Subjects
 */

static void lint_container(struct mnd_linter *linter,
			   const struct mnd_subject *subject)
{
	const u32 first = mnd_span_first(&subject->processes);
	const u32 flags = le32_to_cpu(subject->flags);

	go_to(linter, first);
	if (flags & MND_SUBJECT_ELEVATED)
		mnd_lint_warn(linter, "it may be privileged");
	if (!mnd_span_count(&subject->processes)) {
		linter->place = (struct mnd_place){};
		mnd_lint_warn(linter, "no process can be started in it");
	} else if (!linter->table->processes[first].signals) {
		mnd_lint_warn(linter, "no signal may be sent to it%s",
			      flags & MND_SUBJECT_SHUTDOWN ?
				      ", so that it can only be killed" :
				      ", and it cannot be killed");
	}
}

static void lint_subject(struct mnd_linter *linter, u32 number)
{
	const struct mnd_subject *subject = &linter->table->subjects[number];
	u32 i;

	if (number)
		snprintf(linter->what, sizeof(linter->what), "container \"%s\"",
			 mnd_subject_name(linter->table, number));
	else
		snprintf(linter->what, sizeof(linter->what), "uvm");
	if (number)
		lint_container(linter, subject);
	for (i = 0; i < mnd_span_count(&subject->processes); i++)
		lint_process(linter, mnd_span_first(&subject->processes) + i);
	for (i = 0; i < mnd_span_count(&subject->mounts); i++)
		lint_mount(linter, mnd_span_first(&subject->mounts) + i);
	lint_twins(linter, subject);
}

/*
 * The policy
 */

static void lint_requests(struct mnd_linter *linter)
{
	const struct mnd_policy *policy = linter->table->policy;
	size_t i;

	linter->place = (struct mnd_place){};
	snprintf(linter->what, sizeof(linter->what), "requests");
	for (i = 0; i < __MND_POINT_MAX; i++)
		if (policy->answers[i] == MND_ANSWER_ALLOW)
			mnd_lint_warn(linter,
				      "%s is allowed, whatever the rules say",
				      mnd_point_words[i]);
	snprintf(linter->what, sizeof(linter->what), "platform");
	for (i = 0; i < linter->table->count[MND_SECTION_PLATFORM]; i++)
		mnd_lint_variables(linter,
				   linter->table->platforms[i].variables);
}

/**
 * mnd_lint - Look for what is allowed, and probably not meant
 *
 * @table: Verified table.
 * @policy: Where a warning is added for each; perhaps what @table was made of.
 *
 * Return: 0, or -ENOMEM.
 */
int mnd_lint(const struct mnd_table *table, struct mnd_policy_source *policy)
{
	struct mnd_linter linter = { .table = table, .policy = policy };
	u32 i;

	linter.err = mnd_lint_find_possible(&linter);
	linter.seen = calloc(table->count[MND_SECTION_LIST] / 64 + 1UL,
			     sizeof(*linter.seen));
	if (!linter.seen)
		linter.err = -ENOMEM;
	if (!linter.err) {
		lint_requests(&linter);
		for (i = 0; i < table->count[MND_SECTION_SUBJECT]; i++)
			lint_subject(&linter, i);
	}
	free(linter.possible);
	free(linter.seen);
	return linter.err;
}
