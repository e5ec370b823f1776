# lib.sh: what test scripts share. Source it first:
#
#	. "$(dirname "$0")/lib.sh"
#	plan 3
#	ok "exits 0" command with arguments
#	exits 65 "bad data is refused" command ...
#	like "$(cat "$err")" 'file.yaml:3' "and the message names the line"
#
# Each script runs in an empty folder of its own ($scratch, removed at the
# end), with its own home, no provider keys and no git configuration but ours.
# The programs are those of $STUDIO_BIN (default: bin of the source), first in
# PATH. Stdout and stderr of the last command run by ok, exits and fails are
# in the files $out and $err. A command that ends by a signal, or whose stderr
# has a report of a sanitizer or of valgrind, is never ok.
#
# A faulty HTTP server, as a script of rules says (tests/server/script.h):
#
#	serve SCRIPT [-t CERT KEY]   start it: sets $port, and $served, the folder
#		of what it notes of each request (tests/server/journal.h: N.head,
#		N.body, began, log)
#	calls [PATTERN]   how many requests were answered
#	began [PATTERN]   how many came, also of clients that did not wait
#	most_in_flight [PATTERN | GROUP]   at once
#	request N         path of the body of request N; its head is N.head
#	unserve           stop the last one; its notes stay
#
# PATTERN is a glob for the target, or for "METHOD TARGET"; calls and the like
# are about the server of $served, the last one unless you set it. A server
# ends with the shell that started it: serve in no subshell. What it says on
# stderr, such as a sanitizer's report, fails the script. It is $STUDIO_SERVER,
# or the one that "make server" builds.
#
# shellcheck shell=sh

top=$(cd "$(dirname "$0")/.." && pwd) || exit 1
STUDIO_BIN=${STUDIO_BIN:-$top/bin}
case $STUDIO_BIN in /*) ;; *) STUDIO_BIN=$PWD/$STUDIO_BIN ;; esac
case ${STUDIO_SERVER-/} in /*) ;; *) STUDIO_SERVER=$PWD/$STUDIO_SERVER ;; esac
PATH=$STUDIO_BIN:$PATH

LC_ALL=C.UTF-8
TZ=UTC
ASAN_OPTIONS=abort_on_error=1:detect_leaks=${STUDIO_LEAKS:-1}
UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
LSAN_OPTIONS=suppressions=$top/tests/lsan.supp:print_suppressions=0
GIT_CONFIG_NOSYSTEM=1
GIT_CONFIG_GLOBAL=/dev/null
GIT_AUTHOR_NAME=Tester GIT_AUTHOR_EMAIL=tester@example.org
GIT_COMMITTER_NAME=Tester GIT_COMMITTER_EMAIL=tester@example.org
export PATH STUDIO_BIN LC_ALL TZ ASAN_OPTIONS UBSAN_OPTIONS \
	LSAN_OPTIONS GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL GIT_AUTHOR_NAME \
	GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
for name in $(env | sed -n \
	's/^\([A-Za-z0-9_]*\(_API_KEY\|_TOKEN\|_SECRET\|_BASE_URL\)\)=.*/\1/p'); do
	unset "$name"
done
# A make above us must not lend its flags to the makes that we test.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES SOURCE_DATE_EPOCH LAUNCH

tmp=$(mktemp -d "${TMPDIR:-/tmp}/studio-test.XXXXXX") || exit 1
out=$tmp/stdout err=$tmp/stderr
scratch=$tmp/work
HOME=$tmp/home
XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share
XDG_RUNTIME_DIR=$tmp/run
export HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR
mkdir -p "$scratch" "$HOME" "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
cd "$scratch" || exit 1
: >"$out" && : >"$err"

test_nr=0 test_bad=0 test_plan=
servers=0 served='' port='' server_pid='' server_pids=

# Runs at the end, also of a script that stops early.
cleanup() {
	status=$?
	cd / || exit 1
	stop_servers
	chmod -R u+rwX "$tmp" 2>/dev/null
	rm -rf "$tmp"
	[ "$status" -eq 0 ] || exit "$status"
	if [ -n "$test_plan" ] && [ "$test_plan" -ne "$test_nr" ]; then
		echo "# planned $test_plan tests, ran $test_nr"
		exit 1
	fi
	[ "$test_bad" -eq 0 ] || exit 1
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

plan() {
	test_plan=$1
	echo "1..$1"
}

# Instead of plan, at the end, where the number is not known before.
done_testing() { plan "$test_nr"; }

skip_all() {
	echo "1..0 # SKIP $*"
	exit 0
}

# Print a TAP line: result GOOD(0 or 1) NAME [NOTE]; the note is for a failure,
# on stderr, where prove lets it through.
result() {
	test_nr=$((test_nr + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $test_nr - $2"
		return 0
	fi
	echo "not ok $test_nr - $2"
	test_bad=$((test_bad + 1))
	printf '%s: %s\n%s' "$(basename "$0")" "$2" "${3:+$3
}" | sed 's/^/#   /' >&2
	return 1
}

skip() {
	test_nr=$((test_nr + 1))
	echo "ok $test_nr - # SKIP $*"
}

reported() {
	grep -qE '(Address|Leak|Memory|Thread|UndefinedBehavior)Sanitizer|: runtime error: |== ERROR SUMMARY: [1-9]|definitely lost: [1-9]' "$err"
}

# Run a command into $out and $err; its status is in $got. stdin is passed on.
run() {
	"$@" >"$out" 2>"$err"
	got=$?
}

# What the last command said, cut, for a note.
said() { head -c 3000 "$err" | tr -d '\000'; }

# exits CODE NAME COMMAND...
exits() {
	want=$1 name=$2
	shift 2
	run "$@"
	if reported; then
		result 1 "$name" "a sanitizer or valgrind report: $(said)"
	elif [ "$got" -ne "$want" ]; then
		result 1 "$name" "exit $got, not $want; stderr: $(said)"
	else
		result 0 "$name"
	fi
}

# ok NAME COMMAND...
ok() { exits 0 "$@"; }

# fails NAME COMMAND...: any failure that is not a crash
fails() {
	name=$1
	shift
	run "$@"
	if reported; then
		result 1 "$name" "a sanitizer or valgrind report: $(said)"
	elif [ "$got" -eq 0 ] || [ "$got" -ge 126 ]; then
		result 1 "$name" "exit $got; stderr: $(said)"
	else
		result 0 "$name"
	fi
}

# is GOT WANT NAME
is() {
	[ "$1" = "$2" ] && got=0 || got=1
	result "$got" "$3" "got:  $1
want: $2"
}

isnt() {
	[ "$1" != "$2" ] && got=0 || got=1
	result "$got" "$3" "both are: $1"
}

# like TEXT EXTENDED-REGEX NAME
like() {
	printf '%s\n' "$1" | grep -qE -- "$2" && got=0 || got=1
	result "$got" "$3" "$1
does not match: $2"
}

unlike() {
	printf '%s\n' "$1" | grep -qE -- "$2" && got=1 || got=0
	result "$got" "$3" "$1
matches: $2"
}

same_file() {
	got=0
	note=$(cmp "$1" "$2" 2>&1) || got=1
	result "$got" "$3" "$note"
}

# covers_all SCRIPT NR: it has a scenario for each program and command. The first
# of NR tests; where one is missing, the only one.
covers_all() {
	run "$1" -l
	if [ "$got" -ne 0 ]; then
		is "$(cat "$err")" "" "each program and command has a scenario"
		done_testing
		exit
	fi
	plan "$2"
	result 0 "each program and command has a scenario"
}

# Where such a script said that calls cannot be watched: the two that are left
# are skipped.
skip_unwatched() {
	[ "$got" -eq 126 ] || return 0
	skip "calls cannot be watched here"
	skip "calls cannot be watched here"
	exit 0
}

# A sorted list "sha256  path" of every file below a folder, .git not, nor what
# only saves time and is written when it is old enough to be trusted.
sums() {
	(cd "$1" && find . -name .git -prune -o -name tree-index -prune -o \
		-name stat-cache -prune -o -type f -print | sort |
		tr '\n' '\0' | xargs -0 -r sha256sum)
}

find_server() {
	for server in "${STUDIO_SERVER-}" \
		"$top/obj/gcc-dev/tests/server/server" \
		"$top/obj/gcc/tests/server/server"; do
		[ -x "$server" ] && return
	done
	make -s -C "$top" CC=gcc server >"$tmp/server.log" 2>&1 && return
	sed 's/^/# /' "$tmp/server.log"
	return 1
}

# serve SCRIPT [-t CERT KEY]
serve() {
	find_server || return 1
	rules=$1
	shift
	servers=$((servers + 1))
	served=$tmp/server.$servers port=
	mkdir "$served" || return 1
	"$server" "$@" "$rules" "$served" </dev/null >"$served/stdout" \
		2>"$served/stderr" &
	server_pid=$!
	server_pids="$server_pids $server_pid"
	tries=0
	until [ -e "$served/port" ] || [ $tries -ge 1000 ]; do
		kill -0 "$server_pid" 2>/dev/null || break
		sleep 0.01
		tries=$((tries + 1))
	done
	# shellcheck disable=SC2034
	read -r port <"$served/port" 2>/dev/null && return
	sed 's/^/# server: /' "$served/stderr"
	return 1
}

unserve() {
	[ -n "$server_pid" ] || return 0
	kill "$server_pid" 2>/dev/null
	wait "$server_pid" 2>/dev/null
	server_pids=${server_pids% "$server_pid"} server_pid=
}

# At the end; what a server said counts as a failure.
stop_servers() {
	for server_pid in $server_pids; do
		unserve
	done
	for log in "$tmp"/server.*/stderr; do
		[ -s "$log" ] || continue
		echo "# a server said:"
		head -n 40 "$log" | sed 's/^/#   /'
		test_bad=$((test_bad + 1))
	done
}

# A client that was killed is noticed a little later: wait until each request
# that began is in the log, but not for one that is really waited for.
settle() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ "$(wc -l <"$served/log")" -ge \
			"$(wc -l <"$served/began")" ] && return
		sleep 0.1
	done
}

# Does the request of this line match the pattern?
hits() {
	# shellcheck disable=SC2254
	case $2 in $3) return 0 ;; esac
	# shellcheck disable=SC2254
	case "$1 $2" in $3) return 0 ;; esac
	return 1
}

# calls [PATTERN]
calls() {
	settle
	count=0
	while read -r _ method target code _; do
		[ "$code" != gone ] && hits "$method" "$target" "${1-*}" &&
			count=$((count + 1))
	done <"$served/log"
	echo "$count"
}

# began [PATTERN]
began() {
	count=0
	while read -r _ method target _; do
		hits "$method" "$target" "${1-*}" && count=$((count + 1))
	done <"$served/began"
	echo "$count"
}

# most_in_flight [PATTERN | GROUP]
most_in_flight() {
	settle
	most=0
	while read -r _ method target _ _ flight _ _ _ group _; do
		[ "$group" = "${1-}" ] ||
			hits "$method" "$target" "${1-*}" || continue
		[ "$flight" -le "$most" ] || most=$flight
	done <"$served/log"
	echo "$most"
}

# request N
request() { echo "$served/$1.body"; }
