// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads a policy in the JSON that hcsshim read before it had Rego.  An array is
 * an object there: its length, and its elements by their number.
 */

#include <stdlib.h>

#include "value_form.h"

/* More than the digits of any number of elements. */
#define NUMBER_SIZE 12

/**
 * struct elements - An array
 *
 * @items: Its elements.
 * @count: How many.
 */
struct elements {
	const struct mnd_value **items;
	size_t count;
};

/* The number that a key is, which is below @count. */
static bool read_number(const struct mnd_value *key, size_t count,
			size_t *number)
{
	char *end;

	if (key->length >= NUMBER_SIZE || key->text[0] < '0' ||
	    key->text[0] > '9' || (key->text[0] == '0' && key->length > 1))
		return false;
	*number = strtoul(key->text, &end, 10);
	return !*end && *number < count;
}

/* Numbers are different, so that none is missing if all are in range. */
static int order(struct mnd_import *import, const struct mnd_value *object,
		 struct elements *elements)
{
	size_t number, i;

	elements->count = object->count;
	elements->items = mnd_arena_alloc(&import->policy->arena, object->count,
					  sizeof(*elements->items));
	if (!elements->items)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; i < object->count; i++) {
		if (!read_number(&object->members[i].key, object->count,
				 &number))
			return mnd_value_refuse(import, &object->members[i].key,
						"must be an element's number");
		elements->items[number] = &object->members[i].value;
	}
	return 0;
}

static int read_elements(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct elements *elements)
{
	const struct mnd_value *length = NULL, *object = NULL;
	const struct mnd_value_pick picks[] = {
		{ "length", &length },
		{ "elements", &object },
	};
	const struct mnd_value_picks all = { "a list", picks,
					     ARRAY_SIZE(picks) };
	long long count;
	int err;

	if (!value)
		return 0;
	err = mnd_value_take(import, value, &all);
	if (!err && object && object->type != MND_VALUE_NULL)
		err = mnd_value_want(import, object, MND_VALUE_OBJECT);
	if (!err && object && object->type == MND_VALUE_OBJECT)
		err = order(import, object, elements);
	if (err || !length)
		return err;
	err = mnd_value_integer(import, length, &count);
	if (!err && (count < 0 || (size_t)count != elements->count))
		err = mnd_value_refuse(import, length, "there are %zu elements",
				       elements->count);
	return err;
}

static int read_texts(struct mnd_import *import, const struct mnd_value *value,
		      const struct mnd_text **texts, size_t *count)
{
	struct elements elements = { NULL, 0 };
	struct mnd_text *items;
	size_t i;
	int err;

	err = read_elements(import, value, &elements);
	if (err)
		return err;
	items = mnd_arena_alloc(&import->policy->arena, elements.count,
				sizeof(*items));
	if (!items)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; !err && i < elements.count; i++)
		err = mnd_value_text(import, elements.items[i], &items[i]);
	*texts = items;
	*count = elements.count;
	return err;
}

static int read_variable(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct mnd_variable_rule *rule)
{
	const struct mnd_value *strategy = NULL, *text = NULL, *required = NULL;
	const struct mnd_value_pick picks[] = {
		{ "strategy", &strategy },
		{ "rule", &text },
		{ "required", &required },
	};
	const struct mnd_value_picks all = { "an environment rule", picks,
					     ARRAY_SIZE(picks) };
	struct mnd_text texts[2] = {
		{ "", 0, value->place },
		{ "", 0, value->place },
	};
	bool is_required = false;
	int err;

	err = mnd_value_take(import, value, &all);
	if (!err)
		err = mnd_value_text(import, text, &texts[0]);
	if (!err)
		err = mnd_value_text(import, strategy, &texts[1]);
	if (!err)
		err = mnd_value_boolean(import, required, &is_required);
	return err ? err :
		     mnd_hcsshim_variable(import, &texts[0], &texts[1],
					  is_required, rule);
}

static int read_variables(struct mnd_import *import,
			  const struct mnd_value *value,
			  struct mnd_hcsshim_container *container)
{
	struct elements elements = { NULL, 0 };
	size_t i;
	int err;

	err = read_elements(import, value, &elements);
	if (err)
		return err;
	container->variable_count = elements.count;
	container->variables = mnd_arena_alloc(&import->policy->arena,
					       elements.count,
					       sizeof(*container->variables));
	if (!container->variables)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; !err && i < elements.count; i++)
		err = read_variable(import, elements.items[i],
				    &container->variables[i]);
	return err;
}

static int read_volume(struct mnd_import *import, const struct mnd_value *value,
		       struct mnd_volume_rule *rule)
{
	const struct mnd_value *values[4] = { NULL };
	const struct mnd_value_pick picks[] = {
		{ "source", &values[0] },
		{ "destination", &values[1] },
		{ "type", &values[2] },
		{ "options", &values[3] },
	};
	const struct mnd_value_picks all = { "a mount", picks,
					     ARRAY_SIZE(picks) };
	const struct mnd_text *options = NULL;
	struct mnd_text texts[3];
	size_t count = 0;
	size_t i;
	int err;

	err = mnd_value_take(import, value, &all);
	for (i = 0; !err && i < ARRAY_SIZE(texts); i++) {
		texts[i] = (struct mnd_text){ "", 0, value->place };
		err = mnd_value_text(import, values[i], &texts[i]);
	}
	if (!err)
		err = read_texts(import, values[3], &options, &count);
	return err ? err :
		     mnd_hcsshim_volume(import, &texts[2], &texts[1], &texts[0],
					options, count, rule);
}

static int read_volumes(struct mnd_import *import,
			const struct mnd_value *value,
			struct mnd_hcsshim_container *container)
{
	struct elements elements = { NULL, 0 };
	size_t i;
	int err;

	err = read_elements(import, value, &elements);
	if (err)
		return err;
	container->volume_count = elements.count;
	container->volumes = mnd_arena_alloc(&import->policy->arena,
					     elements.count,
					     sizeof(*container->volumes));
	if (!container->volumes)
		return mnd_hcsshim_out_of_memory(import);
	for (i = 0; !err && i < elements.count; i++)
		err = read_volume(import, elements.items[i],
				  &container->volumes[i]);
	return err;
}

/* What the JSON could not say, hcsshim took to be so. */
static void set_unsaid(struct mnd_hcsshim_container *container)
{
	container->allow_stdio_access = true;
	container->profile = "";
	container->capabilities.rule = MND_CAPABILITIES_DEFAULT;
	container->identity.umask.matching = MND_MATCHING_EXACT;
	container->identity.umask.text = "0022";
	container->identity.umask.length = 4;
	container->identity.umask.place = container->place;
}

static int add_container(struct mnd_import *import,
			 const struct mnd_value *value)
{
	struct mnd_hcsshim_container container = { .place = value->place };
	const struct mnd_value *values[6] = { NULL };
	const struct mnd_value_pick picks[] = {
		{ "command", &values[0] }, { "env_rules", &values[1] },
		{ "layers", &values[2] },  { "working_dir", &values[3] },
		{ "mounts", &values[4] },  { "allow_elevated", &values[5] },
	};
	const struct mnd_value_picks all = { "a container", picks,
					     ARRAY_SIZE(picks) };
	struct mnd_text working_dir = { "", 0, value->place };
	int err;

	set_unsaid(&container);
	err = mnd_value_take(import, value, &all);
	if (!err)
		err = read_texts(import, values[0], &container.command,
				 &container.command_count);
	if (!err)
		err = read_variables(import, values[1], &container);
	if (!err)
		err = read_texts(import, values[2], &container.layers,
				 &container.layer_count);
	if (!err)
		err = mnd_value_text(import, values[3], &working_dir);
	if (!err)
		err = read_volumes(import, values[4], &container);
	if (!err)
		err = mnd_value_boolean(import, values[5],
					&container.allow_elevated);
	container.working_dir = working_dir.text;
	return err ? err : mnd_hcsshim_add_container(import, &container);
}

static int add_containers(struct mnd_import *import,
			  const struct mnd_value *value)
{
	struct elements elements = { NULL, 0 };
	size_t i;
	int err;

	err = read_elements(import, value, &elements);
	for (i = 0; !err && i < elements.count; i++)
		err = add_container(import, elements.items[i]);
	return err;
}

/* What hcsshim allowed when it made Rego of the JSON. */
static void set_answers(struct mnd_policy_source *policy, bool allow_all)
{
	size_t i;

	for (i = 0; i < __MND_POINT_MAX; i++)
		policy->answers[i] = allow_all ? MND_ANSWER_ALLOW :
						 MND_ANSWER_RULES;
	if (allow_all)
		return;
	policy->flags |= MND_POLICY_PLAIN_SCRATCH;
	policy->answers[MND_POINT_MOUNT_BLOCKDEV] = MND_ANSWER_DENY;
	policy->answers[MND_POINT_UNMOUNT_BLOCKDEV] = MND_ANSWER_DENY;
	policy->answers[MND_POINT_GET_PROPERTIES] = MND_ANSWER_ALLOW;
	policy->answers[MND_POINT_DUMP_STACKS] = MND_ANSWER_ALLOW;
	policy->answers[MND_POINT_RUNTIME_LOGGING] = MND_ANSWER_ALLOW;
	policy->answers[MND_POINT_HOST_NETWORK] = MND_ANSWER_DENY;
}

static int refuse_windows(struct mnd_import *import,
			  const struct mnd_value *value)
{
	struct elements elements = { NULL, 0 };
	int err = read_elements(import, value, &elements);

	if (err || !elements.count)
		return err;
	return mnd_value_refuse(import, value, "these cannot be run by Linux");
}

#define WITHOUT_MEANING "these have no meaning because of \"allow_all\""

static int read_policy(struct mnd_import *import, const struct mnd_value *value)
{
	const struct mnd_value *all = NULL, *linux_ones = NULL, *windows = NULL;
	const struct mnd_value_pick picks[] = {
		{ "allow_all", &all },
		{ "containers", &linux_ones },
		{ "windows_containers", &windows },
	};
	const struct mnd_value_picks known = { "a policy", picks,
					       ARRAY_SIZE(picks) };
	bool allow_all = false;
	int err;

	err = mnd_value_take(import, value, &known);
	if (!err)
		err = mnd_value_boolean(import, all, &allow_all);
	if (!err)
		err = refuse_windows(import, windows);
	if (!err)
		err = add_containers(import, linux_ones);
	set_answers(import->policy, allow_all);
	if (!err && allow_all && import->policy->container_count)
		err = mnd_value_object_to(import, &linux_ones->place,
					  WITHOUT_MEANING);
	return err ? err : mnd_hcsshim_finish(import);
}

/**
 * mnd_hcsshim_json_read - Read a policy in hcsshim's JSON
 *
 * @source: Source.
 * @options: How strict to be.
 * @policy: Written, if all zero before.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no JSON, or not such a policy; or a fragment, which cannot
 *   be JSON.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_json_read(const struct mnd_string_ref *source,
			  const struct mnd_source_options *options,
			  struct mnd_policy_source *policy,
			  struct mnd_error *error)
{
	struct mnd_import import = { policy, options, error };
	struct mnd_value value;
	int err;

	if (options->fragment)
		return mnd_fail(error, 1, 1, "a fragment cannot be JSON");
	err = mnd_json_read(&policy->arena, source->text, source->length,
			    &value, error);
	if (err)
		return err;
	mnd_hcsshim_begin(&import, "policy");
	return read_policy(&import, &value);
}
