// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Answers questions about patterns, one a line, for regex_oracle.go.  Texts are
 * in hexadecimal digits after a dot, which keeps empty ones visible.
 *
 *   subjects N        the N lines that follow are the subjects from now on
 *   match PATTERN     "ok STATES CLASSES BITMAP", a bit for each subject, or
 *                     "refused ERRNO COLUMN REASON"
 *   union PATTERN...  "ok AUTOMATA CELLS" and a line with a bitmap for each
 *                     pattern, or "refused ERRNO PATTERN REASON"
 *   anchor PATTERN    the pattern that hcsshim makes of it
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "../../userspace/regex/dfa.h"

#define MAX_PATTERNS 4096

struct text {
	char *data;
	size_t length;
};

struct subjects {
	struct text *text;
	size_t count;
};

static void die(const char *reason)
{
	fprintf(stderr, "regex_dump: %s\n", reason);
	exit(2);
}

static void *allocate(size_t size)
{
	void *memory = calloc(1, size + 1);

	if (!memory)
		die("out of memory");
	return memory;
}

static struct text decode(const char *word)
{
	struct text text;
	unsigned int byte;
	size_t i;

	if (*word++ != '.')
		die("a text does not start with a dot");
	text.length = strlen(word) / 2;
	text.data = allocate(text.length);
	for (i = 0; i < text.length; i++) {
		if (sscanf(word + 2 * i, "%2x", &byte) != 1)
			die("a text is not hexadecimal");
		text.data[i] = byte;
	}
	return text;
}

static bool read_line(char **line, size_t *size)
{
	ssize_t length = getline(line, size, stdin);

	if (length < 0)
		return false;
	if (length && (*line)[length - 1] == '\n')
		(*line)[length - 1] = '\0';
	return true;
}

static void free_subjects(struct subjects *subjects)
{
	size_t i;

	for (i = 0; i < subjects->count; i++)
		free(subjects->text[i].data);
	free(subjects->text);
	subjects->text = NULL;
	subjects->count = 0;
}

static void read_subjects(struct subjects *subjects, const char *count)
{
	char *line = NULL;
	size_t size = 0, i;

	free_subjects(subjects);
	subjects->count = strtoul(count, NULL, 10);
	subjects->text = allocate(subjects->count * sizeof(*subjects->text));
	for (i = 0; i < subjects->count; i++) {
		if (!read_line(&line, &size))
			die("subjects are missing");
		subjects->text[i] = decode(line);
	}
	free(line);
}

/* Prints for which subjects an automaton accepts a pattern. */
static void print_bitmap(const struct mnd_dfa *dfa, u32 pattern,
			 const struct subjects *subjects)
{
	const struct text *text = subjects->text;
	unsigned int byte = 0;
	size_t i;
	u32 set;

	for (i = 0; i < subjects->count; i++, text++) {
		set = mnd_dfa_match(dfa, text->data, text->length);
		if (mnd_dfa_accepts(dfa, set, pattern))
			byte |= 1u << i % 8;
		if (i % 8 == 7 || i + 1 == subjects->count) {
			printf("%02x", byte);
			byte = 0;
		}
	}
	putchar('\n');
}

static struct mnd_regex *parse(const char *word)
{
	struct text text = decode(word);
	struct mnd_regex *regex = NULL;
	struct mnd_error error;
	int err;

	err = mnd_regex_parse(text.data, text.length, &regex, &error);
	free(text.data);
	if (err == -ENOMEM)
		die("out of memory");
	if (err)
		printf("refused %d %u %s\n", -err, error.column, error.text);
	return regex;
}

static void match(char *word, const struct subjects *subjects)
{
	const struct mnd_regex *regex;
	struct mnd_regex *parsed = parse(word);
	struct mnd_dfa_error error;
	struct mnd_dfa_list list;
	int err;

	if (!parsed)
		return;
	regex = parsed;
	err = mnd_dfa_build(&regex, 1, &list, &error);
	if (err) {
		printf("refused %d 0 %s\n", -err, error.error.text);
	} else {
		printf("ok %u %u ", list.dfa->state_count,
		       list.dfa->class_count);
		print_bitmap(list.dfa, 0, subjects);
	}
	mnd_dfa_list_free(&list);
	mnd_regex_free(parsed);
}

static void print_list(const struct mnd_dfa_list *list, size_t count,
		       const struct subjects *subjects)
{
	u32 cells = 0;
	size_t i;

	for (i = 0; i < list->count; i++)
		cells += mnd_dfa_cells(&list->dfa[i]);
	printf("ok %zu %u\n", list->count, cells);
	for (i = 0; i < count; i++)
		print_bitmap(&list->dfa[list->automaton[i]], i, subjects);
}

static void unite(char *words, const struct subjects *subjects)
{
	static struct mnd_regex *regex[MAX_PATTERNS];
	struct mnd_dfa_error error;
	struct mnd_dfa_list list = { 0 };
	size_t count = 0, i;
	char *word;
	int err = 0;

	for (word = strtok(words, " "); word; word = strtok(NULL, " ")) {
		if (count == MAX_PATTERNS)
			die("too many patterns");
		regex[count] = parse(word);
		if (!regex[count]) {
			err = -EINVAL;
			break;
		}
		count++;
	}
	if (!err) {
		err = mnd_dfa_build((const struct mnd_regex *const *)regex,
				    count, &list, &error);
		if (err)
			printf("refused %d %zu %s\n", -err, error.pattern,
			       error.error.text);
		else
			print_list(&list, count, subjects);
	}
	mnd_dfa_list_free(&list);
	for (i = 0; i < count; i++)
		mnd_regex_free(regex[i]);
}

static void anchor(const char *word)
{
	struct text text = decode(word);
	char *anchored;
	size_t length, i;

	if (mnd_regex_anchor(text.data, text.length, &anchored, &length))
		die("out of memory");
	putchar('.');
	for (i = 0; i < length; i++)
		printf("%02x", (u8)anchored[i]);
	putchar('\n');
	free(anchored);
	free(text.data);
}

static void answer(char *line, struct subjects *subjects)
{
	char *rest = strchr(line, ' ');

	if (!rest)
		die("a question without an argument");
	*rest++ = '\0';
	if (!strcmp(line, "subjects"))
		read_subjects(subjects, rest);
	else if (!strcmp(line, "match"))
		match(rest, subjects);
	else if (!strcmp(line, "union"))
		unite(rest, subjects);
	else if (!strcmp(line, "anchor"))
		anchor(rest);
	else
		die("an unknown question");
	fflush(stdout);
}

int main(void)
{
	struct subjects subjects = { 0 };
	char *line = NULL;
	size_t size = 0;

	while (read_line(&line, &size))
		answer(line, &subjects);
	free(line);
	free_subjects(&subjects);
	return 0;
}
