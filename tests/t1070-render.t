#!/bin/sh
# render-video and render-clip: a small film, what is kept, what is refused.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

exits 2 "render-clip without operands: usage" render-clip
exits 78 "no project here" render-video
ok "a project" studio new film --title "Two scenes" --platform youtube
cd film || exit 1
for n in 1 2; do
	mkdir -p "scenes/00010$n-1000000$n"
	cat >"scenes/00010$n-1000000$n/scene.yaml" <<-EOF
	id: 1000000$n-0000-4000-8000-000000000000
	text: The tide number $n comes in.
	createdAt: 2026-01-01T00:00:00Z
	EOF
done
exits 75 "without voices: later" render-video
like "$(cat "$err")" 'scene 1 .*audio was never made; studio tts 1' "and it says what to run"
ok "voices" tts -C .
exits 75 "without pictures: later" render-video
like "$(cat "$err")" 'scene 1 .*image was never made; studio image 1' "and it says what to run"
ok "pictures" image -C .
exits 2 "no such video" render-video nothing
exits 2 "no such scene" render-clip youtube 7
exits 2 "no such quality" render-video --quality best
exits 78 "no such preset" render-video --preset vhs
like "$(cat "$err")" 'youtube, shorts' "and it names those there are"

ok "the parts of scene 2" render-clip youtube 2
n=$(find build/parts -name '*.part' | wc -l)
ok "draft is remembered" render-video --quality draft
like "$(cat settings.yaml)" 'quality: draft' "in the settings"
is "$(jq -r '[.status, .aspectRatio, .url, .width] | @csv' "$out")" \
	'"ready","16:9","youtube.mp4",1920' "its record"
total=$(find build/parts -name '*.part' | wc -l)
cp video/youtube.mp4 one.mp4
ok "again" render-video
same_file one.mp4 video/youtube.mp4 "a fresh film is left alone"
rm -r build video
ok "all anew" render-video -o copy.mp4
same_file one.mp4 copy.mp4 "the same bytes"
[ "$total" -gt "$n" ]
result $? "other settings, other parts"

# What is damaged is made again.
part=$(find build/parts -name '*.part' | sort | head -n 1)
printf 'x' | dd of="$part" bs=1 seek=500 conv=notrunc 2>/dev/null
rm video/youtube.mp4
ok "with a damaged part" render-video
same_file one.mp4 video/youtube.mp4 "it is mended"

probe() { ffprobe -v error -show_entries "$1" -of csv=p=0 one.mp4; }
like "$(probe stream=codec_name)" 'h264' "H.264"
like "$(probe stream=codec_name)" 'aac' "AAC"
like "$(probe stream=color_space)" 'bt709' "tagged BT.709"
is "$(grep -c elst one.mp4)" 0 "no edit list"

# -o takes one film, and a choice of scenes is one.
printf 'size: 128x72\nvideos: [{name: a}, {name: b}]\n' >>project.yaml
ok "pictures for a smaller frame" image -C .
exits 2 "-o for two films" render-video -o two.mp4
like "$(cat "$err")" 'such as a' "is told to name one"
ok "-o for a choice of scenes" render-video --scenes 2 -o two.mp4
same_file two.mp4 video/a-2.mp4 "is that film"
like "$(grep -ao 'digitalsourcetype/[A-Za-z]*' one.mp4)" rithm "disclosed"
done_testing
