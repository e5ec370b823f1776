#!/bin/sh
# Every script passes shellcheck.
. "$(dirname "$0")/lib.sh"

cd "$top" || exit 1
for f in scripts/* projects.example/providers/* tests/*.t tests/*.sh .ci/run; do
	case $(head -n 1 "$f") in
	'#!'*sh* | *'.sh:'* | *'shellcheck shell'*) ;;
	*) continue ;;
	esac
	run shellcheck -S warning "$f"
	is "$(head -n 20 "$out")" "" "$f"
done
done_testing
