#!/bin/sh
# A project of 100 scenes: a change makes what depends on it and no more.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

ok "a project" studio new film --title "Hundred" --platform youtube
cd film || exit 1
rm brief.md
mkdir media
# Small files of the user's own, so that a scene costs next to nothing.
for c in red blue; do
	ffmpeg -v error -f lavfi -i "color=$c:s=128x128" -frames:v 1 media/$c.png
done
ffmpeg -v error -f lavfi -i "sine=440:r=48000:d=0.5,volume=0.3" media/voice.wav
ffmpeg -v error -f lavfi -i "sine=220:r=48000:d=8,volume=0.3" media/music.wav
cat >>project.yaml <<'EOT'
size: 64x64
quality: draft
captions: both
music:
  file: media/music.wav
  level: 20
EOT
i=0
while [ $i -lt 100 ]; do
	i=$((i + 1))
	dir=scenes/$(printf '%06d' $((i * 100)))-scene
	mkdir -p "$dir"
	cat >"$dir/scene.yaml" <<-EOT
	id: $(printf '%08d' $i)-0000-4000-8000-000000000000
	text: "Scene number $i."
	motion: still
	audio: {file: media/voice.wav}
	image: {file: media/red.png}
	EOT
done
scene=scenes/005000-scene/scene.yaml
# By one program each, as a hundred are slow to start under a sanitizer.
ok "voices" studio tts
ok "pictures" studio image
# shellcheck disable=SC2046
ok "parts" studio render-clip youtube $(ls scenes)
ok "the film" make -j2
parts() { find build/parts -maxdepth 1 -name '*.part' | sort; }
sounds() { find build -name '*.m4a' | sort; }
count() { # count COMMAND...: how many parts and sounds it makes
	parts >"$tmp/parts" && sounds >"$tmp/sounds"
	"$@" >"$out" 2>"$err" || { said && return; }
	echo "$(parts | comm -13 "$tmp/parts" - | wc -l) $(sounds |
		comm -13 "$tmp/sounds" - | wc -l)"
}
clips() { grep -c 'studio render-clip .*-scene' "$out"; }
# all pictures are alike, so one transition is all; the ends are of their own
is "$(parts | wc -l)" 103 "a hundred bodies, a transition, both ends"
is "$(sounds | wc -l)" 1 "one sound"
is "$(count make)" "0 0" "nothing is left to do"

# One caption: the words that are shown, not those that are spoken.
sed -i 's/number 50/number fifty/' $scene
is "$(count make -j2)" "1 0" "another caption: that scene's body alone"
is "$(clips)" 2 "by jobs for it and the transition after it"
sed -i 's/level: 20/level: 18/' project.yaml
is "$(count make -j2)" "0 1" "the music's level: the sound alone"
is "$(clips)" 0 "and no job for a picture"
sed -i 's/red/blue/' $scene
is "$(count make -j2)" "3 0" "another picture: its body and two transitions"
is "$(clips)" 2 "by two jobs"
sed -i 's/still/in/' $scene
is "$(count make -j2)" "3 0" "another motion: the same"
mv scenes/005000-scene scenes/000150-scene
is "$(count make -j2)" "0 0" "a moved scene: none that was not there"

# How long it takes to find out, with everything fresh.
started=$(date +%s%N)
ok "a hundred are read" studio refresh
took=$((($(date +%s%N) - started) / 1000000))
is "$((took < 2000))" 1 "quickly: $took ms"

done_testing
