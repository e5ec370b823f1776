#!/bin/sh
# No use of what is not set and no wrong read or write, by valgrind, on tiny
# inputs. Leaks are looked for by the sanitizers.
. "$(dirname "$0")/lib.sh"

grind() {
	valgrind -q --error-exitcode=99 --leak-check=no \
		--suppressions="$top/tests/valgrind.supp" "$@"
}

# under NAME PROGRAM ARGUMENTS, with $in on stdin
under() {
	name=$1
	shift
	[ -x "$STUDIO_BIN/$1" ] || {
		skip "$1 is not built"
		return
	}
	exits 0 "$name" grind "$@" <in
	if [ "$got" -ne 0 ] && [ -z "${shown-}" ]; then
		sed 's/^/# /' "$err" | head -n 40
	fi
}

echo 'The tide is low. A boat waits on the sand.' >in
under "split-scenes" split-scenes
cat >in <<'TEXT'
# Tides

The sea rises and falls twice a day. The Moon pulls the water towards it. On
the far side of the Earth a second swell rises. Harbours keep tables of the
times. Sailors plan their days by them.
TEXT
under "gen-script" gen-script
echo 'Hello, sea.' >in
under "tts with flite" tts --provider flite
under "tts with espeak" tts --provider espeak
echo 'a harbour at dawn' >in
under "image" image --size 160x90
: >in
under "studio new" studio new film --title Small
printf 'The tide is low.\n\nA boat waits.\n' >film/script.md
if [ -x "$STUDIO_BIN/split-scenes" ]; then
	"$STUDIO_BIN/studio" -C film split-scenes >log 2>&1
fi
for c in status plan show check refresh; do
	under "studio $c" studio -C film $c
done
done_testing
