// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The environment that a Kata policy allows: every string must be like one that
 * the container has, or like an expression that holds for all containers.
 */

#include "kata.h"

#define BYTE "(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
#define FIRST_BYTE "(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
#define ADDRESS FIRST_BYTE "(?:\\." BYTE "){3}"
/* A string with more than one "=" is compared by other rules only. */
#define NO_ASSIGNMENT "[^=]*"

#define SANDBOX_NAME "$(sandbox-name)"
#define SANDBOX_NAMESPACE "$(sandbox-namespace)"

/**
 * mnd_kata_shared_variables - Make the variables that every container may have
 *
 * @kata: The policy; its variables are written.
 * @patterns: Expressions for whole strings.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: One of them cannot be imported.
 * - -E2BIG: One of them is over a limit of mnd_kata_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_shared_variables(struct mnd_kata *kata,
			      const struct mnd_texts *patterns)
{
	struct mnd_variable_rule *rule;
	struct mnd_text expanded;
	size_t i;
	int err = 0;

	kata->variables = mnd_arena_alloc(&kata->import->policy->arena,
					  patterns->count,
					  sizeof(*kata->variables));
	if (!kata->variables)
		return mnd_hcsshim_out_of_memory(kata->import);
	kata->variable_count = patterns->count;
	for (i = 0; !err && i < patterns->count; i++) {
		rule = &kata->variables[i];
		rule->whole = true;
		rule->place = patterns->items[i].place;
		err = mnd_kata_expand(kata, NULL, &patterns->items[i],
				      &expanded);
		if (!err)
			err = mnd_kata_pattern(kata, &expanded, &rule->value);
	}
	return err;
}

static void use_exact(struct mnd_match_rule *rule, const struct mnd_text *text,
		      size_t length)
{
	rule->matching = MND_MATCHING_EXACT;
	rule->text = text->text;
	rule->length = length;
	rule->place = text->place;
}

static void use_expression(struct mnd_match_rule *rule, const char *text,
			   const struct mnd_place *place)
{
	rule->matching = MND_MATCHING_RE2;
	rule->text = text;
	rule->length = strlen(text);
	rule->place = *place;
}

/* A variable of which only the name is in the policy. */
static int use_name(struct mnd_kata *kata, const struct mnd_text *text,
		    const char *value, struct mnd_variable_rule *rule)
{
	const size_t length = strcspn(text->text, "=");
	struct mnd_text name = { .length = length, .place = text->place };

	name.text = mnd_arena_copy(&kata->import->policy->arena, text->text,
				   length);
	if (!name.text)
		return mnd_hcsshim_out_of_memory(kata->import);
	rule->whole = false;
	use_exact(&rule->name, &name, length);
	use_expression(&rule->value, value, &text->place);
	return 0;
}

/* The value of a variable that has one "=", or NULL. */
static const char *only_value(const struct mnd_text *text)
{
	const char *sign = strchr(text->text, '=');

	return sign && !strchr(sign + 1, '=') ? sign + 1 : NULL;
}

static bool has_any(const char *value, const char *const *what, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strstr(value, what[i]))
			return true;
	return false;
}

/* What a variable can be whose value is only known later; or NULL. */
static const char *late_value(const char *value)
{
	static const char *const anything[] = {
		"$(host-name)",	     "$(node-name)",	   "$(pod-uid)",
		"$(resource-field)", "$(todo-annotation)",
	};

	if (!strcmp(value, "$(pod-ip)") || !strcmp(value, "$(host-ip)"))
		return ADDRESS;
	if (has_any(value, anything, ARRAY_SIZE(anything)))
		return NO_ASSIGNMENT;
	return NULL;
}

/* The name of the pod is in the policy as an expression, or not at all. */
static int use_sandbox_name(struct mnd_kata *kata,
			    const struct mnd_kata_container *container,
			    const struct mnd_text *text,
			    struct mnd_variable_rule *rule)
{
	int err;

	err = use_name(kata, text, NO_ASSIGNMENT, rule);
	if (err || !container->sandbox_name.text)
		return err;
	return mnd_kata_pattern(kata, &container->sandbox_name, &rule->value);
}

/* If the namespace is known, as it is; else as an expression. */
static void write_part(FILE *out, const char *text, size_t length, bool known)
{
	if (known)
		fwrite(text, 1, length, out);
	else
		mnd_kata_quote(out, text, length);
}

/* Puts the namespace of the pod, or an expression for any, into a variable. */
static int write_namespace(struct mnd_kata *kata, const struct mnd_text *text,
			   const struct mnd_text *namespace,
			   struct mnd_text *written)
{
	const bool known = namespace->length;
	const char *at = text->text, *next;
	char *bytes = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&bytes, &size);

	while (out && (next = strstr(at, SANDBOX_NAMESPACE))) {
		write_part(out, at, (size_t)(next - at), known);
		fputs(known ? namespace->text : "(?s:.*)", out);
		at = next + strlen(SANDBOX_NAMESPACE);
	}
	if (out)
		write_part(out, at, strlen(at), known);
	return mnd_kata_close(kata, out, &bytes, &size, written);
}

static int use_namespace(struct mnd_kata *kata,
			 const struct mnd_kata_container *container,
			 const struct mnd_text *text,
			 struct mnd_variable_rule *rule)
{
	const struct mnd_text *namespace = &container->sandbox_namespace;
	struct mnd_text written = { .place = text->place };
	int err;

	err = write_namespace(kata, text, namespace, &written);
	if (err)
		return err;
	if (namespace->length)
		use_exact(&rule->value, &written, written.length);
	else
		use_expression(&rule->value, written.text, &text->place);
	return 0;
}

static int make_variable(struct mnd_kata *kata,
			 const struct mnd_kata_container *container,
			 const struct mnd_text *text,
			 struct mnd_variable_rule *rule)
{
	const char *value = only_value(text);

	rule->whole = true;
	rule->place = text->place;
	if (value && late_value(value))
		return use_name(kata, text, late_value(value), rule);
	if (value && !strcmp(value, SANDBOX_NAME))
		return use_sandbox_name(kata, container, text, rule);
	if (strstr(text->text, SANDBOX_NAMESPACE))
		return use_namespace(kata, container, text, rule);
	use_exact(&rule->value, text, text->length);
	return 0;
}

/**
 * mnd_kata_variables - Make the environment of a container
 *
 * @kata: The policy.
 * @container: Container.
 * @rules: Written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: The name of the pod is no expression that can be imported.
 * - -E2BIG: It is over a limit of mnd_kata_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_variables(struct mnd_kata *kata,
		       const struct mnd_kata_container *container,
		       struct mnd_variable_rules *rules)
{
	const size_t own = container->env.count;
	size_t i;
	int err = 0;

	rules->given = true;
	rules->count = own + kata->variable_count;
	rules->rules = mnd_arena_alloc(&kata->import->policy->arena,
				       rules->count, sizeof(*rules->rules));
	if (!rules->rules)
		return mnd_hcsshim_out_of_memory(kata->import);
	for (i = 0; !err && i < own; i++)
		err = make_variable(kata, container, &container->env.items[i],
				    &rules->rules[i]);
	for (i = 0; i < kata->variable_count; i++)
		rules->rules[own + i] = kata->variables[i];
	return err;
}
