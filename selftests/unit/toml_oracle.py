#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares the TOML reader with Python's tomllib on generated documents.

usage: toml_oracle.py [--seed N] [--count N] TOML_DUMP

Both must refuse a document, or both must read the same tree from it, keys in
the same order. Where tomllib differs from the specification of TOML 1.0.0,
EXCEPTIONS says how and by which clause, and such a document counts as skipped
only if it shows exactly that difference. A refusal must also name a place in
the document, in printable ASCII. Exits with 1 if a document fails.
"""

import argparse
import datetime
import json
import math
import random
import re
import subprocess
import sys
import tomllib

EXCEPTIONS = {
    "wide integer": (
        "tomllib reads integers of any size. Integer: 'If an integer cannot"
        " be represented losslessly, an error must be thrown.'"
    ),
    "year 0": (
        "Python has no year 0, so tomllib refuses it. ABNF, and RFC 3339"
        " section 5.6: date-fullyear = 4DIGIT."
    ),
    "leap second": (
        "Python has no second 60, so tomllib refuses it. ABNF, and RFC 3339"
        " section 5.7: time-second is 00-60 based on leap second rules."
    ),
}

TIME_TYPES = {
    "offset date-time",
    "local date-time",
    "local date",
    "local time",
}

# --- documents ---


class Generator:
    """Makes documents that are valid by grammar, if not always by meaning:
    half of them use few names, so that keys and headers meet."""

    NAMES = ["a", "a", "a", "b", "b", "c", '"a"', "'b'", '"\\u0061"', "7",
             '""', "''", "x-y_z", '"é\\n"']
    MORE_NAMES = NAMES + ["key%d" % i for i in range(100)]
    STRINGS = ['""', "''", '"text"', "'C:\\n'", '"\\"\\\\\\b\\f\\n\\r\\t"',
               '"\\u00e9\\U0001F600"', '"\\u0000"', '"tab\there"', "'é漢'",
               '""""""', "''''''", '"""\nfirst"""', "'''\nfirst\nsecond'''",
               '"""a""b"""', '""""""""', "'''''''", '"""\\\n   \n\t x"""',
               '"""fold \\  \n\n  on"""', '"""\\u0041\n"""', "'''a''b'''",
               '"a#b"', '"[x]"']
    NUMBERS = ["0", "+0", "-0", "1", "-17", "1_000", "0x1F", "0xdead_BEEF",
               "0o17", "0b1_0", "9223372036854775807", "-9223372036854775808",
               "0x7fffffffffffffff", "1.5", "-0.0",
               "+1.0e3", "1e06", "6.02_2E-2_3", "1e400", "5e-324", "inf",
               "+inf", "-inf", "nan", "+nan", "-nan"]
    TIMES = ["1979-05-27T07:32:00Z", "1979-05-27t07:32:00z",
             "1979-05-27 00:32:00.999999-07:00", "2000-02-29",
             "1900-02-28", "1979-05-27T07:32:00", "1979-05-27 07:32:00.1",
             "07:32:00", "00:32:00.123456789",
             "2024-01-31T00:00:00+23:59", "0001-01-01T00:00:00Z"]
    # What tomllib reads otherwise; rare, since it ends the comparison.
    ODD_NUMBERS = ["9223372036854775808", "-9223372036854775809",
                   "0x8000000000000000"]
    ODD_TIMES = ["0000-01-01", "1990-12-31T23:59:60Z", "23:59:60",
                 "1990-12-31T15:59:60-08:00"]
    ODD_BYTES = b"\0\x01\t\n\r\x1f\x7f\x80\xc0\xe0\xed\xf4\xff"
    NUMBER_CHARACTERS = "0123456789_+-.eE01xob"
    TIME_CHARACTERS = "0123456789-:TZtz .+"

    def __init__(self, rng):
        self.rng = rng
        self.names = self.NAMES

    def pick(self, choices):
        return self.rng.choice(choices)

    def chance(self, probability):
        return self.rng.random() < probability

    def space(self):
        return self.pick(["", "", "", " ", "\t", "  "])

    def key(self):
        parts = [self.pick(self.names)]
        while len(parts) < 4 and self.chance(0.35):
            parts.append(self.pick(self.names))
        return self.pick([".", ".", " . ", "\t."]).join(parts)

    def blank(self):
        return self.pick(["", "", " ", "\n", " # note\n", "\n\t", "\r\n"])

    def array(self, depth):
        items = [self.blank() + self.value(depth) + self.blank()
                 for _ in range(self.rng.randrange(4))]
        comma = "," if items and self.chance(0.3) else ""
        return "[" + ",".join(items) + comma + self.blank() + "]"

    def inline_table(self, depth):
        pairs = [self.space() + self.pair(depth) + self.space()
                 for _ in range(self.rng.randrange(4))]
        return "{" + (",".join(pairs) or self.space()) + "}"

    def value(self, depth=0):
        kind = self.rng.random()
        if kind < 0.15 and depth < 4:
            return self.array(depth + 1)
        if kind < 0.35 and depth < 4:
            return self.inline_table(depth + 1)
        if kind < 0.55:
            return self.pick(self.STRINGS)
        if kind < 0.75:
            return self.pick(self.NUMBERS)
        if kind < 0.85:
            return self.pick(self.TIMES)
        return self.pick(["true", "false"])

    def pair(self, depth=0):
        return self.key() + self.space() + "=" + self.space() + self.value(
            depth)

    def statement(self):
        kind = self.rng.random()
        if kind < 0.5:
            text = self.pair()
        elif kind < 0.7:
            text = "[" + self.space() + self.key() + self.space() + "]"
        elif kind < 0.85:
            text = "[[" + self.space() + self.key() + self.space() + "]]"
        else:
            text = ""
        comment = self.pick(["", "", "", " # é", "#"])
        newline = self.pick(["\n", "\n", "\n", "\r\n"])
        return self.space() + text + self.space() + comment + newline

    def document(self):
        self.names = self.pick([self.NAMES, self.MORE_NAMES])
        statements = [self.statement()
                      for _ in range(self.rng.randrange(1, 9))]
        return "".join(statements)

    def scalar_like(self):
        """One value of the characters that numbers and times are made of."""
        if self.chance(0.5):
            text = self.pick(self.NUMBERS + self.ODD_NUMBERS)
            characters = self.NUMBER_CHARACTERS
        else:
            text = self.pick(self.TIMES + self.ODD_TIMES)
            characters = self.TIME_CHARACTERS
        for _ in range(self.rng.randrange(3)):
            at = self.rng.randrange(len(text) + 1)
            drop = self.rng.randrange(2)
            put = self.pick(characters) if self.chance(0.8) else ""
            text = text[:at] + put + text[at + drop:]
        return "v = " + text + "\n"

    def broken(self, data):
        """Some bytes changed, dropped, repeated or cut off."""
        for _ in range(self.rng.randrange(1, 3)):
            at = self.rng.randrange(len(data) + 1)
            end = min(len(data), at + self.rng.randrange(1, 5))
            how = self.rng.randrange(6)
            if how == 0:
                data = data[:at] + data[end:]
            elif how == 1:
                data = data[:end] + data[at:]
            elif how == 2:
                data = data[:at]
            elif how == 3:
                put = self.pick(self.ODD_BYTES)
                data = data[:at] + bytes([put]) + data[at:]
            else:
                put = self.pick("\"'[]{}=,.#\\_+-: 01eaTZ\n")
                data = data[:at] + put.encode() + data[at + how - 4:]
        return data

    def next(self):
        kind = self.rng.random()
        if kind < 0.2:
            return self.scalar_like().encode()
        data = self.document().encode()
        return data if kind < 0.6 else self.broken(data)


# --- both trees in one form: tables as lists of pairs, scalars as tuples ---


def time_text(text):
    """The form of isoformat(): six digits at most, not rounded; Z as +00:00"""
    text = text.upper().replace(" ", "T").replace("Z", "+00:00")
    text = text.replace("-00:00", "+00:00") if "T" in text else text
    fraction = re.search(r"\.(\d+)", text)
    if not fraction:
        return text
    digits = fraction[1][:6].ljust(6, "0")
    kept = "" if digits == "000000" else "." + digits
    return text[:fraction.start()] + kept + text[fraction.end():]


def float_text(number):
    return "nan" if math.isnan(number) else repr(number)


def tree_of_dump(node):
    if isinstance(node, list):
        return ["array"] + [tree_of_dump(item) for item in node]
    pairs = node["pairs"]
    if [key for key, _ in pairs] == ["type", "value"] and isinstance(
            pairs[1][1], str):
        kind, text = pairs[0][1], pairs[1][1]
        if kind == "float":
            text = float_text(float(text))
        elif kind in TIME_TYPES:
            text = time_text(text)
        return (kind, text)
    return ["table"] + [(key, tree_of_dump(value)) for key, value in pairs]


def tree_of_python(node):
    if isinstance(node, dict):
        return ["table"] + [(key, tree_of_python(value))
                            for key, value in node.items()]
    if isinstance(node, list):
        return ["array"] + [tree_of_python(item) for item in node]
    if isinstance(node, bool):
        return ("boolean", "true" if node else "false")
    if isinstance(node, int):
        return ("integer", str(node))
    if isinstance(node, float):
        return ("float", float_text(node))
    if isinstance(node, str):
        return ("string", node)
    if isinstance(node, datetime.datetime):
        kind = "offset date-time" if node.tzinfo else "local date-time"
        return (kind, node.isoformat())
    if isinstance(node, datetime.date):
        return ("local date", node.isoformat())
    return ("local time", node.isoformat())


def scalars(tree):
    """Every scalar of a tree."""
    if isinstance(tree, tuple):
        yield tree
    elif tree[0] == "array":
        for item in tree[1:]:
            yield from scalars(item)
    else:
        for _, value in tree[1:]:
            yield from scalars(value)


# --- the comparison ---


def read_with_python(document):
    """The tree, or None if tomllib refuses the document."""
    try:
        return tree_of_python(tomllib.loads(document.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def exception_for(answer, dumped, expected):
    """The name of the exception that explains a difference, or None."""
    if dumped is None and "does not fit in 64 bits" in answer:
        if any(kind == "integer" and not -2**63 <= int(text) < 2**63
               for kind, text in scalars(expected)):
            return "wide integer"
    if expected is None:
        for kind, text in scalars(dumped):
            if kind in TIME_TYPES and text.startswith("0000-"):
                return "year 0"
            if kind in TIME_TYPES and re.search(r":\d\d:60", text):
                return "leap second"
    return None


def bad_refusal(document, answer):
    """What is wrong with the line that refuses a document, or None."""
    match = re.fullmatch(r"-:(\d+):(\d+): ([ -~]{1,399})", answer)
    if not match:
        return "malformed"
    line, column = int(match[1]), int(match[2])
    lines = document.split(b"\n")
    if not 1 <= line <= len(lines):
        return "no such line"
    if not 1 <= column <= len(lines[line - 1]) + 1:
        return "no such column"
    return None


def compare(document, answer):
    """Returns None, the name of an exception, or what is wrong."""
    dumped = None
    if answer.startswith("{"):
        dumped = tree_of_dump(json.loads(
            answer, object_pairs_hook=lambda pairs: {"pairs": pairs}))
    else:
        wrong = bad_refusal(document, answer)
        if wrong:
            return wrong
    expected = read_with_python(document)
    if dumped == expected:
        return None
    name = exception_for(answer, dumped, expected) if (
        dumped is None or expected is None) else None
    return name or "tomllib: %s" % (expected,)


def run_driver(driver, documents):
    """One answer for each document."""
    data = b"".join(b"%d\n%s" % (len(document), document)
                    for document in documents)
    done = subprocess.run([driver], input=data, stdout=subprocess.PIPE,
                          check=False)
    answers = done.stdout.decode().split("\n")[:-1]
    if done.returncode or len(answers) != len(documents):
        sys.exit("%s: exit %d after %d of %d documents" % (
            driver, done.returncode, len(answers), len(documents)))
    return answers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("driver")
    options = parser.parse_args()

    generator = Generator(random.Random(options.seed))
    documents = [generator.next() for _ in range(options.count)]
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    skips = dict.fromkeys(EXCEPTIONS, 0)
    valid = 0
    for document, answer in zip(documents,
                                run_driver(options.driver, documents)):
        valid += answer.startswith("{")
        outcome = compare(document, answer)
        if outcome is None:
            counts["passed"] += 1
        elif outcome in EXCEPTIONS:
            counts["skipped"] += 1
            skips[outcome] += 1
        else:
            counts["failed"] += 1
            print("differs: %r\n  dump: %s\n  %s" % (
                document, answer, outcome))
    for name, count in skips.items():
        print("# skipped %d: %s. %s" % (count, name, EXCEPTIONS[name]))
    print("# seed %d, %d documents read, %d refused" % (
        options.seed, valid, len(documents) - valid))
    print("%(passed)d passed, %(failed)d failed, %(skipped)d skipped" % counts)
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
