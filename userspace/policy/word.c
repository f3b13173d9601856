// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The words that a policy is written and shown in.
 */

#include "word.h"

const struct mnd_flag_word mnd_option_words[MND_OPTION_COUNT] = {
	{ "nodev", MND_MOUNT_NODEV },
	{ "noexec", MND_MOUNT_NOEXEC },
	{ "nosuid", MND_MOUNT_NOSUID },
	{ "nosymfollow", MND_MOUNT_NOSYMFOLLOW },
	{ "ro", MND_MOUNT_RO },
};

const struct mnd_flag_word mnd_request_flags[MND_REQUEST_FLAG_COUNT] = {
	{ "drop_variables", MND_POLICY_DROP_VARIABLES },
	{ "drop_capabilities", MND_POLICY_DROP_CAPABILITIES },
	{ "plain_scratch", MND_POLICY_PLAIN_SCRATCH },
	{ "no_containers", MND_POLICY_NO_CONTAINERS },
	{ "strict", MND_POLICY_STRICT },
};

const struct mnd_flag_word mnd_include_words[MND_INCLUDE_COUNT] = {
	{ "containers", MND_INCLUDE_CONTAINERS },
	{ "fragments", MND_INCLUDE_FRAGMENTS },
	{ "external_processes", MND_INCLUDE_EXTERNAL_PROCESSES },
	{ "namespace", MND_INCLUDE_NAMESPACE },
	{ "platform_rules", MND_INCLUDE_PLATFORM_RULES },
	{ "transparency_trust_lists", MND_INCLUDE_TRUST_LISTS },
};

const char *const mnd_point_words[__MND_POINT_MAX] = {
	[MND_POINT_MOUNT_DEVICE] = "mount_device",
	[MND_POINT_UNMOUNT_DEVICE] = "unmount_device",
	[MND_POINT_RW_MOUNT_DEVICE] = "rw_mount_device",
	[MND_POINT_RW_UNMOUNT_DEVICE] = "rw_unmount_device",
	[MND_POINT_MOUNT_BLOCKDEV] = "mount_blockdev",
	[MND_POINT_UNMOUNT_BLOCKDEV] = "unmount_blockdev",
	[MND_POINT_MOUNT_OVERLAY] = "mount_overlay",
	[MND_POINT_UNMOUNT_OVERLAY] = "unmount_overlay",
	[MND_POINT_CREATE_CONTAINER] = "create_container",
	[MND_POINT_EXEC_IN_CONTAINER] = "exec_in_container",
	[MND_POINT_EXEC_EXTERNAL] = "exec_external",
	[MND_POINT_SHUTDOWN_CONTAINER] = "shutdown_container",
	[MND_POINT_SIGNAL_CONTAINER_PROCESS] = "signal_container_process",
	[MND_POINT_PLAN9_MOUNT] = "plan9_mount",
	[MND_POINT_PLAN9_UNMOUNT] = "plan9_unmount",
	[MND_POINT_GET_PROPERTIES] = "get_properties",
	[MND_POINT_DUMP_STACKS] = "dump_stacks",
	[MND_POINT_RUNTIME_LOGGING] = "runtime_logging",
	[MND_POINT_LOAD_FRAGMENT] = "load_fragment",
	[MND_POINT_LOAD_TRUST_LIST] = "load_transparency_trust_list",
	[MND_POINT_SCRATCH_MOUNT] = "scratch_mount",
	[MND_POINT_SCRATCH_UNMOUNT] = "scratch_unmount",
	[MND_POINT_HOST_NETWORK] = "host_network",
};

const char *const mnd_answer_words[__MND_ANSWER_MAX] = {
	[MND_ANSWER_DENY] = "deny",
	[MND_ANSWER_ALLOW] = "allow",
	[MND_ANSWER_RULES] = "rules",
};

const char *const mnd_uvm_words[__MND_CLASS_MAX] = {
	[MND_CLASS_VERIFIED] = "verified",
	[MND_CLASS_LISTED] = "listed",
	[MND_CLASS_FREE] = "free",
};

const char *const mnd_container_words[__MND_CLASS_MAX] = {
	[MND_CLASS_VERIFIED] = "verified",
	[MND_CLASS_LISTED] = "listed",
	[MND_CLASS_FREE] = "any",
};

const char *const mnd_set_words[__MND_CAPABILITY_SET_MAX] = {
	[MND_BOUNDING] = "bounding",	   [MND_EFFECTIVE] = "effective",
	[MND_INHERITABLE] = "inheritable", [MND_PERMITTED] = "permitted",
	[MND_AMBIENT] = "ambient",
};

/**
 * mnd_flag_find - Find a flag by its word
 *
 * @words: Words.
 * @count: How many.
 * @name: Word to look for.
 *
 * Return: The flag, or 0.
 */
u32 mnd_flag_find(const struct mnd_flag_word *words, size_t count,
		  const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(words[i].name, name))
			return words[i].flag;
	return 0;
}

/**
 * mnd_class_word - What a policy calls the class of a subject
 *
 * @subject: Subject of a verified table.
 *
 * Return: A word.
 */
const char *mnd_class_word(const struct mnd_subject *subject)
{
	const u16 class = le16_to_cpu(subject->class);

	return le16_to_cpu(subject->kind) == MND_KIND_UVM ?
		       mnd_uvm_words[class] :
		       mnd_container_words[class];
}

/**
 * mnd_default_answer - What a request is answered by if a policy does not say
 *
 * @point: Request.
 *
 * Return: The rules' answer for what there are rules about; else no.
 */
enum mnd_answer mnd_default_answer(enum mnd_point point)
{
	switch (point) {
	case MND_POINT_MOUNT_BLOCKDEV:
	case MND_POINT_UNMOUNT_BLOCKDEV:
	case MND_POINT_GET_PROPERTIES:
	case MND_POINT_DUMP_STACKS:
	case MND_POINT_RUNTIME_LOGGING:
	case MND_POINT_HOST_NETWORK:
		return MND_ANSWER_DENY;
	default:
		return MND_ANSWER_RULES;
	}
}
