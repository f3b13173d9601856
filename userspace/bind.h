/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Binding of a mount namespace to a container.
 */

#ifndef _MANDATE_BIND_H
#define _MANDATE_BIND_H

#include <jansson.h>
#include <sys/types.h>

int mnd_bind(const char *what, int fd, const char *container);
int mnd_open_pid(pid_t pid);
pid_t mnd_parse_pid(const char *text);
int mnd_print_bound(const char *key, json_t *what, const char *container);

#endif /* _MANDATE_BIND_H */
