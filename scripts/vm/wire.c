// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Frames on a byte stream, for both of its ends.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "wire.h"

/**
 * wire_fill - read once what there is to be read
 * @wire: the reader, with room, which is so when wire_next() found no frame
 *
 * Return: The number of bytes, 0 at the end of the stream, or
 * %-errno - as of read(2); %-EAGAIN if there is nothing now.
 */
int wire_fill(struct wire *wire)
{
	ssize_t got;

	got = read(wire->fd, wire->buffer + wire->have,
		   sizeof(wire->buffer) - wire->have);
	if (got < 0)
		return errno == EINTR ? -EAGAIN : -errno;
	wire->have += got;
	return got;
}

/**
 * wire_next - the next whole frame
 * @wire: the reader, which keeps the frame's data
 * @frame: the frame, valid until wire_drop()
 *
 * Return: 1 if there is one, 0 if not yet, or
 * %-EPROTO - the stream holds something that is not a frame.
 */
int wire_next(struct wire *wire, struct wire_frame *frame)
{
	struct wire_head head;

	if (wire->have < sizeof(head))
		return 0;
	memcpy(&head, wire->buffer, sizeof(head));
	if (head.length > WIRE_MAX)
		return -EPROTO;
	if (wire->have < sizeof(head) + head.length)
		return 0;

	frame->type = head.type;
	frame->length = head.length;
	frame->data = wire->buffer + sizeof(head);
	return 1;
}

/**
 * wire_drop - make room for the next frame
 * @wire: the reader
 * @frame: what wire_next() gave
 */
void wire_drop(struct wire *wire, const struct wire_frame *frame)
{
	size_t used = sizeof(struct wire_head) + frame->length;

	wire->have -= used;
	memmove(wire->buffer, wire->buffer + used, wire->have);
}

/**
 * wire_pack - write a frame to memory
 * @to: room for the frame's head and @length bytes
 * @type: what it is
 * @data: its data, not NULL unless @length is 0
 * @length: at most WIRE_MAX bytes
 *
 * Return: The number of bytes written.
 */
size_t wire_pack(char *to, enum wire_type type, const void *data, size_t length)
{
	struct wire_head head = { .type = type, .length = length };

	memcpy(to, &head, sizeof(head));
	if (length)
		memcpy(to + sizeof(head), data, length);
	return sizeof(head) + length;
}

/**
 * wire_send - send a frame, waiting until the stream has taken it
 * @fd: the stream
 * @type: what it is
 * @data: its data, not NULL unless @length is 0
 * @length: at most WIRE_MAX bytes
 *
 * Return: 0, or %-errno - as of write(2).
 */
int wire_send(int fd, enum wire_type type, const void *data, size_t length)
{
	static char buffer[sizeof(struct wire_head) + WIRE_MAX];
	struct pollfd room = { .fd = fd, .events = POLLOUT };
	size_t size, done = 0;
	ssize_t put;

	size = wire_pack(buffer, type, data, length);
	while (done < size) {
		put = write(fd, buffer + done, size - done);
		if (put >= 0)
			done += put;
		else if (errno == EAGAIN)
			poll(&room, 1, -1);
		else if (errno != EINTR)
			return -errno;
	}
	return 0;
}
