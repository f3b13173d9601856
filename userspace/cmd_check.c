// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate check`: what the kernel would decide, by the kernel's own code.
 */

#include <stdio.h>
#include <stdlib.h>

#include "../lsm/core/decide.h"
#include "cli.h"
#include "matcher_text.h"
#include "quote.h"
#include "signal_name.h"

/* Kinds of questions; those about a process are two. */
#define KIND_EXEC 1U
#define KIND_MOUNT 2U
#define KIND_SIGNAL 4U
#define PROCESS (KIND_EXEC | KIND_SIGNAL)
#define ALL (PROCESS | KIND_MOUNT)

/* What the command line asks; an option that has no value is empty. */
struct question {
	const char *json;
	const char *container;
	const char *role;
	const char *name;
	const char *file;
	const char *type;
	const char *source;
	const char *target;
	const char *options;
	const char *phase;
	const char *operation;
	const char *signal;
	const char *measured;
	char **args;
	int argc;
};

/* A question in the words of the engine, and its answer. */
struct check {
	const struct question *question;
	struct mnd_table table;
	struct mnd_candidates candidates;
	struct mnd_verdict verdict;
	bool is_mount;
};

static int bad_word(const char *option, const char *word)
{
	return mnd_complain(MND_EXIT_USAGE, "--%s: \"%s\" is none", option,
			    word);
}

/* The subject that is asked: a container, or the UVM. */
static int find_subject(struct check *check)
{
	const char *container = check->question->container;
	u32 subject = 0;

	if (container) {
		subject = mnd_find_container(&check->table, container);
		if (subject == MND_NONE)
			return mnd_complain(MND_EXIT_NOT_FOUND,
					    "no container \"%s\"", container);
	}
	check->candidates.count = mnd_candidate_words(&check->table);
	check->candidates.words = calloc(check->candidates.count, sizeof(u64));
	if (!check->candidates.words)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	mnd_candidates_one(&check->candidates, subject);
	return MND_EXIT_OK;
}

static int parse_role(const struct question *question, u32 *role)
{
	static const struct {
		const char *name;
		u32 role;
	} roles[] = {
		{ "entry", MND_ROLE_ENTRY },
		{ "exec", MND_ROLE_EXEC },
		{ "inside", MND_ROLE_INSIDE },
	};
	const char *name = question->role;
	size_t i;

	if (!name)
		name = question->container ? "entry" : "inside";
	for (i = 0; i < ARRAY_SIZE(roles); i++) {
		if (!strcmp(roles[i].name, name)) {
			*role = roles[i].role;
			return MND_EXIT_OK;
		}
	}
	return bad_word("role", name);
}

/* The arguments one after the other, as they lie on a new program's stack. */
static char *join(char *const args[], int argc, size_t *size)
{
	char *text, *end;
	int i;

	*size = 0;
	for (i = 0; i < argc; i++)
		*size += strlen(args[i]) + 1;
	text = malloc(*size);
	if (!text)
		return NULL;
	for (i = 0, end = text; i < argc; i++)
		end = stpcpy(end, args[i]) + 1;
	return text;
}

/* The path that execvp(3) would try for a bare name. */
static char *default_name(const char *program)
{
	char *name;

	if (strchr(program, '/'))
		return strdup(program);
	return asprintf(&name, "/usr/bin/%s", program) < 0 ? NULL : name;
}

static int ask_exec(struct check *check)
{
	const struct question *question = check->question;
	struct mnd_exec_request request = {
		.argc = (u32)question->argc,
		.file = question->file,
		.measured = question->measured,
	};
	char *args = NULL, *name;
	size_t size;
	int code;

	if (!question->argc)
		return mnd_usage(&mnd_cmd_check);
	code = parse_role(question, &request.role);
	if (code)
		return code;
	args = join(question->args, question->argc, &size);
	name = question->name ? strdup(question->name) :
				default_name(question->args[0]);
	if (args && name) {
		request.args = args;
		request.size = (u32)size;
		request.name = name;
		mnd_decide_exec(&check->table, &check->candidates, &request,
				NULL, &check->verdict);
	} else {
		code = mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	}
	free(args);
	free(name);
	return code;
}

/* A signal to the process that the arguments start. */
static int ask_signal(struct check *check)
{
	const struct question *question = check->question;
	int signal, code;

	if (!question->signal)
		return mnd_usage(&mnd_cmd_check);
	signal = mnd_signal_parse(question->signal);
	if (signal < 0)
		return bad_word("signal", question->signal);
	code = ask_exec(check);
	if (code || check->verdict.dimension != MND_DIMENSION_NONE ||
	    mnd_decide_signal(check->verdict.signals, signal))
		return code;
	check->verdict.dimension = MND_DIMENSION_SIGNAL;
	return MND_EXIT_OK;
}

static int parse_options(const char *text, u32 *options)
{
	char *copy = strdup(text), *rest = copy, *word;
	int code = MND_EXIT_OK;
	size_t i;

	if (!copy)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	while (!code && (word = strsep(&rest, ","))) {
		for (i = 0; i < MND_OPTION_COUNT; i++)
			if (!strcmp(mnd_option_names[i].name, word))
				break;
		if (i < MND_OPTION_COUNT)
			*options |= mnd_option_names[i].flag;
		else if (*word)
			code = bad_word("options", word);
	}
	free(copy);
	return code;
}

static int parse_phase(const struct question *question, u32 *phase)
{
	const char *name = question->phase;

	if (!name)
		name = question->container ? "run" : "setup";
	*phase = strcmp(name, "run") ? MND_MOUNT_SETUP : MND_MOUNT_RUN;
	if (strcmp(name, "run") && strcmp(name, "setup"))
		return bad_word("when", name);
	return MND_EXIT_OK;
}

static int parse_operation(const struct question *question, u32 *operation)
{
	const char *name = question->operation;

	if (!name)
		name = strcmp(question->type, "bind") ? "new" : "bind";
	if (!strcmp(name, "new"))
		*operation = MND_MOUNT_NEW;
	else if (!strcmp(name, "bind"))
		*operation = MND_MOUNT_BIND;
	else if (!strcmp(name, "remount"))
		*operation = MND_MOUNT_REMOUNT;
	else if (!strcmp(name, "umount"))
		*operation = MND_MOUNT_UMOUNT;
	else
		return bad_word("operation", name);
	return MND_EXIT_OK;
}

static int ask_mount(struct check *check)
{
	const struct question *question = check->question;
	struct mnd_mount_request request = {
		.known = MND_KNOWN_SOURCE | MND_KNOWN_TARGET |
			 MND_KNOWN_OPTIONS,
		.type = question->type,
		.source = question->source,
		.target = question->target,
	};
	int code = MND_EXIT_OK;

	if (question->argc || !question->type || !question->target)
		return mnd_usage(&mnd_cmd_check);
	if (question->options)
		code = parse_options(question->options, &request.options);
	if (!code)
		code = parse_phase(question, &request.phase);
	if (!code)
		code = parse_operation(question, &request.operation);
	if (code)
		return code;
	check->is_mount = true;
	mnd_decide_mount(&check->table, &check->candidates, &request,
			 &check->verdict);
	return MND_EXIT_OK;
}

/* What the rule wanted in the dimension that failed. */
static json_t *want_json(const struct check *check)
{
	const struct mnd_verdict *verdict = &check->verdict;

	switch (verdict->dimension) {
	case MND_DIMENSION_ARGC:
		return json_integer(verdict->want);
	case MND_DIMENSION_OPTIONS:
		return mnd_options_json(verdict->want);
	case MND_DIMENSION_FILE:
		/* Without a rule for it, argv[0] says which file it is. */
		if (verdict->want == MND_MATCH_ANY)
			return NULL;
		return mnd_matcher_json(&check->table, verdict->want);
	case MND_DIMENSION_ARGV:
	case MND_DIMENSION_TYPE:
	case MND_DIMENSION_SOURCE:
	case MND_DIMENSION_TARGET:
		return mnd_matcher_json(&check->table, verdict->want);
	default:
		return NULL;
	}
}

static json_t *line_json(const struct mnd_position *position)
{
	return json_integer(le32_to_cpu(position->line));
}

static json_t *verdict_json(const struct check *check)
{
	const struct mnd_verdict *verdict = &check->verdict;
	const struct mnd_table *table = &check->table;
	bool allowed = verdict->dimension == MND_DIMENSION_NONE;
	const struct mnd_position *position = table->positions;
	u32 rule = verdict->rule;
	json_t *json = json_pack("{sb}", "allowed", allowed);
	json_t *want = want_json(check);
	const char *name;
	char dimension[32];

	if (!allowed) {
		snprintf(dimension, sizeof(dimension),
			 verdict->dimension == MND_DIMENSION_ARGV ? "%s[%u]" :
								    "%s",
			 mnd_dimension_name(verdict->dimension),
			 verdict->index);
		json_object_set_new(json, "dimension", json_string(dimension));
	}
	if (want)
		json_object_set_new(json, "want", want);
	if (verdict->subject != MND_NONE) {
		name = mnd_subject_name(table, verdict->subject);
		json_object_set_new(json, "subject", mnd_quote_json(name));
	}
	if (rule == MND_NONE)
		return json;
	json_object_set_new(json, "rule", json_integer(rule));
	if (check->is_mount)
		rule += table->count[MND_SECTION_PROCESS];
	if (table->count[MND_SECTION_POSITION])
		json_object_set_new(json, "line", line_json(&position[rule]));
	return json;
}

static void print_value(const json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY);

	fputs(text ? text : "?", stdout);
	free(text);
}

/* One line of what the JSON says. */
static void print_verdict(const json_t *verdict)
{
	const char *key;
	json_t *value;

	fputs(json_is_true(json_object_get(verdict, "allowed")) ? "allowed" :
								  "denied",
	      stdout);
	json_object_foreach((json_t *)verdict, key, value) {
		if (!strcmp(key, "allowed"))
			continue;
		printf(" %s=", key);
		print_value(value);
	}
	putchar('\n');
}

static int answer(const struct check *check)
{
	json_t *json = verdict_json(check);
	int code;

	if (!json)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	if (check->question->json) {
		code = mnd_print_json(json, JSON_INDENT(2));
	} else {
		print_verdict(json);
		json_decref(json);
		code = mnd_flush_output();
	}
	if (code)
		return code;
	return check->verdict.dimension == MND_DIMENSION_NONE ? MND_EXIT_OK :
								MND_EXIT_NO;
}

/* A kind of question. */
struct kind {
	const char *name;
	unsigned int bit;
	int (*ask)(struct check *check);
};

static const struct kind *find_kind(const char *name)
{
	static const struct kind kinds[] = {
		{ "exec", KIND_EXEC, ask_exec },
		{ "mount", KIND_MOUNT, ask_mount },
		{ "signal", KIND_SIGNAL, ask_signal },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	return NULL;
}

static int check(const char *path, const struct kind *kind,
		 const struct question *question)
{
	struct check check = { .question = question };
	u8 *bytes;
	int code;

	code = mnd_read_table(path, &bytes, &check.table);
	if (code)
		return code;
	code = find_subject(&check);
	if (!code)
		code = kind->ask(&check);
	if (!code)
		code = answer(&check);
	free(check.candidates.words);
	free(bytes);
	return code;
}

/* An option, where its value goes, and the kinds of questions that have it. */
struct choice {
	const char *name;
	const char **value;
	int has_argument;
	unsigned int kinds;
};

/* An option that says nothing about the question would mislead. */
static int check_choices(const struct choice *choices, size_t count,
			 const struct kind *kind)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (*choices[i].value && !(choices[i].kinds & kind->bit))
			return mnd_complain(MND_EXIT_USAGE,
					    "--%s is no option of %s",
					    choices[i].name, kind->name);
	return MND_EXIT_OK;
}

static int run(int argc, char *argv[])
{
	struct question question = {};
	const struct choice choices[] = {
		{ "container", &question.container, required_argument, ALL },
		{ "file", &question.file, required_argument, PROCESS },
		{ "json", &question.json, no_argument, ALL },
		{ "measured", &question.measured, no_argument, PROCESS },
		{ "name", &question.name, required_argument, PROCESS },
		{ "operation", &question.operation, required_argument,
		  KIND_MOUNT },
		{ "options", &question.options, required_argument, KIND_MOUNT },
		{ "role", &question.role, required_argument, PROCESS },
		{ "signal", &question.signal, required_argument, KIND_SIGNAL },
		{ "source", &question.source, required_argument, KIND_MOUNT },
		{ "target", &question.target, required_argument, KIND_MOUNT },
		{ "type", &question.type, required_argument, KIND_MOUNT },
		{ "when", &question.phase, required_argument, KIND_MOUNT },
	};
	struct option options[ARRAY_SIZE(choices) + 2] = {};
	const struct kind *kind;
	int option, code;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(choices); i++)
		options[i] = (struct option){ choices[i].name,
					      choices[i].has_argument, NULL,
					      (int)i };
	options[i] = (struct option)MND_OPTION_HELP;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option >= (int)ARRAY_SIZE(choices))
			return mnd_other_option(&mnd_cmd_check, option);
		*choices[option].value = optarg ? optarg : "";
	}
	kind = argc - optind < 2 ? NULL : find_kind(argv[optind + 1]);
	if (!kind)
		return mnd_usage(&mnd_cmd_check);
	code = check_choices(choices, ARRAY_SIZE(choices), kind);
	if (code)
		return code;
	question.args = argv + optind + 2;
	question.argc = argc - optind - 2;
	return check(argv[optind], kind, &question);
}

const struct mnd_command mnd_cmd_check = {
	.name = "check",
	.usage =
		"[--json] [--container NAME] [OPTION]... POLICY exec|mount|signal [-- ARGUMENT...]",
	.summary = "decide offline, as the kernel would; 1 if denied",
	.run = run,
};
