#!/bin/sh
# Every call that changes a project or the store fails once, in every program:
# nothing is half written, nothing is paid for twice, and a second run heals.
# FAULTS=100 tries all of them; the default is a sample, by a seed that is
# printed. scripts/inject-faults has figures for each program.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

covers_all "$top/scripts/inject-faults" 3
run "$top/scripts/inject-faults" -o
skip_unwatched
is "$(head -n 40 "$err")" "" "no failing power supply undoes what follows"
ok "no fault loses, halves or repeats anything" \
	"$top/scripts/inject-faults" -n "${FAULTS:-35}" -r "${SEED:-1}"
sed 's/^/# /' "$out"
