# SPDX-License-Identifier: GPL-2.0-or-later
#
# Counts the results of test programs in the Test Anything Protocol, between
# "#begin NAME" and "#end NAME STATUS".  A program must say how many tests it
# has, run all of them, and end well; each way not to is one more failure.
# Outside of that, "N passed, N failed, N skipped" is what something has counted
# by itself, and "#counted NAME STATUS" how it ended.
#
# Variables: over, a line that must come in the end; log_file, where all of it
# is kept.

function complain(text)
{
	printf "# %s: %s\n", name, text
	remember(name ": " text)
	bad++
}

function remember(text)
{
	failures = failures "# " text "\n"
}

function finish(status)
{
	if (bailed)
		complain("bailed out")
	else if (status == 137)
		complain("was killed: out of time")
	else if (status > 128)
		complain("was killed by signal " status - 128)
	else if (status == 4 && !seen && plan <= 0)
		skipped++
	else if (plan < 0)
		complain("has no plan, so it may have ended early")
	else if (plan != seen)
		complain("has a plan of " plan " tests, " seen " came")
	else if (!plan)
		skipped++
	else if (status && status != 4 && !bad)
		complain("ended with status " status)
	failed += bad
	name = ""
}

/^#begin / {
	name = $2
	plan = -1
	seen = bad = bailed = 0
	printf "# %s\n", name
	fflush()
	next
}

/^#end / {
	if ($2 == name)
		finish($3)
	next
}

name == "" && /^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/ {
	passed += $1
	failed += $3
	skipped += $5
	counted = $3
	next
}

/^#counted / {
	if (counted)
		remember($2 ": " counted " failed")
	else if ($3) {
		name = $2
		complain("ended with status " $3)
		failed++
		name = ""
	}
	counted = 0
	next
}

over != "" && $0 == over { is_over = 1; next }
name == "" { print; fflush(); next }
/^$/ { next }

{ print; fflush() }

/^1\.\.[0-9]+/ { plan = substr($1, 4) + 0 }
/^Bail out!/ { bailed = 1 }
/^ok / {
	seen++
	if ($0 ~ /# *SKIP/)
		skipped++
	else
		passed++
}
/^not ok / {
	seen++
	if ($0 ~ /# *(TODO|XFAIL|SKIP)/)
		skipped++
	else {
		bad++
		remember(name ": " $0)
	}
}

END {
	if (name != "") {
		complain("did not end")
		failed += bad
	} else if (over != "" && !is_over) {
		name = "all"
		complain("ended too early")
		failed++
	}
	if (failed && log_file != "")
		printf "# the whole log: %s\n", log_file
	printf "%s", failures
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed || !(passed + skipped)
}
