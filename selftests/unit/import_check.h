/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What tests of readers of other people's policies share: sources that one
 * change makes of another, so that whatever is refused has a twin that is not.
 */

#ifndef _MANDATE_UNIT_IMPORT_CHECK_H
#define _MANDATE_UNIT_IMPORT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../userspace/compile/compile.h"
#include "../../userspace/import/source.h"

/**
 * struct check - A reader that is tested
 *
 * @read: Reader.
 * @options: What it gets besides the source.
 */
struct check {
	int (*read)(const struct mnd_string_ref *source,
		    const struct mnd_source_options *options,
		    struct mnd_policy_source *policy, struct mnd_error *error);
	struct mnd_source_options options;
};

/**
 * struct change - One change to a source, and what becomes of it
 *
 * @from: What is replaced where it is first; "" for the beginning.
 * @to: What by.
 * @line: Where the result is refused.
 * @column: Likewise.
 * @message: Part of the reason; NULL if it is accepted.
 */
struct change {
	const char *from;
	const char *to;
	unsigned int line;
	unsigned int column;
	const char *message;
};

static inline char *apply(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	char *changed = malloc(strlen(text) + strlen(to) + 1);
	char *end = changed;

	assert_non_null(changed);
	if (!at)
		fail_msg("there is no %s in the source", from);
	end = mempcpy(end, text, (size_t)(at - text));
	end = stpcpy(end, to);
	at += strlen(from);
	memcpy(end, at, strlen(at) + 1);
	return changed;
}

/* In memory of its exact size, so that nothing behind it is read unnoticed. */
static inline int read_bytes(const struct check *check, const char *bytes,
			     size_t length, struct mnd_policy_source *policy,
			     struct mnd_error *error)
{
	char *copy = malloc(length + !length);
	const struct mnd_string_ref source = { copy, length };
	int err;

	assert_non_null(copy);
	memcpy(copy, bytes, length);
	memset(policy, 0, sizeof(*policy));
	memset(error, 0, sizeof(*error));
	err = check->read(&source, &check->options, policy, error);
	free(copy);
	return err;
}

static inline void expect_policy(const struct check *check, const char *text,
				 struct mnd_policy_source *policy)
{
	struct mnd_error error;

	if (read_bytes(check, text, strlen(text), policy, &error))
		fail_msg("%s: %u:%u: %s", text, error.line, error.column,
			 error.text);
}

static inline void expect_refused_bytes(const struct check *check,
					const char *bytes, size_t length,
					const struct change *change)
{
	struct mnd_policy_source policy;
	struct mnd_error error;

	if (!read_bytes(check, bytes, length, &policy, &error))
		fail_msg("%s for %s: accepted", change->to, change->from);
	mnd_policy_release(&policy);
	if (error.line != change->line || error.column != change->column ||
	    !strstr(error.text, change->message))
		fail_msg("%s for %s: %u:%u: %s, not %u:%u: %s", change->to,
			 change->from, error.line, error.column, error.text,
			 change->line, change->column, change->message);
}

static inline void expect_refused(const struct check *check, const char *text,
				  const struct change *change)
{
	expect_refused_bytes(check, text, strlen(text), change);
}

/* What is accepted must also be something that can be compiled. */
static inline void expect_compiled(const struct mnd_policy_source *policy)
{
	struct mnd_error error;
	u32 length;
	u8 *table;

	if (mnd_compile(policy, true, &table, &length, &error))
		fail_msg("%u:%u: %s", error.line, error.column, error.text);
	free(table);
}

static inline void expect_change(const struct check *check, const char *text,
				 const struct change *change)
{
	char *changed = apply(text, change->from, change->to);
	struct mnd_policy_source policy;

	if (change->message) {
		expect_refused(check, changed, change);
	} else {
		expect_policy(check, changed, &policy);
		expect_compiled(&policy);
		mnd_policy_release(&policy);
	}
	free(changed);
}

/*
 * @text itself is the twin of all that becomes of it.  The last of the changes
 * is empty.
 */
static inline void expect_changes(const struct check *check, const char *text,
				  const struct change *changes)
{
	static const struct change none = { "", "", 0, 0, NULL };

	expect_change(check, text, &none);
	for (; changes->from; changes++)
		expect_change(check, text, changes);
}

/* The policy that is made of @text if @from is replaced by @to. */
static inline void expect_changed(const struct check *check, const char *text,
				  const char *from, const char *to,
				  struct mnd_policy_source *policy)
{
	char *changed = apply(text, from, to);

	expect_policy(check, changed, policy);
	expect_compiled(policy);
	free(changed);
}

static inline const struct mnd_warning *
find_warning(const struct mnd_policy_source *policy, const char *text)
{
	const struct mnd_warning *warning;

	for (warning = policy->warnings; warning; warning = warning->next)
		if (strstr(warning->text, text))
			return warning;
	return NULL;
}

static inline void expect_warning(const struct mnd_policy_source *policy,
				  unsigned int line, unsigned int column,
				  const char *text)
{
	const struct mnd_warning *warning = find_warning(policy, text);

	if (!warning)
		fail_msg("no warning: %s", text);
	assert_int_equal(warning->place.line, line);
	assert_int_equal(warning->place.column, column);
}

/* The process of a container that has some flag. */
static inline const struct mnd_process_rule *
process_of(const struct mnd_policy_source *policy, size_t container, u32 flag,
	   size_t number)
{
	const struct mnd_subject_source *subject;
	size_t i;

	assert_true(container < policy->container_count);
	subject = &policy->containers[container];
	for (i = 0; i < subject->process_count; i++)
		if ((subject->processes[i].flags & flag) && !number--)
			return &subject->processes[i];
	fail_msg("container %zu has no such process", container);
	return NULL;
}

static inline const struct mnd_process_rule *
init_of(const struct mnd_policy_source *policy, size_t container)
{
	return process_of(policy, container, MND_ROLE_ENTRY, 0);
}

static inline const struct mnd_process_rule *
exec_of(const struct mnd_policy_source *policy, size_t container, size_t number)
{
	return process_of(policy, container, MND_ROLE_EXEC, number);
}

/* Arguments, all of them as they are. */
static inline void expect_command(const struct mnd_process_rule *process,
				  const char *const *argv, size_t argc)
{
	size_t i;

	assert_int_equal(process->argc, argc);
	for (i = 0; i < argc; i++) {
		assert_int_equal(process->argv[i].matching, MND_MATCHING_EXACT);
		assert_string_equal(process->argv[i].text, argv[i]);
		assert_int_equal(process->argv[i].length, strlen(argv[i]));
	}
}

#define expect_argv(process, ...)                                       \
	expect_command((process), (const char *const[]){ __VA_ARGS__ }, \
		       ARRAY_SIZE(((const char *const[]){ __VA_ARGS__ })))

static inline void expect_match(const struct mnd_match_rule *rule,
				enum mnd_matching matching, const char *text)
{
	assert_int_equal(rule->matching, matching);
	assert_string_equal(rule->text, text);
	assert_int_equal(rule->length, strlen(text));
}

static inline void expect_whole(const struct mnd_process_rule *process,
				size_t number, enum mnd_matching matching,
				const char *text)
{
	const struct mnd_variable_rules *rules = &process->context->variables;

	assert_true(number < rules->count);
	assert_true(rules->rules[number].whole);
	expect_match(&rules->rules[number].value, matching, text);
}

#endif /* _MANDATE_UNIT_IMPORT_CHECK_H */
