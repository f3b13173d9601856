/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the reader of securitypolicytool's TOML share.
 */

#ifndef _MANDATE_IMPORT_HCSSHIM_TOML_H
#define _MANDATE_IMPORT_HCSSHIM_TOML_H

#include "image.h"
#include "toml_form.h"

/**
 * struct mnd_tool - What securitypolicytool does, under way
 *
 * @import: The policy.
 * @images: Images.
 * @borrowed: Strings that containers have from their images, all together.
 * @profile_path: The seccomp profile that was read last, or no text.
 * @profile: Its digest.
 */
struct mnd_tool {
	struct mnd_import *import;
	struct mnd_images images;
	size_t borrowed;
	struct mnd_text profile_path;
	const char *profile;
};

/* hcsshim_toml.c */
int mnd_tool_check_pattern(struct mnd_tool *tool, const struct mnd_text *text);

/* hcsshim_toml_container.c */
int mnd_tool_container(struct mnd_tool *tool,
		       const struct mnd_toml_value *value);
int mnd_tool_pause(struct mnd_tool *tool);

/* hcsshim_toml_identity.c */
int mnd_tool_identity(struct mnd_tool *tool, const struct mnd_toml_value *user,
		      const struct mnd_image *image,
		      const struct mnd_place *place,
		      struct mnd_identity_rule *identity);

/* hcsshim_toml_variable.c */
int mnd_tool_variables(struct mnd_tool *tool,
		       const struct mnd_toml_value *tables,
		       const struct mnd_image *image,
		       const struct mnd_place *place,
		       struct mnd_hcsshim_container *container);

/* hcsshim_toml_mount.c */
int mnd_tool_volumes(struct mnd_tool *tool, const struct mnd_toml_value *tables,
		     struct mnd_hcsshim_container *container);

#endif /* _MANDATE_IMPORT_HCSSHIM_TOML_H */
