// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the requests of a test case.
 */

#include "../policy/word.h"
#include "request.h"

static int read_operation(struct mnd_test_reader *reader, const json_t *object,
			  struct mnd_test_request *request)
{
	const char *name;
	size_t i;
	int err;

	err = mnd_test_string(reader, object, "op", &name);
	if (err)
		return err;
	if (!name)
		return mnd_test_fail(reader, "there is no \"op\"");
	request->operation = MND_TEST_EXTEND;
	if (!strcmp(name, "extend_default_mounts"))
		return 0;
	request->operation = MND_TEST_TRANSACTION;
	if (!strcmp(name, "transaction"))
		return 0;
	request->operation = MND_TEST_ASK;
	for (i = 0; i < __MND_POINT_MAX; i++) {
		if (strcmp(mnd_point_words[i], name))
			continue;
		request->request.point = (enum mnd_point)i;
		return 0;
	}
	return mnd_test_fail(reader, "\"op\" must be a request");
}

/* A string, or a boolean, that is in the request as it is. */
static int read_plain(struct mnd_test_reader *reader, const json_t *object,
		      struct mnd_request *request)
{
	const struct {
		const char *key;
		const char **string;
	} strings[] = {
		{ "target", &request->target },
		{ "deviceHash", &request->hash },
		{ "filesystem", &request->filesystem },
		{ "containerID", &request->container },
		{ "sandboxID", &request->sandbox },
		{ "workingDir", &request->cwd },
		{ "umask", &request->umask },
		{ "seccompProfileSHA256", &request->profile },
	};
	const struct {
		const char *key;
		bool *boolean;
	} booleans[] = {
		{ "encrypted", &request->encrypted },
		{ "ensureFilesystem", &request->ensure_filesystem },
		{ "noNewPrivileges", &request->no_new_privs },
		{ "privileged", &request->privileged },
		{ "isSandboxContainer", &request->is_sandbox },
		{ "isInitProcess", &request->is_init },
	};
	size_t i;
	int err = 0;

	for (i = 0; !err && i < ARRAY_SIZE(strings); i++)
		err = mnd_test_string(reader, object, strings[i].key,
				      strings[i].string);
	for (i = 0; !err && i < ARRAY_SIZE(booleans); i++)
		err = mnd_test_boolean(reader, object, booleans[i].key,
				       booleans[i].boolean);
	if (!err && !request->target)
		err = mnd_test_string(reader, object, "unmountTarget",
				      &request->target);
	return err ? err :
		     mnd_test_integer(reader, object, "signal",
				      &request->signal);
}

static int read_user(struct mnd_test_reader *reader, const json_t *object,
		     struct mnd_user_fact *user)
{
	int err;

	err = mnd_test_string(reader, object, "id", &user->id);
	if (!err)
		err = mnd_test_string(reader, object, "name", &user->name);
	if (!user->id)
		user->id = "";
	if (!user->name)
		user->name = "";
	return err;
}

static int read_users(struct mnd_test_reader *reader, const json_t *object,
		      struct mnd_request *request)
{
	struct mnd_user_fact *groups;
	const json_t *array;
	json_t *user;
	size_t i;
	int err;

	err = mnd_test_member(reader, object, "user", JSON_OBJECT, &user);
	if (!err)
		err = read_user(reader, user, &request->user);
	if (!err)
		err = mnd_test_objects(reader, object, "groups", &array);
	if (err)
		return err;
	request->group_count = json_array_size(array);
	groups = mnd_arena_alloc(&reader->arena, request->group_count,
				 sizeof(*groups));
	if (!groups)
		return mnd_test_no_memory(reader);
	request->groups = groups;
	for (i = 0; !err && i < request->group_count; i++)
		err = read_user(reader, json_array_get(array, i), &groups[i]);
	return err;
}

static int read_capabilities(struct mnd_test_reader *reader,
			     const json_t *object, struct mnd_request *request)
{
	struct mnd_fact_list *lists;
	json_t *member;
	size_t i;
	int err;

	err = mnd_test_member(reader, object, "capabilities", JSON_OBJECT,
			      &member);
	if (err || !member)
		return err;
	lists = mnd_arena_alloc(&reader->arena, __MND_CAPABILITY_SET_MAX,
				sizeof(*lists));
	if (!lists)
		return mnd_test_no_memory(reader);
	request->capabilities = lists;
	for (i = 0; !err && i < __MND_CAPABILITY_SET_MAX; i++)
		err = mnd_test_strings(reader, member, mnd_set_words[i],
				       &lists[i]);
	return err;
}

static int read_mount(struct mnd_test_reader *reader, const json_t *object,
		      struct mnd_mount_fact *mount)
{
	const struct {
		const char *key;
		const char **string;
	} strings[] = {
		{ "source", &mount->source },
		{ "destination", &mount->destination },
		{ "type", &mount->type },
	};
	size_t i;
	int err = 0;

	for (i = 0; !err && i < ARRAY_SIZE(strings); i++) {
		err = mnd_test_string(reader, object, strings[i].key,
				      strings[i].string);
		if (!*strings[i].string)
			*strings[i].string = "";
	}
	return err ? err :
		     mnd_test_strings(reader, object, "options",
				      &mount->options);
}

static int read_mounts(struct mnd_test_reader *reader, const json_t *object,
		       struct mnd_request *request)
{
	struct mnd_mount_fact *mounts;
	const json_t *array;
	size_t i;
	int err;

	err = mnd_test_objects(reader, object, "mounts", &array);
	if (err)
		return err;
	request->mount_count = json_array_size(array);
	mounts = mnd_arena_alloc(&reader->arena, request->mount_count,
				 sizeof(*mounts));
	if (!mounts)
		return mnd_test_no_memory(reader);
	request->mounts = mounts;
	for (i = 0; !err && i < request->mount_count; i++)
		err = read_mount(reader, json_array_get(array, i), &mounts[i]);
	return err;
}

static int read_lists(struct mnd_test_reader *reader, const json_t *object,
		      struct mnd_request *request)
{
	const struct {
		const char *key;
		struct mnd_fact_list *list;
	} lists[] = {
		{ "layerPaths", &request->layers },
		{ "argList", &request->arguments },
		{ "envList", &request->variables },
		{ "ledgers", &request->trust_list.ledgers },
	};
	json_t *devices;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < ARRAY_SIZE(lists); i++)
		err = mnd_test_strings(reader, object, lists[i].key,
				       lists[i].list);
	if (!err)
		err = mnd_test_member(reader, object, "devices", JSON_ARRAY,
				      &devices);
	if (!err)
		request->device_count = json_array_size(devices);
	return err;
}

/* A fragment is Rego, or TOML and what its compiler is told on the side. */
static int read_fragment(struct mnd_test_reader *reader, const json_t *object,
			 const struct mnd_source_options *toml,
			 struct mnd_fragment_fact *fragment)
{
	const char *text, *name;
	json_t *svn;
	int err;

	err = mnd_test_string(reader, object, "fragment_toml", &text);
	if (!err && text) {
		fragment->options = toml;
		err = mnd_test_string(reader, object, "svn", &fragment->svn);
		if (!err)
			err = mnd_test_string(reader, object, "namespace",
					      &name);
	} else if (!err) {
		err = mnd_test_string(reader, object, "rego", &text);
	}
	if (!err)
		err = mnd_test_member(reader, object, "headerSVN", JSON_INTEGER,
				      &svn);
	if (err)
		return err;
	fragment->has_header_svn = svn;
	fragment->header_svn = json_integer_value(svn);
	fragment->source.text = text ? text : "";
	fragment->source.length = strlen(fragment->source.text);
	return mnd_test_string(reader, object, "feed", &fragment->feed);
}

static int read_trust_list(struct mnd_test_reader *reader, const json_t *object,
			   struct mnd_trust_list_fact *list)
{
	int err;

	err = mnd_test_string(reader, object, "subject", &list->subject);
	return err ? err :
		     mnd_test_integer(reader, object, "ttlSVN", &list->svn);
}

static int read_ask(struct mnd_test_reader *reader, const json_t *object,
		    const struct mnd_source_options *toml,
		    struct mnd_request *request)
{
	int err;

	err = read_plain(reader, object, request);
	if (!err)
		err = read_lists(reader, object, request);
	if (!err)
		err = read_users(reader, object, request);
	if (!err)
		err = read_capabilities(reader, object, request);
	if (!err)
		err = mnd_test_string(reader, object, "issuer",
				      &request->fragment.issuer);
	request->trust_list.issuer = request->fragment.issuer;
	if (!err)
		err = read_fragment(reader, object, toml, &request->fragment);
	return err ? err :
		     read_trust_list(reader, object, &request->trust_list);
}

/**
 * mnd_test_request_read - Read a request
 *
 * @reader: Reader, whose arena owns what is not in the JSON.
 * @object: The request in JSON, which must outlive it.
 * @toml: Options for a fragment in TOML.
 * @request: Written.
 *
 * Return: 0, or, with the reader's error written:
 *
 * - -EINVAL: It is none.
 * - -ENOMEM: Out of memory.
 */
int mnd_test_request_read(struct mnd_test_reader *reader, const json_t *object,
			  const struct mnd_source_options *toml,
			  struct mnd_test_request *request)
{
	int err;

	memset(request, 0, sizeof(*request));
	err = read_operation(reader, object, request);
	if (!err && request->operation == MND_TEST_TRANSACTION) {
		err = mnd_test_objects(reader, object, "requests",
				       &request->inner);
		return err ? err :
			     mnd_test_boolean(reader, object, "fail",
					      &request->fail);
	}
	if (!err)
		err = read_mounts(reader, object, &request->request);
	if (!err && request->operation == MND_TEST_ASK)
		err = read_ask(reader, object, toml, &request->request);
	return err;
}
