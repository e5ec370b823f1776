#!/bin/sh
# Every program has a page, and every page is clean mdoc.
. "$(dirname "$0")/lib.sh"

for c in "$top"/src/*.c; do
	[ -e "$c" ] || continue
	ok "$(basename "$c" .c) has a page" test -s "${c%.c}.1"
done
for m in "$top"/src/*.[157]; do
	[ -e "$m" ] || continue
	n=$(basename "$m")
	# Our own pages refer to each other; mandoc looks among installed ones.
	run mandoc -Tlint -W warning "$m"
	is "$(grep -v 'referenced manual not found' "$out")" "" "$n is clean"
	like "$(cat "$m")" '^\.Sh EXIT STATUS|^\.Dt .* [57]$' \
		"$n lists the exit codes"
done
done_testing
