/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Strings of a table made fit for output: always valid UTF-8.
 */

#ifndef _MANDATE_QUOTE_H
#define _MANDATE_QUOTE_H

#include <jansson.h>
#include <stdio.h>

void mnd_quote_toml(FILE *stream, const char *text);
json_t *mnd_quote_json(const char *text);

#endif /* _MANDATE_QUOTE_H */
