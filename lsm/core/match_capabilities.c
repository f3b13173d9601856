// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Matching of capabilities.
 */

#include "context.h"

/*
 * What container runtimes give by default: the fourteen capabilities that
 * Docker chose, CAP_CHOWN to CAP_SETFCAP, and all of Linux 5.9 and later to a
 * container that is privileged.  hcsshim's guest agent demands the same.
 */
#define DEFAULT_CAPABILITIES 0xa80425fbULL
#define ALL_CAPABILITIES 0x1ffffffffffULL

/**
 * mnd_default_capabilities - What runtimes give by default
 *
 * @privileged: To a container that is privileged.
 * @sets: Written; bit n of each set is capability n.
 */
void mnd_default_capabilities(const bool privileged,
			      u64 sets[__MND_CAPABILITY_SET_MAX])
{
	const u64 all = privileged ? ALL_CAPABILITIES : DEFAULT_CAPABILITIES;

	sets[MND_BOUNDING] = all;
	sets[MND_EFFECTIVE] = all;
	sets[MND_INHERITABLE] = privileged ? all : 0;
	sets[MND_PERMITTED] = all;
	sets[MND_AMBIENT] = 0;
}

static bool are_default(const struct mnd_process_facts *const facts,
			const bool privileged)
{
	u64 sets[__MND_CAPABILITY_SET_MAX];

	mnd_default_capabilities(privileged, sets);
	return !memcmp(sets, facts->capabilities, sizeof(sets));
}

static bool are_equal(const struct mnd_capabilities *const capabilities,
		      const struct mnd_process_facts *const facts)
{
	u32 i;

	for (i = 0; i < __MND_CAPABILITY_SET_MAX; i++)
		if (le64_to_cpu(capabilities->sets[i]) !=
		    facts->capabilities[i])
			return false;
	return true;
}

/**
 * mnd_match_capabilities - Match the capabilities of a process
 *
 * @capabilities: What they have to be.
 * @may_be_privileged: The process may be of a privileged container.
 * @facts: Facts, of which the capabilities are looked at.
 *
 * Return: Whether they are.
 */
bool mnd_match_capabilities(const struct mnd_capabilities *const capabilities,
			    const bool may_be_privileged,
			    const struct mnd_process_facts *const facts)
{
	switch ((enum mnd_capability_rule)le16_to_cpu(capabilities->rule)) {
	case MND_CAPABILITIES_ANY:
		return true;
	case MND_CAPABILITIES_DEFAULT:
		return are_default(facts, false) ||
		       (may_be_privileged && are_default(facts, true));
	case MND_CAPABILITIES_EQUAL:
		return are_equal(capabilities, facts);
	case MND_CAPABILITIES_NONE:
	case __MND_CAPABILITY_RULE_MAX:
		break;
	}
	return false;
}
