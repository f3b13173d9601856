// SPDX-License-Identifier: GPL-2.0-or-later
//
// Writes unicode_table.c to standard output from the tables of Go's unicode
// package: the general categories and scripts that \p{...} names, and simple
// case folding.  Run it with Go 1.19, whose tables are of Unicode 13.0.0:
//
//	go run gen_unicode.go | clang-format-14 > unicode_table.c
//
// It takes some seconds, since it also proves for each class what the compiler
// assumes of Go's tables.

package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"sort"
	"unicode"
)

const version = "13.0.0"

type span struct{ first, last rune }

// spans lists the runes that in holds for as maximal ranges.
func spans(in func(rune) bool) (list []span) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !in(r) {
			continue
		}
		if n := len(list); n > 0 && list[n-1].last == r-1 {
			list[n-1].last = r
		} else {
			list = append(list, span{r, r})
		}
	}
	return list
}

func names(tables map[string]*unicode.RangeTable) (list []string) {
	for name := range tables {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

// orbit lists the runes that fold to r, r first.
func orbit(r rune) []rune {
	list := []rune{r}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		list = append(list, f)
	}
	return list
}

// checkFold stops if a class under (?i) is in Go anything but the closure of
// the class under folding, which is what the compiler makes of it.
func checkFold(name string, table, extra *unicode.RangeTable) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		closed := false
		for _, f := range orbit(r) {
			closed = closed || unicode.Is(table, f)
		}
		added := extra != nil && unicode.Is(extra, r)
		if closed != (unicode.Is(table, r) || added) {
			log.Fatalf("%s: U+%04X folds in a way of its own", name, r)
		}
	}
}

// checkLetter stops if a one-letter category is not the union of the
// two-letter ones, from which the compiler makes it.
func checkLetter(letter string) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		in := false
		for name, table := range unicode.Categories {
			if len(name) == 2 && name[:1] == letter {
				in = in || unicode.Is(table, r)
			}
		}
		if in != unicode.Is(unicode.Categories[letter], r) {
			log.Fatalf("%s: U+%04X is in no part of it", letter, r)
		}
	}
}

type entry struct {
	name         string
	first, count int
}

type writer struct {
	out   *bufio.Writer
	total int
}

// ranges writes one class and returns its place.  A range is two numbers: how
// many runes lie between the last range and it, and how many follow its first.
func (w *writer) ranges(name string, table *unicode.RangeTable) entry {
	list := spans(func(r rune) bool { return unicode.Is(table, r) })
	next := rune(0)
	for _, s := range list {
		fmt.Fprintf(w.out, "%d, %d,\n", s.first-next, s.last-s.first)
		next = s.last + 1
	}
	e := entry{name, w.total, len(list)}
	w.total += len(list)
	return e
}

func (w *writer) classes() {
	var categories, scripts []entry

	fmt.Fprintf(w.out, "const u32 mnd_unicode_delta[] = {\n")
	for _, name := range names(unicode.Categories) {
		checkFold(name, unicode.Categories[name], unicode.FoldCategory[name])
		if len(name) == 1 {
			checkLetter(name)
			continue
		}
		categories = append(categories, w.ranges(name, unicode.Categories[name]))
	}
	for _, name := range names(unicode.Scripts) {
		checkFold(name, unicode.Scripts[name], unicode.FoldScript[name])
		scripts = append(scripts, w.ranges(name, unicode.Scripts[name]))
	}
	fmt.Fprintf(w.out, "};\n\n")
	w.index("mnd_unicode_category", categories)
	w.index("mnd_unicode_script", scripts)
}

func (w *writer) index(symbol string, list []entry) {
	fmt.Fprintf(w.out, "const struct mnd_unicode_class %s[] = {\n", symbol)
	for _, e := range list {
		fmt.Fprintf(w.out, "{ \"%s\", %d, %d },\n", e.name, e.first, e.count)
	}
	fmt.Fprintf(w.out, "};\n\nconst size_t %s_count = ARRAY_SIZE(%s);\n\n",
		symbol, symbol)
}

type run struct{ first, last, partner, step rune }

// runs packs the pairs of runes that fold to each other and to nothing else.
func runs() (list []run) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		o := orbit(r)
		if len(o) != 2 || o[1] < r {
			continue
		}
		if n := len(list); n > 0 {
			p := &list[n-1]
			step := r - p.last
			if o[1]-r == p.partner-p.first && step <= 2 &&
				(p.first == p.last || step == p.step) {
				p.last, p.step = r, step
				continue
			}
		}
		list = append(list, run{r, r, o[1], 1})
	}
	return list
}

func (w *writer) folding() {
	fmt.Fprintf(w.out, "const struct mnd_unicode_fold mnd_unicode_fold[] = {\n")
	for _, p := range runs() {
		fmt.Fprintf(w.out, "{ 0x%04x, 0x%04x, 0x%04x, %d },\n",
			p.first, p.last, p.partner, p.step)
	}
	fmt.Fprintf(w.out, "};\n\nconst size_t mnd_unicode_fold_count = "+
		"ARRAY_SIZE(mnd_unicode_fold);\n\n")

	fmt.Fprintf(w.out, "const u32 mnd_unicode_orbit[][MND_UNICODE_ORBIT] = {\n")
	for r := rune(0); r <= unicode.MaxRune; r++ {
		o := orbit(r)
		sort.Slice(o, func(i, j int) bool { return o[i] < o[j] })
		if len(o) < 3 || o[0] != r {
			continue
		}
		if len(o) > 4 {
			log.Fatalf("U+%04X folds to more than three others", r)
		}
		fmt.Fprintf(w.out, "{ ")
		for i, f := range o {
			if i > 0 {
				fmt.Fprintf(w.out, ", ")
			}
			fmt.Fprintf(w.out, "0x%04x", f)
		}
		fmt.Fprintf(w.out, " },\n")
	}
	fmt.Fprintf(w.out, "};\n\nconst size_t mnd_unicode_orbit_count = "+
		"ARRAY_SIZE(mnd_unicode_orbit);\n")
}

func main() {
	if unicode.Version != version {
		log.Fatalf("these are the tables of Unicode %s, not %s",
			unicode.Version, version)
	}
	w := writer{out: bufio.NewWriter(os.Stdout)}
	defer w.out.Flush()
	fmt.Fprintf(w.out, "// SPDX-License-Identifier: GPL-2.0-or-later\n")
	fmt.Fprintf(w.out, "/*\n * Classes and case folding of Unicode %s.\n"+
		" * Written by gen_unicode.go; do not edit.\n */\n\n", version)
	fmt.Fprintf(w.out, "#include \"unicode_table.h\"\n\n")
	w.classes()
	w.folding()
}
