#!/bin/sh
# Several films of one project: which scenes, in which shape.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

ok "a project" studio new film --title "Shapes" --platform youtube
cd film || exit 1
rm brief.md
mkdir media
# red on the left, blue on the right; few pixels, and many
ffmpeg -v error -f lavfi -i "color=red:s=60x80,pad=120:80:0:0:blue" \
	-frames:v 1 media/small.png
ffmpeg -v error -f lavfi -i "color=red:s=800x900,pad=1600:900:0:0:blue" \
	-frames:v 1 media/large.png
studio add "The first scene has a card." >/dev/null
one=$(find scenes -name '000100-*') two=scenes/000200-two
three=scenes/000300-three
for s in 2 3; do
	[ $s = 2 ] && dir=$two name=small || dir=$three name=large
	mkdir $dir
	cat >>$dir/scene.yaml <<-EOF
	id: 1000000$s-0000-4000-8000-000000000000
	text: ""
	motion: still
	duration: 2s
	image: {file: media/$name.png, focus: [0.9, 0.5]}
	EOF
done
films() { # films YAML
	sed -i '/^videos:/,$d' project.yaml
	printf 'videos:\n%s\n' "$1" >>project.yaml
}
printf 'size: 128x72\nquality: draft\ncaptions: none\n' >>project.yaml

# Which scenes.
refused() { # refused LIST PATTERN NAME
	films "- {name: a, scenes: $1}"
	exits 65 "$3" studio plan
	like "$(cat "$err")" "$2" "and it is named"
}
refused '[4]' "video a: '4' is no scene; write a place \(1 to 3\)" \
	"a place that is not there"
refused '[2-9]' "video a: '2-9' is no scene" "a range that is not there"
refused '["0"]' "'0' is no scene" "places count from 1"
refused '[000900-nowhere]' "'000900-nowhere' is no scene" "no such folder"
refused '[1, 1-2]' 'is there twice' "a scene twice"
refused '["@12"]' 'is no scene' "too little of an id"
id=$(sed -n 's/^id: //p' "$two/scene.yaml")
films "- {name: a, scenes: [3, '@$(echo "$id" | cut -c1-8)',
  $(basename "$one")]}
- {name: b, scenes: [2-3]}"
ok "by place, id and folder" make -j2
is "$(jq -r .durationSec video/b.json | cut -d. -f1)" 4 "a range"
# red is Y 63 or so, blue 32: what is seen of a film at a time
colour() { # colour FILM SECONDS X Y
	ffmpeg -v error -ss "$2" -i "video/$1.mp4" -frames:v 1 -vf \
		"crop=2:2:$3:$4,format=rgb24" -f rawvideo - |
		od -An -tu1 -N3 | awk '{
		c = "dark"
		if ($1 > 120) c = "red"
		if ($3 > 120) c = "blue"
		print c }'
}
is "$(colour a 0.5 10 36) $(colour a 0.5 110 36)" "red blue" \
	"the film begins with the third scene"

# The same pictures, upright.
films "- {name: wide, preset: youtube}
- {name: tall, preset: shorts, size: 72x128}
- {name: teaser, preset: shorts, size: 72x128, scenes: [1]}"
ok "three films" make -j2
is "$(find scenes -name 'audio*.json' | wc -l)" 1 "one voice for all"
is "$(find scenes -name 'image*.json' | wc -l)" 3 "three pictures for all"
aspect() { jq -r .aspectRatio "video/$1.json"; }
is "$(aspect wide) $(aspect tall) $(aspect teaser)" "16:9 9:16 9:16" "shapes"
fitted() { find build/fitted -name '*.png' | wc -l; }
# 120x80 over 72x128: 1.6 times as large if cut, so it is set on a ground
is "$(fitted)" 2 "a card drawn upright, and a picture set on a ground"
end=$(jq -r '.durationSec - 1' video/tall.json)
is "$(colour tall "$end" 2 64) $(colour tall "$end" 68 64)" "blue blue" \
	"a large picture is cut round its focus"
middle=$(jq -r '.durationSec - 3' video/tall.json)
is "$(colour tall "$middle" 60 64) $(colour tall "$middle" 60 10)" \
	"blue dark" "a small one has its own size, and a ground above"
cp video/tall.mp4 before.mp4
was=$(cat video/wide.json)
rm -r build video/tall.mp4
ok "again from nothing" make -j2
same_file before.mp4 video/tall.mp4 "the same bytes"
is "$(cat video/wide.json)" "$was" "the other film was left alone"

# What the card is drawn from changes: the upright one follows.
ls build/fitted >before
sed -i 's/ a card\./ another card./' "$one/scene.yaml"
ok "another text" make -j2
is "$(ls build/fitted | comm -13 before - | wc -l)" 1 \
	"the upright card is drawn anew"
like "$(jq -r '.inputs["00001.card"]' video/tall.json)" 'sha256:' \
	"and the film's record says what it came of"
is "$(jq -r '.inputs["00001.card"]' video/wide.json)" null \
	"which a film of the card's own shape does not need"
ok "nothing is left to do" studio plan
like "$(cat "$out")" 'Everything is fresh' "all is fresh"

# A picture of the user's own in the card's place is no card.
cp media/large.png "$one"/image.local.png
ok "your own picture for the card" make -j2
is "$(jq -r '.inputs["00001.card"]' video/tall.json)" null \
	"it is not drawn again"

done_testing
