#!/bin/sh
# Clocks and times of files decide nothing: whatever they say, the same is
# fresh, and no time or duration comes out negative.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

gcc -O1 -shared -fPIC -o "$tmp/clock.so" "$top/tests/torture/clock.c" || exit 1

ok "a project" studio new film --title Film
cd film || exit 1
rm brief.md
printf 'size: 128x72\nquality: draft\n' >>project.yaml
printf '# Film\n\nThe tide is low.\n\nA boat waits.\n\nIt rains.\n' >script.md
ok "a film" make -s
git init -q 2>/dev/null
git add -A && git commit -qm made
sums . | grep -v '/build/' >../want

# nothing NAME: everything is as it was, and nothing is to make
nothing() {
	like "$(studio refresh 2>&1)" '^0 to make' "$1: nothing to make"
	run make
	is "$got:$(grep -c '^studio' "$out")" "0:0" "$1: make starts nothing"
	unlike "$(cat "$out" "$err")" '(^|[^0-9a-z])-[0-9]' \
		"$1: no negative time"
	sums . | grep -v '/build/' >../got
	same_file ../want ../got "$1: every byte is as it was"
}
each() { find . -name .git -prune -o -type f -print0 | xargs -0 "$@"; }

each touch -d '2031-05-05'
nothing "all in the future"
each touch -d '2099-12-31'
nothing "beyond 2038"
each touch -d '@0'
nothing "all at the epoch"
each touch -d '@-3600'
nothing "before it"
each touch -d '2026-01-01 12:00:00'
nothing "all equal"
for seed in 1 2 3; do
	find . -name .git -prune -o -type f -print | sort | perl -e '
		srand($ARGV[0]);
		while (<STDIN>) { chomp; my $t = int(rand(2 ** 32));
		utime($t, $t, $_); }' $seed
	nothing "at random, seed $seed"
done
# An edit is seen whatever its time: the older one too.
one=$(find scenes -mindepth 1 -type d | sort | head -n 1)
sed -i 's/low/high/' "$one/scene.yaml"
touch -d '1999-01-01' "$one/scene.yaml"
like "$(studio refresh 2>&1)" '^[1-9][0-9]* to make' "an edit with an old time"
run make
like "$(cat "$out")" "tts -q $(basename "$one")" "is made"
git checkout -q scenes && make -s >/dev/null 2>&1
touch -d '2099-01-01' "$one/scene.yaml"
sums . | grep -v '/build/' >../want
nothing "and back with a time to come"

# A file that was replaced by another of the same size and time.
stat --format='%y' "$one/audio.local.wav" >../was
cp "$one/audio.local.wav" ../kept.wav
perl -e 'open F, "+<", $ARGV[0]; seek F, 2000, 0; print F "other bytes"' \
	"$one/audio.local.wav"
touch -d "$(cat ../was)" "$one/audio.local.wav"
like "$(studio status 2>&1; studio check 2>&1)" 'audio' \
	"other bytes under the same size and time are seen"
cp ../kept.wav "$one/audio.local.wav"

# The system's clock: an hour back, in 1970, at the ends of 32 bits, far off.
for clock in -3600 -86400 @1 @2147483646 @2147483648 @4294967296 @7258118400 \
	@100; do
	with() { LD_PRELOAD=$tmp/clock.so STUDIO_CLOCK=$clock "$@"; }
	[ "$(with perl -e 'print time')" != "$(date +%s)" ] || {
		result 1 "the clock is wrong"
		continue
	}
	LD_PRELOAD=$tmp/clock.so STUDIO_CLOCK=$clock
	export LD_PRELOAD STUDIO_CLOCK
	nothing "clock $clock"
	sed -i 's/low/lower/' "$one/scene.yaml"
	run make
	unset LD_PRELOAD STUDIO_CLOCK
	is "$got" 0 "clock $clock: an edit is made" || sed 's/^/# /' "$err" >&2
	like "$(studio refresh 2>&1)" '^0 to make' \
		"clock $clock: and fresh by the right one"
	like "$(jq -r .updatedAt "$one/audio.json")" \
		'^[0-9]{4}-[0-9]{2}-[0-9]{2}T' "clock $clock: its time is one"
	ok "clock $clock: the records are good" studio check
	git checkout -q . && make -s >/dev/null 2>&1
	sums . | grep -v '/build/' >../want
done

done_testing
