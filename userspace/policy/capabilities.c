// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads what capabilities a process has to have.
 */

#include "../capability_name.h"
#include "reader.h"
#include "word.h"

/* One set of five, and where it goes. */
struct set {
	struct mnd_capability_lists *lists;
	enum mnd_capability_set number;
};

static int read_number(struct mnd_toml_reader *reader,
		       const struct mnd_toml_value *value, int *number)
{
	const char *name;
	int err;

	if (value->type == MND_TOML_INTEGER) {
		*number = value->integer < 0 ||
					  value->integer >= MND_CAPABILITY_MAX ?
				  -EINVAL :
				  (int)value->integer;
		return 0;
	}
	err = mnd_toml_read_string(reader, value, &name);
	if (err)
		return err;
	*number = mnd_capability_parse(name);
	return 0;
}

#define CAPABILITY_FORMS \
	"must be a capability: a name as \"CAP_KILL\" or 0 to 63"

static int read_set(struct mnd_toml_reader *reader,
		    const struct mnd_toml_value *value, const struct set *set)
{
	const struct mnd_toml_array *array = value->array;
	struct mnd_capability_lists *lists = set->lists;
	int number = -EINVAL;
	size_t i;
	int err;

	err = mnd_toml_want(reader, value, MND_TOML_ARRAY);
	if (err)
		return err;
	if (array->count > 0xffff)
		return mnd_toml_refuse(reader, value,
				       "has more than 65,535 elements");
	for (i = 0; i < array->count; i++) {
		err = read_number(reader, &array->items[i], &number);
		if (err)
			return err;
		if (number < 0)
			return mnd_toml_refuse(reader, &array->items[i],
					       CAPABILITY_FORMS);
		lists->sets[set->number] |= 1ULL << number;
	}
	lists->lengths[set->number] = (u16)array->count;
	return 0;
}

static int read_bounding(struct mnd_toml_reader *reader,
			 const struct mnd_toml_value *value, void *lists)
{
	return read_set(reader, value, &(struct set){ lists, MND_BOUNDING });
}

static int read_effective(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *lists)
{
	return read_set(reader, value, &(struct set){ lists, MND_EFFECTIVE });
}

static int read_inheritable(struct mnd_toml_reader *reader,
			    const struct mnd_toml_value *value, void *lists)
{
	return read_set(reader, value, &(struct set){ lists, MND_INHERITABLE });
}

static int read_permitted(struct mnd_toml_reader *reader,
			  const struct mnd_toml_value *value, void *lists)
{
	return read_set(reader, value, &(struct set){ lists, MND_PERMITTED });
}

static int read_ambient(struct mnd_toml_reader *reader,
			const struct mnd_toml_value *value, void *lists)
{
	return read_set(reader, value, &(struct set){ lists, MND_AMBIENT });
}

static int read_word(struct mnd_toml_reader *reader,
		     const struct mnd_toml_value *value,
		     struct mnd_capability_lists *lists)
{
	static const char *const words[] = { "any", "default", "none" };
	static const enum mnd_capability_rule rules[] = {
		MND_CAPABILITIES_ANY,
		MND_CAPABILITIES_DEFAULT,
		MND_CAPABILITIES_NONE,
	};
	size_t choice = 0;
	int err;

	err = mnd_toml_read_choice(reader, value, words, ARRAY_SIZE(words),
				   &choice);
	lists->rule = rules[choice];
	return err;
}

/**
 * mnd_policy_read_capabilities - Read what capabilities have to be
 *
 * @reader: Reader.
 * @value: Value.
 * @lists: A struct mnd_capability_lists.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int mnd_policy_read_capabilities(struct mnd_toml_reader *reader,
				 const struct mnd_toml_value *value,
				 void *lists)
{
	static const struct mnd_toml_key keys[] = {
		{ "ambient", read_ambient },
		{ "bounding", read_bounding },
		{ "effective", read_effective },
		{ "inheritable", read_inheritable },
		{ "permitted", read_permitted },
	};
	static const struct mnd_toml_form form = { "capabilities", keys,
						   ARRAY_SIZE(keys) };
	struct mnd_capability_lists *rule = lists;

	memset(rule, 0, sizeof(*rule));
	if (value->type != MND_TOML_TABLE)
		return read_word(reader, value, rule);
	rule->rule = MND_CAPABILITIES_EQUAL;
	return mnd_toml_read_table(reader, value, &form, rule);
}
