/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the host's runner and the guest's init say to each other, as frames on
 * one byte stream.  One stream, so that the exit status cannot overtake the
 * output before it.  Both ends are of one architecture and one build.
 */
#ifndef SCRIPTS_VM_WIRE_H
#define SCRIPTS_VM_WIRE_H

#include <linux/types.h>
#include <stddef.h>

#define WIRE_MAX 65536

enum wire_type {
	/* From the guest */
	WIRE_READY = 1, /* init runs and waits for the command */
	WIRE_OUTPUT, /* bytes of stdout */
	WIRE_ERRORS, /* bytes of stderr */
	WIRE_FAILED, /* why the command could not be started */
	WIRE_EXIT, /* __u32, as of wait(2); nothing of the command follows */

	/* From the host */
	WIRE_START, /* struct wire_start */
	WIRE_INPUT, /* bytes of stdin; none is its end */
	WIRE_SIZE, /* struct wire_size */
	WIRE_BYE, /* everything has been taken, the guest may end */
};

struct wire_size {
	__u16 rows;
	__u16 columns;
};

#define WIRE_TERMINAL 1 /* the command gets a terminal */
#define WIRE_ONE_STREAM 2 /* stderr is where stdout is */

/* @strings: the value of TERM, then the command's words, each with its NUL */
struct wire_start {
	__u32 flags;
	struct wire_size size;
	char strings[];
};

struct wire_head {
	__u32 type;
	__u32 length;
};

struct wire_frame {
	enum wire_type type;
	size_t length;
	const char *data;
};

/* One end's reader */
struct wire {
	int fd;
	size_t have;
	char buffer[sizeof(struct wire_head) + WIRE_MAX];
};

int wire_fill(struct wire *wire);
int wire_next(struct wire *wire, struct wire_frame *frame);
void wire_drop(struct wire *wire, const struct wire_frame *frame);
size_t wire_pack(char *to, enum wire_type type, const void *data,
		 size_t length);
int wire_send(int fd, enum wire_type type, const void *data, size_t length);

#endif /* SCRIPTS_VM_WIRE_H */
