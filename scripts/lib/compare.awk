# SPDX-License-Identifier: GPL-2.0-or-later
#
# Compares what the same test programs printed in several guests, a file for
# each, in the Test Anything Protocol, between "#begin NAME" and "#end NAME
# STATUS".  What the first file has, all must have.  A result is a number, a
# verdict and a name; how a program ended is one more.  What programs say
# besides has addresses, times and process IDs in it.

# A number comes twice where a program runs itself.
function note(what, verdict,    key)
{
	key = test " " what
	key = key " " ++times[file, key]
	if (!(key in test_of)) {
		test_of[key] = test
		keys[++key_count] = key
	}
	result[file, key] = verdict
}

function note_line(line,    verdict, number)
{
	verdict = sub(/^not /, "", line) ? "not ok" : "ok"
	sub(/^ok /, "", line)
	number = line + 0
	sub(/^[0-9]+( -)? */, "", line)
	if (match(line, /# *(SKIP|XFAIL)/)) {
		verdict = "skip"
		why[test] = substr(line, RSTART + 2)
	}
	sub(/ *#.*/, "", line)
	note(number, verdict " " number " " line)
}

FNR == 1 {
	guest[++file] = FILENAME
	sub(/.*-/, "", guest[file])
	test = ""
}

/^#begin / {
	test = $2
	if (!(test in known)) {
		known[test] = 1
		tests[++test_count] = test
	}
	next
}

test == "" { next }

/^#end / && $2 == test {
	note("end", ($3 == 4 ? "skip" : $3 ? "not ok" : "ok") ", status " $3)
	test = ""
	next
}

/^ *(not )?ok [0-9]/ {
	sub(/^ */, "")
	note_line($0)
}

function of(f, key)
{
	return (f, key) in result ? result[f, key] : "nothing"
}

function compare(f, key,    was, is)
{
	was = of(1, key)
	is = of(f, key)
	test = test_of[key]
	if (was != is) {
		differ[f, test]++
		printf "# %s: %s: \"%s\", %s: \"%s\"\n", test, guest[1],
			substr(was, 1, 100), guest[f], substr(is, 1, 100)
	} else if (was ~ /^skip/) {
		skip[f, test]++
	} else {
		same[f, test]++
		if (was ~ /^ok/)
			good[f, test]++
	}
}

# A program that does nothing well in either guest has compared nothing.
function judge(f, test,    line, all)
{
	line = ++told " " guest[f] " " test
	all = differ[f, test] + same[f, test] + skip[f, test]
	failed += differ[f, test]
	if (differ[f, test] || good[f, test]) {
		passed += same[f, test]
		skipped += skip[f, test]
	} else {
		skipped += all
	}
	if (differ[f, test])
		printf "not ok %s # %d of %d results differ\n", line,
			differ[f, test], all
	else if (good[f, test])
		printf "ok %s # %d results\n", line, all
	else
		printf "ok %s # %s\n", line, (test in why) ? why[test] : \
			"SKIP goes wrong in both guests"
}

END {
	for (k = 1; k <= key_count; k++)
		if (of(1, keys[k]) ~ /^not ok/)
			printf "# %s: %s: \"%s\"\n", test_of[keys[k]], guest[1],
				substr(of(1, keys[k]), 1, 100)
	for (f = 2; f <= file; f++) {
		for (k = 1; k <= key_count; k++)
			compare(f, keys[k])
		for (t = 1; t <= test_count; t++)
			judge(f, tests[t])
	}
	printf "1..%d\n%d passed, %d failed, %d skipped\n", told, passed,
		failed, skipped
	exit failed || !passed
}
