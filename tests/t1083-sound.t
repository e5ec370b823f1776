#!/bin/sh
# The sound of a film: music, effects, several speakers, recordings of one's
# own, measured on what comes out.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

command -v ffmpeg >/dev/null && command -v jq >/dev/null ||
	skip_all "needs ffmpeg and jq"

# lufs FILE [START SECONDS]
lufs() {
	ffmpeg -nostdin -nostats -i "$1" -af "atrim=${2-0}:$(awk \
		"BEGIN{print ${2-0} + ${3-9999}}"),ebur128=framelog=verbose" \
		-f null - 2>&1 | awk '/^ *I:/{v=$2} END{print v}'
}

peak() {
	ffmpeg -nostdin -nostats -i "$1" -af "ebur128=peak=true:framelog=verbose" \
		-f null - 2>&1 | awk '/^ *Peak:/{v=$2} END{print v}'
}

# Where it sounds: a line "START END" for each stretch between silences of 0.3 s.
stretches() {
	ffmpeg -nostdin -nostats -i "$1" -af "silencedetect=n=-45dB:d=0.3" \
		-f null - 2>&1 | awk -v all="$(ffprobe -v error -show_entries \
		format=duration -of csv=p=0 "$1")" '
	/silence_start/ { if (from != "") print from, $5; from = "" }
	/silence_end/ { from = $5 }
	BEGIN { from = 0 } END { if (from != "") print from, all }' |
		awk '$2 - $1 > 0.1'
}

# true CONDITION NAME
true_that() {
	is "$(awk "BEGIN{print ($1) ? 1 : 0}")" 1 "$2: $1"
}

# scene KEY: scene.yaml on stdin
scene() {
	dir=$(find scenes -name "000$1-*" 2>/dev/null)
	[ -n "$dir" ] || dir=scenes/000$1-x
	mkdir -p "$dir"
	touch "$dir/scene.yaml"
	{
		cat
		grep -E '^(id|createdAt):' "$dir/scene.yaml"
	} >scene.new
	mv scene.new "$dir/scene.yaml"
}

# refused CODE TEXT NAME: status says no, and why
refused() {
	exits "$1" "$3" studio plan
	like "$(cat "$err")" "$2" "$3: says so"
}

ok "a project" studio new film --title "Sounds" --platform youtube
cd film || exit 1
rm brief.md
printf 'size: 128x72\nquality: draft\n' >>project.yaml
mkdir media
ffmpeg -v error -f lavfi -i "aevalsrc=0.02*sin(2*PI*880*t)*exp(-6*t):s=22050:d=1.2" \
	media/bell.wav
ffmpeg -v error -f lavfi -i "anoisesrc=d=9:c=pink:r=44100:a=0.3:seed=4" \
	media/rain.flac
ffmpeg -v error -f lavfi -i "aevalsrc=0.2*sin(2*PI*220*t)+0.1*sin(2*PI*331*t):s=44100:d=6" \
	-af "adelay=700,apad=pad_dur=1" media/tune.wav
echo "no sound at all" >media/text.mp3
echo "Out along the quay the lamps are dark tonight." | tts >voice.wav
# quiet, off centre, two channels, silence at both ends; loud and cut off
ffmpeg -v error -i voice.wav -af "volume=-38dB,aresample=44100,adelay=1300,apad=pad_dur=2,aeval=val(0)+0.02|0.5*val(0)+0.02:c=stereo" \
	media/quiet.flac
ffmpeg -v error -i voice.wav -af "volume=30dB,aresample=8000" \
	-c:a pcm_s16le media/loud.wav
cat >>settings.yaml <<'EOT'
speakers:
  Anna: {provider: flite, voice: slt}
  Otto: {provider: espeak}
EOT
scene 100 <<'EOT'
text: Out along the quay the lamps are dark tonight.
speaker: Anna
EOT
scene 200 <<'EOT'
text: Out along the quay the lamps are dark tonight.
speaker: Otto
EOT
scene 300 <<'EOT'
text: Out along the quay the lamps are dark tonight.
audio: {file: media/quiet.flac}
EOT
scene 400 <<'EOT'
text: ""
audio: {file: media/loud.wav}
EOT
scene 500 <<'EOT'
text: ""
duration: 1500ms
EOT
refused 65 'duration: found' "a duration in ms"
printf 'text: ""\nduration: 1.5s\n' | scene 500

ok "a film of four voices and a silent scene" make -s
f=video/youtube.mp4
stretches $f >where
is "$(wc -l <where)" 4 "four stretches sound"
: >levels
while read -r from to; do
	lufs $f "$from" "$(awk "BEGIN{print $to - $from}")" >>levels
done <where
true_that "$(sort -n levels | sed -n '$p') - $(sort -n levels | sed -n 1p) <= 1" \
	"voices of two engines and two recordings are equally loud"
awk 'NR > 1 { print $1 - end } { end = $2 }' where | sort -n >gaps
true_that "$(sed -n 1p gaps) >= 0.38 && $(sed -n '$p' gaps) <= 0.56" \
	"the pauses between them are alike"
true_that "$(sed -n 1p where | cut -d' ' -f1) <= 1" "it starts within a second"
ffmpeg -nostdin -nostats -i $f -af "astats=measure_perchannel=none" -f null - 2>stats
true_that "$(awk '/DC offset/{print $NF}' stats) ^ 2 <= 0.005 ^ 2" "no offset"
true_that "$(awk '/Max difference/{print $NF}' stats) < 0.5" "no step"
true_that "($(lufs $f) + 14) ^ 2 <= 0.09 && $(peak $f) <= -1" "levelled"
is "$(jq -r '.trimStart > 1.2 and .trimStart < 1.35' scenes/0003*/audio.json)" \
	true "silence before a recording is left out"
ffmpeg -v error -y -i $f -af "atrim=$(sed -n 3p where |
	sed 's/ /:/'),pan=mono|c0=c0-c1" side.wav
true_that "$(lufs side.wav) > -30" "and its two channels stay two"
cp $f plain.mp4

high=highpass=f=15000,highpass=f=15000,highpass=f=15000
# Effects: an own level, an own time, and an end with the scene.
cat >>"$(echo scenes/0001*)/scene.yaml" <<'EOT'
sound: [{file: media/bell.wav, at: 0.5s, level: 0}, {file: media/rain.flac}]
EOT
like "$(studio refresh --make)" '^sound:youtube$' "an effect: the sound is made"
unlike "$(studio refresh --make)" '^part' "and no picture"
ok "a film with effects" make -s
ffmpeg -v error -y -i $f -ss 0 -t 3 -af "$high" high.wav
isnt "$(cmp $f plain.mp4 2>&1)" "" "it is another film"
true_that "$(lufs high.wav) > -50" "the rain is there"
read -r _ to <where
ffmpeg -v error -y -i $f -ss "$(awk "BEGIN{print $to + 0.45}")" -t 1 \
	-af "$high" high.wav
true_that "$(lufs high.wav) < -60" "and ends with the scene"
true_that "($(lufs $f) + 14) ^ 2 <= 0.09 && $(peak $f) <= -1" "levelled"
before=$(find build/parts -name '*.m4a' | sort)
sed -i '/^sound/d' scenes/0001*/scene.yaml
ok "without them again" make -s
same_file $f plain.mp4 "the film that it was"
is "$(find build/parts -name '*.m4a' | sort)" "$before" \
	"from the sound that was kept"

# Music of seven seconds under a film of some fifteen.
cp project.yaml plain.yaml
echo 'music: {file: media/tune.wav, fadeOut: 1s}' >>project.yaml
ok "with music" make -s
true_that "($(lufs $f) + 14) ^ 2 <= 0.09 && $(peak $f) <= -1" "levelled"
is "$(stretches $f | wc -l)" 1 "it goes on under all"
cp plain.yaml project.yaml
cat >>project.yaml <<'EOT'
music: {file: media/tune.wav, level: lively, from: 1.5s, loop: false, fadeIn: 0s}
videos: [{name: with}, {name: without, music: none}]
EOT
ok "with and without" make -s
is "$(cmp video/without.mp4 plain.mp4 2>&1)" "" "music: none in a video"
true_that "$(stretches video/with.mp4 | tail -n 1 | cut -d' ' -f2) >= 9" \
	"loop: false leaves the end to the voices"

# What is wrong is named.
for line in 'music: {file: media/tune.wav, level: 99}|lively' \
	'music: [media/tune.wav]|or none' 'music: {level: 3}|file: is missing' \
	'music: {file: media/tune.wav, from: soon}|0\.5s' \
	'music: {file: ../tune.wav}|inside the project' \
	'videos: [{name: a, music: loud}]|or none'; do
	cp plain.yaml project.yaml
	echo "${line%|*}" >>project.yaml
	refused 65 "${line#*|}" "${line%|*}"
done
cp plain.yaml project.yaml
echo 'music: {file: media/text.mp3}' >>project.yaml
fails "music that is text" render-clip --sound youtube
like "$(cat "$err")" 'media/text.mp3: is no sound file' "is named"
cp plain.yaml project.yaml
for line in 'sound: bell.wav|a map such as' \
	'sound: [{file: media/bell.wav, level: 40}]|dB against the voice' \
	'sound: {at: 1s}|file: is missing' \
	'sound: {file: /etc/passwd}|inside the project'; do
	printf 'text: ""\nduration: 1.5s\n%s\n' "${line%|*}" | scene 500
	refused 65 "${line#*|}" "${line%|*}"
done
printf 'text: ""\nduration: 1.5s\nsound: {file: media/none.wav}\n' | scene 500
refused 74 'scenes/000500-.*/scene.yaml: sound.file.*none.wav' "a missing one"
printf 'text: ""\nduration: 1.5s\nsound: {file: media/text.mp3}\n' | scene 500
fails "a sound that is text" render-clip --sound youtube
like "$(cat "$err")" 'media/text.mp3: is no sound file' "is named"
printf 'text: ""\nduration: 1.5s\nsound: {file: media/bell.wav, at: 9s}\n' |
	scene 500
fails "one after the scene's end" render-clip --sound youtube
like "$(cat "$err")" 'bell.wav: scene 5 lasts .*lower at:' "is named"
done_testing
