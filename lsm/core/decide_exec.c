// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The decisions on what may be executed.
 */

#include "decide.h"
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
	const size_t length = strlen(name);
	size_t i;

	if (program[0] == '/')
		return !strcmp(name, program);
	/* What a relative path means depends on where the caller stands. */
	if (has_slash(program))
		return false;
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
	if (file == MND_MATCH_ANY)
		return is_named_by(request->name, request->args);
	return request->file && mnd_match(table, file, request->file,
					  (u32)strlen(request->file));
}

static bool process_matches(const struct mnd_table *const table, const u32 rule,
			    const struct mnd_exec_request *const request,
			    struct nearest *const nearest)
{
	const struct mnd_process *const process = &table->processes[rule];
	const __le32 *const argv =
		table->matchers + mnd_span_first(&process->argv);
	const u32 argc = mnd_span_count(&process->argv);
	const u32 file = le32_to_cpu(process->file);
	const char *arg = request->args;
	u32 i;

	for (i = 0; i < argc && i < request->argc; i++) {
		const u32 length = (u32)strlen(arg);
		const u32 matcher = le32_to_cpu(argv[i]);

		if (!mnd_match(table, matcher, arg, length)) {
			fail(nearest, MND_DIMENSION_ARGV, i, rule, matcher);
			return false;
		}
		arg += length + 1;
	}
	if (argc != request->argc) {
		fail(nearest, MND_DIMENSION_ARGC, i, rule, argc);
		return false;
	}
	if (!file_matches(table, file, request)) {
		fail(nearest, MND_DIMENSION_FILE, argc, rule, file);
		return false;
	}
	return true;
}

/* The first rule of @subject that allows the request, or MND_NONE. */
static u32 find_process(const struct mnd_table *const table, const u32 subject,
			const struct mnd_exec_request *const request,
			struct nearest *const nearest)
{
	const struct mnd_span *const span = &table->subjects[subject].processes;
	const u32 end = mnd_span_first(span) + mnd_span_count(span);
	u32 i;

	for (i = mnd_span_first(span); i < end; i++) {
		if (!(le32_to_cpu(table->processes[i].flags) & request->role))
			continue;
		if (process_matches(table, i, request, nearest))
			return i;
		if (nearest->verdict->rule == i)
			nearest->verdict->subject = subject;
	}
	return MND_NONE;
}

static bool subject_allows(const struct mnd_table *const table,
			   const u32 subject,
			   const struct mnd_exec_request *const request,
			   struct nearest *const nearest, u32 *const rule)
{
	const u16 class = le16_to_cpu(table->subjects[subject].class);

	*rule = MND_NONE;
	if (request->role == MND_ROLE_INSIDE && class == MND_CLASS_FREE)
		return true;
	if (request->role == MND_ROLE_INSIDE && class == MND_CLASS_VERIFIED) {
		if (request->measured)
			return true;
		nearest->verdict->subject = subject;
		if (nearest->verdict->rule == MND_NONE)
			nearest->verdict->dimension = MND_DIMENSION_MEASURED;
		return false;
	}
	*rule = find_process(table, subject, request, nearest);
	return *rule != MND_NONE;
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
	struct mnd_verdict allowed;
	struct nearest nearest = { .verdict = verdict };
	u32 i, rule;

	start_verdict(verdict, MND_DIMENSION_SUBJECT);
	start_verdict(&allowed, MND_DIMENSION_NONE);
	if (survivors)
		mnd_candidates_one(survivors, MND_NONE);
	for (i = mnd_next_candidate(candidates, 0); i != MND_NONE;
	     i = mnd_next_candidate(candidates, i + 1)) {
		if (verdict->subject == MND_NONE) {
			verdict->subject = i;
			verdict->dimension = MND_DIMENSION_PROCESS;
		}
		if (!subject_allows(table, i, request, &nearest, &rule))
			continue;
		allow(table, &allowed, i, rule);
		if (survivors)
			survivors->words[i / 64] |= 1ULL << i % 64;
	}
	if (allowed.subject == MND_NONE)
		return false;
	*verdict = allowed;
	return true;
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
