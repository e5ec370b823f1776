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
# shellcheck shell=sh

top=$(cd "$(dirname "$0")/.." && pwd) || exit 1
STUDIO_BIN=${STUDIO_BIN:-$top/bin}
case $STUDIO_BIN in /*) ;; *) STUDIO_BIN=$PWD/$STUDIO_BIN ;; esac
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

# Runs at the end, also of a script that stops early.
cleanup() {
	status=$?
	cd / || exit 1
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

# Print a TAP line: result GOOD(0 or 1) NAME [NOTE]; the note is for a failure.
result() {
	test_nr=$((test_nr + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $test_nr - $2"
		return 0
	fi
	echo "not ok $test_nr - $2"
	test_bad=$((test_bad + 1))
	[ -z "${3-}" ] || printf '%s\n' "$3" | sed 's/^/#   /'
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

# A sorted list "sha256  path" of every file below a folder, .git not.
sums() {
	(cd "$1" && find . -name .git -prune -o -type f -print | sort |
		tr '\n' '\0' | xargs -0 -r sha256sum)
}
