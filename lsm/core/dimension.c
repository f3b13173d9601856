// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The names of the dimensions, as records and reports show them.
 */

#include "decide.h"

static const char *const names[__MND_DIMENSION_MAX] = {
	[MND_DIMENSION_NONE] = "none",
	[MND_DIMENSION_SUBJECT] = "subject",
	[MND_DIMENSION_PROCESS] = "process",
	[MND_DIMENSION_ARGV] = "argv",
	[MND_DIMENSION_ARGC] = "argc",
	[MND_DIMENSION_FILE] = "file",
	[MND_DIMENSION_MEASURED] = "measured",
	[MND_DIMENSION_NO_NEW_PRIVS] = "no_new_privs",
	[MND_DIMENSION_STDIO] = "stdio",
	[MND_DIMENSION_USER] = "user",
	[MND_DIMENSION_GROUPS] = "groups",
	[MND_DIMENSION_UMASK] = "umask",
	[MND_DIMENSION_CAPABILITIES] = "capabilities",
	[MND_DIMENSION_SECCOMP] = "seccomp",
	[MND_DIMENSION_CWD] = "cwd",
	[MND_DIMENSION_ENVIRONMENT] = "environment",
	[MND_DIMENSION_OPERATION] = "operation",
	[MND_DIMENSION_TYPE] = "type",
	[MND_DIMENSION_SOURCE] = "source",
	[MND_DIMENSION_TARGET] = "target",
	[MND_DIMENSION_OPTIONS] = "options",
	[MND_DIMENSION_SIGNAL] = "signal",
	[MND_DIMENSION_OUTSIDER] = "outsider",
	[MND_DIMENSION_NAMESPACE] = "namespace",
	[MND_DIMENSION_DETACHED] = "detached",
	[MND_DIMENSION_ROOT] = "root",
	[MND_DIMENSION_SHARED] = "shared",
	[MND_DIMENSION_TRACED] = "traced",
	[MND_DIMENSION_POLICY] = "policy",
};

/**
 * mnd_dimension_name - The name of a dimension
 *
 * @dimension: Dimension.
 *
 * Return: A word in lower case.
 */
const char *mnd_dimension_name(const enum mnd_dimension dimension)
{
	return names[dimension];
}
