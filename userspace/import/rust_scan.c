// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Takes a regular expression of Rust's regex crate apart.
 *
 * Both engines take most expressions alike.  What only one of them takes, what
 * means something else to the other, and what would match more here is refused:
 * classes in classes and operations on them, \D, \W, \S and the like, which are
 * about ASCII here, \b, which is too, Unicode properties, whose version may be
 * another, and escapes that only one of them knows.
 */

#include <string.h>

#include "rust_scan.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int peek(const struct mnd_rust_scan *scan)
{
	if (scan->at == scan->length)
		return -1;
	return (unsigned char)scan->text[scan->at];
}

static enum mnd_rust_item refuse(struct mnd_rust_scan *scan, const char *why)
{
	scan->why = why;
	return MND_RUST_REFUSED;
}

/* Skips what is behind \x: two digits, or any number of them in braces. */
static void skip_code(struct mnd_rust_scan *scan)
{
	const char *end;
	size_t size = 2;

	if (peek(scan) == '{') {
		end = memchr(scan->text + scan->at, '}',
			     scan->length - scan->at);
		size = end ? (size_t)(end - scan->text) - scan->at + 1 : 1;
	}
	if (size > scan->length - scan->at)
		size = scan->length - scan->at;
	scan->at += size;
}

#define ESCAPE \
	"has an escape that means something else, or nothing, to either engine"
#define NEGATED "has a class of Unicode in one that is negated"

/*
 * Takes what is behind a backslash.  A class that is negated would let more
 * through with the smaller classes that there are here.
 */
static enum mnd_rust_item take_escape(struct mnd_rust_scan *scan, bool negated)
{
	const int c = peek(scan);

	/* No text has a NUL, which strchr() would find. */
	if (c <= 0)
		return refuse(scan, "ends with a backslash");
	scan->at++;
	scan->several = strchr("dsw", c);
	if (c == 'x') {
		skip_code(scan);
		return MND_RUST_OTHER;
	}
	if (scan->several)
		return negated ? refuse(scan, NEGATED) : MND_RUST_OTHER;
	if (c == 'A' || c == 'z')
		return c == 'A' ? MND_RUST_BEGIN : MND_RUST_FINISH;
	if (strchr("afnrtv", c))
		return MND_RUST_OTHER;
	if (is_letter((char)c) || is_digit((char)c) || c == '<' || c == '>' ||
	    c >= 0x80 || c < ' ')
		return refuse(scan, ESCAPE);
	scan->literal = (char)c;
	return MND_RUST_LITERAL;
}

static bool starts(const struct mnd_rust_scan *scan, const char *what)
{
	const size_t length = strlen(what);

	return scan->length - scan->at >= length &&
	       !memcmp(scan->text + scan->at, what, length);
}

#define OPERATION "has an operation on classes"

/* Skips [:NAME:], and refuses any other class in a class. */
static enum mnd_rust_item take_inner_class(struct mnd_rust_scan *scan)
{
	size_t at = scan->at + 2;

	if (!starts(scan, "[:"))
		return refuse(scan, "has a class in a class");
	if (at < scan->length && scan->text[at] == '^')
		at++;
	while (at < scan->length && is_letter(scan->text[at]))
		at++;
	scan->at = at;
	if (!starts(scan, ":]"))
		return refuse(scan, "has a class in a class");
	scan->at += 2;
	return MND_RUST_OTHER;
}

/* One character of a class, or a class that has a name. */
static enum mnd_rust_item take_element(struct mnd_rust_scan *scan, bool negated)
{
	scan->several = peek(scan) == '[';
	if (starts(scan, "&&") || starts(scan, "--") || starts(scan, "~~"))
		return refuse(scan, OPERATION);
	if (scan->several)
		return take_inner_class(scan);
	if (peek(scan) != '\\') {
		scan->at++;
		return MND_RUST_LITERAL;
	}
	scan->at++;
	return take_escape(scan, negated);
}

/* A hyphen that makes no range stands at the beginning or at the end. */
static enum mnd_rust_item take_range(struct mnd_rust_scan *scan, bool negated)
{
	if (peek(scan) != '-' || starts(scan, "-]"))
		return MND_RUST_OTHER;
	if (starts(scan, "--"))
		return refuse(scan, OPERATION);
	if (scan->several)
		return refuse(scan, "has a range that begins with a class");
	scan->at++;
	if (take_element(scan, negated) == MND_RUST_REFUSED)
		return MND_RUST_REFUSED;
	if (scan->several)
		return refuse(scan, "has a range that ends with a class");
	if (peek(scan) == '-' && !starts(scan, "-]"))
		return refuse(scan, "has a hyphen behind a range");
	return MND_RUST_OTHER;
}

/* Skips a class, whose bracket was taken. */
static enum mnd_rust_item take_class(struct mnd_rust_scan *scan)
{
	const bool negated = peek(scan) == '^';
	bool first = true;

	scan->at += negated;
	while (peek(scan) >= 0 && (first || peek(scan) != ']')) {
		if (take_element(scan, negated) == MND_RUST_REFUSED ||
		    take_range(scan, negated) == MND_RUST_REFUSED)
			return MND_RUST_REFUSED;
		first = false;
	}
	if (peek(scan) < 0)
		return refuse(scan, "has a class without an end");
	scan->at++;
	return MND_RUST_OTHER;
}

/* Takes what is behind "(": nothing, a name, or flags. */
static enum mnd_rust_item take_group(struct mnd_rust_scan *scan)
{
	size_t at = scan->at + 1;

	scan->depth++;
	if (peek(scan) != '?')
		return MND_RUST_OPEN;
	if (starts(scan, "?P<")) {
		scan->at += strlen("?P<");
		while (peek(scan) >= 0 && peek(scan) != '>')
			scan->at++;
		scan->at += peek(scan) == '>';
		return MND_RUST_OPEN;
	}
	while (at < scan->length && strchr("imsU-", scan->text[at]) &&
	       scan->text[at])
		at++;
	if (at == scan->length ||
	    (scan->text[at] != ':' && scan->text[at] != ')'))
		return refuse(scan, "has a group of a kind that is not known");
	scan->at = at + 1;
	if (scan->text[at] == ')')
		scan->depth--;
	/* A colon alone sets no flags. */
	if (scan->text[at] == ')' || scan->text[at - 1] != '?')
		return MND_RUST_FLAGS;
	return MND_RUST_OPEN;
}

/* A brace that begins no count is a character to one engine only. */
static enum mnd_rust_item take_count(struct mnd_rust_scan *scan)
{
	const size_t first = scan->at;

	while (peek(scan) >= 0 && is_digit((char)peek(scan)))
		scan->at++;
	if (scan->at == first)
		return refuse(scan, "has a brace that begins no count");
	if (peek(scan) == ',')
		scan->at++;
	while (peek(scan) >= 0 && is_digit((char)peek(scan)))
		scan->at++;
	if (peek(scan) != '}')
		return refuse(scan, "has a brace that begins no count");
	scan->at++;
	return MND_RUST_REPEAT;
}

/* Takes a repetition, and that it prefers to be short. */
static enum mnd_rust_item take_repeat(struct mnd_rust_scan *scan,
				      enum mnd_rust_item item)
{
	if (item == MND_RUST_REPEAT && peek(scan) == '?')
		scan->at++;
	return item;
}

static enum mnd_rust_item take_close(struct mnd_rust_scan *scan)
{
	if (!scan->depth)
		return refuse(scan, "has a ) without a (");
	scan->depth--;
	return MND_RUST_CLOSE;
}

/**
 * mnd_rust_next - Take the next part of an expression
 *
 * @scan: Expression.
 *
 * Return: What it is.  That the parts make an expression is for others to say.
 */
enum mnd_rust_item mnd_rust_next(struct mnd_rust_scan *scan)
{
	const int c = peek(scan);

	if (c < 0)
		return MND_RUST_END;
	scan->at++;
	switch (c) {
	case '^':
		return MND_RUST_BEGIN;
	case '$':
		return MND_RUST_FINISH;
	case '|':
		return MND_RUST_BAR;
	case '.':
		return MND_RUST_OTHER;
	case '(':
		return take_group(scan);
	case ')':
		return take_close(scan);
	case '[':
		return take_class(scan);
	case '\\':
		return take_escape(scan, false);
	case '{':
		return take_repeat(scan, take_count(scan));
	case '*':
	case '+':
	case '?':
		return take_repeat(scan, MND_RUST_REPEAT);
	}
	scan->literal = (char)c;
	return MND_RUST_LITERAL;
}
