/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the reader of hcsshim's Rego share.
 */

#ifndef _MANDATE_IMPORT_HCSSHIM_REGO_H
#define _MANDATE_IMPORT_HCSSHIM_REGO_H

#include "hcsshim_version.h"
#include "rego.h"
#include "value_form.h"

/**
 * struct mnd_rego_import - A module that becomes a policy
 *
 * @import: Import.
 * @module: Module.
 * @framework: Version of the framework that it is written for; greater than
 *	%MND_FRAMEWORK_VERSION if it has none, or a newer one: nothing that it
 *	says about containers counts then, but which layers there are.
 */
struct mnd_rego_import {
	struct mnd_import *import;
	const struct mnd_rego_module *module;
	u64 framework;
};

/**
 * struct mnd_api_version - The interface that a policy is written for
 *
 * @given: The policy says it.  If not, it answers nothing.
 * @version: Version.
 * @place: Where that was written.
 */
struct mnd_api_version {
	bool given;
	u64 version;
	struct mnd_place place;
};

/* hcsshim_rego.c */
int mnd_rego_data(const struct mnd_rego_import *reader, const char *name,
		  const struct mnd_value **value);
int mnd_rego_list(const struct mnd_rego_import *reader, const char *name,
		  const struct mnd_value **list);
int mnd_rego_flag(const struct mnd_rego_import *reader, const char *name,
		  bool *flag);

/* hcsshim_rego_version.c */
int mnd_rego_framework(struct mnd_rego_import *reader);
int mnd_rego_api(const struct mnd_rego_import *reader,
		 struct mnd_api_version *api);

/* hcsshim_rego_container.c */
int mnd_rego_containers(const struct mnd_rego_import *reader);
int mnd_rego_externals(const struct mnd_rego_import *reader);

/* hcsshim_rego_user.c */
int mnd_rego_identity(struct mnd_import *import, const struct mnd_value *value,
		      const struct mnd_place *place,
		      struct mnd_identity_rule *identity);
int mnd_rego_capabilities(struct mnd_import *import,
			  const struct mnd_value *value,
			  struct mnd_capability_lists *lists);

/* hcsshim_rego_rules.c */
int mnd_rego_lacks(struct mnd_import *import, const struct mnd_value *value,
		   const char *what, const char *key);
int mnd_rego_take(struct mnd_import *import, const struct mnd_value *value,
		  const struct mnd_value_picks *all, size_t needed,
		  const char *what, bool *complete);
int mnd_rego_variables(struct mnd_import *import, const struct mnd_value *list,
		       struct mnd_variable_rules *rules);
int mnd_rego_volumes(struct mnd_import *import, const struct mnd_value *list,
		     struct mnd_volume_rules *rules);

/* hcsshim_rego_fragment.c */
int mnd_rego_fragments(const struct mnd_rego_import *reader);
int mnd_rego_trust_lists(const struct mnd_rego_import *reader);
int mnd_rego_platforms(const struct mnd_rego_import *reader);

/* hcsshim_points.c */
bool mnd_rego_is_point(const char *name);
int mnd_rego_answers(const struct mnd_rego_import *reader,
		     const struct mnd_api_version *api);
void mnd_rego_answer_fragment(const struct mnd_rego_import *reader);

#endif /* _MANDATE_IMPORT_HCSSHIM_REGO_H */
