// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads a policy or a fragment on hcsshim's framework: the data that the
 * framework looks at, and which of its rules are used.
 */

#include "../toml/toml.h"
#include "hcsshim_rego.h"

/* What the framework looks at in a policy, beside rules about requests. */
static const char *const policy_names[] = {
	"allow_capability_dropping",
	"allow_dump_stacks",
	"allow_environment_variable_dropping",
	"allow_host_network",
	"allow_properties_access",
	"allow_runtime_logging",
	"allow_unencrypted_scratch",
	"api_svn",
	"api_version",
	"containers",
	"external_processes",
	"fragments",
	"framework_svn",
	"framework_version",
	"platform_rules",
	"reason",
	"transparency_trust_lists",
	/* These are about Windows only. */
	"allow_log_provider_dropping",
	"allowed_log_providers",
	"log_provider",
	"mount_cims",
	"registry_changes",
};

/* What it looks at in a fragment. */
static const char *const fragment_names[] = {
	"containers",
	"external_processes",
	"fragments",
	"framework_svn",
	"framework_version",
	"parameters_api",
	"platform_rules",
	"svn",
	"transparency_trust_lists",
};

/* Names of packages that hcsshim has itself. */
static const char *const reserved[] = { "framework", "api", "policy",
					"metadata" };

static bool is_among(const char *name, const char *const *names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static bool is_fragment(const struct mnd_rego_import *reader)
{
	return reader->import->options->fragment;
}

static bool is_known(const struct mnd_rego_import *reader, const char *name)
{
	if (is_fragment(reader))
		return is_among(name, fragment_names,
				ARRAY_SIZE(fragment_names));
	return mnd_rego_is_point(name) ||
	       is_among(name, policy_names, ARRAY_SIZE(policy_names));
}

static int fail_at(const struct mnd_rego_import *reader,
		   const struct mnd_place *place, const char *text)
{
	return mnd_fail(reader->import->error, place->line, place->column, "%s",
			text);
}

/**
 * mnd_rego_data - Get the data of a rule
 *
 * @reader: Module.
 * @name: Name of the rule.
 * @value: Written, if there is such a rule.
 *
 * Return: 0, or -EINVAL with the import's error written: it is no data.
 */
int mnd_rego_data(const struct mnd_rego_import *reader, const char *name,
		  const struct mnd_value **value)
{
	const struct mnd_rego_rule *rule = mnd_rego_find(reader->module, name);

	if (!rule)
		return 0;
	*value = &rule->value;
	if (rule->reference)
		return fail_at(reader, &rule->value.place,
			       "must be data, not a reference");
	if (rule->inner_reference.line)
		return fail_at(reader, &rule->inner_reference,
			       "must be data, not a reference");
	return 0;
}

/**
 * mnd_rego_list - Get the array that a rule is
 *
 * @reader: Module.
 * @name: Name of the rule.
 * @list: Written, if there is such a rule.
 *
 * Return: 0, or -EINVAL with the import's error written: it is no array.
 */
int mnd_rego_list(const struct mnd_rego_import *reader, const char *name,
		  const struct mnd_value **list)
{
	int err = mnd_rego_data(reader, name, list);

	if (err || !*list)
		return err;
	return mnd_value_want(reader->import, *list, MND_VALUE_ARRAY);
}

/**
 * mnd_rego_flag - Get the boolean that a rule is
 *
 * @reader: Module.
 * @name: Name of the rule.
 * @flag: Written, if there is such a rule.
 *
 * Return: 0, or -EINVAL with the import's error written: it is no boolean.
 */
int mnd_rego_flag(const struct mnd_rego_import *reader, const char *name,
		  bool *flag)
{
	const struct mnd_value *value = NULL;
	int err = mnd_rego_data(reader, name, &value);

	return err ? err : mnd_value_boolean(reader->import, value, flag);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static size_t skip(const struct mnd_string_ref *source, size_t at,
		   const char *what)
{
	while (at < source->length && source->text[at] &&
	       strchr(what, source->text[at]))
		at++;
	return at;
}

/* hcsshim looks at the first line before it knows that it is Rego. */
static bool is_first_line(const struct mnd_string_ref *source)
{
	static const char start[] = "package ";
	size_t at = sizeof(start) - 1;

	if (source->length < at || memcmp(source->text, start, at))
		return false;
	at = skip(source, at, " ");
	if (at == source->length || !is_letter(source->text[at]))
		return false;
	while (at < source->length &&
	       (is_letter(source->text[at]) ||
		(source->text[at] >= '0' && source->text[at] <= '9')))
		at++;
	at = skip(source, at, " \t\r\f");
	return at == source->length || source->text[at] == '\n';
}

static int check_package(const struct mnd_rego_import *reader)
{
	const struct mnd_rego_module *module = reader->module;

	if (!is_fragment(reader)) {
		if (!strcmp(module->package, "policy"))
			return 0;
		return fail_at(reader, &module->package_place,
			       "the package of a policy must be \"policy\"");
	}
	if (!mnd_is_name(module->package, strlen(module->package)))
		return fail_at(reader, &module->package_place,
			       "the name of a package is too long");
	if (!is_among(module->package, reserved, ARRAY_SIZE(reserved)))
		return 0;
	return mnd_fail(reader->import->error, module->package_place.line,
			module->package_place.column,
			"package \"%s\" is not for fragments", module->package);
}

/* Only what hcsshim adds to a fragment has these names. */
static bool is_added(const char *name)
{
	return !strcmp(name, "parameter") ||
	       !strncmp(name, "__fragment_parameters",
			strlen("__fragment_parameters"));
}

#define NO_VALUE "%s counts as missing: parameter %s has no value"

static int check_rule(const struct mnd_rego_import *reader,
		      const struct mnd_rego_rule *rule)
{
	char name[MND_TOML_QUOTED_SIZE], missing[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(rule->name, strlen(rule->name), name);
	if (is_fragment(reader) && is_added(rule->name))
		return fail_at(reader, &rule->place,
			       "a fragment must not have such a rule");
	if (!is_known(reader, rule->name))
		return mnd_value_object_to(reader->import, &rule->place,
					   "%s has no meaning here", name);
	if (!rule->missing)
		return 0;
	mnd_toml_quote(rule->missing, strlen(rule->missing), missing);
	return mnd_value_object_to(reader->import, &rule->place, NO_VALUE, name,
				   missing);
}

static int check_rules(const struct mnd_rego_import *reader)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < reader->module->count; i++)
		err = check_rule(reader, &reader->module->rules[i]);
	return err;
}

static int read_flag(const struct mnd_rego_import *reader, const char *name,
		     u32 flag)
{
	bool set = false;
	int err = mnd_rego_flag(reader, name, &set);

	if (set)
		reader->import->policy->flags |= flag;
	return err;
}

#define DROPPING_SINCE MND_HCSSHIM_VERSION(0, 2, 2)

static int read_flags(const struct mnd_rego_import *reader)
{
	int err;

	err = read_flag(reader, "allow_environment_variable_dropping",
			MND_POLICY_DROP_VARIABLES);
	if (!err && reader->framework >= DROPPING_SINCE)
		err = read_flag(reader, "allow_capability_dropping",
				MND_POLICY_DROP_CAPABILITIES);
	return err ? err :
		     read_flag(reader, "allow_unencrypted_scratch",
			       MND_POLICY_PLAIN_SCRATCH);
}

static int read_policy(const struct mnd_rego_import *reader)
{
	struct mnd_api_version api = { false };
	int err;

	err = mnd_rego_api(reader, &api);
	if (!err)
		err = read_flags(reader);
	return err ? err : mnd_rego_answers(reader, &api);
}

static int read_fragment(const struct mnd_rego_import *reader)
{
	const struct mnd_value *svn = NULL;
	int err;

	mnd_rego_answer_fragment(reader);
	err = mnd_rego_data(reader, "svn", &svn);
	if (err || !svn)
		return err;
	reader->import->policy->svn_text = svn->text;
	if (svn->type == MND_VALUE_NUMBER)
		return 0;
	return mnd_value_want(reader->import, svn, MND_VALUE_STRING);
}

#define PLATFORMS_SINCE MND_HCSSHIM_VERSION(0, 5, 0)
#define NO_PLATFORMS \
	"platform rules have no meaning for this \"framework_version\""

/* What is there since a later version counts for nothing before. */
static int read_later_lists(const struct mnd_rego_import *reader)
{
	const bool old = reader->framework < PLATFORMS_SINCE;
	const struct mnd_rego_rule *platforms =
		mnd_rego_find(reader->module, "platform_rules");
	int err = 0;

	/* hcsshim does not look at the version in the policy itself. */
	if (!old || !is_fragment(reader))
		err = mnd_rego_trust_lists(reader);
	if (!err && !old)
		err = mnd_rego_platforms(reader);
	if (err || !old || !platforms)
		return err;
	return mnd_hcsshim_warn(reader->import, &platforms->place,
				NO_PLATFORMS);
}

static int read_module(struct mnd_rego_import *reader)
{
	int err;

	err = check_package(reader);
	if (!err)
		err = check_rules(reader);
	if (!err)
		err = mnd_rego_framework(reader);
	if (!err)
		err = mnd_rego_containers(reader);
	if (!err)
		err = mnd_rego_externals(reader);
	if (!err)
		err = mnd_rego_fragments(reader);
	if (!err)
		err = read_later_lists(reader);
	if (!err)
		err = is_fragment(reader) ? read_fragment(reader) :
					    read_policy(reader);
	return err ? err : mnd_hcsshim_finish(reader->import);
}

/* Of a fragment: what its parameters are. */
static int read_parameters(struct mnd_import *import, struct mnd_value *value)
{
	const char *text = import->options->parameters;
	struct mnd_error why;
	int err;

	value->type = MND_VALUE_OBJECT;
	if (!text)
		return 0;
	err = mnd_json_read(&import->policy->arena, text, strlen(text), value,
			    &why);
	if (err == -ENOMEM)
		return mnd_hcsshim_out_of_memory(import);
	if (err)
		return mnd_fail(import->error, 0, 0, "parameters:%u:%u: %s",
				why.line, why.column, why.text);
	if (value->type != MND_VALUE_OBJECT)
		return mnd_fail(import->error, 0, 0,
				"parameters must be an object");
	return 0;
}

#define FIRST_LINE "the first line of a fragment must be \"package\" and a name"

static int read_source(struct mnd_import *import,
		       const struct mnd_string_ref *source)
{
	const bool fragment = import->options->fragment;
	struct mnd_value parameters = { 0 };
	struct mnd_rego_module module;
	struct mnd_rego_import reader = { import, &module, 0 };
	int err = 0;

	if (fragment && !is_first_line(source))
		return mnd_fail(import->error, 1, 1, FIRST_LINE);
	if (fragment)
		err = read_parameters(import, &parameters);
	if (!err)
		err = mnd_rego_read(&import->policy->arena, source->text,
				    source->length,
				    fragment ? &parameters : NULL, &module,
				    import->error);
	if (err)
		return err;
	mnd_hcsshim_begin(import, module.package);
	return read_module(&reader);
}

/**
 * mnd_hcsshim_rego_read - Read a policy or a fragment on hcsshim's framework
 *
 * @source: Source.
 * @options: Whether it is a fragment, and its parameters.
 * @policy: Written, if all zero before.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no Rego, or has more in it than data, or what it says is not
 *   understood.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_rego_read(const struct mnd_string_ref *source,
			  const struct mnd_source_options *options,
			  struct mnd_policy_source *policy,
			  struct mnd_error *error)
{
	struct mnd_import import = { policy, options, error };

	return read_source(&import, source);
}
