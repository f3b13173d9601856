# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# The cache folder: where kernel sources, build trees, packages and guest
# images live between runs, outside the checkout.  Sourced; wants $PROG set to
# the name that messages begin with.

# What is sorted here goes into hashes and archives.
export LC_ALL=C

say()
{
	printf '%s: %s\n' "$PROG" "$*" >&2
}

# die STATUS MESSAGE...
die()
{
	local status=$1

	shift
	say "$@"
	exit "$status"
}

# The home folder of the password database, for when HOME is unset or odd.
passwd_home()
{
	local entry

	entry=$(getent passwd "$(id -u)") || return 1
	entry=${entry%:*}
	printf '%s\n' "${entry##*:}"
}

# A folder in /var/tmp can be made by anyone beforehand: it must be ours alone.
private_tmp()
{
	local dir
	dir=/var/tmp/mandate-$(id -u)

	mkdir -m 0700 "$dir" 2>/dev/null
	if [ -L "$dir" ] || [ ! -d "$dir" ] || [ ! -O "$dir" ]; then
		die 1 "$dir is not a folder of our own; set MANDATE_CACHE"
	fi
	printf '%s\n' "$dir"
}

cache_folder()
{
	local dir home

	if [ -n "${MANDATE_CACHE:-}" ]; then
		case $MANDATE_CACHE in
		/*)	dir=$MANDATE_CACHE ;;
		*)	dir=$PWD/$MANDATE_CACHE ;;
		esac
	elif [[ ${XDG_CACHE_HOME:-} == /* ]]; then
		dir=$XDG_CACHE_HOME/mandate
	else
		home=${HOME:-}
		if [[ $home != /* ]] || [ ! -d "$home" ]; then
			home=$(passwd_home) || home=
		fi
		if [[ $home == /* ]] && [ -d "$home" ] && [ -w "$home" ]; then
			dir=${home%/}/.cache/mandate
		else
			dir=$(private_tmp) || exit
		fi
	fi

	# The kernel's Makefile refuses these in a path, late and obscurely.
	if [[ $dir == *[[:space:]:%\'\"\$,]* ]]; then
		die 1 "a kernel cannot be built in '$dir' (blank or one of :%,\$ or a quote in the path); set MANDATE_CACHE"
	fi
	mkdir -p "$dir" 2>/dev/null ||
		die 1 "cannot make the cache folder $dir; set MANDATE_CACHE"
	[ -w "$dir" ] ||
		die 1 "cannot write to the cache folder $dir; set MANDATE_CACHE"
	printf '%s\n' "$dir"
}

# need_space MEBIBYTES FOLDER WHAT
need_space()
{
	local have

	have=$(df --output=avail -BM "$2" | tail -n 1 | tr -dc 0-9)
	[ "${have:-0}" -ge "$1" ] ||
		die 1 "$3 needs $1 MiB in $2, where $have MiB are free"
}

# One writer at a time; the lock ends with the process.
take_lock()
{
	local fd

	exec {fd}>"$1"
	if ! flock -n "$fd"; then
		say "waiting for another run that holds $1"
		flock "$fd"
	fi
	LOCK_FD=$fd
}

# Nothing is wrong with having none.
drop_lock()
{
	[ -z "${LOCK_FD:-}" ] || exec {LOCK_FD}>&-
	LOCK_FD=
}

# keep_newest COUNT FOLDER PATTERN: removes all but the newest entries.
keep_newest()
{
	local old

	find "$2" -mindepth 1 -maxdepth 1 -name "$3" -printf '%T@ %p\n' |
		sort -rn | tail -n +"$(($1 + 1))" | cut -d' ' -f2- |
		while IFS= read -r old; do
			rm -rf "$old"
		done
}
