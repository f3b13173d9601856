/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How high the syntax tree is that Go would make of a part of a pattern.
 *
 * Go refuses a tree of more than 1000 levels.  This compiler makes no tree, but
 * must refuse what Go refuses, so it keeps an upper bound of the height.  Go
 * merges a sequence in a sequence and a choice in a choice; of a choice it
 * moves common beginnings of the branches to the front, and each such step can
 * add two levels.
 */

#ifndef _MANDATE_REGEX_SHAPE_H
#define _MANDATE_REGEX_SHAPE_H

#include "../../lsm/core/deps.h"

enum mnd_shape_kind {
	MND_SHAPE_ATOM,
	MND_SHAPE_SEQUENCE,
	MND_SHAPE_CHOICE,
};

/**
 * struct mnd_shape - The shape of a part
 *
 * @kind: What the top of its tree is.
 * @height: Bound of its height.
 * @inner: Bound of the height of what a sequence or choice consists of.
 * @items: How many things follow each other in the sequence, or in the longest
 *         branch of the choice.
 * @branches: Branches of the choice.
 */
struct mnd_shape {
	enum mnd_shape_kind kind;
	u32 height;
	u32 inner;
	u32 items;
	u32 branches;
};

struct mnd_shape mnd_shape_atom(u32 height);
struct mnd_shape mnd_shape_join(const struct mnd_shape *left,
				const struct mnd_shape *right);
struct mnd_shape mnd_shape_either(const struct mnd_shape *left,
				  const struct mnd_shape *right);

#endif /* _MANDATE_REGEX_SHAPE_H */
