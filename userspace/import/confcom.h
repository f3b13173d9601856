/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parts of the reader of `az confcom`'s input share.
 */

#ifndef _MANDATE_IMPORT_CONFCOM_H
#define _MANDATE_IMPORT_CONFCOM_H

#include "hcsshim_toml.h"
#include "object_form.h"

/**
 * struct mnd_confcom - What `az confcom acipolicygen` does, under way
 *
 * @tool: The policy, and the images.
 * @virtual_node: The containers are for virtual nodes.
 * @workload_identity: They also get a workload identity there.
 */
struct mnd_confcom {
	struct mnd_tool tool;
	bool virtual_node;
	bool workload_identity;
};

/**
 * struct mnd_confcom_container - A container of the input
 *
 * @place: Where it was written.
 * @name: Name, perhaps without a text.
 * @image: Its image.
 * @command: Its arguments, or an empty list for those of its image.
 * @working_dir: Working directory, perhaps without a text.
 * @environment: Array of variables, or NULL.
 * @mounts: Array of mounts, or NULL.
 * @exec_processes: Array of exec processes, or NULL.
 * @liveness: Probe, or NULL.
 * @readiness: Probe, or NULL.
 * @security: Its securityContext, or NULL.
 * @old_shape: It is in the older of the two shapes.
 * @config_map: It has a ConfigMap.
 * @privileged: It may be privileged.
 * @allow_stdio_access: It may have its standard streams.
 * @signals: That it may be sent, beside those that every container may.
 */
struct mnd_confcom_container {
	struct mnd_place place;
	struct mnd_text name;
	struct mnd_text image;
	struct mnd_texts command;
	struct mnd_text working_dir;
	const struct mnd_value *environment;
	const struct mnd_value *mounts;
	const struct mnd_value *exec_processes;
	const struct mnd_value *liveness;
	const struct mnd_value *readiness;
	const struct mnd_value *security;
	bool old_shape;
	bool config_map;
	bool privileged;
	bool allow_stdio_access;
	u64 signals;
};

/* confcom_container.c */
int mnd_confcom_container(struct mnd_confcom *confcom,
			  const struct mnd_value *value);
int mnd_confcom_pause(struct mnd_confcom *confcom);

/* confcom_mount.c */
int mnd_confcom_mounts(struct mnd_confcom *confcom,
		       const struct mnd_confcom_container *container,
		       struct mnd_hcsshim_container *made);

/* confcom_process.c */
int mnd_confcom_processes(struct mnd_confcom *confcom,
			  const struct mnd_confcom_container *container,
			  struct mnd_hcsshim_container *made);

/* confcom_security.c */
int mnd_confcom_security(struct mnd_confcom *confcom,
			 struct mnd_confcom_container *container,
			 const struct mnd_image *image,
			 struct mnd_hcsshim_container *made);

/* confcom_variable.c */
int mnd_confcom_variables(struct mnd_confcom *confcom,
			  const struct mnd_confcom_container *container,
			  const struct mnd_image *image,
			  struct mnd_hcsshim_container *made);

#endif /* _MANDATE_IMPORT_CONFCOM_H */
