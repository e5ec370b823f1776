#!/bin/sh
# The user's own styles of burned captions, and the files beside the film.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

export ALLOW_PLACEHOLDER=1
ok "a project" studio new film --title "One scene" --platform youtube
cd film || exit 1
mkdir -p scenes/000100-10000001
cat >scenes/000100-10000001/scene.yaml <<-'EOF2'
id: 10000001-0000-4000-8000-000000000000
text: The tide comes in {slowly}.
createdAt: 2026-01-01T00:00:00Z
EOF2
printf 'size: 128x72\nquality: draft\ncaptions: both\n' >>project.yaml
cp project.yaml plain.yaml
ok "a voice" tts -C .
ok "a picture" image -C .
ok "a film with the built-in style" render-video
cp video/youtube.mp4 plain.mp4

# style KEYS: project.yaml with that style, which the film uses
style() {
	cp plain.yaml project.yaml
	printf 'captionStyle: mine\ncaptionStyles:\n  mine: {%s}\n' "$1" \
		>>project.yaml
}
refused() { # CODE KEYS PATTERN
	style "$2"
	exits "$1" "refused: $2" render-video
	like "$(cat "$err")" "$3" "and the message says why"
}
refused 65 'colour: "#ffffff"' 'project.yaml:[0-9]*: captionStyles.mine: there is no key "colour"; there are base, font'
refused 65 'outline: {size: 1}' 'no key "outline.size"; there are width, color'
refused 65 'base: neon' 'must be one of: classic box karaoke big'
refused 65 'color: red' "found 'red'; must be a colour such as"
refused 65 'size: 40' 'a number from 1.5 to 15 .per cent of the height.'
refused 65 'y: 0.5, position: top' 'left out where there is a position'
refused 65 'font: ../own.ttf' 'a file inside the project'
refused 65 'lines: 3' 'a whole number from 1 to 2'
refused 78 'font: Comic Sans MS' 'there is no font "Comic Sans MS" among those we open'
refused 78 'color: "#777777", outline: {color: "#666666"}' 'contrast of 1.[0-9]:1 .* needs 4.5:1'
refused 74 'font: media/none.ttf' 'media/none.ttf'
style 'base: box'
sed -i 's/^captionStyle: mine/captionStyle: yours/' project.yaml
exits 65 "a style that is not there" render-video
like "$(cat "$err")" 'project.yaml:[0-9]*: captionStyle: .*one of: classic box karaoke big mine' "names those there are"
printf 'captionStyles: {big: {base: box}}\n' >settings.more
cp settings.yaml settings.kept
cat settings.more >>settings.yaml
exits 65 "a built-in name" render-video
like "$(cat "$err")" 'under another name: this one is built in' "is not to be taken"
cp settings.kept settings.yaml
cp plain.yaml project.yaml
printf 'captionStyle: mine\ncaptionStyles:\n  mine:\n    color: #ffffff\n' \
	>>project.yaml
exits 65 "a colour without quotes is a comment" render-video
like "$(cat "$err")" 'a colour stands in quotes' "and that is said"

# what a style changes is made again, and nothing else
style 'base: karaoke, color: "#fff4e4", spoken: "#ff9f6e", size: 7, weight: 700, font: Noto Serif Display'
ok "a style of one's own" render-video
cp video/youtube.mp4 own.mp4
! cmp -s plain.mp4 own.mp4
result $? "another picture"
style 'base: karaoke, color: "#fff4e4", spoken: "#ff9f6e", size: 7, weight: 700, font: Noto Serif Display'
sed -i 's/captionStyles:/captionStyles:\n  other: {base: box}/' project.yaml
ok "with a style that is not used" render-video
same_file own.mp4 video/youtube.mp4 "the film is the same"
ls build/parts/*.part >before
style 'base: karaoke, color: "#fff4e4", spoken: "#ffd23f", size: 7, weight: 700, font: Noto Serif Display'
like "$(studio plan)" 'captionStyles' "plan says what changed"
ok "another colour" render-video
ls build/parts/*.part >after
! cmp -s before after
result $? "other parts"
cp plain.yaml project.yaml
ok "the built-in style again" render-video
same_file plain.mp4 video/youtube.mp4 "the same film as before"

# a font of one's own, by file
mkdir -p media
cp /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf media/Mine.ttf
style 'base: big, font: media/Mine.ttf, size: 12'
ok "a font by file" render-video
cp video/youtube.mp4 own.mp4
cp /usr/share/fonts/truetype/noto/NotoSerifDisplay-Bold.ttf media/Mine.ttf
ok "another font of that name" render-video
! cmp -s own.mp4 video/youtube.mp4
result $? "another film"
echo "no font" >media/Mine.ttf
exits 65 "a file that is no font" render-video
like "$(cat "$err")" 'captionStyles.mine.font: .*is no font' "is said to be none"

# the files beside the film
cp plain.yaml project.yaml
echo 'sidecars: [srt, txt]' >>project.yaml
exits 65 "no such sidecar" render-video
like "$(cat "$err")" "sidecars: found 'txt'; must be one of: srt vtt ass" "names those there are"
cp plain.yaml project.yaml
echo 'sidecars: [ass, vtt]' >>project.yaml
ok "with ASS" render-video
ls video >"$tmp/list"
like "$(cat "$tmp/list")" 'youtube.en.ass' "it is there"
is "$(jq -c .captions video/youtube.json)" '["youtube.en.vtt","youtube.en.ass"]' "and in the record"
like "$(cat video/youtube.en.ass)" 'Dialogue: 0,0:00:00' "with a line"
ok "libass reads it" ffmpeg -nostdin -v error -i video/youtube.mp4 \
	-vf "ass=video/youtube.en.ass" -f null -
is "$(cat "$err")" "" "without a word"
done_testing
