// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The environment rules that `az confcom` makes for a container: those of the
 * input, then those of its image and those of the platform, but for the names
 * that come before.
 */

#include <stdlib.h>

#include "confcom.h"

/* A variable that the platform sets. */
struct given {
	const char *name;
	const char *value;
	const char *strategy;
};

static const struct given customer[] = {
	{ "TERM", "xterm", "string" },
	{ "(?i)(FABRIC)_.+", ".+", "re2" },
	{ "HOSTNAME", ".+", "re2" },
	{ "T(E)?MP", ".+", "re2" },
	{ "FabricPackageFileName", ".+", "re2" },
	{ "HostedServiceName", ".+", "re2" },
	{ "IDENTITY_API_VERSION", ".+", "re2" },
	{ "IDENTITY_HEADER", ".+", "re2" },
	{ "IDENTITY_SERVER_THUMBPRINT", ".+", "re2" },
	{ "azurecontainerinstance_restarted_by", ".+", "re2" },
};

static const struct given virtual_node[] = {
	{ "[A-Z0-9_]+_SERVICE_HOST", ".+", "re2" },
	{ "[A-Z0-9_]+_SERVICE_PORT", ".+", "re2" },
	{ "[A-Z0-9_]+_SERVICE_PORT_[A-Z0-9_]+", ".+", "re2" },
	{ "[A-Z0-9_]+_PORT", ".+", "re2" },
	{ "[A-Z0-9_]+_PORT_[0-9]+_TCP", ".+", "re2" },
	{ "[A-Z0-9_]+_PORT_[0-9]+_TCP_PROTO", ".+", "re2" },
	{ "[A-Z0-9_]+_PORT_[0-9]+_TCP_PORT", ".+", "re2" },
	{ "[A-Z0-9_]+_PORT_[0-9]+_TCP_ADDR", ".+", "re2" },
};

static const struct given workload_identity[] = {
	{ "AZURE_CLIENT_ID", ".+", "re2" },
	{ "AZURE_TENANT_ID", ".+", "re2" },
	{ "AZURE_FEDERATED_TOKEN_FILE", ".+", "re2" },
	{ "AZURE_AUTHORITY_HOST", ".+", "re2" },
};

#define MOST_GIVEN                                         \
	(ARRAY_SIZE(customer) + ARRAY_SIZE(virtual_node) + \
	 ARRAY_SIZE(workload_identity))

/* An element of "environmentVariables". */
struct variable {
	struct mnd_text name;
	struct mnd_text value;
	struct mnd_text secure_value;
	struct mnd_text strategy;
	bool regex;
	bool required;
};

/**
 * struct environment - The rules of a container, under way
 *
 * @import: Import.
 * @container: What they are made for.
 * @names: What is before the first "=" of each.
 * @sorted: How many of these are taken, and in order.
 */
struct environment {
	struct mnd_import *import;
	struct mnd_hcsshim_container *container;
	struct mnd_string_table names;
	size_t sorted;
};

static int compare(const void *a, const void *b)
{
	return mnd_string_compare(a, b);
}

static struct mnd_string_ref name_of(const struct mnd_text *pattern)
{
	const char *end = strchr(pattern->text, '=');
	const size_t length = end ? (size_t)(end - pattern->text) :
				    pattern->length;

	return (struct mnd_string_ref){ pattern->text, length };
}

static bool has_name(const struct environment *environment,
		     const struct mnd_string_ref *name)
{
	return environment->sorted &&
	       bsearch(name, environment->names.strings, environment->sorted,
		       sizeof(*name), compare);
}

/* The names that there are now are taken. */
static void take_names(struct environment *environment)
{
	mnd_string_table_sort(&environment->names);
	environment->sorted = environment->names.count;
}

/* There is room for one more rule. */
static int add_rule(struct environment *environment,
		    const struct mnd_text *pattern, const char *strategy,
		    bool required)
{
	struct mnd_hcsshim_container *container = environment->container;
	const struct mnd_string_ref name = name_of(pattern);
	struct mnd_text how = { NULL };
	struct mnd_variable_rule *rule;
	int err;

	mnd_text_default(&how, strategy, &pattern->place);
	rule = &container->variables[container->variable_count++];
	err = mnd_hcsshim_variable(environment->import, pattern, &how, required,
				   rule);
	if (err)
		return err;
	err = mnd_string_table_add(&environment->names, name.text, name.length);
	return err ? mnd_hcsshim_out_of_memory(environment->import) : 0;
}

static int join(struct mnd_import *import, const struct mnd_text *name,
		const struct mnd_text *value, struct mnd_text *pattern)
{
	char *text;

	pattern->length = name->length + 1 + value->length;
	pattern->place = name->place;
	text = mnd_arena_alloc(&import->policy->arena, pattern->length + 1, 1);
	if (!text)
		return mnd_hcsshim_out_of_memory(import);
	memcpy(text, name->text, name->length);
	text[name->length] = '=';
	memcpy(text + name->length + 1, value->text, value->length);
	pattern->text = text;
	return 0;
}

static int read_variable(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct variable *variable)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(variable, name, "name", mnd_object_text),
		MND_OBJECT_KEY(variable, value, "value", mnd_object_text),
		MND_OBJECT_KEY(variable, secure_value, "secureValue",
			       mnd_object_text),
		MND_OBJECT_KEY(variable, strategy, "strategy", mnd_object_text),
		MND_OBJECT_KEY(variable, regex, "regex", mnd_object_boolean),
		MND_OBJECT_KEY(variable, required, "required",
			       mnd_object_boolean),
	};
	static const struct mnd_object_form form = {
		"an element of \"environmentVariables\"", keys,
		ARRAY_SIZE(keys), true
	};
	int err;

	memset(variable, 0, sizeof(*variable));
	err = mnd_object_read(import, value, &form, variable);
	if (err || variable->name.length)
		return err;
	return mnd_value_refuse(import, value, "has no \"name\"");
}

static int add_own(struct environment *environment,
		   const struct mnd_value *value)
{
	struct mnd_text pattern;
	struct variable variable;
	int err;

	err = read_variable(environment->import, value, &variable);
	if (err)
		return err;
	if (!variable.value.length)
		variable.value = variable.secure_value;
	mnd_text_default(&variable.value, "", &value->place);
	mnd_text_default(&variable.strategy, variable.regex ? "re2" : "string",
			 &value->place);
	err = join(environment->import, &variable.name, &variable.value,
		   &pattern);
	if (err)
		return err;
	pattern.place = value->place;
	return add_rule(environment, &pattern, variable.strategy.text,
			variable.required);
}

static int add_given(struct environment *environment, const struct given *given,
		     size_t count)
{
	const struct mnd_place *place = &environment->container->place;
	struct mnd_text name, value, pattern;
	struct mnd_string_ref ref;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < count; i++) {
		name = (struct mnd_text){ NULL };
		value = (struct mnd_text){ NULL };
		mnd_text_default(&name, given[i].name, place);
		mnd_text_default(&value, given[i].value, place);
		ref = (struct mnd_string_ref){ name.text, name.length };
		if (has_name(environment, &ref))
			continue;
		err = join(environment->import, &name, &value, &pattern);
		if (!err)
			err = add_rule(environment, &pattern, given[i].strategy,
				       false);
	}
	return err;
}

static int add_of_image(struct environment *environment,
			const struct mnd_image *image)
{
	struct mnd_string_ref name;
	struct mnd_text pattern;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < image->env.count; i++) {
		pattern = image->env.items[i];
		pattern.place = environment->container->place;
		name = name_of(&pattern);
		if (!has_name(environment, &name))
			err = add_rule(environment, &pattern, "string", false);
	}
	return err;
}

static int add_all(struct environment *environment,
		   const struct mnd_confcom *confcom,
		   const struct mnd_value *own, const struct mnd_image *image)
{
	size_t i;
	int err = 0;

	if (confcom->workload_identity)
		err = add_given(environment, workload_identity,
				ARRAY_SIZE(workload_identity));
	for (i = 0; !err && i < mnd_object_count(own); i++)
		err = add_own(environment, &own->items[i]);
	take_names(environment);
	if (!err)
		err = add_of_image(environment, image);
	take_names(environment);
	if (!err)
		err = add_given(environment, customer, ARRAY_SIZE(customer));
	if (!err && confcom->virtual_node)
		err = add_given(environment, virtual_node,
				ARRAY_SIZE(virtual_node));
	return err;
}

/**
 * mnd_confcom_variables - Make the environment rules of a container
 *
 * @confcom: The tool.
 * @container: Container.
 * @image: Its image.
 * @made: Its rules are written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: An element is no variable.
 * - -E2BIG: A pattern is over a limit of mnd_hcsshim_pattern().
 * - -ENOMEM: Out of memory.
 */
int mnd_confcom_variables(struct mnd_confcom *confcom,
			  const struct mnd_confcom_container *container,
			  const struct mnd_image *image,
			  struct mnd_hcsshim_container *made)
{
	struct mnd_import *import = confcom->tool.import;
	struct environment environment = { import, made, { NULL }, 0 };
	const struct mnd_value *own = container->environment;
	int err;

	made->variables = mnd_arena_alloc(&import->policy->arena,
					  mnd_object_count(own) +
						  image->env.count + MOST_GIVEN,
					  sizeof(*made->variables));
	if (!made->variables)
		return mnd_hcsshim_out_of_memory(import);
	err = add_all(&environment, confcom, own, image);
	mnd_string_table_free(&environment.names);
	return err;
}
