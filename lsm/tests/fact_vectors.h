/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Execs to the policy of vector_table.h that differ in what a process is like
 * apart from its arguments, and the answers they must get.  Each begins as the
 * container "full" wants it, and changes one thing.
 */

#ifndef _MANDATE_TESTS_FACT_VECTORS_H
#define _MANDATE_TESTS_FACT_VECTORS_H

#include "../core/context.h"

struct fact_vector {
	const char *container; /* NULL: the UVM */
	u32 role;
	const char *command; /* the only argument, and the path */
	u32 unknown; /* MND_FACT_*: what is not told */
	void (*change)(struct mnd_process_facts *facts); /* NULL: nothing */
	enum mnd_dimension dimension;
	u32 index; /* of the string, for MND_DIMENSION_ENVIRONMENT */
};

#define EVERYTHING                                                  \
	(MND_FACT_ENVIRONMENT | MND_FACT_CWD | MND_FACT_USER |      \
	 MND_FACT_GROUPS | MND_FACT_UMASK | MND_FACT_CAPABILITIES | \
	 MND_FACT_NO_NEW_PRIVS | MND_FACT_STDIO | MND_FACT_FILTERS)

/* At least mnd_scratch_words() of the policy. */
#define SCRATCH_WORDS 32

static u64 vector_scratch[SCRATCH_WORDS];

static const u8 vector_filters[][MND_HASH_SIZE] = {
	{ [0 ... MND_HASH_SIZE - 1] = 0x33 },
	{ [0 ... MND_HASH_SIZE - 1] = 0x44 },
	{ [0 ... MND_HASH_SIZE - 1] = 0x33 },
};

static const u32 vector_groups[] = { 1000, 10, 11, 0, 6, 5 };

static const u64 kill_bit = 1ULL << 5;
static const u64 chown_bit = 1ULL;

/* As "full" wants it; the names of the groups are not known. */
static inline void make_right(struct mnd_process_facts *const facts)
{
	static const char environment[] =
		"MODE=prod\0S_1=a=b\0OX=12\0HOST=abc\0LANG=C";

	memset(facts, 0, sizeof(*facts));
	facts->known = EVERYTHING;
	facts->environment.strings = environment;
	facts->environment.count = 5;
	facts->scratch = vector_scratch;
	facts->cwd = "/srv";
	facts->user = 1000;
	facts->groups = vector_groups;
	facts->group_count = 2;
	facts->umask = "0027";
	facts->capabilities[MND_BOUNDING] = kill_bit | chown_bit;
	facts->capabilities[MND_EFFECTIVE] = kill_bit;
	facts->capabilities[MND_PERMITTED] = kill_bit | chown_bit;
	facts->capabilities[MND_AMBIENT] = 1ULL << 63;
	facts->no_new_privs = true;
	facts->filters = vector_filters;
	facts->filter_count = 2;
}

/*
 * Changes
 */

static void drop_no_new_privs(struct mnd_process_facts *const facts)
{
	facts->no_new_privs = false;
}

static void add_stdio(struct mnd_process_facts *const facts)
{
	facts->stdio = true;
}

static void other_user(struct mnd_process_facts *const facts)
{
	facts->user = 1001;
}

static void any_user_name(struct mnd_process_facts *const facts)
{
	facts->user_name = "anybody";
}

static void user_seven(struct mnd_process_facts *const facts)
{
	mnd_default_capabilities(false, facts->capabilities);
	facts->user = 7;
	facts->group_count = 0;
}

static void user_eight(struct mnd_process_facts *const facts)
{
	user_seven(facts);
	facts->user = 8;
}

/* A name that is seen counts, and its number does not. */
static void app_of_eight(struct mnd_process_facts *const facts)
{
	user_eight(facts);
	facts->user_name = "app";
}

static void seven_of_no_name(struct mnd_process_facts *const facts)
{
	user_seven(facts);
	facts->user_name = "";
}

static void no_groups(struct mnd_process_facts *const facts)
{
	facts->group_count = 0;
}

static void one_group_more(struct mnd_process_facts *const facts)
{
	facts->group_count = 3;
}

/* The second is the group that its number stands for, the third by name. */
static void named_groups(struct mnd_process_facts *const facts)
{
	static const char *const names[] = { "", "wheel", "g7" };

	facts->group_names = names;
	facts->group_count = 3;
}

static void misnamed_groups(struct mnd_process_facts *const facts)
{
	static const char *const names[] = { "", "wheel", "g77" };

	facts->group_names = names;
	facts->group_count = 3;
}

static void staff(struct mnd_process_facts *const facts)
{
	static const char *const names[] = { "staff" };

	user_seven(facts);
	facts->group_names = names;
	facts->group_count = 1;
}

static void nameless_group(struct mnd_process_facts *const facts)
{
	user_seven(facts);
	facts->group_count = 1;
}

/* Root's by number, the other by the number that its name stands for. */
static void groups_by_number(struct mnd_process_facts *const facts)
{
	facts->groups = vector_groups + 3;
	facts->group_count = 2;
}

/* A number that stands for no name. */
static void group_of_no_name(struct mnd_process_facts *const facts)
{
	facts->groups = vector_groups + 5;
	facts->group_count = 1;
}

static void other_umask(struct mnd_process_facts *const facts)
{
	facts->umask = "0022";
}

static void one_capability_more(struct mnd_process_facts *const facts)
{
	facts->capabilities[MND_INHERITABLE] = chown_bit;
}

static void one_capability_less(struct mnd_process_facts *const facts)
{
	facts->capabilities[MND_AMBIENT] = 0;
}

static void no_capabilities(struct mnd_process_facts *const facts)
{
	memset(facts->capabilities, 0, sizeof(facts->capabilities));
}

static void default_capabilities(struct mnd_process_facts *const facts)
{
	mnd_default_capabilities(false, facts->capabilities);
}

static void all_capabilities(struct mnd_process_facts *const facts)
{
	mnd_default_capabilities(true, facts->capabilities);
}

static void seven_with_all(struct mnd_process_facts *const facts)
{
	user_seven(facts);
	all_capabilities(facts);
}

static void one_filter(struct mnd_process_facts *const facts)
{
	facts->filter_count = 1;
}

static void one_filter_more(struct mnd_process_facts *const facts)
{
	facts->filter_count = 3;
}

static void swapped_filters(struct mnd_process_facts *const facts)
{
	facts->filters = vector_filters + 1;
}

static void no_filters(struct mnd_process_facts *const facts)
{
	facts->filter_count = 0;
}

static void seven_without_filters(struct mnd_process_facts *const facts)
{
	user_seven(facts);
	facts->filter_count = 0;
}

static void other_cwd(struct mnd_process_facts *const facts)
{
	facts->cwd = "/srv/";
}

static void no_cwd(struct mnd_process_facts *const facts)
{
	facts->cwd = NULL;
}

static void root_cwd(struct mnd_process_facts *const facts)
{
	facts->cwd = "/";
}

/* Of a string, with its own NUL. */
#define SET_ENVIRONMENT(facts, text, number) \
	((facts)->environment = (struct mnd_environment){ text, number })

static void least_environment(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "S_1=\0MODE=prod", 2);
}

static void twice(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "MODE=prod\0MODE=prod\0S_1=\0S_2=", 4);
}

static void stray_string(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "MODE=prod\0S_1=a\0LANG=D", 3);
}

static void stray_pattern(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "OX=1a\0MODE=prod\0S_1=a", 3);
}

/* What the first of two patterns does not like, but the second does. */
static void second_pattern(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "PX=1\0MODE=prod\0S_1=a", 3);
}

static void stray_value(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "MODE=prod\0HOST=ABC\0S_1=a", 3);
}

static void stray_name(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "MODE=prod\0S_1=a\0S_=a", 3);
}

/* What has no "=" has no name and no value. */
static void no_value(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "MODE=prod\0S_1", 2);
}

static void empty_string(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "MODE=prod\0S_1=\0", 3);
}

static void value_of_none(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "MODE=prod\0S_1=\0NEVER=", 3);
}

static void missing_string(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "S_1=a\0LANG=C", 2);
}

static void missing_name(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "MODE=prod\0LANG=C", 2);
}

static void no_environment(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "", 0);
}

static void bash(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "PATH=/bin", 1);
	facts->cwd = "/";
}

static void bash_elsewhere(struct mnd_process_facts *const facts)
{
	SET_ENVIRONMENT(facts, "PATH=/bin", 1);
}

#undef SET_ENVIRONMENT

#define FULL "full", MND_ROLE_ENTRY, "/bin/full"
#define NAMES "names", MND_ROLE_ENTRY, "/bin/names"
#define GROUP "names", MND_ROLE_EXEC, "/bin/group"
#define RAISED "raised", MND_ROLE_ENTRY, "/bin/raised"
#define NEVER "never", MND_ROLE_EXEC

static const struct fact_vector fact_vectors[] = {
	{ FULL, 0, NULL, MND_DIMENSION_NONE, 0 },
	{ FULL, EVERYTHING, NULL, MND_DIMENSION_NO_NEW_PRIVS, 0 },
	/* One thing after the other: as it should not be, and not told. */
	{ FULL, 0, drop_no_new_privs, MND_DIMENSION_NO_NEW_PRIVS, 0 },
	{ FULL, MND_FACT_NO_NEW_PRIVS, NULL, MND_DIMENSION_NO_NEW_PRIVS, 0 },
	{ FULL, 0, add_stdio, MND_DIMENSION_STDIO, 0 },
	{ FULL, MND_FACT_STDIO, NULL, MND_DIMENSION_STDIO, 0 },
	{ FULL, 0, other_user, MND_DIMENSION_USER, 0 },
	{ FULL, 0, any_user_name, MND_DIMENSION_NONE, 0 },
	{ FULL, MND_FACT_USER, NULL, MND_DIMENSION_USER, 0 },
	{ FULL, 0, no_groups, MND_DIMENSION_NONE, 0 },
	{ FULL, 0, one_group_more, MND_DIMENSION_GROUPS, 0 },
	{ FULL, 0, named_groups, MND_DIMENSION_NONE, 0 },
	{ FULL, 0, misnamed_groups, MND_DIMENSION_GROUPS, 0 },
	{ FULL, MND_FACT_GROUPS, NULL, MND_DIMENSION_GROUPS, 0 },
	{ FULL, 0, other_umask, MND_DIMENSION_UMASK, 0 },
	{ FULL, MND_FACT_UMASK, NULL, MND_DIMENSION_UMASK, 0 },
	{ FULL, 0, one_capability_more, MND_DIMENSION_CAPABILITIES, 0 },
	{ FULL, 0, one_capability_less, MND_DIMENSION_CAPABILITIES, 0 },
	{ FULL, MND_FACT_CAPABILITIES, NULL, MND_DIMENSION_CAPABILITIES, 0 },
	{ FULL, 0, one_filter, MND_DIMENSION_SECCOMP, 0 },
	{ FULL, 0, one_filter_more, MND_DIMENSION_SECCOMP, 0 },
	{ FULL, 0, swapped_filters, MND_DIMENSION_SECCOMP, 0 },
	{ FULL, MND_FACT_FILTERS, NULL, MND_DIMENSION_SECCOMP, 0 },
	{ FULL, 0, other_cwd, MND_DIMENSION_CWD, 0 },
	{ FULL, 0, no_cwd, MND_DIMENSION_CWD, 0 },
	{ FULL, MND_FACT_CWD, NULL, MND_DIMENSION_CWD, 0 },
	{ FULL, MND_FACT_ENVIRONMENT, NULL, MND_DIMENSION_ENVIRONMENT,
	  MND_NONE },
	/* Environments; the index is that of the string. */
	{ FULL, 0, least_environment, MND_DIMENSION_NONE, 0 },
	{ FULL, 0, twice, MND_DIMENSION_NONE, 0 },
	{ FULL, 0, stray_string, MND_DIMENSION_ENVIRONMENT, 2 },
	{ FULL, 0, stray_pattern, MND_DIMENSION_ENVIRONMENT, 0 },
	{ FULL, 0, second_pattern, MND_DIMENSION_NONE, 0 },
	{ FULL, 0, stray_value, MND_DIMENSION_ENVIRONMENT, 1 },
	{ FULL, 0, stray_name, MND_DIMENSION_ENVIRONMENT, 2 },
	{ FULL, 0, no_value, MND_DIMENSION_ENVIRONMENT, 1 },
	{ FULL, 0, empty_string, MND_DIMENSION_ENVIRONMENT, 2 },
	{ FULL, 0, value_of_none, MND_DIMENSION_ENVIRONMENT, 2 },
	{ FULL, 0, missing_string, MND_DIMENSION_ENVIRONMENT, MND_NONE },
	{ FULL, 0, missing_name, MND_DIMENSION_ENVIRONMENT, MND_NONE },
	{ FULL, 0, no_environment, MND_DIMENSION_ENVIRONMENT, MND_NONE },
	/* A rule that compares nothing takes what nobody tells. */
	{ "full", MND_ROLE_EXEC, "/bin/any", EVERYTHING, NULL,
	  MND_DIMENSION_NONE, 0 },
	{ "full", MND_ROLE_EXEC, "/bin/any", 0, add_stdio, MND_DIMENSION_NONE,
	  0 },
	/* One that inherits all but its streams. */
	{ "full", MND_ROLE_EXEC, "/bin/loud", 0, add_stdio, MND_DIMENSION_NONE,
	  0 },
	{ "full", MND_ROLE_EXEC, "/bin/loud", MND_FACT_STDIO, NULL,
	  MND_DIMENSION_NONE, 0 },
	{ "full", MND_ROLE_EXEC, "/bin/loud", 0, other_user, MND_DIMENSION_USER,
	  0 },
	/* Names that stand for numbers, and names that do not. */
	{ NAMES, 0, user_seven, MND_DIMENSION_NONE, 0 },
	{ NAMES, 0, user_eight, MND_DIMENSION_USER, 0 },
	{ NAMES, 0, app_of_eight, MND_DIMENSION_NONE, 0 },
	{ NAMES, 0, seven_of_no_name, MND_DIMENSION_USER, 0 },
	{ NAMES, 0, staff, MND_DIMENSION_NONE, 0 },
	{ NAMES, 0, nameless_group, MND_DIMENSION_GROUPS, 0 },
	{ GROUP, 0, groups_by_number, MND_DIMENSION_NONE, 0 },
	{ GROUP, 0, group_of_no_name, MND_DIMENSION_GROUPS, 0 },
	/* Capabilities as runtimes give them. */
	{ NAMES, 0, seven_with_all, MND_DIMENSION_CAPABILITIES, 0 },
	{ NAMES, MND_FACT_CAPABILITIES, user_seven, MND_DIMENSION_CAPABILITIES,
	  0 },
	{ RAISED, 0, default_capabilities, MND_DIMENSION_NONE, 0 },
	{ RAISED, 0, all_capabilities, MND_DIMENSION_NONE, 0 },
	{ RAISED, 0, no_capabilities, MND_DIMENSION_CAPABILITIES, 0 },
	/* A filter, whichever. */
	{ NAMES, 0, seven_without_filters, MND_DIMENSION_SECCOMP, 0 },
	{ NAMES, MND_FACT_FILTERS, user_seven, MND_DIMENSION_SECCOMP, 0 },
	/* What nothing is right for, and its twins. */
	{ "never", MND_ROLE_ENTRY, "/bin/user", 0, NULL, MND_DIMENSION_USER,
	  0 },
	{ "never", MND_ROLE_ENTRY, "/bin/user", 0, any_user_name,
	  MND_DIMENSION_USER, 0 },
	{ NEVER, "/bin/groups", 0, NULL, MND_DIMENSION_GROUPS, 0 },
	{ NEVER, "/bin/groups", 0, no_groups, MND_DIMENSION_NONE, 0 },
	{ NEVER, "/bin/umask", 0, NULL, MND_DIMENSION_UMASK, 0 },
	{ NEVER, "/bin/capabilities", 0, NULL, MND_DIMENSION_CAPABILITIES, 0 },
	{ NEVER, "/bin/capabilities", 0, no_capabilities,
	  MND_DIMENSION_CAPABILITIES, 0 },
	{ NEVER, "/bin/seccomp", 0, NULL, MND_DIMENSION_SECCOMP, 0 },
	{ NEVER, "/bin/seccomp", 0, no_filters, MND_DIMENSION_NONE, 0 },
	{ NEVER, "/bin/cwd", 0, NULL, MND_DIMENSION_CWD, 0 },
	{ NEVER, "/bin/environment", 0, NULL, MND_DIMENSION_ENVIRONMENT, 0 },
	{ NEVER, "/bin/environment", 0, no_environment, MND_DIMENSION_NONE, 0 },
	/* Only an agent can tell the profile. */
	{ NEVER, "/bin/profile", EVERYTHING & ~MND_FACT_USER, NULL,
	  MND_DIMENSION_NONE, 0 },
	/* A process that an agent starts in the guest. */
	{ NULL, MND_ROLE_EXTERNAL, "bash", 0, bash, MND_DIMENSION_NONE, 0 },
	{ NULL, MND_ROLE_INSIDE, "bash", 0, bash, MND_DIMENSION_NONE, 0 },
	{ NULL, MND_ROLE_EXTERNAL, "bash", 0, bash_elsewhere, MND_DIMENSION_CWD,
	  0 },
	{ NULL, MND_ROLE_EXTERNAL, "bash", 0, root_cwd,
	  MND_DIMENSION_ENVIRONMENT, 0 },
	{ NULL, MND_ROLE_EXTERNAL, "bash", MND_FACT_STDIO, bash,
	  MND_DIMENSION_STDIO, 0 },
};

#undef FULL
#undef NAMES
#undef GROUP
#undef RAISED
#undef NEVER
#undef EVERYTHING

/* Makes the request of a vector. */
static inline void make_fact_request(const struct fact_vector *const v,
				     struct mnd_exec_request *const request)
{
	memset(request, 0, sizeof(*request));
	request->role = v->role;
	request->args = v->command;
	request->size = (u32)strlen(v->command) + 1;
	request->argc = 1;
	request->name = v->command[0] == '/' ? v->command : "/bin/bash";
	make_right(&request->facts);
	if (v->change)
		v->change(&request->facts);
	request->facts.known &= ~v->unknown;
}

#endif /* _MANDATE_TESTS_FACT_VECTORS_H */
