// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the request machine: hostile requests, to a policy or to what a few
 * changed bytes make of its table.  What is denied has a reason that can be
 * printed, and changes nothing; a transaction can be taken back; and nobody
 * gets more than was asked for.
 *
 * The first byte of the input says which policy, whether there is an overlay for
 * a container at once, and whether bytes of the table are changed, which come
 * next.  The rest is what to do: of each request what it is about, which
 * container, which of several usual ones, and a bit for each fact that is not
 * the usual one, but read from the bytes that follow.  With the highest bit of
 * its first byte a request is taken back first, and then made once more.
 */

#include "fuzz.h"

#include "../../lsm/core/verify.h"
#include "../../userspace/byte_hash.h"
#include "machine_requests.h"

/* Bits of the first byte. */
#define POLICY 3
#define READY 64
#define HOSTILE 128

/* Bit of the byte for what to do. */
#define REHEARSE 128

/* After each of them all that is remembered is looked at. */
#define REQUESTS_MAX 100

/*
 * What is remembered
 */

static u64 add_choices(u64 hash, const struct mnd_choices *choices)
{
	return mnd_hash_bytes(hash, mnd_choices_list(choices),
			      choices->count * sizeof(u32));
}

static u64 record_digest(const struct mnd_record *record)
{
	const struct mnd_container_state *container = &record->container;
	u64 hash =
		mnd_hash_bytes(record->kind, record->key, strlen(record->key));

	switch (record->kind) {
	case MND_RECORD_DEVICE:
		return mnd_hash_bytes(hash, record->layer, MND_HASH_SIZE);
	case MND_RECORD_PLAN9:
		return mnd_hash_bytes(hash, record->owner,
				      strlen(record->owner));
	case MND_RECORD_CONTAINER:
		hash = add_choices(hash, &container->choices);
		return mnd_hash_word(hash, container->started |
						   container->privileged << 1 |
						   container->stdio << 2);
	default:
		return hash;
	}
}

/* What containers can be made, and of which layers. */
static u64 pool_digest(const struct mnd_machine *machine)
{
	const struct mnd_pool *pool = &machine->pool;
	u64 hash = machine->part_count, sum = 0;
	size_t i;

	hash = mnd_hash_word(hash, pool->platform_count);
	for (i = 0; i < pool->count; i++)
		hash = mnd_hash_bytes(hash, &pool->choices[i],
				      sizeof(pool->choices[i]));
	for (i = 0; i < pool->group_slots; i++)
		if (pool->groups[i].set)
			sum += mnd_hash_bytes(pool->groups[i].hash,
					      pool->groups[i].set->choices,
					      pool->groups[i].set->count *
						      sizeof(u32));
	for (i = 0; i < pool->layer_slots; i++)
		if (pool->layers[i])
			sum += mnd_hash_bytes(1, pool->layers[i],
					      MND_HASH_SIZE);
	return mnd_hash_word(hash, sum);
}

/* Of everything that later answers depend on, but for the mounts of all. */
static u64 digest(const struct mnd_machine *machine)
{
	const struct mnd_state *state = &machine->state;
	const struct mnd_record *record;
	u64 sum = pool_digest(machine);
	size_t i;

	for (i = 0; i < state->slot_count; i++)
		for (record = state->slots[i]; record; record = record->next)
			sum += record_digest(record);
	return sum;
}

static size_t record_memory(const struct mnd_record *record)
{
	const struct mnd_choice_set *set;

	if (record->kind != MND_RECORD_CONTAINER)
		return record->size;
	set = record->container.choices.set;
	if (!set || !set->counted)
		return record->size;
	must(set->references == 1);
	return record->size + sizeof(*set) + set->count * sizeof(u32);
}

/* A transaction also remembers what no longer is. */
static void check_memory(const struct mnd_machine *machine)
{
	const struct mnd_state *state = &machine->state;
	const struct mnd_record *record;
	size_t count = 0, memory, i;

	if (state->in_transaction)
		return;
	memory = state->slot_count * sizeof(*state->slots) +
		 state->change_room * sizeof(*state->changes);
	for (i = 0; i < state->slot_count; i++) {
		for (record = state->slots[i]; record; record = record->next) {
			memory += record_memory(record);
			count++;
		}
	}
	must(!state->change_count);
	must(count == state->count);
	must(memory == mnd_machine_memory(machine));
}

/**
 * struct container - What is known of a container at some time
 *
 * @started: It was made.
 * @count: How many choices there are.
 * @list: Which.
 */
struct container {
	bool started;
	u32 count;
	u32 *list;
};

static void find_container(struct session *session, const char *id,
			   struct container *container)
{
	const struct mnd_state *state = &session->machine->state;
	const struct mnd_record *record;
	const struct mnd_choices *choices;

	*container = (struct container){ false };
	record = mnd_state_find(state, MND_RECORD_CONTAINER, id ? id : "");
	if (!record)
		return;
	choices = &record->container.choices;
	container->started = record->container.started;
	container->count = choices->count;
	container->list = take_memory(session, choices->count, sizeof(u32));
	memcpy(container->list, mnd_choices_list(choices),
	       choices->count * sizeof(u32));
}

static bool is_part(const struct container *after,
		    const struct container *before)
{
	u32 i, j = 0;

	for (i = 0; i < after->count; i++, j++) {
		while (j < before->count && before->list[j] != after->list[i])
			j++;
		if (j == before->count)
			return false;
	}
	return true;
}

/*
 * Answers
 */

static bool is_always_allowed(const struct session *session,
			      const struct mnd_request *request)
{
	return session->table.policy->answers[request->point] ==
	       MND_ANSWER_ALLOW;
}

/* Whatever size there is for it, nothing in it can mislead a terminal. */
static void check_text(struct session *session,
		       const struct mnd_request *request,
		       const struct mnd_reply *reply)
{
	const size_t size = request->variables.count + 1;
	char whole[4096], *cut = take_memory(session, size, 1);
	const char *at;

	mnd_machine_explain(session->machine, request, reply, whole,
			    sizeof(whole));
	must(*whole);
	for (at = whole; *at; at++)
		must(*at >= ' ' && *at <= '~');
	mnd_machine_explain(session->machine, request, reply, cut, size);
	must(strlen(cut) < size);
	must(!strncmp(cut, whole, strlen(cut)));
	must(strlen(cut) == size - 1 || !strcmp(cut, whole));
}

static void check_nothing(const struct mnd_reply *reply)
{
	u32 i;

	must(!reply->variable_count);
	must(!reply->stdio);
	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++)
		must(!reply->capabilities[i]);
}

/* Who asks once more is told the same. */
static void check_denial(struct session *session,
			 const struct mnd_request *request,
			 const struct mnd_reply *reply)
{
	struct mnd_reply again;
	int err;

	must(reply->reason > MND_REASON_NONE);
	must(reply->reason < __MND_REASON_MAX);
	check_nothing(reply);
	check_text(session, request, reply);
	err = mnd_machine_ask(session->machine, request, &again);
	must((err == -EINVAL) == session->is_bad);
	must(!again.allowed);
	must(again.reason == reply->reason);
	must(again.choice == reply->choice);
	must(again.index == reply->index);
}

static void check_variables(const struct session *session,
			    const struct mnd_request *request,
			    const struct mnd_reply *reply)
{
	const u32 count = (u32)request->variables.count;
	u32 i;

	must(reply->variable_count <= count);
	for (i = 0; i < reply->variable_count; i++) {
		must(reply->variables[i] < count);
		must(!i || reply->variables[i - 1] < reply->variables[i]);
	}
	must(reply->variable_count == count ||
	     mnd_machine_has(session->machine, MND_POLICY_DROP_VARIABLES));
}

static void check_capabilities(const struct session *session,
			       const struct mnd_request *request,
			       const struct mnd_reply *reply)
{
	const struct mnd_capability_index *index =
		&session->machine->capabilities;
	u64 asked;
	size_t i, j;
	int found;

	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++) {
		const struct mnd_fact_list *list = &request->capabilities[i];

		for (asked = 0, j = 0; j < list->count; j++) {
			found = mnd_capability_find(index, list->strings[j]);
			asked |= found < 0 ? 0 : 1ULL << found;
		}
		must(!(reply->capabilities[i] & ~asked));
		must(reply->capabilities[i] == asked ||
		     mnd_machine_has(session->machine,
				     MND_POLICY_DROP_CAPABILITIES));
	}
}

static void check_reply(const struct session *session,
			const struct mnd_request *request,
			const struct mnd_reply *reply)
{
	switch (request->point) {
	case MND_POINT_CREATE_CONTAINER:
	case MND_POINT_EXEC_IN_CONTAINER:
		check_capabilities(session, request, reply);
		check_variables(session, request, reply);
		break;
	case MND_POINT_EXEC_EXTERNAL:
		check_variables(session, request, reply);
		break;
	default:
		check_nothing(reply);
		break;
	}
}

/* It cannot be made twice. */
static void create_again(struct session *session,
			 const struct mnd_request *request)
{
	const u64 before = digest(session->machine);
	struct mnd_reply reply;

	must(!mnd_machine_ask(session->machine, request, &reply));
	must(reply.reason == MND_REASON_STARTED);
	must(digest(session->machine) == before);
}

/* It can be done as often as one likes, and then changes nothing more. */
static void execute_again(struct session *session,
			  const struct mnd_request *request,
			  const struct mnd_reply *reply)
{
	const u64 before = digest(session->machine);
	const size_t size = reply->variable_count * sizeof(u32);
	u32 *variables = take_memory(session, 1, size);
	struct mnd_reply again;

	if (size)
		memcpy(variables, reply->variables, size);
	must(!mnd_machine_ask(session->machine, request, &again));
	must(again.allowed);
	must(again.stdio == reply->stdio);
	must(again.variable_count == reply->variable_count);
	must(!size || !memcmp(again.variables, variables, size));
	must(!memcmp(again.capabilities, reply->capabilities,
		     sizeof(again.capabilities)));
	must(digest(session->machine) == before);
}

static void check_again(struct session *session,
			const struct mnd_request *request,
			const struct mnd_reply *reply)
{
	switch (request->point) {
	case MND_POINT_CREATE_CONTAINER:
		if (!is_always_allowed(session, request))
			create_again(session, request);
		break;
	case MND_POINT_EXEC_IN_CONTAINER:
	case MND_POINT_EXEC_EXTERNAL:
	case MND_POINT_SIGNAL_CONTAINER_PROCESS:
		execute_again(session, request, reply);
		break;
	default:
		break;
	}
}

/* What a container can be only gets less while it runs. */
static void check_container(struct session *session,
			    const struct mnd_request *request,
			    const struct container *before)
{
	struct container after;

	find_container(session, request->container, &after);
	must(after.started >= before->started);
	if (is_always_allowed(session, request))
		return;
	switch (request->point) {
	case MND_POINT_CREATE_CONTAINER:
		must(after.started && !before->started);
		must(after.count && is_part(&after, before));
		break;
	case MND_POINT_EXEC_IN_CONTAINER:
	case MND_POINT_SIGNAL_CONTAINER_PROCESS:
		must(after.started && before->started);
		must(after.count && is_part(&after, before));
		break;
	case MND_POINT_SHUTDOWN_CONTAINER:
		must(after.started && !after.count);
		break;
	case MND_POINT_MOUNT_OVERLAY:
		must(after.count && !before->count);
		must(!after.started ||
		     !mnd_machine_has(session->machine, MND_POLICY_STRICT));
		break;
	default:
		must(after.count == before->count && is_part(&after, before));
		break;
	}
}

static bool remembers(const struct session *session,
		      const struct mnd_request *request)
{
	if (request->point == MND_POINT_EXEC_EXTERNAL ||
	    request->point == MND_POINT_LOAD_TRUST_LIST)
		return false;
	return request->point == MND_POINT_CREATE_CONTAINER ||
	       !is_always_allowed(session, request);
}

static void begin(struct session *session)
{
	const bool is_nested = session->machine->state.in_transaction;
	const u64 before = digest(session->machine);

	must(mnd_machine_begin(session->machine) == (is_nested ? -EBUSY : 0));
	must(digest(session->machine) == before);
	if (!is_nested)
		session->digest = before;
}

static void commit(struct session *session)
{
	const bool is_one = session->machine->state.in_transaction;
	const u64 before = digest(session->machine);

	must(mnd_machine_commit(session->machine) == (is_one ? 0 : -EINVAL));
	must(digest(session->machine) == before);
}

static void roll_back(struct session *session)
{
	const bool is_one = session->machine->state.in_transaction;
	const size_t mounts = session->machine->mount_count;
	const u64 before = is_one ? session->digest : digest(session->machine);

	must(mnd_machine_rollback(session->machine) == (is_one ? 0 : -EINVAL));
	must(digest(session->machine) == before);
	must(session->machine->mount_count == mounts);
}

/* What is taken back makes no difference to who asks then. */
static void rehearse(struct session *session, const struct mnd_request *request)
{
	struct mnd_reply first, second;

	begin(session);
	mnd_machine_ask(session->machine, request, &first);
	roll_back(session);
	begin(session);
	mnd_machine_ask(session->machine, request, &second);
	roll_back(session);
	must(first.allowed == second.allowed);
	must(first.reason == second.reason);
	must(first.variable_count == second.variable_count);
	must(first.stdio == second.stdio);
}

static void ask(struct session *session, const struct mnd_request *request)
{
	const struct mnd_machine *machine = session->machine;
	const size_t memory = mnd_machine_memory(machine);
	const size_t mounts = machine->mount_count;
	const u64 before = digest(machine);
	struct container container;
	struct mnd_reply reply;
	int err;

	find_container(session, request->container, &container);
	err = mnd_machine_ask(session->machine, request, &reply);
	must(err == (session->is_bad ? -EINVAL : 0));
	must(reply.allowed == (reply.reason == MND_REASON_NONE));
	if (reply.allowed) {
		accepted++;
		must(remembers(session, request) || digest(machine) == before);
		check_reply(session, request, &reply);
		check_container(session, request, &container);
		check_again(session, request, &reply);
	} else {
		check_denial(session, request, &reply);
		must(digest(machine) == before);
		must(mnd_machine_memory(machine) == memory);
	}
	must(machine->mount_count == mounts);
}

static void extend(struct session *session)
{
	const u64 before = digest(session->machine);
	const size_t mounts = session->machine->mount_count;
	const struct mnd_mount_fact *facts;
	size_t count;
	int err;

	session->is_bad = false;
	facts = take_mounts(session, &count);
	err = mnd_machine_extend_mounts(session->machine, facts, count);
	must(err == (session->is_bad ? -EINVAL : 0));
	must(session->machine->mount_count >= mounts);
	must(session->machine->mount_count <= mounts + (err ? 0 : count));
	must(digest(session->machine) == before);
}

static void act(struct session *session, u32 what)
{
	const u32 action = (what & ~REHEARSE) % ACTIONS;
	struct mnd_request request;

	switch (action) {
	case BEGIN:
		begin(session);
		break;
	case COMMIT:
		commit(session);
		break;
	case ROLLBACK:
		roll_back(session);
		break;
	case EXTEND:
		extend(session);
		break;
	case WRAP:
		/* As if there had been as many requests. */
		session->machine->epoch = 0xffffffffU;
		break;
	default:
		take_request(session, action, &request);
		if (what & REHEARSE && !session->machine->state.in_transaction)
			rehearse(session, &request);
		ask(session, &request);
		break;
	}
	check_memory(session->machine);
	while (session->count)
		free(session->memory[--session->count]);
}

/* Mounts the layers of all containers, and an overlay for one. */
static void make_ready(struct session *session)
{
	static const u8 actions[] = {
		MND_POINT_MOUNT_DEVICE,	 0, 1, 0, 0, 0,
		MND_POINT_MOUNT_DEVICE,	 0, 2, 0, 0, 0,
		MND_POINT_MOUNT_OVERLAY, 0, 0, 0, 0, 0,
	};
	const struct input rest = session->input;

	session->input = (struct input){ actions, sizeof(actions) };
	while (session->input.left)
		act(session, take_byte(session));
	session->input = rest;
}

static void run(struct session *session, bool ready)
{
	const int err = mnd_machine_new(&session->table, &session->machine);
	u32 i;

	must(!err || err == -E2BIG);
	if (err)
		return;
	if (ready)
		make_ready(session);
	for (i = 0; i < REQUESTS_MAX && session->input.left; i++)
		act(session, take_byte(session));
	mnd_machine_free(session->machine);
	free(session->memory);
}

/* A copy of a policy's table, perhaps with some bytes that are others. */
static u8 *take_table(struct input *input, u32 *length)
{
	const u32 how = take_number(input, 1);
	const u8 *bytes = policies[how & POLICY].bytes;
	u32 changes = how & HOSTILE ? take_number(input, 1) & 15 : 0;
	u8 *changed, *table;

	*length = policies[how & POLICY].length;
	changed = allocate(*length);
	memcpy(changed, bytes, *length);
	while (changes--) {
		const u32 at = take_number(input, 2) % *length;

		changed[at] = (u8)take_number(input, 1);
	}
	table = repair_table(changed, *length);
	free(changed);
	return table;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct session session = { .input = { data, size } };
	const u32 how = size ? data[0] : 0;
	struct mnd_fault fault;
	u32 length;
	u8 *bytes = take_table(&session.input, &length);

	if (!mnd_table_verify(&session.table, bytes, length, &fault))
		run(&session, how & READY);
	else
		must(how & HOSTILE);
	free(bytes);
	return 0;
}
