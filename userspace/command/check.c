// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate check`: what the kernel would decide, by the kernel's own code.
 */

#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "../policy/word.h"
#include "../signal_name.h"

/* Instead of an exit code: the arguments are to be explained. */
#define HELP (-1)

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
	struct mnd_facts_choices facts;
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
		{ "external", MND_ROLE_EXTERNAL },
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
	return mnd_check_bad_word("role", name);
}

/* The path that execvp(3) would try for a bare name. */
static char *default_name(const char *program)
{
	char *name;

	if (strchr(program, '/'))
		return strdup(program);
	return asprintf(&name, "/usr/bin/%s", program) < 0 ? NULL : name;
}

static int decide_exec(struct check *check, struct mnd_exec_request *request)
{
	const struct question *question = check->question;
	char *args, *name;
	size_t size;
	int code;

	args = mnd_check_join((const char *const *)question->args,
			      request->argc, &size);
	name = question->name ? strdup(question->name) :
				default_name(question->args[0]);
	code = args && name ? mnd_check_facts(&question->facts, &check->table,
					      &request->facts) :
			      mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	if (!code) {
		request->args = args;
		request->size = (u32)size;
		request->name = name;
		mnd_decide_exec(&check->table, &check->candidates, request,
				NULL, &check->verdict);
	}
	mnd_check_free_facts(&request->facts);
	free(args);
	free(name);
	return code;
}

static int ask_exec(struct check *check)
{
	const struct question *question = check->question;
	struct mnd_exec_request request = {
		.argc = (u32)question->argc,
		.file = question->file,
		.measured = question->measured,
	};
	int code;

	if (!question->argc)
		return mnd_usage(&mnd_cmd_check);
	code = parse_role(question, &request.role);
	return code ? code : decide_exec(check, &request);
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
		return mnd_check_bad_word("signal", question->signal);
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
	u32 flag;

	if (!copy)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	while (!code && (word = strsep(&rest, ","))) {
		flag = mnd_flag_find(mnd_option_words, MND_OPTION_COUNT, word);
		*options |= flag;
		if (!flag && *word)
			code = mnd_check_bad_word("options", word);
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
		return mnd_check_bad_word("when", name);
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
		return mnd_check_bad_word("operation", name);
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

static int answer(const struct check *check)
{
	const struct mnd_check_answer answer = {
		.table = &check->table,
		.verdict = &check->verdict,
		.is_mount = check->is_mount,
	};

	return mnd_check_answer(&answer, check->question->json);
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

/*
 * An option, where its value goes, or its values, and the kinds of questions
 * that have it.
 */
struct choice {
	const char *name;
	const char **value;
	struct mnd_words *values;
	int has_argument;
	unsigned int kinds;
};

static bool is_given(const struct choice *choice)
{
	return choice->values ? choice->values->count : !!*choice->value;
}

/* An option that says nothing about the question would mislead. */
static int check_choices(const struct choice *choices, size_t count,
			 const struct kind *kind)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (is_given(&choices[i]) && !(choices[i].kinds & kind->bit))
			return mnd_complain(MND_EXIT_USAGE,
					    "--%s is no option of %s",
					    choices[i].name, kind->name);
	return MND_EXIT_OK;
}

/* There are no more values than words in a command line. */
static int take(const struct choice *choice, const char *value, int argc)
{
	struct mnd_words *values = choice->values;

	if (!values) {
		*choice->value = value ? value : "";
		return MND_EXIT_OK;
	}
	if (!values->words)
		values->words = calloc((size_t)argc, sizeof(*values->words));
	if (!values->words)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	values->words[values->count++] = value;
	return MND_EXIT_OK;
}

/* Takes the options; optind is what follows them. */
static int take_options(int argc, char *argv[], const struct choice *choices,
			size_t count)
{
	struct option *options = calloc(count + 2, sizeof(*options));
	int code = MND_EXIT_OK;
	int option;
	size_t i;

	if (!options)
		return mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	for (i = 0; i < count; i++)
		options[i] = (struct option){ choices[i].name,
					      choices[i].has_argument, NULL,
					      (int)i };
	options[i] = (struct option)MND_OPTION_HELP;
	while (!code &&
	       (option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option < (int)count)
			code = take(&choices[option], optarg, argc);
		else if (option == 'h')
			code = HELP;
		else
			code = mnd_usage(&mnd_cmd_check);
	}
	free(options);
	return code;
}

static int ask(int argc, char *argv[], struct question *question,
	       const struct choice *choices, size_t count)
{
	const struct kind *kind;
	int code;

	code = take_options(argc, argv, choices, count);
	if (code == HELP)
		return mnd_other_option(&mnd_cmd_check, 'h');
	if (code)
		return code;
	kind = argc - optind < 2 ? NULL : find_kind(argv[optind + 1]);
	if (!kind)
		return mnd_usage(&mnd_cmd_check);
	code = check_choices(choices, count, kind);
	if (code)
		return code;
	question->args = argv + optind + 2;
	question->argc = argc - optind - 2;
	return check(argv[optind], kind, question);
}

/* The number of an option without a value, with one, or with several. */
#define FLAG(name, member, kinds)                                \
	{                                                        \
		name, &question.member, NULL, no_argument, kinds \
	}
#define VALUE(name, member, kinds)                                     \
	{                                                              \
		name, &question.member, NULL, required_argument, kinds \
	}
#define VALUES(name, member, kinds)                                    \
	{                                                              \
		name, NULL, &question.member, required_argument, kinds \
	}

static int run(int argc, char *argv[])
{
	struct question question = {};
	const struct choice choices[] = {
		VALUE("ambient", facts.sets[MND_AMBIENT], PROCESS),
		VALUE("bounding", facts.sets[MND_BOUNDING], PROCESS),
		VALUE("capabilities", facts.capabilities, PROCESS),
		VALUE("container", container, ALL),
		VALUE("cwd", facts.cwd, PROCESS),
		VALUE("effective", facts.sets[MND_EFFECTIVE], PROCESS),
		VALUES("env", facts.env, PROCESS),
		VALUE("file", file, PROCESS),
		VALUES("filter", facts.filters, PROCESS),
		VALUES("group", facts.groups, PROCESS),
		VALUE("inheritable", facts.sets[MND_INHERITABLE], PROCESS),
		FLAG("json", json, ALL),
		FLAG("measured", measured, PROCESS),
		VALUE("name", name, PROCESS),
		FLAG("no-env", facts.no_env, PROCESS),
		FLAG("no-filters", facts.no_filters, PROCESS),
		FLAG("no-groups", facts.no_groups, PROCESS),
		FLAG("no-new-privs", facts.no_new_privs, PROCESS),
		FLAG("no-stdio", facts.no_stdio, PROCESS),
		VALUE("operation", operation, KIND_MOUNT),
		VALUE("options", options, KIND_MOUNT),
		VALUE("permitted", facts.sets[MND_PERMITTED], PROCESS),
		VALUE("role", role, PROCESS),
		VALUE("signal", signal, KIND_SIGNAL),
		VALUE("source", source, KIND_MOUNT),
		VALUE("target", target, KIND_MOUNT),
		VALUE("type", type, KIND_MOUNT),
		VALUE("umask", facts.umask, PROCESS),
		VALUE("user", facts.user, PROCESS),
		VALUE("when", phase, KIND_MOUNT),
	};
	int code = ask(argc, argv, &question, choices, ARRAY_SIZE(choices));

	free(question.facts.env.words);
	free(question.facts.groups.words);
	free(question.facts.filters.words);
	return code;
}

#define DETAILS                                                                \
	"exec and signal, of a process with these arguments:\n"                \
	"  --role entry|exec|external|inside\n"                                \
	"  --name PATH, --file PATH, --measured\n"                             \
	"  --env NAME=VALUE (again for each string), --no-env\n"               \
	"  --cwd PATH, --umask MODE\n"                                         \
	"  --user NUMBER, --group NUMBER (again for each), --no-groups\n"      \
	"  --capabilities default|none|privileged\n"                           \
	"  --bounding LIST, --effective LIST, --inheritable LIST\n"            \
	"  --permitted LIST, --ambient LIST\n"                                 \
	"  --filter DIGEST (again for each, the newest first), --no-filters\n" \
	"  --no-new-privs, --no-stdio\n"                                       \
	"signal:\n"                                                            \
	"  --signal SIGNAL\n"                                                  \
	"mount:\n"                                                             \
	"  --type TYPE, --source SOURCE, --target PATH, --options LIST\n"      \
	"  --operation bind|new|remount|umount\n"                              \
	"  --when run|setup"

const struct mnd_command mnd_cmd_check = {
	.name = "check",
	.usage =
		"[--json] [--container NAME] [OPTION]... POLICY exec|mount|signal [-- ARGUMENT...]",
	.summary = "decide offline, as the kernel would; 1 if denied",
	.details = DETAILS,
	.run = run,
};
