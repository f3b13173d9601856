// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Compares the regular-expression compiler with RE2: on every small pattern
 * over some alphabets of tokens and every small subject, as a search and as a
 * match of the whole subject; then on larger patterns at random.
 *
 *	regex_re2 [-full] [-seed N]
 *
 * Differences that are allowed, see enum difference:
 *   - limit: the compiler refuses, with E2BIG, what is over one of its limits;
 *   - invalid: it does not match where RE2 does, and RE2's match holds bytes
 *     that are no valid UTF-8, which RE2's dots and classes take in part;
 *   - inside: it does not match where RE2 does, the pattern has \B and the
 *     subject is not ASCII.  RE2 looks for \B inside of characters, and between
 *     the bytes of invalid ones; Go does not.  Where each character can be a
 *     byte, in Latin-1, that is what RE2 is asked, and this is not allowed.
 *
 * Whatever else differs fails.  "looser" says that the compiler matches and RE2
 * does not.
 */

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <re2/re2.h>

#include "../../lsm/core/deps.h"

extern "C" {
#include "../../userspace/regex/dfa.h"
}

namespace {

using texts = std::vector<std::string>;

/* Failures that are printed in full. */
constexpr unsigned long SHOWN = 20;

enum difference {
	LIMIT,
	INVALID,
	INSIDE,
	DIFFERENCES,
};

constexpr const char *difference_names[DIFFERENCES] = {
	"limit",
	"invalid",
	"inside",
};

/**
 * struct counters - What was found
 *
 * @patterns: Patterns.
 * @valid: Patterns that both accept.
 * @matches: Verdicts that say yes.
 * @passed: Verdicts that are right.
 * @failed: What is wrong.
 * @different: What is different and allowed.
 */
struct counters {
	unsigned long patterns;
	unsigned long valid;
	unsigned long matches;
	unsigned long passed;
	unsigned long failed;
	unsigned long different[DIFFERENCES];
};

counters found;

std::string quote(const std::string &text)
{
	std::string quoted = "\"";
	char escape[5];

	for (unsigned char byte : text) {
		if (byte >= ' ' && byte <= '~') {
			quoted += static_cast<char>(byte);
			continue;
		}
		snprintf(escape, sizeof(escape), "\\x%02x", byte);
		quoted += escape;
	}
	return quoted + "\"";
}

void fail(const char *what, const std::string &pattern,
	  const std::string &detail)
{
	if (found.failed++ < SHOWN)
		printf("FAIL %s: pattern %s %s\n", what, quote(pattern).c_str(),
		       detail.c_str());
}

bool contains(const std::string &text, const char *part)
{
	return text.find(part) != std::string::npos;
}

bool is_ascii(const std::string &text)
{
	for (unsigned char byte : text) {
		if (byte & 0x80)
			return false;
	}
	return true;
}

/* How many bytes the character at the front of some has, 0 if it is invalid. */
size_t first_length(const char *text, size_t length)
{
	auto byte = reinterpret_cast<const unsigned char *>(text);
	size_t need = byte[0] < 0x80 ? 1 :
		      byte[0] < 0xe0 ? 2 :
		      byte[0] < 0xf0 ? 3 :
				       4;
	unsigned int rune = need == 1 ? byte[0] : byte[0] & (0x7f >> need);
	static const unsigned int least[] = { 0, 0, 0x80, 0x800, 0x10000 };

	if ((byte[0] >= 0x80 && byte[0] < 0xc0) || byte[0] > 0xf7 ||
	    need > length)
		return 0;
	for (size_t i = 1; i < need; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 0;
		rune = rune << 6 | (byte[i] & 0x3f);
	}
	if (rune < least[need] || rune > 0x10ffff ||
	    (rune >= 0xd800 && rune < 0xe000))
		return 0;
	return need;
}

bool is_valid(const char *text, size_t length)
{
	for (size_t at = 0, step; at < length; at += step) {
		step = first_length(text + at, length - at);
		if (!step)
			return false;
	}
	return true;
}

/* What the compiler makes of a pattern. */
class compiled {
      public:
	compiled(const std::string &pattern, bool whole)
	{
		struct mnd_regex *regex = nullptr;
		struct mnd_dfa_error why = {};

		err = mnd_regex_parse(pattern.data(), pattern.size(), &regex,
				      &error);
		if (err)
			return;
		if (whole)
			mnd_regex_match_whole(regex);
		err = mnd_dfa_build(&regex, 1, &list, &why);
		mnd_regex_free(regex);
		if (err)
			error = why.error;
	}

	~compiled()
	{
		mnd_dfa_list_free(&list);
	}

	compiled(const compiled &) = delete;
	compiled &operator=(const compiled &) = delete;

	bool matches(const std::string &subject) const
	{
		const struct mnd_dfa *dfa = list.dfa;

		return mnd_dfa_accepts(
			dfa, mnd_dfa_match(dfa, subject.data(), subject.size()),
			0);
	}

	int err = 0;
	struct mnd_error error = {};

      private:
	struct mnd_dfa_list list = {};
};

/* Writes each character as one byte; false if that cannot be. */
bool to_latin1(const std::string &text, std::string &latin1)
{
	for (size_t at = 0; at < text.size(); at++) {
		unsigned char byte = text[at], next = text[at + 1];

		if (byte & 0x80) {
			if ((byte & 0xfe) != 0xc2 || (next & 0xc0) != 0x80)
				return false;
			byte = (byte & 3) << 6 | (next & 0x3f);
			at++;
		}
		latin1 += static_cast<char>(byte);
	}
	return true;
}

RE2::Options options_for(RE2::Options::Encoding encoding)
{
	RE2::Options options;

	options.set_log_errors(false);
	options.set_encoding(encoding);
	return options;
}

/*
 * What RE2 makes of a pattern.  Characters that are a byte each have no inside,
 * so with \B those are asked about where that can be.
 */
class oracle {
      public:
	explicit oracle(const std::string &pattern)
	    : re2(pattern, options_for(RE2::Options::EncodingUTF8))
	{
		std::string latin1;

		has_no_edge = contains(pattern, "\\B");
		if (has_no_edge && !contains(pattern, "\\x") &&
		    to_latin1(pattern, latin1))
			bytes = std::make_unique<RE2>(
				latin1,
				options_for(RE2::Options::EncodingLatin1));
	}

	bool matches(const std::string &subject, RE2::Anchor anchor) const
	{
		std::string latin1;

		if (bytes && !is_ascii(subject) && to_latin1(subject, latin1))
			return bytes->Match(latin1, 0, latin1.size(), anchor,
					    nullptr, 0);
		return re2.Match(subject, 0, subject.size(), anchor, nullptr,
				 0);
	}

	/* Which difference it is that this matches and the compiler not. */
	difference explain(const std::string &subject, RE2::Anchor anchor) const
	{
		re2::StringPiece match;
		std::string latin1;

		if (is_ascii(subject))
			return DIFFERENCES;
		if (bytes && to_latin1(subject, latin1))
			return DIFFERENCES;
		if (has_no_edge)
			return INSIDE;
		if (!re2.Match(subject, 0, subject.size(), anchor, &match, 1))
			return DIFFERENCES;
		return is_valid(match.data(), match.size()) ? DIFFERENCES :
							      INVALID;
	}

	const RE2 re2;

      private:
	std::unique_ptr<RE2> bytes;
	bool has_no_edge;
};

void compare_matches(const oracle &theirs, const compiled &ours,
		     RE2::Anchor anchor, const texts &subjects)
{
	const char *kind = anchor == RE2::UNANCHORED ? "search" : "whole";

	for (const std::string &subject : subjects) {
		const bool their = theirs.matches(subject, anchor);
		const bool our = ours.matches(subject);
		difference why = DIFFERENCES;

		found.matches += their;
		if (their && !our)
			why = theirs.explain(subject, anchor);
		if (why != DIFFERENCES)
			found.different[why]++;
		if (their == our || why != DIFFERENCES)
			found.passed++;
		else
			fail(our ? "looser" : "stricter", theirs.re2.pattern(),
			     std::string(kind) + " of " + quote(subject));
	}
}

/* Compares a pattern that both, or one of them, or none accept. */
void compare(const std::string &pattern, const texts &subjects)
{
	const oracle theirs(pattern);
	compiled search(pattern, false);
	compiled whole(pattern, true);

	found.patterns++;
	if (search.err == -E2BIG || whole.err == -E2BIG)
		found.different[LIMIT]++;
	else if (search.err != whole.err)
		fail("refused as a whole", pattern, whole.error.text);
	else if (search.err && theirs.re2.ok())
		fail("refused", pattern, search.error.text);
	else if (!search.err && !theirs.re2.ok())
		fail("accepted", pattern, theirs.re2.error());
	else if (search.err)
		found.passed++;
	else {
		found.valid++;
		compare_matches(theirs, search, RE2::UNANCHORED, subjects);
		compare_matches(theirs, whole, RE2::ANCHOR_BOTH, subjects);
	}
}

/* Reports a part of the test, which must have asked something. */
template <typename test> void section(const char *name, test run)
{
	counters before = found;
	unsigned long valid;

	run();
	valid = found.valid - before.valid;
	if (!valid || found.matches == before.matches)
		fail("nothing was compared", name, "");
	printf("%-10s %lu patterns, %lu of them valid, %lu passed, %lu failed",
	       name, found.patterns - before.patterns, valid,
	       found.passed - before.passed, found.failed - before.failed);
	for (int i = 0; i < DIFFERENCES; i++)
		printf(", %lu %s", found.different[i] - before.different[i],
		       difference_names[i]);
	putchar('\n');
	fflush(stdout);
}

/* Calls @use with every sequence of up to @length tokens. */
template <typename user>
void for_each_word(const texts &tokens, size_t length, user use)
{
	std::vector<size_t> word, start;
	std::string text;

	use(text);
	while (true) {
		if (word.size() < length) {
			word.push_back(0);
			start.push_back(text.size());
		} else {
			while (!word.empty() &&
			       word.back() + 1 == tokens.size()) {
				text.resize(start.back());
				word.pop_back();
				start.pop_back();
			}
			if (word.empty())
				return;
			text.resize(start.back());
			word.back()++;
		}
		text += tokens[word.back()];
		use(text);
	}
}

texts words(const texts &tokens, size_t length)
{
	texts all;

	for_each_word(tokens, length,
		      [&](const std::string &word) { all.push_back(word); });
	return all;
}

/**
 * struct alphabet - Patterns and subjects, all of them up to a length
 *
 * @name: Name.
 * @tokens: What patterns are made of.
 * @length: Tokens of the longest pattern; with -full it is one more.
 * @letters: What subjects are made of.
 * @subject_length: Letters of the longest subject.
 */
struct alphabet {
	const char *name;
	texts tokens;
	size_t length;
	texts letters;
	size_t subject_length;
};

const std::vector<alphabet> alphabets = {
	{ "all",
	  { "a",    "b",   ".",	    "^",   "$",	   "|",	       "*",   "+",
	    "?",    "(",   ")",	    "(?:", "[ab]", "[^a]",     "\\b", "\\B",
	    "(?i:", "{2}", "{1,2}", "{0}", "\\pL", "\xc3\xa9", "\\",  "[",
	    "]",    "{",   "}",	    "-",   "(?m)", "(?s)" },
	  3,
	  { "a", "B", "\n", "\xc3\xa9", "\xff" },
	  3 },
	{ "structure",
	  { "a", "b", "|", "*", "+", "?", "(", ")" },
	  7,
	  { "a", "b" },
	  4 },
	{ "anchors",
	  { "a", ".", "^", "$", "|", "*", "(", ")" },
	  7,
	  { "a", "b", "\n" },
	  3 },
	{ "edges",
	  { "a", "[^a]", "\\b", "\\B", "|", "*", "(?:", ")" },
	  6,
	  { "a", " ", "\xc3\xa9" },
	  3 },
	{ "counts",
	  { "a", "b", "|", "(", ")", "{2}", "{1,2}", "{0}", "{2,}", "?" },
	  6,
	  { "a", "b" },
	  5 },
	{ "lines",
	  { "a", ".", "^", "$", "\\A", "\\z", "(?m:", "(?s:", "(?-s)", "|",
	    ")" },
	  5,
	  { "a", "\n" },
	  4 },
	{ "bytes",
	  { ".", "[^a]", "\xc3\xa9", "[\xc3\xa9-\xe2\x82\xac]", "\\x{20AC}",
	    "(?s)", "\\W", "|", "*", "$" },
	  5,
	  { "\xc3", "\xa9", "\xe2\x82", "\xac", "\xed\xa0\x80" },
	  3 },
	{ "case",
	  { "k", "K", "[^k]", "[k-s]", "\\W", "\xc5\xbf", "(?i)", "(?-i:", "|",
	    ")" },
	  5,
	  { "k", "K", "\xe2\x84\xaa", "s", "\xc5\xbf" },
	  2 },
};

/* A generator of numbers that are the same with every library. */
class dice {
      public:
	explicit dice(unsigned int seed) : engine(seed)
	{
	}

	size_t below(size_t limit)
	{
		return engine() % limit;
	}

	const std::string &choose(const texts &list)
	{
		return list[below(list.size())];
	}

      private:
	std::mt19937 engine;
};

/**
 * struct expression - A pattern, and what it may match
 *
 * @pattern: Pattern.
 * @samples: Subjects that it matches, but for assertions and flags.
 */
struct expression {
	std::string pattern;
	texts samples;
};

const std::vector<expression> atoms = {
	{ "a", { "a" } },
	{ "b", { "b" } },
	{ ".", { "a", "\xc3\xa9", "\xf0\x9f\x98\x80", "\xff" } },
	{ "(?s:.)", { "\n", "\xe2\x82\xac", "\xc0\x80" } },
	{ "[a-f]", { "a", "f", "g" } },
	{ "[^a-f\xc3\xa9]", { "g", "\n", "\xc3\xa8", "\xc3\xa9" } },
	{ "\\w", { "a", "_", "\xc3\xa9" } },
	{ "\\W", { "-", "\xc3\xa9" } },
	{ "[[:upper:]\\d]", { "A", "7" } },
	{ "\\pL", { "a", "\xce\xb1", "1" } },
	{ "\\P{Greek}", { "a", "\xce\xb1" } },
	{ "(?i:k)", { "k", "K", "\xe2\x84\xaa" } },
	{ "(?i:[^k-s])", { "k", "t", "\xc5\xbf" } },
	{ "\\x{20AC}", { "\xe2\x82\xac" } },
	{ "\\Q.*\\E", { ".*" } },
	{ "^", { "" } },
	{ "$", { "" } },
	{ "(?m:^)", { "", "\n" } },
	{ "(?m:$)", { "", "\n" } },
	{ "\\b", { "" } },
	{ "\\B", { "" } },
	{ "\\A", { "" } },
	{ "\\z", { "" } },
	{ "(?:)", { "" } },
};

/* Keeps the samples few. */
void thin(dice &random, texts &samples)
{
	while (samples.size() > 6) {
		samples[random.below(samples.size())] = samples.back();
		samples.pop_back();
	}
}

expression join(dice &random, const expression &left, const expression &right)
{
	expression whole = { left.pattern + right.pattern, {} };

	for (const std::string &l : left.samples) {
		for (const std::string &r : right.samples)
			whole.samples.push_back(l + r);
	}
	thin(random, whole.samples);
	return whole;
}

expression either(dice &random, const expression &left, const expression &right)
{
	const bool capture = random.below(2);
	expression whole = { std::string(capture ? "(" : "(?:") + left.pattern +
				     "|" + right.pattern + ")",
			     left.samples };

	whole.samples.insert(whole.samples.end(), right.samples.begin(),
			     right.samples.end());
	thin(random, whole.samples);
	return whole;
}

expression repeat(dice &random, const expression &inner)
{
	static const texts counts = { "*",     "+",    "?",	 "*?", "{2}",
				      "{0,2}", "{3,}", "{1,4}?", "{5}" };
	expression whole = {
		"(?:" + inner.pattern + ")" + random.choose(counts), { "" }
	};
	std::string sample;

	for (int i = 0; i < 5; i++) {
		sample += random.choose(inner.samples);
		whole.samples.push_back(sample);
	}
	thin(random, whole.samples);
	return whole;
}

expression make_expression(dice &random, unsigned int depth)
{
	if (!depth || !random.below(6))
		return atoms[random.below(atoms.size())];

	const expression left = make_expression(random, depth - 1);

	switch (random.below(4)) {
	case 0:
		return repeat(random, left);
	case 1:
		return either(random, left, make_expression(random, depth - 1));
	default:
		return join(random, left, make_expression(random, depth - 1));
	}
}

/* Puts a token in a place, or over what is there. */
std::string change(dice &random, std::string text, const texts &tokens)
{
	const size_t at = random.below(text.size() + 1);

	return text.replace(at, random.below(3), random.choose(tokens));
}

void compare_random(dice &random)
{
	static const texts bytes = { "a",    "b",	 "k",	     "_",
				     "-",    " ",	 "\n",	     "\xff",
				     "\x80", "\xc3\xa9", "\xe2\x82", "" };
	static const texts syntax = { "(", ")",	 "[",	 "]",	 "|",
				      "*", "?",	 "{",	 "}",	 "^",
				      "$", "\\", "(?i)", "(?m)", "" };
	expression made = make_expression(random, 1 + random.below(5));
	texts subjects = made.samples;

	if (!random.below(4))
		made.pattern = change(random, made.pattern, syntax);
	for (const std::string &sample : made.samples) {
		for (int i = 0; i < 4; i++)
			subjects.push_back(change(random, sample, bytes));
	}
	compare(made.pattern, subjects);
}

void run(bool full, unsigned int seed)
{
	dice random(seed);

	for (const alphabet &part : alphabets) {
		const texts subjects = words(part.letters, part.subject_length);

		section(part.name, [&] {
			for_each_word(part.tokens, part.length + full,
				      [&](const std::string &pattern) {
					      compare(pattern, subjects);
				      });
		});
	}
	section("random", [&] {
		for (int left = full ? 200000 : 8000; left; left--)
			compare_random(random);
	});
}

} // namespace

int main(int argc, char **argv)
{
	unsigned long seed = 1;
	bool full = false;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-full")) {
			full = true;
		} else if (!strcmp(argv[i], "-seed") && i + 1 < argc) {
			seed = strtoul(argv[++i], nullptr, 10);
		} else {
			fprintf(stderr, "Usage: regex_re2 [-full] [-seed N]\n");
			return 2;
		}
	}
	run(full, seed);
	printf("%lu passed, %lu failed, %lu skipped\n", found.passed,
	       found.failed, found.different[LIMIT]);
	return found.failed > 0;
}
