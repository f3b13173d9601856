// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Why a request was denied, for people: what it asked for, and what the nearest
 * container would have allowed.
 */

#include <stdarg.h>
#include <stdio.h>

#include "question.h"
#include "../policy/word.h"
#include "../toml/toml.h"

/* A text that is being written, and cut off where the room ends. */
struct writer {
	char *text;
	size_t size;
	size_t length;
};

/* The container that is asked what it would have allowed. */
struct nearest {
	const struct mnd_part *part;
	const struct mnd_subject *subject;
	u32 process;
	const struct mnd_context *context;
};

/* A denied request. */
struct denial {
	const struct mnd_machine *machine;
	const struct mnd_request *request;
	const struct mnd_reply *reply;
	struct nearest nearest;
	struct writer writer;
};

static __printf(2, 3) void put(struct denial *denial, const char *format, ...)
{
	struct writer *writer = &denial->writer;
	const size_t left = writer->size - writer->length;
	va_list args;
	int more;

	va_start(args, format);
	more = vsnprintf(writer->text + writer->length, left, format, args);
	va_end(args);
	if (more > 0)
		writer->length += (size_t)more < left ? (size_t)more : left - 1;
}

static void put_bytes(struct denial *denial, const char *before,
		      const char *text, size_t length)
{
	char quoted[MND_TOML_QUOTED_SIZE];

	mnd_toml_quote(text, length, quoted);
	put(denial, "%s%s", before, quoted);
}

static void put_quoted(struct denial *denial, const char *before,
		       const char *text)
{
	put_bytes(denial, before, text, strlen(text));
}

static void put_matcher(struct denial *denial, __le32 word)
{
	const struct mnd_table *table = &denial->nearest.part->table;
	const u32 matcher = le32_to_cpu(word);
	const struct mnd_pattern *pattern =
		&table->patterns[matcher & ~MND_MATCH_PATTERN];

	if (matcher == MND_MATCH_ANY)
		put(denial, "anything");
	else if (matcher == MND_MATCH_NONE)
		put(denial, "what nothing is");
	else if (matcher & MND_MATCH_PATTERN)
		put_quoted(denial, "like ",
			   mnd_string(table, le32_to_cpu(pattern->text)));
	else
		put_quoted(denial, "", mnd_string(table, matcher));
}

static void put_want(struct denial *denial, __le32 matcher, const char *got)
{
	put_quoted(denial, " is ", got);
	put(denial, ", and must be ");
	put_matcher(denial, matcher);
}

static void explain_command(struct denial *denial)
{
	const struct mnd_table *table = &denial->nearest.part->table;
	const u32 process = denial->nearest.process;
	const struct mnd_fact_list *arguments = &denial->request->arguments;
	const __le32 argv = table->processes[process].argv;
	const size_t count = mnd_list_count(table, argv);
	size_t agreed;

	if (denial->request->point != MND_POINT_CREATE_CONTAINER)
		return;
	agreed = mnd_command_agrees(denial->nearest.part, process, arguments);
	if (agreed == count || agreed == arguments->count) {
		put(denial, ": there are %zu, and must be %zu",
		    arguments->count, count);
		return;
	}
	put(denial, ": argument %zu", agreed);
	put_want(denial, mnd_list_words(table, argv)[agreed],
		 arguments->strings[agreed]);
}

static void put_user(struct denial *denial, const struct mnd_user_fact *user)
{
	put_quoted(denial, ": it is ", user->id);
	if (*user->name)
		put_quoted(denial, ", ", user->name);
}

static void explain_user(struct denial *denial)
{
	const struct mnd_table *table = &denial->nearest.part->table;
	const struct mnd_context *context = denial->nearest.context;
	const struct mnd_identity *identity =
		&table->identities[le32_to_cpu(context->identity)];
	const struct mnd_principal *user =
		&table->principals[le32_to_cpu(identity->user)];

	put_user(denial, &denial->request->user);
	put(denial, ", and must be ");
	if (le32_to_cpu(user->flags) & MND_PRINCIPAL_ID)
		put(denial, "number %u", le32_to_cpu(user->id));
	else
		put_matcher(denial, user->name);
}

static void explain_umask(struct denial *denial)
{
	const struct mnd_table *table = &denial->nearest.part->table;
	const u32 identity = le32_to_cpu(denial->nearest.context->identity);

	put(denial, ": it");
	put_want(denial, table->identities[identity].umask,
		 denial->request->umask);
}

/* What a variable is set to may be a secret. */
static void explain_variable(struct denial *denial)
{
	const char *string =
		denial->request->variables.strings[denial->reply->index];

	put_bytes(denial, ": no rule allows ", string, strcspn(string, "="));
}

static void explain_missing(struct denial *denial)
{
	const struct mnd_variable *variable =
		&denial->nearest.part->table.variables[denial->reply->index];

	put(denial, ": there is none ");
	if (le32_to_cpu(variable->name) == MND_MATCH_WHOLE) {
		put_matcher(denial, variable->value);
		return;
	}
	put(denial, "whose name is ");
	put_matcher(denial, variable->name);
}

static void explain_mount(struct denial *denial)
{
	const struct mnd_mount_fact *mount =
		&denial->request->mounts[denial->reply->index];

	put_quoted(denial, ": that of ", mount->source);
	put_quoted(denial, " at ", mount->destination);
	put_quoted(denial, ", type ", mount->type);
}

static bool is_named(const struct mnd_fact_list *list, const char *name)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (!strcmp(list->strings[i], name))
			return true;
	return false;
}

static void explain_capability(struct denial *denial)
{
	const u32 set = denial->reply->index / MND_CAPABILITY_MAX;
	char name[MND_CAPABILITY_SIZE];

	mnd_capability_format((int)(denial->reply->index % MND_CAPABILITY_MAX),
			      name);
	put(denial, ": %s %s %s", mnd_set_words[set],
	    is_named(&denial->request->capabilities[set], name) ?
		    "must not have" :
		    "lacks",
	    name);
}

/* What is found by its number in the request. */
static void explain_index(struct denial *denial)
{
	switch (denial->reply->reason) {
	case MND_REASON_GROUPS:
		put_user(denial,
			 &denial->request->groups[denial->reply->index]);
		break;
	case MND_REASON_MOUNTS:
		explain_mount(denial);
		break;
	case MND_REASON_VARIABLE:
		explain_variable(denial);
		break;
	case MND_REASON_MISSING:
		explain_missing(denial);
		break;
	case MND_REASON_CAPABILITIES:
		explain_capability(denial);
		break;
	default:
		break;
	}
}

/* What there is only one of. */
static void explain_single(struct denial *denial)
{
	switch (denial->reply->reason) {
	case MND_REASON_COMMAND:
		explain_command(denial);
		break;
	case MND_REASON_CWD:
		put(denial, ": it");
		put_want(denial, denial->nearest.context->cwd,
			 denial->request->cwd);
		break;
	case MND_REASON_UMASK:
		explain_umask(denial);
		break;
	case MND_REASON_USER:
		explain_user(denial);
		break;
	case MND_REASON_PROFILE:
		put(denial, ": it");
		put_want(denial, denial->nearest.context->profile,
			 denial->request->profile);
		break;
	default:
		break;
	}
}

static bool find_nearest(struct denial *denial)
{
	const struct mnd_machine *machine = denial->machine;
	struct nearest *nearest = &denial->nearest;
	const struct mnd_choice *choice;
	const struct mnd_table *table;
	u32 context;

	if (denial->reply->choice >= machine->pool.count)
		return false;
	choice = mnd_machine_choice(machine, denial->reply->choice);
	nearest->part = machine->parts[choice->part];
	table = &nearest->part->table;
	nearest->subject = &table->subjects[choice->subject];
	nearest->process = choice->process;
	if (choice->process == MND_NONE)
		return true;
	context = le32_to_cpu(table->processes[choice->process].context);
	nearest->context = &table->contexts[context];
	return true;
}

static void explain(struct denial *denial)
{
	const struct mnd_error *error = &denial->machine->source_error;

	if (denial->reply->reason == MND_REASON_SOURCE)
		put(denial, ": %u:%u: %s", error->line, error->column,
		    error->text);
	if (!find_nearest(denial))
		return;
	if (denial->reply->index != MND_NONE)
		explain_index(denial);
	if (denial->nearest.context)
		explain_single(denial);
	put_quoted(denial, "; the nearest container is ",
		   mnd_string(&denial->nearest.part->table,
			      le32_to_cpu(denial->nearest.subject->name)));
}

/**
 * mnd_machine_explain - Say in one sentence why a request was denied
 *
 * It has no secrets in it: of a variable it names what is before the "=".
 *
 * @machine: Machine that was asked, and nothing else since.
 * @request: Request.
 * @reply: Its reply.
 * @text: Written, terminated; without a full stop.
 * @size: Of @text, in bytes; at least 1.
 */
void mnd_machine_explain(const struct mnd_machine *machine,
			 const struct mnd_request *request,
			 const struct mnd_reply *reply, char *text, size_t size)
{
	struct mnd_request asked = *request;
	struct denial denial = {
		.machine = machine,
		.request = &asked,
		.reply = reply,
		.writer = { text, size },
	};

	mnd_request_fill_in(&asked);
	put(&denial, "%s", mnd_reason_text(reply->reason));
	if (!reply->allowed)
		explain(&denial);
}
