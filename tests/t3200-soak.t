#!/bin/sh
# A minute of scripts/soak: random work on a project, with servers, kills and
# git, held step by step against a model of what is asked for, what is made
# again and in which state all is. Hours of it are for scripts/soak itself.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

find_server || exit 1
STUDIO_SERVER=$server
export STUDIO_SERVER
exits 2 "a seed is a number" "$top/scripts/soak" --seed x
exits 2 "no operands" "$top/scripts/soak" here
ok "a minute of random work agrees with the model" \
	"$top/scripts/soak" --seed "${SOAK_SEED:-3}" \
	--seconds "${SOAK_SECONDS:-60}" --keep "$tmp/soak"
figure() { sed -n "s/^$1 //p" "$out"; }
sed 's/^/# /' "$out"
[ "$(figure steps)" -gt 0 ] && [ "$(figure runs)" -gt 0 ]
result $? "it did something"
is "$(figure differences)" 0 "without a difference"
step=$(jq .step "$tmp/soak/soak.json")
ok "it goes on where it was" "$top/scripts/soak" --steps 1 --keep "$tmp/soak"
is "$(jq .step "$tmp/soak/soak.json")" $((step + 1)) "one step further"
is "$(jq .seed "$tmp/soak/soak.json")" "${SOAK_SEED:-3}" "by the same seed"

# It would see it: replies are lost behind its back, more than once, since a
# step that wants one of them again comes by chance.
got=0 round=0
while [ "$got" -eq 0 ] && [ $round -lt 20 ]; do
	round=$((round + 1))
	find "$tmp/soak" -type d -path '*/studio/store/objects' -prune \
		-exec rm -r {} +
	run "$top/scripts/soak" --steps 15 --keep "$tmp/soak"
done
is "$got" 1 "it notices replies that are lost"
like "$(cat "$err")" 'seed .*, step ' "and says where"
done_testing
