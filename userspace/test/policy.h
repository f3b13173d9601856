/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes a machine of the policy of a test case.
 */

#ifndef _MANDATE_TEST_POLICY_H
#define _MANDATE_TEST_POLICY_H

#include "../machine/machine.h"
#include "json.h"

/**
 * struct mnd_test_policy - The policy of a test case
 *
 * @machine: Machine; NULL if the policy is refused.
 * @is_open: Everything is allowed, without asking the machine.
 * @table: Its table.
 * @bytes: The bytes of that.
 * @images: Image facts as text, to be freed.
 * @files: Files that a source names, or NULL.
 * @options: Options for a source in TOML.
 * @error: Why the policy is refused.
 */
struct mnd_test_policy {
	struct mnd_machine *machine;
	bool is_open;
	struct mnd_table table;
	u8 *bytes;
	char *images;
	json_t *files;
	struct mnd_source_options options;
	struct mnd_error error;
};

int mnd_test_policy_read(struct mnd_test_reader *reader, const json_t *json,
			 bool prefer_rego, struct mnd_test_policy *policy);
void mnd_test_policy_free(struct mnd_test_policy *policy);

#endif /* _MANDATE_TEST_POLICY_H */
