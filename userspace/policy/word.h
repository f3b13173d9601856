/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words that a policy is written and shown in.
 */

#ifndef _MANDATE_POLICY_WORD_H
#define _MANDATE_POLICY_WORD_H

#include "../../lsm/core/table.h"

#define MND_OPTION_COUNT 5
#define MND_REQUEST_FLAG_COUNT 5
#define MND_INCLUDE_COUNT 6

/**
 * struct mnd_flag_word - What a flag is called
 *
 * @name: Word.
 * @flag: Flag.
 */
struct mnd_flag_word {
	const char *name;
	u32 flag;
};

/* MND_MOUNT_* that a mount must have; as in mount(8). */
extern const struct mnd_flag_word mnd_option_words[MND_OPTION_COUNT];
/* MND_POLICY_*. */
extern const struct mnd_flag_word mnd_request_flags[MND_REQUEST_FLAG_COUNT];
/* MND_INCLUDE_*. */
extern const struct mnd_flag_word mnd_include_words[MND_INCLUDE_COUNT];
/* enum mnd_point. */
extern const char *const mnd_point_words[__MND_POINT_MAX];
/* enum mnd_answer. */
extern const char *const mnd_answer_words[__MND_ANSWER_MAX];
/* enum mnd_class of the UVM, and of a container. */
extern const char *const mnd_uvm_words[__MND_CLASS_MAX];
extern const char *const mnd_container_words[__MND_CLASS_MAX];
/* enum mnd_capability_set. */
extern const char *const mnd_set_words[__MND_CAPABILITY_SET_MAX];

u32 mnd_flag_find(const struct mnd_flag_word *words, size_t count,
		  const char *name);
const char *mnd_class_word(const struct mnd_subject *subject);
enum mnd_answer mnd_default_answer(enum mnd_point point);

#endif /* _MANDATE_POLICY_WORD_H */
