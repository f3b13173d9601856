/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the reader of initdata share.
 */

#ifndef _MANDATE_IMPORT_INITDATA_H
#define _MANDATE_IMPORT_INITDATA_H

#include "../toml/toml.h"
#include "hcsshim.h"

/* initdata_decode.c */
int mnd_initdata_decode(struct mnd_arena *arena,
			const struct mnd_string_ref *source,
			struct mnd_string_ref *document,
			struct mnd_error *error);

/* initdata_text.c */
int mnd_initdata_text(struct mnd_arena *arena,
		      const struct mnd_string_ref *document,
		      const struct mnd_toml_value *value,
		      struct mnd_string_ref *text, bool *in_place);

#endif /* _MANDATE_IMPORT_INITDATA_H */
