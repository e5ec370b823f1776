#!/bin/sh
# tts: speech from text, in a pipe and in a project.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

speak() { text=$1 to=$2 && shift 2 && printf '%s' "$text" | tts "$@" >"$to"; }
probe() { ffprobe -v error -show_entries "$1" -of csv=p=0 "$2"; }
seconds() { probe format=duration "$1"; }
loudness() {
	ffmpeg -nostats -i "$1" -af ebur128 -f null - 2>&1 |
		sed -n 's/^ *I: *\(-[0-9.]*\) LUFS$/\1/p' | tail -n 1
}
holds() { awk "BEGIN { exit !($1) }"; }

# ---- as a filter
whale="The whale surfaces. It breathes, slowly, and dives."
ok "text gives sound" speak "$whale" a.wav --words a.json
is "$(probe stream=codec_name,sample_rate,channels a.wav)" \
	"pcm_s16le,48000,1" "48 kHz mono, 16 bits"
ok "of a likely length" holds "$(seconds a.wav) > 2 && $(seconds a.wav) < 5"
ok "at -18 LUFS" holds "$(loudness a.wav) > -18.5 && $(loudness a.wav) < -17.5"
is "$(jq -r 'map(.word) | join(" ")' a.json)" "$whale" "every word has a time"
is "$(jq '[.[] | .end - .start] | min > 0.02' a.json)" true "none is empty"
is "$(jq '. as $w | [range(1; length) | $w[.].start >= $w[. - 1].end] | all' \
	a.json)" true "they are in order"
ok "again" speak "$whale" b.wav
same_file a.wav b.wav "the same text, the same bytes"
elsewhere() {
	mkdir -p d && echo "$whale" |
		(cd d && LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo tts >../b.wav)
}
ok "in another folder and locale" elsewhere
same_file a.wav b.wav "the same bytes there"
ok "faster" speak "$whale" c.wav --speed 1.5
ok "takes less" holds "$(seconds a.wav) / $(seconds c.wav) > 1.3"
ok "one word" speak "Stop!" one.wav
ok "is short" holds "$(seconds one.wav) < 0.8"
ok "German" speak "Der Wal taucht auf." de.wav --language de --words de.json
is "$(jq length de.json)" 4 "four words"
ok "Chinese" speak "它们会唱歌" zh.wav --language zh --words zh.json
is "$(jq length zh.json)" 5 "each sign has its time"
for tag in zh zh-CN zh-Hans-TW; do
	ok "$tag as a voice" speak "它们会唱歌" x.wav --provider espeak \
		--voice "$tag"
	same_file x.wav zh.wav "is that of Chinese"
done
ok "new pins a voice by its language" studio new neu --language de-DE
ok "one of a region too" sh -c 'echo "Der Wal taucht auf." >neu/script.md &&
	make -C neu scenes && tts -C neu'
exits 78 "a variant after the wrong sign is no region" \
	speak x x.wav --provider espeak --voice fr-f3
ok "a variant" speak "Bonjour" fr.wav --provider espeak --voice fr+f3
ok "what has no reading is left out" speak "A whale 🐋 sings" x.wav
like "$(cat "$err")" 'U\+1F40B' "and named"
speak "A whale sings" y.wav
same_file x.wav y.wav "the rest is as without it"
ok "a first line of much" sh -c 'yes "It rains." | head -1 | tts >x.wav'
printf 'A chart of 5%% & more.\n\n\n' | tts >x.wav
ok "signs and blank lines" test -s x.wav

exits 65 "no word is bad data" speak " - ... " x.wav
is "$(cat "$err")" "tts: stdin: no text to speak: not one word" \
	"of which no scene is told to a pipe"
exits 65 "Japanese for flite is bad data" speak "これは" x.wav
like "$(cat "$err")" 'espeak --voice ja' "and the cure is a voice that can"
exits 65 "Chinese too" speak "海水是咸的因为河流把岩石里的矿物" x.wav
like "$(cat "$err")" '石.*"\).*--voice zh$' "named to a whole sign"
exits 65 "too long" sh -c 'yes "It rains." | head -c 40000 | tts >x.wav'
exits 78 "an unknown voice is configuration" speak x x.wav --voice hal
like "$(cat "$err")" 'slt.*kal16' "and names those there are"
exits 78 "an unknown provider" speak x x.wav --provider siri
exits 78 "a path is no voice" speak x x.wav --provider espeak --voice ../../x
exits 2 "a scene without a project" speak x x.wav 3
exits 2 "a speed out of range" speak x x.wav --speed 9
exits 74 "a full disk is said" sh -c 'echo x | tts >/dev/full'
exits 74 "words cannot be written" speak x x.wav --words no/such/w.json
if command -v script >/dev/null; then
	exits 2 "a terminal on stdin: usage" \
		script -qec "tts >/dev/null" /dev/null
	exits 2 "a terminal on stdout: no sound is written to it" \
		script -qec "echo hello | tts" /dev/null
fi

# ---- in a project
mkdir -p film/media && cd film || exit 1
cat >project.yaml <<'YAML'
id: 11111111-1111-4111-8111-111111111111
title: Whales
platform: youtube
category: education
tone: calm
targetLength: 1m
language: en
createdAt: 2026-11-22T12:00:00Z
YAML
printf 'ttsProvider: flite\ndefaultTtsVoice: slt\n' >settings.yaml
printf 'nginx: engine x\n' >lexicon.yaml
scene() {
	mkdir -p "scenes/000$1"
	printf 'id: %s1111111-1111-4111-8111-111111111111\n%s\n' \
		"$2" "$3" >"scenes/000$1/scene.yaml"
}
scene 100-a1111111 a 'text: About nginx.'
scene 200-b1111111 b 'text: これは'
scene 300-c1111111 c 'text: The third.'
scene 400-d1111111 d 'duration: 4s
text: ""'

exits 65 "one scene that cannot be spoken" tts -C .
like "$(cat "$err")" 'scene 2 .*espeak' "is named with the cure"
is "$(wc -l <"$out")" 2 "and does not hide the others"
is "$(jq -r .status scenes/000200-b1111111/audio.json)" failed "it is recorded"
scene 500-e1111111 e 'text: "- ..."'
exits 65 "a scene without a word" tts -C . 5
like "$(cat "$err")" 'not one word; .*silent by duration:' \
	"is told that it may be silent"
rm -r scenes/000500-e1111111
rec=scenes/000100-a1111111/audio.json
is "$(jq -r '[.provider, .voiceId, .speed, .status, .timing, .url,
	.digitalSourceType] | join(" ")' $rec)" \
	"flite slt 1 ready tts audio.local.wav algorithmicMedia" "the record"
is "$(jq -r '.inputs["lexicon.nginx"]' $rec)" "engine x" "the lexicon entry"
is "$(jq -c '.words | map(.[2:4])' $rec)" "[[0,5],[6,6]]" "words by bytes"
is "$(jq -r .sha256 $rec)" "$(sha256sum scenes/000100-a1111111/audio.local.wav |
	cut -d' ' -f1)" "its hash"
ok "length as measured" holds "($(jq .durationSec $rec) - \
	$(seconds scenes/000100-a1111111/audio.local.wav)) ^ 2 < 0.000001"
sums . >../before
ok "named scenes are fresh" tts -C . 1 @c1
is "$(wc -l <"$out")" 2 "and printed"
sums . >../after
same_file ../before ../after "nothing is written"
exits 69 "what was refused waits" tts -C scenes 2
sed -i 's/text:.*/text: The second./' scenes/000200-b1111111/scene.yaml
ok "until its text changes" tts -C . 2

ok "a voice for one scene" tts -C . 3 --voice rms --speed 1.2
like "$(cat scenes/000300-c1111111/scene.yaml)" 'voice: rms' "is in its file"
is "$(jq -r .voiceId scenes/000300-c1111111/audio.json)" rms "and used"
is "$(jq -r .voiceId $rec)" slt "only there"
ok "a further take" tts -C . 3 --again
is "$(wc -l <"$out")" 2 "all takes are kept"
ok "the second" test -s scenes/000300-c1111111/audio.2.local.wav
ok "the clip is lost" rm scenes/000100-a1111111/audio.local.wav
ok "and free" tts -C . 1
ok "so it is made again" test -s scenes/000100-a1111111/audio.local.wav

ok "a recording of one's own" tts -C . 1 --file ../de.wav
same_file ../de.wav media/de.wav "is copied as it is"
is "$(jq -r '[.provider, .url] | join(" ")' $rec)" \
	"file ../../media/de.wav" "and recorded"
speak "Something else entirely" media/de.wav
ok "another recording in its place" tts -C . 1
is "$(jq -r .sha256 $rec)" "$(sha256sum media/de.wav | cut -d' ' -f1)" \
	"is seen"
printf 'no sound' >bad.wav
exits 65 "no recording" tts -C . 1 --file bad.wav
unlike "$(cat scenes/000100-a1111111/scene.yaml)" bad "does not get in"
exits 2 "--file is for one scene" tts -C . --file ../de.wav
exits 2 "an unknown scene" tts -C . 17
exits 78 "no project" tts -C ..

done_testing
