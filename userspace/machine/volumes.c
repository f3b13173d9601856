// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The mounts of a container that is made: those that every container may have,
 * and those of the policy.
 */

#include <stdlib.h>

#include "../../lsm/core/match.h"
#include "question.h"

#define STRINGS(...)                                              \
	{                                                         \
		(const char *[]){ __VA_ARGS__ },                  \
			sizeof((const char *[]){ __VA_ARGS__ }) / \
				sizeof(const char *)              \
	}

#define MOUNT(source, destination, type, ...)                       \
	{                                                           \
		source, destination, sizeof(destination) - 1, type, \
			STRINGS(__VA_ARGS__)                        \
	}
#define ELEVATED_MOUNT(source, destination, type, ...)              \
	{                                                           \
		source, destination, sizeof(destination) - 1, type, \
			STRINGS(__VA_ARGS__), true                  \
	}

/* As container runtimes mount them, and hcsshim expects them. */
static const struct mnd_default_mount always[] = {
	MOUNT("proc", "/proc", "proc", "nosuid", "noexec", "nodev"),
	MOUNT("tmpfs", "/dev", "tmpfs", "nosuid", "strictatime", "mode=755",
	      "size=65536k"),
	MOUNT("devpts", "/dev/pts", "devpts", "nosuid", "noexec", "newinstance",
	      "ptmxmode=0666", "mode=0620", "gid=5"),
	MOUNT("shm", "/dev/shm", "tmpfs", "nosuid", "noexec", "nodev",
	      "mode=1777", "size=65536k"),
	MOUNT("mqueue", "/dev/mqueue", "mqueue", "nosuid", "noexec", "nodev"),
	MOUNT("sysfs", "/sys", "sysfs", "nosuid", "noexec", "nodev", "ro"),
	MOUNT("tmpfs", "/run", "tmpfs", "nosuid", "strictatime", "mode=755",
	      "size=65536k"),
	MOUNT("cgroup", "/sys/fs/cgroup", "cgroup", "nosuid", "noexec", "nodev",
	      "relatime", "ro"),
	MOUNT("cgroup2", "/sys/fs/cgroup", "cgroup2", "nosuid", "noexec",
	      "nodev", "relatime", "ro"),
	ELEVATED_MOUNT("cgroup", "/sys/fs/cgroup", "cgroup", "nosuid", "noexec",
		       "nodev", "relatime", "rw"),
	ELEVATED_MOUNT("cgroup2", "/sys/fs/cgroup", "cgroup2", "nosuid",
		       "noexec", "nodev", "relatime", "rw"),
	ELEVATED_MOUNT("sysfs", "/sys", "sysfs", "nosuid", "noexec", "nodev",
		       "rw"),
};

/* What the container with a pod's namespaces may have in place of /sys. */
static const struct mnd_default_mount sandbox_sysfs =
	MOUNT("sysfs", "/sys", "sysfs", "nosuid", "noexec", "nodev", "rw");

#define POD_PREFIX "/run/gcs/c/"
#define PLAN9_WORD "plan9://"

/* Directories of a pod, and how a pattern calls them. */
static const struct place {
	const char *directory;
	const char *name;
} places[] = {
	{ "/sandboxMounts", MND_VOLUME_PLACE "s" },
	{ "/hugepages", MND_VOLUME_PLACE "h" },
};

static bool list_has(const struct mnd_fact_list *list, const char *string)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (!strcmp(list->strings[i], string))
			return true;
	return false;
}

/*
 * The same in any order, and as many.  Most are in the same order, and then all
 * has been compared after the first loop.
 */
static bool is_same_list(const struct mnd_fact_list *a,
			 const struct mnd_fact_list *b)
{
	size_t i;

	if (a->count != b->count)
		return false;
	for (i = 0; i < a->count; i++)
		if (strcmp(a->strings[i], b->strings[i]))
			break;
	if (i == a->count)
		return true;
	for (i = 0; i < a->count; i++)
		if (!list_has(b, a->strings[i]) || !list_has(a, b->strings[i]))
			return false;
	return true;
}

/* Whether the source is a share that was mounted for this container. */
static bool is_share(const struct mnd_question *question, const char *source)
{
	const struct mnd_state *state = &question->machine->state;
	const struct mnd_record *record;

	record = mnd_state_find(state, MND_RECORD_PLAN9, source);
	return record && !strcmp(record->owner, question->request->container);
}

static bool source_is(const struct mnd_question *question, const char *wanted,
		      const char *source)
{
	if (!strcmp(wanted, source))
		return true;
	return !strncmp(wanted, PLAN9_WORD, strlen(PLAN9_WORD)) &&
	       is_share(question, source);
}

/*
 * Mounts that every container may have
 */

static bool is_default(const struct mnd_question *question,
		       const struct mnd_default_mount *wanted,
		       const struct mnd_mount_fact *mount, size_t length)
{
	return wanted->length == length && length &&
	       !memcmp(wanted->destination, mount->destination, length) &&
	       !strcmp(wanted->type, mount->type) &&
	       is_same_list(&wanted->options, &mount->options) &&
	       source_is(question, wanted->source, mount->source);
}

static void compare_defaults(struct mnd_question *question, size_t number)
{
	const struct mnd_machine *machine = question->machine;
	const struct mnd_mount_fact *mount = &question->request->mounts[number];
	const size_t length = strlen(mount->destination);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(always); i++)
		if (is_default(question, &always[i], mount, length))
			mnd_set_bit(always[i].elevated ?
					    question->elevated_mounts :
					    question->plain_mounts,
				    number);
	for (i = 0; i < machine->mount_count; i++)
		if (is_default(question, &machine->mounts[i], mount, length))
			mnd_set_bit(question->plain_mounts, number);
	if (question->request->is_sandbox &&
	    is_default(question, &sandbox_sysfs, mount, length))
		mnd_set_bit(question->plain_mounts, number);
}

/*
 * Mounts of the policy
 */

/* What to compare with patterns: a place instead of the directory of the pod. */
static int find_source(struct mnd_question *question, const char *source,
		       const char **found)
{
	const char *sandbox = question->request->sandbox;
	const size_t prefix = strlen(POD_PREFIX), id = strlen(sandbox);
	size_t i, length;
	char *text;

	/* Nobody may name a place but by its directory. */
	*found = NULL;
	if (strstr(source, MND_VOLUME_PLACE))
		return 0;
	*found = source;
	if (strncmp(source, POD_PREFIX, prefix) ||
	    strncmp(source + prefix, sandbox, id))
		return 0;
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		const char *rest = source + prefix + id;

		length = strlen(places[i].directory);
		if (strncmp(rest, places[i].directory, length))
			continue;
		rest += length;
		length = strlen(places[i].name);
		text = mnd_question_take(question, length + strlen(rest) + 1,
					 1);
		if (!text)
			return -ENOMEM;
		memcpy(text, places[i].name, length);
		memcpy(text + length, rest, strlen(rest) + 1);
		*found = text;
		return 0;
	}
	return 0;
}

static bool string_is(const struct mnd_table *table, __le32 number,
		      const char *string)
{
	return !strcmp(mnd_string(table, le32_to_cpu(number)), string);
}

static bool volume_has(const struct mnd_table *table, __le32 list,
		       const char *option)
{
	const __le32 *words = mnd_list_words(table, list);
	const u32 count = mnd_list_count(table, list);
	u32 i;

	for (i = 0; i < count; i++)
		if (string_is(table, words[i], option))
			return true;
	return false;
}

static bool options_are(const struct mnd_table *table,
			const struct mnd_volume *volume,
			const struct mnd_fact_list *options)
{
	const __le32 *words = mnd_list_words(table, volume->options);
	const u32 count = mnd_list_count(table, volume->options);
	size_t i;

	if (options->count != le32_to_cpu(volume->length))
		return false;
	for (i = 0; i < options->count; i++)
		if (!volume_has(table, volume->options, options->strings[i]))
			return false;
	for (i = 0; i < count; i++)
		if (!list_has(options,
			      mnd_string(table, le32_to_cpu(words[i]))))
			return false;
	return true;
}

static bool pattern_matches(const struct mnd_table *table,
			    const struct mnd_volume *volume, const char *source)
{
	return source && mnd_match(table, le32_to_cpu(volume->pattern), source,
				   source + strlen(source) + 1);
}

static bool is_volume(const struct mnd_question *question,
		      const struct mnd_table *table, u32 number, size_t mount)
{
	const struct mnd_volume *volume = &table->volumes[number];
	const struct mnd_mount_fact *fact = &question->request->mounts[mount];
	const char *source = mnd_string(table, le32_to_cpu(volume->source));

	return string_is(table, volume->destination, fact->destination) &&
	       *fact->destination &&
	       string_is(table, volume->type, fact->type) &&
	       options_are(table, volume, &fact->options) &&
	       (source_is(question, source, fact->source) ||
		pattern_matches(table, volume, question->sources[mount]));
}

/* What one list of volumes allows; each is read once for a request. */
static int read_list(struct mnd_question *question, struct mnd_part *part,
		     __le32 list, const u64 **bits)
{
	const struct mnd_table *table = &part->table;
	struct mnd_list_memo *memo = &part->lists[le32_to_cpu(list)];
	const __le32 *words = mnd_list_words(table, list);
	const u32 count = mnd_list_count(table, list);
	size_t i;
	u32 j;

	*bits = memo->bits;
	if (memo->epoch == question->machine->epoch)
		return 0;
	memo->bits =
		mnd_question_take(question, question->mount_words, sizeof(u64));
	if (!memo->bits)
		return -ENOMEM;
	memset(memo->bits, 0, question->mount_words * sizeof(u64));
	for (i = 0; i < question->request->mount_count; i++) {
		if (mnd_bit(question->plain_mounts, i))
			continue;
		for (j = 0; j < count; j++)
			if (is_volume(question, table, le32_to_cpu(words[j]),
				      i))
				mnd_set_bit(memo->bits, i);
	}
	memo->epoch = question->machine->epoch;
	*bits = memo->bits;
	return 0;
}

static __le32 volumes_of(const struct mnd_question *question,
			 const struct mnd_item *item)
{
	const struct mnd_machine *machine = question->machine;

	return mnd_choice_subject(machine,
				  mnd_machine_choice(machine, item->choice))
		->volumes;
}

static int check_volumes(struct mnd_question *question,
			 const struct mnd_item *item)
{
	const u64 *common = mnd_item_is_elevated(question, item) ?
				    question->elevated_mounts :
				    question->plain_mounts;
	const struct mnd_platform *platform;
	const u64 *own, *added = common;
	struct mnd_part *part;
	size_t i;
	int err;

	err = read_list(question, mnd_item_part(question, item),
			volumes_of(question, item), &own);
	platform = mnd_item_platform(question, item, &part);
	if (!err && platform)
		err = read_list(question, part, platform->volumes, &added);
	if (err)
		return err;
	for (i = 0; i < question->request->mount_count; i++) {
		if (mnd_bit(common, i) || mnd_bit(own, i) || mnd_bit(added, i))
			continue;
		question->wrong = (u32)i;
		return MND_REASON_MOUNTS;
	}
	return MND_REASON_NONE;
}

static u64 *take_bits(struct mnd_question *question)
{
	const size_t words = question->mount_words;
	u64 *bits = mnd_question_take(question, words, sizeof(*bits));

	if (bits)
		memset(bits, 0, words * sizeof(*bits));
	return bits;
}

static int prepare(struct mnd_question *question)
{
	const size_t count = question->request->mount_count;
	size_t i;
	int err = 0;

	question->mount_words = (u32)count / 64 + 1;
	question->plain_mounts = take_bits(question);
	question->elevated_mounts = take_bits(question);
	question->sources =
		mnd_question_take(question, count, sizeof(*question->sources));
	if (!question->plain_mounts || !question->elevated_mounts ||
	    !question->sources)
		return -ENOMEM;
	for (i = 0; !err && i < count; i++) {
		compare_defaults(question, i);
		err = find_source(question, question->request->mounts[i].source,
				  &question->sources[i]);
	}
	for (i = 0; i < question->mount_words; i++)
		question->elevated_mounts[i] |= question->plain_mounts[i];
	return err;
}

/**
 * mnd_question_volumes - Keep the items whose container may have the mounts
 *
 * @question: Question, with an item.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_question_volumes(struct mnd_question *question)
{
	int err = prepare(question);

	return err ? err : mnd_question_filter(question, check_volumes);
}
