// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What differs in two policies, container by container and key by key.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lsm/core/deps.h"
#include "diff.h"

/* Names of keys from the policy down to what is compared. */
#define DEPTH_MAX 8

/* A comparison: where it is, and what it has found. */
struct diff {
	json_t *found;
	const char *path[DEPTH_MAX];
	size_t depth;
};

static json_t *path_json(const struct diff *diff)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < diff->depth; i++)
		json_array_append_new(array, json_string(diff->path[i]));
	return array;
}

/* What one of the policies does not have is NULL. */
static void report(struct diff *diff, json_t *a, json_t *b)
{
	json_t *object = json_pack("{so}", "path", path_json(diff));

	if (a)
		json_object_set(object, "a", a);
	if (b)
		json_object_set(object, "b", b);
	json_array_append_new(diff->found, object);
}

/*
 * Lists in which the place of an element says nothing, or little
 */

/* An element and a text that only those have that are equal to it. */
struct element {
	json_t *value;
	char *text;
};

static int compare_elements(const void *a, const void *b)
{
	const struct element *x = a, *y = b;

	return strcmp(x->text ? x->text : "", y->text ? y->text : "");
}

static struct element *sort_elements(const json_t *array)
{
	const size_t count = json_array_size(array);
	struct element *elements = calloc(count + 1, sizeof(*elements));
	size_t i;

	for (i = 0; elements && i < count; i++) {
		elements[i].value = json_array_get(array, i);
		elements[i].text = json_dumps(elements[i].value,
					      JSON_ENCODE_ANY | JSON_SORT_KEYS);
	}
	if (elements)
		qsort(elements, count, sizeof(*elements), compare_elements);
	return elements;
}

static void free_elements(struct element *elements, size_t count)
{
	size_t i;

	for (i = 0; elements && i < count; i++)
		free(elements[i].text);
	free(elements);
}

static void diff_sorted(struct diff *diff, const struct element *a,
			size_t a_count, const struct element *b, size_t b_count)
{
	size_t i = 0, j = 0;
	int order;

	while (i < a_count || j < b_count) {
		if (i == a_count)
			order = 1;
		else if (j == b_count)
			order = -1;
		else
			order = compare_elements(&a[i], &b[j]);
		if (order < 0)
			report(diff, a[i].value, NULL);
		else if (order > 0)
			report(diff, NULL, b[j].value);
		i += order <= 0;
		j += order >= 0;
	}
}

static void diff_elements(struct diff *diff, json_t *a, json_t *b)
{
	const size_t before = json_array_size(diff->found);
	struct element *x = sort_elements(a), *y = sort_elements(b);

	if (x && y)
		diff_sorted(diff, x, json_array_size(a), y, json_array_size(b));
	free_elements(x, json_array_size(a));
	free_elements(y, json_array_size(b));
	/* The first rule that fits decides, so that their order is something. */
	if (json_array_size(diff->found) == before && !json_equal(a, b))
		report(diff, a, b);
}

/* Whether the elements of a list are what they are in this order only. */
static bool is_sequence(const char *key)
{
	static const char *const sequences[] = { "command", "layers",
						 "seccomp" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sequences); i++)
		if (!strcmp(sequences[i], key))
			return true;
	return false;
}

/*
 * All of it.  Keys are compared in keys no deeper than DEPTH_MAX.
 */

static void diff_keys(struct diff *diff, json_t *a, json_t *b);

static void diff_values(struct diff *diff, const char *key, json_t *a,
			json_t *b)
{
	if (diff->depth == DEPTH_MAX)
		return;
	diff->path[diff->depth++] = key;
	if (!a || !b)
		report(diff, a, b);
	else if (json_is_object(a) && json_is_object(b))
		diff_keys(diff, a, b);
	else if (json_is_array(a) && json_is_array(b) && !is_sequence(key))
		diff_elements(diff, a, b);
	else if (!json_equal(a, b))
		report(diff, a, b);
	diff->depth--;
}

static void diff_keys(struct diff *diff, json_t *a, json_t *b)
{
	const char *key;
	json_t *value;

	json_object_foreach(a, key, value)
		diff_values(diff, key, value, json_object_get(b, key));
	json_object_foreach(b, key, value)
		if (!json_object_get(a, key))
			diff_values(diff, key, NULL, value);
}

/*
 * What tells elements of a list apart becomes a key
 */

/* Elements with a name each; of the same name, they are numbered. */
struct named {
	json_t *elements;
	json_t *counts;
};

static void add_named(struct named *named, const char *name, json_t *element)
{
	json_int_t number =
		json_integer_value(json_object_get(named->counts, name)) + 1;
	char *numbered = NULL;

	json_object_set_new(named->counts, name, json_integer(number));
	if (number > 1 &&
	    asprintf(&numbered, "%s #%lld", name, (long long)number) < 0)
		return;
	json_object_set(named->elements, numbered ? numbered : name, element);
	free(numbered);
}

/* A process is told by its role and its arguments. */
static char *process_name(json_t *process)
{
	const char *role = json_string_value(json_object_get(process, "role"));
	char *command =
		json_dumps(json_object_get(process, "command"), JSON_COMPACT);
	char *name = NULL;

	if (command && asprintf(&name, "%s %s", role, command) < 0)
		name = NULL;
	free(command);
	return name;
}

/* Where a rule was written is no part of what it says. */
static void forget_places(json_t *rules)
{
	json_t *rule;
	size_t i;

	json_array_foreach(rules, i, rule) {
		json_object_del(rule, "rule");
		json_object_del(rule, "line");
		json_object_del(rule, "column");
	}
}

static void name_processes(json_t *subject)
{
	struct named named = { json_object(), json_object() };
	json_t *process;
	char *name;
	size_t i;

	forget_places(json_object_get(subject, "mounts"));
	forget_places(json_object_get(subject, "processes"));
	json_array_foreach(json_object_get(subject, "processes"), i, process) {
		name = process_name(process);
		if (name)
			add_named(&named, name, process);
		free(name);
	}
	json_object_set_new(subject, "processes", named.elements);
	json_decref(named.counts);
}

static void name_containers(json_t *policy)
{
	json_t *named = json_object();
	json_t *container;
	const char *name;
	size_t i;

	name_processes(json_object_get(policy, "uvm"));
	json_array_foreach(json_object_get(policy, "containers"), i,
			   container) {
		name = json_string_value(json_object_get(container, "name"));
		name_processes(container);
		json_object_set(named, name, container);
	}
	json_object_set_new(policy, "containers", named);
}

/**
 * mnd_diff - Compare two policies
 *
 * @a: A policy, as mnd_describe_json() makes it; changed.
 * @b: Another one; changed.
 *
 * Return: An array with an object for each difference: "path", an array of
 * names of keys, and "a" and "b", the values there, as far as there are any.
 * What memory is short for is missing.
 */
json_t *mnd_diff(json_t *a, json_t *b)
{
	struct diff diff = { .found = json_array() };

	name_containers(a);
	name_containers(b);
	diff_keys(&diff, a, b);
	return diff.found;
}
