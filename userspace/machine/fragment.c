// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests to load a fragment.
 */

#include <stdio.h>
#include <stdlib.h>

#include "../../lsm/core/verify.h"
#include "../compile/compile.h"
#include "../fragment_svn.h"
#include "point.h"

/* Parameters of a fragment that nothing gives any to. */
#define NO_PARAMETERS "{}"

#define SVN_SIZE 24

/* What a fragment becomes with one set of parameters. */
struct made {
	u8 *bytes;
	struct mnd_table table;
	u32 includes;
};

/* A fragment that may be loaded, while it is. */
struct load {
	struct mnd_machine *machine;
	const struct mnd_request *request;
	struct mnd_reply *reply;
	char header_svn[SVN_SIZE];
	/* What may be its parameters, each of which makes it another one. */
	const char **parameters;
	size_t parameter_count;
	/* What it becomes with each of them. */
	struct made *made;
	size_t made_count;
};

/* An entry of a table that admits fragments. */
struct entry {
	const struct mnd_part *part;
	const struct mnd_fragment *record;
};

static const char *entry_string(const struct entry *entry, __le32 string)
{
	return mnd_string(&entry->part->table, le32_to_cpu(string));
}

static bool has_issuer(const struct load *load, const struct entry *entry)
{
	return !strcmp(entry_string(entry, entry->record->issuer),
		       load->request->fragment.issuer);
}

static bool has_feed(const struct load *load, const struct entry *entry)
{
	return !strcmp(entry_string(entry, entry->record->feed),
		       load->request->fragment.feed);
}

static bool needs_receipt(const struct entry *entry)
{
	return mnd_list_count(&entry->part->table, entry->record->receipts);
}

/*
 * Goes to the next entry of all tables.  @at is the table and the place in it,
 * both zero at first.
 */
static bool next_entry(const struct load *load, u32 at[2], struct entry *entry)
{
	const struct mnd_machine *machine = load->machine;

	for (; at[0] < machine->part_count; at[0]++, at[1] = 0) {
		entry->part = machine->parts[at[0]];
		if (at[1] == entry->part->table.count[MND_SECTION_FRAGMENT])
			continue;
		entry->record = &entry->part->table.fragments[at[1]++];
		return true;
	}
	return false;
}

/* What is wrong with the envelope, judging by the entry that is nearest. */
static enum mnd_reason judge_envelope(const struct load *load,
				      const struct entry *entry)
{
	if (!(entry->part->includes & MND_INCLUDE_FRAGMENTS) ||
	    !has_issuer(load, entry))
		return MND_REASON_ISSUER;
	if (!has_feed(load, entry))
		return MND_REASON_FEED;
	if (load->request->fragment.has_header_svn &&
	    !mnd_svn_is_enough(load->header_svn,
			       entry_string(entry, entry->record->minimum_svn)))
		return MND_REASON_SVN;
	return needs_receipt(entry) ? MND_REASON_RECEIPT : MND_REASON_NONE;
}

/* Nothing is read of a fragment whose envelope no entry admits. */
static int check_envelope(struct load *load)
{
	enum mnd_reason nearest = MND_REASON_ISSUER, reason;
	u32 at[2] = { 0 };
	struct entry entry;

	while (next_entry(load, at, &entry)) {
		reason = judge_envelope(load, &entry);
		if (!reason)
			return 0;
		/* The reasons are in the order of the comparisons. */
		if (reason > nearest)
			nearest = reason;
	}
	return mnd_deny(load->reply, nearest);
}

static bool has_parameters(const struct load *load, const char *parameters)
{
	size_t i;

	for (i = 0; i < load->parameter_count; i++)
		if (!strcmp(load->parameters[i], parameters))
			return true;
	return false;
}

/* What an entry gives to such a fragment, which can be an empty object. */
static const char *given_parameters(const struct load *load,
				    const struct entry *entry)
{
	const char *parameters = entry_string(entry, entry->record->parameters);

	if (!*parameters || !has_issuer(load, entry) || !has_feed(load, entry))
		return NULL;
	return parameters;
}

/*
 * All parameters that anything gives to such a fragment: also what was not
 * included of a fragment can name some.
 */
static int find_parameters(struct load *load)
{
	const struct mnd_machine *machine = load->machine;
	u32 at[2] = { 0 };
	struct entry entry;
	size_t room = 1;
	u32 i;

	for (i = 0; i < machine->part_count; i++)
		room += machine->parts[i]->table.count[MND_SECTION_FRAGMENT];
	load->parameters = mnd_scratch_take(&load->machine->scratch, room,
					    sizeof(*load->parameters));
	if (!load->parameters)
		return -ENOMEM;
	while (next_entry(load, at, &entry)) {
		const char *parameters = given_parameters(load, &entry);

		if (parameters && !has_parameters(load, parameters))
			load->parameters[load->parameter_count++] = parameters;
	}
	if (!load->parameter_count)
		load->parameters[load->parameter_count++] = NO_PARAMETERS;
	return 0;
}

static bool is_svn_right(const struct load *load, const char *svn,
			 const char *minimum)
{
	const struct mnd_fragment_fact *fact = &load->request->fragment;

	if (!svn)
		return fact->has_header_svn &&
		       mnd_svn_is_enough(load->header_svn, minimum);
	if (fact->has_header_svn && !mnd_svn_is_same(load->header_svn, svn))
		return false;
	return mnd_svn_is_enough(svn, minimum);
}

/* What is included by all entries that admit it with this number. */
static int find_includes(struct load *load, const char *svn, u32 *includes)
{
	u32 at[2] = { 0 };
	struct entry entry;
	bool found = false;
	u32 more;

	while (next_entry(load, at, &entry)) {
		if (judge_envelope(load, &entry) ||
		    !is_svn_right(load, svn,
				  entry_string(&entry,
					       entry.record->minimum_svn)))
			continue;
		more = le32_to_cpu(entry.record->includes);
		if (found && more != *includes)
			return mnd_deny(load->reply, MND_REASON_INCLUDES);
		*includes = more;
		found = true;
	}
	if (!found)
		return mnd_deny(load->reply, MND_REASON_SVN);
	/* One namespace cannot be several fragments. */
	if ((*includes & MND_INCLUDE_NAMESPACE) && load->parameter_count > 1)
		return mnd_deny(load->reply, MND_REASON_INCLUDES);
	return 0;
}

static int make_table(struct load *load, const struct mnd_policy_source *policy,
		      struct made *made, struct mnd_error *error)
{
	const char *svn = load->request->fragment.svn;
	struct mnd_fault fault;
	u32 length;
	int err;

	err = find_includes(load, svn ? svn : policy->svn_text,
			    &made->includes);
	if (err || load->reply->reason)
		return err;
	err = mnd_compile(policy, false, &made->bytes, &length, error);
	if (err)
		return err;
	load->made_count++;
	return mnd_table_verify(&made->table, made->bytes, length, &fault);
}

/* Reads the fragment with one set of parameters. */
static int read_fragment(struct load *load, const char *parameters,
			 struct made *made)
{
	const struct mnd_fragment_fact *fact = &load->request->fragment;
	struct mnd_error *error = &load->machine->source_error;
	struct mnd_source_options options = {
		.language = MND_LANGUAGE_HCSSHIM_REGO,
	};
	struct mnd_policy_source policy;
	int err;

	if (fact->options)
		options = *fact->options;
	options.fragment = true;
	options.parameters = parameters;
	options.strict = mnd_machine_has(load->machine, MND_POLICY_STRICT);
	err = mnd_source_read(&fact->source, &options, &policy, error);
	if (!err)
		err = make_table(load, &policy, made, error);
	mnd_policy_release(&policy);
	if (err && err != -ENOMEM)
		return mnd_deny(load->reply, MND_REASON_SOURCE);
	return err;
}

static int read_all(struct load *load)
{
	size_t i;
	int err = 0;

	load->made = mnd_scratch_take(&load->machine->scratch,
				      load->parameter_count,
				      sizeof(*load->made));
	if (!load->made)
		return -ENOMEM;
	memset(load->made, 0, load->parameter_count * sizeof(*load->made));
	for (i = 0; !err && !load->reply->reason && i < load->parameter_count;
	     i++)
		err = read_fragment(load, load->parameters[i], &load->made[i]);
	return err;
}

/* All of them, or none. */
static int add_all(struct load *load)
{
	struct mnd_machine *machine = load->machine;
	const u32 part_count = machine->part_count;
	const u32 choice_count = machine->pool.count;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < load->made_count; i++)
		err = mnd_part_add(machine, &load->made[i].table, NULL,
				   load->made[i].includes);
	if (err) {
		mnd_part_drop(machine, part_count, choice_count);
		return err == -E2BIG ? mnd_deny(load->reply, MND_REASON_LIMIT) :
				       err;
	}
	for (i = 0; i < load->made_count; i++) {
		machine->parts[part_count + i]->bytes = load->made[i].bytes;
		load->made[i].bytes = NULL;
	}
	return mnd_allow(load->reply);
}

/**
 * mnd_answer_load_fragment - May a fragment be loaded?
 *
 * @machine: Machine.
 * @request: Fragment.
 * @reply: Written.
 *
 * Return: 0 or -ENOMEM.
 */
int mnd_answer_load_fragment(struct mnd_machine *machine,
			     const struct mnd_request *request,
			     struct mnd_reply *reply)
{
	struct load load = {
		.machine = machine,
		.request = request,
		.reply = reply,
	};
	size_t i;
	int err;

	snprintf(load.header_svn, sizeof(load.header_svn), "%lld",
		 request->fragment.header_svn);
	err = check_envelope(&load);
	if (!err && !reply->reason)
		err = find_parameters(&load);
	if (!err && !reply->reason)
		err = read_all(&load);
	if (!err && !reply->reason)
		err = add_all(&load);
	for (i = 0; i < load.made_count; i++)
		free(load.made[i].bytes);
	return err;
}
