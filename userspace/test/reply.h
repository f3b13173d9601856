/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compares what an allowed process gets with what it must get.
 */

#ifndef _MANDATE_TEST_REPLY_H
#define _MANDATE_TEST_REPLY_H

#include "../machine/machine.h"
#include "json.h"

/* Room for what mnd_test_reply_compare() writes. */
#define MND_TEST_REPLY_SIZE 400

int mnd_test_reply_compare(struct mnd_test_reader *reader,
			   const struct mnd_request *request,
			   const struct mnd_reply *reply,
			   const json_t *expected,
			   char text[MND_TEST_REPLY_SIZE]);

#endif /* _MANDATE_TEST_REPLY_H */
