#!/bin/sh
# Calls to servers under kills, signals, a key that is refused and a full disk:
# what was paid for is kept, and not asked for again.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# A kill -9 storm, small here: scripts/storm-calls alone makes 200 kills.
figure() { sed -n "s/^$1 //p" "$out"; }
for mode in '' -i; do
	# shellcheck disable=SC2086
	ok "a storm of kills ${mode:+with idempotency keys}" \
		"$top/scripts/storm-calls" $mode -k 10 -n 4 -r 3
	is "$(figure kills)" 10 "all kills were met"
	is "$(figure late)" 0 "once all is made, no call"
	is "$(figure leftover)" 0 "and no half-written file is left"
	sed 's/^/# /' "$out"
done
is "$(figure keys)" "$(figure requests)" "a key for each request"

echo "One two." | tts >"$tmp/voice.wav"
echo "a picture" | image --size 64x36 >"$tmp/picture.png"
printf '{"data":[{"b64_json":"%s"}]}' "$(base64 -w0 "$tmp/picture.png")" \
	>"$tmp/picture.json"

# server PORTLESS-RULES on stdin; the user's settings lead to it
server() {
	cat >"$tmp/rules"
	serve "$tmp/rules" || exit 1
	mkdir -p "$XDG_CONFIG_HOME/studio"
	cat >"$XDG_CONFIG_HOME/studio/settings.yaml" <<-EOS
		maxCost: unlimited
		providers:
		  voices: {type: openai, baseUrl: "http://127.0.0.1:$port/v1", limit: 8}
		  pictures: {type: openai, baseUrl: "http://127.0.0.1:$port/v1", limit: 4}
	EOS
}

# project NAME SCENES: split, nothing made
project() {
	studio new "$1" --title "$1" >/dev/null 2>&1 || exit 1
	rm "$1/brief.md"
	printf 'size: 128x72\nquality: draft\n' >>"$1/project.yaml"
	i=0
	while [ $i -lt "$2" ]; do
		i=$((i + 1))
		printf '## Part %d\n\nIn %s part %d.\n\n' $i "$1" $i
	done >"$1/script.md"
	studio -C "$1" config ttsProvider voices:tts 2>/dev/null
	studio -C "$1" config imageModel pictures:pic
	studio -C "$1" split-scenes >/dev/null || exit 1
}

unknown() {
	cat "$1"/ledger/*.json | jq -s 'map(.unknownOutcome // 0) | add'
}

# Wait until FILE has a line, for what is under way.
until_began() {
	tries=0
	until [ "$(wc -l <"$served/began")" -ge "$1" ] || [ $tries -ge 500 ]; do
		sleep 0.02
		tries=$((tries + 1))
	done
}

server <<EOF
on POST */audio/speech group voices
  delay 150
  header Content-Type: audio/wav
  file voice.wav
on POST */images/generations group pictures
  delay 150
  header Content-Type: application/json
  file picture.json
EOF

# Several at once.
project five 3
for _ in 1 2 3 4 5; do
	studio -C five tts 1 >/dev/null 2>&1 &
	pids="${pids-} $!"
done
for pid in $pids; do wait "$pid"; done
is "$(calls '*/audio/speech')" 1 "five programs for one voice pay once"
ok "and it is there" find five/scenes -name audio.wav -size +0
project two 8
make -s -C two -j4 audio images >"$tmp/a" 2>&1 &
a=$!
make -s -C two -j4 audio images >"$tmp/b" 2>&1 &
b=$!
wait "$a"
is $? 0 "two builds of one project"
wait "$b"
is $? 0 "both succeed"
is "$(calls)" 18 "and pay once a request"
is "$(find two/ledger -type f | wc -l)" 17 "each with its line in the ledger"
[ "$(most_in_flight voices)" -le 8 ] && [ "$(most_in_flight pictures)" -le 4 ]
result $? "over all of them the limits hold"
unserve

# start COMMAND: in the background, in $job; a shell would let it ignore
# SIGINT.
start() {
	perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$@" >"$tmp/a" 2>&1 &
	job=$!
}

# asks NAME: a new project NAME asks for its one voice; $n requests came before
asks() {
	project "$1" 1
	n=$(began)
	start studio -C "$1" tts
	until_began $((n + 1))
	sleep 0.3
}

# A signal while an answer comes: it is kept.
server <<EOF
on POST */audio/speech
  header Content-Type: audio/wav
  length $(wc -c <"$tmp/voice.wav")
  head
  delay 1200
  file voice.wav
EOF
hup=HUP
case $(sed -n 's/^SigIgn:.*\(.\)$/\1/p' /proc/self/status) in
[13579bdf]) hup= ;; # under nohup it ends nothing
esac
for signal in INT TERM $hup TWICE; do
	asks "begun$signal"
	case $signal in
	TWICE) kill -s INT $job && sleep 0.2 && kill -s INT $job ;;
	*) kill -s "$signal" $job ;;
	esac
	wait $job
	isnt $? 0 "$signal ends the program"
	ok "the next one" studio -C "begun$signal" tts
	is "$(began)" $((n + 1)) "uses the answer that had begun"
	is "$(unknown "begun$signal")" 0 "whose outcome is known"
done
unserve

# A signal before an answer: over at once, and the ledger says so.
server <<EOF
on POST */audio/speech times 2
  delay 20000
  file voice.wav
on POST */audio/speech
  header Content-Type: audio/wav
  file voice.wav
EOF
for signal in INT TERM; do
	asks "before$signal"
	from=$(date +%s)
	kill -s "$signal" $job
	wait $job
	isnt $? 0 "$signal before an answer ends the program"
	[ $(($(date +%s) - from)) -lt 5 ]
	result $? "at once"
done
for signal in INT TERM; do
	ok "the next one" studio -C "before$signal" tts
	is "$(unknown "before$signal")" 1 "says that the outcome was unknown"
done
unserve

# make is told to end: no worker stays.
server <<EOF
on POST *
  delay 30000
  file voice.wav
EOF
project orphans 20
setsid make -s -C orphans -j8 audio images >"$tmp/a" 2>&1 &
job=$!
until_began 2
sleep 0.3
isnt "$(pgrep -s "$job")" "" "make is under way, in a session of its own"
kill -TERM $job
wait $job
tries=0
while pgrep -s "$job" >/dev/null && [ $tries -lt 120 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
is "$(pgrep -l -s "$job")" "" "SIGTERM to make leaves no worker behind"
echo "# gone after $tries tenths of a second"
unserve

# A key that is refused.
server <<EOF
on POST *
  status 401
  delay 50
  json {"error":{"message":"bad key"}}
EOF
project refused 60
run make -s -C refused -k -j64 audio images
isnt "$got" 0 "a refused key fails the build"
is "$(began '*/audio/speech')" 1 "after one call for a voice"
is "$(began '*/images/generations')" 1 "and one for a picture"
unserve
server <<EOF
on POST */audio/speech times 5
  delay 100
  header Content-Type: audio/wav
  file voice.wav
on POST *
  status 401
  delay 100
  json {"error":{"message":"bad key"}}
EOF
project sixth 60
run make -s -C sixth -k -j64 audio
isnt "$got" 0 "a key that is refused from the sixth call on"
n=$(began '*/audio/speech')
[ "$n" -gt 5 ] && [ "$n" -le 13 ]
result $? "is met by no more calls than the limit" "$n calls"
echo "# $n calls"
is "$(find sixth/ledger -type f | wc -l)" 5 "what was paid for is kept"
unserve

# A disk without room: nothing is paid that could not be kept.
mkdir "$tmp/small"
if ! mount -t tmpfs -o size=1500k none "$tmp/small" 2>/dev/null; then
	skip "a full disk: cannot mount a small file system here"
	done_testing
	exit
fi
umount_small() { umount "$tmp/small" 2>/dev/null; }
trap 'umount_small; cleanup' EXIT
server <<EOF
on POST */audio/speech
  header Content-Type: audio/wav
  file voice.wav
on POST *
  header Content-Type: application/json
  file picture.json
EOF
echo "storeDir: $tmp/small/store" >>"$XDG_CONFIG_HOME/studio/settings.yaml"
project full 12
run make -s -C full -k -j8 audio images
isnt "$got" 0 "no room to keep a reply: the build fails"
like "$(cat "$err")" 'no room for the reply' "and says so"
is "$(began)" 0 "nothing was asked or paid"
mount -o remount,size=20m "$tmp/small"
head -c 11500000 /dev/zero >"$tmp/small/fill"
run make -s -C full -k -j8 audio
isnt "$got" 0 "room for one reply at a time: the build fails"
n=$(calls)
[ "$n" -ge 1 ] && [ "$n" -lt 12 ]
result $? "after some calls" "$n calls"
kept=$(find "$tmp/small/store/objects" "$tmp/small/store/journal" -type f \
	! -name '*.json' ! -name '.*' 2>/dev/null | wc -l)
is "$kept" "$n" "what was paid for was kept"
echo "# $n calls were made before it was full"
rm "$tmp/small/fill"
mount -o remount,size=600m "$tmp/small"
ok "with room again" make -s -C full -j8 audio images
is "$(began)" 25 "only what was missing is paid for"
ok "and a build more" make -s -C full -j8 audio images
is "$(began)" 25 "pays nothing"
unserve

done_testing
