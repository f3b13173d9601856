# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Compiles the two ends of a guest, its init and the host's runner, found
# again by a hash over their sources.  Sourced after cache.sh, with $HERE and
# $CACHE set.

# The folder with "init" and "run".
vm_tools()
{
	local hash dir tmp flags

	flags='-std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror'
	hash=$( (gcc --version && printf '%s\n' "$flags" &&
		cat "$HERE"/vm/*.[ch]) | sha256sum)
	dir=$CACHE/tools/${hash:0:16}
	if [ ! -e "$dir/run" ]; then
		mkdir -p "$CACHE/tools"
		tmp=$(mktemp -d "$CACHE/tools/tmp.XXXXXX")
		# shellcheck disable=SC2086 # flags, to be split
		gcc $flags -static -s -o "$tmp/init" "$HERE"/vm/init.c \
			"$HERE"/vm/wire.c || die 1 "cannot compile the guest's init"
		# shellcheck disable=SC2086 # flags, to be split
		gcc $flags -o "$tmp/run" "$HERE"/vm/run.c "$HERE"/vm/wire.c ||
			die 1 "cannot compile the guest's runner"
		mv -T "$tmp" "$dir" 2>/dev/null || rm -rf "$tmp"
		keep_newest 4 "$CACHE/tools" '*'
	fi
	printf '%s\n' "$dir"
}
