# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Runs a long command with its output in a log, and tells on stderr what runs,
# how far it is and for how long: in place on a terminal, else a line every
# half minute.  Sourced after cache.sh.

# steps LOG PATTERN: how much of the work the log shows.
steps()
{
	if [ -n "$2" ]; then
		grep -cE "$2" "$1" 2>/dev/null
	fi
}

show_progress()
{
	local label=$1 done=$2 total=$3 seconds=$4 text

	text="$label: ${seconds} s"
	if [ -n "$done" ] && [ -n "$total" ]; then
		[ "$total" -ge "$done" ] || total=$done
		text="$label: $done of about $total objects, ${seconds} s"
	elif [ -n "$done" ]; then
		text="$label: $done objects, ${seconds} s"
	fi
	if [ -t 2 ]; then
		printf '\r\033[K%s: %s' "$PROG" "$text" >&2
	else
		say "$text"
	fi
}

# logged LABEL LOG PATTERN TOTAL COMMAND...: the command's status.  PATTERN
# matches a line of the log that is one step; both it and TOTAL may be empty.
logged()
{
	local label=$1 log=$2 pattern=$3 total=$4
	local begin=$SECONDS shown=$SECONDS every=30 fd status got

	shift 4
	[ -t 2 ] && every=2
	say "$label (log: $log)"
	# The pipe carries the status, and its end ends the wait.
	exec {fd}< <("$@" >"$log" 2>&1 </dev/null; printf '%s\n' "$?")
	while :; do
		status=
		read -r -t 2 -u "$fd" status
		got=$?
		[ "$got" -gt 128 ] || break
		if [ $((SECONDS - shown)) -ge "$every" ]; then
			show_progress "$label" "$(steps "$log" "$pattern")" \
				"$total" $((SECONDS - begin))
			shown=$SECONDS
		fi
	done
	exec {fd}<&-
	[ -t 2 ] && printf '\r\033[K' >&2
	if [ "$status" = 0 ]; then
		say "$label: done in $((SECONDS - begin)) s"
		return 0
	fi
	# With parallel jobs the error itself is seldom at the end.
	{
		grep -E '(error|warning): |undefined reference|^(E|FAILED): ' \
			"$log" | head -n 20
		tail -n 8 "$log"
	} >&2
	say "$label failed (status ${status:-unknown}); the whole log: $log"
	return 1
}
