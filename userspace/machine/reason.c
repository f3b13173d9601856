// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Why a request can be denied.
 */

#include "machine.h"

static const struct {
	const char *name;
	const char *text;
} reasons[__MND_REASON_MAX] = {
	[MND_REASON_NONE] = { "none", "allowed" },
	[MND_REASON_POLICY] = { "policy", "the policy never allows this" },
	[MND_REASON_LIMIT] = { "limit",
			       "too much would have to be remembered" },
	[MND_REASON_TARGET] = { "target", "nothing may be mounted there" },
	[MND_REASON_BUSY] = { "busy", "something is mounted there" },
	[MND_REASON_NOT_MOUNTED] = { "not_mounted",
				     "nothing of this kind is mounted there" },
	[MND_REASON_HASH] = { "hash", "no container has such a layer" },
	[MND_REASON_PLAIN] = { "plain", "it must be encrypted" },
	[MND_REASON_FORMAT] = { "format", "the filesystem must be made" },
	[MND_REASON_FILESYSTEM] = { "filesystem",
				    "it must be \"ext4\" or \"xfs\"" },
	[MND_REASON_LAYERS] = { "layers",
				"no container has these layers, in this order" },
	[MND_REASON_OVERLAY] = { "overlay",
				 "the container has its overlay already" },
	[MND_REASON_CONTAINER] = { "container",
				   "there are several containers there" },
	[MND_REASON_STARTED] = { "started", "the container was made already" },
	[MND_REASON_NOT_STARTED] = { "not_started",
				     "the container was never made" },
	[MND_REASON_CANDIDATES] = { "candidates",
				    "the container has no overlay" },
	[MND_REASON_COMMAND] = { "command", "the arguments are wrong" },
	[MND_REASON_NO_NEW_PRIVS] = { "no_new_privileges",
				      "no_new_privileges must be set" },
	[MND_REASON_PRIVILEGED] = { "privileged", "it must not be privileged" },
	[MND_REASON_CWD] = { "cwd", "the working directory is wrong" },
	[MND_REASON_UMASK] = { "umask", "the umask is wrong" },
	[MND_REASON_USER] = { "user", "the user is wrong" },
	[MND_REASON_GROUPS] = { "groups", "a group is wrong" },
	[MND_REASON_PROFILE] = { "seccomp_profile",
				 "the seccomp profile is wrong" },
	[MND_REASON_DEVICES] = { "devices", "there must be no devices" },
	[MND_REASON_MOUNTS] = { "mounts", "a mount is wrong" },
	[MND_REASON_VARIABLE] = { "environment", "a variable is wrong" },
	[MND_REASON_MISSING] = { "missing_variable", "a variable is missing" },
	[MND_REASON_VARIABLES] = { "ambiguous_environment",
				   "several sets of variables could be kept" },
	[MND_REASON_CAPABILITIES] = { "capabilities",
				      "the capabilities are wrong" },
	[MND_REASON_NO_CAPABILITIES] = { "no_capabilities",
					 "no capabilities are named" },
	[MND_REASON_CAPABILITY_SETS] = { "ambiguous_capabilities",
					 "several sets of capabilities could be kept" },
	[MND_REASON_STDIO] = { "stdio",
			       "containers that it can be differ in their streams" },
	[MND_REASON_SIGNAL] = { "signal", "it must not get this signal" },
	[MND_REASON_ISSUER] = { "issuer", "nothing like this is admitted" },
	[MND_REASON_FEED] = { "feed", "nothing of this name is admitted" },
	[MND_REASON_SVN] = { "svn",
			     "the security version number is not right" },
	[MND_REASON_RECEIPT] = { "receipt", "it must come with a receipt" },
	[MND_REASON_SOURCE] = { "source", "the fragment is not understood" },
	[MND_REASON_INCLUDES] = { "includes",
				  "the policy admits it in different ways" },
	[MND_REASON_LEDGERS] = { "ledgers", "none of its ledgers is admitted" },
};

/**
 * mnd_reason_name - Name a reason
 *
 * @reason: Reason.
 *
 * Return: A word for it, for programs.
 */
const char *mnd_reason_name(enum mnd_reason reason)
{
	return reasons[reason].name;
}

/**
 * mnd_reason_text - Describe a reason
 *
 * @reason: Reason.
 *
 * Return: A sentence without a full stop, for people.
 */
const char *mnd_reason_text(enum mnd_reason reason)
{
	return reasons[reason].text;
}
