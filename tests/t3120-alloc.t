#!/bin/sh
# An allocation fails in every program and command, here and there: no crash,
# no leak, nothing half written, and a second run heals. MOST=0 tries all; the
# default is a few a scenario, by a seed that is printed. Built by scripts/check
# beside the other sanitized programs. scripts/fail-allocations says more.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

covers_all "$top/scripts/fail-allocations" 3
run "$top/scripts/fail-allocations" -n "${MOST:-3}" -r "${SEED:-1}"
skip_unwatched
result "$got" "no failed allocation does harm" "$(cat "$err")"
sed 's/^/# /' "$out"
# Libraries that die of it leave the project as it was, or as it will be.
ok "nor one in Cairo, Pango, a codec or libcrypto" \
	"$top/scripts/fail-allocations" -n "${MOST:-2}" -r "${SEED:-1}" \
	-c sax gen-script-filter split-scenes-filter \
	'tts*' 'image*' 'render-clip*'
sed 's/^/# /' "$out"
