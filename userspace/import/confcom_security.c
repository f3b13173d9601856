// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The user, the capabilities, the privileges and the seccomp profile that
 * `az confcom` makes of a container's securityContext.
 */

#include <strings.h>

#include "../toml/toml.h"
#include "base64.h"
#include "confcom.h"
#include "seccomp_profile.h"

/* More names than there are capabilities help nobody. */
#define MAX_NAMES 256

/* Capabilities that every container has, and those of a privileged one. */
#define USUAL                                                                  \
	"CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER",      \
		"CAP_FSETID", "CAP_KILL", "CAP_MKNOD", "CAP_NET_BIND_SERVICE", \
		"CAP_NET_RAW", "CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP",     \
		"CAP_SETUID", "CAP_SYS_CHROOT"
#define FURTHER                                                                \
	"CAP_AUDIT_CONTROL", "CAP_AUDIT_READ", "CAP_BLOCK_SUSPEND", "CAP_BPF", \
		"CAP_CHECKPOINT_RESTORE", "CAP_DAC_READ_SEARCH",               \
		"CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_LEASE",                  \
		"CAP_LINUX_IMMUTABLE", "CAP_MAC_ADMIN", "CAP_MAC_OVERRIDE",    \
		"CAP_NET_ADMIN", "CAP_NET_BROADCAST", "CAP_PERFMON",           \
		"CAP_SYSLOG", "CAP_SYS_ADMIN", "CAP_SYS_BOOT",                 \
		"CAP_SYS_MODULE", "CAP_SYS_NICE", "CAP_SYS_PACCT",             \
		"CAP_SYS_PTRACE", "CAP_SYS_RAWIO", "CAP_SYS_RESOURCE",         \
		"CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_WAKE_ALARM"

static const char *const usual[] = { USUAL };
static const char *const privileged[] = { USUAL, FURTHER };

/* "securityContext" */
struct security {
	const struct mnd_value *capabilities;
	const struct mnd_value *user;
	const struct mnd_value *group;
	const struct mnd_value *profile;
	bool privileged;
	bool forbid_escalation;
};

/* "capabilities" */
struct changes {
	struct mnd_texts add;
	struct mnd_texts drop;
};

/* "seccompProfile", if it is an object. */
struct profile {
	struct mnd_text type;
	struct mnd_text file;
};

static int read_flag(struct mnd_import *import, const struct mnd_value *value,
		     bool *flag)
{
	if (value->type != MND_VALUE_STRING)
		return mnd_object_boolean(import, value, flag);
	*flag = !strcasecmp(value->text, "true");
	if (*flag || !strcasecmp(value->text, "false"))
		return 0;
	return mnd_value_refuse(import, value, "must be true or false");
}

static int read_privileged(struct mnd_import *import,
			   const struct mnd_value *value, void *member)
{
	return read_flag(import, value, member);
}

static int read_escalation(struct mnd_import *import,
			   const struct mnd_value *value, void *member)
{
	bool *forbid = member, allow = true;
	int err = read_flag(import, value, &allow);

	*forbid = !allow;
	return err;
}

static int read_security(struct mnd_import *import,
			 const struct mnd_value *value,
			 struct security *security)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(security, privileged, "privileged",
			       read_privileged),
		MND_OBJECT_KEY(security, forbid_escalation,
			       "allowPrivilegeEscalation", read_escalation),
		MND_OBJECT_KEY(security, capabilities, "capabilities",
			       mnd_object_object),
		MND_OBJECT_KEY(security, user, "runAsUser", mnd_object_keep),
		MND_OBJECT_KEY(security, group, "runAsGroup", mnd_object_keep),
		MND_OBJECT_KEY(security, profile, "seccompProfile",
			       mnd_object_keep),
		MND_OBJECT_IGNORED("runAsNonRoot"),
		MND_OBJECT_IGNORED("readOnlyRootFilesystem"),
	};
	static const struct mnd_object_form form = { "\"securityContext\"",
						     keys, ARRAY_SIZE(keys),
						     true };

	memset(security, 0, sizeof(*security));
	return value ? mnd_object_read(import, value, &form, security) : 0;
}

static bool has(const struct mnd_texts *names, const char *name)
{
	size_t i;

	for (i = 0; i < names->count; i++)
		if (!strcmp(names->items[i].text, name))
			return true;
	return false;
}

static int check_names(struct mnd_import *import, const struct mnd_texts *names)
{
	if (names->count <= MAX_NAMES)
		return 0;
	return mnd_fail(import->error, names->items[0].place.line,
			names->items[0].place.column,
			"more than %d capabilities", MAX_NAMES);
}

#define NO_EFFECT \
	"%s takes nothing away: the tool only knows names such as CAP_KILL"

static int check_drop(struct mnd_import *import, const struct mnd_texts *drop)
{
	char quoted[MND_TOML_QUOTED_SIZE];
	const struct mnd_text *name;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < drop->count; i++) {
		name = &drop->items[i];
		if (!strncmp(name->text, "CAP_", 4))
			continue;
		mnd_toml_quote(name->text, name->length, quoted);
		if (import->options->strict)
			return mnd_fail(import->error, name->place.line,
					name->place.column, NO_EFFECT, quoted);
		err = mnd_hcsshim_warn(import, &name->place, NO_EFFECT, quoted);
	}
	return err;
}

static int read_changes(struct mnd_import *import,
			const struct mnd_value *value, struct changes *changes)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(changes, add, "add", mnd_object_texts),
		MND_OBJECT_KEY(changes, drop, "drop", mnd_object_texts),
	};
	static const struct mnd_object_form form = { "\"capabilities\"", keys,
						     ARRAY_SIZE(keys), true };
	int err;

	memset(changes, 0, sizeof(*changes));
	if (!value)
		return 0;
	err = mnd_object_read(import, value, &form, changes);
	if (!err)
		err = check_names(import, &changes->add);
	if (!err)
		err = check_names(import, &changes->drop);
	return err ? err : check_drop(import, &changes->drop);
}

/* Adds what @changes leave of some names, and what they add, each once. */
static int fill_set(struct mnd_import *import, const struct mnd_texts *names,
		    const struct changes *changes, enum mnd_capability_set set,
		    struct mnd_capability_lists *lists)
{
	struct mnd_texts before;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < names->count; i++)
		if (!has(&changes->drop, names->items[i].text))
			err = mnd_hcsshim_capability(import, lists, set,
						     &names->items[i]);
	for (i = 0; !err && i < changes->add.count; i++) {
		const struct mnd_text *name = &changes->add.items[i];

		before = changes->add;
		before.count = i;
		if (!has(names, name->text) && !has(&before, name->text) &&
		    !has(&changes->drop, name->text))
			err = mnd_hcsshim_capability(import, lists, set, name);
	}
	return err;
}

static int make_capabilities(struct mnd_import *import,
			     const struct mnd_value *value, bool is_privileged,
			     const struct mnd_place *place,
			     struct mnd_capability_lists *lists)
{
	const char *const *known = is_privileged ? privileged : usual;
	const size_t count = is_privileged ? ARRAY_SIZE(privileged) :
					     ARRAY_SIZE(usual);
	struct mnd_text texts[ARRAY_SIZE(privileged)] = { { NULL } };
	const struct mnd_texts names = { texts, count };
	struct changes changes;
	size_t i;
	int err;

	lists->rule = MND_CAPABILITIES_EQUAL;
	for (i = 0; i < count; i++)
		mnd_text_default(&texts[i], known[i], place);
	err = read_changes(import, value, &changes);
	if (!err)
		err = fill_set(import, &names, &changes, MND_BOUNDING, lists);
	if (!err)
		err = fill_set(import, &names, &changes, MND_EFFECTIVE, lists);
	if (!err)
		err = fill_set(import, &names, &changes, MND_PERMITTED, lists);
	if (!err && is_privileged)
		err = fill_set(import, &names, &changes, MND_INHERITABLE,
			       lists);
	return err;
}

static int set_id(struct mnd_import *import, const struct mnd_value *value,
		  struct mnd_principal_rule *rule)
{
	if (!value)
		return 0;
	rule->has_id = true;
	return mnd_object_id(import, value, &rule->id);
}

/* What the input says of the user, it says instead of the image. */
static int make_identity(struct mnd_confcom *confcom,
			 const struct security *security,
			 const struct mnd_image *image,
			 struct mnd_hcsshim_container *made)
{
	static const struct mnd_image nobody = { .name = { NULL, 0 } };
	struct mnd_import *import = confcom->tool.import;
	const bool own = security->user || security->group;
	int err;

	err = mnd_tool_identity(&confcom->tool, NULL, own ? &nobody : image,
				&made->place, &made->identity);
	if (!err)
		err = set_id(import, security->user, &made->identity.user);
	return err ? err :
		     set_id(import, security->group, &made->identity.groups[0]);
}

#define NEEDS_PROFILE \
	"only the types Unconfined and RuntimeDefault do not need a profile"

static int check_profile(struct mnd_import *import,
			 const struct mnd_value *value)
{
	static const struct mnd_object_key keys[] = {
		MND_OBJECT_KEY(profile, type, "type", mnd_object_text),
		MND_OBJECT_KEY(profile, file, "localhostProfile",
			       mnd_object_text),
	};
	static const struct mnd_object_form form = { "\"seccompProfile\"", keys,
						     ARRAY_SIZE(keys), true };
	struct profile profile = { { NULL }, { NULL } };
	int err;

	err = mnd_object_read(import, value, &form, &profile);
	if (err)
		return err;
	if (profile.type.text && (!strcmp(profile.type.text, "Unconfined") ||
				  !strcmp(profile.type.text, "RuntimeDefault")))
		return 0;
	return mnd_value_refuse(import, value, NEEDS_PROFILE);
}

/* The profile is a string with its JSON in base64, or a type without one. */
static int make_profile(struct mnd_import *import,
			const struct mnd_value *value, const char **digest)
{
	struct mnd_string_ref encoded, text;
	int err;

	*digest = "";
	if (!value)
		return 0;
	if (value->type == MND_VALUE_OBJECT)
		return check_profile(import, value);
	encoded.text = value->text;
	encoded.length = value->length;
	err = mnd_value_want(import, value, MND_VALUE_STRING);
	if (err)
		return err;
	err = mnd_base64_decode(&import->policy->arena, &encoded, &text);
	if (err == -ENOMEM)
		return mnd_hcsshim_out_of_memory(import);
	if (err)
		return mnd_value_refuse(import, value, "is no base64");
	return mnd_seccomp_profile_digest(import, &text, &value->place, digest);
}

/**
 * mnd_confcom_security - Make what a container's securityContext is about
 *
 * @confcom: The tool.
 * @container: Container; whether it may be privileged is written.
 * @image: Its image.
 * @made: Its identity, capabilities, profile and privileges are written.
 *
 * Return: 0, or, with the import's error written:
 *
 * - -EINVAL: Something in it, or what the image says of its user, is not right.
 * - -E2BIG: The profile is over a limit of mnd_json_read().
 * - -ENOMEM: Out of memory.
 */
int mnd_confcom_security(struct mnd_confcom *confcom,
			 struct mnd_confcom_container *container,
			 const struct mnd_image *image,
			 struct mnd_hcsshim_container *made)
{
	struct mnd_import *import = confcom->tool.import;
	struct security security;
	int err;

	err = read_security(import, container->security, &security);
	if (err)
		return err;
	container->privileged |= security.privileged;
	made->allow_elevated = container->privileged;
	made->no_new_privileges = security.forbid_escalation;
	err = make_identity(confcom, &security, image, made);
	if (!err)
		err = make_capabilities(import, security.capabilities,
					container->privileged, &made->place,
					&made->capabilities);
	return err ? err :
		     make_profile(import, security.profile, &made->profile);
}
