#!/bin/sh
# make preview: the whole film from what is there and stand-ins; nobody is
# asked, and nothing but build/ changes.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

cat >rules <<'RULES'
on * *
	status 500
RULES
serve rules || exit 1
OPENAI_BASE_URL="http://127.0.0.1:$port/v1" OPENAI_API_KEY=secret
export OPENAI_BASE_URL OPENAI_API_KEY

ok "a project" studio new film --title "Tides" --platform youtube
cd film || exit 1
rm brief.md
printf 'size: 256x144\ncaptions: both\n' >>project.yaml
exits 65 "nothing to make it from" studio render-video --preview
like "$(cat "$err")" 'brief.md: is empty' "and it says what to write"
cat >source.md <<'EOT'
# Tides
The tide is the slow rise and fall of the sea. The moon pulls on the
water that faces it more than on the rest of the planet. So the sea
bulges, and the planet turns beneath the bulge. Most coasts see two
high tides in a little more than a day.
EOT
studio config imageModel openai:gpt-image-1 >/dev/null
studio config ttsProvider openai:tts-1 >/dev/null
git add . && git commit -qm start
quiet() { # quiet NAME: git and the user's store are as they were
	is "$(git status --porcelain)" "$status" "$1: git status is the same"
	is "$(sums "$HOME")" "$home" "$1: and the home"
	is "$(calls)" 0 "$1: no call"
}
look() {
	status=$(git status --porcelain)
	home=$(sums "$HOME")
}
tag() { ffprobe -v error -show_entries "$1" -of default=nw=1:nk=1 "$f"; }
f=build/preview/youtube.mp4

# Before anything was made.
look
ok "a preview of a source alone" make preview
is "$(tail -n 1 "$out")" "$f" "its path is the last line"
quiet "from the source"
like "$(cat "$err")" 'scenes made of source.md for it alone' "which it says"
like "$(cat "$err")" 'preview: scenes 1[-,0-9 ]* with stand-in pictures; scenes 1.* with stand-in voices' \
	"with its stand-ins"
is "$(tag stream=width | head -n 1)" 128 "half the size"
is "$(tag format_tags=title)" "Tides (preview)" "the title says what it is"
ok "captions beside it" test -s build/preview/youtube.en.srt -a \
	-s build/preview/youtube.en.vtt
is "$(find . -name '*.json' -not -path './build/*')" "" "no records"
ffmpeg -nostats -i $f -af ebur128 -f null - 2>r128
lufs=$(awk '/^ *I:/{v=$2} END{print v}' r128)
is "$(awk "BEGIN{print ($lufs > -15 && $lufs < -13)}")" 1 "it speaks: $lufs LUFS"

# Again: everything is there.
find build -type f ! -name stat-cache ! -name "*.mp4" -exec stat -c '%n %Y %i' {} + |
	grep -v '\.en\.' | sort >before
cp $f one.mp4
ok "again" make -j2 preview
find build -type f ! -name stat-cache ! -name "*.mp4" -exec stat -c '%n %Y %i' {} + |
	grep -v '\.en\.' | sort >after
same_file before after "nothing was made anew"
same_file one.mp4 $f "the same bytes"
rm before after one.mp4 r128
like "$(make -n preview 2>&1)" 'render-video --preview' "make -n names it"

# A command of the project's is not run, whatever the user trusts.
mkdir media
ffmpeg -v error -f lavfi -i color=red:s=320x180 -frames:v 1 media/red.png
cat >"$HOME/draw" <<-EOT
	#!/bin/sh
	echo x >>"$tmp/drawn"
	cat "$PWD/media/red.png"
EOT
chmod +x "$HOME/draw"
studio config --user trust "[$HOME/draw]" >/dev/null
studio config imageModel "exec:$HOME/draw" >/dev/null
studio config ttsProvider flite >/dev/null
ok "scenes" make scenes
look
ok "a preview with a command" make preview
quiet "with a command"
ok "it was not run" test ! -e "$tmp/drawn"
unlike "$(cat "$err")" 'for it alone' "of the project's scenes"

# What is there and fresh is used: the first scene is red now.
red() { # red SECONDS: is the frame's corner red?
	ffmpeg -v error -ss "$1" -i $f -frames:v 1 -vf \
		crop=2:2:4:4,format=rgb24 -f rawvideo - |
		od -An -tu1 -N3 | awk '{
			c = "no"
			if ($1 > 200 && $2 < 60) c = "yes"
			print c }'
}
ok "one picture is made" studio image 1
is "$(wc -l <"$tmp/drawn")" 1 "by the command"
look
ok "a preview with it" make preview
quiet "with a picture that was paid for"
is "$(red 1)" yes "the first scene has it"
like "$(cat "$err")" 'preview: scenes? 2.* with .*stand-in picture' \
	"the others have stand-ins"
is "$(wc -l <"$tmp/drawn")" 1 "no more were made"

# Stale, failed, a pointer, lost: a stand-in, and no message of failure.
one=$(find scenes -mindepth 1 -type d | sort | head -n 1)
cp "$one/image.png" kept.png
printf 'image: {prompt: another}\n' >>"$one/scene.yaml"
ok "with a stale picture" make preview
is "$(red 1)" no "a stand-in for it"
sed -i '$d' "$one/scene.yaml"
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 9\n' \
	1 >"$one/image.png"
ok "with a pointer" make preview
is "$(red 1)" no "a stand-in for it"
rm "$one/image.png"
ok "with a lost picture" make preview
is "$(red 1)" no "a stand-in for it"
mv kept.png "$one/image.png"
sed -i 's/"status": "ready"/"status": "failed", "error": "refused"/' \
	"$one/image.json"
ok "with a failed picture" make preview
is "$(red 1)" no "a stand-in for it"
sed -i 's/"status": "failed", "error": "refused"/"status": "ready"/' \
	"$one/image.json"
printf 'image: {file: media/gone.png}\n' >>"$one/scene.yaml"
ok "with a file that is not there" make preview
is "$(red 1)" no "a stand-in for it"
sed -i '$d' "$one/scene.yaml"
ok "and with all as it was" make preview
is "$(red 1)" yes "the picture again"

# Another script, another video, words that nobody can speak.
echo "And a last sentence that the script gets later." >>script.md
ok "a preview of an older split" make preview
like "$(cat "$err")" 'script.md is newer' "says so"
ok "of some scenes, upright" studio render-video --preview --preset shorts \
	--scenes 1
is "$(tail -n 1 "$out")" build/preview/shorts-1.mp4 "has a name of its own"
exits 2 "no other quality" studio render-video --preview --quality high
exits 2 "no such video" studio render-video --preview nothing
sed -i 's/^text: .*/text: "☃ ☃ ☃"/' "$one/scene.yaml"
ok "words without a sound" make preview
is "$(calls)" 0 "no call in all of this"
is "$(wc -l <"$tmp/drawn")" 1 "and the command ran once, when asked"

done_testing
