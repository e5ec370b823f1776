#!/bin/sh
# The helper itself: a check that cannot fail is worth nothing.
. "$(dirname "$0")/lib.sh"
plan 17

# A script of its own, since failing lines here would fail this test.
try() {
	printf '#!/bin/sh\n. "%s/tests/lib.sh"\n%s\n' "$top" "$1" >case.t
	mkdir -p tests && mv case.t tests/
	sh -c "cd tests && ln -sf '$top/tests/lib.sh' lib.sh && sh ./case.t" \
		>log 2>&1
	code=$?
}

try 'plan 1; ok "good" true'
is $code 0 "a good test passes"
like "$(cat log)" '^ok 1 - good$' "and says so"
try 'plan 1; ok "bad" false'
is $code 1 "a bad one fails the script"
like "$(cat log)" '^not ok 1 - bad$' "and says so"
try 'plan 2; ok "one" true'
is $code 1 "a test that was planned and not run fails"
try 'plan 1; exits 3 "three" sh -c "exit 3"'
is $code 0 "an exit code that is wanted passes"
try 'plan 1; ok "report" sh -c "echo x.c:1: runtime error: y >&2"'
is $code 1 "a sanitizer report fails though the exit code is 0"
try 'plan 1; fails "killed" sh -c "kill -SEGV \$\$"'
is $code 1 "a crash is no good failure"
try 'plan 1; is a b "differ"'
is $code 1 "is compares"
try 'plan 1; like abc "^b" "pattern"'
is $code 1 "like matches"
try 'plan 1; echo a >x; echo b >y; same_file x y "files"'
is $code 1 "same_file compares"
try 'plan 1; ok "x" true; mkdir "$tmp/server.1"
	echo oops >"$tmp/server.1/stderr"'
is $code 1 "a server that complains fails the script"
like "$(cat log)" '^#   oops$' "and is heard"
try 'echo "on none" >rules; STUDIO_SERVER='"$(command -v false)"'
	serve rules; echo $?'
is "$(tail -n 1 log)" 1 "a server that does not start is told"
try 'served=$tmp; printf "%s\n" "1 GET /a 200 1 2 5 6 - g 1" \
	"2 PUT /b 429 1 3 5 6 - g 1" "3 GET /a gone 1 1 5 6 - - 1" |
	tee "$tmp/log" >"$tmp/began"
	echo $(calls) $(calls /a) $(calls "PUT *") $(began /a) \
	$(most_in_flight g) $(most_in_flight /a) $(most_in_flight no)'
is "$(cat log)" "2 1 1 2 3 2 0" "calls are counted"
OPENAI_API_KEY=k try 'plan 1; is "${OPENAI_API_KEY-none}" none "no keys"'
is $code 0 "provider keys are out of reach"
try 'plan 1; echo "# $tmp"; ok "x" true'
gone=$(sed -n 's/^# //p' log)
case $gone in /*) [ ! -e "$gone" ] && gone=yes ;; esac
is "$gone" yes "nothing is left"
