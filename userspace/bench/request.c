// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests that the policies of `mandate bench` allow.
 */

#include <stdio.h>

#include "policy.h"

#define SANDBOX \
	"cfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcf"
#define PLACE "/run/gcs/c/" SANDBOX "/sandboxMounts"

#define OPTIONS(...)                                                  \
	{                                                             \
		(const char *[]){ __VA_ARGS__ },                      \
			ARRAY_SIZE(((const char *[]){ __VA_ARGS__ })) \
	}

/* Two of the policy, and six that every container may have. */
static const struct mnd_mount_fact mounts[MND_BENCH_MOUNTS] = {
	{ "proc", "/proc", "proc", OPTIONS("nosuid", "noexec", "nodev") },
	{ "tmpfs", "/dev", "tmpfs",
	  OPTIONS("nosuid", "strictatime", "mode=755", "size=65536k") },
	{ "devpts", "/dev/pts", "devpts",
	  OPTIONS("nosuid", "noexec", "newinstance", "ptmxmode=0666",
		  "mode=0620", "gid=5") },
	{ "mqueue", "/dev/mqueue", "mqueue",
	  OPTIONS("nosuid", "noexec", "nodev") },
	{ "sysfs", "/sys", "sysfs",
	  OPTIONS("nosuid", "noexec", "nodev", "ro") },
	{ "cgroup", "/sys/fs/cgroup", "cgroup",
	  OPTIONS("nosuid", "noexec", "nodev", "relatime", "ro") },
	{ PLACE "/data/volume", "/data", "bind",
	  OPTIONS("rbind", "rshared", "rw") },
	{ PLACE "/cache", "/cache", "bind", OPTIONS("rbind", "rshared", "ro") },
};

static void begin(enum mnd_point point, unsigned int id,
		  struct mnd_bench_request *request)
{
	memset(request, 0, sizeof(*request));
	snprintf(request->container, sizeof(request->container), "%064x", id);
	request->request.point = point;
	request->request.container = request->container;
	request->request.target = request->target;
	request->request.hash = request->hash;
}

static void device_path(const struct mnd_bench_variant *variant,
			unsigned int number, unsigned int layer, char *path,
			size_t size)
{
	snprintf(path, size, "/run/mounts/scsi/m%u",
		 mnd_bench_image(variant, number) * MND_BENCH_LAYERS + layer);
}

/**
 * mnd_bench_device - A request to mount a layer
 *
 * @variant: Policy.
 * @number: Number of the container.
 * @layer: Number of the layer.
 * @request: Written.
 */
void mnd_bench_device(const struct mnd_bench_variant *variant,
		      unsigned int number, unsigned int layer,
		      struct mnd_bench_request *request)
{
	begin(MND_POINT_MOUNT_DEVICE, 0, request);
	device_path(variant, number, layer, request->target,
		    sizeof(request->target));
	snprintf(request->hash, sizeof(request->hash), MND_BENCH_LAYER_FORMAT,
		 0xabcdefU, mnd_bench_image(variant, number), layer);
}

/**
 * mnd_bench_overlay - A request to mount the overlay of a container
 *
 * @variant: Policy.
 * @number: Number of the container.
 * @id: Number that becomes the ID of the container.
 * @request: Written.
 */
void mnd_bench_overlay(const struct mnd_bench_variant *variant,
		       unsigned int number, unsigned int id,
		       struct mnd_bench_request *request)
{
	unsigned int i;

	begin(MND_POINT_MOUNT_OVERLAY, id, request);
	snprintf(request->target, sizeof(request->target),
		 "/run/gcs/c/%s/rootfs", request->container);
	for (i = 0; i < MND_BENCH_LAYERS; i++) {
		device_path(variant, number, MND_BENCH_LAYERS - 1 - i,
			    request->text[i], sizeof(request->text[i]));
		request->layers[i] = request->text[i];
	}
	request->request.layers =
		(struct mnd_fact_list){ request->layers, MND_BENCH_LAYERS };
}

static void set_variables(unsigned int image, struct mnd_bench_request *request)
{
	const size_t size = sizeof(request->text[0]);
	unsigned int i;

	for (i = 0; i < MND_BENCH_VARIABLES; i++) {
		char *text = request->text[i];

		if (i < 2)
			snprintf(text, size, "SERVICE_NAME_%u=service-%u", i,
				 image);
		else if (i < MND_BENCH_VARIABLES / 2)
			snprintf(text, size, "SETTING_%u=value_%u", i, i);
		else if (i == MND_BENCH_VARIABLES / 2)
			snprintf(text, size, "SERVICE_%u_PORT=8080", image);
		else
			snprintf(text, size, "PATTERN_%u=some-value-%u", i, i);
		request->variables[i] = text;
	}
	request->request.variables =
		(struct mnd_fact_list){ request->variables,
					MND_BENCH_VARIABLES };
}

static void set_capabilities(struct mnd_bench_request *request)
{
	unsigned int set;

	memcpy(request->names, mnd_bench_capabilities, sizeof(request->names));
	for (set = 0; set < __MND_CAPABILITY_SET_MAX; set++)
		if (set != MND_INHERITABLE && set != MND_AMBIENT)
			request->capabilities[set] = (struct mnd_fact_list){
				request->names, MND_BENCH_CAPABILITIES
			};
	request->request.capabilities = request->capabilities;
}

static void set_process(unsigned int image, struct mnd_bench_request *request)
{
	set_variables(image, request);
	set_capabilities(request);
	request->group = (struct mnd_user_fact){ "1000", "service" };
	request->request.groups = &request->group;
	request->request.group_count = 1;
	request->request.user = request->group;
	request->request.umask = "0022";
	request->request.cwd = "/srv";
	request->request.no_new_privs = true;
	request->request.arguments.strings = request->arguments;
}

/**
 * mnd_bench_create - A request to make a container
 *
 * @variant: Policy.
 * @number: Number of the container.
 * @id: Number that is its ID.
 * @request: Written.
 */
void mnd_bench_create(const struct mnd_bench_variant *variant,
		      unsigned int number, unsigned int id,
		      struct mnd_bench_request *request)
{
	char *last = request->text[MND_BENCH_VARIABLES];

	begin(MND_POINT_CREATE_CONTAINER, id, request);
	set_process(mnd_bench_image(variant, number), request);
	snprintf(last, sizeof(request->text[0]), "--number=%u", number);
	request->arguments[0] = MND_BENCH_COMMAND;
	request->arguments[1] = "--serve";
	request->arguments[2] = last;
	request->request.arguments.count = 3;
	memcpy(request->mounts, mounts, sizeof(mounts));
	request->request.mounts = request->mounts;
	request->request.mount_count = MND_BENCH_MOUNTS;
	request->request.sandbox = SANDBOX;
}

/**
 * mnd_bench_exec - A request to execute something in a container
 *
 * @variant: Policy.
 * @number: Number of the container.
 * @id: Number that is its ID.
 * @request: Written.
 */
void mnd_bench_exec(const struct mnd_bench_variant *variant,
		    unsigned int number, unsigned int id,
		    struct mnd_bench_request *request)
{
	begin(MND_POINT_EXEC_IN_CONTAINER, id, request);
	set_process(mnd_bench_image(variant, number), request);
	request->arguments[0] = MND_BENCH_EXEC;
	request->arguments[1] = "--check";
	request->request.arguments.count = 2;
}

/**
 * mnd_bench_signal - A request to signal the first process of a container
 *
 * @id: Number that is its ID.
 * @request: Written.
 */
void mnd_bench_signal(unsigned int id, struct mnd_bench_request *request)
{
	begin(MND_POINT_SIGNAL_CONTAINER_PROCESS, id, request);
	request->request.is_init = true;
	request->request.signal = MND_BENCH_SIGNAL;
}

/**
 * mnd_bench_shutdown - A request to end a container
 *
 * @id: Number that is its ID.
 * @request: Written.
 */
void mnd_bench_shutdown(unsigned int id, struct mnd_bench_request *request)
{
	begin(MND_POINT_SHUTDOWN_CONTAINER, id, request);
}
