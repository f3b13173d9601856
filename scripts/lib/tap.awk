# SPDX-License-Identifier: GPL-2.0-or-later
#
# Counts the results of test programs in the Test Anything Protocol, between
# "#begin NAME" and "#end NAME STATUS".  A program must say how many tests it
# has, run all of them, and end well; each way not to is one more failure.

function complain(text)
{
	printf "# %s: %s\n", name, text
	bad++
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
	if ($0 ~ /# *(TODO|XFAIL)/)
		skipped++
	else
		bad++
}

END {
	if (name != "") {
		complain("did not end")
		failed += bad
	}
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed || !(passed + skipped)
}
