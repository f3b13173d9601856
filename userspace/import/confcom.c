// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the JSON input of `az confcom`, in both its shapes, and makes of it what
 * the policy would mean that `az confcom acipolicygen` makes, in the versions
 * that write api_version 0.10.0 or 0.11.0 and framework_version 0.2.3.
 *
 * Not added, each with a warning or because only the tool knows:
 * - the fragment of the platform, whose minimum_svn each version of the tool
 *   has another idea of;
 * - the stop signal of an image; SIGKILL and SIGTERM can always be sent;
 * - what the tool is told by its command line, such as --debug-mode.
 */

#include <strings.h>

#include "../toml/toml.h"
#include "confcom.h"
#include "fragment_include.h"
#include "source.h"

#define PLATFORM_FEED "mcr.microsoft.com/aci/aci-cc-infra-fragment"
#define VERSION "1.0"

/* The input. */
struct input {
	struct mnd_text version;
	struct mnd_text scenario;
	const struct mnd_value *containers;
	const struct mnd_value *fragments;
	const struct mnd_value *standalone_fragments;
	bool workload_identity;
	bool allow_host_network;
};

/* An element of "fragments". */
struct fragment {
	struct mnd_text issuer;
	struct mnd_text feed;
	struct mnd_text minimum_svn;
	struct mnd_texts includes;
};

static int refuse_windows(struct mnd_import *import,
			  const struct mnd_value *value, void *member)
{
	(void)member;
	return mnd_value_refuse(import, value,
				"this is only about Windows containers");
}

#define TEMPLATE \
	"this is an ARM template: write it in the form of az confcom's --input"

static int refuse_template(struct mnd_import *import,
			   const struct mnd_value *value, void *member)
{
	(void)member;
	return mnd_value_refuse(import, value, TEMPLATE);
}

#define IDENTITY_LABEL "azure.workload.identity/use"

/* A label of Kubernetes is a string; the tool takes any but "" for true. */
static int read_identity(struct mnd_import *import,
			 const struct mnd_value *value, bool *identity)
{
	if (value->type != MND_VALUE_STRING)
		return mnd_object_boolean(import, value, identity);
	*identity = value->length;
	if (!value->length || !strcmp(value->text, "true"))
		return 0;
	return mnd_value_refuse(import, value,
				"must be true or false: any string means true");
}

static int read_labels(struct mnd_import *import, const struct mnd_value *value,
		       void *member)
{
	const struct mnd_value_member *label;
	char quoted[MND_TOML_QUOTED_SIZE];
	size_t i;
	int err;

	err = mnd_value_want(import, value, MND_VALUE_OBJECT);
	for (i = 0; !err && i < value->count; i++) {
		label = &value->members[i];
		if (!strcmp(label->key.text, IDENTITY_LABEL)) {
			err = read_identity(import, &label->value, member);
			continue;
		}
		mnd_toml_quote(label->key.text, label->key.length, quoted);
		err = mnd_hcsshim_warn(import, &label->key.place,
				       "label %s is ignored", quoted);
	}
	return err;
}

static int read_input(struct mnd_import *import, const struct mnd_value *value,
		      struct input *input)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(input, version, "version", mnd_object_text),
		MND_OBJECT_KEY(input, scenario, "scenario", mnd_object_text),
		MND_OBJECT_KEY(input, containers, "containers",
			       mnd_object_array),
		MND_OBJECT_KEY(input, fragments, "fragments", mnd_object_array),
		MND_OBJECT_KEY(input, standalone_fragments,
			       "standaloneFragments", mnd_object_array),
		MND_OBJECT_KEY(input, workload_identity, "labels", read_labels),
		MND_OBJECT_KEY(input, allow_host_network, "allowHostNetwork",
			       mnd_object_boolean),
		{ "allowedLogProviders", refuse_windows, 0 },
		{ "allowLogProviderDropping", refuse_windows, 0 },
		{ "allowRegistryChangesDropping", refuse_windows, 0 },
		{ "mappedDirectories", refuse_windows, 0 },
		{ "$schema", refuse_template, 0 },
		{ "resources", refuse_template, 0 },
	};
	static const struct mnd_object_form form = { "the input", keys,
						     ARRAY_SIZE(keys), true };

	memset(input, 0, sizeof(*input));
	return mnd_object_read(import, value, &form, input);
}

static int check_version(struct mnd_import *import,
			 const struct mnd_text *version)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	if (!version->text || !strcmp(version->text, VERSION))
		return 0;
	mnd_toml_quote(version->text, version->length, quoted);
	return mnd_fail(import->error, version->place.line,
			version->place.column,
			"version %s is not known, only \"" VERSION "\" is",
			quoted);
}

static int set_scenario(struct mnd_confcom *confcom, const struct input *input)
{
	const struct mnd_text *scenario = &input->scenario;
	char quoted[MND_TOML_QUOTED_SIZE];

	if (!scenario->length || !strcasecmp(scenario->text, "aci"))
		return 0;
	if (!strcasecmp(scenario->text, "vn2")) {
		confcom->virtual_node = true;
		confcom->workload_identity = input->workload_identity;
		return 0;
	}
	mnd_toml_quote(scenario->text, scenario->length, quoted);
	return mnd_fail(confcom->tool.import->error, scenario->place.line,
			scenario->place.column,
			"scenario %s is neither \"aci\" nor \"vn2\"", quoted);
}

static int read_include(struct mnd_import *import, const struct mnd_text *word,
			u32 *includes)
{
	const u32 include = mnd_fragment_include(word->text);
	char quoted[MND_TOML_QUOTED_SIZE];

	*includes |= include;
	if (include)
		return 0;
	mnd_toml_quote(word->text, word->length, quoted);
	return mnd_fail(import->error, word->place.line, word->place.column,
			"a fragment has no %s", quoted);
}

static int want_text(struct mnd_import *import, const struct mnd_value *value,
		     const struct mnd_text *text, const char *name)
{
	if (text->length)
		return 0;
	return mnd_value_refuse(import, value, "a fragment needs a \"%s\"",
				name);
}

static int check_svn(struct mnd_import *import, const struct mnd_text *svn)
{
	if (!svn->text[strspn(svn->text, "0123456789")])
		return 0;
	return mnd_fail(import->error, svn->place.line, svn->place.column,
			"must be a whole number in quotation marks");
}

static int check_fragment(struct mnd_import *import,
			  const struct mnd_value *value,
			  const struct fragment *fragment)
{
	int err;

	err = want_text(import, value, &fragment->issuer, "issuer");
	if (!err)
		err = want_text(import, value, &fragment->feed, "feed");
	if (!err)
		err = want_text(import, value, &fragment->minimum_svn,
				"minimum_svn");
	if (!err && !fragment->includes.items)
		err = mnd_value_refuse(import, value,
				       "a fragment needs \"includes\"");
	return err ? err : check_svn(import, &fragment->minimum_svn);
}

static int read_fragment(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct mnd_fragment_rule *rule)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(fragment, issuer, "issuer", mnd_object_text),
		MND_OBJECT_KEY(fragment, feed, "feed", mnd_object_text),
		MND_OBJECT_KEY(fragment, minimum_svn, "minimum_svn",
			       mnd_object_text),
		MND_OBJECT_KEY(fragment, includes, "includes",
			       mnd_object_texts),
		/* Where the tool finds a copy of it. */
		MND_OBJECT_SKIP("path"),
	};
	static const struct mnd_object_form form = { "a fragment", keys,
						     ARRAY_SIZE(keys), true };
	struct fragment fragment = { { NULL } };
	size_t i;
	int err;

	err = mnd_object_read(import, value, &form, &fragment);
	if (!err)
		err = check_fragment(import, value, &fragment);
	for (i = 0; !err && i < fragment.includes.count; i++)
		err = read_include(import, &fragment.includes.items[i],
				   &rule->includes);
	rule->issuer = fragment.issuer.text;
	rule->feed = fragment.feed.text;
	rule->minimum_svn = fragment.minimum_svn.text;
	rule->parameters = "{}";
	rule->place = value->place;
	return err;
}

static int add_fragments(struct mnd_import *import, const struct input *input)
{
	const size_t own = mnd_object_count(input->fragments);
	const size_t others = mnd_object_count(input->standalone_fragments);
	struct mnd_policy_source *policy = import->policy;
	const struct mnd_value *value;
	size_t i;
	int err = 0;

	policy->fragments = mnd_arena_alloc(&policy->arena, own + others,
					    sizeof(*policy->fragments));
	if (!policy->fragments)
		return mnd_hcsshim_out_of_memory(import);
	policy->fragment_count = own + others;
	for (i = 0; !err && i < own + others; i++) {
		value = i < own ? &input->fragments->items[i] :
				  &input->standalone_fragments->items[i - own];
		err = read_fragment(import, value, &policy->fragments[i]);
	}
	return err;
}

#define NOT_ADDED                                                          \
	"the fragment \"%s\", which the tool admits, is not admitted: its" \
	" minimum_svn depends on the tool's version"

/* The tool admits one more fragment, but not always the same. */
static int warn_platform(struct mnd_import *import)
{
	const struct mnd_policy_source *policy = import->policy;
	const struct mnd_place place = { 1, 1 };
	size_t i;

	for (i = 0; i < policy->fragment_count; i++)
		if (!strcmp(policy->fragments[i].feed, PLATFORM_FEED))
			return 0;
	return mnd_hcsshim_warn(import, &place, NOT_ADDED, PLATFORM_FEED);
}

static int add_containers(struct mnd_confcom *confcom,
			  const struct mnd_value *containers)
{
	const size_t count = mnd_object_count(containers);
	size_t i;
	int err = 0;

	if (count >= MND_SUBJECT_MAX - 1)
		return mnd_value_refuse(confcom->tool.import, containers,
					"too many containers");
	for (i = 0; !err && i < count; i++)
		err = mnd_confcom_container(confcom, &containers->items[i]);
	return err;
}

/* What the tool's template of a policy says, whatever the input. */
static void set_template(const struct input *input,
			 struct mnd_policy_source *policy)
{
	size_t i;

	for (i = 0; i < __MND_POINT_MAX; i++)
		policy->answers[i] = MND_ANSWER_RULES;
	policy->answers[MND_POINT_GET_PROPERTIES] = MND_ANSWER_ALLOW;
	policy->answers[MND_POINT_DUMP_STACKS] = MND_ANSWER_DENY;
	policy->answers[MND_POINT_RUNTIME_LOGGING] = MND_ANSWER_DENY;
	policy->answers[MND_POINT_HOST_NETWORK] = MND_ANSWER_DENY;
	if (input->allow_host_network)
		policy->answers[MND_POINT_HOST_NETWORK] = MND_ANSWER_ALLOW;
	policy->flags |= MND_POLICY_DROP_VARIABLES |
			 MND_POLICY_DROP_CAPABILITIES;
}

static int check_input(struct mnd_confcom *confcom,
		       const struct mnd_value *value, const struct input *input)
{
	int err;

	err = check_version(confcom->tool.import, &input->version);
	if (!err)
		err = set_scenario(confcom, input);
	if (err)
		return err;
	if (mnd_object_count(input->containers) ||
	    mnd_object_count(input->fragments) ||
	    mnd_object_count(input->standalone_fragments))
		return 0;
	return mnd_value_refuse(confcom->tool.import, value,
				"there are neither containers nor fragments");
}

static int make_policy(struct mnd_confcom *confcom,
		       const struct mnd_value *value)
{
	struct mnd_import *import = confcom->tool.import;
	const bool is_fragment = import->options->fragment;
	struct input input;
	int err;

	mnd_hcsshim_begin(import, is_fragment ? "fragment" : "policy");
	err = read_input(import, value, &input);
	if (!err)
		err = check_input(confcom, value, &input);
	if (err)
		return err;
	set_template(&input, import->policy);
	err = mnd_images_read(import, &confcom->tool.images);
	if (!err)
		err = add_containers(confcom, input.containers);
	if (!err && !is_fragment)
		err = mnd_confcom_pause(confcom);
	if (!err)
		err = add_fragments(import, &input);
	if (!err && !is_fragment)
		err = warn_platform(import);
	return err ? err : mnd_hcsshim_finish(import);
}

/**
 * mnd_confcom_read - Read the JSON input of `az confcom`
 *
 * @source: Source.
 * @options: Image facts, and whether the policy is to be a fragment.
 * @policy: Written, if all zero before.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: The tool refuses it, or here something is not understood.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_confcom_read(const struct mnd_string_ref *source,
		     const struct mnd_source_options *options,
		     struct mnd_policy_source *policy, struct mnd_error *error)
{
	struct mnd_import import = { policy, options, error };
	struct mnd_confcom confcom = { .tool = { .import = &import } };
	struct mnd_value value;
	int err;

	err = mnd_json_read(&policy->arena, source->text, source->length,
			    &value, error);
	return err ? err : make_policy(&confcom, &value);
}
