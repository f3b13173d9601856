// SPDX-License-Identifier: GPL-2.0-only
/*
 * Denials: counting them, recording them, and what they do.
 *
 * A denial can happen under RCU, under tasklist_lock with interrupts off, or
 * under mmap_lock, and audit_log_start() may sleep for a minute when its queue
 * is full.  So the hook writes an event into a ring of its CPU, and a worker
 * makes the record.  The counters are exact; a record that finds the ring full
 * is lost, and counted as that.
 */

#include <linux/audit.h>
#include <linux/init.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "audit.h"
#include "common.h"
#include "domain.h"
#include "pin.h"
#include "policy.h"
#include "setup.h"
#include "task.h"

static const char *const operation_names[__MANDATE_OPERATION_MAX] = {
	[MANDATE_OPERATION_EXEC] = "exec",
	[MANDATE_OPERATION_MAP] = "map",
	[MANDATE_OPERATION_SUPERBLOCK] = "superblock",
	[MANDATE_OPERATION_MOUNT] = "mount",
	[MANDATE_OPERATION_BIND] = "bind",
	[MANDATE_OPERATION_DETACH] = "detach",
	[MANDATE_OPERATION_MOVE] = "move",
	[MANDATE_OPERATION_REMOUNT] = "remount",
	[MANDATE_OPERATION_PROPAGATION] = "propagation",
	[MANDATE_OPERATION_UMOUNT] = "umount",
	[MANDATE_OPERATION_PIVOT_ROOT] = "pivot_root",
	[MANDATE_OPERATION_SETNS] = "setns",
	[MANDATE_OPERATION_SIGNAL] = "signal",
	[MANDATE_OPERATION_PTRACE] = "ptrace",
	[MANDATE_OPERATION_WRITE] = "write",
};

#define RING_SIZE 64U /* events, a power of two */
#define TEXT_SIZE 160 /* bytes of a string; longer ones are cut */

/* A string of an event; what is longer than the room is marked as cut. */
struct text {
	u16 size;
	bool present;
	bool cut;
	char bytes[TEXT_SIZE];
};

/* A denial, with all that its record needs. */
struct event {
	enum mandate_operation operation;
	enum mnd_dimension dimension;
	u32 index;
	u32 rule;
	u32 line;
	int error;
	pid_t pid;
	unsigned int uid;
	char comm[TASK_COMM_LEN];
	u64 domain;
	unsigned int inum;
	bool has_policy;
	u64 svn;
	u8 digest[SHA256_DIGEST_SIZE];
	struct text policy;
	struct text subject;
	struct text want;
	struct text got;
	struct text path;
};

/*
 * Written by its CPU with interrupts off, read by the worker alone.  @head and
 * @tail only grow; their difference is the number of events inside.
 */
struct ring {
	u32 head;
	u32 tail;
	struct event events[RING_SIZE];
};

static DEFINE_PER_CPU(struct ring *, rings);
static atomic64_t denials[__MANDATE_OPERATION_MAX][__MND_DIMENSION_MAX];
static atomic64_t lost;

static void copy_text(struct text *const text, const char *const from,
		      const size_t size)
{
	text->present = from;
	text->cut = size > TEXT_SIZE;
	text->size = min_t(size_t, size, TEXT_SIZE);
	if (from)
		memcpy(text->bytes, from, text->size);
}

static void copy_string(struct text *const text, const char *const from)
{
	copy_text(text, from, from ? strlen(from) : 0);
}

static void want_matcher(struct text *const text,
			 const struct mnd_table *const table, const u32 matcher)
{
	const struct mnd_pattern *pattern;
	u32 string = matcher;

	if (matcher == MND_MATCH_ANY || matcher == MND_MATCH_NONE) {
		copy_text(text, NULL, 0);
		return;
	}
	if (matcher & MND_MATCH_PATTERN) {
		pattern = &table->patterns[matcher & ~MND_MATCH_PATTERN];
		string = le32_to_cpu(pattern->text);
	}
	copy_string(text, mnd_string(table, string));
}

static void want_options(struct text *const text, const u32 options)
{
	char list[TEXT_SIZE];

	copy_text(text, list,
		  scnprintf(list, sizeof(list), "%s%s%s%s%s",
			    options & MND_MOUNT_RO ? "ro," : "",
			    options & MND_MOUNT_NOSUID ? "nosuid," : "",
			    options & MND_MOUNT_NODEV ? "nodev," : "",
			    options & MND_MOUNT_NOEXEC ? "noexec," : "",
			    options & MND_MOUNT_NOSYMFOLLOW ? "nosymfollow," :
							      ""));
	if (text->size)
		text->size--;
}

static void set_want(struct text *const text,
		     const struct mnd_table *const table,
		     const struct mnd_verdict *const verdict)
{
	char number[sizeof("4294967295")];

	switch (verdict->dimension) {
	case MND_DIMENSION_ARGC:
		copy_text(text, number,
			  scnprintf(number, sizeof(number), "%u",
				    verdict->want));
		return;
	case MND_DIMENSION_OPTIONS:
		want_options(text, verdict->want);
		return;
	default:
		want_matcher(text, table, verdict->want);
		return;
	}
}

/* Line of the source that the rule of @verdict was written in, or 0. */
static u32 rule_line(const struct mnd_table *const table,
		     const enum mandate_operation operation, u32 rule)
{
	if (rule == MND_NONE || !table->count[MND_SECTION_POSITION])
		return 0;
	if (operation != MANDATE_OPERATION_EXEC)
		rule += table->count[MND_SECTION_PROCESS];
	return le32_to_cpu(table->positions[rule].line);
}

static void set_policy(struct event *const event,
		       const struct mandate_denial *const denial)
{
	const struct mnd_verdict *const verdict = denial->verdict;
	const struct mandate_policy *policy;

	event->has_policy = false;
	copy_text(&event->subject, NULL, 0);
	copy_text(&event->want, NULL, 0);
	if (!denial->layer)
		return;
	policy = rcu_dereference(denial->layer->policy);
	event->has_policy = true;
	event->svn = le64_to_cpu(policy->table.policy->svn);
	memcpy(event->digest, policy->digest, sizeof(event->digest));
	copy_string(&event->policy, mnd_policy_name(&policy->table));
	if (verdict->subject != MND_NONE)
		copy_string(&event->subject,
			    mnd_subject_name(&policy->table, verdict->subject));
	event->line = rule_line(&policy->table, event->operation, event->rule);
	set_want(&event->want, &policy->table, verdict);
}

static void fill(struct event *const event,
		 const struct mandate_denial *const denial)
{
	event->operation = denial->operation;
	event->dimension = denial->verdict->dimension;
	event->index = denial->verdict->index;
	event->rule = denial->verdict->rule;
	event->line = 0;
	event->error = denial->error;
	event->pid = task_tgid_nr(current);
	event->uid = from_kuid(&init_user_ns, current_uid());
	memcpy(event->comm, current->comm, sizeof(event->comm));
	event->domain = denial->domain->id;
	event->inum = denial->domain->inum;
	set_policy(event, denial);
	copy_text(&event->got, denial->got, denial->got_size);
	copy_string(&event->path, denial->path);
}

static void log_text(struct audit_buffer *const ab, const char *const name,
		     const struct text *const text)
{
	if (!text->present)
		return;
	audit_log_format(ab, " %s=", name);
	audit_log_n_untrustedstring(ab, text->bytes, text->size);
	if (text->cut)
		audit_log_format(ab, " %s_cut=1", name);
}

static void log_rule(struct audit_buffer *const ab,
		     const struct event *const event)
{
	if (!event->has_policy)
		return;
	log_text(ab, "policy", &event->policy);
	audit_log_format(ab, " svn=%llu digest=sha256:%*phN", event->svn,
			 SHA256_DIGEST_SIZE, event->digest);
	log_text(ab, "subject", &event->subject);
	if (event->rule != MND_NONE)
		audit_log_format(ab, " rule=%u", event->rule);
	if (event->line)
		audit_log_format(ab, " line=%u", event->line);
}

static void record(const struct event *const event)
{
	struct audit_buffer *const ab =
		audit_log_start(NULL, GFP_KERNEL, AUDIT_MANDATE_ACCESS);

	if (!ab) {
		atomic64_inc(&lost);
		return;
	}
	audit_log_format(ab, "mandate=%s op=%s errno=%d domain=%llu mnt_ns=%u",
			 mandate_mode == MANDATE_MODE_ENFORCE ? "denied" :
								"audited",
			 operation_names[event->operation], -event->error,
			 event->domain, event->inum);
	log_rule(ab, event);
	audit_log_format(ab, " dim=%s", mnd_dimension_name(event->dimension));
	if (event->dimension == MND_DIMENSION_ARGV)
		audit_log_format(ab, "[%u]", event->index);
	log_text(ab, "want", &event->want);
	log_text(ab, "got", &event->got);
	log_text(ab, "path", &event->path);
	audit_log_format(ab, " pid=%d uid=%u comm=", event->pid, event->uid);
	audit_log_untrustedstring(ab, event->comm);
	audit_log_end(ab);
}

static void drain(struct ring *const ring)
{
	/* The acquire pairs with the release in push(): the event is whole. */
	while (ring->tail != smp_load_acquire(&ring->head)) {
		record(&ring->events[ring->tail % RING_SIZE]);
		/* Pairs with the acquire in push(): it has been read. */
		smp_store_release(&ring->tail, ring->tail + 1);
	}
}

static void drain_rings(struct work_struct *const work)
{
	int cpu;

	for_each_possible_cpu(cpu)
		drain(per_cpu(rings, cpu));
}

static DECLARE_WORK(drain_work, drain_rings);

/* Whether the event found room. */
static bool push(const struct mandate_denial *const denial)
{
	struct ring *ring;
	unsigned long flags;
	bool room;

	local_irq_save(flags);
	ring = this_cpu_read(rings);
	/* Pairs with the release in drain(): what was there has been read. */
	room = ring->head - smp_load_acquire(&ring->tail) < RING_SIZE;
	if (room) {
		fill(&ring->events[ring->head % RING_SIZE], denial);
		/* Pairs with the acquire in drain(). */
		smp_store_release(&ring->head, ring->head + 1);
	}
	local_irq_restore(flags);
	return room;
}

/**
 * mandate_deny - Deny what current wants
 *
 * @denial: What, why, and by whose rules.
 *
 * Every denial of the module comes through here.
 *
 * Context: Any, under rcu_read_lock().
 *
 * Return: The errno of @denial in mode enforce, 0 in mode audit.
 */
int mandate_deny(const struct mandate_denial *const denial)
{
	struct mandate_domain *const domain =
		(struct mandate_domain *)denial->domain;

	atomic64_inc(&denials[denial->operation][denial->verdict->dimension]);
	atomic64_inc(&domain->denials);
	if (!denial->quiet) {
		if (!push(denial))
			atomic64_inc(&lost);
		queue_work(system_unbound_wq, &drain_work);
	}
	return mandate_mode == MANDATE_MODE_ENFORCE ? denial->error : 0;
}

/**
 * mandate_deny_because - Deny what current wants, for no rule's sake
 *
 * @operation: What current wants.
 * @dimension: Why it is denied.
 * @error: Negative errno that it gets.
 *
 * For what a policy cannot allow, whatever it says.
 *
 * Context: Any.
 *
 * Return: @error in mode enforce, 0 in mode audit.
 */
int mandate_deny_because(const enum mandate_operation operation,
			 const enum mnd_dimension dimension, const int error)
{
	const struct mnd_verdict verdict = {
		.dimension = dimension,
		.subject = MND_NONE,
		.rule = MND_NONE,
		.want = MND_MATCH_ANY,
	};
	const struct mandate_domain *domain;
	int err;

	rcu_read_lock();
	domain = mandate_current_domain();
	err = mandate_deny(&(struct mandate_denial){
		.operation = operation,
		.error = error,
		.domain = domain,
		.layer = rcu_dereference(domain->layer),
		.verdict = &verdict,
	});
	rcu_read_unlock();
	return err;
}

/**
 * mandate_cannot_judge - Give up on what current wants
 *
 * @error: Negative errno: what was missing to judge it.
 *
 * Context: Any.
 *
 * Return: @error in mode enforce; 0 in mode audit, where a record is lost.
 */
int mandate_cannot_judge(const int error)
{
	if (mandate_mode == MANDATE_MODE_ENFORCE)
		return error;
	atomic64_inc(&lost);
	return 0;
}

/* A record of something that current does, where it may sleep. */
static struct audit_buffer *start(const int type)
{
	struct audit_buffer *const ab =
		audit_log_start(audit_context(), GFP_KERNEL, type);

	if (!ab)
		atomic64_inc(&lost);
	return ab;
}

/**
 * mandate_audit_policy - Record that a policy was loaded
 *
 * @policy: Policy.
 * @domain: Domain that has it from now on.
 *
 * Context: Process context, may sleep.
 */
void mandate_audit_policy(const struct mandate_policy *const policy,
			  const struct mandate_domain *const domain)
{
	struct audit_buffer *const ab = start(AUDIT_MANDATE_POLICY);

	if (!ab)
		return;
	audit_log_format(ab, "mandate=loaded domain=%llu mnt_ns=%u policy=",
			 domain->id, domain->inum);
	audit_log_untrustedstring(ab, mnd_policy_name(&policy->table));
	audit_log_format(ab, " svn=%llu digest=sha256:%*phN pinned=%d pid=%d",
			 le64_to_cpu(policy->table.policy->svn),
			 SHA256_DIGEST_SIZE, policy->digest,
			 mandate_pin_is_set(), task_tgid_nr(current));
	audit_log_end(ab);
}

/**
 * mandate_audit_reject - Record that a table was refused
 *
 * @error: Errno that its writer gets.
 * @reason: Why, in words.
 * @offset: Of the offending byte, from the start of the table.
 *
 * Context: Process context, may sleep.
 */
void mandate_audit_reject(const int error, const char *const reason,
			  const u32 offset)
{
	struct audit_buffer *const ab = start(AUDIT_MANDATE_POLICY);

	if (!ab)
		return;
	audit_log_format(ab,
			 "mandate=rejected errno=%d offset=%u reason=", -error,
			 offset);
	audit_log_untrustedstring(ab, reason);
	audit_log_format(ab, " pid=%d", task_tgid_nr(current));
	audit_log_end(ab);
}

/**
 * mandate_audit_domain - Record an event in the life of a domain
 *
 * @event: A word: "bound" or "sealed".
 * @domain: Domain.
 * @container: Name of the container it is.
 *
 * Context: Process context, may sleep.
 */
void mandate_audit_domain(const char *const event,
			  const struct mandate_domain *const domain,
			  const char *const container)
{
	struct audit_buffer *const ab = start(AUDIT_MANDATE_DOMAIN);

	if (!ab)
		return;
	audit_log_format(ab, "mandate=%s domain=%llu mnt_ns=%u identity=bound",
			 event, domain->id, domain->inum);
	audit_log_format(ab, " container=");
	audit_log_untrustedstring(ab, container);
	audit_log_format(ab, " pid=%d", task_tgid_nr(current));
	audit_log_end(ab);
}

/**
 * mandate_audit_show_denials - Print the counters
 *
 * @file: One line for each operation and dimension that was ever denied, and
 *	one for the records that were lost.
 *
 * Context: Process context.
 */
void mandate_audit_show_denials(struct seq_file *const file)
{
	u32 i, j;
	s64 count;

	for (i = 0; i < __MANDATE_OPERATION_MAX; i++) {
		for (j = 0; j < __MND_DIMENSION_MAX; j++) {
			count = atomic64_read(&denials[i][j]);
			if (count)
				seq_printf(file, "%s %s %lld\n",
					   operation_names[i],
					   mnd_dimension_name(j), count);
		}
	}
	seq_printf(file, "lost %lld\n", atomic64_read(&lost));
}

/**
 * mandate_audit_init - Make the rings
 *
 * Context: Boot.
 *
 * Return: 0, or %-ENOMEM.
 */
int __init mandate_audit_init(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		per_cpu(rings, cpu) = kzalloc(sizeof(struct ring), GFP_KERNEL);
		if (!per_cpu(rings, cpu))
			return -ENOMEM;
	}
	return 0;
}
