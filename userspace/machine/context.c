// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a process must be like, apart from its arguments, its environment and
 * its capabilities.
 */

#include "../../lsm/core/match.h"
#include "question.h"

static bool string_is(const struct mnd_table *table, __le32 matcher,
		      const char *string)
{
	return mnd_match(table, le32_to_cpu(matcher), string,
			 string + strlen(string) + 1);
}

/* Whether @text is how a number is written, and which one. */
static bool read_id(const char *text, u32 *id)
{
	u64 number = 0;

	if (!*text || (*text == '0' && text[1]))
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		number = number * 10 + (u64)(*text - '0');
		if (number > 0xffffffffU)
			return false;
	}
	*id = (u32)number;
	return true;
}

static bool principal_is(const struct mnd_table *table, __le32 principal,
			 const struct mnd_user_fact *fact)
{
	u32 id = 0;
	const bool has_id = read_id(fact->id, &id);

	return mnd_match_principal(table, principal, id, has_id, fact->name);
}

static bool group_is_any(const struct mnd_table *table, __le32 groups,
			 const struct mnd_user_fact *fact)
{
	const __le32 *words = mnd_list_words(table, groups);
	const u32 count = mnd_list_count(table, groups);
	u32 i;

	for (i = 0; i < count; i++)
		if (principal_is(table, words[i], fact))
			return true;
	return false;
}

static bool groups_are(struct mnd_question *question,
		       const struct mnd_table *table, __le32 groups)
{
	const struct mnd_request *request = question->request;
	size_t i;

	if (le32_to_cpu(groups) == MND_LIST_NONE)
		return true;
	for (i = 0; i < request->group_count; i++) {
		if (group_is_any(table, groups, &request->groups[i]))
			continue;
		question->wrong = (u32)i;
		return false;
	}
	return true;
}

/* The cheapest come first. */
static enum mnd_reason compare(struct mnd_question *question,
			       const struct mnd_table *table,
			       const struct mnd_context *context)
{
	const struct mnd_request *request = question->request;
	const struct mnd_identity *identity =
		&table->identities[le32_to_cpu(context->identity)];

	if ((le32_to_cpu(context->flags) & MND_CONTEXT_NO_NEW_PRIVS) &&
	    !request->no_new_privs)
		return MND_REASON_NO_NEW_PRIVS;
	if (!string_is(table, context->cwd, request->cwd))
		return MND_REASON_CWD;
	if (!string_is(table, identity->umask, request->umask))
		return MND_REASON_UMASK;
	if (!principal_is(table, identity->user, &request->user))
		return MND_REASON_USER;
	if (!groups_are(question, table, identity->groups))
		return MND_REASON_GROUPS;
	/* A process that joins a container has its filters anyway. */
	if (question->is_create &&
	    !string_is(table, context->profile, request->profile))
		return MND_REASON_PROFILE;
	return MND_REASON_NONE;
}

/**
 * mnd_check_context - Compare user, groups, umask and so on
 *
 * @question: Question.
 * @item: Rule.
 *
 * Return: What is wrong.
 */
int mnd_check_context(struct mnd_question *question,
		      const struct mnd_item *item)
{
	struct mnd_part *part = mnd_item_part(question, item);
	const u32 context =
		le32_to_cpu(part->table.processes[item->process].context);
	struct mnd_context_memo *memo = &part->contexts[context];

	if (memo->epoch != question->machine->epoch) {
		memo->epoch = question->machine->epoch;
		memo->reason = compare(question, &part->table,
				       &part->table.contexts[context]);
	}
	return (int)memo->reason;
}

/**
 * mnd_check_elevated - Compare whether the container can be privileged
 *
 * @question: Question.
 * @item: Rule.
 *
 * Return: What is wrong.
 */
int mnd_check_elevated(struct mnd_question *question,
		       const struct mnd_item *item)
{
	return question->privileged && !mnd_item_is_elevated(question, item) ?
		       MND_REASON_PRIVILEGED :
		       MND_REASON_NONE;
}

/**
 * mnd_check_cwd - Compare the working directory
 *
 * @question: Question.
 * @item: Rule.
 *
 * Return: What is wrong.
 */
int mnd_check_cwd(struct mnd_question *question, const struct mnd_item *item)
{
	return string_is(&mnd_item_part(question, item)->table,
			 mnd_item_context(question, item)->cwd,
			 question->request->cwd) ?
		       MND_REASON_NONE :
		       MND_REASON_CWD;
}
