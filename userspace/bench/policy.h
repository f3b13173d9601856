/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The policies of `mandate bench`, in hcsshim's Rego, and requests that they
 * allow.
 */

#ifndef _MANDATE_BENCH_POLICY_H
#define _MANDATE_BENCH_POLICY_H

#include "../machine/machine.h"

/* Sizes of one container and of one request. */
#define MND_BENCH_LAYERS 3
#define MND_BENCH_VARIABLES 20
#define MND_BENCH_MOUNTS 8
#define MND_BENCH_CAPABILITIES 14

/**
 * struct mnd_bench_variant - A policy
 *
 * @name: What it is called.
 * @containers: Number of its containers.
 * @is_one_image: They have the same layers, and differ in their arguments;
 *	else in all of layers, arguments and three of twenty variables.
 */
struct mnd_bench_variant {
	const char *name;
	unsigned int containers;
	bool is_one_image;
};

/**
 * struct mnd_bench_request - A request, and the strings in it
 *
 * @request: Request.
 * @container: ID of the container.
 * @target: Target of a mount.
 * @hash: Hash of a device.
 * @text: Strings of arguments, variables and paths.
 * @arguments: Arguments.
 * @variables: Variables.
 * @layers: Paths of layers.
 * @capabilities: Five lists.
 * @names: Names of capabilities.
 * @mounts: Mounts.
 * @group: Group.
 */
struct mnd_bench_request {
	struct mnd_request request;
	char container[80];
	char target[112];
	char hash[80];
	char text[64][64];
	const char *arguments[3];
	const char *variables[MND_BENCH_VARIABLES];
	const char *layers[MND_BENCH_LAYERS];
	struct mnd_fact_list capabilities[__MND_CAPABILITY_SET_MAX];
	const char *names[MND_BENCH_CAPABILITIES];
	struct mnd_mount_fact mounts[MND_BENCH_MOUNTS];
	struct mnd_user_fact group;
};

char *mnd_bench_policy(const struct mnd_bench_variant *variant, size_t *length);

/* request.c */
void mnd_bench_device(const struct mnd_bench_variant *variant,
		      unsigned int number, unsigned int layer,
		      struct mnd_bench_request *request);
void mnd_bench_overlay(const struct mnd_bench_variant *variant,
		       unsigned int number, unsigned int id,
		       struct mnd_bench_request *request);
void mnd_bench_create(const struct mnd_bench_variant *variant,
		      unsigned int number, unsigned int id,
		      struct mnd_bench_request *request);
void mnd_bench_exec(const struct mnd_bench_variant *variant,
		    unsigned int number, unsigned int id,
		    struct mnd_bench_request *request);
void mnd_bench_signal(unsigned int id, struct mnd_bench_request *request);
void mnd_bench_shutdown(unsigned int id, struct mnd_bench_request *request);

/* What policies and requests have in common. */
#define MND_BENCH_LAYER_FORMAT "%056x%04x%04x"
#define MND_BENCH_COMMAND "/usr/local/bin/service"
#define MND_BENCH_EXEC "/usr/local/bin/health"
#define MND_BENCH_SIGNAL 15

extern const char *const mnd_bench_capabilities[MND_BENCH_CAPABILITIES];

static inline unsigned int
mnd_bench_image(const struct mnd_bench_variant *variant, unsigned int number)
{
	return variant->is_one_image ? 0 : number;
}

#endif /* _MANDATE_BENCH_POLICY_H */
