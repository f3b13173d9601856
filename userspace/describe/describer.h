/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of showing a table share.
 */

#ifndef _MANDATE_DESCRIBER_H
#define _MANDATE_DESCRIBER_H

#include <stdio.h>

#include "describe.h"

/*
 * As source: loops end when the stream takes no more.
 */

/* context.c */
void mnd_print_context(FILE *stream, const struct mnd_table *table,
		       const struct mnd_context_view *context,
		       const struct mnd_context_view *inherited);
void mnd_print_variables(FILE *stream, const struct mnd_table *table, u32 list);
void mnd_print_digests(FILE *stream, const struct mnd_table *table,
		       const char *key, u32 list);

/* request.c */
void mnd_print_requests(FILE *stream, const struct mnd_table *table);
void mnd_print_volumes(FILE *stream, const struct mnd_table *table, u32 list,
		       const char *header);
void mnd_print_admitted(FILE *stream, const struct mnd_table *table);

/*
 * As JSON: what memory is short for is missing.
 */

/* size.c */
int mnd_describe_size(const struct mnd_table *table, u64 *size);

/* context_json.c */
json_t *mnd_list_json(struct mnd_described *described, u32 list,
		      json_t *(*make)(struct mnd_described *described,
				      u32 word));
json_t *mnd_digests_json(struct mnd_described *described, u32 list);
json_t *mnd_variables_json(struct mnd_described *described, u32 list);
void mnd_add_context(json_t *object, struct mnd_described *described,
		     const struct mnd_process *process);

/* request_json.c */
json_t *mnd_requests_json(const struct mnd_table *table);
json_t *mnd_volumes_json(struct mnd_described *described, u32 list);
void mnd_add_admitted(json_t *object, struct mnd_described *described);

#endif /* _MANDATE_DESCRIBER_H */
