/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes JSON to the byte as Go's encoding/json does.
 */

#ifndef _MANDATE_IMPORT_GO_JSON_H
#define _MANDATE_IMPORT_GO_JSON_H

#include <stdio.h>

#include "texts.h"

void mnd_go_json_text(FILE *out, const struct mnd_text *text);
void mnd_go_json_texts(FILE *out, const struct mnd_texts *texts);

#endif /* _MANDATE_IMPORT_GO_JSON_H */
