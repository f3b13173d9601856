# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# How the kernel's reports about itself (an oops, a warning, what lockdep,
# KASAN and their like find) begin in its log, after level, time and caller.
# Sourced; text that programs write into the log does not look like this.

STAMP='^(<[0-9]>)?\[ *[0-9]+\.[0-9]+\](\[ *[TC][0-9]+\])? '
REPORT='((watchdog: )?BUG[: ]|WARNING: |Kernel panic|Oops: |KASAN: |UBSAN: '
REPORT+='|INFO: (task|trying|lockdep|rcu)|rcu: INFO|general protection fault'
REPORT+='|refcount_t: |ODEBUG: |list_(add|del) corruption|VFS: Busy inodes'
REPORT+='|kmemleak: ([0-9]+ new suspected|unreferenced object)'
REPORT+='|------------\[ cut here )'

has_report()
{
	grep -qaE "$STAMP$REPORT" "$1"
}

# The first report, in so many lines as tell enough.
first_report()
{
	grep -anEm1 -A 30 "$STAMP$REPORT" "$1" | sed -E 's/^[0-9]+[:-]//' |
		cut -c1-200
}
