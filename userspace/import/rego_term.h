/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What can stand for a value in the data of Rego, as it is held until it is
 * resolved: as a null with more in it than others have.
 */

#ifndef _MANDATE_IMPORT_REGO_TERM_H
#define _MANDATE_IMPORT_REGO_TERM_H

#include "rego.h"

/* A reference to the rule @value->text of package framework. */
static inline bool mnd_rego_is_reference(const struct mnd_value *value)
{
	return value->type == MND_VALUE_NULL && value->text && value->boolean;
}

/*
 * A call parameter("@value->text"), and names of members behind it, which
 * @value->items are.
 */
static inline bool mnd_rego_is_parameter(const struct mnd_value *value)
{
	return value->type == MND_VALUE_NULL && value->text && !value->boolean;
}

#endif /* _MANDATE_IMPORT_REGO_TERM_H */
