// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs a test case: a policy, requests, and what they must be answered by.
 */

#include <stdarg.h>
#include <stdio.h>

#include "../import/rego.h"
#include "case.h"
#include "policy.h"
#include "reply.h"
#include "request.h"

#define REASON_SIZE MND_TEST_REPLY_SIZE

/* A test case that is being run. */
struct run {
	struct mnd_test_reader reader;
	struct mnd_test_run *asked;
	struct mnd_test_policy policy;
};

static __printf(3, 4) void tell(struct run *run, enum mnd_test_outcome outcome,
				const char *format, ...)
{
	char text[2 * REASON_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	run->asked->outcome = outcome;
	run->asked->tell(run->asked->context, text);
}

static bool is_free_form(const char *text)
{
	return strstr(text, MND_REGO_ONLY_DATA);
}

/* A fragment that cannot be imported makes all that follows meaningless. */
static void tell_denial(struct run *run, const struct mnd_request *request,
			const struct mnd_reply *reply)
{
	char text[REASON_SIZE];

	mnd_machine_explain(run->policy.machine, request, reply, text,
			    sizeof(text));
	tell(run,
	     reply->reason == MND_REASON_SOURCE && is_free_form(text) ?
		     MND_TEST_REFUSED :
		     MND_TEST_DIFFERS,
	     "%s: denied, and must be allowed: %s", run->reader.where, text);
}

static int compare(struct run *run, const struct mnd_request *request,
		   const struct mnd_reply *reply, const json_t *expected)
{
	char text[REASON_SIZE];
	bool allowed;
	int err;

	run->asked->requests++;
	err = mnd_test_boolean(&run->reader, expected, "allow", &allowed);
	if (err)
		return err;
	if (allowed && !reply->allowed) {
		tell_denial(run, request, reply);
		return 0;
	}
	if (reply->allowed && !allowed) {
		tell(run, MND_TEST_DIFFERS, "%s: allowed, and must be denied",
		     run->reader.where);
		return 0;
	}
	if (!allowed)
		return 0;
	err = mnd_test_reply_compare(&run->reader, request, reply, expected,
				     text);
	if (!err && *text)
		tell(run, MND_TEST_DIFFERS, "%s: %s", run->reader.where, text);
	return err;
}

static int ask(struct run *run, const struct mnd_request *request,
	       const json_t *expected)
{
	struct mnd_reply reply;
	int err;

	err = mnd_machine_ask(run->policy.machine, request, &reply);
	if (err == -EINVAL)
		return mnd_test_fail(&run->reader, "a list is too long");
	if (err)
		return mnd_test_no_memory(&run->reader);
	if (run->policy.is_open) {
		reply.allowed = true;
		reply.stdio = true;
	}
	return compare(run, request, &reply, expected);
}

static int extend(struct run *run, const struct mnd_request *request)
{
	struct mnd_machine *machine = run->policy.machine;
	int err;

	err = mnd_machine_extend_mounts(machine, request->mounts,
					request->mount_count);
	if (err == -ENOMEM)
		return mnd_test_no_memory(&run->reader);
	return err ? mnd_test_fail(&run->reader, "too many mounts") : 0;
}

static int run_requests(struct run *run, const json_t *requests,
			const json_t *results, bool is_inner);

static int run_transaction(struct run *run,
			   const struct mnd_test_request *request,
			   const json_t *expected)
{
	struct mnd_machine *machine = run->policy.machine;
	const json_t *results;
	int err;

	err = mnd_test_objects(&run->reader, expected, "inner", &results);
	if (!err && mnd_machine_begin(machine))
		err = mnd_test_fail(&run->reader,
				    "there is a transaction already");
	if (!err)
		err = run_requests(run, request->inner, results, true);
	if (err)
		return err;
	err = request->fail ? mnd_machine_rollback(machine) :
			      mnd_machine_commit(machine);
	return err ? mnd_test_no_memory(&run->reader) : 0;
}

static int run_request(struct run *run, const json_t *object,
		       const json_t *expected)
{
	struct mnd_test_request request;
	int err;

	err = mnd_test_request_read(&run->reader, object, &run->policy.options,
				    &request);
	if (err)
		return err;
	switch (request.operation) {
	case MND_TEST_EXTEND:
		return extend(run, &request.request);
	case MND_TEST_TRANSACTION:
		return run_transaction(run, &request, expected);
	case MND_TEST_ASK:
		break;
	}
	return ask(run, &request.request, expected);
}

static int run_requests(struct run *run, const json_t *requests,
			const json_t *results, bool is_inner)
{
	const size_t count = json_array_size(requests);
	size_t i;
	int err = 0;

	if (json_array_size(results) != count)
		return mnd_test_fail(&run->reader,
				     "there must be a result of each request");
	for (i = 0; !err && i < count; i++) {
		snprintf(run->reader.where, sizeof(run->reader.where),
			 is_inner ? "inner request %zu" : "request %zu", i);
		err = run_request(run, json_array_get(requests, i),
				  json_array_get(results, i));
		if (run->asked->outcome == MND_TEST_REFUSED)
			break;
	}
	return err;
}

/* What is left to do if the policy is refused. */
static void compare_refusal(struct run *run, const char *expected)
{
	const struct mnd_error *error = &run->policy.error;

	if (expected)
		return;
	tell(run,
	     is_free_form(error->text) ? MND_TEST_REFUSED : MND_TEST_DIFFERS,
	     "the policy is refused: %u:%u: %s", error->line, error->column,
	     error->text);
}

static int run_case(struct run *run, const json_t *json)
{
	const json_t *requests, *results;
	const char *refused;
	json_t *expected;
	int err;

	err = mnd_test_policy_read(&run->reader, json, run->asked->prefer_rego,
				   &run->policy);
	if (!err)
		err = mnd_test_member(&run->reader, json, "expect", JSON_OBJECT,
				      &expected);
	if (!err)
		err = mnd_test_string(&run->reader, expected, "load_error",
				      &refused);
	if (!err)
		err = mnd_test_objects(&run->reader, json, "requests",
				       &requests);
	if (!err)
		err = mnd_test_objects(&run->reader, expected, "results",
				       &results);
	if (err)
		return err;
	if (!run->policy.machine) {
		compare_refusal(run, refused);
		return 0;
	}
	if (!refused)
		return run_requests(run, requests, results, false);
	tell(run, MND_TEST_DIFFERS, "the policy must be refused");
	return 0;
}

/**
 * mnd_test_case_run - Run a test case
 *
 * @json: Test case.
 * @asked: How to run it; what came of it is written there.
 * @error: Written after an error.
 *
 * Return: 0, or:
 *
 * - -EINVAL: It is no test case.
 * - -ENOMEM: Out of memory.
 */
int mnd_test_case_run(const json_t *json, struct mnd_test_run *asked,
		      struct mnd_error *error)
{
	struct run run = {
		.reader = { .where = "the case", .error = error },
		.asked = asked,
	};
	int err;

	asked->outcome = MND_TEST_AGREES;
	if (!json_is_object(json))
		err = mnd_test_fail(&run.reader, "must be an object");
	else
		err = run_case(&run, json);
	mnd_test_policy_free(&run.policy);
	mnd_arena_free(&run.reader.arena);
	return err;
}
