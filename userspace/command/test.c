// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate test`: runs test cases on the request machine and compares.
 */

#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "../test/line_input.h"
#include "../quote.h"
#include "../test/case.h"

/* What the command line wants, and what has come of it so far. */
struct session {
	bool json;
	struct mnd_test_run run;
	const char *path;
	unsigned long line;
	const json_t *id;
	json_t *differences;
	json_t *refusals;
	size_t cases;
	size_t agreed;
	size_t different;
	size_t refused;
};

static const char *case_id(const struct session *session)
{
	return session->id ? json_string_value(session->id) : "?";
}

static void print_case(const struct session *session, const char *text)
{
	printf("%s:%lu: ", session->path, session->line);
	mnd_quote_toml(stdout, case_id(session));
	printf(": %s%s\n",
	       session->run.outcome == MND_TEST_REFUSED ? "refused: " : "",
	       text);
}

/* As the run goes on, or, for JSON, all at once at its end. */
static void tell(void *context, const char *text)
{
	struct session *session = context;
	json_t *list = session->run.outcome == MND_TEST_REFUSED ?
			       session->refusals :
			       session->differences;

	if (!session->json) {
		print_case(session, text);
		return;
	}
	json_array_append_new(list, json_pack("{sssIso so}", "file",
					      session->path, "line",
					      (json_int_t)session->line, "case",
					      mnd_quote_json(case_id(session)),
					      "text", mnd_quote_json(text)));
}

static void count(struct session *session)
{
	session->cases++;
	switch (session->run.outcome) {
	case MND_TEST_AGREES:
		session->agreed++;
		break;
	case MND_TEST_DIFFERS:
		session->different++;
		break;
	case MND_TEST_REFUSED:
		session->refused++;
		break;
	}
}

static int complain_of_line(const struct session *session, int err,
			    const char *text)
{
	const enum mnd_exit code = err == -ENOMEM ? MND_EXIT_INTERNAL :
						    MND_EXIT_INVALID;

	return mnd_complain(code, "%s:%lu: %s", session->path, session->line,
			    text);
}

/* What mnd_line_read() says. */
static const char *line_error(int err)
{
	switch (err) {
	case -EBADMSG:
		return "the file is damaged";
	case -EFBIG:
		return "the line is too long";
	case -EILSEQ:
		return "there is a NUL in the line";
	default:
		return strerror(-err);
	}
}

static int run_line(struct session *session, const char *line, size_t length)
{
	struct mnd_error error = {};
	json_error_t why;
	json_t *json;
	int err;

	json = json_loadb(line, length, 0, &why);
	if (!json)
		return mnd_complain(MND_EXIT_INVALID, "%s:%lu:%d: %s",
				    session->path, session->line, why.column,
				    why.text);
	session->id = json_object_get(json, "id");
	if (!json_is_string(session->id))
		session->id = NULL;
	err = mnd_test_case_run(json, &session->run, &error);
	if (!err)
		count(session);
	json_decref(json);
	if (!err)
		return MND_EXIT_OK;
	return complain_of_line(session, err, error.text);
}

static int run_lines(struct session *session, struct mnd_line_input *input)
{
	int code = MND_EXIT_OK;
	int more;

	for (session->line = 1; !code; session->line++) {
		more = mnd_line_read(input);
		if (more < 0)
			return complain_of_line(session, more,
						line_error(more));
		if (!more)
			return MND_EXIT_OK;
		code = run_line(session, input->line, input->length);
	}
	return code;
}

static int run_file(struct session *session, const char *path)
{
	struct mnd_line_input input;
	int err, code;

	session->path = path;
	err = mnd_line_open(&input, path);
	if (err)
		return mnd_complain_of_file(path, err);
	code = run_lines(session, &input);
	mnd_line_close(&input);
	return code;
}

static json_t *session_json(const struct session *session)
{
	return json_pack("{sIsIsIsIsOsO}", "cases", (json_int_t)session->cases,
			 "requests", (json_int_t)session->run.requests,
			 "agreed", (json_int_t)session->agreed, "different",
			 (json_int_t)session->different, "differences",
			 session->differences, "refused", session->refusals);
}

static int print_counts(struct session *session)
{
	if (session->json)
		return mnd_print_json(session_json(session), JSON_INDENT(2));
	printf("%zu cases with %zu requests: %zu agree, %zu differ, %zu refused\n",
	       session->cases, session->run.requests, session->agreed,
	       session->different, session->refused);
	return mnd_flush_output();
}

static int run_files(struct session *session, char *paths[], int path_count)
{
	int code = MND_EXIT_OK;
	int i;

	session->differences = json_array();
	session->refusals = json_array();
	if (!session->differences || !session->refusals)
		code = mnd_complain(MND_EXIT_INTERNAL, "out of memory");
	for (i = 0; !code && i < path_count; i++)
		code = run_file(session, paths[i]);
	if (!code)
		code = print_counts(session);
	json_decref(session->differences);
	json_decref(session->refusals);
	if (!code && session->different)
		code = MND_EXIT_NO;
	return code;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "rego", no_argument, NULL, 'r' },
		MND_OPTION_HELP,
		{},
	};
	struct session session = {
		.run = { .tell = tell, .context = &session },
	};
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'j':
			session.json = true;
			break;
		case 'r':
			session.run.prefer_rego = true;
			break;
		default:
			return mnd_other_option(&mnd_cmd_test, option);
		}
	}
	if (optind == argc)
		return mnd_usage(&mnd_cmd_test);
	return run_files(&session, argv + optind, argc - optind);
}

const struct mnd_command mnd_cmd_test = {
	.name = "test",
	.usage = "[--json] [--rego] CASES...",
	.summary =
		"answer an agent's requests offline, and compare; 1 if different",
	.run = run,
};
