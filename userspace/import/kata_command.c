// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Commands that a Kata policy allows.  Some of its lists have the arguments of a
 * command with blanks between them, which does not tell where an argument ends.
 */

#include "../toml/toml.h"
#include "kata.h"

#define NODE_NAME "$(node-name)"
#define SANDBOX_NAME "$(sandbox-name)"

static int refuse(struct mnd_kata *kata, const struct mnd_place *place,
		  const char *why)
{
	return mnd_fail(kata->import->error, place->line, place->column, "%s",
			why);
}

#define NO_FILE \
	"nothing is executed by this: %s is no absolute path and no bare name"

/* Without a file, the first argument has to name it. */
static int check_program(struct mnd_kata *kata,
			 const struct mnd_process_rule *rule)
{
	const struct mnd_match_rule *program = &rule->argv[0];
	char quoted[MND_TOML_QUOTED_SIZE];

	if (program->matching != MND_MATCHING_EXACT)
		return refuse(kata, &program->place,
			      "the program must be written out");
	if (program->text[0] == '/' ||
	    (program->length && !strchr(program->text, '/')))
		return 0;
	mnd_toml_quote(program->text, program->length, quoted);
	return mnd_hcsshim_warn(kata->import, &program->place, NO_FILE, quoted);
}

/**
 * mnd_kata_add_command - Add a command to others
 *
 * @kata: The policy.
 * @rule: Rule for it.
 * @commands: Others.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It has no arguments or too many, or an expression as program.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_add_command(struct mnd_kata *kata,
			 const struct mnd_process_rule *rule,
			 struct mnd_kata_commands *commands)
{
	struct mnd_process_rule *rules;
	const size_t count = commands->count;
	int err;

	if (!rule->argc)
		return refuse(kata, &rule->place, "has no arguments");
	if (rule->argc > MND_ARGC_MAX)
		return refuse(kata, &rule->place, "too many arguments");
	err = check_program(kata, rule);
	if (err)
		return err;
	/* There is room for the next power of two. */
	if (!(count & (count - 1))) {
		rules = mnd_arena_alloc(&kata->import->policy->arena,
					count ? 2 * count : 1, sizeof(*rules));
		if (!rules)
			return mnd_hcsshim_out_of_memory(kata->import);
		if (count)
			memcpy(rules, commands->rules, count * sizeof(*rules));
		commands->rules = rules;
	}
	commands->rules[commands->count++] = *rule;
	return 0;
}

static int alloc_arguments(struct mnd_kata *kata, size_t count,
			   struct mnd_process_rule *rule)
{
	rule->argc = count;
	rule->argv = mnd_arena_alloc(&kata->import->policy->arena, count,
				     sizeof(*rule->argv));
	return rule->argv ? 0 : mnd_hcsshim_out_of_memory(kata->import);
}

static void use_exact(struct mnd_match_rule *rule, const struct mnd_text *text)
{
	rule->matching = MND_MATCHING_EXACT;
	rule->text = text->text;
	rule->length = text->length;
	rule->place = text->place;
}

/**
 * mnd_kata_exact - Make a rule of exactly these arguments
 *
 * @kata: The policy.
 * @texts: Arguments.
 * @process: Its arguments are written.
 *
 * Return: 0, or -ENOMEM with the import's error written.
 */
int mnd_kata_exact(struct mnd_kata *kata, const struct mnd_texts *texts,
		   struct mnd_process_rule *process)
{
	size_t i;
	int err;

	err = alloc_arguments(kata, texts->count, process);
	for (i = 0; !err && i < texts->count; i++)
		use_exact(&process->argv[i], &texts->items[i]);
	return err;
}

/**
 * mnd_kata_argv - Add a command whose arguments are listed
 *
 * @kata: The policy.
 * @value: Array of its arguments.
 * @commands: What it is added to.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It is no such array, or has no arguments or too many.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_argv(struct mnd_kata *kata, const struct mnd_value *value,
		  struct mnd_kata_commands *commands)
{
	struct mnd_process_rule rule = { .place = value->place };
	struct mnd_texts texts;
	int err;

	err = mnd_object_texts(kata->import, value, &texts);
	if (!err)
		err = mnd_kata_exact(kata, &texts, &rule);
	return err ? err : mnd_kata_add_command(kata, &rule, commands);
}

/* Copies what is between two places in a text. */
static int cut(struct mnd_kata *kata, const struct mnd_text *text,
	       const char *begin, const char *end, struct mnd_match_rule *rule)
{
	struct mnd_text part = { .length = (size_t)(end - begin),
				 .place = text->place };

	part.text = mnd_arena_copy(&kata->import->policy->arena, begin,
				   part.length);
	if (!part.text)
		return mnd_hcsshim_out_of_memory(kata->import);
	use_exact(rule, &part);
	return 0;
}

static size_t count_parts(const char *text)
{
	size_t count = 1;

	while ((text = strchr(text, ' '))) {
		text++;
		count++;
	}
	return count;
}

static int split(struct mnd_kata *kata, const struct mnd_text *text,
		 struct mnd_process_rule *rule)
{
	const char *at = text->text, *end;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < rule->argc; i++) {
		end = strchr(at, ' ');
		if (!end)
			end = at + strlen(at);
		err = cut(kata, text, at, end, &rule->argv[i]);
		at = end + 1;
	}
	return err;
}

/*
 * Behind the "-c" of a shell there is one argument, which a list of arguments
 * with blanks between them does not tell from several.
 */
static int add_script(struct mnd_kata *kata, const struct mnd_text *text,
		      const struct mnd_process_rule *parts,
		      struct mnd_kata_commands *commands)
{
	struct mnd_process_rule rule = *parts;
	size_t i, skipped = 0;
	int err;

	for (i = 0; i < parts->argc && strcmp(parts->argv[i].text, "-c"); i++)
		skipped += parts->argv[i].length + 1;
	if (!i || i + 2 >= parts->argc)
		return 0;
	err = alloc_arguments(kata, i + 2, &rule);
	if (err)
		return err;
	memcpy(rule.argv, parts->argv, (i + 1) * sizeof(*rule.argv));
	err = cut(kata, text, text->text + skipped + strlen("-c "),
		  text->text + text->length, &rule.argv[i + 1]);
	return err ? err : mnd_kata_add_command(kata, &rule, commands);
}

#define BLANKS "each blank in %s is taken for the end of an argument"

/**
 * mnd_kata_joined - Add a command whose arguments have blanks between them
 *
 * @kata: The policy.
 * @text: The command.
 * @commands: What it is added to, perhaps twice: with what is behind a "-c" as
 *	arguments, and as one.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: It has too many arguments.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_joined(struct mnd_kata *kata, const struct mnd_text *text,
		    struct mnd_kata_commands *commands)
{
	struct mnd_process_rule rule = { .place = text->place };
	const size_t count = count_parts(text->text);
	char quoted[MND_TOML_QUOTED_SIZE];
	int err;

	if (count > MND_ARGC_MAX)
		return refuse(kata, &text->place, "too many arguments");
	err = alloc_arguments(kata, count, &rule);
	if (!err)
		err = split(kata, text, &rule);
	if (!err)
		err = mnd_kata_add_command(kata, &rule, commands);
	if (!err)
		err = add_script(kata, text, &rule, commands);
	if (err || count == 1)
		return err;
	mnd_toml_quote(text->text, text->length, quoted);
	return mnd_hcsshim_warn(kata->import, &text->place, BLANKS, quoted);
}

/* Takes one of two dollars, which stand for one. */
static int use_plain(struct mnd_kata *kata, const struct mnd_text *text,
		     struct mnd_match_rule *rule)
{
	struct mnd_text plain = *text;
	const char *at;
	char *bytes;

	bytes = mnd_arena_copy(&kata->import->policy->arena, text->text,
			       text->length);
	if (!bytes)
		return mnd_hcsshim_out_of_memory(kata->import);
	plain.text = bytes;
	for (at = text->text; *at; at++) {
		*bytes++ = *at;
		at += at[0] == '$' && at[1] == '$';
	}
	*bytes = '\0';
	plain.length = (size_t)(bytes - plain.text);
	use_exact(rule, &plain);
	return 0;
}

#define CAN_BE_ANYTHING "this argument can be anything, as it has a " NODE_NAME
#define ONLY_ALONE        \
	"a " SANDBOX_NAME \
	" can only be imported alone, and if the annotations tell it"

static int make_argument(struct mnd_kata *kata,
			 const struct mnd_kata_container *container,
			 const struct mnd_text *text,
			 struct mnd_match_rule *rule)
{
	rule->place = text->place;
	if (strstr(text->text, NODE_NAME)) {
		rule->matching = MND_MATCHING_ANY;
		return mnd_hcsshim_warn(kata->import, &text->place,
					CAN_BE_ANYTHING);
	}
	if (!strcmp(text->text, SANDBOX_NAME) && container->sandbox_name.text)
		return mnd_kata_pattern(kata, &container->sandbox_name, rule);
	if (strstr(text->text, SANDBOX_NAME))
		return refuse(kata, &text->place, ONLY_ALONE);
	return use_plain(kata, text, rule);
}

/**
 * mnd_kata_arguments - Make the arguments of a container's own process
 *
 * @kata: The policy.
 * @container: Container.
 * @process: Its arguments and its place are written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: There are none or too many, or one that cannot be imported.
 * - -ENOMEM: Out of memory.
 */
int mnd_kata_arguments(struct mnd_kata *kata,
		       const struct mnd_kata_container *container,
		       struct mnd_process_rule *process)
{
	struct mnd_kata_commands alone = { NULL, 0 };
	size_t i;
	int err;

	process->place = container->place;
	err = alloc_arguments(kata, container->args.count, process);
	for (i = 0; !err && i < process->argc; i++)
		err = make_argument(kata, container, &container->args.items[i],
				    &process->argv[i]);
	/* What is true of a command is true of this one. */
	return err ? err : mnd_kata_add_command(kata, process, &alone);
}
