// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How high the syntax tree is that Go would make of a part of a pattern.
 */

#include "shape.h"

static u32 larger(u32 left, u32 right)
{
	return left > right ? left : right;
}

/**
 * mnd_shape_atom - Shape of a part that merges with nothing
 *
 * @height: Bound of the height of its tree.
 *
 * Return: The shape.
 */
struct mnd_shape mnd_shape_atom(u32 height)
{
	const struct mnd_shape shape = {
		.kind = MND_SHAPE_ATOM,
		.height = height,
		.inner = height,
		.items = 1,
		.branches = 1,
	};

	return shape;
}

/* Height of what becomes a member of a sequence or choice. */
static u32 member_height(const struct mnd_shape *shape,
			 enum mnd_shape_kind kind)
{
	return shape->kind == kind ? shape->inner : shape->height;
}

static u32 sequence_items(const struct mnd_shape *shape)
{
	return shape->kind == MND_SHAPE_SEQUENCE ? shape->items : 1;
}

/**
 * mnd_shape_join - Shape of two parts that follow each other
 *
 * @left: First part.
 * @right: Second part.
 *
 * Return: The shape.
 */
struct mnd_shape mnd_shape_join(const struct mnd_shape *left,
				const struct mnd_shape *right)
{
	struct mnd_shape shape = { .kind = MND_SHAPE_SEQUENCE };

	shape.inner = larger(member_height(left, MND_SHAPE_SEQUENCE),
			     member_height(right, MND_SHAPE_SEQUENCE));
	shape.height = shape.inner + 1;
	shape.items = sequence_items(left) + sequence_items(right);
	shape.branches = 1;
	return shape;
}

static u32 choice_branches(const struct mnd_shape *shape)
{
	return shape->kind == MND_SHAPE_CHOICE ? shape->branches : 1;
}

/**
 * mnd_shape_either - Shape of two alternatives
 *
 * @left: First alternative.
 * @right: Second alternative.
 *
 * Return: The shape.
 */
struct mnd_shape mnd_shape_either(const struct mnd_shape *left,
				  const struct mnd_shape *right)
{
	struct mnd_shape shape = { .kind = MND_SHAPE_CHOICE };
	u32 steps;

	shape.inner = larger(member_height(left, MND_SHAPE_CHOICE),
			     member_height(right, MND_SHAPE_CHOICE));
	shape.items = larger(left->items, right->items);
	shape.branches = choice_branches(left) + choice_branches(right);
	steps = shape.branches - 1;
	if (steps > shape.items)
		steps = shape.items;
	shape.height = shape.inner + 1 + 2 * steps;
	return shape;
}
