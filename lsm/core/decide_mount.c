// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The decision on mount operations.
 */

#include "decide.h"
#include "match.h"

/* A fact that could not be told is allowed only where any would be. */
static bool fact_matches(const struct mnd_table *const table, const u32 matcher,
			 const char *const fact)
{
	if (!fact)
		return matcher == MND_MATCH_ANY;
	return mnd_match(table, matcher, fact, fact + strlen(fact) + 1);
}

/*
 * Stores in @verdict the first dimension, in the order of enum mnd_dimension,
 * in which @rule does not allow the request, and what it wants there.
 */
static void ask_rule(const struct mnd_table *const table,
		     const struct mnd_mount *const rule,
		     const struct mnd_mount_request *const request,
		     struct mnd_verdict *const verdict)
{
	const u32 flags = le32_to_cpu(rule->flags);
	const u32 source = le32_to_cpu(rule->source);
	const u32 target = le32_to_cpu(rule->target);
	const u32 type = le32_to_cpu(rule->type);

	verdict->dimension = MND_DIMENSION_OPERATION;
	verdict->want = MND_MATCH_ANY;
	if (!(flags & request->operation) || !(flags & request->phase))
		return;

	verdict->dimension = MND_DIMENSION_TYPE;
	verdict->want = type;
	if (request->type && strcmp(mnd_string(table, type), request->type))
		return;

	verdict->dimension = MND_DIMENSION_SOURCE;
	verdict->want = source;
	if ((request->known & MND_KNOWN_SOURCE) &&
	    !fact_matches(table, source, request->source))
		return;

	verdict->dimension = MND_DIMENSION_TARGET;
	verdict->want = target;
	if ((request->known & MND_KNOWN_TARGET) &&
	    !fact_matches(table, target, request->target))
		return;

	verdict->dimension = MND_DIMENSION_OPTIONS;
	verdict->want = flags & MND_MOUNT_OPTIONS;
	if ((request->known & MND_KNOWN_OPTIONS) &&
	    (verdict->want & ~request->options))
		return;

	verdict->dimension = MND_DIMENSION_NONE;
	verdict->want = MND_MATCH_ANY;
}

/* Whether a rule of @subject allows the request; else @verdict may change. */
static bool subject_allows(const struct mnd_table *const table,
			   const u32 subject,
			   const struct mnd_mount_request *const request,
			   struct mnd_verdict *const verdict)
{
	const struct mnd_span *const span = &table->subjects[subject].mounts;
	const u32 end = mnd_span_first(span) + mnd_span_count(span);
	struct mnd_verdict answer = { .subject = subject };
	u32 i;

	for (i = mnd_span_first(span); i < end; i++) {
		answer.rule = i;
		ask_rule(table, &table->mounts[i], request, &answer);
		/* A later dimension has a higher number. */
		if (answer.dimension == MND_DIMENSION_NONE ||
		    verdict->rule == MND_NONE ||
		    answer.dimension > verdict->dimension)
			*verdict = answer;
		if (answer.dimension == MND_DIMENSION_NONE)
			return true;
	}
	return false;
}

/**
 * mnd_decide_mount - Decide on a mount operation
 *
 * @table: Verified table.
 * @candidates: Who the instance can still be.
 * @request: The facts.
 * @verdict: Written.
 *
 * A subject of class free, which only the UVM can be here, is not governed.
 *
 * Return: Whether it is allowed.
 */
bool mnd_decide_mount(const struct mnd_table *const table,
		      const struct mnd_candidates *const candidates,
		      const struct mnd_mount_request *const request,
		      struct mnd_verdict *const verdict)
{
	u32 i;

	memset(verdict, 0, sizeof(*verdict));
	verdict->dimension = MND_DIMENSION_SUBJECT;
	verdict->subject = MND_NONE;
	verdict->rule = MND_NONE;
	verdict->want = MND_MATCH_ANY;
	for (i = mnd_next_candidate(candidates, 0); i != MND_NONE;
	     i = mnd_next_candidate(candidates, i + 1)) {
		const struct mnd_subject *const s = &table->subjects[i];

		if (verdict->subject == MND_NONE) {
			verdict->subject = i;
			verdict->dimension = MND_DIMENSION_OPERATION;
		}
		if (le16_to_cpu(s->kind) == MND_KIND_UVM &&
		    le16_to_cpu(s->class) == MND_CLASS_FREE) {
			verdict->dimension = MND_DIMENSION_NONE;
			return true;
		}
		if (subject_allows(table, i, request, verdict))
			return true;
	}
	return false;
}
