#!/bin/sh
# Word times for voices that give none: found in the sound, or estimated.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# The words that are within $1 s of their true start, in percent:
# near SECONDS TRUE FOUND, both lists of [start, ...] or {"start"}.
near() {
	jq -n --slurpfile a "$2" --slurpfile b "$3" --argjson s "$1" '
		def start: if type == "array" then .[0] else .start end;
		($a[0] | map(start)) as $t | ($b[0] | map(start)) as $f |
		if ($t | length) != ($f | length) then 0 else
		[range($t | length) | select(($t[.] - $f[.] | fabs) <= $s)] |
		length * 100 / ($t | length) | floor end'
}
align() { # TEXT-FILE SOUND WORDS OPTIONS...
	from=$1 sound=$2 to=$3
	shift 3
	tts --provider "exec:cat $sound" --words "$to" "$@" <"$from" >"$to.wav"
}
sound() { ffmpeg -loglevel error "$@"; }

cat >en.txt <<'TEXT'
A river begins in the hills. It cost $42 in 1969, and Dr. Smith's nginx server
counted every drop: the rain, the snow, and the mist.
TEXT
cat >de.txt <<'TEXT'
Der Wal taucht auf, atmet langsam und verschwindet wieder im Meer. Seine
Stimme ist weit zu hören.
TEXT
cat >other.txt <<'TEXT'
Volunteers mend torn pages with thin paper. Once a year the town votes on how
much money the library should get for its heating, its roof and new books.
TEXT

# ---- a pipe
tts --voice rms --words true.json <en.txt >en.wav
ok "English" align en.txt en.wav en.json
is "$(cat "$err")" "" "nothing is warned of"
is "$(jq -r 'map(.word) | join(" ")' en.json)" "$(tr '\n' ' ' <en.txt |
	sed 's/ $//')" "every word has a time, numbers and names too"
is "$(near 0.1 true.json en.json)" 100 "all within 100 ms of the true one"
ok "most within 50" test "$(near 0.05 true.json en.json)" -ge 90
ok "the same again" align en.txt en.wav again.json
same_file en.json again.json "the same clip, the same times"
sound -i en.wav -ar 44100 -ac 2 -b:a 96k en.mp3
ok "of an MP3" align en.txt en.mp3 mp3.json
ok "as near" test "$(near 0.1 true.json mp3.json)" -ge 95

tts --language de --words true.json <de.txt >de.wav
sound -i de.wav -af atempo=0.8 slow.wav
jq 'map(.start /= 0.8)' true.json >slow.json
ok "German, spoken slowly" align de.txt slow.wav de.json --language de
is "$(cat "$err")" "" "nothing is warned of there"
ok "is found" test "$(near 0.12 slow.json de.json)" -ge 90

# A pause in the middle that no other voice makes.
sound -f lavfi -i anullsrc=r=48000:cl=mono:d=2 pause.wav
sound -i de.wav -i pause.wav -i de.wav \
	-filter_complex '[0][1][2]concat=n=3:v=0:a=1' twice.wav
cat de.txt de.txt >twice.txt
d=$(ffprobe -v error -show_entries format=duration -of csv=p=0 de.wav)
jq --argjson d "$d" '. + map(.start += $d + 2)' true.json >both.json
ok "with a long pause" align twice.txt twice.wav b.json --language de
ok "is found on both sides" test "$(near 0.12 both.json b.json)" -ge 90

# ---- what is not its text
estimated() { # NAME TEXT-FILE SOUND OPTIONS...
	name=$1 from=$2 sound=$3
	shift 3
	ok "$name" align "$from" "$sound" no.json "$@"
	is "$(cat no.json)" "[]" "$name: no times are made up"
}
sound -f lavfi -i anoisesrc=d=9:c=pink:a=0.3:seed=1 -ar 16000 noise.wav
sound -f lavfi -i sine=d=9:f=300 -ar 16000 sine.wav
estimated "noise" en.txt noise.wav
is "$(grep -c "does not follow its text" "$err")" 1 "and it is said, once"
estimated "a tone" en.txt sine.wav
estimated "another text" other.txt en.wav
estimated "noise, in German" de.txt noise.wav --language de
estimated "a language that nobody speaks" de.txt de.wav --language tlh
unlike "$(cat "$err")" "follow" "which says nothing of the sound"
echo "One" >one.txt
tts <one.txt >one.wav
estimated "a page for one word" other.txt one.wav
sound -i one.wav -t 0.1 short.wav
estimated "a tenth of a second" one.txt short.wav
(tr '\n' ' ' <en.txt && printf '\360\237\220\263 ...') >signs.txt
ok "signs that are not said" align signs.txt en.wav signs.json
ok "do no harm" test "$(jq length signs.json)" -ge "$(jq length en.json)"

# ---- a project
ok "a project" studio new film --title Film
cd film || exit 1
printf 'size: 128x72\nquality: draft\n' >>project.yaml
rm -f brief.md
mkdir -p scenes/000100-a
{
	echo "id: a1111111-1111-4111-8111-111111111111"
	echo "text: >-"
	sed 's/^/  /' ../en.txt
} >scenes/000100-a/scene.yaml
use() {
	studio config ttsProvider "exec:cat $scratch/$1" &&
		studio trust --add "cat $scratch/$1"
}
ok "a command" use en.wav
ok "its voice" tts -C .
rec=$(echo scenes/000100-*/audio.json)
is "$(jq -r .timing "$rec")" aligned "the record says that it was aligned"
jq .words "$rec" >../words.json
tts --voice rms --words ../true.json <../en.txt >/dev/null
is "$(near 0.1 ../true.json ../words.json)" 100 "and when each word is said"
cp "$rec" ../before.json
ok "again" tts -C .
same_file "$rec" ../before.json "it is fresh"
rm "$rec" scenes/000100-*/audio.wav
ok "from the store" tts -C .
is "$(jq -c '[.timing, .words]' "$rec")" \
	"$(jq -c '[.timing, .words]' ../before.json)" "the same times"
jq 'del(.timing, .words)' "$rec" >../old.json && cp ../old.json "$rec"
ok "a record of before" tts -C .
same_file "$rec" ../old.json "is as fresh as it was"

ok "another command" use noise.wav
ok "noise" tts -C . --again
rec=$(echo scenes/000100-*/audio.2.json)
is "$(jq -c '[.timing, .words]' "$rec")" '["estimated",null]' "is marked so"
like "$(jq -r '.warnings[]' "$rec")" "does not follow" "and says why"

ok "a recording of one's own" tts -C . 1 --file ../en.wav
rec=$(echo scenes/000100-*/audio.json)
is "$(jq -r '[.provider, .timing] | join(" ")' "$rec")" "file aligned" \
	"is aligned too"
jq .words "$rec" >../words.json
is "$(near 0.1 ../true.json ../words.json)" 100 "as well"

done_testing
