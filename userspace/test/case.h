/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a test case: a policy, requests, and what they must be answered by.
 */

#ifndef _MANDATE_TEST_CASE_H
#define _MANDATE_TEST_CASE_H

#include <jansson.h>

#include "../error.h"

/**
 * enum mnd_test_outcome - What came of a test case
 *
 * @MND_TEST_AGREES: All is as it must be.
 * @MND_TEST_DIFFERS: Something is not.
 * @MND_TEST_REFUSED: It has Rego that computes something, which cannot be
 *	imported.
 */
enum mnd_test_outcome {
	MND_TEST_AGREES,
	MND_TEST_DIFFERS,
	MND_TEST_REFUSED,
};

/**
 * struct mnd_test_run - How to run a test case, and what came of it
 *
 * @prefer_rego: Where a policy is given in several languages, take Rego.
 * @tell: Told each difference, and why a case is refused: a sentence without a
 *	full stop.
 * @context: For @tell.
 * @outcome: Written.
 * @requests: Increased by the number of replies that were compared.
 */
struct mnd_test_run {
	bool prefer_rego;
	void (*tell)(void *context, const char *text);
	void *context;
	enum mnd_test_outcome outcome;
	size_t requests;
};

int mnd_test_case_run(const json_t *json, struct mnd_test_run *run,
		      struct mnd_error *error);

#endif /* _MANDATE_TEST_CASE_H */
