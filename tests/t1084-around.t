#!/bin/sh
# What stands around a film: title and end card, logo, bar, thumbnail.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

ok "a project" studio new film --title "The salt of the sea" --platform youtube
cd film || exit 1
cp project.yaml plain.yaml
for n in 1 2 3; do
	mkdir -p "scenes/00010$n-1000000$n"
	cat >"scenes/00010$n-1000000$n/scene.yaml" <<-EOF
	id: 1000000$n-0000-4000-8000-000000000000
	text: ""
	heading: Part $n
	duration: 11s
	motion: still
	createdAt: 2026-01-01T00:00:00Z
	EOF
done
mkdir media
printf %s iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAYAAACzzX7wAAAAFElEQVR42mP4z8DwHxkzoAPaKwAAN8sf4f+vfRAAAAAASUVORK5CYII= |
	base64 -d >media/logo.png

# with LINES...: project.yaml with these lines added
with() {
	cp plain.yaml project.yaml
	printf 'size: 128x72\nquality: draft\n' >>project.yaml
	printf '%s\n' "$@" >>project.yaml
}
seconds() { jq -r .durationSec video/youtube.json; }
parts() { find build/parts -name '*.part' | sort; }
# pixel FILE SECONDS X Y: "R G B"
pixel() {
	ffmpeg -nostdin -v error -ss "$2" -i "$1" -frames:v 1 -f rawvideo \
		-pix_fmt rgb24 - | od -An -v -tu1 -w3 |
		sed -n "$(($4 * 128 + $3 + 1))p" | tr -s ' '
}
red() { pixel "$@" | awk '{ exit !($1 > $2 + 60 && $1 > $3 + 60) }'; }

with
ok "pictures" image -C .
ok "a film as it was" render-video
plain=$(seconds)
parts >parts.plain
cp video/youtube.mp4 plain.mp4
is "$(jq -r .thumbnail video/youtube.json)" youtube.jpg "it has a thumbnail"
like "$(ffprobe -v error -show_entries stream=width,height -of csv=p=0 \
	video/youtube.jpg)" '^130,70$' "of the preview's size"
like "$(grep -ao 'digitalsourcetype/[A-Za-z]*' video/youtube.jpg)" \
	algorithmicMedia "and says how it was made"
rm video/youtube.jpg
ok "without it the film is not whole" render-video
ok "so it is made again" test -s video/youtube.jpg
same_file plain.mp4 video/youtube.mp4 "and the film is the same"

with 'titleCard: true' 'endCard: {credits: ["By: Us", "example.org"]}'
rm -r build
ok "the first scene's parts" render-clip youtube 1
parts >parts.first
ok "the others'" render-clip youtube 2 3
parts >parts.clip
ok "with cards" render-video
parts >parts.cards
same_file parts.clip parts.cards "the cards' parts come with their scenes'"
is "$(comm -12 parts.plain parts.cards | grep -c .)" \
	"$(($(grep -c . parts.plain) - 2))" \
	"all parts but those at the ends are used as they were"
awk "BEGIN { d = $(seconds) - $plain; exit !(d > 6 && d < 8) }"
result $? "two and five seconds longer, less head and tail"
is "$(jq -r '.chapters | join(";")' video/youtube.json)" \
	'0:00 Part 1;0:13 Part 2;0:24 Part 3' \
	"the title belongs to the first chapter, the end to the last"
at=$(ffprobe -v error -show_entries chapter=start_time -of csv=p=0 \
	video/youtube.mp4 | sed -n 2p)
is "$at" 13.000000 "and a chapter begins with its scene"
is "$(find build/cards -name '*.png' | grep -c .)" 2 "two cards were drawn"
cp video/youtube.mp4 cards.mp4
rm -r build
ok "all anew" render-video
rm video/youtube.mp4
ok "and once more" render-video
same_file cards.mp4 video/youtube.mp4 "the same bytes"
for c in build/cards/*.png; do printf x >"$c"; done
rm -r build/parts video/youtube.mp4
ok "with damaged cards" render-video
same_file cards.mp4 video/youtube.mp4 "they are drawn again"
ok "the storyboard" studio storyboard
is "$(grep -c 'class="tile tc[12]' storyboard.html)" 2 "shows both cards"

with 'titleCard: true' 'endCard: {credits: ["By: Us", "example.org"]}' \
	'transition: cut'
ok "with cuts" render-video
is "$(jq -r '.inputs["endCard.transition"]' video/youtube.json)" cut \
	"into the end card too"

with 'titleCard: true' 'endCard: true' \
	'videos: [{name: youtube, titleCard: false, endCard: false, thumbnail: false}]'
ok "an entry turns off what the project has" render-video
same_file plain.mp4 video/youtube.mp4 "the film is as it was"
is "$(jq -r .thumbnail video/youtube.json)" null "and has no thumbnail"

with 'titleCard: true' 'videos: [{name: a, preset: shorts, size: 72x128}]'
ok "a short vertical film" render-video a
a=$(jq -r .durationSec video/a.json)
unlike "$(cat "$err")" 'title card' "has no title card"
with 'videos: [{name: a, preset: shorts, size: 72x128, titleCard: true}]'
ok "unless its entry says so" render-video a
awk "BEGIN { exit !($(jq -r .durationSec video/a.json) > $a + 1) }"
result $? "then it has"
like "$(cat "$err")" 'title card before a short' "with a warning"

# Red, on the left half of the logo; the right half is transparent.
with 'titleCard: true' 'logo: {file: media/logo.png, size: 0.2, opacity: 1}'
ok "a logo" render-video
ok "lies over scenes" red video/youtube.mp4 8 96 8
fails "on its left half only" red video/youtube.mp4 8 118 8
fails "not over the title" red video/youtube.mp4 0.5 96 8
with 'titleCard: true' \
	'logo: {file: media/logo.png, size: 0.2, opacity: 1, cards: true}'
ok "a logo on cards" render-video
ok "lies over the title too" red video/youtube.mp4 0.5 96 8

with 'progressBar: {color: "#ff0000", height: 0.05}'
rm -r build
ok "a bar" render-video
half=$(awk "BEGIN { print $plain / 2 }")
ok "half of it is past in the middle of the film" \
	red video/youtube.mp4 "$half" 58 71
fails "and no more" red video/youtube.mp4 "$half" 70 71
parts >parts.bar
is "$(comm -12 parts.plain parts.bar | grep -c .)" 0 \
	"no part is what it was without"
unlike "$(studio plan)" 'part|film' "and all is fresh"
printf 'text: ""\nduration: 12s\n' >"scenes/000103-10000003/scene.yaml"
printf 'id: 10000003-0000-4000-8000-000000000000\n' \
	>>"scenes/000103-10000003/scene.yaml"
like "$(studio plan)" 'of scene 1 2 3' "its parts depend on the whole film"

with 'thumbnail: {text: Salt, scene: 2}'
ok "a thumbnail of words and a scene" render-video
cp video/youtube.jpg one.jpg
with 'thumbnail: {text: Salty, scene: 2}'
ok "of other words" render-video
if cmp -s one.jpg video/youtube.jpg; then result 1 x; else result 0 "differs"; fi
with 'thumbnail: {scene: 9}'
ok "a scene that is not there is no reason for no film" render-video
like "$(cat "$err")" 'no thumbnail: thumbnail.scene' "and it says so"
is "$(jq -r .thumbnail video/youtube.json)" null "in the record too"

# bad LINE PATTERN WHAT
bad() {
	with "$1"
	run render-video
	[ "$got" = "${4:-65}" ]
	result $? "$3 is refused"
	like "$(cat "$err")" "$2" "by name"
}
bad 'titleCard: perhaps' 'titleCard: found .perhaps.' "neither on nor off"
bad 'titleCard: {seconds: 99}' 'titleCard.seconds: .*1 to 20' "a long title"
bad 'titleCard: {image: ../a.png}' 'titleCard.image' "a path out"
bad 'endCard: {credits: [{a: b}]}' 'endCard.credits: .*a list of texts' "a map"
bad 'logo: {file: media/none.png}' 'logo.file: .*none.png' "no such logo" 74
bad 'logo: true' 'logo: it names no file' "a logo without file" 78
bad 'progressBar: {color: red}' 'progressBar.color: .*"#ff7a59"' "a name"
bad 'progressBar: {position: left}' 'one of: bottom top' "no such place"
printf nothing >media/bad.png
bad 'logo: {file: media/bad.png}' 'bad.png' "a logo that is none"
bad 'titleCard: {image: media/bad.png}' 'title card: .*bad.png' "a picture"
done_testing
