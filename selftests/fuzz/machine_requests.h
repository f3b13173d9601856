/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes requests of the input of the fuzzer of the request machine.
 */

#ifndef _MANDATE_MACHINE_REQUESTS_H
#define _MANDATE_MACHINE_REQUESTS_H

#include "fuzz.h"

#include "../../userspace/machine/private.h"
#include "machine_policies.h"

static const char *const ids[] = { "one", "two", "x|one", "a\033\n\"" };

/* Lines that may be the right ones somewhere, or nearly. */
static const char words[] =
	"/\n/app\nps\nsh\ntop\n/one\n/two\n/data\n/huge\nproc\nbind\n"
	"0\n4\n00\n4294967296\nroot\nadm\n0022\next4\nxfs\nro\nrw\n"
	"A=1\nA=2\nA=x\nB=1\nB=2\nC=1\nP=x\nA\n=\nPATH=/bin\n"
	"CAP_KILL\nCAP_CHOWN\nCAP_SYS_ADMIN\nCAP_NONE\n5\n"
	"pod\nplan9://x\n/p\n" MND_VOLUME_PLACE "s/d\n"
	"i\ns\nl\ncontainers\nplatform\nnested\nnamespace\nreceipt\ndeep\n"
	"1\n2\n1.0.0\n" LAYER_1 "\n" LAYER_2 "\n" LAYER_3 "\n"
	"/run/gcs/c/one/mounts/m1\n/run/gcs/c/pod/sandboxMounts/d\n"
	"/run/mounts/scsi/m1\n/run/mounts/scsi/m2\n\xff\033[m\x7f\xc2\x9b\n";

#define STRINGS(...)                                                   \
	{                                                              \
		(const char *const[]){ __VA_ARGS__ },                  \
			sizeof((const char *const[]){ __VA_ARGS__ }) / \
				sizeof(char *)                         \
	}

static const struct mnd_mount_fact usual_mounts[] = {
	{ "/run/gcs/c/pod/sandboxMounts/d", "/data", "bind", STRINGS("ro") },
	{ "/run/gcs/c/one/mounts/m1", "/data", "bind", STRINGS("ro") },
	{ "proc", "/proc", "proc", STRINGS("nosuid", "noexec", "nodev") },
	{ "sysfs", "/sys", "sysfs",
	  STRINGS("nosuid", "noexec", "nodev", "rw") },
	{ "/run/gcs/c/pod/hugepages/2M/h", "/huge", "bind", STRINGS("ro") },
	{ "/p", "/data", "bind", STRINGS("ro") },
};

/* Facts of a request that can be unusual. */
enum {
	TARGET,
	HASH,
	FLAGS,
	LAYERS,
	CONTAINER,
	SANDBOX,
	ARGUMENTS,
	VARIABLES,
	CWD,
	USER,
	GROUPS,
	UMASK,
	CAPABILITIES,
	MOUNTS,
	PROFILE,
	SIGNAL,
	FEED,
	SOURCE,
	LEDGERS,
	FACTS
};

/* What can be done that is no request about a point that there is. */
enum {
	BAD_POINT = __MND_POINT_MAX,
	BEGIN,
	COMMIT,
	ROLLBACK,
	EXTEND,
	WRAP,
	ACTIONS
};

/**
 * struct session - A machine, and what it is asked
 *
 * @input: The rest of the input.
 * @table: Table of the policy.
 * @machine: Machine.
 * @digest: digest() when the transaction began.
 * @memory: What the request is made of, to be freed.
 * @count: How many of those.
 * @is_bad: The request is none.
 */
struct session {
	struct input input;
	struct mnd_table table;
	struct mnd_machine *machine;
	u64 digest;
	void **memory;
	size_t count;
	bool is_bad;
};

static void *keep(struct session *session, void *memory)
{
	must(memory);
	session->memory = reallocarray(session->memory, session->count + 1,
				       sizeof(*session->memory));
	must(session->memory);
	session->memory[session->count++] = memory;
	return memory;
}

static void *take_memory(struct session *session, size_t count, size_t size)
{
	return keep(session, allocate(count * size ? count * size : 1));
}

static u32 take_byte(struct session *session)
{
	return take_number(&session->input, 1);
}

static char *copy(struct session *session, const char *text)
{
	return keep(session, strdup(text));
}

static const char *take_word(struct session *session, u32 which)
{
	const char *word = words;

	while (which--) {
		word += strcspn(word, "\n") + 1;
		if (!*word)
			word = words;
	}
	return keep(session, strndup(word, strcspn(word, "\n")));
}

/* Of the input, of the policy, or what may be right somewhere; or NULL. */
static const char *take_text(struct session *session)
{
	const u32 count = session->table.count[MND_SECTION_STRING];
	const u32 which = take_byte(session);

	if (!which)
		return keep(session, take_string(&session->input));
	if (which == 127)
		return NULL;
	if (which & 128 && count)
		return copy(session,
			    mnd_string(&session->table, (which & 127) % count));
	return take_word(session, which);
}

/* As before, where NULL makes the request a bad one. */
static const char *take_item(struct session *session)
{
	const char *text = take_text(session);

	if (!text)
		session->is_bad = true;
	return text;
}

/* Up to 15 strings, perhaps over and over, or far too many. */
static struct mnd_fact_list take_list(struct session *session)
{
	const u32 how = take_byte(session);
	const size_t different = how & 15;
	const size_t count = different * (how & 16 ? 9 : 1);
	const char **strings;
	size_t i;

	if (how == 255) {
		session->is_bad = true;
		return (struct mnd_fact_list){ NULL, MND_MACHINE_LIST_MAX + 1 };
	}
	strings = take_memory(session, count, sizeof(*strings));
	for (i = 0; i < count; i++)
		strings[i] = i < different ? take_item(session) :
					     strings[i - different];
	return (struct mnd_fact_list){ strings, count };
}

static struct mnd_mount_fact take_mount(struct session *session)
{
	const u32 which = take_byte(session);
	struct mnd_mount_fact mount;

	if (which < ARRAY_SIZE(usual_mounts))
		return usual_mounts[which];
	mount.source = take_item(session);
	mount.destination = take_item(session);
	mount.type = take_item(session);
	mount.options = take_list(session);
	return mount;
}

static const struct mnd_mount_fact *take_mounts(struct session *session,
						size_t *count)
{
	struct mnd_mount_fact *mounts;
	size_t i;

	*count = take_byte(session) & 15;
	mounts = take_memory(session, *count, sizeof(*mounts));
	for (i = 0; i < *count; i++)
		mounts[i] = take_mount(session);
	return mounts;
}

static void take_groups(struct session *session, struct mnd_request *request)
{
	struct mnd_user_fact *groups;
	size_t i;

	request->group_count = take_byte(session) & 3;
	groups = take_memory(session, request->group_count, sizeof(*groups));
	for (i = 0; i < request->group_count; i++) {
		groups[i].id = take_item(session);
		groups[i].name = take_item(session);
	}
	request->groups = groups;
}

static const struct mnd_fact_list *take_capabilities(struct session *session)
{
	struct mnd_fact_list *sets;
	size_t i;

	if (take_byte(session) & 1)
		return NULL;
	sets = take_memory(session, __MND_CAPABILITY_SET_MAX, sizeof(*sets));
	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++)
		sets[i] = take_list(session);
	return sets;
}

static void take_flags(struct session *session, struct mnd_request *request)
{
	const u32 flags = take_byte(session);

	request->encrypted = flags & 1;
	request->ensure_filesystem = flags & 2;
	request->no_new_privs = flags & 4;
	request->privileged = flags & 8;
	request->is_sandbox = flags & 16;
	request->is_init = flags & 32;
	request->device_count = flags >> 6;
	if (flags & 2)
		request->filesystem = take_text(session);
}

/*
 * Requests
 */

static const char *format_target(struct session *session, const char *format,
				 const char *id, u32 number)
{
	char *text;

	must(asprintf(&text, format, id, number) >= 0);
	return keep(session, text);
}

static const char *usual_target(struct session *session,
				const struct mnd_request *request, u32 number)
{
	switch (request->point) {
	case MND_POINT_MOUNT_DEVICE:
	case MND_POINT_UNMOUNT_DEVICE:
		return format_target(session, "/run/mounts/scsi/m%s%u", "",
				     number);
	case MND_POINT_RW_MOUNT_DEVICE:
	case MND_POINT_RW_UNMOUNT_DEVICE:
		return format_target(session, "/run/gcs/c/%s%064x", "", number);
	case MND_POINT_PLAN9_MOUNT:
	case MND_POINT_PLAN9_UNMOUNT:
		return format_target(session, "/run/gcs/c/%s/mounts/m%u",
				     request->container, number);
	default:
		return format_target(session, "/%s%u", request->container,
				     number);
	}
}

/* What may well be allowed. */
static void take_usual(struct session *session, struct mnd_request *request)
{
	static const char *const paths[] = { "/run/mounts/scsi/m2",
					     "/run/mounts/scsi/m1" };
	static const char *const commands[] = { "/app", "ps", "sh", "/one" };
	static const char *const variables[] = { "A=1", "B=1", "P=x",
						 "C=1", "Q=1", "A=2" };
	static const char *const bounding[] = { "CAP_KILL" };
	static const struct mnd_fact_list capabilities[] = {
		[MND_BOUNDING] = { bounding, 1 },
		[__MND_CAPABILITY_SET_MAX - 1] = { NULL, 0 },
	};
	static const char *const ledgers[] = { "l" };
	const u32 container = take_byte(session);
	const u32 number = take_byte(session);

	request->container = copy(session, ids[container % ARRAY_SIZE(ids)]);
	request->target = usual_target(session, request, number & 3);
	request->hash = number & 2 ? LAYER_2 : LAYER_1;
	request->filesystem = "ext4";
	request->encrypted = true;
	request->ensure_filesystem = true;
	request->layers = (struct mnd_fact_list){ paths, ARRAY_SIZE(paths) };
	request->sandbox = "pod";
	request->arguments = (struct mnd_fact_list){ &commands[number & 3], 1 };
	request->variables =
		(struct mnd_fact_list){ &variables[number >> 2 & 3],
					number >> 4 & 3 };
	request->privileged = number & 64;
	request->mounts = &usual_mounts[number >> 2 & 3];
	request->mount_count = number >> 7;
	request->cwd = "/";
	request->no_new_privs = true;
	request->user = (struct mnd_user_fact){ "0", "root" };
	request->umask = "0022";
	request->capabilities = capabilities;
	request->signal = number & 1 ? 9 : 15;
	request->is_init = !(number & 1);
	request->trust_list = (struct mnd_trust_list_fact){
		"i", "s", number & 3, { ledgers, ARRAY_SIZE(ledgers) }
	};
}

static const struct mnd_source_options *
language_options(struct session *session, u32 language)
{
	struct mnd_source_options *options =
		take_memory(session, 1, sizeof(*options));

	*options = (struct mnd_source_options){
		.language = language % __MND_LANGUAGE_MAX,
	};
	return options;
}

static void take_fragment(struct session *session, struct mnd_request *request)
{
	struct mnd_fragment_fact *fact = &request->fragment;
	const u32 which = take_byte(session) % ARRAY_SIZE(fragments);
	char *text = keep(session, join(fragments[which].parts));

	fact->issuer = "i";
	fact->feed = fragments[which].feed;
	fact->source = (struct mnd_string_ref){ text, strlen(text) };
	fact->options = language_options(session, fragments[which].language);
	if (fragments[which].language == MND_LANGUAGE_MANDATE)
		fact->svn = "1";
}

/* Text of the input, of exactly its size, with any bytes in it; or NULL. */
static void take_source(struct session *session, struct mnd_fragment_fact *fact)
{
	struct input *input = &session->input;
	const u32 language = take_byte(session);
	size_t length = take_number(input, 2);
	char *text;

	if (length > input->left)
		length = input->left;
	text = length ? take_memory(session, length, 1) : NULL;
	if (text)
		memcpy(text, input->at, length);
	input->at += length;
	input->left -= length;
	fact->source = (struct mnd_string_ref){ text, length };
	fact->options = language & 128 ? NULL :
					 language_options(session, language);
}

static void take_feed(struct session *session, struct mnd_fragment_fact *fact)
{
	const u32 how = take_byte(session);

	fact->issuer = take_text(session);
	fact->feed = take_text(session);
	fact->has_header_svn = how & 1;
	fact->header_svn = (int)(how >> 1 & 7) - 2;
	fact->svn = how & 16 ? take_text(session) : fact->svn;
}

static void take_ledgers(struct session *session,
			 struct mnd_trust_list_fact *fact)
{
	fact->issuer = take_text(session);
	fact->subject = take_text(session);
	fact->svn = (int)take_number(&session->input, 4);
	fact->ledgers = take_list(session);
}

static void change_fact(struct session *session, struct mnd_request *request,
			u32 fact)
{
	switch (fact) {
	case TARGET:
		request->target = take_text(session);
		break;
	case HASH:
		request->hash = take_text(session);
		break;
	case FLAGS:
		take_flags(session, request);
		break;
	case LAYERS:
		request->layers = take_list(session);
		break;
	case CONTAINER:
		request->container = take_text(session);
		break;
	case SANDBOX:
		request->sandbox = take_text(session);
		break;
	case ARGUMENTS:
		request->arguments = take_list(session);
		break;
	case VARIABLES:
		request->variables = take_list(session);
		break;
	case CWD:
		request->cwd = take_text(session);
		break;
	case USER:
		request->user.id = take_text(session);
		request->user.name = take_text(session);
		break;
	case GROUPS:
		take_groups(session, request);
		break;
	case UMASK:
		request->umask = take_text(session);
		break;
	case CAPABILITIES:
		request->capabilities = take_capabilities(session);
		break;
	case MOUNTS:
		request->mounts = take_mounts(session, &request->mount_count);
		break;
	case PROFILE:
		request->profile = take_text(session);
		break;
	case SIGNAL:
		request->signal = (int)take_number(&session->input, 4);
		break;
	case FEED:
		take_feed(session, &request->fragment);
		break;
	case SOURCE:
		take_source(session, &request->fragment);
		break;
	case LEDGERS:
		take_ledgers(session, &request->trust_list);
		break;
	}
}

static void take_request(struct session *session, u32 action,
			 struct mnd_request *request)
{
	u32 changes, i;

	*request = (struct mnd_request){ .point = (enum mnd_point)action };
	session->is_bad = action == BAD_POINT;
	take_usual(session, request);
	if (request->point == MND_POINT_LOAD_FRAGMENT)
		take_fragment(session, request);
	changes = take_number(&session->input, 3);
	for (i = 0; i < FACTS; i++)
		if (changes >> i & 1)
			change_fact(session, request, i);
}

#endif /* _MANDATE_MACHINE_REQUESTS_H */
