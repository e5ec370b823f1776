#!/bin/sh
# Transitions and motion: what a project says of them, which parts of a film
# that changes, and that the picture moves evenly once it is encoded.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

colour() { # FILE RRGGBB
	ffmpeg -v error -f lavfi -i "color=c=0x$2:s=400x225" -frames:v 1 "$1"
}

ok "a project" studio new film --title "Three scenes" --platform youtube
cd film || exit 1
mkdir media
colour media/1.png c03020
colour media/2.png 2040c0
colour media/3.png 30a040
for n in 1 2 3; do
	mkdir -p "scenes/00010$n-1000000$n"
	cat >"scenes/00010$n-1000000$n/scene.yaml" <<-EOF
	id: 1000000$n-0000-4000-8000-000000000000
	text: ""
	duration: 2s
	image: {file: media/$n.png}
	createdAt: 2026-01-01T00:00:00Z
	EOF
done
s2=scenes/000102-10000002/scene.yaml
cp $s2 plain.yaml
printf 'size: 128x72\nquality: draft\n' >>settings.yaml

# Y, Cb, Cr of a frame at a place, in 16 x 8 blocks.
at() { # SECONDS X Y
	ffmpeg -v error -ss "$1" -i video/youtube.mp4 -frames:v 1 \
		-vf "crop=16:8:$2:$3,scale=1:1" -f rawvideo -pix_fmt yuv444p - |
		od -An -tu1 | tr -s ' ' | sed 's/^ //;s/ $//'
}
near() { # GOT WANT NAME
	[ -n "$1" ] && echo "$1 $2" | awk '{for (i = 1; i <= 3; i++) {
		d = $i - $(i + 3); if (d < -6 || d > 6) exit 1 }}'
	result $? "$3" || echo "# got $1, not $2"
}
parts() { find build/parts -name '*.part' | sort; }

ok "voices" tts -C .
ok "pictures" image -C .
ok "a film that fades" render-video
length=$(ffprobe -v error -show_entries format=duration -of csv=p=0 video/youtube.mp4)
parts >before
# The first transition is frames 57 to 68.
mid=2.1 red=$(at 1 56 32) blue=$(at 3 56 32)

for t in wipe slide push; do
	cp plain.yaml $s2
	printf 'transition: %s-left\n' $t >>$s2
	ok "$t-left" render-video
	near "$(at "$mid" 0 32)" "$red" "$t-left: half way, the old picture on the left"
	near "$(at "$mid" 112 32)" "$blue" "and the new one on the right"
	parts | comm -13 before - >new
	is "$(wc -l <new | tr -d ' ')" 1 "$t: one part is another"
	parts >before
done
cp plain.yaml $s2
echo 'transition: wipe-down' >>$s2
ok "wipe-down" render-video
near "$(at "$mid" 56 0)" "$blue" "wipe-down: the new picture above"
near "$(at "$mid" 56 64)" "$red" "the old one below"
cp plain.yaml $s2
printf 'transition: dip\n' >>$s2
ok "dip" render-video
luma=$(at "$mid" 56 32 | cut -d ' ' -f 1)
[ "${luma:-99}" -lt 45 ]
result $? "a dip is dark in its middle ($luma)"
ok "blackdetect" ffmpeg -v info -i video/youtube.mp4 -vf blackdetect=d=0.3:pix_th=0.1 -f null -
is "$(grep -c black_start "$err")" 0 "and not for long"
is "$(ffprobe -v error -show_entries format=duration -of csv=p=0 video/youtube.mp4)" "$length" \
	"the film is as long as before"

# Lengths.
echo 'transitionSeconds: 0.2' >>$s2
ok "a shorter one" render-video
cp $s2 short.yaml
printf 'transitionSeconds: 0.9\n' >>plain.yaml
cp plain.yaml $s2
rm video/youtube.mp4
exits 65 "a scene's own that is longer than the film's" render-video
like "$(cat "$err")" 'scene 2: transitionSeconds 0.9 .*project.yaml' "what to do is said"
echo 'transitionSeconds: 1' >>project.yaml
ok "where all are long enough" render-video
printf 'transitionSeconds: 5\n' >>$s2
sed -i '/transitionSeconds: 0.9/d' $s2
exits 65 "five seconds" render-video
like "$(cat "$err")" 'scene.yaml:[0-9]*: transitionSeconds.*0.1 to 2' "the line and the range"
cp short.yaml $s2
sed -i 's/^transition: .*/transition: spiral/' $s2
exits 65 "no such transition" render-video
like "$(cat "$err")" 'transition: .*fade cut dip wipe' "those there are"

# Windows.
cp short.yaml $s2
ok "as it was" render-video
parts >before
echo 'motion: {from: [0, 0, 1], to: [0.3, 0.2, 0.5]}' >>$s2
ok "two windows" render-video
is "$(cat "$err")" "" "without a word"
parts | comm -13 before - >new
is "$(wc -l <new | tr -d ' ')" 3 "a body and its two transitions are others"
sed -i 's/0.5\]}/0.1]}/' $s2
ok "too narrow a window" render-video
like "$(cat "$err")" 'scene 2: a window of its motion is too narrow for a picture 400 pixels wide' \
	"is widened, and that is said"
echo 'easing: linear' >>$s2
parts >before
ok "an easing" render-video
parts | comm -13 before - >new
is "$(wc -l <new | tr -d ' ')" 3 "again three parts"
ok "render-clip knows the same parts" render-clip youtube 2
parts | comm -13 before - | comm -3 - new >others
is "$(cat others)" "" "and makes none"
sed -i 's/^motion: .*/motion: {from: [0, 0, 1], to: [0.6, 0, 0.5]}/' $s2
exits 65 "a window that leads out of the picture" render-video
like "$(cat "$err")" 'scene.yaml:[0-9]*: motion.*to: .*inside it' "its line and what is wanted"

# Evenly: the change from frame to frame changes little.
cp plain.yaml $s2
sed -i '/transitionSeconds/d' $s2 project.yaml
ffmpeg -v error -y -f lavfi -i "testsrc2=s=1600x900,noise=c0s=30,gblur=1.5" -frames:v 1 media/2.png
sed -i 's/^size: .*/size: 640x360/;s/^quality: .*/quality: standard/' settings.yaml
printf 'motion: in\n' >>$s2
sed -i 's/^duration: .*/duration: 5s/' $s2
ok "pictures again" image -C .
ok "a picture with detail" render-video --scenes 2
ffmpeg -v error -i video/*2*.mp4 -vf 'scale=480:-2,signalstats,metadata=print:key=lavfi.signalstats.YDIF:file=-' \
	-f null - | sed -n 's/.*YDIF=//p' >ydif
index=$(awk 'NR > 1 { d = $1 - last; print d < 0 ? -d : d } { last = $1 }' ydif | sort -n |
	awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }')
middle=$(sort -n ydif | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }')
awk -v i="$index" -v m="$middle" 'BEGIN { exit !(m > 0.03 && i / m < 0.12) }'
result $? "it moves evenly: $index of $middle"
done_testing
