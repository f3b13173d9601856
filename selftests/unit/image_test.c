// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is known of an image: from an OCI layout, whose blobs must have their
 * digests, and from the users and groups of a root file system.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../userspace/digest.h"
#include "../../userspace/import/image.h"

#define HASH_A \
	"00000000000000000000000000000000000000000000000000000000000000aa"
#define HASH_B \
	"00000000000000000000000000000000000000000000000000000000000000bb"

#define CONFIG                                                            \
	"{\"os\": \"linux\", \"config\": {\"Env\": [\"A=1\", \"B=2\"],\n" \
	" \"Entrypoint\": [\"/bin/app\"], \"Cmd\": [\"x\"],\n"            \
	" \"WorkingDir\": \"/srv\", \"User\": \"svc\", \"Labels\": {}}}"

/* A file of an image; its path and its content, or the error of its reading. */
struct file {
	char path[100];
	char content[4000];
	int err;
};

struct layout {
	struct file files[8];
	size_t count;
	unsigned int reads;
};

static void add_file(struct layout *layout, const char *path,
		     const char *content)
{
	struct file *file = &layout->files[layout->count++];

	snprintf(file->path, sizeof(file->path), "%s", path);
	snprintf(file->content, sizeof(file->content), "%s", content);
	file->err = 0;
}

/* Adds a blob, and writes a descriptor of it. */
static void add_blob(struct layout *layout, const char *content,
		     char descriptor[100])
{
	char digest[MND_DIGEST_SIZE], path[100];

	assert_int_equal(mnd_digest(content, strlen(content), digest), 0);
	snprintf(path, sizeof(path), "blobs/sha256/%s", digest + 7);
	add_file(layout, path, content);
	snprintf(descriptor, 100, "{\"digest\": \"%s\"}", digest);
}

#define ZEROS "000000000000000000000000000000000000000000000000000000000000000"
#define LAYER(digit, more) "{\"digest\": \"sha256:" ZEROS digit "\"" more "}"
#define WITH_HASH(hash) \
	", \"annotations\": {\"io.mandate.root-hash\": \"" hash "\"}"

/* A layout whose index is like @index, which has one "%s" for a manifest. */
static void make_layout(struct layout *layout, const char *index,
			const char *config, const char *layers)
{
	char descriptor[100], text[3900];

	memset(layout, 0, sizeof(*layout));
	add_blob(layout, config, descriptor);
	snprintf(text, sizeof(text), "{\"config\": %s, \"layers\": [%s]}",
		 descriptor, layers);
	add_blob(layout, text, descriptor);
	snprintf(text, sizeof(text), index, descriptor);
	add_file(layout, "index.json", text);
}

#define INDEX "{\"manifests\": [%s]}"

static int read_image_file(void *context, struct mnd_arena *arena,
			   const char *image, const char *path,
			   struct mnd_string_ref *content)
{
	struct layout *layout = context;
	size_t i;

	layout->reads++;
	if (strcmp(image, "app"))
		return -ENOENT;
	for (i = 0; i < layout->count; i++) {
		if (strcmp(layout->files[i].path, path))
			continue;
		if (layout->files[i].err)
			return layout->files[i].err;
		content->length = strlen(layout->files[i].content);
		content->text = mnd_arena_copy(arena, layout->files[i].content,
					       content->length);
		return content->text ? 0 : -ENOMEM;
	}
	return -ENOENT;
}

static const struct mnd_text app = { "app", 3, { 4, 5 } };
static const struct mnd_text other = { "other", 5, { 4, 5 } };

/* One search for the image "app"; releases nothing. */
struct search {
	struct mnd_policy_source policy;
	struct mnd_source_options options;
	struct mnd_error error;
	struct mnd_import import;
	struct mnd_images images;
	const struct mnd_image *image;
};

static void begin(struct search *search, struct layout *layout)
{
	memset(search, 0, sizeof(*search));
	search->options.read_image_file = read_image_file;
	search->options.read_context = layout;
	search->import.policy = &search->policy;
	search->import.options = &search->options;
	search->import.error = &search->error;
}

static int find_again(struct search *search)
{
	return mnd_images_find(&search->import, &search->images, &app,
			       &search->image);
}

static int find(struct search *search, struct layout *layout)
{
	begin(search, layout);
	return find_again(search);
}

static void expect_found(struct search *search, struct layout *layout)
{
	if (find(search, layout))
		fail_msg("%u:%u: %s", search->error.line, search->error.column,
			 search->error.text);
}

static void expect_refused(struct layout *layout, const char *message)
{
	struct search search;

	assert_int_equal(find(&search, layout), -EINVAL);
	if (search.error.line != 4 || search.error.column != 5 ||
	    !strstr(search.error.text, message))
		fail_msg("%u:%u: %s", search.error.line, search.error.column,
			 search.error.text);
	mnd_policy_release(&search.policy);
}

static const char root_hashes[] = "{\"sha256:" ZEROS "1\": \"unused\",\n"
				  " \"sha256:" ZEROS "2\": \"" HASH_B "\"}";

static void test_layout(void **state)
{
	struct layout layout;
	struct search search;
	unsigned int reads;

	make_layout(&layout, INDEX, CONFIG,
		    LAYER("1", WITH_HASH(HASH_A)) ", " LAYER("2", ""));
	add_file(&layout, "root-hashes.json", root_hashes);
	expect_found(&search, &layout);
	assert_int_equal(search.image->layers.count, 2);
	assert_string_equal(search.image->layers.items[0].text, HASH_A);
	assert_string_equal(search.image->layers.items[1].text, HASH_B);
	assert_int_equal(search.image->env.count, 2);
	assert_string_equal(search.image->env.items[1].text, "B=2");
	assert_int_equal(search.image->entrypoint.count, 1);
	assert_string_equal(search.image->entrypoint.items[0].text, "/bin/app");
	assert_int_equal(search.image->cmd.count, 1);
	assert_string_equal(search.image->cmd.items[0].text, "x");
	assert_string_equal(search.image->working_dir.text, "/srv");
	assert_string_equal(search.image->user.text, "svc");
	assert_false(search.image->users.known);
	/* The second time only a root file system is looked for. */
	reads = layout.reads;
	assert_int_equal(find_again(&search), 0);
	assert_int_equal(layout.reads, reads + 2);
	assert_int_equal(mnd_images_find(&search.import, &search.images, &other,
					 &search.image),
			 -EINVAL);
	mnd_policy_release(&search.policy);
	(void)state;
}

/* Two manifests, the first of which is broken, and the second has a name. */
#define REF_NAME "\"org.opencontainers.image.ref.name\""
#define NAMED_INDEX                                      \
	"{\"manifests\": [{\"digest\": \"sha256:0\"},\n" \
	"{\"annotations\": {" REF_NAME                   \
	": \"%s\"}, \"digest\": \"sha256:%.64s\"}]}"

static void test_manifest_by_name(void **state)
{
	const char *digits;
	char index[400];
	struct layout layout;
	struct search search;

	make_layout(&layout, INDEX, "{}", "");
	digits = layout.files[1].path + strlen("blobs/sha256/");
	layout.count = 2;
	snprintf(index, sizeof(index), NAMED_INDEX, "app", digits);
	add_file(&layout, "index.json", index);
	expect_found(&search, &layout);
	assert_int_equal(search.image->layers.count, 0);
	assert_non_null(search.image->layers.items);
	assert_int_equal(search.image->env.count, 0);
	mnd_policy_release(&search.policy);

	layout.count = 2;
	snprintf(index, sizeof(index), NAMED_INDEX, "other", digits);
	add_file(&layout, "index.json", index);
	expect_refused(&layout,
		       "index.json:1:15: no manifest has the image's name");
	(void)state;
}

static void test_two_manifests_of_a_name(void **state)
{
#define NAMED "{\"annotations\": {" REF_NAME ": \"app\"}}"
	struct layout layout = { .count = 0 };

	add_file(&layout, "index.json",
		 "{\"manifests\": [" NAMED ", " NAMED "]}");
	expect_refused(&layout, "two manifests have this name");
	(void)state;
}

static void test_no_layout(void **state)
{
	struct layout layout = { .count = 0 };
	struct search search;

	expect_refused(&layout, "nothing is known of the image \"app\"");
	assert_int_equal(find(&search, &layout), -EINVAL);
	search.options.read_image_file = NULL;
	assert_int_equal(find_again(&search), -EINVAL);
	mnd_policy_release(&search.policy);
	(void)state;
}

struct broken {
	const char *index;
	const char *config;
	const char *layers;
	const char *message;
};

static const struct broken broken[] = {
	{ "[%s", CONFIG, "", "index.json:1:" },
	{ "{\"manifest\": [%s]}", CONFIG, "",
	  "index.json:1:1: has no \"manifests\"" },
	{ "{\"manifests\": {\"a\": %s}}", CONFIG, "",
	  "index.json:1:15: must be" },
	{ "{\"manifests\": [{\"a\": %s}]}", CONFIG, "",
	  "index.json:1:16: has no \"digest\"" },
	{ "{\"manifests\": [{\"digest\": \"sha512:" ZEROS "0\", \"a\": %s}]}",
	  CONFIG, "", "index.json:1:27: must be a SHA-256 digest" },
	{ "{\"manifests\": [{\"digest\": \"sha256:" ZEROS "0x\", \"a\": %s}]}",
	  CONFIG, "", "index.json:1:27: must be a SHA-256 digest" },
	{ "{\"manifests\": [{\"digest\": \"sha256:../../x\", \"a\": %s}]}",
	  CONFIG, "", "index.json:1:27: must be a SHA-256 digest" },
	{ "{\"manifests\": [{\"digest\": \"sha256:" ZEROS "G\", \"a\": %s}]}",
	  CONFIG, "", "index.json:1:27: must be a SHA-256 digest" },
	{ "{\"manifests\": [" LAYER("0", ", \"a\": %s") "]}", CONFIG, "",
	  "index.json:1:27: there is no such blob" },
	{ INDEX, "1", "", "configuration:1:1: must be" },
	{ INDEX, "{\"config\": {\"Env\": \"A=1\"}}", "",
	  "configuration:1:20: must be" },
	{ INDEX, CONFIG, LAYER("1", ""),
	  "the layer has no \"io.mandate.root-hash\"" },
	{ INDEX, CONFIG, LAYER("1", ", \"annotations\": []"), "must be" },
	{ INDEX, CONFIG, "1", "manifest:1:" },
};

static void test_broken_layouts(void **state)
{
	struct layout layout;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(broken); i++) {
		make_layout(&layout, broken[i].index, broken[i].config,
			    broken[i].layers);
		expect_refused(&layout, broken[i].message);
	}
	(void)state;
}

static void test_too_many_layers(void **state)
{
	struct layout layout;
	char layers[2 * 1025];
	size_t i;

	for (i = 0; i < sizeof(layers); i++)
		layers[i] = i % 2 ? ',' : '1';
	layers[sizeof(layers) - 1] = '\0';
	make_layout(&layout, INDEX, CONFIG, layers);
	expect_refused(&layout, "has too many layers");
	layers[sizeof(layers) - 3] = '\0';
	make_layout(&layout, INDEX, CONFIG, layers);
	expect_refused(&layout, "must be");
	(void)state;
}

/* The configuration and the manifest, in this order. */
static void test_changed_blobs(void **state)
{
	struct layout layout;
	size_t i;

	for (i = 0; i < 2; i++) {
		make_layout(&layout, INDEX, CONFIG, "");
		strcat(layout.files[i].content, " ");
		expect_refused(&layout, "the blob has another digest");
	}
	(void)state;
}

static void test_unreadable_files(void **state)
{
	struct layout layout;
	size_t i;

	for (i = 0; i < 4; i++) {
		make_layout(&layout, INDEX, CONFIG, "");
		add_file(&layout, "etc/group", "");
		layout.files[i].err = -EACCES;
		expect_refused(&layout, " of the image cannot be read: ");
	}
	(void)state;
}

static void test_root_file_system(void **state)
{
	static const struct mnd_string_ref user = { "svc", 3 };
	static const struct mnd_string_ref group = { "grp", 3 };
	struct layout layout;
	struct search search;
	u32 id;

	make_layout(&layout, INDEX, CONFIG, "");
	add_file(&layout, "etc/passwd", "svc:x:12:13::/:\n");
	add_file(&layout, "etc/group", "grp:x:14:\n");
	expect_found(&search, &layout);
	assert_int_equal(mnd_accounts_find(&search.image->users, &user, &id),
			 0);
	assert_int_equal(id, 12);
	assert_int_equal(mnd_accounts_find(&search.image->groups, &group, &id),
			 0);
	assert_int_equal(id, 14);
	assert_int_equal(mnd_accounts_find(&search.image->users, &group, &id),
			 -ENOENT);
	mnd_policy_release(&search.policy);
	(void)state;
}

/* They are read once, and go before what is found elsewhere. */
static void test_facts(void **state)
{
	static const char facts[] =
		"{\"zzz\": 1, \"app\": {\"layers\": [\"" HASH_B "\"],\n"
		" \"passwd\": \"svc:x:21:\\n\"}, \"aaa\": 1}";
	static const struct mnd_string_ref user = { "svc", 3 };
	const struct mnd_text *layers;
	struct layout layout;
	struct search search;
	u32 id;

	make_layout(&layout, INDEX, CONFIG, "");
	add_file(&layout, "etc/passwd", "svc:x:12:13::/:\n");
	begin(&search, &layout);
	search.options.images = facts;
	search.options.images_length = strlen(facts);
	assert_int_equal(mnd_images_read(&search.import, &search.images), 0);
	assert_int_equal(find_again(&search), 0);
	assert_int_equal(search.image->layers.count, 1);
	assert_int_equal(mnd_accounts_find(&search.image->users, &user, &id),
			 0);
	assert_int_equal(id, 21);
	layers = search.image->layers.items;
	assert_int_equal(find_again(&search), 0);
	assert_ptr_equal(search.image->layers.items, layers);
	mnd_policy_release(&search.policy);
	(void)state;
}

static void test_accounts(void **state)
{
	static const char text[] = "\n  root:x:0:0:root:/root:/bin/sh\r\n"
				   "# comment:x:5:\n"
				   "twice:x:1:1::/:\n"
				   "twice:x:2:2::/:\n"
				   "thrice:x:1:\nthrice:x:1:\nthrice:x:1:\n"
				   ":x:3:\n"
				   "short:x\n"
				   "empty:x::\n"
				   "word:x:one:\n"
				   "negative:x:-1:\n"
				   "most:x:4294967294:\n"
				   "none:x:4294967295:\n"
				   "huge:x:99999999999999999999999:\n"
				   "zeros:x:007:\n"
				   "cr:x:8\r\n"
				   "a:x:1:\na:x:1:\nb:x:1:\nb:x:1:\n"
				   "last:x:9";
	static const struct {
		const char *name;
		int err;
		u32 id;
	} rows[] = {
		{ "root", 0, 0 },	    { "# comment", 0, 5 },
		{ "twice", -EEXIST, 0 },    { "thrice", -EEXIST, 0 },
		{ "", -ENOENT, 0 },	    { "short", -ENOENT, 0 },
		{ "empty", -ENOENT, 0 },    { "word", -ENOENT, 0 },
		{ "negative", -ENOENT, 0 }, { "most", 0, 4294967294U },
		{ "none", -ENOENT, 0 },	    { "huge", -ENOENT, 0 },
		{ "zeros", 0, 7 },	    { "cr", 0, 8 },
		{ "last", 0, 9 },	    { "las", -ENOENT, 0 },
	};
	const struct mnd_string_ref ref = { text, sizeof(text) - 1 };
	struct mnd_accounts accounts = { NULL };
	struct mnd_arena arena = { NULL };
	struct mnd_string_ref name;
	size_t i;
	u32 id;

	name = (struct mnd_string_ref){ "root", 4 };
	assert_int_equal(mnd_accounts_find(&accounts, &name, &id), -ENODATA);
	assert_int_equal(mnd_accounts_read(&arena, &ref, &accounts), 0);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		name.text = rows[i].name;
		name.length = strlen(name.text);
		id = 0;
		if (mnd_accounts_find(&accounts, &name, &id) != rows[i].err ||
		    id != rows[i].id)
			fail_msg("%s: %u", rows[i].name, id);
	}
	mnd_arena_free(&arena);
	(void)state;
}

/* Wherever the search for it ends: it takes the middle first. */
static void test_twins(void **state)
{
	static const char *const texts[] = { "a:x:1:\nb:x:1:\nb:x:2:\n",
					     "b:x:1:\nb:x:2:\nc:x:1:\n" };
	const struct mnd_string_ref name = { "b", 1 };
	struct mnd_accounts accounts;
	struct mnd_arena arena = { NULL };
	struct mnd_string_ref text;
	size_t i;
	u32 id;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		text.text = texts[i];
		text.length = strlen(texts[i]);
		assert_int_equal(mnd_accounts_read(&arena, &text, &accounts),
				 0);
		assert_int_equal(mnd_accounts_find(&accounts, &name, &id),
				 -EEXIST);
	}
	mnd_arena_free(&arena);
	(void)state;
}

static void test_no_accounts(void **state)
{
	const struct mnd_string_ref nothing = { NULL, 0 }, name = { "a", 1 };
	struct mnd_accounts accounts;
	struct mnd_arena arena = { NULL };
	u32 id;

	assert_int_equal(mnd_accounts_read(&arena, &nothing, &accounts), 0);
	assert_int_equal(mnd_accounts_find(&accounts, &name, &id), -ENOENT);
	mnd_arena_free(&arena);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_manifest_by_name),
		cmocka_unit_test(test_two_manifests_of_a_name),
		cmocka_unit_test(test_no_layout),
		cmocka_unit_test(test_broken_layouts),
		cmocka_unit_test(test_too_many_layers),
		cmocka_unit_test(test_changed_blobs),
		cmocka_unit_test(test_unreadable_files),
		cmocka_unit_test(test_root_file_system),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_accounts),
		cmocka_unit_test(test_twins),
		cmocka_unit_test(test_no_accounts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
