#!/bin/sh
# Several at once: two makes, a make and filters, two worktrees, two users'
# shells, and one that dies with a lock in its hand. One payment a request, and
# the same bytes. t3050 has five programs for one voice, and two makes of the
# voices.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

echo "One two." | tts >"$tmp/voice.wav"
echo "a picture" | image --size 64x36 >"$tmp/picture.png"
printf '{"data":[{"b64_json":"%s"}]}' "$(base64 -w0 "$tmp/picture.png")" \
	>"$tmp/picture.json"
cat >"$tmp/rules" <<'EOF'
on POST */audio/speech having slow
  delay 20000
  file voice.wav
on POST */audio/speech
  delay 150
  header Content-Type: audio/wav
  file voice.wav
on POST */images/generations
  delay 150
  header Content-Type: application/json
  file picture.json
EOF
serve "$tmp/rules" || exit 1
mkdir -p "$XDG_CONFIG_HOME/studio"
cat >"$XDG_CONFIG_HOME/studio/settings.yaml" <<EOF
maxCost: unlimited
providers:
  home: {type: openai, baseUrl: "http://127.0.0.1:$port/v1", limit: 4}
EOF

# project NAME TEXT: three scenes, split, nothing made
project() {
	studio new "$1" --title Film >/dev/null 2>&1 || exit 1
	rm "$1/brief.md"
	printf 'size: 128x72\nquality: draft\n' >>"$1/project.yaml"
	for i in 1 2 3; do
		printf '## Part %d\n\nIn %s part %d.\n\n' $i "$2" $i
	done >"$1/script.md"
	studio -C "$1" config ttsProvider home:tts 2>/dev/null
	studio -C "$1" config imageModel home:pic
	studio -C "$1" split-scenes >/dev/null || exit 1
}
# Nothing made, nothing stored.
anew() {
	rm -rf "$XDG_DATA_HOME" film other tree
	project film film
}
# Hashes of media and films; scenes' folders have other names in each project.
made() {
	sums "$1" | sed -n 's|/scenes/\(0*[0-9]*\)-[^/]*/|/\1/|;
		/\.\(wav\|png\|mp4\|srt\|vtt\)$/p' | grep -v ' \./build/'
}
ended() { # PID NAME
	wait "$1"
	is $? 0 "$2"
}
asks=0
asked() { # CALLS NAME
	is $(($(began '*') - asks)) "$1" "$2"
	asks=$(began '*')
}

# By itself: what the others are held against.
anew
ok "a film" make -s -C film
asked 7 "has seven requests: three voices, three pictures, a cover"
made film >want

anew
make -s -C film -j2 >"$tmp/a" 2>&1 &
a=$!
make -s -C film -j2 >"$tmp/b" 2>&1 &
ended $! "two makes of a whole film at once"
ended $a "both succeed"
asked 7 "each request is paid once"
made film >got
same_file want got "and the film has the same bytes"
is "$(find film -name '.*.tmp')" "" "no temp file is left"
ok "all records are good" studio -C film check

# A make, and each filter by hand, all begun together.
anew
make -s -C film -j2 >"$tmp/a" 2>&1 &
a=$!
pids=
for command in tts image 'image --cover' tts image; do
	# shellcheck disable=SC2086
	studio -C film $command >"$tmp/b" 2>"$tmp/said" &
	pids="$pids $!"
done
for pid in $pids; do ended "$pid" "a filter beside a make"; done
ended $a "and the make"
asked 7 "each request is paid once"
made film >got
same_file want got "and the film has the same bytes"

# Two worktrees of one repository.
anew
git -C film init -q 2>/dev/null
git -C film add -A
git -C film commit -qm scenes
git -C film worktree add -q ../tree 2>/dev/null
make -s -C film >"$tmp/a" 2>&1 &
a=$!
make -s -C tree >"$tmp/b" 2>&1 &
ended $! "two worktrees at once"
ended $a "both succeed"
asked 7 "and pay each request once between them"
made tree >got
same_file want got "the one has the film"
made film >got
same_file want got "and so has the other"

# Two shells with a store in common: other run folders, other projects.
anew
project other film
mkdir -m 700 "$tmp/run2"
make -s -C film >"$tmp/a" 2>&1 &
a=$!
XDG_RUNTIME_DIR=$tmp/run2 make -s -C other >"$tmp/b" 2>&1 &
ended $! "two shells with one store"
ended $a "both succeed"
asked 7 "and pay each request once between them"
made other >got
same_file want got "with the same film"
is "$(cat film/ledger/*.json other/ledger/*.json 2>/dev/null |
	jq -r .request | sort | uniq -d)" "" "no request is in both ledgers"

# Who dies with locks in its hand lets go of them.
rm -rf film other
project film slow
studio -C film tts 1 >/dev/null 2>&1 &
holder=$!
tries=0
until [ "$(began '*')" -gt "$asks" ] || [ $tries -gt 500 ]; do
	sleep 0.02
	tries=$((tries + 1))
done
studio -C film tts 1 >/dev/null 2>&1 &
waiter=$!
sleep 0.5
asked 1 "the second one for the same voice waits"
kill -9 $holder
from=$(date +%s%N)
until [ "$(began '*')" -gt "$asks" ] ||
	[ $(($(date +%s%N) - from)) -gt 5000000000 ]; do :; done
took=$((($(date +%s%N) - from) / 1000000))
[ $took -lt 500 ]
result $? "killed, its lock is free at once" "after $took ms"
echo "# $took ms until the next one asked"
kill -9 $waiter
wait $holder $waiter 2>/dev/null

done_testing
