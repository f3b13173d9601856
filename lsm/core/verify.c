// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Verification of a table, once, before anything walks it.  After this no
 * walk checks an index again, so every index, count, offset, start state and
 * accept set is looked at here, and a table has only one valid form.
 */

#include "checksum.h"
#include "verify.h"

static const u32 record_size[__MND_SECTION_MAX] = {
	[MND_SECTION_POLICY] = sizeof(struct mnd_policy),
	[MND_SECTION_SUBJECT] = sizeof(struct mnd_subject),
	[MND_SECTION_PROCESS] = sizeof(struct mnd_process),
	[MND_SECTION_MOUNT] = sizeof(struct mnd_mount),
	[MND_SECTION_MATCHER] = sizeof(__le32),
	[MND_SECTION_PATTERN] = sizeof(struct mnd_pattern),
	[MND_SECTION_AUTOMATON] = sizeof(struct mnd_automaton),
	[MND_SECTION_CLASS] = 256,
	[MND_SECTION_CELL] = sizeof(__le16),
	[MND_SECTION_ACCEPT] = sizeof(__le16),
	[MND_SECTION_SET] = sizeof(struct mnd_span),
	[MND_SECTION_MEMBER] = sizeof(__le32),
	[MND_SECTION_POSITION] = sizeof(struct mnd_position),
	[MND_SECTION_STRING] = sizeof(struct mnd_string),
	[MND_SECTION_TEXT] = 1,
};

/* A table on its way through the verifier. */
struct verifier {
	struct mnd_table *table;
	struct mnd_fault *fault;
};

static int reject(const struct verifier *const v, const enum mnd_reject reason,
		  const void *const where)
{
	v->fault->reject = reason;
	v->fault->offset = (u32)((const u8 *)where - v->table->data);
	return mnd_reject_errno(reason);
}

/**
 * mnd_header_verify - Check the part of a table that tells its length
 *
 * @data: First bytes of a table, aligned to 8 bytes.
 * @length: How many there are.
 * @fault: Written on failure.
 *
 * After success struct mnd_header.length may be trusted to lie between the
 * size of a header and %MND_TABLE_SIZE_MAX.
 *
 * Return: 0, or a negative errno of mnd_reject_errno():
 *
 * - %-ENODATA: @length is less than a header.
 * - %-ENOEXEC: The bytes are not a compiled policy.
 * - %-EPROTONOSUPPORT: It has another ABI version.
 * - %-EFBIG: It says that it is larger than %MND_TABLE_SIZE_MAX.
 * - %-EMSGSIZE: It says that it is shorter than its header.
 */
int mnd_header_verify(const u8 *const data, const u32 length,
		      struct mnd_fault *const fault)
{
	const struct mnd_header *const header = (const void *)data;
	struct mnd_table table = { .data = data };
	const struct verifier v = { .table = &table, .fault = fault };

	if (length < sizeof(*header))
		return reject(&v, MND_REJECT_SHORT, data + length);
	if (memcmp(header->magic, MND_TABLE_MAGIC, sizeof(header->magic)))
		return reject(&v, MND_REJECT_MAGIC, header->magic);
	if (le32_to_cpu(header->abi) != MND_TABLE_ABI)
		return reject(&v, MND_REJECT_ABI, &header->abi);
	if (le32_to_cpu(header->length) > MND_TABLE_SIZE_MAX)
		return reject(&v, MND_REJECT_SIZE, &header->length);
	if (le32_to_cpu(header->length) < sizeof(*header))
		return reject(&v, MND_REJECT_LENGTH, &header->length);
	return 0;
}

/* The bytes from @from to @to, less than eight of them, must be zero. */
static int verify_padding(const struct verifier *const v, const u32 from,
			  const u32 to)
{
	u32 i;

	for (i = from; i < to; i++)
		if (v->table->data[i])
			return reject(v, MND_REJECT_PADDING,
				      v->table->data + i);
	return 0;
}

/*
 * The sections follow each other in the order of their numbers, each at the
 * next multiple of 8, and end with the table.  No sum here can overflow: a
 * table is at most 4 MiB, and a count is bounded by what is left of it.
 */
static int verify_layout(const struct verifier *const v)
{
	const struct mnd_header *const header = (const void *)v->table->data;
	u32 end = sizeof(*header);
	u32 i;
	int err;

	for (i = 0; i < __MND_SECTION_MAX; i++) {
		const struct mnd_directory *const d = &header->directory[i];
		const u32 start = (end + 7) & ~7U;
		const u32 count = le32_to_cpu(d->count);

		if (le32_to_cpu(d->offset) != start ||
		    start > v->table->length ||
		    count > (v->table->length - start) / record_size[i])
			return reject(v, MND_REJECT_LAYOUT, d);
		err = verify_padding(v, end, start);
		if (err)
			return err;
		v->table->count[i] = count;
		end = start + count * record_size[i];
	}
	if (end != v->table->length)
		return reject(v, MND_REJECT_LAYOUT, &header->length);
	return 0;
}

static const void *section(const struct mnd_table *const table,
			   const enum mnd_section number)
{
	const struct mnd_header *const header = (const void *)table->data;

	return table->data + le32_to_cpu(header->directory[number].offset);
}

static void find_sections(struct mnd_table *const table)
{
	table->policy = section(table, MND_SECTION_POLICY);
	table->subjects = section(table, MND_SECTION_SUBJECT);
	table->processes = section(table, MND_SECTION_PROCESS);
	table->mounts = section(table, MND_SECTION_MOUNT);
	table->matchers = section(table, MND_SECTION_MATCHER);
	table->patterns = section(table, MND_SECTION_PATTERN);
	table->automata = section(table, MND_SECTION_AUTOMATON);
	table->classes = section(table, MND_SECTION_CLASS);
	table->cells = section(table, MND_SECTION_CELL);
	table->accept = section(table, MND_SECTION_ACCEPT);
	table->sets = section(table, MND_SECTION_SET);
	table->members = section(table, MND_SECTION_MEMBER);
	table->positions = section(table, MND_SECTION_POSITION);
	table->strings = section(table, MND_SECTION_STRING);
	table->text = section(table, MND_SECTION_TEXT);
}

/* Compares as memcmp() does, the shorter first where one begins the other. */
static int compare_strings(const struct mnd_table *const table, const u32 a,
			   const u32 b)
{
	const u32 size_a = le32_to_cpu(table->strings[a].length);
	const u32 size_b = le32_to_cpu(table->strings[b].length);
	const u32 size = size_a < size_b ? size_a : size_b;
	const int order =
		memcmp(mnd_string(table, a), mnd_string(table, b), size);

	if (order || size_a == size_b)
		return order;
	return size_a < size_b ? -1 : 1;
}

/*
 * The strings lie one after the other, each ended by the only NUL in it, and
 * fill the text section.
 */
static int verify_strings(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	const u32 text = table->count[MND_SECTION_TEXT];
	u32 end = 0;
	u32 i, j;

	for (i = 0; i < table->count[MND_SECTION_STRING]; i++) {
		const struct mnd_string *const s = &table->strings[i];
		const u32 length = le32_to_cpu(s->length);

		if (le32_to_cpu(s->offset) != end || end >= text ||
		    length > MND_STRING_SIZE_MAX || length > text - end - 1)
			return reject(v, MND_REJECT_STRING, s);
		for (j = 0; j < length; j++)
			if (!table->text[end + j])
				return reject(v, MND_REJECT_STRING,
					      table->text + end + j);
		if (table->text[end + length])
			return reject(v, MND_REJECT_STRING,
				      table->text + end + length);
		if (i && compare_strings(table, i - 1, i) >= 0)
			return reject(v, MND_REJECT_STRING_ORDER, s);
		end += length + 1;
	}
	if (end != text)
		return reject(v, MND_REJECT_STRING, table->text + end);
	return 0;
}

static bool is_string(const struct mnd_table *const table, const __le32 string)
{
	return le32_to_cpu(string) < table->count[MND_SECTION_STRING];
}

/* Names show up in records and files that people and programs take apart. */
static bool is_name(const struct mnd_table *const table, const __le32 string)
{
	const char *name;

	if (!is_string(table, string))
		return false;
	for (name = mnd_string(table, le32_to_cpu(string)); *name; name++)
		if (*name <= ' ' || *name > '~')
			return false;
	return le32_to_cpu(table->strings[le32_to_cpu(string)].length) - 1 <
	       MND_NAME_SIZE_MAX;
}

static int verify_policy(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	const struct mnd_policy *const policy = table->policy;

	if (table->count[MND_SECTION_POLICY] != 1 ||
	    !is_name(table, policy->name) || policy->flags)
		return reject(v, MND_REJECT_POLICY, policy);
	/* It has to fit a number of every source and format. */
	if (le64_to_cpu(policy->svn) >> 63)
		return reject(v, MND_REJECT_POLICY, &policy->svn);
	return 0;
}

/* @span must lie in @section and follow the last one, where @next is. */
static int verify_span(const struct verifier *const v,
		       const struct mnd_span *const span,
		       const enum mnd_section section, u32 *const next)
{
	const u32 size = v->table->count[section];
	const u32 first = mnd_span_first(span);

	if (first != *next || first > size ||
	    mnd_span_count(span) > size - first)
		return reject(v, MND_REJECT_SPAN, span);
	*next += mnd_span_count(span);
	return 0;
}

static int verify_subject(const struct verifier *const v, const u32 i)
{
	const struct mnd_subject *const s = &v->table->subjects[i];
	const u16 kind = le16_to_cpu(s->kind);
	const u16 class = le16_to_cpu(s->class);
	const u32 flags = le32_to_cpu(s->flags);

	if (!is_name(v->table, s->name) || class >= __MND_CLASS_MAX)
		return reject(v, MND_REJECT_SUBJECT, s);
	/* Subject 0 is the UVM, and no other; a container, and only it, is bound. */
	if (kind != (i ? MND_KIND_CONTAINER : MND_KIND_UVM))
		return reject(v, MND_REJECT_SUBJECT, &s->kind);
	/* A record has nothing but the name to tell who it is about. */
	if (!strcmp(mnd_string(v->table, le32_to_cpu(s->name)), "uvm") != !i)
		return reject(v, MND_REJECT_SUBJECT, &s->name);
	if ((flags & ~(i ? MND_SUBJECT_FLAGS : 0U)) ||
	    !(flags & MND_SUBJECT_BOUND) != !i)
		return reject(v, MND_REJECT_SUBJECT, &s->flags);
	/* A bound container has no verified files, so none can be demanded. */
	if ((flags & MND_SUBJECT_BOUND) && class == MND_CLASS_VERIFIED)
		return reject(v, MND_REJECT_SUBJECT, &s->class);
	if (i > 1 && le32_to_cpu(s[-1].name) >= le32_to_cpu(s->name))
		return reject(v, MND_REJECT_SUBJECT_ORDER, s);
	return 0;
}

/*
 * The first process of a container is the one it starts with, and no other;
 * the UVM's all start inside, where nobody is outside.
 */
static int verify_roles(const struct verifier *const v, const u32 i)
{
	const struct mnd_span *const span = &v->table->subjects[i].processes;
	u32 j, roles;

	if (i && !mnd_span_count(span))
		return reject(v, MND_REJECT_SUBJECT, span);
	for (j = 0; j < mnd_span_count(span); j++) {
		const struct mnd_process *const process =
			&v->table->processes[mnd_span_first(span) + j];

		roles = le32_to_cpu(process->flags) & MND_ROLES;
		if (i && !j && roles != (MND_ROLE_ENTRY | MND_ROLE_INSIDE))
			return reject(v, MND_REJECT_PROCESS, &process->flags);
		if ((!i || j) && roles != MND_ROLE_INSIDE &&
		    (!i || roles != (MND_ROLE_EXEC | MND_ROLE_INSIDE)))
			return reject(v, MND_REJECT_PROCESS, &process->flags);
		if (!i &&
		    !(le32_to_cpu(process->flags) & MND_PROCESS_KEEP_SIGNALS))
			return reject(v, MND_REJECT_PROCESS, &process->flags);
	}
	return 0;
}

/* Every process and mount rule belongs to exactly one subject. */
static int verify_subjects(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 process = 0, mount = 0;
	u32 i;
	int err;

	if (!table->count[MND_SECTION_SUBJECT] ||
	    table->count[MND_SECTION_SUBJECT] > MND_SUBJECT_MAX)
		return reject(v, MND_REJECT_SUBJECT, table->subjects);
	for (i = 0; i < table->count[MND_SECTION_SUBJECT]; i++) {
		const struct mnd_subject *const s = &table->subjects[i];

		err = verify_subject(v, i);
		if (err)
			return err;
		err = verify_span(v, &s->processes, MND_SECTION_PROCESS,
				  &process);
		if (err)
			return err;
		err = verify_span(v, &s->mounts, MND_SECTION_MOUNT, &mount);
		if (err)
			return err;
		err = verify_roles(v, i);
		if (err)
			return err;
	}
	if (process != table->count[MND_SECTION_PROCESS] ||
	    mount != table->count[MND_SECTION_MOUNT])
		return reject(v, MND_REJECT_SPAN, table->subjects);
	return 0;
}

static int verify_matcher(const struct verifier *const v,
			  const __le32 *const where, const enum mnd_space space)
{
	const struct mnd_table *const table = v->table;
	const u32 matcher = le32_to_cpu(*where);
	const u32 pattern = matcher & ~MND_MATCH_PATTERN;
	u32 automaton;

	if (matcher == MND_MATCH_ANY)
		return 0;
	if (!(matcher & MND_MATCH_PATTERN)) {
		if (!is_string(table, *where))
			return reject(v, MND_REJECT_MATCHER, where);
		return 0;
	}
	if (pattern >= table->count[MND_SECTION_PATTERN])
		return reject(v, MND_REJECT_MATCHER, where);
	automaton = le32_to_cpu(table->patterns[pattern].automaton);
	if (le16_to_cpu(table->automata[automaton].space) != space)
		return reject(v, MND_REJECT_MATCHER, where);
	return 0;
}

/* Lists of matchers follow each other, or looking at them could take long. */
static int verify_process(const struct verifier *const v,
			  const struct mnd_process *const process,
			  u32 *const matcher)
{
	const u32 flags = le32_to_cpu(process->flags);
	const u32 argc = mnd_span_count(&process->argv);
	u32 i;
	int err;

	if (flags & ~MND_PROCESS_FLAGS)
		return reject(v, MND_REJECT_PROCESS, &process->flags);
	/* Signals are kept only by what is born inside, and not listed then. */
	if ((flags & MND_PROCESS_KEEP_SIGNALS) &&
	    ((flags & MND_ROLES) != MND_ROLE_INSIDE || process->signals))
		return reject(v, MND_REJECT_PROCESS, &process->flags);
	if (!argc || argc > MND_ARGC_MAX)
		return reject(v, MND_REJECT_PROCESS, &process->argv.count);
	err = verify_span(v, &process->argv, MND_SECTION_MATCHER, matcher);
	if (err)
		return err;
	for (i = 0; i < argc; i++) {
		const u32 first = mnd_span_first(&process->argv);

		err = verify_matcher(v, &v->table->matchers[first + i],
				     MND_SPACE_ARGUMENT);
		if (err)
			return err;
	}
	return verify_matcher(v, &process->file, MND_SPACE_FILE);
}

static int verify_mount(const struct verifier *const v,
			const struct mnd_mount *const mount)
{
	const u32 flags = le32_to_cpu(mount->flags);
	int err;

	if ((flags & ~MND_MOUNT_FLAGS) || !(flags & MND_MOUNT_OPERATIONS) ||
	    !(flags & MND_MOUNT_PHASES))
		return reject(v, MND_REJECT_MOUNT, &mount->flags);
	if (!is_string(v->table, mount->type))
		return reject(v, MND_REJECT_MOUNT, &mount->type);
	err = verify_matcher(v, &mount->source, MND_SPACE_SOURCE);
	if (err)
		return err;
	return verify_matcher(v, &mount->target, MND_SPACE_TARGET);
}

static int verify_rules(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 matcher = 0;
	u32 i;
	int err;

	for (i = 0; i < table->count[MND_SECTION_PROCESS]; i++) {
		err = verify_process(v, &table->processes[i], &matcher);
		if (err)
			return err;
	}
	if (matcher != table->count[MND_SECTION_MATCHER])
		return reject(v, MND_REJECT_SPAN, table->matchers + matcher);
	for (i = 0; i < table->count[MND_SECTION_MOUNT]; i++) {
		err = verify_mount(v, &table->mounts[i]);
		if (err)
			return err;
	}
	return 0;
}

static int verify_patterns(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 i;

	for (i = 0; i < table->count[MND_SECTION_PATTERN]; i++) {
		const struct mnd_pattern *const p = &table->patterns[i];

		if (!is_string(table, p->text) ||
		    le32_to_cpu(p->automaton) >=
			    table->count[MND_SECTION_AUTOMATON])
			return reject(v, MND_REJECT_PATTERN, p);
	}
	return 0;
}

static u32 pattern_automaton(const struct mnd_table *const table,
			     const __le32 pattern)
{
	return le32_to_cpu(table->patterns[le32_to_cpu(pattern)].automaton);
}

/* Ascending members, all of one automaton; only set 0 is empty. */
static int verify_set(const struct verifier *const v, const u32 i)
{
	const struct mnd_table *const table = v->table;
	const struct mnd_span *const set = &table->sets[i];
	const __le32 *const member = table->members + mnd_span_first(set);
	u32 j;

	if (!i != !mnd_span_count(set))
		return reject(v, MND_REJECT_SET, set);
	for (j = 0; j < mnd_span_count(set); j++) {
		if (le32_to_cpu(member[j]) >=
			    table->count[MND_SECTION_PATTERN] ||
		    (j &&
		     le32_to_cpu(member[j - 1]) >= le32_to_cpu(member[j])) ||
		    pattern_automaton(table, member[j]) !=
			    pattern_automaton(table, member[0]))
			return reject(v, MND_REJECT_SET, &member[j]);
	}
	return 0;
}

static int verify_sets(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 next = 0;
	u32 i;
	int err;

	/* Set 0 is what a state that accepts nothing points to. */
	if (!table->count[MND_SECTION_SET])
		return reject(v, MND_REJECT_SET, table->sets);
	for (i = 0; i < table->count[MND_SECTION_SET]; i++) {
		err = verify_span(v, &table->sets[i], MND_SECTION_MEMBER,
				  &next);
		if (err)
			return err;
		err = verify_set(v, i);
		if (err)
			return err;
	}
	if (next != table->count[MND_SECTION_MEMBER])
		return reject(v, MND_REJECT_SET, table->members + next);
	return 0;
}

/* Sizes, start state and the bounds of each transition. */
static int verify_cells(const struct verifier *const v, const u32 i)
{
	const struct mnd_table *const table = v->table;
	const struct mnd_automaton *const a = &table->automata[i];
	const u32 classes = le16_to_cpu(a->classes);
	const u32 cells = mnd_span_count(&a->cells);
	const __le16 *const cell = table->cells + mnd_span_first(&a->cells);
	u32 j;

	if (!classes || classes > 256 || !cells || cells > MND_CELL_MAX ||
	    cells % classes || le16_to_cpu(a->space) >= __MND_SPACE_MAX)
		return reject(v, MND_REJECT_AUTOMATON, a);
	if (mnd_span_count(&a->accept) != cells / classes)
		return reject(v, MND_REJECT_AUTOMATON, &a->accept);
	if (le32_to_cpu(a->start) >= cells || le32_to_cpu(a->start) % classes)
		return reject(v, MND_REJECT_AUTOMATON, &a->start);
	for (j = 0; j < 256; j++)
		if (table->classes[i * 256 + j] >= classes)
			return reject(v, MND_REJECT_CLASS,
				      &table->classes[i * 256 + j]);
	for (j = 0; j < cells; j++)
		if (le16_to_cpu(cell[j]) >= cells ||
		    le16_to_cpu(cell[j]) % classes ||
		    (j < classes && le16_to_cpu(cell[j])))
			return reject(v, MND_REJECT_CELL, &cell[j]);
	return 0;
}

/* A state accepts nothing, or patterns of its own automaton. */
static int verify_accept(const struct verifier *const v, const u32 i)
{
	const struct mnd_table *const table = v->table;
	const struct mnd_automaton *const a = &table->automata[i];
	const __le16 *const accept = table->accept + mnd_span_first(&a->accept);
	u32 j;

	for (j = 0; j < mnd_span_count(&a->accept); j++) {
		const u32 set = le16_to_cpu(accept[j]);
		u32 first;

		if (!set)
			continue;
		if (!j || set >= table->count[MND_SECTION_SET])
			return reject(v, MND_REJECT_ACCEPT, &accept[j]);
		first = mnd_span_first(&table->sets[set]);
		if (pattern_automaton(table, table->members[first]) != i)
			return reject(v, MND_REJECT_ACCEPT, &accept[j]);
	}
	return 0;
}

static int verify_automata(const struct verifier *const v)
{
	const struct mnd_table *const table = v->table;
	u32 cell = 0, accept = 0;
	u32 i;
	int err;

	if (table->count[MND_SECTION_CLASS] !=
	    table->count[MND_SECTION_AUTOMATON])
		return reject(v, MND_REJECT_AUTOMATON, table->automata);
	for (i = 0; i < table->count[MND_SECTION_AUTOMATON]; i++) {
		const struct mnd_automaton *const a = &table->automata[i];

		err = verify_span(v, &a->cells, MND_SECTION_CELL, &cell);
		if (err)
			return err;
		err = verify_span(v, &a->accept, MND_SECTION_ACCEPT, &accept);
		if (err)
			return err;
		err = verify_cells(v, i);
		if (err)
			return err;
		err = verify_accept(v, i);
		if (err)
			return err;
	}
	if (cell != table->count[MND_SECTION_CELL] ||
	    accept != table->count[MND_SECTION_ACCEPT])
		return reject(v, MND_REJECT_AUTOMATON, table->automata);
	return 0;
}

static int verify_positions(const struct verifier *const v)
{
	const u32 *const count = v->table->count;
	const u32 rules = count[MND_SECTION_PROCESS] + count[MND_SECTION_MOUNT];

	if (count[MND_SECTION_POSITION] && count[MND_SECTION_POSITION] != rules)
		return reject(v, MND_REJECT_POSITION, v->table->positions);
	return 0;
}

/* What a later step relies on comes before it. */
static int (*const steps[])(const struct verifier *v) = {
	verify_layout,	 verify_strings,  verify_policy,
	verify_patterns, verify_sets,	  verify_automata,
	verify_rules,	 verify_subjects, verify_positions,
};

/**
 * mnd_table_verify - Verify a table and make it ready to be walked
 *
 * @table: Written; valid only after success.
 * @data: The whole table, aligned to 8 bytes; must stay as it is for as long
 *	as @table is used.
 * @length: Of @data, in bytes.
 * @fault: Written on failure.
 *
 * Takes time linear in @length, and neither allocates nor sleeps.
 *
 * Return: 0, or a negative errno of mnd_reject_errno() that says which of
 * enum mnd_reject it was.
 */
int mnd_table_verify(struct mnd_table *const table, const u8 *const data,
		     const u32 length, struct mnd_fault *const fault)
{
	const struct verifier v = { .table = table, .fault = fault };
	const struct mnd_header *const header = (const void *)data;
	size_t i;
	int err;

	err = mnd_header_verify(data, length, fault);
	if (err)
		return err;

	memset(table, 0, sizeof(*table));
	table->data = data;
	table->length = length;
	if (le32_to_cpu(header->length) != length)
		return reject(&v, MND_REJECT_LENGTH, &header->length);
	if (le32_to_cpu(header->checksum) != mnd_checksum(data, length))
		return reject(&v, MND_REJECT_CHECKSUM, &header->checksum);
	if (le32_to_cpu(header->sections) != __MND_SECTION_MAX)
		return reject(&v, MND_REJECT_SECTIONS, &header->sections);

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		err = steps[i](&v);
		if (err)
			return err;
		/* The first step, the layout, says where the sections are. */
		if (!i)
			find_sections(table);
	}
	return 0;
}
