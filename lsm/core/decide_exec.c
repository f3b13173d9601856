// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The decisions on what may be executed.
 */

#include "context.h"
#include "match.h"

/*
 * Where a program named without a slash may lie: the directories that shells
 * and container runtimes search by default.
 */
static const char *const search_path[] = {
	"/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/",
	"/usr/bin/",	    "/sbin/",	       "/bin/",
};

/* The failure of the rule that got furthest so far, and how far that was. */
struct nearest {
	struct mnd_verdict *verdict;
	u32 reached;
};

static void fail(struct nearest *const nearest,
		 const enum mnd_dimension dimension, const u32 reached,
		 const u32 rule, const u32 want)
{
	if (nearest->verdict->rule != MND_NONE && reached <= nearest->reached)
		return;
	nearest->reached = reached;
	nearest->verdict->dimension = dimension;
	nearest->verdict->index = reached;
	nearest->verdict->rule = rule;
	nearest->verdict->want = want;
}

static bool has_slash(const char *string)
{
	for (; *string; string++)
		if (*string == '/')
			return true;
	return false;
}

/* Whether executing @name is what asking for @program means. */
static bool is_named_by(const char *const name, const char *const program)
{
	size_t length, i;

	if (program[0] == '/')
		return !strcmp(name, program);
	/* What a relative path means depends on where the caller stands. */
	if (has_slash(program))
		return false;
	length = strlen(name);
	for (i = 0; i < ARRAY_SIZE(search_path); i++) {
		const size_t size = strlen(search_path[i]);

		if (length > size && !memcmp(name, search_path[i], size) &&
		    !strcmp(name + size, program))
			return true;
	}
	return false;
}

static bool file_matches(const struct mnd_table *const table, const u32 file,
			 const struct mnd_exec_request *const request)
{
	const char *const path = request->file;

	if (file == MND_MATCH_ANY)
		return request->argc &&
		       is_named_by(request->name, request->args);
	return path && mnd_match(table, file, path, path + strlen(path) + 1);
}

/* How many arguments, from the first, are as @process wants them. */
static u32 match_arguments(const struct mnd_table *const table,
			   const struct mnd_process *const process,
			   const struct mnd_exec_request *const request)
{
	const __le32 *const argv = mnd_list_words(table, process->argv);
	const u32 argc = mnd_list_count(table, process->argv);
	const char *const end = request->args + request->size;
	const char *arg = request->args;
	u32 i;

	for (i = 0; i < argc && i < request->argc; i++) {
		arg = mnd_match(table, le32_to_cpu(argv[i]), arg, end);
		if (!arg)
			break;
	}
	return i;
}

static bool may_be_privileged(const struct mnd_table *const table,
			      const u32 subject)
{
	return le32_to_cpu(table->subjects[subject].flags) &
	       MND_SUBJECT_ELEVATED;
}

static bool process_matches(const struct mnd_table *const table,
			    const u32 subject,
			    const struct mnd_process *const process,
			    const struct mnd_exec_request *const request)
{
	struct mnd_stray stray;

	/* The number first: it is the cheapest to look at. */
	return mnd_list_count(table, process->argv) == request->argc &&
	       match_arguments(table, process, request) == request->argc &&
	       file_matches(table, le32_to_cpu(process->file), request) &&
	       mnd_match_context(table, process->context,
				 may_be_privileged(table, subject),
				 &request->facts, &stray) == MND_DIMENSION_NONE;
}

static bool has_role(const struct mnd_process *const process,
		     const struct mnd_exec_request *const request)
{
	return le32_to_cpu(process->flags) & request->role;
}

/* The first rule of @subject that allows the request, or MND_NONE. */
static u32 find_process(const struct mnd_table *const table, const u32 subject,
			const struct mnd_exec_request *const request)
{
	const struct mnd_span *const span = &table->subjects[subject].processes;
	const u32 end = mnd_span_first(span) + mnd_span_count(span);
	u32 i;

	for (i = mnd_span_first(span); i < end; i++)
		if (has_role(&table->processes[i], request) &&
		    process_matches(table, subject, &table->processes[i],
				    request))
			return i;
	return MND_NONE;
}

/* Whether @subject asks only where the file lies. */
static bool wants_measured(const struct mnd_table *const table,
			   const u32 subject,
			   const struct mnd_exec_request *const request)
{
	return request->role == MND_ROLE_INSIDE &&
	       le16_to_cpu(table->subjects[subject].class) ==
		       MND_CLASS_VERIFIED;
}

static bool subject_allows(const struct mnd_table *const table,
			   const u32 subject,
			   const struct mnd_exec_request *const request,
			   u32 *const rule)
{
	*rule = MND_NONE;
	if (request->role == MND_ROLE_INSIDE &&
	    le16_to_cpu(table->subjects[subject].class) == MND_CLASS_FREE)
		return true;
	if (wants_measured(table, subject, request))
		return request->measured;
	*rule = find_process(table, subject, request);
	return *rule != MND_NONE;
}

/*
 * Why it is denied, once it is
 */

/* What tells which variable is missing: its name, or all of it. */
static u32 variable_matcher(const struct mnd_table *const table,
			    const u32 variable)
{
	const struct mnd_variable *v;

	if (variable == MND_NONE)
		return MND_MATCH_ANY;
	v = &table->variables[variable];
	return le32_to_cpu(v->name) == MND_MATCH_WHOLE ? le32_to_cpu(v->value) :
							 le32_to_cpu(v->name);
}

/* What is wrong with a process whose arguments and file are right. */
static void explain_context(const struct mnd_table *const table,
			    const u32 subject, const u32 rule,
			    const struct mnd_exec_request *const request,
			    struct nearest *const nearest)
{
	const bool privileged = may_be_privileged(table, subject);
	const __le32 context = table->processes[rule].context;
	struct mnd_stray stray = { MND_NONE, MND_NONE };
	enum mnd_dimension dimension;

	dimension = mnd_match_context(table, context, privileged,
				      &request->facts, &stray);
	fail(nearest, dimension, request->argc + 1 + dimension, rule,
	     MND_MATCH_ANY);
	if (dimension != MND_DIMENSION_ENVIRONMENT ||
	    nearest->verdict->rule != rule)
		return;
	nearest->verdict->index = stray.string;
	nearest->verdict->want = variable_matcher(table, stray.variable);
}

static void explain_process(const struct mnd_table *const table,
			    const u32 subject, const u32 rule,
			    const struct mnd_exec_request *const request,
			    struct nearest *const nearest)
{
	const struct mnd_process *const process = &table->processes[rule];
	const u32 argc = mnd_list_count(table, process->argv);
	const __le32 *const argv = mnd_list_words(table, process->argv);
	const u32 matched = match_arguments(table, process, request);
	const u32 file = le32_to_cpu(process->file);

	if (matched < argc && matched < request->argc)
		fail(nearest, MND_DIMENSION_ARGV, matched, rule,
		     le32_to_cpu(argv[matched]));
	else if (argc != request->argc)
		fail(nearest, MND_DIMENSION_ARGC, matched, rule, argc);
	else if (!file_matches(table, file, request))
		fail(nearest, MND_DIMENSION_FILE, argc, rule, file);
	else
		explain_context(table, subject, rule, request, nearest);
}

static void explain_subject(const struct mnd_table *const table,
			    const u32 subject,
			    const struct mnd_exec_request *const request,
			    struct nearest *const nearest)
{
	const struct mnd_span *const span = &table->subjects[subject].processes;
	const u32 end = mnd_span_first(span) + mnd_span_count(span);
	struct mnd_verdict *const verdict = nearest->verdict;
	u32 i;

	if (wants_measured(table, subject, request)) {
		if (verdict->rule == MND_NONE) {
			verdict->subject = subject;
			verdict->dimension = MND_DIMENSION_MEASURED;
		}
		return;
	}
	for (i = mnd_span_first(span); i < end; i++) {
		if (!has_role(&table->processes[i], request))
			continue;
		explain_process(table, subject, i, request, nearest);
		if (verdict->rule == i)
			verdict->subject = subject;
	}
}

static void explain(const struct mnd_table *const table,
		    const struct mnd_candidates *const candidates,
		    const struct mnd_exec_request *const request,
		    struct mnd_verdict *const verdict)
{
	struct nearest nearest = { .verdict = verdict };
	u32 i;

	for (i = mnd_next_candidate(candidates, 0); i != MND_NONE;
	     i = mnd_next_candidate(candidates, i + 1)) {
		if (verdict->subject == MND_NONE) {
			verdict->subject = i;
			verdict->dimension = MND_DIMENSION_PROCESS;
		}
		explain_subject(table, i, request, &nearest);
	}
}

static void allow(const struct mnd_table *const table,
		  struct mnd_verdict *const verdict, const u32 subject,
		  const u32 rule)
{
	const struct mnd_process *const process = &table->processes[rule];

	verdict->subject = subject;
	verdict->rule = rule;
	if (rule == MND_NONE) {
		verdict->keep_signals = true;
		return;
	}
	verdict->signals |= le64_to_cpu(process->signals);
	if (le32_to_cpu(process->flags) & MND_PROCESS_KEEP_SIGNALS)
		verdict->keep_signals = true;
}

static void start_verdict(struct mnd_verdict *const verdict,
			  const enum mnd_dimension dimension)
{
	memset(verdict, 0, sizeof(*verdict));
	verdict->dimension = dimension;
	verdict->subject = MND_NONE;
	verdict->rule = MND_NONE;
	verdict->want = MND_MATCH_ANY;
}

/**
 * mnd_decide_exec - Decide on an exec
 *
 * @table: Verified table.
 * @candidates: Who the instance can still be.
 * @request: The facts.
 * @survivors: Written if the exec is allowed: the candidates that allow it.
 *	Of the size of @candidates, other memory; or NULL.
 * @verdict: Written.
 *
 * An exec by argv[0] alone is allowed only for what argv[0] names: an
 * absolute path that is the very one the caller gave, or a bare name in one
 * of the directories that are searched by default.
 *
 * Return: Whether it is allowed.
 */
bool mnd_decide_exec(const struct mnd_table *const table,
		     const struct mnd_candidates *const candidates,
		     const struct mnd_exec_request *const request,
		     struct mnd_candidates *const survivors,
		     struct mnd_verdict *const verdict)
{
	u32 i, rule;

	start_verdict(verdict, MND_DIMENSION_NONE);
	if (survivors)
		mnd_candidates_one(survivors, MND_NONE);
	for (i = mnd_next_candidate(candidates, 0); i != MND_NONE;
	     i = mnd_next_candidate(candidates, i + 1)) {
		if (!subject_allows(table, i, request, &rule))
			continue;
		allow(table, verdict, i, rule);
		if (survivors)
			survivors->words[i / 64] |= 1ULL << i % 64;
	}
	if (verdict->subject != MND_NONE)
		return true;
	verdict->dimension = MND_DIMENSION_SUBJECT;
	explain(table, candidates, request, verdict);
	return false;
}

/**
 * mnd_decide_file - Decide on a file that is executed or mapped as code
 *
 * @table: Verified table.
 * @candidates: Who the instance can still be.
 * @measured: Whether the file is on the measured root.
 * @verdict: Written.
 *
 * For what comes after argv: interpreters, the dynamic loader, libraries.
 *
 * Return: Whether it is allowed.
 */
bool mnd_decide_file(const struct mnd_table *const table,
		     const struct mnd_candidates *const candidates,
		     const bool measured, struct mnd_verdict *const verdict)
{
	u32 i;

	start_verdict(verdict, MND_DIMENSION_SUBJECT);
	for (i = mnd_next_candidate(candidates, 0); i != MND_NONE;
	     i = mnd_next_candidate(candidates, i + 1)) {
		verdict->subject = i;
		if (measured || le16_to_cpu(table->subjects[i].class) !=
					MND_CLASS_VERIFIED) {
			verdict->dimension = MND_DIMENSION_NONE;
			return true;
		}
		verdict->dimension = MND_DIMENSION_MEASURED;
	}
	return false;
}
