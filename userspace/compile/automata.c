// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Puts the patterns of a policy, and the automata that know them, into a table.
 */

#include "compiler.h"

static int emit_sets(struct mnd_builder *builder, const struct mnd_dfa *dfa,
		     u32 first_pattern)
{
	size_t i, j;

	for (i = 1; i < dfa->set_count; i++) {
		u32 count = dfa->set_first[i + 1] - dfa->set_first[i];
		u32 first = mnd_builder_count(builder, MND_SECTION_MEMBER);
		struct mnd_span *set =
			mnd_builder_append(builder, MND_SECTION_SET, 1);
		__le32 *members =
			mnd_builder_append(builder, MND_SECTION_MEMBER, count);

		if (!set || !members)
			return mnd_builder_out_of_memory(builder);
		set->first = cpu_to_le32(first);
		set->count = cpu_to_le32(count);
		for (j = 0; j < count; j++)
			members[j] =
				cpu_to_le32(first_pattern +
					    dfa->member[dfa->set_first[i] + j]);
	}
	return 0;
}

static int emit_states(struct mnd_builder *builder, const struct mnd_dfa *dfa,
		       u32 first_set)
{
	u32 cells = dfa->state_count * dfa->class_count;
	__le16 *cell = mnd_builder_append(builder, MND_SECTION_CELL, cells);
	__le16 *accept = mnd_builder_append(builder, MND_SECTION_ACCEPT,
					    dfa->state_count);
	void *classes = mnd_builder_append(builder, MND_SECTION_CLASS, 1);
	u32 i;

	if (!cell || !accept || !classes)
		return mnd_builder_out_of_memory(builder);
	memcpy(classes, dfa->class_of, 256);
	for (i = 0; i < cells; i++)
		cell[i] = cpu_to_le16(dfa->next[i]);
	for (i = 0; i < dfa->state_count; i++) {
		u32 set = dfa->accept[i] ? first_set + dfa->accept[i] - 1 : 0;

		if (set > 0xffff) {
			mnd_fail(builder->error, 0, 0,
				 "patterns: more than 65,535 accept sets");
			return -E2BIG;
		}
		accept[i] = cpu_to_le16((u16)set);
	}
	return 0;
}

static int emit_automaton(struct mnd_builder *builder, enum mnd_space space,
			  const struct mnd_dfa *dfa)
{
	u32 cell = mnd_builder_count(builder, MND_SECTION_CELL);
	u32 accept = mnd_builder_count(builder, MND_SECTION_ACCEPT);
	u32 set = mnd_builder_count(builder, MND_SECTION_SET);
	struct mnd_automaton *automaton =
		mnd_builder_append(builder, MND_SECTION_AUTOMATON, 1);
	int err;

	if (!automaton)
		return mnd_builder_out_of_memory(builder);
	automaton->classes = cpu_to_le16((u16)dfa->class_count);
	automaton->space = cpu_to_le16((u16)space);
	automaton->start = cpu_to_le32(dfa->start);
	automaton->cells.first = cpu_to_le32(cell);
	automaton->cells.count =
		cpu_to_le32(dfa->state_count * dfa->class_count);
	automaton->accept.first = cpu_to_le32(accept);
	automaton->accept.count = cpu_to_le32(dfa->state_count);
	err = emit_sets(builder, dfa,
			mnd_pattern_table_first(&builder->patterns, space));
	return err ? err : emit_states(builder, dfa, set);
}

static int emit_space(struct mnd_builder *builder, enum mnd_space space)
{
	const struct mnd_string_table *texts = &builder->patterns.texts[space];
	const struct mnd_dfa_list *automata =
		&builder->patterns.automata[space];
	u32 first = mnd_builder_count(builder, MND_SECTION_AUTOMATON);
	struct mnd_pattern *patterns =
		mnd_builder_append(builder, MND_SECTION_PATTERN, texts->count);
	size_t i;
	int err = 0;

	if (!patterns)
		return mnd_builder_out_of_memory(builder);
	for (i = 0; i < texts->count; i++) {
		patterns[i].text =
			mnd_builder_string(builder, texts->strings[i].text);
		patterns[i].automaton =
			cpu_to_le32(first + automata->automaton[i]);
	}
	for (i = 0; !err && i < automata->count; i++)
		err = emit_automaton(builder, space, &automata->dfa[i]);
	return err;
}

/**
 * mnd_compile_automata - Put patterns and automata into a table
 *
 * @builder: Table.
 *
 * Return: 0, or:
 *
 * - -E2BIG: There are more accept sets than a table can have.
 * - -ENOMEM: Out of memory.
 */
int mnd_compile_automata(struct mnd_builder *builder)
{
	enum mnd_space space;
	int err = 0;

	/* Set 0, the empty one. */
	if (!mnd_builder_append(builder, MND_SECTION_SET, 1))
		return mnd_builder_out_of_memory(builder);
	for (space = 0; !err && space < __MND_SPACE_MAX; space++)
		err = emit_space(builder, space);
	return err;
}
