/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What answers each kind of request by the rules of the policy.
 */

#ifndef _MANDATE_MACHINE_POINT_H
#define _MANDATE_MACHINE_POINT_H

#include "private.h"

/*
 * All of these write @reply, and return 0 or -ENOMEM: then nothing is allowed,
 * and nothing is remembered.
 */
typedef int mnd_point_answer(struct mnd_machine *machine,
			     const struct mnd_request *request,
			     struct mnd_reply *reply);

/* mount.c */
mnd_point_answer mnd_answer_mount_device;
mnd_point_answer mnd_answer_unmount_device;
mnd_point_answer mnd_answer_rw_mount_device;
mnd_point_answer mnd_answer_rw_unmount_device;
mnd_point_answer mnd_answer_scratch_mount;
mnd_point_answer mnd_answer_scratch_unmount;

/* overlay.c */
mnd_point_answer mnd_answer_mount_overlay;
mnd_point_answer mnd_answer_unmount_overlay;

/* plan9.c */
mnd_point_answer mnd_answer_plan9_mount;
mnd_point_answer mnd_answer_plan9_unmount;

/* process.c */
mnd_point_answer mnd_answer_create_container;
mnd_point_answer mnd_answer_exec_in_container;
mnd_point_answer mnd_answer_exec_external;

/* signal.c */
mnd_point_answer mnd_answer_signal;
mnd_point_answer mnd_answer_shutdown;

/* fragment.c */
mnd_point_answer mnd_answer_load_fragment;

/* trust_list.c */
mnd_point_answer mnd_answer_load_trust_list;

/* allow.c */
mnd_point_answer mnd_answer_always;

#endif /* _MANDATE_MACHINE_POINT_H */
