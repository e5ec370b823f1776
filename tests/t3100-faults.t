#!/bin/sh
# Every call that changes a project or the store fails once, in every program:
# nothing is half written, nothing is paid for twice, and a second run heals.
# FAULTS=100 tries all of them; the default is a sample, by a seed that is
# printed. scripts/inject-faults has figures for each program.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

run "$top/scripts/inject-faults" -l
if [ "$got" -ne 0 ]; then
	is "$(cat "$err")" "" "each program and command has a scenario"
	done_testing
	exit
fi
plan 3
result 0 "each program and command has a scenario"
run "$top/scripts/inject-faults" -o
[ "$got" -ne 126 ] || {
	skip "calls cannot be watched here"
	skip "calls cannot be watched here"
	exit 0
}
is "$(head -n 40 "$err")" "" "no failing power supply undoes what follows"
ok "no fault loses, halves or repeats anything" \
	"$top/scripts/inject-faults" -n "${FAULTS:-35}" -r "${SEED:-1}"
sed 's/^/# /' "$out"
