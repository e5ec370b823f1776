#!/bin/sh
# Moving pictures: which frame of a clip each frame of the film shows, in which
# colours, what is heard of it, and what is refused.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

ff() { ffmpeg -nostdin -v error -y "$@"; }
# gray OUT SECONDS [OPTIONS]: frame N is gray 20 + 2 N of 255, without loss
gray() {
	gray_out=$1 gray_s=$2
	shift 2
	ff -f lavfi -i "color=black:s=128x72:r=30:d=$gray_s,format=gray,\
geq=lum='20+2*N',format=yuv420p,setparams=range=tv:colorspace=bt709" \
	    -c:v libx264 -preset ultrafast -qp 0 -g 12 "$@" "$gray_out"
}
# scene KEY: its scene.yaml from stdin
scene() {
	mkdir -p "scenes/$1-s"
	{ echo "id: ${1}00-0000-4000-8000-000000000000"; cat; } \
	    >"scenes/$1-s/scene.yaml"
}
project() {
	studio new "$1" --title T --platform youtube >/dev/null 2>&1 &&
	    cd "$1" && mkdir -p media scenes &&
	    printf 'size: %s\nquality: draft\n' "$2" >>project.yaml
}
# levels FILE [X Y]: gray, of 255, at a place of each frame, a line each
levels() {
	ff -i "$1" -vf "crop=8:8:${2:-60}:${3:-32},scale=1:1" -pix_fmt gray \
	    -f rawvideo - | od -An -tu1 -v -w1 | tr -d ' '
}
# near EXPRESSION FROM TO NAME: line k (from 0) of the file film is within 2 of
# it, from FROM to TO
near() {
	if awk -v from="$2" -v to="$3" 'NR > from && NR - 1 <= to {
		k = NR - 1; want = '"$1"'; seen++
		if ($1 < want - 2.01 || $1 > want + 2.01) {
			printf "frame %d: %d, not %.1f\n", k, $1, want
			bad = 1
		}
	} END { exit bad || seen != to - from + 1 }' film >"$out" 2>"$err"
	then result 0 "$4"; else cat "$out"; result 1 "$4"; fi
}

# One scene: as long as its clip; cut; from and to.
project one 128x72 || exit 1
gray media/a.mp4 3
scene 000100 <<'E'
text: ""
image: {file: media/a.mp4}
E
ok "a film of one clip" make -s
levels video/youtube.mp4 >film
is "$(wc -l <film)" 90 "as long as it"
near '20 + 2 * k' 0 89 "frame for frame"
is "$(jq -r '[.kind, .width, .height, .seconds, .fps, .hasSound] | @csv' \
	scenes/000100-s/image.json)" '"moving",128,72,3,30,false' "its record"
ok "nothing to do" make -s -q
ok "its storyboard" studio storyboard
like "$(cat storyboard.html)" 'Moving picture, 3.0 s' "the storyboard says it"
like "$(cat storyboard.html)" 'class="shot.*data:image/jpeg' \
	"and shows a frame of it"
ok "checked" studio check
cp video/youtube.mp4 first.mp4

scene 000100 <<'E'
text: ""
duration: 1s
image: {file: media/a.mp4, from: 0.5s}
E
like "$(studio plan)" 'look' "another stretch is another film"
ok "from a moment on, cut at the scene's end" make -s
levels video/youtube.mp4 >film
near '20 + 2 * (k + 15)' 0 55 "each frame is 15 later"

scene 000100 <<'E'
text: ""
duration: 4.5s
image: {file: media/a.mp4, from: 0.5s, to: 2.5s, fit: hold}
E
ok "held" make -s
levels video/youtube.mp4 >film
near 'k < 60 ? 20 + 2 * (k + 15) : 168' 0 120 "the last frame stays"

scene 000100 <<'E'
text: ""
duration: 4s
image: {file: media/a.mp4}
E
ok "slowed" make -s
levels video/youtube.mp4 >film
n=$(wc -l <film)
near "20 + 2 * k * 90 / $n" 0 "$((n - 2))" "evenly, between frames too"

scene 000100 <<'E'
text: ""
duration: 5s
image: {file: media/a.mp4, from: 0s, to: 2s}
E
ok "looped" make -s
levels video/youtube.mp4 >film
near 'k < 48 ? 20 + 2 * k : k < 60 ? \
	(20 + 2 * k) * (60 - k) / 13 + (20 + 2 * (k - 48)) * (k - 47) / 13 : \
	20 + 2 * (k - 48)' 0 95 "with a soft seam"

# Chunks begin anywhere, and whoever makes them makes the same.
cp video/youtube.mp4 whole.mp4
rm -r build video
ok "made anew by one worker" taskset -c 0 make -s -j1
same_file whole.mp4 video/youtube.mp4 "the same bytes"
rm -r build video
ok "and by two" make -s -j2
same_file whole.mp4 video/youtube.mp4 "the same bytes"

# Variable rate, turned, other colours.
ff -f lavfi -i "color=black:s=128x72:r=60:d=1,format=gray,\
geq=lum='20+3*N',format=yuv420p,\
setpts='if(lt(N,30),N/60,0.5+(N-30)/15)/TB',setparams=range=tv:colorspace=bt709" \
    -fps_mode passthrough -c:v libx264 -preset ultrafast -qp 0 media/v.mkv
scene 000100 <<'E'
text: ""
duration: 1s
image: {file: media/v.mkv}
E
ok "a clip of a variable rate" make -s
levels video/youtube.mp4 >film
near 'k < 15 ? 20 + 6 * k : 20 + 3 * (30 + int((k - 15) / 2))' 0 55 \
	"is shown by its times"

ff -f lavfi -i "color=red:s=128x72:r=30:d=1,format=yuv444p" -vf \
"scale=in_range=tv:out_range=pc:out_color_matrix=bt601,format=yuvj420p,\
setparams=colorspace=smpte170m:range=pc" -c:v libx264 -preset ultrafast \
    -qp 0 media/red.mp4
scene 000100 <<'E'
text: ""
duration: 1s
image: {file: media/red.mp4}
E
ok "BT.601 in full range" make -s
red=$(ff -i video/youtube.mp4 -frames:v 1 -vf scale=2:2 -pix_fmt yuv444p \
    -f rawvideo - | od -An -tu1 -v -w12)
echo "$red" | awk '{ exit !($1 > 60 && $1 < 66 && $5 > 99 && $5 < 105 &&
    $9 > 237 && $9 < 243) }'
result $? "is red in BT.709 ($red)"

# The left half white: turned by 90 degrees that half is above.
ff -f lavfi -i "color=black:s=128x72:r=30:d=1,format=yuv420p,\
drawbox=w=64:h=72:c=white:t=fill" -c:v libx264 -preset ultrafast flat.mp4
ff -i flat.mp4 -c copy -metadata:s:v rotate=270 media/turned.mp4
scene 000100 <<'E'
text: ""
image: {file: media/turned.mp4}
E
ok "a turned clip" make -s
is "$(jq -r '[.width, .height] | @csv' scenes/000100-s/image.json)" 72,128 \
	"is upright in its record"
ff -i media/turned.mp4 -frames:v 1 -vf scale=2:2,format=gray -f rawvideo - |
    od -An -tu1 -v >want
ff -i video/youtube.mp4 -frames:v 1 -vf scale=2:2,format=gray -f rawvideo - |
    od -An -tu1 -v >got
awk 'NR == 1 { a = $1 > $3 } NR == 2 { b = $1 > $3; d = $1 - $3 }
    END { exit !(a == b && d * d > 9999) }' want got
result $? "and in the film"
cd ..

# Upright from wide, by focus.
project tall 72x128 || exit 1
cp ../one/flat.mp4 media/
scene 000100 <<'E'
text: ""
image: {file: media/flat.mp4, focus: [0, 0.5]}
E
scene 000200 <<'E'
text: ""
image: {file: media/flat.mp4, focus: [1, 0.5]}
transition: cut
E
ok "upright" make -s
levels video/youtube.mp4 32 60 >film
near '255' 0 9 "the left half, by its focus"
is "$(awk '$1 > 250 { l++ } $1 < 5 { r++ } END { print l + r == NR }' \
	film)" 1 "and the right half"
cd ..

# Sound: kept where nobody speaks, ducked or left out where somebody does.
project heard 128x72 || exit 1
ff -f lavfi -i "color=gray:s=128x72:r=30:d=2" -f lavfi \
    -i "sine=f=1000:d=2" -c:v libx264 -preset ultrafast -c:a aac media/s.mp4
# tone FROM TO: dB of 1 kHz there
tone() {
	ff -ss "$1" -to "$2" -i video/youtube.mp4 -af \
"bandpass=f=1000:w=40,astats=measure_perchannel=none:metadata=1,ametadata=print:\
key=lavfi.astats.Overall.RMS_level:file=-" -f null - |
	    awk -F= '/RMS_level/ { v = $2 } END {
	print v ~ /inf/ ? -99 : int(v) }'
}
scene 000100 <<'E'
text: ""
image: {file: media/s.mp4}
E
scene 000200 <<'E'
text: Nobody hears it here.
image: {file: media/s.mp4}
transition: cut
E
ok "a clip with sound" make -s
is "$(jq .hasSound scenes/000100-s/image.json)" true "has sound"
[ "$(tone 0.5 1.5)" -gt -30 ]
result $? "is heard in a scene without words"
[ "$(tone 2.6 3.2)" -lt -45 ]
result $? "but not under words"
cp video/youtube.mp4 dropped.mp4
sed -i 's/s.mp4}/s.mp4, sound: keep}/' scenes/000200-s/scene.yaml
parts=$(find build/parts -name '*.part' | sort | sha256sum)
ok "unless it is kept" make -s
[ "$(tone 2.6 3.2)" -gt -30 ]
result $? "then it is"
is "$(find build/parts -name '*.part' | sort | sha256sum)" "$parts" \
	"no picture was made for that"
sed -i 's/sound: keep/sound: duck/' scenes/000200-s/scene.yaml
ok "or ducked" make -s
n=$(tone 2.6 3.2)
[ "$n" -lt -30 ] && [ "$n" -gt -60 ]
result $? "then it lies under the voice ($n dB)"
cd ..

# A command may give a clip.
project given 128x72 || exit 1
scene 000100 <<'E'
text: ""
image: {prompt: waves}
E
cp ../one/media/a.mp4 .
sed -i "s|^imageModel:.*|imageModel: exec:cat $PWD/a.mp4|" settings.yaml
ok "trusted" studio trust --add "exec:cat $PWD/a.mp4"
ok "a command's clip" image -C .
is "$(ls scenes/000100-s/image.*)" "scenes/000100-s/image.json
scenes/000100-s/image.mp4" "is kept by its kind"
is "$(jq -r .kind scenes/000100-s/image.json)" moving "as a moving picture"
cd ..

# What is refused.
project bad 128x72 || exit 1
scene 000100 <<'E'
text: ""
E
echo "words, no film" >text.mp4
head -c 2000 ../one/media/a.mp4 >cut.mp4
ff -i ../heard/media/s.mp4 -c copy -movflags +faststart fast.mp4
head -c "$(($(wc -c <fast.mp4) * 2 / 3))" fast.mp4 >short.mp4
ff -i ../heard/media/s.mp4 -vn -c copy song.m4a
ff -f lavfi -i "sine=d=1" song.mp3
: >empty.mp4
for f in text.mp4 cut.mp4 short.mp4 song.m4a song.mp3 empty.mp4; do
	exits 65 "$f is refused" image -C . --file "$f" 1
	is "$(wc -l <"$err")" 1 "in one line"
	like "$(cat "$err")" "$f: " "that names it"
done
is "$(ls media)" "" "and nothing of it is in the project"
mkdir ../own && cp fast.mp4 ../own/
ok "a good one is taken" image -C . --file ../own/fast.mp4 1
like "$(cat scenes/000100-s/scene.yaml)" 'file: media/fast.mp4' "as its file"
scene 000100 <<'E'
text: ""
image: {file: media/fast.mp4, from: 7s}
E
exits 65 "from behind the end" render-video
like "$(cat "$err")" 'scenes/000100-s/scene.yaml: image.from \(7 s\)' \
	"names the file"
exits 65 "and check finds it" studio check
scene 000100 <<'E'
text: ""
image: {file: media/fast.mp4, from: 2s, to: 1s}
E
exits 65 "to before from" render-video
scene 000100 <<'E'
text: ""
image: {file: media/fast.mp4, fit: stretch}
E
exits 65 "another fit" render-video
like "$(cat "$err")" 'image.fit: .*auto loop slow hold' "names those there are"

# Damage in the middle is found while it is decoded.
scene 000100 <<'E'
text: ""
image: {file: media/hurt.mp4}
E
gray hurt.mp4 2 -movflags +faststart
n=$(wc -c <hurt.mp4)
cp hurt.mp4 media/hurt.mp4
dd if=/dev/urandom of=media/hurt.mp4 bs=1 seek=$((n - 700)) count=600 \
    conv=notrunc 2>/dev/null
ok "a damaged clip has a head" image -C .
exits 65 "but not its frames" render-video
like "$(cat "$err")" 'hurt.mp4: .*damaged' "which is said"

done_testing
