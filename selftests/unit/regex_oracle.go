// SPDX-License-Identifier: GPL-2.0-or-later
//
// Compares the regular-expression compiler with Go's regexp package, whose
// meaning it must have:
//
//	go run regex_oracle.go [-dump PATH] [-full] [-seed N]
//
// Go 1.19, whose Unicode tables the compiler has.  PATH is the program made of
// regex_dump.c.  Differences that are allowed:
//   - the compiler refuses, with E2BIG, what is over one of its limits;
//   - it does not match where Go does, if Go's match holds bytes that are no
//     valid UTF-8, or the pattern has \B and the subject is no valid UTF-8, or
//     the pattern names a surrogate;
//   - Go before 1.23 takes a literal and its case-insensitive twin for the same
//     when it looks for common beginnings in a choice (its issue 59007): what
//     counts is what Go says when these beginnings are kept apart.
//
// Whatever else differs fails.  "looser" says that the compiler matches and Go
// does not.

package main

import (
	"bufio"
	"encoding/hex"
	"flag"
	"fmt"
	"log"
	"math/rand"
	"os"
	"os/exec"
	"regexp"
	"regexp/syntax"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

var (
	dumpPath = flag.String("dump", "./regex_dump", "program made of regex_dump.c")
	full     = flag.Bool("full", false, "take some minutes")
	seed     = flag.Int64("seed", 1, "seed of random patterns")
)

const (
	eInval  = 22
	e2Big   = 7
	shown   = 20  // failures printed in full
	batch   = 256 // patterns asked for at once
	version = "13.0.0"
)

var passed, failed, skipped int

func fail(format string, args ...interface{}) {
	failed++
	if failed <= shown {
		fmt.Printf("FAIL "+format+"\n", args...)
	}
}

// dump is the program under test.
type dump struct {
	in  *bufio.Writer
	out *bufio.Reader
	cmd *exec.Cmd
}

func start() *dump {
	cmd := exec.Command(*dumpPath)
	in, err := cmd.StdinPipe()
	if err != nil {
		log.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		log.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		log.Fatal(err)
	}
	return &dump{bufio.NewWriterSize(in, 1<<20),
		bufio.NewReaderSize(out, 1<<20), cmd}
}

func word(text string) string {
	return "." + hex.EncodeToString([]byte(text))
}

func (d *dump) ask(format string, args ...interface{}) {
	fmt.Fprintf(d.in, format+"\n", args...)
}

func (d *dump) flush() {
	if err := d.in.Flush(); err != nil {
		log.Fatal(err)
	}
}

func (d *dump) answer() []string {
	line, err := d.out.ReadString('\n')
	if err != nil {
		log.Fatal("regex_dump has died: ", err)
	}
	return strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 4)
}

func (d *dump) setSubjects(subjects []string) {
	d.ask("subjects %d", len(subjects))
	for _, s := range subjects {
		d.ask("%s", word(s))
	}
}

type bitmap []byte

func (b bitmap) has(i int) bool { return b[i/8]>>(i%8)&1 == 1 }
func (b bitmap) set(i int)      { b[i/8] |= 1 << (i % 8) }

func parseBitmap(text string) bitmap {
	bits, err := hex.DecodeString(text)
	if err != nil {
		log.Fatal(err)
	}
	return bits
}

// verdict is what Go says about a pattern.
type verdict struct {
	re   *regexp.Regexp
	err  error
	bits bitmap
}

func goVerdict(pattern string, subjects []string) (v verdict) {
	v.re, v.err = regexp.Compile(pattern)
	if v.err != nil {
		return v
	}
	v.bits = make(bitmap, (len(subjects)+7)/8)
	for i, s := range subjects {
		if v.re.MatchString(s) {
			v.bits.set(i)
		}
	}
	return v
}

// goVerdicts asks Go about all patterns, on two processors.
func goVerdicts(patterns, subjects []string) []verdict {
	verdicts := make([]verdict, len(patterns))
	var group sync.WaitGroup
	for w := 0; w < 2; w++ {
		group.Add(1)
		go func(w int) {
			for i := w; i < len(patterns); i += 2 {
				verdicts[i] = goVerdict(patterns[i], subjects)
			}
			group.Done()
		}(w)
	}
	group.Wait()
	return verdicts
}

var surrogate = regexp.MustCompile(`(?i)\\x\{0*d[89a-f]|Cs|\\p\{?C`)

// mayBeStricter tells whether the compiler may say no where Go says yes.
func mayBeStricter(re *regexp.Regexp, subject string) bool {
	if utf8.ValidString(subject) && !surrogate.MatchString(re.String()) {
		return false
	}
	if surrogate.MatchString(re.String()) ||
		strings.Contains(re.String(), `\B`) {
		return true
	}
	span := re.FindStringIndex(subject)
	return !utf8.ValidString(subject[span[0]:span[1]])
}

// compareBits compares the verdicts on all subjects about a pattern that both
// accept.
func compareBits(pattern string, v verdict, ours bitmap, subjects []string) {
	for i, s := range subjects {
		goes, our := v.bits.has(i), ours.has(i)
		if goes != our && strings.Contains(pattern, "(?i") {
			apart := strings.ReplaceAll(pattern, "|", "|()")
			goes = regexp.MustCompile(apart).MatchString(s)
		}
		switch {
		case goes == our:
			passed++
		case our:
			fail("looser: pattern %q subject %q", pattern, s)
		case mayBeStricter(v.re, s):
			passed++
		default:
			fail("stricter: pattern %q subject %q", pattern, s)
		}
	}
}

// compareOne compares an answer with Go's verdict.
func compareOne(pattern string, v verdict, answer, subjects []string) {
	if answer[0] == "ok" {
		if v.err != nil {
			fail("accepted: pattern %q, Go says %v", pattern, v.err)
			return
		}
		passed++
		compareBits(pattern, v, parseBitmap(answer[3]), subjects)
		return
	}
	errno, column := number(answer[1]), number(answer[2])
	switch {
	case v.err == nil && errno == e2Big:
		skipped++
	case v.err == nil:
		fail("refused: pattern %q, %v", pattern, answer)
	case errno == eInval && (column < 1 || column > len(pattern)):
		fail("no column: pattern %q, %v", pattern, answer)
	default:
		passed++
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		log.Fatal(err)
	}
	return n
}

// compare compares all patterns on all subjects.
func (d *dump) compare(patterns, subjects []string) {
	d.setSubjects(subjects)
	for len(patterns) > 0 {
		n := len(patterns)
		if n > batch {
			n = batch
		}
		done := make(chan bool)
		go func() {
			for _, p := range patterns[:n] {
				d.ask("match %s", word(p))
			}
			d.flush()
			close(done)
		}()
		verdicts := make(chan []verdict)
		go func() { verdicts <- goVerdicts(patterns[:n], subjects) }()
		answers := make([][]string, n)
		for i := range answers {
			answers[i] = d.answer()
		}
		<-done
		for i, v := range <-verdicts {
			compareOne(patterns[i], v, answers[i], subjects)
		}
		patterns = patterns[n:]
	}
}

// section reports what a part of the test has found.
func section(name string, test func()) {
	p, f, s := passed, failed, skipped
	test()
	fmt.Printf("%-12s %d passed, %d failed, %d skipped\n", name, passed-p,
		failed-f, skipped-s)
}

// words lists all sequences of up to length tokens.
func words(tokens []string, length int) []string {
	all := []string{""}
	last := all
	for ; length > 0; length-- {
		var next []string
		for _, w := range last {
			for _, t := range tokens {
				next = append(next, w+t)
			}
		}
		all = append(all, next...)
		last = next
	}
	return all
}

// expressions lists all expressions of a size: one for each atom, operator,
// concatenation and choice.
func expressions(atoms, operators []string, size int) []string {
	sized := make([][]string, size+1)
	sized[1] = atoms
	for n := 2; n <= size; n++ {
		for _, e := range sized[n-1] {
			for _, o := range operators {
				sized[n] = append(sized[n], group(e)+o)
			}
		}
		for left := 1; left < n-1; left++ {
			for _, l := range sized[left] {
				for _, r := range sized[n-1-left] {
					sized[n] = append(sized[n],
						group(l)+group(r), l+"|"+r)
				}
			}
		}
	}
	var all []string
	for _, list := range sized {
		all = append(all, list...)
	}
	return all
}

func group(e string) string {
	if utf8.RuneCountInString(e) == 1 || len(e) == 2 && e[0] == '\\' {
		return e
	}
	return "(?:" + e + ")"
}

// exhaustive tries all small expressions on all short subjects.
func (d *dump) exhaustive() {
	size, length := 4, 4
	if *full {
		size, length = 5, 5
	}
	sets := []struct{ atoms, operators, tokens []string }{
		{[]string{"a", "b", ".", "^", "$", "(?:)"},
			[]string{"*", "+", "?", "{2}"},
			[]string{"a", "b", "\n", "é", "\xff"}},
		{[]string{"a", `\b`, `\B`, ".", "^", `\z`},
			[]string{"*", "?"},
			[]string{"a", " ", "é", "\xc3", "\xa9"}},
		{[]string{"(?m:^)", "(?m:$)", "a", "(?s:.)", `\A`, `\b`},
			[]string{"*", "{0,2}"},
			[]string{"a", "b", "\n", "é", "\xe2\x82"}},
		{[]string{"[^a]", "[b-l]", `\d`, `\W`, "é", "(?i:k)"},
			[]string{"*", "{2,}"},
			[]string{"a", "k", "K", "\u212a", "é", "5"}},
		{[]string{`\B`, `\b`, "(?s:.)", "€", "$", "a"},
			[]string{"+", "?"},
			[]string{"\xe2", "\x82", "\xac", "a", "\xf0"}},
		{[]string{"(^|a)", "(b|$)", "(a|)", "(|b)", `(\b|^)`, "c"},
			[]string{"*", "+", "{1,2}"},
			[]string{"a", "b", "c", "\n"}},
	}
	for _, s := range sets {
		d.compare(expressions(s.atoms, s.operators, size),
			words(s.tokens, length))
	}
}

// generator writes subjects that a pattern may match.
type generator struct {
	random *rand.Rand
	budget int
}

func (g *generator) write(b *strings.Builder, re *syntax.Regexp) {
	g.budget--
	if g.budget < 0 {
		return
	}
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if re.Flags&syntax.FoldCase != 0 && g.random.Intn(2) == 0 {
				r = unicode.SimpleFold(r)
			}
			b.WriteRune(r)
		}
	case syntax.OpCharClass:
		if len(re.Rune) == 0 {
			return
		}
		i := g.random.Intn(len(re.Rune)/2) * 2
		lo, hi := re.Rune[i], re.Rune[i+1]
		b.WriteRune(lo + rune(g.random.Intn(int(hi-lo)+1)))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteString([]string{"x", "é", "=", "€", "😀", "\x00"}[g.random.Intn(6)])
	case syntax.OpCapture:
		g.write(b, re.Sub[0])
	case syntax.OpStar:
		g.repeat(b, re.Sub[0], g.random.Intn(4))
	case syntax.OpPlus:
		g.repeat(b, re.Sub[0], 1+g.random.Intn(3))
	case syntax.OpQuest:
		g.repeat(b, re.Sub[0], g.random.Intn(2))
	case syntax.OpRepeat:
		max := re.Max
		if max < 0 {
			max = re.Min + 2
		}
		g.repeat(b, re.Sub[0], re.Min+g.random.Intn(max-re.Min+1))
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			g.write(b, sub)
		}
	case syntax.OpAlternate:
		g.write(b, re.Sub[g.random.Intn(len(re.Sub))])
	}
}

func (g *generator) repeat(b *strings.Builder, re *syntax.Regexp, times int) {
	for ; times > 0; times-- {
		g.write(b, re)
	}
}

// mutate changes a text in a few places.
func mutate(random *rand.Rand, text string, tokens []string) string {
	for n := random.Intn(3); n > 0; n-- {
		i := random.Intn(len(text) + 1)
		j := i + random.Intn(3)
		if j > len(text) {
			j = len(text)
		}
		if random.Intn(2) == 0 {
			j = i
		}
		t := tokens[random.Intn(len(tokens))]
		text = text[:i] + t + text[j:]
	}
	return text
}

var subjectTokens = []string{"a", "b", "0", "_", "=", ".", "/", ":", "-", " ",
	"\n", "\r", "\t", "\x00", "é", "K", "k", "\u212a", "s", "\u017f", "ß", "Δ",
	"€", "😀", "\u2028", "\xff", "\xc3", "\xe2\x82", "\x80", "\xed\xa0\x80",
	"\xc0\x80", "\xf4\x90\x80\x80", "\ufffd", "_EVIL", "EVIL=", "PREFIX_"}

// subjectsFor makes subjects of which some match and some nearly do.
func subjectsFor(random *rand.Rand, pattern string, count int) []string {
	subjects := []string{""}
	re, err := syntax.Parse(pattern, syntax.Perl)
	for len(subjects) < count {
		var b strings.Builder
		if err == nil && random.Intn(8) > 0 {
			g := generator{random, 2000}
			g.write(&b, re)
		}
		s := b.String()
		if len(s) > 4096 {
			s = s[:4096]
		}
		subjects = append(subjects, mutate(random, s, subjectTokens))
	}
	return subjects
}

func anchor(p string) string {
	if !strings.HasPrefix(p, "^") {
		p = "^" + p
	}
	if !strings.HasSuffix(p, "$") {
		p += "$"
	}
	return p
}

// The patterns that published policies and their tools hold.
func corpus() []string {
	const (
		service = `[A-Z](?:[A-Z0-9_]{0,61}[A-Z0-9])?`
		port    = `[0-9]{1,5}`
		octet   = `(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])`
		address = `(?:(?:` + octet + `\.){3}` + octet + `)`
	)
	list := []string{`(?i)(FABRIC)_.+=.+`, `((?i)FABRIC)_.+=.+`,
		`HOSTNAME=.+`, `T(E)?MP=.+`, `FabricPackageFileName=.+`,
		`HostedServiceName=.+`, `IDENTITY_API_VERSION=.+`,
		`IDENTITY_HEADER=.+`, `IDENTITY_SERVER_THUMBPRINT=.+`,
		`azurecontainerinstance_restarted_by=.+`, `.+=.+`,
		`THIM_ENDPOINT=.*`, `^===VIRTUALNODE2.CC.THIM.(.+)===$`,
		`[A-Z0-9_]+_SERVICE_HOST=.+`, `[A-Z0-9_]+_SERVICE_PORT=.+`,
		`[A-Z0-9_]+_SERVICE_PORT_[A-Z0-9_]+=.+`, `[A-Z0-9_]+_PORT=.+`,
		`[A-Z0-9_]+_PORT_[0-9]+_TCP=.+`,
		`[A-Z0-9_]+_PORT_[0-9]+_TCP_PROTO=.+`,
		`[A-Z0-9_]+_PORT_[0-9]+_TCP_PORT=.+`,
		`[A-Z0-9_]+_PORT_[0-9]+_TCP_ADDR=.+`,
		`sandbox:///tmp/atlas/azureFileVolume/.+`,
		`sandbox:///tmp/atlas/secretsVolume/.+`,
		`sandbox:///tmp/atlas/emptydir/.+`,
		`sandbox:///tmp/atlas/resolvconf/.+`,
		`sandbox:///tmp/atlas/gitRepoVolume/.+`,
		`PREFIX_.+=.+`, `^LEAD_.+=.+_TRAIL$`, `PREFIX_.+=.+BAR`,
		`SIMPLE_VAR=.*`, `(^PREFIX1|^PREFIX2)=.+$`, `foo\d+`,
		`/run/mounts/scsi/m[0-9]+`, `/run/gcs/c/[0-9a-fA-F]{64}`,
		`^[a-zA-Z0-9_\-\.]{0,255}$`, `(?i)(FABRIC)_.+`, `.+`,
		`test_regexp_env_[[:alpha:]]*`,
		`^UVM_SECURITY_CONTEXT_DIR=/security-context[-a-zA-Z0-9]*$`,
		`^AGENTDNS_CAPTURE_TOKEN=[0-9a-f]{64}$`,
		`^APP_IDENTITY_ENDPOINT=.{1,2048}$`, `^HOSTNAME=[a-zA-Z0-9_\.\-]+$`,
		`^` + service + `_PORT_` + port + `_(TCP|UDP)=(tcp|udp)://` +
			address + `:` + port + `$`,
		`^` + service + `_PORT_` + port + `_(TCP|UDP)_PROTO=(tcp|udp)$`,
		`^` + service + `_PORT_` + port + `_(TCP|UDP)_PORT=` + port + `$`,
		`^` + service + `_PORT_` + port + `_(TCP|UDP)_ADDR=` + address + `$`,
		`^` + service + `_SERVICE_HOST=` + address + `$`,
		`^` + service + `_SERVICE_PORT=` + port + `$`,
		`^` + service + `_SERVICE_PORT_DNS=` + port + `$`,
		`^` + service + `_PORT=(tcp|udp)://` + address + `:` + port + `$`,
		`^JOB_COMPLETION_INDEX=[0-9]+$`, `^AZURE_CLIENT_ID=[A-Fa-f0-9-]*$`,
		`^AZURE_AUTHORITY_HOST=https://login\.microsoftonline\.com/$`,
		`^cdi\.k8s\.io/vfio[0-9]+$`, `^nvidia\.com/gpu=[0-9]+$`,
		`^127\.(?:[0-9]{1,3}\.){2}[0-9]{1,3}$`,
		`^(?:0{0,4}:){0,7}0{0,3}1$`, `^[0-9]+:[0-9]+$`, `(^|/)\.\.($|/)`,
		`A=1|B=2`, `PRICE=5\$`, `X=.+`, `(?m)X=1`, `(?i)task=1`, `X=.`,
		`X=..`, `.{1,1000}`, `\d`, `[[:alpha:]]`, `\w`, `\Qa.b\E`, `\x{e9}`,
		`\pL`, `\bx\b`, `x*?`, `(?s)X=.`, `x{,2}`, `(?i)[^k]`, `(?i)\W`,
		`(?i)[[:^alpha:]]`, `(?i)\PL`, `(?i)\p{Lu}`, `^*`, `(?:^|x)+`}
	return list
}

func (d *dump) realPatterns(random *rand.Rand) {
	for _, p := range corpus() {
		for _, q := range []string{p, anchor(p)} {
			d.ask("anchor %s", word(p))
			d.flush()
			if a := d.answer(); a[0] != word(anchor(p)) {
				fail("anchored otherwise: pattern %q, %v", p, a)
			}
			d.compare([]string{q}, subjectsFor(random, q, 400))
		}
	}
}

// randomPattern writes a pattern that is mostly well formed.
func randomPattern(random *rand.Rand, depth int) string {
	atoms := []string{"a", "b", "0", "_", "=", ".", `\.`, "[a-z]", "[^a]", `\d`,
		`\w`, `\s`, `\W`, `\b`, `\B`, "^", "$", "é", "[é-ü]", "[^é]", "K", "s",
		"(?i:k)", "(?s:.)", "(?m:^)", "(?m:$)", `\x{1F600}`, `\pL`, `\PN`,
		"[[:alpha:]]", "[[:^space:]]", "(?i)s", "(?-i)k", "(?U)", `\Q*+\E`,
		`\n`, "(?i:[^k-s])", `(?i:\p{Greek})`, `[\w.-]`, "", "/", `\D`}
	if depth == 0 || random.Intn(5) == 0 {
		return atoms[random.Intn(len(atoms))]
	}
	sub := func() string { return randomPattern(random, depth-1) }
	switch random.Intn(8) {
	case 0, 1, 2:
		return sub() + sub()
	case 3:
		return "(" + sub() + "|" + sub() + ")"
	case 4:
		return sub() + "|" + sub()
	case 5:
		return "(" + sub() + ")"
	case 6:
		return "(?:" + sub() + ")" + []string{"*", "+", "?", "*?", "+?",
			"??"}[random.Intn(6)]
	}
	min := random.Intn(4)
	counts := []string{fmt.Sprintf("{%d}", min), fmt.Sprintf("{%d,}", min),
		fmt.Sprintf("{%d,%d}", min, min+random.Intn(4))}
	return "(?:" + sub() + ")" + counts[random.Intn(3)]
}

func (d *dump) randomPatterns(random *rand.Rand) {
	count := 6000
	if *full {
		count = 100000
	}
	for i := 0; i < count; i++ {
		p := randomPattern(random, 1+random.Intn(5))
		d.compare([]string{p}, subjectsFor(random, p, 80))
	}
}

// syntaxParity compares what is accepted, on texts that are mostly malformed.
func (d *dump) syntaxParity(random *rand.Rand) {
	tokens := []string{"a", "(", ")", "(?", "(?i", "(?:", "(?P<", "n>", "(?<n>",
		"(?i)", "(?i-s:", "(?-", "(?--", "(?-m)", "(?is-Um:", "(?)", "(?x)",
		"*", "+", "?", "**", "{", "}", "{2}", "{2,", "{,2}", "{2,1}", "{01}",
		"{1001}", "{1000}", "{1,1000}", "{1000,}", "{0}", "{0,}", "{0,0}",
		"{99999999999}", "{3", ",", "1", "|", "^", "$", ".", "[", "]", "[^",
		"[]", "[^]", "-", "a-", "z-a", "[[:", ":]", "[:alpha:]", "[:^word:]",
		"[:foo:]", "[[:alpha:]]", "[[:", `\`, `\\`, `\d`, `\D`, `\p`, `\pL`,
		`\p{`, `\p{Greek}`, `\p{^Lu}`, `\P{Any}`, `\p{Foo}`, `\p{}`, `\pé`,
		`\x`, `\x{`, `\x{10FFFF}`, `\x{110000}`, `\x41`, `\x4`, `\x{41`, `\1`,
		`\12`, `\123`, `\8`, `\0`, `\08`, `\777`, `\Q`, `\E`, `\Q.*\E`, `\A`,
		`\z`, `\Z`, `\b`, `\B`, `\C`, `\G`, `\K`, `\h`, `\_`, `\-`, `\é`, `\n`,
		`\v`, `\ `, "é", "\xff", "\xc3", "\x00", "\n", "\ud7ff", " ", "#"}
	count := 60000
	if *full {
		count = 1000000
	}
	var patterns []string
	for i := 0; i < count; i++ {
		var b strings.Builder
		for n := 1 + random.Intn(7); n > 0; n-- {
			b.WriteString(tokens[random.Intn(len(tokens))])
		}
		patterns = append(patterns, b.String())
	}
	d.compare(patterns, []string{"", "a", "aa", "é", "\n", "[a]", "\xff"})
}

// deepPatterns compares what is accepted near Go's own limits.
func (d *dump) deepPatterns() {
	var patterns []string
	for _, n := range []int{1, 10, 100, 330, 340, 500, 990, 998, 999, 1000,
		1001, 1300} {
		for _, p := range [][3]string{{"(", "a", ")"}, {"(?:", "a", ")"},
			{"(?:", "a", ")*"}, {"(a|", "a", ")"}, {"(a", "a", "b)"},
			{"(?:a", "a", "b)"}, {"(?:a|", "a", "b)"}, {"(", "", ""},
			{"", "", ")"}, {"(?:", "a", "){1}"}, {"(?:", "a", "){0,1}"},
			{"(a|ab", "a", ")"}} {
			patterns = append(patterns, strings.Repeat(p[0], n)+p[1]+
				strings.Repeat(p[2], n))
		}
	}
	for _, p := range []string{"a{1000}", "a{1001}", "(a{10}){100}",
		"(a{10}){101}", "((a{10}){10}){10}", "((a{10}){10}){11}",
		"(a{1000}){1000}", "(a{1000}|b){2}", "((a{1000}){0}){2}",
		"((a{1000}){0,}){2}", "((a{1000}){1,}){1}", "(a{500,}){2}",
		"(a{501,}){2}", "(a{2,}){500}", "(a{0,2}){501}", "(a*){1000}",
		"(\\pL{20}){10}", "((xx?){1000}){1}",
		strings.Repeat("(xx?){1000}", 300),
		"(" + strings.Repeat("(xx?)", 700) + "){1000}",
		strings.Repeat(`\pL`, 1300), strings.Repeat("[^é]", 1000),
		"(" + strings.Repeat("x", 3900) + "){1000}",
		"((" + strings.Repeat("x", 3900) + "){1000}){0}",
		strings.Repeat("x", 4096), strings.Repeat("x", 4097)} {
		patterns = append(patterns, p)
	}
	d.compare(patterns, []string{"", "a", "aa", "x", strings.Repeat("a", 1000)})
}

// unionsOf compares a list of patterns with each of them alone.
func (d *dump) unions(random *rand.Rand) {
	count := 300
	if *full {
		count = 3000
	}
	real := corpus()
	for ; count > 0; count-- {
		var patterns, asked, subjects []string
		for n := 1 + random.Intn(12); n > 0; n-- {
			p := real[random.Intn(len(real))]
			if random.Intn(2) == 0 {
				p = anchor(p)
			}
			if random.Intn(3) == 0 {
				p = randomPattern(random, 3)
			}
			if _, err := regexp.Compile(p); err != nil {
				continue
			}
			patterns = append(patterns, p)
			asked = append(asked, word(p))
			subjects = append(subjects, subjectsFor(random, p, 20)...)
		}
		d.setSubjects(subjects)
		d.ask("union %s", strings.Join(asked, " "))
		d.flush()
		if a := d.answer(); a[0] != "ok" {
			skipped++
			continue
		}
		for i, v := range goVerdicts(patterns, subjects) {
			bits := parseBitmap(d.answer()[0])
			compareBits(patterns[i], v, bits, subjects)
		}
	}
}

// edges lists the first and last runes of a table's ranges and their neighbours.
func edges(table *unicode.RangeTable) []string {
	set := map[rune]bool{}
	add := func(lo, hi, stride rune) {
		for r := lo; r <= hi; r += stride {
			if stride > 1 || r == lo || r == hi {
				set[r-1], set[r], set[r+1] = true, true, true
			}
			if stride == 1 && r == lo && hi > lo+1 {
				r = hi - 1
			}
		}
	}
	for _, x := range table.R16 {
		add(rune(x.Lo), rune(x.Hi), rune(x.Stride))
	}
	for _, x := range table.R32 {
		add(rune(x.Lo), rune(x.Hi), rune(x.Stride))
	}
	var list []string
	for r := range set {
		if utf8.ValidRune(r) {
			list = append(list, string(r))
		}
	}
	sort.Strings(list)
	return list
}

func (d *dump) unicodeClasses() {
	tables := map[string]*unicode.RangeTable{}
	for name, t := range unicode.Categories {
		tables[name] = t
	}
	for name, t := range unicode.Scripts {
		tables[name] = t
	}
	var all, names []string
	for r := rune(0); r <= unicode.MaxRune && *full; r++ {
		if utf8.ValidRune(r) {
			all = append(all, string(r))
		}
	}
	for name := range tables {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		d.compare([]string{`^\p{` + name + `}$`, `^\P{` + name + `}$`,
			`(?i)^\p{` + name + `}$`, `(?i)^[^\p{` + name + `}]$`},
			edges(tables[name]))
		if *full {
			d.compare([]string{`^\p{` + name + `}$`}, all)
		}
	}
}

func (d *dump) folding() {
	var patterns, subjects []string
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.SimpleFold(r) == r {
			continue
		}
		subjects = append(subjects, string(r))
		patterns = append(patterns, fmt.Sprintf(`(?i)^\x{%x}$`, r))
		if r%8 == 0 || *full {
			patterns = append(patterns, fmt.Sprintf(`(?i)^[\x{%x}]$`, r),
				fmt.Sprintf(`(?i)^[^\x{%x}-\x{%x}]$`, r, r+5))
		}
	}
	if !*full {
		d.compare(patterns, subjects[:200])
		patterns = patterns[:300]
	}
	d.compare(patterns, subjects)
}

func main() {
	flag.Parse()
	if unicode.Version != version {
		log.Fatalf("Go has Unicode %s, not %s", unicode.Version, version)
	}
	runtime.GOMAXPROCS(2)
	random := rand.New(rand.NewSource(*seed))
	d := start()
	section("real", func() { d.realPatterns(random) })
	section("syntax", func() { d.syntaxParity(random) })
	section("deep", d.deepPatterns)
	section("folding", d.folding)
	section("classes", d.unicodeClasses)
	section("unions", func() { d.unions(random) })
	section("random", func() { d.randomPatterns(random) })
	section("exhaustive", d.exhaustive)
	d.cmd.Process.Kill()
	fmt.Printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	if failed > 0 {
		os.Exit(1)
	}
}
