#!/bin/sh
# SIGINT, SIGTERM, SIGHUP and a closed stdout at random times, in every
# program: it ends by the signal, and a second run heals. SEED makes the times.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
plan 1

ok "signals at random times" "$top/scripts/inject-faults" \
	-S "${TIMES:-2}" -r "${SEED:-$(($(date +%s) % 1000))}"
sed 's/^/# /' "$out"
