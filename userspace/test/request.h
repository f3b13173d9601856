/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the requests of a test case.
 */

#ifndef _MANDATE_TEST_REQUEST_H
#define _MANDATE_TEST_REQUEST_H

#include "../machine/machine.h"
#include "json.h"

/**
 * enum mnd_test_operation - What a test case can do to a machine
 *
 * @MND_TEST_ASK: Ask it.
 * @MND_TEST_EXTEND: Add mounts that every container may have.
 * @MND_TEST_TRANSACTION: Do several things, and perhaps take them back.
 */
enum mnd_test_operation {
	MND_TEST_ASK,
	MND_TEST_EXTEND,
	MND_TEST_TRANSACTION,
};

/**
 * struct mnd_test_request - A request of a test case
 *
 * @operation: What it is.
 * @request: What is asked, or which mounts are added.
 * @inner: Of a transaction: its requests, an array of objects.
 * @fail: It is taken back.
 */
struct mnd_test_request {
	enum mnd_test_operation operation;
	struct mnd_request request;
	const json_t *inner;
	bool fail;
};

int mnd_test_request_read(struct mnd_test_reader *reader, const json_t *object,
			  const struct mnd_source_options *toml,
			  struct mnd_test_request *request);

#endif /* _MANDATE_TEST_REQUEST_H */
