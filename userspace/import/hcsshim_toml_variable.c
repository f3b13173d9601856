// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The environment rules that securitypolicytool makes for a container: those of
 * its image, then those of its table.
 */

#include "hcsshim_toml.h"
#include "value_form.h"

/* [[container.env_rule]], by the names of its fields in Go. */
struct variable {
	bool required;
	bool use_name_value;
	struct mnd_text strategy;
	struct mnd_text rule;
	struct mnd_text name;
	struct mnd_text name_strategy;
	struct mnd_text value;
	struct mnd_text value_strategy;
};

static int read_variable(struct mnd_import *import,
			 const struct mnd_toml_value *table,
			 struct variable *variable)
{
	/* The fields for names and values have no tags. */
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(variable, required, "required", mnd_form_boolean),
		MND_FORM_KEY(variable, strategy, "strategy", mnd_form_text),
		MND_FORM_KEY(variable, rule, "rule", mnd_form_text),
		MND_FORM_KEY(variable, use_name_value, "UseNameValue",
			     mnd_form_boolean),
		MND_FORM_KEY(variable, name, "Name", mnd_form_text),
		MND_FORM_KEY(variable, name_strategy, "NameStrategy",
			     mnd_form_text),
		MND_FORM_KEY(variable, value, "Value", mnd_form_text),
		MND_FORM_KEY(variable, value_strategy, "ValueStrategy",
			     mnd_form_text),
		MND_FORM_IGNORED("name_strategy"),
		MND_FORM_IGNORED("value_strategy"),
	};
	static const struct mnd_form form = { "[[container.env_rule]]", keys,
					      ARRAY_SIZE(keys) };

	memset(variable, 0, sizeof(*variable));
	return mnd_form_read(import, table, &form, variable);
}

/* Of the two forms of a rule the tool only looks at one. */
static int object_to_other_form(struct mnd_import *import,
				const struct variable *variable)
{
	const struct mnd_text *const split[] = { &variable->name,
						 &variable->name_strategy,
						 &variable->value,
						 &variable->value_strategy };
	const struct mnd_text *const whole[] = { &variable->strategy,
						 &variable->rule };
	const bool use = variable->use_name_value;
	const struct mnd_text *const *other = use ? whole : split;
	size_t count = use ? ARRAY_SIZE(whole) : ARRAY_SIZE(split);
	const char *why = use ? "has no meaning with UseNameValue" :
				"has no meaning without UseNameValue";

	while (count--)
		if (other[count]->text)
			return mnd_value_object_to(import, &other[count]->place,
						   "%s", why);
	return 0;
}

static int check_pattern(struct mnd_tool *tool, const struct mnd_text *pattern,
			 const struct mnd_text *strategy)
{
	if (strcmp(strategy->text, "re2"))
		return 0;
	return mnd_tool_check_pattern(tool, pattern);
}

static int make_split_rule(struct mnd_tool *tool,
			   const struct variable *variable,
			   struct mnd_variable_rule *rule)
{
	int err;

	err = check_pattern(tool, &variable->name, &variable->name_strategy);
	if (!err)
		err = check_pattern(tool, &variable->value,
				    &variable->value_strategy);
	if (err)
		return err;
	return mnd_hcsshim_name_value(tool->import, &variable->name,
				      &variable->name_strategy,
				      &variable->value,
				      &variable->value_strategy,
				      variable->required, rule);
}

static int make_rule(struct mnd_tool *tool, const struct mnd_toml_value *table,
		     struct mnd_variable_rule *rule)
{
	const struct mnd_place place = mnd_form_place(table);
	struct variable variable;
	int err;

	err = read_variable(tool->import, table, &variable);
	if (!err)
		err = object_to_other_form(tool->import, &variable);
	if (err)
		return err;
	mnd_text_default(&variable.strategy, "", &place);
	mnd_text_default(&variable.rule, "", &place);
	mnd_text_default(&variable.name, "", &place);
	mnd_text_default(&variable.name_strategy, "", &place);
	mnd_text_default(&variable.value, "", &place);
	mnd_text_default(&variable.value_strategy, "", &place);
	/* The tool has it compiled whatever UseNameValue says. */
	err = check_pattern(tool, &variable.rule, &variable.strategy);
	if (err)
		return err;
	if (variable.use_name_value)
		return make_split_rule(tool, &variable, rule);
	return mnd_hcsshim_variable(tool->import, &variable.rule,
				    &variable.strategy, variable.required,
				    rule);
}

/* A rule that asks for one string and no other. */
static int make_plain_rule(struct mnd_tool *tool, const struct mnd_text *text,
			   bool required, struct mnd_variable_rule *rule)
{
	struct mnd_text strategy = { NULL };

	mnd_text_default(&strategy, "string", &text->place);
	return mnd_hcsshim_variable(tool->import, text, &strategy, required,
				    rule);
}

/**
 * mnd_tool_variables - Make the environment rules of a container
 *
 * @tool: Tool.
 * @tables: Array of [[container.env_rule]], or NULL.
 * @image: The container's image.
 * @place: Place of the container, for the rules of its image.
 * @container: Its rules are written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: A table is no rule, or its pattern is no regular expression.
 * - -E2BIG: A pattern is over a limit of mnd_regex_parse().
 * - -ENOMEM: Out of memory.
 */
int mnd_tool_variables(struct mnd_tool *tool,
		       const struct mnd_toml_value *tables,
		       const struct mnd_image *image,
		       const struct mnd_place *place,
		       struct mnd_hcsshim_container *container)
{
	const size_t own = mnd_form_count(tables);
	struct mnd_variable_rule *rule;
	struct mnd_text text;
	size_t i;
	int err = 0;

	container->variable_count = image->env.count + 1 + own;
	rule = mnd_arena_alloc(&tool->import->policy->arena,
			       container->variable_count, sizeof(*rule));
	if (!rule)
		return mnd_hcsshim_out_of_memory(tool->import);
	container->variables = rule;
	for (i = 0; !err && i < image->env.count; i++) {
		text = image->env.items[i];
		text.place = *place;
		err = make_plain_rule(tool, &text, true, rule++);
	}
	/* containerd sets it for every container with a terminal. */
	text = (struct mnd_text){ NULL };
	mnd_text_default(&text, "TERM=xterm", place);
	if (!err)
		err = make_plain_rule(tool, &text, false, rule++);
	for (i = 0; !err && i < own; i++)
		err = make_rule(tool, &tables->array->items[i], rule++);
	return err;
}
