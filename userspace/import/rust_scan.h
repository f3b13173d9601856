/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes a regular expression of Rust's regex crate apart, and finds what does
 * not mean the same to ours.
 */

#ifndef _MANDATE_IMPORT_RUST_SCAN_H
#define _MANDATE_IMPORT_RUST_SCAN_H

#include "../../lsm/core/deps.h"

/**
 * enum mnd_rust_item - What a part of an expression is
 *
 * @MND_RUST_END: There is no further part.
 * @MND_RUST_LITERAL: A character that stands for itself.
 * @MND_RUST_BEGIN: "^", or what means the beginning of the string too.
 * @MND_RUST_FINISH: "$", or what means its end too.
 * @MND_RUST_BAR: "|".
 * @MND_RUST_OPEN: The start of a group.
 * @MND_RUST_CLOSE: The end of one.
 * @MND_RUST_FLAGS: Flags for what follows.
 * @MND_RUST_REPEAT: How often the part before it is there.
 * @MND_RUST_OTHER: What matches one of several characters, or a position.
 * @MND_RUST_REFUSED: What cannot be imported.
 */
enum mnd_rust_item {
	MND_RUST_END,
	MND_RUST_LITERAL,
	MND_RUST_BEGIN,
	MND_RUST_FINISH,
	MND_RUST_BAR,
	MND_RUST_OPEN,
	MND_RUST_CLOSE,
	MND_RUST_FLAGS,
	MND_RUST_REPEAT,
	MND_RUST_OTHER,
	MND_RUST_REFUSED,
};

/**
 * struct mnd_rust_scan - An expression that is taken apart
 *
 * @text: Expression.
 * @length: Of @text, in bytes.
 * @at: Behind the last part.
 * @depth: Groups that @at is in.
 * @literal: Of a literal, the byte that it is.
 * @several: An escape stands for several characters.
 * @why: Of what is refused, the reason.
 */
struct mnd_rust_scan {
	const char *text;
	size_t length;
	size_t at;
	size_t depth;
	char literal;
	bool several;
	const char *why;
};

enum mnd_rust_item mnd_rust_next(struct mnd_rust_scan *scan);

#endif /* _MANDATE_IMPORT_RUST_SCAN_H */
