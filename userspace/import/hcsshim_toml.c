// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads a policy in the TOML of hcsshim's securitypolicytool and makes of it
 * what the policy would mean that the tool makes.
 */

#include "../regex/regex.h"
#include "fragment_include.h"
#include "hcsshim_toml.h"
#include "value_form.h"

/* What the tool lets every external process have. */
#define EXTERNAL_PATH \
	"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* A document. */
struct document {
	bool allow_all;
	bool allow_properties_access;
	bool allow_dump_stacks;
	bool allow_runtime_logging;
	bool allow_host_network;
	bool allow_variable_dropping;
	bool allow_unencrypted_scratch;
	bool allow_capability_dropping;
	bool allow_log_provider_dropping; /* there is none but on Windows */
	const struct mnd_toml_value *containers;
	const struct mnd_toml_value *external_processes;
	const struct mnd_toml_value *fragments;
};

/* [[external_process]] */
struct external {
	struct mnd_texts command;
	struct mnd_text working_dir;
	bool allow_stdio_access;
};

/* [[fragment]] */
struct fragment {
	struct mnd_text issuer;
	struct mnd_text feed;
	struct mnd_text minimum_svn;
	struct mnd_texts include;
};

/* So many keys of a document also count in a fragment, and they come first. */
#define KEYS_OF_FRAGMENT 4

static int refuse_windows(struct mnd_import *import,
			  const struct mnd_toml_value *value, void *member)
{
	(void)member;
	return mnd_fail(import->error, value->line, value->column,
			"[[windows_container]] cannot be run by Linux");
}

static const struct mnd_form_key document_keys[] = {
	MND_FORM_KEY(document, containers, "container", mnd_form_tables),
	MND_FORM_KEY(document, external_processes, "external_process",
		     mnd_form_tables),
	MND_FORM_KEY(document, fragments, "fragment", mnd_form_tables),
	{ "windows_container", refuse_windows, 0 },
	/* From here on they only count in a policy. */
	MND_FORM_KEY(document, allow_all, "allow_all", mnd_form_boolean),
	MND_FORM_KEY(document, allow_capability_dropping,
		     "allow_capability_dropping", mnd_form_boolean),
	MND_FORM_KEY(document, allow_dump_stacks, "allow_dump_stacks",
		     mnd_form_boolean),
	MND_FORM_KEY(document, allow_variable_dropping,
		     "allow_environment_variable_dropping", mnd_form_boolean),
	MND_FORM_KEY(document, allow_host_network, "allow_hostnetwork",
		     mnd_form_boolean),
	MND_FORM_KEY(document, allow_log_provider_dropping,
		     "allow_log_provider_dropping", mnd_form_boolean),
	MND_FORM_KEY(document, allow_properties_access,
		     "allow_properties_access", mnd_form_boolean),
	MND_FORM_KEY(document, allow_runtime_logging, "allow_runtime_logging",
		     mnd_form_boolean),
	MND_FORM_KEY(document, allow_unencrypted_scratch,
		     "allow_unencrypted_scratch", mnd_form_boolean),
};

static int read_document(struct mnd_import *import, const struct mnd_toml *toml,
			 struct document *document)
{
	/*
	 * A key that is not known here can only take away: without it there is
	 * one thing less that is allowed.
	 */
	static const struct mnd_form policy = { "a policy", document_keys,
						ARRAY_SIZE(document_keys),
						true };
	static const struct mnd_form fragment = { "a fragment", document_keys,
						  KEYS_OF_FRAGMENT, true };
	const struct mnd_toml_value root = {
		.type = MND_TOML_TABLE,
		.line = 1,
		.column = 1,
		.table = (struct mnd_toml_table *)mnd_toml_root(toml),
	};

	memset(document, 0, sizeof(*document));
	return mnd_form_read(import, &root,
			     import->options->fragment ? &fragment : &policy,
			     document);
}

/**
 * mnd_tool_check_pattern - Insist on a regular expression, as the tool does
 *
 * @tool: Tool.
 * @text: Expression, not anchored yet.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no regular expression.
 * - -E2BIG: It is over one of the compiler's limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_tool_check_pattern(struct mnd_tool *tool, const struct mnd_text *text)
{
	struct mnd_regex *regex;
	struct mnd_error why;
	int err;

	err = mnd_regex_parse(text->text, text->length, &regex, &why);
	if (err == -ENOMEM)
		return mnd_hcsshim_out_of_memory(tool->import);
	if (err) {
		mnd_fail(tool->import->error, text->place.line,
			 text->place.column, "pattern, byte %u: %s", why.column,
			 why.text);
		return err;
	}
	mnd_regex_free(regex);
	return 0;
}

static int add_containers(struct mnd_tool *tool,
			  const struct mnd_toml_value *tables)
{
	const size_t count = mnd_form_count(tables);
	size_t i;
	int err = 0;

	if (count >= MND_SUBJECT_MAX)
		return mnd_fail(tool->import->error, tables->line,
				tables->column, "too many containers");
	for (i = 0; !err && i < count; i++)
		err = mnd_tool_container(tool, &tables->array->items[i]);
	return err;
}

static int add_external(struct mnd_tool *tool,
			const struct mnd_toml_value *table)
{
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(external, command, "command", mnd_form_texts),
		MND_FORM_KEY(external, working_dir, "working_dir",
			     mnd_form_text),
		MND_FORM_KEY(external, allow_stdio_access, "allow_stdio_access",
			     mnd_form_boolean),
	};
	static const struct mnd_form form = { "[[external_process]]", keys,
					      ARRAY_SIZE(keys) };
	const struct mnd_place place = mnd_form_place(table);
	struct mnd_text path = { NULL }, strategy = { NULL };
	struct external external = { { NULL } };
	struct mnd_variable_rule *variable;
	int err;

	variable = mnd_arena_alloc(&tool->import->policy->arena, 1,
				   sizeof(*variable));
	if (!variable)
		return mnd_hcsshim_out_of_memory(tool->import);
	mnd_text_default(&path, EXTERNAL_PATH, &place);
	mnd_text_default(&strategy, "string", &place);
	err = mnd_form_read(tool->import, table, &form, &external);
	if (!err)
		err = mnd_hcsshim_variable(tool->import, &path, &strategy, true,
					   variable);
	if (err)
		return err;
	mnd_text_default(&external.working_dir, "", &place);
	return mnd_hcsshim_add_external(tool->import, external.command.items,
					external.command.count, variable, 1,
					external.working_dir.text,
					external.allow_stdio_access, &place);
}

static int add_externals(struct mnd_tool *tool,
			 const struct mnd_toml_value *tables)
{
	const size_t count = mnd_form_count(tables);
	size_t i;
	int err = 0;

	for (i = 0; !err && i < count; i++)
		err = add_external(tool, &tables->array->items[i]);
	return err;
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
	return mnd_value_object_to(import, &word->place,
				   "a fragment has no %s to include", quoted);
}

static int read_fragment(struct mnd_import *import,
			 const struct mnd_toml_value *table,
			 struct mnd_fragment_rule *rule)
{
	static const struct mnd_form_key keys[] = {
		MND_FORM_KEY(fragment, issuer, "issuer", mnd_form_text),
		MND_FORM_KEY(fragment, feed, "feed", mnd_form_text),
		MND_FORM_KEY(fragment, minimum_svn, "minimum_svn",
			     mnd_form_text),
		MND_FORM_KEY(fragment, include, "include", mnd_form_texts),
	};
	static const struct mnd_form form = { "[[fragment]]", keys,
					      ARRAY_SIZE(keys) };
	struct fragment fragment = { { NULL } };
	size_t i;
	int err;

	rule->place = mnd_form_place(table);
	rule->parameters = "";
	err = mnd_form_read(import, table, &form, &fragment);
	mnd_text_default(&fragment.issuer, "", &rule->place);
	mnd_text_default(&fragment.feed, "", &rule->place);
	mnd_text_default(&fragment.minimum_svn, "", &rule->place);
	rule->issuer = fragment.issuer.text;
	rule->feed = fragment.feed.text;
	rule->minimum_svn = fragment.minimum_svn.text;
	for (i = 0; !err && i < fragment.include.count; i++)
		err = read_include(import, &fragment.include.items[i],
				   &rule->includes);
	return err;
}

static int add_fragments(struct mnd_tool *tool,
			 const struct mnd_toml_value *tables)
{
	struct mnd_policy_source *policy = tool->import->policy;
	size_t i;
	int err = 0;

	policy->fragment_count = mnd_form_count(tables);
	policy->fragments = mnd_arena_alloc(&policy->arena,
					    policy->fragment_count,
					    sizeof(*policy->fragments));
	if (!policy->fragments)
		return mnd_hcsshim_out_of_memory(tool->import);
	for (i = 0; !err && i < policy->fragment_count; i++)
		err = read_fragment(tool->import, &tables->array->items[i],
				    &policy->fragments[i]);
	return err;
}

static enum mnd_answer answer(bool allow)
{
	return allow ? MND_ANSWER_ALLOW : MND_ANSWER_DENY;
}

static void set_answers(const struct document *document,
			enum mnd_answer *answers)
{
	size_t i;

	for (i = 0; i < __MND_POINT_MAX; i++)
		answers[i] = document->allow_all ? MND_ANSWER_ALLOW :
						   MND_ANSWER_RULES;
	if (document->allow_all)
		return;
	/* hcsshim knows these requests, and never allows them. */
	answers[MND_POINT_MOUNT_BLOCKDEV] = MND_ANSWER_DENY;
	answers[MND_POINT_UNMOUNT_BLOCKDEV] = MND_ANSWER_DENY;
	answers[MND_POINT_DUMP_STACKS] = answer(document->allow_dump_stacks);
	answers[MND_POINT_GET_PROPERTIES] =
		answer(document->allow_properties_access);
	answers[MND_POINT_HOST_NETWORK] = answer(document->allow_host_network);
	answers[MND_POINT_RUNTIME_LOGGING] =
		answer(document->allow_runtime_logging);
}

static u32 policy_flags(const struct document *document)
{
	u32 flags = 0;

	/* The tool makes a policy without rules then: nothing else counts. */
	if (document->allow_all)
		return MND_POLICY_NO_CONTAINERS;
	if (document->allow_variable_dropping)
		flags |= MND_POLICY_DROP_VARIABLES;
	if (document->allow_capability_dropping)
		flags |= MND_POLICY_DROP_CAPABILITIES;
	if (document->allow_unencrypted_scratch)
		flags |= MND_POLICY_PLAIN_SCRATCH;
	return flags;
}

#define WITH_CONTAINERS "there are containers, which allow_all must not have"

static int object_to(struct mnd_import *import,
		     const struct mnd_toml_value *value)
{
	const struct mnd_place place = mnd_form_place(value);

	return mnd_value_object_to(import, &place,
				   "this has no meaning because of allow_all");
}

/* With allow_all the tool takes no containers, and looks at nothing else. */
static int allow_all(struct mnd_tool *tool, const struct document *document)
{
	const struct mnd_toml_value *containers = document->containers;
	int err = 0;

	if (containers)
		return mnd_fail(tool->import->error, containers->line,
				containers->column, WITH_CONTAINERS);
	if (document->external_processes)
		err = object_to(tool->import, document->external_processes);
	if (!err && document->fragments)
		err = object_to(tool->import, document->fragments);
	return err;
}

static int add_subjects(struct mnd_tool *tool, const struct document *document)
{
	int err;

	err = mnd_images_read(tool->import, &tool->images);
	if (!err)
		err = add_containers(tool, document->containers);
	if (!err && !tool->import->options->fragment)
		err = mnd_tool_pause(tool);
	if (!err)
		err = add_externals(tool, document->external_processes);
	if (!err)
		err = add_fragments(tool, document->fragments);
	return err;
}

static int make_policy(struct mnd_tool *tool, const struct mnd_toml *toml)
{
	struct mnd_policy_source *policy = tool->import->policy;
	const bool is_fragment = tool->import->options->fragment;
	struct document document;
	int err;

	mnd_hcsshim_begin(tool->import, is_fragment ? "fragment" : "policy");
	err = read_document(tool->import, toml, &document);
	if (err)
		return err;
	set_answers(&document, policy->answers);
	policy->flags |= policy_flags(&document);
	if (document.allow_all)
		err = allow_all(tool, &document);
	else
		err = add_subjects(tool, &document);
	return err ? err : mnd_hcsshim_finish(tool->import);
}

/**
 * mnd_hcsshim_toml_read - Read a policy in securitypolicytool's language
 *
 * @source: Source.
 * @options: Image facts, files, and whether @source is a fragment.  The name
 *	and the SVN of a fragment are not in its source.
 * @policy: Written, if all zero before.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: The tool refuses it, or here something is not understood.
 * - -E2BIG: It is over one of the limits.
 * - -ENOMEM: Out of memory.
 */
int mnd_hcsshim_toml_read(const struct mnd_string_ref *source,
			  const struct mnd_source_options *options,
			  struct mnd_policy_source *policy,
			  struct mnd_error *error)
{
	struct mnd_import import = { policy, options, error };
	struct mnd_tool tool = { .import = &import };
	struct mnd_toml *toml;
	int err;

	err = mnd_toml_parse(source->text, source->length, &toml, error);
	if (err)
		return err;
	err = make_policy(&tool, toml);
	mnd_toml_free(toml);
	return err;
}
