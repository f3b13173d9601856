/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every bound of the regular-expression compiler.  A pattern or a set of
 * patterns over one of them is refused, never cut.
 */

#ifndef _MANDATE_REGEX_LIMITS_H
#define _MANDATE_REGEX_LIMITS_H

/* Bytes of one pattern's text. */
#define MND_REGEX_MAX_TEXT 4096

/* Count of {n,m}, and product of nested counts: the bounds Go has. */
#define MND_REGEX_MAX_REPEAT 1000

/* Height of the syntax tree: the bound Go has. */
#define MND_REGEX_MAX_HEIGHT 1000

/* Ranges of runes that one pattern's classes may hold before they merge. */
#define MND_REGEX_MAX_RANGES (1024 * 1024)

/* States and byte ranges of one pattern's nondeterministic automaton. */
#define MND_NFA_MAX_STATES 20000
#define MND_NFA_MAX_EDGES 1000000

/* States of one pattern's automaton before it is minimised: a power of two. */
#define MND_DFA_MAX_STATES 16384

/* Nondeterministic states that these stand for, all together. */
#define MND_DFA_MAX_MEMBERS (32 * 1024 * 1024)

/*
 * Steps of one pattern's determinisation, counted in states visited and byte
 * ranges followed: some tenths of a second, the same on every machine.
 */
#define MND_DFA_MAX_WORK 50000000

/*
 * Steps of all patterns of one set, and cells looked at to unite them; what
 * else a pattern and an attempt to unite two automata cost, in the same unit.
 */
#define MND_DFA_MAX_TOTAL_WORK 500000000
#define MND_DFA_SINGLE_WORK 5000
#define MND_DFA_UNION_WORK 1000

/* Cells of one table, so that a premultiplied state number fits 16 bits. */
#define MND_DFA_MAX_CELLS 65536

/* Tables of one set, and cells of all of them: 4 MiB. */
#define MND_DFA_MAX_TABLES 64
#define MND_DFA_MAX_TOTAL_CELLS (2 * 1024 * 1024)

/* Cells of all patterns of one set before they are united. */
#define MND_DFA_MAX_SINGLE_CELLS (32 * 1024 * 1024)

/* Members of all accept sets of one table. */
#define MND_DFA_MAX_SET_MEMBERS (1024 * 1024)

/* Patterns of one set: a pattern's number must fit 16 bits in a table. */
#define MND_DFA_MAX_PATTERNS 65535

#endif /* _MANDATE_REGEX_LIMITS_H */
